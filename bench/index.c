/* pincite-bench index: the whole pipeline, its stages and its growth, against
 * other engines on the same text, in turn. */
#include "bench/bench.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "bench/contest.h"
#include "bench/corpus.h"
#include "bench/peer.h"

struct options {
	bool help, scale;
	uint64_t synthetic, seed, rounds;
	span words, json, markdown, svg, dir, only;
	struct spans corpus;
};
static const struct opt opts[] = {
	{ "synthetic", 's', OPT_UINT, offsetof(struct options, synthetic), "MB", "measure on an invented code of this size", NULL, 1, 100000 },
	{ "seed", 0, OPT_UINT, offsetof(struct options, seed), "N", "of the invented code; 1", NULL, 0, UINT32_MAX },
	{ "words", 0, OPT_TEXT, offsetof(struct options, words), "FILE", "words and costs of the invented code; lib/law/words.tsv", NULL, 0, 0 },
	{ "scale", 0, OPT_FLAG, offsetof(struct options, scale), NULL, "with --synthetic: pincite on 1, 3 and 10 times the size", NULL, 0, 0 },
	{ "rounds", 0, OPT_UINT, offsetof(struct options, rounds), "N", "times that each engine runs, the best counts; 3", NULL, 1, 100 },
	{ "only", 0, OPT_TEXT, offsetof(struct options, only), "TEXT", "engines whose name has TEXT in it, and pincite", NULL, 0, 0 },
	{ "dir", 0, OPT_TEXT, offsetof(struct options, dir), "DIR", "for the indexes; a new one below /tmp", NULL, 0, 0 },
	{ "json", 0, OPT_TEXT, offsetof(struct options, json), "FILE", "write the figures as JSON", NULL, 0, 0 },
	{ "markdown", 0, OPT_TEXT, offsetof(struct options, markdown), "FILE", "write the tables", NULL, 0, 0 },
	{ "svg", 0, OPT_TEXT, offsetof(struct options, svg), "FILE", "write a plot", NULL, 0, 0 },
	{ "help", 'h', OPT_FLAG, offsetof(struct options, help), NULL, "this text", NULL, 0, 0 },
};
static const struct command command = {
	.name = "bench index", .operands = "[FILE|DIR]...", .summary = "speed of indexing, against other engines on the same text",
	.details = "All that is given is one corpus and one table. Peers that are not installed are named and left out.\n\n"
		   "  pincite-bench index --rounds=3 --markdown=tables.md opinions/ sections.jsonl\n"
		   "  pincite-bench index --synthetic=50 --scale --markdown=tables.md --svg=plot.svg",
	.opts = opts, .nopts = sizeof opts / sizeof *opts,
};

struct bench {
	struct options o;
	struct arena a;
	struct err err;
	const char *dir, *flat, *work, *report, *indexer;
	struct corpus corpus;
	struct buf tables, json;
};

static const char *below(struct bench *b, const char *name)
{
	return arena_printf(&b->a, "%s/%s", b->dir, name).p;
}

/* The indexer beside this program. */
static const char *beside(struct bench *b)
{
	char self[4096];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	while (n > 0 && self[n - 1] != '/')
		n--;
	return arena_printf(&b->a, "%.*spincite-index", n > 0 ? (int)n : 0, self).p;
}

/* Each engine once a round; of the rounds the best counts, of wall and CPU time each. */
static void enter(struct bench *b, struct contest_table *t, struct contestant c)
{
	struct outcome best = { 0 };
	if (b->o.only.n && strncmp(c.name, "pincite", 7) != 0 && !strstr(c.name, arena_cstr(&b->a, b->o.only)))
		return;
	c.dir = b->work;
	c.flat = b->flat;
	for (uint64_t i = 0; i < b->o.rounds && !best.missing; i++) {
		struct outcome o = contest_run(&c);
		double wall = best.wall, cpu = best.cpu;
		if (!i || o.missing || o.wall < best.wall)
			best = o;
		if (i && !o.missing) {
			best.wall = wall < o.wall ? wall : o.wall;
			best.cpu = cpu < o.cpu ? cpu : o.cpu;
		}
	}
	contest_clear(b->work);
	fprintf(stderr, "%-16s %s%.2f s\n", best.name, best.missing ? best.missing : "", best.wall);
	*PUSH(&b->a, &t->list) = best;
}

