/* cite_session: session laws as the history notes of codes write them,
 * "(L. 1973 S.B. 1 § 6, A.L. 1981 H.B. 554, A.L. 1931 p. 204)". */
#include "base/buf.h"
#include "law/cite_private.h"

/* "S.B. 44", "H.B. 554", "H.C.S. for S.B. 2": initials of a chamber's paper, then its number. */
static size_t paper_end(span t, size_t i, size_t *number)
{
	size_t k = i, letters = 0;
	while (is_upper((char)at(t, k)) && at(t, k + 1) == '.' && letters < 4) {
		k += 2;
		letters++;
	}
	*number = blanks(t, k);
	return letters >= 2 && is_digit((char)at(t, *number)) ? digits(t, *number) : 0;
}

/* "p. 204" */
static size_t page_end(span t, size_t i, size_t *number)
{
	if (at(t, i) != 'p' || at(t, i + 1) != '.')
		return 0;
	*number = blanks(t, i + 2);
	return is_digit((char)at(t, *number)) ? digits(t, *number) : 0;
}

/* note = ("L." | "A.L.") year (paper number | "p." number) [ "§" number ] */
size_t session_note(struct scan *s, size_t beg)
{
	span t = s->t;
	bool amended = at(t, beg) == 'A' && at(t, beg + 1) == '.', plural;
	size_t i = amended ? beg + 2 : beg, number = 0;
	if (at(t, i) != 'L' || at(t, i + 1) != '.' || (beg && (is_alnum((char)at(t, beg - 1)) || at(t, beg - 1) == '.')))
		return 0;
	i = blanks(t, i + 2);
	size_t year_end = digits(t, i);
	uint16_t year = year_end == i + 4 ? year_of(span_sub(t, i, year_end)) : 0;
	if (!year)
		return 0;
	size_t paper = blanks(t, year_end), end = paper_end(t, paper, &number);
	if (!end)
		end = page_end(t, paper, &number);
	if (!end)
		return 0;
	size_t mark = sign(t, blanks(t, end), &plural), section = mark ? blanks(t, mark) : 0;
	size_t last = section ? number_end(t, section) : 0;
	struct cite *c = cite_add(s, CITE_SESSION_LAW, beg, last ? last : end);
	c->code = SPAN("laws");
	c->year = year;
	c->volume = span_sub(t, i, year_end);
	c->page = span_sub(t, number, end);
	c->section = last ? span_sub(t, section, last) : (span){ 0 };
	if (s->state >= state_rows_n)
		return c->at.end;
	struct buf b = { .a = s->a };
	buf_printf(&b, "/%.*s/laws/%u/", SPAN_ARG(state_rows[s->state].id), year);
	for (size_t k = paper; k < end; k++)
		if (is_alnum((char)at(t, k)))
			buf_byte(&b, to_lower((char)at(t, k)));
	if (last)
		buf_printf(&b, "/s%.*s", SPAN_ARG(c->section));
	c->address = buf_span(&b);
	return c->at.end;
}
