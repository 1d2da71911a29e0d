/* fi: a fault injector for LD_PRELOAD (libfi.so).
 *
 * It counts the calls that touch the disk (open, read, write, pread, pwrite,
 * fsync, fdatasync, ftruncate, rename, unlink, mkdir, link, flock) or, with
 * FI_OPS=malloc, those that take memory, and makes the n-th go wrong:
 *
 *   FI_MODE  count  nothing goes wrong; the number of calls is written to FI_OUT
 *            kill   SIGKILL in place of the call
 *            torn   the same, but of a write the first half is done
 *            power  the same, and what was not synced is lost in part (power.h); by fi_power only
 *            err    the call fails with errno FI_ERR; FI_STICKY=1: all later ones too
 *   FI_N     which call, 1 the first
 *
 * Only regular files and directories count: not the terminal, not pipes. A
 * test that forks may use fi_arm (found by dlsym) in place of the environment.
 * Under the address sanitizer libasan.so must stand before libfi.so. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "tests/faults/power.h"

enum { OFF, COUNT, KILL, TORN, ERR, POWER };
static int mode, error, sticky, memory;
static long nth;
static atomic_long count;

void fi_arm(int new_mode, long n, int err, int stick, int of_memory);
long fi_count(void);
void fi_power(int stash, long n, unsigned seed);

void fi_arm(int new_mode, long n, int err, int stick, int of_memory)
{
	mode = OFF;
	nth = n;
	error = err;
	sticky = stick;
	memory = of_memory;
	count = 0;
	mode = new_mode;
}

/* Arms for a power cut at the n-th call. */
void fi_power(int stash, long n, unsigned seed)
{
	power_begin(stash, seed);
	fi_arm(POWER, n, 0, 0, 0);
}

long fi_count(void)
{
	return count;
}

static long number_of(const char *name)
{
	const char *v = getenv(name);
	return v ? strtol(v, NULL, 10) : 0;
}

__attribute__((constructor)) static void begin(void)
{
	static const char *const names[] = { "off", "count", "kill", "torn", "err" };
	const char *m = getenv("FI_MODE"), *ops = getenv("FI_OPS");
	for (int i = 0; m && i < 5; i++)
		if (strcmp(m, names[i]) == 0)
			fi_arm(i, number_of("FI_N"), (int)number_of("FI_ERR"), (int)number_of("FI_STICKY"),
			       ops && strcmp(ops, "malloc") == 0);
}

__attribute__((destructor)) static void end(void)
{
	const char *out = getenv("FI_OUT");
	char text[32];
	if (mode != COUNT || !out)
		return;
	int n = snprintf(text, sizeof text, "%ld\n", (long)count);
	mode = OFF;
	int fd = (int)syscall(SYS_openat, AT_FDCWD, out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd >= 0)
		syscall(SYS_write, fd, text, (size_t)n);
}

/* Counts one call; true: it must fail (errno is set). May not return. */
static int due(int of_memory)
{
	if (mode == OFF || of_memory != memory)
		return 0;
	long at = atomic_fetch_add(&count, 1) + 1;
	if (mode == COUNT || at < nth || (at > nth && !(mode == ERR && sticky)))
		return 0;
	if (mode == ERR) {
		errno = error;
		return 1;
	}
	if (mode == POWER)
		power_cut();
	syscall(SYS_kill, getpid(), SIGKILL);
	return 0;
}

static int regular(int fd)
{
	struct stat st;
	int saved = errno;
	int is = mode != OFF && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	errno = saved;
	return is;
}

/* Before a write: half of it goes out when the process is about to be killed in it. */
static void tear(int fd, const void *p, size_t n, off_t at, int positioned)
{
	if (mode != TORN || memory || count + 1 != nth)
		return;
	if (positioned)
		syscall(SYS_pwrite64, fd, p, n / 2, at);
	else
		syscall(SYS_write, fd, p, n / 2);
}

static int open_at(int dir, const char *path, int flags, mode_t perms)
{
	if (due(0))
		return -1;
	int fresh = mode == POWER && (flags & O_CREAT) && syscall(SYS_faccessat, dir, path, F_OK) != 0;
	int fd = (int)syscall(SYS_openat, dir, path, flags, perms);
	if (fresh && fd >= 0)
		power_made(dir, path);
	if (mode == POWER && fd >= 0 && (flags & O_TRUNC))
		power_write(fd, 0, 0);
	return fd;
}

