#include "searcher/query_private.h"

#include "law/address.h"
#include "law/cite.h"
#include "law/date.h"
#include "law/document.h"

/* A value is whole with or without quotation marks. */
static span unquoted(span s)
{
	s = span_trim(s);
	if (s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"')
		s = span_trim(span_sub(s, 1, s.n - 1));
	return s;
}

/* As it was written: field_term puts it in the index's form when it is planned. */
static struct node *value(struct parser *p, enum field f, span text, struct range at)
{
	struct node *n = node_new(p, NODE_VALUE, at);
	if (n) {
		n->field = f;
		n->text = text;
	}
	return n;
}

/* Eight at most; those without an address cannot be looked up. */
static void add_readings(struct cites *all, span text, const struct cite_context *in, struct arena *a)
{
	struct cites readings = { 0 };
	if (cite_parse(text, in, a, &readings))
		for (size_t i = 0; i < readings.n && all->n < 8; i++)
			if (readings.v[i].address.n)
				*PUSH(a, all) = readings.v[i];
}

struct cites query_citation(span text, const struct query_options *o, struct arena *a)
{
	struct cites all = { 0 };
	struct cite_context none = { 0 };
	/* No citation is longer than that many bytes. */
	if (!text.n || text.n > 300)
		return all;
	if (text.n > 1 && text.p[0] == '/') {
		if (span_find_byte(text, ' ', 0) == text.n)
			PUSH(a, &all)->address = text;
		return all;
	}
	add_readings(&all, text, &none, a);
	for (size_t i = 0; i < o->ncodes && !all.n; i++)
		add_readings(&all, text, &o->codes[i], a);
	return all;
}

/* Every reading of a citation, side by side with OR. */
static struct node *citation(struct parser *p, enum field f, span text, struct range at)
{
	struct cites readings = query_citation(text, p->o, p->a);
	struct node *all = NULL;
	for (size_t i = 0; i < readings.n && !p->q->bad; i++) {
		struct node *n = value(p, f, readings.v[i].address, at);
		all = all ? node_with(p, NODE_OR, all, n) : n;
	}
	if (!all)
		return query_fail(p, at, "write it as in \"42 U.S.C. § 1983\", or an address such as /us/usc/t42/s1983",
				  "\"%.*s\" is not a citation", (int)(text.n < 60 ? text.n : 60), text.p ? text.p : "");
	return all;
}

/* A share of the text, as documents show it ("0.8", ".95") or in hundredths ("80", "80%"). */
static bool share(span s, uint32_t *out)
{
	size_t dot = span_find_byte(s, '.', 0);
	uint64_t whole = 0, part = 0;
	if (dot == s.n) {
		s.n -= s.n && s.p[s.n - 1] == '%';
		*out = span_uint(s, 100, &whole) ? (uint32_t)whole : UINT32_MAX;
		return *out <= 100;
	}
	span after = span_sub(s, dot + 1, s.n);
	bool ok = (dot == 0 || span_uint(span_sub(s, 0, dot), 1, &whole)) && after.n >= 1 && after.n <= 3 && span_uint(after, 999, &part);
	uint32_t thousandths = (uint32_t)(part * (after.n == 1 ? 100 : after.n == 2 ? 10 : 1) + whole * 1000);
	/* Hundredths, rounded. */
	*out = (thousandths + 5) / 10;
	return ok && thousandths <= 1000;
}

/* A date or number: the least and the most it can mean. */
static bool number(enum field f, span s, uint32_t *lo, uint32_t *hi)
{
	uint64_t v;
	size_t len = 0;
	if (f == F_QUALITY) {
		bool ok = share(s, lo);
		*hi = *lo;
		return ok;
	}
	if (f != F_DATE) {
		if (!span_uint(s, UINT32_MAX, &v))
			return false;
		*lo = *hi = (uint32_t)v;
		return true;
	}
	uint32_t d = date_parse(s, &len);
	if (!d || span_trim(span_sub(s, len, s.n)).n)
		return false;
	*lo = d;
	*hi = d % 10000 == 0 ? d + 9999 : d % 100 == 0 ? d + 99 : d;
	return true;
}

static uint32_t days_in(uint32_t year, uint32_t month)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return month == 2 && leap ? 29 : month >= 1 && month <= 12 ? days[month - 1] : 31;
}

