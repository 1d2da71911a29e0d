/* The reading view of a document, and links from citations to it. */
#include "law/address.h"
#include "law/cite.h"
#include "law/court.h"
#include "searcher/citator.h"
#include "searcher/page_text.h"
#include "searcher/printed.h"
#include "searcher/web.h"

/* The corpus may lack what exists: who cites it is often what helps. */
static void not_found(struct web *w, span what)
{
	page_begin(&w->body, SPAN("Not in the index · pincite"), (span){ 0 }, "plain");
	HTML(&w->body, "<h1>Not in the index</h1>\n<p>No document here has the citation or address <code>");
	html_text(&w->body, what);
	HTML(&w->body, "</code>.</p>\n<p><a");
	html_link(&w->body, "/?q=", arena_printf(w->a, "cites(%.*s)", SPAN_ARG(what)));
	HTML(&w->body, ">Documents that cite it</a></p>\n");
	page_end(&w->body);
	web_page(w, 404);
}

/* Title, chapter: plain text, for they have no page of their own. */
static void crumbs(struct buf *b, const struct spans *s)
{
	if (!s->n)
		return;
	HTML(b, "<p class=crumbs>");
	for (size_t i = 0; i < s->n; i++) {
		if (i)
			HTML(b, " › ");
		html_text(b, s->v[i]);
	}
	HTML(b, "</p>\n");
}

/* What is not known takes no room. */
static void fact(struct buf *b, const char *name, span value)
{
	if (!value.n)
		return;
	buf_printf(b, "<span>%s", name);
	html_text(b, value);
	HTML(b, "</span>");
}

/* A court that the table does not have is shown by its id, which is better than nothing. */
span web_court(span id, bool brief)
{
	const struct court *c = court_by_id(id);
	return c ? brief ? c->cite : c->name : id;
}

bool web_says(span cite, span what)
{
	return !what.n || span_find(cite, what, 0) < cite.n;
}

/* A link to a view of the same document. */
static void view_link(struct web *w, const struct record *r, const char *view, span text)
{
	bool now = span_eq(web_param(w, "view"), span_of(view));
	HTML(&w->body, "<a");
	html_address(&w->body, r->doc.address);
	w->body.n--; /* the quote comes after the query */
	buf_printf(&w->body, "%s%s\"%s>", *view ? "?view=" : "", view, now ? " aria-current=page" : "");
	html_text(&w->body, text);
	HTML(&w->body, "</a>");
}

/* What a reader would call the document. */
static span name_of(struct web *w, const struct record *r)
{
	span shown = r->doc.display.n ? r->doc.display : address_display(r->doc.address, w->a);
	bool bare = span_starts(shown, SPAN("/"));
	return bare && r->doc.meta.title.n ? r->doc.meta.title : shown;
}

enum { LONG_TITLE = 120 };

/* Whether the document's own first lines give its title, as those of a section do after its number. */
static bool titles_itself(const struct record *r)
{
	span title = span_sub(r->doc.meta.title, 0, LONG_TITLE / 2);
	for (size_t i = 1; title.n && i < r->outline.n; i = r->outline.v[i].after)
		if (r->outline.v[i].role == UNIT_HEADING)
			return web_says(span_range(r->doc.text.clean, r->outline.v[i].at), title);
	return false;
}

/* A case is known by its caption, law by its citation. */
static span heading_of(struct web *w, const struct record *r)
{
	span title = r->doc.meta.title;
	return title.n && (r->doc.kind == KIND_OPINION || !r->doc.display.n) ? title : name_of(w, r);
}

/* What heading and citation do not say already. */
static void particulars(struct web *w, const struct record *r, uint32_t cited_by)
{
	struct buf *b = &w->body;
	const struct meta *m = &r->doc.meta;
	span cite = r->doc.display.n ? r->doc.display : r->doc.address, heading = heading_of(w, r);
	if (!span_eq(heading, m->title) && m->title.n && !titles_itself(r)) {
		HTML(b, "<p class=title>");
		html_text(b, m->title);
		HTML(b, "</p>\n");
	}
	HTML(b, "<p class=meta>");
	if (!span_eq(heading, cite)) {
		HTML(b, "<span class=cite>");
		html_text(b, cite);
		HTML(b, "</span>");
	}
	fact(b, "", web_court(m->court, false));
	if (!web_says(cite, arena_printf(w->a, "%.*s)", SPAN_ARG(span_sub(m->date, 0, 4)))))
		fact(b, "", m->date);
	if (!web_says(cite, m->docket))
		fact(b, "No. ", m->docket);
	fact(b, "Judge ", m->judge);
	if (cited_by)
		buf_printf(b, "<span>cited by %u document%s</span>", cited_by, cited_by == 1 ? "" : "s");
	HTML(b, "</p>\n");
}

