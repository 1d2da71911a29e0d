#include "store/bulk_lists.h"

#include <stdlib.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/hash.h"
#include "store/builder_private.h"
#include "store/bulk_postlist.h"
#include "store/bulk_runs.h"
#include "store/bulk_termlist.h"
#include "store/bulk_version.h"

enum { BATCH = 64 };

/* What a slot's values are, for planning queries. */
struct slot_stats {
	uint32_t slot, count;
	struct buf least, most;
};

struct bulk {
	struct arena a;         /* lives as long as the builder */
	struct blocks file;
	struct tree tables[TABLE_COUNT];
	struct lists terms, values;
	struct runs term_runs, value_runs;
	size_t memory;
	bool termlists;
	struct bulk_stats stats;
	struct { uint32_t *v; size_t n, cap; } lengths; /* of entries */
	struct { struct slot_stats *v; size_t n, cap; } slots; /* in order of number */
	struct { struct bulk_pair { span key, value; } *v; size_t n, cap; } metadata;
	struct buf scratch;
};

static void *bulk_open(const char *path, const struct builder_options *o, struct err *err)
{
	struct bulk *b = calloc(1, sizeof *b);
	if (!b) {
		err_set(err, ERR_TRY_AGAIN, "out of memory");
		return NULL;
	}
	b->scratch.a = &b->a;
	b->memory = o->memory;
	b->termlists = !o->no_termlists;
	for (size_t i = 0; i < TABLE_COUNT; i++)
		b->tables[i] = (struct tree){ .file = &b->file, .a = &b->a };
	b->term_runs = (struct runs){ .a = &b->a, .tmpdir = o->tmpdir, .fd = -1 };
	b->value_runs = b->term_runs;
	if (blocks_open(&b->file, path, &b->a, err))
		return b;
	arena_release(&b->a);
	free(b);
	return NULL;
}

/* --- adding --- */

/* wdf, the size of the packed positions, and those. */
static span pack_posting(struct buf *scratch, const struct posting *p)
{
	scratch->n = 0;
	buf_need(scratch, 2 * PACK_MAX + POSITIONS_MAX(p->npos));
	byte *start = (byte *)scratch->p, *end = pack_uint(start, p->wdf);
	if (p->npos == 1) { /* most often */
		byte *tag = end + 1;
		end = pack_uint(tag, p->pos[0]);
		tag[-1] = (byte)(end - tag);
	} else if (p->npos) {
		byte *tag = end + PACK_MAX;
		size_t size = (size_t)(pack_positions(tag, p->pos, p->npos) - tag);
		end = pack_uint(end, size);
		memmove(end, tag, size);
		end += size;
	} else {
		*end++ = 0;
	}
	return (span){ (char *)start, (size_t)(end - start) };
}

/* A batch at a time: the lists are spread all over memory, and waiting for one
 * after another would take most of the time. */
static void add_postings(struct bulk *b, const struct posting *p, size_t n, uint32_t entry)
{
	uint32_t hash[BATCH];
	struct list *list[BATCH];
	lists_reserve(&b->terms, n);
	for (size_t i = 0; i < n; i++) {
		hash[i] = p[i].hash ? p[i].hash : hash_word(p[i].term);
		lists_touch(&b->terms, hash[i]);
	}
	for (size_t i = 0; i < n; i++) {
		list[i] = lists_get(&b->terms, p[i].term, hash[i]);
		__builtin_prefetch(list[i]->at, 1);
	}
	for (size_t i = 0; i < n; i++) {
		list[i]->sum += p[i].wdf;
		list_add(&b->terms, list[i], entry, pack_posting(&b->scratch, &p[i]));
	}
}

static struct slot_stats *slot_get(struct bulk *b, uint32_t slot)
{
	size_t i = b->slots.n;
	while (i && b->slots.v[i - 1].slot >= slot)
		i--;
	if (i < b->slots.n && b->slots.v[i].slot == slot)
		return &b->slots.v[i];
	PUSH(&b->a, &b->slots);
	struct slot_stats *s = &b->slots.v[i];
	memmove(s + 1, s, (b->slots.n - 1 - i) * sizeof *s);
	*s = (struct slot_stats){ .slot = slot, .least.a = &b->a, .most.a = &b->a };
	return s;
}

static void keep(struct buf *b, span s)
{
	b->n = 0;
	buf_put(b, s);
}

