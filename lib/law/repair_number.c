/* Line numbers of pleadings and transcripts: 1 to 25, 28 or 32 down each page,
 * left or right of the lines, alone on lines of their own, or run together
 * with the text. What tells them from other numbers is the run: each line has
 * the number of the line before and one more. */
#include "law/repair_private.h"

enum { NUMBER_MAX = 40, GAP_MAX = 3, RUN_MIN = 8 };

/* A line's number and the text beside it. */
struct numbered {
	struct line at;   /* the whole line */
	struct line text; /* without number and white space */
	uint32_t indent;  /* columns between number and text */
	int number;       /* 0: none */
};
struct numbereds {
	struct numbered *v;
	size_t n, cap;
};

static bool may_follow(span s, uint32_t i, uint32_t end)
{
	char c = i < end ? s.p[i] : ' ';
	return is_space(c) || is_alpha(c) || c == '(' || c == '"' || c == '[' || (unsigned char)c >= 0xC2;
}

/* A row of a table of two columns, "| 12 | text |", as some readers write a pleading's
 * margin: without its bars at both ends. */
static struct line row_trim(span s, struct line l)
{
	l = line_trim(s, l);
	if (l.end - l.beg < 4 || s.p[l.beg] != '|')
		return l;
	l.end -= s.p[l.end - 1] == '|';
	return line_trim(s, (struct line){ l.beg + 1, l.end });
}

static struct numbered read_left(span s, struct line l)
{
	struct numbered out = { .at = l, .text = row_trim(s, l) };
	bool row = out.text.beg > l.beg && s.p[line_trim(s, l).beg] == '|';
	uint32_t i = out.text.beg;
	int v = 0;
	while (i < out.text.end && is_digit(s.p[i]) && i - out.text.beg < 3)
		v = v * 10 + (s.p[i++] - '0');
	uint32_t bar = i;
	while (row && bar < out.text.end && s.p[bar] == ' ')
		bar++;
	bool cell = row && bar < out.text.end && s.p[bar] == '|' && /* more columns: a table */
		    span_find_byte(span_sub(s, bar + 1, out.text.end), '|', 0) == out.text.end - bar - 1;
	if (row && !cell && i < out.text.end) {
		out.text = line_trim(s, l);
		return out;
	}
	if (i == out.text.beg || v < 1 || v > NUMBER_MAX || !may_follow(s, i, out.text.end)) {
		out.text = line_trim(s, l);
		return out;
	}
	out.number = v;
	uint32_t from = i = cell ? bar + 1 : i;
	out.text = line_trim(s, (struct line){ i, out.text.end });
	out.indent = out.text.beg - from;
	return out;
}

/* At the right, after two spaces or a tab. */
static struct numbered read_right(span s, struct line l)
{
	struct numbered out = { .at = l, .text = line_trim(s, l) };
	uint32_t i = out.text.end;
	int v = 0, scale = 1;
	for (; i > out.text.beg && is_digit(s.p[i - 1]) && out.text.end - i < 3; scale *= 10)
		v += (s.p[--i] - '0') * scale;
	bool apart = i == out.text.beg || s.p[i - 1] == '\t' || (i >= out.text.beg + 2 && s.p[i - 1] == ' ' && s.p[i - 2] == ' ');
	if (i == out.text.end || !apart || v < 1 || v > NUMBER_MAX)
		return out;
	out.number = v;
	out.text = line_trim(s, (struct line){ out.text.beg, i });
	out.indent = out.text.beg - l.beg;
	return out;
}

/* A run of numbers: lines [from, to] of the list, both numbered. */
struct chain {
	size_t from, to;
	size_t numbered, empty, foreign, wrapped, tabs;
	size_t touching; /* numbers that run into the text */
	size_t small;    /* lines that begin with a small letter: sentences go on */
	size_t prose, figures; /* lines of some length; lines of more figures than letters */
	int first, last;
	bool jumps; /* a number is missing */
};

static bool blank(const struct numbered *l)
{
	return !l->number && l->text.beg == l->text.end;
}

static bool open_ended(span s, const struct numbered *l)
{
	char c = s.p[l->text.end - 1];
	return c != '.' && c != ':' && c != ';' && c != '?' && c != '!';
}

/* What a line's text tells of the run: lines of prose, or rows of a table. */
static void weigh(struct chain *c, span s, const struct numbered *l)
{
	size_t letters = 0, digits = 0;
	for (uint32_t i = l->text.beg; i < l->text.end; i++) {
		letters += is_alpha(s.p[i]);
		digits += is_digit(s.p[i]);
	}
	c->wrapped += open_ended(s, l);
	c->prose += letters >= 30;
	c->figures += digits > letters;
	c->small += is_lower(s.p[l->text.beg]);
}

