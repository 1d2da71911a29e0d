/* cite_case: cases by reporter, neutral citations, vendors' numbers. */
#include "law/cite_private.h"
#include "law/court.h"

/* What a reporter's name was followed by. */
struct place {
	size_t end;          /* after the page */
	span page, pin;
	bool is_short;       /* "410 U.S. at 155" */
	bool blank;          /* "585 U.S. ___" */
	uint16_t year;       /* printed between name and page, or 0 */
};

/* The sign of a paragraph, or the "P" that stands for one: "P 50,213"; i when there is none. */
static size_t paragraph_mark(span t, size_t i)
{
	size_t mark = paragraph_sign(t, i);
	if (mark)
		return blanks(t, mark);
	mark = at(t, i) == 'P' ? blanks(t, i + 1) : i;
	return is_digit((char)at(t, mark)) ? mark : i;
}

/* page = number [ letter | "-U" | "(U)" | "[U]" ] | roman | "___" */
static size_t page_read(span t, size_t i, struct place *p, bool neutral)
{
	size_t end = digits(t, i);
	p->page = (span){ 0 };
	if (at(t, i) == '_' || (dash(t, i) && dash(t, dash(t, i)))) {
		while (at(t, end) == '_' || dash(t, end))
			end = at(t, end) == '_' ? end + 1 : dash(t, end);
		p->blank = true;
		return end;
	}
	if (end == i) {
		unsigned v;
		/* Roman pages: only small ones in lower case, as in front matter. */
		return is_lower((char)at(t, i)) && roman(t, i, &v) > i && v < 200 && v && !p->is_short
			? (end = roman(t, i, &v), p->page = span_sub(t, i, end), end) : 0;
	}
	while (at(t, end) == ',' && digits(t, end + 1) == end + 4 && !is_alnum((char)at(t, end + 4)))
		end += 4;
	if (is_alpha((char)at(t, end)) && !is_alpha((char)at(t, end + 1)) && !is_digit((char)at(t, end + 1)))
		end++;
	else if (neutral && at(t, end) == '-' && is_upper((char)at(t, end + 1)) && !is_alnum((char)at(t, end + 2)))
		end += 2;
	else if ((at(t, end) == '(' || at(t, end) == '[') && (at(t, end + 1) == 'U' || at(t, end + 1) == 'A') &&
		 (at(t, end + 2) == ')' || at(t, end + 2) == ']'))
		end += 3;
	else if (neutral && at(t, end) == 'W' && at(t, end + 1) == 'C')
		end += 2;
	else if (is_alpha((char)at(t, end)) && !neutral)
		return 0;
	p->page = span_sub(t, i, end);
	return end;
}

/* "(1 Cranch)", "(Pick.)", "(n.s.)" between a reporter and its page. */
static size_t nominative(span t, size_t i, struct place *p)
{
	struct hit hits[HITS_MAX];
	if (at(t, i) != '(')
		return i;
	size_t close = close_paren(t, i, 40), k = digits(t, i + 1);
	if (!close)
		return i;
	if (k == i + 5 && (at(t, k) == ')' || at(t, k) == ',') && (p->year = year_of(span_sub(t, i + 1, k))))
		return blanks(t, close);
	unsigned n = trie_hits(t, blanks(t, k), false, hits);
	for (unsigned h = 0; h < n; h++)
		if (ENTRY_KIND(hits[h].entry) == ENTRY_SERIES && close - hits[h].end < 4)
			return blanks(t, close);
	bool name = is_upper((char)at(t, i + 1)) || (k > i + 1 && at(t, blanks(t, k)) == '&');
	return name && span_find_byte(span_sub(t, i, close), '.', 0) < close - i ? blanks(t, close) : i;
}

