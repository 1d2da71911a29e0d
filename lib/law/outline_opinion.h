/* Star pages of opinions: marks in the text where a page of the printed reporter begins. */
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

#endif