static void join_chain(struct chain *c, const struct numbereds *ls, size_t i, span s)
{
	const struct numbered *l = &ls->v[i];
	c->to = i;
	c->last = l->number;
	c->numbered++;
	if (l->text.beg == l->text.end)
		c->empty++;
	else
		weigh(c, s, l);
	c->touching += l->text.beg > l->at.beg && is_digit(s.p[l->text.beg - 1]) && l->text.beg < l->text.end && is_alpha(s.p[l->text.beg]);
	c->tabs += l->text.beg > l->at.beg && s.p[l->text.beg - 1] == '\t';
}

/* Where numbers run into the text, the digits of line l may be n and digits of
 * the text after it: "102. Effective" as 10 and "2. Effective". */
static void reread(struct numbered *l, int n, span s)
{
	char want[8] = { 0 };
	int len = n > 9 ? 2 : 1;
	want[0] = (char)('0' + (n > 9 ? n / 10 : n));
	want[1] = (char)('0' + n % 10);
	uint32_t beg = line_trim(s, l->at).beg;
	span digits = span_sub(s, beg, beg + (uint32_t)len);
	bool more = beg + (uint32_t)len < l->at.end && (is_digit(s.p[beg + (uint32_t)len]) || s.p[beg + (uint32_t)len] == '.');
	if (n > NUMBER_MAX || !more || !span_eq(digits, (span){ want, (size_t)len }))
		return;
	l->number = n;
	l->text = line_trim(s, (struct line){ beg + (uint32_t)len, l->at.end });
	l->indent = 0;
}

/* The longest run that begins with line i. */
static struct chain follow(struct numbereds *ls, size_t i, span s)
{
	struct chain c = { .from = i, .first = ls->v[i].number };
	join_chain(&c, ls, i, s);
	size_t gap = 0;
	for (size_t k = i + 1; k < ls->n && gap <= GAP_MAX; k++) {
		struct numbered *l = &ls->v[k];
		if (blank(l))
			continue;
		if (c.touching >= 2 && l->number != c.last + 1)
			reread(l, c.last + 1, s);
		if (l->number == c.last + 1 || (l->number == c.last + 2 && c.numbered >= 4)) {
			c.jumps |= l->number == c.last + 2;
			c.foreign += gap;
			gap = 0;
			join_chain(&c, ls, k, s);
		} else {
			gap++;
		}
	}
	return c;
}

/* A page of its own accord: long enough that chance and lists are out. */
static bool convincing(const struct chain *c)
{
	size_t full = c->numbered - c->empty;
	if (c->numbered < RUN_MIN)
		return false;
	if (c->empty == c->numbered)
		return c->numbered >= 12 && c->last >= 20;
	bool bare = c->empty >= 8 && c->last >= 20; /* the end of a page, a signature and nothing more */
	if (c->foreign > c->numbered / 2 || c->figures * 4 > full || (c->prose * 10 < full * 3 && !bare))
		return false;
	bool prose = c->wrapped * 10 >= full * (c->empty >= 3 || c->tabs * 2 > full ? 3u : 6u);
	bool goes_on = c->first == 1 && c->small * 10 >= full * 3;
	return prose && (c->last >= 20 || c->numbered >= 12 || (c->empty >= 3 && full >= 2) || goes_on);
}

/* A run of touching numbers that seems to begin at 2 may begin on the line before. */
static void begin_earlier(struct numbereds *ls, struct chain *c, span s)
{
	size_t i = c->from;
	while (i > 0 && blank(&ls->v[i - 1]))
		i--;
	if (!i || c->first < 2 || c->touching * 2 < c->numbered)
		return;
	reread(&ls->v[i - 1], c->first - 1, s);
	if (ls->v[i - 1].number != c->first - 1)
		return;
	c->from = i - 1;
	c->first--;
	c->numbered++;
}

struct chains {
	struct chain *v;
	size_t n, cap;
};

static struct chains find_chains(struct numbereds *ls, span s, struct arena *a)
{
	struct chains out = { 0 };
	bool sure = false;
	for (size_t i = 0; i < ls->n; i++) {
		if (!ls->v[i].number)
			continue;
		struct chain c = follow(ls, i, s);
		if (c.numbered < 3)
			continue;
		begin_earlier(ls, &c, s);
		sure |= convincing(&c);
		*PUSH(a, &out) = c;
		i = c.to;
	}
	/* A short last page is believed where others are long. */
	size_t n = 0;
	for (size_t i = 0; i < out.n; i++)
		if (convincing(&out.v[i]) || (sure && out.v[i].numbered >= 4 && out.v[i].figures * 2 <= out.v[i].numbered && out.v[i].foreign * 2 <= out.v[i].numbered))
			out.v[n++] = out.v[i];
	out.n = n;
	return out;
}

