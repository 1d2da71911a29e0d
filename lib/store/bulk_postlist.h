/* bulk_postlist: the entries of the postlist and position tables.
 *
 * Long lists are cut into chunks, each under a key of its own, so that a
 * reader can skip. A chunk's head needs its last entry and whether another
 * follows, so one chunk is held back until that is known. */
#ifndef STORE_BULK_POSTLIST_H
#define STORE_BULK_POSTLIST_H

#include "base/buf.h"
#include "store/bulk_tree.h"

enum { CHUNK_BYTES = 2000 }; /* stock's size: a chunk that has reached it takes no more */

/* One posting list at a time, or the list of entry lengths, which has the same form. */
struct chunker {
	struct tree *tree;
	byte key[KEY_MAX + 8];   /* head of the keys; later chunks add their first entry */
	size_t nkey;
	bool terminated;         /* the first chunk's key has no 00 after the term; later ones have */
	bool later;              /* a chunk of this list was written */
	uint64_t count, sum;     /* told in the first chunk */
	uint32_t first, last;    /* entries of the chunk; first 0: none yet */
	size_t n;
	byte body[CHUNK_BYTES + 2 * PACK_MAX];
};
/* key: the finished head of the first chunk's key. terms: later keys put 00 between. */
void chunker_begin(struct chunker *c, span key, bool terms, uint64_t count, uint64_t sum);
void chunker_add(struct chunker *c, uint32_t entry, uint32_t wdf);
void chunker_end(struct chunker *c); /* nothing is written for an empty list */

/* Values of one slot at a time. */
struct value_chunker {
	struct tree *tree;
	struct buf *tag;     /* the chunk under construction */
	uint32_t slot, first, last;
};
void value_chunker_begin(struct value_chunker *c, uint32_t slot);
void value_chunker_add(struct value_chunker *c, uint32_t entry, span value);
void value_chunker_end(struct value_chunker *c);

#endif