static void add_value(struct bulk *b, const struct value *v, uint32_t n)
{
	struct slot_stats *s = slot_get(b, v->slot);
	if (!s->count || span_cmp(v->bytes, buf_span(&s->least)) < 0)
		keep(&s->least, v->bytes);
	if (!s->count || span_cmp(v->bytes, buf_span(&s->most)) > 0)
		keep(&s->most, v->bytes);
	s->count++;
	byte key[PACK_MAX], *end = pack_uint(key, v->slot);
	b->scratch.n = 0;
	buf_packed(&b->scratch, v->bytes);
	lists_reserve(&b->values, 1);
	struct list *list = lists_get(&b->values, (span){ (char *)key, (size_t)(end - key) }, v->slot);
	list_add(&b->values, list, n, buf_span(&b->scratch));
}

static uint32_t add_stats(struct bulk *b, const struct entry *e)
{
	uint32_t length = 0; /* wraps as the format does */
	for (size_t i = 0; i < e->npostings; i++) {
		length += e->postings[i].wdf;
		if (e->postings[i].wdf > b->stats.wdf_most)
			b->stats.wdf_most = e->postings[i].wdf;
	}
	b->stats.length += length;
	if (length > b->stats.longest)
		b->stats.longest = length;
	if (length && (!b->stats.shortest || length < b->stats.shortest))
		b->stats.shortest = length;
	*PUSH(&b->a, &b->lengths) = length;
	return length;
}

static bool bulk_add(void *self, const struct entry *e, struct err *err)
{
	struct bulk *b = self;
	uint32_t n = ++b->stats.entries;
	uint32_t length = add_stats(b, e);
	for (size_t i = 0; i < e->npostings; i += BATCH)
		add_postings(b, e->postings + i, e->npostings - i < BATCH ? e->npostings - i : BATCH, n);
	for (size_t i = 0; i < e->nvalues; i++)
		if (e->values[i].bytes.n)
			add_value(b, &e->values[i], n);
	if (b->termlists)
		termlist_add(&b->tables[TABLE_TERMLIST], e, n, length, &b->scratch);
	if (e->data.n) {
		byte key[5], *end = pack_uint_sorted(key, n);
		tree_add(&b->tables[TABLE_DOCDATA], (span){ (char *)key, (size_t)(end - key) }, e->data, false);
	}
	if (lists_bytes(&b->terms) > b->memory && !runs_spill(&b->term_runs, &b->terms, err))
		return false;
	return lists_bytes(&b->values) <= b->memory / 4 || runs_spill(&b->value_runs, &b->values, err);
}

static bool bulk_metadata(void *self, span key, span value, struct err *err)
{
	struct bulk *b = self;
	(void)err;
	size_t i = b->metadata.n;
	while (i && span_cmp(b->metadata.v[i - 1].key, key) >= 0)
		i--;
	if (i == b->metadata.n || !span_eq(b->metadata.v[i].key, key)) {
		PUSH(&b->a, &b->metadata);
		memmove(&b->metadata.v[i + 1], &b->metadata.v[i], (b->metadata.n - 1 - i) * sizeof *b->metadata.v);
		b->metadata.v[i].key = arena_dup(&b->a, key);
	}
	b->metadata.v[i].value = arena_dup(&b->a, value); /* the last one counts */
	return true;
}

/* --- sealing: the postlist table in the order of its keys --- */

static void write_metadata(struct bulk *b)
{
	for (size_t i = 0; i < b->metadata.n; i++) {
		byte key[KEY_MAX], *end = pack_bytes(key, SPAN("\0\xc0"));
		if (!b->metadata.v[i].value.n)
			continue;
		end = pack_bytes(end, b->metadata.v[i].key);
		tree_add(&b->tables[TABLE_POSTLIST], (span){ (char *)key, (size_t)(end - key) }, b->metadata.v[i].value,
			 false);
	}
}

static int by_packed_slot(const void *a, const void *b)
{
	byte x[4], y[4];
	size_t nx = (size_t)(pack_uint_last(x, ((const struct slot_stats *)a)->slot) - x);
	size_t ny = (size_t)(pack_uint_last(y, ((const struct slot_stats *)b)->slot) - y);
	return span_cmp((span){ (char *)x, nx }, (span){ (char *)y, ny });
}

/* Their keys do not sort by slot number: the number stands least byte first. */
static void write_slots(struct bulk *b)
{
	if (b->slots.n)
		qsort(b->slots.v, b->slots.n, sizeof *b->slots.v, by_packed_slot);
	for (size_t i = 0; i < b->slots.n; i++) {
		struct slot_stats *s = &b->slots.v[i];
		byte key[6], *end = pack_uint_last(pack_bytes(key, SPAN("\0\xd0")), s->slot);
		b->scratch.n = 0;
		buf_varint(&b->scratch, s->count);
		buf_packed(&b->scratch, buf_span(&s->least));
		if (!span_eq(buf_span(&s->least), buf_span(&s->most)))
			buf_put(&b->scratch, buf_span(&s->most));
		tree_add(&b->tables[TABLE_POSTLIST], (span){ (char *)key, (size_t)(end - key) },
			 buf_span(&b->scratch), false);
	}
}

