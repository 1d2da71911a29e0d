/* page: what all pages share. Rendered by the server, whole without JavaScript. */
#ifndef SEARCHER_PAGE_H
#define SEARCHER_PAGE_H

#include "searcher/html.h"

/* Head, top bar with the search box holding `query` (but where kind is "home"), and <main class=kind>.
 * title stands before "pincite" in the title bar. */
void page_begin(struct buf *b, span title, span query, const char *kind);
/* Closes main; footer, help dialog, script. */
void page_end(struct buf *b);
/* A box of class "notice" or "notice error" with a text. */
void page_notice(struct buf *b, const char *class_name, span text);
/* s, or its first `most` bytes cut between words where it has any, with dots. */
span page_shortened(span s, size_t most, struct arena *a);
/* Appends n with commas between its thousands: "31,232". */
void page_count(struct buf *b, uint64_t n);
/* A whole page that says what went wrong: a heading such as "Not Found" and a sentence. */
void page_problem(struct buf *b, const char *heading, span detail);
/* What one can type, each a link. */
void page_examples(struct buf *b);
/* The start page's inside: the search box, how much is in the index, and what one can type. */
void page_home(struct buf *b, uint64_t documents, uint64_t passages);

#endif
