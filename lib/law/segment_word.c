#include "law/segment_private.h"

/* WORD_NONE and -1 when the table has it not. */
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

int word_unknown_cost(size_t letters)
{
	return 12 * WORD_BIT + (int)(letters > 64 ? 64 : letters) * 28;
}

int word_pair_cost(span a, span b)
{
	int first, second;
	uint32_t x = number_of(a, &first), y = number_of(b, &second);
	int own = y == WORD_NONE ? word_unknown_cost(b.n) : second;
	int pair = x == WORD_NONE || y == WORD_NONE ? -1 : word_pair(x, y);
	return pair >= 0 ? pair : own + WORD_BIT;
}

static bool known_part(span w)
{
	return w.n >= 3 && word_known(w);
}

static const char *const endings[] = {
	"s", "es", "ed", "d", "er", "ers", "ing", "ings", "ly", "ness", "ment", "ments", "able", "ible", "ability", "less",
	"ation", "ations", "ization", "ized", "izing", "ize", "izes", "ally", "ity", "ship", "ful", "like", "wise", "ist", "ists", "ism",
	"y", "al", "ic", "ous", "ive", "or", "ors", "man", "men", "hood", "ward",
};
static const char *const openings[] = {
	"non", "un", "re", "pre", "sub", "inter", "over", "under", "mis", "dis", "anti", "counter", "co", "multi", "semi", "super", "micro",
	"trans", "in", "im", "de", "bio", "auto", "electro", "photo", "tele", "hydro", "neuro", "psycho", "thermo", "mono", "poly", "post", "out", "fore", "mid",
};

static bool ending_off(span w)
{
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		span e = span_of(endings[i]);
		if (w.n < e.n + 3 || !span_ends(w, e))
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
		span o = span_of(openings[i]);
		span rest = span_sub(w, o.n, w.n);
		if (span_starts(w, o) && rest.n >= 4 && (word_known(rest) || ending_off(rest)))
			return true;
	}
	return false;
}
