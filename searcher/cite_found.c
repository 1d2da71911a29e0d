#include "searcher/cite_found.h"

#include <stdlib.h>
#include "base/hash.h"
#include "law/address.h"
#include "law/court.h"

/* Addresses that the part cites, each once, in order of first mention. */
static void cited_by_part(const struct shown *s, struct arena *a, struct spans *out)
{
	struct map seen = { .a = a };
	for (size_t i = 0; i < s->record.cites.n; i++) {
		const struct cite *c = &s->record.cites.v[i];
		bool fresh;
		if (!c->address.n || c->at.beg < s->at.beg || c->at.beg >= s->at.end)
			continue;
		map_put(&seen, c->address, &fresh);
		if (fresh && !address_under(c->address, address_document(s->record.doc.address)))
			*PUSH(a, out) = c->address;
	}
}

bool found_look_up(struct index *x, span address, size_t max, struct arena *a, struct found *f, struct err *err)
{
	uint32_t entry;
	*f = (struct found){ .address = address, .at = address };
	f->here = citator_find(x, address, a, &entry, &f->at, err);
	if (err->code || (f->here && !index_record(x, entry, a, &f->record, err)))
		return false;
	if (f->here) {
		f->shown = show_part(&f->record, f->at);
		cited_by_part(&f->shown, a, &f->cites);
		citator_treats(&f->record, a, &f->treats);
	}
	return citator_report(x, f->at, max, a, &f->mentions, err);
}

static int level_of(span court)
{
	const struct court *c = court_by_id(court);
	return c ? c->level : court.n ? 8 : 9;
}

static int by_court(const void *x, const void *y)
{
	const struct mention *a = x, *b = y;
	int d = level_of(a->court) - level_of(b->court);
	d = d ? d : span_cmp(a->court, b->court);
	d = d ? d : (a->times < b->times) - (a->times > b->times);
	d = d ? d : (a->date < b->date) - (a->date > b->date);
	d = d ? d : citator_order(a->address, b->address);
	return d ? d : (a->at > b->at) - (a->at < b->at);
}

struct citings found_by_court(struct mentions *m, struct arena *a)
{
	struct citings out = { 0 };
	if (m->n)
		qsort(m->v, m->n, sizeof *m->v, by_court);
	for (size_t i = 0; i < m->n; i++) {
		if (!i || !span_eq(m->v[i].address, m->v[i - 1].address))
			*PUSH(a, &out) = (struct citing){ i, 0 };
		out.v[out.n - 1].n++;
	}
	return out;
}
