#include "store/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

int dir_open(int dirfd, const char *name, struct err *err)
{
	int fd = openat(dirfd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		err_errno(err, errno, "%s", name);
	return fd;
}

/* Data that is synced is lost all the same with the power
 * while its name is not on disk: names are the directory's. */
bool tree_sync(int dirfd, const char *name, struct err *err)
{
	int fd = dir_open(dirfd, name, err);
	if (fd < 0)
		return false;
	bool ok = fsync(fd) == 0 || err_errno(err, errno, "fsync %s", name);
	close(fd);
	return ok;
}

/* By the text of the path alone: without a slash it is in the working directory. */
bool tree_sync_parent(const char *path, struct err *err)
{
	char parent[PATH_MAX];
	if ((size_t)snprintf(parent, sizeof parent, "%s", path) >= sizeof parent)
		return err_errno(err, ENAMETOOLONG, "%.100s...", path);
	char *slash = strrchr(parent, '/');
	if (!slash)
		return tree_sync(AT_FDCWD, ".", err);
	slash[slash == parent] = 0; /* the root keeps its slash */
	return tree_sync(AT_FDCWD, parent, err);
}

/* A new directory outlives a power cut only when the one that names it is on disk, too. */
static bool make_one(const char *path, struct err *err)
{
	if (mkdir(path, 0777) == 0)
		return tree_sync_parent(path, err);
	return errno == EEXIST || errno == EISDIR || err_errno(err, errno, "making it");
}

/* From the root on, one level after another; what is there already, a link to a directory too, is left as it is. */
bool tree_make(const char *path, struct err *err)
{
	char part[PATH_MAX];
	size_t n = strlen(path);
	if (n >= sizeof part)
		return err_errno(err, ENAMETOOLONG, "making it");
	struct stat st;
	if (stat(path, &st) == 0)
		return S_ISDIR(st.st_mode) || err_set(err, ERR_REQUEST, "not a directory");
	/* At each slash, and at the end. Doubled slashes name no level of their own. */
	for (size_t i = 1; i <= n; i++) {
		if (i < n && path[i] != '/')
			continue;
		if (path[i - 1] == '/')
			continue;
		memcpy(part, path, i);
		part[i] = 0;
		if (!make_one(part, err))
			return false;
	}
	return true;
}

static bool remove_level(int dirfd, const char *name, int depth, struct err *err);

/* readdir tells its end and its errors alike by null: errno, cleared before each call, tells them apart. */
static bool remove_content(int dirfd, const char *name, int depth, struct err *err)
{
	int fd = dir_open(dirfd, name, err);
	if (fd < 0)
		return false;
	DIR *d = fdopendir(fd);
	if (!d) {
		err_errno(err, errno, "%s", name);
		close(fd);
		return false;
	}
	bool ok = true;
	for (;;) {
		errno = 0;
		struct dirent *e = readdir(d);
		if (!e) {
			ok = ok && (errno == 0 || err_errno(err, errno, "%s", name));
			break;
		}
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			/* One file that stays does not keep the others: what can be freed is. */
			ok = remove_level(fd, e->d_name, depth + 1, err) && ok;
	}
	closedir(d);
	return ok;
}

static bool remove_level(int dirfd, const char *name, int depth, struct err *err)
{
	/* No look whether it is a directory: by the time of the unlink that may be wrong, and the error tells. */
	if (unlinkat(dirfd, name, 0) == 0 || errno == ENOENT)
		return true;
	if (errno != EISDIR && errno != EPERM) /* what a directory gives, on Linux and by POSIX */
		return err_errno(err, errno, "unlink %s", name);
	if (depth >= 16)
		return err_set(err, ERR_IO, "%s: nested too deeply to remove", name);
	if (!remove_content(dirfd, name, depth, err))
		return false;
	return unlinkat(dirfd, name, AT_REMOVEDIR) == 0 || errno == ENOENT || err_errno(err, errno, "rmdir %s", name);
}

/* Descends by descriptor and never follows a link: what was put
 * in the place of a directory meanwhile is unlinked, not emptied. */
bool tree_remove(int dirfd, const char *name, struct err *err)
{
	return remove_level(dirfd, name, 0, err);
}

/* An estimate, of the room that sealing needs: what cannot be looked at counts nothing. */
uint64_t tree_bytes(const char *path)
{
	uint64_t sum = 0;
	DIR *d = opendir(path);
	if (!d)
		return 0;
	for (struct dirent *e; (e = readdir(d));) {
		struct stat st;
		if (fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode))
			sum += (uint64_t)st.st_size;
	}
	closedir(d);
	return sum;
}

/* Asked before much is written, so that a full disk is told by
 * path and figures. It promises nothing: others write, too. */
bool tree_room(const char *path, uint64_t need, struct err *err)
{
	struct statvfs fs;
	if (statvfs(path, &fs) != 0)
		return err_errno(err, errno, "%s", path);
	uint64_t room = (uint64_t)fs.f_bavail * fs.f_frsize;
	return room >= need || err_set(err, ERR_TRY_AGAIN, "%s: no space: %" PRIu64 " bytes needed, %" PRIu64 " free", path,
				       need, room);
}
