/* What of a document the reading view points out: the words of ?q, and where
 * it is cited. */
#include "law/address.h"
#include "searcher/citator.h"
#include "searcher/snippet.h"
#include "searcher/web.h"

/* Words marked one after another, as those of a phrase, are one mark: one step for the reader. */
static void join_marks(struct marks *m, span text)
{
	size_t n = 0;
	for (size_t i = 0; i < m->n; i++)
		if (n && !span_trim(span_sub(text, m->v[n - 1].at.end, m->v[i].at.beg)).n)
			m->v[n - 1].at.end = m->v[i].at.end;
		else
			m->v[n++] = m->v[i];
	m->n = n;
}

/* Trouble with the query only means that nothing is marked: the text is shown. */
struct marks web_marks(struct web *w, uint32_t entry, const struct record *r)
{
	struct err err = { 0 };
	struct plan plan = { 0 };
	struct query *q = NEW(w->a, struct query);
	struct query_options o = { 0 };
	struct marks none = { 0 };
	span dialect = web_param(w, "dialect");
	o.dialect = span_eq(dialect, SPAN("westlaw")) ? DIALECT_WESTLAW : span_eq(dialect, SPAN("lexis")) ? DIALECT_LEXIS : DIALECT_PLAIN;
	/* Opened from a citation, not from a search. */
	if (!web_param(w, "q").n)
		return none;
	*q = query_parse(web_param(w, "q"), &o, w->a);
	if (q->bad || !q->root || !plan_make(&plan, w->worker->index, q, w->a, &err))
		return none;
	struct marks m = marks_of(&plan, entry, r, w->a, &err);
	if (err.code)
		return none;
	join_marks(&m, r->doc.text.clean);
	return m;
}

/* At most so many units are asked about, and so many show the sentences: a
 * code's chapter may have thousands, and a sentence costs reading a document. */
enum { UNITS_ASKED = 400, UNITS_QUOTED = 12, CITING_READ = 8, SENTENCES_SHOWN = 5, TITLE_SHOWN = 90 };

/* To the unit that says it, with the sentence. */
static void mention(struct buf *b, const struct mention *m)
{
	HTML(b, "<li><a");
	page_unit_link(b, m->address, m->place);
	HTML(b, ">");
	html_text(b, m->display.n ? m->display : m->address);
	HTML(b, "</a><span class=text>");
	html_text(b, m->sentence);
	HTML(b, "</span></li>");
}

/* Mentions of the unit or below it; those of a range about it say little of a subdivision. */
static void own_mentions(struct index *x, span address, struct arena *a, struct mentions *out)
{
	struct mentions all;
	struct err err = { 0 };
	/* Ranges apart, "alone": what cites only the section says nothing of this subdivision. */
	if (!citator_mentions(x, &(struct inquiry){ .address = address, .max = CITING_READ, .alone = true }, a, &all, &err))
		return;
	for (size_t i = 0; i < all.n && out->n < SENTENCES_SHOWN; i++)
		if (!all.v[i].ranged)
			*PUSH(a, out) = all.v[i];
}

/* What stands below a unit that n documents cite: some of their sentences, and
 * a link to all. Trouble in reading them leaves the link. */
static const char *cited_unit(struct web *w, span address, uint32_t n, bool quoted)
{
	struct mentions m = { 0 };
	struct buf b = { .a = w->a };
	if (quoted)
		own_mentions(w->worker->index, address, w->a, &m);
	if (m.n) {
		buf_printf(&b, "<details class=cited><summary>Cited %u time%s</summary><ul class=citing>", n, n == 1 ? "" : "s");
		for (size_t i = 0; i < m.n; i++)
			mention(&b, &m.v[i]);
		HTML(&b, "</ul>");
	} else {
		HTML(&b, "<div class=cited>");
	}
	HTML(&b, "<p><a");
	html_link(&b, "/?q=", arena_printf(w->a, "cites(%.*s)", SPAN_ARG(address)));
	if (m.n)
		HTML(&b, ">All that cite it</a></p></details>\n");
	else
		buf_printf(&b, ">Cited %u time%s</a></p></div>\n", n, n == 1 ? "" : "s");
	buf_byte(&b, 0);
	return b.p;
}

/* For each unit: what cites it, where something does.
 * A unit without a heading and address of its own shares its parent's, and would say the same twice. */
const char *const *web_cited(struct web *w, const struct record *r)
{
	struct err err = { 0 };
	const char **after = NEWN(w->a, const char *, r->outline.n + 1);
	size_t asked = 0, quoted = 0;
	for (size_t i = 1; i < r->outline.n && asked < UNITS_ASKED; i++) {
		const struct unit *u = &r->outline.v[i];
		uint32_t n = 0;
		/* Only units with an address of their own can be cited. */
		if (!unit_id(r, u->address).n || span_eq(u->address, r->outline.v[u->parent].address))
			continue;
		asked++;
		if (index_cited_by(w->worker->index, u->address, &n, &err) && n)
			after[i] = cited_unit(w, u->address, n, quoted++ < UNITS_QUOTED);
	}
	return after;
}

/* The passages that cite the document, as search finds and marks them. */
void web_citing(struct web *w, const struct record *r)
{
	struct search_request s = { .limit = 5 };
	struct search_answer answer;
	struct err err = { 0 };
	struct buf *b = &w->body;
	/* A search like any other: so its words are marked and its order is that of hits. */
	s.text = arena_printf(w->a, "cites(%.*s)", SPAN_ARG(r->doc.address));
	if (!search(w->worker->index, &s, w->a, &answer, &err) || !answer.hits.n)
		return;
	HTML(b, "<h2>Cited by</h2><ul class=citing>");
	for (size_t i = 0; i < answer.hits.n; i++) {
		const struct hit *h = &answer.hits.v[i];
		const struct hit_passage *p = h->passages.n ? &h->passages.v[0] : NULL;
		HTML(b, "<li><a");
		page_unit_link(b, h->address, p ? p->address : h->address);
		HTML(b, ">");
		html_text(b, p && p->cite.n ? p->cite : h->cite.n ? h->cite : h->title.n ? h->title : h->address);
		HTML(b, "</a>");
		if (h->cite.n && h->title.n) {
			HTML(b, "<small>");
			html_text(b, page_shortened(h->title, TITLE_SHOWN, w->a));
			HTML(b, "</small>");
		}
		if (p)
			web_snippet(b, &p->snippet);
		HTML(b, "</li>");
	}
	HTML(b, "</ul><p><a");
	html_link(b, "/?q=", s.text);
	buf_printf(b, ">All %llu</a></p>\n", (unsigned long long)answer.total);
}
