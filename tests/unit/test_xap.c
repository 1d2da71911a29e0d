/* store/xap: queries and reads over sealed files; errors, never exceptions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <dirent.h>
#include <time.h>
#include "tests/unit/store_fixture.h"

enum { ENTRIES = 1000 };
static void assert_near(double a, double b)
{
	assert_true(a - b < 1e-9 && b - a < 1e-9);
}

static char *dir; /* one.glass holds all, half-0 and half-1 every second of them */
static struct arena mem;

static int make_files(void **state)
{
	(void)state;
	struct err err = { 0 };
	dir = scratch_make();
	bool ok = build_file(dir, "one", (uint32_t[]){ 1, ENTRIES + 1, 1 }, &err) &&
		  build_file(dir, "half-0", (uint32_t[]){ 1, ENTRIES + 1, 2 }, &err) &&
		  build_file(dir, "half-1", (uint32_t[]){ 2, ENTRIES + 1, 2 }, &err);
	if (!ok)
		print_error("%s\n", err.msg);
	return ok ? 0 : -1;
}

static int drop_files(void **state)
{
	(void)state;
	arena_release(&mem);
	scratch_remove(dir);
	return 0;
}

static struct xap *open_one(void)
{
	struct err err = { 0 };
	struct xap *x = open_file(dir, "one", &err);
	assert_non_null(x);
	return x;
}

static struct xap *open_halves(void)
{
	char path[2][200];
	int fds[2];
	struct err err = { 0 };
	for (int i = 0; i < 2; i++) {
		snprintf(path[i], sizeof path[i], "%s/half-%d", dir, i);
		fds[i] = open(path[i], O_RDONLY | O_CLOEXEC);
	}
	struct xap *x = xap_open(fds, 2, &err);
	assert_non_null(x);
	return x;
}

static struct xap_query term(const char *t)
{
	return (struct xap_query){ .op = XAP_TERM, .term = span_of(t) };
}

static struct xap_query op(enum xap_op o, const struct xap_query *const *sub, size_t n)
{
	return (struct xap_query){ .op = o, .sub = sub, .nsub = n };
}

static struct xap_hits run(struct xap *x, const struct xap_query *q)
{
	struct xap_hits hits = { 0 };
	struct err err = { 0 };
	struct xap_search s = { .query = q, .count = ENTRIES, .check_at_least = ENTRIES };
	if (!xap_search(x, &s, &mem, &hits, &err))
		fail_msg("%s", err.msg);
	assert_true(hits.exact);
	return hits;
}

static void operators(void **state)
{
	(void)state;
	struct xap *x = open_one();
	struct xap_query all = term("all"), mod3 = term("mod3"), mod4 = term("mod4"), only = term("only13"), none = term("absent");
	assert_int_equal(run(x, &all).total, ENTRIES);
	assert_int_equal(run(x, &mod3).total, ENTRIES / 10);
	assert_int_equal(run(x, &none).total, 0);
	const struct xap_query *two[] = { &mod3, &mod4 }, *narrow[] = { &mod3, &only }, *with_none[] = { &mod3, &none };
	struct xap_query q = op(XAP_OR, two, 2);
	assert_int_equal(run(x, &q).total, ENTRIES / 5);
	q = op(XAP_XOR, two, 2);
	assert_int_equal(run(x, &q).total, ENTRIES / 5);
	q = op(XAP_SYNONYM, two, 2);
	assert_int_equal(run(x, &q).total, ENTRIES / 5);
	q = op(XAP_AND, two, 2);
	assert_int_equal(run(x, &q).total, 0);
	q = op(XAP_AND, narrow, 2);
	assert_int_equal(run(x, &q).total, 1);
	q = op(XAP_FILTER, narrow, 2);
	assert_int_equal(run(x, &q).v[0].entry, 13);
	q = op(XAP_AND_NOT, narrow, 2);
	assert_int_equal(run(x, &q).total, ENTRIES / 10 - 1);
	q = op(XAP_AND_MAYBE, narrow, 2);
	assert_int_equal(run(x, &q).v[0].entry, 13);
	q = op(XAP_OR, with_none, 2);
	assert_int_equal(run(x, &q).total, ENTRIES / 10);
	q = (struct xap_query){ .op = XAP_ALL };
	assert_int_equal(run(x, &q).total, ENTRIES);
	q = (struct xap_query){ .op = XAP_NONE };
	assert_int_equal(run(x, &q).total, 0);
	const struct xap_query *one[] = { &mod3 };
	q = (struct xap_query){ .op = XAP_SCALE, .scale = 2, .sub = one, .nsub = 1 };
	assert_near(run(x, &q).v[0].weight, 2 * run(x, &mod3).v[0].weight);
	xap_close(x);
}

