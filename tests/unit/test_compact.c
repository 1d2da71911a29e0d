/* compact documents: what the bulk builder makes of them must be what libxapian
 * makes of the entries they stand for, whatever the lexicons that numbered
 * their terms, the memory and the threads. */
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
#include "tests/unit/bulk_twin.h"

static char dir[] = "/tmp/test-compact-XXXXXX";
enum { VOCABULARY = 700, LEXICONS = 3 };

static uint64_t rng;
static uint32_t below(uint32_t n)
{
	uint64_t z = rng += 0x9E3779B97F4A7C15u;
	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	return (uint32_t)((z ^ z >> 27) % n);
}
/* Small numbers far more often than large ones. */
static uint32_t skewed(uint32_t n)
{
	return below(below(below(n) + 1) + 1);
}

/* Lexicons that met the words in another order each, the last one almost none. */
struct corpus {
	struct lexicons lexicons[LEXICONS];
	struct lexicon own;
	uint32_t documents, words, others;
};

static span term(struct arena *a, uint32_t i, bool stem)
{
	return stem ? arena_printf(a, "Zw%u", i / 4) : arena_printf(a, i % 50 ? "w%u" : "w%u-with-a-long-tail-to-be-copied", i);
}

/* The number of a term, in the lexicon of words, in the other or in none. */
static uint32_t number(struct corpus *c, size_t which, span s, bool rest)
{
	uint32_t hash = hash_word(s), n = lexicon_find(rest ? &c->lexicons[which].rest : &c->lexicons[which].words, s, hash);
	return n != TERM_NONE ? n | (rest ? COMPACT_REST : 0) : lexicon_put(&c->own, s, hash) | COMPACT_OWN;
}

static uint32_t word(struct corpus *c, size_t which, uint32_t i, struct arena *a)
{
	uint32_t n = number(c, which, term(a, i, false), false);
	if (n & COMPACT_OWN) {
		uint32_t weighs = number(c, which, term(a, i, true), true);
		c->own.v[n & COMPACT_NUMBER].weighs = weighs;
	}
	return n;
}

static void fill_lexicons(struct corpus *c, struct arena *a)
{
	for (size_t k = 0; k < LEXICONS; k++)
		for (uint32_t i = 0; i < (k + 1 < LEXICONS ? VOCABULARY / 2 : 3); i++) {
			uint32_t w = k ? VOCABULARY - 1 - i : i;
			struct lexicons *l = &c->lexicons[k];
			span s = term(a, w, false), z = term(a, w, true);
			uint32_t stem = lexicon_put(&l->rest, z, hash_word(z)) | COMPACT_REST, n = lexicon_put(&l->words, s, hash_word(s));
			l->words.v[n].weighs = stem;
			if (i % 3 == 0) /* a word that is another kind of term, too */
				lexicon_put(&l->rest, s, hash_word(s));
		}
}

/* A document, through its bytes. Others repeat terms and words, go back in position, weigh much or nothing. */
static struct compact document(struct corpus *c, uint32_t nth, struct arena *a)
{
	size_t which = nth % LEXICONS;
	uint32_t n = c->words ? below(c->words) : 0, m = c->others ? below(c->others) : 0;
	uint32_t *words = NEWN(a, uint32_t, n + 1);
	struct occurrence *others = NEWN(a, struct occurrence, m + 1);
	lexicon_empty(&c->own);
	for (uint32_t i = 0; i < n; i++)
		words[i] = word(c, which, skewed(VOCABULARY), a) | (i && below(9) == 0 ? COMPACT_SAME : 0);
	for (uint32_t i = 0; i < m; i++) {
		uint32_t t = below(3) ? number(c, which, below(2) ? arena_printf(a, "X%u", skewed(40)) : term(a, skewed(VOCABULARY), below(2)), true) : word(c, which, skewed(VOCABULARY), a);
		others[i] = (struct occurrence){ t, below(3) ? 0 : skewed(9), below(2) ? 0 : 1 + below(300) };
	}
	struct value *values = NEWN(a, struct value, 2);
	values[0] = (struct value){ 1, arena_printf(a, "v%u", nth) };
	values[1] = (struct value){ 300, arena_printf(a, "%0*u", (int)below(90) + 1, nth) };
	struct compact made = { .lexicons = &c->lexicons[which], .own = c->own.v, .nown = c->own.n, .words = words, .nwords = n,
				.others = others, .nothers = m, .values = values, .nvalues = below(3) }, out;
	assert_true(compact_unpack(compact_pack(&made, a), a, &out));
	out.lexicons = made.lexicons;
	out.data = arena_printf(a, "data of %u", nth);
	return out;
}

