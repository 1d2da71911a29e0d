/* store/generation: publishing, holding, collecting, and telling damage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <dirent.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include "base/buf.h"
#include "base/file.h"
#include "store/generation.h"
#include "tests/unit/store_fixture.h"

enum { SHARDS = 2, ENTRIES = 40 };
static struct arena mem;

static char *at(const char *dir, const char *name)
{
	static char path[4][300];
	static int turn;
	char *p = path[turn++ % 4];
	snprintf(p, 300, "%s/%s", dir, name);
	return p;
}

static bool exists(const char *dir, const char *name)
{
	struct stat st;
	return lstat(at(dir, name), &st) == 0;
}

static void write_bytes(const char *path, span s)
{
	int fd = open(path, O_WRONLY | O_TRUNC);
	assert_true(fd >= 0);
	assert_true(file_write_fd(fd, s, NULL));
	close(fd);
}

static void write_input(const char *build)
{
	int fd = open(at(build, "input"), O_WRONLY | O_CREAT | O_EXCL, 0600);
	assert_true(file_write_fd(fd, SPAN("what was read"), NULL));
	close(fd);
}

/* Builds shards 0 and 1 from entries up to `entries`; shard 0 linked from g when given. */
static bool fill(struct index_writer *w, const struct generation *g, uint32_t entries, struct manifest *m, struct err *err)
{
	const char *build = index_build_dir(w);
	write_input(build);
	*m = (struct manifest){ .options = SPAN("{\"stem\":\"english\"}"), .documents = entries, .nshards = SHARDS };
	m->shards = NEWN(&mem, struct shard_file, SHARDS);
	for (uint32_t s = 0; s < SHARDS; s++) {
		m->shards[s].name = s ? SPAN("shard-001.glass") : SPAN("shard-000.glass");
		if (g && s == 0) {
			m->shards[0] = generation_manifest(g)->shards[0];
			if (!index_link_shard(w, g, 0, err))
				return false;
			continue;
		}
		struct builder_options o = { .kind = BUILDER_API, .tmpdir = build,
					     .positions = at(build, s ? "shard-001.pos" : "shard-000.pos") };
		struct builder *b = builder_open(at(build, s ? "shard-001.glass" : "shard-000.glass"), &o, err);
		bool ok = b != NULL;
		for (uint32_t i = 1 + s; ok && i <= entries; i += SHARDS) {
			struct made made;
			ok = builder_add(b, make_entry(&made, i), err);
		}
		struct builder_totals t = { 0 };
		if (ok && builder_seal(b, err))
			builder_totals(b, &t);
		builder_close(b);
		if (err->code)
			return false;
		m->shards[s].entries = t.entries;
		memcpy(m->shards[s].entries_xxh128, t.entries_xxh128, sizeof t.entries_xxh128);
	}
	return true;
}

static void publish(const char *path, uint32_t entries)
{
	struct err err = { 0 };
	struct manifest m;
	struct index_writer *w = index_lock(path, &err);
	if (!w || !fill(w, NULL, entries, &m, &err) || !index_publish(w, &m, SPAN("{\"read\":1}"), &err))
		fail_msg("%s", err.msg);
	index_unlock(w);
}

static void assert_clean(const char *path)
{
	struct buf out = { .a = &mem };
	struct err err = { 0 };
	if (!index_check(path, &out, &err))
		fail_msg("%s%.*s", err.msg, (int)out.n, out.p ? out.p : "");
	assert_int_equal(out.n, 0);
}

static uint32_t entries_of(struct generation *g)
{
	struct err err = { 0 };
	struct xap *x = generation_reader(g, &err);
	if (!x)
		fail_msg("%s", err.msg);
	struct xap_query all = { .op = XAP_TERM, .term = SPAN("all") };
	struct xap_hits hits;
	struct xap_search s = { .query = &all, .count = 1, .check_at_least = UINT32_MAX };
	assert_true(xap_search(x, &s, &mem, &hits, &err));
	xap_close(x);
	return hits.total;
}

static uint32_t served(const char *path)
{
	struct err err = { 0 };
	struct generation *g = generation_open(path, true, &mem, &err);
	if (!g)
		fail_msg("%s", err.msg);
	uint32_t n = entries_of(g);
	assert_int_equal(entries_of(g), n); /* a second reader, opened anew */
	generation_close(g);
	return n;
}

static enum err_code open_code(const char *path, bool verify)
{
	struct err err = { 0 };
	struct generation *g = generation_open(path, verify, &mem, &err);
	generation_close(g);
	assert_int_equal(g == NULL, err.code != ERR_NONE);
	return err.code;
}

