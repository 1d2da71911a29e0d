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

static uint32_t hash_of(span term)
{
	return (uint32_t)hash64(term) | 1;
}

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

static span stemmed(struct stems *s, span term)
{
	for (size_t i = 0; i < term.n; i++)
		if (!is_lower(term.p[i]))
			return term;
	const sb_symbol *p = sb_stemmer_stem(s->snowball, (const sb_symbol *)term.p, (int)term.n);
	return p ? (span){ (const char *)p, (size_t)sb_stemmer_length(s->snowball) } : term;
}

span stem_term(struct stems *s, span term, struct arena *a)
{
	ASSERT(term.n <= TOKEN_MAX_BYTES);
	uint32_t hash = hash_of(term);
	struct slot *slot = find(s, term, hash);
	if (slot->hash)
		return (span){ slot->p + slot->n, slot->stem_n + 1u };
	span stem = stemmed(s, term);
	bool keep = s->n < CACHE_MAX;
	char *p = arena_raw(keep ? &s->a : a, term.n + stem.n + 1, 1);
	memcpy(p, term.p, term.n);
	p[term.n] = 'Z';
	memcpy(p + term.n + 1, stem.p, stem.n);
	if (keep) {
		*slot = (struct slot){ .hash = hash, .n = (uint8_t)term.n, .stem_n = (uint8_t)stem.n, .p = p };
		if (++s->n * 2 > s->cap)
			grow(s);
	}
	return (span){ p + term.n, stem.n + 1 };
}

span stem_of(struct stems *s, span term, struct arena *a)
{
	span z = stem_term(s, term, a);
	return span_sub(z, 1, z.n);
}
