#include "law/caption.h"
#include "law/outline_private.h"
#include "law/outline_zone.h"

/* What the lines of a text have in common. */
struct layout {
	size_t filled, adjacent, joined, gaps, single;
	size_t open, full; /* adjacent lines that end no clause; those whose next word had no room there */
	uint16_t width; /* nine of ten lines end within it */
};

#define SHORT_LINES 60
#define EDGES 256 /* columns; longer lines count as this long */

static struct layout layout_of(span text, const struct lines *lines)
{
	struct layout l = { 0 };
	const struct line *last = NULL;
	bool gap = false;
	uint32_t edges[EDGES] = { 0 };
	for (size_t i = 0; i < lines->n; i++) {
		const struct line *x = &lines->v[i];
		if (line_blank(x)) {
			l.gaps += !gap;
			gap = true;
			continue;
		}
		size_t width = x->indent + (x->stop - x->text);
		edges[width < EDGES ? width : EDGES - 1]++;
		bool goes_on = last && starts_lower(line_span(text, x)) && last->stop > last->text && is_lower(text.p[last->stop - 1]);
		l.filled++;
		if (last && !gap) {
			l.adjacent++;
			l.joined += goes_on;
		} else {
			l.single += goes_on;
		}
		last = x;
		gap = false;
	}
	size_t shorter = 0;
	while (l.width < EDGES - 1 && (shorter += edges[l.width]) * 10 < l.filled * 9)
		l.width++;
	return l;
}

/* Counts the lines that were broken because the next word had no room, of those that end no clause. */
static void count_full(struct layout *l, span text, const struct lines *lines)
{
	unsigned edge = 0;
	for (size_t i = 0; i < lines->n && edge < EDGES; i++) {
		unsigned right = lines->v[i].indent + (lines->v[i].stop - lines->v[i].text);
		edge = right > edge ? right : edge;
	}
	for (size_t i = 1; i < lines->n && edge < 120; i++) { /* wider lines are whole paragraphs */
		const struct line *x = &lines->v[i], *last = x - 1;
		if (line_blank(x) || line_blank(last) || clause_end(line_span(text, last)))
			continue;
		size_t word = span_find_byte(line_span(text, x), ' ', 0);
		l->open++;
		l->full += last->indent + (last->stop - last->text) + 1 + word + 2 > edge;
	}
}

/* Columns differ by more than a slip of the typist. */
static bool moved(unsigned x, unsigned y)
{
	return x > y + 1 || y > x + 1;
}

/* A heading in the middle of the line, in capitals. */
static bool centred(span s, const struct line *x)
{
	return x->indent >= 10 && s.n < 64 && all_capitals(s, 3);
}

/* One of the lines of a caption that a column of brackets divides. */
static bool caption_line(span s)
{
	size_t tab = span_find_byte(s, '\t', 0);
	return s.n && (span_eq(s, SPAN("_)")) || (tab < s.n && (s.p[s.n - 1] == ')' || span_find(s, SPAN("\t)"), 0) < s.n)));
}

struct builder {
	span text;
	const struct lines *lines;
	struct blocks b;
	struct arena *a;
};

static unsigned right_edge(const struct line *x)
{
	return x->indent + (x->stop - x->text);
}

/* The first word of line x had ample room at the end of the line before: that line ends a paragraph or heading. */
static bool would_have_fitted(span s, const struct line *last, const struct line *x)
{
	size_t word = span_find_byte(s, ' ', 0);
	return right_edge(last) + 1 + word + 14 < right_edge(x);
}

/* The same where no lines are broken at a width: a line far from the common
 * right edge was ended on purpose, even before a small letter. */
static bool short_of(unsigned width, span s, const struct line *last)
{
	size_t word = span_find_byte(s, ' ', 0);
	return right_edge(last) + 1 + word + 14 < width;
}

/* "TORRUELLA, Circuit Judge (dissenting).": an opinion begins, whatever stands above. */
static bool separate_author(span s)
{
	struct author a;
	return s.n > 8 && is_upper(s.p[0]) && is_upper(s.p[1]) && author_of(s, &a) && a.separate;
}

