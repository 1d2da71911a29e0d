/* Parts of the server that share its state: pool (workers and their queue),
 * conn (one connection's life) and loop (the event loop). */
#ifndef SEARCHER_SERVER_PRIVATE_H
#define SEARCHER_SERVER_PRIVATE_H

#include <pthread.h>
#include "searcher/server.h"
#include "searcher/server_limits.h"

enum { CONNS_MAX = 256, WORKERS_MAX = 64, QUEUE_MAX = 256 };

enum conn_state { CONN_FREE, CONN_READING, CONN_QUEUED, CONN_SENDING, CONN_LINGERING };

struct conn {
	enum conn_state state;
	int fd;
	uint32_t events;           /* that epoll watches it for */
	bool local, closing;       /* closing: no further request after this answer */
	bool body_phase;           /* header whole, body not */
	bool fresh;                /* bytes of a next request are there, not looked at yet */
	uint64_t client;           /* hash of the peer's address */
	uint64_t opened, began, progressed, queued; /* clock_ns; began 0: no byte of a request yet */
	unsigned requests;
	char *in;                  /* bytes received and not yet used */
	size_t in_n, in_cap;
	size_t request_bytes;      /* of the request under way, at the start of `in` */
	bool continued;            /* 100 Continue was sent */
	struct http_request http;
	struct client_request request;
	struct http_response response;
	struct arena arena;        /* of the request under way */
	struct buf head;
	size_t sent;               /* of head and body together */
};

/* Bounded queue of connections whose request waits for a worker, and of those
 * whose answer is ready. */
struct pool {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct conn *queue[QUEUE_MAX], *done[CONNS_MAX];
	size_t queued, ndone, queue_max;
	int done_fd; /* eventfd: an answer is ready */
	bool stop;
	pthread_t threads[WORKERS_MAX];
	size_t nthreads;
	const struct server_service *service;
	struct server_counts *counts;
};
bool pool_start(struct pool *p, size_t workers, struct err *err);
void pool_stop(struct pool *p);
/* False when the queue is full. */
bool pool_put(struct pool *p, struct conn *c);
/* Takes one connection that has waited since before `before`; null: none. */
struct conn *pool_expired(struct pool *p, uint64_t before);
/* Takes one connection whose answer is ready; null: none. */
struct conn *pool_done(struct pool *p);

struct server {
	struct listeners *listeners;
	const struct server_service *service;
	const struct server_options *options;
	struct server_counts *counts;
	struct pool pool;
	struct conn conns[CONNS_MAX];
	int epoll;
	size_t open;
	uint64_t next_id, swept, refreshed, drain_until;
	bool draining;
};

/* conn: each of these may close the connection (state CONN_FREE after). */
struct conn *conn_open(struct server *s, int fd, bool local, uint64_t client);
/* When all connections are taken: closes the one that has waited longest, past LIMIT_MAKE_ROOM_MS, for a whole
 * request, so that slow and idle clients cannot keep others out. Those that never sent one go first. */
void conn_make_room(struct server *s, uint64_t now);
void conn_close(struct server *s, struct conn *c);
void conn_readable(struct server *s, struct conn *c);
void conn_writable(struct server *s, struct conn *c);
void conn_answered(struct server *s, struct conn *c); /* response is set */
void conn_refuse(struct server *s, struct conn *c, const struct refusal *why);
/* Looks at requests that came behind an answered one, a few at a time. */
void conn_continue(struct server *s, struct conn *c);
void conn_sweep(struct server *s, struct conn *c, uint64_t now); /* deadlines */

#endif