/* "alpha" stands at 1, "beta" at 2 + i % 3. */
static void proximity(void **state)
{
	(void)state;
	struct xap *x = open_one();
	struct xap_query alpha = term("alpha"), beta = term("beta"), mod = term("mod1");
	const struct xap_query *pair[] = { &alpha, &beta }, *turned[] = { &beta, &alpha }, *either[] = { &beta, &mod };
	struct xap_query q = op(XAP_PHRASE, pair, 2);
	assert_int_equal(run(x, &q).total, ENTRIES / 3);
	q.window = 3;
	assert_int_equal(run(x, &q).total, ENTRIES / 3 * 2 + 1);
	q = op(XAP_PHRASE, turned, 2);
	assert_int_equal(run(x, &q).total, 0);
	q = op(XAP_NEAR, turned, 2);
	q.window = 2;
	assert_int_equal(run(x, &q).total, ENTRIES / 3);
	struct xap_query forms = op(XAP_OR, either, 2);
	const struct xap_query *with_forms[] = { &alpha, &forms };
	q = op(XAP_PHRASE, with_forms, 2);
	assert_int_equal(run(x, &q).total, ENTRIES / 3);
	q.window = 9; /* all betas, and no more by mod1 at 9: the same entries have a beta */
	assert_int_equal(run(x, &q).total, ENTRIES);
	xap_close(x);
}

static void ranges(void **state)
{
	(void)state;
	struct xap *x = open_one();
	struct xap_query q = { .op = XAP_RANGE, .slot = 0, .lo = SPAN("1910"), .hi = SPAN("1919") };
	assert_int_equal(run(x, &q).total, ENTRIES / 10);
	q.lo = SPAN("");
	assert_int_equal(run(x, &q).total, ENTRIES / 5);
	q.hi = SPAN("");
	assert_int_equal(run(x, &q).total, ENTRIES);
	q.lo = SPAN("1990");
	assert_int_equal(run(x, &q).total, ENTRIES / 10);
	q = (struct xap_query){ .op = XAP_RANGE, .slot = 7, .hi = SPAN("z") }; /* a slot that nobody has */
	assert_int_equal(run(x, &q).total, 0);
	xap_close(x);
}

/* Ties go by entry number; the shards of an index answer as one file does. */
static void shards_as_one(void **state)
{
	(void)state;
	struct xap *one = open_one(), *halves = open_halves();
	struct xap_query mod = term("mod7"), beta = term("beta");
	const struct xap_query *both[] = { &mod, &beta };
	struct xap_query q = op(XAP_OR, both, 2);
	struct xap_hits a = run(one, &q), b = run(halves, &q);
	assert_int_equal(a.n, ENTRIES);
	assert_int_equal(b.n, ENTRIES);
	for (size_t i = 0; i < a.n; i++) {
		assert_int_equal(a.v[i].entry, b.v[i].entry);
		assert_near(a.v[i].weight, b.v[i].weight);
		if (i && !(a.v[i].weight < a.v[i - 1].weight))
			assert_true(a.v[i].entry > a.v[i - 1].entry);
	}
	struct err err = { 0 };
	span data;
	for (uint32_t e = 1; e <= ENTRIES; e += 37) {
		char want[64];
		snprintf(want, sizeof want, "data of %u", e);
		assert_true(xap_data(halves, e, &mem, &data, &err));
		assert_true(span_eq(data, span_of(want)));
	}
	xap_close(one);
	xap_close(halves);
}

