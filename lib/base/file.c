#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *kind_of(mode_t m)
{
	return S_ISDIR(m) ? "a directory" : S_ISFIFO(m) ? "a FIFO" : S_ISSOCK(m) ? "a socket" : "a device";
}

int file_open(int dirfd, const char *path, struct err *err)
{
	/* O_NONBLOCK: opening a FIFO without a writer would wait for ever. O_NOCTTY: a
	 * terminal named as input must not become the controlling one. */
	int fd = openat(dirfd, path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY);
	if (fd < 0) {
		if (errno == ELOOP)
			err_set(err, ERR_NOT_FOUND, "%s: a symbolic link, not followed; name its target instead", path);
		else
			err_errno(err, errno, "%s", path);
		return -1;
	}
	/* Asked of the descriptor, not of the name, which may mean another file by now. */
	struct stat st;
	if (fstat(fd, &st) != 0)
		err_errno(err, errno, "%s", path);
	else if (!S_ISREG(st.st_mode))
		err_set(err, ERR_NOT_FOUND, "%s: %s, not a regular file", path, kind_of(st.st_mode));
	else
		return fd;
	close(fd);
	return -1;
}

bool file_read_fd(int fd, size_t limit, struct arena *a, span *out, struct err *err)
{
	struct stat st;
	if (fstat(fd, &st) != 0)
		return err_errno(err, errno, "fstat");
	/* The size is a hint: the file may grow or shrink while it is read, and files of
	 * /proc tell 0. */
	size_t cap = S_ISREG(st.st_mode) && st.st_size > 0 ? (size_t)st.st_size : 64u << 10;
	/* Refused before a byte of it is read. */
	if (cap > limit)
		return err_set(err, ERR_REQUEST, "larger than the limit of %zu bytes; split it", limit);
	char *p = arena_raw(a, cap + 1, 1);
	size_t n = 0;
	for (;;) {
		/* One byte more than expected is asked for, so that the end is seen as the end. */
		ssize_t got = read(fd, p + n, cap + 1 - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_errno(err, errno, "read");
		if (got == 0)
			break;
		n += (size_t)got;
		if (n > limit)
			return err_set(err, ERR_REQUEST, "larger than the limit of %zu bytes; split it", limit);
		if (n <= cap)
			continue;
		/* The old copy stays in the arena until it is released: at most as much again. */
		char *bigger = arena_raw(a, cap * 2 + 1, 1);
		memcpy(bigger, p, n);
		p = bigger;
		cap *= 2;
	}
	p[n] = 0;
	*out = (span){ p, n };
	return true;
}

bool file_read(const char *path, size_t limit, struct arena *a, span *out, struct err *err)
{
	int fd = file_open(AT_FDCWD, path, err);
	if (fd < 0)
		return false;
	bool ok = file_read_fd(fd, limit, a, out, err) || err_context(err, "%s", path);
	close(fd);
	return ok;
}

size_t file_read_at(int fd, void *out, size_t n, uint64_t at, struct err *err)
{
	size_t done = 0;
	while (done < n) {
		ssize_t got = pread(fd, (char *)out + done, n - done, (off_t)(at + done));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			err_errno(err, errno, "reading");
		if (got <= 0)
			break;
		done += (size_t)got;
	}
	return done;
}

/* A write may take less than it was given; only the loop knows all is written. */
bool file_write_fd(int fd, span s, struct err *err)
{
	while (s.n) {
		ssize_t put = write(fd, s.p, s.n);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return err_errno(err, errno, "write");
		s = span_sub(s, (size_t)put, s.n);
	}
	return true;
}

/* The whole content under another name, on disk before it is renamed. */
static bool write_temporary(int dirfd, const char *tmp, span s, struct err *err)
{
	int fd = openat(dirfd, tmp, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
	if (fd < 0)
		return err_errno(err, errno, "%s", tmp);
	bool ok = file_write_fd(fd, s, err);
	/* The data first, then the name: a crash between the two leaves the old file. */
	if (ok && fsync(fd) != 0)
		ok = err_errno(err, errno, "fsync %s", tmp);
	/* Some file systems report a failed write only here. */
	if (close(fd) != 0 && ok)
		ok = err_errno(err, errno, "close %s", tmp);
	return ok;
}

bool file_replace(int dirfd, const char *name, span s, struct err *err)
{
	char tmp[300];
	if ((size_t)snprintf(tmp, sizeof tmp, "%s.tmp", name) >= sizeof tmp)
		return err_set(err, ERR_REQUEST, "file name too long");
	if (!write_temporary(dirfd, tmp, s, err))
		return false;
	if (renameat(dirfd, tmp, dirfd, name) != 0)
		return err_errno(err, errno, "rename %s to %s", tmp, name);
	/* Without this the rename itself may be lost with the power. */
	if (fsync(dirfd) != 0)
		return err_errno(err, errno, "fsync of the directory of %s", name);
	return true;
}
