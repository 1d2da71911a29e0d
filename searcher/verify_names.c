/* Party names: whether two spellings may be the same caption. */
#include "searcher/verify.h"

#include <string.h>

enum { WORDS_MAX = 64, WORD_BYTES = 40, SHORT_NAME = 3 };

struct word { char v[WORD_BYTES]; size_t n; bool cut; }; /* cut: it has a period or an apostrophe */
struct words { struct word v[WORDS_MAX]; size_t n; };

/* Words that tell no party from another. */
static bool dull(const struct word *w)
{
	static const char *const all[] = { "the", "of", "and", "et", "al", "a", "in", "re", "ex", "rel", "inc", "co", "company",
		"corp", "corporation", "llc", "ltd", "for", "to", "by", "on", "v", "vs" };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (span_eq((span){ w->v, w->n }, span_of(all[i])))
			return true;
	return false;
}

/* "Dep't" is one word, "U.S." another. */
static void words_of(span s, bool keep, struct words *out)
{
	struct word w = { .n = 0 };
	for (size_t i = 0; i <= s.n && out->n < WORDS_MAX; i++) {
		char c = i < s.n ? s.p[i] : ' ';
		bool inside = c == '\'' || c == '.' || (unsigned char)c >= 0x80;
		if (is_alnum(c) && w.n < WORD_BYTES)
			w.v[w.n++] = to_lower(c);
		w.cut |= w.n && inside;
		if (is_alnum(c) || (inside && i + 1 < s.n && !is_space(s.p[i + 1])))
			continue;
		if (w.n && (keep || !dull(&w)))
			out->v[out->n++] = w;
		w.n = 0;
		w.cut = false;
	}
}

/* "dept" of "department": the same first letter, the rest in order. whole: the word is all of a party's name, so that without a
 * mark of shortening it must be the other: "Gall" is not "Gallagher". */
static bool shortens(const struct word *s, const struct word *l, bool whole)
{
	size_t k = 0;
	if (s->n == l->n && memcmp(s->v, l->v, s->n) == 0)
		return true;
	if ((s->n < 2 && !s->cut) || s->n > l->n || s->v[0] != l->v[0])
		return span_eq((span){ s->v, s->n }, SPAN("us")) && span_eq((span){ l->v, l->n }, SPAN("united"));
	/* Without a mark of shortening a word is the other's beginning or the other: "Fright" is not "Freight". */
	if (whole && !s->cut)
		return false;
	for (size_t i = 0; i < l->n && k < s->n && (s->cut || i == k); i++)
		k += l->v[i] == s->v[k];
	return k == s->n;
}

/* "NLRB" of "National Labor Relations Board": first letters of words in a row, dull ones passed over. */
static bool initials(const struct word *s, const struct words *caption)
{
	for (size_t k = 0; k < caption->n && s->n > 1; k++) {
		size_t hit = 0;
		for (size_t i = k; i < caption->n && hit < s->n; i++) {
			if (caption->v[i].v[0] == s->v[hit])
				hit++;
			else if (!dull(&caption->v[i]))
				break;
		}
		if (hit == s->n)
			return true;
	}
	return false;
}

/* Each word of the brief's party must be one of the caption's, or shorten one, or be shortened by
 * one. A short name wholly, a long one in three words of four. */
static bool party_agrees(span party, const struct words *caption)
{
	struct words own = { .n = 0 };
	size_t hit = 0;
	words_of(party, false, &own);
	for (size_t i = 0; i < own.n; i++) {
		bool found = initials(&own.v[i], caption);
		for (size_t k = 0; k < caption->n && !found; k++)
			found = shortens(&own.v[i], &caption->v[k], own.n == 1) || shortens(&caption->v[k], &own.v[i], own.n == 1);
		hit += found;
	}
	return own.n <= SHORT_NAME ? hit == own.n : hit * 4 >= own.n * 3;
}

/* An empty caption contradicts nothing. */
bool verify_names(span plaintiff, span defendant, span caption)
{
	struct words all = { .n = 0 };
	words_of(caption, true, &all);
	return !all.n || (party_agrees(plaintiff, &all) && party_agrees(defendant, &all));
}
