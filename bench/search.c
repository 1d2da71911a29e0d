/* pincite-bench search: latency of classes of questions beside SQLite FTS5,
 * Lucene and Xapian's quest on the same text, warm and from a cold process; and
 * query bombs. */
#include "bench/bench.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "base/json.h"
#include "bench/contest.h"
#include "bench/latency.h"
#include "searcher/command.h"
#include "searcher/output.h"
#include "searcher/search.h"

enum { TOP = 10 };
enum column { WARM_BARE, WARM_FTS5, WARM_LUCENE, WARM_WHOLE, COLD_PINCITE, COLD_FTS5, COLD_LUCENE, COLD_QUEST, COLUMNS };
static const char *const column_names[COLUMNS] = { "pincite, ten best", "FTS5", "Lucene", "pincite, whole answer",
						   "pincite, cold", "FTS5, cold", "Lucene, cold", "quest, cold" };

struct options {
	span index, bombs, json, class, dir;
	uint64_t n, timeout, rounds, cold;
	bool alone;
};
static const struct opt opts[] = {
	OPT_INDEX(struct options),
	{ "number", 'n', OPT_UINT, offsetof(struct options, n), "N", "questions of each class; 100", NULL, 3, 10000 },
	{ "rounds", 0, OPT_UINT, offsetof(struct options, rounds), "N", "times each is asked, the best counts; 3", NULL, 1, 100 },
	{ "cold", 0, OPT_UINT, offsetof(struct options, cold), "N", "of each class, asked a process of its own; 3", NULL, 0, 1000 },
	{ "class", 0, OPT_TEXT, offsetof(struct options, class), "TEXT", "classes whose name has TEXT in it", NULL, 0, 0 },
	{ "alone", 0, OPT_FLAG, offsetof(struct options, alone), NULL, "pincite alone", NULL, 0, 0 },
	{ "dir", 0, OPT_TEXT, offsetof(struct options, dir), "DIR", "for the peers' indexes; a new one below /tmp", NULL, 0, 0 },
	{ "json", 0, OPT_TEXT, offsetof(struct options, json), "FILE", "write the figures as JSON", NULL, 0, 0 },
	{ "bombs", 0, OPT_TEXT, offsetof(struct options, bombs), "FILE", "instead: each line of FILE as a query", NULL, 0, 0 },
	{ "timeout", 0, OPT_UINT, offsetof(struct options, timeout), "MS", "deadline of a bomb", NULL, 1, 60000 },
};
static const struct command search_bench_command = {
	.name = "bench search", .operands = "", .summary = "latency, beside SQLite FTS5, Lucene and quest",
	.details = "Questions are drawn from the texts of INDEX, which the peers index, too.\n\n"
		   "Warm answers are milliseconds of the processor, cold ones of the clock.\n\n"
		   "  pincite-bench search -d INDEX -n 40\n"
		   "  pincite-bench search -d INDEX --bombs=tests/queries/bombs.txt --timeout=1000",
	.opts = opts,
	.nopts = sizeof opts / sizeof *opts,
};
struct bench {
	struct options o;
	struct index x;
	struct arena a;
	struct questioner q;
	struct peers peers;
	const char *path;        /* of the index */
	struct times (*times)[COLUMNS]; /* by class */
	struct err err;
};

static void put_text(FILE *flat, span s)
{
	unsigned char head[4] = { (unsigned char)s.n, (unsigned char)(s.n >> 8), (unsigned char)(s.n >> 16), (unsigned char)(s.n >> 24) };
	fwrite(head, 1, 4, flat);
	fwrite(s.p, 1, s.n, flat);
}

/* The documents; their texts as the flat file that peers read. */
static bool load(struct bench *b)
{
	struct arena scratch = { 0 };
	struct xap_postings p = { 0 };
	struct xap_posting_range all = { .term = SPAN("XTdocument"), .max = UINT32_MAX };
	struct record r;
	bool ok = xap_postings(b->x.xap, &all, &b->a, &p, &b->err);
	FILE *flat = ok && !b->o.alone ? fopen(b->peers.flat, "w") : NULL;
	for (size_t i = 0; i < p.n && ok; i++, arena_reset(&scratch)) {
		*PUSH(&b->a, &b->q.documents) = p.v[i].entry;
		ok = !flat || index_record(&b->x, p.v[i].entry, &scratch, &r, &b->err);
		if (flat && ok)
			put_text(flat, r.doc.text.clean);
	}
	arena_release(&scratch);
	return ok && (!flat || fclose(flat) == 0 || err_set(&b->err, ERR_IO, "%s: cannot be written", b->peers.flat));
}

