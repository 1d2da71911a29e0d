/* store/live: dead entries are in no answer and no count: two shards with dead
 * entries answer as two that never had them. Numbers of entries; damage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "base/buf.h"
#include "base/file.h"
#include "store/generation.h"
#include "tests/unit/store_fixture.h"

enum { SHARDS = 2, ENTRIES = 90 };
static struct arena mem;

static const char *path_of(const char *dir, const char *name, const char *ext)
{
	return arena_printf(&mem, "%s/%s.%s", dir, name, ext).p;
}

static bool killed(uint32_t i, unsigned seed)
{
	/* Runs of dead entries, a dead first and a dead last among them. */
	return (i * 2654435761u + seed * 40503u) >> 28 < seed || (seed == 3 && i > ENTRIES - 6);
}

/* One shard of entries shard + 1, shard + 3 ..., without the killed ones of `seed`. */
static void build_shard(const char *dir, const char *name, uint32_t shard, unsigned seed)
{
	struct err err = { 0 };
	struct builder_options o = { .kind = BUILDER_BULK, .tmpdir = dir, .positions = path_of(dir, name, "pos") };
	struct builder *b = builder_open(path_of(dir, name, "glass"), &o, &err);
	for (uint32_t i = 1 + shard; i <= ENTRIES; i += SHARDS) {
		struct made m;
		if (!killed(i, seed))
			assert_true(builder_add(b, make_entry(&m, i), &err));
	}
	assert_true(builder_seal(b, &err));
	builder_close(b);
}

struct opened {
	struct xap *x;
	struct poslists *p;
	struct lives *l;
};

static int open_part(const char *dir, const char *name, const char *ext)
{
	int fd = open(path_of(dir, name, ext), O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	return fd;
}

static struct opened open_both(const char *dir, const char *const names[SHARDS], bool live)
{
	struct err err = { 0 };
	struct opened o = { 0 };
	int glass[SHARDS], pos[SHARDS], fds[SHARDS];
	for (int s = 0; s < SHARDS; s++) {
		glass[s] = open_part(dir, names[s], "glass");
		pos[s] = open_part(dir, names[s], "pos");
		fds[s] = live ? open_part(dir, names[s], "live") : -1;
	}
	o.x = xap_open(glass, SHARDS, &err);
	o.p = poslists_open(pos, SHARDS, &err);
	assert_non_null(o.x);
	assert_non_null(o.p);
	if (live) {
		o.l = lives_open(fds, SHARDS, &err);
		assert_non_null(o.l);
		assert_true(xap_bury(o.x, o.l, &err));
		poslists_bury(o.p, o.l);
	}
	return o;
}

static void close_both(struct opened o)
{
	lives_close(o.l); /* the readers hold it still */
	poslists_close(o.p);
	xap_close(o.x);
}

static uint64_t length_of(uint32_t i)
{
	struct made m;
	const struct entry *e = make_entry(&m, i);
	uint64_t n = 0;
	for (size_t k = 0; k < e->npostings; k++)
		n += e->postings[k].wdf;
	return n;
}

static void write_live(const char *dir, const char *name, uint32_t shard, unsigned seed)
{
	uint32_t dead[ENTRIES], first[ENTRIES + 1] = { 0 }, n = 0;
	uint64_t number[ENTRIES * 3];
	struct live_facts f = { .dead = dead, .number = number, .first = first, .entries = ENTRIES / SHARDS };
	for (uint32_t e = 1; e <= f.entries; e++) {
		uint32_t i = (e - 1) * SHARDS + shard + 1;
		for (uint32_t k = 0; k < i % 3; k++)
			number[n++] = (uint64_t)i << (i % 40) | k;
		first[e] = n;
		if (!killed(i, seed))
			continue;
		dead[f.ndead++] = e;
		f.dead_length += length_of(i);
	}
	struct err err = { 0 };
	assert_true(live_write(path_of(dir, name, "live"), &f, "0123456789abcdef0123456789abcdef", &err));
}

/* What entries are, whatever their numbers: their data, in one line. */
static span content(struct xap *x, const uint32_t *entries, size_t n)
{
	struct buf b = { .a = &mem };
	struct err err = { 0 };
	span *data = NEWN(&mem, span, n + 1);
	for (size_t i = 0; i < n; i++)
		assert_true(xap_data(x, entries[i], &mem, &data[i], &err));
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++)
			if (span_cmp(data[k], data[i]) < 0) {
				span t = data[i];
				data[i] = data[k];
				data[k] = t;
			}
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%.*s;", SPAN_ARG(data[i]));
	return buf_span(&b);
}

