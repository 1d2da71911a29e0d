/* bulk_runs: lists spilled to disk, and one walk over all of them.
 *
 * When memory is used up all lists are written to a temporary file as a run,
 * in order of their keys, and emptied. runs_merge then walks the keys of all
 * runs and of memory in one order. A key's entries ascend from run to run,
 * because entries are numbered in the order added. */
#ifndef STORE_BULK_RUNS_H
#define STORE_BULK_RUNS_H

#include "base/err.h"
#include "store/bulk_lists.h"

struct run {
	uint64_t beg, end; /* bytes of the file */
};
struct runs {
	struct run *v;
	size_t n, cap;
	struct arena *a;    /* of v */
	const char *tmpdir; /* borrowed */
	int fd;             /* unlinked temporary file, -1 before the first spill */
	uint64_t bytes;
};
/* Writes all lists as a run and empties them. */
bool runs_spill(struct runs *r, struct lists *l, struct err *err);
void runs_close(struct runs *r);

/* What runs_merge tells about a key: totals first, then each entry in order. */
struct merge_sink {
	void *self;
	void (*begin)(void *self, span key, uint64_t count, uint64_t sum);
	/* Reads one body at p and returns its end. */
	const byte *(*entry)(void *self, uint32_t entry, const byte *p);
	void (*end)(void *self);
};
/* memory: bytes for read buffers. A list itself is held whole, run by run. */
bool runs_merge(struct runs *r, const struct lists *l, size_t memory, const struct merge_sink *sink,
		struct err *err);

#endif