/* after = [","] ["at"] page */
static bool place_read(const struct scan *s, size_t end, const struct series *r, struct place *p)
{
	span t = s->t;
	*p = (struct place){ 0 };
	size_t i = blanks(t, end);
	while (at(t, i) == '.' || at(t, i) == '\'')
		i = blanks(t, i + 1);
	i = nominative(t, i, p);
	size_t comma = at(t, i) == ',' ? blanks(t, i + 1) : i;
	size_t at_word = word_here(t, comma, "at");
	if (!at_word && at(t, comma) == 'a' && at(t, comma + 1) == 't' && is_digit((char)at(t, comma + 2)))
		at_word = comma + 2;
	if (at_word) {
		static const char *const pages[] = { "pp.", "p.", "pages", "page", 0 };
		size_t k = blanks(t, at_word), word = any_word(t, k, pages, 0);
		k = word ? blanks(t, word) : k;
		p->end = pin_read(t, k, &p->pin);
		p->is_short = true;
		span more;
		size_t next = p->end && at(t, p->end) == ',' ? pin_after(s, p->end, &more) : 0;
		if (next) {
			p->pin = span_sub(t, k, next);
			p->end = next;
		}
		p->page = span_sub(t, k + (at(t, k) == '*'), digits(t, k + (at(t, k) == '*')));
		return p->end != 0;
	}
	if (r->form == FORM_VOLPARA || r->form == FORM_CCH || r->form == FORM_PARA) {
		p->end = page_read(t, paragraph_mark(t, comma), p, false);
		return p->end && !p->blank;
	}
	/* "477 U.S., p. 317", "12 Wall., 45", "20 Fla. L. Weekly D2629" */
	size_t page_word = word_here(t, comma, "p.");
	page_word = page_word ? page_word : word_here(t, comma, "page");
	if (is_upper((char)at(t, comma)) && span_find(r->abbr, SPAN("Weekly"), 0) < r->abbr.n && digits(t, comma + 1) > comma + 2) {
		p->end = digits(t, comma + 1);
		p->page = span_sub(t, comma, p->end);
		return true;
	}
	if (!page_word && comma > i && !is_digit((char)at(t, comma)))
		return false;
	p->end = page_read(t, page_word ? blanks(t, page_word) : comma, p, r->form == FORM_YEAR || r->form == FORM_DASH);
	return p->end != 0;
}

/* Whether this edition can hold this volume and year. */
static bool edition_lived(const struct series *r, uint16_t year)
{
	return !year || ((!r->start || year + 1 >= r->start) && (!r->end || year <= r->end + 1));
}

static bool form_fits(const struct series *r, span volume)
{
	bool year = volume.n == 4 && year_of(volume);
	if (r->form == FORM_YEAR)
		return year || (r->kind == SERIES_NEUTRAL && volume.n == 2);
	if (r->kind == SERIES_NEUTRAL)
		return year;
	return true;
}

/* True when the text spells the edition's own abbreviation, not a variant. */
static bool spelt_so(span text, span abbr)
{
	size_t k = 0;
	for (size_t i = 0; i < text.n; i++) {
		if (!is_alnum(text.p[i]))
			continue;
		while (k < abbr.n && !is_alnum(abbr.p[k]))
			k++;
		if (k == abbr.n || to_lower(abbr.p[k++]) != to_lower(text.p[i]))
			return false;
	}
	return true;
}

/* The editions of one name that fit volume and year. */
struct choice {
	const struct hit *hits;
	unsigned count;
	size_t reach;  /* the name's end */
	span printed;  /* the name */
	span volume;
	uint16_t year; /* 0: not known */
};

/* The best: the document's jurisdiction before others, then the name spelt as
 * its own; *n the number left that are as good, 0 when none fits. */
static const struct series *edition_choose(const struct scan *s, const struct choice *c, unsigned *n)
{
	const struct series *best = 0;
	int best_rank = -1;
	*n = 0;
	for (unsigned k = 0; k < c->count; k++) {
		if (c->hits[k].end != c->reach || ENTRY_KIND(c->hits[k].entry) != ENTRY_SERIES)
			continue;
		const struct series *r = &series_rows[ENTRY_ROW(c->hits[k].entry)];
		if (!form_fits(r, c->volume) || !edition_lived(r, c->year))
			continue;
		bool year = r->form == FORM_YEAR && year_of(c->volume);
		int rank = 4 * year + 2 * spelt_so(c->printed, r->abbr) + (s->state != STATE_NONE && r->state == s->state);
		*n = rank > best_rank ? 1 : *n + (rank == best_rank);
		if (rank > best_rank) {
			best = r;
			best_rank = rank;
		}
	}
	return best;
}

/* Once the tail has given a year: the edition again. A year in which none of
 * that name was published makes the citation impossible. */
