/* The documents that satisfy a query exactly, where Xapian alone cannot tell:
 * candidates in order of entries, so that each position file is read once,
 * front to back; then each is held against the tree. */
#include "searcher/plan_private.h"
#include "searcher/search_private.h"

enum { CANDIDATES_MAX = 100000 };

/* From the position files, or, where the tree does not bound itself by words
 * (a NOT, a court, any document), from Xapian. */
struct candidates {
	struct plan *p;
	struct scan *scan;
	struct xap_hits hits;
	size_t next;
};

/* Past the deadline it goes on with what came until then; beyond CANDIDATES_MAX the answer says
 * that it is not exact. */
static bool from_xapian(struct candidates *c, uint64_t deadline, struct err *err)
{
	struct xap_search q = { .query = c->p->match, .count = CANDIDATES_MAX, .sort = XAP_BY_ENTRY, .deadline = deadline };
	if (!xap_search(c->p->x->xap, &q, c->p->a, &c->hits, err)) {
		if (!err->late)
			return false;
		*err = (struct err){ 0 };
		c->p->unfinished = true;
	}
	c->p->cut |= c->hits.n == CANDIDATES_MAX;
	return true;
}

/* The next after the last; 0 is the end. A scan is asked to skip, Xapian's list is walked. */
static bool candidate(struct candidates *c, uint32_t after, uint32_t *entry, struct err *err)
{
	*entry = 0;
	if (c->scan)
		return after == UINT32_MAX || scan_next(c->scan, after + 1, entry, err);
	if (c->next < c->hits.n)
		*entry = c->hits.v[c->next++].entry;
	return true;
}

/* Memory of one candidate is used for the next: an exact answer of any size costs what its entries
 * need. */
static bool keep(struct candidates *c, uint64_t deadline, struct u32s *out, struct err *err)
{
	struct plan *p = c->p;
	struct arena scratch = { .escape = p->a->escape };
	uint32_t entry = 0;
	bool ok = true, holds;
	while ((ok = candidate(c, entry, &entry, err)) && entry) {
		if (deadline && search_clock() > deadline) { /* each time: nested proximity may take long on one */
			p->unfinished = true;
			break;
		}
		ok = plan_holds(p, entry, &holds, &scratch, err);
		if (ok && holds)
			*PUSH(p->a, out) = entry;
		arena_reset(&scratch);
		if (!ok)
			break;
	}
	arena_release(&scratch);
	return ok;
}

/* The filter stands outside: candidates are held against the query alone, and Xapian joins both. */
bool plan_resolve(struct plan *p, uint64_t deadline, struct err *err)
{
	struct candidates c = { .p = p };
	struct xap_query *set = NEW(p->a, struct xap_query);
	struct u32s found = { 0 };
	if (p->exact)
		return true;
	if (!plan_scan(p, p->root, &c.scan, err) || (!c.scan && !from_xapian(&c, deadline, err)) ||
	    !keep(&c, deadline, &found, err))
		return false;
	*set = (struct xap_query){ .op = XAP_SET, .entries = found.v, .nentries = found.n };
	p->match = p->filter ? plan_pair(p->a, XAP_FILTER, set, p->filter) : set;
	p->exact = true;
	return true;
}
