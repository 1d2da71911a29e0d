/* The file `input`, for its writer and its reader. */
#ifndef INDEXER_INPUT_PRIVATE_H
#define INDEXER_INPUT_PRIVATE_H

#include "indexer/input.h"

#define INPUT_MAGIC "pincite input 1\n"

enum {
	HEAD_BYTES = 16 + 3 * 8, /* magic; bytes of rows, hash of rows, hash of what is cited */
	CHUNK = 1 << 20          /* bytes that are hashed at a time: a hash is seeded with that of the chunk before */
};

#endif
