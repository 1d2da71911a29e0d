/* The generated tables behind law/segment, and the step through the trie. */
#ifndef LAW_SEGMENT_PRIVATE_H
#define LAW_SEGMENT_PRIVATE_H

#include "law/segment.h"

/* A slot holds the code by which it is reached (1 to 26 for a letter, 0 at the
 * end of a word) in its lowest five bits, whether a word ends there in the next,
 * and from bit 8 on its base: its child by code c is at base + c when that has
 * code c. The base of an end is the word's number, and its cost from bit 16 on. */
extern const uint32_t word_trie[];
#define WORD_ENDS 32
#define WORD_PAIR_BITS 17
extern const uint32_t word_pair_keys[1 << WORD_PAIR_BITS]; /* first << 16 | second */
extern const uint8_t word_pair_costs[1 << WORD_PAIR_BITS]; /* 0: an empty slot */
/* One bit a pair, in a quarter of the room: most pairs that are asked for are in no table. */
#define WORD_PAIR_FILTER_BITS 20
extern const uint64_t word_pair_filter[1 << (WORD_PAIR_FILTER_BITS - 6)];

/* One bit a word: what has its bit unset is in no table; of what is not in the
 * table 7 % have it set. For the scan that every text passes. */
#define WORD_FILTER_BITS 19
extern const uint64_t word_filter[1 << (WORD_FILTER_BITS - 6)];
/* The hash takes eight letters at a time: small letters, the first in the lowest byte, zeros after the last. */
static inline uint64_t word_hash(uint64_t h, uint64_t letters)
{
	h = (h ^ letters) * 0x9E3779B97F4A7C15u;
	return h ^ h >> 32;
}
static inline bool word_maybe(uint64_t h)
{
	uint32_t k = (uint32_t)(h & ((1u << WORD_FILTER_BITS) - 1));
	return word_filter[k >> 6] >> (k & 63) & 1;
}

#define WORD_NONE UINT32_MAX

/* From slot to slot, by value; the walk begins at word_trie[0]. */
static inline bool word_step(uint32_t *slot, unsigned code)
{
	uint32_t to = word_trie[(*slot >> 8) + code];
	*slot = to;
	return (to & 31) == code;
}

/* Number and cost of the word that ends at slot, which WORD_ENDS says. */
static inline uint32_t word_end(uint32_t slot, int *cost)
{
	uint32_t end = word_trie[slot >> 8];
	*cost = (int)(end >> 24);
	return end >> 8 & 0xFFFF;
}

/* -1 when the pair is not in the table. */
static inline int word_pair(uint32_t a, uint32_t b)
{
	uint32_t key = a << 16 | b, hash = key * 0x9E3779B1u, at = hash >> (32 - WORD_PAIR_BITS);
	uint32_t bit = hash >> (32 - WORD_PAIR_FILTER_BITS);
	if (!(word_pair_filter[bit >> 6] >> (bit & 63) & 1))
		return -1;
	for (; word_pair_costs[at]; at = (at + 1) & ((1u << WORD_PAIR_BITS) - 1))
		if (word_pair_keys[at] == key)
			return word_pair_costs[at];
	return -1;
}

#endif
