#include <stdlib.h>
#include <unistd.h>
#include "base/buf.h"
#include "store/builder_private.h"
#include "store/bulk_postlist.h"
#include "store/bulk_runs.h"
#include "store/bulk_termlist.h"
#include "store/bulk_version.h"
#include "store/invert.h"

/* The values of a slot, and what they are, for planning queries. */
struct slot_stats {
	uint32_t slot, count;
	struct buf least, most;
	struct arena a;  /* of body: a slice for each spill */
	struct buf body; /* values so far: entry less the one before, and bytes */
	uint32_t last;
};

struct bulk {
	struct arena a;         /* lives as long as the builder */
	struct blocks file;
	struct tree tables[TABLE_COUNT];
	struct invert *lists;
	struct poslist_writer *positions; /* null: the database has them */
	struct runs value_runs;
	size_t memory, value_bytes;
	bool termlists;
	struct bulk_stats stats;
	struct { uint32_t *v; size_t n, cap; } lengths; /* of entries */
	struct { struct slot_stats *v; size_t n, cap; } slots; /* in order of number */
	struct { struct bulk_pair { span key, value; } *v; size_t n, cap; } metadata;
	struct buf scratch;
};

/* The arena holds the blocks' buffer, so whether there is one tells whether the file was opened. */
static void bulk_close(void *self)
{
	struct bulk *b = self;
	if (!b)
		return;
	runs_close(&b->value_runs);
	invert_close(b->lists);
	poslist_close(b->positions);
	for (size_t i = 0; i < b->slots.n; i++)
		arena_release(&b->slots.v[i].a);
	if (b->file.buffer)
		close(b->file.fd);
	arena_release(&b->a);
	free(b);
}

/* All tables over one file of blocks; those that nothing is
 * added to stay without a block, and the version block says so. */
static void *bulk_open(const char *path, const struct builder_options *o, struct err *err)
{
	struct bulk *b = calloc(1, sizeof *b);
	struct invert_options lists = { o->memory, o->positions != NULL, o->threads, o->tmpdir };
	if (b)
		b->lists = invert_open(&lists);
	if (!b || !b->lists) {
		free(b);
		err_set(err, ERR_TRY_AGAIN, "out of memory");
		return NULL;
	}
	b->scratch.a = &b->a;
	b->memory = o->memory;
	b->termlists = !o->no_termlists;
	b->value_runs.tmpdir = o->tmpdir;
	for (size_t i = 0; i < TABLE_COUNT; i++)
		b->tables[i] = (struct tree){ .file = &b->file, .a = &b->a };
	if (blocks_open(&b->file, path, &b->a, err) && (!o->positions || (b->positions = poslist_create(o->positions, err))))
		return b;
	if (b->file.buffer) /* only then is path ours */
		unlink(path);
	bulk_close(b);
	return NULL;
}

/* --- adding --- */

/* From the end, since slots come in order; a new one moves those behind it. */
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

/* The least and the most are kept as bytes: values compare so. */
static void keep(struct buf *b, span s)
{
	b->n = 0;
	buf_put(b, s);
}

/* Keys of value chunks have the slot as pack_uint, whose bytes do
 * not sort as numbers: runs are merged in the order of the table. */
static int by_packed_slot(const void *a, const void *b)
{
	byte x[PACK_MAX], y[PACK_MAX];
	size_t nx = (size_t)(pack_uint(x, (*(struct slot_stats *const *)a)->slot) - x);
	size_t ny = (size_t)(pack_uint(y, (*(struct slot_stats *const *)b)->slot) - y);
	return span_cmp((span){ (char *)x, nx }, (span){ (char *)y, ny });
}

/* All values to a run, in the order in which the table has its slots. */
static bool spill_values(struct bulk *b, struct err *err)
{
	bool ok = runs_begin(&b->value_runs, err);
	struct slot_stats **order = NEWN(&b->a, struct slot_stats *, b->slots.n + 1);
	for (size_t i = 0; i < b->slots.n; i++)
		order[i] = &b->slots.v[i];
	qsort(order, b->slots.n, sizeof *order, by_packed_slot);
	for (size_t i = 0; ok && i < b->slots.n; i++) {
		byte key[PACK_MAX], *end = pack_uint(key, order[i]->slot);
		if (order[i]->body.n)
			ok = runs_list(&b->value_runs, (span){ (char *)key, (size_t)(end - key) }, buf_span(&order[i]->body), err);
		arena_release(&order[i]->a);
		order[i]->body = (struct buf){ 0 };
		order[i]->last = 0;
	}
	b->value_bytes = 0;
	return ok && runs_end(&b->value_runs, err);
}

