/* compact: a document as building wants it, and as it waits on disk.
 *
 * An entry (store/entry.h) has its postings sorted by term, which costs a sort
 * and a table for each document. A compact document says the same in the order
 * of the text: the number of a term for each word, one after another, so that
 * positions need not be written; then other occurrences with all they have. */
#ifndef STORE_COMPACT_H
#define STORE_COMPACT_H

#include "base/buf.h"
#include "store/entry.h"
#include "store/lexicon.h"

#define COMPACT_SAME (1u << 31) /* in words: at the position of the word before, not the next one */
#define COMPACT_OWN (1u << 30)  /* in a number: of compact.own, not of a lexicon */
#define COMPACT_REST (1u << 29) /* in a number: of the second lexicon */
#define COMPACT_NUMBER (COMPACT_REST - 1)

/* wdf is added to that of the term in this entry. pos 0: no position; one that
 * is not above all positions the term has here so far (those of words come
 * first) is left out. */
struct occurrence {
	uint32_t term, wdf, pos;
};
/* Words of texts have a table to themselves, since they are asked for far more
 * often than all else together: a small one stays near the processor. What words
 * weigh is a number of the second. */
struct lexicons {
	struct lexicon words, rest;
};
struct compact {
	const struct lexicons *lexicons;
	const struct lexeme *own; /* terms that the lexicons had no room for; what they weigh is such a number, too */
	size_t nown;
	/* Each adds one to the wdf of the term that it weighs, which it must have. */
	const uint32_t *words;
	size_t nwords;
	const struct occurrence *others;
	size_t nothers;
	struct value *values; /* as in struct entry */
	size_t nvalues;
	span data;            /* as in struct entry */
};
/* The lexeme behind a number; COMPACT_SAME is ignored. */
static inline const struct lexeme *compact_lexeme(const struct compact *c, uint32_t number)
{
	uint32_t n = number & COMPACT_NUMBER;
	if (number & COMPACT_OWN)
		return &c->own[n];
	return number & COMPACT_REST ? &c->lexicons->rest.v[n] : &c->lexicons->words.v[n];
}
/* As entry_refuse; that terms are fit for an entry their lexicon has seen to. */
const char *compact_refuse(const struct compact *c);
/* The entry that c stands for. Lives in a, but for terms, values and data. */
struct entry compact_expand(const struct compact *c, struct arena *a);

/* To bytes, all but lexicons and data; and back: borrows terms
 * and values. False when the bytes were not packed so. */
span compact_pack(const struct compact *c, struct arena *a);
bool compact_unpack(span packed, struct arena *a, struct compact *out);

#endif
