/* Facets: how the documents found spread over the values of a field. */
#include "searcher/search_private.h"

#include <stdlib.h>
#include "base/hash.h"
#include "law/address.h"
#include "law/court.h"

enum { FACET_VALUES = 5000, FACET_SHOWN = 50, CITED_TERMS = 200000, WORDS_READ = 400000 };

/* The documents found as a set: one bit an entry. */
struct found {
	uint8_t *bit;
	uint32_t last;
	const struct u32s *all;
};

static struct found found_of(const struct u32s *all, struct arena *a)
{
	struct found f = { .last = all->n ? all->v[all->n - 1] : 0, .all = all };
	f.bit = NEWN(a, uint8_t, f.last / 8 + 1);
	for (size_t i = 0; i < all->n; i++)
		f.bit[all->v[i] / 8] |= (uint8_t)(1u << all->v[i] % 8);
	return f;
}

/* Beyond the last there is no bit. */
static bool is_found(const struct found *f, uint32_t entry)
{
	return entry <= f->last && f->bit[entry / 8] >> entry % 8 & 1;
}

/* Equal ones by value, so that the order is the same each time. */
static int by_count(const void *x, const void *y)
{
	const struct facet_value *a = x, *b = y;
	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return span_cmp(a->value, b->value);
}

/* The most frequent first; no more than anybody reads. */
static void settle(struct facet *f)
{
	if (f->n)
		qsort(f->v, f->n, sizeof *f->v, by_count);
	f->n = f->n < FACET_SHOWN ? f->n : FACET_SHOWN;
}

/* How many documents found hold the term. */
static bool count_term(struct searching *s, const struct found *f, span term, struct arena *scratch, uint32_t *out)
{
	struct xap_postings p = { 0 };
	struct xap_posting_range list = { .term = term, .max = f->last };
	if (!xap_postings(s->x->xap, &list, scratch, &p, s->err))
		return false;
	*out = 0;
	for (size_t i = 0; i < p.n; i++)
		*out += is_found(f, p.v[i].entry);
	return true;
}

/* Whether the address names a case, a section, a rule: not a code, a title, a
 * reporter, nor a part of a document. */
static bool is_document(span address)
{
	size_t segments = 0, last = 0;
	for (size_t i = 0; i < address.n; i++)
		if (address.p[i] == '/') {
			segments++;
			last = i + 1;
		}
	span s = span_sub(address, last, address.n);
	if (!span_eq(address_document(address), address))
		return false;
	if (span_starts(address, SPAN("/case/")) || span_starts(address, SPAN("/docket/")))
		return segments == (address.p[1] == 'c' ? 4 : 3);
	return (s.n > 1 && memchr("sr", s.p[0], 2) && (is_digit(s.p[1]) || is_upper(s.p[1]))) || span_starts(s, SPAN("amd"));
}

/* Terms of a field in batches; only addresses of documents when `documents`. */
static bool count_terms(struct searching *s, enum field field, const struct found *f, struct facet *out)
{
	struct arena scratch = { .escape = s->a->escape };
	span prefix = span_of(fields[field].prefix);
	struct xap_term_range r = { .prefix = prefix, .max = 1024 };
	bool ok = true, addresses = field == F_CITES, more = true;
	for (size_t seen = 0; ok && more && seen < (addresses ? CITED_TERMS : FACET_VALUES);) {
		struct xap_terms t = { 0 };
		ok = xap_terms(s->x->xap, &r, s->a, &t, s->err);
		/* A full batch may have a next one; past the deadline the values counted so far are
		 * shown. */
		more = ok && t.n == r.max && search_clock() < s->deadline;
		s->out->partial |= ok && !more && t.n == r.max;
		for (size_t i = 0; ok && i < t.n; i++, arena_reset(&scratch)) {
			span value = span_sub(t.v[i].term, prefix.n, t.v[i].term.n);
			uint32_t n = 0;
			if (addresses && !is_document(value))
				continue;
			ok = count_term(s, f, t.v[i].term, &scratch, &n);
			if (ok && n)
				*PUSH(s->a, out) = (struct facet_value){ .value = value, .count = n };
		}
		seen += t.n;
		r.after = t.n ? t.v[t.n - 1].term : r.after;
	}
	arena_release(&scratch);
	settle(out);
	return ok;
}

/* What few documents cite is read from their records: that is quicker than
 * going through everything that anybody cites. */
