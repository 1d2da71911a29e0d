#include "searcher/search_private.h"

#include "law/address.h"
#include "law/cite.h"

enum { ANSWERS_MAX = 10 };

/* Adds the document at entry once; the pinpoint is what is shown of it. */
static bool add_answer(struct searching *s, uint32_t entry, span pinpoint)
{
	for (size_t i = 0; i < s->out->answers.n; i++)
		if (s->out->answers.v[i].entry == entry)
			return true;
	if (s->out->answers.n >= ANSWERS_MAX)
		return true;
	struct hit *h = PUSH(s->a, &s->out->answers);
	h->entry = entry;
	h->rank = (uint32_t)s->out->answers.n;
	return hit_fill(s, h, pinpoint);
}

/* Several texts may have one address; each is an answer. */
static bool add_address(struct searching *s, span address)
{
	struct u32s found;
	if (!index_find(s->x, address, s->a, &found, s->err))
		return false;
	for (size_t i = 0; i < found.n && i < ANSWERS_MAX; i++)
		if (!add_answer(s, found.v[i], address))
			return false;
	return true;
}

/* A query for what cites any of the addresses takes the place of the user's. */
static void ask_who_cites(struct searching *s, const struct cites *readings)
{
	struct buf b = { .a = s->a };
	struct query_options plain = { 0 };
	for (size_t i = 0; i < readings->n && i < ANSWERS_MAX; i++)
		buf_printf(&b, "%s%.*s", b.n ? " or " : "cites(", SPAN_ARG(readings->v[i].address));
	buf_byte(&b, ')');
	s->query = query_parse(buf_span(&b), &plain, s->a);
}

/* Who puts a citation in quotation marks looks for the words. */
static bool whole_citation(struct searching *s, bool *is)
{
	span text = span_trim(s->r->text);
	bool phrase = s->query.root && s->query.root->kind == NODE_PHRASE;
	struct cites readings = phrase ? (struct cites){ 0 } : query_citation(text, &s->language, s->a);
	*is = readings.n > 0;
	if (!*is)
		return true;
	s->out->citation = readings.v[0].address;
	ask_who_cites(s, &readings);
	/* No leaves in it: what the query names is shown without marks, at its pinpoint. */
	s->plan = (struct plan){ .x = s->x, .a = s->a, .root = s->query.root, .weights = &rank_defaults };
	for (size_t i = 0; i < readings.n; i++)
		if (!add_address(s, readings.v[i].address))
			return false;
	return true;
}

/* Documents that satisfy another query, as answers. */
static bool answer_query(struct searching *s, span text, size_t max)
{
	struct query_options plain = { 0 };
	struct searching t = *s;
	struct xap_search q = { .count = (uint32_t)max, .deadline = s->deadline };
	struct xap_hits hits = { 0 };
	t.query = query_parse(text, &plain, s->a);
	/* It is of our own making: what cannot be asked is no answer, and no error. */
	if (t.query.bad || !t.query.root)
		return true;
	/* What was named is shown even if the filters would leave it out. */
	t.plan.filter = NULL;
	if (!plan_make(&t.plan, s->x, &t.query, s->a, s->err))
		return false;
	q.query = t.plan.match;
	if (!xap_search(s->x->xap, &q, s->a, &hits, s->err))
		return false;
	/* The words of this query are the ones marked in the answers. */
	s->plan = t.plan;
	for (size_t i = 0; i < hits.n; i++)
		if (!add_answer(s, hits.v[i].entry, (span){ 0 }))
			return false;
	return true;
}

/* "610.100": a section of that number in any code of the index. */
static bool section_number(struct searching *s)
{
	span text = span_trim(s->r->text), number = text;
	if (span_case_starts(number, SPAN("section ")))
		number = span_trim(span_sub(number, 8, number.n));
	else if (span_starts(number, SPAN("\xC2\xA7")))
		number = span_trim(span_sub(number, 2, number.n));
	if (!number.n || number.n > 32 || !is_digit(number.p[0]))
		return true;
	for (size_t i = 0; i < number.n; i++)
		if (!is_alnum(number.p[i]) && !memchr(".-:", number.p[i], 3))
			return true;
	return answer_query(s, arena_printf(s->a, "number:%.*s", SPAN_ARG(number)), ANSWERS_MAX);
}

/* "roe v wade", "in re gault": cases with these names in their caption. */
static bool case_name(struct searching *s)
{
	static const char *const signs[] = { " v. ", " v ", " vs. ", " vs ", "in re ", "ex parte ", "matter of " };
	span text = s->r->text;
	struct buf b = { .a = s->a };
	bool named = false;
	char low[256] = "";
	for (size_t i = 0; i < text.n && i < sizeof low - 1; i++)
		low[i] = to_lower(text.p[i]);
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		const char *at = strstr(low, signs[i]);
		named |= at && (signs[i][0] == ' ' || at == low);
	}
	if (!named || text.n >= sizeof low || s->query.leaves.n < 2)
		return true;
	for (size_t i = 0; i < s->query.leaves.n; i++) {
		const struct node *n = s->query.leaves.v[i];
		/* Left out; all that remains must be in the title. */
		bool sign = token_is_stop(n->text) || span_eq(n->text, SPAN("v")) || span_eq(n->text, SPAN("vs")) ||
			    span_eq(n->text, SPAN("re")) || span_eq(n->text, SPAN("ex"));
		if (n->kind != NODE_WORD)
			return true;
		if (!sign)
			buf_printf(&b, "%stitle:%.*s", b.n ? " AND " : "", SPAN_ARG(n->text));
	}
	return !b.n || answer_query(s, buf_span(&b), 5);
}

/* Plain queries on the first page of documents only: in the other dialects the user has said what
 * to look for. */
bool search_direct(struct searching *s)
{
	bool citation;
	if (s->r->by == BY_PASSAGE || s->offset || s->query.dialect != DIALECT_PLAIN || s->r->count_only)
		return true;
	if (!whole_citation(s, &citation) || citation)
		return s->err->code == ERR_NONE;
	return section_number(s) && case_name(s);
}
