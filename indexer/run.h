/* run: one indexing run, from the given paths to a sealed generation.
 *
 *   read   walk, read, work (in parallel) -> documents ready to be built, in a spill
 *   old    documents of the served generation that this run does not replace -> spill
 *   fold   equal documents found and folded, in memory, over the spill's table
 *   build  documents to shards; those that fold changed are made again (in parallel)
 *   seal   shards sealed, generation published */
#ifndef INDEXER_RUN_H
#define INDEXER_RUN_H

#include "indexer/fold.h"
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
	struct walk *walk;
	struct learned learned;    /* of the directories, by takes */
	struct u64s read, refused; /* hashes of paths that were read, that held no text; sorted before `old` */
	unsigned threads;
	size_t memory;             /* bytes */
	const char *index;
	struct index_writer *writer;
	struct generation *old;    /* null: none, or --rebuild */
	size_t shards;
	struct err *err;
};
/* The whole of it; returns the exit status. Prints on stderr. */
int run_index(const struct index_options *o);
/* --stage: prints to stdout; returns the exit status. */
int run_stage(const struct index_options *o);

/* The phases, in files of their own. */
bool run_read(struct session *r);
bool run_old(struct session *r);
bool run_build(struct session *r, struct manifest *m);

#endif
