/* fields: the one table of what can be searched by name.
 *
 * indexer/emit.c turns documents into terms by it and searcher/plan.c turns
 * queries into terms by it; help, completions and docs/index-format.md come
 * from it too. Prefixes follow Xapian's convention: one capital letter, or X
 * and capitals; a colon before a value that begins with a capital. */
#ifndef LAW_FIELDS_H
#define LAW_FIELDS_H

#include "base/span.h"

enum field_kind {
	FIELD_WORDS,   /* words with positions under the prefix, and Z stems */
	FIELD_EXACT,   /* one term, the whole value */
	FIELD_ADDRESS, /* an address and each of its ancestors */
	FIELD_NUMBER   /* a value slot, sortable, for ranges */
};
enum field {
	F_TEXT, F_TITLE, F_HEADING, F_NUMBER, F_KIND, F_JURISDICTION, F_CODE, F_COURT, F_JUDGE, F_DOCKET, F_YEAR,
	F_DATE, F_CITES, F_ADDRESS, F_ID, F_QUALITY, F_CITED_BY, F_HISTORY, F_NOTES, F_QUOTATION, F_FOOTNOTE,
	F_ENTRY, F_OF, F_SOURCE, F_COUNT
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
/* -1 for an unknown name. */
int field_by_name(span name);

#endif
