/* bench engine: the rate at which the server's workers answer when nobody
 * speaks HTTP to them: the same targets, the same function, as many threads as
 * the server has workers. What a server adds is the difference. */
#include "bench/bench.h"

#include <pthread.h>
#include <stdio.h>
#include <sys/resource.h>
#include "base/args.h"
#include "base/file.h"
#include "base/json.h"
#include "searcher/service.h"

enum { THREADS_MAX = 64, REQUEST_MAX = 9000, ARENA_BYTES = 64 << 20 };

struct engine_options {
	span index, paths, json;
	uint64_t threads, seconds;
};
#define FIELD(f) offsetof(struct engine_options, f)
static const struct opt opts[] = {
	{ .name = "index", .letter = 'd', .kind = OPT_TEXT, .offset = FIELD(index), .value = "INDEX", .help = "directory of the index" },
	{ .name = "paths", .kind = OPT_TEXT, .offset = FIELD(paths), .value = "FILE", .help = "request targets, one a line, used in turn" },
	{ .name = "threads", .kind = OPT_UINT, .offset = FIELD(threads), .value = "N", .min = 1, .max = THREADS_MAX, .help = "workers (2)" },
	{ .name = "seconds", .kind = OPT_UINT, .offset = FIELD(seconds), .value = "N", .min = 1, .max = 600, .help = "how long (5)" },
	{ .name = "json", .kind = OPT_TEXT, .offset = FIELD(json), .value = "FILE", .help = "write the figures there too" },
};
static const struct command command = { "bench engine", "", "the rate of the server's workers without a server", "bench/load.sh runs it beside the server, on the same targets.", opts, sizeof opts / sizeof *opts };

struct engine {
	struct server_service table;
	struct spans targets;
	uint64_t until;
};
struct runner {
	pthread_t thread;
	const struct engine *engine;
	size_t first;            /* target it begins with, so that the runners do not go in step */
	size_t answered, failed;
};

static void answer(const struct engine *e, void *worker, span target, struct arena *a, struct runner *r)
{
	const span tail = SPAN(" HTTP/1.1\r\nHost: localhost\r\n\r\n");
	char bytes[REQUEST_MAX];
	struct http_request http;
	struct http_response out = { 0 };
	const char *why;
	memcpy(bytes, "GET ", 4);
	memcpy(bytes + 4, target.p, target.n);
	memcpy(bytes + 4 + target.n, tail.p, tail.n);
	if (http_parse((span){ bytes, 4 + target.n + tail.n }, &http, &why) == 0) {
		struct client_request request = { &http, true, 1, clock_ns() };
		e->table.answer(worker, &request, a, &out);
	}
	r->answered += out.status == 200;
	r->failed += out.status != 200;
	arena_reset(a);
}

static void *run(void *arg)
{
	struct runner *r = arg;
	const struct engine *e = r->engine;
	struct arena a = { .limit = ARENA_BYTES };
	void *worker = e->table.worker_open(e->table.ctx);
	for (size_t i = r->first; clock_ns() < e->until; i++)
		answer(e, worker, e->targets.v[i % e->targets.n], &a, r);
	arena_release(&a);
	e->table.worker_close(worker);
	return NULL;
}

static double cpu_seconds(void)
{
	struct rusage u;
	getrusage(RUSAGE_SELF, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static bool report(const struct engine_options *o, const struct runner *all, double cpu, struct arena *a, struct err *err)
{
	size_t answered = 0, failed = 0;
	struct buf b = { .a = a };
	struct json j = { .out = &b };
	for (size_t i = 0; i < o->threads; i++) {
		answered += all[i].answered;
		failed += all[i].failed;
	}
	double rate = (double)answered / (double)o->seconds, each = answered ? cpu * 1000 / (double)answered : 0;
	printf("engine   %8.0f/s  %.2f ms of CPU each, %zu not answered\n", rate, each, failed);
	if (!o->json.n)
		return true;
	json_object(&j);
	json_key(&j, "rate");
	json_real(&j, rate, 1);
	json_key(&j, "cpu_ms");
	json_real(&j, each, 4);
	json_end(&j, '}');
	FILE *f = fopen(arena_cstr(a, o->json), "w");
	bool ok = f && fwrite(b.p, 1, b.n, f) == b.n;
	ok = f && fclose(f) == 0 && ok;
	return ok || err_set(err, ERR_IO, "%.*s: cannot be written", SPAN_ARG(o->json));
}

static bool measure(const struct engine_options *o, struct engine *e, struct arena *a, struct err *err)
{
	struct runner *all = NEWN(a, struct runner, o->threads);
	double cpu = cpu_seconds();
	e->until = clock_ns() + o->seconds * 1000000000u;
	size_t n = 0;
	for (; n < o->threads; n++) {
		all[n] = (struct runner){ .engine = e, .first = n * 5 };
		if (pthread_create(&all[n].thread, NULL, run, &all[n]) != 0)
			break;
	}
	for (size_t i = 0; i < n; i++)
		pthread_join(all[i].thread, NULL);
	if (n < o->threads)
		return err_set(err, ERR_TRY_AGAIN, "bench engine: no thread");
	return report(o, all, cpu_seconds() - cpu, a, err);
}

static bool engine(const struct engine_options *o, struct arena *a, struct err *err)
{
	struct engine e = { 0 };
	struct server_counts counts = { 0 };
	struct service_options so = { .index = arena_cstr(a, o->index) };
	span text, line;
	if (!o->paths.n || !o->index.n)
		return err_set(err, ERR_REQUEST, "bench engine: needs --index=DIR and --paths=FILE");
	if (!file_read(arena_cstr(a, o->paths), 16u << 20, a, &text, err))
		return false;
	while (span_cut(&text, '\n', &line))
		if (line.n && line.n < REQUEST_MAX - 64)
			*PUSH(a, &e.targets) = line;
	if (!e.targets.n)
		return err_set(err, ERR_REQUEST, "bench engine: no targets in --paths");
	struct service *s = service_open(&so, &counts, err);
	if (!s)
		return false;
	e.table = service_table(s);
	bool ok = measure(o, &e, a, err);
	service_close(s);
	return ok;
}

int bench_engine(char **argv)
{
	struct arena a = { 0 };
	struct err err = { 0 };
	struct spans rest = { 0 };
	struct engine_options o = { .threads = 2, .seconds = 5 };
	if (bench_help(&command, argv))
		return 0;
	if (args_parse(&(struct arguments){ &command, &o, &rest, &a }, argv, &err))
		engine(&o, &a, &err);
	if (err.code)
		fprintf(stderr, "pincite: %s\n", err.msg);
	arena_release(&a);
	return (int)err.code;
}
