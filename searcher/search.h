/* search: from a request to an answer.
 *
 * The command, the server and the bench all call this one function. A request
 * has its own arena and deadline; an index serves one thread. The answer is a
 * value that renderers (render.h) print; it borrows from the request and lives
 * in the arena. */
#ifndef SEARCHER_SEARCH_H
#define SEARCHER_SEARCH_H

#include "searcher/index.h"
#include "searcher/query.h"

struct rank_weights;
enum search_by { BY_DOCUMENT, BY_PASSAGE };
enum search_sort { SORT_RELEVANCE, SORT_DATE, SORT_CITED, SORT_COURT };
enum { SEARCH_LIMIT_MAX = 100, SEARCH_WINDOW_MAX = 10000, SEARCH_TIMEOUT_MS = 1000 };

/* A zeroed one with text and limit set is a plain search. */
struct search_request {
	span text;
	struct query_options language;
	enum search_by by;
	enum search_sort sort;
	uint32_t limit, offset;
	span cursor;         /* `next` of an answer: goes on after it; empty: offset counts */
	/* Filters: one value or several with commas; empty: none. */
	span court, jurisdiction, kind, code, year, after, before, cites;
	span facets;         /* names of fields with commas */
	bool explain;
	bool bare;           /* hits have rank, score and entry only: for measuring */
	bool count_only;     /* total and facets, no hits */
	bool any;            /* plain words: any of them, however few; for measuring */
	const struct rank_weights *weights; /* null: the defaults; for measuring */
	uint32_t uncited;    /* an entry that is cited once less; 0: none; for measuring */
	uint32_t timeout_ms; /* 0: SEARCH_TIMEOUT_MS */
};

struct segment {
	span t;
	bool m;              /* matched */
};
struct segments {
	struct segment *v;
	size_t n, cap;
};
struct hit_passage {
	span address, cite;
	double score;
	struct range at;     /* of what the snippet shows, in the clean text */
	uint64_t source_beg; /* where it begins in the file it was read from */
	struct segments snippet;
	struct spans cites;  /* addresses cited in it */
};
struct hit_passages {
	struct hit_passage *v;
	size_t n, cap;
};
/* One part of a score, or one word's share in it. */
struct score_part {
	span name;
	double value;
};
struct score_parts {
	struct score_part *v;
	size_t n, cap;
};
struct hit {
	uint32_t rank, entry;
	double score;
	span address, kind, title, cite, date, court, version;
	struct spans breadcrumb;
	uint32_t cited_by, copies;
	struct spans versions; /* addresses of other versions of the text that the query finds: this hit stands for them */
	span path;           /* source */
	uint64_t beg, end;
	double quality;
	struct hit_passages passages;
	struct score_parts parts; /* with explain */
};
struct hits {
	struct hit *v;
	size_t n, cap;
};
struct facet_value {
	span value;
	uint32_t count;
	span name, parent;   /* of a court: in words, and the court whose group it is in */
};
struct facet {
	span field;
	struct facet_value *v;
	size_t n, cap;
};
struct facets {
	struct facet *v;
	size_t n, cap;
};
/* The query in other words of the law, and what it would find so. */
struct related {
	span text;
	uint64_t total;
	bool exact;
};
struct search_answer {
	span text, dialect, parsed;
	span citation;       /* address of the citation that the whole query is; empty: none */
	span suggestion;     /* the query with misspelt words mended; empty: none */
	struct { struct related *v; size_t n, cap; } related; /* of the first page; offered, never applied */
	span note;           /* what was done beyond the letter of the query; empty: nothing */
	uint64_t total;      /* hits: what paging reaches; with count_only documents */
	uint64_t folded;     /* documents found that another hit stands for, as versions of its text */
	bool exact, partial;
	double took_ms;
	uint32_t generation;
	span next;           /* cursor; empty: that was the last page */
	struct hits answers; /* what the query names: a citation, a section, a case */
	struct hits hits;
	struct facets facets;
	bool counted, explained;
	span sent;           /* the JSON of a server that gave it; empty: the index did */
};

/* False: err filled; ERR_REQUEST has the complaint with its caret in err->msg. */

bool search(struct index *x, const struct search_request *r, struct arena *a, struct search_answer *out, struct err *err);

/* Entries of all documents that satisfy the query and the filters, ascending,
 * however many; limit, cursor and facets are not looked at. An answer that is
 * not the whole is ERR_TRY_AGAIN. */
bool search_entries(struct index *x, const struct search_request *r, struct arena *a, struct u32s *out, struct err *err);

#endif
