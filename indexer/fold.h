/* fold: which of the documents at hand are the same, across files.
 *
 * Documents are looked at in one order, that of their path and place, so the
 * outcome depends neither on threads nor on what was indexed first. The first of
 * several equal ones is kept and holds the sources of the others. Candidates
 * come from equal words, equal addresses and bands of the sketches; each is
 * verified on the texts, unless the same two were before. Two different texts with one address are both kept:
 * the later one gets "@2" behind its address, with a warning. */
#ifndef INDEXER_FOLD_H
#define INDEXER_FOLD_H

#include "indexer/spill.h"

struct version {
	uint32_t a, b; /* items: the same text at different times or stages */
	uint32_t nth;  /* of b, in order of path and place */
};
/* Two documents that were compared, by their keys, and what came of it. */
struct pair {
	uint64_t of, with; /* the one that was there, the newcomer */
	float similarity;
	uint8_t verdict;   /* enum repeat_verdict */
	const char *why;
};
struct pairs {
	struct pair *v;
	size_t n, cap;
};
struct fold {
	uint32_t *order;  /* the kept items, in order of path and place */
	size_t n;
	uint32_t *places; /* all items in that order */
	size_t nplaces;
	struct pairs pairs; /* that were asked for, in order of both keys */
	struct { struct version *v; size_t n, cap; } versions; /* both ways, in order of a, then nth */
};

/* What fold works with. */
struct fold_from {
	struct spill *s;
	const struct pairs *known; /* from an earlier run, in order of both keys; may be null */
	struct report *report;
};
/* Sets keep, copies, suffix and cited_by of the items of from->s. Lives in a. */
bool fold(const struct fold_from *from, struct arena *a, struct fold *out, struct err *err);
/* Versions of an item: a slice of f->versions. */
size_t fold_versions(const struct fold *f, uint32_t item, const struct version **first);

#endif