/* What can be done with the text: it stays in sight while one reads. #here is what c and y would copy. */
static void tools(struct web *w, const struct record *r, bool marked)
{
	struct buf *b = &w->body;
	HTML(b, "<div class=tools>\n<nav class=views aria-label=Views>");
	view_link(w, r, "", SPAN("Text"));
	/* A text without repairs has no such view. */
	if (r->doc.text.edits.n)
		view_link(w, r, "repairs", arena_printf(w->a, "%zu repair%s", r->doc.text.edits.n, r->doc.text.edits.n == 1 ? "" : "s"));
	view_link(w, r, "original", SPAN("Original"));
	if (r->cites.n) {
		HTML(b, "<a");
		html_link(b, "/authorities?q=", r->doc.address);
		HTML(b, ">Authorities</a>");
	}
	HTML(b, "</nav>\n");
	/* Steps from mark to mark are the script's, and hidden without it. */
	if (marked)
		HTML(b, "<span class=\"steps needs-script\" hidden><button class=plain data-move=-1 aria-label=\"Previous mark\">↑</button>"
			"<span id=place role=status></span><button class=plain data-move=1 aria-label=\"Next mark\">↓</button></span>\n");
	HTML(b, "<span class=\"copy needs-script\" hidden><span id=here></span>"
		"<button class=plain data-key=c>Copy cite</button><button class=plain data-key=y>Copy quote</button></span>\n</div>\n");
}

/* Breadcrumb, heading, particulars, tools: from the wide to the narrow. */
static void head(struct web *w, const struct record *r, uint32_t cited_by, bool marked)
{
	struct buf *b = &w->body;
	span heading = heading_of(w, r);
	crumbs(b, &r->doc.meta.breadcrumb);
	buf_printf(b, "<h1%s>", heading.n > LONG_TITLE ? " class=long" : "");
	html_text(b, heading);
	HTML(b, "</h1>\n");
	particulars(w, r, cited_by);
	tools(w, r, marked);
}

/* Where the text was read from, and which other files had the same: enough to judge whether it is what it says. */
static void copies(struct buf *b, const struct record *r)
{
	HTML(b, "<details><summary>Sources and copies</summary><ul>");
	/* Some texts were found in hundreds of files. */
	for (size_t i = 0; i < r->sources.n && i < 50; i++) {
		HTML(b, "<li>");
		html_text(b, r->sources.v[i].path);
		if (r->sources.v[i].why.n) {
			HTML(b, " <span class=sentence>");
			html_text(b, r->sources.v[i].why);
			HTML(b, "</span>");
		}
		HTML(b, "</li>");
	}
	HTML(b, "</ul></details>\n");
	/* Versions have pages of their own; copies have none. */
	if (!r->versions.n)
		return;
	HTML(b, "<details><summary>Other versions</summary><ul>");
	for (size_t i = 0; i < r->versions.n && i < 50; i++) {
		HTML(b, "<li><a");
		html_address(b, r->versions.v[i]);
		HTML(b, ">");
		html_text(b, r->versions.v[i]);
		HTML(b, "</a></li>");
	}
	HTML(b, "</ul></details>\n");
}

/* m: of a case; null for other documents.
 * Beside the text, not below it: who cites a section is half of what it means. */
static void side(struct web *w, const struct record *r, struct mentions *m)
{
	struct buf *b = &w->body;
	HTML(b, "<aside class=side aria-label=\"About this document\">\n");
	if (m)
		web_case_side(w, r, m);
	else
		web_citing(w, r);
	copies(b, r);
	HTML(b, "</aside>\n");
}

/* The document and all that is told of it come from the same generation, by the same reader. */
static void show(struct web *w, uint32_t entry, const struct record *r)
{
	struct err err = { 0 };
	uint32_t cited_by = 0;
	span view = web_param(w, "view");
	struct mentions citing;
	struct marks m = web_marks(w, entry, r);
	struct text_view v = { r, &m, web_cited(w, r) };
	if (!index_number(w->worker->index, entry, F_CITED_BY, &cited_by, &err)) {
		web_fail(w, &err);
		return;
	}
	span name = name_of(w, r);
	bool outlined = page_has_outline(r) && !view.n;
	/* Three columns with an outline, two without; the views that compare have all of the width. */
	page_begin(&w->body, arena_printf(w->a, "%.*s · pincite", SPAN_ARG(name)), web_param(w, "q"),
		   view.n ? "wide" : outlined ? "reading" : "reading bare");
	if (outlined)
		page_outline(&w->body, r);
	HTML(&w->body, "<article");
	html_attr(&w->body, "class", span_of(kind_name(r->doc.kind)));
	html_attr(&w->body, "data-cite", name);
	HTML(&w->body, ">\n");
	head(w, r, cited_by, m.n > 0 && !view.n);
	/* Asked before the text is written, since its warning stands above. */
	bool is_case = web_case(w, r, &citing);
	web_warning(w, &citing);
	if (span_eq(view, SPAN("repairs")))
		web_repairs(w, r);
	else if (span_eq(view, SPAN("original")))
		web_original(w, r);
	else
		page_text(&w->body, &v);
	HTML(&w->body, "</article>\n");
	/* Beside a comparison nothing else has room. */
	if (!view.n)
		side(w, r, is_case ? &citing : NULL);
	page_end(&w->body);
	web_page(w, 200);
}

