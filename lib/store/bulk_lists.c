#include "store/bulk_lists.h"

#include "base/hash.h"

enum { SLOTS_FIRST = 1024, SLICE_FIRST = 24, SLICE_MAX = 16 << 10 };

struct slice {
	struct slice *next;
	uint32_t size;
	byte data[];
};

void lists_init(struct lists *l)
{
	*l = (struct lists){ 0 };
}

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

/* Doubles the table and the lists, which fill it by half at most. */
static void lists_widen(struct lists *l)
{
	struct arena wider = { 0 };
	size_t nslots = l->nslots ? l->nslots * 2 : SLOTS_FIRST;
	struct list *v = arena_raw(&wider, nslots / 2 * sizeof *v, _Alignof(struct list));
	uint32_t *slots = NEWN(&wider, uint32_t, nslots);
	if (l->n)
		memcpy(v, l->v, l->n * sizeof *v);
	for (uint32_t i = 0; i < l->n; i++) {
		size_t s = v[i].tag & (nslots - 1);
		while (slots[s])
			s = (s + 1) & (nslots - 1);
		slots[s] = i + 1;
	}
	arena_release(&l->table);
	l->table = wider;
	l->v = v;
	l->slots = slots;
	l->nslots = nslots;
	l->cap = nslots / 2;
}

struct list *lists_get(struct lists *l, span key)
{
	if (l->n == l->cap)
		lists_widen(l);
	uint32_t tag = (uint32_t)hash64(key);
	size_t s = tag & (l->nslots - 1);
	for (; l->slots[s]; s = (s + 1) & (l->nslots - 1)) {
		struct list *at = &l->v[l->slots[s] - 1];
		if (at->tag == tag && at->nkey == key.n && memcmp(at->key, key.p, key.n) == 0)
			return at;
	}
	l->slots[s] = (uint32_t)++l->n;
	struct list *fresh = &l->v[l->n - 1];
	*fresh = (struct list){ .key = arena_dup(&l->a, key).p, .nkey = (uint32_t)key.n, .tag = tag };
	return fresh;
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
	list->end = s->data + size;
}

static void list_put(struct lists *l, struct list *list, const byte *p, size_t n)
{
	for (;;) {
		size_t room = (size_t)(list->end - list->at);
		size_t now = n < room ? n : room;
		if (now)
			memcpy(list->at, p, now);
		list->at += now;
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
	if ((size_t)(list->end - list->at) >= n + body.n) {
		memcpy(list->at, delta, n);
		memcpy(list->at + n, body.p, body.n);
		list->at += n + body.n;
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
