/* sequence: labels in order, each placed in the tree by what comes before and after it.
 *
 * A beam search over the open levels: each label may go on a level that is
 * open (one more than its last), open a level below, or be no label at all.
 * Every choice has a cost in tenths (lib/law/sequence.c, `enum cost`); the
 * cheapest whole reading wins, so "(i)" after "(h)" is a letter when "(j)"
 * follows and a number when "(ii)" does. Time is linear in the labels. */
#ifndef LAW_SEQUENCE_H
#define LAW_SEQUENCE_H

#include "base/arena.h"
#include "law/label.h"

enum {
	LABEL_CHAINED = 1, /* stands right after another label: "(2)(a)" */
	LABEL_LEAD_IN = 2, /* the text before it ends as a lead-in: ":" or a dash */
	LABEL_WEAK = 4,    /* the text before it goes on: may be a cross-reference at a line's start */
	LABEL_INLINE = 8,  /* within a paragraph, after a clause */
	LABEL_SEMICOLON = 16, /* the text before it ends in a semicolon */
	LABEL_GAP = 32,    /* the text before it says that labels are missing: repealed, reserved */
	LABEL_HEADED = 128, /* after the heading of the label before it: "(a) In general. - (1) The ..." */
	LABEL_FRESH = 64   /* a paragraph without a label stands before it: a list may begin anew */
};
struct candidate {
	struct label label;
	uint32_t at;     /* of its first byte in the text */
	uint16_t indent; /* columns before it at the start of its line, when known */
	uint8_t flags;
	/* The answer. */
	uint8_t depth;   /* 1 below the section, and so on; 0: no label */
	uint8_t reading; /* index in label.reading */
	uint8_t cost;    /* of this choice, in tenths */
};
struct candidates {
	struct candidate *v;
	size_t n, cap;
};

/* The order of classes below a section in a code; a prior, never grounds to relabel. */
struct scheme {
	const char *codes; /* space-separated "jurisdiction" or "jurisdiction/code"; see lib/law/scheme.c */
	uint8_t n;
	uint8_t class[8];
};
/* Of a code, or the federal one when it is unknown. */
const struct scheme *scheme_of(span jurisdiction, span code);

#define SEQUENCE_DEPTH 10 /* deepest level of a law */
/* Fills the answers. indents: whether indent tells levels apart. */
void sequence_solve(struct candidates *c, const struct scheme *scheme, bool indents, struct arena *a);

#endif
