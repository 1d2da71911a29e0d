/* cite_found: what was found for one reading of a citation. */
#ifndef SEARCHER_CITE_FOUND_H
#define SEARCHER_CITE_FOUND_H

#include "base/json.h"
#include "law/former.h"
#include "searcher/citator.h"
#include "searcher/show.h"

struct found {
	span address, at;    /* as asked; as found */
	bool here;           /* the document is in the index */
	struct record record;
	struct shown shown;  /* its part at that address */
	struct spans cites;  /* addresses that the part cites, each once */
	struct mentions mentions;
	struct former_list { struct former *v; size_t n, cap; } formers; /* superseded numbers of the document */
	uint32_t by_former;  /* documents that cite it by those alone */
	struct treated_list treats; /* what the document itself does to others */
};
/* A document that cites it: its first mention, and where its mentions are. */
struct citing {
	size_t first, n;     /* in mentions by document */
};
struct citings {
	struct citing *v;
	size_t n, cap;
};
/* Of the address, and who cites it. Reads nothing more from the index. */
bool found_look_up(struct index *x, const struct inquiry *of, struct arena *a, struct found *f, struct err *err);
/* The mentions in order of the citing court, the highest first, then of how
 * much each document says, then of date, newest first; one citing a document. */
struct citings found_by_court(struct mentions *m, struct arena *a);

void found_text(struct found *f, struct arena *a, struct buf *b);
void found_json(struct found *f, struct arena *a, struct json *j);
/* Later history and treatment, grouped by kind and by who acted. */
void treated_text(const struct treated_list *l, const char *heading, struct arena *a, struct buf *b);
/* The value of one key: an array. */
void treated_json(const struct treated_list *l, struct json *j, struct arena *a);
/* A value on one line, safe for a terminal, and the line's end. */
void found_line(struct buf *b, span s);

#endif
