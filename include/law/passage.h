/* passage: the citable pieces, of about 80 to 300 words, that hits show.
 *
 * A subdivision with its children, a group of paragraphs of an opinion, a
 * footnote. Passages are in order, do not overlap, begin at the start of a
 * unit, and cover the document but for its furniture. */
#ifndef LAW_PASSAGE_H
#define LAW_PASSAGE_H

#include "law/outline.h"

struct passage {
	uint32_t unit;    /* index of the unit it begins with, in the outline */
	struct range at;  /* in the clean text of the document */
	span address;     /* of the deepest unit that holds all of it (a heading aside); for an
			     opinion's paragraphs that of its first, "<document>#para12" */
};
struct passages {
	struct passage *v;
	size_t n, cap;
};
struct passages passages_of(const struct doc *d, const struct outline *o, struct arena *a);

#endif
