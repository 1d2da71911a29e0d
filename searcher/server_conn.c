#include "searcher/server_private.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_MS 1000000u

/* Level-triggered: what was not read or written this time is reported again. */
static void watch(struct server *s, struct conn *c, uint32_t events)
{
	struct epoll_event e = { .events = events, .data.ptr = c };
	if (c->events == events)
		return; /* a call of the kernel less for each answer that goes out at once */
	c->events = events;
	epoll_ctl(s->epoll, EPOLL_CTL_MOD, c->fd, &e);
}

/* The place of a connection is a slot of a fixed table: its address is what epoll gives back, and memory is bounded. */
struct conn *conn_open(struct server *s, int fd, bool local, uint64_t client)
{
	struct conn *c = s->conns;
	while (c < s->conns + CONNS_MAX && c->state != CONN_FREE)
		c++;
	if (c == s->conns + CONNS_MAX)
		return NULL;
	struct epoll_event e = { .events = EPOLLIN, .data.ptr = c };
	if (epoll_ctl(s->epoll, EPOLL_CTL_ADD, fd, &e) != 0)
		return NULL;
	*c = (struct conn){ .state = CONN_READING, .fd = fd, .local = local, .client = client, .events = EPOLLIN };
	/* The arena stops a request that wants more: its limit is each connection's own. */
	c->opened = c->progressed = clock_ns();
	c->arena.limit = s->options->arena_bytes ? s->options->arena_bytes : 64u << 20;
	s->open++;
	atomic_store(&s->counts->connections, (unsigned)s->open);
	return c;
}

/* Never while a worker computes for it: the worker writes into its arena. */
void conn_close(struct server *s, struct conn *c)
{
	ASSERT(c->state != CONN_FREE && c->state != CONN_QUEUED);
	close(c->fd);
	free(c->in);
	arena_release(&c->arena);
	c->state = CONN_FREE;
	s->open--;
	atomic_store(&s->counts->connections, (unsigned)s->open);
}

/* The route by its name in the table, so that neither a query nor a citation in a path gets into the log (legal
 * research is confidential). */
static void log_line(const struct server *s, const struct conn *c)
{
	if (!s->options->log)
		return;
	double ms = (double)(clock_ns() - c->began) / 1e6;
	fprintf(stderr, "request=%llu route=%s status=%d bytes=%zu ms=%u.%02u\n", (unsigned long long)c->request.id,
		c->http.path.n ? s->service->route(c->http.path) : "-", c->response.status, c->response.body.n,
		(unsigned)ms, (unsigned)(ms * 100) % 100);
}

/* Bucket i holds answers within 2^i ms, the last one all that took longer. */
static void count(struct server *s, const struct conn *c)
{
	struct server_counts *n = s->counts;
	uint64_t ms = (clock_ns() - c->began) / NS_PER_MS;
	size_t i = 0;
	while (i < 11 && ms >= 1u << i)
		i++;
	atomic_fetch_add(&n->latency[i], 1);
	atomic_fetch_add(&n->status[c->response.status / 100 % 6], 1);
	atomic_fetch_add(&n->bytes_sent, c->response.body.n);
}

/* What an idle connection may hold: hundreds of them would add up what their largest request ever took. */
enum { IDLE_BYTES = 64 << 10 };

static void give_back(struct conn *c)
{
	if (c->arena.used > IDLE_BYTES)
		arena_release(&c->arena);
	else
		arena_reset(&c->arena);
	if (c->in_n || c->in_cap <= IDLE_BYTES)
		return;
	free(c->in);
	c->in = NULL;
	c->in_cap = 0;
}

/* The answer is sent: forget the request, keep what came after it.
 * What came behind the request (pipelining) moves to the front; its clock begins now, when it has our attention. */
static void next_request(struct server *s, struct conn *c)
{
	memmove(c->in, c->in + c->request_bytes, c->in_n - c->request_bytes);
	c->in_n -= c->request_bytes;
	c->request_bytes = 0;
	c->http = (struct http_request){ 0 };
	c->head = (struct buf){ 0 };
	c->sent = 0;
	c->body_phase = c->continued = false;
	c->fresh = c->in_n > 0;
	c->began = c->fresh ? clock_ns() : 0;
	c->progressed = clock_ns();
	give_back(c);
	c->state = CONN_READING;
	watch(s, c, EPOLLIN);
}

/* Head and body leave in one call and, where the socket takes both, in one packet. HEAD and 304 have the head of the
 * body only. False: the peer is gone. */
