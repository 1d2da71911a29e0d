#include "indexer/emit_terms.h"

#include "base/hash.h"
#include "base/sort.h"

struct terms terms_for(size_t words, struct arena *a)
{
	struct terms t = { .a = a, .nslots = 256 };
	/* Distinct words and stems are about as many as half the words of a short
	 * text, fewer of a long one; the table grows when that was too few. */
	while (t.nslots < words && t.nslots < 1 << 16)
		t.nslots *= 2;
	t.slots = NEWN(a, uint64_t, t.nslots);
	return t;
}

static uint64_t *slot_of(const struct terms *t, span term, uint32_t hash)
{
	for (size_t i = hash;; i++) {
		uint64_t *slot = &t->slots[i & (t->nslots - 1)];
		if (!*slot || (*slot >> 32 == hash && span_eq(t->v[(uint32_t)*slot - 1].term, term)))
			return slot;
	}
}

static void grow(struct terms *t)
{
	t->nslots *= 2;
	t->slots = NEWN(t->a, uint64_t, t->nslots);
	for (size_t i = 0; i < t->n; i++)
		*slot_of(t, t->v[i].term, t->v[i].hash) = (uint64_t)t->v[i].hash << 32 | (i + 1);
}

static uint32_t put(struct terms *t, uint64_t *slot, span term, uint32_t hash)
{
	struct term *w = PUSH(t->a, t);
	w->term = term;
	w->hash = hash;
	*slot = (uint64_t)hash << 32 | t->n;
	if (t->n * 2 > t->nslots)
		grow(t);
	return (uint32_t)t->n - 1;
}

uint32_t term_of(struct terms *t, span term, uint32_t hash)
{
	uint64_t *slot = slot_of(t, term, hash);
	return *slot ? (uint32_t)*slot - 1 : put(t, slot, term, hash);
}

static void widen(struct terms *t, struct term *w)
{
	uint32_t room = w->room ? 4 * w->room : 4, *pos = arena_raw(t->a, room * sizeof *pos, 16);
	if (w->npos)
		memcpy(pos, w->pos, w->npos * sizeof *pos);
	w->pos = pos;
	w->room = room;
}

void term_add(struct terms *t, uint32_t number, uint32_t wdf, uint32_t pos)
{
	struct term *w = &t->v[number];
	w->wdf += wdf;
	if (!pos || (w->npos && w->pos[w->npos - 1] >= pos))
		return;
	if (w->npos == w->room)
		widen(t, w);
	w->pos[w->npos++] = pos;
}

uint32_t term_of_field(struct terms *t, enum field f, span value)
{
	char bytes[TERM_MAX_BYTES + 1];
	size_t n = field_term(f, value, bytes, sizeof bytes);
	if (!value.n || n > TERM_MAX_BYTES)
		return UINT32_MAX;
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)bytes[i] < 0x20)
			return UINT32_MAX;
	uint32_t hash = hash_word((span){ bytes, n });
	uint64_t *slot = slot_of(t, (span){ bytes, n }, hash);
	return *slot ? (uint32_t)*slot - 1 : put(t, slot, arena_dup(t->a, (span){ bytes, n }), hash);
}

void term_field(struct terms *t, enum field f, span value, uint32_t wdf, uint32_t pos)
{
	uint32_t number = term_of_field(t, f, value);
	if (number != UINT32_MAX)
		term_add(t, number, wdf, pos);
}

static span term_at(const void *terms, uint32_t of)
{
	return ((const struct terms *)terms)->v[of].term;
}

struct posting *terms_sorted(const struct terms *t, size_t *n)
{
	struct sort_item *keys = arena_raw(t->a, (t->n + 1) * sizeof *keys, 16);
	for (size_t i = 0; i < t->n; i++)
		keys[i].of = (uint32_t)i;
	sort_strings(&(struct sort_strings){ term_at, t, t->a }, keys, t->n);
	struct posting *out = arena_raw(t->a, (t->n + 1) * sizeof *out, 16);
	for (size_t i = 0; i < t->n; i++) {
		const struct term *w = &t->v[keys[i].of];
		out[i] = (struct posting){ .term = w->term, .wdf = w->wdf, .pos = w->pos, .npos = w->npos, .hash = w->hash };
	}
	*n = t->n;
	return out;
}
