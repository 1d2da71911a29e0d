/* fault-sweep: what becomes of an index when its writer fails at any call.
 *
 *   LD_PRELOAD=libfi.so fault-sweep DIR api|bulk kill|torn|err|malloc|power ERRNO STICKY SHALLOW
 *
 * (ERRNO of power is a seed: what of the unsynced is lost.)
 *
 * One run of the writer publishes generation 2, acknowledges, publishes
 * generation 3 with a shard linked from 2, and acknowledges. The run is counted
 * once, then done again with the first call failing, the second, ... (of
 * SHALLOW > 1: a seeded choice of one in so many), each from a fresh copy of
 * an index with generation 1, in a child. After each of them:
 *
 *   - every acknowledged generation, or the one in the making, is served:
 *     complete, each entry with its data, positions and terms;
 *   - index_check finds nothing;
 *   - a writer that failed said why, with the exit status of the errno; one
 *     that ended well has published everything;
 *   - running it again gives the hashes of an uninterrupted run, and leaves
 *     nothing lying about. */
#include <dlfcn.h>
#include <dirent.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include "base/buf.h"
#include "base/file.h"
#include "store/generation.h"
#include "tests/unit/store_fixture.h"

enum { OFF, COUNT, KILL, TORN, ERR, POWER };
enum { SHARDS = 2, ENTRIES = 24 };

struct sweep {
	const char *dir, *mode_name;
	char base[200], work[200];
	enum builder_kind kind;
	int mode, error, sticky, shallow, of_memory;
	void (*arm)(int mode, long n, int err, int sticky, int of_memory);
	long (*count)(void);
	void (*power)(int stash, long n, unsigned seed);
	char want[SHARDS][33]; /* hashes of an uninterrupted run */
	long at;               /* the call that fails now */
};

static void failed(const struct sweep *s, const char *what, const char *more)
{
	printf("FAILED at call %ld (%s %d%s, %s): %s: %s\n", s->at, s->mode_name, s->error, s->sticky ? " sticky" : "",
	       s->kind == BUILDER_API ? "api" : "bulk", what, more);
	printf("again: %s\n", s->work);
	exit(1);
}

/* Generation g has the entries 1 to ENTRIES * g; in 3 only shard 1 grows. */
static uint32_t entries_in(uint32_t generation, uint32_t shard)
{
	if (generation == 3 && shard == 0)
		generation = 2;
	return ENTRIES * generation / SHARDS;
}

static bool build(const struct sweep *s, struct index_writer *w, uint32_t shard, uint32_t n, struct shard_file *out,
		  struct err *err)
{
	char path[400], positions[400];
	snprintf(path, sizeof path, "%s/shard-%03u.glass", index_build_dir(w), shard);
	snprintf(positions, sizeof positions, "%s/shard-%03u.pos", index_build_dir(w), shard);
	/* Little memory: commits of the one, runs of the other (only in one shard: each clears a large table). */
	bool little = s->kind == BUILDER_API || (shard == 0 && n == entries_in(2, 0));
	struct builder_options o = { .kind = s->kind, .memory = little ? 40000 : 0, .positions = positions,
				     .tmpdir = index_build_dir(w) };
	struct builder *b = builder_open(path, &o, err);
	bool ok = b != NULL;
	for (uint32_t i = 0; ok && i < n; i++) {
		struct made m;
		ok = builder_add(b, make_entry(&m, i * SHARDS + shard + 1), err);
	}
	struct builder_totals t;
	ok = ok && builder_seal(b, err);
	if (ok) {
		builder_totals(b, &t);
		out->entries = t.entries;
		memcpy(out->entries_xxh128, t.entries_xxh128, sizeof t.entries_xxh128);
	}
	builder_close(b);
	return ok;
}

static bool link_first(struct index_writer *w, const char *index, struct manifest *m, struct arena *a, struct err *err)
{
	struct generation *g = generation_open(index, false, a, err);
	bool ok = g && index_link_shard(w, g, 0, err);
	if (ok)
		m->shards[0] = generation_manifest(g)->shards[0];
	generation_close(g);
	return ok;
}

/* In generation 3 an entry of the linked shard is dead. */
enum { DEAD = 2 };
static const uint32_t dead_in_3[1] = { DEAD };
static const struct live_facts live_in_3[SHARDS] = { { .dead = dead_in_3, .ndead = 1 } };

