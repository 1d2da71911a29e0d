/* The last phase: shards of the served generation linked, documents to the new ones
 * that their addresses hash to. Nearly all go in as they wait in the spill; what fold changed,
 * and what the served generation holds, is made again. */
#include <stdio.h>
#include "base/hash.h"
#include "indexer/pool.h"
#include "indexer/run.h"
#include "store/builder.h"

/* Documents go by the handful: to wake a thread costs more than most need. */
enum { BATCH = 64, BATCH_BYTES = 1 << 18 };

/* One document on its way to a shard. */
struct piece {
	struct item *item;
	struct found found;     /* data and compact, as the builder gets them */
	struct compact compact;
	struct spans versions;  /* addresses */
	size_t shard;
	struct err err;         /* of work */
};
struct batch {
	struct arena a;
	struct piece v[BATCH];
	size_t n;
	struct laps laps;
};
struct building {
	struct session *run;
	const struct placing *placing;
	/* For documents that are made again. They hold all their terms themselves: the
	 * lexicons of the first phase are read by another thread meanwhile. */
	struct maker *makers;
	struct builder *shards[SHARDS_MAX];
	uint32_t entries[SHARDS_MAX]; /* of each so far */
	size_t next;
	struct manifest *manifest;
};

/* Addresses, not items: that is what the record says to who reads it. */
static void take_versions(struct session *r, struct piece *p, uint32_t item, struct arena *a)
{
	const struct version *v;
	size_t n = fold_versions(&r->folded, item, &v);
	for (size_t i = 0; i < n; i++) {
		uint32_t keep = r->spill.items.v[v[i].b].keep; /* the version may itself have been folded */
		*PUSH(a, &p->versions) = item_address(&r->spill.items.v[keep], a);
	}
}

/* Bytes of the document, 0 when it could not be read. */
static size_t take_one(struct building *b, struct piece *p, struct arena *a)
{
	struct session *r = b->run;
	uint32_t item = b->placing->build[b->next++];
	*p = (struct piece){ .item = &r->spill.items.v[item] };
	take_versions(r, p, item, a);
	return spill_document(&r->spill, p->item, a, &p->found, r->err) ? p->found.data.n + p->found.compact.n + 1 : 0;
}

/* The reading of the spill is serial and goes on in the order of places, which is nearly that of the file. */
static size_t take(void *ctx, void *slot)
{
	struct building *b = ctx;
	struct batch *t = slot;
	size_t bytes = 0;
	arena_reset(&t->a); /* the same memory again, which is near still */
	for (t->n = 0; t->n < BATCH && bytes < BATCH_BYTES && b->next < b->placing->nbuild; t->n++) {
		/* Nothing more: the run is stopped, or the spill could not be read, which err tells. */
		size_t more = progress_stopped(&b->run->progress) ? 0 : take_one(b, &t->v[t->n], &t->a);
		if (!more)
			return 0;
		bytes += more;
	}
	return bytes;
}

/* The sources of its copies follow its own. */
static bool complete(const struct spill *s, struct piece *p, struct record *r, struct arena *a)
{
	struct unpacking u = { .data = p->found.data, .a = a };
	if (!spill_unpack(s, p->item, &u, &p->err))
		return false;
	*r = u.record;
	for (uint32_t c = p->item->copies; c != NO_ITEM; c = s->items.v[c].next) {
		const struct item *k = &s->items.v[c];
		*PUSH(a, &r->sources) = (struct source){ .path = s->paths.v[k->path], .beg = k->beg, .end = k->end, .why = span_of(k->why),
							     .similarity = k->similarity };
		r->copies += k->within;
	}
	r->versions = p->versions;
	if (p->item->suffix)
		record_readdress(r, item_address(p->item, a), a);
	return true;
}

/* A document whose record says more, now that all are known. */
static bool make_again(struct building *b, struct piece *p, const struct making *with)
{
	struct record r;
	if (!complete(&b->run->spill, p, &r, with->scratch))
		return false;
	lap(with->laps, PART_RECORD);
	p->shard = hash64(r.doc.address) % b->placing->nnew;
	return found_make(&r, with, &p->found, &p->err);
}

