/* Double-spaced lines: where an empty line follows every line of a page, empty
 * lines no longer part paragraphs. Inside a paragraph they go; a paragraph
 * begins where a line is indented. Runs of spaces that justify a line stay:
 * words are apart either way. */
#include "law/repair_private.h"

enum { RUN_MIN = 5, FULL = 40 };

struct row {
	struct line text;
	uint32_t indent, blank; /* columns before it; empty lines before it */
};
struct rows {
	span s;        /* the text they are of */
	struct row *v;
	size_t n, cap;
};

static struct rows rows_of(span s, struct arena *a)
{
	struct rows out = { .s = s };
	uint32_t blank = 0;
	for (uint32_t at = 0; at < s.n;) {
		uint32_t end = (uint32_t)span_find_byte(s, '\n', at);
		struct line l = line_trim(s, (struct line){ at, end });
		uint32_t beg = at;
		while (beg < l.beg && s.p[beg] == '\f')
			beg++;
		if (l.beg < l.end)
			*PUSH(a, &out) = (struct row){ l, l.beg - beg, blank };
		blank = l.beg < l.end ? 0 : blank + 1;
		at = end + 1;
	}
	return out;
}

static bool sentence_ends(span s, struct line l)
{
	char c = s.p[l.end - 1];
	return c == '.' || c == ':' || c == '?' || c == '!' || c == '"' || c == ';' || c == ')';
}

/* Rows i to the one returned, excluded, all one empty line apart. */
static size_t doubled_run(const struct rows *r, size_t i)
{
	size_t k = i + 1;
	while (k < r->n && r->v[k].blank == 1)
		k++;
	return k;
}

/* Whether a run is one of double-spaced lines: most are long and break inside a
 * sentence, and many go on with a small letter. */
static bool is_doubled(const struct rows *r, size_t from, size_t to)
{
	span s = r->s;
	size_t open = 0, full = 0, small = 0;
	for (size_t i = from; i < to; i++) {
		full += r->v[i].text.end - r->v[i].text.beg >= FULL;
		open += !sentence_ends(s, r->v[i].text);
		small += is_lower(s.p[r->v[i].text.beg]);
	}
	return to - from >= RUN_MIN && full * 3 >= (to - from) * 2 && open * 3 >= (to - from) * 2 && small * 3 >= to - from;
}

static void join_rows(const struct rows *r, size_t from, size_t to, struct edits *out, struct arena *a)
{
	span s = r->s;
	uint32_t margin = UINT32_MAX;
	for (size_t i = from; i < to; i++)
		margin = r->v[i].indent < margin ? r->v[i].indent : margin;
	for (size_t i = from + 1; i < to; i++) {
		struct line prev = r->v[i - 1].text, next = r->v[i].text;
		bool full = prev.end - prev.beg >= FULL;
		if (r->v[i].indent > margin + 2 || !full)
			continue;
		/* The second line feed and all before the next line's indent. */
		uint32_t first = (uint32_t)span_find_byte(s, '\n', prev.end) + 1, beg = next.beg - r->v[i].indent;
		if (beg > first && span_find_byte(span_sub(s, first, beg), '\f', 0) == beg - first)
			edit_push(out, a, "layout", (struct range){ first, beg }, .9f);
	}
}

/* A sentence that goes on over a page's end, empty lines and a form feed between. */
static void join_pages(const struct rows *r, struct edits *out, struct arena *a)
{
	span s = r->s;
	for (size_t i = 1; i < r->n; i++) {
		struct line prev = r->v[i - 1].text, next = r->v[i].text;
		uint32_t beg = next.beg - r->v[i].indent;
		bool page = span_find_byte(span_sub(s, prev.end, beg), '\f', 0) < beg - prev.end;
		bool goes_on = is_lower(s.p[next.beg]) && !sentence_ends(s, prev) && prev.end - prev.beg >= FULL;
		uint32_t first = (uint32_t)span_find_byte(s, '\n', prev.end) + 1;
		if (page && goes_on && beg > first)
			edit_push(out, a, "layout", (struct range){ first, beg }, .9f);
	}
}

struct edits repair_layout(const struct text *t, struct arena *a)
{
	struct edits out = { 0 };
	struct rows r = rows_of(t->clean, a);
	for (size_t i = 0; i < r.n;) {
		size_t to = doubled_run(&r, i);
		if (is_doubled(&r, i, to))
			join_rows(&r, i, to, &out, a);
		i = to;
	}
	join_pages(&r, &out, a);
	edits_settle(&out);
	return out;
}
