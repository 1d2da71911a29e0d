/* A case in the reading view: what became of it, what it does to others, who cites it, by court and by how much they say. */
#include "law/address.h"
#include "law/court.h"
#include "searcher/cite_found.h"
#include "searcher/web.h"

/* Reading a citing document costs a millisecond or two: a page reads so many, the API more. */
enum { CITING_READ = 40, TREATED_SHOWN = 12, CITING_SHOWN = 25, SENTENCE_SHOWN = 420 };

/* To the paragraph that says so, where it is known. */
static void place_link(struct buf *b, span document, span place, span text)
{
	HTML(b, "<a");
	page_unit_link(b, document, place);
	HTML(b, ">");
	html_text(b, text.n ? text : document);
	HTML(b, "</a>");
}

/* Names of cases in italics, as they are printed. */
static void citation_link(struct buf *b, span address, span name, span cite)
{
	HTML(b, "<a");
	html_path(b, "/c", address);
	HTML(b, ">");
	if (name.n) {
		HTML(b, "<i>");
		html_text(b, name);
		HTML(b, "</i>, ");
	}
	html_text(b, cite.n ? cite : address);
	HTML(b, "</a>");
}

/* "overruled in part by Roe v. Wade, 410 U.S. 113": the word first, never a mark alone. */
static void treated_head(struct buf *b, const struct treated *t, bool of_others)
{
	HTML(b, "<strong>");
	html_text(b, treated_label(t, b->a));
	HTML(b, "</strong>");
	if (of_others) {
		HTML(b, " ");
		citation_link(b, t->cited, (span){ 0 }, address_display(t->cited, b->a));
	} else if (t->who == TREATED_HERE) {
		HTML(b, " by ");
		place_link(b, t->address, t->place, t->by_cite.n ? t->by_cite : t->display);
	} else if (t->who != TREATED_ELSE && t->by.n && !treatment_is_history(t->kind)) {
		HTML(b, " by ");
		citation_link(b, t->by, t->by_name, t->by_cite);
	}
}

/* Word, sentence, source: whoever relies on it must be able to read it where it stands. */
static void treated_item(struct buf *b, const struct treated *t, bool of_others)
{
	HTML(b, "<li>");
	treated_head(b, t, of_others);
	HTML(b, "<span class=text>");
	html_text(b, page_shortened(t->sentence, SENTENCE_SHOWN, b->a));
	HTML(b, "</span>");
	if (!of_others && t->who != TREATED_HERE) {
		HTML(b, "<small>");
		place_link(b, t->address, t->place, t->display);
		HTML(b, "</small>");
	}
	HTML(b, "</li>\n");
}

/* What is left out is counted: a list that ends silently looks whole. */
static void treated_list(struct buf *b, const char *heading, const struct treated_list *l, bool of_others)
{
	if (!l->n)
		return;
	buf_printf(b, "<h2>%s</h2>\n<ul class=\"citing treated\">\n", heading);
	for (size_t i = 0; i < l->n && i < TREATED_SHOWN; i++)
		treated_item(b, &l->v[i], of_others);
	HTML(b, "</ul>\n");
	if (l->n > TREATED_SHOWN)
		buf_printf(b, "<p>and %zu more</p>\n", l->n - TREATED_SHOWN);
}

/* What takes away the force of a case. "Distinguished" or "criticized" do not, and stand at the side. */
static bool grave(const struct treated *t)
{
	static const bool kinds[TREAT_KINDS] = {
		[TREAT_REVERSED] = true, [TREAT_VACATED] = true, [TREAT_WITHDRAWN] = true, [TREAT_OVERRULED] = true,
		[TREAT_ABROGATED] = true, [TREAT_SUPERSEDED] = true, [TREAT_DISAPPROVED] = true,
	};
	return kinds[t->kind];
}

