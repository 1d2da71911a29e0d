/* emit: a record as the builder wants it.
 *
 * The mirror of searcher/plan.c over law/fields. The same record gives the same
 * entry, whatever the lexicon and what it met before. */
#ifndef INDEXER_EMIT_H
#define INDEXER_EMIT_H

#include "law/record.h"
#include "law/token.h"
#include "store/compact.h"

/* One a thread. A word is stemmed once for all documents: its lexeme weighs its
 * stem. When the lexicons have taken their memory, they grow no more, and
 * documents carry the terms that they lack with them. */
struct emitter {
	struct lexicons lexicons;
	size_t memory;       /* for lexicons; 0: documents carry all their terms */
	struct lexicon own;  /* of the document at hand */
	struct stems *stems;
	bool full;           /* decided between documents */
};
void emitter_open(struct emitter *m, size_t memory);
void emitter_close(struct emitter *m);

/* The document of a record, without data and the number that cite it
 * (emit_cited_by). Its passages are two lists of positions, where each begins and
 * ends. tokens: tokens_with of its text, hashed. False when it has a word that no entry
 * can hold. Lives in a, but for terms: they live in m until its next document. */
bool emit(const struct record *r, const struct tokens *tokens, struct emitter *m, struct arena *a, struct compact *out);
/* Puts the number of other documents that cite this one among its values; one more has room there. */
void emit_cited_by(struct compact *c, uint32_t n, struct arena *a);

#endif
