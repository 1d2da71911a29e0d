#include "searcher/search_private.h"

#include "searcher/snippet.h"

/* Passages are ranked by the words of the query among all passages of the
 * documents that satisfy it. */
enum { PASSAGES_MAX = 20000, DOCUMENTS_MAX = 1000000 };

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

/* One passage as a hit of its own. */
static bool add_hit(struct searching *s, uint32_t document, uint32_t number, double score)
{
	struct record r;
	struct hit *h = PUSH(s->a, &s->out->hits);
	h->entry = document;
	h->score = score;
	h->rank = s->offset + (uint32_t)s->out->hits.n;
	if (!hit_fill(s, h, (span){ 0 }) || !index_record(s->x, document, s->a, &r, s->err))
		return false;
	if (number >= r.passages.n)
		return err_set(s->err, ERR_DAMAGED, "entry %u has no passage %u", document, number);
	struct marks m = marks_of(&s->plan, document, &r, s->a, s->err);
	h->passages = (struct hit_passages){ 0 };
	struct hit_passage *p = PUSH(s->a, &h->passages);
	p->score = score;
	snippet_fill(&s->plan, &r, &m, &r.passages.v[number], s->a, p);
	return s->err->code == ERR_NONE;
}

bool search_passages(struct searching *s)
{
	struct u32s documents;
	struct xap_hits hits = { 0 };
	struct xap_search q = { .query = passage_words(s), .count = PASSAGES_MAX, .deadline = s->deadline };
	uint32_t seen = 0;
	if (!search_all(s, DOCUMENTS_MAX, &documents))
		return false;
	if (q.query && !xap_search(s->x->xap, &q, s->a, &hits, s->err))
		return false;
	for (size_t i = 0; i < hits.n; i++) {
		uint32_t document, number;
		if (!index_passage(s->x, hits.v[i].entry, &document, &number, s->a, s->err))
			return false;
		if (!contains(&documents, document))
			continue;
		if (seen++ >= s->offset && s->out->hits.n < s->limit && !add_hit(s, document, number, hits.v[i].weight))
			return false;
	}
	s->out->total = seen;
	s->out->exact = hits.n < PASSAGES_MAX;
	return true;
}
