/* Line numbers taken out, so that the lines of a page read on: paragraphs stay
 * apart, the empty lines of double spacing go; and what stands between the pages. */
#include "base/hash.h"
#include "law/repair_number.h"

/* A page's text: its width, and the indent of most of its lines. */
struct page {
	const struct sheet *p;
	uint32_t width, indent;
};

/* White space between a line's number and its text. */
static uint32_t indent_of(span s, const struct member *m)
{
	uint32_t i = m->r.text.beg;
	while (i > 0 && (s.p[i - 1] == ' ' || s.p[i - 1] == '\t'))
		i--;
	return m->r.text.beg - i;
}

static struct page page_of(const struct sheet *p, const struct member *m, size_t n)
{
	struct page out = { .p = p };
	uint32_t count[16] = { 0 };
	for (size_t i = 0; i < n; i++) {
		if (is_empty(&m[i]))
			continue;
		uint32_t width = m[i].r.text.end - m[i].r.text.beg, in = indent_of(p->s, &m[i]);
		out.width = width > out.width && width < 200 ? width : out.width;
		count[in < 16 ? in : 0]++;
	}
	for (uint32_t k = 1; k < 16; k++)
		out.indent = count[k] > count[out.indent] ? k : out.indent;
	return out;
}

bool number_speech(span s, struct line l)
{
	uint32_t i = l.beg;
	if (l.end - l.beg > 3 && (s.p[i] == 'Q' || s.p[i] == 'A') && (s.p[i + 1] == '.' || s.p[i + 1] == ':' || s.p[i + 1] == ' ') && is_space(s.p[i + 2]))
		return true;
	while (i < l.end && i < l.beg + 40 && (is_upper(s.p[i]) || s.p[i] == ' ' || s.p[i] == '.' || s.p[i] == '\''))
		i++;
	return i > l.beg + 3 && i < l.end && s.p[i] == ':';
}

/* Whether a paragraph begins with line `next`, which follows `prev`. */
static bool new_paragraph(const struct page *g, const struct member *prev, const struct member *next)
{
	span s = g->p->s;
	if (is_empty(next) || is_empty(prev))
		return false;
	bool ended = memchr(".:;?!\"", s.p[prev->r.text.end - 1], 6) != NULL;
	uint32_t n = prev->r.text.end - prev->r.text.beg, in = indent_of(s, next);
	if (in > g->indent + 3 && in < g->indent + 16 && (ended || n < g->width / 2))
		return true;
	if (number_speech(s, next->r.text))
		return true;
	return ended && n * 5 < g->width * 4 && !is_lower(s.p[next->r.text.beg]);
}

static bool only_blank(const struct sheet *p, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!line_blank(p, i))
			return false;
	return true;
}

/* One number. With it goes the white space between its line's text and that
 * of the numbered line before (null: none): lines of a page are often
 * double-spaced, and end in tabs. */
static void drop_number(const struct page *g, const struct member *before, const struct member *m, struct edits *out, struct arena *a)
{
	struct line l = g->p->ls.v[m->line];
	struct range at = { l.beg, is_empty(m) ? l.end : m->r.text.beg };
	span after = { 0 };
	if (g->p->right) {
		at = (struct range){ m->r.text.end, l.end };
	} else if (before && only_blank(g->p, before->line + 1, m->line)) {
		at.beg = is_empty(before) ? g->p->ls.v[before->line].end : before->r.text.end;
		bool apart = !is_empty(before) && new_paragraph(g, before, m);
		after = apart ? SPAN("\n\n") : SPAN("\n");
		if (is_empty(before) && is_empty(m))
			after = (span){ 0 };
	} else {
		while (at.beg < at.end && g->p->s.p[at.beg] == '\f')
			at.beg++;
	}
	edit_push(out, a, "line-number", at, m->r.kind == READ_BROKEN ? .95f : .99f)->after = after;
}

/* Pages numbered on both sides: what stands right of nearly all lines goes; where only a few end in their own
 * number it is theirs. */
static void drop_twins(const struct sheet *p, struct member *m, size_t n, struct edits *out, struct arena *a)
{
	size_t twins = 0;
	for (size_t i = 0; i < n; i++)
		twins += m[i].r.again != 0;
	for (size_t i = 0; i < n; i++) {
		struct line l = line_trim(p->s, p->ls.v[m[i].line]);
		if (m[i].r.again && twins * 5 >= n * 4)
			edit_push(out, a, "line-number", (struct range){ m[i].r.text.end, l.end }, .99f);
		else if (m[i].r.again)
			m[i].r.text = line_trim(p->s, (struct line){ m[i].r.text.beg, l.end });
	}
}

