/* excerpt: a place of a document as it is quoted elsewhere. */
#ifndef SEARCHER_EXCERPT_H
#define SEARCHER_EXCERPT_H

#include "law/record.h"

/* The text of `whole` on one line, star pages left out. When it is longer than
 * `max` bytes, what stands about `keep` (within whole), cut between words, with
 * "…" where something was left out. Lives in a. */
span excerpt(const struct record *r, struct range whole, struct range keep, size_t max, struct arena *a);
/* The sentence about a citation, as an excerpt; with the one before it when it
 * says nothing but its citation. */
span excerpt_cite(const struct record *r, const struct cite *c, struct arena *a);
/* Address of the smallest unit about byte `at`: a subdivision, a paragraph. */
span excerpt_place(const struct record *r, uint32_t at);

#endif
