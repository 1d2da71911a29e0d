/* search: latency of classes of queries beside SQLite FTS5 on the same text,
 * and of query bombs. */
#include "bench/bench.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "base/file.h"
#include "searcher/command.h"
#include "searcher/output.h"
#include "searcher/search.h"

enum { CLASSES = 9, TOP = 10 };
static const char *const class_names[CLASSES] = { "common term", "rare term", "AND of 2", "AND of 3", "OR of 5", "OR of 15",
						  "phrase of 2", "phrase of 4", "within 10" };
struct options {
	span index, bombs;
	uint64_t n, timeout;
};
static const struct opt opts[] = {
	OPT_INDEX(struct options),
	{ "number", 'n', OPT_UINT, offsetof(struct options, n), "N", "queries of each class", NULL, 10, 10000 },
	{ "bombs", 0, OPT_TEXT, offsetof(struct options, bombs), "FILE", "instead: each line of FILE as a query", NULL, 0, 0 },
	{ "timeout", 0, OPT_UINT, offsetof(struct options, timeout), "MS", "deadline of a bomb", NULL, 1, 60000 },
};
static const struct command search_bench_command = {
	.name = "bench search", .operands = "", .summary = "latency, beside SQLite FTS5", .opts = opts,
	.nopts = sizeof opts / sizeof *opts,
};
struct times {
	double *v;
	size_t n, cap;
};
struct bench {
	struct index x;
	struct arena a;
	struct u32s documents;
	sqlite3 *db;
	sqlite3_stmt *find;
	uint64_t seed;
	struct err err;
};

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int compare(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;
	return a < b ? -1 : a > b;
}

static double quantile(struct times *t, double q)
{
	if (!t->n)
		return 0;
	qsort(t->v, t->n, sizeof *t->v, compare);
	return t->v[(size_t)(q * (double)(t->n - 1) + .5)];
}

static size_t dice(struct bench *b, size_t n)
{
	b->seed = b->seed * 6364136223846793005u + 1442695040888963407u;
	return n ? (size_t)(b->seed >> 33) % n : 0;
}

/* The documents, and FTS5 over their texts. */
static bool load(struct bench *b)
{
	struct arena scratch = { 0 };
	struct xap_postings p = { 0 };
	struct xap_posting_range all = { .term = SPAN("XTdocument"), .max = UINT32_MAX };
	sqlite3_stmt *put = NULL;
	struct record r;
	bool ok = xap_postings(b->x.xap, &all, &b->a, &p, &b->err);
	sqlite3_open(":memory:", &b->db);
	sqlite3_exec(b->db, "create virtual table t using fts5(text, tokenize='porter unicode61')", NULL, NULL, NULL);
	sqlite3_prepare_v2(b->db, "insert into t(rowid, text) values (?, ?)", -1, &put, NULL);
	sqlite3_prepare_v2(b->db, "select rowid from t where t match ? order by rank limit 10", -1, &b->find, NULL);
	for (size_t i = 0; i < p.n && ok; i++, arena_reset(&scratch)) {
		*PUSH(&b->a, &b->documents) = p.v[i].entry;
		ok = index_record(&b->x, p.v[i].entry, &scratch, &r, &b->err);
		if (!ok)
			break;
		sqlite3_bind_int64(put, 1, p.v[i].entry);
		sqlite3_bind_text(put, 2, r.doc.text.clean.p, (int)r.doc.text.clean.n, SQLITE_TRANSIENT);
		sqlite3_step(put);
		sqlite3_reset(put);
	}
	sqlite3_finalize(put);
	arena_release(&scratch);
	return ok;
}

/* A run of n words of ASCII letters from a random document; stop words only in phrases. */
static bool words(struct bench *b, size_t n, bool run, span *out, struct arena *a)
{
	for (int tries = 0; tries < 200; tries++) {
		struct record r;
		size_t got = 0;
		if (!index_record(&b->x, b->documents.v[dice(b, b->documents.n)], a, &r, &b->err))
			return false;
		struct tokens t = tokens_of(r.doc.text.clean, a);
		for (size_t i = dice(b, t.n); i < t.n && got < n; i++) {
			bool letters = t.v[i].term.n > 2 && !(t.v[i].flags & TOKEN_JOINED);
			for (size_t k = 0; k < t.v[i].term.n; k++)
				letters &= is_lower(t.v[i].term.p[k]);
			if (letters && (run || !token_is_stop(t.v[i].term)))
				out[got++] = t.v[i].term;
			else if (run)
				got = 0;
		}
		if (got == n)
			return true;
	}
	return err_set(&b->err, ERR_NOT_FOUND, "the documents have too few words");
}

/* A word in many documents, or in few. */
static bool word_of_frequency(struct bench *b, bool common, span *out, struct arena *a)
{
	for (int tries = 0; tries < 2000; tries++) {
		struct poslist *list = words(b, 1, false, out, a) ? poslist_find(b->x.positions, *out, a, &b->err) : NULL;
		uint32_t entries = list ? poslist_entries(list) : 0;
		if (!list)
			return false;
		if (common ? entries * 10 > b->documents.n : entries < 20)
			return true;
	}
	return true;
}

static void join(struct buf *q, const span *w, size_t n, const char *between)
{
	for (size_t i = 0; i < n; i++)
		buf_printf(q, "%s%.*s", i ? between : "", SPAN_ARG(w[i]));
}

