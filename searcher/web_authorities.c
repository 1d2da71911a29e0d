/* Tables of authorities: of a document in the index, and, for the brief checker, of a text. */
#include "law/address.h"
#include "searcher/citator.h"
#include "searcher/web.h"

/* Entries that are looked up in the index, and entries shown: a look-up each, within the time of
 * one answer. */
enum { LOOKED_UP = 1000, SHOWN = 4000 };

/* Those in the index lead to their text, the others to who cites them. */
static void authority_link(struct web *w, const struct authority *e, bool look)
{
	struct buf *b = &w->body;
	struct err err = { 0 };
	struct located found;
	HTML(b, "<a");
	/* Trouble in the look-up only makes it the other link. */
	if (look && citator_find(w->worker->index, e->address, w->a, &found, &err))
		html_path(b, "/c", e->address);
	else
		html_link(b, "/?q=", arena_printf(w->a, "cites(%.*s)", SPAN_ARG(e->address)));
	HTML(b, ">");
	if (e->name.n) {
		HTML(b, "<i>");
		html_text(b, e->name);
		HTML(b, "</i>, ");
	}
	html_text(b, e->cite);
	HTML(b, "</a>");
}

/* Dots lead from the authority to its places, as such tables are printed; from five places on it is "passim". */
static void authority_item(struct web *w, const struct authority *e, bool look)
{
	struct buf *b = &w->body;
	HTML(b, "<li><span class=authority>");
	authority_link(w, e, look);
	HTML(b, "</span> <span class=leader></span> <span class=places>");
	if (e->at.n >= TOA_PASSIM)
		HTML(b, "<i>passim</i>");
	else
		for (size_t i = 0; i < e->at.n; i++)
			buf_printf(b, "%s%u", i ? ", " : "", e->at.v[i]);
	HTML(b, "</span></li>\n");
}

/* Groups follow one another; a change of group closes a list and begins the next. */
void web_toa(struct web *w, const struct toa *t, int level)
{
	struct buf *b = &w->body;
	for (size_t i = 0; i < t->n && i < SHOWN; i++) {
		if (!i || t->v[i].group != t->v[i - 1].group)
			buf_printf(b, "%s<h%d class=group>%s <span class=places>%s</span></h%d>\n<ul class=toa>\n", i ? "</ul>\n" : "",
				   level, toa_group_title(t->v[i].group), t->pages ? "page" : "line", level);
		authority_item(w, &t->v[i], i < LOOKED_UP);
	}
	if (t->n)
		HTML(b, "</ul>\n");
}

/* A form of one field; what was asked stays in it. */
static void ask(struct buf *b, span q)
{
	HTML(b, "<form class=ask action=/authorities method=get><label for=document>Citation or address of a document</label> "
		"<input id=document name=q autocomplete=off spellcheck=false placeholder=\"410 U.S. 113\"");
	html_attr(b, "value", q);
	HTML(b, "> <button>Show its authorities</button></form>\n");
}

/* The form, alone or with what was wrong. */
static void start_page(struct web *w, span q, int status, const char *trouble)
{
	struct buf *b = &w->body;
	/* The search box stays empty: what was asked here is no query. */
	page_begin(b, SPAN("Table of authorities · pincite"), (span){ 0 }, "brief");
	HTML(b, "<h1>Table of authorities</h1>\n<p class=lead>Everything that a document of this corpus cites, by kind, "
		"with the pages or lines that cite it.</p>\n");
	if (trouble)
		page_notice(b, "notice error", span_of(trouble));
	ask(b, q);
	HTML(b, "<p class=status>For a text of your own, the <a href=/brief>brief checker</a> makes its table, too.</p>\n");
	page_end(b);
	web_page(w, status);
}

/* Named by its title as well as its citation: the reader may have come by a link. */
static void table(struct web *w, const struct authorities *found)
{
	struct buf *b = &w->body;
	const struct doc *d = &found->record.doc;
	span name = d->meta.title.n ? d->meta.title : d->display.n ? d->display : address_display(d->address, w->a);
	page_begin(b, arena_printf(w->a, "Authorities of %.*s · pincite", SPAN_ARG(name)), (span){ 0 }, "brief");
	HTML(b, "<h1>Table of authorities</h1>\n<p class=of>of <a");
	html_address(b, d->address);
	HTML(b, ">");
	html_text(b, name);
	HTML(b, "</a> <span class=quiet>");
	html_text(b, d->display.n ? d->display : address_display(d->address, w->a));
	HTML(b, "</span></p>\n");
	/* An empty table looks like a mistake. */
	if (!found->toa.n)
		page_notice(b, "notice", SPAN("It cites nothing but itself."));
	web_toa(w, &found->toa, 2);
	page_end(b);
	web_page(w, 200);
}

/* A request that cannot be read is answered by the form with what is wrong, not by an error. */
void page_authorities(struct web *w)
{
	struct err err = { 0 };
	struct authorities found;
	span q = span_trim(web_param(w, "q"));
	if (!q.n)
		start_page(w, q, 200, NULL);
	else if (!authorities_of(w->worker->index, q, w->a, &found, &err) && err.code != ERR_REQUEST)
		web_fail(w, &err);
	else if (err.code)
		start_page(w, q, 400, err.msg);
	else if (!found.any)
		start_page(w, q, 404, "No document here has that citation or address.");
	else
		table(w, &found);
}
