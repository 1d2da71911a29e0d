/* Parts of the service: quick (loop thread), routes (table), api and pages (workers). */
#ifndef SEARCHER_SERVICE_PRIVATE_H
#define SEARCHER_SERVICE_PRIVATE_H

#include <stdatomic.h>
#include "base/json.h"
#include "searcher/service.h"

struct worker;
struct web; /* one request in a worker */

/* One row of the table of routes, from which dispatch, openapi.json and the log come. */
struct route {
	const char *path;      /* "/v1/search"; a final '*' takes all that begins so */
	const char *name;      /* for the log: never text of the user */
	bool post;             /* POST as well as GET */
	const char *params;    /* "q|n|offset": the only ones allowed */
	const char *required;  /* one of them that must be there, or null */
	const char *summary;   /* for openapi.json; null: a page */
	void (*answer)(struct web *w); /* null: answered in the loop thread */
};
extern const struct route routes[];
extern const size_t routes_n;
const struct route *route_of(span path);

struct service {
	const struct service_options *options;
	struct server_counts *counts;
	char key_sha256[65];         /* of the key; empty: none needed */
	atomic_uint generation;      /* that CURRENT names; 0: no index yet */
	atomic_uint open_failures;   /* reloads that failed since the last that went well */
	uint64_t bad_key_second;     /* loop thread only */
	unsigned bad_keys;
};

bool service_quick(void *ctx, const struct client_request *r, struct arena *a, struct http_response *out);
void service_problem(int status, const char *code, const char *detail, struct arena *a, struct http_response *out);
void service_metrics(const struct service *s, struct buf *b);
void service_openapi(struct buf *b);

#endif
