/* snippet: what of a document shows why it was found.
 *
 * Marks are the words of the query where they count: those of a phrase or a
 * proximity only inside of a span that satisfied it. */
#ifndef SEARCHER_SNIPPET_H
#define SEARCHER_SNIPPET_H

#include "searcher/plan.h"
#include "searcher/search.h"

struct mark {
	struct range at;   /* bytes of the clean text */
	uint32_t pos;
	unsigned leaf;
};
struct marks {
	struct mark *v;    /* in order of at.beg, not overlapping */
	size_t n, cap;
};
/* All of them in the whole text, which is cut into words for it. */
struct marks marks_of(struct plan *p, uint32_t entry, const struct record *r, struct arena *a, struct err *err);

/* The same in parts: those of one range; all of them in the right sentences, but
 * not at the right bytes of these, from positions alone. Null: err. */
struct finder;
struct finder *marks_begin(struct plan *p, uint32_t entry, const struct record *r, struct arena *a, struct err *err);
struct marks marks_in(struct finder *f, struct range part);
struct marks marks_rough(struct finder *f, struct err *err);

/* How well each passage shows the marks; the best first in order[], at most
 * max; returns their number. A document without marks shows its first. */
struct best_passage {
	uint32_t passage;
	double score;
};
size_t passages_best(const struct plan *p, const struct record *r, const struct marks *m, struct best_passage *out, size_t max);

/* The snippet of a range (a passage, or a pinpointed unit): begins at the unit
 * that matched when that is near, else at its sentence. Without a score. */
struct hit_passage snippet_of(const struct plan *p, const struct record *r, const struct marks *m, const struct passage *of,
			      struct arena *a);

#endif
