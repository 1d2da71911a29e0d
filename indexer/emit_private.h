/* The parts of emit, for each other. */
#ifndef INDEXER_EMIT_PRIVATE_H
#define INDEXER_EMIT_PRIVATE_H

#include "indexer/emit.h"
#include "indexer/emit_terms.h"

struct emission {
	const struct record *r;
	struct arena *a;
	struct stems *stems;
	struct tokens tokens;  /* of the clean text */
	uint32_t *ids;         /* number of each token's word in terms */
	size_t nwords;         /* words have the numbers 0 to nwords - 1 */
	uint32_t title_words;
	uint32_t title_at;     /* position of a title that follows the text; 0: none does */
	struct terms terms;
	struct spans others;   /* addresses of its own citations, but for its address */
};
/* What the document is: address, kind, court, year and the like. */
void emit_identity(struct emission *e);
/* What it cites: a term for each address and each of its ancestors. */
void emit_citations(struct emission *e);
/* Where sentences, paragraphs, passages, headings, footnotes ... begin and end. */
void emit_regions(struct emission *e);

/* Number of the first plain token that begins at or after byte `at`, from
 * number `from` on; tokens.n when there is none. */
size_t emit_token_at(const struct emission *e, uint32_t at, size_t from);

#endif
