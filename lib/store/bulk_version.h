/* bulk_version: the version block of a single-file glass database. */
#ifndef STORE_BULK_VERSION_H
#define STORE_BULK_VERSION_H

#include "store/bulk_tree.h"

struct bulk_stats {
	uint32_t entries;
	uint32_t shortest;  /* least entry length above 0; 0: none */
	uint32_t longest;
	uint32_t wdf_most;
	uint64_t length;    /* of all entries */
};
enum { TABLE_POSTLIST, TABLE_DOCDATA, TABLE_TERMLIST, TABLE_POSITION, TABLE_COUNT };
/* At most 256 bytes at p; gives their number. The identity comes from the
 * blocks' hash, so the same entries give the same file. */
size_t version_block(byte *p, const struct tree tables[TABLE_COUNT], const struct bulk_stats *s);

#endif
