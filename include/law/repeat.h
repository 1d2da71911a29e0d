/* repeat: the same text twice.
 *
 * Pages repeated within a file are found by repeats_within (they become edits
 * of rule "repeated-page"); documents repeated across a corpus by a sketch of
 * each (kept in bounded memory), then verified by alignment. Differing docket
 * numbers, dates, parties or section numbers veto a merge. */
#ifndef LAW_REPEAT_H
#define LAW_REPEAT_H

#include "law/document.h"

/* Edits of rule "repeated-page" that drop the second and later copies of a
 * page of t, one edit a copy. *copies gets the number of copies of the page
 * repeated most often, the kept one included, >= 1. Linear. */
struct edits repeats_within(const struct text *t, struct arena *a, unsigned *copies);
/* The same number, read from the log of a text (or slice) that was repaired. */
unsigned repeat_copies(const struct text *t);

/* What is kept of a document to recognise it again. 128 bytes or less. */
struct sketch {
	uint64_t exact;       /* hash of the normalised words */
	uint32_t words;
	uint32_t minhash[24];
};
struct sketch sketch_of(const struct doc *d, struct arena *a);
/* Estimated share of common word shingles, 0 to 1. */
double sketch_similarity(const struct sketch *x, const struct sketch *y);

enum repeat_verdict { REPEAT_DIFFERENT, REPEAT_SAME, REPEAT_VERSION };
/* Whether y is the same document as x; *why says why in a few words ("same
 * words", "98 % of words, same number", "docket numbers differ"), static. */
enum repeat_verdict repeat_verify(const struct doc *x, const struct doc *y, struct arena *a,
				  double *similarity, const char **why);

#endif