static void same(span x, span y, const char *what)
{
	if (!span_eq(x, y))
		fail_msg("%s: %.*s / %.*s", what, SPAN_ARG(x), SPAN_ARG(y));
}

static span found(struct opened o, const struct xap_query *q, enum xap_sort sort, uint32_t *total)
{
	struct err err = { 0 };
	struct xap_hits hits = { 0 };
	struct xap_search s = { .query = q, .count = ENTRIES, .sort = sort };
	assert_true(xap_search(o.x, &s, &mem, &hits, &err));
	uint32_t *v = NEWN(&mem, uint32_t, hits.n + 1);
	for (size_t i = 0; i < hits.n; i++)
		v[i] = hits.v[i].entry;
	size_t n = hits.n;
	s.count = 1;
	s.check_at_least = ENTRIES; /* the total is that of all, however few are asked for */
	assert_true(xap_search(o.x, &s, &mem, &hits, &err));
	*total = hits.total;
	assert_int_equal(n, hits.total);
	return content(o.x, v, n);
}

static void compare_search(struct opened x, struct opened y, const struct xap_query *q, const char *what)
{
	uint32_t nx, ny;
	span a = found(x, q, XAP_BY_VALUE_DOWN, &nx), b = found(y, q, XAP_BY_VALUE_DOWN, &ny);
	same(a, b, what);
	assert_int_equal(nx, ny);
	a = found(x, q, XAP_BY_WEIGHT, &nx);
	b = found(y, q, XAP_BY_WEIGHT, &ny);
	same(a, b, what);
	assert_int_equal(nx, ny);
}

static span posting_content(struct opened o, span term)
{
	struct err err = { 0 };
	struct xap_postings p = { 0 };
	struct xap_posting_range r = { .term = term, .max = UINT32_MAX };
	assert_true(xap_postings(o.x, &r, &mem, &p, &err));
	uint32_t *v = NEWN(&mem, uint32_t, p.n + 1);
	for (size_t i = 0; i < p.n; i++)
		v[i] = p.v[i].entry;
	return content(o.x, v, p.n);
}

static span position_content(struct opened o, span term)
{
	struct err err = { 0 };
	struct u32s all = { 0 };
	uint32_t entry = 0;
	struct poslist *l = poslist_find(o.p, term, &mem, &err);
	assert_non_null(l);
	while (poslist_next(l, entry + 1, &entry, &err) && entry)
		*PUSH(&mem, &all) = entry;
	assert_int_equal(err.code, ERR_NONE);
	assert_int_equal(all.n, poslist_entries(l));
	return content(o.x, all.v, all.n);
}

static void compare_terms(struct opened x, struct opened y)
{
	struct err err = { 0 };
	struct xap_term_range all = { .max = 1000 };
	struct xap_terms a = { 0 }, b = { 0 };
	for (int positions = 0; positions < 2; positions++) {
		assert_true(positions ? poslists_terms(x.p, &all, &mem, &a, &err) : xap_terms(x.x, &all, &mem, &a, &err));
		assert_true(positions ? poslists_terms(y.p, &all, &mem, &b, &err) : xap_terms(y.x, &all, &mem, &b, &err));
		assert_int_equal(a.n, b.n);
		for (size_t i = 0; i < a.n; i++) {
			uint32_t entries[2];
			uint64_t times[2];
			same(a.v[i].term, b.v[i].term, "a term");
			assert_int_equal(a.v[i].entries, b.v[i].entries);
			assert_true(xap_frequency(x.x, a.v[i].term, &entries[0], &times[0], &err));
			assert_true(xap_frequency(y.x, a.v[i].term, &entries[1], &times[1], &err));
			assert_int_equal(entries[0], entries[1]);
			assert_int_equal(times[0], times[1]);
			same(posting_content(x, a.v[i].term), posting_content(y, a.v[i].term), "postings");
			same(position_content(x, a.v[i].term), position_content(y, a.v[i].term), "positions");
		}
	}
}

static void compare_numbers(struct opened x, struct opened y)
{
	struct err err = { 0 };
	struct xap_postings a = { 0 }, b = { 0 };
	struct xap_stats s, t;
	assert_true(xap_numbers(x.x, 0, &mem, &a, &err) && xap_numbers(y.x, 0, &mem, &b, &err));
	assert_int_equal(a.n, b.n);
	assert_true(xap_stats(x.x, &s, &err) && xap_stats(y.x, &t, &err));
	assert_int_equal(s.entries, t.entries);
	assert_true(s.mean_length - t.mean_length < 1e-9 && t.mean_length - s.mean_length < 1e-9);
}