/* Of a slot's run: entry less the one before, then the value with its length (value_body reads it). */
static void add_value(struct bulk *b, const struct value *v, uint32_t n)
{
	struct slot_stats *s = slot_get(b, v->slot);
	if (!s->count || span_cmp(v->bytes, buf_span(&s->least)) < 0)
		keep(&s->least, v->bytes);
	if (!s->count || span_cmp(v->bytes, buf_span(&s->most)) > 0)
		keep(&s->most, v->bytes);
	s->count++;
	s->body.a = &s->a; /* it moves with its slot */
	buf_varint(&s->body, n - s->last);
	buf_packed(&s->body, v->bytes);
	b->value_bytes += v->bytes.n + 8;
	s->last = n;
}

/* The shortest is that of the entries that have any length: so the format wants its bound. */
static void add_length(struct bulk *b, uint32_t length)
{
	b->stats.length += length;
	if (length > b->stats.longest)
		b->stats.longest = length;
	if (length && (!b->stats.shortest || length < b->stats.shortest))
		b->stats.shortest = length;
	*PUSH(&b->a, &b->lengths) = length;
}

/* What both forms of a document have beside their postings. */
static bool add_rest(struct bulk *b, const struct value *values, size_t nvalues, span data, struct err *err)
{
	uint32_t n = b->stats.entries;
	for (size_t i = 0; i < nvalues; i++)
		if (values[i].bytes.n)
			add_value(b, &values[i], n);
	if (data.n) {
		byte key[5], *end = pack_uint_sorted(key, n);
		tree_add(&b->tables[TABLE_DOCDATA], (span){ (char *)key, (size_t)(end - key) }, data, false);
	}
	/* Values have a quarter of the memory to themselves; lists count their own. */
	return b->value_bytes <= b->memory / 4 || spill_values(b, err);
}

/* Needs the postings sorted by term, which a compact document has
 * not: so builder.c expands those when term lists are wanted. */
static void add_termlist(struct bulk *b, const struct entry *e, uint32_t n, uint32_t length)
{
	struct arena a = { 0 };
	struct entry own = b->positions ? entry_bare(e, &a) : *e;
	termlist_add(&b->tables[TABLE_TERMLIST], &own, n, length, &b->scratch);
	arena_release(&a);
}

/* The entry's data go to their table at once; postings wait (invert). */
static bool bulk_add(void *self, const struct entry *e, struct err *err)
{
	struct bulk *b = self;
	uint32_t n = ++b->stats.entries, length = 0; /* wraps as the format does */
	for (size_t i = 0; i < e->npostings; i++)
		length += e->postings[i].wdf;
	add_length(b, length);
	if (b->termlists)
		add_termlist(b, e, n, length);
	return invert_entry(b->lists, n, e, err) && add_rest(b, e->values, e->nvalues, e->data, err);
}

/* A word weighs one each time it occurs, by its stem: so the length is the words and what the others weigh. */
static bool bulk_add_compact(void *self, const struct compact *c, struct err *err)
{
	struct bulk *b = self;
	uint32_t n = ++b->stats.entries, length = (uint32_t)c->nwords;
	for (size_t i = 0; i < c->nothers; i++)
		length += c->others[i].wdf;
	add_length(b, length);
	return invert_compact(b->lists, n, c, err) && add_rest(b, c->values, c->nvalues, c->data, err);
}

/* In order of keys, for they come first in the table. A few: inserted one by one. */
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

/* 00 c0, then the name as it is: not escaped as terms are. */
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

/* The order of keys 00 d0: bytes of the slot, least first, without leading zeros. */
static int by_last_slot(const void *a, const void *b)
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
		qsort(b->slots.v, b->slots.n, sizeof *b->slots.v, by_last_slot);
	for (size_t i = 0; i < b->slots.n; i++) {
		struct slot_stats *s = &b->slots.v[i];
		byte key[6], *end = pack_uint_last(pack_bytes(key, SPAN("\0\xd0")), s->slot);
		/* How many, the least with its length, then the most, unless it is the same. */
		b->scratch.n = 0;
		buf_varint(&b->scratch, s->count);
		buf_packed(&b->scratch, buf_span(&s->least));
		if (!span_eq(buf_span(&s->least), buf_span(&s->most)))
			buf_put(&b->scratch, buf_span(&s->most));
		tree_add(&b->tables[TABLE_POSTLIST], (span){ (char *)key, (size_t)(end - key) },
			 buf_span(&b->scratch), false);
	}
}

/* The key of a list in a run is the slot alone; the table's own key is the chunker's. */
static void value_begin(void *self, span key)
{
	uint64_t slot;
	unpack_uint((const byte *)key.p, &slot);
	value_chunker_begin(self, (uint32_t)slot);
}

