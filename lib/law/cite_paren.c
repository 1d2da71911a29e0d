/* cite_paren: what stands after a case: court and year, parentheticals. */
#include "law/cite_private.h"
#include "law/court.h"
#include "law/date.h"

/* Notes a parenthetical, so that citations within it get this owner. Beyond DEPTH_MAX levels those within have the owner one level up. */
void paren_open(struct scan *s, struct range at, uint32_t owner)
{
	if (s->nparens == DEPTH_MAX)
		return;
	s->parens[s->nparens].beg = at.beg;
	s->parens[s->nparens].end = at.end;
	s->parens[s->nparens++].owner = owner;
}

/* month = its first three letters and what is left of the word: "Sept.", "September". One of at most four letters, "May", "Mar", counts only
 * before a figure: it may be a word or a name. */
static bool month_here(span t, size_t i, size_t *end)
{
	static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec" };
	for (int k = 0; k < 12; k++)
		if (span_case_starts(span_sub(t, i, t.n), (span){ months[k], 3 })) {
			size_t e = i + 3;
			while (is_lower((char)at(t, e)))
				e++;
			e += at(t, e) == '.';
			size_t b = blanks(t, e);
			*end = e;
			return is_digit((char)at(t, b)) || e > i + 4;
		}
	return false;
}

/* The court's words: up to the date, commas and "filed" at their end dropped. */
static span court_words(span in, size_t date)
{
	static const char *const tails[] = { "filed", "decided", "dated", "as amended", "argued", "mem.", "en banc", "slip op.",
					     "op.", "memorandum", "unpublished", "per curiam", "table", "eff.", "modified", "revised" };
	span c = span_trim(span_sub(in, 0, date));
	/* Again until nothing is left to cut: "D. Mass., filed as amended". */
	for (bool cut = true; cut;) {
		cut = false;
		while (c.n && strchr(",;: ", c.p[c.n - 1]))
			c.n--, cut = true;
		for (size_t k = 0; k < sizeof tails / sizeof *tails; k++) {
			span w = span_of(tails[k]);
			if (c.n >= w.n && span_case_eq(span_sub(c, c.n - w.n, c.n), w) &&
			    (c.n == w.n || !is_alpha(c.p[c.n - w.n - 1]))) {
				c = span_trim(span_sub(c, 0, c.n - w.n));
				cut = true;
			}
		}
	}
	return c;
}

/* The rest of "1965-66", "1965-1966", at the end. */
static bool year_range(span in, size_t i)
{
	size_t end = digits(in, i);
	return (end == i + 2 || end == i + 4) && end == in.n;
}

/* inside = [court] [date] year ["," remark] ; the year's place or SIZE_MAX.
 * *date: where the date begins that ends with it. */
static size_t year_place(span in, size_t *date)
{
	/* A bracket that dates is short: 160 bytes are enough to find the year, and a long parenthetical costs no more. */
	size_t found = SIZE_MAX, limit = in.n < 160 ? in.n : 160;
	*date = SIZE_MAX;
	for (size_t i = 0; i + 4 <= limit; i++) {
		size_t end;
		if (is_digit(in.p[i]) && (i == 0 || !is_digit(in.p[i - 1])) && digits(in, i) == i + 4 &&
		    year_of(span_sub(in, i, i + 4)) && (at(in, i + 4) != '-' || year_range(in, i + 5))) {
			found = i;
			break;
		}
		if (*date == SIZE_MAX && is_upper(in.p[i]) && starts_word(in, i) && month_here(in, i, &end))
			*date = i;
	}
	/* "9/18/2013": the date begins left of its year. */
	if (found != SIZE_MAX && *date == SIZE_MAX) {
		size_t k = found;
		while (k && (in.p[k - 1] == '/' || is_digit(in.p[k - 1]) || in.p[k - 1] == '-'))
			k--;
		*date = k;
	}
	return found;
}

/* "La. App. 4 Cir. 9/18/13": where the day begins that ends it, with a year of two figures; in.n when none. */
static size_t day_place(span in, uint16_t *year)
{
	size_t k = in.n;
	while (k && (is_digit(in.p[k - 1]) || in.p[k - 1] == '/'))
		k--;
	size_t month = digits(in, k), day = at(in, month) == '/' ? digits(in, month + 1) : 0;
	if (!day || month == k || month > k + 2 || at(in, day) != '/' || digits(in, day + 1) != day + 3 || day + 3 != in.n)
		return in.n;
	/* Two figures of a year: up to 39 it is of this century. */
	unsigned yy = (unsigned)(in.p[day + 1] - '0') * 10 + (unsigned)(in.p[day + 2] - '0');
	*year = (uint16_t)(yy < 40 ? 2000 + yy : 1900 + yy);
	return k;
}

/* A court alone. */
static bool paren_court(span in, struct cite *c)
{
	/* A court's abbreviation has a period: without one the bracket holds words. */
	const struct court *court = span_find_byte(in, '.', 0) < in.n ? court_by_cite(in) : 0;
	if (!court || c->court_text.n || (c->kind != CITE_CASE && c->kind != CITE_DOCKET))
		return false;
	c->court_text = in;
	c->court = court->id;
	return true;
}

