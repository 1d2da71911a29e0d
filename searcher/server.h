/* server: connections, admission and workers; knows HTTP but no law.
 *
 * One thread runs an event loop over all sockets and never blocks: it reads
 * requests, refuses what server_limits refuses, and sends answers. Workers,
 * one a slot, compute answers from a bounded queue. A request that finds the
 * queue full, or waits too long in it, gets 503 at once. */
#ifndef SEARCHER_SERVER_H
#define SEARCHER_SERVER_H

#include <stdatomic.h>
#include "base/args.h"
#include "base/err.h"
#include "searcher/http.h"

enum { SERVER_LISTENERS_MAX = 16 };

struct listener {
	int fd;
	bool local; /* Unix socket: no Host check, no limit by client address */
	char path[108]; /* of a Unix socket that we made, to be removed; else empty */
};
struct listeners {
	struct listener v[SERVER_LISTENERS_MAX];
	size_t n, handed;    /* handed: of these, by systemd */
	bool open_to_others; /* a TCP address that is not loopback is among them */
};
/* Binds "127.0.0.1:8080", "[::1]:8080", "unix:/path.sock" or takes "fd:3";
 * several may be added. A stale Unix socket is replaced, a live one refused. */
bool listeners_add(struct listeners *l, span where, struct err *err);
/* Adds the sockets systemd passed (LISTEN_FDS), none when it did not. */
bool listeners_from_systemd(struct listeners *l, struct err *err);
void listeners_close(struct listeners *l);

/* Counters for /metrics. Written by the loop, read by anyone. */
struct server_counts {
	atomic_ullong requests, status[6], refused_busy, refused_connections, bad_requests, bytes_sent, workers_ns;
	atomic_uint connections, in_flight;
	atomic_ullong latency[12]; /* answers within 2^i ms, the last: longer */
};

struct client_request {
	const struct http_request *http;
	bool local;           /* came by a Unix socket */
	uint64_t id;          /* counts from 1, for X-Request-Id and the log */
	uint64_t received_ns; /* CLOCK_MONOTONIC */
};

/* Why a request is not answered: the code is stable, the detail is for people. */
struct refusal {
	int status;
	const char *code, *detail;
};
/* What a server does; ctx is its own. */
struct server_service {
	void *ctx;
	/* Answers in the loop thread, in microseconds: health, metrics, refusals. False: to a worker. */
	bool (*quick)(void *ctx, const struct client_request *r, struct arena *a, struct http_response *out);
	/* One per worker thread. */
	void *(*worker_open)(void *ctx);
	void (*worker_close)(void *worker);
	/* In a worker, with memory that lasts as long as the call: what the answer's body, location and etag
	 * need is copied. */
	void (*answer)(void *worker, const struct client_request *r, struct arena *a, struct http_response *out);
	/* SIGHUP, and once a second. */
	void (*refresh)(void *ctx, bool asked);
	/* Body of a refusal: a page for a browser, problem+json for a program. r is what was read of the request. */
	void (*refuse)(const struct http_request *r, const struct refusal *why, struct arena *a, struct http_response *out);
	/* One line for the log without query text; the name of the route of a target. */
	const char *(*route)(span path);
};

struct server_options {
	size_t workers;       /* 0: one for each core */
	size_t arena_bytes;   /* memory a request may take; 0: 64 MiB */
	bool log;             /* one line a request on stderr */
	int signals;          /* signalfd for SIGTERM, SIGINT and SIGHUP; blocked in all threads */
};
/* Serves until SIGTERM or SIGINT, then drains. False with err for trouble at the start. */
bool server_run(struct listeners *l, const struct server_service *s, const struct server_options *o,
		struct server_counts *counts, struct err *err);
/* Tells systemd (NOTIFY_SOCKET) a state such as "READY=1"; nothing when not run by it. */
void server_notify(const char *state);
uint64_t clock_ns(void); /* CLOCK_MONOTONIC */

#endif