/* Each run begins at entry 0 again, so gaps are counted anew. */
static void value_body(void *self, span body)
{
	const byte *p = (const byte *)body.p, *end = p + body.n;
	for (uint64_t entry = 0, delta, n; p < end; p += n) {
		p = unpack_uint(p, &delta);
		p = unpack_uint(p, &n);
		entry += delta;
		value_chunker_add(self, (uint32_t)entry, (span){ (const char *)p, n });
	}
}

static void value_end(void *self)
{
	value_chunker_end(self);
}

/* What is still in memory becomes the last run, so that there
 * is one way out; each list is held whole while it is merged. */
static bool write_values(struct bulk *b, struct err *err)
{
	struct value_chunker c = { .tree = &b->tables[TABLE_POSTLIST], .tag = &b->scratch };
	struct merge_sink sink = { &c, value_begin, value_body, value_end };
	return (!b->value_bytes || spill_values(b, err)) && runs_merge(&b->value_runs, b->memory / 4, &sink, err);
}

/* All entries have one, also 0: with as many entries as the last number, Xapian never looks for gaps. */
static void write_lengths(struct bulk *b, struct chunker *c)
{
	chunker_begin(c, SPAN("\0\xe0"), false, 0, 0);
	for (size_t i = 0; i < b->lengths.n; i++)
		chunker_add(c, (uint32_t)i + 1, b->lengths.v[i]);
	chunker_end(c);
}

/* A term's postings go to one table and its positions, unless they are apart, to another. */
struct term_writer {
	struct chunker chunks;
	struct tree *positions;
	struct bulk_stats *stats;
	struct buf tag;
	byte key[KEY_MAX + 8];
};

/* The first chunk tells how many entries and occurrences the
 * term has, so they are counted before anything is written. */
static void term_postings(void *self, span term, const struct pair *v, size_t n)
{
	struct term_writer *w = self;
	byte *end = pack_escaped(w->key, term);
	uint64_t sum = 0;
	for (size_t i = 0; i < n; i++) {
		sum += v[i].wdf;
		if (v[i].wdf > w->stats->wdf_most)
			w->stats->wdf_most = v[i].wdf;
	}
	chunker_begin(&w->chunks, (span){ (char *)w->key, (size_t)(end - w->key) }, true, n, sum);
	for (size_t i = 0; i < n; i++)
		chunker_add(&w->chunks, v[i].entry, v[i].wdf);
	chunker_end(&w->chunks);
}

/* Key: the term escaped, 00, the entry. Only where positions stand in the database. */
static void term_place(void *self, span term, uint32_t entry, const uint32_t *pos, uint32_t n)
{
	struct term_writer *w = self;
	byte *end = pack_escaped(w->key, term);
	*end++ = 0;
	end = pack_uint_sorted(end, entry);
	w->tag.n = 0;
	buf_need(&w->tag, POSITIONS_MAX(n));
	w->tag.n = (size_t)(pack_positions((byte *)w->tag.p, pos, n) - (byte *)w->tag.p);
	tree_add(w->positions, (span){ (char *)w->key, (size_t)(end - w->key) }, buf_span(&w->tag), false);
}

/* The rest of the database, when its postlist table is done. */
static bool finish_file(struct bulk *b, struct err *err)
{
	for (size_t i = 0; i < TABLE_COUNT; i++)
		tree_finish(&b->tables[i]);
	byte head[256];
	size_t n = version_block(head, b->tables, &b->stats);
	return blocks_finish(&b->file, (span){ (char *)head, n }, err);
}

/* In the order of keys of the postlist table: 00 c0, 00 d0, 00
 * d8, 00 e0, then terms, which never begin with a byte below 20. */
static bool bulk_seal(void *self, struct identity *id, struct err *err)
{
	struct bulk *b = self;
	struct term_writer *w = NEW(&b->a, struct term_writer);
	char identity[POSLIST_IDENTITY + 1];
	w->chunks.tree = &b->tables[TABLE_POSTLIST];
	w->positions = &b->tables[TABLE_POSITION];
	w->stats = &b->stats;
	w->tag.a = &b->a;
	write_metadata(b);
	write_slots(b);
	if (!write_values(b, err))
		return false;
	write_lengths(b, &w->chunks);
	struct invert_sink sink = { w, term_postings, b->positions, term_place };
	if (!invert_finish(b->lists, &sink, id, err) || !finish_file(b, err))
		return false;
	identity_hex(id, identity);
	return !b->positions || poslist_seal(b->positions, identity, err);
}

/* Postings grow by their keys when written: the spilled bytes twice over, and memory. */
static uint64_t bulk_pending(void *self)
{
	const struct bulk *b = self;
	return 2 * invert_pending(b->lists) + 2 * (b->value_runs.bytes + b->value_bytes);
}

const struct builder_kind_ops builder_bulk_ops = {
	bulk_open, bulk_add, bulk_add_compact, bulk_metadata, bulk_pending, bulk_seal, bulk_close,
};
