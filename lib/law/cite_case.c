/* cite_case: cases by reporter, neutral citations, vendors' numbers. */
#include "law/cite_private.h"
#include "law/court.h"

/* Whether this edition can be of this year, with a year of grace at either end. An unknown year fits all. */
static bool edition_lived(const struct series *r, uint16_t year)
{
	return !year || ((!r->start || year + 1 >= r->start) && (!r->end || year <= r->end + 1));
}

/* Whether the number before the name can be a volume of this edition: a year where the form asks for one, "2012 IL 5", and none where
 * volumes are counted. */
static bool form_fits(const struct series *r, span volume)
{
	bool year = volume.n == 4 && year_of(volume);
	if (r->form == FORM_YEAR)
		return year || (r->kind == SERIES_NEUTRAL && volume.n == 2);
	if (r->kind == SERIES_NEUTRAL)
		return year;
	/* "in 1990 U.S. 50 was widened": the great series count their volumes. */
	return !year || r->form != FORM_VOL || r->court < 0 || !span_eq(courts[r->court].id, SPAN("scotus"));
}

/* True when the text spells the edition's own abbreviation, not a variant. */
static bool spelt_so(span text, span abbr)
{
	/* Letters and figures alone count: "U. S." is "U.S." */
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
		/* A year for a volume tells most, then the spelling; the jurisdiction decides between equals. */
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
	/* The year of a short form is not that of the case. */
	ch->year = c->kind == CITE_CASE ? c->year : 0;
	const struct series *r = edition_choose(s, ch, &n);
	if (!r) {
		c->status = CITE_IMPOSSIBLE;
		return;
	}
	c->status = n > 1 ? CITE_AMBIGUOUS : CITE_OK;
	/* The year fits no better: what was first written stays. */
	if (r == first)
		return;
	c->reporter = r->abbr;
	if (c->address.n)
		c->address = address_of_case(r, c->volume, c->page, s->a);
	if (r->court >= 0 && !c->court_text.n)
		c->court = courts[r->court].id;
}

/* What may follow a whole citation, in turn: pin, then brackets with court and date. What the bracket does not say, the reporter does: a
 * series of one court names it, a volume that is a year dates it. */
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
	bool dated = r->form == FORM_YEAR || r->form == FORM_DASH || r->form == FORM_YEARPAGE || r->kind == SERIES_NEUTRAL || r->kind == SERIES_VENDOR;
	if (!c->year && (dated || c->volume.n == 4))
		c->year = year_of(c->volume);
}

/* "Strickland v. Washington, supra, 466 U.S. 689": the page is one within the case that supra means. It takes the
 * name, and the address of that case when the volume is the same. */
static void after_supra(struct scan *s, uint32_t index)
{
	struct cite *c = &s->out->v[index], *b = index ? c - 1 : c;
	size_t gap = b->at.end;
	if (!index || b->kind != CITE_SUPRA || b->pin.n || c->at.beg < gap)
		return;
	gap += at(s->t, gap) == ']';
	gap += at(s->t, gap) == ',';
	/* Only when nothing but a bracket and a comma stands between. */
	if (blanks(s->t, gap) != c->at.beg)
		return;
	c->plaintiff = b->plaintiff;
	c->defendant = b->defendant;
	c->full.beg = b->full.beg;
	c->antecedent = b->antecedent;
	if (c->kind != CITE_CASE)
		return;
	/* A run of pages is plainly within the case: a short form. A single one reads like a citation of its own. */
	if (c->pin.n)
		c->kind = CITE_SHORT_CASE;
	c->pin = c->pin.n ? c->pin : c->page;
	const struct cite *o = b->antecedent != CITE_NONE ? &s->out->v[b->antecedent] : 0;
	if (o && span_eq(o->volume, c->volume) && span_eq(o->reporter, c->reporter))
		c->address = o->address;
}

/* One case, from where its parts were read: address, tail, name, in this order, as the name is judged by the year in the tail.
 * Short forms and blanks for a page have no address: neither says where the case begins. */
size_t case_emit(struct scan *s, size_t beg, span volume, const struct series *r, const struct place *p)
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

/* "14 Mar. 2011" is a day, "Q. 5 A. 6" and "7 D. 8" are marks of a list: names of a single letter or of a month need more
 * about them than two numbers. */
static bool framed(const struct scan *s, size_t beg, const struct choice *ch, const struct place *p)
{
	span t = s->t;
	size_t letters = 0, open = blanks(t, p->end);
	for (size_t k = 0; k < ch->printed.n; k++)
		letters += is_alnum(ch->printed.p[k]);
	if (letters == 3 && span_case_starts(ch->printed, SPAN("mar")) && ch->volume.n < 3 && year_of(p->page))
		return false;
	/* A., F. and P. are reporters that everyone knows, so a number, one letter and a number are enough there; so is a short text. */
	if (letters > 1 || strchr("AFP", ch->printed.p[0]) || s->query || p->is_short || at(t, open) == '(' || at(t, open) == '[' ||
	    (at(t, open) == ',' && is_digit((char)at(t, blanks(t, open + 1)))) || t.n < 24)
		return true;
	size_t lead = blanks_back(t, beg, beg > 4 ? beg - 4 : 0);
	return lead && (t.p[lead - 1] == ',' || t.p[lead - 1] == ')');
}

