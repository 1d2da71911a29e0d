/* What a confined process may still open, remove and make. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "searcher/confine.h"

enum { SKIPPED = 77 };

static bool may(const char *path, int flags)
{
	int fd = open(path, flags, 0600);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

/* In a process of its own, for there is no way back. 0: all as it should be; else the number of the first that is not. */
static int confined(const char *dir)
{
	char index[64], file[80], socket[64], other[64];
	struct arena a = { 0 };
	struct listeners l = { .n = 1 };
	snprintf(index, sizeof index, "%s/data/ix", dir);
	snprintf(file, sizeof file, "%s/CURRENT", index);
	snprintf(socket, sizeof socket, "%s/run/s", dir);
	snprintf(other, sizeof other, "%s/run/t", dir);
	memcpy(l.v[0].path, socket, strlen(socket) + 1);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	if (!confine(index, &l, &a))
		return SKIPPED;
	bool as_wanted[] = {
		may(file, O_RDONLY), may(index, O_RDONLY | O_DIRECTORY), !may(file, O_WRONLY), !may("/etc/passwd", O_RDONLY), !may("/", O_RDONLY),
		!may(socket, O_RDONLY), !may(other, O_WRONLY | O_CREAT), access(other, F_OK) != 0, unlink(file) != 0, mkdir(other, 0700) != 0,
		execl("/bin/true", "true", (char *)NULL) == -1, unlink(socket) == 0,
	};
	arena_release(&a);
	for (int i = 0; i < (int)(sizeof as_wanted / sizeof *as_wanted); i++)
		if (!as_wanted[i])
			return i + 1;
	return 0;
}

static void gives_up(void **state)
{
	char dir[] = "/tmp/pincite-test-XXXXXX", path[96];
	static const char *const make[] = { "data", "run", "data/ix" }, *const files[] = { "data/ix/CURRENT", "run/s" };
	int status = 0;
	(void)state;
	assert_non_null(mkdtemp(dir));
	for (size_t i = 0; i < 3; i++) {
		snprintf(path, sizeof path, "%s/%s", dir, make[i]);
		assert_int_equal(mkdir(path, 0700), 0);
	}
	for (size_t i = 0; i < 2; i++) {
		snprintf(path, sizeof path, "%s/%s", dir, files[i]);
		assert_true(may(path, O_WRONLY | O_CREAT));
	}
	pid_t child = fork();
	if (child == 0)
		_exit(confined(dir));
	assert_int_equal(waitpid(child, &status, 0), child);
	for (size_t i = 0; i < 2; i++) {
		snprintf(path, sizeof path, "%s/%s", dir, files[i]);
		unlink(path);
	}
	for (size_t i = 3; i--;) {
		snprintf(path, sizeof path, "%s/%s", dir, make[i]);
		rmdir(path);
	}
	rmdir(dir);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == SKIPPED)
		skip();
	assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(gives_up) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
