#include "store/poslist_gather.h"

#include <errno.h>
#include <stdlib.h>
#include "base/buf.h"
#include "base/hash.h"
#include "store/bulk_runs.h"

enum { BATCH = 64, MEMORY_LEAST = 256 << 10 }; /* an empty table is a quarter of that */

/* Unpacks what pack_gaps wrote, into a file. */
struct gap_sink {
	struct poslist_writer *to;
	struct arena *a; /* of v */
	uint32_t *v;
	size_t cap;
};

static const byte *gaps_put(struct gap_sink *g, uint32_t entry, const byte *p)
{
	uint64_t n, gap;
	uint32_t pos = 0;
	p = unpack_uint(p, &n);
	if (n > g->cap) {
		g->cap = 2 * (size_t)n;
		g->v = arena_raw(g->a, g->cap * sizeof *g->v, 16);
	}
	for (uint64_t i = 0; i < n; i++) {
		p = unpack_uint(p, &gap);
		g->v[i] = pos += (uint32_t)gap;
	}
	poslist_entry(g->to, entry, g->v, (uint32_t)n);
	return p;
}

struct gather {
	struct arena a;
	struct lists lists;
	struct runs runs;
	size_t memory;
	struct gap_sink sink;
	struct buf scratch;
};

struct gather *gather_open(const char *path, size_t memory, const char *tmpdir, struct err *err)
{
	struct gather *g = calloc(1, sizeof *g);
	if (!g) {
		err_errno(err, ENOMEM, "%s", path);
		return NULL;
	}
	g->memory = memory > MEMORY_LEAST ? memory : MEMORY_LEAST;
	g->scratch.a = g->sink.a = &g->a;
	g->runs = (struct runs){ .a = &g->a, .tmpdir = tmpdir, .fd = -1 };
	g->sink.to = poslist_create(path, err);
	if (g->sink.to)
		return g;
	gather_close(g);
	return NULL;
}

/* A batch at a time, as the bulk builder does: the lists are spread all over memory. */
static void add_batch(struct gather *g, uint32_t number, const struct posting *const *p, size_t n)
{
	uint32_t hash[BATCH];
	struct list *list[BATCH];
	lists_reserve(&g->lists, n);
	for (size_t i = 0; i < n; i++) {
		hash[i] = (uint32_t)hash64(p[i]->term);
		lists_touch(&g->lists, hash[i]);
	}
	for (size_t i = 0; i < n; i++) {
		list[i] = lists_get(&g->lists, p[i]->term, hash[i]);
		__builtin_prefetch(list[i]->at, 1);
	}
	for (size_t i = 0; i < n; i++) {
		g->scratch.n = 0;
		buf_need(&g->scratch, GAPS_MAX(p[i]->npos));
		byte *from = (byte *)g->scratch.p, *end = pack_gaps(from, p[i]->pos, p[i]->npos);
		list_add(&g->lists, list[i], number, (span){ (char *)from, (size_t)(end - from) });
	}
}

bool gather_add(struct gather *g, uint32_t number, const struct entry *e, struct err *err)
{
	const struct posting *batch[BATCH];
	size_t n = 0;
	for (size_t i = 0; i < e->npostings; i++) {
		if (e->postings[i].npos)
			batch[n++] = &e->postings[i];
		if (n == BATCH) {
			add_batch(g, number, batch, n);
			n = 0;
		}
	}
	add_batch(g, number, batch, n);
	return lists_bytes(&g->lists) <= g->memory || runs_spill(&g->runs, &g->lists, err);
}

uint64_t gather_pending(const struct gather *g)
{
	return g->runs.bytes + lists_bytes(&g->lists);
}

static void begin(void *self, span key, uint64_t count, uint64_t sum)
{
	struct gap_sink *g = self;
	(void)count;
	(void)sum;
	poslist_term(g->to, key);
}

static const byte *entry(void *self, uint32_t number, const byte *p)
{
	return gaps_put(self, number, p);
}

static void end(void *self)
{
	(void)self;
}

bool gather_seal(struct gather *g, const char *identity, struct err *err)
{
	struct merge_sink sink = { &g->sink, begin, entry, end };
	return runs_merge(&g->runs, &g->lists, g->memory, &sink, err) && poslist_seal(g->sink.to, identity, err);
}

void gather_close(struct gather *g)
{
	if (!g)
		return;
	runs_close(&g->runs);
	lists_release(&g->lists);
	poslist_close(g->sink.to);
	arena_release(&g->a);
	free(g);
}
