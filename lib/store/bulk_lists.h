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
struct list {
	const char *key;
	uint32_t nkey;
	uint32_t tag;       /* of the key's hash */
	uint32_t count;     /* entries */
	uint32_t last;      /* entry number of the newest; entry numbers begin at 1 */
	uint64_t sum;       /* of the caller's numbers: collection frequency */
	byte *at, *end;     /* free part of the newest slice */
	struct slice *first, *newest;
};
struct lists {
	struct arena a;     /* of keys and slices */
	struct arena table; /* of v and slots, whose old copies would else add up */
	struct list *v;
	size_t n, cap;
	uint32_t *slots;    /* open addressing: index + 1 into v */
	size_t nslots;      /* a power of two */
};
void lists_init(struct lists *l);
void lists_release(struct lists *l);
size_t lists_bytes(const struct lists *l); /* memory in use */
/* The list of key, new ones empty. Valid until the next call. */
struct list *lists_get(struct lists *l, span key);
/* Appends an entry, whose number is above all before; body is copied. */
void list_add(struct lists *l, struct list *list, uint32_t entry, span body);

/* Bytes of a list, and its parts one after another: *s begins as null and is
 * null again after the last. */
size_t list_size(const struct list *list);
span list_part(const struct list *list, const struct slice **s);

#endif
