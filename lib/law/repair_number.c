/* Line numbers of pleadings, transcripts and bills: down each page or on through
 * the text, left or right of the lines, alone on lines of their own, or touching
 * the text. What tells them from other numbers is the run, each line with one
 * more than the line before, and lines that break where the width ends, not where an item does. */
#include "law/repair_number.h"

enum { GAP_MAX = 3, RUN_MIN = 8, WIDEST = 200, BETWEEN_MOST = 8 };

/* A run of numbers: a page, or a text numbered throughout. */
struct chain {
	struct extent at;      /* lines */
	size_t m;              /* its first member; the rest follow */
	size_t numbered, empty, foreign, wrapped, tabs;
	size_t touching, glued, narrow; /* numbers that run into the text; into a letter of it; one space apart */
	size_t small;          /* lines that begin with a small letter: sentences go on */
	size_t spoken;         /* lines in which somebody begins to speak */
	size_t prose, figures; /* lines of some length; lines of more figures than letters */
	size_t forced, loose;  /* line ends where the width was used up; where it was not, in a sentence */
	int first, last;
	bool runs_in;          /* the pages before touch their text */
};
struct chains {
	struct chain *v;
	size_t n, cap;
};
struct search {
	const struct sheet *p;
	struct members all;
	struct arena *a;
};

static bool open_ended(span s, const struct member *m)
{
	return !memchr(".:;?!", s.p[m->r.text.end - 1], 5);
}

/* "1st", "2nd": the number is the text's own. */
static bool ordinal(span s, struct line t)
{
	static const char *const ends[] = { "st", "nd", "rd", "th", "d" };
	span text = line_span(s, t);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		span e = span_of(ends[i]);
		if (span_starts(text, e) && (text.n == e.n || !is_alpha(text.p[e.n])))
			return true;
	}
	return false;
}

/* What a line's text tells of the run: lines of prose, or rows of a table. */
static void weigh(struct chain *c, span s, const struct member *m)
{
	size_t letters = 0, digits = 0;
	for (uint32_t i = m->r.text.beg; i < m->r.text.end; i++) {
		letters += is_alpha(s.p[i]);
		digits += is_digit(s.p[i]);
	}
	bool touches = m->r.kind == READ_TOUCHING;
	c->wrapped += open_ended(s, m);
	c->prose += letters >= 30;
	c->figures += digits > letters;
	c->small += is_lower(s.p[m->r.text.beg]);
	c->spoken += number_speech(s, m->r.text);
	c->touching += touches || m->r.kind == READ_FORCED;
	c->glued += touches && is_alpha(s.p[m->r.text.beg]);
	c->narrow += m->r.kind == READ_NARROW;
	c->tabs += m->r.text.beg > 0 && s.p[m->r.text.beg - 1] == '\t';
}

static void join(struct search *f, struct chain *c, const struct member *m)
{
	*PUSH(f->a, &f->all) = *m;
	c->at.to = m->line;
	c->last = m->number;
	c->numbered++;
	if (is_empty(m))
		c->empty++;
	else
		weigh(c, f->p->s, m);
}

static bool usable(const struct search *f, const struct chain *c, const struct reading *r)
{
	switch (r->kind) {
	case READ_NONE: return false;
	case READ_BROKEN: return c->numbered >= 3;
	case READ_FORCED: return c->runs_in || c->glued >= 2;
	case READ_TOUCHING: return !ordinal(f->p->s, r->text);
	default: return true;
	}
}

/* Line k as the next of c: one more than the last; or more, when lines that lost
 * their numbers stand between, or a line was lost. */
static struct member next_member(const struct search *f, const struct chain *c, size_t k, size_t gap)
{
	int may[3] = { c->last + 1, c->numbered >= 2 && gap ? c->last + 1 + (int)gap : 0, c->numbered >= 4 && !gap ? c->last + 2 : 0 };
	for (size_t i = 0; i < 3; i++) {
		struct member m = { .line = k, .number = may[i] };
		if (may[i] && (m.r = number_reads(f->p, k, may[i]), usable(f, c, &m.r)))
			return m;
	}
	return (struct member){ .line = k };
}

/* The longest run that begins with m. */
static struct chain follow(struct search *f, const struct member *m, bool runs_in)
{
	struct chain c = { .at = { m->line, m->line }, .m = f->all.n, .first = m->number, .runs_in = runs_in };
	join(f, &c, m);
	size_t gap = 0;
	for (size_t k = m->line + 1; k < f->p->ls.n && gap <= GAP_MAX; k++) {
		if (line_blank(f->p, k))
			continue;
		struct member next = next_member(f, &c, k, gap);
		if (!next.number) {
			gap++;
			continue;
		}
		c.foreign += next.number == c.last + 1 ? gap : 0;
		gap = 0;
		join(f, &c, &next);
	}
	return c;
}

