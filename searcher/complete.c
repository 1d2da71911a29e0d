/* complete: what a query begun may become. */
#include <stdlib.h>
#include "base/json.h"
#include "law/address.h"
#include "searcher/complete_private.h"
#include "searcher/output.h"
#include "searcher/printed.h"

enum {
	PREFIX_MAX = 300,     /* bytes; more is no beginning of anything */
	TERMS_LOOKED_AT = 5000,
	TITLE_WORDS = 64,     /* continuations of the last word that are looked for in titles */
	TITLES_LOOKED_AT = 20,/* records that are read for their title */
	DEADLINE_MS = 200,
};

/* Blind to case: what completes a title may also be a word. The first kind to give a text keeps it,
 * so the order of calls is the order of worth. */
void complete_add(struct completing *c, span text, const char *kind)
{
	for (size_t i = 0; i < c->out.n; i++)
		if (span_case_eq(c->out.v[i].text, text))
			return;
	if (text.n && c->out.n < c->max)
		*PUSH(c->a, &c->out) = (struct suggestion){ text, kind };
}

/* Words stand in the position files, all other fields in the database; the callers need not know
 * which. */
bool complete_terms(struct completing *c, enum field f, span begins, size_t max, struct xap_terms *out)
{
	struct xap_term_range r = { .max = max };
	r.prefix = arena_printf(c->a, "%s%.*s", fields[f].prefix, SPAN_ARG(begins));
	if (fields[f].kind == FIELD_WORDS)
		return index_words(c->x, &r, c->a, out, c->err);
	return xap_terms(c->x->xap, &r, c->a, out, c->err);
}

/* Documents whose address goes on from this one. One more than asked for: the
 * first may be what was typed. */
static bool addresses_from(struct completing *c, span begins, bool local)
{
	struct xap_terms t = { 0 };
	if (!complete_terms(c, F_ADDRESS, begins, c->max * 4, &t))
		return false;
	for (size_t i = 0; i < t.n; i++) {
		span address = span_sub(t.v[i].term, strlen(fields[F_ADDRESS].prefix), t.v[i].term.n);
		span shown = local ? address_display(address, c->a) : address;
		/* Containers have no local form. */
		if (!local)
			complete_add(c, shown, "address");
		else if (shown.n && shown.p[0] != '/')
			complete_add(c, shown, "citation");
	}
	return true;
}

/* "610.1" or "§ 610.1": sections of the codes at hand. */
static bool sections_from(struct completing *c, bool *is)
{
	span number = c->typed;
	if (span_case_starts(number, SPAN("section ")))
		number = span_trim(span_sub(number, 8, number.n));
	else if (span_starts(number, SPAN("\xC2\xA7")))
		number = span_trim(span_sub(number, 2, number.n));
	*is = number.n && is_digit(number.p[0]) && span_find_byte(number, ' ', 0) == number.n;
	if (!*is)
		return true;
	for (size_t i = 0; i < c->x->ncodes; i++) {
		const struct cite_context *code = &c->x->codes[i];
		if (!addresses_from(c, address_section(code->jurisdiction, code->code, number, c->a), true))
			return false;
	}
	return true;
}

/* In this order: an address as it is; a bare section number of the codes at hand; a whole citation,
 * which may go on below ("42 U.S.C. 1983" to its subsections); and where that gives nothing, a
 * citation half typed. */
static bool citations(struct completing *c)
{
	struct query_options o = { .codes = c->x->codes, .ncodes = c->x->ncodes };
	span whole = span_trim(c->typed);
	bool number;
	if (whole.n && whole.p[0] == '/')
		return addresses_from(c, whole, false);
	if (!sections_from(c, &number) || number)
		return c->err->code == ERR_NONE;
	struct cites readings = query_citation(whole, &o, c->a);
	for (size_t i = 0; i < readings.n; i++)
		if (!addresses_from(c, readings.v[i].address, true))
			return false;
	return c->out.n || complete_containers(c);
}

/* By documents, then by bytes, so that the order is the same each time. */
static int commoner(const void *x, const void *y)
{
	const struct xap_term *a = x, *b = y;
	if (a->entries != b->entries)
		return a->entries > b->entries ? -1 : 1;
	return span_cmp(a->term, b->term);
}

/* Where the word that is being typed begins. */
static size_t last_word(span s)
{
	size_t at = s.n;
	/* Bytes above 0x7F are letters of some script: none is cut in the middle. */
	while (at && (is_alnum(s.p[at - 1]) || (unsigned char)s.p[at - 1] >= 0x80))
		at--;
	return at;
}

/* The commonest ways to go on with the last word, in a field of words. */
static bool ways_on(struct completing *c, enum field f, struct xap_terms *out)
{
	span word = span_sub(c->prefix, last_word(c->prefix), c->prefix.n);
	if (!word.n)
		return true;
	if (!complete_terms(c, f, word, TERMS_LOOKED_AT, out))
		return false;
	if (out->n)
		qsort(out->v, out->n, sizeof *out->v, commoner);
	return true;
}

