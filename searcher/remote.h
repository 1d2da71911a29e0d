/* remote: a search asked of a running server instead of an index on this disk.
 *
 * Speaks to `pincite serve` over its Unix socket or TCP; what comes back is the
 * same value that search() makes, so that every output format is the same. */
#ifndef SEARCHER_REMOTE_H
#define SEARCHER_REMOTE_H

#include "searcher/search.h"

/* An answer of HTTP, read whole. */
struct remote_reply {
	int status;
	span body;
};
/* GET of a target such as "/v1/stats" from the server at `where`: "unix:/path"
 * or "http://host:port". False with err filled: no server there
 * (ERR_NOT_FOUND), it does not answer in time (ERR_TRY_AGAIN), or what it says
 * is not HTTP (ERR_IO). At most REMOTE_BYTES are read. */
enum { REMOTE_BYTES = 16 << 20, REMOTE_SECONDS = 30 };
bool remote_get(span where, span target, struct arena *a, struct remote_reply *out, struct err *err);

/* As search(), and the JSON as sent. Refusals of the server come as
 * errors with its own words and the code that the command has for them; a
 * server that lacks an option says so. Borrows from the arena. */
bool remote_search(span where, const struct search_request *r, struct arena *a, struct search_answer *out, struct err *err);

/* remote_answer.c: JSON of /v1/search as a value. False: it is none. */
bool remote_answer(span body, struct arena *a, struct search_answer *out);
/* "code" and "detail" of problem+json, empty when it is none. */
void remote_problem(span body, struct arena *a, span *code, span *detail);

#endif
