#include "searcher/search_private.h"

#include "law/date.h"

static const struct xap_query *both(struct arena *a, const struct xap_query *x, const struct xap_query *y)
{
	return x ? plan_pair(a, XAP_AND, x, y) : y;
}

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
	hi = s->r->before.n ? hi - 1 : hi;
	*q = both(s->a, *q, plan_range(s->a, F_DATE, lo, hi));
	return true;
}

bool search_filter(struct searching *s, const struct xap_query **out)
{
	const struct search_request *r = s->r;
	const struct { enum field f; span list; } lists[] = {
		{ F_COURT, r->court }, { F_JURISDICTION, r->jurisdiction }, { F_KIND, r->kind }, { F_CODE, r->code }, { F_YEAR, r->year },
	};
	*out = NULL;
	if (r->kind.n && span_find_byte(r->kind, ',', 0) == r->kind.n && kind_of_name(r->kind) < 0)
		return err_set(s->err, ERR_REQUEST, "--kind=%.*s: no such kind; see docs/query.md", SPAN_ARG(r->kind));
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if (lists[i].list.n)
			*out = both(s->a, *out, any_value(s->a, lists[i].f, lists[i].list));
	if (r->cites.n) {
		struct cites readings = query_citation(r->cites, &s->language, s->a);
		const struct xap_query *any = NULL, *q;
		if (!readings.n)
			return err_set(s->err, ERR_REQUEST, "--cites=%.*s: not a citation", SPAN_ARG(r->cites));
		for (size_t i = 0; i < readings.n; i++) {
			if (!plan_cites(s->x, readings.v[i].address, s->a, &q, s->err))
				return false;
			any = any ? plan_pair(s->a, XAP_OR, any, q) : q;
		}
		*out = both(s->a, *out, any);
	}
	return dates(s, out);
}