static void prepend(struct search *f, struct chain *c, const struct member *m)
{
	PUSH(f->a, &f->all);
	memmove(f->all.v + c->m + 1, f->all.v + c->m, c->numbered * sizeof *m);
	f->all.v[c->m] = *m;
	c->first = m->number;
	c->at.from = m->line;
	c->numbered++;
	c->empty += is_empty(m);
}

/* The first lines of a run may be such as only the run makes plain, or have lost their numbers. */
static void begin_earlier(struct search *f, struct chain *c)
{
	int gone = 0;
	for (size_t k = c->at.from; k-- > 0 && c->first > gone + 1 && gone < GAP_MAX;) {
		if (line_blank(f->p, k))
			continue;
		struct member m = { .line = k, .number = c->first - 1 - gone };
		m.r = number_reads(f->p, k, m.number);
		if (usable(f, c, &m.r) && (!gone || m.r.kind == READ_APART))
			prepend(f, c, &m);
		gone = c->at.from == k ? 0 : gone + 1;
	}
}

static uint32_t first_word(span s, struct line l)
{
	uint32_t i = l.beg;
	while (i < l.end && !is_space(s.p[i]))
		i++;
	return i - l.beg;
}

/* Line ends that the width forced, and such as nothing forced in a sentence. */
static void measure_breaks(const struct search *f, struct chain *c)
{
	const struct member *m = f->all.v + c->m;
	uint32_t width = 0;
	for (size_t i = 0; i < c->numbered; i++) {
		uint32_t n = m[i].r.text.end - m[i].r.text.beg;
		width = n > width && n < WIDEST ? n : width;
	}
	c->forced = c->loose = 0;
	for (size_t i = 0; i + 1 < c->numbered; i++) {
		if (is_empty(&m[i]) || is_empty(&m[i + 1]))
			continue;
		uint32_t n = m[i].r.text.end - m[i].r.text.beg + 1 + first_word(f->p->s, m[i + 1].r.text);
		bool forced = n * 5 >= width * 4;
		c->forced += forced;
		c->loose += !forced && open_ended(f->p->s, &m[i]);
	}
}

static bool page_length(int n)
{
	return n == 24 || n == 25 || n == 26 || n == 27 || n == 28 || n == 30 || n == 32;
}

/* A page of its own accord: long enough that chance and lists are out. */
static bool convincing(const struct chain *c)
{
	size_t full = c->numbered - c->empty;
	if (c->empty == c->numbered)
		return c->numbered >= 12 && c->last >= 20;
	if (c->numbered < 5 || c->foreign > c->numbered / 2)
		return false;
	bool wraps = (c->first <= 2 || c->numbered >= RUN_MIN) && !c->foreign && c->forced * 2 >= full && c->loose * 4 <= c->forced && c->prose * 2 >= full;
	if (c->narrow * 2 > full)
		return wraps && c->numbered >= 12 && c->small * 10 >= full * 3;
	if (c->glued >= 3 && c->touching * 2 >= full && c->prose * 5 >= full * 2)
		return true;
	if (wraps && c->small * 5 >= full)
		return true;
	/* Testimony: lines are short and end where a speaker does, so that neither width nor sentences tell its pages. Who speaks does. */
	if (c->spoken * 4 >= full && full >= 6 && c->first == 1 && c->last >= 20 && c->figures * 4 <= full)
		return true;
	bool bare = c->last >= 20 && c->first == 1 && (c->empty >= 8 || (c->empty >= 3 && page_length(c->last)));
	if (c->numbered < RUN_MIN || c->figures * 4 > full || (c->prose * 10 < full * 3 && !bare) || ((c->forced < c->loose || c->small * 8 < full) && !bare))
		return false;
	bool prose = c->wrapped * 10 >= full * (c->empty >= 3 || c->tabs * 2 > full ? 3u : 6u);
	bool goes_on = c->first == 1 && c->small * 10 >= full * 3;
	return prose && (c->last >= 20 || c->numbered >= 12 || (c->empty >= 3 && full >= 2) || goes_on);
}

/* A page that begins with number n at line k, `seen` lines after the page before; false: none does. */
static bool page_from(struct search *f, const struct chain *before, size_t k, int n, struct chain *c)
{
	size_t kept = f->all.n, seen = 0;
	bool runs_in = before->runs_in || (before->glued >= 3 && before->touching * 2 >= before->numbered - before->empty);
	struct member m = { .line = k, .number = n, .r = number_reads(f->p, k, n) };
	bool other = before->empty == before->numbered && !is_empty(&m); /* a note after a block of bare numbers */
	if (m.r.kind == READ_NONE || other || (m.r.kind == READ_FORCED && !runs_in))
		return false;
	*c = follow(f, &m, runs_in);
	for (size_t i = before->at.to + 1; i <= k; i++)
		seen += !line_blank(f->p, i);
	bool directly = (seen == 1 && n == 1 && before->last >= 20) || (c->numbered == 2 && seen <= 3);
	if (c->numbered >= 3 || directly)
		return true;
	f->all.n = kept;
	return false;
}

