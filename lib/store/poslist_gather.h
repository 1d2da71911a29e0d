/* poslist_gather: positions of entries that come one by one, into a position
 * file, where terms come one by one. Beside either kind of builder, so that
 * both give the same bytes. */
#ifndef STORE_POSLIST_GATHER_H
#define STORE_POSLIST_GATHER_H

#include "store/bulk_pack.h"
#include "store/entry.h"
#include "store/poslist.h"

struct gather;
/* A position file at path. memory: bytes kept before a run is spilled to
 * tmpdir, which is borrowed; no fewer than a quarter of a MiB. */
struct gather *gather_open(const char *path, size_t memory, const char *tmpdir, struct err *err);
bool gather_add(struct gather *g, uint32_t number, const struct entry *e, struct err *err);
uint64_t gather_pending(const struct gather *g); /* bytes still to be written, from above */
bool gather_seal(struct gather *g, const char *identity, struct err *err);
void gather_close(struct gather *g); /* g may be null */

#endif
