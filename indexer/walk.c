#include "indexer/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A directory that is being read. */
struct level {
	struct arena a;
	int fd;
	struct spans names;
	size_t next, path; /* path: length of its own path */
};
/* The directories open from the root to where the walk stands, one descriptor each. */
struct walk {
	struct arena a;
	const struct spans *roots;
	size_t next_root;
	struct level levels[WALK_DEPTH_MAX];
	size_t depth;
	struct buf path;
	struct report *report;
	struct spans unreadable;
	enum err_code status;
	dev_t index_dev;
	ino_t index_ino;
	bool has_index;
};

/* The index is known by device and number, whatever path leads
 * to it; when there is none yet, nothing can walk into it. */
struct walk *walk_open(const struct spans *paths, const char *index, struct report *r)
{
	struct walk *w = calloc(1, sizeof *w);
	ASSERT(w);
	struct stat st;
	w->roots = paths;
	w->report = r;
	w->path.a = &w->a;
	w->has_index = index && stat(index, &st) == 0;
	if (w->has_index) {
		w->index_dev = st.st_dev;
		w->index_ino = st.st_ino;
	}
	return w;
}

/* Names go with their directory: memory is that of the open ones. */
static void leave(struct walk *w)
{
	struct level *l = &w->levels[--w->depth];
	close(l->fd);
	arena_release(&l->a);
	*l = (struct level){ 0 };
}

void walk_close(struct walk *w)
{
	if (!w)
		return;
	while (w->depth)
		leave(w);
	arena_release(&w->a);
	free(w);
}

/* Of the paths that were given alone: what lies below them is left out and named, without a status. */
enum err_code walk_status(const struct walk *w)
{
	return w->status;
}

/* By the bytes alone, nothing is looked up: ".." and links stay as they are. */
span walk_normal(span path, struct arena *a)
{
	struct buf b = { .a = a };
	while (span_starts(path, SPAN("./")) && path.n > 2)
		path = span_sub(path, 2, path.n);
	for (size_t i = 0; i < path.n; i++)
		if (path.p[i] != '/' || b.n == 0 || b.p[b.n - 1] != '/')
			buf_byte(&b, path.p[i]);
	while (b.n > 1 && b.p[b.n - 1] == '/')
		b.n--;
	return buf_span(&b);
}

/* One order everywhere, whatever the locale: the order of the input decides which copy is kept. */
static int by_bytes(const void *x, const void *y)
{
	return span_cmp(*(const span *)x, *(const span *)y);
}

/* Hidden names and the marks that batch writers leave beside their output. */
static bool passed_by(span name)
{
	return name.p[0] == '.' || span_eq(name, SPAN("_SUCCESS")) || span_ends(name, SPAN(".crc"));
}

/* Starts to read the directory fd, whose path is in w->path; fd is taken over. */
static bool enter(struct walk *w, int fd)
{
	if (w->depth == WALK_DEPTH_MAX) {
		close(fd);
		report_skip(w->report, buf_span(&w->path), "more than %d directories deep", WALK_DEPTH_MAX);
		*PUSH(&w->a, &w->unreadable) = arena_dup(&w->a, buf_span(&w->path));
		return false;
	}
	/* A DIR takes its descriptor with it when closed; the level keeps one for openat. */
	int again = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	DIR *d = again >= 0 ? fdopendir(again) : NULL;
	if (!d) {
		report_skip(w->report, buf_span(&w->path), "cannot read the directory: %s", strerror(errno));
		*PUSH(&w->a, &w->unreadable) = arena_dup(&w->a, buf_span(&w->path));
		if (again >= 0)
			close(again);
		close(fd);
		return false;
	}
	struct level *l = &w->levels[w->depth++];
	bool here = span_eq(buf_span(&w->path), SPAN("."));
	*l = (struct level){ .fd = fd, .path = here ? 0 : w->path.n }; /* below ".", names stand alone */
	for (struct dirent *e; (e = readdir(d));) {
		span name = span_of(e->d_name);
		if (span_eq(name, SPAN(".")) || span_eq(name, SPAN("..")))
			continue;
		if (passed_by(name))
			w->report->hidden++;
		else
			*PUSH(&l->a, &l->names) = arena_dup(&l->a, name);
	}
	closedir(d);
	/* readdir gives the order of the file system, which differs from one to the next. */
	if (l->names.n)
		qsort(l->names.v, l->names.n, sizeof *l->names.v, by_bytes);
	return true;
}

