/* store/builder: validation before the call, poisoning, sealing, hashes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <dirent.h>
#include <sys/stat.h>
#include "tests/unit/store_fixture.h"

static size_t files_in(const char *dir)
{
	size_t n = 0;
	DIR *d = opendir(dir);
	for (struct dirent *e; (e = readdir(d));)
		n += e->d_name[0] != '.';
	closedir(d);
	return n;
}

static const char *refused(struct posting *p, size_t n)
{
	struct entry e = { .postings = p, .npostings = n };
	return entry_refuse(&e);
}

static void refusals(void **state)
{
	(void)state;
	char longest[256];
	memset(longest, 'x', sizeof longest);
	uint32_t falling[] = { 5, 5 }, zero[] = { 0, 1 };
	struct posting p[2] = { { { longest, 200 }, 1, NULL, 0, 0 } };
	assert_null(refused(p, 1));
	p[0].term.n = 201;
	assert_non_null(refused(p, 1));
	p[0].term.n = 0;
	assert_non_null(refused(p, 1));
	p[0].term = SPAN("a\0b");
	assert_non_null(refused(p, 1));
	p[0].term = SPAN("a\x1f");
	assert_non_null(refused(p, 1));
	p[0] = (struct posting){ SPAN("b"), 1, falling, 2, 0 };
	assert_non_null(refused(p, 1));
	p[0] = (struct posting){ SPAN("b"), 1, zero, 2, 0 };
	assert_non_null(refused(p, 1));
	p[0] = (struct posting){ SPAN("b"), UINT32_MAX, NULL, 0, 0 };
	assert_null(refused(p, 1));
	p[1] = (struct posting){ SPAN("c"), 1, NULL, 0, 0 };
	assert_non_null(refused(p, 2));
	p[0].wdf = 1;
	assert_null(refused(p, 2));
	p[1].term = SPAN("b");
	assert_non_null(refused(p, 2));
	p[1].term = SPAN("a");
	assert_non_null(refused(p, 2));
	struct value v[2] = { { 1, { longest, VALUE_MAX_BYTES } }, { 1, SPAN("x") } };
	assert_null(entry_refuse(&(struct entry){ .values = v, .nvalues = 1 }));
	assert_non_null(entry_refuse(&(struct entry){ .values = v, .nvalues = 2 }));
	v[0].bytes.n++;
	assert_non_null(entry_refuse(&(struct entry){ .values = v, .nvalues = 1 }));
	assert_non_null(entry_refuse(&(struct entry){ .data = { longest, DATA_MAX_BYTES + 1 } }));
}

/* 3.1: an entry that Xapian would refuse costs nothing but itself. */
static void bad_entry_between_good_ones(void **state)
{
	(void)state;
	char *dir = scratch_make(), path[200], longest[300];
	memset(longest, 'x', sizeof longest);
	snprintf(path, sizeof path, "%s/s", dir);
	struct err err = { 0 };
	struct builder *b = builder_open(path, &(struct builder_options){ .kind = BUILDER_API, .memory = 0, .tmpdir = dir }, &err);
	assert_non_null(b);
	for (uint32_t i = 1; i <= 300; i++) {
		struct made m;
		assert_true(builder_add(b, make_entry(&m, i), &err));
		struct posting bad = { { longest, 246 }, 1, NULL, 0, 0 }, nul = { SPAN("\0\0\0"), 1, NULL, 0, 0 };
		struct err refusal = { 0 };
		assert_false(builder_add(b, &(struct entry){ .postings = i % 2 ? &bad : &nul, .npostings = 1 }, &refusal));
		assert_int_equal(refusal.code, ERR_REQUEST);
	}
	assert_true(builder_seal(b, &err));
	struct builder_totals t;
	builder_totals(b, &t);
	assert_int_equal(t.entries, 300);
	builder_close(b);
	struct xap *x = open_file(dir, "s", &err);
	struct xap_stats s;
	assert_true(xap_stats(x, &s, &err));
	assert_int_equal(s.entries, 300);
	assert_int_equal(s.last_entry, 300);
	assert_true(s.has_positions);
	xap_close(x);
	scratch_remove(dir);
}

static void hashes(void **state)
{
	(void)state;
	char *dir = scratch_make(), path[200];
	struct builder_totals t[4];
	snprintf(path, sizeof path, "%s/s", dir);
	for (int round = 0; round < 4; round++) {
		struct err err = { 0 };
		struct builder_options o = { .kind = BUILDER_API, .memory = round ? 1000 : 0, .tmpdir = dir }; /* 1,000 bytes: a commit each few entries */
		struct builder *b = builder_open(path, &o, &err);
		for (uint32_t i = 1; i <= 2000; i++) {
			struct made m;
			struct entry *e = make_entry(&m, i);
			if (round == 2 && i == 1234)
				m.pos[2][0]++;
			if (round == 3 && i % 100 == 0)
				builder_totals(b, &t[3]); /* asking changes nothing */
			assert_true(builder_add(b, e, &err));
		}
		builder_totals(b, &t[round]);
		builder_close(b);
		assert_int_equal(files_in(dir), 0); /* not sealed: nothing stays */
	}
	assert_string_equal(t[0].entries_xxh128, t[1].entries_xxh128);
	assert_string_not_equal(t[0].entries_xxh128, t[2].entries_xxh128);
	assert_string_equal(t[0].entries_xxh128, t[3].entries_xxh128);
	assert_int_equal(strlen(t[0].entries_xxh128), 32);
	scratch_remove(dir);
}

