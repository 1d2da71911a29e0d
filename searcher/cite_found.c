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
		/* Not what it says of itself: "as provided in this section". */
		if (fresh && !address_under(c->address, address_document(s->record.doc.address)))
			*PUSH(a, out) = c->address;
	}
}

/* Former numbers stand among the parallel citations, in a form of their own (law/former). */
static void find_formers(struct found *f, struct arena *a)
{
	const struct spans *l = &f->record.doc.meta.parallel;
	struct former was;
	for (size_t i = 0; i < l->n; i++)
		if (former_read(l->v[i], &was))
			*PUSH(a, &f->formers) = was;
}

/* The document is asked for by a number that it had. */
static bool by_old_number(const struct found *f)
{
	for (size_t i = 0; i < f->formers.n; i++)
		if (address_under(f->address, f->formers.v[i].address))
			return true;
	return false;
}

/* Those who cite both numbers count once, with the present one. */
static void append(struct found *f, const struct mentions *m, struct arena *a)
{
	struct map known = { .a = a };
	bool fresh;
	for (size_t i = 0; i < f->mentions.n; i++)
		map_put(&known, f->mentions.v[i].address, NULL);
	for (size_t i = 0; i < m->n; i++) {
		/* The document itself may note its old number. */
		if (address_under(m->v[i].address, f->record.doc.address))
			continue;
		map_put(&known, m->v[i].address, &fresh);
		f->by_former += fresh;
		*PUSH(a, &f->mentions) = m->v[i];
	}
	for (size_t i = 0; i < m->treated.n; i++)
		*PUSH(a, &f->mentions.treated) = m->treated.v[i];
}

/* Opens the document; asked for by a number that it had, all of it. */
static bool open_document(struct index *x, uint32_t entry, struct arena *a, struct found *f, struct err *err)
{
	if (!index_record(x, entry, a, &f->record, err))
		return false;
	f->here = true;
	find_formers(f, a);
	if (by_old_number(f))
		f->at = f->record.doc.address;
	return true;
}

/* Four steps: the document at the address; who cites it; failing both, the case that a page belongs
 * to; then, for a document with superseded numbers, who cites those. */
bool found_look_up(struct index *x, const struct inquiry *of, struct arena *a, struct found *f, struct err *err)
{
	struct located found;
	struct inquiry citing = *of;
	*f = (struct found){ .address = of->address };
	bool named = citator_find(x, of->address, a, &found, err);
	f->at = found.at;
	if (err->code || (named && !open_document(x, found.entry, a, f, err)))
		return false;
	citing.address = f->at;
	if (!citator_mentions(x, &citing, a, &f->mentions, err))
		return false;
	if (!named && !f->mentions.n && !citator_cited_page(x, &citing, a, &f->mentions, err))
		return false;
	f->at = f->mentions.within.n ? f->mentions.within : f->at;
	/* Those who cite it say that it is a case that the index has. */
	if (!named && f->mentions.also.entry) {
		if (!open_document(x, f->mentions.also.entry, a, f, err))
			return false;
		f->at = f->record.doc.address;
	}
	if (f->here) {
		f->shown = show_part(&f->record, f->at);
		cited_by_part(&f->shown, a, &f->cites);
		citator_treats(&f->record, a, &f->treats);
	}
	/* Who cites an old number cites all of the document, for its parts may have changed. */
	for (size_t i = 0; i < f->formers.n && span_eq(f->at, f->record.doc.address); i++) {
		struct mentions m;
		citing.address = f->formers.v[i].address;
		if (!citator_mentions(x, &citing, a, &m, err))
			return false;
		append(f, &m, a);
	}
	return true;
}

/* 8: a court that the table does not have; 9: none, which is a statute or other text. */
static int level_of(span court)
{
	const struct court *c = court_by_id(court);
	return c ? c->level : court.n ? 8 : 9;
}

/* Level, court, times, date (newest first), address, place: total, so that a document's mentions
 * stand side by side in their order. */
static int by_court(const void *x, const void *y)
{
	const struct mention *a = x, *b = y;
	int d = level_of(a->court) - level_of(b->court);
	d = d ? d : span_cmp(a->court, b->court);
	d = d ? d : (a->times < b->times) - (a->times > b->times);
	d = d ? d : (a->date < b->date) - (a->date > b->date);
	d = d ? d : address_order(a->address, b->address);
	return d ? d : (a->at > b->at) - (a->at < b->at);
}

/* After the sort a document's mentions follow one another: one citing is a run of them. */
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
