/* cite_range: what a printed number holds more than one section's: ranges whose hyphen reads like a part of the
 * number, and subdivisions that follow a period. */
#include "law/cite_private.h"

/* 1961-1968 under a code whose sections have no hyphen of their own is a range. */
static void split_range(struct item *it, bool state)
{
	size_t k = digits(it->number, 0), next = dash(it->number, k);
	uint64_t a, b;
	if (!next || it->to.n || digits(it->number, next) != it->number.n)
		return;
	/* A state's "5-701" may be a number of its own; "9541-9546" has no other reading. */
	if (state && (k < 2 || it->number.n - next != k))
		return;
	span first = span_sub(it->number, 0, k), last = span_sub(it->number, next, it->number.n);
	/* Up to a million: what is larger is no section. Of "1961-68" the second number may be the smaller, being short. */
	if (!span_uint(first, 1000000, &a) || !span_uint(last, 1000000, &b) || (b <= a && last.n >= first.n))
		return;
	it->number = first;
	it->to = last;
}

/* 7401-7671q: three figures or more on both sides, a letter behind the last only. */
static void split_lettered(struct item *it)
{
	size_t k = digits(it->number, 0), next = dash(it->number, k), last = next ? digits(it->number, next) : 0, end = last;
	uint64_t a, b;
	while (end < it->number.n && is_lower(it->number.p[end]))
		end++;
	if (!last || it->to.n || k < 3 || last - next < k || end == last || end != it->number.n ||
	    !span_uint(span_sub(it->number, 0, k), 1000000, &a) || !span_uint(span_sub(it->number, next, last), 1000000, &b) || b <= a)
		return;
	it->to = span_sub(it->number, next, end);
	it->number = span_sub(it->number, 0, k);
}

/* 119.01-119.15: two sections of one chapter, since no section's number has its chapter twice. */
static void split_chapter(struct item *it)
{
	size_t dot = span_find_byte(it->number, '.', 0), k = dot + 1, next = 0;
	while (k < it->number.n && !(next = dash(it->number, k)))
		k++;
	span last = span_sub(it->number, next, it->number.n);
	if (!next || it->to.n || !span_starts(last, span_sub(it->number, 0, dot + 1)) || !is_digit((char)at(last, dot + 1)))
		return;
	for (size_t i = dot + 1; i < last.n; i++)
		if (!is_alnum(last.p[i]))
			last.n = i;
	it->number = span_sub(it->number, 0, k);
	if (!span_starts(it->number, last) || is_alnum((char)at(it->number, last.n)))
		it->to = last;
}

/* 10a-10c: the same figures, lettered, on both sides. */
static void split_letters(struct item *it)
{
	size_t k = digits(it->number, 0), letters = k;
	while (is_lower((char)at(it->number, letters)))
		letters++;
	size_t next = letters > k ? dash(it->number, letters) : 0;
	if (!next || it->to.n || digits(it->number, next) != next + k ||
	    !span_eq(span_sub(it->number, 0, k), span_sub(it->number, next, next + k)))
		return;
	it->to = span_sub(it->number, next, it->number.n);
	it->number = span_sub(it->number, 0, letters);
}

/* 610.100.1 under a dotted code is section 610.100, subsection 1. */
static void split_dots(struct scan *s, struct item *it)
{
	size_t dot = span_find_byte(it->number, '.', 0), second = span_find_byte(it->number, '.', dot + 1);
	struct spans subs = { 0 };
	if (second >= it->number.n)
		return;
	span rest = span_sub(it->number, second + 1, it->number.n), one;
	/* The parts after the second period come before labels in brackets: 610.100.1(2) is 1, then (2). */
	while (span_cut(&rest, '.', &one))
		*PUSH(s->a, &subs) = one;
	for (size_t k = 0; k < it->subs.n; k++)
		*PUSH(s->a, &subs) = it->subs.v[k];
	it->subs = subs;
	it->number = span_sub(it->number, 0, second);
}

/* Whether a state's code counts its sections without hyphens. */
static bool plain_sections(const struct code_row *row)
{
	static const char *const states[] = { "us-ca", "us-de", "us-me", "us-ny", "us-ok", "us-pa", "us-vt" };
	for (size_t k = 0; row->kind == CODE_STATUTE && row->state < state_rows_n && k < sizeof states / sizeof *states; k++)
		if (span_eq(state_rows[row->state].id, span_of(states[k])))
			return true;
	return false;
}

/* "18 U.S.C. 1001.1 Finding", "Fed. R. Civ. P. 11.1 The": the period and the figure behind it are a sentence's and a
 * footnote's, where the code has no such number. */
static void drop_note(const struct scan *s, const struct code_row *row, struct item *it)
{
	static const char *const dotted[] = { "4.1", "5.1", "5.2", "7.1", "23.1", "23.2", "26.1", "26.2", "26.3", "32.1", "32.2", "44.1", "49.1", "62.1", "65.1",
					      "71.1", "12.1", "12.2", "12.3", "12.4", "28.1", "45.1", "16.1" };
	size_t figures = digits(it->number, 0);
	bool usc = span_eq(row->id, SPAN("usc")), federal = usc || span_eq(row->id, SPAN("frcp")) || span_eq(row->id, SPAN("frcrp")) || span_eq(row->id, SPAN("frap"));
	if (row->state != 0 || !federal || it->subs.n || it->to.n || at(it->number, figures) != '.' || digits(it->number, figures + 1) != it->number.n)
		return;
	for (size_t k = 0; !usc && k < sizeof dotted / sizeof *dotted; k++)
		if (span_eq(it->number, span_of(dotted[k])))
			return;
	/* A number that the text goes on with at once is no note's. */
	if (!is_space((char)at(s->t, it->at.end)) && it->at.end < s->t.n)
		return;
	it->at.end -= (uint32_t)(it->number.n - figures);
	it->number.n = figures;
}

/* By the make of the code's numbers: what is a range in one code is a number of its own in another, so no rule is tried without its code but
 * the first, which needs none. */
void item_split(struct scan *s, const struct code_row *row, struct item *it)
{
	split_chapter(it);
	if (row)
		drop_note(s, row, it);
	if (row && row->dot)
		split_dots(s, it);
	if (row && row->form == FORM_TITLE && row->state == 0) {
		split_range(it, false);
		split_letters(it);
		split_lettered(it);
	} else if (row && plain_sections(row)) {
		split_range(it, true);
	}
}
