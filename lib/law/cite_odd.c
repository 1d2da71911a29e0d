/* cite_odd: cases cited by other than volume, reporter, page: neutral numbers
 * with dashes, numbers of a year, single volumes, services by paragraph, and
 * series that do not exist. */
#include "law/cite_private.h"

/* 2017-Ohio-5699, 2010-NMSC-007 */
size_t case_dashed(struct scan *s, size_t beg, span volume, size_t end)
{
	struct hit hits[HITS_MAX];
	struct place p = { 0 };
	size_t i = dash(s->t, blanks(s->t, end));
	/* The volume of a neutral citation is its year. */
	if (!i || !year_of(volume))
		return 0;
	unsigned n = trie_hits(s->t, i, s->query, hits);
	for (unsigned k = 0; k < n; k++) {
		size_t next = blanks(s->t, dash(s->t, hits[k].end)), d = next ? digits(s->t, next) : 0;
		if (ENTRY_KIND(hits[k].entry) != ENTRY_SERIES || d <= next)
			continue;
		const struct series *r = &series_rows[ENTRY_ROW(hits[k].entry)];
		if (r->form != FORM_DASH)
			continue;
		p.page = span_sub(s->t, next, d);
		p.end = d;
		return case_emit(s, beg, volume, r, &p);
	}
	return 0;
}

/* 2010-CT-01234-SCT, 2015-CA-00567-COA: Mississippi's own numbers. */
size_t case_mississippi(struct scan *s, size_t beg, span volume, size_t end)
{
	static const char *const courts_of[] = { "sct", "coa", 0 };
	span t = s->t;
	/* Two or three capitals for the kind of case, five figures, the court. */
	size_t i = dash(t, end), k = i, n, last;
	while (k && is_upper((char)at(t, k)) && k < i + 3)
		k++;
	n = k > i + 1 && dash(t, k) ? dash(t, k) : 0;
	last = n && digits(t, n) == n + 5 && dash(t, n + 5) ? any_word(t, dash(t, n + 5), courts_of, 0) : 0;
	if (!last || !year_of(volume))
		return 0;
	struct cite *c = cite_add(s, CITE_CASE, beg, last);
	c->volume = volume;
	c->reporter = SPAN("Miss.");
	c->page = span_sub(t, i, last);
	c->year = year_of(volume);
	/* 32 bytes hold any of them, whatever the dashes. */
	struct span_lower { char v[32]; } lower;
	for (size_t j = 0; j < c->page.n && j < sizeof lower.v; j++)
		lower.v[j] = to_lower(c->page.p[j]);
	c->address = arena_printf(s->a, "/case/miss/%.*s/%.*s", SPAN_ARG(volume), (int)(c->page.n < sizeof lower.v ? c->page.n : sizeof lower.v), lower.v);
	uint32_t index = (uint32_t)(s->out->n - 1);
	tail_read(s, index);
	name_read(s, index);
	return last;
}

/* "50 F.6th 999", "100 F. Supp. 4th 50": a series that has not begun. A citation, but to nothing. */
size_t case_unborn(struct scan *s, size_t beg, span volume, const struct hit *h)
{
	const struct series *r = &series_rows[ENTRY_ROW(h->entry)];
	span t = s->t;
	struct place p = { 0 };
	size_t i = blanks(t, h->end + (at(t, h->end) == '.'));
	/* The ordinals from 4th up are asked for; what exists of them was found in the trie before this is tried. */
	bool ordinal = is_digit((char)at(t, i)) && at(t, i) > '3' && at(t, i + 1) == 't' && at(t, i + 2) == 'h' && !is_alpha((char)at(t, i + 3));
	if (!ordinal || r->form != FORM_VOL || h->entry >> 14 != ENTRY_SERIES)
		return 0;
	i = blanks(t, i + 3);
	if (!is_digit((char)at(t, i)) || !(p.end = page_read(t, i, &p, false)))
		return 0;
	uint32_t index = (uint32_t)s->out->n;
	size_t end = case_emit(s, beg, volume, r, &p);
	struct cite *c = &s->out->v[index];
	/* The series as printed: "F.6th" has no row to take it from. */
	c->reporter = span_trim(span_sub(t, blanks(t, (size_t)(volume.p - t.p) + volume.n), i));
	c->address = (span){ 0 };
	c->status = CITE_IMPOSSIBLE;
	return end;
}