/* 3.2: after a failed write every call fails alike; nothing half stays. The
 * write fails as the build directory is made unusable: a file size limit would
 * do too, but tells on sanitizers' own files. */
static void poisoned(void **state)
{
	(void)state;
	char *dir = scratch_make(), path[200];
	struct err err = { 0 }, again = { 0 };
	snprintf(path, sizeof path, "%s/s", dir);
	struct builder *b = builder_open(path, &(struct builder_options){ .kind = BUILDER_API, .memory = 1, .tmpdir = dir }, &err);
	assert_non_null(b);
	DIR *d = opendir(dir);
	for (struct dirent *e; (e = readdir(d));)
		if (strncmp(e->d_name, "api-", 4) == 0)
			assert_true(tree_remove(dirfd(d), e->d_name, NULL));
	closedir(d);
	struct made m;
	uint32_t i = 1;
	while (i < 5 && builder_add(b, make_entry(&m, i), &err)) /* memory 1: each add commits */
		i++;
	assert_true(i < 5);
	assert_true(err.code != ERR_NONE);
	assert_false(builder_add(b, make_entry(&m, i), &again));
	assert_int_equal(again.code, err.code);
	assert_string_equal(again.msg, err.msg);
	memset(&again, 0, sizeof again);
	assert_false(builder_seal(b, &again));
	assert_string_equal(again.msg, err.msg);
	builder_close(b);
	assert_int_equal(files_in(dir), 0);
	scratch_remove(dir);
}

static void refuses_what_is_there(void **state)
{
	(void)state;
	char *dir = scratch_make(), path[200];
	struct err err = { 0 };
	snprintf(path, sizeof path, "%s/s", dir);
	assert_int_equal(symlink("/dev/null", path), 0);
	assert_null(builder_open(path, &(struct builder_options){ .kind = BUILDER_API, .memory = 0, .tmpdir = dir }, &err));
	assert_int_equal(files_in(dir), 1);
	memset(&err, 0, sizeof err);
	assert_null(builder_open("/nowhere/at/all", &(struct builder_options){ .kind = BUILDER_API, .memory = 0, .tmpdir = "/nowhere/at" }, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	scratch_remove(dir);
}

/* glass-format T1: what libxapian compresses beyond 8,192 bytes it may not read back. */
static void long_data(void **state)
{
	(void)state;
	char *dir = scratch_make(), path[200];
	struct arena a = { 0 };
	struct err err = { 0 };
	snprintf(path, sizeof path, "%s/s", dir);
	char *text = arena_alloc(&a, 100000, 1);
	uint64_t noise = 1;
	for (size_t i = 0; i < 100000; i++) { /* digits: deflated to 42 % of them */
		noise = noise * 6364136223846793005u + 1442695040888963407u;
		text[i] = (char)('0' + (noise >> 60) % 10);
	}
	span packed = zip_deflate((span){ text, 100000 }, 6, &a);
	assert_true(packed.n > 40000);
	memset(text, 'a', 100000);
	struct builder *b = builder_open(path, &(struct builder_options){ .kind = BUILDER_API, .memory = 0, .tmpdir = dir }, &err);
	assert_true(builder_add(b, &(struct entry){ .data = packed }, &err));
	assert_true(builder_metadata(b, SPAN("k"), SPAN("v"), &err));
	assert_true(builder_seal(b, &err));
	builder_close(b);
	struct xap *x = open_file(dir, "s", &err);
	span got;
	assert_true(xap_data(x, 1, &a, &got, &err));
	assert_true(span_eq(got, packed));
	assert_true(xap_metadata(x, SPAN("k"), &a, &got, &err));
	assert_true(span_eq(got, SPAN("v")));
	xap_close(x);
	unlink(path);
	b = builder_open(path, &(struct builder_options){ .kind = BUILDER_API, .memory = 0, .tmpdir = dir }, &err);
	assert_true(builder_add(b, &(struct entry){ .data = { text, 8193 } }, &err));
	assert_false(builder_seal(b, &err)); /* said at once, not when a user reads it */
	assert_int_equal(err.code, ERR_DAMAGED);
	builder_close(b);
	assert_int_equal(files_in(dir), 0);
	arena_release(&a);
	scratch_remove(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refusals), cmocka_unit_test(bad_entry_between_good_ones), cmocka_unit_test(hashes),
		cmocka_unit_test(poisoned), cmocka_unit_test(refuses_what_is_there), cmocka_unit_test(long_data),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
