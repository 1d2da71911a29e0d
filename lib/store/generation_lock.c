/* INDEX/lock, what a killed writer leaves, and what is collected. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>
#include "store/generation_write.h"
#include "store/tree.h"

enum { KEPT = 3 }; /* newest generations: with one alone, readers met wrong answers (measured) */

/* "<word>" then a number; false leaves rest as it was. */
static bool take(span *rest, span word, uint64_t max, uint64_t *out)
{
	size_t end = word.n;
	while (end < rest->n && is_digit(rest->p[end]))
		end++;
	if (!span_starts(*rest, word) || !span_uint(span_sub(*rest, word.n, end), max, out))
		return false;
	*rest = span_sub(*rest, end, rest->n);
	return true;
}

/* Whatever cannot be read counts as zero, which means: nothing is known, so nothing is
 * refused for it (lock_agrees). The record is a second opinion on CURRENT, not the truth. */
void lock_read(int lock, struct lock_record *out)
{
	char text[200];
	uint64_t pid = 0, before, after;
	ssize_t n = pread(lock, text, sizeof text, 0);
	span rest = { text, n > 0 ? (size_t)n : 0 };
	*out = (struct lock_record){ 0 };
	if (take(&rest, SPAN("pid "), INT32_MAX, &pid))
		out->pid = pid;
	if (take(&rest, SPAN("\nserved gen-"), UINT32_MAX, &before) && take(&rest, SPAN(" gen-"), UINT32_MAX, &after)) {
		out->before = (uint32_t)before;
		out->after = (uint32_t)after;
	}
}

/* One small write in place: a killed process has written all of it or nothing. */
bool lock_write(int lock, const struct lock_record *r, struct err *err)
{
	char text[200], before[GENERATION_NAME], after[GENERATION_NAME];
	generation_name(r->before, before);
	generation_name(r->after, after);
	int n = snprintf(text, sizeof text, "pid %" PRIu64 "\nserved %s %s\n", r->pid, before, after);
	if (pwrite(lock, text, (size_t)n, 0) != n || ftruncate(lock, n) != 0)
		return err_errno(err, errno, "lock");
	return true;
}

/* The writer notes the next generation before it switches, so a reader in between finds either number allowed. */
bool lock_agrees(int index, uint32_t number, struct err *err)
{
	struct lock_record r = { 0 };
	int lock = openat(index, "lock", O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (lock < 0)
		return errno == ENOENT || err_errno(err, errno, "lock");
	lock_read(lock, &r);
	close(lock);
	if (!r.after || number == r.before || number == r.after)
		return true;
	return err_set(err, ERR_DAMAGED, "CURRENT names generation %u, published last was %u", number, r.after);
}

/* The file stays for ever: removing it would let two writers lock two files
 * of one name. The lock is the kernel's, so a killed writer holds none. */
bool lock_take(struct index_writer *w, struct err *err)
{
	w->lock = openat(w->index, "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (w->lock < 0)
		return err_errno(err, errno, "%s/lock", w->path);
	if (flock(w->lock, LOCK_EX | LOCK_NB) == 0)
		return true;
	if (errno != EWOULDBLOCK)
		return err_errno(err, errno, "flock %s/lock", w->path);
	struct lock_record r;
	lock_read(w->lock, &r);
	if (!r.pid) /* it has only just taken it */
		return err_set(err, ERR_LOCKED, "%s: locked by another process", w->path);
	return err_set(err, ERR_LOCKED, "%s: locked by process %" PRIu64, w->path, r.pid);
}

/* Every name in the index, given to fn; false from fn stops. */
static bool each_name(struct index_writer *w, bool (*fn)(struct index_writer *, const char *, struct err *), struct err *err)
{
	int fd = dir_open(w->index, ".", err);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	if (!d) {
		if (fd >= 0)
			close(fd);
		return err_errno(err, errno, "reading it");
	}
	bool ok = true;
	struct dirent *e;
	for (errno = 0; ok && (e = readdir(d)); errno = 0)
		ok = fn(w, e->d_name, err);
	ok = ok && (errno == 0 || err_errno(err, errno, "reading it"));
	closedir(d);
	return ok;
}

/* Under the exclusive lock, so whatever bears a writer's names is a dead writer's. The
 * highest number is noted on the way: the next generation gets one that no directory bears. */
static bool clear_one(struct index_writer *w, const char *name, struct err *err)
{
	span s = span_of(name);
	uint32_t number;
	if (span_starts(s, SPAN("build-")) || span_starts(s, SPAN("trash-")) || span_eq(s, SPAN("CURRENT.tmp")))
		return tree_remove(w->index, name, err);
	if (generation_parse(s, &number) && number > w->newest)
		w->newest = number;
	return true;
}

/* A generation that was sealed when its writer was killed, and never served:
 * the record names it, CURRENT still names the one before. */
static bool clear_unserved(struct index_writer *w, const struct lock_record *r, struct err *err)
{
	char name[GENERATION_NAME];
	if (r->before == r->after || w->served != r->before)
		return true;
	generation_name(r->after, name);
	return tree_remove(w->index, name, err);
}

/* Ends with a record that allows the served generation alone, with our pid for who finds the index locked. */
bool leftovers_clear(struct index_writer *w, struct err *err)
{
	struct lock_record r;
	struct err local = { 0 };
	if (!current_read(w->index, &w->served, &local) && local.code != ERR_NOT_FOUND)
		return err_set(err, local.code, "%s", local.msg); /* not knowing what is served, remove nothing */
	lock_read(w->lock, &r);
	w->newest = w->served;
	return clear_unserved(w, &r, err) && each_name(w, clear_one, err) &&
	       lock_write(w->lock, &(struct lock_record){ w->served, w->served, (uint64_t)getpid() }, err);
}

/* With the exclusive lock no reader holds it. The rename comes before the
 * removal: who opens it meanwhile sees that it is gone. */
static void collect_one(struct index_writer *w, uint32_t number)
{
	char name[GENERATION_NAME], trash[32];
	generation_name(number, name);
	snprintf(trash, sizeof trash, "trash-%06" PRIu32, number);
	int fd = dir_open(w->index, name, NULL);
	if (fd < 0)
		return;
	bool ok = flock(fd, LOCK_EX | LOCK_NB) == 0 && renameat(w->index, name, w->index, trash) == 0;
	close(fd);
	if (ok)
		tree_remove(w->index, trash, NULL);
}

/* Older than the served one; a newer one is being published or was left over, and is not ours to collect. */
static bool note_one(struct index_writer *w, const char *name, struct err *err)
{
	uint32_t number;
	(void)err;
	if (generation_parse(span_of(name), &number) && number < w->served)
		*PUSH(&w->a, &w->old) = number;
	return true;
}

/* The oldest go first. A difference could overflow. */
static int by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

/* A failure here costs space only; the next writer tries again. */
void generations_collect(struct index_writer *w)
{
	w->old.n = 0;
	if (!each_name(w, note_one, NULL) || w->old.n < KEPT)
		return;
	qsort(w->old.v, w->old.n, sizeof *w->old.v, by_number);
	for (size_t i = 0; i + KEPT - 1 < w->old.n; i++)
		collect_one(w, w->old.v[i]);
}
