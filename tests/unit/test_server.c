/* server: pipelining, admission, drain, out of memory, in this process over a Unix socket. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include "searcher/server.h"

/* A service whose workers wait at a gate when asked for /slow. */
struct gate {
	pthread_mutex_t lock;
	pthread_cond_t moved;
	bool open;
	unsigned waiting;
};

static void refuse(const struct http_request *r, const struct refusal *why, struct arena *a, struct http_response *out)
{
	(void)r;
	*out = (struct http_response){ .status = why->status, .type = "text/plain", .body = arena_printf(a, "%s", why->code) };
}

static bool quick(void *ctx, const struct client_request *r, struct arena *a, struct http_response *out)
{
	(void)ctx;
	if (!span_eq(r->http->path, SPAN("/quick")))
		return false;
	*out = (struct http_response){ .status = 200, .type = "text/plain", .body = arena_printf(a, "quick") };
	return true;
}

static void *same(void *ctx)
{
	return ctx;
}

static void nothing(void *worker)
{
	(void)worker;
}

static void answer(void *worker, const struct client_request *r, struct arena *a, struct http_response *out)
{
	struct gate *g = worker;
	if (span_eq(r->http->path, SPAN("/slow"))) {
		pthread_mutex_lock(&g->lock);
		g->waiting++;
		pthread_cond_broadcast(&g->moved);
		while (!g->open)
			pthread_cond_wait(&g->moved, &g->lock);
		pthread_mutex_unlock(&g->lock);
	}
	if (span_eq(r->http->path, SPAN("/hungry")))
		arena_alloc(a, 1u << 30, 1);
	*out = (struct http_response){ .status = 200, .type = "text/plain", .body = arena_printf(a, "body %zu", r->http->body.n) };
}

static void refresh(void *ctx, bool asked)
{
	(void)ctx, (void)asked;
}

static const char *route(span path)
{
	(void)path;
	return "test";
}

struct fixture {
	struct gate gate;
	struct listeners listeners;
	struct server_service service;
	struct server_options options;
	struct server_counts counts;
	struct err err;
	bool ok;
	pthread_t thread;
	char dir[32], path[64];
};

static void *run(void *arg)
{
	struct fixture *f = arg;
	f->ok = server_run(&f->listeners, &f->service, &f->options, &f->counts, &f->err);
	return NULL;
}

static int start(void **state)
{
	struct fixture *f = calloc(1, sizeof *f);
	sigset_t set;
	char where[80];
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	pthread_mutex_init(&f->gate.lock, NULL);
	pthread_cond_init(&f->gate.moved, NULL);
	strcpy(f->dir, "/tmp/pincite-test-XXXXXX");
	if (!mkdtemp(f->dir))
		return -1;
	snprintf(f->path, sizeof f->path, "%s/s", f->dir);
	snprintf(where, sizeof where, "unix:%s", f->path);
	f->service = (struct server_service){ &f->gate, quick, same, nothing, answer, refresh, refuse, route };
	f->options = (struct server_options){ .workers = 1, .signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK) };
	*state = f;
	return listeners_add(&f->listeners, span_of(where), &f->err) ? pthread_create(&f->thread, NULL, run, f) : -1;
}

static int stop(void **state)
{
	struct fixture *f = *state;
	kill(getpid(), SIGTERM);
	pthread_join(f->thread, NULL);
	close(f->options.signals);
	int gone = access(f->path, F_OK) != 0 && rmdir(f->dir) == 0;
	bool ok = f->ok;
	free(f);
	return ok && gone ? 0 : -1;
}

static int dial(const struct fixture *f)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	strcpy(a.sun_path, f->path);
	assert_int_equal(connect(fd, (struct sockaddr *)&a, sizeof a), 0);
	return fd;
}

static void ask(int fd, const char *path, const char *more)
{
	char line[256];
	int n = snprintf(line, sizeof line, "GET %s HTTP/1.1\r\nHost: x\r\n%s\r\n", path, more);
	assert_int_equal(send(fd, line, (size_t)n, MSG_NOSIGNAL), n);
}

/* Reads one answer; returns its status, its body in body. */
static int hear(int fd, char body[64])
{
	char in[4096];
	size_t n = 0;
	char *end = NULL;
	while (!end && n < sizeof in - 1 && recv(fd, in + n, 1, 0) == 1) {
		in[++n] = 0;
		end = strstr(in, "\r\n\r\n");
	}
	char *length = strstr(in, "Content-Length: ");
	size_t want = end && length ? (size_t)atoi(length + 16) : 0, got = 0;
	while (got < want && got < 63 && recv(fd, body + got, 1, 0) == 1)
		got++;
	body[got] = 0;
	return end ? atoi(in + 9) : 0;
}

static void keep_alive_and_pipelining(void **state)
{
	int fd = dial(*state);
	char body[64];
	for (int i = 0; i < 40; i++) {
		ask(fd, "/quick", "");
		ask(fd, "/work", "");
	}
	for (int i = 0; i < 40; i++) {
		assert_int_equal(hear(fd, body), 200);
		assert_string_equal(body, "quick");
		assert_int_equal(hear(fd, body), 200);
		assert_string_equal(body, "body 0");
	}
	close(fd);
}

