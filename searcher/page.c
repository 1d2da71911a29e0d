#include "searcher/page.h"

void page_begin(struct buf *b, span title, span query, const char *kind)
{
	HTML(b, "<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n"
		"<meta name=viewport content=\"width=device-width, initial-scale=1\">\n<title>");
	html_text(b, title);
	HTML(b, "</title>\n<link rel=icon href=/favicon.svg>\n<link rel=stylesheet href=/app.css>\n"
		"<script src=/app.js defer></script>\n</head>\n<body>\n<a class=skip href=#main>Skip to the text</a>\n"
		"<header class=top><a class=brand href=/>pincite</a>\n"
		"<form class=search role=search action=/ method=get><label class=hidden for=q>Search</label>"
		"<input id=q name=q type=search autocomplete=off spellcheck=false role=combobox aria-expanded=false "
		"aria-autocomplete=list aria-controls=suggestions placeholder=\"Words, a citation, or terms and connectors\"");
	html_attr(b, "value", query);
	HTML(b, "><ul id=suggestions class=suggestions role=listbox aria-label=Suggestions hidden></ul>"
		"<button>Search</button></form>"
		"<nav aria-label=Tools><a href=/brief>Check a brief</a> <a href=/authorities>Authorities</a></nav></header>\n");
	buf_printf(b, "<main id=main class=\"%s\">\n", kind);
}

void page_end(struct buf *b)
{
	HTML(b, "</main>\n<footer>Every answer is a pinpoint citation. <a href=/openapi.json>API</a></footer>\n"
		"<dialog id=help aria-labelledby=help-title><h2 id=help-title>Keys</h2>\n"
		"<p><kbd>/</kbd> search &nbsp; <kbd>j</kbd> <kbd>k</kbd> next and previous hit &nbsp; <kbd>Enter</kbd> open</p>\n"
		"<p><kbd>c</kbd> copy the citation &nbsp; <kbd>y</kbd> copy the quotation with its citation &nbsp; <kbd>?</kbd> this help</p>\n"
		"<form method=dialog><button>Close</button></form></dialog>\n</body>\n</html>\n");
}

void page_notice(struct buf *b, const char *class_name, span text)
{
	buf_printf(b, "<div class=\"%s\"><p>", class_name);
	html_text(b, text);
	HTML(b, "</p></div>\n");
}

static void example(struct buf *b, const char *what, const char *query)
{
	buf_printf(b, "<dt>%s</dt><dd><a", what);
	html_link(b, "/?q=", span_of(query));
	HTML(b, "><code>");
	html_text(b, span_of(query));
	HTML(b, "</code></a></dd>\n");
}

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

span page_shortened(span s, size_t most, struct arena *a)
{
	size_t n = most;
	if (s.n <= most)
		return s;
	while (n && s.p[n] != ' ')
		n--;
	return arena_printf(a, "%.*s …", (int)n, s.p);
}

void page_count(struct buf *b, uint64_t n)
{
	if (n >= 1000) {
		page_count(b, n / 1000);
		buf_printf(b, ",%03u", (unsigned)(n % 1000));
	} else {
		buf_uint(b, n);
	}
}

void page_problem(struct buf *b, const char *heading, span detail)
{
	page_begin(b, arena_printf(b->a, "%s · pincite", heading), (span){ 0 }, "plain");
	buf_printf(b, "<h1>%s</h1>\n", heading);
	page_notice(b, "notice error", detail);
	HTML(b, "<p>What can be asked for here:</p>\n");
	page_examples(b);
	page_end(b);
}

void page_home(struct buf *b, uint64_t documents, uint64_t passages, unsigned generation)
{
	HTML(b, "<h1>Find the law, to the subdivision.</h1>\n"
		"<p class=lead>Statutes and opinions in one search. Type words, a citation, or terms and connectors; "
		"each answer names the passage it stands in.</p>\n");
	page_examples(b);
	HTML(b, "<p class=status>");
	page_count(b, documents);
	HTML(b, " documents, ");
	page_count(b, passages);
	buf_printf(b, " passages; generation %u of the index.</p>\n", generation);
}