static uint32_t text_width(const struct numbereds *ls, const struct chain *c)
{
	uint32_t most = 0;
	for (size_t i = c->from; i <= c->to; i++) {
		uint32_t n = ls->v[i].text.end - ls->v[i].text.beg;
		most = n > most && n < 200 ? n : most;
	}
	return most;
}

/* Commonest indent of the run's lines, below 16. */
static uint32_t text_indent(const struct numbereds *ls, const struct chain *c)
{
	uint32_t count[16] = { 0 }, best = 0;
	for (size_t i = c->from; i <= c->to; i++)
		if (ls->v[i].number && ls->v[i].text.beg < ls->v[i].text.end && ls->v[i].indent < 16)
			count[ls->v[i].indent]++;
	for (uint32_t k = 1; k < 16; k++)
		best = count[k] > count[best] ? k : best;
	return best;
}

/* "QUESTION:", "MR. ROBERTS:" */
static bool speaker(span s, struct line l)
{
	uint32_t i = l.beg;
	while (i < l.end && i < l.beg + 40 && (is_upper(s.p[i]) || s.p[i] == ' ' || s.p[i] == '.' || s.p[i] == '\''))
		i++;
	return i > l.beg + 3 && i < l.end && s.p[i] == ':';
}

struct page {
	span s;
	uint32_t width, indent;
	bool right;
};

/* Whether a paragraph begins with line `next`, which follows `prev`. */
static bool new_paragraph(const struct page *p, const struct numbered *prev, const struct numbered *next)
{
	if (next->text.beg == next->text.end || prev->text.beg == prev->text.end)
		return false;
	bool ended = !open_ended(p->s, prev) || p->s.p[prev->text.end - 1] == '"';
	uint32_t n = prev->text.end - prev->text.beg;
	if (next->indent > p->indent + 3 && next->indent < p->indent + 16 && (ended || n < p->width / 2))
		return true;
	if (speaker(p->s, next->text))
		return true;
	char c = p->s.p[next->text.beg];
	return ended && n * 5 < p->width * 4 && !is_lower(c);
}

static bool only_blank(const struct numbereds *ls, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!blank(&ls->v[i]))
			return false;
	return true;
}

static bool empty(const struct numbered *l)
{
	return l->text.beg == l->text.end;
}

/* One number. With it goes the white space between its line's text and that
 * of the numbered line before (prev, SIZE_MAX: none): lines of a page are often
 * double-spaced, and end in tabs. */
static void drop_number(const struct numbereds *ls, size_t prev, size_t i, const struct page *p, struct edits *out, struct arena *a)
{
	const struct numbered *l = &ls->v[i], *before = prev == SIZE_MAX ? NULL : &ls->v[prev];
	struct range at = { l->at.beg, empty(l) ? l->at.end : l->text.beg };
	span after = { 0 };
	if (p->right) {
		at = (struct range){ l->text.end, l->at.end };
	} else if (before && only_blank(ls, prev + 1, i)) {
		at.beg = empty(before) ? before->at.end : before->text.end;
		bool apart = !empty(before) && new_paragraph(p, before, l);
		after = apart ? SPAN("\n\n") : SPAN("\n");
		if (empty(before) && empty(l))
			after = (span){ 0 };
	} else {
		while (at.beg < at.end && p->s.p[at.beg] == '\f')
			at.beg++;
	}
	edit_push(out, a, "line-number", at, after, .99f);
}

static void drop_chain(const struct numbereds *ls, const struct chain *c, struct page p, struct edits *out, struct arena *a)
{
	size_t prev = SIZE_MAX;
	p.width = text_width(ls, c);
	p.indent = text_indent(ls, c);
	for (size_t i = c->from; i <= c->to; i++) {
		if (!ls->v[i].number)
			continue;
		bool member = prev == SIZE_MAX || (ls->v[i].number > ls->v[prev].number && ls->v[i].number <= ls->v[prev].number + 2);
		if (!member)
			continue;
		drop_number(ls, prev, i, &p, out, a);
		prev = i;
	}
	const struct numbered *last = &ls->v[c->to];
	if (!p.right && !empty(last) && last->text.end < last->at.end)
		edit_push(out, a, "line-number", (struct range){ last->text.end, last->at.end }, (span){ 0 }, .99f);
}

static struct edits numbers(const struct text *t, struct arena *a, bool right)
{
	struct edits out = { 0 };
	span s = t->clean;
	struct lines lines = bare_lines(s, a);
	struct numbereds ls = { 0 };
	for (size_t i = 0; i < lines.n; i++)
		*PUSH(a, &ls) = right ? read_right(s, lines.v[i]) : read_left(s, lines.v[i]);
	struct chains chains = find_chains(&ls, s, a);
	for (size_t i = 0; i < chains.n; i++)
		drop_chain(&ls, &chains.v[i], (struct page){ .s = s, .right = right }, &out, a);
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
