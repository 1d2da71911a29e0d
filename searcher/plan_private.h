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
bool plan_citing(struct plan *p, struct leaf_plan *leaf, uint32_t entry, bool *holds, struct err *err);
const struct xap_query *plan_any_term(struct arena *a, const struct spans *terms);
/* plan_rank.c: what weighs. */
const struct xap_query *plan_rank(struct plan *p);

#endif