static void publish_and_read(void **state)
{
	(void)state;
	char *dir = scratch_make(), *index = strdup(at(dir, "a/b/index"));
	struct err err = { 0 };
	struct buf out = { .a = &mem };
	assert_int_equal(open_code(index, false), ERR_NOT_FOUND);
	assert_false(index_check(index, &out, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	publish(index, ENTRIES);
	assert_int_equal(served(index), ENTRIES);
	assert_clean(index);
	span text;
	memset(&err, 0, sizeof err);
	assert_true(file_read(at(index, "CURRENT"), 100, &mem, &text, &err));
	assert_true(span_eq(text, SPAN("gen-000001\n")));
	struct generation *g = generation_open(index, false, &mem, &err);
	const struct manifest *m = generation_manifest(g);
	assert_true(span_eq(m->options, SPAN("{\"stem\":\"english\"}")));
	assert_true(span_eq(m->xapian, span_of(xap_version())));
	assert_int_equal(m->documents, ENTRIES);
	assert_true(m->positions);
	assert_int_equal(m->sentinel_entry, 1);
	uint32_t number;
	publish(index, ENTRIES + 2);
	assert_true(generation_current(index, &number, &err));
	assert_int_equal(number, 2);
	assert_int_equal(entries_of(g), ENTRIES); /* one generation, to the end */
	generation_close(g);
	assert_int_equal(served(index), ENTRIES + 2);
	assert_clean(index);
	free(index);
	scratch_remove(dir);
}

/* Entries, and so hashes, are the same for the same input. */
static void same_again(void **state)
{
	(void)state;
	char *dir = scratch_make(), hash[2][33];
	struct err err = { 0 };
	for (int i = 0; i < 2; i++) {
		publish(dir, ENTRIES);
		struct generation *g = generation_open(dir, false, &mem, &err);
		memcpy(hash[i], generation_manifest(g)->shards[1].entries_xxh128, 33);
		generation_close(g);
	}
	assert_string_equal(hash[0], hash[1]);
	scratch_remove(dir);
}

static void one_writer(void **state)
{
	(void)state;
	char *dir = scratch_make(), pid[40];
	struct err err = { 0 };
	struct index_writer *w = index_lock(dir, &err);
	assert_non_null(w);
	assert_null(index_lock(dir, &err));
	assert_int_equal(err.code, ERR_LOCKED);
	snprintf(pid, sizeof pid, "process %ld", (long)getpid());
	assert_non_null(strstr(err.msg, pid));
	assert_int_equal(access(index_build_dir(w), F_OK), 0); /* and took nothing away from the first */
	index_unlock(w);
	memset(&err, 0, sizeof err);
	w = index_lock(dir, &err);
	assert_non_null(w);
	index_unlock(w);
	assert_int_equal(open_code(dir, false), ERR_NOT_FOUND);
	scratch_remove(dir);
}

static void leftovers(void **state)
{
	(void)state;
	char *dir = scratch_make();
	struct err err = { 0 };
	publish(dir, ENTRIES);
	assert_int_equal(mkdir(at(dir, "build-1"), 0700), 0);
	assert_int_equal(mkdir(at(dir, "build-1/api-x"), 0700), 0);
	assert_int_equal(mkdir(at(dir, "trash-000009"), 0700), 0);
	assert_int_equal(symlink("/etc", at(dir, "build-2")), 0);
	struct index_writer *w = index_lock(dir, &err);
	assert_non_null(w);
	assert_false(exists(dir, "build-1"));
	assert_false(exists(dir, "build-2"));
	assert_false(exists(dir, "trash-000009"));
	assert_int_equal(access("/etc/passwd", F_OK), 0);
	char *build = strdup(index_build_dir(w));
	index_unlock(w);
	assert_int_equal(access(build, F_OK), -1);
	free(build);
	assert_int_equal(served(dir), ENTRIES);
	/* With CURRENT unreadable, nothing is removed: who knows what is served. */
	write_bytes(at(dir, "CURRENT"), SPAN("gen-00000x\n"));
	assert_null(index_lock(dir, &err));
	assert_int_equal(err.code, ERR_DAMAGED);
	assert_true(exists(dir, "gen-000001/shard-000.glass"));
	scratch_remove(dir);
}

static void three_are_kept(void **state)
{
	(void)state;
	char *dir = scratch_make();
	struct err err = { 0 };
	publish(dir, 1);
	struct generation *first = generation_open(dir, false, &mem, &err);
	for (uint32_t i = 2; i <= 5; i++)
		publish(dir, i);
	assert_true(exists(dir, "gen-000001")); /* held */
	assert_false(exists(dir, "gen-000002"));
	assert_true(exists(dir, "gen-000003"));
	assert_true(exists(dir, "gen-000004"));
	assert_int_equal(entries_of(first), 1);
	generation_close(first);
	publish(dir, 6);
	assert_false(exists(dir, "gen-000001"));
	assert_false(exists(dir, "gen-000003"));
	assert_true(exists(dir, "gen-000006"));
	assert_int_equal(served(dir), 6);
	assert_clean(dir);
	scratch_remove(dir);
}

static void linked_shard(void **state)
{
	(void)state;
	char *dir = scratch_make();
	struct err err = { 0 };
	struct stat a, b;
	struct manifest m;
	publish(dir, ENTRIES);
	struct generation *g = generation_open(dir, false, &mem, &err);
	struct index_writer *w = index_lock(dir, &err);
	assert_true(fill(w, g, ENTRIES + 20, &m, &err));
	generation_close(g);
	assert_true(index_publish(w, &m, SPAN("{}"), &err));
	index_unlock(w);
	assert_int_equal(stat(at(dir, "gen-000001/shard-000.glass"), &a), 0);
	assert_int_equal(stat(at(dir, "gen-000002/shard-000.glass"), &b), 0);
	assert_int_equal(a.st_ino, b.st_ino);
	assert_int_equal(stat(at(dir, "gen-000001/shard-000.pos"), &a), 0);
	assert_int_equal(stat(at(dir, "gen-000002/shard-000.pos"), &b), 0);
	assert_int_equal(a.st_ino, b.st_ino);
	assert_int_equal(served(dir), ENTRIES + 10);
	assert_clean(dir);
	scratch_remove(dir);
}

/* What was built is read back before it is served. */
static void wrong_counts(void **state)
{
	(void)state;
	char *dir = scratch_make();
	struct err err = { 0 };
	struct manifest m;
	publish(dir, ENTRIES);
	struct index_writer *w = index_lock(dir, &err);
	assert_true(fill(w, NULL, ENTRIES, &m, &err));
	m.shards[1].entries++;
	assert_false(index_publish(w, &m, SPAN("{}"), &err));
	assert_int_equal(err.code, ERR_DAMAGED);
	index_unlock(w);
	memset(&err, 0, sizeof err);
	w = index_lock(dir, &err);
	assert_true(fill(w, NULL, ENTRIES, &m, &err));
	assert_int_equal(mkdir(at(index_build_dir(w), "stray"), 0700), 0);
	assert_false(index_publish(w, &m, SPAN("{}"), &err));
	assert_non_null(strstr(err.msg, "stray"));
	index_unlock(w);
	assert_int_equal(served(dir), ENTRIES);
	assert_clean(dir);
	scratch_remove(dir);
}

/* P11: a part that is missing is an error, never "0 hits". */
static void missing_parts(void **state)
{
	(void)state;
	static const char *const names[] = { "shard-000.glass", "shard-001.glass", "manifest.json", "shard-000.pos", "shard-001.pos" };
	char *dir = scratch_make();
	publish(dir, ENTRIES);
	char *gen = strdup(at(dir, "gen-000001"));
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(rename(at(gen, names[i]), at(dir, "away")), 0);
		assert_int_equal(open_code(dir, false), ERR_DAMAGED);
		assert_int_equal(mkdir(at(gen, names[i]), 0700), 0); /* a directory in its place */
		assert_int_equal(open_code(dir, false), ERR_DAMAGED);
		assert_int_equal(rmdir(at(gen, names[i])), 0);
		assert_int_equal(symlink(at(dir, "away"), at(gen, names[i])), 0); /* never followed */
		assert_int_equal(open_code(dir, false), ERR_DAMAGED);
		assert_int_equal(unlink(at(gen, names[i])), 0);
		assert_int_equal(rename(at(dir, "away"), at(gen, names[i])), 0);
	}
	assert_int_equal(open_code(dir, true), ERR_NONE);
	assert_int_equal(rename(gen, at(dir, "away")), 0);
	assert_int_equal(open_code(dir, false), ERR_DAMAGED);
	assert_int_equal(rename(at(dir, "away"), gen), 0);
	free(gen);
	scratch_remove(dir);
}

/* Each open of the way may find no descriptor left: an error each time. */
static void out_of_descriptors(void **state)
{
	(void)state;
	char *dir = scratch_make();
	struct rlimit was, low;
	publish(dir, ENTRIES);
	getrlimit(RLIMIT_NOFILE, &was);
	low = was;
	bool opened = false;
	size_t refused = 0;
	for (rlim_t limit = 3; limit < 40 && !opened; limit++) {
		low.rlim_cur = limit;
		struct err err = { 0 };
		setrlimit(RLIMIT_NOFILE, &low);
		struct generation *g = generation_open(dir, false, &mem, &err);
		setrlimit(RLIMIT_NOFILE, &was);
		opened = g != NULL;
		refused += !opened;
		if (opened)
			assert_int_equal(entries_of(g), ENTRIES);
		else
			assert_int_equal(err.code, ERR_TRY_AGAIN);
		generation_close(g);
	}
	assert_true(opened);
	assert_true(refused >= 4); /* index, generation, shards, and what comes between */
	scratch_remove(dir);
}

static void other_format(void **state)
{
	(void)state;
	char *dir = scratch_make();
	struct err err = { 0 };
	publish(dir, ENTRIES);
	char *path = strdup(at(dir, "gen-000001/manifest.json"));
	span text;
	assert_true(file_read(path, 1 << 20, &mem, &text, &err));
	char *copy = arena_cstr(&mem, text);
	char *digit = strstr(copy, "\"format\":5") + 9;
	*digit = '1';
	write_bytes(path, span_of(copy));
	assert_null(generation_open(dir, false, &mem, &err));
	assert_int_equal(err.code, ERR_DAMAGED);
	assert_non_null(strstr(err.msg, "format 5"));
	assert_non_null(strstr(err.msg, "format 1"));
	assert_non_null(strstr(err.msg, "made by an older pincite"));
	assert_non_null(strstr(err.msg, "index again"));
	free(path);
	scratch_remove(dir);
}

/* P10: one bit, one sector, one end: always told. All mutations are tried on
 * the small files, a seeded choice on the shards. */
static void corruption(void **state)
{
	(void)state;
	static const char *const names[] = { "CURRENT", "gen-000002/manifest.json", "gen-000002/report.json",
					     "gen-000002/shard-000.glass", "gen-000002/shard-001.glass",
					     "gen-000002/shard-000.pos", "gen-000002/shard-001.pos",
					     "gen-000002/shard-000.live", "gen-000002/shard-001.live", "gen-000002/input" };
	char *dir = scratch_make();
	uint64_t seed = 7;
	publish(dir, ENTRIES);
	publish(dir, ENTRIES + 1); /* CURRENT could name the other one */
	for (size_t f = 0; f < sizeof names / sizeof *names; f++) {
		struct err err = { 0 };
		span good;
		char *path = strdup(at(dir, names[f]));
		assert_true(file_read(path, 1 << 24, &mem, &good, &err));
		char *bad = arena_raw(&mem, good.n, 1);
		size_t bits = good.n * 8, tries = bits < 120 ? bits : 120;
		for (size_t i = 0; i < tries; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			size_t bit = tries == bits ? i : (seed >> 20) % bits, n = good.n;
			memcpy(bad, good.p, n);
			if (i % 10 == 8)
				n = bit / 8; /* truncated */
			else if (i % 10 == 9 && good.n > 512)
				memset(bad + bit / 8 / 512 * 512, (int)i, n - bit / 8 / 512 * 512 < 512 ? n % 512 : 512);
			else
				bad[bit / 8] = (char)(bad[bit / 8] ^ (1 << bit % 8));
			if (n == good.n && memcmp(bad, good.p, n) == 0)
				continue;
			write_bytes(path, (span){ bad, n });
			enum err_code code = open_code(dir, true);
			if (code != ERR_DAMAGED)
				fail_msg("%s: mutation %zu at bit %zu: %d", names[f], i, bit, code);
			if (i % 12 == 0) {
				struct buf out = { .a = &mem };
				memset(&err, 0, sizeof err);
				assert_false(index_check(dir, &out, &err));
				assert_int_equal(err.code, ERR_NONE);
				assert_true(out.n > 0);
			}
		}
		write_bytes(path, good);
		free(path);
		assert_int_equal(open_code(dir, true), ERR_NONE);
	}
	assert_clean(dir);
	scratch_remove(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(publish_and_read), cmocka_unit_test(same_again), cmocka_unit_test(one_writer),
		cmocka_unit_test(leftovers), cmocka_unit_test(three_are_kept), cmocka_unit_test(linked_shard),
		cmocka_unit_test(wrong_counts), cmocka_unit_test(missing_parts), cmocka_unit_test(out_of_descriptors),
		cmocka_unit_test(other_format), cmocka_unit_test(corruption),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_release(&mem);
	return failed;
}
