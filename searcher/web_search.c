/* /v1/search and the page of hits: one request, one answer, two renderings. */
#include "searcher/render.h"
#include "searcher/server_limits.h"
#include "searcher/web.h"

/* Index of the value among the choices; -1: none of them, and a 400 has been answered.
 * Exact words: a value that nearly fits is a mistake that should be heard of. */
static int choice(struct web *w, const char *name, const char *const *choices, int n)
{
	span given = web_param(w, name);
	if (!given.n)
		return 0;
	for (int i = 0; i < n; i++)
		if (span_eq(given, span_of(choices[i])))
			return i;
	web_problem(w, 400, "bad_parameter", arena_printf(w->a, "%s: no such value; the first of its values is '%s'", name, choices[0]).p);
	return -1;
}

/* As in web_api.c: given without a value it is on. */
static bool flag(const struct web *w, const char *name)
{
	span v = web_param(w, name);
	return v.p && !span_eq(v, SPAN("0")) && !span_eq(v, SPAN("false"));
}

/* Length is looked at here, in bytes as sent; how complex a query may be is for the parser, which tells where it is
 * too much. */
static bool read_words(struct web *w, struct search_request *r)
{
	r->text = web_param(w, "q");
	r->court = web_param(w, "court");
	r->jurisdiction = web_param(w, "jurisdiction");
	r->kind = web_param(w, "kind");
	r->code = web_param(w, "code");
	r->year = web_param(w, "year");
	r->after = web_param(w, "after");
	r->before = web_param(w, "before");
	r->cites = web_param(w, "cites");
	r->facets = web_param(w, "facets");
	r->cursor = web_param(w, "cursor");
	r->explain = flag(w, "explain");
	r->count_only = flag(w, "count");
	r->any = flag(w, "any");
	r->language.lexis_windows = flag(w, "lexis_windows");
	if (r->text.n <= limit_of(LIMIT_QUERY_BYTES))
		return true;
	web_problem(w, 400, "query_too_long", "the query is too long; its limit is query-bytes of docs/server-limits.md");
	return false;
}

/* The first of each is the default, in the enumerations, too. */
static bool read_choices(struct web *w, struct search_request *r)
{
	static const char *const sorts[] = { "relevance", "date", "cited", "court" };
	static const char *const dialects[] = { "plain", "westlaw", "lexis" };
	static const char *const bys[] = { "document", "passage" };
	int by = choice(w, "by", bys, 2), sort = by < 0 ? -1 : choice(w, "sort", sorts, 4);
	int dialect = sort < 0 ? -1 : choice(w, "dialect", dialects, 3);
	if (dialect < 0)
		return false;
	r->by = (enum search_by)by;
	r->sort = (enum search_sort)sort;
	r->language.dialect = (enum dialect)dialect;
	return true;
}

/* limit is the API's name, n that of the command: both are taken. */
static bool read_request(struct web *w, struct search_request *r)
{
	uint64_t limit = 10, offset = 0, now = clock_ns();
	if (!web_number(w, "limit", 0, SEARCH_LIMIT_MAX, &limit) || !web_number(w, "n", 0, SEARCH_LIMIT_MAX, &limit) ||
	    !web_number(w, "offset", 0, SEARCH_WINDOW_MAX, &offset))
		return false;
	r->limit = (uint32_t)limit;
	r->offset = (uint32_t)offset;
	/* What is left of the request's time; it may have waited in the queue. */
	r->timeout_ms = w->deadline > now + 1000000u ? (uint32_t)((w->deadline - now) / 1000000u) : 1;
	return read_words(w, r) && read_choices(w, r);
}

/* Nothing found is 200 with an empty list, not 404: the path exists, and the answer is that there is none. */
void api_search(struct web *w)
{
	struct search_request r = { 0 };
	struct search_answer answer;
	struct err err = { 0 };
	if (!read_request(w, &r))
		return;
	if (!search(w->worker->index, &r, w->a, &answer, &err)) {
		web_fail(w, &err);
		return;
	}
	w->partial = answer.partial;
	render_json(&answer, &(struct render_options){ 0 }, &w->body);
	web_json(w);
}

