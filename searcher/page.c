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

void page_home(struct buf *b, uint64_t documents, uint64_t passages, unsigned generation)
{
	HTML(b, "<h1>Find the law, to the subdivision.</h1>\n"
		"<p class=lead>Statutes and opinions in one search. Type words, a citation, or terms and connectors; "
		"each answer names the passage it stands in.</p>\n<dl>\n");
	example(b, "Words", "open records of an arrest");
	example(b, "A citation", "42 U.S.C. 1983");
	example(b, "A phrase", "\"clear and present danger\"");
	example(b, "Same sentence", "arrest! /s record");
	example(b, "Within five words", "disclosure /5 report");
	example(b, "Who cites it", "cites(42 U.S.C. 1983)");
	HTML(b, "</dl>\n");
	buf_printf(b, "<p class=status>%llu documents in %llu passages, generation %u of the index.</p>\n",
		   (unsigned long long)documents, (unsigned long long)passages, generation);
}
