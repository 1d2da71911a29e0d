/* cite_session: session laws by year and chapter, acts by their date, and the
 * history notes of codes, "(L. 1973 S.B. 1 § 6, A.L. 1981 H.B. 554)". */
#include "base/buf.h"
#include "law/cite_private.h"
#include "law/date.h"

/* "S.B. 44", "H.B. 554", "H.C.S. for S.B. 2": initials of a chamber's paper, then its number. */
static size_t paper_end(span t, size_t i, size_t *number)
{
	size_t k = i, letters = 0;
	/* Up to four initials with a period each. */
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
	/* "L." must stand free: not in "A.L." nor "H.L.". */
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
	/* "S.B. 1" is "sb1" in the address, "p. 204" "p204". */
	for (size_t k = paper; k < end; k++)
		if (is_alnum((char)at(t, k)))
			buf_byte(&b, to_lower((char)at(t, k)));
	if (last)
		buf_printf(&b, "/s%.*s", SPAN_ARG(c->section));
	c->address = buf_span(&b);
	return c->at.end;
}

/* What such a law hangs on: "/us-ca/laws/1992", "/us/act/1863-03-03". */
struct enactment {
	size_t beg;
	span base, volume;
	uint16_t year;
};

/* Past what stands between year and chapter: ", 81st Leg., R.S.", ", 2d Ex. Sess.". */
static size_t legislature(span t, size_t i)
{
	/* Up to four parts, each within 24 bytes. */
	for (unsigned n = 0; n < 4; n++) {
		size_t k = at(t, i) == ',' ? blanks(t, i + 1) : i, end = k;
		while (end < t.n && end < k + 24 && t.p[end] != ',' && t.p[end] != ';' && t.p[end] != '\n')
			end++;
		span part = span_sub(t, k, end);
		bool leg = span_find(part, SPAN("Leg."), 0) < part.n || span_find(part, SPAN("Sess."), 0) < part.n;
		bool special = part.n == 4 && is_upper(part.p[0]) && part.p[1] == '.' && part.p[2] == 'S' && part.p[3] == '.';
		if (at(t, end) != ',' || (!leg && !special))
			return i;
		i = end;
	}
	return i;
}

/* [","] ("ch." | "No." | "LB" | "p.") number [[","] sign section]; where to go on, 0. */
static size_t chapter_emit(struct scan *s, const struct enactment *law, size_t i)
{
	static const char *const marks[] = { "ch.", "ch", "chapter", "chap.", "c.", "c", "no.", "nos.", "act", "p.a.", "lb", "l.b.", "p.", 0 };
	span t = s->t, section = { 0 };
	bool plural;
	size_t k = blanks(t, legislature(t, i)), end;
	k = at(t, k) == ',' ? blanks(t, k + 1) : k;
	k = any_word(t, k, marks, 0);
	k = k ? blanks(t, k) : 0;
	end = k ? digits(t, k) : 0;
	while (end > k && dash(t, end) && is_digit((char)at(t, dash(t, end))))
		end = digits(t, dash(t, end)); /* No. 09-13 */
	if (end <= k || is_alpha((char)at(t, end)))
		return 0;
	span number = span_sub(t, k, end);
	k = blanks(t, end);
	k = at(t, k) == ',' ? blanks(t, k + 1) : k;
	size_t mark = sign(t, k, &plural), last = mark && is_digit((char)at(t, blanks(t, mark))) ? number_end(t, blanks(t, mark)) : 0;
	if (last)
		section = span_sub(t, blanks(t, mark), last);
	struct cite *c = cite_add(s, CITE_SESSION_LAW, law->beg, last ? last : end);
	c->code = SPAN("laws");
	c->volume = law->volume;
	c->year = law->year;
	c->page = number;
	c->section = section;
	if (law->base.n)
		c->address = arena_printf(s->a, "%.*s/c%.*s%s%.*s", SPAN_ARG(law->base), SPAN_ARG(number), section.n ? "/s" : "", SPAN_ARG(section));
	size_t pin = pin_after(s, c->at.end, &c->pin);
	if (pin)
		c->full.end = (uint32_t)pin;
	return c->at.end;
}

/* A year, then the chapter: what follows the name of session laws. */
static size_t year_emit(struct scan *s, size_t beg, size_t i, uint8_t state)
{
	span t = s->t;
	size_t year = blanks(t, i);
	if (digits(t, year) != year + 4 || !year_of(span_sub(t, year, year + 4)))
		return 0;
	struct enactment law = { beg, { 0 }, span_sub(t, year, year + 4), year_of(span_sub(t, year, year + 4)) };
	/* The United States have no laws by year and chapter alone: their acts go by date. */
	if (state && state < state_rows_n)
		law.base = arena_printf(s->a, "/%.*s/laws/%.*s", SPAN_ARG(state_rows[state].id), SPAN_ARG(law.volume));
	return chapter_emit(s, &law, year + 4);
}

/* Laws of Minnesota 2010, ch. 382; Ind. Acts 1971, c. 12 */
size_t session_named(struct scan *s, size_t beg, const struct hit *h)
{
	span t = s->t;
	uint8_t state = h->state != STATE_NONE ? h->state : s->state;
	size_t i = h->end + (at(t, h->end) == '.'), year = blanks(t, i), number = dash(t, digits(t, year)), end = number ? digits(t, number) : 0;
	/* A year alone, then a chapter; with a dash the number is year and chapter in one. */
	if (digits(t, year) != year + 4 || end <= number || !year_of(span_sub(t, year, year + 4)))
		return year_emit(s, beg, i, state);
	struct cite *c = cite_add(s, CITE_SESSION_LAW, beg, end); /* N.C. Sess. Laws 2011-283 */
	c->code = SPAN("laws");
	c->volume = span_sub(t, year, year + 4);
	c->year = year_of(c->volume);
	c->page = span_sub(t, year, end);
	if (state && state < state_rows_n)
		c->address = arena_printf(s->a, "/%.*s/laws/%.*s/c%.*s", SPAN_ARG(state_rows[state].id), SPAN_ARG(c->volume), SPAN_ARG(span_sub(t, year, end)));
	return end;
}

