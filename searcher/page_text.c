#include "searcher/page_text.h"

#include "law/address.h"
#include "law/note.h"
#include "searcher/snippet.h"

/* Citations, marks and calls are in order of their places, as the text is: each list is walked once, whatever the
 * number of units. */
struct writer {
	struct buf *b;
	const struct text_view *v;
	size_t cite, mark, call; /* first that may still matter */
	struct note_calls calls;
};

/* "4/1" of /us-mo/rsmo/s610.100/4/1, as ids and fragments have it; empty for the document itself. */
span unit_id(const struct record *r, span unit_address)
{
	span doc = r->doc.address;
	bool below = span_starts(unit_address, doc) && unit_address.n > doc.n;
	return below ? span_sub(unit_address, doc.n + 1, unit_address.n) : (span){ 0 };
}

/* /d/us-mo/rsmo/s610.100#4/1: one page a document, its units as fragments. */
void page_unit_link(struct buf *b, span doc, span unit_address)
{
	bool below = span_starts(unit_address, doc) && unit_address.n > doc.n;
	html_address(b, doc);
	if (!below)
		return;
	b->n--; /* the closing quote */
	HTML(b, "#");
	html_text(b, span_sub(unit_address, doc.n + 1, unit_address.n));
	HTML(b, "\"");
}

/* The citation with an address that covers or follows byte `at`; null: none. */
static const struct cite *cite_at(struct writer *w, uint32_t at)
{
	const struct cites *c = &w->v->record->cites;
	while (w->cite < c->n && (c->v[w->cite].at.end <= at || !c->v[w->cite].address.n))
		w->cite++;
	return w->cite < c->n ? &c->v[w->cite] : NULL;
}

/* As cite_at: what ends before `at` is passed for good. */
static const struct mark *mark_at(struct writer *w, uint32_t at)
{
	const struct marks *m = w->v->marks;
	while (m && w->mark < m->n && m->v[w->mark].at.end <= at)
		w->mark++;
	return m && w->mark < m->n ? &m->v[w->mark] : NULL;
}

/* Text [beg, end) with marks. */
static void marked(struct writer *w, uint32_t beg, uint32_t end)
{
	span text = w->v->record->doc.text.clean;
	while (beg < end) {
		const struct mark *m = mark_at(w, beg);
		bool inside = m && m->at.beg <= beg;
		uint32_t upto = !m ? end : inside ? m->at.end : m->at.beg;
		/* A mark or a citation may go on into the next piece of text: it is closed here and opened there. */
		if (upto > end)
			upto = end;
		if (inside)
			HTML(w->b, "<mark>");
		html_text(w->b, span_sub(text, beg, upto));
		if (inside)
			HTML(w->b, "</mark>");
		beg = upto;
	}
}

/* "410 U.S. 113, 115" leads to page 115 of the case. */
static span pinned(const struct cite *c, struct arena *a)
{
	size_t n = 0;
	while (n < c->pin.n && is_digit(c->pin.p[n]))
		n++;
	/* Only where the citation is of a case as a whole: an address with a fragment says more already. */
	bool paged = n && span_starts(c->address, SPAN("/case/")) && span_find_byte(c->address, '#', 0) == c->address.n;
	return paged ? arena_printf(a, "%.*s/p%.*s", SPAN_ARG(c->address), (int)n, c->pin.p) : c->address;
}

/* Text [beg, end) with citations linked. */
static void linked(struct writer *w, uint32_t beg, uint32_t end)
{
	while (beg < end) {
		const struct cite *c = cite_at(w, beg);
		bool inside = c && c->at.beg <= beg;
		uint32_t upto = !c ? end : inside ? c->at.end : c->at.beg;
		if (upto > end)
			upto = end;
		if (inside) {
			HTML(w->b, "<a class=law-cite");
			html_path(w->b, "/c", pinned(c, w->b->a));
			HTML(w->b, ">");
		}
		marked(w, beg, upto);
		if (inside)
			HTML(w->b, "</a>");
		beg = upto;
	}
}

/* The same with the marks that call footnotes leading to them. */
static void noted(struct writer *w, uint32_t beg, uint32_t end)
{
	const struct record *r = w->v->record;
	while (w->call < w->calls.n && w->calls.v[w->call].at.beg < end) {
		const struct note_call *c = &w->calls.v[w->call++];
		span id = unit_id(r, r->outline.v[c->note].address);
		/* A call inside of a citation or of another call cannot be a link, too. */
		if (c->at.beg < beg || c->at.end > end || !id.n)
			continue;
		linked(w, beg, c->at.beg);
		HTML(w->b, "<a class=note-call");
		html_attr(w->b, "id", arena_printf(w->b->a, "call-%.*s", SPAN_ARG(id)));
		html_attr(w->b, "href", arena_printf(w->b->a, "#%.*s", SPAN_ARG(id)));
		HTML(w->b, ">");
		marked(w, c->at.beg, c->at.end);
		HTML(w->b, "</a>");
		beg = c->at.end;
	}
	linked(w, beg, end);
}