/* The hash of its address tells a document's shard, so that one does not depend on threads. */
static void work_one(struct building *b, struct piece *p, const struct making *with)
{
	bool again = p->item->known || p->item->copies != NO_ITEM || p->versions.n || p->item->suffix;
	const struct maker *m = again ? with->maker : &b->run->makers[p->item->lexicon];
	p->shard = p->item->address % b->placing->nnew;
	if (again && !make_again(b, p, with))
		return;
	/* Borrows from found.compact, which lies in the slot's arena as long as the batch. */
	if (!compact_unpack(p->found.compact, with->scratch, &p->compact)) {
		err_set(&p->err, ERR_DAMAGED, "damaged spill");
		return;
	}
	p->compact.lexicons = &m->emitter.lexicons;
	p->compact.data = p->found.data;
	emit_cited_by(&p->compact, p->item->cited_by, with->scratch);
	lap(with->laps, PART_INVERT);
}

/* The slot's arena holds what is read and what is made: both live until the batch is given. */
static void work(void *ctx, void *slot, unsigned thread)
{
	struct building *b = ctx;
	struct batch *t = slot;
	struct making with = { &b->makers[thread], &t->laps, &t->a, &t->a };
	laps_begin(&t->laps, b->run->options->report.n > 0);
	for (size_t i = 0; i < t->n; i++)
		work_one(b, &t->v[i], &with);
}

/* The next entry of the document's shard is its own. */
static bool add(struct building *b, struct piece *p)
{
	const struct placing *g = b->placing;
	struct item *y = p->item;
	if (!builder_add_compact(b->shards[p->shard], &p->compact, b->run->err))
		return false;
	/* Entry e of shard s of n has the number (e - 1) n + s + 1
	 * (store/xap.h); new shards stand behind the linked ones. */
	y->placed = b->entries[p->shard]++ * (uint32_t)(g->nlinked + g->nnew) + (uint32_t)(g->nlinked + p->shard) + 1;
	b->manifest->documents++;
	b->manifest->passages += y->passages;
	b->run->report.stored += p->found.data.n;
	return true;
}

/* One document that failed is quarantined and costs no other; a builder that failed stops the run. */
static bool give(void *ctx, void *slot)
{
	struct building *b = ctx;
	struct batch *t = slot;
	struct session *r = b->run;
	bool ok = true;
	report_laps(&r->report, &t->laps);
	laps_begin(&t->laps, t->laps.on); /* of this thread from here on */
	progress_add(&r->progress, t->n);
	for (size_t i = 0; ok && i < t->n; i++) {
		struct piece *p = &t->v[i];
		if (p->err.code)
			report_quarantine(&r->report, r->spill.paths.v[p->item->path], "%s", p->err.msg);
		else
			ok = add(b, p);
		r->report.stage_bytes[STAGE_BUILD] += p->found.data.n;
	}
	lap(&t->laps, PART_INVERT);
	report_laps(&r->report, &t->laps);
	return ok;
}

/* The least number that no linked shard has in its name. */
static size_t first_number(const struct building *b)
{
	const struct manifest *m = generation_manifest(b->run->old);
	size_t least = 0;
	for (size_t i = 0; i < b->placing->nserved; i++) {
		uint64_t n;
		span name = m->shards[i].name;
		if (b->placing->served[i].linked && span_uint(span_sub(name, 6, name.n - 6), UINT32_MAX, &n) && n >= least)
			least = (size_t)n + 1;
	}
	return least;
}

/* Under their old names: what stays in them is counted here, since nothing of it is built. */
static bool link_shards(struct building *b)
{
	struct session *r = b->run;
	const struct placing *p = b->placing;
	b->manifest->nshards = p->nlinked + p->nnew;
	b->manifest->shards = NEWN(&r->a, struct shard_file, b->manifest->nshards);
	for (size_t i = 0; i < p->nserved; i++) {
		if (!p->served[i].linked)
			continue;
		b->manifest->shards[p->served[i].becomes] = generation_manifest(r->old)->shards[i];
		if (!index_link_shard(r->writer, r->old, i, r->err))
			return false;
	}
	for (size_t i = 0; i < r->folded.n; i++) {
		const struct item *y = &r->spill.items.v[r->folded.order[i]];
		b->manifest->documents += y->stays;
		b->manifest->passages += y->stays ? y->passages : 0;
	}
	return true;
}