/* 2009 1359R (La.App. 1 Cir. 05/10/10) */
size_t case_louisiana(struct scan *s, size_t beg, span volume, size_t i)
{
	struct hit hits[HITS_MAX];
	size_t num = digits(s->t, i), open;
	num += num > i && is_upper((char)at(s->t, num));
	open = blanks(s->t, num);
	if (num == i || at(s->t, open) != '(')
		return 0;
	/* The court in the bracket stands in the trie as a series of its own. */
	unsigned n = trie_hits(s->t, open + 1, false, hits);
	for (unsigned k = 0; k < n; k++) {
		const struct series *r = &series_rows[ENTRY_ROW(hits[k].entry)];
		size_t close = close_paren(s->t, open, 60);
		if (ENTRY_KIND(hits[k].entry) != ENTRY_SERIES || r->form != FORM_LOUISIANA || !close)
			continue;
		struct place p = { .end = close, .page = span_sub(s->t, i, num) };
		return case_emit(s, beg, volume, r, &p);
	}
	return 0;
}

/* "2013-0123 (La. App. 4 Cir. 9/18/13)", "97-628 (La. 5/20/97)": Louisiana's docket numbers with court and day. */
size_t case_louisiana_docket(struct scan *s, size_t beg)
{
	span t = s->t;
	size_t joint = digits(t, beg), number = dash(t, joint), open;
	while (number && is_upper((char)at(t, number)) && number < joint + 5)
		number++; /* "2022-KA-0123" */
	number = number && dash(t, number) ? dash(t, number) : number;
	size_t end = number ? digits(t, number) : 0;
	while (end && dash(t, end) && is_alnum((char)at(t, dash(t, end))) && end < beg + 24)
		for (end = dash(t, end); is_alnum((char)at(t, end));)
			end++; /* "2020-K-0500" has its letter in the middle */
	open = end ? blanks(t, end) : 0;
	/* The year before the hyphen has two or four figures. */
	if (end <= number || at(t, open) != '(' || !word_here(t, open + 1, "la.") || (joint != beg + 2 && joint != beg + 4))
		return 0;
	struct cite *c = cite_add(s, CITE_DOCKET, beg, end);
	uint32_t index = (uint32_t)(s->out->n - 1);
	c->page = span_sub(t, beg, end);
	tail_read(s, index);
	/* Without a day and a court in the bracket it is a docket number of nobody knows what: taken back. */
	c = &s->out->v[index];
	if (!c->year || !c->court.n) {
		s->out->n--;
		return 0;
	}
	if (span_find_byte(c->court, ' ', 0) == c->court.n)
		c->address = arena_printf(s->a, "/docket/%.*s/%.*s", SPAN_ARG(c->court), SPAN_ARG(c->page));
	name_read(s, index);
	return end;
}

/* Whether a name without a volume can be believed: one of several words
 * ("Whart. Hom. 483"), or any in a frame: after a caption, before a date, alone. */
static bool name_tells(const struct scan *s, size_t beg, size_t name_end, size_t end)
{
	span t = s->t, head = span_sub(t, s->floor < beg ? s->floor : beg, beg);
	size_t words = 0, open = blanks(t, end), k = end, lead = blanks_back(t, beg, 0);
	for (size_t i = beg; i + 1 < name_end; i++)
		words += is_space(t.p[i]) && is_upper(t.p[i + 1]);
	if (words)
		return true;
	while (k < t.n && k < end + 40 && !is_alnum(t.p[k]))
		k++;
	if (k == t.n && lead == 0)
		return true;
	if (head.n > 120)
		head = span_sub(head, head.n - 120, head.n);
	/* "Roe v. Doe, Taney, 400": a comma before, and a caption not far before that. */
	bool named = lead && t.p[lead - 1] == ',' && span_find(head, SPAN(" v. "), 0) < head.n;
	size_t close = at(t, open) == '(' ? close_paren(t, open, 60) : 0; /* "(C.C.D. Md. 1852)" */
	return named || (close > open + 5 && year_of(span_sub(t, close - 5, close - 1)));
}

