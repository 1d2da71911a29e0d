/* The fourth phase: documents to the shards that their addresses hash to. Nearly
 * all go in as they wait in the spill; what fold changed is made again. */
#include <stdio.h>
#include "base/hash.h"
#include "indexer/pool.h"
#include "indexer/run.h"
#include "store/builder.h"

/* One document on its way to a shard. */
struct piece {
	struct arena a;
	const struct item *item;
	struct found found;     /* data and compact, as the builder gets them */
	struct compact compact;
	struct spans copies;    /* data of its copies, in order */
	const struct item **copy_items;
	struct spans versions;  /* addresses */
	size_t shard;
	struct err err;         /* of work */
	struct laps laps;
};
struct building {
	struct session *run;
	/* For documents that are made again. They hold all their terms themselves: the
	 * lexicons of the first phase are read by another thread meanwhile. */
	struct maker *makers;
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

static bool take_copies(struct session *r, struct piece *p)
{
	size_t n = 0;
	for (uint32_t c = p->item->copies; c != NO_ITEM; c = r->spill.items.v[c].next)
		n++;
	p->copy_items = NEWN(&p->a, const struct item *, n);
	for (uint32_t c = p->item->copies; c != NO_ITEM; c = r->spill.items.v[c].next) {
		p->copy_items[p->copies.n] = &r->spill.items.v[c];
		if (!spill_data(&r->spill, &r->spill.items.v[c], &p->a, PUSH(&p->a, &p->copies), r->err))
			return false;
	}
	return true;
}

static size_t take(void *ctx, void *slot)
{
	struct building *b = ctx;
	struct session *r = b->run;
	struct piece *p = slot;
	arena_reset(&p->a); /* the same memory again, which is near still */
	*p = (struct piece){ .a = p->a };
	if (b->next == r->folded.n || r->err->code || progress_stopped(&r->progress))
		return 0;
	uint32_t item = r->folded.order[b->next++];
	p->item = &r->spill.items.v[item];
	if (!spill_document(&r->spill, p->item, &p->a, &p->found, r->err) || !take_copies(r, p) || !take_versions(r, p, item))
		return 0;
	return p->found.data.n;
}

/* The sources of a copy follow those of the kept document. */
static bool add_copy(struct record *r, span data, const struct item *copy, struct arena *a)
{
	struct record c;
	span packed;
	if (!record_inflate(data, a, &packed, NULL) || !record_unpack(packed, a, &c, NULL))
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

static bool complete(struct piece *p, struct record *r)
{
	struct arena *a = &p->a;
	span packed;
	if (!record_inflate(p->found.data, a, &packed, &p->err) || !record_unpack(packed, a, r, &p->err))
		return false;
	for (size_t i = 0; i < p->copies.n; i++)
		if (!add_copy(r, p->copies.v[i], p->copy_items[i], a))
			return err_set(&p->err, ERR_DAMAGED, "damaged spill");
	r->versions = p->versions;
	if (p->item->suffix)
		record_readdress(r, suffixed(r->doc.address, p->item->suffix, a), a);
	return true;
}

/* A document whose record says more, now that all are known. */
static bool make_again(struct building *b, struct piece *p, unsigned thread)
{
	struct record r;
	struct making with = { &b->makers[thread], &p->laps, &p->a, &p->a };
	if (!complete(p, &r))
		return false;
	lap(&p->laps, PART_RECORD);
	p->found.data = (span){ 0 };
	p->shard = hash64(r.doc.address) % b->run->shards;
	return found_make(&p->found, &r, &with, &p->err);
}

static const struct lexicon *lexicon_of(const struct building *b, const struct piece *p, bool again, unsigned thread)
{
	const struct maker *m = again ? &b->makers[thread] : &b->run->makers[p->item->lexicon];
	return &m->emitter.lexicon;
}

static void work(void *ctx, void *slot, unsigned thread)
{
	struct building *b = ctx;
	struct piece *p = slot;
	bool again = p->copies.n || p->versions.n || p->item->suffix;
	laps_begin(&p->laps, b->run->options->report.n > 0);
	p->shard = p->item->address % b->run->shards;
	if (again && !make_again(b, p, thread))
		return;
	if (!compact_unpack(p->found.compact, &p->a, &p->compact)) {
		err_set(&p->err, ERR_DAMAGED, "damaged spill");
		return;
	}
	p->compact.lexicon = lexicon_of(b, p, again, thread);
	p->compact.data = p->found.data;
	emit_cited_by(&p->compact, p->item->cited_by, &p->a);
	lap(&p->laps, PART_INVERT);
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
		report_quarantine(&r->report, r->spill.paths.v[p->item->path], "%s", p->err.msg);
	} else {
		ok = builder_add_compact(b->shards[p->shard], &p->compact, r->err);
		b->manifest->documents++;
		b->manifest->passages += p->item->passages;
		r->report.stored += p->found.data.n;
	}
	lap(&p->laps, PART_INVERT);
	report_laps(&r->report, &p->laps);
	r->report.stage_bytes[STAGE_BUILD] += p->found.data.n;
	return ok;
}

static bool open_shards(struct building *b)
{
	struct session *r = b->run;
	struct builder_options o = { .kind = span_eq(r->options->builder, SPAN("api")) ? BUILDER_API : BUILDER_BULK,
				     .memory = r->memory / 2 / r->shards, .no_termlists = true, .threads = r->threads, .tmpdir = index_build_dir(r->writer) };
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
	b->makers = NEWN(&r->a, struct maker, r->threads);
	for (unsigned i = 0; i < r->threads; i++)
		maker_open(&b->makers[i], i, 0);
	double begun = report_clock();
	bool ok = pool_run(&pool, r->threads);
	for (unsigned i = 0; i < r->threads; i++)
		maker_close(&b->makers[i]);
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
