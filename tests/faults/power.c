#include "tests/faults/power.h"

#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MOST = 20000, SECTOR = 512 };

struct change_of_file {
	int fd;
	ino_t ino;
	off_t at, size; /* size before */
	size_t n, nold;
	unsigned char *old;
};
enum kind { MADE, REMOVED, RENAMED };
struct change_of_name {
	enum kind kind;
	int dir, to_dir, stashed; /* number of what was there before, -1: nothing */
	ino_t ino;                /* of the directory; 0: synced */
	char name[256], to[256];
};
static struct change_of_file writes[MOST];
static struct change_of_name names[MOST];
static int nwrites, nnames, stash = -1, nstash;
static uint64_t seed;

static unsigned dice(unsigned sides)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % sides;
}

void power_begin(int stash_dir, unsigned s)
{
	stash = stash_dir;
	seed = s;
	nwrites = nnames = nstash = 0;
}

static ino_t ino_of(int fd)
{
	struct stat st;
	return fstat(fd, &st) == 0 ? st.st_ino : 0;
}

/* Its own descriptors, by raw calls: nothing here is counted or logged. */
static int raw_open(int dir, const char *path, int flags)
{
	return (int)syscall(SYS_openat, dir, path, flags | O_CLOEXEC, 0600);
}

static void *take(size_t n) /* not malloc, which may be the one that fails */
{
	void *p = mmap(NULL, n ? n : 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return p == MAP_FAILED ? NULL : p;
}

void power_write(int fd, off_t at, size_t n)
{
	struct stat st;
	char self[40];
	if (stash < 0 || nwrites == MOST || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return;
	struct change_of_file *w = &writes[nwrites];
	snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
	*w = (struct change_of_file){ .fd = -1, .ino = st.st_ino, .size = st.st_size, .n = n };
	w->at = at >= 0 ? at : lseek(fd, 0, SEEK_CUR);
	for (int i = 0; i < nwrites && w->fd < 0; i++)
		w->fd = writes[i].ino == w->ino ? writes[i].fd : -1;
	if (w->fd < 0)
		w->fd = raw_open(AT_FDCWD, self, O_RDWR);
	w->old = take(n);
	if (w->fd < 0 || !w->old)
		return;
	ssize_t got = syscall(SYS_pread64, w->fd, w->old, n, w->at);
	w->nold = got > 0 ? (size_t)got : 0;
	nwrites++;
}

void power_sync(int fd)
{
	ino_t ino = ino_of(fd);
	for (int i = 0; i < nwrites; i++)
		if (writes[i].ino == ino)
			writes[i].n = 0;
	for (int i = 0; i < nnames; i++)
		if (names[i].ino == ino)
			names[i].ino = 0;
}

/* The directory that holds path, and the name in it. */
static int parent(int dir, const char *path, char name[256])
{
	char up[PATH_MAX];
	const char *slash = strrchr(path, '/');
	snprintf(name, 256, "%s", slash ? slash + 1 : path);
	snprintf(up, sizeof up, "%.*s", slash ? (int)(slash - path + 1) : 1, slash ? path : ".");
	return raw_open(dir, up, O_RDONLY | O_DIRECTORY);
}

static struct change_of_name *log_name(enum kind kind, int dir, const char *path)
{
	if (stash < 0 || nnames == MOST)
		return NULL;
	struct change_of_name *c = &names[nnames];
	*c = (struct change_of_name){ .kind = kind, .stashed = -1, .to_dir = -1 };
	c->dir = parent(dir, path, c->name);
	c->ino = ino_of(c->dir);
	nnames += c->dir >= 0;
	return c;
}

/* Keeps what stands under a name, should it have to come back. */
static int keep(int dir, const char *name)
{
	char as[20];
	snprintf(as, sizeof as, "%d", nstash);
	return syscall(SYS_linkat, dir, name, stash, as, 0) == 0 ? nstash++ : -1;
}

void power_made(int dir, const char *path)
{
	log_name(MADE, dir, path);
}

void power_unlink(int dir, const char *path)
{
	struct change_of_name *c = log_name(REMOVED, dir, path);
	if (c)
		c->stashed = keep(c->dir, c->name); /* an empty directory is made again */
}

void power_rename(int from_dir, const char *from, int to_dir, const char *to)
{
	struct change_of_name *c = log_name(RENAMED, from_dir, from);
	if (!c)
		return;
	c->to_dir = parent(to_dir, to, c->to);
	c->stashed = keep(c->to_dir, c->to);
}

static void bring_back(int number, int dir, const char *name)
{
	char as[20];
	snprintf(as, sizeof as, "%d", number);
	syscall(SYS_linkat, stash, as, dir, name, 0);
}

static void undo(struct change_of_name *c)
{
	char as[20];
	snprintf(as, sizeof as, "lost%d", nstash++);
	switch (c->kind) {
	case MADE: /* with all in it, when it is a directory */
		syscall(SYS_renameat2, c->dir, c->name, stash, as, 0);
		break;
	case REMOVED:
		if (c->stashed >= 0)
			bring_back(c->stashed, c->dir, c->name);
		else
			syscall(SYS_mkdirat, c->dir, c->name, 0700);
		break;
	case RENAMED:
		syscall(SYS_renameat2, c->to_dir, c->to, c->dir, c->name, 0);
		if (c->stashed >= 0)
			bring_back(c->stashed, c->to_dir, c->to);
		break;
	}
}

static void undo_names(void)
{
	static ino_t done[MOST];
	int ndone = 0;
	for (int i = nnames; i-- > 0;) {
		int seen = names[i].ino == 0;
		for (int d = 0; d < ndone && !seen; d++)
			seen = done[d] == names[i].ino;
		if (seen)
			continue;
		ino_t dir = done[ndone++] = names[i].ino;
		int pending = 0;
		for (int j = 0; j <= i; j++)
			pending += names[j].ino == dir;
		int lost = dice(3) == 0 ? pending : (int)dice((unsigned)pending + 1);
		for (int j = i; j >= 0 && lost > 0; j--)
			if (names[j].ino == dir) {
				undo(&names[j]);
				lost--;
			}
	}
}

static void undo_sector(const struct change_of_file *w, size_t at, size_t n)
{
	static const unsigned char zeros[SECTOR];
	size_t old = at < w->nold ? (w->nold - at < n ? w->nold - at : n) : 0;
	syscall(SYS_pwrite64, w->fd, w->old + at, old, w->at + (off_t)at);
	if (old < n)
		syscall(SYS_pwrite64, w->fd, zeros, n - old, w->at + (off_t)(at + old));
}

static void undo_writes(void)
{
	for (int i = nwrites; i-- > 0;) {
		const struct change_of_file *w = &writes[i];
		unsigned whole = (unsigned)((uint64_t)w->ino * 2654435761u + seed) % 3; /* all, nothing, sectors: by file */
		for (size_t at = 0; at < w->n; at += SECTOR)
			if (whole == 0 || (whole == 2 && dice(2)))
				undo_sector(w, at, w->n - at < SECTOR ? w->n - at : SECTOR);
		if (w->n && (whole == 0 || (whole == 2 && dice(4) == 0)))
			syscall(SYS_ftruncate, w->fd, w->size);
	}
}

void power_cut(void)
{
	undo_writes();
	undo_names();
}
