/* bulk_runs: lists written to disk when memory is used up, and one walk over them.
 *
 * A run is a sequence of keys in order, each with a string of bytes. runs_merge
 * walks the keys of all runs in one order and gives the bytes of equal keys one
 * after another, in the order of the runs: entries are numbered in the order
 * added, so they ascend from run to run. */
#ifndef STORE_BULK_RUNS_H
#define STORE_BULK_RUNS_H

#include "base/buf.h"
#include "base/err.h"
#include "store/bulk_pack.h"

struct run {
	uint64_t beg, end; /* bytes of the file */
};
struct runs {
	struct arena a;     /* of v and what is being written */
	struct run *v;
	size_t n, cap;
	const char *tmpdir; /* borrowed */
	bool open;          /* fd is: an unlinked temporary file, made at the first run */
	int fd;
	uint64_t bytes;
	struct buf out;     /* not yet written */
};
/* A run is begun, gets its lists in order of their keys, and is ended. A key has
 * 1 to KEY_MAX bytes. */
bool runs_begin(struct runs *r, struct err *err);
bool runs_list(struct runs *r, span key, span body, struct err *err);
bool runs_end(struct runs *r, struct err *err);
void runs_close(struct runs *r);

struct merge_sink {
	void *self;
	void (*begin)(void *self, span key);
	void (*body)(void *self, span body);
	void (*end)(void *self);
};
/* memory: bytes for read buffers. A list itself is held whole, run by run. */
bool runs_merge(struct runs *r, size_t memory, const struct merge_sink *sink, struct err *err);

#endif
