/* What a page of hits is sorted by and narrowed to: links, each the address with one parameter changed. */
#include "law/court.h"
#include "searcher/web.h"

/* The address bar's state with one parameter replaced; an empty value drops it.
 * The cursor goes: it is of the order and filters that are being changed. What is empty says nothing and goes, too. */
void web_state_link(struct web *w, const char *name, span value)
{
	const struct http_params *p = &w->params;
	HTML(&w->body, " href=\"/?");
	for (size_t i = 0; i < p->n; i++) {
		if (span_eq(p->v[i].name, span_of(name)) || span_eq(p->v[i].name, SPAN("cursor")) || !p->v[i].value.n)
			continue;
		http_encode(&w->body, p->v[i].name);
		HTML(&w->body, "=");
		http_encode(&w->body, p->v[i].value);
		HTML(&w->body, "&amp;");
	}
	if (value.n) {
		buf_printf(&w->body, "%s=", name);
		http_encode(&w->body, value);
	}
	HTML(&w->body, "\"");
}

/* A field without a title of its own has its name: facets= may ask for any field. */
static span facet_title(span field)
{
	static const char *const titles[][2] = {
		{ "kind", "Kind" }, { "jurisdiction", "Jurisdiction" }, { "court", "Court" }, { "year", "Year" }, { "code", "Code" },
		{ "citedby", "Cited by" }, { "quality", "Quality of the text" }, { "after", "From" }, { "before", "Until" }, { "cites", "Citing" },
	};
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
		if (span_eq(field, span_of(titles[i][0])))
			return span_of(titles[i][1]);
	return field;
}

/* The value of a field in words. */
static span value_name(span field, span value)
{
	if (span_eq(field, SPAN("court")))
		return web_court(value, false);
	span name = span_eq(field, SPAN("jurisdiction")) ? jurisdiction_name(value) : (span){ 0 };
	return name.n ? name : value;
}

/* A facet that is narrowed to a value shows that value as the current one; clicking it takes it
 * away again. */
static void facet_list(struct web *w, const struct facet *f)
{
	struct buf *b = &w->body;
	char name[32];
	if (!f->n || f->field.n >= sizeof name)
		return;
	/* A C string, as web_param wants it. */
	memcpy(name, f->field.p, f->field.n);
	name[f->field.n] = 0;
	HTML(b, "<h2>");
	html_text(b, facet_title(f->field));
	HTML(b, "</h2><ul");
	html_attr(b, "class", f->field);
	HTML(b, ">");
	/* The commonest dozen: the rest is for a query of its own. */
	for (size_t i = 0; i < f->n && i < 12; i++) {
		bool now = span_eq(web_param(w, name), f->v[i].value);
		HTML(b, "<li><a");
		web_state_link(w, name, now ? (span){ 0 } : f->v[i].value);
		buf_put(b, now ? SPAN(" aria-current=true>") : SPAN(">"));
		html_text(b, value_name(f->field, f->v[i].value));
		HTML(b, "</a><span class=count>");
		page_count(b, f->v[i].count);
		HTML(b, "</span></li>");
	}
	HTML(b, "</ul>\n");
}

/* A link a choice: filters work without JavaScript, and the address bar holds them. */
void web_filters(struct web *w, const struct search_answer *answer)
{
	static const char *const sorts[] = { "relevance", "date", "cited", "court" };
	static const char *const titles[] = { "Relevance", "Newest", "Most cited", "Highest court" };
	HTML(&w->body, "<aside class=facets aria-label=Filters>\n<details open><summary>Sort and narrow</summary>\n<h2>Sorted by</h2><ul>");
	for (int i = 0; i < 4; i++) {
		HTML(&w->body, "<li><a");
		web_state_link(w, "sort", i ? span_of(sorts[i]) : (span){ 0 });
		/* Relevance is the default: it has no parameter. */
		bool now = i ? span_eq(web_param(w, "sort"), span_of(sorts[i])) : !web_param(w, "sort").n;
		buf_printf(&w->body, "%s>%s</a></li>", now ? " aria-current=true" : "", titles[i]);
	}
	HTML(&w->body, "</ul>\n");
	for (size_t i = 0; i < answer->facets.n; i++)
		facet_list(w, &answer->facets.v[i]);
	HTML(&w->body, "</details></aside>\n");
}

/* What the answer is narrowed to, each a link that takes it away. */
void web_narrowed(struct web *w)
{
	/* All filters that a request may have, whether a facet shows them or not. */
	static const char *const names[] = { "kind", "jurisdiction", "court", "code", "year", "after", "before", "cites" };
	struct buf *b = &w->body;
	bool any = false;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		span value = web_param(w, names[i]);
		if (!value.n)
			continue;
		buf_put(b, any ? SPAN(" ") : SPAN("<p class=narrowed>Only "));
		any = true;
		HTML(b, "<a");
		web_state_link(w, names[i], (span){ 0 });
		HTML(b, ">");
		html_text(b, facet_title(span_of(names[i])));
		HTML(b, ": <b>");
		html_text(b, value_name(span_of(names[i]), value));
		HTML(b, "</b> <span aria-hidden=true>×</span><span class=hidden> (take away)</span></a>");
	}
	if (any)
		HTML(b, "</p>\n");
}