/* A question to pincite; one that it refuses (a prefix of too many words) has no time. */
static bool time_pincite(struct bench *b, const struct question_class *c, span text, bool bare, double *ms)
{
	struct arena a = { 0 };
	struct search_request r = { .text = text, .limit = TOP, .bare = bare, .timeout_ms = 60000 };
	struct search_answer answer;
	struct err e = { 0 };
	r.kind = c->filter ? SPAN("statute,opinion,rule") : r.kind;
	r.facets = c->facets ? SPAN("court,kind,year,code,quality,citedby") : r.facets;
	double began = time_spent();
	bool ok = search(&b->x, &r, &a, &answer, &e);
	*ms = time_spent() - began;
	arena_release(&a);
	return ok;
}

static void least(double *to, double ms)
{
	*to = *to < 0 || ms < *to ? ms : *to;
}

/* One question in turn to all that are open, several times over. */
static bool warm(struct bench *b, const struct question_class *c, const struct asked *q, struct times *to)
{
	double best[COLUMNS] = { -1, -1, -1, -1, -1, -1, -1, -1 }, ms;
	for (uint64_t i = 0; i < b->o.rounds; i++) {
		if (!time_pincite(b, c, q->pincite, true, &ms))
			return false;
		least(&best[WARM_BARE], ms);
		time_pincite(b, c, q->pincite, false, &ms);
		least(&best[WARM_WHOLE], ms);
		if (!c->filter && !c->facets && peer_warm(&b->peers, PEER_FTS5, q, &ms))
			least(&best[WARM_FTS5], ms);
	}
	for (int k = 0; k < COLUMNS; k++)
		if (best[k] >= 0)
			*PUSH(&b->a, &to[k]) = best[k];
	return true;
}

static char *program(struct bench *b)
{
	char self[4096];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	while (n > 0 && self[n - 1] != '/')
		n--;
	return arena_cstr(&b->a, arena_printf(&b->a, "%.*spincite", n > 0 ? (int)n : 0, self));
}

static void cold(struct bench *b, const struct question_class *c, const struct asked *q, struct times *to)
{
	double ms;
	char *argv[] = { program(b), arena_cstr(&b->a, SPAN("search")), arena_cstr(&b->a, SPAN("-d")), arena_cstr(&b->a, span_of(b->path)),
			 arena_cstr(&b->a, SPAN("--format=tsv")), arena_cstr(&b->a, SPAN("--")), arena_cstr(&b->a, q->pincite), NULL };
	if (time_process(argv, &ms))
		*PUSH(&b->a, &to[COLD_PINCITE]) = ms;
	for (int p = 0; p < PEERS && !b->o.alone && !c->filter && !c->facets; p++)
		if (peer_cold(&b->peers, (enum peer)p, q, &ms))
			*PUSH(&b->a, &to[COLD_FTS5 + p]) = ms;
}

static bool class(struct bench *b, const struct question_class *c, struct times *to)
{
	struct askeds all = { 0 };
	for (size_t tries = 0; all.n < b->o.n && tries < b->o.n * 4; tries++) {
		struct asked q;
		if (!question_make(&b->q, c, &q, &b->err))
			return false;
		if (warm(b, c, &q, to))
			*PUSH(&b->a, &all) = q;
	}
	if (!b->o.alone && !c->filter && !c->facets)
		peer_lucene(&b->peers, &all, (unsigned)b->o.rounds, &to[WARM_LUCENE]);
	for (size_t i = 0; i < all.n && i < b->o.cold; i++)
		cold(b, c, &all.v[i], to);
	return true;
}

static bool chosen(const struct bench *b, size_t c)
{
	span name = span_of(question_classes[c].name);
	return !b->o.class.n || span_find(name, b->o.class, 0) < name.n;
}