/* The query goes along, to be marked in the text; the fragment leads to the passage. */
static void reading_link(struct web *w, span doc, span address)
{
	bool below = span_starts(address, doc) && address.n > doc.n;
	html_address(&w->body, doc);
	w->body.n--; /* the quote comes after the query and the fragment */
	HTML(&w->body, "?q=");
	http_encode(&w->body, web_param(w, "q"));
	if (below) {
		HTML(&w->body, "#");
		html_text(&w->body, span_sub(address, doc.n + 1, address.n));
	}
	HTML(&w->body, "\"");
}

/* Words marked one after another, as those of a phrase, are one mark: the space between them is no word. */
static bool joins(const struct segments *s, size_t i)
{
	return i + 1 < s->n && i && s->v[i - 1].m && s->v[i + 1].m && !span_trim(s->v[i].t).n;
}

/* Marks open and close where matched and other pieces meet. */
void web_snippet(struct buf *b, const struct segments *s)
{
	bool open = false;
	HTML(b, "<span class=text>");
	for (size_t i = 0; i < s->n; i++) {
		bool m = s->v[i].m || joins(s, i);
		if (m != open)
			buf_put(b, m ? SPAN("<mark>") : SPAN("</mark>"));
		open = m;
		html_text(b, s->v[i].t);
	}
	buf_put(b, open ? SPAN("</mark></span>") : SPAN("</span>"));
}

/* An empty item would leave a gap. */
static void meta_item(struct buf *b, const char *class_name, span text)
{
	if (!text.n)
		return;
	buf_printf(b, "<span class=%s>", class_name);
	html_text(b, text);
	HTML(b, "</span>");
}

/* What the citation says already is not said again. */
static void hit_meta(struct buf *b, const struct hit *h)
{
	span court = web_court(h->court, true);
	HTML(b, "<p class=meta>");
	meta_item(b, "cite", h->cite);
	/* "No. 09-1910 (1st Cir. Oct. 25, 2010)" says court and date itself. */
	if (!web_says(h->cite, court))
		meta_item(b, "court", court);
	if (!web_says(h->cite, arena_printf(b->a, "%.*s)", SPAN_ARG(span_sub(h->date, 0, 4)))))
		meta_item(b, "date", h->date);
	meta_item(b, "kind", h->kind);
	if (h->cited_by)
		buf_printf(b, "<span>cited %u time%s</span>", h->cited_by, h->cited_by == 1 ? "" : "s");
	if (h->copies > 1)
		buf_printf(b, "<span>%u copies</span>", h->copies);
	for (size_t i = 0; i < h->versions.n; i++) {
		HTML(b, "<span>also in another version: ");
		html_text(b, h->versions.v[i]);
		HTML(b, "</span>");
	}
	HTML(b, "</p>");
}

/* What the citation of a passage adds to the document's: "¶ 23"; of a section it is the section with its
 * subdivisions, "§ 610.100.1", for ".1" alone is no label. */
static span pin_of(const struct hit *h, const struct hit_passage *p)
{
	span cite = p->cite.n ? p->cite : p->address;
	/* Three cases: what follows the document's citation; nothing, where it is the document
	 * itself; from the section sign on. */
	size_t sign = span_find(cite, SPAN("\u00A7"), 0);
	if (span_starts(cite, h->cite) && span_starts(span_sub(cite, h->cite.n, cite.n), SPAN(", ")))
		return span_sub(cite, h->cite.n + 2, cite.n);
	if (span_eq(cite, h->cite) && sign == cite.n)
		return SPAN("text");
	return sign < cite.n ? span_sub(cite, sign, cite.n) : cite;
}

/* The pin leads to the passage; its whole citation is the title that a pointer shows. */
static void hit_passage(struct web *w, const struct hit *h, const struct hit_passage *p)
{
	struct buf *b = &w->body;
	HTML(b, "<li><a class=pin");
	reading_link(w, h->address, p->address);
	html_attr(b, "title", p->cite.n ? p->cite : p->address);
	HTML(b, ">");
	html_text(b, pin_of(h, p));
	HTML(b, "</a>");
	web_snippet(b, &p->snippet);
	HTML(b, "</li>");
}