/* report: where the indexer writes its account, which takes time; null: nowhere. */
static void enter_pincite(struct bench *b, struct contest_table *t, const char *name, const char *jobs, const char *report)
{
	struct { char **v; size_t n, cap; } args = { 0 };
	const char *head[] = { b->indexer, "-d", b->work, jobs, "--rebuild", "--progress=never", report ? "--report" : "--progress=never",
			       report ? report : "--progress=never" };
	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		*PUSH(&b->a, &args) = arena_cstr(&b->a, span_of(head[i]));
	for (size_t i = 0; i < b->corpus.paths.n; i++)
		*PUSH(&b->a, &args) = arena_cstr(&b->a, b->corpus.paths.v[i]);
	PUSH(&b->a, &args);
	enter(b, t, (struct contestant){ .name = name, .argv = args.v });
}

static void enter_lucene(struct bench *b, struct contest_table *t)
{
	const char *cp = contest_lucene(b->dir, &b->a);
	static const struct { const char *name, *threads; } runs[] = { { "Lucene, 1 thread", "1" }, { "Lucene, 2 threads", "2" } };
	for (size_t i = 0; i < 2; i++) {
		char *argv[] = { arena_cstr(&b->a, SPAN("java")), arena_cstr(&b->a, SPAN("-Xmx1g")), arena_cstr(&b->a, SPAN("-cp")),
				 arena_cstr(&b->a, span_of(cp)), arena_cstr(&b->a, SPAN("LuceneIndex")),
				 arena_cstr(&b->a, span_of(b->flat)), arena_cstr(&b->a, span_of(b->work)),
				 arena_cstr(&b->a, span_of(runs[i].threads)), NULL };
		if (cp)
			enter(b, t, (struct contestant){ .name = runs[i].name, .argv = argv });
		else
			*PUSH(&b->a, &t->list) = (struct outcome){ .name = runs[i].name, .missing = "not installed" };
	}
}

/* omega's scriptindex reads lines "text=...", each further line after "=". */
static bool write_dump(struct bench *b, const char *dump, const char *script)
{
	FILE *in = fopen(b->flat, "r"), *out = fopen(dump, "w"), *s = fopen(script, "w");
	char *buffer = NULL;
	size_t cap = 0;
	span text, line;
	bool ok = in && out && s && fputs("text : field index\n", s) >= 0;
	while (ok && corpus_next(in, &buffer, &cap, &text)) {
		for (bool first = true; span_cut(&text, '\n', &line); first = false)
			fprintf(out, "%s=%.*s\n", first ? "text" : "", SPAN_ARG(line));
		fputc('\n', out);
	}
	free(buffer);
	if (in)
		fclose(in);
	if (s)
		ok = fclose(s) == 0 && ok;
	return out && fclose(out) == 0 && ok;
}

static void enter_scriptindex(struct bench *b, struct contest_table *t)
{
	const char *dump = below(b, "dump"), *script = below(b, "script");
	char *argv[] = { arena_cstr(&b->a, SPAN("scriptindex")), arena_printf(&b->a, "%s/db", b->work).p ?
			 arena_cstr(&b->a, arena_printf(&b->a, "%s/db", b->work)) : NULL,
			 arena_cstr(&b->a, span_of(script)), arena_cstr(&b->a, span_of(dump)), NULL };
	if (system("command -v scriptindex >/dev/null 2>&1") == 0 && write_dump(b, dump, script))
		enter(b, t, (struct contestant){ .name = "scriptindex", .argv = argv });
	else
		*PUSH(&b->a, &t->list) = (struct outcome){ .name = "scriptindex", .missing = "not installed" };
}

/* The indexer's own account of a run: what its CPU time went to, and the speed at
 * which each part alone would pass the text, its limit. */