static void edition_by_year(struct scan *s, struct choice *ch, uint32_t index, const struct series *first)
{
	struct cite *c = &s->out->v[index];
	unsigned n;
	ch->year = c->kind == CITE_CASE ? c->year : 0;
	const struct series *r = edition_choose(s, ch, &n);
	if (!r) {
		c->status = CITE_IMPOSSIBLE;
		return;
	}
	c->status = n > 1 ? CITE_AMBIGUOUS : CITE_OK;
	if (r == first)
		return;
	c->reporter = r->abbr;
	if (c->address.n)
		c->address = address_of_case(r, c->volume, c->page, s->a);
	if (r->court >= 0 && !c->court_text.n)
		c->court = courts[r->court].id;
}

static void case_finish(struct scan *s, uint32_t index, const struct series *r)
{
	struct cite *c = &s->out->v[index];
	span pin;
	size_t end = c->pin.n ? 0 : pin_after(s, c->at.end, &pin);
	/* "100 F.2d 1-5" */
	if (!end && dash(s->t, c->at.end) && is_digit((char)at(s->t, dash(s->t, c->at.end))) && c->page.n)
		end = pin_read(s->t, (size_t)(c->page.p - s->t.p), &pin);
	if (end) {
		c->pin = pin;
		c->full.end = (uint32_t)end;
	}
	tail_read(s, index);
	c = &s->out->v[index];
	if (!c->court.n && r->court >= 0)
		c->court = courts[r->court].id;
	if (!c->year && (r->form == FORM_YEAR || r->form == FORM_DASH || r->form == FORM_YEARPAGE))
		c->year = year_of(c->volume);
}

/* "Strickland v. Washington, supra, 466 U.S. 687": a short form though it
 * reads like a full one. It takes the name, and what supra was found to mean. */
static void after_supra(struct scan *s, uint32_t index)
{
	struct cite *c = &s->out->v[index], *b = index ? c - 1 : c;
	size_t gap = b->at.end;
	if (!index || b->kind != CITE_SUPRA || b->pin.n || c->at.beg < gap)
		return;
	gap += at(s->t, gap) == ',';
	if (blanks(s->t, gap) != c->at.beg)
		return;
	if (c->kind == CITE_CASE) {
		c->kind = CITE_SHORT_CASE;
		c->pin = c->pin.n ? c->pin : c->page;
		c->address = (span){ 0 };
	}
	c->plaintiff = b->plaintiff;
	c->defendant = (span){ 0 };
	c->full.beg = b->full.beg;
	c->antecedent = b->antecedent;
}

static size_t case_emit(struct scan *s, size_t beg, span volume, const struct series *r, const struct place *p)
{
	struct cite *c = cite_add(s, p->is_short ? CITE_SHORT_CASE : CITE_CASE, beg, p->end);
	uint32_t index = (uint32_t)(s->out->n - 1);
	c->volume = volume;
	c->reporter = r->abbr;
	c->page = p->page;
	c->pin = p->pin;
	c->year = p->year;
	if (!p->is_short && !p->blank)
		c->address = address_of_case(r, volume, p->page, s->a);
	if (!p->is_short)
		case_finish(s, index, r);
	else
		tail_read(s, index);
	name_read(s, index);
	after_supra(s, index);
	return p->end;
}