/* A parenthesis that dates: "(9th Cir. 1990)", "(1990)", "[2010]". Not one
 * that begins with a small word ("quoting ...") or holds a citation. */
bool paren_dates(span in, struct cite *c)
{
	size_t date, y;
	in = span_trim(in);
	/* A small letter begins a parenthetical, unless it is "d. Mass.", "filed" and the like, or a short bracket that ends with a year. */
	if (is_lower((char)at(in, 0)) && !span_starts(in, SPAN("d.")) && !span_starts(in, SPAN("filed")) &&
	    !span_starts(in, SPAN("decided")) && !span_starts(in, SPAN("en banc")) &&
	    !(in.n <= 32 && year_of(span_sub(in, in.n - 4 < in.n ? in.n - 4 : 0, in.n))))
		return false;
	y = year_place(in, &date);
	if (y == SIZE_MAX && (date = day_place(in, &c->year)) < in.n)
		return paren_court(court_words(in, date), c) || c->year;
	if (y == SIZE_MAX) /* "(9th Cir.)" */
		return in.n < 40 && paren_court(in, c);
	span words = court_words(in, date);
	if (words.n > 2 && words.p[0] == '[' && words.p[words.n - 1] == ']')
		words = span_sub(words, 1, words.n - 1);
	/* Too long for a court, or a caption: a citation is quoted in the bracket. */
	if (words.n > 70 || span_find(words, SPAN(" v. "), 0) < words.n)
		return false;
	c->year = year_of(span_sub(in, y, y + 4));
	if (!words.n || !is_alnum(words.p[0]) || span_case_starts(words, SPAN("en banc")))
		return true;
	if (c->kind != CITE_CASE && c->kind != CITE_DOCKET && c->kind != CITE_SHORT_CASE)
		return true; /* "(Cum. Supp. 2018)", "(4th ed. 2021)" */
	const struct court *court = court_by_cite(words);
	/* "(West 2012)" names who printed the code. */
	bool publisher = span_starts(words, SPAN("West")) || span_starts(words, SPAN("Lexis"));
	if (is_lower(words.p[0]) && !court)
		return true;
	c->court_text = publisher ? (span){ 0 } : words;
	if (court)
		c->court = court->id;
	/* A court that the table does not know is kept in its own words, so that what was printed is not lost. */
	else if (!publisher && (is_upper(words.p[0]) || is_digit(words.p[0])))
		c->court = words;
	return true;
}

/* Remarks about the opinion or the quotation, that say nothing of the case itself. */
static bool is_remark(span in)
{
	static const char *const remarks[] = { "per curiam", "en banc", "plurality", "mem.", "table", "unpublished", "emphasis",
					       "internal", "citation", "alteration", "quotation", "footnote", "slip op", 0 };
	for (int k = 0; remarks[k]; k++)
		if (span_case_starts(in, span_of(remarks[k])))
			return true;
	return false;
}

/* What a parenthetical says of the case; failing that, a remark such as "citations omitted". */
static void parenthetical_set(struct cite *c, span in)
{
	bool sitting = span_case_starts(in, SPAN("en banc")) || span_case_starts(in, SPAN("in bank")) || span_case_starts(in, SPAN("mem.")) ||
		       span_case_starts(in, SPAN("table"));
	if (!sitting && (!c->parenthetical.n || (is_remark(c->parenthetical) && !is_remark(in))))
		c->parenthetical = in;
}

/* A law whose edition is printed before its section may have another after it. */
static bool law_dated(const struct cite *c)
{
	return c->kind == CITE_STATUTE || c->kind == CITE_REGULATION;
}

/* { "(" ... ")" }: the first that dates, then what it says of the case. */
void tail_read(struct scan *s, uint32_t index)
{
	span t = s->t;
	size_t end = s->out->v[index].full.end;
	bool dated = false;
	s->solid = (uint32_t)end;
	/* At most six brackets. s->solid ends with the one that dates: a name of a next citation does not reach before that. */
	for (int n = 0; n < 6; n++) {
		size_t open = blanks(t, end), close;
		if (!dated && at(t, open) == ',' && (at(t, blanks(t, open + 1)) == '('))
			open = blanks(t, open + 1);
		if (at(t, open) != '(' && !(at(t, open) == '[' && !dated))
			return;
		close = close_paren(t, open, PAREN_MAX_BYTES);
		if (!close)
			return;
		span in = span_sub(t, open + 1, close - 1);
		struct cite *c = &s->out->v[index];
		/* A bracket with a citation in front is a parallel, or hangs on this one. */
		bool holds = is_digit((char)at(in, 0)) && citation_at(s, open + 1);
		if (!dated && !holds && (!c->year || law_dated(c)) && paren_dates(in, c)) {
			dated = true;
			s->solid = (uint32_t)close;
		} else if (at(t, open) == '[' && !holds) {
			return;
		} else if (!dated && holds) {
			/* Georgia's parallel in brackets, "(505 SE2d 228) (1998)": the date follows. */
			end = close;
			continue;
		} else {
			parenthetical_set(c, span_trim(in));
			/* Citations within hang on this one; in less than a dozen bytes there is room for none. */
			if (close - open > 12)
				paren_open(s, (struct range){ (uint32_t)open, (uint32_t)close }, index);
		}
		s->out->v[index].full.end = (uint32_t)close;
		end = close;
	}
}
