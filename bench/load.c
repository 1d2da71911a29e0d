/* bench load: load on a running server over a Unix socket or loopback.
 *
 * Closed loop: each of --clients connections sends its next request when the
 * last was answered. Open loop (--rate): requests are due at fixed times
 * whatever the server does, and a latency counts from when it was due, so that
 * a stalled server cannot hide (coordinated omission). Bounded by --seconds. */
#include "bench/bench.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include "base/args.h"
#include "base/file.h"
#include "base/json.h"
#include "searcher/server.h"

enum { CLIENTS_MAX = 2048, IN_BYTES = 64 << 10, SAMPLES_MAX = 1 << 20, RETRY_NS = 20000000 };

struct load_options {
	span socket, paths, json, until;
	uint64_t port, clients, rate, seconds, requests, slow;
};
#define FIELD(f) offsetof(struct load_options, f)
static const struct opt opts[] = {
	{ .name = "socket", .kind = OPT_TEXT, .offset = FIELD(socket), .value = "PATH", .help = "Unix socket of the server" },
	{ .name = "port", .kind = OPT_UINT, .offset = FIELD(port), .value = "N", .max = 65535, .help = "or its port on 127.0.0.1" },
	{ .name = "paths", .kind = OPT_TEXT, .offset = FIELD(paths), .value = "FILE", .help = "request targets, one a line, used in turn" },
	{ .name = "clients", .kind = OPT_UINT, .offset = FIELD(clients), .value = "N", .min = 1, .max = CLIENTS_MAX, .help = "connections (32)" },
	{ .name = "rate", .kind = OPT_UINT, .offset = FIELD(rate), .value = "N", .max = 1000000, .help = "requests a second, open loop; 0: closed loop" },
	{ .name = "requests", .kind = OPT_UINT, .offset = FIELD(requests), .value = "N", .max = 100000000, .help = "stop after so many; 0: at --seconds" },
	{ .name = "slow", .kind = OPT_UINT, .offset = FIELD(slow), .value = "N", .max = CLIENTS_MAX, .help = "further connections: a third send a byte each 100 ms, a third ask and never read, a third say nothing" },
	{ .name = "seconds", .kind = OPT_UINT, .offset = FIELD(seconds), .value = "N", .min = 1, .max = 600, .help = "how long (5)" },
	{ .name = "until", .kind = OPT_TEXT, .offset = FIELD(until), .value = "FILE", .help = "stop as soon as FILE is there" },
	{ .name = "json", .kind = OPT_TEXT, .offset = FIELD(json), .value = "FILE", .help = "write the figures there too" },
};
static const struct command command = { "bench load", "", "load on a running server: rate, latency, overload",
	"bench/load.sh BUILD INDEX 3 100000 3 starts a server, runs all that is in \"Serving under load\", and prints the table.", opts,
	sizeof opts / sizeof *opts };

struct client {
	int fd;
	bool busy, last;    /* last: the server closes after this answer */
	uint64_t after;     /* after a 503: not to be used before */
	uint64_t due;       /* when the request under way should have been sent */
	size_t n;           /* bytes of the answer in `in` */
	size_t whole;       /* bytes of the whole answer, 0: head not read yet */
	char in[4096];      /* head and beginning of the answer */
};
struct samples {
	uint32_t *us;
	size_t n;
};
struct load {
	const struct load_options *o;
	struct spans targets;
	struct client *clients;
	struct samples ok, refused;
	size_t other, lost, sent, slow_cut;
	int *slow;
	uint64_t slow_at, took;
	int epoll;
};

/* Each sixteen slow clients on TCP come from an address of their own, as those of a network would. */
static void from_address(int fd, size_t slow)
{
	struct sockaddr_in from = { .sin_family = AF_INET };
	from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + (uint32_t)(slow / 16));
	(void)!bind(fd, (const struct sockaddr *)&from, sizeof from);
}

enum { GOOD = -1 };
static int dial(const struct load_options *o, ssize_t slow)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	struct sockaddr_in in = { .sin_family = AF_INET, .sin_port = htons((uint16_t)o->port) };
	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	bool local = o->socket.n > 0 && o->socket.n < sizeof un.sun_path;
	int fd = socket(local ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
	if (local)
		memcpy(un.sun_path, o->socket.p, o->socket.n);
	else
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	if (!local && slow != GOOD)
		from_address(fd, (size_t)slow);
	int r = local ? connect(fd, (struct sockaddr *)&un, sizeof un) : connect(fd, (struct sockaddr *)&in, sizeof in);
	if (r == 0)
		return fd;
	close(fd);
	return -1;
}

static bool connect_client(struct load *l, struct client *c)
{
	struct epoll_event e = { .events = EPOLLIN, .data.ptr = c };
	*c = (struct client){ .fd = dial(l->o, GOOD) };
	return c->fd >= 0 && epoll_ctl(l->epoll, EPOLL_CTL_ADD, c->fd, &e) == 0;
}

