/* cite: citations in a text, found, read and resolved.
 *
 * cite_find makes one left-to-right scan of the bytes (no regular expression,
 * no copy of the text) over one trie of abbreviations; cite_resolve links
 * id., short forms, supra, bare sections and parallel citations within a
 * document. Ranges are bytes of the text given. Everything else borrows from
 * that text or lives in the arena. */
#ifndef LAW_CITE_H
#define LAW_CITE_H

#include "base/args.h"
#include "law/text.h"

enum cite_kind {
	CITE_CASE, CITE_SHORT_CASE, CITE_ID, CITE_SUPRA, CITE_STATUTE, CITE_REGULATION, CITE_CONSTITUTION,
	CITE_RULE, CITE_SESSION_LAW, CITE_BILL, CITE_JOURNAL, CITE_DOCKET, CITE_RECORD, CITE_REFERENCE, CITE_KINDS
};
enum cite_status { CITE_OK, CITE_IMPOSSIBLE, CITE_AMBIGUOUS };
/* Names as in the JSON of interface: "short_case", "impossible". */
const char *cite_kind_name(enum cite_kind k);
const char *cite_status_name(enum cite_status s);

#define CITE_NONE UINT32_MAX /* no antecedent, no parallel */

struct cite {
	enum cite_kind kind;
	enum cite_status status;
	struct range at;    /* the citation itself, pin and date parenthesis excluded as in interface: "410 U.S. 113" */
	struct range full;  /* with case name, pin, parenthesis: what a reader would underline */
	span address;       /* with pin subdivisions; empty: unknown or unresolved */
	span last;          /* end of a range of sections: address; empty: not a range */
	span volume, reporter, page, pin;
	span court;         /* its id in courts ("ca9"); the words of the parenthesis when they are no known court's */
	span court_text;    /* as printed: "9th Cir." */
	uint16_t year;      /* 0: none */
	span plaintiff, defendant, parenthetical, signal;
	span history;       /* "cert. denied", "aff'd": how it hangs on `parallel`'s or the earlier case; empty: none */
	span code, title, section;
	struct spans subdivisions;
	uint32_t antecedent, parallel; /* indexes in the list, CITE_NONE: none */
	uint32_t parent;    /* index of the citation in whose parenthetical it stands, CITE_NONE: none */
};
struct cites {
	struct cite *v;
	size_t n, cap;
};

/* Where a text stands, so that "section 610.120" and "subsection 1 of this
 * section" can be read. All may be empty. */
struct cite_context {
	span jurisdiction;  /* of the document: "us-mo" */
	span code;          /* "rsmo" when the document is a section of it */
	span address;       /* the document's own */
	const struct range *footnotes; /* ranges with an id. chain of their own, in order */
	size_t nfootnotes;
};

/* All citations of a text, in order of at.beg, resolved within it. */
struct cites cites_of(span text, const struct cite_context *ctx, struct arena *a);
/* The citation that a whole query or argument is ("42 usc 1983(a)"); false
 * when it is not one. A bare section number is one only with a context. Every
 * reading of an ambiguous one is listed. */
bool cite_parse(span query, const struct cite_context *ctx, struct arena *a, struct cites *readings);
/* Index of the first citation of a text that begins at or after byte i; c->n: none. */
size_t cites_from(const struct cites *c, size_t i);

#endif
