#include "law/segment_private.h"

/* The number by which the pair table knows a word, and its cost, along the double-array trie: one step a letter, in any case.
 * WORD_NONE and -1 when the table has it not; words are letters only. */
static uint32_t number_of(span w, int *cost)
{
	uint32_t slot = word_trie[0];
	*cost = -1;
	for (size_t i = 0; i < w.n; i++) {
		char c = to_lower(w.p[i]);
		if (!is_lower(c) || !word_step(&slot, (unsigned)(c - 'a' + 1)))
			return WORD_NONE;
	}
	return w.n && slot & WORD_ENDS ? word_end(slot, cost) : WORD_NONE;
}

int word_cost(span w)
{
	int cost;
	number_of(w, &cost);
	return cost;
}

/* One letter on from the walk before: who tries every end of a stretch pays one step for each, not a look-up from its start. */
int word_walk_on(struct word_walk *w, char letter)
{
	char c = to_lower(letter);
	int cost = -1;
	uint32_t slot = w->begun ? w->slot : word_trie[0];
	w->lost = w->lost || !is_lower(c) || !word_step(&slot, (unsigned)(c - 'a' + 1));
	w->begun = true;
	w->slot = slot;
	if (!w->lost && slot & WORD_ENDS)
		word_end(slot, &cost);
	return cost;
}

/* 12 bits, and 3.5 for each letter up to 64, so that sums stay small. */
int word_unknown_cost(size_t letters)
{
	return 12 * WORD_BIT + (int)(letters > 64 ? 64 : letters) * 28;
}

/* The cost of b after a: that of the pair, else its own and a bit more, as pairs that are not in the table are the rarer ones. */
int word_pair_cost(span a, span b)
{
	int first, second;
	uint32_t x = number_of(a, &first), y = number_of(b, &second);
	int own = y == WORD_NONE ? word_unknown_cost(b.n) : second;
	int pair = x == WORD_NONE || y == WORD_NONE ? -1 : word_pair(x, y);
	return pair >= 0 ? pair : own + WORD_BIT;
}

/* Two letters are a word too easily to speak for a compound. */
static bool known_part(span w)
{
	return w.n >= 3 && word_known(w);
}

#define WORD(s) { s, sizeof s - 1 }
static const span endings[] = {
	WORD("s"), WORD("es"), WORD("ed"), WORD("d"), WORD("er"), WORD("ers"), WORD("ing"), WORD("ings"), WORD("ly"), WORD("ness"), WORD("ment"), WORD("ments"), WORD("able"), WORD("ible"), WORD("ability"), WORD("less"),
	WORD("ation"), WORD("ations"), WORD("ization"), WORD("ized"), WORD("izing"), WORD("ize"), WORD("izes"), WORD("ally"), WORD("ity"), WORD("ship"), WORD("ful"), WORD("like"), WORD("wise"), WORD("ist"), WORD("ists"), WORD("ism"),
	WORD("y"), WORD("al"), WORD("ic"), WORD("ous"), WORD("ive"), WORD("or"), WORD("ors"), WORD("man"), WORD("men"), WORD("hood"), WORD("ward"),
};
static const span openings[] = {
	WORD("non"), WORD("un"), WORD("re"), WORD("pre"), WORD("sub"), WORD("inter"), WORD("over"), WORD("under"), WORD("mis"), WORD("dis"), WORD("anti"), WORD("counter"), WORD("co"), WORD("multi"), WORD("semi"), WORD("super"), WORD("micro"),
	WORD("trans"), WORD("in"), WORD("im"), WORD("de"), WORD("bio"), WORD("auto"), WORD("electro"), WORD("photo"), WORD("tele"), WORD("hydro"), WORD("neuro"), WORD("psycho"), WORD("thermo"), WORD("mono"), WORD("poly"), WORD("post"), WORD("out"), WORD("fore"), WORD("mid"),
};

/* w without one of the endings is a word: as it stands, with an "e" that the ending took, or without a doubled letter. */
static bool ending_off(span w)
{
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		span e = endings[i];
		if (w.n < e.n + 3 || w.p[w.n - 1] != e.p[e.n - 1] || !span_ends(w, e))
			continue;
		span stem = span_sub(w, 0, w.n - e.n);
		char with_e[64];
		if (known_part(stem))
			return true;
		if (stem.n + 1 >= sizeof with_e)
			continue;
		memcpy(with_e, stem.p, stem.n);
		with_e[stem.n] = 'e'; /* "mak-ing" */
		if (known_part((span){ with_e, stem.n + 1 }))
			return true;
		if (stem.n > 3 && stem.p[stem.n - 1] == stem.p[stem.n - 2] && known_part(span_sub(stem, 0, stem.n - 1)))
			return true; /* "transferr-ing" */
	}
	return false;
}

/* A word of the table, or one put together of one and an ending, an opening or both: legal text makes many that no table has ("nonassignability").
 * Below four letters only the table counts, beyond 40 nothing is a word. */
bool word_plausible(span w)
{
	if (w.n < 4 || w.n > 40)
		return word_known(w);
	char low[40];
	for (size_t i = 0; i < w.n; i++)
		low[i] = to_lower(w.p[i]);
	w.p = low;
	if (word_known(w) || ending_off(w))
		return true;
	for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
		span o = openings[i];
		span rest = span_sub(w, o.n, w.n);
		if (span_starts(w, o) && rest.n >= 4 && (word_known(rest) || ending_off(rest)))
			return true;
	}
	return false;
}