/* The first date after the last of a day, a month (99 for its day) or a year (9999). */
static uint32_t date_after(uint32_t d)
{
	uint32_t year = d / 10000, month = d / 100 % 100, day = d % 100;
	if (month == 99 || (month == 12 && (day == 99 || day == 31)))
		return (year + 1) * 10000;
	if (day == 99)
		return d / 100 * 100 + 100;
	return day >= days_in(year, month) ? (d / 100 + 1) * 100 + 1 : d + 1;
}

/* A whole month has 99 for its day, a whole year 9999, which is after every day of it. */
uint32_t date_before(uint32_t d)
{
	uint32_t year = d / 10000, month = d / 100 % 100, day = d % 100;
	if (!month || (month == 1 && day <= 1))
		return (year - 1) * 10000 + 9999;
	return day <= 1 ? (d / 100 - 1) * 100 + 99 : d - 1;
}

/* The least value above all that `hi` means. */
static uint32_t just_after(enum field f, uint32_t hi)
{
	return f == F_DATE ? date_after(hi) : hi + (hi < UINT32_MAX);
}

/* The greatest value below all that `lo` means. */
static uint32_t just_before(enum field f, uint32_t lo)
{
	return f == F_DATE ? date_before(lo) : lo ? lo - 1 : 0;
}

/* Takes the word off the front, where it stands there. */
static bool take(span *s, const char *word)
{
	span w = span_of(word);
	if (!span_case_starts(*s, w))
		return false;
	*s = span_trim(span_sub(*s, w.n, s->n));
	return true;
}

/* One condition: aft D, bef D, >= N, D..D, D. Narrows n. */
static bool condition(struct node *n, span s)
{
	uint32_t lo, hi, lo2, hi2;
	size_t dots = span_find(s, SPAN(".."), 0);
	if (dots < s.n) {
		if (!number(n->field, span_trim(span_sub(s, 0, dots)), &lo, &hi2) ||
		    !number(n->field, span_trim(span_sub(s, dots + 2, s.n)), &lo2, &hi))
			return false;
	} else {
		bool from = take(&s, ">=") || take(&s, "geq ") || take(&s, "since "), to = !from && (take(&s, "<=") || take(&s, "leq ") || take(&s, "until "));
		bool after = !from && !to && (take(&s, ">") || take(&s, "aft ") || take(&s, "after ") || take(&s, "gtr "));
		bool before = !from && !to && !after && (take(&s, "<") || take(&s, "bef ") || take(&s, "before ") || take(&s, "lss "));
		if (!from && !to && !after && !before && !take(&s, "="))
			take(&s, "is ");
		if (s.n > 2 && s.p[0] == '(' && s.p[s.n - 1] == ')') /* "geq (1/1/2010)" */
			s = span_trim(span_sub(s, 1, s.n - 1));
		if (!number(n->field, s, &lo, &hi))
			return false;
		/* "aft 2004" begins behind the end of 2004, "bef 2004" ends before its beginning;
		 * alone it is the whole of it. */
		uint32_t first = lo;
		lo = after ? just_after(n->field, hi) : to || before ? 0 : lo;
		hi = before ? just_before(n->field, first) : from || after ? UINT32_MAX : hi;
	}
	/* Conditions narrow one another: "aft 2000 & bef 2004" is one range. */
	n->lo = lo > n->lo ? lo : n->lo;
	n->hi = hi < n->hi ? hi : n->hi;
	return true;
}

/* range = condition { ("and" | "&") condition } */
static struct node *range(struct parser *p, enum field f, span raw, struct range at)
{
	struct node *n = node_new(p, NODE_RANGE, at);
	span rest = raw;
	n->field = f;
	n->hi = UINT32_MAX;
	if (++p->ranges > QUERY_RANGES)
		return query_fail(p, at, "join them into one", "more than %d ranges", QUERY_RANGES);
	while (rest.n) {
		size_t and = span_find(rest, SPAN(" and "), 0), amp = span_find_byte(rest, '&', 0);
		size_t cut = and < amp ? and : amp;
		if (!condition(n, span_trim(span_sub(rest, 0, cut))))
			return query_fail(p, at, f == F_DATE ? "write date(aft 1/1/2000 & bef 2004), date:2004 or date:2000..2004" :
					  f == F_QUALITY ? "write a share such as <0.8, or <80" : "write a whole number, >=10 or 10..20", "%s: \"%.*s\" is not understood", fields[f].name,
					  (int)(raw.n < 60 ? raw.n : 60), raw.p);
		rest = cut < rest.n ? span_sub(rest, cut + (and < amp ? 5 : 1), rest.n) : (span){ 0 };
	}
	return n;
}

