/* toa: tables of authorities, of a brief and of a document in the index. */
#ifndef SEARCHER_TOA_H
#define SEARCHER_TOA_H

#include "base/json.h"
#include "law/cite.h"
#include "searcher/index.h"

enum toa_group { TOA_CASES, TOA_STATUTES, TOA_OTHER, TOA_GROUPS };
struct places { uint32_t *v; size_t n, cap; };
struct authority {
	enum toa_group group;
	span address;        /* of the document cited; parallel citations share that of the first */
	span name;           /* parties of a case, empty otherwise */
	span cite;           /* in local form, with the court and year of a case */
	uint32_t mentions;   /* id. and short forms counted */
	struct places at;    /* pages of the text, or lines of one without pages; each once, ascending */
};
struct toa {
	struct authority *v; /* by group, then name, then address */
	size_t n, cap;
	bool pages;          /* places are pages, parted by form feeds; else lines */
};
/* More places than this are said as "passim". */
enum { TOA_PASSIM = 5 };

/* Of the citations in text, but those of the document at `own` (may be empty). Linear, and a sort. */
struct toa toa_of(span text, const struct cites *cites, span own, struct arena *a);

/* The table of the document that an address or a citation names. */
struct authorities {
	bool any;             /* it is in the index; else the rest is empty */
	struct record record;
	struct toa toa;
};
/* False with err filled: no citation that can be read (ERR_REQUEST), or trouble with the index. */
bool authorities_of(struct index *x, span operand, struct arena *a, struct authorities *out, struct err *err);
/* Groups as printed: "Cases", "Statutes", "Other authorities". */
const char *toa_group_title(enum toa_group g);
void toa_text(const struct toa *t, struct buf *b);
/* The value of one key: {"places":"page"|"line","authorities":[...]}. */
void toa_json(const struct toa *t, struct json *j);

#endif
