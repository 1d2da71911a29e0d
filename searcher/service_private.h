/* Parts of the service: quick (loop thread), routes (table), api and pages (workers). */
#ifndef SEARCHER_SERVICE_PRIVATE_H
#define SEARCHER_SERVICE_PRIVATE_H

#include <pthread.h>
#include <stdatomic.h>
#include "base/json.h"
#include "searcher/service.h"

struct worker;
struct web; /* one request in a worker */

enum route_methods { GET_ONLY, POST_ONLY, GET_OR_POST };
/* One row of the table of routes, from which dispatch, openapi.json and the log come. */
struct route {
	const char *path;      /* "/v1/search"; a final '*' takes all that begins so */
	const char *name;      /* for the log: never text of the user */
	enum route_methods methods;
	const char *params;    /* "q|n|offset": the only ones allowed */
	const char *required;  /* one of them that must be there, or null */
	const char *summary;   /* for openapi.json; null: a page */
	void (*answer)(struct web *w); /* null: answered in the loop thread */
};
extern const struct route routes[];
extern const size_t routes_n;
const struct route *route_of(span path);

/* A generation that workers read, opened and checked once for all of them. */
struct held {
	struct generation *generation;
	struct arena arena;
	unsigned users;              /* workers, and the service while it is the newest good one */
};

struct service {
	const struct service_options *options;
	struct server_counts *counts;
	char key_sha256[65];         /* of the key; empty: none needed */
	atomic_uint generation;      /* that CURRENT names; 0: no index yet */
	atomic_uint open_failures;   /* reloads that failed since the last that went well */
	pthread_mutex_t lock;        /* of the two below and of the users of what is held */
	struct held *good;           /* newest that could be opened; null: none yet */
	unsigned tried;              /* number that was opened last, or could not be */
	struct spans packed;         /* the assets, gzipped */
	struct arena arena;          /* of what lasts as long as the service */
	uint64_t bad_key_second;     /* loop thread only */
	unsigned bad_keys;
};

/* The newest good generation, one user more; null with err filled: there is
 * none. A damaged one is tried once, and the one before it stays. */
struct held *service_hold(struct service *s, struct err *err);
void service_drop(struct service *s, struct held *h); /* h may be null */

bool service_quick(void *ctx, const struct client_request *r, struct arena *a, struct http_response *out);
/* The body of a refusal and its header fields: a page when the request accepts HTML, as browsers say, else problem+json. */
void service_refuse(const struct http_request *r, const struct refusal *why, struct arena *a, struct http_response *out);
void service_problem(const struct refusal *why, bool page, struct arena *a, struct http_response *out);
void service_metrics(const struct service *s, struct buf *b);
void service_openapi(struct buf *b);

#endif
