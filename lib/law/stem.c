#include "law/token.h"

#include <libstemmer.h>
#include <stdlib.h>
#include "base/err.h"
#include "base/hash.h"

/* Words are few and come often: a table from word to stem saves nearly every
 * call of the stemmer. Past CACHE_MAX words (a hostile text) nothing more is
 * kept and the caller's arena takes the stem. */
enum { CACHE_FIRST = 1 << 14, CACHE_MAX = 1 << 20 };

struct slot {
	uint32_t hash; /* 0: free */
	uint8_t n, stem_n;
	const char *p; /* the word, then "Z" and its stem */
};
struct stems {
	struct sb_stemmer *snowball;
	struct arena a;
	struct slot *v;
	size_t n, cap;
};

/* One per thread: the stemmer keeps its result in itself. */
struct stems *stems_open(void)
{
	struct stems *s = calloc(1, sizeof *s);
	ASSERT(s);
	s->snowball = sb_stemmer_new("english", "UTF_8");
	s->cap = CACHE_FIRST;
	s->v = calloc(s->cap, sizeof *s->v);
	ASSERT(s->snowball && s->v);
	return s;
}

void stems_close(struct stems *s)
{
	if (!s)
		return;
	sb_stemmer_delete(s->snowball);
	arena_release(&s->a);
	free(s->v);
	free(s);
}

/* Open addressing from the hash on; the table is never more than half full, so a search ends soon. */
static struct slot *find(struct stems *s, span term, uint32_t hash)
{
	for (size_t i = hash >> 1;; i++) {
		struct slot *slot = &s->v[i & (s->cap - 1)];
		if (!slot->hash || (slot->hash == hash && slot->n == term.n && memcmp(slot->p, term.p, term.n) == 0))
			return slot;
	}
}

static void grow(struct stems *s)
{
	struct slot *old = s->v;
	size_t n = s->cap;
	s->cap *= 2;
	s->v = calloc(s->cap, sizeof *s->v);
	ASSERT(s->v);
	for (size_t i = 0; i < n; i++) {
		size_t k = old[i].hash >> 1;
		if (!old[i].hash)
			continue;
		while (s->v[k & (s->cap - 1)].hash)
			k++;
		s->v[k & (s->cap - 1)] = old[i];
	}
	free(old);
}

/* Only plain small letters are English to the stemmer: numbers, "610.100" and words with accents are their own stems. */
static span stemmed(struct stems *s, span term)
{
	for (size_t i = 0; i < term.n; i++)
		if (!is_lower(term.p[i]))
			return term;
	const sb_symbol *p = sb_stemmer_stem(s->snowball, (const sb_symbol *)term.p, (int)term.n);
	return p ? (span){ (const char *)p, (size_t)sb_stemmer_length(s->snowball) } : term;
}

/* Word, "Z" and stem in one piece: the term of the index is ready when the word comes again. */
static struct slot slot_of(span term, uint32_t hash, span stem, char *p)
{
	memcpy(p, term.p, term.n);
	char *z = p + term.n;
	*z = 'Z';
	memcpy(z + 1, stem.p, stem.n);
	return (struct slot){ .hash = hash, .n = (uint8_t)term.n, .stem_n = (uint8_t)stem.n, .p = p };
}

span stem_term(struct stems *s, span term, struct arena *a)
{
	uint32_t hash = hash_word(term);
	ASSERT(term.n <= TOKEN_MAX_BYTES);
	/* *known points into the table, so it is written before the table may grow. */
	struct slot *known = find(s, term, hash), x = *known;
	if (!x.hash) {
		span stem = stemmed(s, term);
		bool keep = s->n < CACHE_MAX;
		x = slot_of(term, hash, stem, arena_raw(keep ? &s->a : a, term.n + stem.n + 1, 1));
		if (keep) {
			*known = x;
			if (++s->n * 2 > s->cap)
				grow(s);
		}
	}
	return (span){ x.p + x.n, x.stem_n + 1u };
}

span stem_of(struct stems *s, span term, struct arena *a)
{
	span z = stem_term(s, term, a);
	return span_sub(z, 1, z.n);
}
