/* base: spans, arenas, buffers, UTF-8, JSON, arguments, compression. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "base/args.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/utf8.h"
#include "base/zip.h"

#define assert_span(s, text) do { span got_ = (s); span want_ = span_of(text); \
	assert_int_equal(got_.n, want_.n); assert_memory_equal(got_.p, want_.p, want_.n); } while (0)

static void finds_of_four(void **unused)
{
	(void)unused;
	char p[64];
	for (size_t n = 0; n < sizeof p; n++)
		for (size_t at = 0; at <= n; at++) { /* at n: none of them */
			memset(p, 'x', sizeof p);
			p[at] = "<&*#"[at % 4];
			assert_int_equal(span_find_of((span){ p, n }, "<&*#", at / 2), at);
		}
	assert_int_equal(span_find_of(SPAN("<"), "<<<<", 1), 1);
}

static void spans(void **state)
{
	(void)state;
	span rest = SPAN("a,,b"), part;
	assert_true(span_cut(&rest, ',', &part));
	assert_span(part, "a");
	assert_true(span_cut(&rest, ',', &part));
	assert_int_equal(part.n, 0);
	assert_true(span_cut(&rest, ',', &part));
	assert_span(part, "b");
	assert_false(span_cut(&rest, ',', &part));
	assert_int_equal(span_find(SPAN("abcabc"), SPAN("ca"), 0), 2);
	assert_int_equal(span_find(SPAN("abc"), SPAN("x"), 0), 3);
	assert_true(span_cmp(SPAN("ab"), SPAN("abc")) < 0);
	uint64_t v;
	assert_true(span_uint(SPAN("18446744073709551615"), UINT64_MAX, &v));
	assert_false(span_uint(SPAN("18446744073709551616"), UINT64_MAX, &v));
	assert_false(span_uint(SPAN("+5"), 10, &v));
}

