#include "store/bulk_lists.h"

/* Most terms stand in few entries, so a first slice is small; the largest keep within the 16 bits of `room`. */
enum { PLACES_FIRST = 1024, SLICE_FIRST = 24, SLICE_MAX = 16 << 10 };

_Static_assert(sizeof(struct list) == 64, "a list is one cache line");

struct slice {
	struct slice *next;
	uint32_t size;
	byte data[];
};

void lists_release(struct lists *l)
{
	arena_release(&l->a);
	arena_release(&l->table);
	*l = (struct lists){ 0 };
}

size_t lists_bytes(const struct lists *l)
{
	return l->a.used + l->table.used;
}

span list_key(const struct list *list)
{
	const char *p = list->key;
	/* The address of a long key stands where the bytes of a short one do, unaligned. */
	if (list->nkey > LIST_KEY_BYTES)
		memcpy(&p, list->key, sizeof p);
	return (span){ p, list->nkey };
}

/* A new table with every list in it. */
static void lists_widen(struct lists *l, size_t cap)
{
	struct arena wider = { 0 };
	/* Aligned by hand: an arena aligns to 16. */
	uintptr_t p = (uintptr_t)arena_alloc(&wider, (cap + 1) * sizeof(struct list), 16);
	struct list *v = (struct list *)((p + sizeof *v - 1) / sizeof *v * sizeof *v);
	for (size_t i = 0; i < l->cap; i++) {
		if (!l->v[i].nkey)
			continue;
		size_t at = l->v[i].hash & (cap - 1);
		while (v[at].nkey)
			at = (at + 1) & (cap - 1);
		v[at] = l->v[i];
	}
	arena_release(&l->table);
	l->table = wider;
	l->v = v;
	l->cap = cap;
}

void lists_reserve(struct lists *l, size_t more)
{
	size_t cap = l->cap ? l->cap : PLACES_FIRST;
	/* Five eighths full at most: beyond, the runs that linear probing walks over grow quickly. */
	while ((l->n + more) * 8 > cap * 5)
		cap *= 2;
	if (cap != l->cap)
		lists_widen(l, cap);
}

static void list_start(struct lists *l, struct list *list, span key, uint32_t hash)
{
	l->n++;
	list->hash = hash;
	list->nkey = (byte)key.n;
	if (key.n <= LIST_KEY_BYTES) {
		memcpy(list->key, key.p, key.n);
	} else {
		const char *own = arena_dup(&l->a, key).p;
		memcpy(list->key, &own, sizeof own);
	}
}

struct list *lists_get(struct lists *l, span key, uint32_t hash)
{
	size_t mask = l->cap - 1;
	/* Ends: lists_reserve keeps places free. */
	for (size_t i = hash & mask;; i = (i + 1) & mask) {
		struct list *at = &l->v[i];
		if (!at->nkey) {
			list_start(l, at, key, hash);
			return at;
		}
		if (at->hash == hash && at->nkey == key.n && memcmp(list_key(at).p, key.p, key.n) == 0)
			return at;
	}
}

static void slice_add(struct lists *l, struct list *list)
{
	size_t size = list->newest ? list->newest->size * 2 : SLICE_FIRST;
	if (size > SLICE_MAX)
		size = SLICE_MAX;
	struct slice *s = arena_raw(&l->a, sizeof *s + size, _Alignof(struct slice));
	s->next = NULL;
	s->size = (uint32_t)size;
	if (list->newest)
		list->newest->next = s;
	else
		list->first = s;
	list->newest = s;
	list->at = s->data;
	list->room = (uint16_t)size;
}

static void list_put(struct lists *l, struct list *list, const byte *p, size_t n)
{
	for (;;) {
		size_t now = n < list->room ? n : list->room;
		if (now)
			memcpy(list->at, p, now);
		list->at += now;
		list->room = (uint16_t)(list->room - now);
		p += now;
		n -= now;
		if (!n)
			return;
		slice_add(l, list);
	}
}

void list_add(struct lists *l, struct list *list, uint32_t entry, span body)
{
	byte delta[PACK_MAX];
	size_t n = (size_t)(pack_uint(delta, entry - list->last) - delta);
	list->last = entry;
	list->count++;
	if (list->room >= n + body.n) {
		memcpy(list->at, delta, n);
		memcpy(list->at + n, body.p, body.n);
		list->at += n + body.n;
		list->room = (uint16_t)(list->room - n - body.n);
		return;
	}
	list_put(l, list, delta, n);
	list_put(l, list, (const byte *)body.p, body.n);
}

size_t list_size(const struct list *list)
{
	size_t n = 0;
	for (const struct slice *s = list->first; s; s = s->next)
		n += s == list->newest ? (size_t)(list->at - s->data) : s->size;
	return n;
}

span list_part(const struct list *list, const struct slice **s)
{
	const struct slice *now = *s ? (*s)->next : list->first;
	*s = now;
	if (!now)
		return (span){ 0 };
	return (span){ (const char *)now->data, now == list->newest ? (size_t)(list->at - now->data) : now->size };
}