static void value_begin(void *self, span key, uint64_t count, uint64_t sum)
{
	(void)count;
	(void)sum;
	uint64_t slot;
	unpack_uint((const byte *)key.p, &slot);
	value_chunker_begin(self, (uint32_t)slot);
}

static const byte *value_entry(void *self, uint32_t entry, const byte *p)
{
	uint64_t n;
	p = unpack_uint(p, &n);
	value_chunker_add(self, entry, (span){ (const char *)p, n });
	return p + n;
}

static void value_end(void *self)
{
	value_chunker_end(self);
}

static bool write_values(struct bulk *b, struct err *err)
{
	struct value_chunker c = { .tree = &b->tables[TABLE_POSTLIST], .tag = &b->scratch };
	struct merge_sink sink = { &c, value_begin, value_entry, value_end };
	return runs_merge(&b->value_runs, &b->values, b->memory / 4, &sink, err);
}

static void write_lengths(struct bulk *b, struct chunker *c)
{
	chunker_begin(c, SPAN("\0\xe0"), false, 0, 0);
	for (size_t i = 0; i < b->lengths.n; i++)
		chunker_add(c, (uint32_t)i + 1, b->lengths.v[i]);
	chunker_end(c);
}

/* A term's postings go to one table and their positions to another. */
struct term_writer {
	struct chunker chunks;
	struct tree *positions;
	byte key[KEY_MAX + 8]; /* the escaped term, 00, and room for the entry */
	size_t nkey;
};

static void term_begin(void *self, span term, uint64_t count, uint64_t sum)
{
	struct term_writer *w = self;
	byte *end = pack_escaped(w->key, term);
	chunker_begin(&w->chunks, (span){ (char *)w->key, (size_t)(end - w->key) }, true, count, sum);
	*end++ = 0;
	w->nkey = (size_t)(end - w->key);
}

static const byte *term_entry(void *self, uint32_t entry, const byte *p)
{
	struct term_writer *w = self;
	uint64_t wdf, n;
	p = unpack_uint(p, &wdf);
	p = unpack_uint(p, &n);
	chunker_add(&w->chunks, entry, (uint32_t)wdf);
	if (n) {
		byte *end = pack_uint_sorted(w->key + w->nkey, entry);
		tree_add(w->positions, (span){ (char *)w->key, (size_t)(end - w->key) },
			 (span){ (const char *)p, n }, false);
	}
	return p + n;
}

static void term_end(void *self)
{
	struct term_writer *w = self;
	chunker_end(&w->chunks);
}

static bool bulk_seal(void *self, struct err *err)
{
	struct bulk *b = self;
	struct term_writer *w = NEW(&b->a, struct term_writer);
	w->chunks.tree = &b->tables[TABLE_POSTLIST];
	w->positions = &b->tables[TABLE_POSITION];
	write_metadata(b);
	write_slots(b);
	if (!write_values(b, err))
		return false;
	write_lengths(b, &w->chunks);
	struct merge_sink sink = { w, term_begin, term_entry, term_end };
	if (!runs_merge(&b->term_runs, &b->terms, b->memory, &sink, err))
		return false;
	for (size_t i = 0; i < TABLE_COUNT; i++)
		tree_finish(&b->tables[i]);
	byte head[256];
	size_t n = version_block(head, b->tables, &b->stats);
	return blocks_finish(&b->file, (span){ (char *)head, n }, err);
}

/* Postings grow by their keys when written: the spilled bytes twice over, and memory. */
static uint64_t bulk_pending(void *self)
{
	const struct bulk *b = self;
	return 4 * (b->term_runs.bytes + lists_bytes(&b->terms)) + 2 * (b->value_runs.bytes + lists_bytes(&b->values));
}

static void bulk_close(void *self)
{
	struct bulk *b = self;
	if (!b)
		return;
	runs_close(&b->term_runs);
	runs_close(&b->value_runs);
	lists_release(&b->terms);
	lists_release(&b->values);
	if (b->file.fd >= 0)
		close(b->file.fd);
	arena_release(&b->a);
	free(b);
}

const struct builder_kind_ops builder_bulk_ops = {
	bulk_open, bulk_add, bulk_metadata, bulk_pending, bulk_seal, bulk_close,
};
