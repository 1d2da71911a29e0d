/* plan: what a query asks of an index.
 *
 * The mirror of indexer/emit*.c over law/fields: words become terms. Where
 * Xapian's answer is not already exact (`exact` false) plan_resolve walks the
 * position files and holds each candidate against the tree with spans.h. */
#ifndef SEARCHER_PLAN_H
#define SEARCHER_PLAN_H

#include "searcher/index.h"
#include "searcher/query.h"
#include "searcher/spans.h"

/* What weighs how much in a score, beside BM25 of the text (docs/ranking.md). */
struct rank_weights {
	double k1, b;             /* of BM25 */
	double title, title_b, breadcrumb; /* BM25 of these fields */
	double repeat;            /* a query word for each time it is repeated */
	double ordered, near;     /* neighbouring query words: adjacent in order; within eight words */
	double cited;             /* ln(1 + times cited), times the sum of idf */
	double notes;             /* what a word in notes counts of one in the text */
};
extern const struct rank_weights rank_defaults;

/* A leaf of the query, found in the index. */
struct leaf_plan {
	struct spans forms;  /* terms with positions that it stands for */
	struct poslist **lists; /* of the forms; null: not looked for yet */
	span stem;           /* term with weight; empty for values and wildcards */
	bool wild;           /* weighs by its forms, for want of a stem */
	span title, above;   /* the stem's terms in titles, in the headings above */
	uint32_t entries;    /* documents that hold it */
	double idf;
	uint32_t times;      /* it stands in the query; 0: an earlier leaf counts for it */
	bool positive;       /* not under a NOT */
	struct spans cited;  /* VALUE with a condition: addresses of the documents it finds, in address_order;
	                      * the address of a case: all that its document has */
	const struct xap_query *citing; /* what cites any of them */
	struct u32s list;    /* entries of `citing`, when listed */
	bool listed;
};
struct plan {
	struct index *x;
	struct arena *a;
	const struct node *root;
	struct leaf_plan *leaf; /* by node->leaf */
	size_t nleaves;
	const struct node *const *node;  /* by number of leaf */
	const struct xap_query *match;   /* candidates, filters included; once resolved, the answer */
	const struct xap_query *filter;  /* set before plan_make; null: none */
	bool weighs;                     /* some word does */
	bool any;                        /* what matches is what has any of the words */
	bool all;                        /* or all of them: an AND of words, and no filter */
	const struct rank_weights *weights; /* set before plan_make; null: rank_defaults */
	uint64_t deadline;      /* set before plan_make; 0: none */
	bool exact;
	bool cut;               /* out: more spans or candidates than are looked at */
	bool unfinished;        /* out: the deadline passed before all candidates were looked at */
	unsigned expanded;      /* terms that wildcards became */
	/* Lists of other terms, citations and regions, once found. */
	struct { struct plan_list { span term; struct poslist *list; } *v; size_t n, cap; } lists;
};
/* False: err filled; a wildcard that stands for too many words is ERR_REQUEST. */
bool plan_make(struct plan *p, struct index *x, const struct query *q, struct arena *a, struct err *err);

/* Makes match exact: candidates are held against the tree until the deadline
 * (0: none), and those that satisfy it take the tree's place. */
bool plan_resolve(struct plan *p, uint64_t deadline, struct err *err);

/* Builders of query trees, in the plan's arena. */
const struct xap_query *plan_term(struct arena *a, span term);
const struct xap_query *plan_field(struct arena *a, enum field f, span value);
const struct xap_query *plan_range(struct arena *a, enum field f, uint32_t lo, uint32_t hi);
const struct xap_query *plan_pair(struct arena *a, enum xap_op op, const struct xap_query *x, const struct xap_query *y);
const struct xap_query *plan_scaled(struct arena *a, const struct xap_query *x, double by);
/* Whether the address, one above it, or one from it up to `last`, is in a list in that order. */
bool plan_is_cited(const struct spans *sorted, span address, span last);
/* Documents that cite the address of a VALUE of `cites`, anything below it, or a range
 * around it; a case of the index by any citation that its document gives. */
bool plan_cites(struct plan *p, const struct node *n, struct arena *a, const struct xap_query **out, struct err *err);

/* Whether a candidate satisfies the tree. Trouble with the index: err. */
bool plan_holds(struct plan *p, uint32_t entry, bool *holds, struct arena *scratch, struct err *err);
/* A document as the plan's query sees it; what is found in it lives in a. */
struct plan_view {
	struct plan *p;
	uint32_t entry;
	struct arena *a;
	bool brief;          /* positions are good only until the same leaf is asked about another document */
};
/* The spans of a part of the tree. */
bool plan_spans(const struct plan_view *v, const struct node *n, struct hit_spans *out, struct err *err);
/* Positions of the first, or last, words of the regions of a field. */
bool plan_bounds(const struct plan_view *v, enum field f, bool end, struct positions *out, struct err *err);
bool plan_starts(const struct plan_view *v, enum field f, struct positions *out, struct err *err);
/* How often a leaf's forms stand in each of the documents, ascending. */
bool plan_counts(struct plan *p, struct leaf_plan *leaf, const struct u32s *of, uint32_t *out, struct err *err);
/* Positions of a leaf. */
bool plan_positions(const struct plan_view *v, const struct node *leaf, struct positions *out, struct err *err);

#endif