static bool publish(const struct sweep *s, const char *index, uint32_t generation, struct err *err)
{
	struct arena a = { 0 };
	struct shard_file shards[SHARDS] = { { .name = SPAN("shard-000.glass") }, { .name = SPAN("shard-001.glass") } };
	struct manifest m = { .shards = shards, .nshards = SHARDS, .documents = generation };
	struct index_writer *w = index_lock(index, err);
	bool ok = w != NULL;
	for (uint32_t i = 0; ok && i < SHARDS; i++)
		ok = generation == 3 && i == 0 ? link_first(w, index, &m, &a, err) :
						 build(s, w, i, entries_in(generation, i), &shards[i], err);
	m.live = generation == 3 ? live_in_3 : NULL;
	ok = ok && index_publish(w, &m, SPAN("{}"), err);
	index_unlock(w);
	arena_release(&a);
	return ok;
}

/* The writer: exit status as a program's, last acknowledged generation to ack. */
static int writer(const struct sweep *s, const char *index, int ack, char *msg)
{
	struct err err = { 0 };
	for (uint32_t generation = 2; generation <= 3; generation++) {
		if (!publish(s, index, generation, &err)) {
			strcpy(msg, err.msg);
			return (int)err.code;
		}
		char byte = (char)generation;
		if (write(ack, &byte, 1) != 1)
			abort();
	}
	return 0;
}

struct opened {
	struct xap *x;
	struct poslists *p;
};

static bool beta_there(struct poslists *p, uint32_t number, uint32_t pos, struct arena *a, struct err *err)
{
	struct poslist_run run;
	struct poslist *list = poslist_find(p, SPAN("beta"), a, err);
	return list && poslist_at(list, number, &run, err) && run.n == 1 && run.v[0] == pos;
}

static bool entry_there(struct opened o, uint32_t number, struct arena *a, struct err *err)
{
	struct made made;
	struct entry *e = make_entry(&made, number);
	struct xap_terms terms = { 0 };
	span data = { 0 };
	return xap_data(o.x, number, a, &data, err) && span_eq(data, e->data) && xap_entry_terms(o.x, number, a, &terms, err) &&
	       terms.n == e->npostings && beta_there(o.p, number, made.pos[2][0], a, err);
}

static bool content_there(struct opened o, uint32_t generation, struct arena *a, char *why)
{
	struct err err = { 0 };
	struct xap_stats stats = { 0 };
	for (uint32_t shard = 0; shard < SHARDS; shard++)
		for (uint32_t i = 0; i < entries_in(generation, shard); i++)
			if (entry_there(o, i * SHARDS + shard + 1, a, &err) == (generation == 3 && shard == 0 && i + 1 == DEAD)) {
				snprintf(why, 1000, "entry %u of shard %u, generation %u, changed %.900s", i + 1, shard,
					 generation, err.msg);
				return false;
			}
	if (xap_stats(o.x, &stats, &err) && stats.entries == entries_in(generation, 0) + entries_in(generation, 1) - (generation == 3))
		return true;
	snprintf(why, 1000, "%u entries in generation %u %.900s", stats.entries, generation, err.msg);
	return false;
}

/* Generation as the reader finds it: its number by content, or 0 with why. */
static uint32_t served(const char *index, char hashes[SHARDS][33], char *why)
{
	struct arena a = { 0 };
	struct err err = { 0 };
	uint32_t found = 0;
	struct generation *g = generation_open(index, true, &a, &err);
	struct opened o = { .x = g ? generation_reader(g, &err) : NULL };
	o.p = o.x ? generation_positions(g, &err) : NULL;
	snprintf(why, 1000, "%.900s", err.msg);
	if (o.p) {
		const struct manifest *m = generation_manifest(g);
		found = content_there(o, m->documents, &a, why) ? m->documents : 0;
		for (size_t i = 0; i < SHARDS; i++)
			memcpy(hashes[i], m->shards[i].entries_xxh128, 33);
	}
	poslists_close(o.p);
	xap_close(o.x);
	generation_close(g);
	arena_release(&a);
	return found;
}

static void clean_check(const struct sweep *s, const char *index)
{
	struct arena a = { 0 };
	struct buf out = { .a = &a };
	struct err err = { 0 };
	if (!index_check(index, &out, &err)) {
		buf_byte(&out, 0);
		failed(s, "index_check", err.code ? err.msg : out.p);
	}
	arena_release(&a);
}

