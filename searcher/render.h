/* render: answers as text, JSON, JSON Lines, TSV, vimgrep lines and Markdown. */
#ifndef SEARCHER_RENDER_H
#define SEARCHER_RENDER_H

#include "base/buf.h"
#include "searcher/search.h"

struct render_options {
	bool colour, links;  /* escape codes; OSC 8 hyperlinks to the source files */
	unsigned width;      /* columns to wrap at; 0: do not wrap */
	bool null;           /* tsv, vimgrep: records end in NUL instead of a newline */
};
/* Of the format named ("text", "json", "jsonl", "tsv", "vimgrep", "md"); false for an unknown name. */
bool render_answer(span format, const struct search_answer *answer, const struct render_options *o, struct buf *out);

/* A hit as in the JSON of interface: for other commands that list documents. */
struct json;
void render_hit_json(struct json *j, const struct hit *h);

/* render_text.c, render_lines.c */
void render_text(const struct search_answer *answer, const struct render_options *o, struct buf *out);
void render_md(const struct search_answer *answer, const struct render_options *o, struct buf *out);
void render_tsv(const struct search_answer *answer, const struct render_options *o, struct buf *out);
void render_vimgrep(const struct search_answer *answer, const struct render_options *o, struct buf *out);
void render_json(const struct search_answer *answer, const struct render_options *o, struct buf *out);
void render_jsonl(const struct search_answer *answer, const struct render_options *o, struct buf *out);

#endif
