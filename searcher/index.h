/* index: one open index, for one thread: what every command starts from. */
#ifndef SEARCHER_INDEX_H
#define SEARCHER_INDEX_H

#include "law/fields.h"
#include "law/record.h"
#include "law/token.h"
#include "store/generation.h"

struct index {
	struct generation *generation;
	const struct manifest *manifest;
	struct xap *xap;
	struct poslists *positions;
	struct lives *lives;
	struct stems *stems;
	struct xap_stats stats;
	double mean_words;  /* of a document entry */
	struct cite_context *codes; /* codes whose sections it holds, in the order of their terms */
	size_t ncodes;
	struct numbers { uint32_t *v; uint64_t asked; } column[F_COUNT]; /* numbers of a field by entry, once asked for often */
	struct xap_postings *versions; /* of texts that have some: their numbers; read once */
	struct arena own;
	bool owner;         /* closes the generation, too */
};
/* Opens the index at path for the calling thread; a lives as long as the index. */
bool index_open(struct index *x, const char *path, struct arena *a, struct err *err);
/* A further reader of a generation that the caller keeps open (a server's thread). */
bool index_attach(struct index *x, struct generation *g, struct err *err);
void index_close(struct index *x);

/* Entries of the documents with that address: the document's own, a parallel
 * citation, or one of which the address is a subdivision ("/us-mo/rsmo/s610.100/4").
 * Ascending, at most INDEX_FIND_MAX. None is no error. */
enum { INDEX_FIND_MAX = 64 };
bool index_find(struct index *x, span address, struct arena *a, struct u32s *out, struct err *err);
/* Adds the entries that hold a term. */
bool index_entries(struct index *x, const struct xap_posting_range *r, struct arena *a, struct u32s *out, struct err *err);
/* All addresses of the document that has this one: its own first, then those of
 * its parallel citations and former numbers. None, and entry 0, when no document has it. */
struct index_names {
	struct spans all;
	uint32_t entry;
};
bool index_names(struct index *x, span address, struct arena *a, struct index_names *out, struct err *err);
/* The record of a document entry. Borrows from a. */
bool index_record(struct index *x, uint32_t entry, struct arena *a, struct record *out, struct err *err);
/* Words, of the text and of fields of words, are in the position files alone:
 * those in a range, and the entries that hold one, as part of a query. */
bool index_words(struct index *x, const struct xap_term_range *r, struct arena *a, struct xap_terms *out, struct err *err);
bool index_word_set(struct index *x, span term, struct arena *a, const struct xap_query **out, struct err *err);
/* How many documents cite the address or anything below it. */
bool index_cited_by(struct index *x, span address, uint32_t *documents, struct err *err);
/* A value of four bytes as a number, 0 when absent. */
bool index_number(struct index *x, uint32_t entry, enum field f, uint32_t *out, struct err *err);
/* The same of these entries, ascending, one in out for each. Few are looked up;
 * what is asked for often is read whole, once, and kept: four bytes an entry. */
bool index_numbers(struct index *x, enum field f, const struct u32s *entries, uint32_t *out, struct err *err);
/* The numbers of all entries, by entry. */
bool index_column(struct index *x, enum field f, const uint32_t **out, struct err *err);
/* The entries of texts that have versions, ascending; `wdf` is equal for versions of one. */
bool index_versions(struct index *x, const struct xap_postings **out, struct err *err);
/* F_LENGTHS holds both lengths of a document in one number. */
static inline uint32_t length_of_text(uint32_t lengths)
{
	return lengths >> 8;
}
static inline uint32_t length_of_title(uint32_t lengths)
{
	return lengths & 0xFF;
}

#endif
