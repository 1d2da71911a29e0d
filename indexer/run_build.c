/* The fourth phase: records completed with what the whole corpus told of them,
 * their entries made and given to the shard that their address hashes to. */
#include <stdio.h>
#include "base/hash.h"
#include "base/zip.h"
#include "indexer/emit.h"
#include "indexer/pool.h"
#include "indexer/run.h"
#include "store/builder.h"

/* One document on its way to a shard. */
struct piece {
	struct arena a;
	size_t nth;             /* in the order of fold */
	span packed;            /* deflated when its item is dense */
	struct spans copies;    /* packed records of its copies, in order, as that */
	const struct item **copy_items;
	struct spans versions;  /* addresses */
	struct entries entries;
	size_t shard;
	struct err err;         /* of work */
	span path;
	size_t passages, stored;
	struct laps laps;
};
struct building {
	struct session *run;
	struct stems **stems;    /* one a thread */
	struct deflater **deflaters; /* likewise */
	struct builder *shards[SHARDS_MAX];
	size_t next;
	struct manifest *manifest;
};

static span suffixed(span address, uint32_t suffix, struct arena *a)
{
	return suffix ? arena_printf(a, "%.*s@%u", SPAN_ARG(address), suffix) : address;
}

/* The address that an item's document gets. */
static bool address_of(struct session *r, uint32_t item, struct arena *a, span *out)
{
	struct record rec;
	span packed;
	if (!spill_packed(&r->spill, &r->spill.items.v[item], a, &packed, r->err) || !record_unpack(packed, a, &rec, r->err))
		return false;
	*out = suffixed(rec.doc.address, r->spill.items.v[item].suffix, a);
	return true;
}

static bool take_versions(struct session *r, struct piece *p, uint32_t item)
{
	const struct version *v;
	size_t n = fold_versions(&r->folded, item, &v);
	for (size_t i = 0; i < n; i++) {
		span address;
		uint32_t keep = r->spill.items.v[v[i].b].keep; /* the version may itself have been folded */
		if (!address_of(r, keep, &p->a, &address))
			return false;
		*PUSH(&p->a, &p->versions) = address;
	}
	return true;
}

static bool take_records(struct session *r, struct piece *p, uint32_t item)
{
	const struct item *y = &r->spill.items.v[item];
	size_t n = 0;
	p->path = r->spill.paths.v[y->path];
	if (!spill_raw(&r->spill, y, &p->a, &p->packed, r->err))
		return false;
	for (uint32_t c = y->copies; c != NO_ITEM; c = r->spill.items.v[c].next)
		n++;
	p->copy_items = NEWN(&p->a, const struct item *, n);
	for (uint32_t c = y->copies; c != NO_ITEM; c = r->spill.items.v[c].next) {
		p->copy_items[p->copies.n] = &r->spill.items.v[c];
		if (!spill_raw(&r->spill, &r->spill.items.v[c], &p->a, PUSH(&p->a, &p->copies), r->err))
			return false;
	}
	return take_versions(r, p, item);
}

static size_t take(void *ctx, void *slot)
{
	struct building *b = ctx;
	struct piece *p = slot;
	arena_reset(&p->a); /* the same memory again, which is near still */
	*p = (struct piece){ .a = p->a, .nth = b->next };
	if (b->next == b->run->folded.n || b->run->err->code || progress_stopped(&b->run->progress))
		return 0;
	b->next++;
	if (!take_records(b->run, p, b->run->folded.order[p->nth]))
		return 0;
	return p->packed.n;
}

/* The sources of a copy follow those of the kept document. */
static bool add_copy(struct record *r, span packed, const struct item *copy, struct arena *a)
{
	struct record c;
	if ((copy->dense && !record_inflate(packed, a, &packed, NULL)) || !record_unpack(packed, a, &c, NULL))
		return false;
	for (size_t i = 0; i < c.sources.n; i++) {
		struct source s = c.sources.v[i];
		if (i == 0) {
			s.why = span_of(copy->why);
			s.similarity = copy->similarity;
		}
		*PUSH(a, &r->sources) = s;
	}
	r->copies += c.copies;
	return true;
}

static bool complete(struct piece *p, struct record *r, const struct item *item)
{
	struct arena *a = &p->a;
	span packed = p->packed;
	if ((item->dense && !record_inflate(packed, a, &packed, &p->err)) || !record_unpack(packed, a, r, &p->err))
		return false;
	for (size_t i = 0; i < p->copies.n; i++)
		if (!add_copy(r, p->copies.v[i], p->copy_items[i], a))
			return err_set(&p->err, ERR_DAMAGED, "damaged spill");
	r->versions = p->versions;
	if (item->suffix)
		record_readdress(r, suffixed(r->doc.address, item->suffix, a), a);
	return true;
}

/* A document goes in with all its passages or not at all: one entry that the
 * store would refuse refuses it. */
static void refuse(struct piece *p)
{
	for (size_t i = 0; i < p->entries.n && !p->err.code; i++) {
		const char *why = entry_refuse(&p->entries.v[i]);
		if (why)
			err_set(&p->err, ERR_REQUEST, "%s", why);
	}
}

