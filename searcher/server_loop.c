#include "searcher/server_private.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <time.h>
#include <unistd.h>
#include "base/hash.h"

/* A deadline is seen late by SWEEP_MS at most, which is a tenth of the shortest of them; while nothing is open the
 * loop wakes five times a second, for CURRENT. */
enum { EVENTS = 64, SWEEP_MS = 10 };
#define NS_PER_MS 1000000u

uint64_t clock_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* Counted anew for each connection accepted: 256 comparisons cost less than a table of addresses that has to be kept
 * right. */
static size_t connections_of(const struct server *s, uint64_t client)
{
	size_t n = 0;
	for (size_t i = 0; i < CONNS_MAX; i++)
		n += s->conns[i].state != CONN_FREE && s->conns[i].client == client;
	return n;
}

/* Port and scope are left out: a client that opens many connections has as many ports. */
static uint64_t client_of(const struct sockaddr_storage *a)
{
	const struct sockaddr_in *v4 = (const void *)a;
	const struct sockaddr_in6 *v6 = (const void *)a;
	if (a->ss_family == AF_INET)
		return hash64((span){ (const char *)&v4->sin_addr, sizeof v4->sin_addr });
	return a->ss_family == AF_INET6 ? hash64((span){ (const char *)&v6->sin6_addr, sizeof v6->sin6_addr }) : 0;
}

/* No room: 503 at once, so that the client knows within a moment. What it has sent already says whether it is a browser;
 * all of that is read, since a close over unread bytes would reset the connection, and the answer be lost. */
static void turn_away(struct server *s, int fd)
{
	static const struct refusal full = { 503, "connections", "too many connections are open; try again" };
	char sent[4096];
	struct http_request r;
	struct http_response answer = { 0 };
	struct arena a = { 0 };
	struct buf head = { .a = &a };
	const char *why;
	ssize_t n = recv(fd, sent, sizeof sent, MSG_DONTWAIT);
	http_parse((span){ sent, n > 0 ? (size_t)n : 0 }, &r, &why);
	s->service->refuse(&r, &full, &a, &answer);
	/* The connection was never ours: it ends with the answer. */
	answer.close = answer.retry = true;
	answer.date = http_date(time(NULL), &a);
	http_head(&head, &answer);
	if (r.method != HTTP_HEAD)
		buf_put(&head, answer.body);
	atomic_fetch_add(&s->counts->refused_connections, 1);
	send(fd, head.p, head.n, MSG_NOSIGNAL | MSG_DONTWAIT);
	shutdown(fd, SHUT_WR);
	for (int i = 0; i < 4 && n == sizeof sent; i++)
		n = recv(fd, sent, sizeof sent, MSG_DONTWAIT);
	arena_release(&a);
	close(fd);
}

/* At most 16 in a row, so that a flood of connections cannot keep requests already read from being answered; the
 * listener stays readable, and epoll comes back to it. */
static void accept_some(struct server *s, const struct listener *l)
{
	for (int i = 0; i < 16; i++) {
		struct sockaddr_storage from = { 0 };
		socklen_t size = sizeof from;
		int fd = accept4(l->fd, (struct sockaddr *)&from, &size, SOCK_NONBLOCK | SOCK_CLOEXEC), on = 1, send_buffer = 256 << 10;
		if (fd < 0)
			return; /* EAGAIN, or out of descriptors: those open are served on */
		/* On a Unix socket all clients are one, and there is no limit for each. */
		uint64_t client = l->local ? 0 : client_of(&from);
		if (!l->local) {
			/* An answer is written whole, so there is nothing to gather. The buffer bounds what a slow
			 * reader can hold of it in the kernel. */
			setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
			setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &send_buffer, sizeof send_buffer);
		}
		/* A client above its share is refused before room is made: others must not lose their place to it. */
		bool crowded = !l->local && connections_of(s, client) >= limit_of(LIMIT_CONNECTIONS_PER_CLIENT);
		if (!crowded)
			conn_make_room(s, clock_ns());
		if (crowded || s->open >= limit_of(LIMIT_CONNECTIONS) || !conn_open(s, fd, l->local, client))
			turn_away(s, fd);
	}
}

/* New connections are refused at once (the listeners are gone) and a proxy sends them elsewhere; what is open gets
 * LIMIT_DRAIN_MS. A second signal changes nothing. */
static void begin_drain(struct server *s)
{
	if (s->draining)
		return;
	server_notify("STOPPING=1");
	s->draining = true;
	s->drain_until = clock_ns() + limit_of(LIMIT_DRAIN_MS) * (uint64_t)NS_PER_MS;
	listeners_close(s->listeners);
}

/* Signals are read like any other input (signalfd), so no handler runs in the middle of something. */
static void take_signals(struct server *s)
{
	struct signalfd_siginfo info;
	while (read(s->options->signals, &info, sizeof info) == sizeof info) {
		if (info.ssi_signo == SIGHUP)
			s->service->refresh(s->service->ctx, true);
		else
			begin_drain(s);
	}
}

/* The counter only wakes; how many answers there are the pool says. A request that came behind the answered one may be
 * whole already, and no event of the socket will tell. */
static void take_answers(struct server *s)
{
	uint64_t n;
	ssize_t ignored = read(s->pool.done_fd, &n, sizeof n);
	(void)ignored;
	for (struct conn *c; (c = pool_done(&s->pool));) {
		conn_answered(s, c);
		conn_continue(s, c);
	}
}

/* The queue is looked at after every event, for a place in it must not be held longer than queue-wait; all other
 * deadlines at each tick. */
