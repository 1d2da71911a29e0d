/* hash: 64-bit hashes for tables (xxHash XXH3) and SHA-256 for what must be
 * trusted (libnettle). */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/err.h"
#include "base/span.h"

/* The same on every machine and in every run; a seed gives an unrelated one.
 * Not for keys that an enemy chooses without a check of equality. */
uint64_t hash64(span s);
uint64_t hash64_seed(span s, uint64_t seed);
/* 64 lower-case hex digits and a NUL. */
void sha256_hex(span s, char out[65]);
/* Of the whole file behind fd from offset 0; its position does not move. */
bool sha256_file(int fd, char out[65], uint64_t *bytes, struct err *err);

/* map: a table from byte strings to 32-bit numbers, in an arena. Keys are
 * borrowed: they must outlive it. A zeroed map with .a set is empty. */
struct arena;
struct map {
	struct map_slot *v; /* private */
	size_t n, cap;      /* keys; slots, a power of two, at most three quarters taken */
	struct arena *a;    /* of the slots */
};
/* The value of key, a new one starting at zero; *fresh tells (may be null).
 * The pointer is good until the next map_put. */
uint32_t *map_put(struct map *m, span key, bool *fresh);
/* Null when absent. */
uint32_t *map_get(const struct map *m, span key);

#endif