static void sorting_and_folding(void **state)
{
	(void)state;
	struct xap *x = open_halves();
	struct xap_query all = term("all");
	struct err err = { 0 };
	struct xap_hits h;
	struct xap_search s = { .query = &all, .count = 12, .check_at_least = ENTRIES, .sort = XAP_BY_VALUE_DOWN };
	assert_true(xap_search(x, &s, &mem, &h, &err));
	for (uint32_t i = 0; i < 10; i++) /* years 1999: 99, 199, ... then 1998 */
		assert_int_equal(h.v[i].entry, 99 + 100 * i);
	assert_int_equal(h.v[10].entry, 98);
	s.sort = XAP_BY_VALUE_UP;
	s.first = 10;
	assert_true(xap_search(x, &s, &mem, &h, &err));
	assert_int_equal(h.v[0].entry, 1);
	assert_int_equal(h.total, ENTRIES);
	s = (struct xap_search){ .query = &all, .count = 50, .check_at_least = ENTRIES, .collapse = true, .collapse_slot = 1 };
	assert_true(xap_search(x, &s, &mem, &h, &err));
	assert_int_equal(h.n, 5);
	assert_true(h.v[0].collapsed > 0);
	xap_close(x);
}

static void reads(void **state)
{
	(void)state;
	struct xap *x = open_halves();
	struct err err = { 0 };
	span s;
	assert_true(xap_value(x, (struct xap_place){ 13, 0 }, &mem, &s, &err));
	assert_true(span_eq(s, SPAN("1913")));
	assert_true(xap_value(x, (struct xap_place){ 13, 9 }, &mem, &s, &err));
	assert_int_equal(s.n, 0);
	struct u32s pos;
	assert_true(xap_positions(x, (struct xap_list){ 13, SPAN("beta") }, &mem, &pos, &err));
	assert_int_equal(pos.n, 1);
	assert_int_equal(pos.v[0], 3);
	assert_true(xap_positions(x, (struct xap_list){ 13, SPAN("absent") }, &mem, &pos, &err));
	assert_int_equal(pos.n, 0);
	uint32_t entries;
	uint64_t times;
	assert_true(xap_frequency(x, SPAN("alpha"), &entries, &times, &err));
	assert_int_equal(entries, ENTRIES);
	assert_int_equal(times, ENTRIES + ENTRIES / 2);
	assert_true(xap_frequency(x, SPAN(""), &entries, &times, &err));
	assert_int_equal(entries, 0);
	struct xap_postings p;
	assert_true(xap_postings(x, &(struct xap_posting_range){ SPAN("mod3"), 14, 4 }, &mem, &p, &err));
	assert_int_equal(p.n, 4);
	assert_int_equal(p.v[0].entry, 23);
	assert_int_equal(p.v[0].wdf, 1 + 23 % 7);
	assert_true(xap_postings(x, &(struct xap_posting_range){ SPAN("absent"), 1, 4 }, &mem, &p, &err));
	assert_int_equal(p.n, 0);
	uint32_t asked[] = { 1, 13, 14, 23, ENTRIES }, counts[5];
	assert_true(xap_counts(x, SPAN("mod3"), &(struct u32s){ asked, 5, 5 }, counts, &err));
	assert_int_equal(counts[0] + counts[2], 0);
	assert_int_equal(counts[1], 1 + 13 % 7);
	assert_int_equal(counts[3], 1 + 23 % 7);
	assert_true(xap_counts(x, SPAN("absent"), &(struct u32s){ asked, 5, 5 }, counts, &err));
	assert_int_equal(counts[1], 0);
	struct xap_terms t;
	assert_true(xap_terms(x, &(struct xap_term_range){ SPAN("mod"), SPAN(""), 100 }, &mem, &t, &err));
	assert_int_equal(t.n, 10);
	assert_true(xap_terms(x, &(struct xap_term_range){ SPAN("mod"), SPAN("mod3"), 2 }, &mem, &t, &err));
	assert_int_equal(t.n, 2);
	assert_true(span_eq(t.v[0].term, SPAN("mod4")));
	assert_int_equal(t.v[0].entries, ENTRIES / 10);
	assert_true(xap_entry_terms(x, 13, &mem, &t, &err));
	assert_int_equal(t.n, 5);
	assert_true(span_eq(t.v[4].term, SPAN("only13")));
	assert_int_equal(t.v[3].wdf, 1 + 13 % 7);
	xap_close(x);
}

