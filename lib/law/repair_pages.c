/* Page numbers, running heads and feet, and the stamps of court filing
 * systems. A line goes when it is a stamp, or when it stands at the edge of a
 * page (form feed, page number) and comes back on others with only its digits changed. */
#include "base/hash.h"
#include "law/repair_stamp.h"

enum { EDGE = 3, LINE_MAX_BYTES = 120 };

/* The number of a line that is a page number, "- 12 -", "12", "Page 12",
 * "Page 2 of 4", "[12]"; 0: it is none. *decorated: more than the bare number. */
uint32_t repair_page_number(span l, bool *decorated)
{
	struct reader r = { l, 0 };
	*decorated = l.n && !is_digit(l.p[0]);
	bool said = stamp_word(&r, "Page");
	while (r.i < l.n && !said && (l.p[r.i] == '-' || l.p[r.i] == '[' || l.p[r.i] == ' ' || l.p[r.i] == '_'))
		r.i++;
	stamp_skip(&r);
	uint32_t v = 0;
	size_t beg = r.i;
	while (r.i < l.n && is_digit(l.p[r.i]) && r.i - beg < 4)
		v = v * 10 + (uint32_t)(l.p[r.i++] - '0');
	if (r.i == beg)
		return 0;
	struct reader of = r;
	if (stamp_word(&of, "of") && stamp_number(&of)) {
		*decorated = true;
		r = of;
	}
	while (r.i < l.n && (l.p[r.i] == '-' || l.p[r.i] == ']' || l.p[r.i] == ' ' || l.p[r.i] == '_'))
		r.i++;
	return r.i == l.n ? v : 0;
}

/* A line at a page's edge. */
struct edge {
	struct line at;
	uint32_t page;    /* index of its page */
	uint32_t number;  /* as a page number; 0: none */
	bool decorated, last; /* last: among the last lines of its page */
	uint64_t shape;   /* hash of the line, digits as # */
};
struct edges {
	struct edge *v;
	size_t n, cap;
};

uint64_t repair_shape(span l)
{
	char b[LINE_MAX_BYTES];
	size_t n = 0;
	for (size_t i = 0; i < l.n && n < sizeof b; i++) {
		char c = is_digit(l.p[i]) ? '#' : l.p[i];
		bool again = n && ((c == '#' && b[n - 1] == '#') || (c == ' ' && b[n - 1] == ' '));
		if (!again)
			b[n++] = c;
	}
	/* Only a number at an end may change from page to page. */
	bool at_end = n && (b[0] == '#' || b[n - 1] == '#') && n > 8;
	size_t digits = 0;
	for (size_t i = 0; i < n; i++)
		digits += b[i] == '#';
	return at_end && digits == 1 ? hash64((span){ b, n }) : hash64(l);
}

/* Of e its line and place are set; what the line says is read here. */
static void add_edge(struct edges *out, span s, struct edge e, struct arena *a)
{
	if (e.at.end - e.at.beg > LINE_MAX_BYTES)
		return;
	span text = line_span(s, e.at);
	e.shape = repair_shape(text);
	e.number = repair_page_number(text, &e.decorated);
	*PUSH(a, out) = e;
}

/* First and last lines of the page s[beg, end). */
static void page_edges(span s, struct line at, uint32_t page, struct edges *out, struct arena *a)
{
	struct line kept[EDGE];
	size_t n = 0, first = 0;
	for (uint32_t i = at.beg; i < at.end;) {
		uint32_t end = (uint32_t)span_find_byte(span_sub(s, 0, at.end), '\n', i);
		struct line l = line_trim(s, (struct line){ i, end });
		i = end + 1;
		if (l.beg == l.end)
			continue;
		if (first++ < EDGE)
			add_edge(out, s, (struct edge){ .at = l, .page = page }, a);
		else
			kept[n++ % EDGE] = l;
	}
	for (size_t k = n > EDGE ? n - EDGE : 0; k < n; k++)
		add_edge(out, s, (struct edge){ .at = kept[k % EDGE], .page = page, .last = true }, a);
}

/* How many edge lines share a shape. */
struct shapes {
	struct map map;
	uint32_t pages;
};

static uint32_t *count_of(struct shapes *h, struct edge *e)
{
	span key = { (const char *)&e->shape, sizeof e->shape };
	return map_put(&h->map, key, NULL);
}

