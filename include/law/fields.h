/* fields: the one table of what can be searched by name, and of the terms and
 * values that an index holds.
 *
 * indexer/emit.c turns documents into terms by it and searcher/plan*.c turns
 * queries into terms by it; help, completions and docs/index-format.md come
 * from it too. Prefixes follow Xapian's convention (one capital letter, or X
 * and capitals); every value that follows one begins with a digit, a lower
 * case letter, "/" or a bracket, so no prefix can be taken for another. */
#ifndef LAW_FIELDS_H
#define LAW_FIELDS_H

#include "base/span.h"

enum field_kind {
	FIELD_WORDS,   /* words with positions of their own, and stems after "Z" and the prefix */
	FIELD_EXACT,   /* one term, the whole value in lower case */
	FIELD_ADDRESS, /* an address and each of its ancestors */
	FIELD_NUMBER,  /* a value slot, sortable, for ranges */
	FIELD_REGION,  /* parts of the text: term prefix"(" at the position of the first word of each, prefix")" at the last */
	FIELD_INTERNAL /* not for queries */
};
enum field {
	F_TEXT, F_TITLE, F_JUDGE,
	F_HEADING, F_HISTORY, F_NOTES, F_QUOTATION, F_FOOTNOTE, F_DISPOSITION,
	F_NUMBER, F_KIND, F_JURISDICTION, F_CODE, F_COURT, F_DOCKET, F_YEAR, F_ID,
	F_CITES, F_ADDRESS,
	F_DATE, F_QUALITY, F_CITED_BY,
	F_ENTRY, F_OF, F_SOURCE, F_CITES_RANGE, F_SENTENCE, F_PARAGRAPH, F_PASSAGE, F_BREADCRUMB, F_LENGTHS, F_VERSION, F_COUNT
};
struct field_row {
	const char *name;    /* in queries: "title:" */
	const char *aliases; /* "ti|caption|name": Westlaw's and Lexis's names */
	const char *prefix;  /* of terms; empty for the text itself */
	enum field_kind kind;
	int slot;            /* value slot, -1: none */
	const char *help;
};
extern const struct field_row fields[F_COUNT];
/* By name or alias, letters of either case; -1 for an unknown one and for
 * FIELD_INTERNAL. */
int field_by_name(span name);
/* The term prefix + value into out, cut to size; returns its length. ASCII
 * letters of the value become lower case, but not those of addresses, whose
 * subdivisions (a) and (A) differ. */
size_t field_term(enum field f, span value, char *out, size_t size);

#endif