static void work(void *ctx, void *slot, unsigned thread)
{
	struct building *b = ctx;
	struct piece *p = slot;
	struct record r;
	const struct item *item = &b->run->spill.items.v[b->run->folded.order[p->nth]];
	laps_begin(&p->laps, b->run->options->report.n > 0);
	if (!complete(p, &r, item))
		return;
	lap(&p->laps, PART_RECORD);
	struct tokens tokens = tokens_with(&r.doc.text, &p->a);
	record_starts(&r, &tokens, &p->a);
	lap(&p->laps, PART_WORDS);
	struct emit_facts facts = { .tokens = &tokens, .cited_by = item->cited_by };
	/* What the index held, and this run changed nothing of, goes in as it came. */
	bool same = item->dense && item->before == 1 && !p->copies.n && !item->suffix && !p->versions.n;
	facts.data = same ? p->packed : record_deflate(record_pack(&r, &p->a), b->deflaters[thread], &p->a);
	if (facts.data.n > DATA_MAX_BYTES) {
		err_set(&p->err, ERR_REQUEST, "%zu bytes when packed, more than an entry may hold; split the file", facts.data.n);
		return;
	}
	lap(&p->laps, PART_DEFLATE);
	p->shard = hash64(r.doc.address) % b->run->shards;
	p->passages = r.passages.n;
	p->stored = facts.data.n;
	p->entries = emit(&r, &facts, b->stems[thread], &p->a);
	refuse(p);
	lap(&p->laps, PART_ENTRIES);
}

static bool give(void *ctx, void *slot)
{
	struct building *b = ctx;
	struct piece *p = slot;
	struct session *r = b->run;
	bool ok = true;
	report_laps(&r->report, &p->laps);
	laps_begin(&p->laps, p->laps.on); /* of this thread from here on */
	progress_add(&r->progress, 1);
	if (p->err.code) {
		report_quarantine(&r->report, p->path, "%s", p->err.msg);
	} else {
		for (size_t i = 0; ok && i < p->entries.n; i++)
			ok = builder_add(b->shards[p->shard], &p->entries.v[i], r->err);
		b->manifest->documents++;
		r->report.stored += p->stored;
		b->manifest->passages += (uint32_t)p->passages;
	}
	lap(&p->laps, PART_INVERT);
	report_laps(&r->report, &p->laps);
	r->report.stage_bytes[STAGE_BUILD] += p->packed.n;
	return ok;
}

static bool open_shards(struct building *b)
{
	struct session *r = b->run;
	struct builder_options o = { .kind = span_eq(r->options->builder, SPAN("api")) ? BUILDER_API : BUILDER_BULK,
				     .memory = r->memory / 4 / r->shards, .no_termlists = true, .asked = true, .tmpdir = index_build_dir(r->writer) };
	for (size_t i = 0; i < r->shards; i++) {
		span path = arena_printf(&r->a, "%s/shard-%03zu.glass", o.tmpdir, i);
		o.positions = arena_printf(&r->a, "%s/shard-%03zu.pos", o.tmpdir, i).p;
		b->shards[i] = builder_open(path.p, &o, r->err);
		if (!b->shards[i])
			return false;
	}
	r->report.builder = builder_kind_used(b->shards[0]) == BUILDER_BULK ? "bulk" : "api";
	return true;
}

static bool seal_shards(struct building *b)
{
	struct session *r = b->run;
	double begun = report_clock();
	struct laps laps;
	laps_begin(&laps, r->options->report.n > 0);
	b->manifest->shards = NEWN(&r->a, struct shard_file, r->shards);
	b->manifest->nshards = r->shards;
	progress_stage(&r->progress, "sealing", "files", r->shards);
	for (size_t i = 0; i < r->shards; i++) {
		struct shard_file *f = &b->manifest->shards[i];
		struct builder_totals totals;
		if (progress_stopped(&r->progress) || !builder_seal(b->shards[i], r->err))
			return false;
		builder_totals(b->shards[i], &totals);
		f->name = arena_printf(&r->a, "shard-%03zu.glass", i);
		f->entries = totals.entries;
		memcpy(f->entries_xxh128, totals.entries_xxh128, sizeof f->entries_xxh128);
		progress_add(&r->progress, 1);
	}
	lap(&laps, PART_WRITE);
	report_laps(&r->report, &laps);
	r->report.seconds[STAGE_SEAL] = report_clock() - begun;
	return true;
}

static bool fill_shards(struct building *b)
{
	struct session *r = b->run;
	size_t nslots = r->threads * 4;
	struct pool pool = { .ctx = b, .take = take, .work = work, .give = give, .slot_size = sizeof(struct piece),
			     .nslots = nslots, .weight_max = r->memory / 64 };
	pool.slots = NEWN(&r->a, struct piece, nslots);
	b->stems = NEWN(&r->a, struct stems *, r->threads);
	b->deflaters = NEWN(&r->a, struct deflater *, r->threads);
	for (unsigned i = 0; i < r->threads; i++) {
		b->stems[i] = stems_open();
		b->deflaters[i] = deflater_open(RECORD_DEFLATE_LEVEL);
	}
	double begun = report_clock();
	bool ok = pool_run(&pool, r->threads);
	for (unsigned i = 0; i < r->threads; i++) {
		stems_close(b->stems[i]);
		deflater_close(b->deflaters[i]);
	}
	for (size_t i = 0; i < nslots; i++)
		arena_release(&((struct piece *)pool.slots)[i].a);
	r->report.seconds[STAGE_BUILD] = report_clock() - begun;
	return ok && !r->err->code && !progress_stopped(&r->progress);
}

bool run_build(struct session *r, struct manifest *m)
{
	struct building b = { .run = r, .manifest = m };
	progress_stage(&r->progress, "building", "documents", r->folded.n);
	bool ok = open_shards(&b) && fill_shards(&b) && seal_shards(&b);
	for (size_t i = 0; i < r->shards; i++)
		builder_close(b.shards[i]);
	r->report.documents = m->documents;
	r->report.passages = m->passages;
	return ok;
}