/* Only with explain=1: what the score is made of, in the words of docs/ranking.md. */
static void hit_parts(struct buf *b, const struct hit *h)
{
	struct json j = { .out = b };
	if (!h->parts.n)
		return;
	HTML(b, "<p class=meta>");
	for (size_t i = 0; i < h->parts.n; i++) {
		HTML(b, "<span>");
		html_text(b, h->parts.v[i].name);
		HTML(b, " ");
		j.comma = false;
		json_real(&j, h->parts.v[i].value, 3);
		HTML(b, "</span>");
	}
	HTML(b, "</p>");
}

/* Where the section stands in its code. */
static void hit_crumbs(struct buf *b, const struct hit *h)
{
	if (!h->breadcrumb.n)
		return;
	HTML(b, "<p class=crumbs>");
	for (size_t i = 0; i < h->breadcrumb.n; i++) {
		if (i)
			HTML(b, " › ");
		html_text(b, h->breadcrumb.v[i]);
	}
	HTML(b, "</p>");
}

/* A caption may name a dozen parties; the reading view has them all. */
enum { TITLE_SHOWN = 160 };

static void hit_item(struct web *w, const struct hit *h)
{
	struct buf *b = &w->body;
	/* Reached by j and k, not by Tab, which goes from link to link. */
	HTML(b, "<li class=hit tabindex=-1");
	/* What "c" copies: the passage's citation, else the document's. */
	html_attr(b, "data-cite", h->passages.n && h->passages.v[0].cite.n ? h->passages.v[0].cite : h->cite);
	HTML(b, "><h2><a");
	reading_link(w, h->address, h->passages.n ? h->passages.v[0].address : h->address);
	HTML(b, ">");
	html_text(b, page_shortened(h->title.n ? h->title : h->cite.n ? h->cite : h->address, TITLE_SHOWN, w->a));
	HTML(b, "</a></h2>");
	hit_meta(b, h);
	hit_crumbs(b, h);
	HTML(b, "<ul class=passages>");
	for (size_t i = 0; i < h->passages.n; i++)
		hit_passage(w, h, &h->passages.v[i]);
	HTML(b, "</ul>");
	hit_parts(b, h);
	HTML(b, "</li>\n");
}

/* A query that is a citation is answered by what it names, before the search for who cites it. */
static void direct_answer(struct web *w, const struct hit *h)
{
	struct buf *b = &w->body;
	bool pinpoint = h->passages.n && h->passages.v[0].cite.n;
	span cite = pinpoint ? h->passages.v[0].cite : h->cite.n ? h->cite : h->address;
	HTML(b, "<section class=answer");
	html_attr(b, "data-cite", cite);
	HTML(b, "><h2><a");
	reading_link(w, h->address, h->passages.n ? h->passages.v[0].address : h->address);
	HTML(b, ">");
	html_text(b, cite);
	HTML(b, "</a></h2><p class=title>");
	html_text(b, page_shortened(h->title, TITLE_SHOWN, w->a));
	HTML(b, "</p>");
	if (h->passages.n) {
		HTML(b, "<p>");
		web_snippet(b, &h->passages.v[0].snippet);
		HTML(b, "</p>");
	}
	HTML(b, "<p class=meta><a");
	html_link(b, "/?q=", arena_printf(w->a, "cites(%.*s)", SPAN_ARG(cite)));
	HTML(b, ">Who cites it</a></p></section>\n");
}

/* role=status: a screen reader says the count as soon as the page is there. How the query was read is always shown,
 * since a search that reads otherwise than meant finds the wrong things without a word. */
static void status_line(struct web *w, const struct search_answer *a)
{
	struct buf *b = &w->body;
	buf_printf(b, "<p class=status role=status>%s", a->exact ? "" : "about ");
	page_count(b, a->total);
	buf_printf(b, " %s%s. <span class=parsed>Read as ", a->total == 1 ? "hit" : "hits",
		   a->partial ? ", stopped at the time limit: not all were looked at" : "");
	html_text(b, a->parsed);
	HTML(b, "</span></p>\n");
	web_narrowed(w);
	if (a->note.n)
		page_notice(b, "notice", a->note);
	/* Offered, never applied: a name that looks misspelt may be one. */
	if (a->suggestion.n) {
		HTML(b, "<p>Did you mean <a");
		web_state_link(w, "q", a->suggestion);
		HTML(b, ">");
		html_text(b, a->suggestion);
		HTML(b, "</a>?</p>\n");
	}
	for (size_t i = 0; i < a->related.n; i++) {
		buf_put(b, i ? SPAN(", <a") : SPAN("<p class=related>In other words: <a"));
		web_state_link(w, "q", a->related.v[i].text);
		HTML(b, ">");
		html_text(b, a->related.v[i].text);
		HTML(b, "</a> (");
		page_count(b, a->related.v[i].total);
		HTML(b, ")");
	}
	if (a->related.n)
		HTML(b, "</p>\n");
}

