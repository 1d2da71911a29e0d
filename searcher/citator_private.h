/* What citator.c and citator_treated.c share. */
#ifndef SEARCHER_CITATOR_PRIVATE_H
#define SEARCHER_CITATOR_PRIVATE_H

#include "searcher/citator.h"

/* The citation is of the address, something below it, or a range that holds it. */
bool citator_covers(const struct cite *c, span address);
/* Of any of them. */
bool citator_covers_any(const struct cite *c, const struct alsos *same);
/* Adds what the record says became of the case; work holds what is only
 * needed meanwhile. */
void citator_treatment(const struct record *r, const struct alsos *same, struct arena *a, struct treated_list *out, struct arena *work);
void treated_sort(struct treated_list *l);

#endif