/* The page after a sure one: its first number within a few lines. Directly after a full page one number is
 * enough. Page numbers stand there too, alone in their lines: the page that leaves fewer lines without a number is the one. */
static bool next_page(struct search *f, const struct chain *before, struct chain *c)
{
	bool found = false;
	for (int n = 1; n <= 3 && !found; n++) {
		size_t seen = 0;
		for (size_t k = before->at.to + 1; k < f->p->ls.n && seen < BETWEEN_MOST; k++) {
			struct chain may;
			if (line_blank(f->p, k))
				continue;
			seen++;
			bool page = page_from(f, before, k, n, &may), better = page && (!found || (may.foreign < c->foreign && may.numbered >= c->numbered));
			*c = better ? may : *c;
			found |= page;
			if (found && !c->foreign)
				return true;
		}
	}
	return found;
}

/* What is no page by itself, where others are. */
static bool fair(const struct chain *c)
{
	return c->numbered >= 4 && c->figures * 2 <= c->numbered && c->foreign * 2 <= c->numbered;
}

/* From line i on: a run and the pages after it, if they are pages. Returns the last line looked at. */
static size_t take_pages(struct search *f, const struct member *first, struct chains *sure, struct chains *weak)
{
	size_t kept = f->all.n;
	struct chain c = follow(f, first, false);
	if (c.numbered >= 3) {
		begin_earlier(f, &c);
		measure_breaks(f, &c);
	}
	if (!convincing(&c)) {
		if (c.numbered >= 3 && fair(&c))
			*PUSH(f->a, weak) = c;
		else
			f->all.n = kept;
		return c.numbered >= 3 ? c.at.to : first->line;
	}
	*PUSH(f->a, sure) = c;
	for (struct chain next; next_page(f, &c, &next); c = next)
		*PUSH(f->a, sure) = next;
	return c.at.to;
}

static void drop_pages(struct search *f, const struct chains *pages, struct edits *out)
{
	for (size_t i = 0; i < pages->n; i++)
		number_drop(f->p, f->all.v + pages->v[i].m, pages->v[i].numbered, out, f->a);
}

/* A page's numbers in one line, "1 2 3 ... 28", beside no table of figures. */
static bool all_in_line(const struct sheet *p, size_t k)
{
	struct line l = line_trim(p->s, p->ls.v[k]);
	span rest = line_span(p->s, l), word;
	uint64_t n = 0, v;
	while (span_cut(&rest, ' ', &word))
		if (word.n && (!span_uint(word, 99, &v) || v != ++n))
			return false;
	size_t digits = 0, next = k + 1;
	while (next < p->ls.n && line_blank(p, next))
		next++;
	span after = next < p->ls.n ? line_span(p->s, p->ls.v[next]) : (span){ 0 };
	for (size_t i = 0; i < after.n; i++)
		digits += is_digit(after.p[i]);
	return n != 30 && page_length((int)n) && digits * 2 <= after.n;
}

static void drop_full_lines(const struct sheet *p, struct edits *out, struct arena *a)
{
	for (size_t k = 0; k < p->ls.n; k++)
		if (p->ls.v[k].end - p->ls.v[k].beg > 60 && p->ls.v[k].end - p->ls.v[k].beg < 300 && all_in_line(p, k))
			edit_push(out, a, "line-number", (struct range){ p->ls.v[k].beg, p->ls.v[k].end }, .95f);
}

static struct edits numbers(const struct text *t, struct arena *a, bool right)
{
	struct edits out = { 0 };
	struct sheet p = { .s = t->clean, .ls = bare_lines(t->clean, a), .right = right };
	struct search f = { .p = &p, .a = a };
	struct chains sure = { 0 }, weak = { 0 };
	for (size_t i = 0; i < p.ls.n; i++) {
		struct member m = { .line = i };
		m.number = number_seen(&p, i, &m.r);
		if (m.number && !(m.r.kind == READ_TOUCHING && ordinal(p.s, m.r.text)))
			i = take_pages(&f, &m, &sure, &weak);
	}
	if (!right)
		drop_full_lines(&p, &out, a);
	number_fifths(&p, &out, a);
	drop_pages(&f, &sure, &out);
	if (sure.n)
		drop_pages(&f, &weak, &out);
	struct extents pages = { 0 };
	for (size_t i = 0; i < sure.n; i++)
		*PUSH(a, &pages) = sure.v[i].at;
	number_between(&p, &pages, &out, a);
	edits_settle(&out);
	return out;
}

struct edits repair_numbers_left(const struct text *t, struct arena *a)
{
	return numbers(t, a, false);
}

struct edits repair_numbers_right(const struct text *t, struct arena *a)
{
	return numbers(t, a, true);
}
