#include "store/lexicon.h"

#include <stdint.h>
#include "base/hash.h"
#include "base/sort.h"
#include "store/entry.h"

enum { SLOTS_FIRST = 1024 };
_Static_assert(sizeof(struct lexeme) == 32, "two to a cache line");

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

/* The bytes of a longer term stay where they are: the lexeme has their address in place of them. */
struct lexeme lexeme_make(span term, uint32_t hash)
{
	struct lexeme x = { .hash = hash, .weighs = TERM_NONE, .n = (uint8_t)term.n };
	if (term.n <= LEXEME_BYTES)
		memcpy(x.bytes, term.p, term.n);
	else
		memcpy(x.bytes, &term.p, sizeof term.p);
	return x;
}

/* Aligned by hand, so that none lies across two cache lines: an arena aligns to 16. */
static void widen_lexemes(struct lexicon *l)
{
	size_t cap = l->cap ? 2 * l->cap : SLOTS_FIRST / 2;
	char *block = arena_raw(&l->a, (cap + 1) * sizeof *l->v, 16);
	struct lexeme *v = (struct lexeme *)(((uintptr_t)block + sizeof *v - 1) / sizeof *v * sizeof *v);
	if (l->n)
		memcpy(v, l->v, l->n * sizeof *v);
	if (l->block)
		arena_forget(&l->a, l->block);
	l->block = block;
	l->v = v;
	l->cap = cap;
}

uint32_t lexicon_put(struct lexicon *l, span term, uint32_t hash)
{
	uint32_t known = lexicon_find(l, term, hash);
	/* What no entry can hold is asked once for each distinct term, not for each posting. */
	if (known != TERM_NONE || term_refuse(term))
		return known;
	if (l->n * 2 >= l->nslots)
		widen(l);
	if (l->n == l->cap)
		widen_lexemes(l);
	/* Looked for anew, since the table may have been widened. */
	size_t at = hash & (l->nslots - 1);
	while (l->slots[at])
		at = (at + 1) & (l->nslots - 1);
	l->v[l->n++] = lexeme_make(term.n > LEXEME_BYTES ? arena_dup(&l->a, term) : term, hash);
	/* The number plus one, so that 0 is a free slot. */
	l->slots[at] = (uint64_t)hash << 32 | l->n;
	return (uint32_t)l->n - 1;
}

/* For sort_strings, which asks for a term by its place. */
static span term_at(const void *l, uint32_t of)
{
	return lexeme_span(&((const struct lexicon *)l)->v[of]);
}

/* The one time that the bytes of all terms are sorted, whatever the number of their occurrences. */
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
