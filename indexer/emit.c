#include "indexer/emit.h"

#include "base/buf.h"
#include "base/hash.h"
#include "indexer/emit_private.h"
#include "law/court.h"
#include "law/date.h"
#include "store/entry.h"

/* Room for the positions of each word at once: counted first, then put in. */
static void place_words(struct emission *e, const uint32_t *count)
{
	const struct tokens *t = &e->tokens;
	uint32_t *pos = arena_raw(e->a, (t->n + 1) * sizeof *pos, 16);
	for (size_t i = 0; i < e->nwords; i++) {
		e->terms.v[i].pos = pos;
		e->terms.v[i].room = count[i];
		pos += count[i];
	}
	for (size_t i = 0; i < t->n; i++) {
		struct term *w = &e->terms.v[e->ids[i]];
		if (!w->npos || w->pos[w->npos - 1] < t->v[i].pos)
			w->pos[w->npos++] = t->v[i].pos;
	}
}

/* Words and their stems. The surface form has positions and no weight, the
 * stem has weight and no positions: what ranks is the stem. */
static void add_words(struct emission *e)
{
	const struct tokens *t = &e->tokens;
	e->ids = arena_raw(e->a, (t->n + 1) * sizeof *e->ids, 16);
	for (size_t i = 0; i < t->n; i++)
		e->ids[i] = term_of(&e->terms, t->v[i].term, hash_word(t->v[i].term));
	/* Until here the table holds words alone, so its numbers are theirs. */
	e->nwords = e->terms.n;
	uint32_t *count = NEWN(e->a, uint32_t, e->nwords + 1);
	for (size_t i = 0; i < t->n; i++)
		count[e->ids[i]]++;
	place_words(e, count);
	for (size_t i = 0; i < e->nwords; i++)
		stems_fetch(e->stems, e->terms.v[i].hash);
	for (size_t i = 0; i < e->nwords; i++)
		stems_fetch_text(e->stems, e->terms.v[i].hash);
	for (size_t i = 0; i < e->nwords; i++) {
		struct stem_hashed stem = stem_hashed(e->stems, e->terms.v[i].term, e->terms.v[i].hash, e->a);
		uint32_t number = term_of(&e->terms, stem.z, stem.hash);
		e->terms.v[number].wdf += count[i];
	}
}

/* Words of a field of its own, or stems alone when it is the breadcrumb. */
static uint32_t add_field_words(struct emission *e, enum field f, span text)
{
	struct tokens t = tokens_of(text, e->a);
	for (size_t i = 0; i < t.n; i++) {
		char z[TOKEN_MAX_BYTES * 2] = "Z";
		span stem = stem_of(e->stems, t.v[i].term, e->a);
		size_t n = 1 + field_term(f, stem, z + 1, sizeof z - 1);
		if (f != F_BREADCRUMB)
			term_field(&e->terms, f, t.v[i].term, 0, t.v[i].pos);
		term_add(&e->terms, term_of(&e->terms, arena_dup(e->a, (span){ z, n }), hash_word((span){ z, n })), 1, 0);
	}
	return t.words;
}

/* A title that the text does not begin with counts as words of the document:
 * they follow those of the text, a sentence and a paragraph of their own. */
static void add_title(struct emission *e)
{
	span title = e->r->doc.meta.title;
	e->title_words = add_field_words(e, F_TITLE, title);
	if (record_shows_title(e->r, &e->tokens, e->a))
		return;
	struct tokens t = tokens_of(title, e->a);
	uint32_t from = e->tokens.words;
	for (size_t i = 0; i < t.n; i++) {
		uint32_t hash = hash_word(t.v[i].term);
		struct stem_hashed stem = stem_hashed(e->stems, t.v[i].term, hash, e->a);
		term_add(&e->terms, term_of(&e->terms, t.v[i].term, hash), 0, from + t.v[i].pos);
		term_add(&e->terms, term_of(&e->terms, stem.z, stem.hash), 1, 0);
	}
	e->title_at = t.n ? from + 1 : 0;
}

/* After the sentences of the text, because positions of a term must ascend. */
static void add_title_starts(struct emission *e)
{
	if (!e->title_at)
		return;
	term_field(&e->terms, F_SENTENCE, SPAN("("), 0, e->title_at);
	term_field(&e->terms, F_PARAGRAPH, SPAN("("), 0, e->title_at);
}

static span be32(struct emission *e, uint32_t v)
{
	char b[4] = { (char)(v >> 24), (char)(v >> 16), (char)(v >> 8), (char)v };
	return arena_dup(e->a, (span){ b, 4 });
}

/* The document's addresses: its own, then those of its other citations. */
static span addresses(struct emission *e)
{
	const struct doc *d = &e->r->doc;
	const struct spans *all = &e->others;
	struct buf b = { .a = e->a };
	buf_put(&b, d->address);
	for (size_t i = 0; i < all->n && b.n + all->v[i].n < VALUE_MAX_BYTES; i++)
		buf_printf(&b, " %.*s", SPAN_ARG(all->v[i]));
	return buf_span(&b);
}

static struct value *values(struct emission *e, const struct emit_facts *f, size_t *n)
{
	const struct court *court = court_by_id(e->r->doc.meta.court);
	uint32_t quality = (uint32_t)(e->r->doc.text.quality * 100 + .5f);
	uint32_t lengths = (e->tokens.words < 0xFFFFFF ? e->tokens.words : 0xFFFFFF) << 8 |
			   (e->title_words < 255 ? e->title_words : 255);
	struct value all[] = {
		{ (uint32_t)fields[F_DATE].slot, e->r->doc.date ? be32(e, e->r->doc.date) : (span){ 0 } },
		{ (uint32_t)fields[F_CITED_BY].slot, f->cited_by ? be32(e, f->cited_by) : (span){ 0 } },
		{ (uint32_t)fields[F_COURT].slot, court ? be32(e, 255u - court->level) : (span){ 0 } },
		{ (uint32_t)fields[F_QUALITY].slot, be32(e, quality < 100 ? quality : 100) },
		{ (uint32_t)fields[F_LENGTHS].slot, be32(e, lengths) },
		{ (uint32_t)fields[F_OF].slot, addresses(e) },
	};
	enum { SLOTS = sizeof all / sizeof *all };
	struct value *out = NEWN(e->a, struct value, SLOTS);
	*n = 0;
	for (size_t i = 0; i < SLOTS; i++)
		if (all[i].bytes.n)
			out[(*n)++] = all[i];
	return out;
}

static void document(struct emission *e, const struct emit_facts *f, struct entries *out)
{
	add_words(e);
	add_title(e);
	add_field_words(e, F_JUDGE, e->r->doc.meta.judge);
	for (size_t i = 0; i < e->r->doc.meta.breadcrumb.n; i++)
		add_field_words(e, F_BREADCRUMB, e->r->doc.meta.breadcrumb.v[i]);
	emit_identity(e);
	emit_citations(e);
	emit_regions(e);
	add_title_starts(e);
	struct entry *x = PUSH(e->a, out);
	x->postings = terms_sorted(&e->terms, &x->npostings);
	x->values = values(e, f, &x->nvalues);
	x->data = f->data;
}

struct entries emit(const struct record *r, const struct emit_facts *f, struct stems *stems, struct arena *a)
{
	struct emission e = { .r = r, .a = a, .stems = stems, .tokens = *f->tokens };
	struct entries out = { 0 };
	e.terms = terms_for(e.tokens.n, a);
	document(&e, f, &out);
	return out;
}
