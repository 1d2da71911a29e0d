/* What the parts of generation share: names, manifests, opened shards. */
#ifndef STORE_GENERATION_PRIVATE_H
#define STORE_GENERATION_PRIVATE_H

#include <stdatomic.h>
#include "store/generation.h"

#define GENERATION_NAME 16 /* "gen-000007", up to "gen-4294967295" and a NUL */

struct generation {
	int dir;           /* holds the shared lock */
	struct manifest m;
	/* The readers that read the sentinel: the first caller's. */
	_Atomic(struct xap *) spare;
	_Atomic(struct poslists *) spare_positions;
	struct lives *lives; /* shared by all readers */
};

/* INDEX itself may be reached through a symlink. ENOENT: ERR_NOT_FOUND "no index at". */
int index_open_dir(const char *path, struct err *err);
void generation_name(uint32_t number, char out[GENERATION_NAME]);
/* "gen-000007" back; false for anything that generation_name does not write. */
bool generation_parse(span name, uint32_t *number);
/* The number in CURRENT. Absent: ERR_NOT_FOUND; not one name and a newline: ERR_DAMAGED. */
bool current_read(int index, uint32_t *number, struct err *err);
/* The served generation's directory with a shared lock on it, or -1. */
int generation_hold(int index, uint32_t *number, struct err *err);

/* manifest.json of the generation in dir, which must bear `number`. */
bool manifest_read(int dir, uint32_t number, struct arena *a, struct manifest *m, struct err *err);
/* The manifest's own hash closes it: what stands after the bytes `before`. */
#define MANIFEST_TAIL 87 /* bytes */
void manifest_tail(span before, char out[MANIFEST_TAIL + 1]);
bool manifest_write(int dir, const struct manifest *m, struct err *err);

/* The file `name` in dir, open; -1 unless it is a regular file of that many bytes. */
int sealed_open(int dir, const char *name, uint64_t bytes, struct err *err);
/* sealed_open and the hash of all its bytes. */
bool sealed_verify(int dir, const char *name, uint64_t bytes, const char *sha256, struct err *err);
bool shard_verify(int dir, const struct shard_file *s, struct err *err);
#define INPUT_NAME "input"
/* Readers over all shards of m in dir, without the entries that are dead in l; null: none is. */
struct xap *shards_open(int dir, const struct manifest *m, struct lives *l, struct err *err);
struct poslists *positions_open(int dir, const struct manifest *m, struct lives *l, struct err *err);
struct lives *lives_open_all(int dir, const struct manifest *m, struct err *err);
/* All three. What could be opened is in out even when not all could: close it. */
struct readers {
	struct lives *lives;
	struct xap *x;
	struct poslists *positions;
};
bool readers_open(int dir, const struct manifest *m, struct readers *out, struct err *err);
void readers_close(struct readers *r);
/* Entry counts and sentinel as the manifest has them. */
bool shards_agree(struct xap *x, const struct manifest *m, struct err *err);
/* Each file of positions is that of its shard, and there are positions where the manifest says so. */
bool positions_agree(const struct poslists *p, const struct manifest *m, struct err *err);
bool positions_any(const struct poslists *p, size_t shards);
/* Whether a file of that name belongs to a shard of m. */
bool shard_named(const struct manifest *m, span name);
/* Hash of the data of an entry. */
bool sentinel_hash(struct xap *x, uint32_t entry, char out[65], struct err *err);

/* INDEX/lock: "pid N\nserved gen-A gen-B\n". Generation A was served before
 * the last publishing, B after; both are the same once it is done. Only these
 * may stand in CURRENT, so that a damaged digit there does not serve an older
 * generation unnoticed. Zero: none yet, or nothing readable. */
struct lock_record {
	uint32_t before, after;
	uint64_t pid;
};
void lock_read(int lock, struct lock_record *out);
bool lock_write(int lock, const struct lock_record *r, struct err *err);
/* False when CURRENT's number is none of the record's. */
bool lock_agrees(int index, uint32_t number, struct err *err);

#endif