static bool make(struct bench *b, int class, struct buf *mine, struct buf *theirs)
{
	static const size_t counts[CLASSES] = { 1, 1, 2, 3, 5, 15, 2, 4, 2 };
	span w[16];
	size_t n = counts[class];
	bool ok = class < 2 ? word_of_frequency(b, class == 0, w, mine->a) : words(b, n, class == 6 || class == 7, w, mine->a);
	if (!ok)
		return false;
	const char *between = class < 4 ? " AND " : class < 6 ? " OR " : class < 8 ? " " : " /10 ";
	const char *quote = class == 6 || class == 7 ? "\"" : "";
	buf_printf(mine, "%s", quote);
	join(mine, w, n, between);
	buf_printf(mine, "%s", quote);
	buf_printf(theirs, "%s", class == 8 ? "NEAR(" : quote);
	join(theirs, w, n, class == 8 ? " " : between);
	buf_printf(theirs, "%s", class == 8 ? ", 10)" : quote);
	return true;
}

static bool time_mine(struct bench *b, span text, bool bare, struct times *t)
{
	struct arena a = { 0 };
	struct search_request r = { .text = text, .limit = TOP, .bare = bare, .timeout_ms = 60000 };
	struct search_answer answer;
	double began = now_ms();
	bool ok = search(&b->x, &r, &a, &answer, &b->err);
	*PUSH(&b->a, t) = now_ms() - began;
	arena_release(&a);
	return ok;
}

static void time_theirs(struct bench *b, span text, struct times *t)
{
	double began = now_ms();
	sqlite3_bind_text(b->find, 1, text.p, (int)text.n, SQLITE_TRANSIENT);
	while (sqlite3_step(b->find) == SQLITE_ROW)
		;
	sqlite3_reset(b->find);
	*PUSH(&b->a, t) = now_ms() - began;
}

static bool class(struct bench *b, int c, size_t n, struct buf *out)
{
	struct times mine = { 0 }, whole = { 0 }, theirs = { 0 };
	for (size_t i = 0; i < n; i++) {
		struct arena scratch = { 0 };
		struct buf p = { .a = &scratch }, q = { .a = &scratch };
		bool ok = make(b, c, &p, &q) && time_mine(b, buf_span(&p), true, &mine) && time_mine(b, buf_span(&p), false, &whole);
		if (ok)
			time_theirs(b, buf_span(&q), &theirs);
		arena_release(&scratch);
		if (!ok)
			return false;
	}
	buf_printf(out, "%-12s", class_names[c]);
	struct times *all[] = { &mine, &theirs, &whole };
	for (size_t k = 0; k < 3; k++)
		buf_printf(out, "  %6.2f /%7.2f /%7.2f", quantile(all[k], .5), quantile(all[k], .9), quantile(all[k], .99));
	buf_byte(out, '\n');
	return true;
}

static bool classes(struct bench *b, size_t n, struct buf *out)
{
	if (!load(b))
		return false;
	buf_put(out, SPAN("ms, p50/p90/p99  pincite, ten best          SQLite FTS5                pincite, whole answer\n"));
	for (int c = 0; c < CLASSES; c++)
		if (!class(b, c, n, out))
			return false;
	return true;
}

/* Every line is answered or refused; anything else is trouble. */
static bool bombs(struct bench *b, const struct options *o, struct buf *out)
{
	span rest, line, slowest = { 0 };
	size_t n = 0, answered = 0, refused = 0, partial = 0, late = 0;
	double most = 0;
	if (!file_read(arena_cstr(&b->a, o->bombs), FILE_MAX_BYTES, &b->a, &rest, &b->err))
		return false;
	for (; span_cut(&rest, '\n', &line); n++) {
		struct arena a = { .limit = 256u << 20 };
		struct search_request r = { .text = line, .limit = TOP, .timeout_ms = (uint32_t)o->timeout,
					    .language = { .dialect = (enum dialect)(n % 3) } };
		struct search_answer answer;
		struct err e = { 0 };
		double began = now_ms();
		bool ok = search(&b->x, &r, &a, &answer, &e);
		double took = now_ms() - began;
		answered += ok;
		partial += ok && answer.partial;
		refused += !ok && e.code == ERR_REQUEST;
		late += took > (double)o->timeout + 50;
		if (took > most)
			slowest = line;
		most = took > most ? took : most;
		arena_release(&a);
		if (!ok && e.code != ERR_REQUEST)
			return err_set(&b->err, e.code, "%.*s: %s", (int)(line.n < 80 ? line.n : 80), line.p, e.msg);
	}
	buf_printf(out, "%zu queries: %zu answered (%zu in part), %zu refused, %zu later than %llu + 50 ms; slowest %.1f ms: %.*s\n", n,
		   answered, partial, refused, late, (unsigned long long)o->timeout, most, (int)(slowest.n < 80 ? slowest.n : 80), slowest.p);
	return true;
}

int bench_search(char **argv)
{
	struct bench *b = &(struct bench){ .seed = 42 };
	struct options o = { .n = 100, .timeout = SEARCH_TIMEOUT_MS };
	struct spans rest = { 0 };
	struct buf out = { .a = &b->a };
	int status;
	if (!command_parse(&search_bench_command, argv, &o, &rest, &b->a, &status))
		return status;
	if (!index_open(&b->x, command_index_path(o.index, &b->a), &b->a, &b->err))
		return command_fail(&b->err);
	bool ok = o.bombs.n ? bombs(b, &o, &out) : classes(b, o.n, &out);
	status = ok ? output_end(buf_span(&out), 0) : command_fail(&b->err);
	sqlite3_finalize(b->find);
	sqlite3_close(b->db);
	index_close(&b->x);
	arena_release(&b->a);
	return status;
}