/* A third of the memory, shared out among the builders: the rest is for the documents under way. */
static bool open_shards(struct building *b)
{
	struct session *r = b->run;
	size_t n = b->placing->nnew, first = b->placing->nlinked ? first_number(b) : 0;
	struct builder_options o = { .kind = span_eq(r->options->builder, SPAN("api")) ? BUILDER_API : BUILDER_BULK,
				     .memory = r->memory / 3 / (n + !n), .no_termlists = true, .threads = r->threads, .tmpdir = index_build_dir(r->writer) };
	for (size_t i = 0; i < n; i++) {
		span path = arena_printf(&r->a, "%s/shard-%03zu.glass", o.tmpdir, first + i);
		o.positions = arena_printf(&r->a, "%s/shard-%03zu.pos", o.tmpdir, first + i).p;
		b->manifest->shards[b->placing->nlinked + i].name = span_sub(path, path.n - strlen("shard-000.glass"), path.n);
		b->shards[i] = builder_open(path.p, &o, r->err);
		if (!b->shards[i])
			return false;
		r->report.builder = builder_kind_used(b->shards[i]) == BUILDER_BULK ? "bulk" : "api";
	}
	return true;
}

/* One after another: each builder has all threads for its own tables then. */
static bool seal_shards(struct building *b)
{
	struct session *r = b->run;
	double begun = report_clock();
	double cpu = report_cpu_clock();
	progress_stage(&r->progress, "sealing", "files", b->placing->nnew);
	for (size_t i = 0; i < b->placing->nnew; i++) {
		struct shard_file *f = &b->manifest->shards[b->placing->nlinked + i];
		struct builder_totals totals;
		if (progress_stopped(&r->progress) || !builder_seal(b->shards[i], r->err))
			return false;
		builder_totals(b->shards[i], &totals);
		f->entries = totals.entries;
		memcpy(f->entries_xxh128, totals.entries_xxh128, sizeof f->entries_xxh128);
		progress_add(&r->progress, 1);
	}
	/* Of all threads, for tables are written side by side. */
	if (r->options->report.n)
		r->report.cpu[PART_WRITE] += report_cpu_clock() - cpu;
	r->report.seconds[STAGE_SEAL] = report_clock() - begun;
	return true;
}

/* Makers of their own, with full lexicons from the start (struct building). */
static bool fill_shards(struct building *b)
{
	struct session *r = b->run;
	size_t nslots = r->threads * 4;
	struct pool pool = { .ctx = b, .take = take, .work = work, .give = give, .slot_size = sizeof(struct batch),
			     .nslots = nslots, .weight_max = r->memory / 64 };
	pool.slots = NEWN(&r->a, struct batch, nslots);
	b->makers = NEWN(&r->a, struct maker, r->threads);
	for (unsigned i = 0; i < r->threads; i++)
		maker_open(&b->makers[i], i, 0);
	double begun = report_clock();
	bool ok = pool_run(&pool, r->threads);
	for (unsigned i = 0; i < r->threads; i++)
		maker_close(&b->makers[i]);
	for (size_t i = 0; i < nslots; i++)
		arena_release(&((struct batch *)pool.slots)[i].a);
	r->report.seconds[STAGE_BUILD] = report_clock() - begun;
	return ok && !r->err->code && !progress_stopped(&r->progress);
}

/* Linked shards first, as their numbers come first. A builder
 * that is closed before it is sealed removes its files. */
bool run_build(struct session *r, const struct placing *p, struct manifest *m)
{
	struct building b = { .run = r, .placing = p, .manifest = m };
	progress_stage(&r->progress, "building", "documents", p->nbuild);
	bool ok = link_shards(&b) && open_shards(&b) && (!p->nbuild || fill_shards(&b)) && seal_shards(&b);
	for (size_t i = 0; i < p->nnew; i++)
		builder_close(b.shards[i]);
	r->report.documents = m->documents;
	r->report.passages = m->passages;
	return ok;
}
