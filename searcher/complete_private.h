/* The parts of complete, for each other: what a query begun may become. */
#ifndef SEARCHER_COMPLETE_PRIVATE_H
#define SEARCHER_COMPLETE_PRIVATE_H

#include "law/fields.h"
#include "searcher/search_private.h"

struct suggestion {
	span text;
	const char *kind;
};
struct completing {
	struct index *x;
	span prefix;          /* trimmed on the left, ASCII letters in lower case */
	span typed;           /* the same as typed */
	size_t max;
	struct arena *a;
	struct { struct suggestion *v; size_t n, cap; } out;
	struct err *err;
};
/* One more suggestion, unless it is there or there are enough. */
void complete_add(struct completing *c, span text, const char *kind);
/* Terms of field f whose value goes on from `begins`, at most max of them. */
bool complete_terms(struct completing *c, enum field f, span begins, size_t max, struct xap_terms *out);
/* Citations whose volume, reporter or code is still being typed: "219 Fr",
 * "42 U.S.C", "Mo. Rev". Documents of the index first, then what they cite. */
bool complete_containers(struct completing *c);
/* Values of a field that was named: "court:ca". *is tells whether one was. */
bool complete_field(struct completing *c, bool *is);

#endif
