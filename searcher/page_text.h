/* page_text: the text of a document as HTML: its units nested, citations
 * linked, hits marked. */
#ifndef SEARCHER_PAGE_TEXT_H
#define SEARCHER_PAGE_TEXT_H

#include "law/record.h"
#include "searcher/html.h"

struct marks;
struct text_view {
	const struct record *record;
	const struct marks *marks; /* may be null */
	const char *const *after;  /* for each unit: HTML of ours to put at its end, or null; may be null */
};
void page_text(struct buf *b, const struct text_view *v);
/* The outline as nested links to the units; whether it has any. */
void page_outline(struct buf *b, const struct record *r);
bool page_has_outline(const struct record *r);
/* What follows the document's address in a unit's, as the unit's id in the
 * page: "1/4", "para12"; empty for the document itself. */
span unit_id(const struct record *r, span unit_address);
/* href of an address within the reading view of document `doc`: "/d<doc>#<id>". */
void page_unit_link(struct buf *b, span doc, span unit_address);

#endif
