/* Terms as numbers: of the thread's lexicon, or of the document when that is full. */
#include "base/hash.h"
#include "indexer/emit_private.h"

enum { AHEAD = 8 }; /* words that are fetched while one is looked up */

void emitter_open(struct emitter *m, size_t memory)
{
	*m = (struct emitter){ .memory = memory, .stems = stems_open() };
}

void emitter_close(struct emitter *m)
{
	lexicon_release(&m->lexicon);
	lexicon_release(&m->own);
	stems_close(m->stems);
}

static uint32_t number_of(struct emitter *m, span term, uint32_t hash)
{
	uint32_t n = m->full ? lexicon_find(&m->lexicon, term, hash) : lexicon_put(&m->lexicon, term, hash);
	if (n != TERM_NONE || !m->full)
		return n;
	n = lexicon_put(&m->own, term, hash);
	return n == TERM_NONE ? n : n | COMPACT_OWN;
}

static struct lexeme *lexeme_of(struct emitter *m, uint32_t number)
{
	return number & COMPACT_OWN ? &m->own.v[number & ~COMPACT_OWN] : &m->lexicon.v[number];
}

/* The first time that a word is met: it is stemmed. */
static uint32_t word_anew(struct emission *e, span word, uint32_t hash, uint32_t number)
{
	struct emitter *m = e->m;
	span z = stem_term(m->stems, word, e->a);
	uint32_t stem = number_of(m, z, hash_word(z));
	/* A full lexicon may know the word as another kind of term and lack its stem,
	 * which only the document can hold then; so it holds the word, too. */
	if (stem != TERM_NONE && stem & COMPACT_OWN && !(number & COMPACT_OWN))
		number = lexicon_put(&m->own, word, hash) | COMPACT_OWN;
	lexeme_of(m, number)->weighs = stem;
	return number;
}

void emit_words(struct emission *e, const struct tokens *t)
{
	struct emitter *m = e->m;
	uint32_t *hash = arena_raw(e->a, (t->n + AHEAD) * sizeof *hash, 16), pos = 0;
	for (size_t i = 0; i < t->n; i++)
		hash[i] = hash_word(t->v[i].term);
	memset(hash + t->n, 0, AHEAD * sizeof *hash);
	for (size_t i = 0; i < t->n; i++) {
		span word = t->v[i].term;
		lexicon_touch(&m->lexicon, hash[i + AHEAD]);
		uint32_t n = number_of(m, word, hash[i]);
		if (n == TERM_NONE) {
			e->bad = true;
			return;
		}
		if (lexeme_of(m, n)->weighs == TERM_NONE)
			n = word_anew(e, word, hash[i], n);
		e->words.v[e->words.n++] = n | (t->v[i].pos == pos ? COMPACT_SAME : 0);
		pos = t->v[i].pos;
	}
}

uint32_t emit_number(struct emission *e, span term)
{
	return number_of(e->m, term, hash_word(term));
}

uint32_t emit_field(struct emission *e, enum field f, span value)
{
	char bytes[TERM_MAX_BYTES + 1];
	size_t n = value.n ? field_term(f, value, bytes, sizeof bytes) : 0;
	return n && n <= TERM_MAX_BYTES ? emit_number(e, (span){ bytes, n }) : TERM_NONE;
}

void emit_add(struct emission *e, uint32_t number, uint32_t wdf, uint32_t pos)
{
	if (number != TERM_NONE)
		*PUSH(e->a, &e->others) = (struct occurrence){ number, wdf, pos };
}
