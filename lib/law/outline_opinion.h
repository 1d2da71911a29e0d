/* What the readers of opinions share: an opinion being read, star pages, marks by their form. */
#ifndef LAW_OUTLINE_OPINION_H
#define LAW_OUTLINE_OPINION_H

#include "law/outline_private.h"

struct page {
	struct range at;  /* "*490", "[**756]" */
	uint32_t number;
};
struct pages {
	struct page *v;
	size_t n, cap;
};
/* The marks of the first series ("*", not "**"), which count up by one. */
struct pages pages_of(span text, struct arena *a);

enum part {
	PART_HEAD,       /* caption, court, docket, panel, counsel, date */
	PART_TEXT,       /* a paragraph */
	PART_HEADING,    /* "I.", "DISCUSSION", "A. The motion" */
	PART_QUOTATION,
	PART_NOTE,       /* footnote */
	PART_MORE,       /* a further paragraph of the footnote above */
	PART_AUTHOR,     /* the line or paragraph that a separate opinion begins with */
	PART_FURNITURE
};

/* An opinion being read. */
struct opinion {
	struct tree *t;
	struct blocks b;
	uint8_t *part;        /* enum part of each block */
	uint8_t *depth;       /* of headings: level below the opinion, 1 outermost */
	uint16_t margin;      /* column where most lines begin */
	size_t first;         /* block where the text begins */
	unsigned base;        /* level of what stands directly in the open opinion */
	unsigned parts;       /* open headed parts */
	uint32_t paragraphs;  /* counted so far */
	uint32_t note;        /* last footnote's number */
	bool bracketed;       /* some paragraph begins with "[1]": so do the notes that are called so */
	bool goes_on;         /* the last paragraph's sentence is not ended */
	bool printed;         /* paragraphs have numbers in the text: only those are addresses */
	const struct pages *pages;
	size_t page;
};
static inline span opinion_block(const struct opinion *o, size_t i) { return block_span(o->t->text, &o->b.v[i]); }
/* The block without the paragraph number that the court printed before a heading, "¶ 2 I. BACKGROUND". */
span opinion_heading(const struct opinion *o, size_t i);
/* Fills o->depth for blocks that are PART_HEADING; numbers that are no headings after all become PART_TEXT. */
void opinion_place_headings(struct opinion *o);
/* Some converters print a heading twice, once as its underlining. */
bool opinion_heading_repeated(const struct opinion *o, size_t i);

/* A paragraph that is "BACKGROUND", "Standard of Review" or the like, marks of Markdown aside. */
bool heading_words(span s);
/* A short line with capitals at its longer words, and no end of a clause. */
bool heading_titled(span s);
/* label_read, and "II" or "A" that is all of the first line of s. */
struct label heading_label(span s);
/* The same heading printed twice, blanks and underlining aside. */
bool heading_again(span x, span y);
/* Bytes of a printed paragraph number, "[¶12]", "{¶ 12}", "¶ 12.", "[*P12]"; 0: none. */
size_t printed_number(span s, uint32_t *number);

#define NOTE_STAR 9999
/* Number of the footnote that s begins with by its form, its mark's end in *end; 0: none. */
uint32_t note_number(span s, size_t *end, bool *bracketed);
/* The text before byte `note` calls a footnote `mark`: "contract.3", "BRIEF*"; brackets: "contract.[3]" too. */
bool note_called_before(span text, size_t note, span mark, bool brackets);

#endif
