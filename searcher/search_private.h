/* The parts of search, for each other. */
#ifndef SEARCHER_SEARCH_PRIVATE_H
#define SEARCHER_SEARCH_PRIVATE_H

#include "searcher/plan.h"
#include "searcher/search.h"

struct searching {
	struct index *x;
	const struct search_request *r;
	struct arena *a;
	struct search_answer *out;
	struct err *err;
	struct query_options language; /* of the request, with the codes of the index */
	struct query query;
	struct plan plan;
	uint64_t deadline;       /* CLOCK_MONOTONIC nanoseconds */
	uint32_t limit, offset;
	struct u32s all;         /* every document found, ascending, when listed */
	bool listed;
	struct { struct folded { uint32_t hit, entry; double score; } *v; size_t n, cap; } folded;
};
uint64_t search_clock(void);

/* search_filter.c. The filters as one query; null in *out when there is none. */
bool search_filter(struct searching *s, const struct xap_query **out);
/* search_run.c. Ranked documents that satisfy the query: those from s->offset
 * on, at most s->limit; total, exact and partial of the answer are filled. */
bool search_run(struct searching *s, struct xap_hits *page);
/* Lists every document that satisfies the query in s->all, once. */
bool search_all(struct searching *s);
/* score.c. The best `count` of the documents in s->all, or, when `any`, of those
 * that have any of the words; fills the total. */
bool search_score(struct searching *s, bool any, uint32_t count, struct xap_hits *out);
/* What a word adds to a score: its weight times these. */
double score_weight(const struct rank_weights *w, const struct leaf_plan *leaf);
double score_text(const struct rank_weights *w, double mean, double times, double words);
double score_title(const struct rank_weights *w, uint32_t times, uint32_t words);
/* search_versions.c. Versions of one text become one hit: of documents, ascending,
 * all but one of each text are taken out, their scores (may be null) with them. */
bool versions_fold(struct searching *s, struct u32s *of, double *score);
/* Whether the index has any. */
bool versions_any(struct searching *s, bool *any);
/* Addresses, and with explain scores, of what a hit stands for. */
bool versions_fill(struct searching *s, struct hit *h);
/* rank.c. Orders the first RANK_BEST hits by the whole formula. */
enum { RANK_BEST = 50 };
bool rank_best(struct searching *s, struct xap_hits *hits);
bool rank_explain(struct searching *s, struct hit *h);
/* search_hit.c. What is shown of a document: meta data, best passages. A
 * pinpoint (not empty) is the one passage shown. */
bool hit_fill(struct searching *s, struct hit *h, span pinpoint);
/* The same with one passage, that where the word at a position stands. */
bool hit_fill_passage(struct searching *s, struct hit *h, uint32_t pos);
/* search_passages.c: --by=passage. */
bool search_passages(struct searching *s);
/* search_direct.c. Citations, sections and cases that the query names; may
 * replace the query by "what cites it". */
bool search_direct(struct searching *s);
/* search_facet.c */
bool search_facets(struct searching *s);
/* suggest.c. The query with words that the index hardly knows mended. */
bool search_suggest(struct searching *s);
/* related.c. The query with an expression of it said otherwise, "divorce" as "dissolution of marriage". */
bool search_related(struct searching *s);

#endif
