/* generation: an index directory, its lock, and its sealed generations.
 *
 *   INDEX/CURRENT  INDEX/lock  INDEX/gen-000007/{manifest.json,shard-000.glass,report.json}
 *
 * Nothing in a sealed generation is ever modified. A writer builds in
 * INDEX/build-<pid>, seals it into the next gen-NNNNNN by rename, then switches
 * CURRENT by rename, each step followed by fsync. Readers resolve CURRENT
 * once and hold a shared lock on the generation; the collector keeps the three
 * newest and removes older ones only when no reader holds them. */
#ifndef STORE_GENERATION_H
#define STORE_GENERATION_H

#include "base/arena.h"
#include "base/err.h"
#include "store/xap.h"

#define INDEX_FORMAT 1

struct shard_file {
	span name;          /* "shard-000.glass" */
	uint64_t bytes;
	char sha256[65];
	uint32_t entries;   /* numbers of entries in it */
	char entries_xxh128[33]; /* builder_totals: the same for the same input, whatever -j */
};
struct manifest {
	uint32_t format, generation;
	span xapian, pincite;  /* versions that wrote it */
	span options;          /* JSON of what shaped the index */
	uint32_t documents, passages;
	span sentinel_data;    /* data that entry 1 of shard 0 must have: hash, hex */
	struct shard_file *shards;
	size_t nshards;
};

/* Reading. */
struct generation;
/* The served generation of the index at path, its manifest read and its files
 * opened, sizes checked against the manifest and the sentinel read back; with
 * `verify` every SHA-256 too. No index: ERR_NOT_FOUND; damage: ERR_DAMAGED. */
struct generation *generation_open(const char *path, bool verify, struct arena *a, struct err *err);
void generation_close(struct generation *g);
const struct manifest *generation_manifest(const struct generation *g);
/* A reader for the calling thread, over files opened anew. Close with xap_close before the generation. */
struct xap *generation_reader(const struct generation *g, struct err *err);
/* Number of the generation that CURRENT names now: for a server that watches. */
bool generation_current(const char *path, uint32_t *number, struct err *err);

/* Writing. */
struct index_writer;
/* Locks the index (created when absent, parents too) and makes an empty build
 * directory; leftovers of a killed writer are removed. Locked: ERR_LOCKED with the pid. */
struct index_writer *index_lock(const char *path, struct err *err);
const char *index_build_dir(const struct index_writer *w); /* build shards here */
/* Hashes, writes the manifest (fields generation, shards' bytes and sha256 are
 * filled here), fsyncs, renames, switches CURRENT, collects old generations. */
bool index_publish(struct index_writer *w, struct manifest *m, span report_json, struct err *err);
void index_unlock(struct index_writer *w); /* removes an unpublished build */

/* Everything `pincite check` verifies: manifest, sizes, hashes, sentinel,
 * entry counts, Xapian's own check in a child process. One line a finding to
 * out; true when there is none. */
struct buf;
bool index_check(const char *path, struct buf *out, struct err *err);

#endif
