/* complete: citations before they can be read, and values of fields. */
#include "law/address.h"
#include "searcher/complete_private.h"

enum {
	CONTAINERS_MAX = 600, /* reporters and codes looked at */
	EACH = 64,            /* terms looked at below one: subdivisions and pages are among them */
	CLOSED_MAX = 128,     /* letters and digits of a citation begun */
};

/* Letters and digits alone, in lower case: "42 U.S.C", "42 USC" and "42 u. s. c." begin the same citation. */
static span closed(span s, struct arena *a)
{
	char *p = arena_raw(a, s.n + 1, 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n && n < CLOSED_MAX; i++)
		if (is_alnum(s.p[i]))
			p[n++] = to_lower(s.p[i]);
	return (span){ p, n };
}

/* A reporter ("/case/frk") or code ("/us/usc", "/us-mo/rsmo"): its citations go on from
 * `below` when the number typed first is their volume or title. */
static bool container(struct completing *c, enum field f, span at)
{
	/* /case/frk/219/...; /us/usc/t42/s...; /us-mo/rsmo/s...: a reporter's cases cannot be told
	 * before the volume is. */
	size_t digits = 0;
	bool reports = span_starts(at, SPAN("/case/"));
	struct xap_terms t = { 0 };
	while (digits < c->typed.n && is_digit(c->typed.p[digits]))
		digits++;
	if (reports && !digits)
		return true;
	span below = reports ? arena_printf(c->a, "%.*s/%.*s/", SPAN_ARG(at), (int)digits, c->typed.p)
		   : digits ? arena_printf(c->a, "%.*s/t%.*s/s", SPAN_ARG(at), (int)digits, c->typed.p)
			    : arena_printf(c->a, "%.*s/s", SPAN_ARG(at));
	/* How a citation of it is written is asked of an invented one. */
	span shown = address_display(arena_printf(c->a, "%.*s1", SPAN_ARG(below)), c->a);
	if (!shown.n || shown.p[0] == '/' || !span_starts(closed(shown, c->a), closed(c->typed, c->a)))
		return true;
	if (!complete_terms(c, f, below, EACH, &t))
		return false;
	for (size_t i = 0; i < t.n; i++)
		complete_add(c, address_display(address_document(span_sub(t.v[i].term, strlen(fields[f].prefix), t.v[i].term.n)), c->a), "citation");
	return true;
}

/* The first two segments of an address: "/us/usc" of "/us/usc/t42/s1983". */
static span container_of(span address)
{
	size_t second = span_find_byte(address, '/', 1);
	return span_sub(address, 0, second < address.n ? span_find_byte(address, '/', second + 1) : second);
}

/* All containers of a field of addresses, one look-up each: what is below one is skipped. */
static bool containers(struct completing *c, enum field f)
{
	span prefix = arena_printf(c->a, "%s/", fields[f].prefix);
	struct xap_term_range r = { .prefix = prefix, .max = 1 };
	for (size_t i = 0; i < CONTAINERS_MAX && c->out.n < c->max; i++) {
		struct xap_terms t = { 0 };
		if (!xap_terms(c->x->xap, &r, c->a, &t, c->err))
			return false;
		if (!t.n)
			return true;
		span at = container_of(span_sub(t.v[0].term, prefix.n - 1, t.v[0].term.n));
		if (!container(c, f, at))
			return false;
		/* '/' + 1: behind all that goes on below it, and behind itself. */
		r.after = arena_printf(c->a, "%s%.*s0", fields[f].prefix, SPAN_ARG(at));
	}
	return true;
}

/* First what the index has, then what its documents cite: a case that is only cited can be looked
 * up, too. */
bool complete_containers(struct completing *c)
{
	bool letter = false, period = false;
	for (size_t i = 0; i < c->typed.n; i++) {
		letter |= is_alpha(c->typed.p[i]);
		period |= c->typed.p[i] == '.';
	}
	/* Plain words are no beginning of a citation. */
	if (!letter || !(period || is_digit(c->typed.p[0])))
		return true;
	return containers(c, F_ADDRESS) && containers(c, F_CITES);
}

/* The last word alone: "arrest court:ca" goes on with courts, and the words in front stay as typed. */
bool complete_field(struct completing *c, bool *is)
{
	size_t beg = c->typed.n, colon;
	while (beg && !is_space(c->typed.p[beg - 1]))
		beg--;
	span word = span_sub(c->prefix, beg, c->prefix.n);
	colon = span_find_byte(word, ':', 0);
	int f = colon < word.n ? field_by_name(span_sub(word, 0, colon)) : -1;
	/* Only fields of fixed values; a field of words goes on like any text. */
	*is = f >= 0 && fields[f].kind == FIELD_EXACT;
	struct xap_terms t = { 0 };
	if (*is && !complete_terms(c, (enum field)f, span_sub(word, colon + 1, word.n), c->max, &t))
		return false;
	for (size_t i = 0; i < t.n; i++)
		complete_add(c, arena_printf(c->a, "%.*s%.*s", (int)(beg + colon + 1), c->typed.p,
					     SPAN_ARG(span_sub(t.v[i].term, strlen(fields[f].prefix), t.v[i].term.n))), "value");
	return true;
}