/* Stats. 1992, ch. 726, § 2, p. 3523; St. 1984, c. 189; L 2008, ch 223. A name that only one state uses tells the state;
 * others are the document's. */
size_t session_chapters(struct scan *s, size_t beg)
{
	static const struct { const char *name, *state; } heads[] = {
		{ "stats.", "us-ca" }, { "st.", "us-ma" }, { "p.l.", "us-nj" }, { "laws of", 0 }, { "laws", 0 }, { "sess. laws", 0 },
		{ "session laws", 0 }, { "acts", 0 }, { "public acts", 0 }, { "pub. acts", 0 }, { "l.", "" }, { "l", "" } };
	span t = s->t;
	char first = to_lower((char)at(t, beg));
	for (size_t k = 0; is_upper((char)at(t, beg)) && k < sizeof heads / sizeof *heads; k++) {
		size_t end = heads[k].name[0] == first ? word_here(t, beg, heads[k].name) : 0;
		if (!end || !is_digit((char)at(t, blanks(t, end))))
			continue;
		const char *state = heads[k].state;
		if (state && !*state) { /* New Jersey's "L.2007, c. 62", New York's "L 2008, ch 223" */
			size_t mark = blanks(t, blanks(t, end) + 5);
			state = at(t, mark) == 'c' && at(t, mark + 1) != 'h' ? "us-nj" : "us-ny";
		}
		bool own = s->state != STATE_NONE && s->state; /* the United States have no laws so cited */
		return year_emit(s, beg, end, own || !state ? s->state : state_by_id(span_of(state)));
	}
	return 0;
}

/* "Act of Mar. 3, 1863, ch. 81", "Act of May 27, 2009, 81st Leg., R.S., ch. 87, § 1" */
size_t act_read(struct scan *s, size_t beg)
{
	span t = s->t;
	char day[11];
	size_t i = word_here(t, beg, "act of"), len;
	i = i ? blanks(t, i) : 0;
	/* A capital for the month: "act of may" is prose. */
	uint32_t date = i && is_upper((char)at(t, i)) ? date_parse(span_sub(t, i, t.n), &len) : 0;
	if (!date)
		return 0;
	struct enactment law = { beg, { 0 }, { 0 }, (uint16_t)(date / 10000) };
	law.base = arena_printf(s->a, "/us/act/%.*s", (int)date_format(date, day), day);
	return chapter_emit(s, &law, i + len);
}

/* "2013 PA 93": Michigan's public acts; Pennsylvania's reports have no such volumes. */
size_t public_act(struct scan *s, size_t beg, span year, size_t i)
{
	span t = s->t;
	size_t k = at(t, i) == 'P' && at(t, i + 1) == 'A' && at(t, i + 2) == ' ' ? blanks(t, i + 2) : 0, end = k ? digits(t, k) : 0;
	/* Three figures at most, and a year for the volume. */
	if (end <= k || end > k + 3 || is_alnum((char)at(t, end)) || !year_of(year))
		return 0;
	struct cite *c = cite_add(s, CITE_SESSION_LAW, beg, end);
	c->code = SPAN("laws");
	c->volume = year;
	c->year = year_of(year);
	c->page = span_sub(t, k, end);
	c->address = arena_printf(s->a, "/us-mi/laws/%.*s/c%.*s", SPAN_ARG(year), SPAN_ARG(c->page));
	return end;
}

/* "Ch. 2007-234, Laws of Fla.": the chapter before the laws whose it is. */
size_t chapter_of_laws(struct scan *s, size_t beg, span number)
{
	struct hit hits[HITS_MAX];
	span t = s->t;
	bool plural;
	size_t i = (size_t)(number.p - t.p) + number.n, k = at(t, i) == ',' ? blanks(t, i + 1) : blanks(t, i);
	size_t mark = sign(t, k, &plural), after = mark ? number_end(t, blanks(t, mark)) : 0; /* "ch. 2019-167, § 1, Laws of Fla." */
	k = after && at(t, after) == ',' ? blanks(t, after + 1) : k;
	/* Four digits and a dash: chapters that have their year in front, as Florida's. */
	size_t joint = digits(number, 0);
	unsigned n = joint == 4 && dash(number, joint) ? trie_hits(t, k, false, hits) : 0;
	for (unsigned j = 0; j < n; j++) {
		if (ENTRY_KIND(hits[j].entry) != ENTRY_CODE || code_rows[ENTRY_ROW(hits[j].entry)].form != FORM_SESSION || hits[j].state >= state_rows_n)
			continue;
		struct cite *c = cite_add(s, CITE_SESSION_LAW, beg, hits[j].end);
		c->code = SPAN("laws");
		c->volume = span_sub(number, 0, joint);
		c->year = year_of(c->volume);
		c->page = number;
		c->address = arena_printf(s->a, "/%.*s/laws/%.*s/c%.*s", SPAN_ARG(state_rows[hits[j].state].id), SPAN_ARG(c->volume), SPAN_ARG(number));
		return c->at.end;
	}
	return 0;
}