/* A copy of the index `from`: sealed files are linked, the two that change are copied. */
static void copy_index(const char *from, const char *to)
{
	char cmd[1000];
	tree_remove(AT_FDCWD, to, NULL);
	snprintf(cmd, sizeof cmd, "%s/gen-000001", to);
	if (!tree_make(cmd, NULL))
		abort();
	static const char *const sealed[] = { "manifest.json", "report.json", "shard-000.glass", "shard-001.glass",
					      "shard-000.pos", "shard-001.pos", "shard-000.live", "shard-001.live" };
	for (size_t i = 0; i < sizeof sealed / sizeof *sealed; i++) {
		char a[300], b[300];
		snprintf(a, sizeof a, "%s/gen-000001/%s", from, sealed[i]);
		snprintf(b, sizeof b, "%s/gen-000001/%s", to, sealed[i]);
		if (link(a, b) != 0)
			abort();
	}
	static const char *const changing[] = { "CURRENT", "lock" };
	for (size_t i = 0; i < 2; i++) {
		struct arena mem = { 0 };
		span text;
		char a[300], b[300];
		snprintf(a, sizeof a, "%s/%s", from, changing[i]);
		snprintf(b, sizeof b, "%s/%s", to, changing[i]);
		int fd = open(b, O_WRONLY | O_CREAT | O_TRUNC, 0600);
		if (fd < 0 || !file_read(a, 1000, &mem, &text, NULL) || !file_write_fd(fd, text, NULL))
			abort();
		close(fd);
		arena_release(&mem);
	}
}

static void no_leftovers(const struct sweep *s)
{
	DIR *d = opendir(s->work);
	for (struct dirent *e; (e = readdir(d));)
		if (strncmp(e->d_name, "gen-", 4) != 0 && e->d_name[0] != '.' && strcmp(e->d_name, "lock") != 0 &&
		    strcmp(e->d_name, "CURRENT") != 0)
			failed(s, "left behind", e->d_name);
	closedir(d);
}

struct outcome {
	int status;         /* of waitpid */
	uint32_t acked;     /* 1 at least */
	char msg[1000];
	long calls;
};

/* An empty directory for what is lost. */
static int stash_of(const struct sweep *s)
{
	char path[300];
	snprintf(path, sizeof path, "%s/stash", s->dir);
	tree_remove(AT_FDCWD, path, NULL);
	return mkdir(path, 0700) == 0 ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
}

/* Runs the writer in a child, armed. Its message and count come back by a pipe after the acks. */
static struct outcome run(const struct sweep *s, int mode, long nth)
{
	struct outcome o = { .acked = 1 };
	int acks[2], text[2];
	if (pipe(acks) != 0 || pipe(text) != 0)
		abort();
	fflush(stdout);
	pid_t pid = fork();
	if (pid == 0) {
		char msg[1000 + sizeof(long)] = "";
		if (mode == POWER)
			s->power(stash_of(s), nth, (unsigned)(s->error * 100003 + nth));
		else
			s->arm(mode, nth, s->error, s->sticky, s->of_memory);
		int code = writer(s, s->work, acks[1], msg + sizeof(long));
		long calls = s->count();
		s->arm(OFF, 0, 0, 0, 0);
		memcpy(msg, &calls, sizeof calls);
		if (write(text[1], msg, sizeof msg) < 0)
			abort();
		_exit(code);
	}
	close(acks[1]);
	close(text[1]);
	char msg[1000 + sizeof(long)] = "", byte;
	while (read(acks[0], &byte, 1) == 1)
		o.acked = (uint32_t)byte;
	if (read(text[0], msg, sizeof msg) == (ssize_t)sizeof msg) {
		memcpy(&o.calls, msg, sizeof o.calls);
		memcpy(o.msg, msg + sizeof o.calls, sizeof o.msg);
	}
	close(acks[0]);
	close(text[0]);
	waitpid(pid, &o.status, 0);
	return o;
}

static bool right_code(const struct sweep *s, int code)
{
	int want = (int)err_code_of_errno(s->error);
	if (s->of_memory)
		return code == ERR_TRY_AGAIN;
	/* A lock or a file that cannot be read may be called damaged by libxapian, never well. */
	return code == want || (s->error == 5 && code == ERR_DAMAGED);
}

