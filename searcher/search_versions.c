/* Versions of one text (a slip and a reported opinion) are one hit, which names
 * the others. They match by their own words: a version that the query does not
 * find is not named. */
#include "searcher/search_private.h"

#include <stdlib.h>
#include "base/sort.h"

/* One of the documents found that has versions. */
struct member {
	uint32_t number;  /* the same for versions of one text */
	uint32_t at;      /* in the list of documents */
	double rank;      /* the greatest is the hit; of equal ones the first */
};
struct members {
	struct member *v;
	size_t n, cap;
};

/* Versions of one text stand together, the one that is the hit first. */
static int by_number(const void *x, const void *y)
{
	const struct member *a = x, *b = y;
	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	if (a->rank < b->rank || a->rank > b->rank)
		return a->rank > b->rank ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

/* Both lists ascend; either may be much the longer one. */
static bool find_members(struct searching *s, const struct u32s *of, struct members *out)
{
	const struct xap_postings *all;
	if (!index_versions(s->x, &all, s->err))
		return false;
	for (size_t i = 0, k = 0; i < all->n && k < of->n; i++) {
		k += count_below(of->v + k, of->n - k, sizeof *of->v, all->v[i].entry);
		if (k < of->n && of->v[k] == all->v[i].entry)
			*PUSH(s->a, out) = (struct member){ .number = all->v[i].wdf, .at = (uint32_t)k };
	}
	return true;
}

/* Which of the versions stands for all: the first in the order that is asked for;
 * by relevance, where their scores hardly differ, the one most cited, then the latest. */
static bool standing(struct searching *s, uint32_t entry, double *out)
{
	uint32_t first, date;
	enum field f = s->r->sort == SORT_COURT ? F_COURT : F_CITED_BY;
	if (!index_number(s->x, entry, f, &first, s->err) || !index_number(s->x, entry, F_DATE, &date, s->err))
		return false;
	*out = s->r->sort == SORT_DATE ? date : first * 1e8 + date;
	return true;
}

/* List and scores stay beside each other. */
static void take_out(struct u32s *of, double *score, const bool *gone)
{
	size_t n = 0;
	for (size_t i = 0; i < of->n; i++)
		if (!gone[i]) {
			if (score)
				score[n] = score[i];
			of->v[n++] = of->v[i];
		}
	of->n = n;
}

/* Those taken out are remembered with the hit that stands for them, for its line "also in another
 * version". */
bool versions_fold(struct searching *s, struct u32s *of, double *score)
{
	struct members m = { 0 };
	bool *gone = NULL;
	if (!find_members(s, of, &m))
		return false;
	for (size_t i = 0; i < m.n && m.n > 1; i++)
		if (!standing(s, of->v[m.v[i].at], &m.v[i].rank))
			return false;
	if (m.n > 1)
		qsort(m.v, m.n, sizeof *m.v, by_number);
	for (size_t i = 1, first = 0; i < m.n; i++) {
		if (m.v[i].number != m.v[first].number) {
			first = i;
			continue;
		}
		gone = gone ? gone : NEWN(s->a, bool, of->n);
		gone[m.v[i].at] = true;
		*PUSH(s->a, &s->folded) = (struct folded){ of->v[m.v[first].at], of->v[m.v[i].at], score ? score[m.v[i].at] : 0 };
	}
	if (gone)
		take_out(of, score, gone);
	s->out->folded = s->folded.n;
	return true;
}

bool versions_any(struct searching *s, bool *any)
{
	const struct xap_postings *all;
	*any = index_versions(s->x, &all, s->err) && all->n > 1;
	return s->err->code == ERR_NONE;
}

/* Only what the query found is named. */
bool versions_fill(struct searching *s, struct hit *h)
{
	for (size_t i = 0; i < s->folded.n; i++) {
		span all, address;
		const struct folded *f = &s->folded.v[i];
		if (f->hit != h->entry)
			continue;
		if (!xap_value(s->x->xap, (struct xap_place){ f->entry, (uint32_t)fields[F_OF].slot }, s->a, &all, s->err))
			return false;
		span_cut(&all, ' ', &address); /* the document's own comes first */
		*PUSH(s->a, &h->versions) = address;
		if (s->r->explain)
			*PUSH(s->a, &h->parts) = (struct score_part){
				arena_printf(s->a, "of %.*s, a version of the text: words alone", SPAN_ARG(address)), f->score };
	}
	return true;
}
