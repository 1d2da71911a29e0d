/* Joints: places where a space may be missing, and what speaks for each. */
#ifndef LAW_REPAIR_JOINT_H
#define LAW_REPAIR_JOINT_H

#include "law/repair_private.h"

/* Scores are in eighths of a bit in favour of two words against one; from LIKELY on a joint needs no line
 * end to be believed where the text has more of them, from SURE on nothing else. */
enum { SURE = 1000, LIKELY = 500 };

struct joint {
	uint32_t at;   /* byte before which the space belongs */
	int score;
	uint32_t next; /* columns of the word after it, up to the next white space */
};
struct joints {
	struct joint *v;
	size_t n, cap;
};
/* Appends the joints inside one word of s, white space to white space; all:
 * also those that only a line end there could make good. `quoted`: a straight
 * quotation mark is open where the word begins; what comes back says whether one is where it ends. */
struct word_at {
	struct range at;
	bool all, quoted;
};
bool joints_in(span s, struct word_at w, struct joints *out, struct arena *a);

/* --- between the files of joints --- */

struct joint_search {
	span s;
	struct word_at w;
	struct joints *js;
	struct arena *a;
};
/* Keeps the joint when it is asked for; of two at one place the better. They come in order, or nearly. */
void joint_add(struct joint_search *g, uint32_t at, int score);
/* Joints inside a run of letters [beg, end) (repair_joint_word.c); at_case says whether
 * small and large letters meet there, and then it is not read as one word. */
void joints_in_run(struct joint_search *g, uint32_t beg, uint32_t end);
bool joint_at_case(struct joint_search *g, uint32_t beg, uint32_t end);
/* Appends joints of runs of letters in `at` that no table holds and that read as two or more known words, for texts
 * that lose spaces anywhere: elsewhere they are as likely new words or names. In order. */
void joints_run_on(span s, struct range at, struct joints *out, struct arena *a);
/* "non", "co", "self": what opens words that are written with a hyphen. */
bool joint_opens_compound(span w);
/* "person'sarrest": beg is at the s after an apostrophe. */
void joint_possessive(struct joint_search *g, uint32_t beg, uint32_t end);
/* What the marks around byte i say, `word` being the last letters before it (repair_joint_mark.c). */
void joint_mark(struct joint_search *g, uint32_t i, struct range word);
/* Whether the bracket that closes at i is part of a word: "section(s)that",
 * "(mis)representation", "[t]he". */
bool joint_inner_bracket(span s, uint32_t i);

/* Columns: bytes that begin a character. */
static inline uint32_t columns(span s, uint32_t beg, uint32_t end)
{
	uint32_t n = 0;
	for (uint32_t i = beg; i < end; i++)
		n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
	return n;
}
/* Letters, digits, from i on. */
static inline uint32_t run_end(span s, uint32_t i)
{
	while (i < s.n && is_alpha(s.p[i]))
		i++;
	return i;
}
static inline uint32_t digits_end(span s, uint32_t i)
{
	while (i < s.n && is_digit(s.p[i]))
		i++;
	return i;
}

#endif
