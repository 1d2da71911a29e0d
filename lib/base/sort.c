#include "base/sort.h"

#include <stdlib.h>

/* Runs of 8 are put in order by insertion, then merged: below that the bookkeeping of a merge costs more than it
 * saves. */
enum { RUN = 8 };

/* Stable, as the merge is: of equal keys the one that came first stays first. */
static void insert(struct sort_item *v, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct sort_item x = v[i];
		size_t k = i;
		for (; k && v[k - 1].key > x.key; k--)
			v[k] = v[k - 1];
		v[k] = x;
	}
}

/* Which side comes next is a matter of chance, so it is computed, not jumped on. */
static void merge(const struct sort_item *a, size_t na, const struct sort_item *b, size_t nb, struct sort_item *out)
{
	const struct sort_item *a_end = a + na, *b_end = b + nb;
	while (a < a_end && b < b_end) {
		size_t second = b->key < a->key;
		*out++ = second ? *b : *a;
		b += second;
		a += 1 - second;
	}
	memcpy(out, a, (size_t)(a_end - a) * sizeof *a);
	memcpy(out + (a_end - a), b, (size_t)(b_end - b) * sizeof *b);
}

void sort_items(struct sort_item *v, size_t n, struct arena *a)
{
	for (size_t i = 0; i < n; i += RUN)
		insert(v + i, n - i < RUN ? n - i : RUN);
	if (n <= RUN)
		return;
	/* Each pass merges from one array into the other; after an odd number of them the result lies in the borrowed
	 * one. */
	struct sort_item *from = v, *to = arena_raw(a, n * sizeof *to, 16), *swap;
	for (size_t width = RUN; width < n; width *= 2) {
		for (size_t i = 0; i < n; i += 2 * width) {
			size_t left = n - i < width ? n - i : width;
			size_t right = n - i - left < width ? n - i - left : width;
			merge(from + i, left, from + i + left, right, to + i);
		}
		swap = from;
		from = to;
		to = swap;
	}
	if (from != v)
		memcpy(v, from, n * sizeof *v);
}

/* A few, one by one. */
static void insert_strings(const struct sort_strings *s, struct sort_item *v, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct sort_item x = v[i];
		span mine = s->at(s->of_what, x.of);
		size_t k = i;
		for (; k && span_cmp(s->at(s->of_what, v[k - 1].of), mine) > 0; k--)
			v[k] = v[k - 1];
		v[k] = x;
	}
}

/* By the bytes from `depth` on; those before are the same in all. The depth grows
 * by eight a call and ends with the string. */
static void sort_from(const struct sort_strings *s, struct sort_item *v, size_t n, size_t depth)
{
	for (size_t i = 0; i < n; i++) {
		span at = s->at(s->of_what, v[i].of);
		v[i].key = sort_key(span_sub(at, depth, at.n));
	}
	sort_items(v, n, s->a);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && v[end].key == v[i].key; end++)
			;
		/* Those whose eight bytes are the same: the next eight decide, and few are compared byte by byte. */
		if (end - i > RUN && depth + 8 < s->at(s->of_what, v[i].of).n)
			sort_from(s, v + i, end - i, depth + 8);
		else if (end - i > 1)
			insert_strings(s, v + i, end - i);
	}
}

void sort_strings(const struct sort_strings *s, struct sort_item *v, size_t n)
{
	sort_from(s, v, n, 0);
}

/* A difference could overflow; two comparisons cannot. */
static int compare_numbers(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
	return (a > b) - (a < b);
}

void sort_numbers(uint32_t *v, size_t n)
{
	if (n > 1) /* v may be null when there are none */
		qsort(v, n, sizeof *v, compare_numbers);
}

static int compare_hashes(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
	return (a > b) - (a < b);
}

void sort_hashes(uint64_t *v, size_t n)
{
	if (n > 1)
		qsort(v, n, sizeof *v, compare_hashes);
}

/* bsearch must not be given a null pointer, even with nothing to look through. */
bool has_hash(const uint64_t *v, size_t n, uint64_t h)
{
	return n && bsearch(&h, v, n, sizeof *v, compare_hashes);
}
