/* printed: what commands print and the API answers with, made in one place.
 *
 * Each appends to b, in whose arena it works, and never writes to a stream, so that `pincite NAME
 * --format=json` and GET /v1/NAME are the same bytes. False: err filled. */
#ifndef SEARCHER_PRINTED_H
#define SEARCHER_PRINTED_H

#include "base/buf.h"
#include "searcher/index.h"
#include "searcher/show.h"

/* pincite stats, /v1/stats. */
bool stats_print(struct index *x, bool json, struct buf *b, struct err *err);

struct show_request {
	span operand;            /* an address or a citation */
	struct show_parts parts;
	bool json;               /* one object a document, each on a line */
};
/* pincite show, /v1/show. *n: number of documents printed; none is no
 * error. An operand that is neither address nor citation is ERR_REQUEST. */
bool show_print(struct index *x, const struct show_request *r, struct buf *b, size_t *n, struct err *err);

struct cite_request {
	span operand;            /* a citation or an address, trimmed */
	size_t max;              /* citing documents at most, of each reading */
	bool json;
};
/* What the text may name: an address as it is, else its readings as a
 * citation, those of the index's own codes last. False: none. */
bool cite_readings(struct index *x, span text, struct arena *a, struct cites *readings);
/* pincite cite, /v1/cite. Beside the document, what it cites and the mentions
 * of it, a reading has
 *   "also": further citations of the case that was asked for: { "address", "cite", "given_by": "document" (the index
 *     has the case, and it says so itself) | "citing" (documents that cite it give them beside one another) };
 *   "cited_by": how many documents cite it, a case by any of its citations (a search shows those that cite the
 *     document's own address alone); "cited_by_range": further ones that cite a range about it;
 *   "formerly": numbers that the document had, as the index was told by a crosswalk: { "address", "cite", "source",
 *     "asked": the citation asked for is that number }; "cited_by_former": documents that cite it by those alone;
 *   "treatment": what documents here say became of the case, gravest first:
 *     { "kind": "overruled", "label": "overruled in part", "history": false (true: of the same case: "affirmed",
 *       "cert_denied"), "in_part", "other_grounds", "cited", "cited_as", "by": { "who": "document" (the one that says it)
 *       | "cited" | "other" (nobody it cites), "address", "name", "cite" }, "address", "place", "cite", "court", "date"
 *       of the document that says so and its unit, "words": "overruled", "sentence" }
 *     kinds are those of law/treatment.h;
 *   "treats": the same, what this document itself does to other cases;
 *   "citing": a document each, by court, the highest first, then by how much it says:
 *     { "court", "address", "cite", "title", "date", "times", "depth": "mentioned" | "cited" | "discussed" | "examined" }.
 * *any: a reading's document or a citation of it is in
 * the index; neither is no error. No reading at all is ERR_REQUEST. */
bool cite_print(struct index *x, const struct cite_request *r, struct buf *b, bool *any, struct err *err);

/* pincite extract, /v1/extract: a line a citation of src, which is repaired
 * first unless `plain`. Returns how many. Linear in src.n. */
size_t extract_print(span src, bool plain, bool as_text, struct arena *a, struct buf *b);

enum { SUGGEST_LIMIT = 10, SUGGEST_MAX = 100 };
struct suggest_request {
	span prefix;             /* as typed; a blank at its end means that the last word is whole */
	size_t limit;            /* 1 to SUGGEST_MAX */
	bool json;
};
/* pincite suggest, /v1/suggest. Citations and
 * addresses of documents of the index, then titles, then words by how many
 * documents hold them. *n: how many; none is no error. */
bool suggest_print(struct index *x, const struct suggest_request *r, struct buf *b, size_t *n, struct err *err);

struct verify_request {
	span src;  /* the brief */
	bool toa;  /* its table of authorities, too */
	bool json;
	uint64_t deadline; /* CLOCK_MONOTONIC nanoseconds, 0: none; past it "partial" is true */
};
/* pincite verify, POST /v1/verify. *well: every citation was found and agrees. */
bool verify_print(struct index *x, const struct verify_request *r, struct buf *b, bool *well, struct err *err);

struct authorities_request {
	span operand; /* an address or a citation, trimmed */
	bool json;
};
/* pincite authorities, /v1/authorities: of the document that the operand names.
 * *any: it is in the index. */
bool authorities_print(struct index *x, const struct authorities_request *r, struct buf *b, bool *any, struct err *err);

#endif
