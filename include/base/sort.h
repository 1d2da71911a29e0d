/* sort: numbers in order, faster than qsort, whose comparisons are calls; a place in such an order.
 *
 * For strings: their first eight bytes as the number, then runs of equal
 * numbers put right by the caller. */
#ifndef BASE_SORT_H
#define BASE_SORT_H

#include <endian.h>
#include "base/arena.h"

/* A number to sort by, and what belongs to it. */
struct sort_item {
	uint64_t key;
	uint32_t of;
};
/* By key, equal keys in the order they came; n log n at worst. Scratch of n
 * items is taken from a, which stays larger until it is reset. */
void sort_items(struct sort_item *v, size_t n, struct arena *a);
/* Plain numbers, ascending. */
void sort_numbers(uint32_t *v, size_t n);
void sort_hashes(uint64_t *v, size_t n);
/* Whether sorted ones have h. */
bool has_hash(const uint64_t *v, size_t n, uint64_t h);
/* The first eight bytes of s as a number that orders as they do; short ones end
 * in zeros, so a string and the same with NULs behind it have one number: whoever
 * sorts strings looks at equal numbers again anyway. */
static inline uint64_t sort_key(span s)
{
	uint64_t k = 0;
	/* Most terms of an index have eight bytes or more. */
	if (s.n >= 8) { /* one load, turned round where the machine is little-endian */
		memcpy(&k, s.p, 8);
		return be64toh(k);
	}
	/* Nothing may be read beyond the end of a short one. */
	for (size_t i = 0; i < s.n; i++)
		k |= (uint64_t)(unsigned char)s.p[i] << (56 - 8 * i);
	return k;
}

/* Strings in order of span_cmp: sets .key of the items and puts them in order of
 * what `at` gives for .of. Each string is looked at once for every eight bytes
 * that it has in common with others: with many of them, which lie all over
 * memory, that is far less than comparing two at a time. */
struct sort_strings {
	span (*at)(const void *of_what, uint32_t of);
	const void *of_what;
	struct arena *a; /* scratch, as above */
};
void sort_strings(const struct sort_strings *s, struct sort_item *v, size_t n);

/* How many of n elements come before `key` by a number that each holds, in
 * ascending order: the place of the first that does not. `first` is the number
 * of the first element, `step` the bytes from one element's to the next.
 * The key is wider than the numbers, so that the place after all that are at
 * most x is asked for by x + 1 even when x is the greatest. Inline: it is asked
 * for each word of a proximity, with a step the compiler knows. log n. */
static inline size_t count_below(const uint32_t *first, size_t n, size_t step, uint64_t key)
{
	size_t lo = 0, hi = n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const uint32_t *number = (const void *)((const char *)first + mid * step);
		if (*number < key)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}
/* The same of a list { T *v; size_t n; }, an empty one too, by a uint32_t member
 * of T: FIRST_FROM(&cites, at.beg, byte). */
#define FIRST_FROM(list, member, key) ((list)->n ? count_below(&(list)->v->member, (list)->n, sizeof *(list)->v, (key)) : 0)
/* The same of a list of the numbers themselves. */
#define FIRST_NUMBER(list, key) ((list)->n ? count_below((list)->v, (list)->n, sizeof *(list)->v, (key)) : 0)

#endif