/* Above the text, for it must not be missed; in words, since what a court did is rarely as simple as a colour. */
void web_warning(struct web *w, const struct mentions *m)
{
	struct buf *b = &w->body;
	for (size_t i = 0; i < m->treated.n; i++) {
		const struct treated *t = &m->treated.v[i];
		if (!grave(t))
			continue;
		HTML(b, "<div class=notice><p>");
		treated_head(b, t, false);
		if (t->who != TREATED_HERE) {
			HTML(b, " <span class=quiet>so says ");
			place_link(b, t->address, t->place, t->display);
			HTML(b, "</span>");
		}
		HTML(b, "</p><p class=sentence>");
		html_text(b, page_shortened(t->sentence, SENTENCE_SHOWN, b->a));
		HTML(b, "</p></div>\n");
		return; /* the gravest; the others stand at the side */
	}
}

/* How much it says of the case: a word for the number of times. */
static void citing_item(struct buf *b, const struct mentions *l, const struct citing *c)
{
	/* Its first mention stands for all: the sentence is the one that comes first in the text. */
	const struct mention *m = &l->v[c->first];
	HTML(b, "<li>");
	place_link(b, m->address, m->place, m->display);
	buf_printf(b, "<small>%s", citator_depth_name(citator_depth(m->times)));
	if (m->times > 1)
		buf_printf(b, ", %u times", m->times);
	HTML(b, "</small><span class=text>");
	html_text(b, page_shortened(m->sentence, SENTENCE_SHOWN, b->a));
	HTML(b, "</span></li>\n");
}

/* The search for who cites it: by what others call it, too, which a search cannot know. */
static span by_any_citation(struct web *w, const struct record *r, const struct alsos *also)
{
	struct buf q = { .a = w->a };
	buf_printf(&q, "cites(%.*s", SPAN_ARG(r->doc.address));
	for (size_t i = 0; i < also->n; i++)
		if (!also->v[i].own)
			buf_printf(&q, " or %.*s", SPAN_ARG(also->v[i].address));
	buf_byte(&q, ')');
	return buf_span(&q);
}

/* Higher courts first, then by how much they say (found_by_court). */
static void citing_by_court(struct web *w, const struct record *r, struct mentions *l)
{
	struct buf *b = &w->body;
	struct citings all = found_by_court(l, w->a);
	span court = { 0 };
	HTML(b, "<h2>Cited by</h2>\n");
	for (size_t i = 0; i < all.n && i < CITING_SHOWN; i++) {
		const struct mention *m = &l->v[all.v[i].first];
		if (!i || !span_eq(court, m->court)) {
			buf_put(b, i ? SPAN("</ul>\n<h3>") : SPAN("<h3>"));
			html_text(b, m->court.n ? web_court(m->court, false) : SPAN("Statutes and other texts"));
			HTML(b, "</h3>\n<ul class=citing>\n");
		}
		court = m->court;
		citing_item(b, l, &all.v[i]);
	}
	HTML(b, "</ul>\n<p><a");
	html_link(b, "/?q=", by_any_citation(w, r, &l->also));
	buf_printf(b, ">All %u</a></p>\n", l->documents);
}

/* Asked once for both the warning and the side. What is no opinion has no treatment: web_citing
 * then searches for who cites it. */
bool web_case(struct web *w, const struct record *r, struct mentions *m)
{
	struct err err = { 0 };
	*m = (struct mentions){ 0 };
	if (r->doc.kind != KIND_OPINION)
		return false;
	/* Trouble in reading who cites it leaves the text without them. */
	struct inquiry of = { r->doc.address, CITING_READ, .treatment = true };
	if (!citator_mentions(w->worker->index, &of, w->a, m, &err))
		*m = (struct mentions){ 0 };
	return true;
}

/* What others did to it, who cites it, what it does: the first is what a reader must know. */
void web_case_side(struct web *w, const struct record *r, struct mentions *m)
{
	struct treated_list treats = { 0 };
	citator_treats(r, w->a, &treats);
	treated_list(&w->body, "What became of it", &m->treated, false);
	if (m->documents)
		citing_by_court(w, r, m);
	treated_list(&w->body, "What it says of others", &treats, true);
}