/* Below a footnote: back to where it is called from. */
static void note_back(struct writer *w, size_t i)
{
	const struct record *r = w->v->record;
	span id = unit_id(r, r->outline.v[i].address);
	if (r->outline.v[i].role != UNIT_FOOTNOTE || !id.n || !note_called(&w->calls, i))
		return;
	HTML(w->b, "<a class=note-back aria-label=\"back to the text\"");
	html_attr(w->b, "href", arena_printf(w->b->a, "#call-%.*s", SPAN_ARG(id)));
	HTML(w->b, ">\xE2\x86\xA9</a>\n");
}

/* Offset of the blank line that ends the paragraph beginning at beg, or end. */
static uint32_t paragraph_end(span text, uint32_t beg, uint32_t end)
{
	for (uint32_t i = beg; i < end; i++) {
		uint32_t k = i + 1;
		if (text.p[i] != '\n')
			continue;
		/* A line of blanks is a blank line. */
		while (k < end && (text.p[k] == ' ' || text.p[k] == '\t'))
			k++;
		if (k < end && text.p[k] == '\n')
			return i;
	}
	return end;
}

/* A paragraph that is the label of a unit alone ("2." before "(1) Each ...") stands beside what follows. */
static bool is_label(const struct record *r, size_t unit, uint32_t beg, uint32_t end)
{
	const struct unit *u = &r->outline.v[unit];
	span t = span_trim(span_sub(r->doc.text.clean, beg, end));
	return u->label.n && u->after > unit + 1 && (span_eq(t, u->label) || (t.n == u->label.n + 1 && span_starts(t, u->label)));
}

/* A blank line parts paragraphs; the lines within one are for the browser to break. */
static void paragraphs(struct writer *w, size_t unit, uint32_t beg, uint32_t end)
{
	span text = w->v->record->doc.text.clean;
	while (beg < end) {
		while (beg < end && is_space(text.p[beg]))
			beg++;
		uint32_t upto = paragraph_end(text, beg, end);
		if (beg < upto) {
			if (is_label(w->v->record, unit, beg, upto))
				HTML(w->b, "<p class=label>");
			else
				HTML(w->b, "<p>");
			noted(w, beg, upto);
			HTML(w->b, "</p>\n");
		}
		beg = upto;
	}
}

/* Head matter and quotations share the address of what they stand in: a second id of the same name would be no id. */
static bool has_own_address(const struct record *r, size_t i)
{
	const struct unit *u = &r->outline.v[i];
	return i && unit_id(r, u->address).n && !span_eq(u->address, r->outline.v[u->parent].address);
}

/* Parts of an opinion and separate opinions have no citation, but a place in the outline. */
static bool is_part(const struct record *r, size_t i)
{
	return r->outline.v[i].role == UNIT_PART || r->outline.v[i].role == UNIT_OPINION;
}

/* A heading of several paragraphs is head matter: set as text, not as a headline. */
static void open_unit(struct writer *w, size_t i)
{
	const struct record *r = w->v->record;
	const struct unit *u = &r->outline.v[i];
	span text = span_range(r->doc.text.clean, u->at);
	bool long_heading = u->role == UNIT_HEADING && span_find(text, SPAN("\n\n"), 0) < text.n;
	buf_printf(w->b, "<section class=\"unit %s%s\"", unit_role_name(u->role), long_heading ? " long" : "");
	if (has_own_address(r, i)) {
		html_attr(w->b, "id", unit_id(r, u->address));
		html_attr(w->b, "data-cite", address_display(u->address, w->b->a));
	} else if (is_part(r, i)) {
		buf_printf(w->b, " id=part%zu", i);
	}
	HTML(w->b, ">\n");
}

/* Headings of the file, each line of which stands in the breadcrumb above the text already. */
static bool in_breadcrumb(const struct record *r, const struct unit *u)
{
	span rest = span_range(r->doc.text.clean, u->at), line;
	const struct spans *crumbs = &r->doc.meta.breadcrumb;
	bool said = u->role == UNIT_FURNITURE && crumbs->n;
	while (said && span_cut(&rest, '\n', &line)) {
		line = span_trim(line);
		said = !line.n;
		for (size_t i = 0; !said && i < crumbs->n; i++)
			said = span_eq(crumbs->v[i], line);
	}
	return said;
}

