/* Shared by outline*.c: blocks of a text and the builder of the tree. */
#ifndef LAW_OUTLINE_PRIVATE_H
#define LAW_OUTLINE_PRIVATE_H

#include "law/lines.h"
#include "law/outline.h"
#include "law/sequence.h"

/* A paragraph by its layout. Blocks partition the text: blank lines after a
 * block belong to it, those at the start of the text to the first. */
struct block {
	uint32_t beg;        /* first byte; the next block's beg is past the last */
	uint32_t text, stop; /* without white space at both ends */
	uint16_t indent;     /* of its first line */
	uint16_t rest;       /* least indent of its other lines; that of the first when it has one line */
	uint32_t lines;
	uint32_t tight;      /* lines with no blank one before them, the first aside */
	bool gap;            /* a blank line stands before it */
};
struct blocks {
	struct block *v;
	size_t n, cap;
	bool wrapped;   /* lines are broken at a width: a line is not a paragraph */
	bool spaced;    /* blank lines between all lines (double spacing): so they end no paragraph */
	uint16_t width; /* nine lines of ten end within it */
};
struct blocks blocks_of(span text, struct arena *a);
static inline span block_span(span text, const struct block *b) { return (span){ text.p + b->text, b->stop - b->text }; }

/* The tree as it grows. */
struct tree {
	struct outline o;
	const struct doc *d;
	span text;
	struct arena *a;
	uint32_t open[32]; /* index of the open unit of each level */
	uint8_t depth;     /* number of open units; the root is always open */
};
#define TREE_DEPTH 30

void tree_begin(struct tree *t, const struct doc *d, struct arena *a);
/* Closes units of this level and deeper at byte `at`, then opens one there.
 * level >= 1; levels are clamped so that none is skipped. Its address is that
 * of its parent until set. The pointer is valid until the next call. */
struct unit *tree_open(struct tree *t, enum unit_role role, unsigned level, uint32_t at);
/* Closes units of this level and deeper at byte `at`. */
void tree_close(struct tree *t, unsigned level, uint32_t at);
struct outline tree_end(struct tree *t);

void outline_statute(struct tree *t);
void outline_opinion(struct tree *t);
void outline_plain(struct tree *t);
/* A block without labels as one or more UNIT_PARAGRAPH of `level`: one of more
 * than about 300 words is cut after sentences. */
/* The same for a paragraph that is open at beg: what is past about 300 words
 * becomes UNIT_CONTINUATION of `level`, when it is more than twice as long. */
void tree_cut(struct tree *t, unsigned level, uint32_t beg, uint32_t end);
void tree_paragraphs(struct tree *t, unsigned level, uint32_t beg, uint32_t end);

#endif