static bool send_some(struct conn *c)
{
	size_t body = c->http.method == HTTP_HEAD || c->response.status == 304 ? 0 : c->response.body.n;
	while (c->sent < c->head.n + body) {
		struct iovec io[2];
		size_t at = c->sent < c->head.n ? c->sent : c->head.n, done = c->sent - at;
		io[0] = (struct iovec){ c->head.p + at, c->head.n - at };
		io[1] = (struct iovec){ (char *)(uintptr_t)c->response.body.p + done, body - done };
		struct msghdr m = { .msg_iov = io, .msg_iovlen = 2 };
		ssize_t n = sendmsg(c->fd, &m, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN || errno == EWOULDBLOCK;
		c->sent += (size_t)n;
		c->progressed = clock_ns();
	}
	c->response.status = 0; /* all sent */
	return true;
}

/* A close with unread bytes would reset the connection and might destroy the
 * answer on its way: stop sending, and read on for a moment. */
static void linger(struct server *s, struct conn *c)
{
	shutdown(c->fd, SHUT_WR);
	c->state = CONN_LINGERING;
	c->queued = clock_ns();
	watch(s, c, EPOLLIN);
}

void conn_writable(struct server *s, struct conn *c)
{
	if (!send_some(c)) {
		conn_close(s, c);
	} else if (c->response.status) {
		watch(s, c, EPOLLOUT);
	} else if (c->closing) {
		linger(s, c);
	} else {
		next_request(s, c);
	}
}

/* RFC 9112, 9.6: whoever closes says so in the answer ("Connection: close"), lest the client send another request into
 * it. */
void conn_answered(struct server *s, struct conn *c)
{
	struct http_response *r = &c->response;
	c->closing |= r->close || !c->http.keep_alive || s->draining || c->requests >= limit_of(LIMIT_REQUESTS_PER_CONNECTION) ||
		      clock_ns() - c->opened > limit_of(LIMIT_LIFETIME_MS) * (uint64_t)NS_PER_MS;
	r->close = c->closing;
	r->date = http_date(time(NULL), &c->arena);
	r->request_id = arena_printf(&c->arena, "%llu", (unsigned long long)c->request.id);
	c->head = (struct buf){ .a = &c->arena };
	http_head(&c->head, r);
	count(s, c);
	log_line(s, c);
	c->state = CONN_SENDING;
	c->sent = 0;
	c->progressed = clock_ns();
	conn_writable(s, c);
}

void conn_refuse(struct server *s, struct conn *c, const struct refusal *why)
{
	c->response = (struct http_response){ 0 };
	s->service->refuse(&c->http, why, &c->arena, &c->response);
	/* Only a request that was read whole leaves the connection in a known state. */
	c->response.close = why->status != 503 || c->response.close;
	c->response.retry = why->status == 503;
	c->response.allow = why->status == 405 ? "GET, HEAD, POST" : NULL;
	c->state = CONN_SENDING;
	conn_answered(s, c);
}

/* A whole request stands at the start of `in`.
 * Refusals and small answers are given here and now; all that asks the index goes to a worker, and the socket is not
 * looked at until it has answered. */
static void dispatch(struct server *s, struct conn *c)
{
	c->requests++;
	c->request_bytes = c->http.header_bytes + c->http.body_bytes;
	c->request = (struct client_request){ &c->http, c->local, ++s->next_id, clock_ns() };
	c->response = (struct http_response){ 0 };
	atomic_fetch_add(&s->counts->requests, 1);
	if (s->service->quick(s->service->ctx, &c->request, &c->arena, &c->response)) {
		conn_answered(s, c);
		return;
	}
	c->queued = clock_ns();
	/* While a worker is at it the socket is watched for nothing: more requests wait in the kernel. */
	if (pool_put(&s->pool, c)) {
		watch(s, c, 0);
		return;
	}
	atomic_fetch_add(&s->counts->refused_busy, 1);
	conn_refuse(s, c, &(struct refusal){ 503, "busy", "all workers are busy and the queue is full; try again" });
}

/* Stable, for programs; the reason in words is for people and may change. */
static const char *refusal_code(int status)
{
	return status == 413 ? "body_too_large" : status == 414 ? "uri_too_long" : status == 431 ? "header_too_large" :
	       status == 405 ? "method_not_allowed" : status == 505 ? "http_version" : "bad_request";
}

/* A request is read anew from its first byte whenever more has come. That is quadratic in the number of pieces, but
 * header-bytes bounds it, and one that trickles is cut off. */
static void parse_next(struct server *s, struct conn *c)
{
	const char *why;
	int status = http_parse((span){ c->in, c->in_n }, &c->http, &why);
	if (status == 0) {
		dispatch(s, c);
	} else if (status != 100) {
		atomic_fetch_add(&s->counts->bad_requests, 1);
		c->request.id = ++s->next_id;
		c->closing = true;
		conn_refuse(s, c, &(struct refusal){ status, refusal_code(status), why });
	/* RFC 9110, 10.1.1: a client with a large body may wait for this before it sends it. Once for a request. */
	} else if (c->http.header_bytes) {
		c->body_phase = true;
		if (c->http.expects_continue && !c->continued)
			send(c->fd, "HTTP/1.1 100 Continue\r\n\r\n", 25, MSG_NOSIGNAL | MSG_DONTWAIT);
		c->continued = true;
	}
}

/* Grows with what comes, never with what a length announces: memory is taken only by bytes that were sent. */
static bool room(struct conn *c)
{
	/* One byte more than a header and a body may have, so that too much is seen as too much. */
	size_t most = limit_of(LIMIT_HEADER_BYTES) + limit_of(LIMIT_BODY_BYTES) + 1;
	if (c->in_n < c->in_cap)
		return true;
	size_t cap = c->in_cap ? c->in_cap * 2 : 4096;
	if (cap > most)
		cap = most;
	char *p = cap > c->in_cap ? realloc(c->in, cap) : NULL;
	if (!p)
		return false;
	c->in = p;
	c->in_cap = cap;
	return true;
}

/* A few at a time: a client that sends a hundred requests at once takes its turn with the others, and the sweep comes
 * back to it. */
void conn_continue(struct server *s, struct conn *c)
{
	for (int i = 0; i < 16 && c->state == CONN_READING && c->fresh; i++) {
		c->fresh = false;
		parse_next(s, c);
	}
}

/* While lingering, what comes is thrown away: it only has to be read. */
void conn_readable(struct server *s, struct conn *c)
{
	char discarded[4096];
	if (c->state == CONN_LINGERING) {
		if (recv(c->fd, discarded, sizeof discarded, 0) <= 0 && errno != EAGAIN)
			conn_close(s, c);
		return;
	}
	ssize_t n = -1;
	/* Where no memory could be had nothing was read: the connection is closed, the others live. */
	errno = ENOMEM;
	if (room(c))
		n = recv(c->fd, c->in + c->in_n, c->in_cap - c->in_n, 0);
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (n <= 0) {
		conn_close(s, c);
		return;
	}
	c->in_n += (size_t)n;
	c->progressed = clock_ns();
	if (!c->began)
		c->began = c->progressed;
	/* The header of a long body is not read again at each of its pieces. */
	if (!c->body_phase || c->in_n >= c->http.header_bytes + c->http.body_bytes)
		parse_next(s, c);
}

/* since may be later than now: events of the same turn set it after the clock was read. */
static bool past(uint64_t now, uint64_t since, enum limit l)
{
	return now > since && now - since > limit_of(l) * (uint64_t)NS_PER_MS;
}

/* Since when a connection keeps its place without a whole request. */
static uint64_t waits_since(const struct conn *c)
{
	return c->began ? c->began : c->progressed;
}

/* Whether a goes before b: one that never sent a whole request before one that did, and then the one that waits longer. */
static bool goes_first(const struct conn *a, const struct conn *b)
{
	bool known_a = a->requests > 0, known_b = b->requests > 0;
	return known_a != known_b ? known_b : waits_since(a) < waits_since(b);
}

void conn_make_room(struct server *s, uint64_t now)
{
	struct conn *oldest = NULL;
	for (struct conn *c = s->conns; c < s->conns + CONNS_MAX && s->open >= limit_of(LIMIT_CONNECTIONS); c++) {
		if (c->state == CONN_LINGERING || (c->state == CONN_READING && past(now, waits_since(c), LIMIT_MAKE_ROOM_MS)))
			if (!oldest || goes_first(c, oldest))
				oldest = c;
	}
	if (!oldest)
		return;
	atomic_fetch_add(&s->counts->refused_connections, 1);
	conn_close(s, oldest);
}

/* Each state has its clock. Absolute ones (header, body, answer) count from the first byte, so that a byte now and
 * then does not stretch them, which is all that a slow client can do. */
void conn_sweep(struct server *s, struct conn *c, uint64_t now)
{
	if (c->state == CONN_LINGERING) {
		if (past(now, c->queued, LIMIT_LINGER_MS))
			conn_close(s, c);
	} else if (c->state == CONN_SENDING) {
		if (past(now, c->progressed, LIMIT_SEND_MS) || past(now, c->began, LIMIT_RESPONSE_MS))
			conn_close(s, c);
	/* A client that has asked may think for a while (idle-time); one that never has must begin soon (header-time). */
	} else if (c->state == CONN_READING && !c->began) {
		if (s->draining || past(now, c->progressed, c->requests ? LIMIT_IDLE_MS : LIMIT_HEADER_MS))
			conn_close(s, c);
	/* It was left over when its turn was up. */
	} else if (c->state == CONN_READING && c->fresh) {
		conn_continue(s, c);
	} else if (c->state == CONN_READING && past(now, c->began, c->body_phase ? LIMIT_BODY_MS : LIMIT_HEADER_MS)) {
		c->closing = true;
		c->http.keep_alive = false;
		conn_refuse(s, c, &(struct refusal){ 408, "request_timeout", "the request did not arrive in time" });
	}
}
