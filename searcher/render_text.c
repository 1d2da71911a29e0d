#include "searcher/render.h"

#include "base/utf8.h"
#include "searcher/output.h"

static const char bold[] = "\x1b[1m", dim[] = "\x1b[2m", matched[] = "\x1b[1;31m", plain[] = "\x1b[0m";

/* column: where the next word of a snippet goes, counted in letters from the left margin. */
struct page {
	struct buf *b;
	const struct render_options *o;
	unsigned column;
};

/* Without colour not one escape byte is written. */
static void code(struct page *p, const char *escape)
{
	if (p->o->colour)
		buf_put(p->b, span_of(escape));
}

/* Words of s, wrapped and indented by four. */
static void wrapped(struct page *p, span s)
{
	while (s.n) {
		size_t n = span_find_byte(s, ' ', 0);
		/* A letter is taken for a column. A word is never broken: one longer than the line
		 * has a line of its own. */
		size_t columns = utf8_length(span_sub(s, 0, n));
		/* At the margin nothing is wrapped: there a word longer than the line has to be
		 * printed after all. */
		if (p->o->width && p->column > 4 && p->column + columns > p->o->width) {
			buf_put(p->b, SPAN("\n    "));
			p->column = 4;
		}
		output_safe(p->b, span_sub(s, 0, n));
		p->column += (unsigned)columns;
		if (n < s.n) {
			buf_byte(p->b, ' ');
			p->column++;
		}
		s = span_sub(s, n + 1, s.n);
	}
}

/* Marks go about whole pieces, and the wrapping counts only what is seen of them. */
static void snippet(struct page *p, const struct segments *s)
{
	buf_put(p->b, SPAN("    "));
	p->column = 4;
	for (size_t i = 0; i < s->n; i++) {
		if (s->v[i].m)
			code(p, matched);
		wrapped(p, s->v[i].t);
		if (s->v[i].m)
			code(p, plain);
	}
	buf_byte(p->b, '\n');
}

/* OSC 8: terminals show the text and open the file; those that do not know it show the text alone. */
static void link_to(struct page *p, span path)
{
	if (p->o->links && path.n)
		buf_printf(p->b, "\x1b]8;;file://%.*s\x1b\\", SPAN_ARG(path));
}

/* "42 U.S.C. § 1983  Civil action for deprivation of rights": the title unless it is all there is. */
static void heading(struct page *p, const struct hit *h)
{
	span name = h->cite.n ? h->cite : h->address;
	link_to(p, h->path);
	code(p, bold);
	output_safe(p->b, name);
	code(p, plain);
	if (p->o->links && h->path.n)
		buf_put(p->b, SPAN("\x1b]8;;\x1b\\"));
	if (h->title.n && !span_eq(h->title, name)) {
		buf_put(p->b, SPAN("  "));
		output_safe(p->b, h->title);
	}
	buf_byte(p->b, '\n');
}

/* "  opinion, ca1, 2010-10-25 · Title › Chapter · cited by 12": what is not known leaves no gap. */
static void particulars(struct page *p, const struct hit *h)
{
	code(p, dim);
	buf_printf(p->b, "  %.*s", SPAN_ARG(h->kind));
	if (h->court.n)
		buf_printf(p->b, ", %.*s", SPAN_ARG(h->court));
	if (h->date.n)
		buf_printf(p->b, ", %.*s", SPAN_ARG(h->date));
	for (size_t i = 0; i < h->breadcrumb.n; i++) {
		buf_put(p->b, i ? SPAN(" \xE2\x80\xBA ") : SPAN(" \xC2\xB7 "));
		output_safe(p->b, h->breadcrumb.v[i]);
	}
	if (h->cited_by)
		buf_printf(p->b, " \xC2\xB7 cited by %u", h->cited_by);
	if (h->copies > 1)
		buf_printf(p->b, " \xC2\xB7 %u copies", h->copies);
	for (size_t i = 0; i < h->versions.n; i++) {
		buf_put(p->b, i ? SPAN(", ") : SPAN(" \xC2\xB7 also in another version: "));
		output_safe(p->b, h->versions.v[i]);
	}
	code(p, plain);
	buf_byte(p->b, '\n');
}

/* The parts, right under the score that they make up. */
static void parts(struct page *p, const struct hit *h)
{
	if (!h->parts.n)
		return;
	buf_printf(p->b, "    score %.3f\n", h->score);
	for (size_t i = 0; i < h->parts.n; i++)
		buf_printf(p->b, "      %8.3f  %.*s\n", h->parts.v[i].value, SPAN_ARG(h->parts.v[i].name));
}

