/* hash: 64-bit hashes for tables (xxHash XXH3) and SHA-256 for what must be
 * trusted (libnettle). */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <endian.h>
#include "base/err.h"
#include "base/span.h"

/* The same on every machine and in every run; a seed gives an unrelated one.
 * Not for keys that an enemy chooses without a check of equality. */
uint64_t hash64(span s);
uint64_t hash64_seed(span s, uint64_t seed);
/* For tables of words, and the sketches of documents made of them: 32 bits, never
 * 0, so that 0 may stand for "not known"; the same on every machine. A tenth of
 * indexing was looking words up, and nearly all of them have at most 16 bytes:
 * for those it is a few instructions in place; longer ones go through hash64.
 * As with that one, equality must be checked where an enemy chooses the words. */
static inline uint32_t hash_word(span s)
{
	/* Two reads that overlap cover any length without touching a byte beyond it. */
	uint64_t x = s.n, y = 0;
	uint32_t first, last;
	if (s.n > 16)
		x = hash64(s);
	else if (s.n >= 8) /* least byte first on any machine */
		memcpy(&x, s.p, 8), memcpy(&y, s.p + s.n - 8, 8), x = le64toh(x), y = le64toh(y);
	else if (s.n >= 4) /* likewise */
		memcpy(&first, s.p, 4), memcpy(&last, s.p + s.n - 4, 4), x = le32toh(first), y = le32toh(last);
	else if (s.n) /* first, middle and last: all there is */
		x = (unsigned char)s.p[0], y = (uint64_t)(unsigned char)s.p[s.n / 2] << 8 | (unsigned char)s.p[s.n - 1];
	/* The length goes in, for the two reads do not tell "aaaa" from "aaaaa"; both
	 * multipliers are odd numbers with bits everywhere, as the usual mixers have. */
	x = (x ^ s.n * 0x9E3779B97F4A7C15u) * 0xD6E8FEB86659FD93u;
	x = (x ^ x >> 32 ^ y) * 0x9E3779B97F4A7C15u;
	/* The upper half is the better mixed one. */
	return x >> 32 ? (uint32_t)(x >> 32) : 1;
}
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