/* Ends in a comma as an item does; "(a), (b)," is a list of references. */
static bool ends_item(span s)
{
	return span_ends(s, SPAN(",")) && !span_ends(s, SPAN("),"));
}

/* Whether line x begins a block, after line `last` of the open one. */
static bool begins(const struct builder *w, const struct line *last, const struct line *x, bool gap)
{
	bool first = w->b.v[w->b.n - 1].lines == 1;
	span s = line_span(w->text, x), before = line_span(w->text, last);
	if ((gap && !w->b.spaced) || zone_marker(s) || zone_marker(before) || page_number(s) || page_number(before))
		return true;
	if (speaker(s) || caption_line(s) != caption_line(before) || separate_author(s))
		return true;
	if (centred(before, last) != centred(s, x) && (first || centred(s, x)))
		return true;
	char end = clause_end(before);
	bool labelled = label_read(s).n;
	if (!w->b.wrapped && labelled && !label_refers(w->text, x->text))
		return true; /* each line is a paragraph */
	bool set_in = x->indent && x->indent == last->indent && starts_lower(s) && !ends_item(before); /* a quotation that has its own width */
	if (!w->b.wrapped && !set_in && short_of(w->b.width, s, last))
		return true;
	if (labelled && (end || ends_item(before) || moved(x->indent, last->indent) || last->stop - last->text < w->b.width / 2u))
		return true;
	if (!w->b.wrapped && !starts_lower(s) && (end || last->stop - last->text > 120))
		return true;
	if (!w->b.wrapped)
		return false;
	if (first && !starts_lower(s) && would_have_fitted(s, last, x))
		return true;
	bool numbered = first && w->b.spaced && !end && right_edge(last) < w->b.width * 4u / 5 && is_upper(s.p[0]);
	if (numbered && label_read(before).n)
		return true; /* a heading */
	if (x->indent > last->indent + 1u) /* a first line stands in */
		return first ? x->indent < last->indent + 20u || end : true;
	if (!first && x->indent + 1u < last->indent)
		return true;
	bool full = right_edge(last) > w->b.width * 3u / 4;
	return first && end && !full && x->indent + 3u < last->indent;
}

static void add_line(struct builder *w, const struct line *x, bool fresh, bool gap)
{
	if (fresh) {
		struct block *b = PUSH(w->a, &w->b);
		*b = (struct block){ .beg = w->b.n > 1 ? x->beg : 0, .text = x->text, .indent = x->indent, .rest = x->indent, .gap = gap };
	}
	struct block *b = &w->b.v[w->b.n - 1];
	if (b->lines == 1 || (b->lines && x->indent < b->rest))
		b->rest = x->indent;
	if (b->lines && !gap)
		b->tight++;
	b->stop = x->stop;
	b->lines++;
}

struct blocks blocks_of(span text, struct arena *a)
{
	struct lines lines = lines_of(text, a);
	struct layout l = layout_of(text, &lines);
	struct builder w = { .text = text, .lines = &lines, .a = a };
	w.b.width = l.width;
	w.b.spaced = l.single > 8 && l.single * 4 > l.filled - l.adjacent && l.width < 200;
	w.b.wrapped = w.b.spaced || (l.joined > 2 && l.joined * 5 > l.adjacent);
	if (!w.b.wrapped && lines.n < SHORT_LINES) { /* few lines to tell by: do they end where the width says? */
		count_full(&l, text, &lines);
		w.b.wrapped = l.full > 2 && l.full * 4 > l.open * 3;
	}
	const struct line *last = NULL;
	bool gap = false;
	for (size_t i = 0; i < lines.n; i++) {
		const struct line *x = &lines.v[i];
		if (line_blank(x)) {
			gap = true;
			continue;
		}
		add_line(&w, x, !last || begins(&w, last, x, gap), gap);
		last = x;
		gap = false;
	}
	return w.b;
}