static void ask(struct load *l, struct client *c, uint64_t due)
{
	char line[9000];
	span t = l->targets.v[l->sent++ % l->targets.n];
	int n = snprintf(line, sizeof line, "GET %.*s HTTP/1.1\r\nHost: localhost\r\n\r\n", SPAN_ARG(t));
	c->busy = true;
	c->due = due;
	c->n = c->whole = 0;
	if (send(c->fd, line, (size_t)n, MSG_NOSIGNAL) == n)
		return;
	l->lost++;
	close(c->fd);
	connect_client(l, c);
}

static void record(struct samples *s, uint64_t ns)
{
	if (s->n < SAMPLES_MAX)
		s->us[s->n++] = (uint32_t)(ns / 1000 > UINT32_MAX ? UINT32_MAX : ns / 1000);
}

static void answered(struct load *l, struct client *c)
{
	int status = atoi(c->in + 9);
	uint64_t took = clock_ns() - c->due;
	if (status == 200)
		record(&l->ok, took);
	else if (status == 503)
		record(&l->refused, took);
	else
		l->other++;
	c->busy = false;
	c->after = status == 503 ? clock_ns() + RETRY_NS : 0;
	if (!c->last)
		return;
	close(c->fd);
	connect_client(l, c);
}

/* Keeps the head in `in`, throws the rest of the body away. */
static void hear(struct load *l, struct client *c)
{
	char rest[IN_BYTES];
	bool head = !c->whole;
	ssize_t n = head ? recv(c->fd, c->in + c->n, sizeof c->in - 1 - c->n, 0) : recv(c->fd, rest, sizeof rest, 0);
	if (n <= 0) {
		l->lost += c->busy;
		close(c->fd);
		connect_client(l, c);
		return;
	}
	c->n += (size_t)n;
	if (head) {
		c->in[c->n < sizeof c->in ? c->n : sizeof c->in - 1] = 0;
		const char *end = strstr(c->in, "\r\n\r\n"), *length = strstr(c->in, "Content-Length: ");
		if (end && length)
			c->last = strstr(c->in, "Connection: close") != NULL;
		if (end && length)
			c->whole = (size_t)(end + 4 - c->in) + (size_t)atoll(length + 16);
	}
	if (c->whole && c->n >= c->whole)
		answered(l, c);
}

/* In the closed loop a refused client waits a moment, as one that minds Retry-After would. */
static struct client *idle(struct load *l)
{
	uint64_t now = clock_ns();
	for (size_t i = 0; i < l->o->clients; i++)
		if (!l->clients[i].busy && (l->o->rate || l->clients[i].after <= now))
			return &l->clients[i];
	return NULL;
}

/* Sends what is due. Open loop: overdue requests wait for an idle connection, their clock running. */
static void feed(struct load *l, uint64_t began, uint64_t *due_n)
{
	uint64_t now = clock_ns();
	struct client *c;
	if (!l->o->rate) {
		while ((c = idle(l)))
			ask(l, c, now);
		return;
	}
	for (;;) {
		uint64_t due = began + *due_n * 1000000000u / l->o->rate;
		c = due <= now ? idle(l) : NULL;
		if (!c)
			return;
		ask(l, c, due);
		++*due_n;
	}
}

