/* cites(court:ca1): documents that cite one of which a query holds. */
#include "searcher/plan_private.h"

#include <stdlib.h>
#include "base/sort.h"
#include "law/address.h"

/* Documents that the condition may find, and addresses of theirs that are
 * cited: a tree for Xapian has at most 20,000 nodes. */
enum { CITED_DOCUMENTS = 20000, CITED_ADDRESSES = 15000, RANGES_MAX = 20000 };

/* The order in which plan_is_cited searches. */
static int by_address(const void *x, const void *y)
{
	return address_order(*(const span *)x, *(const span *)y);
}

/* The number of addresses of the list that come before the address. */
static size_t before(const struct spans *sorted, span address)
{
	size_t lo = 0, hi = sorted->n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (address_order(sorted->v[mid], address) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

bool plan_is_cited(const struct spans *sorted, span address, span last)
{
	/* A range cites what lies between its ends: the first listed one at or after its beginning
	 * tells. */
	if (last.n) {
		size_t at = before(sorted, address);
		if (at < sorted->n && address_between(sorted->v[at], address, last))
			return true;
	}
	/* Then the address itself and all above it: who cites a subdivision cites the section. */
	do {
		size_t at = before(sorted, address);
		if (at < sorted->n && span_eq(sorted->v[at], address))
			return true;
	} while (address_parent(&address));
	return false;
}

/* The addresses of a document that anything cites. */
static bool add_addresses(struct plan *p, uint32_t entry, struct leaf_plan *leaf, struct err *err)
{
	span all, one;
	char term[256];
	if (!xap_value(p->x->xap, (struct xap_place){ entry, (uint32_t)fields[F_OF].slot }, p->a, &all, err))
		return false;
	while (span_cut(&all, ' ', &one)) {
		uint32_t entries = 0;
		uint64_t times;
		size_t n = field_term(F_CITES, one, term, sizeof term);
		if (!xap_frequency(p->x->xap, (span){ term, n }, &entries, &times, err))
			return false;
		/* What nobody cites would only make the tree larger. */
		if (entries)
			*PUSH(p->a, &leaf->cited) = one;
	}
	return true;
}

/* Ranges that hold any of them, whatever the code. */
static bool add_ranges(struct plan *p, struct leaf_plan *leaf, struct spans *terms, struct err *err)
{
	char prefix[16];
	struct xap_terms t = { 0 };
	struct xap_term_range r = { .max = RANGES_MAX };
	r.prefix = (span){ prefix, field_term(F_CITES_RANGE, (span){ 0 }, prefix, sizeof prefix) };
	if (!xap_terms(p->x->xap, &r, p->a, &t, err))
		return false;
	for (size_t i = 0; i < t.n && terms->n < CITED_ADDRESSES; i++) {
		span lo, hi = span_sub(t.v[i].term, r.prefix.n, t.v[i].term.n);
		span_cut(&hi, ' ', &lo);
		if (plan_is_cited(&leaf->cited, lo, hi))
			*PUSH(p->a, terms) = t.v[i].term;
	}
	return true;
}

/* Documents that satisfy the condition, with their addresses. */
static bool find(struct plan *p, const struct node *n, struct leaf_plan *leaf, struct err *err)
{
	/* A search of its own, without filter: what is narrowed is who cites, not what is cited. */
	struct plan of = { .deadline = p->deadline };
	struct xap_hits hits = { 0 };
	struct xap_search q = { .count = CITED_DOCUMENTS + 1, .sort = XAP_BY_ENTRY, .deadline = p->deadline };
	if (!plan_make(&of, p->x, n->of, p->a, err))
		return false;
	if (!plan_resolve(&of, p->deadline, err))
		return false;
	if (of.unfinished)
		return err_late(err, "deadline passed in cites(%.*s)", SPAN_ARG(n->text));
	q.query = of.match;
	if (!xap_search(p->x->xap, &q, p->a, &hits, err))
		return false;
	bool ok = true;
	for (size_t i = 0; ok && i < hits.n; i++)
		ok = add_addresses(p, hits.v[i].entry, leaf, err);
	if (ok && (hits.n > CITED_DOCUMENTS || leaf->cited.n > CITED_ADDRESSES))
		return err_set(err, ERR_REQUEST, "cites(%.*s): more than %d documents are of that kind; narrow it", SPAN_ARG(n->text),
			       CITED_ADDRESSES);
	return ok;
}

/* The answer is kept twice: as addresses, for marks, and as a query for who cites any of them. */
bool plan_cited(struct plan *p, const struct node *n, struct err *err)
{
	struct leaf_plan *leaf = &p->leaf[n->leaf];
	struct spans terms = { 0 };
	if (!find(p, n, leaf, err)) {
		if (err->code == ERR_TRY_AGAIN)
			err->code = ERR_REQUEST; /* late, before the search itself could begin */
		return false;
	}
	if (leaf->cited.n)
		qsort(leaf->cited.v, leaf->cited.n, sizeof *leaf->cited.v, by_address);
	for (size_t i = 0; i < leaf->cited.n; i++) {
		char term[256];
		*PUSH(p->a, &terms) = arena_dup(p->a, (span){ term, field_term(F_CITES, leaf->cited.v[i], term, sizeof term) });
	}
	if (leaf->cited.n && !add_ranges(p, leaf, &terms, err))
		return false;
	leaf->citing = plan_any_term(p->a, &terms);
	return true;
}

/* By the document's own citations alone: the search has no time to ask those who cite it, as `cite`
 * does. */
bool plan_case(struct plan *p, const struct node *n, struct err *err)
{
	struct leaf_plan *leaf = &p->leaf[n->leaf];
	struct index_names names = { 0 };
	bool decided = span_starts(n->text, SPAN("/case/")) || span_starts(n->text, SPAN("/docket/"));
	if (!decided || leaf->cited.n)
		return true;
	if (!index_names(p->x, n->text, p->a, &names, err))
		return false;
	leaf->cited = names.all;
	if (leaf->cited.n)
		qsort(leaf->cited.v, leaf->cited.n, sizeof *leaf->cited.v, by_address);
	return true;
}

/* Candidates are few, but each would be looked up under every address: so all
 * documents that cite any of them are listed once. */
bool plan_citing(struct plan *p, struct leaf_plan *leaf, uint32_t entry, bool *holds, struct err *err)
{
	if (!leaf->listed) {
		struct xap_hits hits = { 0 };
		struct xap_search q = { .query = plan_scaled(p->a, leaf->citing, 0), .count = UINT32_MAX, .deadline = p->deadline };
		if (!xap_search(p->x->xap, &q, p->a, &hits, err))
			return false;
		for (size_t i = 0; i < hits.n; i++) /* of equal weight: in order of entries */
			*PUSH(p->a, &leaf->list) = hits.v[i].entry;
		leaf->listed = true;
	}
	size_t k = FIRST_NUMBER(&leaf->list, entry);
	*holds = k < leaf->list.n && leaf->list.v[k] == entry;
	return true;
}