/* Page numbers that go up by one from page to page, at the same edge. */
static bool in_sequence(const struct edges *es, size_t i)
{
	const struct edge *e = &es->v[i];
	if (!e->number)
		return false;
	for (size_t k = i + 1; k < es->n && es->v[k].page <= e->page + 1; k++)
		if (es->v[k].page == e->page + 1 && es->v[k].number == e->number + 1)
			return true;
	for (size_t k = i; k-- > 0 && es->v[k].page + 1 >= e->page;)
		if (es->v[k].page + 1 == e->page && es->v[k].number && es->v[k].number + 1 == e->number)
			return true;
	return false;
}

static void drop_line(span s, struct line l, const char *rule, struct edits *out, struct arena *a)
{
	while (l.beg > 0 && (s.p[l.beg - 1] == ' ' || s.p[l.beg - 1] == '\t'))
		l.beg--;
	while (l.end < s.n && (s.p[l.end] == ' ' || s.p[l.end] == '\t'))
		l.end++;
	edit_push(out, a, rule, (struct range){ l.beg, l.end }, .97f);
}

/* A page number, and the same bare number on the line after it ("-6-", "6"). */
static void drop_twice(span s, const struct edge *e, struct edits *out, struct arena *a)
{
	drop_line(s, e->at, "page-number", out, a);
	uint32_t i = e->at.end;
	while (i < s.n && is_space(s.p[i]) && i < e->at.end + 200)
		i++;
	uint32_t end = (uint32_t)span_find_byte(span_sub(s, 0, i + 12), '\n', i);
	struct line l = line_trim(s, (struct line){ i, end });
	bool decorated;
	if (l.end > l.beg && repair_page_number(line_span(s, l), &decorated) == e->number && !decorated)
		drop_line(s, l, "page-number", out, a);
}

static void drop_edges(span s, struct edges *es, uint32_t pages, struct edits *out, struct arena *a)
{
	struct shapes h = { .map = { .a = a }, .pages = pages };
	for (size_t i = 0; i < es->n; i++)
		++*count_of(&h, &es->v[i]);
	for (size_t i = 0; i < es->n; i++) {
		uint32_t same = *count_of(&h, &es->v[i]);
		if (es->v[i].number && (in_sequence(es, i) || es->v[i].decorated))
			drop_twice(s, &es->v[i], out, a);
		else if (!es->v[i].number && repair_title_like(line_span(s, es->v[i].at)) && same >= (pages > 3 ? 3u : 2u) && same * 3 >= pages)
			drop_line(s, es->v[i].at, "page-furniture", out, a);
	}
}

/* --- a sentence that goes on over a page's end --- */

enum { ACROSS = 4, WINDOW = 1500, PAGE_LEAST = 200 };

/* The nearest lines with text before and after i, nearest first, in a window of bytes. */
static size_t lines_before(span s, uint32_t i, struct line *v)
{
	size_t n = 0;
	uint32_t least = i > WINDOW ? i - WINDOW : 0;
	while (i > least && n < ACROSS) {
		uint32_t beg = i;
		while (beg > least && s.p[beg - 1] != '\n' && s.p[beg - 1] != '\f')
			beg--;
		struct line l = line_trim(s, (struct line){ beg, i });
		if (l.end > l.beg)
			v[n++] = l;
		i = beg ? beg - 1 : 0;
	}
	return n;
}

static size_t lines_after(span s, uint32_t i, struct line *v)
{
	size_t n = 0;
	s = span_sub(s, 0, i + WINDOW < s.n ? i + WINDOW : s.n);
	while (i < s.n && n < ACROSS) {
		uint32_t end = (uint32_t)span_find_byte(s, '\n', i);
		struct line l = line_trim(s, (struct line){ i, end });
		if (l.end > l.beg)
			v[n++] = l;
		i = end + 1;
	}
	return n;
}

/* A title set as titles are: it begins with a capital, has no small word but short ones ("of", "and"),
 * no mark at its end, and none of what citations and sentences have. */
static bool strict_title(span w)
{
	size_t digits = 0;
	for (size_t i = 0; i < w.n; i++) {
		size_t beg = i;
		while (i < w.n && is_alpha(w.p[i]))
			i++;
		if (i > beg && is_lower(w.p[beg]) && (beg == 0 || is_space(w.p[beg - 1])) && i - beg > 4)
			return false;
		digits += i < w.n && is_digit(w.p[i]);
		if (i < w.n && (w.p[i] == '(' || w.p[i] == '"' || w.p[i] == '[' || w.p[i] == ']' || w.p[i] == ')' || (unsigned char)w.p[i] >= 0x80))
			return false;
	}
	size_t last = w.n;
	while (last > 0 && is_alpha(w.p[last - 1]))
		last--;
	bool goes_on = last < w.n && is_lower(w.p[last]); /* "... the Southern District of" */
	return w.n && is_upper(w.p[0]) && !goes_on && digits <= 4 && repair_title_like(w) && !memchr(".,;:-", w.p[w.n - 1], 5);
}

