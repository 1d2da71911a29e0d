#include "searcher/search_private.h"

#include <stdlib.h>
#include <time.h>

enum { CANDIDATES_MAX = 100000, DOCUMENTS_MAX = 1000000, ANY_CHECK = 1000 };

uint64_t search_clock(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* What Xapian is asked: the matches, weighed. Plain words are their own match. */
static const struct xap_query *asked(const struct searching *s)
{
	const struct plan *p = &s->plan;
	if (s->r->sort != SORT_RELEVANCE || !p->rank)
		return p->match;
	return plan_pair(s->a, XAP_AND_MAYBE, plan_scaled(s->a, p->match, 0), p->rank);
}

static struct xap_search settings(const struct searching *s)
{
	static const enum field slots[] = { [SORT_DATE] = F_DATE, [SORT_CITED] = F_CITED_BY, [SORT_COURT] = F_COURT };
	struct xap_search q = { .query = asked(s), .deadline = s->deadline };
	const double k1 = s->plan.weights->k1, b = s->plan.weights->b;
	/* Xapian's mean length is that of documents and passages; in these it
	 * stands for that of documents. */
	double ratio = s->x->stats.mean_length / (s->x->mean_words > 0 ? s->x->mean_words : 1);
	q.k1 = k1 * (1 - b) + k1 * b * ratio;
	q.b = k1 * b * ratio / q.k1;
	if (s->r->sort != SORT_RELEVANCE) {
		q.sort = XAP_BY_VALUE_DOWN;
		q.sort_slot = (uint32_t)fields[slots[s->r->sort]].slot;
	}
	return q;
}

/* Past the deadline the answer is what was found until then, and says so. */
static bool late(struct searching *s)
{
	if (s->err->code != ERR_TRY_AGAIN || !strstr(s->err->msg, "deadline"))
		return false;
	*s->err = (struct err){ 0 };
	s->out->partial = true;
	s->out->exact = false;
	return true;
}

/* Keeps the candidates that satisfy the tree, in their order. */
static bool verify(struct searching *s, struct xap_hits *hits)
{
	struct arena scratch = { .escape = s->a->escape };
	size_t kept = 0, i = 0;
	bool ok = true, holds;
	/* What is found must still be ranked and shown: a tenth of the time is for that. */
	uint64_t enough = s->deadline - (s->r->timeout_ms ? s->r->timeout_ms : SEARCH_TIMEOUT_MS) * 100000ull;
	for (; i < hits->n && ok; i++) {
		if (search_clock() > enough) {
			s->out->partial = true;
			s->out->exact = false;
			break;
		}
		ok = plan_holds(&s->plan, hits->v[i].entry, &holds, &scratch, s->err);
		if (ok && holds)
			hits->v[kept++] = hits->v[i];
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	s->out->exact &= !s->plan.cut;
	hits->n = kept;
	hits->total = (uint32_t)kept;
	return ok;
}

static int by_entry(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
	return a < b ? -1 : a > b;
}

static void list(struct searching *s, const struct xap_hits *hits)
{
	s->all = (struct u32s){ NEWN(s->a, uint32_t, hits->n + 1), hits->n, hits->n + 1 };
	for (size_t i = 0; i < hits->n; i++)
		s->all.v[i] = hits->v[i].entry;
	if (hits->n)
		qsort(s->all.v, hits->n, sizeof *s->all.v, by_entry);
	s->listed = true;
}

/* Candidates from Xapian, the first `count` of them. */
static bool candidates(struct searching *s, uint32_t count, uint32_t check, struct xap_hits *out)
{
	struct xap_search q = settings(s);
	q.count = count;
	q.check_at_least = check;
	*out = (struct xap_hits){ 0 };
	s->out->exact = true;
	if (!xap_search(s->x->xap, &q, s->a, out, s->err) && !late(s))
		return false;
	s->out->exact &= out->exact;
	s->out->total = out->total;
	if (s->plan.exact || !out->n)
		return true;
	if (!verify(s, out))
		return false;
	s->out->total = out->n;
	list(s, out);
	return true;
}

bool search_run(struct searching *s, struct xap_hits *page)
{
	bool ranked = s->r->sort == SORT_RELEVANCE;
	uint32_t window = s->offset + s->limit, all = UINT32_MAX;
	uint32_t check = s->query.root->kind == NODE_ANY && !s->r->count_only ? ANY_CHECK : all;
	if (ranked && window < RANK_BEST)
		window = RANK_BEST;
	if (!candidates(s, s->plan.exact ? window : CANDIDATES_MAX, check, page))
		return false;
	if (!s->plan.exact && page->n >= CANDIDATES_MAX)
		s->out->exact = false;
	if (ranked && s->offset < RANK_BEST && !rank_best(s, page))
		return false;
	size_t from = s->offset < page->n ? s->offset : page->n;
	page->v += from;
	page->n = page->n - from < s->limit ? page->n - from : s->limit;
	return true;
}

bool search_all(struct searching *s)
{
	struct xap_hits hits = { 0 };
	struct xap_search q = { .query = plan_scaled(s->a, s->plan.match, 0), .count = DOCUMENTS_MAX, .deadline = s->deadline };
	if (s->listed)
		return true;
	if (!s->plan.exact)
		return candidates(s, CANDIDATES_MAX, CANDIDATES_MAX, &hits);
	if (!xap_search(s->x->xap, &q, s->a, &hits, s->err) && !late(s))
		return false;
	list(s, &hits);
	return true;
}
