/* The parts of emit, for each other. */
#ifndef INDEXER_EMIT_PRIVATE_H
#define INDEXER_EMIT_PRIVATE_H

#include "indexer/emit.h"
#include "law/fields.h"

struct emission {
	const struct record *r;
	struct emitter *m;
	struct arena *a;
	const struct tokens *tokens; /* of the clean text */
	struct { uint32_t *v; size_t n, cap; } words;
	/* Others name a term by its place in terms until all are looked up at once. */
	struct { struct occurrence *v; size_t n, cap; } others;
	struct { struct wanted { span term; uint32_t hash; } *v; size_t n, cap; } terms;
	struct { struct ancestor { span address; uint32_t term; } v[16]; size_t n; enum field f; } ancestors; /* of the address last emitted */
	uint32_t edge[F_COUNT][2]; /* place of the terms "(" and ")" of a field, plus one; 0: not wanted yet */
	uint32_t title_words;
	uint32_t title_at;     /* position of a title that follows the text; 0: none does */
	struct spans others_of; /* addresses of its own citations, but for its address */
	bool bad;              /* a word that no entry can hold */
};
/* What the document is: address, kind, court, year and the like. */
void emit_identity(struct emission *e);
/* What it cites: a term for each address and each of its ancestors. */
void emit_citations(struct emission *e);
/* Where sentences, paragraphs, passages, headings, footnotes ... begin and end. */
void emit_regions(struct emission *e);

/* Memory of the lexicons. */
size_t emitter_bytes(const struct emitter *m);
/* A place in e->terms. term: borrowed until the document is packed. */
uint32_t emit_term(struct emission *e, span term);
/* The same of a field's value; TERM_NONE for an empty value, or one too long. */
uint32_t emit_field(struct emission *e, enum field f, span value);
/* The same of where regions of a field begin, or end. */
uint32_t emit_edge(struct emission *e, enum field f, bool end);
/* Adds an occurrence of a term; pos 0: no position. Nothing for TERM_NONE. */
void emit_add(struct emission *e, uint32_t term, uint32_t wdf, uint32_t pos);
/* Numbers in place of places; what no entry can hold is left out. */
void emit_resolve(struct emission *e);
/* The words, hashed, of the text, and of a text that is counted as its continuation. */
void emit_words(struct emission *e, const struct tokens *t);

/* The stem of a word, as its lexeme knows it. Moves with the lexicon. */
span emit_stem(struct emission *e, span word);

/* Number of the first plain token that begins at or after byte `at`, from
 * number `from` on; tokens.n when there is none. */
size_t emit_token_at(const struct emission *e, uint32_t at, size_t from);

#endif
