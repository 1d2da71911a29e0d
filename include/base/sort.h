/* sort: numbers in order, faster than qsort, whose comparisons are calls.
 *
 * For strings: their first eight bytes as the number, then runs of equal
 * numbers put right by the caller. */
#ifndef BASE_SORT_H
#define BASE_SORT_H

#include "base/arena.h"

/* A number to sort by, and what belongs to it. */
struct sort_item {
	uint64_t key;
	uint32_t of;
};
/* By key, equal keys in the order they came; n log n at worst. Scratch of n
 * items is taken from a, which stays larger until it is reset. */
void sort_items(struct sort_item *v, size_t n, struct arena *a);
/* The first eight bytes of s as a number that orders as they do; short ones end in zeros. */
static inline uint64_t sort_key(span s)
{
	uint64_t k = 0;
	for (size_t i = 0; i < 8; i++)
		k = k << 8 | (i < s.n ? (unsigned char)s.p[i] : 0);
	return k;
}

#endif
