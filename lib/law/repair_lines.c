#include <stdlib.h>
#include "law/repair_private.h"

struct lines bare_lines(span s, struct arena *a)
{
	struct lines out = { 0 };
	for (size_t at = 0; at <= s.n;) {
		size_t end = span_find_byte(s, '\n', at);
		if (at == s.n && at > 0)
			break;
		*PUSH(a, &out) = (struct line){ (uint32_t)at, (uint32_t)end };
		at = end + 1;
	}
	return out;
}

/* Longer runs of letters are no words, and to look at all of each would be quadratic where a text is one. */
enum { WORD_MAX_BYTES = 40 };

/* Words that touch byte i, for those who ask whether two halves are one. */
span letters_before(span s, uint32_t i)
{
	uint32_t b = i;
	while (b > 0 && is_alpha(s.p[b - 1]) && i - b < WORD_MAX_BYTES)
		b--;
	return span_sub(s, b, i);
}

span letters_after(span s, uint32_t i)
{
	uint32_t e = i;
	while (e < s.n && is_alpha(s.p[e]) && e - i < WORD_MAX_BYTES)
		e++;
	return span_sub(s, i, e);
}

struct edit *edit_push(struct edits *out, struct arena *a, const char *rule, struct range at, float confidence)
{
	struct edit *e = PUSH(a, out);
	*e = (struct edit){ .rule = rule, .at = at, .confidence = confidence };
	return e;
}

/* By beginning; of those that begin together the longest first. */
static int by_place(const void *x, const void *y)
{
	const struct edit *a = x, *b = y;
	if (a->at.beg != b->at.beg)
		return a->at.beg < b->at.beg ? -1 : 1;
	return a->at.end < b->at.end ? 1 : a->at.end > b->at.end ? -1 : 0;
}

/* In order and without overlap, as text_apply wants them: of two that overlap the earlier stays, of two at one place the longer. Most lists are in
 * order already, and are only looked at. */
void edits_settle(struct edits *e)
{
	bool sorted = true;
	for (size_t i = 1; sorted && i < e->n; i++)
		sorted = e->v[i - 1].at.beg < e->v[i].at.beg && e->v[i - 1].at.end <= e->v[i].at.beg;
	if (sorted)
		return;
	qsort(e->v, e->n, sizeof *e->v, by_place);
	size_t n = 0;
	for (size_t i = 0; i < e->n; i++) {
		bool again = n && (e->v[i].at.beg < e->v[n - 1].at.end || e->v[i].at.beg == e->v[n - 1].at.beg);
		if (!again)
			e->v[n++] = e->v[i];
	}
	e->n = n;
}