static void compare(struct opened x, struct opened y)
{
	const struct xap_query term = { .op = XAP_TERM, .term = SPAN("mod3") }, beta = { .op = XAP_TERM, .term = SPAN("beta") };
	const struct xap_query year = { .op = XAP_RANGE, .slot = 0, .lo = SPAN("1920"), .hi = SPAN("1960") }, all = { .op = XAP_ALL };
	const struct xap_query *const two[2] = { &term, &beta }, *const not[2] = { &all, &term };
	const struct xap_query either = { .op = XAP_OR, .sub = two, .nsub = 2 }, none = { .op = XAP_AND_NOT, .sub = not, .nsub = 2 };
	compare_search(x, y, &term, "a term");
	compare_search(x, y, &year, "a range");
	compare_search(x, y, &all, "all");
	compare_search(x, y, &either, "either");
	compare_search(x, y, &none, "not");
	compare_terms(x, y);
	compare_numbers(x, y);
}

static void dead_are_as_never_there(void **state)
{
	(void)state;
	static const char *const full[] = { "f0", "f1" }, *const rest[] = { "r0", "r1" };
	for (unsigned seed = 0; seed < 12; seed += 3) {
		char *dir = scratch_make();
		for (uint32_t s = 0; s < SHARDS; s++) {
			build_shard(dir, full[s], s, 0);
			build_shard(dir, rest[s], s, seed);
			write_live(dir, full[s], s, seed);
		}
		struct opened x = open_both(dir, full, true), y = open_both(dir, rest, false);
		compare(x, y);
		close_both(x);
		close_both(y);
		scratch_remove(dir);
		arena_reset(&mem);
	}
}

static void a_dead_entry_is_none(void **state)
{
	(void)state;
	static const char *const full[] = { "f0", "f1" };
	char *dir = scratch_make();
	for (uint32_t s = 0; s < SHARDS; s++) {
		build_shard(dir, full[s], s, 0);
		write_live(dir, full[s], s, 6);
	}
	struct opened o = open_both(dir, full, true);
	struct err err = { 0 };
	struct live_numbers n;
	struct poslist_run run;
	uint32_t dead = 1;
	span data;
	while (!killed(dead, 6))
		dead++;
	assert_false(xap_data(o.x, dead, &mem, &data, &err));
	assert_int_equal(err.code, ERR_DAMAGED);
	err = (struct err){ 0 };
	assert_true(poslist_at(poslist_find(o.p, SPAN("beta"), &mem, &err), dead, &run, &err));
	assert_int_equal(run.n, 0);
	for (uint32_t i = 1; i <= ENTRIES; i++) {
		assert_true(lives_numbers(o.l, i, &mem, &n, &err));
		assert_int_equal(n.n, i % 3);
		for (uint32_t k = 0; k < n.n; k++)
			assert_true(n.v[k] == ((uint64_t)i << (i % 40) | k));
	}
	assert_true(lives_check(o.l, &err));
	close_both(o);
	scratch_remove(dir);
}

/* Opening, the check or the numbers tell; and nothing is read beyond the file. */
static bool told(const char *dir)
{
	struct err err = { 0 };
	int fd = open_part(dir, "f1", "live");
	struct lives *l = lives_open(&fd, 1, &err);
	bool ok = l && lives_check(l, &err);
	lives_close(l);
	return !ok && err.code == ERR_DAMAGED;
}

static void damage(void **state)
{
	(void)state;
	char *dir = scratch_make();
	struct err err = { 0 };
	span good;
	write_live(dir, "f1", 1, 6);
	const char *path = path_of(dir, "f1", "live");
	assert_true(file_read(path, 1 << 20, &mem, &good, &err));
	assert_false(told(dir));
	char *bad = arena_raw(&mem, good.n, 1);
	for (size_t bit = 0; bit < good.n * 8; bit += 3) {
		bool cut = bit % 5 == 4;
		memcpy(bad, good.p, good.n);
		bad[bit / 8] = (char)(bad[bit / 8] ^ 1 << bit % 8);
		int fd = open(path, O_WRONLY | O_TRUNC);
		assert_true(file_write_fd(fd, (span){ bad, cut ? bit / 8 : good.n }, NULL));
		close(fd);
		/* Whose entries it is for is compared by the generation; the hash of the head covers it, too. */
		if (!told(dir))
			fail_msg("bit %zu: not told", bit);
	}
	scratch_remove(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dead_are_as_never_there),
		cmocka_unit_test(a_dead_entry_is_none),
		cmocka_unit_test(damage),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_release(&mem);
	return failed;
}
