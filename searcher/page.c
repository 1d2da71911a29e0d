#include "searcher/page.h"

/* A plain GET form: the address it leads to is the whole state. With JavaScript it is a combobox (ARIA 1.2) as well. */
static void search_form(struct buf *b, span query)
{
	HTML(b, "<form class=search role=search action=/ method=get><label class=hidden for=q>Search</label>"
		"<input id=q name=q type=search autocomplete=off spellcheck=false role=combobox aria-expanded=false "
		"aria-autocomplete=list aria-controls=suggestions placeholder=\"Words, a citation, or terms and connectors\"");
	html_attr(b, "value", query);
	HTML(b, "><button>Search</button>"
		"<ul id=suggestions class=suggestions role=listbox aria-label=Suggestions hidden></ul></form>\n");
}

/* No inline style or script anywhere: the content security policy forbids both, so nothing that slips through
 * html_text can run. */
void page_begin(struct buf *b, span title, span query, const char *kind)
{
	HTML(b, "<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n"
		"<meta name=viewport content=\"width=device-width, initial-scale=1\">\n<title>");
	html_text(b, title);
	HTML(b, "</title>\n<link rel=icon href=/favicon.svg>\n<link rel=stylesheet href=/app.css>\n"
		"<script src=/app.js defer></script>\n</head>\n<body>\n<a class=skip href=#main>Skip to the text</a>\n"
		"<header class=top><a class=brand href=/>pincite</a>\n");
	/* The start page has the box in its middle. */
	if (strcmp(kind, "home") != 0)
		search_form(b, query);
	HTML(b, "<nav aria-label=Tools><a href=/brief>Check a brief</a> <a href=/authorities>Authorities</a> "
		"<button class=\"plain needs-script\" data-key=\"?\" hidden>Keys</button></nav></header>\n");
	buf_printf(b, "<main id=main class=\"%s\">\n", kind);
}

/* A dialog that is not open is not there for anybody: without JavaScript it stays so. */
void page_end(struct buf *b)
{
	HTML(b, "</main>\n<footer>Every answer is a pinpoint citation. <a href=/openapi.json>API</a></footer>\n"
		"<dialog id=help aria-labelledby=help-title><h2 id=help-title>Keys</h2>\n"
		"<dl class=keys><dt><kbd>/</kbd></dt><dd>search</dd>\n"
		"<dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next and previous hit, or marked words in a text</dd>\n"
		"<dt><kbd>Enter</kbd></dt><dd>open the hit</dd>\n"
		"<dt><kbd>c</kbd></dt><dd>copy the citation: of the hit, or of the passage that is selected or clicked</dd>\n"
		"<dt><kbd>y</kbd></dt><dd>copy the words with that citation</dd>\n"
		"<dt><kbd>?</kbd></dt><dd>this help</dd></dl>\n"
		"<form method=dialog><button>Close</button></form></dialog>\n</body>\n</html>\n");
}

/* Not an alert: it is there when the page is read. */
void page_notice(struct buf *b, const char *class_name, span text)
{
	buf_printf(b, "<div class=\"%s\"><p>", class_name);
	html_text(b, text);
	HTML(b, "</p></div>\n");
}

/* Each example is a link that tries itself. */
static void example(struct buf *b, const char *what, const char *query)
{
	buf_printf(b, "<dt>%s</dt><dd><a", what);
	html_link(b, "/?q=", span_of(query));
	HTML(b, "><code>");
	html_text(b, span_of(query));
	HTML(b, "</code></a></dd>\n");
}

/* One of each kind of query, all valid on any index: whether something is found depends on the
 * corpus. */
void page_examples(struct buf *b)
{
	HTML(b, "<dl class=examples>\n");
	example(b, "Words", "open records of an arrest");
	example(b, "A citation", "42 U.S.C. 1983");
	example(b, "A phrase", "\"clear and present danger\"");
	example(b, "Same sentence", "arrest! /s record");
	example(b, "Within five words", "disclosure /5 report");
	example(b, "Who cites it", "cites(42 U.S.C. 1983)");
	HTML(b, "</dl>\n");
}

/* Between words where there are any. */
span page_shortened(span s, size_t most, struct arena *a)
{
	size_t n = most;
	if (s.n <= most)
		return s;
	while (n && s.p[n] != ' ')
		n--;
	/* One long word, or letters of a script without spaces: cut before a whole letter (10xxxxxx goes on with one). */
	for (n = n ? n : most; n && ((unsigned char)s.p[n] & 0xC0) == 0x80;)
		n--;
	return arena_printf(a, "%.*s …", (int)n, s.p);
}

/* 1234567 as 1,234,567, from the left. */
void page_count(struct buf *b, uint64_t n)
{
	if (n >= 1000) {
		page_count(b, n / 1000);
		buf_printf(b, ",%03u", (unsigned)(n % 1000));
	} else {
		buf_uint(b, n);
	}
}

/* Needs no index and no document: it is shown when there is none, too. */
void page_problem(struct buf *b, const char *heading, span detail)
{
	page_begin(b, arena_printf(b->a, "%s · pincite", heading), (span){ 0 }, "plain");
	buf_printf(b, "<h1>%s</h1>\n", heading);
	page_notice(b, "notice error", detail);
	HTML(b, "<p>What can be asked for here:</p>\n");
	page_examples(b);
	page_end(b);
}

/* The size of what is searched, for a reader to judge what finding nothing means. */
void page_home(struct buf *b, uint64_t documents, uint64_t passages)
{
	HTML(b, "<h1>Find the law, to the subdivision.</h1>\n");
	search_form(b, (span){ 0 });
	HTML(b, "<p class=status>Statutes and opinions in one search: ");
	page_count(b, documents);
	HTML(b, " documents, ");
	page_count(b, passages);
	HTML(b, " passages.</p>\n<h2>What can be typed</h2>\n");
	page_examples(b);
}
