/* lexicon: terms by number.
 *
 * A posting is asked for by its term on its way from the text to the file a
 * dozen times. So each thread that makes documents keeps a table of the terms it
 * has met, and says their numbers from then on: bytes are hashed and compared
 * where a word is cut, and sorted once for all documents together. Numbers are
 * of one lexicon and mean nothing in another. */
#ifndef STORE_LEXICON_H
#define STORE_LEXICON_H

#include "base/arena.h"

#define TERM_NONE UINT32_MAX

struct lexeme {
	const char *p;   /* bytes of the term, in the lexicon's arena */
	uint32_t hash;   /* hash_word of it */
	/* Another term that gets a weight of one for each occurrence of this one, as
	 * a stem does for its words; TERM_NONE: none. Set by who knows. */
	uint32_t weighs;
	uint8_t n;
};
/* Ready to use when zeroed. Not shared between threads while it grows. */
struct lexicon {
	struct arena a;
	struct lexeme *v;
	size_t n, cap;
	uint64_t *slots; /* hash above, number plus one below; a power of two of them */
	size_t nslots;
};
static inline span lexeme_span(const struct lexeme *l)
{
	return (span){ l->p, l->n };
}
/* The number of a term, which is added when it is new. TERM_NONE for one that no
 * entry can hold: empty, above TERM_MAX_BYTES, with a control byte (entry_refuse).
 * hash: hash_word(term). */
uint32_t lexicon_put(struct lexicon *l, span term, uint32_t hash);
/* The same without adding: TERM_NONE for an unknown one. */
uint32_t lexicon_find(const struct lexicon *l, span term, uint32_t hash);
/* Fetches from memory what looking this one up will touch. */
static inline void lexicon_touch(const struct lexicon *l, uint32_t hash)
{
	if (l->nslots)
		__builtin_prefetch(&l->slots[hash & (l->nslots - 1)]);
}
/* Without terms again, but with its memory. */
void lexicon_empty(struct lexicon *l);
void lexicon_release(struct lexicon *l);
/* Bytes in use. */
static inline size_t lexicon_bytes(const struct lexicon *l)
{
	return l->a.used;
}
/* Numbers in order of the bytes of their terms; scratch and result in a. */
uint32_t *lexicon_order(const struct lexicon *l, struct arena *a);

#endif
