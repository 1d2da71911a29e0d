/* Treatment of a case, gathered from the documents that cite it. */
#include <stdlib.h>
#include "base/buf.h"
#include "law/address.h"
#include "searcher/citator_private.h"
#include "searcher/excerpt.h"

enum { TREATED_SHOWN = 900 };

/* The case, or one of the citations parallel to it. */
static bool about(const struct record *r, uint32_t target, const struct alsos *same)
{
	const struct cite *c = &r->cites.v[target];
	uint32_t head = c->parallel == CITE_NONE ? target : c->parallel;
	for (size_t i = head; i < r->cites.n && i < head + 8u; i++) {
		const struct cite *o = &r->cites.v[i];
		if ((i == head || i == target || o->parallel == head) && citator_covers_any(o, same))
			return true;
	}
	return citator_covers_any(c, same);
}

/* The document itself, what it cites, or somebody else, named or not: then all three stay empty. */
static void who_acted(const struct record *r, const struct treatment *t, struct arena *a, struct treated *out)
{
	out->who = t->by;
	if (t->by == TREATED_HERE) {
		out->by = out->address;
		out->by_name = arena_dup(a, r->doc.meta.title);
		out->by_cite = out->display;
	} else if (t->by == TREATED_CITED) {
		const struct cite *c = &r->cites.v[t->actor];
		out->by = arena_dup(a, address_document(c->address));
		out->by_name = citator_caption(c, a);
		out->by_cite = c->address.n ? address_display(out->by, a) : arena_dup(a, span_range(r->doc.text.clean, c->at));
	}
}

/* All of it copied: the record is unpacked in memory that is used again. */
static void add(const struct record *r, const struct treatment *t, struct arena *a, struct treated_list *out)
{
	const struct doc *d = &r->doc;
	struct range keep = { t->words.beg, t->words.end };
	struct treated *n = PUSH(a, out);
	*n = (struct treated){ .kind = t->kind, .in_part = t->in_part, .other_grounds = t->other_grounds, .date = d->date,
		.cited = arena_dup(a, r->cites.v[t->target].address), .address = arena_dup(a, d->address),
		.place = arena_dup(a, excerpt_place(r, t->words.beg)), .court = arena_dup(a, d->meta.court),
		.display = arena_dup(a, d->display.n ? d->display : d->meta.title),
		.words = excerpt(r, t->words, keep, TREATED_SHOWN, a), .sentence = excerpt(r, t->sentence, keep, TREATED_SHOWN, a) };
	who_acted(r, t, a, n);
}

/* The grammar reads the whole document; what it says of other cases is left out here. */
void citator_treatment(const struct record *r, const struct alsos *same, struct arena *a, struct treated_list *out, struct arena *work)
{
	struct treatments l = treatments_of(r, work);
	for (size_t i = 0; i < l.n; i++)
		if (about(r, l.v[i].target, same))
			add(r, &l.v[i], a, out);
}

/* Only what the document does itself: what it reports of others stands with them. */
void citator_treats(const struct record *r, struct arena *a, struct treated_list *out)
{
	struct treatments l = treatments_of(r, a);
	for (size_t i = 0; i < l.n; i++)
		if (l.v[i].by == TREATED_HERE)
			add(r, &l.v[i], a, out);
	treated_sort(out);
}

/* Treatment before history, then by gravity, which is the order of the kinds; whole before "in
 * part". The last keys make the order total, so that output is the same each time. */
static int compare(const void *x, const void *y)
{
	const struct treated *a = x, *b = y;
	bool h = treatment_is_history(a->kind), k = treatment_is_history(b->kind);
	int d = h != k ? h - k : a->kind != b->kind ? (int)a->kind - (int)b->kind : (int)a->in_part - (int)b->in_part;
	d = d ? d : (int)a->other_grounds - (int)b->other_grounds;
	d = d ? d : address_order(a->by, b->by);
	d = d ? d : address_order(a->address, b->address);
	return d ? d : span_cmp(a->sentence, b->sentence);
}

void treated_sort(struct treated_list *l)
{
	if (l->n)
		qsort(l->v, l->n, sizeof *l->v, compare);
}

/* "overruled in part on other grounds" */
span treated_label(const struct treated *t, struct arena *a)
{
	return arena_printf(a, "%s%s%s", treatment_label(t->kind), t->in_part ? " in part" : "", t->other_grounds ? " on other grounds" : "");
}
