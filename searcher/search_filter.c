#include "searcher/search_private.h"

#include "law/date.h"

/* Filters narrow one another. */
static const struct xap_query *both(struct arena *a, const struct xap_query *x, const struct xap_query *y)
{
	return x ? plan_pair(a, XAP_AND, x, y) : y;
}

/* court=ca1,ca2: any of them. A court's documents bear the terms of the courts above it, too, so a
 * court means all below. */
static const struct xap_query *any_value(struct arena *a, enum field f, span list)
{
	const struct xap_query *any = NULL;
	span value;
	while (span_cut(&list, ',', &value)) {
		const struct xap_query *q = plan_field(a, f, span_trim(value));
		any = any ? plan_pair(a, XAP_OR, any, q) : q;
	}
	return any;
}

/* Whole or not at all: "2004-13" must not be taken for 2004. */
static bool date_bound(struct searching *s, span text, const char *name, uint32_t *out)
{
	size_t len = 0;
	*out = date_parse(text, &len);
	if (*out && len == text.n)
		return true;
	return err_set(s->err, ERR_REQUEST, "--%s=%.*s: not a date; write 2004, 2004-07 or 2004-07-31", name, SPAN_ARG(text));
}

static bool dates(struct searching *s, const struct xap_query **q)
{
	uint32_t lo = 0, hi = UINT32_MAX;
	if (!s->r->after.n && !s->r->before.n)
		return true;
	if (s->r->after.n && !date_bound(s, s->r->after, "after", &lo))
		return false;
	if (s->r->before.n && !date_bound(s, s->r->before, "before", &hi))
		return false;
	/* From the first day of `after` on; up to the day before `before`. */
	hi = s->r->before.n ? date_before(hi) : hi;
	*q = both(s->a, *q, plan_range(s->a, F_DATE, lo, hi));
	return true;
}

/* --cites: a citation, or what cites() may hold. */
static bool citing(struct searching *s, const struct xap_query **out)
{
	struct query_options o = s->language;
	struct plan plan = { .deadline = s->deadline };
	struct query q = query_parse(arena_printf(s->a, "cites(%.*s)", SPAN_ARG(s->r->cites)), &o, s->a);
	bool other = !q.bad && q.root->kind != NODE_VALUE && q.root->kind != NODE_OR;
	if (q.bad || other)
		return err_set(s->err, ERR_REQUEST, "--cites=%.*s: %s; %s", SPAN_ARG(s->r->cites),
			       other ? "not a citation" : q.trouble.what, other ? "see docs/query.md" : q.trouble.mend);
	if (!plan_make(&plan, s->x, &q, s->a, s->err))
		return false;
	*out = both(s->a, *out, plan.match);
	return true;
}

/* Filters have as many values as a request may have, no more. */
static bool few_values(struct searching *s, span list, size_t *values)
{
	span value;
	while (span_cut(&list, ',', &value))
		if (++*values > QUERY_FILTERS)
			return err_set(s->err, ERR_REQUEST, "more than %d values in the filters", QUERY_FILTERS);
	return true;
}

/* A single kind that there is none of is refused, since a slip would look like "nothing found"; of
 * several some may be. */
bool search_filter(struct searching *s, const struct xap_query **out)
{
	const struct search_request *r = s->r;
	const struct { enum field f; span list; } lists[] = {
		{ F_COURT, r->court }, { F_JURISDICTION, r->jurisdiction }, { F_KIND, r->kind }, { F_CODE, r->code }, { F_YEAR, r->year },
	};
	size_t values = 0;
	*out = NULL;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (!few_values(s, lists[i].list, &values))
			return false;
	if (r->kind.n && span_find_byte(r->kind, ',', 0) == r->kind.n && kind_of_name(r->kind) < 0)
		return err_set(s->err, ERR_REQUEST, "--kind=%.*s: no such kind; see docs/query.md", SPAN_ARG(r->kind));
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (lists[i].list.n)
			*out = both(s->a, *out, any_value(s->a, lists[i].f, lists[i].list));
	return (!r->cites.n || citing(s, out)) && dates(s, out);
}