/* What is not there is an error where it must be there. */
static void absent_entries(void **state)
{
	(void)state;
	struct xap *x = open_one();
	span s;
	static const uint32_t absent[] = { 0, ENTRIES + 1, UINT32_MAX };
	for (size_t i = 0; i < 3; i++) {
		struct err err = { 0 };
		assert_false(xap_data(x, absent[i], &mem, &s, &err));
		assert_int_equal(err.code, ERR_DAMAGED);
		memset(&err, 0, sizeof err);
		assert_false(xap_value(x, (struct xap_place){ absent[i], 0 }, &mem, &s, &err));
		assert_int_equal(err.code, ERR_DAMAGED);
	}
	xap_close(x);
}

static size_t descriptors(void)
{
	size_t n = 0;
	DIR *d = opendir("/proc/self/fd");
	while (readdir(d))
		n++;
	closedir(d);
	return n;
}

/* 3.6: a stub is not followed; 3.8: what cannot be opened is an error and
 * gives its descriptors back. */
static void not_a_database(void **state)
{
	(void)state;
	static const char *const content[] = { "", "remote :/usr/bin/touch /tmp/pincite-was-run\n",
					       "\x0f\x0dXapian Glass\x04\x6e", "auto one\n" };
	size_t before = descriptors();
	for (size_t i = 0; i < 4; i++) {
		char path[200];
		struct err err = { 0 };
		snprintf(path, sizeof path, "%s/bad", dir);
		FILE *f = fopen(path, "w");
		fwrite(content[i], 1, strlen(content[i]), f);
		fclose(f);
		assert_null(open_file(dir, "bad", &err));
		assert_int_equal(err.code, ERR_DAMAGED);
		unlink(path);
	}
	int both[2] = { open("/dev/null", O_RDONLY), open("/dev/null", O_RDONLY) };
	struct err err = { 0 };
	assert_null(xap_open(both, 2, &err));
	assert_int_equal(descriptors(), before);
}

/* 3.10: time that is up stops the costly and the hopeless alike. */
static void deadline(void **state)
{
	(void)state;
	struct xap *x = open_one();
	struct xap_query alpha = term("alpha"), beta = term("beta");
	const struct xap_query *turned[] = { &beta, &alpha };
	struct xap_query q = op(XAP_PHRASE, turned, 2); /* matches nothing: no decider would ever be asked */
	struct xap_hits h;
	struct err err = { 0 };
	struct xap_search s = { .query = &q, .count = 10, .deadline = 1 };
	assert_false(xap_search(x, &s, &mem, &h, &err));
	assert_int_equal(err.code, ERR_TRY_AGAIN);
	assert_true(err.late);
	memset(&err, 0, sizeof err);
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	s.deadline = ((uint64_t)t.tv_sec + 3600) * 1000000000u;
	assert_true(xap_search(x, &s, &mem, &h, &err)); /* and the watch changes no answer */
	assert_int_equal(h.total, 0);
	s.query = &alpha;
	s.check_at_least = ENTRIES;
	assert_true(xap_search(x, &s, &mem, &h, &err));
	assert_int_equal(h.total, ENTRIES);
	xap_close(x);
}

/* The watch itself: a long search is told to end after a moment; one that is
 * not watched would end well. */
