/* page: what all pages share. Rendered by the server, whole without JavaScript. */
#ifndef SEARCHER_PAGE_H
#define SEARCHER_PAGE_H

#include "searcher/html.h"

/* Head, top bar with the search box holding `query`, and <main class=kind>.
 * title stands before "pincite" in the title bar. */
void page_begin(struct buf *b, span title, span query, const char *kind);
/* Closes main; footer, help dialog, script. */
void page_end(struct buf *b);
/* A box of class "notice" or "notice error" with a text. */
void page_notice(struct buf *b, const char *class_name, span text);
/* The start page's inside: what one can type, and how much is in the index. */
void page_home(struct buf *b, uint64_t documents, uint64_t passages, unsigned generation);

#endif