/* "/d/us-mo/rsmo/s610.100/4?q=x" goes on to "/d/us-mo/rsmo/s610.100?q=x#4". */
static void to_fragment(struct web *w, const struct record *r, span address)
{
	struct buf b = { .a = w->a };
	span doc = r->doc.address, query = w->request->http->query;
	html_path(&b, "/d", doc);
	span path = span_sub(buf_span(&b), 7, b.n - 1); /* between ` href="` and the quote */
	struct buf to = { .a = w->a };
	buf_put(&to, path);
	/* As sent: it was decoded nowhere, so nothing can have got into it. */
	if (query.n)
		buf_printf(&to, "?%.*s", SPAN_ARG(query));
	HTML(&to, "#");
	span rest = span_sub(address, doc.n + 1, address.n);
	for (size_t i = 0; i < rest.n; i++)
		if (rest.p[i] == '/')
			buf_byte(&to, '/');
		else
			http_encode(&to, span_sub(rest, i, i + 1));
	web_redirect(w, buf_span(&to));
}

/* An address below a document ("/d/.../4/1") is that of a unit in it: one page a document, and the unit a fragment, so
 * that back and forward stay within the page. */
void page_document(struct web *w)
{
	span address;
	struct u32s found = { 0 };
	struct err err = { 0 };
	struct record r;
	if (!http_decode(span_sub(w->request->http->path, 2, w->request->http->path.n), false, w->a, &address)) {
		web_problem(w, 400, "bad_path", "a bad escape in the path");
		return;
	}
	if (!index_find(w->worker->index, address, w->a, &found, &err)) {
		web_fail(w, &err);
	} else if (!found.n) {
		not_found(w, address);
	} else if (!index_record(w->worker->index, found.v[0], w->a, &r, &err)) {
		web_fail(w, &err);
	} else if (span_starts(address, r.doc.address) && address.n > r.doc.address.n + 1) {
		to_fragment(w, &r, address);
	} else {
		show(w, found.v[0], &r);
	}
}

/* The first of the readings that the index has; null with err unset: none. */
static const struct cite *find_any(struct web *w, const struct cites *named, struct record *r, struct err *err)
{
	struct located found;
	for (size_t i = 0; i < named->n && !err->code; i++) {
		const struct cite *c = &named->v[i];
		if (c->address.n && citator_find(w->worker->index, c->address, w->a, &found, err))
			return index_record(w->worker->index, found.entry, w->a, r, err) ? c : NULL;
	}
	return NULL;
}

/* The address of the page that a citation of a case pinpoints, or of the page inside a case
 * that it names; the case itself when the text does not mark that page. */
static span page_of(const struct cite *c, const struct record *r, struct arena *a)
{
	span part = c->pin, rest = address_document(c->address);
	size_t digits = 0;
	if (!span_starts(r->doc.address, SPAN("/case/")))
		return c->address;
	if (!part.n && !span_eq(rest, r->doc.address))
		while (span_cut(&rest, '/', &part))
			;
	/* "113-15": the first page of the pin. */
	while (digits < part.n && is_digit(part.p[digits]))
		digits++;
	span page = arena_printf(a, "%.*s#p%.*s", SPAN_ARG(r->doc.address), (int)digits, part.p ? part.p : "");
	for (size_t i = 0; digits && i < r->outline.n; i++)
		if (r->outline.v[i].role == UNIT_PAGE && span_eq(r->outline.v[i].address, page))
			return page;
	return c->address;
}

/* "/c/us/410/113" (a path of ours) or "/c/42 U.S.C. 1983" (a citation).
 * All readings are tried in order, since "section 5" may be of several laws; the last two are the path itself, with
 * and without the "/case" that all cases begin with. */
void go_citation(struct web *w)
{
	span text;
	struct cites named = { 0 };
	struct record r;
	struct err err = { 0 };
	struct buf to = { .a = w->a };
	if (!http_decode(span_sub(w->request->http->path, 3, w->request->http->path.n), false, w->a, &text)) {
		web_problem(w, 400, "bad_path", "a bad escape in the path");
		return;
	}
	cite_readings(w->worker->index, span_trim(text), w->a, &named);
	/* Tried last: a path that reads as a citation is taken for one. */
	PUSH(w->a, &named)->address = arena_printf(w->a, "/%.*s", SPAN_ARG(text));
	PUSH(w->a, &named)->address = arena_printf(w->a, "/case/%.*s", SPAN_ARG(text));
	const struct cite *c = find_any(w, &named, &r, &err);
	span address = c ? page_of(c, &r, w->a) : (span){ 0 };
	if (err.code) {
		web_fail(w, &err);
	} else if (!c) {
		not_found(w, text);
	} else if (span_starts(address, r.doc.address) && address.n > r.doc.address.n + 1) {
		to_fragment(w, &r, address);
	} else {
		html_path(&to, "/d", r.doc.address);
		web_redirect(w, span_sub(buf_span(&to), 7, to.n - 1));
	}
}
