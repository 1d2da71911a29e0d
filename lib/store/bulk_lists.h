/* bulk_lists: posting lists as they grow in memory.
 *
 * A list belongs to a key (a term, or a packed value slot) and is a string of
 * bytes: for each entry that holds the key, pack_uint(entry - entry before)
 * and a body that the caller has packed. Bytes lie in slices that double, so
 * adding to a list touches its end only. */
#ifndef STORE_BULK_LISTS_H
#define STORE_BULK_LISTS_H

#include "base/arena.h"
#include "store/bulk_pack.h"

struct slice;
enum { LIST_KEY_BYTES = 21 };
/* One cache line: adding to a list touches this and the end of its bytes. */
struct list {
	byte *at;            /* free part of the newest slice */
	struct slice *first, *newest;
	uint32_t hash;       /* of the key */
	uint32_t last;       /* entry number of the newest; entry numbers begin at 1 */
	uint32_t count;      /* entries */
	uint32_t sum;        /* of the caller's numbers, wrapping: collection frequency */
	uint16_t room;       /* bytes at `at` */
	byte nkey;           /* 0: the place is free */
	char key[LIST_KEY_BYTES]; /* a longer key lies elsewhere, its address here */
};
struct lists {
	struct arena a;      /* of long keys and slices */
	struct arena table;  /* of v, whose old copies would else add up */
	struct list *v;      /* open addressing */
	size_t n, cap;       /* cap: places, a power of two */
};
void lists_release(struct lists *l);
size_t lists_bytes(const struct lists *l); /* memory in use */
span list_key(const struct list *list);

/* Adding goes in steps, so that a batch of keys can be fetched from memory side
 * by side: lists_reserve for the batch, lists_touch for each key, lists_get
 * for each key, list_add for each. The caller hashes, by any function. */
void lists_reserve(struct lists *l, size_t more); /* room for so many new keys; moves the lists */
static inline void lists_touch(const struct lists *l, uint32_t hash)
{
	__builtin_prefetch(&l->v[hash & (l->cap - 1)], 1);
}
/* The list of key, made when absent; key is 1 to KEY_MAX bytes. The caller adds
 * to it before the next lists_reserve. */
struct list *lists_get(struct lists *l, span key, uint32_t hash);
/* Appends an entry, whose number is above all before; body is copied. */
void list_add(struct lists *l, struct list *list, uint32_t entry, span body);

/* Bytes of a list, and its parts one after another: *s begins as null and is
 * null again after the last. */
size_t list_size(const struct list *list);
span list_part(const struct list *list, const struct slice **s);

#endif
