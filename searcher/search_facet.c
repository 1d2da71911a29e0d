#include "searcher/search_private.h"

#include <stdlib.h>

enum { FACET_DOCUMENTS = 200000, FACET_VALUES = 2000, FACET_SHOWN = 50 };

/* How many of two ascending lists are in both. */
static uint32_t common(const struct u32s *all, const struct xap_postings *p)
{
	uint32_t n = 0;
	size_t i = 0;
	for (size_t k = 0; k < p->n; k++) {
		while (i < all->n && all->v[i] < p->v[k].entry)
			i++;
		n += i < all->n && all->v[i] == p->v[k].entry;
	}
	return n;
}

static int by_count(const void *x, const void *y)
{
	const struct facet_value *a = x, *b = y;
	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return span_cmp(a->value, b->value);
}

static bool count_terms(struct searching *s, enum field f, const struct u32s *all, struct facet *out)
{
	span prefix = span_of(fields[f].prefix);
	struct xap_term_range r = { .prefix = prefix, .max = FACET_VALUES };
	struct xap_terms t = { 0 };
	if (!xap_terms(s->x->xap, &r, s->a, &t, s->err))
		return false;
	for (size_t i = 0; i < t.n; i++) {
		struct arena scratch = { .escape = s->a->escape };
		struct xap_postings p = { 0 };
		struct xap_posting_range list = { .term = t.v[i].term, .max = FACET_DOCUMENTS };
		bool ok = xap_postings(s->x->xap, &list, &scratch, &p, s->err);
		uint32_t n = ok ? common(all, &p) : 0;
		if (n)
			*PUSH(s->a, out) = (struct facet_value){ span_sub(t.v[i].term, prefix.n, t.v[i].term.n), n };
		arena_release(&scratch);
		if (!ok)
			return false;
	}
	if (out->n)
		qsort(out->v, out->n, sizeof *out->v, by_count);
	out->n = out->n < FACET_SHOWN ? out->n : FACET_SHOWN;
	return true;
}

/* Bands of quality and of times cited: a range each. */
struct band {
	const char *name;
	uint32_t lo, hi;
};
static const struct band quality_bands[] = { { "95-100", 95, 100 }, { "80-94", 80, 94 }, { "0-79", 0, 79 }, { 0 } };
static const struct band cited_bands[] = { { "0", 0, 0 }, { "1-4", 1, 4 }, { "5-19", 5, 19 }, { "20+", 20, UINT32_MAX }, { 0 } };

static bool count_bands(struct searching *s, enum field f, const struct u32s *all, struct facet *out)
{
	const struct band *bands = f == F_QUALITY ? quality_bands : cited_bands;
	uint32_t counts[8] = { 0 }, v;
	for (size_t i = 0; i < all->n; i++) {
		if (!index_number(s->x, all->v[i], f, &v, s->err))
			return false;
		for (size_t b = 0; bands[b].name; b++)
			counts[b] += v >= bands[b].lo && v <= bands[b].hi;
	}
	for (size_t b = 0; bands[b].name; b++)
		if (counts[b])
			*PUSH(s->a, out) = (struct facet_value){ span_of(bands[b].name), counts[b] };
	return true;
}

static bool one_facet(struct searching *s, span name, const struct u32s *all)
{
	int f = field_by_name(name);
	if (f < 0 || (fields[f].kind != FIELD_EXACT && f != F_QUALITY && f != F_CITED_BY))
		return err_set(s->err, ERR_REQUEST, "--facets=%.*s: must be court, jurisdiction, kind, code, year, quality or citedby",
			       SPAN_ARG(name));
	struct facet *out = PUSH(s->a, &s->out->facets);
	out->field = span_of(fields[f].name);
	return fields[f].kind == FIELD_EXACT ? count_terms(s, (enum field)f, all, out) : count_bands(s, (enum field)f, all, out);
}

bool search_facets(struct searching *s)
{
	span rest = s->r->facets, name;
	struct u32s all;
	if (!rest.n)
		return true;
	if (!search_all(s, FACET_DOCUMENTS, &all))
		return false;
	while (span_cut(&rest, ',', &name))
		if (!one_facet(s, span_trim(name), &all))
			return false;
	return true;
}
