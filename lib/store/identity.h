/* identity: one number of 128 bits for all entries of a shard.
 *
 * It ties a position file to its database and tells equal builds from others; it
 * is no defence against tampering. It is a sum over what the entries hold, each
 * part strongly mixed, so it does not matter in what order parts are met: one
 * builder meets them document by document, the other term by term, in whatever
 * runs memory allows. A posting counts by term, entry and wdf, unless it has
 * positions and weighs nothing; a list of positions by term, entry and
 * positions; an entry by its values and data. */
#ifndef STORE_IDENTITY_H
#define STORE_IDENTITY_H

#include "base/hash.h"
#include "store/entry.h"

struct identity {
	uint64_t low, high;
};

/* The classic folded product: 64 bits that depend on all of both. */
static inline uint64_t identity_mix(uint64_t a, uint64_t b)
{
	unsigned __int128 m = (unsigned __int128)(a ^ 0x9E3779B97F4A7C15u) * (b ^ 0xD6E8FEB86659FD93u);
	return (uint64_t)m ^ (uint64_t)(m >> 64);
}
static inline void identity_part(struct identity *x, uint64_t a, uint64_t b)
{
	uint64_t h = identity_mix(a, b);
	x->low += h;
	x->high += identity_mix(h, a + b);
}
/* term: hash64 of it. */
static inline void identity_posting(struct identity *x, uint64_t term, uint32_t entry, uint32_t wdf)
{
	identity_part(x, term, (uint64_t)entry << 32 | wdf);
}
static inline void identity_positions(struct identity *x, uint64_t term, uint32_t entry, const uint32_t *pos, uint32_t n)
{
	uint64_t h = n;
	for (uint32_t i = 0; i < n; i++)
		h = (h + pos[i]) * 0x9E3779B97F4A7C15u;
	/* The kind goes in, or a list could stand for a posting. */
	identity_part(x, term ^ 0xA0761D6478BD642Fu, h ^ (uint64_t)entry << 20);
}
static inline void identity_join(struct identity *x, const struct identity *more)
{
	x->low += more->low;
	x->high += more->high;
}
/* What an entry has beside its postings. */
void identity_entry(struct identity *x, uint32_t entry, const struct value *values, size_t nvalues, span data);
/* All postings of an entry. */
void identity_postings(struct identity *x, uint32_t entry, const struct posting *p, size_t n);
/* 32 hex digits and a NUL. */
void identity_hex(const struct identity *x, char out[33]);

#endif