/* Recursion is as deep as the outline, which TREE_DEPTH bounds. */
static void unit(struct writer *w, size_t i)
{
	const struct outline *o = &w->v->record->outline;
	uint32_t at = o->v[i].at.beg;
	open_unit(w, i);
	for (size_t k = i + 1; k < o->v[i].after; k = o->v[k].after) {
		paragraphs(w, i, at, o->v[k].at.beg);
		if (!in_breadcrumb(w->v->record, &o->v[k]))
			unit(w, k);
		at = o->v[k].at.end;
	}
	paragraphs(w, i, at, o->v[i].at.end);
	note_back(w, i);
	if (w->v->after && w->v->after[i])
		buf_put(w->b, span_of(w->v->after[i]));
	HTML(w->b, "</section>\n");
}

/* Text between the children of a unit is its own; so every byte is written once, but what the breadcrumb says. */
void page_text(struct buf *b, const struct text_view *v)
{
	struct writer w = { .b = b, .v = v };
	w.calls = note_calls(&v->record->outline, v->record->doc.text.clean, b->a);
	HTML(b, "<div class=law>\n");
	unit(&w, 0);
	HTML(b, "</div>\n");
}

/* Paragraphs and footnotes of an opinion are too many to help; parts and subdivisions are what one looks for. */
static bool in_outline(const struct record *r, size_t i)
{
	enum unit_role role = r->outline.v[i].role;
	bool leaf = role == UNIT_PARAGRAPH || role == UNIT_FOOTNOTE || role == UNIT_PAGE || role == UNIT_DISPOSITION;
	return is_part(r, i) || (has_own_address(r, i) && !leaf);
}

enum { OUTLINE_WORDS = 44, HEADING_MAX = 90 };

/* The first words of a unit without a heading, cut between words. */
static span first_words(const struct record *r, const struct unit *u)
{
	span t = span_trim(span_range(r->doc.text.clean, u->at));
	if (span_starts(t, u->label))
		t = span_trim(span_sub(t, u->label.n, t.n));
	t = span_sub(t, 0, span_find_byte(t, '\n', 0));
	/* Short enough to stand whole. */
	if (t.n <= OUTLINE_WORDS)
		return t;
	size_t n = OUTLINE_WORDS;
	while (n && t.p[n] != ' ')
		n--;
	return span_sub(t, 0, n);
}

/* Label and heading, else label and first words, else what it is: an entry must not be empty, for it is a link. */
static void outline_label(struct buf *b, const struct record *r, const struct unit *u)
{
	span words = u->heading.n ? span_sub(u->heading, 0, HEADING_MAX) : first_words(r, u);
	html_text(b, u->label);
	if (u->label.n && words.n)
		HTML(b, " ");
	html_text(b, words);
	if (!u->label.n && !words.n)
		html_text(b, span_of(unit_role_name(u->role)));
}

/* The next unit of the outline at or after k, before end, stepping into units that have no place in it; end: none. */
static size_t outline_next(const struct record *r, size_t k, size_t end)
{
	while (k < end && !in_outline(r, k))
		k++;
	return k;
}

/* Nested lists, as a screen reader tells their depth. */
static void outline_items(struct buf *b, const struct record *r, size_t i)
{
	size_t end = r->outline.v[i].after, k = outline_next(r, i + 1, end);
	if (k == end)
		return;
	HTML(b, "<ol>");
	for (; k < end; k = outline_next(r, r->outline.v[k].after, end)) {
		HTML(b, "<li><a href=\"#");
		if (has_own_address(r, k))
			html_text(b, unit_id(r, r->outline.v[k].address));
		else
			buf_printf(b, "part%zu", k);
		HTML(b, "\">");
		outline_label(b, r, &r->outline.v[k]);
		HTML(b, "</a>");
		outline_items(b, r, k);
		HTML(b, "</li>");
	}
	HTML(b, "</ol>\n");
}

/* Open from the start; it closes without JavaScript. */
void page_outline(struct buf *b, const struct record *r)
{
	HTML(b, "<nav class=outline aria-label=Outline><details open><summary>Outline</summary>\n");
	outline_items(b, r, 0);
	HTML(b, "</details></nav>\n");
}

/* Without one the text has the room. */
bool page_has_outline(const struct record *r)
{
	return outline_next(r, 1, r->outline.n) < r->outline.n;
}
