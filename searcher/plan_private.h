/* The parts of plan, for each other. */
#ifndef SEARCHER_PLAN_PRIVATE_H
#define SEARCHER_PLAN_PRIVATE_H

#include "searcher/plan.h"

/* Term, frequency and idf of a word; forms of a wildcard. */
bool plan_leaf(struct plan *p, const struct node *n, struct err *err);
/* Every form of the word's stem that the index holds, or the word itself when exact. */
bool plan_word_forms(struct plan *p, const struct node *n, struct err *err);
bool plan_wild_forms(struct plan *p, const struct node *n, struct err *err);
/* plan_cited.c: a VALUE with a condition on the document cited. */
bool plan_cited(struct plan *p, const struct node *n, struct err *err);
/* A VALUE that is a case's citation: the others that its document gives. */
bool plan_case(struct plan *p, const struct node *n, struct err *err);
bool plan_citing(struct plan *p, struct leaf_plan *leaf, uint32_t entry, bool *holds, struct err *err);
const struct xap_query *plan_any_term(struct arena *a, const struct spans *terms);
/* plan_lists.c. The lists of a leaf's forms; of any other term, null on failure. */
bool plan_leaf_lists(struct plan *p, struct leaf_plan *leaf, struct err *err);
struct poslist *plan_list(struct plan *p, span term, struct err *err);
/* plan_scan.c. Null in *out: words do not bound the tree. */
struct scan;
bool plan_scan(struct plan *p, const struct node *n, struct scan **out, struct err *err);
/* The documents that hold a WORD or WILD, as a XAP_SET. */
bool plan_leaf_set(struct plan *p, const struct node *n, const struct xap_query **out, struct err *err);
/* The first document at or after `from` that may satisfy it, 0: none. */
bool scan_next(struct scan *s, uint32_t from, uint32_t *entry, struct err *err);

#endif
