/* crosswalk: which numbers were superseded by which. */
#ifndef INDEXER_CROSSWALK_H
#define INDEXER_CROSSWALK_H

#include "base/hash.h"
#include "law/former.h"
#include "law/record.h"

struct renumbered {
	struct former from;
	span to;        /* address of the document */
	uint32_t next;  /* 1 + index of another one of the same document; 0: none */
};
struct crosswalk {
	struct renumbered *v;
	size_t n, cap;
	struct map to;  /* address of the document -> 1 + index of its last */
};
/* Reads lines "OLD <tab> NEW [<tab> SOURCE]", each number an address or a
 * citation; empty lines and those that begin with "#" are passed over. Borrows
 * from bytes, which like a outlives it. A line that cannot be read is an
 * ERR_REQUEST that names it. */
bool crosswalk_read(span bytes, struct arena *a, struct crosswalk *out, struct err *err);
/* Adds to the record the numbers that its document had. c may be null. */
void crosswalk_apply(const struct crosswalk *c, struct record *r, struct arena *a);

#endif
