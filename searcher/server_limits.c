#include "searcher/server_limits.h"

/* A test compares this table with docs/server-limits.md, row by row. What a client sees past a limit stands with
 * it, because a limit that shows itself as a broken connection is a bug report. */
const struct limit_row server_limits[LIMIT_COUNT] = {
	[LIMIT_URI_BYTES] = { "uri-bytes", 8192, "bytes", "request target; 414 past it" },
	[LIMIT_HEADER_BYTES] = { "header-bytes", 16384, "bytes", "request line and header fields together; 431 past it" },
	[LIMIT_HEADERS] = { "headers", 64, "fields", "header fields of a request; 431 past it" },
	[LIMIT_BODY_BYTES] = { "body-bytes", 1048576, "bytes", "body of a POST; 413 past it" },
	[LIMIT_RESPONSE_BYTES] = { "response-bytes", 8388608, "bytes", "body of an answer; 500 past it" },
	[LIMIT_QUERY_BYTES] = { "query-bytes", 2048, "bytes", "text of a query; 400 query_too_long past it" },
	/* Counts: what one client, and all of them together, may hold at once. */
	[LIMIT_CONNECTIONS] = { "connections", 256, "connections", "open at once; 503 past it" },
	[LIMIT_MAKE_ROOM_MS] = { "make-room", 500, "ms", "without a whole request: when all connections are taken, the one that waits longest is closed for a new one, those that never sent one first" },
	[LIMIT_CONNECTIONS_PER_CLIENT] = { "connections-per-client", 32, "connections", "open at once from one address; 503 past it" },
	[LIMIT_BACKLOG] = { "backlog", 256, "connections", "waiting to be accepted" },
	[LIMIT_REQUESTS_PER_CONNECTION] = { "requests-per-connection", 1000, "requests", "then the connection is closed" },
	[LIMIT_QUEUE_PER_WORKER] = { "queue-per-worker", 4, "requests", "waiting for each worker; 503 with Retry-After past it" },
	[LIMIT_QUEUE_WAIT_MS] = { "queue-wait", 100, "ms", "wait for a worker; 503 with Retry-After past it" },
	/* Times. The absolute ones count from the first byte, so that a client that trickles cannot
	 * stretch them. */
	[LIMIT_HEADER_MS] = { "header-time", 5000, "ms", "from the first byte to the end of the header, absolute; 408 past it; and for the first byte of a connection" },
	[LIMIT_BODY_MS] = { "body-time", 10000, "ms", "for the whole body, absolute; 408 past it" },
	[LIMIT_IDLE_MS] = { "idle-time", 15000, "ms", "between requests of a connection; closed past it" },
	[LIMIT_SEND_MS] = { "send-time", 10000, "ms", "without progress in sending; closed past it" },
	[LIMIT_RESPONSE_MS] = { "response-time", 30000, "ms", "for sending a whole answer; closed past it" },
	[LIMIT_LIFETIME_MS] = { "lifetime", 300000, "ms", "of a connection; closed after the answer past it" },
	[LIMIT_DEADLINE_MS] = { "deadline", 1000, "ms", "for a query; partial answer or 503 deadline past it" },
	[LIMIT_DEADLINE_MIN_MS] = { "deadline-min", 50, "ms", "least timeout_ms a request may ask for" },
	[LIMIT_DEADLINE_MAX_MS] = { "deadline-max", 5000, "ms", "greatest timeout_ms a request may ask for" },
	[LIMIT_DRAIN_MS] = { "drain", 5000, "ms", "after SIGTERM for requests under way" },
	[LIMIT_LINGER_MS] = { "linger", 1000, "ms", "reading on after the last answer, so that it arrives" },
	[LIMIT_BAD_KEYS_PER_SECOND] = { "bad-keys-per-second", 10, "requests", "with a wrong key, from all clients; 429 past it" },
};