/* 2017-Ohio-5699, 2010-NMSC-007 */
static size_t case_dashed(struct scan *s, size_t beg, span volume, size_t end)
{
	struct hit hits[HITS_MAX];
	struct place p = { 0 };
	size_t i = dash(s->t, blanks(s->t, end));
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

/* 2009 1359R (La.App. 1 Cir. 05/10/10) */
static size_t case_louisiana(struct scan *s, size_t beg, span volume, size_t i)
{
	struct hit hits[HITS_MAX];
	size_t num = digits(s->t, i), open;
	num += num > i && is_upper((char)at(s->t, num));
	open = blanks(s->t, num);
	if (num == i || at(s->t, open) != '(')
		return 0;
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

static size_t series_try(struct scan *s, size_t beg, span volume, struct choice *ch)
{
	unsigned left;
	struct place p;
	const struct series *r = edition_choose(s, ch, &left);
	if (!r || !place_read(s, ch->reach, r, &p))
		return 0;
	/* No volume or page is 0, but slip opinions of a year are numbered 00520. */
	bool year = volume.n == 4 && year_of(volume);
	bool nought = volume.n == 1 && volume.p[0] == '0';
	if ((volume.p[0] == '0' && !nought) || (p.page.n && p.page.p[0] == '0' && !year) || (volume.n == 4 && !year && volume.p[0] > '2' && is_digit(volume.p[3])))
		return 0;
	uint32_t index = (uint32_t)s->out->n;
	size_t end = case_emit(s, beg, volume, r, &p);
	edition_by_year(s, ch, index, r);
	if (nought) { /* a running head before the volume had its number: "0 Conn. App. 1" */
		s->out->v[index].status = CITE_IMPOSSIBLE;
		s->out->v[index].address = (span){ 0 };
	}
	return end;
}

/* volume = digits [letter | "-" digits] */
static size_t volume_read(span t, size_t beg, span *volume)
{
	size_t end = digits(t, beg);
	if (end - beg > 6)
		return 0;
	*volume = span_sub(t, beg, end);
	if (at(t, end) == '-' && is_digit((char)at(t, end + 1)) && digits(t, end + 1) <= end + 5) {
		*volume = span_sub(t, beg, digits(t, end + 1));
		end = digits(t, end + 1);
	} else if (is_upper((char)at(t, end)) && is_space((char)at(t, end + 1))) {
		*volume = span_sub(t, beg, end + 1);
		end++;
	}
	return end;
}

size_t case_read(struct scan *s, size_t beg)
{
	struct hit hits[HITS_MAX];
	span volume;
	size_t end = volume_read(s->t, beg, &volume), i = end ? blanks(s->t, end) : 0, next;
	if (!end)
		return 0;
	if (dash(s->t, i) && (next = case_dashed(s, beg, volume, end)))
		return next;
	if (at(s->t, i) == '*') { /* a star page within: 135 *355 Mass. 147 is not 355 Mass. */
		size_t star = digits(s->t, i + 1);
		i = star > i + 1 ? blanks(s->t, star) : i;
	}
	if (is_digit((char)at(s->t, i)) && year_of(volume))
		return case_louisiana(s, beg, volume, i);
	if (at(s->t, i) == ',') /* 18, United States Code, Section 3500 */
		i = blanks(s->t, i + 1);
	/* Small letters will do for the two codes that everyone types so. */
	bool small = word_here(s->t, i, "usc") || word_here(s->t, i, "u.s.c.") || word_here(s->t, i, "cfr");
	unsigned n = trie_hits(s->t, i, s->query || small, hits);
	size_t tried = 0;
	for (unsigned k = 0; k < n; k++) {
		bool comma = i > end && at(s->t, blanks(s->t, end)) == ',';
		next = 0;
		struct choice ch = { hits, n, hits[k].end, span_sub(s->t, i, hits[k].end), volume, 0 };
		/* One letter glued to a number is no reporter: "0907H.01I". */
		if (hits[k].end < i + 2 && i == end)
			continue;
		if (ENTRY_KIND(hits[k].entry) == ENTRY_SERIES && !comma && hits[k].end != tried) {
			tried = hits[k].end;
			next = series_try(s, beg, volume, &ch);
		}
		if (ENTRY_KIND(hits[k].entry) == ENTRY_CODE)
			next = statute_titled(s, beg, end, &hits[k]);
		else if (ENTRY_KIND(hits[k].entry) == ENTRY_JOURNAL && !comma)
			next = volume_law(s, beg, end, &hits[k]);
		if (next)
			return next;
	}
	return 0;
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
	bool named = lead && t.p[lead - 1] == ',' && span_find(head, SPAN(" v. "), 0) < head.n;
	return named || (at(t, open) == '(' && close_paren(t, open, 8) == open + 6 && year_of(span_sub(t, open + 1, open + 5)));
}

/* Taney, 400; Wilson's Red Book, 179; Oliver's Forms (Ed. 1842) 489 */
static size_t case_single(struct scan *s, size_t beg, const struct hit *h, const struct series *r)
{
	span t = s->t;
	struct place p = { 0 };
	size_t i = blanks(t, h->end + (at(t, h->end) == '.'));
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
