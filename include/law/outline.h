/* outline: the tree of citable units of a document.
 *
 * Units are stored in preorder. A unit's range covers its children; the bytes
 * of a unit that are in no child are its own text. The leaves and own texts
 * joined in order give the clean text of the document back. Ambiguous labels
 * (i, v, x, l, c, d, m, aa) are decided by the whole sequence
 * (docs: ARCHITECTURE.md, "Outlines"). */
#ifndef LAW_OUTLINE_H
#define LAW_OUTLINE_H

#include "law/document.h"

enum unit_role {
	UNIT_DOCUMENT,     /* the root, always unit 0 */
	UNIT_HEADING,      /* caption, catch line, title */
	UNIT_SUBDIVISION,  /* labelled part of a section: has an address */
	UNIT_CONTINUATION, /* unlabelled text of its parent after its children */
	UNIT_PARAGRAPH,    /* of an opinion or of unlabelled text */
	UNIT_PART,         /* headed part of an opinion: I., A., DISCUSSION */
	UNIT_OPINION,      /* separate opinion: majority, concurrence, dissent */
	UNIT_QUOTATION,    /* block quotation; quoted law with its own tree */
	UNIT_FOOTNOTE,
	UNIT_DISPOSITION,
	UNIT_HISTORY,      /* source credits, "(L. 1973 S.B. 1 ...)" */
	UNIT_ANNOTATION,   /* case note under a section */
	UNIT_NOTE,         /* cross-reference, effective date, explanation */
	UNIT_FURNITURE,    /* headings of a file that belong to no text */
	UNIT_PAGE,         /* a star page, "*490": the mark alone; its page goes on to the next mark */
	UNIT_ROLES
};
const char *unit_role_name(enum unit_role r); /* "subdivision" */

struct unit {
	enum unit_role role;
	uint8_t level;       /* 0 for the root */
	uint32_t parent;     /* index; the root's is 0 */
	uint32_t after;      /* index just past its last descendant */
	struct range at;     /* in the clean text of the document */
	span label;          /* "(a)", "1.", "I."; as printed */
	span address;        /* full path; that of the nearest addressed ancestor when it has none of its own */
	span heading;        /* its own heading when it has one */
	float confidence;
};
struct outline {
	struct unit *v;
	size_t n, cap;
};

struct outline outline_of(const struct doc *d, struct arena *a);
/* Index of the deepest unit that covers byte `at` of the clean text. */
size_t outline_at(const struct outline *o, uint32_t at);
/* Items of a list inside a sentence, "(i) ...; (ii) ...", are no units, but
 * citations name them. Finds in the unit's own text the item that path ("2",
 * "2/b") names; a deeper part that is not found is left out. The list must
 * count from its first label, and have two items; a label that refers
 * elsewhere ("paragraph (2)") is none. False: no such item. */
bool outline_anchor(const struct outline *o, span clean, size_t unit, span path, struct range *out);

#endif
