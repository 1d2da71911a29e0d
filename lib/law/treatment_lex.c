/* Words and phrases of treatment at a place, forwards and backwards. */
#include "law/treatment_private.h"

size_t past_space(span t, size_t i)
{
	while (i < t.n && is_space(t.p[i]))
		i++;
	return i;
}

size_t before_space(span t, size_t i)
{
	while (i && is_space(t.p[i - 1]))
		i--;
	return i;
}

/* Bytes of an apostrophe at i, straight, curly or as printers of old texts had it. */
static size_t apostrophe(span t, size_t i)
{
	if (i < t.n && (t.p[i] == '\'' || t.p[i] == '`'))
		return 1;
	return span_eq(span_sub(t, i, i + 3), SPAN("\xE2\x80\x99")) ? 3 : 0;
}

/* Bytes from 0xC3 on begin letters beyond ASCII; 0xC2 begins signs and the no-break space. */
static bool inside_word(span t, size_t i)
{
	return i < t.n && (is_alnum(t.p[i]) || (unsigned char)t.p[i] >= 0xC3);
}

size_t phrase_at(span t, size_t i, const char *p)
{
	/* Not from the middle of a word. In p a blank is any run of white space, as lines may break there. */
	if (i && inside_word(t, i - 1) && inside_word(t, i))
		return 0;
	for (; *p; p++) {
		size_t n = *p == ' ' ? past_space(t, i) - i : *p == '\'' ? apostrophe(t, i) : i < t.n && to_lower(t.p[i]) == *p;
		if (!n)
			return 0;
		i += n;
	}
	return is_alnum(p[-1]) && inside_word(t, i) ? 0 : i;
}

/* By first letters before anything else: lists are long and few places fit. */
size_t any_phrase(span t, size_t i, const char *const *list)
{
	size_t best = 0;
	for (; *list; list++) {
		size_t end = to_lower(i < t.n ? t.p[i] : 0) == **list ? phrase_at(t, i, *list) : 0;
		best = end > best ? end : best;
	}
	return best;
}

size_t phrase_before(span t, size_t i, const char *p)
{
	/* p may take up to three times its bytes in the text, and a look back is bounded by that. */
	size_t n = strlen(p), low = i > 3 * n ? i - 3 * n : 0;
	/* Blanks and apostrophes may be longer than in p. */
	for (size_t beg = i > n ? i - n + 1 : 1; beg-- > low;)
		if (phrase_at(span_sub(t, 0, i), beg, p) == i)
			return beg;
	return SIZE_MAX;
}

size_t any_phrase_before(span t, size_t i, const char *const *list)
{
	size_t best = SIZE_MAX;
	for (; *list; list++) {
		char last = (*list)[strlen(*list) - 1];
		size_t beg = i && to_lower(t.p[i - 1]) == last ? phrase_before(t, i, *list) : SIZE_MAX;
		best = beg < best ? beg : best;
	}
	return best;
}

/* Twelve at most, so that a text of nothing but adverbs costs no more. */
size_t past_phrases(span t, size_t i, const char *const *list)
{
	for (size_t steps = 0, end; steps < 12 && (end = any_phrase(t, past_space(t, i), list)) > 0; steps++)
		i = end;
	return i;
}

size_t before_phrases(span t, size_t i, const char *const *list)
{
	for (size_t steps = 0, beg; steps < 8 && (beg = any_phrase_before(t, before_space(t, i), list)) != SIZE_MAX; steps++)
		i = beg;
	return i;
}