/* A slow client anew: it asks for all of a text and does not read it, or waits. */
static void slow_start(struct load *l, size_t i)
{
	static const char ask[] = "GET /?q=court HTTP/1.1\r\nHost: localhost\r\n\r\n";
	l->slow[i] = dial(l->o, (ssize_t)i);
	if (l->slow[i] >= 0 && i % 3 == 1)
		(void)!send(l->slow[i], ask, sizeof ask - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* Whether the server has cut it off. */
static bool slow_ended(const struct load *l, size_t i)
{
	char answer[512];
	if (i % 3 == 1) /* does not read: only the end of the connection is looked for */
		return recv(l->slow[i], answer, 1, MSG_DONTWAIT | MSG_PEEK) == 0;
	if (recv(l->slow[i], answer, sizeof answer, MSG_DONTWAIT) == 0)
		return true;
	return i % 3 == 0 && send(l->slow[i], "G", 1, MSG_NOSIGNAL | MSG_DONTWAIT) < 0;
}

static void drip(struct load *l)
{
	uint64_t now = clock_ns();
	if (now < l->slow_at)
		return;
	l->slow_at = now + 100000000u;
	for (size_t i = 0; i < l->o->slow; i++) {
		if (l->slow[i] >= 0 && slow_ended(l, i)) {
			close(l->slow[i]);
			l->slow[i] = -1;
			l->slow_cut++;
		} else if (l->slow[i] < 0) {
			slow_start(l, i);
		}
	}
}

static bool enough(const struct load *l, const char *until)
{
	return (l->o->requests && l->ok.n + l->refused.n + l->other >= l->o->requests) || (*until && access(until, F_OK) == 0);
}

static void run(struct load *l, const char *until)
{
	struct epoll_event events[64];
	uint64_t began = clock_ns(), end = began + l->o->seconds * 1000000000u, due_n = 0;
	while (clock_ns() < end && !enough(l, until)) {
		feed(l, began, &due_n);
		drip(l);
		int n = epoll_wait(l->epoll, events, 64, 1);
		for (int i = 0; i < n; i++)
			hear(l, events[i].data.ptr);
	}
	l->took = clock_ns() - began;
}

static int by_size(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
	return (a > b) - (a < b);
}

static double at(const struct samples *s, double share)
{
	return s->n ? s->us[(size_t)((double)(s->n - 1) * share)] / 1000.0 : 0;
}

static void report(struct load *l, struct arena *a, struct err *err)
{
	double seconds = (double)l->took / 1e9;
	struct buf b = { .a = a };
	struct json j = { .out = &b };
	qsort(l->ok.us, l->ok.n, sizeof *l->ok.us, by_size);
	qsort(l->refused.us, l->refused.n, sizeof *l->refused.us, by_size);
	printf("answered %8.0f/s  p50 %7.2f ms  p90 %7.2f ms  p99 %7.2f ms  max %7.2f ms\n", (double)l->ok.n / seconds,
	       at(&l->ok, .5), at(&l->ok, .9), at(&l->ok, .99), at(&l->ok, 1));
	printf("503      %8.0f/s  p50 %7.2f ms  p90 %7.2f ms  p99 %7.2f ms  max %7.2f ms\n", (double)l->refused.n / seconds,
	       at(&l->refused, .5), at(&l->refused, .9), at(&l->refused, .99), at(&l->refused, 1));
	printf("other statuses %zu, connections lost %zu, slow ones cut off %zu\n", l->other, l->lost, l->slow_cut);
	if (!l->o->json.n)
		return;
	json_object(&j);
	json_key(&j, "rate");
	json_real(&j, (double)l->ok.n / seconds, 1);
	json_key_uint(&j, "answered", l->ok.n);
	json_key(&j, "p50_ms");
	json_real(&j, at(&l->ok, .5), 3);
	json_key(&j, "p99_ms");
	json_real(&j, at(&l->ok, .99), 3);
	json_key_uint(&j, "refused", l->refused.n);
	json_key(&j, "refused_p99_ms");
	json_real(&j, at(&l->refused, .99), 3);
	json_key_uint(&j, "lost", l->lost);
	json_end(&j, '}');
	FILE *f = fopen(arena_cstr(a, l->o->json), "w");
	if (!f || fwrite(b.p, 1, b.n, f) != b.n || fclose(f) != 0)
		err_errno(err, errno, "%.*s", SPAN_ARG(l->o->json));
}

static bool load(struct load *l, struct arena *a, struct err *err)
{
	span text, line;
	if (!l->o->paths.n || (!l->o->socket.n && !l->o->port))
		return err_set(err, ERR_REQUEST, "bench load: needs --paths=FILE and --socket=PATH or --port=N");
	if (!file_read(arena_cstr(a, l->o->paths), 16u << 20, a, &text, err))
		return false;
	while (span_cut(&text, '\n', &line))
		if (line.n && line.n < 8192)
			*PUSH(a, &l->targets) = line;
	if (!l->targets.n)
		return err_set(err, ERR_REQUEST, "bench load: no targets in --paths");
	l->epoll = epoll_create1(EPOLL_CLOEXEC);
	l->clients = NEWN(a, struct client, l->o->clients);
	l->ok.us = NEWN(a, uint32_t, SAMPLES_MAX);
	l->refused.us = NEWN(a, uint32_t, SAMPLES_MAX);
	for (size_t i = 0; i < l->o->clients; i++)
		if (!connect_client(l, &l->clients[i]))
			return err_errno(err, errno, "bench load: connection %zu", i + 1);
	l->slow = NEWN(a, int, l->o->slow + 1);
	for (size_t i = 0; i < l->o->slow; i++)
		slow_start(l, i);
	run(l, arena_cstr(a, l->o->until));
	report(l, a, err);
	return !err->code;
}

int bench_load(char **argv)
{
	struct arena a = { 0 };
	struct err err = { 0 };
	struct spans rest = { 0 };
	struct load_options o = { .clients = 32, .seconds = 5 };
	struct load l = { .o = &o };
	if (bench_help(&command, argv))
		return 0;
	if (args_parse(&(struct arguments){ &command, &o, &rest, &a }, argv, &err))
		load(&l, &a, &err);
	if (err.code)
		fprintf(stderr, "pincite: %s\n", err.msg);
	arena_release(&a);
	return (int)err.code;
}