#define PERMS(last) \
	mode_t perms = 0; \
	if (flags & (O_CREAT | O_TMPFILE)) { \
		va_list ap; \
		va_start(ap, last); \
		perms = va_arg(ap, mode_t); \
		va_end(ap); \
	}

int open(const char *path, int flags, ...)
{
	PERMS(flags)
	return open_at(AT_FDCWD, path, flags, perms);
}

int open64(const char *path, int flags, ...)
{
	PERMS(flags)
	return open_at(AT_FDCWD, path, flags, perms);
}

int openat(int dir, const char *path, int flags, ...)
{
	PERMS(flags)
	return open_at(dir, path, flags, perms);
}

int openat64(int dir, const char *path, int flags, ...)
{
	PERMS(flags)
	return open_at(dir, path, flags, perms);
}

ssize_t read(int fd, void *p, size_t n)
{
	return regular(fd) && due(0) ? -1 : syscall(SYS_read, fd, p, n);
}

ssize_t write(int fd, const void *p, size_t n)
{
	if (regular(fd)) {
		tear(fd, p, n, 0, 0);
		if (due(0))
			return -1;
	}
	if (mode == POWER)
		power_write(fd, -1, n);
	return syscall(SYS_write, fd, p, n);
}

ssize_t pread(int fd, void *p, size_t n, off_t at)
{
	return due(0) ? -1 : syscall(SYS_pread64, fd, p, n, at);
}

ssize_t pread64(int fd, void *p, size_t n, off64_t at)
{
	return due(0) ? -1 : syscall(SYS_pread64, fd, p, n, at);
}

ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
	tear(fd, p, n, at, 1);
	if (due(0))
		return -1;
	if (mode == POWER)
		power_write(fd, at, n);
	return syscall(SYS_pwrite64, fd, p, n, at);
}

ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at)
{
	tear(fd, p, n, at, 1);
	if (due(0))
		return -1;
	if (mode == POWER)
		power_write(fd, at, n);
	return syscall(SYS_pwrite64, fd, p, n, at);
}

static int synced(int fd, int result)
{
	if (mode == POWER && result == 0)
		power_sync(fd);
	return result;
}

static int made(int dir, const char *path, int result)
{
	if (mode == POWER && result == 0)
		power_made(dir, path);
	return result;
}

int fsync(int fd)
{
	return due(0) ? -1 : synced(fd, (int)syscall(SYS_fsync, fd));
}

int fdatasync(int fd)
{
	return due(0) ? -1 : synced(fd, (int)syscall(SYS_fdatasync, fd));
}

int ftruncate(int fd, off_t n)
{
	return due(0) ? -1 : (int)syscall(SYS_ftruncate, fd, n);
}

int ftruncate64(int fd, off64_t n)
{
	return due(0) ? -1 : (int)syscall(SYS_ftruncate, fd, n);
}

int renameat(int from_dir, const char *from, int to_dir, const char *to)
{
	if (due(0))
		return -1;
	if (mode == POWER)
		power_rename(from_dir, from, to_dir, to);
	return (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, 0);
}

int rename(const char *from, const char *to)
{
	return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

int unlinkat(int dir, const char *path, int flags)
{
	if (due(0))
		return -1;
	struct stat st;
	int dir_wanted = (flags & AT_REMOVEDIR) != 0;
	if (mode == POWER && fstatat(dir, path, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode) == dir_wanted)
		power_unlink(dir, path);
	return (int)syscall(SYS_unlinkat, dir, path, flags);
}

int unlink(const char *path)
{
	return unlinkat(AT_FDCWD, path, 0);
}

int rmdir(const char *path)
{
	return unlinkat(AT_FDCWD, path, AT_REMOVEDIR);
}

int mkdirat(int dir, const char *path, mode_t perms)
{
	return due(0) ? -1 : made(dir, path, (int)syscall(SYS_mkdirat, dir, path, perms));
}

int mkdir(const char *path, mode_t perms)
{
	return mkdirat(AT_FDCWD, path, perms);
}

int linkat(int from_dir, const char *from, int to_dir, const char *to, int flags)
{
	return due(0) ? -1 : made(to_dir, to, (int)syscall(SYS_linkat, from_dir, from, to_dir, to, flags));
}

int link(const char *from, const char *to)
{
	return linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int flock(int fd, int op)
{
	return due(0) ? -1 : (int)syscall(SYS_flock, fd, op);
}

#ifndef FI_NO_MALLOC /* a sanitizer has its own */
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);

void *malloc(size_t n)
{
	return due(1) ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
	return due(1) ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n)
{
	return due(1) ? NULL : __libc_realloc(p, n);
}
#endif