static void sweep(struct server *s)
{
	uint64_t now = clock_ns(), wait = limit_of(LIMIT_QUEUE_WAIT_MS) * (uint64_t)NS_PER_MS;
	for (struct conn *c; (c = pool_expired(&s->pool, now - wait));) {
		atomic_fetch_add(&s->counts->refused_busy, 1);
		conn_refuse(s, c, &(struct refusal){ 503, "busy", "no worker was free in time; try again" });
	}
	if (now - s->swept < SWEEP_MS * (uint64_t)NS_PER_MS)
		return;
	s->swept = now;
	for (size_t i = 0; i < CONNS_MAX; i++)
		if (s->conns[i].state != CONN_FREE)
			conn_sweep(s, &s->conns[i], now);
	if (now - s->refreshed > 1000 * (uint64_t)NS_PER_MS) {
		s->refreshed = now;
		s->service->refresh(s->service->ctx, false);
	}
}

/* One that waits for a worker is watched for nothing, yet epoll always reports an end or an error. */
static void handle_conn(struct server *s, struct conn *c, uint32_t events)
{
	/* An end or an error shows as a read of 0 or -1: no case of its own. */
	if (c->state == CONN_READING || c->state == CONN_LINGERING)
		conn_readable(s, c);
	/* Nobody will read the rest of the answer. */
	else if (c->state == CONN_SENDING && (events & (EPOLLERR | EPOLLHUP)))
		conn_close(s, c);
	else if (c->state == CONN_SENDING)
		conn_writable(s, c);
	else if (c->state != CONN_FREE) /* the client hung up while a worker is at it: hear no more of it */
		epoll_ctl(s->epoll, EPOLL_CTL_DEL, c->fd, NULL);
	conn_continue(s, c);
}

/* What an event is of is told by its pointer: a listener, the pool, the server itself (signals), or else a connection.
 * Listeners closed by the drain may still have an event under way. */
static void handle(struct server *s, const struct epoll_event *e)
{
	struct listener *l = e->data.ptr;
	if (l >= s->listeners->v && l < s->listeners->v + SERVER_LISTENERS_MAX) {
		if (l->fd >= 0)
			accept_some(s, l);
		return;
	}
	if (e->data.ptr == &s->pool) {
		take_answers(s);
		return;
	}
	if (e->data.ptr == s) {
		take_signals(s);
		return;
	}
	handle_conn(s, e->data.ptr, e->events);
}

static bool watch_all(struct server *s, struct err *err)
{
	struct epoll_event done = { .events = EPOLLIN, .data.ptr = &s->pool }, signals = { .events = EPOLLIN, .data.ptr = s };
	if (epoll_ctl(s->epoll, EPOLL_CTL_ADD, s->pool.done_fd, &done) != 0 ||
	    epoll_ctl(s->epoll, EPOLL_CTL_ADD, s->options->signals, &signals) != 0)
		return err_errno(err, errno, "epoll");
	for (size_t i = 0; i < s->listeners->n; i++) {
		struct epoll_event e = { .events = EPOLLIN, .data.ptr = &s->listeners->v[i] };
		if (epoll_ctl(s->epoll, EPOLL_CTL_ADD, s->listeners->v[i].fd, &e) != 0)
			return err_errno(err, errno, "epoll");
	}
	return true;
}

/* A connection on which nothing is under way is closed by the sweep of the drain, so an idle server ends at once. */
static void loop(struct server *s)
{
	struct epoll_event events[EVENTS];
	while (!s->draining || (s->open && clock_ns() < s->drain_until)) {
		/* A wait that a signal ends gives -1, and no event is handled. */
		int n = epoll_wait(s->epoll, events, EVENTS, s->open ? SWEEP_MS : 200);
		for (int i = 0; i < n; i++)
			handle(s, &events[i]);
		sweep(s);
	}
}

/* One a core: a query computes and hardly waits, so more would only share the same time. */
static size_t worker_count(const struct server_options *o)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	size_t n = o->workers ? o->workers : cores > 0 ? (size_t)cores : 1;
	return n > WORKERS_MAX ? WORKERS_MAX : n;
}

/* Only after the workers have ended: until then a queued connection belongs to one of them. */
static void close_all(struct server *s)
{
	for (size_t i = 0; i < CONNS_MAX; i++) {
		if (s->conns[i].state == CONN_FREE)
			continue;
		s->conns[i].state = CONN_SENDING;
		conn_close(s, &s->conns[i]);
	}
}

bool server_run(struct listeners *l, const struct server_service *service, const struct server_options *o,
		struct server_counts *counts, struct err *err)
{
	struct server *s = calloc(1, sizeof *s);
	if (!s)
		return err_set(err, ERR_TRY_AGAIN, "out of memory");
	*s = (struct server){ .listeners = l, .service = service, .options = o, .counts = counts };
	s->pool.service = service;
	s->pool.counts = counts;
	s->epoll = epoll_create1(EPOLL_CLOEXEC);
	bool started = s->epoll >= 0 && pool_start(&s->pool, worker_count(o), err);
	bool ok = started && watch_all(s, err);
	if (ok) {
		server_notify("READY=1");
		loop(s);
	}
	/* In this order: workers use connections, connections the epoll. */
	if (started)
		pool_stop(&s->pool);
	close_all(s);
	if (s->epoll >= 0)
		close(s->epoll);
	listeners_close(l);
	free(s);
	return ok || err_set(err, ERR_TRY_AGAIN, "the server could not start");
}
