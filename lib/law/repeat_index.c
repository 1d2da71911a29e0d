/* Locality-sensitive hashing: the 24 minima of a sketch are cut into 8 bands of
 * 3; documents that share a whole band meet in a chain. A ninth chain is by the hash of
 * all words, so that true copies are found however many there are. Two that share 90 % of their shingles
 * miss each other once in ten million pairs, two that share 30 % meet once in five. */
#include "base/hash.h"
#include "law/repeat.h"

enum { BANDS = 8, CHAINS = BANDS + 1, ROWS = 3, CHAIN_MAX = 48 };

struct repeat_entry {
	uint32_t key, next; /* next: number + 1 of another entry of the bucket */
};

/* All memory beforehand, for `capacity` documents; four buckets a document keep the chains short. */
void repeat_index_init(struct repeat_index *x, uint32_t capacity, struct arena *a)
{
	*x = (struct repeat_index){ .capacity = capacity < 16 ? 16 : capacity, .a = a };
	x->buckets = 64;
	while (x->buckets < x->capacity * 4 && x->buckets < (1u << 30))
		x->buckets *= 2;
	x->entries = NEWN(a, struct repeat_entry, (size_t)x->capacity * CHAINS);
	x->sketches = NEWN(a, struct sketch, x->capacity);
	x->documents = NEWN(a, uint32_t, x->capacity);
	x->heads = NEWN(a, uint32_t, x->buckets);
}

/* The last chain is by all words; the others by a band of minima, its number the seed, so that equal minima of two bands do not meet. */
static uint32_t band_key(const struct sketch *s, unsigned band)
{
	if (band == BANDS)
		return (uint32_t)(s->exact ^ s->exact >> 32) ^ s->words;
	span rows = { (const char *)&s->minhash[band * ROWS], ROWS * sizeof *s->minhash };
	uint64_t h = hash64_seed(rows, band);
	return (uint32_t)(h ^ h >> 32);
}

/* The entries of a slot leave their chains before it is used again. */
static void unlink_slot(struct repeat_index *x, uint32_t slot)
{
	for (unsigned b = 0; b < CHAINS; b++) {
		uint32_t entry = slot * CHAINS + b + 1;
		uint32_t *at = &x->heads[x->entries[entry - 1].key & (x->buckets - 1)];
		while (*at && *at != entry)
			at = &x->entries[*at - 1].next;
		if (*at)
			*at = x->entries[entry - 1].next;
	}
}

/* Counts the documents of a chain with this key; too many make
 * it common, unless all are wanted. */
static uint32_t chain(const struct repeat_index *x, uint32_t key, bool all, uint32_t found[CHAIN_MAX])
{
	uint32_t n = 0, steps = 0;
	for (uint32_t e = x->heads[key & (x->buckets - 1)]; e && n < CHAIN_MAX && steps < 4 * CHAIN_MAX; e = x->entries[e - 1].next, steps++)
		if (x->entries[e - 1].key == key)
			found[n++] = (e - 1) / CHAINS;
	return n < CHAIN_MAX || all ? n : 0;
}

/* Keeps the likeliest, best first, each once. */
static void offer(struct repeat_candidates *c, double score[8], uint32_t document, double similarity)
{
	size_t at = c->n;
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i] == document)
			return;
	while (at > 0 && score[at - 1] < similarity)
		at--;
	if (at == 8)
		return;
	for (size_t i = c->n < 8 ? c->n++ : 7; i > at; i--) {
		c->v[i] = c->v[i - 1];
		score[i] = score[i - 1];
	}
	c->v[at] = document;
	score[at] = similarity;
}

/* First asks who is like it, then enters it. When all slots are used the oldest gives its own up, so memory stays as it is. */
struct repeat_candidates repeat_index_add(struct repeat_index *x, const struct sketch *s, uint32_t document)
{
	struct repeat_candidates out = { .n = 0 };
	double score[8] = { 0 };
	uint32_t slot = x->added % x->capacity;
	if (x->added >= x->capacity)
		unlink_slot(x, slot);
	for (unsigned b = 0; s->words && b < CHAINS; b++) {
		uint32_t key = band_key(s, b), found[CHAIN_MAX], n = chain(x, key, b == BANDS, found);
		/* Not itself: its entries of the bands before are in the chains already. */
		for (uint32_t i = 0; i < n; i++)
			if (found[i] != slot)
				offer(&out, score, x->documents[found[i]], sketch_similarity(s, &x->sketches[found[i]]));
		uint32_t *head = &x->heads[key & (x->buckets - 1)], entry = slot * CHAINS + b;
		x->entries[entry] = (struct repeat_entry){ key, *head };
		*head = entry + 1;
	}
	x->sketches[slot] = *s;
	x->documents[slot] = document;
	x->added++;
	return out;
}
