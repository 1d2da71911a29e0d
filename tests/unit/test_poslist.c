/* store/poslist: what is written comes back, by any way of asking; any bit that
 * flips is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/file.h"
#include "store/poslist.h"

static char dir[] = "/tmp/test-poslist-XXXXXX";
static const char identity[] = "0123456789abcdef0123456789abcdef";

static uint64_t rng;
static uint32_t random_below(uint32_t n)
{
	uint64_t z = rng += 0x9E3779B97F4A7C15u;
	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return (uint32_t)((z ^ z >> 31) % n);
}

/* The model: lists as plain arrays. */
struct item {
	uint32_t entry, n;
	uint32_t *pos;
};
struct term {
	span name;
	struct item *v;
	size_t n, cap;
};
struct model {
	struct arena a;
	struct term *v;
	size_t n, cap;
	uint32_t last; /* highest entry */
};
struct shape {
	const char *name;
	uint32_t terms, entries, gap, positions, step;
};

static int by_name(const void *x, const void *y)
{
	return span_cmp(((const struct term *)x)->name, ((const struct term *)y)->name);
}

static void make_positions(struct model *m, struct item *it, uint32_t n, uint32_t step)
{
	uint64_t at = 0;
	it->pos = NEWN(&m->a, uint32_t, n);
	while (it->n < n && (at += 1 + random_below(step)) <= UINT32_MAX)
		it->pos[it->n++] = (uint32_t)at;
}

static void make_term(struct model *m, struct term *t, const struct shape *s, uint32_t i)
{
	uint64_t entry = 0;
	uint32_t n = i == 0 ? s->entries : random_below(random_below(s->entries) + 1);
	t->name = arena_printf(&m->a, "%s%u%s", i % 3 ? "common" : "", i, i % 7 ? "" : "\xc3\xa9 and a long tail of bytes");
	for (uint32_t k = 0; k < n && (entry += 1 + random_below(s->gap)) <= UINT32_MAX; k++) {
		struct item *it = PUSH(&m->a, t);
		it->entry = (uint32_t)entry;
		make_positions(m, it, 1 + random_below(random_below(s->positions) + 1), s->step);
		m->last = it->entry > m->last ? it->entry : m->last;
	}
}

static void make_model(struct model *m, const struct shape *s)
{
	rng = s->entries + s->terms;
	for (uint32_t i = 0; i < s->terms; i++)
		make_term(m, PUSH(&m->a, m), s, i);
	if (m->n)
		qsort(m->v, m->n, sizeof *m->v, by_name);
}

/* Entries of shard s of n: those that are s + 1 modulo n, in its own numbers. */
static const char *write_model(struct model *m, size_t shard, size_t shards)
{
	struct err err = { 0 };
	const char *path = arena_printf(&m->a, "%s/%zu.pos", dir, shard).p;
	struct poslist_writer *w = poslist_create(path, &err);
	if (!w)
		fail_msg("%s", err.msg);
	for (size_t i = 0; i < m->n; i++) {
		poslist_term(w, m->v[i].name);
		for (size_t k = 0; k < m->v[i].n; k++) {
			const struct item *it = &m->v[i].v[k];
			if ((it->entry - 1) % shards == shard)
				poslist_entry(w, (uint32_t)((it->entry - 1) / shards) + 1, it->pos, it->n);
		}
	}
	if (!poslist_seal(w, identity, &err))
		fail_msg("%s", err.msg);
	poslist_close(w);
	return path;
}

static struct poslists *open_files(const char *const *paths, size_t n, struct err *err)
{
	int fds[8];
	for (size_t i = 0; i < n; i++)
		fds[i] = open(paths[i], O_RDONLY | O_CLOEXEC);
	return poslists_open(fds, n, err);
}

static const struct item *item_from(const struct term *t, uint32_t entry)
{
	for (size_t k = 0; k < t->n; k++)
		if (t->v[k].entry >= entry)
			return &t->v[k];
	return NULL;
}

static void same_at(struct poslist *l, const struct term *t, uint32_t entry)
{
	struct err err = { 0 };
	struct poslist_run run;
	const struct item *it = item_from(t, entry);
	if (!poslist_at(l, entry, &run, &err))
		fail_msg("%s", err.msg);
	assert_int_equal(run.n, it && it->entry == entry ? it->n : 0);
	if (run.n)
		assert_memory_equal(run.v, it->pos, run.n * sizeof *run.v);
	uint32_t n;
	assert_true(poslist_count(l, entry, &n, &err));
	assert_int_equal(n, run.n);
}