/* Titles that have every whole word typed and go on with the last. */
static bool title_query(struct completing *c, struct xap_query *out)
{
	const struct xap_query **sub = NEWN(c->a, const struct xap_query *, PREFIX_MAX);
	const struct xap_query **any = NEWN(c->a, const struct xap_query *, TITLE_WORDS);
	struct xap_query *last = NEW(c->a, struct xap_query);
	struct xap_terms t = { 0 };
	span whole = span_sub(c->prefix, 0, last_word(c->prefix));
	/* word AND word AND (way on OR way on ...): at most PREFIX_MAX words, since each takes a
	 * byte of the prefix at least. */
	size_t n = 0, words = 0;
	*out = (struct xap_query){ .op = XAP_NONE };
	if (!ways_on(c, F_TITLE, &t))
		return false;
	for (; words < t.n && words < TITLE_WORDS; words++)
		if (!index_word_set(c->x, t.v[words].term, c->a, &any[words], c->err))
			return false;
	*last = (struct xap_query){ .op = XAP_OR, .sub = any, .nsub = words };
	for (size_t i = 0; i < whole.n && n < PREFIX_MAX - 1;) {
		size_t beg = i;
		while (i < whole.n && is_alnum(whole.p[i]))
			i++;
		span word = arena_printf(c->a, "%s%.*s", fields[F_TITLE].prefix, (int)(i - beg), whole.p + beg);
		if (i == beg)
			i++;
		else if (!index_word_set(c->x, word, c->a, &sub[n++], c->err))
			return false;
	}
	if (words)
		sub[n++] = last;
	else if (last_word(c->prefix) < c->prefix.n)
		n = 0; /* no title goes on like this */
	if (n)
		*out = (struct xap_query){ .op = XAP_AND, .sub = sub, .nsub = n };
	return true;
}

/* Titles in which the words stand, those that begin with them first, then the
 * most cited. What is late is left out. */
static bool titles(struct completing *c, size_t share)
{
	struct xap_query q;
	struct xap_hits hits = { 0 };
	struct record r[TITLES_LOOKED_AT];
	size_t n = 0, stop = c->out.n + share;
	if (!title_query(c, &q) || q.op == XAP_NONE)
		return c->err->code == ERR_NONE;
	struct xap_search s = { .query = &q, .count = TITLES_LOOKED_AT, .sort = XAP_BY_VALUE_DOWN,
				.sort_slot = (uint32_t)fields[F_CITED_BY].slot,
				.deadline = search_clock() + DEADLINE_MS * 1000000ull };
	if (!xap_search(c->x->xap, &s, c->a, &hits, c->err)) {
		if (!c->err->late)
			return false;
		*c->err = (struct err){ 0 };
	}
	for (; n < hits.n; n++)
		if (!index_record(c->x, hits.v[n].entry, c->a, &r[n], c->err))
			return false;
	for (int begins = 1; begins >= 0; begins--)
		for (size_t i = 0; i < n && c->out.n < stop; i++)
			if (span_case_starts(r[i].doc.meta.title, c->prefix) == (begins != 0))
				complete_add(c, r[i].doc.meta.title, r[i].doc.kind == KIND_OPINION ? "caption" : "title");
	return true;
}

/* Words of one document alone are often misspelt: only where there is nothing
 * else. Figures are no words. */
static bool words(struct completing *c)
{
	struct xap_terms t = { 0 };
	span head = span_sub(c->typed, 0, last_word(c->typed));
	if (head.n < c->typed.n && is_digit(c->typed.p[head.n]))
		return true;
	/* "42 U.S.C": what follows a period without a blank is no word of the text. */
	if (head.n && head.p[head.n - 1] == '.')
		return true;
	if (!ways_on(c, F_TEXT, &t))
		return false;
	for (size_t i = 0; i < t.n && c->out.n < c->max && (i == 0 || t.v[i].entries > 1); i++)
		complete_add(c, arena_printf(c->a, "%.*s%.*s", SPAN_ARG(head), SPAN_ARG(t.v[i].term)), "word");
	return true;
}

/* ASCII alone: other letters are looked for as they were typed. */
static span lower(span s, struct arena *a)
{
	char *p = NEWN(a, char, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		p[i] = to_lower(s.p[i]);
	return (span){ p, s.n };
}

/* {"schema":1,"suggestions":[{"text":"42 U.S.C. § 1983","kind":"citation"}]}; kinds are citation,
 * address, caption, title, word, value. */
static void as_json(const struct completing *c, struct buf *b)
{
	struct json j = { .out = b };
	json_object(&j);
	json_key_uint(&j, "schema", 1);
	json_key(&j, "suggestions");
	json_array(&j);
	for (size_t i = 0; i < c->out.n; i++) {
		json_object(&j);
		json_key_str(&j, "text", c->out.v[i].text);
		json_key_str(&j, "kind", span_of(c->out.v[i].kind));
		json_end(&j, '}');
	}
	json_end(&j, ']');
	json_end(&j, '}');
	buf_byte(b, '\n');
}

/* Titles get half of what room citations leave, words the rest, so that titles never push out the
 * words. */
bool suggest_print(struct index *x, const struct suggest_request *r, struct buf *b, size_t *n, struct err *err)
{
	struct completing c = { .x = x, .max = r->limit, .a = b->a, .err = err };
	c.typed = r->prefix;
	while (c.typed.n && is_space(c.typed.p[0]))
		c.typed = span_sub(c.typed, 1, c.typed.n);
	c.prefix = lower(c.typed, b->a);
	bool value = false;
	if (c.typed.n && c.typed.n <= PREFIX_MAX) {
		/* A field that was named ("court:") decides alone: what follows its colon is no
		 * word of a text. */
		if (!complete_field(&c, &value))
			return false;
		if (!value && (!citations(&c) || !titles(&c, (c.max - c.out.n + 1) / 2) || !words(&c)))
			return false;
	}
	*n = c.out.n;
	if (r->json)
		as_json(&c, b);
	for (size_t i = 0; i < c.out.n && !r->json; i++) {
		output_safe(b, c.out.v[i].text);
		buf_byte(b, '\n');
	}
	return true;
}
