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
	struct { struct occurrence *v; size_t n, cap; } others;
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

/* The number of a term; TERM_NONE for one that no entry can hold. */
uint32_t emit_number(struct emission *e, span term);
/* The term of a field's value; TERM_NONE for an empty value, too. */
uint32_t emit_field(struct emission *e, enum field f, span value);
/* Adds an occurrence of a term; pos 0: no position. Nothing for TERM_NONE. */
void emit_add(struct emission *e, uint32_t number, uint32_t wdf, uint32_t pos);
/* The words of the text, and of a text that is counted as its continuation. */
void emit_words(struct emission *e, const struct tokens *t);

/* Number of the first plain token that begins at or after byte `at`, from
 * number `from` on; tokens.n when there is none. */
size_t emit_token_at(const struct emission *e, uint32_t at, size_t from);

#endif