bool repair_edge_words(span w)
{
	return w.n <= 90 && (strict_title(w) || (repair_head_words(w) && repair_title_like(w)));
}

/* Lines that may stand at a page's edge, the nearest to it first. */
static size_t edge_lines(span s, const struct line *v, size_t n, uint32_t page, bool *heads)
{
	size_t i = 0;
	for (bool decorated; i + 1 < n && i < EDGE; i++) {
		span w = line_span(s, v[i]);
		bool counts = repair_head_number(w) == page && repair_title_like(w);
		bool number = counts || repair_page_number(w, &decorated) != 0 || stamp_length(w, true) || is_filing_line(w);
		if (!number && !repair_edge_words(w))
			break;
		*heads &= number || (repair_head_words(w) && span_find(w, SPAN(", 1"), 0) == w.n);
	}
	return i;
}

/* Titles and numbers between a line that ends inside a sentence and the line it goes on with. */
static void across(span s, uint32_t feed, uint32_t page, struct edits *out, struct arena *a)
{
	bool decorated;
	struct line back[ACROSS], next[ACROSS];
	size_t nb = lines_before(s, feed, back), nf = lines_after(s, feed + 1, next);
	bool bh = true, fh = true;
	size_t b = edge_lines(s, back, nb, page, &bh), f = edge_lines(s, next, nf, page + 1, &fh);
	if (b + f == 0 || b >= nb || f >= nf)
		return;
	uint32_t width = back[b].end - back[b].beg;
	char last = s.p[back[b].end - 1];
	bool open = width >= 30 && (is_alpha(last) || is_digit(last) || last == ',');
	bool on = is_lower(s.p[next[f].beg]) && next[f].end - next[f].beg >= 20;
	for (size_t i = 0; i < b && !bh; i++) /* as long as a line of text: perhaps one */
		on &= (back[i].end - back[i].beg) * 5 <= width * 3;
	for (size_t i = 0; i < f && !fh; i++)
		on &= (next[i].end - next[i].beg) * 5 <= width * 3 || span_find(line_span(s, next[i]), SPAN("    "), 0) < line_span(s, next[i]).n;
	open &= !stamp_length(line_span(s, back[b]), true);
	/* Pages numbered from the file's first on: no other document begins here. */
	open |= b > 0 && repair_page_number(line_span(s, back[0]), &decorated) == page;
	open |= f > 0 && repair_head_number(line_span(s, next[0])) == page + 1;
	for (size_t i = 0; open && (on || bh) && i < b; i++)
		drop_line(s, back[i], "page-furniture", out, a);
	for (size_t i = 0; open && (on || fh) && i < f; i++)
		drop_line(s, next[i], "page-furniture", out, a);
}

/* Pages end at form feeds. */
static void by_form_feed(span s, struct edits *out, struct arena *a)
{
	struct edges es = { 0 };
	uint32_t pages = 0;
	for (size_t at = 0; at < s.n; pages++) {
		size_t end = span_find_byte(s, '\f', at);
		page_edges(s, (struct line){ (uint32_t)at, (uint32_t)end }, pages, &es, a);
		at = end + 1;
	}
	if (pages >= 2)
		drop_edges(s, &es, pages, out, a);
	size_t before = 0;
	uint32_t page = 1;
	for (size_t at = span_find_byte(s, '\f', 0); at < s.n; at = span_find_byte(s, '\f', at + 1), page++) {
		if (at >= before + PAGE_LEAST)
			across(s, (uint32_t)at, page, out, a);
		before = at;
	}
}

struct edits repair_pages(const struct text *t, struct arena *a)
{
	struct edits out = { 0 };
	span s = t->clean;
	repair_stamps(s, &out, a);
	if (span_find_byte(s, '\f', 0) < s.n)
		by_form_feed(s, &out, a);
	repair_returns(s, &out, a);
	repair_heads(s, &out, a);
	edits_settle(&out);
	return out;
}
