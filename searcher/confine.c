#include "searcher/confine.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Rights of the first version of Landlock. Whatever is handled here and given by no rule is refused; later kernels know
 * more rights, and those are left as they are. */
#define READ_FILES LANDLOCK_ACCESS_FS_READ_FILE
#define READ_BELOW (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define MAKE_ANY (LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG | \
	LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM)
#define HANDLED (READ_BELOW | MAKE_ANY | LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | \
	LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE)

/* Sanitizers read /proc and run programs to tell what they found. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
enum { WATCHED = 1 };
#elif defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
enum { WATCHED = 1 };
#else
enum { WATCHED = 0 };
#endif
#else
enum { WATCHED = 0 };
#endif

/* A rule holds for the directory or file that is there now, and for all below it. What is not there gets none. */
static void allow(int rules, const char *path, uint64_t rights)
{
	struct landlock_path_beneath_attr rule = { .allowed_access = rights, .parent_fd = open(path, O_PATH | O_CLOEXEC) };
	if (rule.parent_fd < 0)
		return;
	syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	close(rule.parent_fd);
}

/* The directory that a path stands in: "." for a bare name. */
static const char *parent_of(const char *path, struct arena *a)
{
	size_t n = strlen(path);
	while (n && path[n - 1] == '/')
		n--;
	while (n && path[n - 1] != '/')
		n--;
	return n ? arena_cstr(a, (span){ path, n }) : ".";
}

/* After the sockets are bound and before the first request. False, on an older kernel or under a
 * sanitizer, is no error: it is one wall of several. */
bool confine(const char *index, const struct listeners *l, struct arena *a)
{
	/* Read by libc and jansson when they first need them: overcommitting, cores, a seed for tables. */
	static const char *const libraries[] = { "/proc/sys/vm/overcommit_memory", "/sys/devices/system/cpu/online", "/dev/urandom" };
	struct landlock_ruleset_attr handled = { .handled_access_fs = HANDLED };
	struct rlimit none = { 0 };
	if (WATCHED)
		return false;
	setrlimit(RLIMIT_CORE, &none);
	int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
	if (rules < 0)
		return false;
	/* The parent, since the index itself may come later or be exchanged; both where it is a link. */
	char *real = realpath(index, NULL);
	allow(rules, parent_of(index, a), READ_BELOW);
	if (real)
		allow(rules, parent_of(real, a), READ_BELOW);
	free(real);
	for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++)
		allow(rules, libraries[i], READ_FILES);
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].path[0])
			allow(rules, parent_of(l->v[i].path, a), LANDLOCK_ACCESS_FS_REMOVE_FILE);
	bool on = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
	close(rules);
	return on;
}
