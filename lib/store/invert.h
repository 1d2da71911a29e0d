/* invert: from documents to the lists of terms, by integers.
 *
 * Documents wait as they came, their terms numbered by a table of this run of
 * documents. When the run ends (at sealing, or when memory is used up) its terms
 * are sorted once, every occurrence is put where its term's lie by a counting
 * sort, and the lists are read off term by term. The weights of a term that
 * others weigh (a stem) are added up from the lists of those then, never
 * document by document.
 *
 * What comes out depends on the entries alone: neither on the numbers of any
 * lexicon nor on where one run ends and another begins. */
#ifndef STORE_INVERT_H
#define STORE_INVERT_H

#include "store/bulk_runs.h"
#include "store/compact.h"
#include "store/identity.h"
#include "store/poslist.h"

/* A posting of a list, in order of entries. */
struct pair {
	uint32_t entry, wdf, npos;
};
struct pairs {
	struct pair *v;
	size_t n, cap;
};
struct invert_options {
	size_t memory;
	/* Positions go to a file of their own: then a posting that has positions and
	 * no weight is no posting of the database. */
	bool apart;
	unsigned threads;   /* that may be used when sealing */
	const char *tmpdir; /* for runs; borrowed */
};
struct invert;
struct invert *invert_open(const struct invert_options *o);
/* Entries come in order of their numbers. Both forms mean the same: compact_expand. */
bool invert_entry(struct invert *v, uint32_t number, const struct entry *e, struct err *err);
bool invert_compact(struct invert *v, uint32_t number, const struct compact *c, struct err *err);
/* Bytes that the lists will take, from above. */
uint64_t invert_pending(const struct invert *v);

/* Where lists go, in order of their terms. Either may be missing. With two
 * threads each has one to itself, so neither may touch what the other does. */
struct invert_sink {
	void *self;
	void (*postings)(void *self, span term, const struct pair *v, size_t n);
	struct poslist_writer *positions; /* apart */
	/* Not apart: the positions of an entry, before the postings of its term. */
	void (*place)(void *self, span term, uint32_t entry, const uint32_t *pos, uint32_t n);
};
/* Gives all lists to sink and adds what they hold to id. Called once, last. */
bool invert_finish(struct invert *v, const struct invert_sink *sink, struct identity *id, struct err *err);
void invert_close(struct invert *v); /* v may be null */

#endif