/* A passage that is the document itself has no line of its own above its words. */
static void hit(struct page *p, const struct hit *h)
{
	heading(p, h);
	particulars(p, h);
	for (size_t i = 0; i < h->passages.n; i++) {
		const struct hit_passage *x = &h->passages.v[i];
		if (x->cite.n && !span_eq(x->address, h->address)) {
			buf_put(p->b, SPAN("  "));
			code(p, bold);
			output_safe(p->b, x->cite);
			code(p, plain);
			buf_byte(p->b, '\n');
		}
		snippet(p, &x->snippet);
	}
	parts(p, h);
	buf_byte(p->b, '\n');
}

/* court: ca1 (12) ca2 (7) ...: the commonest dozen; JSON has all. */
static void facets(struct page *p, const struct facets *f)
{
	for (size_t i = 0; i < f->n; i++) {
		buf_printf(p->b, "%.*s:", SPAN_ARG(f->v[i].field));
		for (size_t k = 0; k < f->v[i].n && k < 12; k++)
			buf_printf(p->b, " %.*s (%u)", SPAN_ARG(f->v[i].v[k].value), f->v[i].v[k].count);
		buf_byte(p->b, '\n');
	}
}

/* Last, for it is what stands above the prompt when a long answer has gone by. "about" where the
 * total is not exact. */
static void summary(struct page *p, const struct search_answer *a)
{
	code(p, dim);
	buf_printf(p->b, "%s%llu %s", a->exact ? "" : "about ", (unsigned long long)a->total, a->total == 1 ? "document" : "documents");
	if (a->folded)
		buf_printf(p->b, ", %llu more are versions of these texts", (unsigned long long)a->folded);
	if (a->hits.n)
		buf_printf(p->b, ", %u to %u", a->hits.v[0].rank, a->hits.v[a->hits.n - 1].rank);
	buf_printf(p->b, ", %.1f ms", a->took_ms);
	if (a->partial)
		buf_put(p->b, SPAN("; the time was up before all was seen"));
	code(p, plain);
	buf_byte(p->b, '\n');
}

void render_text(const struct search_answer *a, const struct render_options *o, struct buf *out)
{
	struct page p = { .b = out, .o = o };
	/* --count: a number on a line of its own, for scripts. */
	if (a->counted) {
		buf_printf(out, "%llu\n", (unsigned long long)a->total);
		facets(&p, &a->facets);
		return;
	}
	for (size_t i = 0; i < a->answers.n; i++)
		hit(&p, &a->answers.v[i]);
	if (a->answers.n && a->hits.n)
		/* Between what the query names and what a search for it finds. */
		buf_printf(out, "--- %s\n\n", a->citation.n ? "cited in" : "other documents");
	for (size_t i = 0; i < a->hits.n; i++)
		hit(&p, &a->hits.v[i]);
	facets(&p, &a->facets);
	summary(&p, a);
}

/* The signs that Markdown would take for its own, wherever they stand. */
static void md_text(struct buf *b, span s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (memchr("\\`*_[]<>#|", s.p[i], 10))
			buf_byte(b, '\\');
		buf_byte(b, s.p[i]);
	}
}

/* 1. **42 U.S.C. § 1983** title, and below it a quotation a passage, with its citation behind: to
 * be pasted into a memorandum. */
void render_md(const struct search_answer *a, const struct render_options *o, struct buf *out)
{
	(void)o;
	for (size_t i = 0; i < a->hits.n; i++) {
		const struct hit *h = &a->hits.v[i];
		buf_printf(out, "%u. **", h->rank);
		md_text(out, h->cite.n ? h->cite : h->address);
		buf_put(out, SPAN("** "));
		md_text(out, h->title);
		buf_byte(out, '\n');
		for (size_t k = 0; k < h->passages.n; k++) {
			const struct hit_passage *p = &h->passages.v[k];
			buf_put(out, SPAN("   > "));
			for (size_t m = 0; m < p->snippet.n; m++) {
				const char *star = p->snippet.v[m].m ? "**" : "";
				buf_printf(out, "%s", star);
				md_text(out, p->snippet.v[m].t);
				buf_printf(out, "%s", star);
			}
			buf_put(out, SPAN(" — "));
			md_text(out, p->cite);
			buf_put(out, SPAN("\n\n"));
		}
	}
}