static void same_list(struct poslists *p, const struct model *m, const struct term *t)
{
	struct arena a = { 0 };
	struct err err = { 0 };
	struct poslist *l = poslist_find(p, t->name, &a, &err);
	if (!l)
		fail_msg("%s", err.msg);
	assert_int_equal(poslist_entries(l), t->n);
	for (uint32_t from = 1, k = 0; k <= t->n; k++) { /* all of it, front to back */
		uint32_t entry;
		assert_true(poslist_next(l, from, &entry, &err));
		assert_int_equal(entry, k < t->n ? t->v[k].entry : 0);
		if (entry && k % 3)
			same_at(l, t, entry);
		if (entry == UINT32_MAX)
			break;
		from = entry + 1;
	}
	for (int i = 0; i < 60; i++) { /* and here and there */
		uint32_t entry, from = random_below(m->last + 2) + 1;
		const struct item *want = item_from(t, from);
		assert_true(poslist_next(l, from, &entry, &err));
		assert_int_equal(entry, want ? want->entry : 0);
		same_at(l, t, i % 2 && want ? want->entry : from);
	}
	arena_release(&a);
}

static void try_shape(const struct shape *s, size_t shards)
{
	struct model m = { 0 };
	struct arena a = { 0 };
	struct err err = { 0 };
	const char *paths[8];
	make_model(&m, s);
	for (size_t i = 0; i < shards; i++)
		paths[i] = write_model(&m, i, shards);
	struct poslists *p = open_files(paths, shards, &err);
	if (!p || !poslists_check(p, &err))
		fail_msg("%s: %s", s->name, err.msg);
	for (size_t i = 0; i < m.n; i++)
		same_list(p, &m, &m.v[i]);
	static const char *const absent[] = { "a", "zz", "common", "common00", "\xff" };
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(poslist_entries(poslist_find(p, span_of(absent[i]), &a, &err)), 0);
	struct poslists_stats st;
	poslists_stats(p, 0, &st);
	assert_string_equal(st.identity, identity);
	poslists_close(p);
	for (size_t i = 0; i < shards; i++)
		unlink(paths[i]);
	arena_release(&m.a);
	arena_release(&a);
}

static const struct shape shapes[] = {
	{ "empty", 0, 1, 1, 1, 1 },
	{ "one", 1, 1, 1, 1, 1 },
	{ "short lists", 700, 6, 900, 3, 200 },
	{ "blocks", 5, 1500, 4, 5, 90 },
	{ "every entry", 3, 1000, 1, 2, 3 },
	{ "many positions", 4, 40, 3, 9000, 12 },
	{ "far apart", 6, 300, 30000000, 4, 1u << 31 },
	{ "lone outliers", 30, 300, 2, 40, 1u << 16 },
};

static void round_trips(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
		for (size_t shards = 1; shards <= 3; shards += 2)
			try_shape(&shapes[i], shards);
}

/* Reads every list; false: damage was told. What is read without a word must be right. */
static bool all_same(struct poslists *p, const struct model *m)
{
	struct arena a = { 0 };
	struct err err = { 0 };
	bool ok = true;
	for (size_t i = 0; ok && i < m->n; i++) {
		struct poslist *l = poslist_find(p, m->v[i].name, &a, &err);
		ok = l != NULL;
		for (size_t k = 0; ok && k < m->v[i].n; k++) {
			struct poslist_run run;
			const struct item *it = &m->v[i].v[k];
			ok = poslist_at(l, it->entry, &run, &err);
			if (ok && (run.n != it->n || memcmp(run.v, it->pos, run.n * sizeof *run.v) != 0))
				fail_msg("a wrong answer");
		}
	}
	assert_int_equal(ok, err.code == ERR_NONE);
	arena_release(&a);
	return ok;
}

/* One bit, one end: opening, reading or the check says so, and no answer is wrong. */
static void corruption(void **state)
{
	(void)state;
	static const struct shape s = { "damaged", 90, 200, 3, 4, 40 };
	struct model m = { 0 };
	struct err err = { 0 };
	span good;
	make_model(&m, &s);
	const char *path = write_model(&m, 0, 1);
	assert_true(file_read(path, 1 << 24, &m.a, &good, &err));
	char *bad = arena_raw(&m.a, good.n, 1);
	for (int i = 0; i < 900; i++) {
		size_t n = good.n, bit = random_below((uint32_t)good.n * 8);
		memcpy(bad, good.p, n);
		if (i % 9 == 8)
			n = bit / 8;
		else
			bad[bit / 8] = (char)(bad[bit / 8] ^ (1 << bit % 8));
		int fd = open(path, O_WRONLY | O_TRUNC);
		assert_true(file_write_fd(fd, (span){ bad, n }, NULL));
		close(fd);
		memset(&err, 0, sizeof err);
		struct poslists *p = open_files(&path, 1, &err);
		if (p) {
			all_same(p, &m);
			if (poslists_check(p, &err))
				fail_msg("mutation %d at bit %zu of %zu was not told", i, bit, good.n * 8);
		}
		assert_int_equal(err.code, ERR_DAMAGED);
		poslists_close(p);
	}
	arena_release(&m.a);
}

static int setup(void **state)
{
	(void)state;
	return mkdtemp(dir) ? 0 : 1;
}

static int teardown(void **state)
{
	char command[100];
	(void)state;
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(round_trips), cmocka_unit_test(corruption) };
	return cmocka_run_group_tests(tests, setup, teardown);
}
