/* pool: work in parallel, results in the order the work was taken.
 *
 * Slots go round a ring: `take` fills one, `work` runs on it beside others,
 * `give` hands it on. Takes happen one at a time, gives happen one at a time and in
 * the order of the takes, so what comes out never depends on the number of
 * threads. With one thread no thread is started. */
#ifndef INDEXER_POOL_H
#define INDEXER_POOL_H

#include <stdbool.h>
#include <stddef.h>

struct pool {
	void *ctx;
	/* Fills slot; returns its weight (bytes, at least 1), 0 when there is no more. */
	size_t (*take)(void *ctx, void *slot);
	/* thread: 0 to threads - 1. */
	void (*work)(void *ctx, void *slot, unsigned thread);
	/* False stops the run; slots taken meanwhile are not given. */
	bool (*give)(void *ctx, void *slot);
	void *slots;          /* nslots of slot_size bytes each */
	size_t slot_size, nslots;
	size_t weight_max;    /* no further take while slots under way weigh more */
};
/* False when a give was false. Threads that cannot be started are done without. */
bool pool_run(const struct pool *p, unsigned threads);

#endif
