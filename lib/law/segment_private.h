/* The generated tables behind law/segment, and the step through the trie. */
#ifndef LAW_SEGMENT_PRIVATE_H
#define LAW_SEGMENT_PRIVATE_H

#include "law/segment.h"

/* The child of slot s by code c (1 to 26 for a letter, 0 ends a word) is at
 * base + c when check there is s + 1. The base of an end is the word's number. */
struct word_slot {
	int32_t base;
	uint32_t check;
};
#define WORD_PAIR_BITS 17
extern const struct word_slot word_trie[];
extern const uint8_t word_costs[];
extern const uint32_t word_pair_keys[1 << WORD_PAIR_BITS]; /* first << 16 | second */
extern const uint8_t word_pair_costs[1 << WORD_PAIR_BITS]; /* 0: an empty slot */

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

/* 0 when there is no such child. */
static inline uint32_t word_step(uint32_t slot, unsigned code)
{
	uint32_t to = (uint32_t)word_trie[slot].base + code;
	return word_trie[to].check == slot + 1 ? to : 0;
}

/* Number of the word that ends at slot, or WORD_NONE. */
static inline uint32_t word_end(uint32_t slot)
{
	uint32_t end = word_step(slot, 0);
	return end ? (uint32_t)word_trie[end].base : WORD_NONE;
}

/* -1 when the pair is not in the table. */
static inline int word_pair(uint32_t a, uint32_t b)
{
	uint32_t key = a << 16 | b, at = key * 0x9E3779B1u >> (32 - WORD_PAIR_BITS);
	for (; word_pair_costs[at]; at = (at + 1) & ((1u << WORD_PAIR_BITS) - 1))
		if (word_pair_keys[at] == key)
			return word_pair_costs[at];
	return -1;
}

#endif
