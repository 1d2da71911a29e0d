#include "store/compact.h"

#include "base/sort.h"

const char *compact_refuse(const struct compact *c)
{
	uint64_t length = c->nwords;
	for (size_t i = 0; i < c->nothers; i++)
		length += c->others[i].wdf;
	if (length > UINT32_MAX)
		return "a length of 2^32 or more";
	return entry_refuse(&(struct entry){ .values = c->values, .nvalues = c->nvalues, .data = c->data });
}

/* --- as an entry --- */

/* One occurrence by the bytes of its term: what no two lexicons number alike. */
struct use {
	const struct lexeme *term;
	uint32_t wdf, pos;
};
struct uses {
	struct use *v;
	size_t n, cap;
};

static span term_at(const void *uses, uint32_t of)
{
	return lexeme_span(((const struct use *)uses)[of].term);
}

static struct uses uses_of(const struct compact *c, struct arena *a)
{
	struct uses u = { arena_raw(a, (2 * c->nwords + c->nothers + 1) * sizeof *u.v, 16), 0, 0 };
	uint32_t pos = 0;
	for (size_t i = 0; i < c->nwords; i++) {
		const struct lexeme *w = compact_lexeme(c, c->words[i]);
		pos += !(c->words[i] & COMPACT_SAME);
		u.v[u.n++] = (struct use){ w, 0, pos };
		u.v[u.n++] = (struct use){ compact_lexeme(c, w->weighs), 1, 0 };
	}
	for (size_t i = 0; i < c->nothers; i++)
		u.v[u.n++] = (struct use){ compact_lexeme(c, c->others[i].term), c->others[i].wdf, c->others[i].pos };
	return u;
}

struct entry compact_expand(const struct compact *c, struct arena *a)
{
	struct entry e = { .values = c->values, .nvalues = c->nvalues, .data = c->data };
	struct uses u = uses_of(c, a);
	struct sort_item *keys = arena_raw(a, (u.n + 1) * sizeof *keys, 16);
	uint32_t *pos = arena_raw(a, (u.n + 1) * sizeof *pos, 16);
	for (size_t i = 0; i < u.n; i++)
		keys[i].of = (uint32_t)i;
	/* Stable, so occurrences of a term stay in the order they came. */
	sort_strings(&(struct sort_strings){ term_at, u.v, a }, keys, u.n);
	e.postings = arena_raw(a, (u.n + 1) * sizeof *e.postings, 16);
	for (size_t i = 0; i < u.n; i++) {
		const struct use *x = &u.v[keys[i].of];
		struct posting *p = e.npostings ? &e.postings[e.npostings - 1] : NULL;
		if (!p || !span_eq(p->term, lexeme_span(x->term))) {
			p = &e.postings[e.npostings++];
			*p = (struct posting){ .term = lexeme_span(x->term), .pos = pos, .hash = x->term->hash };
		}
		p->wdf += x->wdf;
		if (x->pos > (p->npos ? p->pos[p->npos - 1] : 0)) {
			*pos++ = x->pos;
			p->npos++;
		}
	}
	return e;
}

/* --- as bytes --- */

enum { HEAD = 4 };

span compact_pack(const struct compact *c, struct arena *a)
{
	uint32_t head[HEAD] = { (uint32_t)c->nwords, (uint32_t)c->nothers, (uint32_t)c->nown, (uint32_t)c->nvalues };
	struct buf b = { .a = a };
	size_t fixed = sizeof head + c->nwords * sizeof *c->words + c->nothers * sizeof *c->others;
	/* The numbers as they lie in memory: these bytes never leave the run that wrote them. */
	buf_need(&b, fixed + 16 * c->nvalues + 64);
	buf_put(&b, (span){ (char *)head, sizeof head });
	buf_put(&b, (span){ (const char *)c->words, c->nwords * sizeof *c->words });
	buf_put(&b, (span){ (const char *)c->others, c->nothers * sizeof *c->others });
	for (size_t i = 0; i < c->nown; i++) {
		buf_varint(&b, c->own[i].weighs);
		buf_varint(&b, c->own[i].hash);
		buf_packed(&b, lexeme_span(&c->own[i]));
	}
	for (size_t i = 0; i < c->nvalues; i++) {
		buf_varint(&b, c->values[i].slot);
		buf_packed(&b, c->values[i].bytes);
	}
	while (b.n % sizeof(uint32_t)) /* so that the next one is aligned, too */
		buf_byte(&b, 0);
	return buf_span(&b);
}

/* The next n numbers of `each` bytes, as they lie; null when they are cut off. */
static const void *take_array(struct unpack *u, size_t n, size_t each)
{
	const void *p = u->rest.p;
	if (n > u->rest.n / each) {
		u->bad = true;
		return NULL;
	}
	u->rest = span_sub(u->rest, n * each, u->rest.n);
	return p;
}

bool compact_unpack(span packed, struct arena *a, struct compact *out)
{
	struct unpack u = { .rest = packed };
	const uint32_t *head = take_array(&u, HEAD, sizeof *head);
	*out = (struct compact){ 0 };
	if (u.bad)
		return false;
	out->words = take_array(&u, out->nwords = head[0], sizeof *out->words);
	out->others = take_array(&u, out->nothers = head[1], sizeof *out->others);
	out->nown = head[2];
	out->nvalues = head[3];
	if (u.bad || out->nown > u.rest.n || out->nvalues > u.rest.n)
		return false;
	struct lexeme *own = arena_raw(a, (out->nown + 1) * sizeof *own, 16);
	/* One place more: what a run finds out of a document may be a value, too. */
	out->values = arena_raw(a, (out->nvalues + 1) * sizeof *out->values, 16);
	for (size_t i = 0; i < out->nown; i++) {
		uint32_t weighs = take_u32(&u), hash = take_u32(&u);
		span term = take_packed(&u);
		own[i] = lexeme_make(term, hash);
		own[i].weighs = weighs;
	}
	out->own = own;
	for (size_t i = 0; i < out->nvalues; i++) {
		out->values[i].slot = take_u32(&u);
		out->values[i].bytes = take_packed(&u);
	}
	return !u.bad;
}
