#include "searcher/toa.h"

#include <stdlib.h>
#include "base/hash.h"
#include "law/address.h"
#include "searcher/citator.h"
#include "searcher/output.h"

/* By the address for cases, so that a short form or an id. of one is a case, too. */
static enum toa_group group_of(const struct cite *c)
{
	if (span_starts(c->address, SPAN("/case/")))
		return TOA_CASES;
	return c->kind == CITE_STATUTE || c->kind == CITE_SESSION_LAW ? TOA_STATUTES : TOA_OTHER;
}

/* The first of the citations that are parallel to it. */
static const struct cite *first_of(const struct cites *all, const struct cite *c)
{
	/* Only ever towards the front, and a few steps: a ring of links ends, and so does a chain as long as the brief. */
	for (size_t hops = 0; c->parallel != CITE_NONE && all->v[c->parallel].address.n && hops < 8; hops++)
		if (&all->v[c->parallel] < c)
			c = &all->v[c->parallel];
		else
			break;
	return c;
}

/* "Roe v. Wade", "410 U.S. 113 (1973)": court and year as the text prints them. */
static void describe(struct authority *e, const struct cite *c, struct arena *a)
{
	span cite = address_display(e->address, a);
	if (c->kind == CITE_CASE && c->year) {
		bool court = c->court_text.n > 0;
		cite = arena_printf(a, "%.*s (%.*s%s%u)", SPAN_ARG(cite), SPAN_ARG(c->court_text), court ? " " : "", (unsigned)c->year);
	}
	/* A short form or an id. may come first; the citation that names the case describes it better. */
	if (!e->cite.n || (c->kind == CITE_CASE && !e->name.n))
		e->cite = cite;
	if (!e->name.n && e->group == TOA_CASES)
		e->name = citator_caption(c, a);
}

/* As such tables are printed: cases by name, all else by address. */
static int authority_cmp(const void *x, const void *y)
{
	const struct authority *a = x, *b = y;
	int d = (int)a->group - (int)b->group;
	if (!d && a->group == TOA_CASES)
		d = span_cmp(a->name, b->name);
	return d ? d : address_order(a->address, b->address);
}

struct toa toa_of(span text, const struct cites *cites, span own, struct arena *a)
{
	/* Form feeds part pages; a text without any has lines. */
	struct toa t = { .pages = span_find_byte(text, '\f', 0) < text.n };
	struct map known = { .a = a };
	uint32_t place = 1;
	size_t at = 0;
	for (size_t i = 0; i < cites->n; i++) {
		const struct cite *c = &cites->v[i], *first = first_of(cites, c);
		span address = address_document(first->address);
		bool fresh;
		/* On from the citation before, so that the text is gone through once. */
		for (; at < c->at.beg && at < text.n; at++)
			place += text.p[at] == (t.pages ? '\f' : '\n');
		/* What has no address, cannot be right, or is the document itself. */
		if (!address.n || c->status == CITE_IMPOSSIBLE || (own.n && address_under(address, own)))
			continue;
		uint32_t *slot = map_put(&known, address, &fresh);
		if (fresh) {
			*slot = (uint32_t)t.n;
			*PUSH(a, &t) = (struct authority){ .group = group_of(first), .address = address };
		}
		struct authority *e = &t.v[*slot];
		describe(e, first, a);
		e->mentions++;
		/* Citations come in order of the text, so a place that comes again is the last one. */
		if (!e->at.n || e->at.v[e->at.n - 1] != place)
			*PUSH(a, &e->at) = place;
	}
	if (t.n)
		qsort(t.v, t.n, sizeof *t.v, authority_cmp);
	return t;
}

const char *toa_group_title(enum toa_group g)
{
	static const char *const titles[TOA_GROUPS] = { "Cases", "Statutes", "Other authorities" };
	return titles[g];
}

/* "3, 7, 12" */
static void print_places(const struct places *p, struct buf *b)
{
	if (p->n >= TOA_PASSIM)
		buf_put(b, SPAN("passim"));
	else
		for (size_t i = 0; i < p->n; i++)
			buf_printf(b, "%s%u", i ? ", " : "", p->v[i]);
}

/* "  Roe v. Wade, 410 U.S. 113 (1973)  3, 7", below a heading for each group. */
void toa_text(const struct toa *t, struct buf *b)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct authority *e = &t->v[i];
		if (!i || e->group != t->v[i - 1].group)
			buf_printf(b, "%s%s (%s)\n", i ? "\n" : "", toa_group_title(e->group), t->pages ? "page" : "line");
		buf_put(b, SPAN("  "));
		output_safe(b, e->name);
		if (e->name.n)
			buf_put(b, SPAN(", "));
		output_safe(b, e->cite);
		buf_put(b, SPAN("  "));
		print_places(&e->at, b);
		buf_byte(b, '\n');
	}
}

/* "at" has all places, also where "passim" is true. */
void toa_json(const struct toa *t, struct json *j)
{
	static const char *const groups[TOA_GROUPS] = { "cases", "statutes", "other" };
	json_object(j);
	json_key_str(j, "places", t->pages ? SPAN("page") : SPAN("line"));
	json_key(j, "authorities");
	json_array(j);
	for (size_t i = 0; i < t->n; i++) {
		const struct authority *e = &t->v[i];
		json_object(j);
		json_key_str(j, "group", span_of(groups[e->group]));
		json_key_str(j, "address", e->address);
		json_key_str_or_null(j, "name", e->name);
		json_key_str(j, "cite", e->cite);
		json_key_uint(j, "mentions", e->mentions);
		json_key_bool(j, "passim", e->at.n >= TOA_PASSIM);
		json_key(j, "at"), json_array(j);
		for (size_t k = 0; k < e->at.n; k++)
			json_uint(j, e->at.v[k]);
		json_end(j, ']');
		json_end(j, '}');
	}
	json_end(j, ']');
	json_end(j, '}');
}
