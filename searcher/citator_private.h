/* What citator.c and citator_treated.c share. */
#ifndef SEARCHER_CITATOR_PRIVATE_H
#define SEARCHER_CITATOR_PRIVATE_H

#include "searcher/citator.h"

/* The citation is of the address, something below it, or a range that holds it. */
bool citator_covers(const struct cite *c, span address);
/* Adds what the record says became of the address; work holds what is only
 * needed meanwhile. */
void citator_treatment(const struct record *r, span address, struct arena *a, struct treated_list *out, struct arena *work);
void treated_sort(struct treated_list *l);

#endif
