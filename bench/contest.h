/* contest: processes that do the same work in turn, and what each took. */
#ifndef BENCH_CONTEST_H
#define BENCH_CONTEST_H

#include "base/arena.h"
#include "base/buf.h"

struct outcome {
	const char *name;
	double wall, cpu;   /* seconds; the best of the rounds */
	uint64_t rss;       /* most resident memory, bytes */
	uint64_t size;      /* of what was written, bytes */
	const char *missing; /* why it did not run; null: it did */
};
struct outcomes {
	struct outcome *v;
	size_t n, cap;
};
/* Runs argv (or, when argv is null, run(flat, dir)) in a process of its own
 * and measures it; dir is made anew before and its files counted after. */
struct contestant {
	const char *name, *dir, *flat;
	char *const *argv;
	int (*run)(const char *flat, const char *dir);
};
struct outcome contest_run(const struct contestant *c);
/* Removes a directory and what is in it. */
void contest_clear(const char *dir);

/* The class path of Lucene and of our programs, which are compiled into dir;
 * null when Java or Lucene are not there. Lives in a. */
const char *contest_lucene(const char *dir, struct arena *a);

/* Tables: text bytes and number of texts, the outcomes, ratios to outcome `base`. */
struct contest_table {
	const char *title;
	uint64_t bytes, texts;
	struct outcomes list;
	size_t base;
};
void contest_text(const struct contest_table *t, struct buf *out);
void contest_json(const struct contest_table *t, struct buf *out);
/* Bars of MB/s. */
void contest_svg(const struct contest_table *t, struct buf *out);

#endif
