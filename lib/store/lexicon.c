#include "store/lexicon.h"

#include "base/hash.h"
#include "base/sort.h"
#include "store/entry.h"

enum { SLOTS_FIRST = 1024 };

void lexicon_release(struct lexicon *l)
{
	arena_release(&l->a);
	*l = (struct lexicon){ 0 };
}

void lexicon_empty(struct lexicon *l)
{
	if (!l->n) /* most documents leave theirs empty */
		return;
	arena_reset(&l->a);
	*l = (struct lexicon){ .a = l->a };
}

/* A table of twice the places, at most half full, so that probes stay short. */
static void widen(struct lexicon *l)
{
	size_t n = l->nslots ? 2 * l->nslots : SLOTS_FIRST;
	uint64_t *wider = NEWN(&l->a, uint64_t, n);
	for (size_t i = 0; i < l->n; i++) {
		size_t at = l->v[i].hash & (n - 1);
		while (wider[at])
			at = (at + 1) & (n - 1);
		wider[at] = (uint64_t)l->v[i].hash << 32 | (i + 1);
	}
	if (l->slots)
		arena_forget(&l->a, l->slots);
	l->slots = wider;
	l->nslots = n;
}

/* The place of a term, or the free one where it would be. */
static size_t place_of(const struct lexicon *l, span term, uint32_t hash)
{
	size_t mask = l->nslots - 1, i = hash & mask;
	for (; l->slots[i]; i = (i + 1) & mask) {
		if (l->slots[i] >> 32 != hash)
			continue;
		const struct lexeme *x = &l->v[(uint32_t)l->slots[i] - 1];
		if (x->n == term.n && memcmp(x->p, term.p, term.n) == 0)
			break;
	}
	return i;
}

uint32_t lexicon_find(const struct lexicon *l, span term, uint32_t hash)
{
	if (!l->nslots)
		return TERM_NONE;
	uint64_t slot = l->slots[place_of(l, term, hash)];
	return slot ? (uint32_t)slot - 1 : TERM_NONE;
}

uint32_t lexicon_put(struct lexicon *l, span term, uint32_t hash)
{
	if (l->n * 2 >= l->nslots)
		widen(l);
	size_t at = place_of(l, term, hash);
	if (l->slots[at])
		return (uint32_t)l->slots[at] - 1;
	/* Asked once for each distinct term, not for each posting. */
	if (term_refuse(term))
		return TERM_NONE;
	struct lexeme *x = PUSH(&l->a, l);
	*x = (struct lexeme){ .p = arena_dup(&l->a, term).p, .hash = hash, .weighs = TERM_NONE, .n = (uint8_t)term.n };
	l->slots[at] = (uint64_t)hash << 32 | l->n;
	return (uint32_t)l->n - 1;
}

static span term_at(const void *l, uint32_t of)
{
	return lexeme_span(&((const struct lexicon *)l)->v[of]);
}

uint32_t *lexicon_order(const struct lexicon *l, struct arena *a)
{
	uint32_t *order = arena_raw(a, (l->n + 1) * sizeof *order, 16);
	struct arena scratch = { 0 };
	struct sort_item *keys = arena_raw(&scratch, (l->n + 1) * sizeof *keys, 16);
	for (size_t i = 0; i < l->n; i++)
		keys[i].of = (uint32_t)i;
	sort_strings(&(struct sort_strings){ term_at, l, &scratch }, keys, l->n);
	for (size_t i = 0; i < l->n; i++)
		order[i] = keys[i].of;
	arena_release(&scratch);
	return order;
}
