/* bulk builder: random and extreme indexes, built through libxapian and by our
 * own writer, must be the same to every question; and the same bytes each time.
 *
 *   test_bulk --write PATH      leaves a sample database, for script tests */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/file.h"
#include "base/hash.h"
#include "store/builder.h"
#include "store/bulk_pack.h"
#include "tests/unit/bulk_twin.h"

static char dir[] = "/tmp/test-bulk-XXXXXX";

static uint64_t rng;
static uint32_t random_below(uint32_t n)
{
	uint64_t z = rng += 0x9E3779B97F4A7C15u;
	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return (uint32_t)((z ^ z >> 31) % n);
}
/* Small numbers far more often than large ones. */
static uint32_t random_skewed(uint32_t n)
{
	return random_below(random_below(random_below(n) + 1) + 1);
}

/* What a corpus is like. */
struct shape {
	const char *name;
	uint32_t entries, vocabulary, terms, positions, values, data;
	uint32_t term_bytes; /* longest term */
	uint32_t metadata;
	size_t memory;       /* of the second bulk build: spills */
	bool no_termlists;
};

static span random_bytes(struct arena *a, uint32_t n, bool any)
{
	char *p = arena_raw(a, n + 1, 1);
	for (uint32_t i = 0; i < n; i++)
		p[i] = (char)(any ? random_below(256) : 32 + random_below(224));
	return (span){ p, n };
}

/* Term number i: letters mostly, high bytes and long tails at times; sorted later. */
static span make_term(struct arena *a, const struct shape *s, uint32_t i)
{
	span head = arena_printf(a, "%c%u", 'a' + (int)(i % 26), i / 3);
	uint32_t tail = i % 5 == 0 ? random_below(s->term_bytes) : random_below(4);
	span more = random_bytes(a, head.n + tail > s->term_bytes ? 0 : tail, false);
	return arena_printf(a, "%.*s%.*s", SPAN_ARG(head), (int)more.n, more.p);
}

static int by_term(const void *a, const void *b)
{
	return span_cmp(((const struct posting *)a)->term, ((const struct posting *)b)->term);
}

static const uint32_t *make_positions(struct arena *a, uint32_t n)
{
	uint32_t *pos = NEWN(a, uint32_t, n + 1), at = 0;
	uint32_t step = 1 + (random_below(8) == 0 ? random_below(1u << 20) : random_below(30));
	for (uint32_t i = 0; i < n; i++)
		pos[i] = at += 1 + random_below(step);
	return pos;
}

/* Some postings with positions weigh nothing: xapian-check takes an entry of such
 * alone for missing, so only where positions are kept apart. */
static bool weightless;

static void make_postings(struct arena *a, const struct shape *s, const span *vocabulary, struct entry *e)
{
	uint32_t want = s->terms ? random_below(2 * s->terms) : 0;
	e->postings = NEWN(a, struct posting, want + 1);
	for (uint32_t i = 0; i < want; i++) {
		struct posting *p = &e->postings[i];
		p->term = vocabulary[random_skewed(s->vocabulary)];
		p->npos = s->positions && random_below(3) ? random_skewed(s->positions) : 0;
		p->pos = make_positions(a, p->npos);
		p->wdf = p->npos ? p->npos * (!weightless || random_below(4) > 0) : random_skewed(500);
	}
	qsort(e->postings, want, sizeof *e->postings, by_term);
	for (uint32_t i = 0; i < want; i++)
		if (!e->npostings || !span_eq(e->postings[e->npostings - 1].term, e->postings[i].term))
			e->postings[e->npostings++] = e->postings[i];
}

static void make_entry(struct arena *a, const struct shape *s, const span *vocabulary, struct entry *e)
{
	static const uint32_t slots[] = { 0, 1, 2, 127, 128, 129, 255, 256, 70000 };
	*e = (struct entry){ 0 };
	make_postings(a, s, vocabulary, e);
	e->values = NEWN(a, struct value, 9);
	for (size_t i = 0; i < 9 && s->values; i++)
		if (random_below(3) == 0)
			e->values[e->nvalues++] = (struct value){ slots[i], random_bytes(a, random_skewed(s->values), true) };
	e->data = random_bytes(a, s->data ? random_skewed(s->data) : 0, true);
}

/* positions: a file of their own, or null. */
struct built {
	const char *path, *positions;
};

