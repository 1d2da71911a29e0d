/* repeat_align: the words of two documents laid beside each other, and what their differences say. */
#ifndef LAW_REPEAT_ALIGN_H
#define LAW_REPEAT_ALIGN_H

#include "base/arena.h"

/* A word as it is compared: letters and digits, case apart. */
struct word {
	uint64_t hash;
	uint32_t beg; /* bytes into the text */
	bool number, capital;
};
struct words {
	struct word *v;
	size_t n, cap;
	span text;
};

/* What the differing words are. What is taken for a misreading counts nowhere but in edits. */
struct differences {
	unsigned edits;   /* words put in or left out, the misread ones twice */
	unsigned numbers; /* with a digit, anywhere */
	unsigned names;   /* capital words near the beginning */
	unsigned doubts;  /* names a letter or two apart, of which either may be meant; in long texts only */
};

/* A star page, "*490": where a reporter's pages turn is not part of the text. */
static inline bool star_page(span s, size_t i)
{
	return i && s.p[i - 1] == '*' && is_digit(s.p[i]);
}

/* The words of s, star pages left out. */
struct words words_of(span s, struct arena *a);
/* Whether the words of `value` stand in w, one after the other; in_order false: each of them anywhere. */
bool words_hold(const struct words *w, span value, bool in_order, struct arena *a);
/* Whether both are long enough for what they share to outweigh a doubtful difference. */
bool words_long(const struct words *x, const struct words *y);
/* Aligns x and y; false when more differs than a copy can have (some hundred words, or a twentieth of long texts). */
bool words_compare(const struct words *x, const struct words *y, struct arena *a, struct differences *out);

#endif
