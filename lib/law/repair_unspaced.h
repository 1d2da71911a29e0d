/* Text without spaces, between the two halves of its repair: the lines, and the words in them. */
#ifndef LAW_REPAIR_UNSPACED_H
#define LAW_REPAIR_UNSPACED_H

#include "law/repair_private.h"

/* A run of bytes without white space. */
struct piece {
	uint32_t beg, end;
	uint32_t number;  /* line number it begins with; 0: none */
	uint8_t digits;   /* of that number */
	bool head;        /* of a page: goes */
	bool sole;        /* the number is the whole piece */
};
struct pieces {
	struct piece *v;
	size_t n, cap;
};
struct bill {
	span s;
	struct pieces ps;
	struct edits out;
	bool quoted;        /* a straight quotation mark is open */
	bool dashes_apart;  /* this text has spaces around its dashes */
	struct cuts cuts;   /* of one run of letters */
	struct cuts spaces; /* of one piece, in order */
	struct arena *a;
};

/* "37.717.1.The": a section's number, and perhaps a subsection's, open s; where the second begins. 0: no. */
size_t unspaced_section_head(span s);
/* Puts the spaces into the bytes [beg, end) of a piece, which holds no white space. */
void unspaced_words(struct bill *b, uint32_t beg, uint32_t end);

#endif