void number_drop(const struct sheet *p, struct member *m, size_t n, struct edits *out, struct arena *a)
{
	drop_twins(p, m, n, out, a);
	struct page g = page_of(p, m, n);
	for (size_t i = 0; i < n; i++)
		drop_number(&g, i ? &m[i - 1] : NULL, &m[i], out, a);
	const struct member *last = &m[n - 1];
	if (!p->right && !is_empty(last) && last->r.text.end < p->ls.v[last->line].end)
		edit_push(out, a, "line-number", (struct range){ last->r.text.end, p->ls.v[last->line].end }, .99f);
}

/* --- between pages --- */

enum { BETWEEN_MOST = 8, LONGEST = 120 };

struct stray {
	struct line at;
	size_t gap;      /* between which pages */
	uint32_t number; /* of a page; 0: other words */
	bool marked;     /* "- 2 -" */
	uint64_t shape;
};
struct strays {
	struct stray *v;
	size_t n, cap;
};

static void add_strays(const struct sheet *p, struct extent between, size_t gap, struct strays *out, struct arena *a)
{
	size_t kept = out->n;
	for (size_t k = between.from; k < between.to; k++) {
		struct line l = line_trim(p->s, p->ls.v[k]);
		if (l.beg == l.end)
			continue;
		bool decorated;
		span text = line_span(p->s, l);
		if (out->n - kept == BETWEEN_MOST || text.n > LONGEST) { /* pages of other kinds between */
			out->n = kept;
			return;
		}
		*PUSH(a, out) = (struct stray){ .at = l, .gap = gap, .number = repair_page_number(text, &decorated), .shape = repair_shape(text) };
		out->v[out->n - 1].marked = decorated && text.p[0] == '-';
	}
}

/* Before the first page and after the last a bare number is a page's only when it goes on from one between pages. */
static bool in_turn(const struct strays *all, size_t i)
{
	if (all->v[i].marked)
		return true;
	for (size_t k = 0; k < all->n; k++)
		if (all->v[k].number && ((all->v[k].gap == all->v[i].gap + 1 && all->v[k].number == all->v[i].number + 1) ||
					 (all->v[k].gap + 1 == all->v[i].gap && all->v[k].number + 1 == all->v[i].number)))
			return true;
	return false;
}

/* Whether a stray between other pages says the same. */
static bool comes_back(const struct stray *x, size_t gaps, uint32_t same)
{
	return same >= (gaps > 3 ? 3u : 2u) && same * 4 >= gaps && !x->number;
}

/* The page's number stands in the same gap: then a short title there is its head or foot. */
static bool beside_number(const struct strays *all, size_t i)
{
	for (size_t k = i > 2 ? i - 2 : 0; k < all->n && k < i + 3; k++)
		if (all->v[k].gap == all->v[i].gap && all->v[k].number)
			return true;
	return false;
}

void number_between(const struct sheet *p, const struct extents *pages, struct edits *out, struct arena *a)
{
	struct strays all = { 0 };
	struct map counts = { .a = a };
	size_t last = pages->n; /* gaps 0 and `last` are the file's ends */
	for (size_t i = 0; pages->n && i <= last; i++)
		add_strays(p, (struct extent){ i ? pages->v[i - 1].to + 1 : 0, i < last ? pages->v[i].from : p->ls.n }, i, &all, a);
	for (size_t i = 0; i < all.n; i++)
		++*(uint32_t *)map_put(&counts, (span){ (const char *)&all.v[i].shape, sizeof all.v[i].shape }, NULL);
	for (size_t i = 0; i < all.n; i++) {
		uint32_t same = *(uint32_t *)map_put(&counts, (span){ (const char *)&all.v[i].shape, sizeof all.v[i].shape }, NULL);
		bool end = all.v[i].gap == 0 || all.v[i].gap == last, number = all.v[i].number && (!end || in_turn(&all, i));
		bool title = !end && beside_number(&all, i) && repair_edge_words(line_span(p->s, all.v[i].at)); /* no citation in a note */
		if (number || title || (pages->n > 1 && comes_back(&all.v[i], pages->n - 1, same)))
			edit_push(out, a, all.v[i].number ? "page-number" : "page-furniture", (struct range){ all.v[i].at.beg, all.v[i].at.end }, .97f);
	}
}