static bool count_cited(struct searching *s, const struct found *f, struct facet *out)
{
	struct arena scratch = { .escape = s->a->escape };
	struct map at = { .a = s->a }, seen = { .a = s->a };
	struct record r;
	bool ok = true, fresh;
	for (size_t i = 0; ok && i < f->all->n; i++, arena_reset(&scratch)) {
		ok = index_record(s->x, f->all->v[i], &scratch, &r, s->err);
		for (size_t k = 0; ok && k < r.cites.n; k++) {
			span address = address_document(r.cites.v[k].address);
			if (!is_document(address) || r.cites.v[k].status == CITE_IMPOSSIBLE)
				continue;
			address = arena_dup(s->a, address);
			uint32_t *last = map_put(&seen, address, &fresh);
			/* A document counts once, however often it cites. */
			if (!fresh && *last == i + 1)
				continue;
			*last = (uint32_t)i + 1;
			uint32_t *number = map_put(&at, address, &fresh);
			if (fresh) {
				*PUSH(s->a, out) = (struct facet_value){ .value = address };
				*number = (uint32_t)out->n - 1;
			}
			out->v[*number].count++;
		}
	}
	arena_release(&scratch);
	settle(out);
	return ok;
}

/* Bands of quality and of times cited: a range each. */
struct band {
	const char *name;
	uint32_t lo, hi;
};
static const struct band quality_bands[] = { { "95-100", 95, 100 }, { "80-94", 80, 94 }, { "0-79", 0, 79 }, { 0 } };
static const struct band cited_bands[] = { { "0", 0, 0 }, { "1-4", 1, 4 }, { "5-19", 5, 19 }, { "20+", 20, UINT32_MAX }, { 0 } };

/* Bands do not overlap: one of them counts. */
static void add_to_band(const struct band *bands, uint32_t *counts, uint32_t v, uint32_t times)
{
	for (size_t b = 0; bands[b].name; b++)
		counts[b] += v >= bands[b].lo && v <= bands[b].hi ? times : 0;
}

/* In one pass over the column of values. */
static bool count_bands(struct searching *s, enum field field, const struct found *f, struct facet *out)
{
	const struct band *bands = field == F_QUALITY ? quality_bands : cited_bands;
	uint32_t counts[8] = { 0 }, with = 0;
	struct xap_postings p = { 0 };
	if (!xap_numbers(s->x->xap, (uint32_t)fields[field].slot, s->a, &p, s->err))
		return false;
	for (size_t i = 0; i < p.n; i++) {
		bool in = is_found(f, p.v[i].entry);
		add_to_band(bands, counts, p.v[i].wdf, in);
		with += in;
	}
	add_to_band(bands, counts, 0, (uint32_t)f->all->n - with); /* a value of zero is absent */
	for (size_t b = 0; bands[b].name; b++)
		if (counts[b])
			*PUSH(s->a, out) = (struct facet_value){ .value = span_of(bands[b].name), .count = counts[b] };
	return true;
}

/* The name for people, and the court whose group it is in, so that a page can nest them. */
static void name_courts(struct facet *f)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct court *c = court_by_id(f->v[i].value);
		f->v[i].name = c ? c->name : (span){ 0 };
		f->v[i].parent = court_group(c);
	}
}

/* A field that has no facet is told with those that have; the list stands in completions.c, too. */
static bool one_facet(struct searching *s, span name, const struct found *f)
{
	int field = field_by_name(name);
	struct facet *out = PUSH(s->a, &s->out->facets);
	out->field = field < 0 ? name : span_of(fields[field].name);
	switch (field) {
	case F_QUALITY:
	case F_CITED_BY:
		return count_bands(s, (enum field)field, f, out);
	/* Of few documents from their records, of many term by term. */
	case F_CITES:
		return (double)f->all->n * s->x->mean_words < WORDS_READ ? count_cited(s, f, out) : count_terms(s, F_CITES, f, out);
	case F_COURT:
	case F_JURISDICTION:
	case F_KIND:
	case F_CODE:
	case F_YEAR:
		if (!count_terms(s, (enum field)field, f, out))
			return false;
		if (field == F_COURT)
			name_courts(out);
		return true;
	default:
		return err_set(s->err, ERR_REQUEST, "--facets=%.*s: must be court, jurisdiction, kind, code, year, quality, cites or citedby",
			       SPAN_ARG(name));
	}
}

/* Every document found counts, not those of the page: so all are listed once, for all facets. */
bool search_facets(struct searching *s)
{
	span rest = s->r->facets, name;
	if (!rest.n)
		return true;
	if (!search_all(s))
		return false;
	struct found f = found_of(&s->all, s->a);
	while (span_cut(&rest, ',', &name))
		if (!one_facet(s, span_trim(name), &f))
			return false;
	return true;
}
