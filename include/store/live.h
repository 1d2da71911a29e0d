/* live: what one generation says of a sealed shard that it may share with
 * others: which of its entries are dead, and where their texts stand now.
 *
 * A shard is never written again, so an entry that an update replaced or dropped
 * stays in it. The small file shard-000.live beside it, written anew for each
 * generation, lists those entries; readers (xap.h, poslist.h) pass them
 * over in every answer and every count. It also holds numbers of the entries, a few each,
 * that change although the entries do not: where in a file each text begins.
 *
 *   file    head | dead | ends | hash | chunks
 *   head    magic, numbers of 8 bytes: dead, their length, entries, chunks;
 *           the hash of the shard's entries (builder_totals)
 *   dead    their numbers in the shard, ascending, 4 bytes each
 *   ends    where each chunk ends, counted from the first, 8 bytes each
 *   chunks  of 256 entries: how many numbers, then these, seven bits a byte;
 *           a hash of the chunk. Entries after the last chunk have none
 *
 * Read by pread. What is damaged is ERR_DAMAGED, never a wrong answer. */
#ifndef STORE_LIVE_H
#define STORE_LIVE_H

#include "base/arena.h"
#include "base/err.h"

/* To be written; all borrowed. */
struct live_facts {
	const uint32_t *dead;   /* the shard's own entry numbers, ascending, each once */
	size_t ndead;
	uint64_t dead_length;   /* sum of their lengths */
	uint32_t entries;       /* of the shard, dead ones too */
	const uint64_t *number; /* those of all entries, one list behind another; null: none */
	const uint32_t *first;  /* entries + 1: where the list of each begins in `number` */
};
/* path must not exist. Synced. identity: hex, as in poslist.h. */
bool live_write(const char *path, const struct live_facts *f, const char *identity, struct err *err);

/* The dead entries of one shard, in its own numbers. */
struct dead {
	uint32_t *v;            /* ascending */
	size_t n;
	unsigned char *bits;    /* one an entry, entry 0 first */
	uint32_t most;          /* the highest; 0: none is dead */
	uint64_t length;        /* sum of their lengths */
};
static inline bool dead_has(const struct dead *d, uint32_t entry)
{
	return entry <= d->most && (d->bits[entry / 8] >> entry % 8 & 1);
}

/* Over the shards of a generation. Any thread may use it: nothing in it changes.
 * It lives as long as somebody holds it. */
struct lives;
/* fds become its own, also on failure. Held once: give back with lives_close. */
struct lives *lives_open(const int *fds, size_t n, struct err *err);
struct lives *lives_hold(struct lives *l);
void lives_close(struct lives *l); /* l may be null */
const struct dead *lives_dead(const struct lives *l, size_t shard);
bool lives_any_dead(const struct lives *l);
/* Hex of the shard's entries that the file was written for. */
const char *lives_identity(const struct lives *l, size_t shard);
uint32_t lives_entries(const struct lives *l, size_t shard);
/* The numbers of an entry, which is counted over all shards as in xap.h. */
struct live_numbers {
	uint64_t *v;
	size_t n;
};
bool lives_numbers(const struct lives *l, uint32_t entry, struct arena *a, struct live_numbers *out, struct err *err);
/* Reads everything. False: damaged. */
bool lives_check(const struct lives *l, struct err *err);

#endif