static void utf8(void **state)
{
	(void)state;
	struct arena a = { 0 };
	size_t bad;
	assert_span(utf8_mend(SPAN("a\xC0\xAFz"), &a, &bad), "a\xEF\xBF\xBD\xEF\xBF\xBDz");
	assert_int_equal(bad, 2);
	assert_span(utf8_mend(SPAN("\xED\xA0\x80"), &a, &bad), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
	for (uint32_t c = 0; c < 0x110000; c += 7) {
		char u[4];
		unsigned len;
		if (c >= 0xD800 && c < 0xE000)
			continue;
		unsigned n = utf8_encode(c, u);
		assert_int_equal(utf8_decode((span){ u, n }, &len), c);
		assert_int_equal(len, n);
	}
	arena_release(&a);
}

static void json(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct buf b = { .a = &a };
	struct json j = { .out = &b };
	json_object(&j);
	json_key(&j, "s");
	json_str(&j, SPAN("<b>\"\\\n\xFF\xE2\x80\xA8"));
	json_key(&j, "r");
	json_array(&j);
	json_real(&j, 1.0625, 3);
	json_real(&j, -0.5, 1);
	json_int(&j, INT64_MIN);
	json_null(&j);
	json_end(&j, ']');
	json_end(&j, '}');
	assert_span(buf_span(&b), "{\"s\":\"\\u003cb\\u003e\\\"\\\\\\n\xEF\xBF\xBD\\u2028\",\"r\":[1.063,-0.5,-9223372036854775808,null]}");
	arena_release(&a);
}

struct options {
	bool count;
	uint64_t n;
	span format;
	struct spans set;
};
static const struct opt opts[] = {
	{ .name = "count", .kind = OPT_FLAG, .offset = offsetof(struct options, count), .help = "count" },
	{ .name = "limit", .letter = 'n', .kind = OPT_UINT, .offset = offsetof(struct options, n), .value = "N", .min = 1, .max = 100, .help = "hits" },
	{ .name = "format", .kind = OPT_TEXT, .offset = offsetof(struct options, format), .value = "NAME", .choices = "text|json", .help = "format" },
	{ .name = "set", .kind = OPT_LIST, .offset = offsetof(struct options, set), .value = "F=V", .help = "set" },
};
static const struct command cmd = { "search", "QUERY...", "Searches.", NULL, opts, 4 };

static void args(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err err = { 0 };
	struct options o = { 0 };
	struct spans rest = { 0 };
	char *ok[] = { "search", "word", "-n5", "--format", "json", "--set=a=b", "--set", "c=d", "--count", "--", "--x", NULL };
	assert_true(args_parse(&(struct arguments){ &cmd, &o, &rest, &a }, ok, &err));
	assert_true(o.count && o.n == 5 && o.set.n == 2 && rest.n == 2);
	assert_span(o.set.v[1], "c=d");
	assert_span(rest.v[1], "--x");
	char *typo[] = { "search", "--fromat=json", NULL };
	assert_false(args_parse(&(struct arguments){ &cmd, &o, &rest, &a }, typo, &err));
	assert_int_equal(err.code, ERR_REQUEST);
	assert_non_null(strstr(err.msg, "did you mean --format?"));
	char *range[] = { "search", "-n", "101", NULL };
	err = (struct err){ 0 };
	assert_false(args_parse(&(struct arguments){ &cmd, &o, &rest, &a }, range, &err));
	struct command alone = cmd;
	char *extra[] = { "alone", "word", NULL };
	alone.operands = "";
	err = (struct err){ 0 };
	assert_false(args_parse(&(struct arguments){ &alone, &o, &rest, &a }, extra, &err));
	assert_non_null(strstr(err.msg, "'word'"));
	assert_non_null(strstr(args_help(&cmd, &a).p, "-n, --limit=N"));
	arena_release(&a);
}

static void zip(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err err = { 0 };
	span text = { arena_alloc(&a, 100000, 1), 100000 }, back;
	span small = zip_deflate(text, 6, &a);
	struct deflater *d = deflater_open(6);
	for (int i = 0; i < 2; i++) { /* the first text leaves nothing behind for the second */
		assert_true(span_eq(deflater_zlib(d, text, &a), small));
		assert_true(deflater_zlib(d, (span){ 0 }, &a).n > 0);
	}
	deflater_close(d);
	assert_true(small.n < 1000);
	assert_true(zip_inflate(small, text.n, &a, &back, &err));
	assert_true(span_eq(text, back));
	assert_false(zip_inflate(span_sub(small, 0, small.n - 1), text.n, &a, &back, &err));
	assert_int_equal(err.code, ERR_DAMAGED);
	arena_release(&a);
}

static void maps(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct map m = { .a = &a };
	for (uint32_t i = 0; i < 1000; i++)
		*map_put(&m, arena_printf(&a, "key%u", i), NULL) = i;
	assert_int_equal(m.n, 1000);
	assert_int_equal(*map_get(&m, SPAN("key437")), 437);
	assert_null(map_get(&m, SPAN("key1000")));
	char hex[65];
	sha256_hex(SPAN("abc"), hex);
	assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	arena_release(&a);
}

static void packed(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct buf b = { .a = &a };
	buf_varint(&b, 300);
	buf_packed(&b, SPAN("text"));
	struct unpack u = { .rest = buf_span(&b) };
	assert_int_equal(take_varint(&u), 300);
	assert_span(take_packed(&u), "text");
	assert_false(u.bad);
	take_varint(&u);
	assert_true(u.bad);
	arena_release(&a);
}

/* A large list and a large table give back what they outgrew; a mark gives back all since. */
static void arenas(void **state)
{
	(void)state;
	struct arena a = { 0 };
	arena_alloc(&a, 100, 16);
	size_t first = a.used;
	struct arena_mark before = arena_here(&a);
	struct { uint64_t *v; size_t n, cap; } list = { 0 }, other = { 0 };
	struct map m = { .a = &a };
	for (uint64_t i = 0; i < 600000; i++) {
		*PUSH(&a, &list) = i;
		*PUSH(&a, &other) = ~i;
	}
	for (uint64_t i = 0; i < 600000; i++)
		assert_true(list.v[i] == i && other.v[i] == ~i);
	assert_true(a.used < (list.cap + other.cap) * 8 + (5u << 20));
	size_t lists = a.used;
	for (uint32_t i = 0; i < 400000; i++)
		*map_put(&m, (span){ (const char *)&list.v[i], 8 }, NULL) = i;
	assert_int_equal(*map_get(&m, (span){ (const char *)&list.v[777], 8 }), 777);
	assert_true(a.used - lists < 1400000 * 32); /* the slots of now, a third of them spare, and none of before */
	arena_rewind(&a, before);
	assert_true(a.used == first);
	arena_reset(&a);
	assert_true(a.used == first);
	arena_release(&a);
	assert_int_equal(a.used, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_of_four),
		cmocka_unit_test(spans), cmocka_unit_test(utf8), cmocka_unit_test(json), cmocka_unit_test(args),
		cmocka_unit_test(zip), cmocka_unit_test(maps), cmocka_unit_test(arenas), cmocka_unit_test(packed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
