/* The parts of invert, for each other. */
#ifndef STORE_INVERT_PRIVATE_H
#define STORE_INVERT_PRIVATE_H

#include "store/invert.h"

/* How often a term comes in the run. */
struct counts {
	uint32_t words, others;
};
struct pending {
	uint32_t entry, nwords, nothers;
};
/* The run under way. */
struct waiting {
	struct arena a;
	struct lexicon terms;
	struct { uint32_t *v; size_t n, cap; } words;          /* numbers in terms, with COMPACT_SAME */
	struct { struct occurrence *v; size_t n, cap; } others;
	struct { struct pending *v; size_t n, cap; } documents;
	struct { struct counts *v; size_t n, cap; } counts;    /* by number of term */
};

/* The run inverted: each term's occurrences side by side, in order of entries.
 * Read by several threads. */
struct cell {
	uint32_t entry, pos;
};
struct inverted {
	const struct waiting *of;
	uint32_t *order;              /* numbers of terms in order of their bytes */
	struct cell *cells;           /* of words */
	struct occurrence *others;    /* entry in .term */
	uint32_t *word_end, *other_end; /* by number of term: behind its last; a run is ended before 32 bits are too few */
	uint32_t *weighers, *weigher_end; /* the terms that weigh a term, likewise */
};
/* All of it in a. */
struct inverted inverted_of(const struct waiting *w, struct arena *a);

/* What a walk over terms needs for itself. */
struct walker {
	const struct inverted *x;
	struct arena a;
	struct pairs pairs, scratch;
	uint32_t *pos;          /* room for the most positions that an entry can have */
	struct identity identity;
};
void walker_begin(struct walker *w, const struct inverted *x);
void walker_end(struct walker *w);
/* The postings of a term, all of them, in w->pairs. */
void walker_postings(struct walker *w, uint32_t term);
/* The positions of a term, entry by entry: n 0 after the last. */
struct places {
	const struct cell *word, *word_end;
	const struct occurrence *other, *other_end;
};
struct places places_of(const struct inverted *x, uint32_t term);
uint32_t places_next(struct places *p, uint32_t *pos, uint32_t *entry);

#endif
