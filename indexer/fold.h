/* fold: which of the documents at hand are the same, across files.
 *
 * Documents are looked at in one order, that of their path and place, so the
 * outcome depends neither on threads nor on what was indexed first. The first of
 * several equal ones is kept and holds the sources of the others. Candidates
 * come from equal words, equal addresses and bands of the sketches; each is
 * verified on the texts. Two different texts with one address are both kept:
 * the later one gets "@2" behind its address, with a warning. */
#ifndef INDEXER_FOLD_H
#define INDEXER_FOLD_H

#include "indexer/spill.h"

struct version {
	uint32_t a, b; /* items: the same text at different times or stages */
};
struct fold {
	uint32_t *order;  /* the kept items, in order of path and place */
	size_t n;
	struct { struct version *v; size_t n, cap; } versions; /* both ways, in order of a */
};

/* Sets keep, copies, suffix and cited_by of the items of s. Lives in a. */
bool fold(struct spill *s, struct report *r, struct arena *a, struct fold *out, struct err *err);
/* Versions of an item: a slice of f->versions. */
size_t fold_versions(const struct fold *f, uint32_t item, const struct version **first);

#endif
