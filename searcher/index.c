#include "searcher/index.h"

#include "base/buf.h"
#include "law/address.h"

/* Xapian's mean is over all entries, this one over documents. */
static double mean_words(const struct index *x)
{
	double documents = x->manifest->documents ? x->manifest->documents : 1;
	return x->stats.mean_length * x->stats.entries / documents;
}

/* The values of a field that the index holds, few of them. */
static bool values_of(struct index *x, enum field f, struct xap_terms *out, struct err *err)
{
	enum { VALUES_MAX = 100 };
	struct xap_term_range r = { .prefix = span_of(fields[f].prefix), .max = VALUES_MAX };
	if (!xap_terms(x->xap, &r, &x->own, out, err))
		return false;
	for (size_t i = 0; i < out->n; i++)
		out->v[i].term = span_sub(out->v[i].term, r.prefix.n, out->v[i].term.n);
	return true;
}

/* Jurisdictions and codes that occur together, as the addresses tell. */
static bool find_codes(struct index *x, struct err *err)
{
	enum { CODES_MAX = 64 };
	struct xap_terms places = { 0 }, codes = { 0 };
	if (!values_of(x, F_JURISDICTION, &places, err) || !values_of(x, F_CODE, &codes, err))
		return false;
	x->codes = NEWN(&x->own, struct cite_context, CODES_MAX);
	for (size_t i = 0; i < places.n; i++)
		for (size_t k = 0; k < codes.n && x->ncodes < CODES_MAX; k++) {
			uint32_t entries;
			uint64_t times;
			span term = arena_printf(&x->own, "%s/%.*s/%.*s", fields[F_ADDRESS].prefix, SPAN_ARG(places.v[i].term),
						 SPAN_ARG(codes.v[k].term));
			if (!xap_frequency(x->xap, term, &entries, &times, err))
				return false;
			if (entries)
				x->codes[x->ncodes++] = (struct cite_context){ .jurisdiction = places.v[i].term, .code = codes.v[k].term };
		}
	return true;
}

/* The reader and its lists of positions belong to this thread alone; the generation is shared. What
 * was opened before a failure is given back here, so the caller has nothing to close. */
bool index_attach(struct index *x, struct generation *g, struct err *err)
{
	*x = (struct index){ .generation = g, .manifest = generation_manifest(g) };
	x->xap = generation_reader(g, err);
	x->positions = x->xap ? generation_positions(g, err) : NULL;
	x->lives = generation_lives(g);
	if (!x->positions) {
		lives_close(x->lives);
		xap_close(x->xap);
		return false;
	}
	if (!xap_stats(x->xap, &x->stats, err) || !find_codes(x, err)) {
		lives_close(x->lives);
		poslists_close(x->positions);
		xap_close(x->xap);
		arena_release(&x->own);
		return false;
	}
	x->stems = stems_open();
	x->mean_words = mean_words(x);
	return true;
}

/* Sizes, the manifest's hash and a sentinel entry are checked, not every byte: that is `pincite
 * check`. */
bool index_open(struct index *x, const char *path, struct arena *a, struct err *err)
{
	struct generation *g = generation_open(path, false, a, err);
	if (!g)
		return false;
	if (!index_attach(x, g, err)) {
		generation_close(g);
		return false;
	}
	x->owner = true;
	return true;
}

/* The generation last: all before reads from its files. */
void index_close(struct index *x)
{
	stems_close(x->stems);
	poslists_close(x->positions);
	lives_close(x->lives);
	xap_close(x->xap);
	arena_release(&x->own);
	if (x->owner)
		generation_close(x->generation);
}

/* A term's list, for those who need no weights. */
bool index_entries(struct index *x, const struct xap_posting_range *r, struct arena *a, struct u32s *out, struct err *err)
{
	struct xap_postings p = { 0 };
	if (!xap_postings(x->xap, r, a, &p, err))
		return false;
	for (size_t i = 0; i < p.n; i++)
		*PUSH(a, out) = p.v[i].entry;
	return true;
}

bool index_find(struct index *x, span address, struct arena *a, struct u32s *out, struct err *err)
{
	span document = address_document(address);
	/* From the exact to the wide: what has that very address or holds it, what
	 * its document is called, then whatever lies below. */
	const struct { enum field f; span value; } tries[] = {
		{ F_OF, address }, { F_OF, document }, { F_ADDRESS, document.n ? document : address },
	};
	*out = (struct u32s){ 0 };
	for (size_t i = 0; i < sizeof tries / sizeof *tries && !out->n; i++) {
		char term[256];
		struct xap_posting_range r = { .max = INDEX_FIND_MAX };
		r.term = (span){ term, field_term(tries[i].f, tries[i].value, term, sizeof term) };
		if (tries[i].value.n && !index_entries(x, &r, a, out, err))
			return false;
	}
	return true;
}

/* The term of an address is also held by what lies below it: only an entry that lists this very
 * address among its own is the document. */
