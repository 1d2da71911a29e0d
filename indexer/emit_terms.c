#include "indexer/emit_terms.h"

#include <stdlib.h>
#include "base/hash.h"
#include "base/sort.h"

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

static int compare(const void *x, const void *y)
{
	const struct posting *a = x, *b = y;
	return span_cmp(a->term, b->term);
}

/* Few terms share their first eight bytes; those are put in order by all of them. */
static void sort_equal(const struct sort_item *keys, struct posting *v, size_t n)
{
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && keys[end].key == keys[i].key; end++)
			;
		if (end - i > 1)
			qsort(v + i, end - i, sizeof *v, compare);
	}
}

struct posting *terms_sorted(const struct terms *t, size_t *n)
{
	struct sort_item *keys = arena_raw(t->a, (t->n + 1) * sizeof *keys, 16);
	for (size_t i = 0; i < t->n; i++)
		keys[i] = (struct sort_item){ sort_key(t->v[i].term), (uint32_t)i };
	sort_items(keys, t->n, t->a);
	struct posting *out = arena_raw(t->a, (t->n + 1) * sizeof *out, 16);
	for (size_t i = 0; i < t->n; i++) {
		const struct term *w = &t->v[keys[i].of];
		out[i] = (struct posting){ .term = w->term, .wdf = w->wdf, .pos = w->pos, .npos = w->npos };
	}
	sort_equal(keys, out, t->n);
	*n = t->n;
	return out;
}