/* The part of rest before " or " or "|"; takes it off. */
static span alternative(span *rest)
{
	size_t bar = span_find_byte(*rest, '|', 0), or = span_find(*rest, SPAN(" or "), 0), OR = span_find(*rest, SPAN(" OR "), 0);
	size_t word = or < OR ? or : OR, cut = bar < word ? bar : word;
	span part = unquoted(span_sub(*rest, 0, cut));
	*rest = cut < rest->n ? span_sub(*rest, cut + (bar < word ? 1 : 4), rest->n) : (span){ 0 };
	return part;
}

/* Whether text names a field before a colon or a bracket: then it is a query. */
static bool is_condition(span text)
{
	for (size_t i = 0; i < text.n; i++) {
		size_t beg = i;
		while (i < text.n && is_alpha(text.p[i]))
			i++;
		bool apart = beg == 0 || !is_alnum(text.p[beg - 1]);
		if (i > beg && i < text.n && apart && strchr(":(<>=", text.p[i]) && field_by_name(span_sub(text, beg, i)) >= 0)
			return true;
	}
	return false;
}

/* cites(court:ca1 date:2004): documents that cite one of which the query holds. */
static struct node *cited(struct parser *p, span raw, struct range at)
{
	struct query_options o = *p->o;
	struct query *of = NEW(p->a, struct query);
	/* One level deep: each condition is a whole search of its own. */
	if (o.inner || ++p->cited > QUERY_CITED)
		return query_fail(p, at, o.inner ? "search for the documents cited first, then for what cites them" : "join them into one",
				  o.inner ? "cites() within cites()" : "more than %d conditions on documents cited", QUERY_CITED);
	o.inner = true;
	*of = query_parse(raw, &o, p->a);
	if (of->bad)
		return query_fail(p, at, of->trouble.mend, "inside of cites(): %s", of->trouble.what);
	struct node *n = value(p, F_CITES, raw, at);
	if (n)
		n->of = of;
	return n;
}

/* "2004..2006", ">=2004", "after 2004". */
static bool is_span_of_years(span raw)
{
	span s = unquoted(raw);
	bool compares = s.n && !is_digit(s.p[0]) && is_digit(s.p[s.n - 1]) && span_find_byte(s, '|', 0) == s.n;
	return compares || span_find(s, SPAN(".."), 0) < s.n;
}

/* Kinds are a closed list, so a slip is told rather than left to find nothing. */
static struct node *kind_value(struct parser *p, span name, struct range at)
{
	const char *names[KIND_COUNT];
	if (kind_of_name(name) >= 0)
		return value(p, F_KIND, name, at);
	for (int k = 0; k < KIND_COUNT; k++)
		names[k] = kind_name((enum doc_kind)k);
	const char *near = nearest(name, names, KIND_COUNT);
	return query_fail(p, at, near ? near : "statute, opinion, order, bill, regulation, rule, constitution, transcript or other",
			  near ? "no kind \"%.*s\"; did you mean" : "no kind \"%.*s\"", (int)(name.n < 60 ? name.n : 60), name.p);
}

/* value { ("or" | "|") value }, a range of numbers or dates, or, in cites(), a query. What may be a
 * citation is read as one first. */
struct node *leaf_value(struct parser *p, enum field f, span raw, struct range at)
{
	struct node *all = NULL;
	if (f == F_YEAR && is_span_of_years(raw)) /* the same as of dates */
		f = F_DATE;
	if (fields[f].kind == FIELD_NUMBER && span_trim(raw).n)
		return range(p, f, unquoted(raw), at);
	if (f == F_CITES && is_condition(raw) && !query_citation(unquoted(raw), p->o, p->a).n)
		return cited(p, raw, at);
	for (span rest = raw; rest.n && !p->q->bad;) {
		span part = alternative(&rest);
		if (!part.n)
			continue;
		struct node *n = fields[f].kind == FIELD_ADDRESS ? citation(p, f, part, at) :
				 f == F_KIND ? kind_value(p, part, at) : value(p, f, part, at);
		all = all ? node_with(p, NODE_OR, all, n) : n;
	}
	if (!all)
		return query_fail(p, at, "write a value between the brackets", "nothing to look for in %s", fields[f].name);
	return all;
}
