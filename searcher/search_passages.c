/* --by=passage: passages are ranked by the words of the query among all
 * passages of the documents that satisfy it. */
#include "searcher/search_private.h"

#include "searcher/snippet.h"

enum { PASSAGES_MAX = 200000 };

static const struct xap_query *passage_words(struct searching *s)
{
	const struct xap_query *any = NULL;
	for (size_t i = 0; i < s->plan.nleaves; i++) {
		const struct leaf_plan *leaf = &s->plan.leaf[i];
		if (!leaf->times || token_is_stop(s->plan.node[i]->text) || s->plan.node[i]->field != F_TEXT)
			continue;
		const struct xap_query *q = plan_field(s->a, F_PASSAGE, span_sub(leaf->stem, 1, leaf->stem.n));
		any = any ? plan_pair(s->a, XAP_OR, any, q) : q;
	}
	return any;
}

/* Where a passage belongs: the entry of its document comes before it, and those
 * of the passages between. Every shard counts in turn (store/xap.h). */
struct owners {
	struct xap_postings documents; /* every document of the index, ascending by shard, then entry */
	uint32_t *from;                /* where each shard's begin; one more at the end */
	uint32_t shards;
};

static bool list_owners(struct searching *s, struct owners *o)
{
	struct xap_postings p = { 0 };
	struct xap_posting_range all = { .term = SPAN("XTdocument"), .max = UINT32_MAX };
	uint32_t n = s->x->manifest->nshards ? (uint32_t)s->x->manifest->nshards : 1;
	if (!xap_postings(s->x->xap, &all, s->a, &p, s->err))
		return false;
	o->shards = n;
	o->from = NEWN(s->a, uint32_t, n + 2);
	o->documents.v = NEWN(s->a, struct xap_posting, p.n + 1);
	for (size_t i = 0; i < p.n; i++)
		o->from[(p.v[i].entry - 1) % n + 1]++;
	for (uint32_t i = 0; i < n; i++)
		o->from[i + 1] += o->from[i];
	uint32_t *next = NEWN(s->a, uint32_t, n + 1);
	memcpy(next, o->from, n * sizeof *next);
	for (size_t i = 0; i < p.n; i++)
		o->documents.v[next[(p.v[i].entry - 1) % n]++] = p.v[i];
	return true;
}

static uint32_t owner_of(const struct owners *o, uint32_t passage)
{
	uint32_t shard = (passage - 1) % o->shards;
	size_t first = o->from[shard], lo = first, hi = o->from[shard + 1];
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (o->documents.v[mid].entry < passage)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo > first ? o->documents.v[lo - 1].entry : 0;
}

static bool contains(const struct u32s *sorted, uint32_t entry)
{
	size_t lo = 0, hi = sorted->n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (sorted->v[mid] < entry)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < sorted->n && sorted->v[lo] == entry;
}

static struct hit *add_hit(struct searching *s, uint32_t document, double score)
{
	struct hit *h = PUSH(s->a, &s->out->hits);
	h->entry = document;
	h->score = score;
	h->rank = s->offset + (uint32_t)s->out->hits.n;
	return h;
}

static bool ranked_passages(struct searching *s, const struct xap_query *words)
{
	struct owners o = { 0 };
	struct xap_hits hits = { 0 };
	struct xap_search q = { .query = words, .count = PASSAGES_MAX, .deadline = s->deadline };
	uint32_t seen = 0;
	if (!list_owners(s, &o) || !xap_search(s->x->xap, &q, s->a, &hits, s->err))
		return false;
	for (size_t i = 0; i < hits.n; i++) {
		uint32_t passage = hits.v[i].entry, document = owner_of(&o, passage);
		if (!contains(&s->all, document))
			continue;
		if (seen++ < s->offset || s->out->hits.n >= s->limit)
			continue;
		struct hit *h = add_hit(s, document, hits.v[i].weight);
		if (!s->r->bare && !hit_fill_passage(s, h, (passage - document) / o.shards - 1))
			return false;
	}
	s->out->total = seen;
	s->out->exact &= hits.n < PASSAGES_MAX;
	return true;
}

/* Nothing weighs: the best passage of each document, in order of documents. */
static bool first_passages(struct searching *s)
{
	for (size_t i = s->offset; i < s->all.n && s->out->hits.n < s->limit; i++) {
		struct hit *h = add_hit(s, s->all.v[i], 0);
		if (!s->r->bare && !hit_fill(s, h, (span){ 0 }))
			return false;
		h->passages.n = h->passages.n ? 1 : 0;
	}
	s->out->total = s->all.n;
	return true;
}

bool search_passages(struct searching *s)
{
	s->out->exact = true;
	if (!search_all(s))
		return false;
	const struct xap_query *words = passage_words(s);
	return words ? ranked_passages(s, words) : first_passages(s);
}
