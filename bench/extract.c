/* extract: speed of finding, reading and resolving citations on one core; how
 * time grows with length; what is allocated; the bytes of the tables. */
#include "bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include "base/args.h"
#include "base/file.h"
#include "law/cite.h"

struct extract_options {
	uint64_t rounds, scale;
};

static const struct opt opts[] = {
	{ "rounds", 'n', OPT_UINT, offsetof(struct extract_options, rounds), "N", "passes over the texts; the best counts (5)", NULL, 1, 1000 },
	{ "scale", 's', OPT_UINT, offsetof(struct extract_options, scale), "MB", "longest text of the table of lengths (100)", NULL, 1, 1000 },
};
static const struct command about = {
	"bench extract", "FILE...", "speed of citation finding, by CPU time of one thread",
	"FILE is a text; each is read whole. The table of lengths is of one text made of all of them.\n\n  pincite-bench extract opinions/*.txt",
	opts, sizeof opts / sizeof *opts
};

static double cpu(void)
{
	struct rusage u;
	getrusage(RUSAGE_SELF, &u);
	return (double)u.ru_utime.tv_sec + (double)u.ru_utime.tv_usec / 1e6;
}

struct pass {
	double seconds;
	size_t bytes, cites, held; /* held: bytes of the arena after the text that took most */
};

static struct pass pass_over(const struct spans *texts, struct arena *work)
{
	struct pass p = { 0 };
	double from = cpu();
	for (size_t i = 0; i < texts->n; i++) {
		struct cites c = cites_of(texts->v[i], NULL, work);
		p.bytes += texts->v[i].n;
		p.cites += c.n;
		p.held = work->used > p.held ? work->used : p.held;
		arena_reset(work);
	}
	p.seconds = cpu() - from;
	return p;
}

static struct pass best_of(const struct spans *texts, uint64_t rounds)
{
	struct arena work = { 0 };
	struct pass best = { .seconds = 1e9 };
	for (uint64_t i = 0; i <= rounds; i++) { /* the first warms up */
		struct pass p = pass_over(texts, &work);
		if (i && p.seconds < best.seconds)
			best = p;
	}
	arena_release(&work);
	return best;
}

/* One text of n bytes, made of all of them over and over. */
static span joined(const struct spans *texts, size_t n, struct arena *a)
{
	char *p = arena_raw(a, n, 1);
	size_t at = 0;
	for (size_t i = 0; at < n; i = (i + 1) % texts->n) {
		size_t take = texts->v[i].n < n - at ? texts->v[i].n : n - at;
		memcpy(p + at, texts->v[i].p, take);
		at += take;
	}
	return (span){ p, n };
}

static void lengths(const struct spans *texts, uint64_t most)
{
	printf("\n%10s %10s %10s %14s\n", "MB", "CPU s", "MB/s", "bytes a cite");
	for (double mb = 0.1; mb <= (double)most; mb *= 10) {
		struct arena a = { 0 };
		span one = joined(texts, (size_t)(mb * 1e6), &a);
		struct pass p = best_of(&(struct spans){ &one, 1, 1 }, mb < 2 ? 20 : 1);
		printf("%10.1f %10.4f %10.1f %14.0f\n", mb, p.seconds, mb / p.seconds, (double)p.held / (double)(p.cites ? p.cites : 1));
		arena_release(&a);
	}
}

int bench_extract(char **argv)
{
	struct arena a = { 0 };
	struct extract_options o = { 5, 100 };
	struct spans rest = { 0 }, texts = { 0 };
	struct err err = { 0 };
	if (bench_help(&about, argv))
		return 0;
	bool ok = args_parse(&(struct arguments){ &about, &o, &rest, &a }, argv, &err);
	if (ok && !rest.n)
		ok = err_set(&err, ERR_REQUEST, "bench extract: no file given; see pincite bench extract --help");
	for (size_t i = 0; ok && i < rest.n; i++)
		ok = file_read(arena_cstr(&a, rest.v[i]), FILE_MAX_BYTES, &a, PUSH(&a, &texts), &err);
	if (ok && texts.n) {
		struct pass p = best_of(&texts, o.rounds);
		printf("%zu texts, %.1f MB, %zu citations: %.1f MB/s, %.0f ns a citation (CPU, one thread, found, read and resolved)\n", texts.n,
		       (double)p.bytes / 1e6, p.cites, (double)p.bytes / 1e6 / p.seconds, p.seconds * 1e9 / (double)(p.cites ? p.cites : 1));
		lengths(&texts, o.scale);
	}
	if (!ok)
		fprintf(stderr, "pincite-bench: %s\n", err.msg);
	arena_release(&a);
	return ok ? 0 : (int)err.code;
}
