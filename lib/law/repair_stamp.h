/* What reads the stamps of filing systems, and page numbers like them. */
#ifndef LAW_REPAIR_STAMP_H
#define LAW_REPAIR_STAMP_H

#include "law/repair_private.h"

/* Bytes read from i on; what reads and fails may have moved it past white space. */
struct reader {
	span s;
	size_t i;
};
/* Past spaces, tabs and commas. */
void stamp_skip(struct reader *r);
/* Past word w, case apart, no letter after it. */
bool stamp_word(struct reader *r, const char *w);
/* Past bytes to the next white space, one of them a digit. */
bool stamp_number(struct reader *r);

/* Bytes of the stamp that s begins with; 0: none. whole: s is at a line's start, and where the stamp is all of its
 * line less evidence is enough. */
size_t stamp_length(span s, bool whole);
/* Edits of rule "filing-stamp". */
void repair_stamps(span s, struct edits *out, struct arena *a);

#endif
