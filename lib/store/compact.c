#include "store/compact.h"

#include "base/sort.h"

/* A word's stem weighs one for each occurrence: so the words are the length, with what others weigh. */
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

/* A word is two uses: itself with its position, and its stem with a weight of one. */
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

/* The reference for what a compact document means; the API builder and term lists take it. */
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
		/* What does not ascend is left out, as invert_walk.c leaves it out. */
		if (x->pos > (p->npos ? p->pos[p->npos - 1] : 0)) {
			*pos++ = x->pos;
			p->npos++;
		}
	}
	return e;
}

/* --- as bytes ---
 *
 * Terms are numbered as they are met, so frequent ones have small numbers: a word
 * takes two bytes where it takes four in memory, and the few that do not fit have
 * an escape. Bytes of varying length would be fewer yet, but no processor foretells
 * where they end, and that takes longer than to write these. */

enum { ESCAPE = 0xFFFF, WORD_MAX = 6, OTHER_MAX = 16, WDF_FOLLOWS = 2, ALL_FOLLOWS = 3 };

/* Numbers as they lie in memory: these bytes never leave the run that wrote them. */
#define PUT(p, v) (memcpy((p), &(v), sizeof(v)), (p) += sizeof(v))
#define TAKE(p, v) (memcpy(&(v), (p), sizeof(v)), (p) += sizeof(v))

/* A word: its number, and below it the two flags that it can have. */
static unsigned char *put_word(unsigned char *p, uint32_t word)
{
	uint32_t v = (word & COMPACT_NUMBER) << 2 | word >> 30;
	uint16_t few = (uint16_t)(v < ESCAPE ? v : ESCAPE);
	PUT(p, few);
	if (few == ESCAPE)
		PUT(p, v);
	return p;
}

/* Nearly all have a wdf of 0 or 1, which goes below the position. */
static unsigned char *put_other(unsigned char *p, const struct occurrence *o)
{
	uint32_t how = o->pos > UINT32_MAX >> 2 ? ALL_FOLLOWS : o->wdf > 1 ? WDF_FOLLOWS : o->wdf;
	uint32_t pos = how == ALL_FOLLOWS ? how : o->pos << 2 | how;
	PUT(p, o->term);
	PUT(p, pos);
	if (how >= WDF_FOLLOWS)
		PUT(p, o->wdf);
	if (how == ALL_FOLLOWS)
		PUT(p, o->pos);
	return p;
}

static void put_occurrences(struct buf *b, const struct compact *c)
{
	buf_need(b, c->nwords * WORD_MAX + c->nothers * OTHER_MAX);
	unsigned char *p = (unsigned char *)b->p + b->n;
	for (size_t i = 0; i < c->nwords; i++)
		p = put_word(p, c->words[i]);
	for (size_t i = 0; i < c->nothers; i++)
		p = put_other(p, &c->others[i]);
	b->n = (size_t)(p - (unsigned char *)b->p);
}

/* Four counts; words; others; own terms (weighs, hash, bytes); values (slot, bytes).
 * Occurrences are of fixed widths but for escapes, the rest is packed seven bits a byte. */
span compact_pack(const struct compact *c, struct arena *a)
{
	size_t head[] = { c->nwords, c->nothers, c->nown, c->nvalues };
	struct buf b = { .a = a };
	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		buf_varint(&b, head[i]);
	put_occurrences(&b, c);
	for (size_t i = 0; i < c->nown; i++) {
		buf_varint(&b, c->own[i].weighs);
		buf_varint(&b, c->own[i].hash);
		buf_packed(&b, lexeme_span(&c->own[i]));
	}
	for (size_t i = 0; i < c->nvalues; i++) {
		buf_varint(&b, c->values[i].slot);
		buf_packed(&b, c->values[i].bytes);
	}
	return buf_span(&b);
}

/* A document has no more of anything than it has bytes. */
static size_t take_count(struct unpack *u)
{
	uint64_t n = take_varint(u);
	u->bad |= n > u->rest.n;
	return u->bad ? 0 : (size_t)n;
}

/* put_word backwards. The length is looked at before each read:
 * a spill that came back short must not be read beyond its end. */
static bool take_words(const unsigned char **at, const unsigned char *end, uint32_t *words, size_t n)
{
	const unsigned char *p = *at;
	for (size_t i = 0; i < n; i++) {
		uint16_t few;
		uint32_t v;
		if (end - p < (ptrdiff_t)sizeof few)
			return false;
		TAKE(p, few);
		v = few;
		if (few == ESCAPE && end - p < (ptrdiff_t)sizeof v)
			return false;
		if (few == ESCAPE)
			TAKE(p, v);
		words[i] = v >> 2 | v << 30;
	}
	*at = p;
	return true;
}

/* put_other backwards, likewise. */
static bool take_others(const unsigned char **at, const unsigned char *end, struct occurrence *others, size_t n)
{
	const unsigned char *p = *at;
	for (size_t i = 0; i < n; i++) {
		struct occurrence *o = &others[i];
		uint32_t pos;
		if (end - p < 2 * (ptrdiff_t)sizeof pos)
			return false;
		TAKE(p, o->term);
		TAKE(p, pos);
		o->wdf = pos & 3;
		o->pos = pos >> 2;
		if (o->wdf < WDF_FOLLOWS)
			continue;
		bool all = o->wdf == ALL_FOLLOWS;
		if (end - p < (all ? 2 : 1) * (ptrdiff_t)sizeof pos)
			return false;
		TAKE(p, o->wdf);
		if (all)
			TAKE(p, o->pos);
	}
	*at = p;
	return true;
}

/* take_count bounded both numbers by the bytes there are, so both lists may be allocated. */
static void take_occurrences(struct unpack *u, struct compact *out, struct arena *a)
{
	const unsigned char *p = (const unsigned char *)u->rest.p, *end = p + u->rest.n;
	uint32_t *words = arena_raw(a, (out->nwords + 1) * sizeof *words, 16);
	struct occurrence *others = arena_raw(a, (out->nothers + 1) * sizeof *others, 16);
	if (!u->bad && take_words(&p, end, words, out->nwords) && take_others(&p, end, others, out->nothers))
		u->rest = (span){ (const char *)p, (size_t)(end - p) };
	else
		u->bad = true;
	out->words = words;
	out->others = others;
}

/* In the order of compact_pack. Numbers of terms are not checked
 * against the lexicons: the bytes never leave the program. */
bool compact_unpack(span packed, struct arena *a, struct compact *out)
{
	struct unpack u = { .rest = packed };
	*out = (struct compact){ 0 };
	out->nwords = take_count(&u);
	out->nothers = take_count(&u);
	out->nown = take_count(&u);
	out->nvalues = take_count(&u);
	take_occurrences(&u, out, a);
	if (u.bad)
		return false;
	struct lexeme *own = arena_raw(a, (out->nown + 1) * sizeof *own, 16);
	/* One place more: what a run finds out of a document may be a value, too. */
	out->values = arena_raw(a, (out->nvalues + 1) * sizeof *out->values, 16);
	for (size_t i = 0; i < out->nown && !u.bad; i++) {
		uint32_t weighs = take_u32(&u), hash = take_u32(&u);
		span term = take_packed(&u);
		u.bad |= term.n > TERM_MAX_BYTES;
		if (!u.bad)
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
