/* The other engines of `bench search`: built from the same texts, asked the same. */
#include "bench/latency.h"

#include <fcntl.h>
#include <spawn.h>
#ifdef WITH_SQLITE
#include <sqlite3.h>
#endif
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/file.h"
#include "bench/bench.h"
#include "bench/contest.h"
#include "bench/peer.h"

const char *const peer_names[PEERS] = { "SQLite FTS5", "Lucene", "quest" };

double time_spent(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

double time_now(void)
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

double time_quantile(struct times *t, double q)
{
	if (!t->n)
		return 0;
	qsort(t->v, t->n, sizeof *t->v, compare);
	return t->v[(size_t)(q * (double)(t->n - 1) + .5)];
}

static char *text(struct peers *p, const char *s)
{
	return arena_cstr(p->a, span_of(s));
}

static const char *below(struct peers *p, const char *name)
{
	return arena_printf(p->a, "%s/%s", p->dir, name).p;
}

static const char *build(struct peers *p, struct contestant c, const char *name, const char *file)
{
	c.name = name;
	c.flat = p->flat;
	c.dir = below(p, name);
	struct outcome o = contest_run(&c);
	fprintf(stderr, "%-8s %s%.1f s to index\n", name, o.missing ? o.missing : "", o.wall);
	return o.missing ? NULL : arena_printf(p->a, "%s%s", c.dir, file).p;
}

static void build_lucene(struct peers *p)
{
	p->classes = contest_lucene(p->dir, p->a);
	if (!p->classes)
		return;
	const char *dir = below(p, "lucene");
	char *argv[] = { text(p, "java"), text(p, "-Xmx1g"), text(p, "-cp"), text(p, p->classes), text(p, "LuceneIndex"),
			 text(p, p->flat), text(p, dir), text(p, "1"), NULL };
	p->path[PEER_LUCENE] = build(p, (struct contestant){ .argv = argv }, "lucene", "");
}

bool peers_build(struct peers *p, struct err *err)
{
	build_lucene(p);
	if (system("quest --version >/dev/null 2>&1") == 0)
		p->path[PEER_QUEST] = build(p, (struct contestant){ .run = peer_termgenerator }, "quest", "/db");
#ifdef WITH_SQLITE
	p->path[PEER_FTS5] = build(p, (struct contestant){ .run = peer_fts5 }, "fts5", "/fts5.db");
	sqlite3 *db = NULL;
	sqlite3_stmt *find = NULL;
	if (!p->path[PEER_FTS5] || sqlite3_open_v2(p->path[PEER_FTS5], &db, SQLITE_OPEN_READONLY, NULL) ||
	    sqlite3_prepare_v2(db, "select rowid from t where t match ? order by rank limit 10", -1, &find, NULL))
		return err_set(err, ERR_IO, "SQLite FTS5 could not be built");
	sqlite3_exec(db, "pragma cache_size=-200000; pragma mmap_size=1000000000", NULL, NULL, NULL);
	p->fts5 = db;
	p->find = find;
#endif
	return err->code == ERR_NONE;
}

void peers_close(struct peers *p)
{
#ifdef WITH_SQLITE
	sqlite3_finalize(p->find);
	sqlite3_close(p->fts5);
#endif
	(void)p;
}

#ifdef WITH_SQLITE
static void ask_fts5(sqlite3_stmt *find, span q)
{
	sqlite3_bind_text(find, 1, q.p, (int)q.n, SQLITE_TRANSIENT);
	while (sqlite3_step(find) == SQLITE_ROW)
		;
	sqlite3_reset(find);
}
#endif

bool peer_warm(struct peers *p, enum peer which, const struct asked *q, double *ms)
{
	if (which != PEER_FTS5 || !p->find)
		return false;
#ifdef WITH_SQLITE
	double began = time_spent();
	ask_fts5(p->find, q->fts5);
	*ms = time_spent() - began;
#else
	(void)q, (void)ms;
#endif
	return true;
}

bool time_process(char *const *argv, double *ms)
{
	posix_spawn_file_actions_t quiet;
	int status;
	pid_t pid;
	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&quiet, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	double began = time_now();
	bool ended = posix_spawnp(&pid, argv[0], &quiet, NULL, argv, environ) == 0 && waitpid(pid, &status, 0) == pid &&
		     WIFEXITED(status) && WEXITSTATUS(status) <= 1;
	*ms = time_now() - began;
	posix_spawn_file_actions_destroy(&quiet);
	return ended;
}

static const char *write_questions(struct peers *p, const struct askeds *q)
{
	const char *path = below(p, "questions");
	FILE *f = fopen(path, "w");
	for (size_t i = 0; f && i < q->n; i++)
		fprintf(f, "%.*s\n", SPAN_ARG(q->v[i].lucene));
	return f && fclose(f) == 0 ? path : NULL;
}

bool peer_lucene(struct peers *p, const struct askeds *q, unsigned rounds, struct times *out)
{
	const char *path = p->path[PEER_LUCENE] ? write_questions(p, q) : NULL;
	double ns;
	if (!path)
		return false;
	span line = arena_printf(p->a, "java -Xmx1g -cp '%s' LuceneSearch '%s' '%s' %u", p->classes, p->path[PEER_LUCENE], path, rounds);
	FILE *f = popen(line.p, "r");
	while (f && fscanf(f, "%lf", &ns) == 1)
		*PUSH(p->a, out) = ns / 1e6;
	return f && pclose(f) == 0;
}

int bench_ask_fts5(char **argv)
{
#ifdef WITH_SQLITE
	sqlite3 *db = NULL;
	sqlite3_stmt *find;
	if (!argv[1] || !argv[2] || sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READONLY, NULL) ||
	    sqlite3_prepare_v2(db, "select rowid from t where t match ? order by rank limit 10", -1, &find, NULL))
		return ERR_REQUEST;
	ask_fts5(find, span_of(argv[2]));
	return 0;
#else
	(void)argv;
	return ERR_REQUEST;
#endif
}

bool peer_cold(struct peers *p, enum peer which, const struct asked *q, double *ms)
{
	if (!p->path[which])
		return false;
	if (which == PEER_FTS5) {
		char *argv[] = { text(p, "/proc/self/exe"), text(p, "ask-fts5"), text(p, p->path[which]), arena_cstr(p->a, q->fts5), NULL };
		return time_process(argv, ms);
	}
	if (which == PEER_LUCENE) {
		struct askeds one = { (struct asked *)(uintptr_t)q, 1, 1 };
		char *argv[] = { text(p, "java"), text(p, "-cp"), text(p, p->classes), text(p, "LuceneSearch"),
				 text(p, p->path[PEER_LUCENE]), text(p, write_questions(p, &one)), text(p, "1"), NULL };
		return time_process(argv, ms);
	}
	char *argv[] = { text(p, "quest"), text(p, "-d"), text(p, p->path[PEER_QUEST]), text(p, "-m10"), text(p, "--flags=default,wildcard"),
			 arena_cstr(p->a, q->xapian), NULL };
	return time_process(argv, ms);
}