static void table(struct bench *b, int from, int end, struct buf *out)
{
	buf_put(out, SPAN("| ms, p50 / p90 / p99 |"));
	for (int k = from; k < end; k++)
		buf_printf(out, " %s |", column_names[k]);
	buf_put(out, SPAN("\n|---|"));
	for (int k = from; k < end; k++)
		buf_put(out, SPAN("---|"));
	for (size_t c = 0; c < question_classes_n; c++) {
		if (!chosen(b, c))
			continue;
		buf_printf(out, "\n| %s |", question_classes[c].name);
		for (int k = from; k < end; k++) {
			struct times *t = &b->times[c][k];
			if (t->n)
				buf_printf(out, " %.2f / %.2f / %.2f |", time_quantile(t, .5), time_quantile(t, .9), time_quantile(t, .99));
			else
				buf_put(out, SPAN(" |"));
		}
	}
	buf_put(out, SPAN("\n\n"));
}

static void json_figures(struct json *j, struct times *t)
{
	static const struct { const char *name; double q; } at[] = { { "p50_ms", .5 }, { "p90_ms", .9 }, { "p99_ms", .99 } };
	json_object(j);
	for (size_t i = 0; i < 3; i++) {
		json_key(j, at[i].name);
		json_real(j, time_quantile(t, at[i].q), 4);
	}
	json_key_uint(j, "questions", t->n);
	json_end(j, '}');
}

static bool write_json(struct bench *b)
{
	struct buf out = { .a = &b->a };
	struct json j = { .out = &out };
	json_object(&j);
	for (size_t c = 0; c < question_classes_n; c++) {
		if (!chosen(b, c))
			continue;
		json_key(&j, question_classes[c].name);
		json_object(&j);
		for (int k = 0; k < COLUMNS; k++) {
			if (!b->times[c][k].n)
				continue;
			json_key(&j, column_names[k]);
			json_figures(&j, &b->times[c][k]);
		}
		json_end(&j, '}');
	}
	json_end(&j, '}');
	buf_byte(&out, '\n');
	int fd = open(arena_cstr(&b->a, b->o.json), O_WRONLY | O_CREAT | O_TRUNC, 0644);
	if (fd < 0)
		return err_set(&b->err, ERR_IO, "%.*s: cannot be written", SPAN_ARG(b->o.json));
	bool ok = file_write_fd(fd, buf_span(&out), &b->err);
	close(fd);
	return ok;
}

static bool classes(struct bench *b, struct buf *out)
{
	char made[] = "/tmp/pincite-bench-XXXXXX";
	b->peers.dir = b->o.dir.n ? arena_cstr(&b->a, b->o.dir) : arena_cstr(&b->a, span_of(mkdtemp(made)));
	mkdir(b->peers.dir, 0755); /* one that was named may not be there yet */
	b->peers.flat = arena_printf(&b->a, "%s/texts", b->peers.dir).p;
	b->peers.a = &b->a;
	b->q = (struct questioner){ .x = &b->x, .seed = 42, .a = &b->a };
	b->times = arena_array(&b->a, sizeof *b->times, question_classes_n, 16);
	bool ok = load(b) && (b->o.alone || peers_build(&b->peers, &b->err));
	for (size_t c = 0; c < question_classes_n && ok; c++)
		ok = !chosen(b, c) || class(b, &question_classes[c], b->times[c]);
	if (ok) {
		table(b, WARM_BARE, COLD_PINCITE, out);
		table(b, COLD_PINCITE, COLUMNS, out);
	}
	ok = ok && (!b->o.json.n || write_json(b));
	peers_close(&b->peers);
	if (!b->o.dir.n)
		contest_clear(b->peers.dir);
	return ok;
}

int bench_search(char **argv)
{
	struct bench *b = &(struct bench){ .o = { .n = 100, .timeout = SEARCH_TIMEOUT_MS, .rounds = 3, .cold = 3 } };
	struct spans rest = { 0 };
	struct buf out = { .a = &b->a };
	int status;
	if (!command_parse(&(struct arguments){ &search_bench_command, &b->o, &rest, &b->a }, argv, &status))
		return status;
	b->path = command_index_path(b->o.index, &b->a);
	if (!index_open(&b->x, b->path, &b->a, &b->err))
		return command_fail(&b->err);
	bool ok = b->o.bombs.n ? bombs_run(&b->x, arena_cstr(&b->a, b->o.bombs), (uint32_t)b->o.timeout, &out, &b->err) : classes(b, &out);
	status = ok ? output_end(buf_span(&out), 0) : command_fail(&b->err);
	index_close(&b->x);
	arena_release(&b->a);
	return status;
}
