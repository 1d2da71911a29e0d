#include "searcher/search_private.h"

#include <time.h>
#include "base/sort.h"

enum { DOCUMENTS_MAX = 10000000 };

uint64_t search_clock(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* Weight 0: Xapian only says what matches, the order is that of a value or of the entries. */
static struct xap_search settings(const struct searching *s)
{
	static const enum field slots[] = { [SORT_DATE] = F_DATE, [SORT_CITED] = F_CITED_BY, [SORT_COURT] = F_COURT };
	struct xap_search q = { .query = plan_scaled(s->a, s->plan.match, 0), .deadline = s->deadline };
	if (s->r->sort != SORT_RELEVANCE) {
		q.sort = XAP_BY_VALUE_DOWN;
		q.sort_slot = (uint32_t)fields[slots[s->r->sort]].slot;
	}
	return q;
}

/* Past the deadline the answer is what was found until then, and says so. */
static bool late(struct searching *s)
{
	if (!s->err->late)
		return false;
	*s->err = (struct err){ 0 };
	s->out->partial = true;
	s->out->exact = false;
	return true;
}

/* Ascending, as all that follows wants it. */
static void list(struct searching *s, const struct xap_hits *hits)
{
	s->all = (struct u32s){ NEWN(s->a, uint32_t, hits->n + 1), hits->n, hits->n + 1 };
	for (size_t i = 0; i < hits->n; i++)
		s->all.v[i] = hits->v[i].entry;
	sort_numbers(s->all.v, hits->n);
	s->listed = true;
}

/* Makes the plan exact. What is found must still be ranked and shown: a tenth of
 * the time is for that. */
static bool resolve(struct searching *s)
{
	uint64_t enough = s->deadline - (s->r->timeout_ms ? s->r->timeout_ms : SEARCH_TIMEOUT_MS) * 100000ull;
	if (!plan_resolve(&s->plan, enough, s->err))
		return false;
	s->out->partial |= s->plan.unfinished;
	return true;
}

/* Takes out of what matches the versions that another hit stands for. */
static bool without_versions(struct searching *s)
{
	bool any;
	if (s->r->count_only || !versions_any(s, &any))
		return s->r->count_only;
	/* An index without versions pays nothing. */
	if (!any)
		return true;
	if (!search_all(s))
		return false;
	struct u32s of = { NEWN(s->a, uint32_t, s->all.n + 1), s->all.n, s->all.n + 1 };
	for (size_t i = 0; i < of.n; i++)
		of.v[i] = s->all.v[i];
	if (!versions_fold(s, &of, NULL))
		return false;
	if (of.n == s->all.n)
		return true;
	struct xap_query *set = NEW(s->a, struct xap_query);
	*set = (struct xap_query){ .op = XAP_SET, .entries = of.v, .nentries = of.n };
	s->plan.match = set;
	return true;
}

/* What satisfies the query, the first `count` of it. */
static bool answers(struct searching *s, uint32_t count, uint32_t check, struct xap_hits *out)
{
	*out = (struct xap_hits){ 0 };
	if (!resolve(s) || !without_versions(s))
		return false;
	struct xap_search q = settings(s);
	q.count = count;
	q.check_at_least = check;
	s->out->exact = !s->plan.cut && !s->plan.unfinished;
	if (!xap_search(s->x->xap, &q, s->a, out, s->err) && !late(s))
		return false;
	s->out->exact &= out->exact;
	s->out->total = out->total;
	return true;
}

/* By relevance: what matches, then its scores; the best of them once more. */
static bool by_relevance(struct searching *s, struct xap_hits *page)
{
	/* As many as are ranked again at least, so that the order is the same whatever the length
	 * of a page. */
	uint32_t window = s->offset + s->limit > RANK_BEST ? s->offset + s->limit : RANK_BEST;
	bool any = s->plan.any;
	s->out->exact = true;
	if ((!any && !search_all(s)) || !search_score(s, any, window, page))
		return false;
	s->out->exact &= !s->out->partial && !s->plan.cut;
	/* Pages behind the best keep the order of words alone. */
	return s->offset >= RANK_BEST || rank_best(s, page);
}

bool search_run(struct searching *s, struct xap_hits *page)
{
	bool ranked = s->r->sort == SORT_RELEVANCE && s->plan.weighs;
	/* By date, times cited or court Xapian sorts by a value; a query without a word that weighs
	 * has no relevance to sort by. */
	if (!(ranked ? by_relevance(s, page) : answers(s, s->offset + s->limit, UINT32_MAX, page)))
		return false;
	size_t from = s->offset < page->n ? s->offset : page->n;
	page->v += from;
	page->n = page->n - from < s->limit ? page->n - from : s->limit;
	return true;
}

/* Documents that have all of the words: those of the rarest, less those that
 * another has not. */
static bool gather_all(struct searching *s)
{
	const struct plan *p = &s->plan;
	size_t rare = SIZE_MAX;
	struct xap_posting_range of = { .max = DOCUMENTS_MAX };
	for (size_t i = 0; i < p->nleaves; i++) /* leaves that were left out of the tree, or come again, have no times */
		if (p->leaf[i].times && (rare == SIZE_MAX || p->leaf[i].entries < p->leaf[rare].entries))
			rare = i;
	of.term = p->leaf[rare].stem;
	s->listed = true;
	/* A word that stands nowhere: nothing has all. */
	if (!p->leaf[rare].entries)
		return true;
	if (!index_entries(s->x, &of, s->a, &s->all, s->err))
		return false;
	uint32_t *times = NEWN(s->a, uint32_t, s->all.n + 1);
	for (size_t i = 0; i < p->nleaves && s->all.n; i++) {
		size_t n = 0;
		if (i == rare || !p->leaf[i].times)
			continue;
		if (!xap_counts(s->x->xap, p->leaf[i].stem, &s->all, times, s->err))
			return false;
		for (size_t k = 0; k < s->all.n; k++)
			if (times[k])
				s->all.v[n++] = s->all.v[k];
		s->all.n = n;
	}
	return true;
}

/* Once a request: facets, folding and ranking share the list. */
bool search_all(struct searching *s)
{
	struct xap_hits hits = { 0 };
	struct xap_search q = { .count = DOCUMENTS_MAX, .sort = XAP_BY_ENTRY, .deadline = s->deadline };
	if (s->listed)
		return true;
	if (s->plan.all)
		return gather_all(s);
	if (!resolve(s))
		return false;
	if (s->plan.match->op == XAP_SET) { /* what was resolved, and no filter */
		s->all = (struct u32s){ NEWN(s->a, uint32_t, s->plan.match->nentries + 1), 0, s->plan.match->nentries + 1 };
		while (s->all.n < s->plan.match->nentries)
			s->all.v[s->all.n] = s->plan.match->entries[s->all.n], s->all.n++;
		s->listed = true;
		return true;
	}
	q.query = s->plan.match;
	if (!xap_search(s->x->xap, &q, s->a, &hits, s->err) && !late(s))
		return false;
	list(s, &hits);
	return true;
}
