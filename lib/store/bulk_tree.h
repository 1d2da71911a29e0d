/* bulk_tree: glass B-trees written bottom-up from keys that arrive sorted.
 *
 * All tables of a single-file database share one file of blocks, numbered from
 * 1 in the order they fill up; block 0 holds the version. Each table keeps one
 * unfinished block a level. A failed write is kept in the file and told when
 * it is finished, so that the inner loops need not ask. */
#ifndef STORE_BULK_TREE_H
#define STORE_BULK_TREE_H

#include "base/arena.h"
#include "base/err.h"
#include "store/bulk_pack.h"

enum { BLOCK_BYTES = 8192, TREE_LEVELS = 10 };

struct blocks {
	int fd;             /* the file; owned */
	const char *path;   /* for messages; borrowed */
	uint32_t next;      /* number of the next block */
	int error;          /* errno of the first failed write, 0 */
	uint64_t hash[2];   /* over all blocks in order */
	byte *buffer;
	size_t n;           /* bytes in buffer */
};
/* Creates path, which must not exist, with an empty block 0. Buffers live in a. */
bool blocks_open(struct blocks *f, const char *path, struct arena *a, struct err *err);
uint32_t blocks_put(struct blocks *f, const byte *block);
/* Writes out all, puts head (at most a block) at the start, fsyncs. */
bool blocks_finish(struct blocks *f, span head, struct err *err);

struct tree_level;
struct tree {
	struct blocks *file;
	struct arena *a;
	struct tree_level *level[TREE_LEVELS];
	unsigned nlevels;
	uint64_t entries;
	uint32_t root;      /* after tree_finish; 0: the table is empty */
	byte previous[KEY_MAX]; /* last key of the leaf written last */
	size_t nprevious;
};
/* Adds an entry; keys ascend strictly and have 1 to KEY_MAX bytes. `deflated`:
 * the tag is a raw deflate stream. */
void tree_add(struct tree *t, span key, span tag, bool deflated);
/* Writes the unfinished blocks, root last. */
void tree_finish(struct tree *t);

#endif