static void parts(struct bench *b)
{
	struct contest_table t = { 0 };
	uint64_t rounds = b->o.rounds;
	b->o.rounds = 1;
	enter_pincite(b, &t, "pincite, timed", "-j1", b->report);
	b->o.rounds = rounds;
	json_t *r = json_load_file(b->report, 0, NULL), *list = json_object_get(r, "cpu_seconds"), *part;
	double all = t.list.n ? t.list.v[0].cpu : 0, left = all, mb = (double)b->corpus.bytes / 1e6;
	const char *name;
	if (list) {
		buf_put(&b->tables, SPAN("What the CPU time of one thread goes to:\n\n| part | CPU s | share | MB/s of it alone |\n|---|---|---|---|\n"));
		buf_put(&b->json, SPAN(",{\"title\":\"parts\""));
	}
	json_object_foreach(list, name, part) {
		double s = json_number_value(part);
		left -= s;
		buf_printf(&b->tables, "| %s | %.2f | %.0f %% | %.0f |\n", name, s, all > 0 ? 100 * s / all : 0, s > 0 ? mb / s : 0);
		buf_printf(&b->json, ",\"%s\":%.3f", name, s);
	}
	if (list) {
		buf_printf(&b->tables, "| files, folding, hashing, fsync | %.2f | %.0f %% | %.0f |\n", left, all > 0 ? 100 * left / all : 0, left > 0 ? mb / left : 0);
		buf_printf(&b->tables, "| all | %.2f | | %.1f |\n\n", all, all > 0 ? mb / all : 0);
		buf_printf(&b->json, ",\"all\":%.3f}", all);
	}
	json_decref(r);
}

static void finish_table(struct bench *b, struct contest_table *t)
{
	t->bytes = b->corpus.bytes;
	t->texts = b->corpus.texts;
	contest_text(t, &b->tables);
	if (b->json.n > 1)
		buf_byte(&b->json, ',');
	contest_json(t, &b->json);
}

