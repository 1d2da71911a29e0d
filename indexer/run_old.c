/* The second phase: what the served generation holds and this run does not replace. */
#include "base/hash.h"
#include "base/sort.h"
#include "indexer/run.h"
#include "law/fields.h"

enum { CHUNK = 1000 };

struct keeper {
	struct session *run;
	struct xap *x;
	struct arena a;       /* of one document */
	struct spans roots;   /* of --prune */
};

static bool below(span path, span root)
{
	if (span_eq(root, SPAN(".")))
		return path.n && path.p[0] != '/' && !span_starts(path, SPAN("../"));
	return span_starts(path, root) && (path.n == root.n || path.p[root.n] == '/' || span_ends(root, SPAN("/")));
}

/* Whether a document was read from a path that this run read anew or found gone. */
static bool replaced(const struct keeper *k, span path)
{
	uint64_t h = hash64(path);
	if (has_hash(k->run->read.v, k->run->read.n, h))
		return true;
	if (!k->run->options->prune)
		return false;
	if (has_hash(k->run->refused.v, k->run->refused.n, h))
		return true;
	const struct spans *unreadable = walk_unreadable(k->run->walk);
	for (size_t i = 0; i < unreadable->n; i++)
		if (below(path, unreadable->v[i]))
			return false;
	for (size_t i = 0; i < k->roots.n; i++)
		if (below(path, k->roots.v[i]))
			return true;
	return false;
}

/* What was said of a record in its old index and is found out anew: versions,
 * the number behind an address that two texts had, which is returned (1: none). */
static uint32_t forget(struct record *r, struct arena *a)
{
	uint64_t number = 1;
	r->versions = (struct spans){ 0 };
	span base = r->doc.address;
	while (base.n && is_digit(base.p[base.n - 1]))
		base.n--;
	if (base.n < r->doc.address.n && base.n > 1 && base.p[base.n - 1] == '@') {
		base.n--;
		span_uint(span_sub(r->doc.address, base.n + 1, r->doc.address.n), UINT32_MAX, &number);
		record_readdress(r, base, a);
	}
	return (uint32_t)number;
}

static bool keep_one(struct keeper *k, uint32_t entry)
{
	span data, packed;
	struct record r;
	size_t kept = 0;
	if (!xap_data(k->x, entry, &k->a, &data, k->run->err) || !record_inflate(data, &k->a, &packed, k->run->err) ||
	    !record_unpack(packed, &k->a, &r, k->run->err))
		return err_context(k->run->err, "entry %u of the index (--rebuild starts anew)", entry);
	for (size_t i = 0; i < r.sources.n; i++)
		if (!replaced(k, r.sources.v[i].path))
			r.sources.v[kept++] = r.sources.v[i];
	uint32_t gone = (uint32_t)(r.sources.n - kept);
	r.sources.n = kept;
	if (!kept) {
		k->run->report.dropped++;
		return true;
	}
	bool same = !gone && !r.sources.v[0].why.n && !r.versions.n;
	r.sources.v[0].why = (span){ 0 };
	r.sources.v[0].similarity = 1;
	r.copies = r.copies > gone ? r.copies - gone : 1;
	uint32_t before = forget(&r, &k->a);
	/* What this run says nothing new of is not packed and deflated again. */
	same &= before == 1;
	struct making with = { &k->run->makers[0], NULL, &k->a, &k->a };
	struct found f = found_of(&r, &k->a, &k->a);
	f.before = before;
	f.data = same ? data : (span){ 0 };
	if (!found_make(&f, &r, &with, k->run->err))
		return false;
	k->run->report.kept_before++;
	k->run->report.stage_bytes[STAGE_OLD] += r.doc.text.src.n;
	return spill_add(&k->run->spill, &f, k->run->err);
}

static bool keep_all(struct keeper *k)
{
	char term[64];
	span documents = { term, field_term(F_ENTRY, SPAN("document"), term, sizeof term) };
	struct arena list = { 0 };
	uint32_t from = 1;
	bool ok = true;
	for (bool more = true; ok && more;) {
		struct xap_postings p = { 0 };
		arena_reset(&list);
		ok = xap_postings(k->x, &(struct xap_posting_range){ documents, from, CHUNK }, &list, &p, k->run->err);
		for (size_t i = 0; ok && i < p.n; i++) {
			ok = !progress_stopped(&k->run->progress) && keep_one(k, p.v[i].entry);
			progress_add(&k->run->progress, 1);
			arena_reset(&k->a);
		}
		more = p.n == CHUNK;
		from = p.n ? p.v[p.n - 1].entry + 1 : from;
	}
	arena_release(&list);
	return ok;
}

bool run_old(struct session *r)
{
	struct keeper k = { .run = r };
	double begun = report_clock();
	if (!r->old)
		return true;
	sort_hashes(r->read.v, r->read.n);
	sort_hashes(r->refused.v, r->refused.n);
	for (size_t i = 0; i < r->options->paths.n; i++)
		*PUSH(&r->a, &k.roots) = walk_normal(r->options->paths.v[i], &r->a);
	k.x = generation_reader(r->old, r->err);
	bool ok = k.x && keep_all(&k) && spill_flush(&r->spill, r->err);
	xap_close(k.x);
	arena_release(&k.a);
	r->report.seconds[STAGE_OLD] = report_clock() - begun;
	return ok;
}
