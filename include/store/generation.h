/* generation: an index directory, its lock, and its sealed generations.
 *
 *   INDEX/CURRENT  INDEX/lock
 *   INDEX/gen-000007/{manifest.json,shard-000.glass,shard-000.pos,shard-000.live,input,report.json}
 *
 * Nothing in a sealed generation is ever modified. A writer builds in
 * INDEX/build-<pid>, seals it into the next gen-NNNNNN by rename, then switches
 * CURRENT by rename, each step followed by fsync. Readers resolve CURRENT
 * once and hold a shared lock (flock) on the generation's directory; the
 * collector keeps the three newest and removes an older one only when it wins
 * the exclusive lock, so no reader loses its files.
 *
 * Damage is never an empty answer: a file that is missing, short, unreadable
 * or not openable is an error. Sizes and a sentinel entry are checked at each
 * opening, every byte of every file with `verify` and by index_check: the
 * manifest ends with a SHA-256 over itself and holds those of all the others. */
#ifndef STORE_GENERATION_H
#define STORE_GENERATION_H

#include "base/arena.h"
#include "base/err.h"
#include "store/live.h"
#include "store/poslist.h"
#include "store/xap.h"

#define INDEX_FORMAT 5 /* 1 had positions in the databases, 2 entries for passages, 3 words in both, 4 no dead entries and another entries_xxh128 */
#define SHARDS_MAX 256

struct shard_file {
	span name;          /* "shard-000.glass": lower-case letters, digits, '.', '-' */
	uint64_t bytes;     /* filled by index_publish, as all sizes and hashes */
	char sha256[65];
	uint64_t positions_bytes; /* of shard_positions(name) */
	char positions_sha256[65];
	uint32_t entries;   /* number of entries in it, dead ones too */
	uint32_t dead;      /* filled by index_publish */
	uint64_t live_bytes; /* of shard_live(name) */
	char live_sha256[65];
	char entries_xxh128[33]; /* builder_totals: the same for the same input, whatever -j */
};
struct manifest {
	uint32_t format, generation; /* filled by index_publish */
	span xapian, pincite;  /* versions that wrote it; filled by index_publish */
	span options;          /* a JSON object: what shaped the index; empty: {} */
	uint32_t documents, passages;
	/* Read back at each opening; filled by index_publish. */
	bool positions;          /* some entry has positions */
	uint32_t sentinel_entry; /* an entry number, 0 in an index without entries */
	char sentinel_data[65];  /* SHA-256 of that entry's data */
	struct shard_file *shards;
	size_t nshards;          /* 1 to SHARDS_MAX */
	uint64_t report_bytes;   /* of report.json; filled by index_publish */
	char report_sha256[65];
	/* A file `input` that the caller wrote into the build directory, what it wants
	 * to know of this generation next time; 0: there is none. Filled by index_publish. */
	uint64_t input_bytes;
	char input_sha256[65];
	/* For index_publish: of each shard, its dead entries and numbers; null: no shard has any. */
	const struct live_facts *live;
};

/* The name of the file of positions beside a shard: "shard-000.pos". */
#define SHARD_NAME 128
void shard_positions(span name, char out[SHARD_NAME]);
void shard_live(span name, char out[SHARD_NAME]); /* "shard-000.live" */

/* Reading. */
struct generation;
/* The served generation of the index at path, its manifest read and its files
 * opened, sizes checked against the manifest and the sentinel read back; with
 * `verify` every SHA-256 too. No index: ERR_NOT_FOUND; damage, or an index of
 * another format: ERR_DAMAGED; no descriptor or memory left: ERR_TRY_AGAIN.
 * Lives in a but for its descriptors: close with generation_close before a is released. */
struct generation *generation_open(const char *path, bool verify, struct arena *a, struct err *err);
void generation_close(struct generation *g); /* g may be null */
const struct manifest *generation_manifest(const struct generation *g);
/* A reader for the calling thread, over files opened anew; any thread may
 * call. Close with xap_close; it may outlive g. */
struct xap *generation_reader(struct generation *g, struct err *err);
/* Its positions, likewise. Close with poslists_close. */
struct poslists *generation_positions(struct generation *g, struct err *err);
/* What it says of its shards: dead entries, numbers of entries. Give back with lives_close. */
struct lives *generation_lives(struct generation *g);
/* The file `input`, its size checked; close with close(2). -1 with err untouched: there is none. */
int generation_input(const struct generation *g, struct err *err);
/* Number of the generation that CURRENT names now: for a server that watches. */
bool generation_current(const char *path, uint32_t *number, struct err *err);

/* Writing. */
struct index_writer;
/* Locks the index (created when absent, parents too) and makes an empty build
 * directory; leftovers of a killed writer are removed. Held by another:
 * ERR_LOCKED at once, with the pid. Give back with index_unlock. */
struct index_writer *index_lock(const char *path, struct err *err);
const char *index_build_dir(const struct index_writer *w); /* build shards here; also a tmpdir for builders */
/* Takes shard number `shard` of g over unchanged: hard links in the build
 * directory, under the old names (a copy where the file system has no links).
 * Its shard_file belongs into the manifest to publish. g may be closed after. */
bool index_link_shard(struct index_writer *w, const struct generation *g, size_t shard, struct err *err);
/* Reads the built shards back (counts must be those of m), hashes them, writes
 * report and manifest, fsyncs, renames, switches CURRENT, collects old
 * generations. True means: it is on disk and served, whatever happens next.
 * False: the generation served before still is (but for a failing fsync of the
 * directory after the switch). The build directory must hold the shards of m
 * and nothing else: close the builders first. Once per writer. */
bool index_publish(struct index_writer *w, struct manifest *m, span report_json, struct err *err);
void index_unlock(struct index_writer *w); /* removes an unpublished build; w may be null */

/* Everything `pincite check` verifies of the served generation: manifest,
 * sizes, hashes, unexpected files, sentinel, entry counts, every position,
 * Xapian's own check in a child process (it may crash on damage; so call it from one thread).
 * True when all is well. False with err untouched: damage, one line a finding
 * in out. False with err filled: it could not be checked (no index, no memory). */
struct buf;
bool index_check(const char *path, struct buf *out, struct err *err);

#endif
