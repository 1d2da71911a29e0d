/* Terms as numbers: of the thread's lexicon, or of the document when that is full. */
#include "base/hash.h"
#include "indexer/emit_private.h"

/* Words that are fetched while one is looked up: their slots, then their lexemes.
 * Most of the time of looking up is waiting for memory. */
enum { AHEAD = 16, NEAR = 6 };

/* memory 0: the lexicons count as full from the start, so that documents carry all their terms (run_build). */
void emitter_open(struct emitter *m, size_t memory)
{
	*m = (struct emitter){ .memory = memory, .stems = stems_open() };
}

void emitter_close(struct emitter *m)
{
	lexicon_release(&m->lexicons.words);
	lexicon_release(&m->lexicons.rest);
	lexicon_release(&m->own);
	stems_close(m->stems);
}

/* The document's own lexicon is left out: it is emptied each time. */
size_t emitter_bytes(const struct emitter *m)
{
	return lexicon_bytes(&m->lexicons.words) + lexicon_bytes(&m->lexicons.rest);
}

/* rest: COMPACT_REST, or 0 for a word of a text. */
static inline uint32_t number_of(struct emitter *m, span term, uint32_t hash, uint32_t rest)
{
	struct lexicon *l = rest ? &m->lexicons.rest : &m->lexicons.words;
	uint32_t n = lexicon_find(l, term, hash);
	if (n != TERM_NONE)
		return n | rest;
	n = lexicon_put(m->full ? &m->own : l, term, hash);
	return n == TERM_NONE ? n : n | (m->full ? COMPACT_OWN : rest);
}

/* Good until the next term is put: a lexicon that grows moves. */
static struct lexeme *lexeme_of(struct emitter *m, uint32_t number)
{
	struct lexicon *l = number & COMPACT_OWN ? &m->own : number & COMPACT_REST ? &m->lexicons.rest : &m->lexicons.words;
	return &l->v[number & COMPACT_NUMBER];
}

/* The first time that a word is met: it is stemmed. */
static uint32_t word_anew(struct emission *e, span word, uint32_t number)
{
	struct emitter *m = e->m;
	span z = stem_term(m->stems, word, e->a);
	uint32_t stem = number_of(m, z, hash_word(z), COMPACT_REST);
	if (stem != TERM_NONE)
		lexeme_of(m, number)->weighs = stem;
	return stem == TERM_NONE ? stem : number;
}

/* The number of a word, which weighs its stem; TERM_NONE when no entry can hold it. */
static inline uint32_t word_number(struct emission *e, span word, uint32_t hash)
{
	uint32_t n = number_of(e->m, word, hash, 0);
	return n == TERM_NONE || lexeme_of(e->m, n)->weighs != TERM_NONE ? n : word_anew(e, word, n);
}

/* A word at the position of the one before it is one more form of it
 * (COMPACT_SAME); all others are one further on, so no position need be written. */
void emit_words(struct emission *e, const struct tokens *t)
{
	const struct lexicon *l = &e->m->lexicons.words;
	const uint32_t *hash = t->hash;
	uint32_t pos = 0;
	for (size_t i = 0; i < t->n; i++) {
		lexicon_touch(l, hash[i + AHEAD < t->n ? i + AHEAD : i]);
		lexicon_touch_lexeme(l, hash[i + NEAR < t->n ? i + NEAR : i]);
		uint32_t n = word_number(e, t->v[i].term, hash[i]);
		e->bad |= n == TERM_NONE;
		e->words.v[e->words.n++] = n | (t->v[i].pos == pos ? COMPACT_SAME : 0);
		pos = t->v[i].pos;
	}
}

/* Without the Z that marks a stem's term: the field's own prefix comes between. */
span emit_stem(struct emission *e, span word)
{
	uint32_t n = word_number(e, word, hash_word(word));
	if (n == TERM_NONE)
		return word;
	span z = lexeme_span(lexeme_of(e->m, lexeme_of(e->m, n)->weighs));
	return span_sub(z, 1, z.n);
}

/* Not looked up yet: all of a document's are at once (emit_resolve), while memory is fetched ahead. */
uint32_t emit_term(struct emission *e, span term)
{
	*PUSH(e->a, &e->terms) = (struct wanted){ term, hash_word(term) };
	return (uint32_t)e->terms.n - 1;
}

/* A value too long for a term has none: it can be read in the record still, but not be searched for. */
uint32_t emit_field(struct emission *e, enum field f, span value)
{
	char bytes[TERM_MAX_BYTES + 1];
	size_t n = value.n ? field_term(f, value, bytes, sizeof bytes) : 0;
	return n && n <= TERM_MAX_BYTES ? emit_term(e, arena_dup(e->a, (span){ bytes, n })) : TERM_NONE;
}

/* Asked once for each region, so the place is kept by field and side; plus one, so that zero says "not yet". */
uint32_t emit_edge(struct emission *e, enum field f, bool end)
{
	uint32_t *known = &e->edge[f][end];
	if (!*known)
		*known = emit_field(e, f, end ? SPAN(")") : SPAN("(")) + 1;
	return *known - 1;
}

void emit_add(struct emission *e, uint32_t term, uint32_t wdf, uint32_t pos)
{
	if (term != TERM_NONE)
		*PUSH(e->a, &e->others) = (struct occurrence){ term, wdf, pos };
}

/* Fetched some terms ahead, as words are. Occurrences of a term that no entry can hold fall out. */
void emit_resolve(struct emission *e)
{
	struct emitter *m = e->m;
	size_t n = e->terms.n, kept = 0;
	uint32_t *number = arena_raw(e->a, (n + 1) * sizeof *number, 16);
	for (size_t i = 0; i < n; i++) {
		if (i + AHEAD < n)
			lexicon_touch(&m->lexicons.rest, e->terms.v[i + AHEAD].hash);
		if (i + NEAR < n)
			lexicon_touch_lexeme(&m->lexicons.rest, e->terms.v[i + NEAR].hash);
		number[i] = number_of(m, e->terms.v[i].term, e->terms.v[i].hash, COMPACT_REST);
	}
	for (size_t i = 0; i < e->others.n; i++) {
		struct occurrence o = e->others.v[i];
		o.term = number[o.term];
		if (o.term != TERM_NONE)
			e->others.v[kept++] = o;
	}
	e->others.n = kept;
}
