/* spans: where in a document a query holds, exactly.
 *
 * A span is a run of word positions. A word's spans are its positions; a
 * connector's are those that cover a pair of its operands' (so that the result
 * of one is the operand of the next, from its first word to its last). Pure:
 * positions come through a function, from an index or from anything. */
#ifndef SEARCHER_SPANS_H
#define SEARCHER_SPANS_H

#include "searcher/query.h"

struct positions {
	const uint32_t *v; /* ascending */
	size_t n;
};
struct hit_span {
	uint32_t beg, end; /* first and last position */
};
struct hit_spans {
	struct hit_span *v;
	size_t n, cap;
};

/* One document as the evaluator sees it. */
struct scene {
	/* Positions of a WORD or WILD. */
	struct positions (*word)(void *ctx, const struct node *leaf);
	/* Whether a VALUE or RANGE holds; for a VALUE of F_CITES positions may follow. */
	bool (*value)(void *ctx, const struct node *leaf, struct positions *at);
	/* First (end false) or last words of the regions of a field; starts of F_SENTENCE, F_PARAGRAPH. */
	struct positions (*bounds)(void *ctx, enum field f, bool end);
	void *ctx;
	struct arena *a;
	bool cut;          /* out: more than SPANS_MAX spans; some were left out */
};
enum { SPANS_MAX = 1 << 16 };

/* Whether the document satisfies the tree. */
bool spans_hold(struct scene *s, const struct node *n);
/* The spans of the tree, in order of beg, then end; none for NOT and values. */
struct hit_spans spans_of(struct scene *s, const struct node *n);

#endif