static void posts(void **state)
{
	int fd = dial(*state);
	char body[64];
	const char post[] = "POST /work HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello";
	for (size_t i = 0; i < sizeof post - 1; i++)
		assert_int_equal(send(fd, post + i, 1, MSG_NOSIGNAL), 1);
	assert_int_equal(hear(fd, body), 200);
	assert_string_equal(body, "body 5");
	ask(fd, "/work", "Transfer-Encoding: chunked\r\n");
	assert_int_equal(hear(fd, body), 400);
	assert_int_equal(recv(fd, body, 1, 0), 0); /* closed after a refusal */
	close(fd);
}

/* One worker held, its queue full: the next request hears 503 at once, and the
 * quick ones are still answered. */
static void admission(void **state)
{
	struct fixture *f = *state;
	int fd[8];
	char body[64];
	for (int i = 0; i < 8; i++)
		fd[i] = dial(f);
	ask(fd[0], "/slow", "");
	pthread_mutex_lock(&f->gate.lock);
	while (!f->gate.waiting)
		pthread_cond_wait(&f->gate.moved, &f->gate.lock);
	pthread_mutex_unlock(&f->gate.lock);
	for (int i = 1; i < 8; i++)
		ask(fd[i], "/work", "");
	for (int i = 1; i < 8; i++) { /* 4 wait in the queue until their wait is over, 3 find it full */
		assert_int_equal(hear(fd[i], body), 503);
		assert_string_equal(body, "busy");
	}
	ask(fd[1], "/quick", "");
	assert_int_equal(hear(fd[1], body), 200);
	pthread_mutex_lock(&f->gate.lock);
	f->gate.open = true;
	pthread_cond_broadcast(&f->gate.moved);
	pthread_mutex_unlock(&f->gate.lock);
	assert_int_equal(hear(fd[0], body), 200);
	ask(fd[1], "/work", "");
	assert_int_equal(hear(fd[1], body), 200);
	assert_int_equal(atomic_load(&f->counts.refused_busy), 7);
	for (int i = 0; i < 8; i++)
		close(fd[i]);
}

static void out_of_memory(void **state)
{
	int fd = dial(*state);
	char body[64];
	ask(fd, "/hungry", "");
	assert_int_equal(hear(fd, body), 503);
	assert_string_equal(body, "out_of_memory");
	ask(fd, "/work", "");
	assert_int_equal(hear(fd, body), 200);
	close(fd);
}

/* A request under way when SIGTERM comes is answered; new connections are not taken. */
static void drain(void **state)
{
	struct fixture *f = *state;
	int fd = dial(f);
	char body[64];
	ask(fd, "/slow", "");
	pthread_mutex_lock(&f->gate.lock);
	while (!f->gate.waiting)
		pthread_cond_wait(&f->gate.moved, &f->gate.lock);
	kill(getpid(), SIGTERM);
	while (access(f->path, F_OK) == 0)
		sched_yield();
	f->gate.open = true;
	pthread_cond_broadcast(&f->gate.moved);
	pthread_mutex_unlock(&f->gate.lock);
	assert_int_equal(hear(fd, body), 200);
	assert_int_equal(recv(fd, body, 1, 0), 0);
	close(fd);
}

/* Clients that hang up at every moment leave nothing behind. */
static void hang_ups(void **state)
{
	struct fixture *f = *state;
	char body[64];
	for (int i = 0; i < 200; i++) {
		int fd = dial(f);
		if (i % 3)
			ask(fd, i % 3 == 1 ? "/work" : "/quick", "");
		else
			send(fd, "GET /", 5, MSG_NOSIGNAL);
		close(fd);
	}
	int fd = dial(f);
	int status = 0;
	for (int i = 0; i < 100 && status != 200; i++) { /* the queue may still be full of the dead */
		ask(fd, "/work", "");
		status = hear(fd, body);
	}
	assert_int_equal(status, 200);
	close(fd);
}

static void a_live_socket_is_not_taken(void **state)
{
	struct fixture *f = *state;
	struct listeners l = { 0 };
	struct err err = { 0 };
	char where[80];
	snprintf(where, sizeof where, "unix:%s", f->path);
	assert_false(listeners_add(&l, span_of(where), &err));
	assert_int_equal(err.code, ERR_LOCKED);
	err = (struct err){ 0 };
	assert_false(listeners_add(&l, SPAN("localhost:80"), &err));
	assert_int_equal(err.code, ERR_REQUEST);
	err = (struct err){ 0 };
	assert_false(listeners_add(&l, SPAN("fd:999"), &err));
	assert_int_equal(l.n, 0);
}

int main(void)
{
#define SERVED(f) cmocka_unit_test_setup_teardown(f, start, stop)
	const struct CMUnitTest tests[] = {
		SERVED(keep_alive_and_pipelining), SERVED(posts), SERVED(admission), SERVED(out_of_memory), SERVED(drain),
		SERVED(hang_ups), SERVED(a_live_socket_is_not_taken),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
