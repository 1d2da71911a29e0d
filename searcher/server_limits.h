/* server_limits: the server's protection defaults, one row each.
 *
 * The code reads them here, docs/server-limits.md and the tests are checked
 * against the same table. Sources: reliability design of pincite; the values
 * follow common practice of public HTTP servers (absolute header deadline,
 * between-operations send deadline) tightened for a search engine. */
#ifndef SEARCHER_SERVER_LIMITS_H
#define SEARCHER_SERVER_LIMITS_H

#include <stddef.h>

enum limit {
	LIMIT_URI_BYTES, LIMIT_HEADER_BYTES, LIMIT_HEADERS, LIMIT_BODY_BYTES, LIMIT_RESPONSE_BYTES, LIMIT_QUERY_BYTES,
	LIMIT_CONNECTIONS, LIMIT_MAKE_ROOM_MS, LIMIT_CONNECTIONS_PER_CLIENT, LIMIT_BACKLOG, LIMIT_REQUESTS_PER_CONNECTION,
	LIMIT_QUEUE_PER_WORKER, LIMIT_QUEUE_WAIT_MS, LIMIT_HEADER_MS, LIMIT_BODY_MS, LIMIT_IDLE_MS, LIMIT_SEND_MS,
	LIMIT_RESPONSE_MS, LIMIT_LIFETIME_MS, LIMIT_DEADLINE_MS, LIMIT_DEADLINE_MIN_MS, LIMIT_DEADLINE_MAX_MS, LIMIT_DRAIN_MS, LIMIT_LINGER_MS,
	LIMIT_BAD_KEYS_PER_SECOND, LIMIT_COUNT
};

struct limit_row {
	const char *name;  /* as in docs/server-limits.md */
	size_t value;
	const char *unit;
	const char *what;  /* what it bounds, and what a client sees past it */
};
extern const struct limit_row server_limits[LIMIT_COUNT];

static inline size_t limit_of(enum limit l) { return server_limits[l].value; }

#endif
