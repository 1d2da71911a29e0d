/* run: one indexing run, from the given paths to a sealed generation.
 *
 *   read   walk, read, work (in parallel) -> documents ready to be built, in a spill
 *   old    documents of the served generation that the run does not replace -> the spill's table
 *   fold   equal documents found and folded, in memory, over that table
 *   place  documents that are as they were stay in their shards
 *   build  the others to new shards; those that fold changed are made again (in parallel)
 *   seal   shards sealed, generation published */
#ifndef INDEXER_RUN_H
#define INDEXER_RUN_H

#include "indexer/input.h"
#include "indexer/learn.h"
#include "indexer/options.h"
#include "indexer/progress.h"
#include "indexer/walk.h"
#include "store/generation.h"

struct u64s {
	uint64_t *v;
	size_t n, cap;
};
struct session {
	const struct index_options *options;
	struct arena a;            /* of the whole run */
	struct report report;      /* of the calling thread and of gives */
	struct report take_report; /* of takes, which may happen beside a give */
	struct progress progress;
	struct spill spill;
	struct maker *makers;      /* one a thread; their lexicons number the terms of what is in the spill */
	struct fold folded;
	struct input input;        /* what the served generation was made from; empty: none */
	uint64_t seed;             /* input_seed */
	struct walk *walk;
	struct learned learned;    /* of the directories, by takes */
	struct u64s read, refused; /* hashes of paths that were read, that held no text; sorted before `old` */
	unsigned threads;
	size_t memory;             /* bytes */
	const char *index;
	struct index_writer *writer;
	struct generation *old;    /* null: none, or --rebuild */
	struct xap *served;        /* its reader */
	bool unchanged;            /* nothing to do */
	bool closed;               /* nothing is told from its hash: second attempt */
	size_t shards;
	struct err *err;
};
/* The whole of it; returns the exit status. Prints on stderr. */
int run_index(const struct index_options *o);
/* --stage: prints to stdout; returns the exit status. */
int run_stage(const struct index_options *o);

/* A shard of the served generation. */
struct served_shard {
	uint32_t stay;      /* documents that stay in it */
	bool linked;
	size_t becomes;     /* its number then */
};
/* Where the documents go. */
struct placing {
	struct served_shard *served;
	size_t nserved, nlinked, nnew; /* shards; linked ones come first, then new ones */
	size_t base;        /* of those, the first so many come from a full build */
	uint32_t *build;    /* items that go into the new ones, in order of path and place */
	size_t nbuild;
};
/* The address that an item's document gets; lives in a, or in the item. */
span item_address(const struct item *y, struct arena *a);

/* The phases, in files of their own. */
bool run_read(struct session *r);
void run_old(struct session *r);
void run_place(struct session *r, struct placing *p);
bool run_build(struct session *r, const struct placing *p, struct manifest *m);
/* What the new generation says of its shards, once all is placed. */
void run_live(struct session *r, struct manifest *m);

#endif
