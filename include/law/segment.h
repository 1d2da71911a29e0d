/* segment: letters without spaces, read as words.
 *
 * An exact dynamic programme over a table of 41,000 words and 95,000 word
 * pairs of legal English (figures counted over 240 MB of opinions and codes;
 * lib/law/words.tsv, word_pairs.tsv). Costs are in eighths of a bit: the cost
 * of a word is -8 log2 of its probability, of a pair that of the second word
 * after the first. What no word covers costs more a letter, so that a name in
 * the middle stays whole. A change from lower case to upper inside a word
 * costs, a cut there is free. */
#ifndef LAW_SEGMENT_H
#define LAW_SEGMENT_H

#include "base/arena.h"

#define WORD_BIT 8 /* units of cost in a bit */

/* Cost of a word, ASCII letters of any case, a possessive ending apart; -1
 * when the table has it not. */
int word_cost(span w);
static inline bool word_known(span w) { return word_cost(w) >= 0; }
/* The same, or the word without a regular ending (s, es, ed, ing, ly, ...) or with a
 * common prefix (non, un, re, pre, sub, ...): words no table holds in full. */
bool word_plausible(span w);
/* Letter by letter from a zeroed walk: the cost of the word that the letters so far make; -1 when they make none. */
struct word_walk {
	uint32_t slot;
	bool begun, lost;
};
int word_walk_on(struct word_walk *w, char letter);
/* Cost of w as a word no table holds. */
int word_unknown_cost(size_t letters);
/* Cost of b after a, both known; what b costs on its own, and a little more, when the pair is rare. */
int word_pair_cost(span a, span b);

/* A boundary before byte `at` of the segmented bytes. */
struct cut {
	uint32_t at;
	float confidence; /* from the cost of the best reading without it */
};
struct cuts {
	struct cut *v;
	size_t n, cap;
};
/* Appends the boundaries inside s, a run of ASCII letters and apostrophes
 * (ASCII or U+2019); the ends of s are not boundaries. base is added to every
 * position. Linear in s. */
void segment(span s, uint32_t base, struct cuts *out, struct arena *a);

#endif