/* Taney, 400; Wilson's Red Book, 179; Oliver's Forms (Ed. 1842) 489 */
static size_t case_single(struct scan *s, size_t beg, const struct hit *h, const struct series *r)
{
	span t = s->t;
	struct place p = { 0 };
	size_t i = blanks(t, h->end + (at(t, h->end) == '.'));
	/* A comma, "p." and a year of the edition in a bracket may stand between name and page. */
	i = at(t, i) == ',' ? blanks(t, i + 1) : i;
	i = word_here(t, i, "p.") ? blanks(t, word_here(t, i, "p.")) : i;
	size_t close = at(t, i) == '(' ? close_paren(t, i, 12) : 0;
	if (close && (p.year = year_of(span_sub(t, close - 5, close - 1))))
		i = blanks(t, close);
	if (!is_digit((char)at(t, i)) || citation_at(s, i) || !(p.end = page_read(t, i, &p, false)) || !name_tells(s, beg, h->end, p.end))
		return 0;
	return case_emit(s, beg, (span){ 0 }, r, &p);
}

/* Ann. Cas. 1916C, 1093; L.R.A. 1915A, 601: a year and a letter for a volume, after the name. */
static size_t case_lettered(struct scan *s, size_t beg, size_t i, const struct series *r)
{
	span t = s->t;
	struct place p = { 0 };
	size_t y = digits(t, i), k;
	if (y != i + 4 || !is_upper((char)at(t, y)) || is_alnum((char)at(t, y + 1)) || !year_of(span_sub(t, i, y)))
		return 0;
	k = blanks(t, y + 1);
	k = at(t, k) == ',' ? blanks(t, k + 1) : k;
	if (!is_digit((char)at(t, k)) || !(p.end = page_read(t, k, &p, false)))
		return 0;
	return case_emit(s, beg, span_sub(t, i, y + 1), r, &p);
}

/* T.C. Memo. 2019-12; Bankr. L. Rep. ¶ 12,345; Taney, 400. */
size_t case_unnumbered(struct scan *s, size_t beg, const struct hit *h)
{
	const struct series *r = &series_rows[ENTRY_ROW(h->entry)];
	span t = s->t;
	size_t i = blanks(t, h->end + (at(t, h->end) == '.')), end;
	struct place p = { 0 };
	/* Form "2019-12": year and number, the year being the volume. */
	if (r->form == FORM_YEARPAGE) {
		i = word_here(t, i, "no.") ? blanks(t, word_here(t, i, "no.")) : i;
		size_t y = digits(t, i), d = dash(t, y), e = d ? digits(t, d) : 0;
		if (y == i + 4 && e > d && year_of(span_sub(t, i, y))) {
			p.page = span_sub(t, d, e);
			p.end = e;
			return case_emit(s, beg, span_sub(t, i, y), r, &p);
		}
	}
	if ((end = case_lettered(s, beg, i, r)))
		return end;
	/* Names without a volume's number: they need more about them (name_tells). */
	if (r->form == FORM_NOMINATIVE || r->form == FORM_SINGLE)
		return case_single(s, beg, h, r);
	if (r->form != FORM_PARA && r->form != FORM_CCH && !span_ends(r->abbr, SPAN("(RIA)")))
		return 0;
	size_t mark = paragraph_mark(t, i);
	/* Without the sign only a number such as these services have. */
	if ((mark == i && (digits(t, i) < i + 2 || h->end < beg + 8)) || !is_digit((char)at(t, mark)) ||
	    !(p.end = page_read(t, mark, &p, false)))
		return 0;
	return case_emit(s, beg, (span){ 0 }, r, &p);
}

/* ___ F.3d ___ (1st Cir. 1993); --- U.S. ---: not yet paged. */
size_t case_unpaged(struct scan *s, size_t beg)
{
	struct hit hits[HITS_MAX];
	span t = s->t;
	char c = (char)at(t, beg);
	size_t i = beg, name;
	/* In the middle of a run of such bytes it was tried already, at the run's start. */
	if (beg && t.p[beg - 1] == c)
		return 0;
	/* Two to eight of the same byte: one hyphen is no blank. */
	while (at(t, i) == (unsigned char)c && i < beg + 8)
		i++;
	name = blanks(t, i);
	unsigned n = i >= beg + 2 && name > i ? trie_hits(t, name, false, hits) : 0;
	for (unsigned k = 0; k < n; k++) {
		size_t page = blanks(t, hits[k].end + (at(t, hits[k].end) == '.')), end = page;
		while (at(t, end) == (unsigned char)c && end < page + 8)
			end++;
		const struct series *r = &series_rows[ENTRY_ROW(hits[k].entry)];
		if (ENTRY_KIND(hits[k].entry) != ENTRY_SERIES || end < page + 2 || r->form != FORM_VOL)
			continue;
		return case_emit(s, beg, (span){ 0 }, r, &(struct place){ .end = end, .blank = true });
	}
	return 0;
}