bool index_names(struct index *x, span address, struct arena *a, struct index_names *out, struct err *err)
{
	enum { TEXTS = 4 }; /* of one address; each may give others */
	struct u32s entries = { 0 };
	span all, one;
	char term[256];
	struct xap_posting_range list = { .max = TEXTS };
	*out = (struct index_names){ 0 };
	list.term = (span){ term, field_term(F_ADDRESS, address, term, sizeof term) };
	if (!index_entries(x, &list, a, &entries, err))
		return false;
	for (size_t i = 0; i < entries.n && !out->entry; i++) {
		out->all.n = 0;
		if (!xap_value(x->xap, (struct xap_place){ entries.v[i], (uint32_t)fields[F_OF].slot }, a, &all, err))
			return false;
		while (span_cut(&all, ' ', &one)) {
			*PUSH(a, &out->all) = one;
			out->entry = span_eq(one, address) ? entries.v[i] : out->entry;
		}
	}
	out->all.n = out->entry ? out->all.n : 0;
	return true;
}

bool index_record(struct index *x, uint32_t entry, struct arena *a, struct record *out, struct err *err)
{
	span data, packed;
	struct live_numbers begin;
	if (!xap_data(x->xap, entry, a, &data, err) || !lives_numbers(x->lives, entry, a, &begin, err) ||
	    !record_inflate(data, a, &packed, err) || !record_unpack(packed, a, out, err))
		return false;
	/* A record knows where in its line its text stands; where that line stands now, the generation does. */
	for (size_t i = 0; i < out->sources.n && i < begin.n; i++) {
		out->sources.v[i].beg += begin.v[i];
		out->sources.v[i].end += begin.v[i];
	}
	return true;
}

/* The dead entries of an updated index are counted out by the store, here as everywhere. */
bool index_words(struct index *x, const struct xap_term_range *r, struct arena *a, struct xap_terms *out, struct err *err)
{
	return poslists_terms(x->positions, r, a, out, err);
}

bool index_word_set(struct index *x, span term, struct arena *a, const struct xap_query **out, struct err *err)
{
	struct xap_query *q = NEW(a, struct xap_query);
	struct u32s all = { 0 };
	uint32_t entry = 0;
	/* From entry to entry of the term's list; entry 0 is its end. */
	struct poslist *list = poslist_find(x->positions, term, a, err);
	do {
		if (!list || !poslist_next(list, entry + 1, &entry, err))
			return false;
		if (entry)
			*PUSH(a, &all) = entry;
	} while (entry && entry < UINT32_MAX);
	*q = (struct xap_query){ .op = XAP_SET, .entries = all.v, .nentries = all.n };
	*out = q;
	return true;
}

/* The length of the term's list. A citation has terms for its address and for all above it, so what
 * cites something below counts. */
bool index_cited_by(struct index *x, span address, uint32_t *documents, struct err *err)
{
	char term[256];
	uint64_t times;
	size_t n = field_term(F_CITES, address, term, sizeof term);
	return xap_frequency(x->xap, (span){ term, n }, documents, &times, err);
}

/* Read in a pass over the slot; kept until the index is closed, since nothing in a generation
 * changes. */
bool index_column(struct index *x, enum field f, const uint32_t **out, struct err *err)
{
	struct numbers *c = &x->column[f];
	struct arena scratch = { 0 };
	struct xap_postings p = { 0 };
	bool ok = c->v || xap_numbers(x->xap, (uint32_t)fields[f].slot, &scratch, &p, err);
	/* An entry without the value keeps 0. */
	if (ok && !c->v) {
		c->v = NEWN(&x->own, uint32_t, (size_t)x->stats.last_entry + 1);
		for (size_t i = 0; i < p.n; i++)
			c->v[p.v[i].entry] = p.v[i].wdf;
	}
	arena_release(&scratch);
	*out = c->v;
	return ok;
}

bool index_numbers(struct index *x, enum field f, const struct u32s *entries, uint32_t *out, struct err *err)
{
	/* A look-up costs some thirty times what a number costs in a pass over all. */
	enum { LOOK_UP_COST = 30 };
	struct numbers *c = &x->column[f];
	const uint32_t *all;
	c->asked += entries->n;
	if (!c->v && c->asked * LOOK_UP_COST < x->stats.last_entry)
		return xap_numbers_of(x->xap, (uint32_t)fields[f].slot, entries, out, err);
	if (!index_column(x, f, &all, err))
		return false;
	for (size_t i = 0; i < entries->n; i++)
		out[i] = entries->v[i] <= x->stats.last_entry ? all[entries->v[i]] : 0;
	return true;
}

/* A list of one: asking often for single numbers ends in the column, too. */
bool index_number(struct index *x, uint32_t entry, enum field f, uint32_t *out, struct err *err)
{
	return index_numbers(x, f, &(struct u32s){ &entry, 1, 1 }, out, err);
}

/* Kept like a column; an index without versions has an empty list and is not asked again. */
bool index_versions(struct index *x, const struct xap_postings **out, struct err *err)
{
	struct xap_postings all = { 0 };
	if (!x->versions) {
		if (!xap_numbers(x->xap, (uint32_t)fields[F_VERSION].slot, &x->own, &all, err))
			return false;
		x->versions = NEW(&x->own, struct xap_postings);
		*x->versions = all;
	}
	*out = x->versions;
	return true;
}
