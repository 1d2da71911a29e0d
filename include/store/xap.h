/* xap: the C binding over libxapian, for reading. Plain data in, plain data
 * out; no exception and no Xapian type ever crosses. It knows no field, no
 * court, no language.
 *
 * A reader belongs to one thread (one Database shared by four threads crashed
 * within seconds, measured). Databases are sealed single files opened by
 * descriptor (a path could be a stub that runs programs).
 *
 * Entry numbers: a reader over n shards numbers entry e of shard s (0 first)
 * as (e - 1) * n + s + 1. With one shard that is e. */
#ifndef STORE_XAP_H
#define STORE_XAP_H

#include "base/arena.h"
#include "base/err.h"

struct xap; /* reader over the shards of one generation */
/* fds: descriptors of sealed files at offset 0, each opened for this reader
 * alone, never dup'ed (the offset is shared then). They become the reader's
 * and are closed by it, also on failure. Close with xap_close. */
struct xap *xap_open(const int *fds, size_t n, struct err *err);
void xap_close(struct xap *x);
/* From here on the dead entries of the shards are passed over in every answer and
 * every count (live.h); to ask for one is to ask for one that does not exist.
 * Frequencies then cost a step for each dead entry, or each entry of the term.
 * Held until the reader is closed. Once, before anything is asked. */
struct lives;
bool xap_bury(struct xap *x, struct lives *l, struct err *err);
/* Sum of the lengths of entries, which ascend and may be dead. */
bool xap_lengths(struct xap *x, const uint32_t *entries, size_t n, uint64_t *out, struct err *err);

struct xap_stats {
	uint32_t entries, last_entry; /* those that are not dead; the highest number, dead or not */
	double mean_length;
	bool has_positions;
};
bool xap_stats(struct xap *x, struct xap_stats *out, struct err *err);

enum xap_op { XAP_TERM, XAP_AND, XAP_OR, XAP_AND_NOT, XAP_FILTER, XAP_AND_MAYBE, XAP_XOR, XAP_NEAR, XAP_PHRASE,
	      XAP_RANGE, XAP_SCALE, XAP_SYNONYM, XAP_ALL, XAP_NONE, XAP_SET };
/* A query tree, up to 64 levels and 20,000 nodes, 32 RANGEs at most (more:
 * ERR_REQUEST). NEAR and PHRASE take terms, or ORs of terms, only, and find
 * nothing where positions are kept apart. SET weighs nothing. AND_NOT,
 * FILTER and AND_MAYBE apply every further sub to the first. */
struct xap_query {
	enum xap_op op;
	span term;                 /* TERM */
	uint32_t wqf;              /* TERM: 0 counts as 1 */
	uint32_t window;           /* NEAR, PHRASE */
	uint32_t slot;             /* RANGE over a value: lo <= value <= hi, an empty hi is open */
	                           /* an empty lo too; entries without the value never match, unless both are empty */
	span lo, hi;
	double scale;              /* SCALE */
	const uint32_t *entries;   /* SET: these and no others, ascending */
	size_t nentries;
	const struct xap_query *const *sub;
	size_t nsub;
};
enum xap_sort { XAP_BY_WEIGHT, XAP_BY_VALUE_DOWN, XAP_BY_VALUE_UP, XAP_BY_ENTRY };
struct xap_search {
	const struct xap_query *query;
	double k1, b;              /* BM25; both zero: 1.2, .75 */
	uint32_t first, count;     /* window of ranked hits */
	uint32_t check_at_least;   /* exact total up to this many */
	enum xap_sort sort;        /* ties always by entry number, ascending; by value or entry, weights are 0 */
	uint32_t sort_slot;
	uint32_t collapse_slot;    /* with `collapse` */
	bool collapse;             /* at most one hit for each value of collapse_slot */
	uint64_t deadline;         /* CLOCK_MONOTONIC nanoseconds; 0: none */
};
struct xap_hit {
	uint32_t entry;
	double weight;
	uint32_t collapsed;        /* further hits folded into this one, lower bound */
};
struct xap_hits {
	struct xap_hit *v;
	size_t n, cap;
	uint32_t total;            /* estimate; exact when `exact` */
	bool exact;
};
/* Past the deadline: ERR_TRY_AGAIN, and err->late. A query of
 * few postings, which cannot be late, is not watched. */
bool xap_search(struct xap *x, const struct xap_search *s, struct arena *a, struct xap_hits *out, struct err *err);

/* Reading one entry, one term. Absent things are empty, not errors, but for
 * an entry number that does not exist (ERR_DAMAGED: it came from the index). */
bool xap_data(struct xap *x, uint32_t entry, struct arena *a, span *out, struct err *err);
struct xap_place { uint32_t entry, slot; };
bool xap_value(struct xap *x, struct xap_place of, struct arena *a, span *out, struct err *err);
struct u32s { uint32_t *v; size_t n, cap; };
/* The values of a slot, of four bytes most significant first, of all entries
 * that have one: `wdf` of each is the number. One pass, entries ascending. */
struct xap_postings;
bool xap_numbers(struct xap *x, uint32_t slot, struct arena *a, struct xap_postings *out, struct err *err);
/* The same of these entries alone, ascending: one number each in out, 0 where
 * there is none. Costs by the entries asked for, not by those of the index. */
bool xap_numbers_of(struct xap *x, uint32_t slot, const struct u32s *entries, uint32_t *out, struct err *err);
struct xap_list { uint32_t entry; span term; };
bool xap_positions(struct xap *x, struct xap_list of, struct arena *a, struct u32s *out, struct err *err);
/* How many entries hold the term, and how often in all; zeros when absent. */
bool xap_frequency(struct xap *x, span term, uint32_t *entries, uint64_t *occurrences, struct err *err);
/* Entries that hold the term, ascending, with wdf: at most max, from entry number `from` on. */
struct xap_posting { uint32_t entry, wdf; };
struct xap_postings { struct xap_posting *v; size_t n, cap; };
struct xap_posting_range {
	span term;
	uint32_t from;
	size_t max;
};
bool xap_postings(struct xap *x, const struct xap_posting_range *r, struct arena *a, struct xap_postings *out,
		  struct err *err);
/* How often the term stands in each of these entries, ascending; 0: not at all. */
bool xap_counts(struct xap *x, span term, const struct u32s *entries, uint32_t *out, struct err *err);
/* Terms that begin with prefix, in order: at most max, after `after` when that is not empty. */
struct xap_term { span term; uint32_t entries, wdf; };
struct xap_terms { struct xap_term *v; size_t n, cap; };
struct xap_term_range {
	span prefix, after;
	size_t max;
};
bool xap_terms(struct xap *x, const struct xap_term_range *r, struct arena *a, struct xap_terms *out, struct err *err);
/* Terms of one entry, in order, with their wdf; `entries` is left 0 (ask xap_frequency). */
bool xap_entry_terms(struct xap *x, uint32_t entry, struct arena *a, struct xap_terms *out, struct err *err);
bool xap_metadata(struct xap *x, span key, struct arena *a, span *out, struct err *err);
/* Version of libxapian at run time, "1.4.22". */
const char *xap_version(void);

#endif