struct how {
	enum builder_kind kind;
	size_t memory;
	unsigned threads;
	bool expanded, termlists;
	const char *name;
};

static struct builder_totals build(struct corpus shape, const struct how *h)
{
	struct err err = { 0 };
	struct arena a = { 0 }, each = { 0 };
	struct corpus c = shape;
	struct builder_options o = { .kind = h->kind, .memory = h->memory, .threads = h->threads, .no_termlists = !h->termlists, .tmpdir = dir,
				     .positions = arena_printf(&a, "%s/%s.pos", dir, h->name).p };
	struct builder *b = builder_open(arena_printf(&a, "%s/%s", dir, h->name).p, &o, &err);
	if (!b)
		fail_msg("%s", err.msg);
	rng = 11 + shape.documents;
	fill_lexicons(&c, &a);
	for (uint32_t i = 0; i < c.documents; i++, arena_reset(&each)) {
		struct compact d = document(&c, i, &each);
		struct entry e = { 0 };
		if (h->expanded)
			e = compact_expand(&d, &each);
		if (!(h->expanded ? builder_add(b, &e, &err) : builder_add_compact(b, &d, &err)))
			fail_msg("%s", err.msg);
	}
	if (!builder_seal(b, &err))
		fail_msg("%s", err.msg);
	struct builder_totals t;
	builder_totals(b, &t);
	builder_close(b);
	for (size_t k = 0; k < LEXICONS; k++) {
		lexicon_release(&c.lexicons[k].words);
		lexicon_release(&c.lexicons[k].rest);
	}
	lexicon_release(&c.own);
	arena_release(&each);
	arena_release(&a);
	return t;
}

static void same_bytes(const char *x, const char *y, const char *ending)
{
	char hash[2][65];
	const char *name[2] = { x, y };
	struct arena a = { 0 };
	for (int i = 0; i < 2; i++) {
		uint64_t bytes;
		int fd = file_open(AT_FDCWD, arena_printf(&a, "%s/%s%s", dir, name[i], ending).p, NULL);
		assert_true(fd >= 0);
		assert_true(sha256_file(fd, hash[i], &bytes, NULL));
		close(fd);
	}
	assert_string_equal(hash[0], hash[1]);
	arena_release(&a);
}

/* The first is the reference; all but it and the last must be the same bytes. */
static const struct how ways[] = {
	{ .kind = BUILDER_API, .name = "api" },
	{ .kind = BUILDER_BULK, .name = "bulk" },
	{ .kind = BUILDER_BULK, .threads = 2, .name = "threads" },
	{ .kind = BUILDER_BULK, .memory = 1, .name = "runs" },
	{ .kind = BUILDER_BULK, .memory = 60000, .threads = 2, .name = "some-runs" },
	{ .kind = BUILDER_BULK, .expanded = true, .name = "expanded" },
	{ .kind = BUILDER_BULK, .termlists = true, .name = "termlists" },
};
enum { WAYS = sizeof ways / sizeof *ways };

static void try_shape(struct corpus shape)
{
	struct arena a = { 0 };
	struct builder_totals t[WAYS];
	char msg[2000];
	for (int i = 0; i < WAYS; i++)
		t[i] = build(shape, &ways[i]);
	for (int i = 1; i < WAYS; i++) {
		assert_int_equal(t[i].entries, shape.documents);
		assert_string_equal(t[i].entries_xxh128, t[0].entries_xxh128);
		same_bytes(ways[0].name, ways[i].name, ".pos");
		if (i > 1 && i + 1 < WAYS)
			same_bytes(ways[1].name, ways[i].name, "");
		const char *x = arena_printf(&a, "%s/%s", dir, ways[0].name).p, *y = arena_printf(&a, "%s/%s", dir, ways[i].name).p;
		if (!twin_check(y, msg, sizeof msg) || !twin_same(x, y, false, msg, sizeof msg))
			fail_msg("%u documents, %s: %s", shape.documents, ways[i].name, msg);
	}
	for (int i = 0; i < WAYS; i++) {
		unlink(arena_printf(&a, "%s/%s", dir, ways[i].name).p);
		unlink(arena_printf(&a, "%s/%s.pos", dir, ways[i].name).p);
	}
	arena_release(&a);
}