/* One name, from its editions to the whole citation; 0 leaves the scan as it was. The edition is chosen twice, as the year comes
 * only with the tail. */
static size_t series_try(struct scan *s, size_t beg, span volume, struct choice *ch)
{
	unsigned left;
	struct place p;
	const struct series *r = edition_choose(s, ch, &left);
	if (!r || !place_read(s, ch->reach, r, &p) || !framed(s, beg, ch, &p))
		return 0;
	/* "12 D.C 1:8": an index of pages and lines. */
	if (!p.is_short && at(s->t, p.end) == ':' && is_digit((char)at(s->t, p.end + 1)))
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
	/* No volume, and no year, has more than six figures. */
	size_t end = digits(t, beg);
	if (end - beg > 6)
		return 0;
	*volume = span_sub(t, beg, end);
	size_t part = dash(t, end);
	if (part && is_digit((char)at(t, part)) && digits(t, part) <= part + 4) {
		end = digits(t, part);
		*volume = span_sub(t, beg, end);
	} else if (part && is_upper((char)at(t, part)) && is_space((char)at(t, part + 1)) && end < beg + 3) {
		end = part + 1; /* Maine's 17-A */
		*volume = span_sub(t, beg, end);
	/* A volume with a letter, "1916C". */
	} else if (is_upper((char)at(t, end)) && is_space((char)at(t, end + 1))) {
		*volume = span_sub(t, beg, end + 1);
		end++;
	}
	return end;
}

/* Whether a section sign follows a name, or a year and the sign. */
static bool section_follows(const struct scan *s, size_t i)
{
	span t = s->t;
	i = blanks(t, i + (at(t, i) == '.'));
	size_t year = digits(t, i), k = year == i + 4 ? blanks(t, year) : i;
	k = year == i + 4 && at(t, k) == ',' ? blanks(t, k + 1) : k;
	return at(t, k) == 0xC2 && at(t, k + 1) == 0xA7;
}

/* "103 CMR 430.25": a number with a period, after a name that a code has too, is the code's. */
static bool dotted_code(const struct scan *s, const struct hit *hits, unsigned n, size_t reach)
{
	size_t i = blanks(s->t, reach), end = digits(s->t, i), joint = dash(s->t, end), second = joint ? digits(s->t, joint) : 0;
	bool dotted = at(s->t, end) == '.' && is_alnum((char)at(s->t, end + 1));
	bool joined = second > joint && at(s->t, second) == '.' && is_digit((char)at(s->t, second + 1)); /* 12 NYCRR 23-1.7 */
	if (end == i || (!dotted && !joined))
		return false;
	for (unsigned k = 0; k < n; k++)
		if (hits[k].end == reach && ENTRY_KIND(hits[k].entry) == ENTRY_CODE)
			return true;
	return false;
}

/* volume name page, and what else may begin with a figure. Numbers with dashes come first, as their parts look like volumes. All names
 * at the place are tried, longest first: the first whose form fits what follows is taken. */
size_t case_read(struct scan *s, size_t beg)
{
	struct hit hits[HITS_MAX];
	span volume;
	size_t end = volume_read(s->t, beg, &volume), i = end ? blanks(s->t, end) : 0, next;
	/* "27:6 O 37:10": pages and lines of an index to a transcript. */
	if (!end || (beg > 1 && s->t.p[beg - 1] == ':' && is_digit(s->t.p[beg - 2])))
		return 0;
	if (dash(s->t, digits(s->t, beg)) && (next = case_louisiana_docket(s, beg)))
		return next;
	if (dash(s->t, i) && ((next = case_dashed(s, beg, volume, end)) || (next = case_mississippi(s, beg, volume, end))))
		return next;
	if (at(s->t, i) == '*') { /* a star page within: 135 *355 Mass. 147 is not 355 Mass. */
		size_t star = digits(s->t, i + 1);
		i = star > i + 1 ? blanks(s->t, star) : i;
	}
	if (is_digit((char)at(s->t, i)) && year_of(volume))
		return case_louisiana(s, beg, volume, i);
	if (at(s->t, i) == ',') /* 18, United States Code, Section 3500 */
		i = blanks(s->t, i + 1);
	if ((next = public_act(s, beg, volume, i)))
		return next;
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
		if (ENTRY_KIND(hits[k].entry) == ENTRY_SERIES && (section_follows(s, hits[k].end) || dotted_code(s, hits, n, hits[k].end)))
			continue; /* 21 O.S. 2011, § 701 */
		if (ENTRY_KIND(hits[k].entry) == ENTRY_SERIES && ch.printed.n < 7 && span_find(ch.printed, SPAN(".,"), 0) + 2 < ch.printed.n)
			continue; /* "3 W., T. 2 S." */
		/* Editions of one name are chosen together, so a name is tried once, however many rows have it. */
		if (ENTRY_KIND(hits[k].entry) == ENTRY_SERIES && !comma && hits[k].end != tried) {
			tried = hits[k].end;
			next = series_try(s, beg, volume, &ch);
			next = next ? next : case_unborn(s, beg, volume, &hits[k]);
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
