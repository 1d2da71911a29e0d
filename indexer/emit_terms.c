#include "indexer/emit_terms.h"

#include <stdlib.h>
#include "base/hash.h"

struct terms terms_for(size_t words, struct arena *a)
{
	struct terms t = { .a = a, .nslots = 256 };
	/* Distinct words and stems are about as many as half the words of a short
	 * text, fewer of a long one; the table grows when that was too few. */
	while (t.nslots < words && t.nslots < 1 << 16)
		t.nslots *= 2;
	t.slots = NEWN(a, uint32_t, t.nslots);
	return t;
}

static uint32_t *slot_of(const struct terms *t, span term)
{
	for (size_t i = hash64(term);; i++) {
		uint32_t *slot = &t->slots[i & (t->nslots - 1)];
		if (!*slot || span_eq(t->v[*slot - 1].term, term))
			return slot;
	}
}

static void grow(struct terms *t)
{
	t->nslots *= 2;
	t->slots = NEWN(t->a, uint32_t, t->nslots);
	for (size_t i = 0; i < t->n; i++)
		*slot_of(t, t->v[i].term) = (uint32_t)i + 1;
}

uint32_t term_of(struct terms *t, span term)
{
	uint32_t *slot = slot_of(t, term);
	if (*slot)
		return *slot - 1;
	PUSH(t->a, t)->term = term;
	*slot = (uint32_t)t->n;
	if (t->n * 2 > t->nslots)
		grow(t);
	return (uint32_t)t->n - 1;
}

void term_add(struct terms *t, uint32_t number, uint32_t wdf, uint32_t pos)
{
	struct term *w = &t->v[number];
	w->wdf += wdf;
	if (!pos || (w->npos && w->pos[w->npos - 1] >= pos))
		return;
	if (w->npos == w->room) {
		size_t cap = w->room;
		/* Most words of a document come once or twice. */
		uint32_t *to = arena_raw(t->a, sizeof *to * (cap ? 4 * cap : 2), sizeof *to);
		if (cap)
			memcpy(to, w->pos, cap * sizeof *to);
		w->pos = to;
		w->room = (uint32_t)(cap ? 4 * cap : 2);
	}
	w->pos[w->npos++] = pos;
}

void term_field(struct terms *t, enum field f, span value, uint32_t wdf, uint32_t pos)
{
	char bytes[TERM_MAX_BYTES + 1];
	size_t n = field_term(f, value, bytes, sizeof bytes);
	if (!value.n || n > TERM_MAX_BYTES)
		return;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)bytes[i] < 0x20)
			return;
	uint32_t *slot = slot_of(t, (span){ bytes, n });
	term_add(t, *slot ? *slot - 1 : term_of(t, arena_dup(t->a, (span){ bytes, n })), wdf, pos);
}

/* Sorting compares the first eight bytes as one number; few terms share them. */
struct key {
	uint64_t first;
	const struct term *term;
};

static int compare(const void *x, const void *y)
{
	const struct key *a = x, *b = y;
	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	return span_cmp(a->term->term, b->term->term);
}

static uint64_t first_bytes(span s)
{
	uint64_t k = 0;
	for (size_t i = 0; i < 8; i++)
		k = k << 8 | (i < s.n ? (unsigned char)s.p[i] : 0);
	return k;
}

struct posting *terms_sorted(const struct terms *t, size_t *n)
{
	struct key *keys = arena_raw(t->a, t->n * sizeof *keys, 16);
	for (size_t i = 0; i < t->n; i++)
		keys[i] = (struct key){ first_bytes(t->v[i].term), &t->v[i] };
	qsort(keys, t->n, sizeof *keys, compare);
	struct posting *out = arena_raw(t->a, (t->n + 1) * sizeof *out, 16);
	for (size_t i = 0; i < t->n; i++) {
		const struct term *w = keys[i].term;
		out[i] = (struct posting){ .term = w->term, .wdf = w->wdf, .pos = w->pos, .npos = w->npos };
	}
	*n = t->n;
	return out;
}
