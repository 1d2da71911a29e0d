/* emit: the entry of a record.
 *
 * The mirror of searcher/plan.c over law/fields. Pure: the same record gives
 * the same entries. */
#ifndef INDEXER_EMIT_H
#define INDEXER_EMIT_H

#include "law/record.h"
#include "law/token.h"
#include "store/entry.h"

struct entries {
	struct entry *v;
	size_t n, cap;
};
struct emit_facts {
	const struct tokens *tokens; /* tokens_of the record's clean text; borrowed */
	span data;         /* record_deflate of the packed record: the data of the entry */
	uint32_t cited_by; /* other documents of the index that cite this one */
};
/* The document's entry; its passages are two lists of positions in it, where each
 * begins and ends. Lives in a, but for what it borrows from the record; stems
 * are the calling thread's. */
struct entries emit(const struct record *r, const struct emit_facts *f, struct stems *stems, struct arena *a);

#endif
