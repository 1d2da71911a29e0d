/* json_line: what it takes and what it refuses is what jansson takes and refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <jansson.h>
#include <stdlib.h>
#include "base/utf8.h"
#include "indexer/json_line.h"

static void same_value(const struct json_line *l, size_t v, const json_t *j, struct arena *a)
{
	const struct json_value *x = &l->v[v];
	const char *key;
	json_t *item;
	size_t n = 0;
	if (json_is_string(j)) {
		assert_int_equal(x->kind, LINE_STRING);
		assert_true(span_eq(json_text(x, a), (span){ json_string_value(j), json_string_length(j) }));
	} else if (json_is_integer(j)) {
		assert_int_equal(x->kind, LINE_INTEGER);
		assert_int_equal(strtoll(arena_cstr(a, x->raw), NULL, 10), json_integer_value(j));
	} else if (json_is_array(j)) {
		assert_int_equal(x->kind, LINE_ARRAY);
		for (n = 0; n < json_array_size(j); n++)
			same_value(l, json_item(l, v, n), json_array_get(j, n), a);
		assert_int_equal(json_item(l, v, n), 0);
	} else if (json_is_object(j)) {
		assert_int_equal(x->kind, LINE_OBJECT);
		json_object_foreach((json_t *)(uintptr_t)j, key, item)
			same_value(l, json_member(l, v, span_of(key), a), item, a);
		assert_int_equal(json_member(l, v, SPAN("nothing of this name"), a), 0);
	}
}

/* What jansson refuses although it is JSON, or we mend: lone surrogates, NUL in a name, numbers out of range. */
static bool beyond_jansson(const char *why)
{
	return strstr(why, "Unicode") || strstr(why, "NUL byte") || strstr(why, "too big") || strstr(why, "overflow");
}

static void check(span s)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	struct json_line l;
	json_error_t trouble;
	json_t *j = json_loadb(s.p, s.n, JSON_ALLOW_NUL | JSON_DECODE_ANY, &trouble);
	bool ok = json_line(s, &a, &l, &e);
	if (ok != (j != NULL) && !(ok && beyond_jansson(trouble.text)))
		fail_msg("%.*s: jansson: %s, we: %s", SPAN_ARG(s), j ? "well" : trouble.text, ok ? "well" : e.msg);
	if (ok && j)
		same_value(&l, 0, j, &a);
	json_decref(j);
	arena_release(&a);
}

static const char *const lines[] = {
	"{}", "[]", "{\"a\":1}", " {\"a\" : [1, -2, 3.5e+7, true, false, null, \"x\\n\\u00e9\\ud83d\\ude00\"] } ",
	"{\"a\":{\"b\":{\"c\":[{\"d\":\"\\\\\\\"\\/\\b\\f\\r\\t\"}]}},\"a\":2}", "{\"n\\u0061me\":\"caf\xC3\xA9\"}", "{\"a\":\"\\u0000\"}",
	"{\"a\":\"\\ud800\"}", "{\"a\":\"\\ud800x\"}", "{\"a\":\"\\udc00\"}", "01", "-", "-0", "1.", "1.5", "1e", "1e5", "{\"a\":}", "{\"a\"}", "{,}",
	"[1,]", "[1 2]", "{\"a\":1,}", "{\"a\":1}x", "\"\\x\"", "\"\\u12g4\"", "\"a\tb\"", "\"", "tru", "", " ", "{\"long text without any escape in it\":0}",
};

static void by_hand(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct json_line l;
	struct err e = { 0 };
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		check(span_of(lines[i]));
	assert_true(json_line(SPAN("{\"a\":\"x\\ud800y\"}"), &a, &l, &e));
	assert_true(span_eq(json_text(&l.v[1], &a), SPAN("x\xEF\xBF\xBDy")));
	char deep[JSON_DEPTH_MAX + 2];
	memset(deep, '[', sizeof deep);
	assert_false(json_line((span){ deep, sizeof deep }, &a, &l, &e));
	assert_non_null(strstr(e.msg, "deep"));
	arena_release(&a);
}

/* Good lines with a few bytes changed, taken out or put in. */
static void by_chance(void **state)
{
	(void)state;
	static const char bytes[] = "{}[]\",:\\u0123e+-.ntrueaf \x01";
	uint32_t seed = 1;
	for (unsigned round = 0; round < 40000; round++) {
		char s[128];
		seed = seed * 1664525u + 1013904223u;
		const char *from = lines[(seed >> 8) % (sizeof lines / sizeof *lines)];
		size_t n = strlen(from);
		memcpy(s, from, n);
		for (unsigned k = 0; k < 1 + round % 3 && n; k++) {
			seed = seed * 1664525u + 1013904223u;
			size_t at = (seed >> 8) % n;
			char c = bytes[(seed >> 20) % (sizeof bytes - 1)];
			if (seed >> 30 == 0)
				memmove(s + at, s + at + 1, --n - at);
			else
				s[at] = c;
		}
		struct arena a = { 0 };
		if (n)
			check(utf8_mend((span){ s, n }, &a, NULL));
		arena_release(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(by_hand), cmocka_unit_test(by_chance) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
