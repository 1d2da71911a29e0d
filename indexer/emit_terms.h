/* The terms of one entry while they are gathered. */
#ifndef INDEXER_EMIT_TERMS_H
#define INDEXER_EMIT_TERMS_H

#include "law/fields.h"
#include "law/token.h"
#include "store/entry.h"

struct term {
	span term;
	uint32_t hash; /* hash_word(term) */
	uint32_t wdf, npos, room;
	uint32_t *pos;
};
/* A table of terms, found by their bytes; in order of first use. */
struct terms {
	struct term *v;
	size_t n, cap;
	uint64_t *slots; /* number of a term plus one, and above it its hash */
	size_t nslots;   /* a power of two */
	struct arena *a;
};
/* Expecting about `words` words of text. */
struct terms terms_for(size_t words, struct arena *a);
/* The number of a term, which is borrowed: it must outlive the table. hash: hash_word of it. */
uint32_t term_of(struct terms *t, span term, uint32_t hash);
/* Adds one occurrence; pos 0: no position. Positions must not descend. */
void term_add(struct terms *t, uint32_t number, uint32_t wdf, uint32_t pos);
/* The number of the term of a field's value, copied; UINT32_MAX for an empty
 * value or a term that an entry cannot hold. */
uint32_t term_of_field(struct terms *t, enum field f, span value);
/* Adds an occurrence of that, when there is one. */
void term_field(struct terms *t, enum field f, span value, uint32_t wdf, uint32_t pos);
/* Postings in order of their terms. */
struct posting *terms_sorted(const struct terms *t, size_t *n);

#endif
