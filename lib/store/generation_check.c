#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/buf.h"
#include "store/generation_private.h"
#include "store/tree.h"
#include "store/xap_write.h"

struct checkup {
	int dir;
	struct manifest m;
	struct buf *out;
	struct err *err; /* what kept us from checking */
	size_t findings;
};

/* Takes what failed: a finding about the index, unless it is about this process. */
static void note(struct checkup *c, const struct err *e)
{
	if (e->code == ERR_TRY_AGAIN || e->code == ERR_INTERRUPTED) {
		err_set(c->err, e->code, "%s", e->msg);
		return;
	}
	buf_printf(c->out, "%s\n", e->msg);
	c->findings++;
}

/* Exit statuses of the child. */
enum { RIGHT = 0, WRONG = 1, FAILED = 2 };

/* The child: nothing of ours is flushed or freed, no core is left. */
static _Noreturn void child(int fd)
{
	struct rlimit none = { 0, 0 };
	struct err e = { 0 };
	size_t wrong = 0;
	int null = open("/dev/null", O_WRONLY);
	setrlimit(RLIMIT_CORE, &none);
	/* What Xapian prints is not for our output. */
	if (null >= 0) {
		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
	}
	if (!xap_check(fd, &wrong, &e))
		_exit(FAILED);
	_exit(wrong ? WRONG : RIGHT);
}

/* A child of its own, since Xapian's check may crash on damaged bytes, and a crash is a finding, too. */
static bool run_child(int fd, const char *name, struct err *err)
{
	int status;
	pid_t pid = fork();
	if (pid < 0)
		return err_errno(err, errno, "fork");
	if (pid == 0)
		child(fd);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return err_errno(err, errno, "waitpid");
	/* FAILED, too, is a finding: something kept Xapian from checking what it should be able to read. */
	if (WIFEXITED(status) && WEXITSTATUS(status) == RIGHT)
		return true;
	return err_set(err, ERR_DAMAGED, "%s: Xapian's own check %s", name,
		       WIFSIGNALED(status) ? "crashed on it" : "finds it wrong");
}

/* The descriptor was opened for it alone: the child moves its offset. */
static void check_with_xapian(struct checkup *c, const struct shard_file *s)
{
	char name[128];
	struct err e = { 0 };
	snprintf(name, sizeof name, "%.*s", SPAN_ARG(s->name));
	int fd = sealed_open(c->dir, name, s->bytes, &e);
	bool ok = fd >= 0 && run_child(fd, name, &e);
	if (fd >= 0)
		close(fd);
	if (!ok)
		note(c, &e);
}

/* One shard alone: its entries, then its structure, which is only looked at
 * when its bytes are those that were sealed. */
static void check_shard(struct checkup *c, struct shard_file *s)
{
	struct err e = { 0 };
	struct xap_stats stats;
	if (!shard_verify(c->dir, s, &e)) {
		note(c, &e);
		return;
	}
	struct manifest alone = { .shards = s, .nshards = 1 };
	struct lives *l = lives_open_all(c->dir, &alone, &e);
	/* The dead ones are entries, too, and their positions are sound or damaged like all. */
	struct xap *x = l && (lives_check(l, &e) || err_context(&e, "%.*s", SPAN_ARG(s->name))) ? shards_open(c->dir, &alone, NULL, &e) : NULL;
	bool ok = x && xap_stats(x, &stats, &e);
	if (ok && stats.entries != s->entries)
		ok = err_set(&e, ERR_DAMAGED, "%.*s: %u entries where the manifest has %u", SPAN_ARG(s->name), stats.entries,
			     s->entries);
	xap_close(x);
	struct poslists *p = ok ? positions_open(c->dir, &alone, NULL, &e) : NULL;
	if (ok && (!p || !poslists_check(p, &e)))
		ok = err_context(&e, "%.*s", SPAN_ARG(s->name));
	poslists_close(p);
	lives_close(l);
	if (!ok)
		note(c, &e);
	/* Also when a count was wrong: each check may find what the other does not. */
	check_with_xapian(c, s);
}

/* What a sealed generation may hold. A file that nothing names
 * was put there by somebody else, and no hash covers it. */
static bool expected(const struct manifest *m, span name)
{
	return shard_named(m, name) || span_eq(name, SPAN(".")) || span_eq(name, SPAN("..")) || span_eq(name, SPAN("manifest.json")) ||
	       span_eq(name, SPAN("report.json")) || (m->input_bytes && span_eq(name, SPAN(INPUT_NAME)));
}

/* In the directory that is held, not by path: another generation may be served by now. */
static void check_names(struct checkup *c)
{
	struct err e = { 0 };
	int fd = dir_open(c->dir, ".", &e);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	if (!d) {
		err_errno(&e, errno, "generation");
		note(c, &e);
		if (fd >= 0)
			close(fd);
		return;
	}
	for (struct dirent *n; (n = readdir(d));) {
		e = (struct err){ 0 };
		if (!expected(&c->m, span_of(n->d_name))) {
			err_set(&e, ERR_DAMAGED, "%s: not in the manifest", n->d_name);
			note(c, &e);
		}
	}
	closedir(d);
}

/* All shards as one, as a search opens them: last, and only where each by itself is sound. */
static void check_together(struct checkup *c)
{
	struct err e = { 0 };
	struct readers r;
	if (!readers_open(c->dir, &c->m, &r, &e) || !shards_agree(r.x, &c->m, &e) || !positions_agree(r.positions, &c->m, &e))
		note(c, &e);
	readers_close(&r);
}

/* One finding does not keep the others from being told: so each part has its own err. */
static void check_generation(struct checkup *c, int index)
{
	struct err e = { 0 };
	const struct manifest *m = &c->m;
	if (!lock_agrees(index, m->generation, &e))
		note(c, &e);
	e = (struct err){ 0 };
	if (!sealed_verify(c->dir, "report.json", m->report_bytes, m->report_sha256, &e))
		note(c, &e);
	e = (struct err){ 0 };
	if (m->input_bytes && !sealed_verify(c->dir, INPUT_NAME, m->input_bytes, m->input_sha256, &e))
		note(c, &e);
	check_names(c);
	for (size_t i = 0; i < m->nshards; i++)
		check_shard(c, &m->shards[i]);
	if (!c->findings)
		check_together(c);
}

/* The generation is held while it is checked, so the collector cannot take files away and make damage of that. */
bool index_check(const char *path, struct buf *out, struct err *err)
{
	struct arena a = { 0 };
	struct err e = { 0 }, local = { 0 };
	struct checkup c = { .out = out, .err = err ? err : &local };
	uint32_t number;
	int index = index_open_dir(path, c.err);
	if (index < 0)
		return false;
	c.dir = generation_hold(index, &number, &e);
	if (c.dir < 0 && e.code == ERR_NOT_FOUND)
		err_set(c.err, ERR_NOT_FOUND, "no index at %s: nothing was ever published there", path);
	else if (c.dir < 0 || !manifest_read(c.dir, number, &a, &c.m, &e))
		note(&c, &e);
	else
		check_generation(&c, index);
	if (c.dir >= 0)
		close(c.dir);
	close(index);
	arena_release(&a);
	return !c.findings && !c.err->code;
}