static bool write_file(struct bench *b, span path, span s)
{
	int fd = open(arena_cstr(&b->a, path), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	bool ok = fd >= 0 && file_write_fd(fd, s, &b->err);
	return (fd < 0 || close(fd) == 0) && (ok || err_set(&b->err, ERR_IO, "cannot write %.*s", SPAN_ARG(path)));
}

static bool contest(struct bench *b)
{
	struct contest_table t = { .title = b->o.synthetic ? "an invented code" : "the given texts" };
#ifdef WITH_SQLITE
	enter(b, &t, (struct contestant){ .name = "FTS5", .run = peer_fts5 });
#else
	*PUSH(&b->a, &t.list) = (struct outcome){ .name = "FTS5", .missing = "not installed" };
#endif
	enter_pincite(b, &t, "pincite -j1", "-j1", NULL);
	enter_pincite(b, &t, "pincite -j2", "-j2", NULL);
	enter_lucene(b, &t);
	enter(b, &t, (struct contestant){ .name = "TermGenerator", .run = peer_termgenerator });
	enter_scriptindex(b, &t);
	finish_table(b, &t);
	struct buf svg = { .a = &b->a };
	contest_svg(&t, &svg);
	return !b->o.svg.n || write_file(b, b->o.svg, buf_span(&svg));
}

static bool make(struct bench *b, uint64_t times)
{
	const char *words = b->o.words.n ? arena_cstr(&b->a, b->o.words) : SOURCE_DIR "/lib/law/words.tsv";
	struct arena a = { 0 };
	struct corpus made;
	const char *jsonl = below(b, "code.jsonl");
	bool ok = corpus_make(b->o.synthetic * times, b->o.seed, words, jsonl, b->flat, &a, &made, &b->err);
	arena_release(&a);
	b->corpus = (struct corpus){ .texts = made.texts, .bytes = made.bytes };
	*PUSH(&b->a, &b->corpus.paths) = span_of(jsonl);
	return ok;
}

/* A row of the table of growth; first: what 1 times took, for the ratios. */
static void growth_row(struct bench *b, unsigned times, const struct contest_table *t, struct outcome first[2])
{
	const struct outcome *one = &t->list.v[0], *two = &t->list.v[1];
	if (times == 1) {
		first[0] = *one;
		first[1] = *two;
	}
	buf_printf(&b->tables, "| %u times | %.1f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.0f | %.0f | %.2f |\n", times, (double)t->bytes / 1e6,
		   one->wall, one->cpu, one->cpu / first[0].cpu, two->wall, two->cpu, two->cpu / first[1].cpu, (double)one->rss / 1e6,
		   (double)two->rss / 1e6, (double)one->size / (double)t->bytes);
}

static bool scale(struct bench *b)
{
	static const unsigned times[] = { 1, 3, 10 };
	struct outcome first[2] = { 0 };
	buf_put(&b->tables, SPAN("Growth, an invented code:\n\n| size | MB of text | wall s, -j1 | CPU s, -j1 | CPU to 1 time | wall s, -j2 | CPU s, -j2 | CPU to 1 time "
				 "| memory MB, -j1 | memory MB, -j2 | index / text |\n|---|---|---|---|---|---|---|---|---|---|---|\n"));
	for (size_t i = 0; i < 3; i++) {
		struct contest_table t = { .title = arena_printf(&b->a, "growth, %u times", times[i]).p };
		if (!make(b, times[i]))
			return false;
		enter_pincite(b, &t, "pincite -j1", "-j1", NULL);
		enter_pincite(b, &t, "pincite -j2", "-j2", NULL);
		t.bytes = b->corpus.bytes;
		t.texts = b->corpus.texts;
		growth_row(b, times[i], &t, first);
		buf_byte(&b->json, ',');
		contest_json(&t, &b->json);
	}
	buf_byte(&b->tables, '\n');
	return true;
}

/* How busy the machine was: figures of a busy one are to be read with care. */
static void say_load(struct bench *b)
{
	double load[1];
	if (getloadavg(load, 1) == 1)
		buf_printf(&b->tables, "Load average %.1f, %ld processors.\n\n", load[0], sysconf(_SC_NPROCESSORS_ONLN));
}

static bool run(struct bench *b)
{
	if (!b->o.synthetic && !b->o.corpus.n)
		return err_set(&b->err, ERR_REQUEST, "files to index, or --synthetic=MB");
	char made[] = "/tmp/pincite-bench-XXXXXX";
	b->dir = b->o.dir.n ? arena_cstr(&b->a, b->o.dir) : arena_cstr(&b->a, span_of(mkdtemp(made)));
	mkdir(b->dir, 0755); /* one that was named may not be there yet */
	b->flat = below(b, "texts");
	b->work = below(b, "index");
	b->report = below(b, "report.json");
	b->indexer = beside(b);
	bool ok = b->o.synthetic ? make(b, 1) : corpus_read(&b->o.corpus, b->flat, &b->a, &b->corpus, &b->err);
	say_load(b);
	ok = ok && contest(b);
	if (ok)
		parts(b);
	ok = ok && (!b->o.scale || !b->o.synthetic || scale(b));
	buf_put(&b->json, SPAN("]\n"));
	ok = ok && file_write_fd(STDOUT_FILENO, buf_span(&b->tables), &b->err);
	ok = ok && (!b->o.json.n || write_file(b, b->o.json, buf_span(&b->json)));
	ok = ok && (!b->o.markdown.n || write_file(b, b->o.markdown, buf_span(&b->tables)));
	if (!b->o.dir.n)
		contest_clear(b->dir);
	return ok;
}

int bench_index(char **argv)
{
	struct bench b = { .o = { .seed = 1, .rounds = 3 } };
	b.tables.a = b.json.a = &b.a;
	buf_byte(&b.json, '[');
	bool ok = args_parse(&(struct arguments){ &command, &b.o, &b.o.corpus, &b.a }, argv, &b.err);
	if (ok && b.o.help)
		ok = file_write_fd(STDOUT_FILENO, args_help(&command, &b.a), &b.err);
	else
		ok = ok && run(&b);
	if (!ok)
		fprintf(stderr, "pincite-bench index: %s\n", b.err.msg);
	int status = ok ? 0 : (int)b.err.code;
	arena_release(&b.a);
	return status;
}
