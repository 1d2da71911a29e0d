#include "indexer/emit.h"

#include "base/buf.h"
#include "base/hash.h"
#include "indexer/emit_private.h"
#include "law/court.h"
#include "law/date.h"

/* Words of a field of its own, or stems alone when it is the breadcrumb. */
static uint32_t add_field_words(struct emission *e, enum field f, const struct tokens *t)
{
	for (size_t i = 0; i < t->n; i++) {
		char z[TERM_MAX_BYTES + 1] = "Z";
		size_t n = 1 + field_term(f, emit_stem(e, t->v[i].term), z + 1, sizeof z - 1);
		/* A word of the field has positions of the field's own, from
		 * 1; a stem has none, and weighs (docs/index-format.md). */
		if (f != F_BREADCRUMB)
			emit_add(e, emit_field(e, f, t->v[i].term), 0, t->v[i].pos);
		emit_add(e, emit_term(e, arena_dup(e->a, (span){ z, n })), 1, 0);
	}
	return t->words;
}

/* A title that the text does not begin with counts as words of the document:
 * they follow those of the text, a sentence and a paragraph of their own. */
static void add_title(struct emission *e)
{
	struct tokens t = tokens_of(e->r->doc.meta.title, e->a);
	e->title_words = add_field_words(e, F_TITLE, &t);
	if (record_shows_title(e->r, e->tokens, e->a))
		return;
	tokens_hash(&t, e->a);
	emit_words(e, &t);
	e->title_at = t.n ? e->tokens->words + 1 : 0;
}

/* After the sentences of the text, because positions of a term must ascend. */
static void add_title_starts(struct emission *e)
{
	if (!e->title_at)
		return;
	emit_add(e, emit_edge(e, F_SENTENCE, false), 0, e->title_at);
	emit_add(e, emit_edge(e, F_PARAGRAPH, false), 0, e->title_at);
}

/* Most significant byte first: Xapian compares values as bytes, and so they sort as numbers. */
static span be32(struct arena *a, uint32_t v)
{
	char b[4] = { (char)(v >> 24), (char)(v >> 16), (char)(v >> 8), (char)v };
	return arena_dup(a, (span){ b, 4 });
}

/* The document's addresses: its own, then those of its other citations. */
static span addresses(struct emission *e)
{
	const struct doc *d = &e->r->doc;
	const struct spans *all = &e->others_of;
	struct buf b = { .a = e->a };
	buf_put(&b, d->address);
	for (size_t i = 0; i < all->n && b.n + all->v[i].n < VALUE_MAX_BYTES; i++)
		buf_printf(&b, " %.*s", SPAN_ARG(all->v[i]));
	return buf_span(&b);
}

/* Versions of a text know each other's addresses: the least of these stands for all. */
static span version_of(struct emission *e)
{
	span least = e->r->doc.address;
	for (size_t i = 0; i < e->r->versions.n; i++)
		least = span_cmp(e->r->versions.v[i], least) < 0 ? e->r->versions.v[i] : least;
	uint32_t number = (uint32_t)hash64(least);
	return e->r->versions.n ? be32(e->a, number ? number : 1) : (span){ 0 };
}

/* In order of slots, as an entry wants them. What is unknown
 * has no value at all, so that no range of values holds it. */
static void add_values(struct emission *e, struct compact *out)
{
	const struct court *court = court_by_id(e->r->doc.meta.court);
	/* In thousandths first, as the record keeps it: read from there it must give the same value. */
	float kept = (float)(uint32_t)(e->r->doc.text.quality * 1000 + .5f) / 1000;
	uint32_t quality = (uint32_t)(kept * 100 + .5f);
	uint32_t lengths = (e->tokens->words < 0xFFFFFF ? e->tokens->words : 0xFFFFFF) << 8 |
			   (e->title_words < 255 ? e->title_words : 255);
	struct value all[] = {
		{ (uint32_t)fields[F_DATE].slot, e->r->doc.date ? be32(e->a, e->r->doc.date) : (span){ 0 } },
		{ (uint32_t)fields[F_COURT].slot, court ? be32(e->a, 255u - court->level) : (span){ 0 } },
		{ (uint32_t)fields[F_QUALITY].slot, be32(e->a, quality < 100 ? quality : 100) },
		{ (uint32_t)fields[F_LENGTHS].slot, be32(e->a, lengths) },
		{ (uint32_t)fields[F_OF].slot, addresses(e) },
		{ (uint32_t)fields[F_VERSION].slot, version_of(e) },
	};
	enum { SLOTS = sizeof all / sizeof *all };
	out->values = NEWN(e->a, struct value, SLOTS + 1);
	for (size_t i = 0; i < SLOTS; i++)
		if (all[i].bytes.n)
			out->values[out->nvalues++] = all[i];
}

/* Apart from emit: how many cite a document is known only when all have been read. */
void emit_cited_by(struct compact *c, uint32_t n, struct arena *a)
{
	uint32_t slot = (uint32_t)fields[F_CITED_BY].slot;
	size_t i = c->nvalues;
	if (!n)
		return;
	for (; i && c->values[i - 1].slot > slot; i--) /* in order of slots */
		c->values[i] = c->values[i - 1];
	c->values[i] = (struct value){ slot, be32(a, n) };
	c->nvalues++;
}

/* The words first; of the others, those of one term in ascending order of positions (compact.h). */
static void add_all(struct emission *e)
{
	struct tokens judge = tokens_of(e->r->doc.meta.judge, e->a);
	emit_words(e, e->tokens);
	add_title(e);
	add_field_words(e, F_JUDGE, &judge);
	for (size_t i = 0; i < e->r->doc.meta.breadcrumb.n; i++) {
		struct tokens crumb = tokens_of(e->r->doc.meta.breadcrumb.v[i], e->a);
		add_field_words(e, F_BREADCRUMB, &crumb);
	}
	emit_identity(e);
	emit_citations(e);
	emit_regions(e);
	add_title_starts(e);
	/* Last: until here others name their terms by place. */
	emit_resolve(e);
}

/* Whether the lexicons are full is asked between documents: within one, no term changes its lexicon. */
bool emit(const struct record *r, const struct tokens *tokens, struct emitter *m, struct arena *a, struct compact *out)
{
	struct emission e = { .r = r, .m = m, .a = a, .tokens = tokens };
	/* Those of the text and of a title: no title has more forms of words than two a byte. */
	e.words.v = arena_raw(a, (tokens->n + 2 * r->doc.meta.title.n + 1) * sizeof *e.words.v, 16);
	lexicon_empty(&m->own);
	m->full = emitter_bytes(m) >= m->memory;
	add_all(&e);
	*out = (struct compact){ .lexicons = &m->lexicons, .own = m->own.v, .nown = m->own.n, .words = e.words.v, .nwords = e.words.n,
				 .others = e.others.v, .nothers = e.others.n };
	add_values(&e, out);
	return !e.bad;
}