static void deadline_within(void **state)
{
	(void)state;
	struct xap *x = open_one();
	enum { MANY = 2000 };
	static struct xap_query phrases[MANY];
	static const struct xap_query *subs[MANY];
	struct xap_query alpha = term("alpha"), beta = term("beta");
	const struct xap_query *turned[] = { &beta, &alpha };
	for (size_t i = 0; i < MANY; i++) {
		phrases[i] = op(XAP_PHRASE, turned, 2);
		subs[i] = &phrases[i];
	}
	struct xap_query q = op(XAP_OR, subs, MANY);
	struct xap_hits h;
	struct err err = { 0 };
	struct xap_search s = { .query = &q, .count = 10, .check_at_least = ENTRIES };
	/* More and more time, until it is enough to begin: never enough to end. */
	for (uint64_t allowed = 1000000;; allowed *= 2) {
		struct timespec t;
		memset(&err, 0, sizeof err);
		clock_gettime(CLOCK_MONOTONIC, &t);
		s.deadline = (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec + allowed;
		assert_false(xap_search(x, &s, &mem, &h, &err));
		assert_int_equal(err.code, ERR_TRY_AGAIN);
		if (strcmp(err.msg, "deadline passed") == 0)
			break;
	}
	xap_close(x);
}

static void too_complex(void **state)
{
	(void)state;
	struct xap *x = open_one();
	struct xap_query leaf = term("all");
	static struct xap_query deep[200];
	static const struct xap_query *link[200];
	for (size_t i = 0; i < 200; i++) {
		link[i] = i ? &deep[i - 1] : &leaf;
		deep[i] = op(XAP_OR, &link[i], 1);
	}
	struct xap_hits h;
	struct err err = { 0 };
	struct xap_search s = { .query = &deep[199], .count = 10 };
	assert_false(xap_search(x, &s, &mem, &h, &err));
	assert_int_equal(err.code, ERR_REQUEST);
	memset(&err, 0, sizeof err);
	static const struct xap_query *many[33];
	struct xap_query range = { .op = XAP_RANGE, .lo = SPAN("1") };
	for (size_t i = 0; i < 33; i++)
		many[i] = &range;
	struct xap_query q = op(XAP_OR, many, 33);
	s.query = &q;
	assert_false(xap_search(x, &s, &mem, &h, &err));
	assert_int_equal(err.code, ERR_REQUEST);
	/* What Xapian itself refuses is an error value too: an operand of NEAR that is no term. */
	struct xap_query and_ = op(XAP_AND, (const struct xap_query *[]){ &leaf, &leaf }, 2);
	q = op(XAP_NEAR, (const struct xap_query *[]){ &and_, &leaf }, 2);
	memset(&err, 0, sizeof err);
	assert_false(xap_search(x, &s, &mem, &h, &err));
	assert_int_equal(err.code, ERR_REQUEST);
	xap_close(x);
}

/* An arena out of memory leaves by longjmp: past no C++ frame that holds anything. */
static void arena_escape(void **state)
{
	(void)state;
	struct xap *x = open_one();
	struct xap_query all = term("all");
	jmp_buf out;
	struct arena small = { .limit = 4096, .escape = &out };
	for (volatile int round = 0; round < 3; round++) {
		struct xap_hits h;
		struct err err = { 0 };
		struct xap_search s = { .query = &all, .count = ENTRIES };
		if (setjmp(out) == 0) {
			xap_search(x, &s, &small, &h, &err);
			fail_msg("%s", "no escape");
		}
		arena_release(&small);
		small = (struct arena){ .limit = 4096, .escape = &out };
	}
	assert_int_equal(run(x, &all).total, ENTRIES);
	xap_close(x);
}

/* Sealed files answer from their descriptor: also when removed meanwhile. */
static void removed_under_the_reader(void **state)
{
	(void)state;
	struct err err = { 0 };
	char path[200];
	snprintf(path, sizeof path, "%s/gone", dir);
	assert_true(build_file(dir, "gone", (uint32_t[]){ 1, 50, 1 }, &err));
	struct xap *x = open_file(dir, "gone", &err);
	assert_int_equal(unlink(path), 0);
	struct xap_query all = term("all");
	assert_int_equal(run(x, &all).total, 49);
	xap_close(x);
}

static void nothing_in_it(void **state)
{
	(void)state;
	struct err err = { 0 };
	assert_true(build_file(dir, "empty", (uint32_t[]){ 1, 1, 1 }, &err));
	struct xap *x = open_file(dir, "empty", &err);
	assert_non_null(x);
	struct xap_query all = term("all");
	assert_int_equal(run(x, &all).total, 0);
	struct xap_stats s;
	assert_true(xap_stats(x, &s, &err));
	assert_int_equal(s.entries, 0);
	xap_close(x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(operators), cmocka_unit_test(proximity), cmocka_unit_test(ranges),
		cmocka_unit_test(shards_as_one), cmocka_unit_test(sorting_and_folding), cmocka_unit_test(reads),
		cmocka_unit_test(absent_entries), cmocka_unit_test(not_a_database), cmocka_unit_test(deadline), cmocka_unit_test(deadline_within),
		cmocka_unit_test(too_complex), cmocka_unit_test(arena_escape),
		cmocka_unit_test(removed_under_the_reader), cmocka_unit_test(nothing_in_it),
	};
	return cmocka_run_group_tests(tests, make_files, drop_files);
}
