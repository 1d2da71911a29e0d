/* base/sort: order, stability, sizes around the runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "base/sort.h"

static void items(void **state)
{
	(void)state;
	struct arena a = { 0 };
	uint64_t rng = 5;
	for (size_t n = 0; n < 300; n += n < 40 ? 1 : 37) {
		struct sort_item *v = NEWN(&a, struct sort_item, n + 1);
		for (size_t i = 0; i < n; i++) {
			rng = rng * 6364136223846793005u + 1442695040888963407u;
			v[i] = (struct sort_item){ (rng >> 33) % (n % 3 ? 10 : 1000000) << (n % 2 ? 0 : 40), (uint32_t)i };
		}
		sort_items(v, n, &a);
		for (size_t i = 1; i < n; i++) {
			assert_true(v[i - 1].key <= v[i].key);
			assert_true(v[i - 1].key < v[i].key || v[i - 1].of < v[i].of);
		}
	}
	arena_release(&a);
}

static void keys(void **state)
{
	(void)state;
	assert_true(sort_key(SPAN("")) < sort_key(SPAN("\x01")));
	assert_true(sort_key(SPAN("ab")) < sort_key(SPAN("abc")));
	assert_true(sort_key(SPAN("z")) < sort_key(SPAN("\xC3\xA9")));
	assert_true(sort_key(SPAN("abcdefgh1")) == sort_key(SPAN("abcdefgh2")));
}

static span string_at(const void *list, uint32_t of)
{
	return ((const span *)list)[of];
}

/* Few letters and long common beginnings, so that all depths are reached; some are equal. */
static void strings(void **state)
{
	(void)state;
	struct arena a = { 0 };
	uint64_t rng = 7;
	for (size_t n = 0; n < 2000; n += n < 20 ? 1 : 330) {
		span *list = NEWN(&a, span, n + 1);
		struct sort_item *v = NEWN(&a, struct sort_item, n + 1);
		for (size_t i = 0; i < n; i++) {
			char s[64];
			size_t len = 0;
			rng = rng * 6364136223846793005u + 1442695040888963407u;
			for (size_t k = 0; k < (rng >> 33) % 60; k++)
				s[len++] = (char)(k % 10 < 8 ? 'x' : (char)(rng >> (34 + k / 2) & 1));
			list[i] = arena_dup(&a, (span){ s, len });
			v[i].of = (uint32_t)i;
		}
		sort_strings(&(struct sort_strings){ string_at, list, &a }, v, n);
		for (size_t i = 1; i < n; i++)
			assert_true(span_cmp(list[v[i - 1].of], list[v[i].of]) <= 0);
	}
	arena_release(&a);
}

/* Against walking: numbers repeated, keys below, between and above all of them, and lists of none. */
static void places(void **state)
{
	(void)state;
	struct pair { uint64_t other; uint32_t number; } v[40];
	uint32_t plain[40];
	struct { struct pair *v; size_t n; } list = { v, 0 };
	struct { uint32_t *v; size_t n; } numbers = { plain, 0 };
	for (; list.n <= 40; list.n++, numbers.n++) {
		for (uint64_t key = 0; key < 60; key++) {
			size_t want = 0;
			while (want < list.n && v[want].number < key)
				want++;
			assert_int_equal(FIRST_FROM(&list, number, key), want);
			assert_int_equal(FIRST_NUMBER(&numbers, key), want);
		}
		assert_int_equal(FIRST_FROM(&list, number, (uint64_t)UINT32_MAX + 1), list.n);
		if (list.n == 40)
			break;
		v[list.n] = (struct pair){ 0, plain[list.n] = (uint32_t)(list.n / 3 * 4) };
	}
	list.v = NULL;
	list.n = 0;
	assert_int_equal(FIRST_FROM(&list, number, 5), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(places), cmocka_unit_test(items), cmocka_unit_test(keys), cmocka_unit_test(strings) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
