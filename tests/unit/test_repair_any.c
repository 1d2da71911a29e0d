/* repair on anything: pieces of the demonstration corpus, changed at random
 * from a fixed seed, and hostile shapes. The checks are those of the fuzz target. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/file.h"
#include "tests/fuzz/fuzz_repair.c"

static const char *const samples[] = {
	"corpus/texts/damaged/gull-rock-glyph-shifted.txt", "corpus/texts/damaged/harbor-freight-slip-opinion.txt",
	"corpus/texts/damaged/hb-118-stripped.txt", "corpus/texts/damaged/order-after-remand-ocr.txt",
	"corpus/texts/damaged/statute-page-14.030.txt", "corpus/texts/transcripts/larkspur-ferry-argument.txt",
};

static uint32_t roll(uint64_t *state, uint32_t n)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*state >> 33) % n;
}

/* Cuts, repeats, overwrites. */
static size_t change(char *p, size_t n, size_t cap, uint64_t *state)
{
	static const char bytes[] = "\n\n\n \t\f1234 <>&*#-.,;()[]\"'\xC2\xA7\xAD\xE2\x80\x94\xFF AIza";
	for (int i = 0; n > 200 && i < 30; i++) {
		uint32_t at = roll(state, (uint32_t)n - 100), len = 1 + roll(state, 80), from = roll(state, (uint32_t)n - 100);
		switch (roll(state, 3)) {
		case 0:
			p[at] = bytes[roll(state, sizeof bytes - 1)];
			break;
		case 1:
			memmove(p + at, p + at + len, n - at - len);
			n -= len;
			break;
		default:
			if (n + len > cap)
				break;
			memmove(p + at + len, p + at, n - at);
			memmove(p + at, p + from, len);
			n += len;
		}
	}
	return n;
}

static void changed_corpus(void **state)
{
	(void)state;
	uint64_t seed = 20170622;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct arena a = { 0 };
		struct err err = { 0 };
		char path[500];
		span s;
		snprintf(path, sizeof path, "%s/%s", SOURCE_DIR, samples[i]);
		assert_true(file_read(path, FILE_MAX_BYTES, &a, &s, &err));
		LLVMFuzzerTestOneInput((const uint8_t *)s.p, s.n);
		for (int round = 0; round < 12; round++) {
			size_t cap = s.n + 4000;
			char *p = arena_raw(&a, cap, 1);
			memcpy(p, s.p, s.n);
			size_t n = change(p, s.n, cap, &seed);
			LLVMFuzzerTestOneInput((const uint8_t *)p, n);
		}
		arena_release(&a);
	}
}

/* Half a megabyte of one thing: time must be linear, or this test does not end. */
static void hostile(void **state)
{
	(void)state;
	static const char *const units[] = {
		"a", "aa ", "1\n", "1 2 3 4 5 6 7 8 ", "ofthe", "(", "<sup>", "&lt;", "**a", "Case 1:16 ", "\n\n", "the-\n", "12   A\n", "\xC2\xAD", "x\ty", "HB1 2 ",
		"Case 1:16-cv-1 Document 2 Filed 1/1/11 ", "1a2b", "ab,cd", "the ing ", "- 1 -\n", "\f1\n", "> > ", "\x03WKH",
	};
	enum { SIZE = 200000 };
	char *p = malloc(SIZE);
	assert_non_null(p);
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		size_t len = strlen(units[i]);
		for (size_t k = 0; k < SIZE; k++)
			p[k] = units[i][k % len];
		LLVMFuzzerTestOneInput((const uint8_t *)p, SIZE);
	}
	free(p);
}

enum { BOUND_SIZE = 1 << 20, BOUND_TIMES = 40 };

/* False when the repair of a text made of unit takes more than BOUND_TIMES bytes for each byte: the arena's own limit tells. */
static bool within_bound(const char *unit)
{
	jmp_buf escape;
	struct arena *a = calloc(1, sizeof *a);
	char *p = malloc(BOUND_SIZE);
	assert_non_null(a);
	assert_non_null(p);
	for (size_t k = 0, len = strlen(unit); k < BOUND_SIZE; k++)
		p[k] = unit[k % len];
	a->limit = (size_t)BOUND_SIZE * BOUND_TIMES;
	a->escape = &escape;
	bool ok = setjmp(escape) == 0;
	if (ok) {
		struct text t = text_plain((span){ p, BOUND_SIZE }, a);
		repair(&t, a);
	}
	arena_release(a);
	free(a);
	free(p);
	return ok;
}

static void bounded(void **state)
{
	(void)state;
	static const char *const units[] = { "a\n", "7\n", "1.\n", "(", "9", " ", "THE COURT HELD ", "thecourtheld", "- 1 -\n\f", "ROE v. DOE\f\n", "24031992\n" };
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (!within_bound(units[i]))
			fail_msg("more than %d bytes for each byte of \"%s\"", BOUND_TIMES, units[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(changed_corpus), cmocka_unit_test(hostile), cmocka_unit_test(bounded) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
