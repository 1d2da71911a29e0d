/* citator: what a citation names in the index, and who cites it. */
#ifndef SEARCHER_CITATOR_H
#define SEARCHER_CITATOR_H

#include "searcher/index.h"

/* One mention of the address in another document. */
struct mention {
	span address;   /* of the citing document */
	span cited;     /* as cited: the address itself, something below it, the first of a range that holds it */
	span sentence;  /* the sentence it stands in; lives in the arena */
	span court;     /* of the citing document, empty for none */
	span display;   /* its citation, or title */
	span caption;   /* what it calls the case cited, "Roe v. Wade"; empty: no name given */
	uint32_t date;
};
struct mentions {
	struct mention *v;
	size_t n, cap;
	uint32_t documents; /* citing documents, the document itself not counted */
};

/* The document entry that an address names; for a page inside a case the case
 * that holds it. *at gets the address that was found. False when the index
 * has none (err unset) or on trouble (err set). */
bool citator_find(struct index *x, span address, struct arena *a, uint32_t *entry, span *at, struct err *err);
/* Mentions of the address or anything below it, of at most max documents, in
 * order of what is cited, then of the citing document. */
bool citator_mentions(struct index *x, span address, size_t max, struct arena *a, struct mentions *out, struct err *err);
/* The parties of a citation, on one line; empty when it names none. */
span citator_caption(const struct cite *c, struct arena *a);
/* Order of addresses: numbers as numbers, the rest as bytes. */
int citator_order(span x, span y);

#endif