static void twins(void **state)
{
	(void)state;
	static const uint32_t shapes[][3] = { { 0, 9, 9 }, { 1, 30, 9 }, { 40, 0, 12 }, { 40, 60, 0 }, { 300, 90, 30 }, { 1200, 12, 5 }, { 30, 3000, 50 } };
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
		try_shape((struct corpus){ .documents = shapes[i][0], .words = shapes[i][1], .others = shapes[i][2] });
}

/* One position more is another identity. */
static void identity(void **state)
{
	(void)state;
	struct lexicons l = { 0 };
	struct builder_totals t[3];
	char path[200], positions[200];
	snprintf(path, sizeof path, "%s/one", dir);
	snprintf(positions, sizeof positions, "%s/one.pos", dir);
	uint32_t stem = lexicon_put(&l.rest, SPAN("Zx"), hash_word(SPAN("Zx"))), w = lexicon_put(&l.words, SPAN("x"), hash_word(SPAN("x")));
	l.words.v[w].weighs = stem | COMPACT_REST;
	for (int i = 0; i < 3; i++) {
		struct err err = { 0 };
		struct builder_options o = { .kind = BUILDER_BULK, .no_termlists = true, .tmpdir = dir, .positions = positions };
		struct builder *b = builder_open(path, &o, &err);
		uint32_t words[2] = { w, w | (i == 1 ? COMPACT_SAME : 0) };
		struct compact c = { .lexicons = &l, .words = words, .nwords = 2 };
		assert_true(builder_add_compact(b, &c, &err) && builder_seal(b, &err));
		builder_totals(b, &t[i]);
		builder_close(b);
		unlink(path);
		unlink(positions);
	}
	assert_string_not_equal(t[0].entries_xxh128, t[1].entries_xxh128);
	assert_string_equal(t[0].entries_xxh128, t[2].entries_xxh128);
	lexicon_release(&l.words);
	lexicon_release(&l.rest);
}

/* What no entry can hold has no number; what is cut short is no document. */
static void refusals(void **state)
{
	(void)state;
	struct lexicon l = { 0 };
	struct arena a = { 0 };
	char longest[TERM_MAX_BYTES + 1];
	memset(longest, 'x', sizeof longest);
	assert_int_equal(lexicon_put(&l, (span){ 0 }, 1), TERM_NONE);
	assert_int_equal(lexicon_put(&l, SPAN("a\nb"), 1), TERM_NONE);
	assert_int_equal(lexicon_put(&l, (span){ longest, sizeof longest }, 1), TERM_NONE);
	assert_int_equal(lexicon_put(&l, (span){ longest, TERM_MAX_BYTES }, 1), 0);
	assert_int_equal(lexicon_find(&l, SPAN("a"), 1), TERM_NONE);
	struct occurrence heavy[2] = { { 0, UINT32_MAX, 0 }, { 0, 1, 0 } };
	struct compact c = { .others = heavy, .nothers = 1 }, out;
	assert_null(compact_refuse(&c));
	c.nothers = 2;
	assert_non_null(compact_refuse(&c));
	span packed = compact_pack(&c, &a);
	assert_true(compact_unpack(packed, &a, &out));
	assert_int_equal(out.others[0].wdf, UINT32_MAX);
	assert_int_equal(out.others[1].wdf, 1);
	/* Numbers at both sides of every escape; every cut is told. */
	uint32_t words[] = { 0, 16382, 16383, 16384, COMPACT_NUMBER, 7 | COMPACT_SAME, 16383 | COMPACT_OWN, 5 | COMPACT_OWN | COMPACT_SAME };
	struct occurrence edge[] = { { 1, 0, UINT32_MAX >> 2 }, { 2 | COMPACT_REST, 1, 1u << 30 }, { 3, 2, UINT32_MAX }, { 4 | COMPACT_OWN, 3, 0 } };
	c = (struct compact){ .words = words, .nwords = 8, .others = edge, .nothers = 4 };
	packed = compact_pack(&c, &a);
	for (size_t n = 0; n < packed.n; n++)
		assert_false(compact_unpack(arena_dup(&a, span_sub(packed, 0, n)), &a, &out));
	assert_true(compact_unpack(packed, &a, &out));
	assert_memory_equal(out.words, words, sizeof words);
	assert_memory_equal(out.others, edge, sizeof edge);
	lexicon_release(&l);
	arena_release(&a);
}

int main(void)
{
	if (!mkdtemp(dir))
		return 1;
	const struct CMUnitTest tests[] = { cmocka_unit_test(twins), cmocka_unit_test(identity), cmocka_unit_test(refusals) };
	int status = cmocka_run_group_tests(tests, NULL, NULL);
	rmdir(dir);
	return status;
}
