/* former: a number that a document had before it was renumbered.
 *
 * It is kept among the document's parallel citations, as "formerly ADDRESS"
 * and, after a tab, the source that says so; so the document is found by it
 * as by any other citation of its own. */
#ifndef LAW_FORMER_H
#define LAW_FORMER_H

#include "base/arena.h"

struct former {
	span address; /* /us-mo/rsmo/s610.9 */
	span source;  /* "L. 1998 S.B. 56"; empty: not said */
};
/* The entry for a list of parallel citations. Lives in a. */
span former_make(const struct former *f, struct arena *a);
/* Reads an entry; false when it is a plain citation. Borrows. */
bool former_read(span parallel, struct former *out);

#endif
