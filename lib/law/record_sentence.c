/* The sentence about a place of a record. */
#include "law/record.h"
#include "base/sort.h"

enum { SENTENCE_MAX = 4000 };

/* Number of starts at or before `at`. */
static size_t starts_before(const struct starts *s, size_t at)
{
	return FIRST_NUMBER(s, (uint64_t)at + 1);
}

/* Not inside a citation: its first byte, or last, if i is. */
static size_t off_cite(const struct record *r, size_t i, bool back)
{
	size_t n = cites_from(&r->cites, i);
	/* Citations may lie within one another, but not deep: six around the place are enough. */
	for (size_t k = n + 1; k-- > 0 && k + 6 > n;) {
		if (k >= r->cites.n)
			continue;
		const struct cite *c = &r->cites.v[k];
		size_t beg = c->full.beg < c->at.beg ? c->full.beg : c->at.beg, end = c->full.end > c->at.end ? c->full.end : c->at.end;
		if (beg < i && i < end)
			i = back ? beg : end;
	}
	return i;
}

/* From the last start at or before the range to the first after it. A start inside a citation is none: it is moved off, at most four times,
 * as one may lead into the next. */
struct range record_sentence(const struct record *r, struct range about)
{
	span text = r->doc.text.clean;
	const struct starts *s = &r->sentences;
	size_t beg = about.beg, end = about.end;
	size_t lo = starts_before(s, beg), from = lo ? s->v[lo - 1] : 0;
	for (size_t steps = 0, k; steps < 4 && (k = off_cite(r, from, true)) < from; steps++) {
		lo = starts_before(s, k);
		from = lo ? s->v[lo - 1] : 0;
	}
	size_t hi = starts_before(s, end ? end - 1 : 0), to = hi < s->n ? s->v[hi] : text.n;
	for (size_t steps = 0, k; steps < 4 && (k = off_cite(r, to, false)) > to; steps++) {
		hi = starts_before(s, k - 1);
		to = hi < s->n ? s->v[hi] : text.n;
	}
	/* Text without sentences (tables, scans) must not be shown or searched whole. */
	if (beg > from + SENTENCE_MAX)
		from = beg - SENTENCE_MAX;
	if (to > end + SENTENCE_MAX)
		to = end + SENTENCE_MAX;
	while (to > from && is_space(text.p[to - 1]))
		to--;
	return (struct range){ (uint32_t)from, (uint32_t)to };
}

