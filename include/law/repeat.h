/* repeat: the same text twice.
 *
 * Pages repeated within a file are found by repeats_within (they become edits
 * of rule "repeated-page"); documents repeated across a corpus by a sketch of
 * each (kept in bounded memory), then verified by alignment. Docket
 * numbers, dates, parties or section numbers that surely differ veto a merge. */
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
/* The same from the tokens of the document's text, hashed (tokens_hash). */
struct tokens;
struct sketch sketch_of_tokens(const struct doc *d, const struct tokens *tokens);
/* Estimated share of common word shingles, 0 to 1. */
double sketch_similarity(const struct sketch *x, const struct sketch *y);

enum repeat_verdict { REPEAT_DIFFERENT, REPEAT_SAME, REPEAT_VERSION };
/* Whether y is the same document as x; *why says why in a few words ("same
 * words", "docket numbers differ"), static. Aligns the words of both, up to
 * some hundred differences; *similarity is the share of words in common. A number, a
 * date or a name that differs keeps documents apart however alike they are, but
 * for what is plainly misread, or read differently out of the same words of long texts; the
 * same section or docket with other words, or another date, is a version. */
enum repeat_verdict repeat_verify(const struct doc *x, const struct doc *y, struct arena *a,
				  double *similarity, const char **why);

/* The documents of a corpus as they stream by, in memory fixed beforehand: when it is full
 * the oldest are forgotten. What very many documents share (a form's
 * boilerplate) leads to no candidate. Not shared between threads. */
struct repeat_index {
	struct repeat_entry *entries;
	struct sketch *sketches;
	uint32_t *documents; /* the caller's number of each kept document */
	uint32_t *heads;
	uint32_t buckets, capacity, added;
	struct arena *a;
};
/* Room for `capacity` documents (at least 16), about 220 bytes each, in a. */
void repeat_index_init(struct repeat_index *x, uint32_t capacity, struct arena *a);
struct repeat_candidates {
	uint32_t v[8]; /* documents, likeliest first */
	size_t n;
};
/* Earlier documents that may be the same as the one sketched, which is then
 * added under `document`. repeat_verify decides. */
struct repeat_candidates repeat_index_add(struct repeat_index *x, const struct sketch *s, uint32_t document);

#endif