/* What may help, as links: a dead end is where a reader gives up. */
static void nothing_found(struct web *w)
{
	struct buf *b = &w->body;
	page_notice(b, "notice", SPAN("Nothing in the index satisfies the query. Fewer words, or a root such as arrest!, may find more."));
	if (!web_param(w, "any").n) {
		HTML(b, "<p><a");
		web_state_link(w, "any", SPAN("1"));
		HTML(b, ">Documents with any of these words</a></p>\n");
	}
	page_examples(b);
}

/* Filters stand first in the page as they stand first on the screen; j and k, and the heading of the results, lead
 * past them. */
static void hits_page(struct web *w, const struct search_answer *a)
{
	struct buf *b = &w->body;
	HTML(b, "<h1 class=hidden>Results</h1>\n<div class=columns>\n");
	web_filters(w, a);
	HTML(b, "<section aria-label=Results>\n");
	status_line(w, a);
	for (size_t i = 0; i < a->answers.n; i++)
		direct_answer(w, &a->answers.v[i]);
	HTML(b, "<ol class=hits>\n");
	for (size_t i = 0; i < a->hits.n; i++)
		hit_item(w, &a->hits.v[i]);
	HTML(b, "</ol>\n");
	/* An answer by citation is something, though nobody cites it. */
	if (!a->hits.n && !a->answers.n)
		nothing_found(w);
	/* The cursor holds where the last hit stood, so that paging does not begin anew each time. */
	if (a->next.n) {
		HTML(b, "<nav class=pages aria-label=Pages><a rel=next");
		web_state_link(w, "cursor", a->next);
		HTML(b, ">Next page</a></nav>\n");
	}
	HTML(b, "</section>\n</div>\n");
}

/* The message has the query with a caret below the place: it keeps its lines. */
static void failed_page(struct web *w, const struct err *err)
{
	HTML(&w->body, "<h1 class=hidden>Results</h1>\n<div class=\"notice error\" role=alert>");
	if (err->code == ERR_REQUEST)
		HTML(&w->body, "<p>The query could not be read.</p>");
	HTML(&w->body, "<pre tabindex=0>");
	html_text(&w->body, span_of(err->msg));
	HTML(&w->body, "</pre></div>\n");
	page_examples(&w->body);
	page_end(&w->body);
	web_page(w, err->code == ERR_REQUEST ? 400 : err->code == ERR_TRY_AGAIN ? 503 : 500);
}

/* Without words it is the start page. */
void page_search(struct web *w)
{
	struct search_request r = { 0 };
	struct search_answer answer;
	struct err err = { 0 };
	const struct index *x = w->worker->index;
	span q = web_param(w, "q");
	if (!span_trim(q).n) {
		page_begin(&w->body, SPAN("pincite"), q, "home");
		page_home(&w->body, x->manifest->documents, x->manifest->passages);
		page_end(&w->body);
		web_page(w, 200);
		return;
	}
	/* A wrong parameter is answered by a problem page; a query that cannot be read has a page
	 * of its own below. */
	if (!read_request(w, &r))
		return;
	/* Filters that help most, unless the address asks for others. */
	if (!r.facets.n)
		r.facets = SPAN("kind,jurisdiction,court,year");
	bool ok = search(w->worker->index, &r, w->a, &answer, &err);
	page_begin(&w->body, arena_printf(w->a, "%.*s · pincite", SPAN_ARG(q)), q, "results");
	if (!ok) {
		failed_page(w, &err);
		return;
	}
	w->partial = answer.partial;
	hits_page(w, &answer);
	page_end(&w->body);
	web_page(w, 200);
}
