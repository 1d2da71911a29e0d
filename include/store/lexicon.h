/* lexicon: terms by number.
 *
 * A posting is asked for by its term on its way from the text to the file a
 * dozen times. So each thread that makes documents keeps a table of the terms it
 * has met, and says their numbers from then on: bytes are hashed and compared
 * where a word is cut, and sorted once for all documents together. Numbers are
 * of one lexicon and mean nothing in another. */
#ifndef STORE_LEXICON_H
#define STORE_LEXICON_H

#include <string.h>
#include "base/arena.h"

#define TERM_NONE UINT32_MAX

/* Half a cache line, and most terms lie in it: looking one up touches this and a slot. */
enum { LEXEME_BYTES = 23 };
struct lexeme {
	uint32_t hash;   /* hash_word of the term */
	/* Another term that gets a weight of one for each occurrence of this one, as
	 * a stem does for its words; TERM_NONE: none. Set by who knows. */
	uint32_t weighs;
	uint8_t n;
	char bytes[LEXEME_BYTES]; /* of a longer term: where they lie, in the lexicon's arena */
};
/* Ready to use when zeroed. Not shared between threads while it grows. */
struct lexicon {
	struct arena a;
	struct lexeme *v;
	size_t n, cap;
	void *block;     /* what v lies in */
	uint64_t *slots; /* hash above, number plus one below; a power of two of them */
	size_t nslots;
};
/* The term. Moves when its lexicon grows. */
static inline span lexeme_span(const struct lexeme *l)
{
	const char *p = l->bytes;
	if (l->n > LEXEME_BYTES)
		memcpy(&p, l->bytes, sizeof p);
	return (span){ p, l->n };
}
/* Whether that is it: in place, because every word of a text is compared. */
static inline bool lexeme_is(const struct lexeme *l, span s)
{
	uint64_t w[4];
	uint32_t h[4];
	const char *p = l->bytes;
	if (l->n != s.n)
		return false;
	if (s.n > 16)
		return memcmp(lexeme_span(l).p, s.p, s.n) == 0;
	/* Two reads that overlap cover any length. */
	if (s.n >= 8) {
		memcpy(&w[0], p, 8), memcpy(&w[1], p + s.n - 8, 8);
		memcpy(&w[2], s.p, 8), memcpy(&w[3], s.p + s.n - 8, 8);
		return w[0] == w[2] && w[1] == w[3];
	}
	if (s.n >= 4) {
		memcpy(&h[0], p, 4), memcpy(&h[1], p + s.n - 4, 4);
		memcpy(&h[2], s.p, 4), memcpy(&h[3], s.p + s.n - 4, 4);
		return h[0] == h[2] && h[1] == h[3];
	}
	return s.n && p[0] == s.p[0] && p[s.n / 2] == s.p[s.n / 2] && p[s.n - 1] == s.p[s.n - 1];
}
/* The number of a term, which is added when it is new. TERM_NONE for one that no
 * entry can hold: empty, above TERM_MAX_BYTES, with a control byte (entry_refuse).
 * hash: hash_word(term). */
uint32_t lexicon_put(struct lexicon *l, span term, uint32_t hash);
/* The same without adding: TERM_NONE for an unknown one. In place, as that. */
static inline uint32_t lexicon_find(const struct lexicon *l, span term, uint32_t hash)
{
	size_t mask = l->nslots - 1;
	for (size_t i = hash & mask; l->nslots && l->slots[i]; i = (i + 1) & mask)
		if (l->slots[i] >> 32 == hash && lexeme_is(&l->v[(uint32_t)l->slots[i] - 1], term))
			return (uint32_t)l->slots[i] - 1;
	return TERM_NONE;
}
/* A lexeme of its own, for a list without a table. Long terms are borrowed. */
struct lexeme lexeme_make(span term, uint32_t hash);
/* Fetch from memory what looking a term up will touch, while others are looked
 * up: its slot, and some terms later what that points to. */
static inline void lexicon_touch(const struct lexicon *l, uint32_t hash)
{
	if (l->nslots)
		__builtin_prefetch(&l->slots[hash & (l->nslots - 1)]);
}
static inline void lexicon_touch_lexeme(const struct lexicon *l, uint32_t hash)
{
	uint64_t slot = l->nslots ? l->slots[hash & (l->nslots - 1)] : 0;
	if (slot)
		__builtin_prefetch(&l->v[(uint32_t)slot - 1]);
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
