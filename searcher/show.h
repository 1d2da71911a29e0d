/* show: documents of the index for the eyes, or as JSON. */
#ifndef SEARCHER_SHOW_H
#define SEARCHER_SHOW_H

#include "base/json.h"
#include "searcher/index.h"

/* A document, and the part of it that was asked for. */
struct shown {
	struct record record;
	size_t unit;        /* of the outline; 0: the whole document */
	struct range at;    /* in its clean text */
	span address;       /* of that part */
};
struct show_parts { bool outline, repairs, original, copies; };

/* The part of r that address names: its unit, else an item of a list inside a
 * sentence (outline_anchor), else the nearest unit above it. */
struct shown show_part(const struct record *r, span address);
/* Bytes of the document's source that the part came from. */
span show_source(const struct shown *s);
/* Headline, where it stands, and the text of the part, indented by level. */
void show_text(const struct shown *s, struct buf *b);
void show_outline(const struct shown *s, struct buf *b);
void show_repairs(const struct shown *s, struct buf *b);
void show_copies(const struct shown *s, struct buf *b);
/* One object with metadata and text, and the lists that parts asks for. */
void show_json(const struct shown *s, const struct show_parts *parts, struct json *j);
/* A line for a list of documents: address, citation, title. */
void show_line(const struct record *r, struct buf *b);

#endif
