#include "indexer/emit_terms.h"

#include "base/hash.h"

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

static struct term *term_at(const struct terms *t, const struct sort_item *k)
{
	return &t->v[k->of];
}

/* Terms that share their first eight bytes, by the rest. They are few: stems
 * beside longer words, addresses with one beginning. */
static void sort_equal(const struct terms *t, struct sort_item *v, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct sort_item x = v[i];
		size_t k = i;
		for (; k && span_cmp(term_at(t, &v[k - 1])->term, term_at(t, &x)->term) > 0; k--)
			v[k] = v[k - 1];
		v[k] = x;
	}
}

/* The next eight bytes as the key, for runs so long that one by one would take too much. */
static void sort_deeper(const struct terms *t, struct sort_item *v, size_t n, size_t depth)
{
	for (size_t i = 0; i < n; i++)
		v[i].key = sort_key(span_sub(term_at(t, &v[i])->term, depth, TERM_MAX_BYTES));
	sort_items(v, n, t->a);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && v[end].key == v[i].key; end++)
			;
		if (end - i > 16 && depth < TERM_MAX_BYTES)
			sort_deeper(t, v + i, end - i, depth + 8);
		else
			sort_equal(t, v + i, end - i);
	}
}

struct posting *terms_sorted(const struct terms *t, size_t *n, struct sort_item **order)
{
	struct sort_item *keys = arena_raw(t->a, (t->n + 1) * sizeof *keys, 16);
	for (size_t i = 0; i < t->n; i++)
		keys[i].of = (uint32_t)i;
	sort_deeper(t, keys, t->n, 0);
	struct posting *out = arena_raw(t->a, (t->n + 1) * sizeof *out, 16);
	for (size_t i = 0; i < t->n; i++) {
		const struct term *w = term_at(t, &keys[i]);
		out[i] = (struct posting){ .term = w->term, .wdf = w->wdf, .pos = w->pos, .npos = w->npos, .hash = w->hash };
	}
	*n = t->n;
	*order = keys;
	return out;
}