/* What it is, for the report: none of these is opened, since opening may block or have an effect. */
static const char *special(mode_t m)
{
	return S_ISLNK(m) ? "a symbolic link, not followed; name its target instead" : S_ISFIFO(m) ? "a FIFO" :
	       S_ISSOCK(m) ? "a socket" : "a device";
}

const struct spans *walk_unreadable(const struct walk *w)
{
	return &w->unreadable;
}

/* What is there but cannot be read is remembered, so that --prune drops nothing below it; what is gone is gone. */
static void refuse(struct walk *w, bool root, int e)
{
	report_skip(w->report, buf_span(&w->path), "%s", strerror(e));
	if (e != ENOENT)
		*PUSH(&w->a, &w->unreadable) = arena_dup(&w->a, buf_span(&w->path));
	if (root && !w->status)
		w->status = err_code_of_errno(e);
}

/* Opens name under dirfd when it is a regular file or a directory: looked at
 * first, so that nothing with an effect is opened, and once more when open. */
static int open_kind(struct walk *w, int dirfd, const char *name, struct stat *st)
{
	bool root = dirfd == AT_FDCWD;
	if (fstatat(dirfd, name, st, AT_SYMLINK_NOFOLLOW) != 0) {
		refuse(w, root, errno);
		return -1;
	}
	if (!S_ISREG(st->st_mode) && !S_ISDIR(st->st_mode)) {
		report_skip(w->report, buf_span(&w->path), "%s", special(st->st_mode));
		w->status = root && !w->status ? ERR_NOT_FOUND : w->status;
		return -1;
	}
	/* O_NONBLOCK, should the name have become that of a FIFO since. */
	int fd = openat(dirfd, name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY);
	if (fd < 0) {
		refuse(w, root, errno);
		return -1;
	}
	if (fstat(fd, st) != 0 || (!S_ISREG(st->st_mode) && !S_ISDIR(st->st_mode))) {
		report_skip(w->report, buf_span(&w->path), "changed while it was opened");
		close(fd);
		return -1;
	}
	return fd;
}

/* One name: true when it is a file to give, its descriptor in *fd. */
static bool look_at(struct walk *w, int dirfd, const char *name, int *fd)
{
	struct stat st;
	*fd = open_kind(w, dirfd, name, &st);
	if (*fd < 0)
		return false;
	if (S_ISREG(st.st_mode))
		return true;
	/* The index itself is passed by without a word: nobody meant it. */
	if (w->has_index && st.st_dev == w->index_dev && st.st_ino == w->index_ino)
		close(*fd);
	else
		enter(w, *fd);
	return false;
}

/* Depth first, without recursion: directories lie on the stack of levels, and w->path grows and shrinks with them. */
bool walk_next(struct walk *w, int *fd, span *path)
{
	for (;;) {
		bool found;
		if (w->depth) {
			struct level *l = &w->levels[w->depth - 1];
			if (l->next == l->names.n) {
				leave(w);
				continue;
			}
			span name = l->names.v[l->next++];
			w->path.n = l->path;
			if (w->path.n && w->path.p[w->path.n - 1] != '/')
				buf_byte(&w->path, '/');
			buf_put(&w->path, name);
			found = look_at(w, l->fd, name.p, fd);
		} else if (w->next_root < w->roots->n) {
			span root = w->roots->v[w->next_root++];
			w->path.n = 0;
			buf_put(&w->path, walk_normal(root, &w->a));
			found = look_at(w, AT_FDCWD, arena_cstr(&w->a, root), fd);
		} else {
			return false;
		}
		*path = buf_span(&w->path);
		if (found)
			return true;
	}
}
