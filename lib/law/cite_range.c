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
	if (!span_uint(first, 1000000, &a) || !span_uint(last, 1000000, &b) || (b <= a && last.n >= first.n))
		return;
	it->number = first;
	it->to = last;
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

void item_split(struct scan *s, const struct code_row *row, struct item *it)
{
	split_chapter(it);
	if (row && row->dot)
		split_dots(s, it);
	if (row && row->form == FORM_TITLE && row->state == 0) {
		split_range(it, false);
		split_letters(it);
	} else if (row && plain_sections(row)) {
		split_range(it, true);
	}
}