static void build(const struct shape *s, enum builder_kind kind, size_t memory, struct built to)
{
	struct err err = { 0 };
	struct arena a = { 0 }, each = { 0 };
	rng = 7 + s->entries;
	struct builder_options o = { .kind = kind, .memory = memory, .tmpdir = dir, .no_termlists = s->no_termlists,
				     .positions = to.positions };
	struct builder *b = builder_open(to.path, &o, &err);
	if (!b)
		fail_msg("%s", err.msg);
	span *vocabulary = NEWN(&a, span, s->vocabulary + 1);
	for (uint32_t i = 0; i < s->vocabulary; i++)
		vocabulary[i] = make_term(&a, s, i);
	for (uint32_t i = 0; i < s->entries; i++, arena_reset(&each)) {
		struct entry e;
		make_entry(&each, s, vocabulary, &e);
		if (!builder_add(b, &e, &err))
			fail_msg("%s", err.msg);
	}
	for (uint32_t i = 0; i < s->metadata; i++)
		if (!builder_metadata(b, arena_printf(&a, "key%u", i % 7 * 3), random_bytes(&a, 1 + random_skewed(9000), true), &err))
			fail_msg("%s", err.msg);
	if (!builder_seal(b, &err))
		fail_msg("%s", err.msg);
	builder_close(b);
	arena_release(&each);
	arena_release(&a);
}

static span path_of(struct arena *a, const struct shape *s, const char *kind)
{
	return arena_printf(a, "%s/%s.%s", dir, s->name, kind);
}

static void same_bytes(const char *x, const char *y)
{
	char hash[2][65];
	const char *path[2] = { x, y };
	for (int i = 0; i < 2; i++) {
		uint64_t bytes;
		int fd = file_open(AT_FDCWD, path[i], NULL);
		assert_true(fd >= 0);
		assert_true(sha256_file(fd, hash[i], &bytes, NULL));
		close(fd);
	}
	assert_string_equal(hash[0], hash[1]);
}

/* Built three ways: the twin, with ample memory, and with so little that it spills. */
static void try_shape(const struct shape *s, bool apart)
{
	struct arena a = { 0 };
	char msg[2000];
	static const char *const kinds[] = { "api", "bulk", "little" };
	struct built to[3];
	for (int i = 0; i < 3; i++) {
		to[i].path = path_of(&a, s, kinds[i]).p;
		to[i].positions = apart ? arena_printf(&a, "%s.pos", to[i].path).p : NULL;
	}
	build(s, BUILDER_API, 0, to[0]);
	build(s, BUILDER_BULK, 0, to[1]);
	build(s, BUILDER_BULK, s->memory ? s->memory : 1, to[2]);
	if (!twin_check(to[1].path, msg, sizeof msg))
		fail_msg("%s: xapian-check: %s", s->name, msg);
	if (!twin_same(to[0].path, to[1].path, !s->no_termlists, msg, sizeof msg))
		fail_msg("%s: %s", s->name, msg);
	same_bytes(to[1].path, to[2].path);
	if (apart) {
		same_bytes(to[0].positions, to[1].positions);
		same_bytes(to[1].positions, to[2].positions);
	}
	for (int i = 0; i < 3; i++) {
		unlink(to[i].path);
		if (apart)
			unlink(to[i].positions);
	}
	arena_release(&a);
}

static const struct shape shapes[] = {
	{ .name = "empty" },
	{ .name = "empty-metadata", .metadata = 9 },
	{ .name = "one", .entries = 1, .vocabulary = 5, .terms = 5, .positions = 3, .values = 9, .data = 100, .term_bytes = 9 },
	{ .name = "bare", .entries = 50 },
	{ .name = "data", .entries = 300, .data = 30000, .metadata = 3 },
	{ .name = "small", .entries = 400, .vocabulary = 900, .terms = 30, .positions = 6, .values = 20, .data = 200,
	  .term_bytes = 20, .metadata = 20, .memory = 100000 },
	{ .name = "no-termlists", .entries = 300, .vocabulary = 500, .terms = 40, .positions = 9, .values = 30, .data = 90,
	  .term_bytes = 11, .metadata = 2, .no_termlists = true },
	{ .name = "frequent", .entries = 9000, .vocabulary = 6, .terms = 6, .positions = 4, .term_bytes = 6, .memory = 300000 },
	{ .name = "long-terms", .entries = 150, .vocabulary = 3000, .terms = 60, .positions = 5, .term_bytes = 199, .data = 50 },
	{ .name = "positions", .entries = 60, .vocabulary = 60, .terms = 30, .positions = 6000, .term_bytes = 12 },
	{ .name = "values", .entries = 700, .values = 3000, .memory = 4000000 },
	{ .name = "wide", .entries = 40, .vocabulary = 30000, .terms = 3000, .positions = 3, .term_bytes = 14, .memory = 2000000 },
};

