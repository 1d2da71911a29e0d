#include <stdlib.h>
#include "base/buf.h"
#include "base/sort.h"
#include "indexer/emit_private.h"

/* Stems of a document, in order of their terms, so that those of a passage
 * are sorted by sorting small numbers. */
struct stems_in_order {
	uint32_t *rank; /* by number of the stem's term; UINT32_MAX: a stop word's */
	span *term;     /* by rank: "P" and the stem */
	uint32_t *wdf;  /* by rank, of the passage under way */
	size_t n;
};

static int compare(const void *x, const void *y)
{
	return span_cmp(*(const span *)x, *(const span *)y);
}

struct numbered {
	span term;
	uint32_t number;
};

static void sort_stems(struct numbered *list, size_t n, struct arena *a)
{
	struct sort_item *keys = arena_raw(a, (n + 1) * sizeof *keys, 16);
	struct numbered *from = arena_raw(a, (n + 1) * sizeof *from, 16);
	for (size_t i = 0; i < n; i++)
		keys[i] = (struct sort_item){ sort_key(list[i].term), (uint32_t)i };
	sort_items(keys, n, a);
	memcpy(from, list, n * sizeof *from);
	for (size_t i = 0; i < n; i++)
		list[i] = from[keys[i].of];
	for (size_t i = 0, end; i < n; i = end) { /* those of equal first bytes, by all of them */
		for (end = i + 1; end < n && keys[end].key == keys[i].key; end++)
			;
		if (end - i > 1)
			qsort(list + i, end - i, sizeof *list, compare);
	}
}

static span passage_term(struct emission *e, span stem_term)
{
	char *p = arena_raw(e->a, stem_term.n, 1);
	memcpy(p, stem_term.p, stem_term.n);
	p[0] = fields[F_PASSAGE].prefix[0];
	return (span){ p, stem_term.n };
}

static struct stems_in_order order_stems(struct emission *e)
{
	struct stems_in_order s = { 0 };
	struct numbered *list = arena_raw(e->a, (e->nwords + 1) * sizeof *list, 16);
	s.rank = arena_raw(e->a, (e->terms.n + 1) * sizeof *s.rank, 16);
	memset(s.rank, 0xFF, (e->terms.n + 1) * sizeof *s.rank);
	for (size_t i = 0; i < e->nwords; i++) {
		uint32_t number = e->stem[i];
		if (token_is_stop(e->terms.v[i].term) || s.rank[number] != UINT32_MAX)
			continue;
		s.rank[number] = 0;
		list[s.n++] = (struct numbered){ passage_term(e, e->terms.v[number].term), number };
	}
	sort_stems(list, s.n, e->a);
	s.term = arena_raw(e->a, (s.n + 1) * sizeof *s.term, 16);
	s.wdf = NEWN(e->a, uint32_t, s.n + 1);
	for (size_t i = 0; i < s.n; i++) {
		s.term[i] = list[i].term;
		s.rank[list[i].number] = (uint32_t)i;
	}
	return s;
}

static int compare_u32(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
	return a < b ? -1 : a > b;
}

/* Ranks of the stems of a passage, each once, in order; counts them in wdf. */
static uint32_t *ranks_of(struct emission *e, struct stems_in_order *s, size_t first, size_t end, size_t *n)
{
	uint32_t *ranks = arena_raw(e->a, (end - first + 1) * sizeof *ranks, 16);
	*n = 0;
	for (size_t i = first; i < end; i++) {
		uint32_t rank = s->rank[e->stem[e->ids[i]]];
		if (rank == UINT32_MAX)
			continue;
		if (!s->wdf[rank]++)
			ranks[(*n)++] = rank;
	}
	if (s->n > 16 * *n) {
		qsort(ranks, *n, sizeof *ranks, compare_u32);
		return ranks;
	}
	*n = 0; /* in a short document looking at every rank is quicker than sorting */
	for (uint32_t rank = 0; rank < s->n; rank++)
		if (s->wdf[rank])
			ranks[(*n)++] = rank;
	return ranks;
}

/* Which passage of the document entry that stands `number` + 1 entries before. */
static span passage_data(struct emission *e, size_t number)
{
	struct buf b = { .a = e->a };
	buf_varint(&b, number);
	return buf_span(&b);
}

static size_t passage(struct emission *e, struct stems_in_order *s, size_t number, size_t from, struct entries *out)
{
	struct range at = e->r->passages.v[number].at;
	size_t first = emit_token_at(e, at.beg, from), end = emit_token_at(e, at.end, first), n;
	uint32_t *ranks = ranks_of(e, s, first, end < first ? first : end, &n);
	struct entry *x = PUSH(e->a, out);
	x->postings = arena_raw(e->a, (n + 1) * sizeof *x->postings, 16);
	for (size_t i = 0; i < n; i++) {
		x->postings[i] = (struct posting){ .term = s->term[ranks[i]], .wdf = s->wdf[ranks[i]] };
		s->wdf[ranks[i]] = 0;
	}
	x->npostings = n;
	x->data = passage_data(e, number);
	return end;
}

void emit_passages(struct emission *e, struct entries *out)
{
	struct stems_in_order s = order_stems(e);
	size_t token = 0;
	for (size_t i = 0; i < e->r->passages.n; i++)
		token = passage(e, &s, i, token, out);
}