static void judge(const struct sweep *s, const struct outcome *o)
{
	char why[1000], hashes[SHARDS][33];
	if (s->mode == ERR && WIFSIGNALED(o->status))
		failed(s, "the writer crashed", strsignal(WTERMSIG(o->status)));
	if (s->mode != ERR && !WIFSIGNALED(o->status))
		failed(s, "the writer lived on", "");
	if (s->mode == ERR && WEXITSTATUS(o->status) == 0 && o->acked != 3)
		failed(s, "ended well without its work", "");
	if (s->mode == ERR && WEXITSTATUS(o->status) != 0) {
		if (!o->msg[0] && !s->of_memory)
			failed(s, "failed without a word", "");
		if (!right_code(s, WEXITSTATUS(o->status))) {
			snprintf(why, sizeof why, "%d %.900s", WEXITSTATUS(o->status), o->msg);
			failed(s, "an exit status that does not fit", why);
		}
		if (s->error == 28 && (!strchr(o->msg, '/') || !strstr(o->msg, "No space")))
			failed(s, "a full disk without its path", o->msg);
	}
	uint32_t found = served(s->work, hashes, why);
	if (found < o->acked || found > o->acked + 1)
		failed(s, "not what was acknowledged", why);
	clean_check(s, s->work);
}

static void again(const struct sweep *s)
{
	char why[1000], hashes[SHARDS][33];
	struct outcome o = run(s, OFF, 0);
	if (!WIFEXITED(o.status) || WEXITSTATUS(o.status) != 0 || o.acked != 3)
		failed(s, "running it again", o.msg);
	if (served(s->work, hashes, why) != 3)
		failed(s, "after running it again", why);
	for (int i = 0; i < SHARDS; i++)
		if (strcmp(hashes[i], s->want[i]) != 0)
			failed(s, "other hashes than uninterrupted", hashes[i]);
	clean_check(s, s->work);
	no_leftovers(s);
}

static void prepare(struct sweep *s)
{
	char why[1000] = "";
	struct err err = { 0 };
	snprintf(s->base, sizeof s->base, "%s/base", s->dir);
	snprintf(s->work, sizeof s->work, "%s/work", s->dir);
	if (!publish(s, s->base, 1, &err))
		failed(s, "the first generation", err.msg);
	copy_index(s->base, s->work);
	struct outcome o = run(s, OFF, 0);
	if (o.acked != 3 || served(s->work, s->want, why) != 3)
		failed(s, "an uninterrupted run", o.msg);
}

int main(int argc, char **argv)
{
	if (argc != 7)
		return 2;
	struct sweep s = { .dir = argv[1], .mode_name = argv[3], .error = atoi(argv[4]), .sticky = atoi(argv[5]),
			   .shallow = atoi(argv[6]) };
	s.kind = strcmp(argv[2], "api") == 0 ? BUILDER_API : BUILDER_BULK;
	s.mode = strcmp(argv[3], "kill") == 0 ? KILL : strcmp(argv[3], "torn") == 0 ? TORN : ERR;
	if (strcmp(argv[3], "power") == 0)
		s.mode = POWER;
	s.of_memory = strcmp(argv[3], "malloc") == 0;
	*(void **)&s.arm = dlsym(RTLD_DEFAULT, "fi_arm");
	*(void **)&s.count = dlsym(RTLD_DEFAULT, "fi_count");
	*(void **)&s.power = dlsym(RTLD_DEFAULT, "fi_power");
	if (!s.arm || !s.count) {
		fputs("fault-sweep: libfi.so is not preloaded\n", stderr);
		return 2;
	}
	prepare(&s);
	copy_index(s.base, s.work);
	long calls = run(&s, COUNT, 0).calls, tried = 0;
	unsigned seed = 20 + (unsigned)s.error; /* the same choice each time */
	for (s.at = 1; s.at <= calls; s.at++) {
		seed = seed * 1103515245u + 12345u;
		if (s.shallow > 1 && (seed >> 16) % (unsigned)s.shallow != 0)
			continue;
		copy_index(s.base, s.work);
		struct outcome o = run(&s, s.mode, s.at);
		judge(&s, &o);
		again(&s);
		tried++;
	}
	printf("%s %s %d%s: %ld of %ld calls tried, all well\n", argv[2], argv[3], s.error, s.sticky ? " sticky" : "", tried, calls);
	return 0;
}