static void twins(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
		try_shape(&shapes[i], false);
}

/* The same with positions in files of their own: those are the same bytes whoever builds. */
static void twins_apart(void **state)
{
	(void)state;
	weightless = true;
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
		try_shape(&shapes[i], true);
	weightless = false;
}

/* One entry whose parts grow past every limit of an item, a block and a chunk. */
static void build_edge(enum builder_kind kind, const char *path, uint32_t size)
{
	struct err err = { 0 };
	struct arena a = { 0 };
	rng = size;
	struct builder_options o = { .kind = kind, .tmpdir = dir };
	struct builder *b = builder_open(path, &o, &err);
	assert_non_null(b);
	span term = SPAN("edge");
	for (uint32_t i = 0; i < 3; i++) {
		struct posting p = { term, size, make_positions(&a, size / 4), size / 4, 0 };
		struct value v = { 3, random_bytes(&a, size, true) };
		struct entry e = { &p, 1, &v, 1, random_bytes(&a, size - i, true) };
		assert_true(builder_add(b, &e, &err));
	}
	assert_true(builder_metadata(b, SPAN("m"), random_bytes(&a, size, true), &err));
	assert_true(builder_seal(b, &err));
	builder_close(b);
	arena_release(&a);
}

static void edges(void **state)
{
	(void)state;
	static const uint32_t at[] = { 4, 60, 500, 1990, 2000, 2030, 2040, 4070, 6120, 8160, 8170, 8190, 16350 };
	struct arena a = { 0 };
	char msg[2000];
	const char *api = arena_printf(&a, "%s/edge.api", dir).p, *bulk = arena_printf(&a, "%s/edge.bulk", dir).p;
	for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
		uint32_t size = at[i] + random_below(12);
		build_edge(BUILDER_API, api, size);
		build_edge(BUILDER_BULK, bulk, size);
		if (!twin_check(bulk, msg, sizeof msg) || !twin_same(api, bulk, true, msg, sizeof msg))
			fail_msg("size %u: %s", size, msg);
		unlink(api);
		unlink(bulk);
	}
	arena_release(&a);
}

/* Examples of real databases. */
static void packing(void **state)
{
	(void)state;
	static const struct { uint32_t v; const char *bytes; size_t n; } sorted[] = {
		{ 0, "\0\0", 2 }, { 0x7fff, "\x7f\xff", 2 }, { 0x8000, "\x80\x80\x00", 3 }, { 0x3fffff, "\xbf\xff\xff", 3 },
		{ 0x400000, "\xc0\x40\0\0", 4 }, { 0x20000000, "\xe0\x20\0\0\0", 5 }, { 0xffffffff, "\xe0\xff\xff\xff\xff", 5 },
	};
	byte p[64];
	for (size_t i = 0; i < sizeof sorted / sizeof *sorted; i++) {
		assert_int_equal(pack_uint_sorted(p, sorted[i].v) - p, sorted[i].n);
		assert_memory_equal(p, sorted[i].bytes, sorted[i].n);
	}
	static const uint32_t five[] = { 1, 3, 10, 11, 25 }, run[] = { 1, 2, 3, 4 };
	assert_int_equal(pack_positions(p, five, 5) - p, 4);
	assert_memory_equal(p, "\x19\x61\x5c\x00", 4);
	assert_int_equal(pack_positions(p, run, 4) - p, 2);
	assert_memory_equal(p, "\x04\x09", 2);
	assert_int_equal(pack_escaped(p, SPAN("a\0b")) - p, 4);
	assert_memory_equal(p, "a\0\xff" "b", 4);
	assert_int_equal(pack_uint_last(p, 70000) - p, 3);
	assert_memory_equal(p, "\x70\x11\x01", 3);
}

int main(int argc, char **argv)
{
	if (!mkdtemp(dir))
		return 1;
	int status = 0;
	const struct CMUnitTest tests[] = { cmocka_unit_test(packing), cmocka_unit_test(twins), cmocka_unit_test(twins_apart), cmocka_unit_test(edges) };
	if (argc == 3 && span_eq(span_of(argv[1]), SPAN("--write")))
		build(&shapes[5], BUILDER_BULK, 0, (struct built){ argv[2], NULL });
	else
		status = cmocka_run_group_tests(tests, NULL, NULL);
	rmdir(dir);
	return status;
}
