/* web: one request in a worker, and what its routes share. */
#ifndef SEARCHER_WEB_H
#define SEARCHER_WEB_H

#include "searcher/citator.h"
#include "searcher/index.h"
#include "searcher/page_text.h"
#include "searcher/page.h"
#include "searcher/service_private.h"
#include "searcher/snippet.h"
#include "searcher/toa.h"

struct worker {
	struct service *service;
	struct held *held;       /* the generation it reads; null until an index could be opened */
	struct index *index;     /* its own reader of it */
	struct index reader;
	unsigned tried;          /* number of CURRENT when it last looked */
};
struct web {
	struct worker *worker;
	const struct client_request *request;
	const struct route *route;
	struct http_params params;
	struct arena *a;
	struct http_response *out;
	struct buf body;
	uint64_t deadline;       /* clock_ns */
	bool partial;            /* the clock cut the answer short */
};

void *worker_open(void *ctx);
void worker_close(void *worker);
void worker_answer(void *worker, const struct client_request *r, struct arena *a, struct http_response *out);

/* Value of a parameter; empty when absent. */
span web_param(const struct web *w, const char *name);
/* Strict decimal within bounds, `fallback` when absent. False: a 400 that names it has been answered. */
bool web_number(struct web *w, const char *name, uint64_t min, uint64_t max, uint64_t *value);
/* Answers: the body so far as JSON or as a page, an error value, a redirect. */
void web_json(struct web *w);
void web_lines(struct web *w); /* JSON Lines */
void web_page(struct web *w, int status);
void web_fail(struct web *w, const struct err *err);
void web_problem(struct web *w, int status, const char *code, const char *detail);
void web_redirect(struct web *w, span location);

/* web_marks.c: marks of ?q in a document; for each unit the sentences that cite
 * it, or null; the passages that cite the document. */
struct marks web_marks(struct web *w, uint32_t entry, const struct record *r);
const char *const *web_cited(struct web *w, const struct record *r);
void web_citing(struct web *w, const struct record *r);
/* web_treatment.c: what became of a case and who cites it. False: the document is no opinion. */
bool web_case(struct web *w, const struct record *r, struct mentions *m);
/* The gravest of what became of it, above the text; all of it, and who cites it by court, beside the text. */
void web_warning(struct web *w, const struct mentions *m);
void web_case_side(struct web *w, const struct record *r, struct mentions *m);
/* web_filters.c: href of the address bar's state with one parameter replaced, dropped where the value is empty; the
 * column of sorts and filters; what the answer is narrowed to. */
void web_state_link(struct web *w, const char *name, span value);
void web_filters(struct web *w, const struct search_answer *answer);
void web_narrowed(struct web *w);
/* Segments of a snippet, the matched ones in <mark>. */
void web_snippet(struct buf *b, const struct segments *s);
/* Whether a citation says so already; of nothing it is true. */
bool web_says(span cite, span what);
/* A court in words, "1st Cir." when brief; its id when the table does not have it. */
span web_court(span id, bool brief);
/* web_views.c: the repairs of a text as a table; the text as repaired beside the text as received. */
void web_repairs(struct web *w, const struct record *r);
void web_original(struct web *w, const struct record *r);
/* A table of authorities: headings and lists. */
void web_toa(struct web *w, const struct toa *t, int level); /* of its headings */

/* The routes' functions. */
void api_search(struct web *w);
void api_cite(struct web *w);
void api_show(struct web *w);
void api_extract(struct web *w);
void api_verify(struct web *w);
void api_authorities(struct web *w);
void api_suggest(struct web *w);
void api_stats(struct web *w);
void page_search(struct web *w);
void page_document(struct web *w);
void page_brief(struct web *w);
void page_authorities(struct web *w);
void go_citation(struct web *w);

#endif
