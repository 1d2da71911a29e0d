#include "law/treatment.h"

#include <stdlib.h>
#include "law/treatment_private.h"

static const struct {
	const char *name, *label;
} kinds[TREAT_KINDS] = {
	[TREAT_AFFIRMED] = { "affirmed", "affirmed" },
	[TREAT_REVERSED] = { "reversed", "reversed" },
	[TREAT_VACATED] = { "vacated", "vacated" },
	[TREAT_REMANDED] = { "remanded", "remanded" },
	[TREAT_MODIFIED] = { "modified", "modified" },
	[TREAT_WITHDRAWN] = { "withdrawn", "opinion withdrawn" },
	[TREAT_DISMISSED] = { "dismissed", "appeal dismissed" },
	[TREAT_REHEARING_DENIED] = { "rehearing_denied", "rehearing denied" },
	[TREAT_REVIEW_DENIED] = { "review_denied", "review denied" },
	[TREAT_CERT_DENIED] = { "cert_denied", "cert. denied" },
	[TREAT_CERT_GRANTED] = { "cert_granted", "cert. granted" },
	[TREAT_CERT_DISMISSED] = { "cert_dismissed", "cert. dismissed" },
	[TREAT_OVERRULED] = { "overruled", "overruled" },
	[TREAT_ABROGATED] = { "abrogated", "abrogated" },
	[TREAT_SUPERSEDED] = { "superseded", "superseded" },
	[TREAT_DISAPPROVED] = { "disapproved", "disapproved" },
	[TREAT_NOT_FOLLOWED] = { "not_followed", "not followed" },
	[TREAT_NOT_EXTENDED] = { "not_extended", "not extended" },
	[TREAT_QUESTIONED] = { "questioned", "questioned" },
	[TREAT_CRITICIZED] = { "criticized", "criticized" },
	[TREAT_LIMITED] = { "limited", "limited" },
	[TREAT_DISTINGUISHED] = { "distinguished", "distinguished" },
	[TREAT_FOLLOWED] = { "followed", "followed" },
};

const char *treatment_name(enum treatment_kind k)
{
	return kinds[k].name;
}

const char *treatment_label(enum treatment_kind k)
{
	return kinds[k].label;
}

bool treatment_is_history(enum treatment_kind k)
{
	/* In the enum, what happens to a case in its own course comes before what others say of it. */
	return k < TREAT_OVERRULED;
}

/* The same words may be read twice, as history and as prose, or from either side. */
void treatment_add(struct reading *d, struct treatment t)
{
	/* Only the last few: looking at all would be quadratic. */
	for (size_t i = d->out->n; i-- > 0 && d->out->n - i < 8;) {
		const struct treatment *o = &d->out->v[i];
		if (o->kind == t.kind && o->target == t.target && o->words.beg == t.words.beg)
			return;
	}
	*PUSH(d->a, d->out) = t;
}

static int by_place(const void *x, const void *y)
{
	const struct treatment *a = x, *b = y;
	if (a->words.beg != b->words.beg)
		return a->words.beg < b->words.beg ? -1 : 1;
	return (a->target > b->target) - (a->target < b->target);
}

struct treatments treatments_of(const struct record *r, struct arena *a)
{
	struct treatments out = { 0 };
	struct reading d = { .r = r, .t = r->doc.text.clean, .cites = &r->cites, .a = a, .out = &out };
	/* History first: prose asks what the orders were about (case_of_order). */
	for (uint32_t i = 0; i < r->cites.n; i++)
		history_after(&d, i);
	prose_read(&d);
	/* In the order of the text, and of equal places by target. */
	if (out.n)
		qsort(out.v, out.n, sizeof *out.v, by_place);
	return out;
}
