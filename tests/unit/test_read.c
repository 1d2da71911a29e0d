/* Readers: what text they give, and that every run of the map is a copy. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "base/buf.h"
#include "indexer/pool.h"
#include "indexer/read.h"
#include "indexer/walk.h"

static void assert_map(const struct text *t)
{
	uint64_t clean = 0, src = 0;
	for (size_t i = 0; i < t->map.n; i++) {
		struct run r = t->map.v[i];
		assert_true(r.n > 0 && r.clean >= clean && r.src >= src);
		assert_true((uint64_t)r.clean + r.n <= t->clean.n && (uint64_t)r.src + r.n <= t->src.n);
		assert_memory_equal(t->clean.p + r.clean, t->src.p + r.src, r.n);
		clean = (uint64_t)r.clean + r.n;
		src = (uint64_t)r.src + r.n;
	}
}

static void assert_text(enum format f, const char *src, const char *want)
{
	struct arena a = { 0 };
	struct meta meta = { 0 };
	struct text t = read_text(f, span_of(src), &meta, &a);
	assert_map(&t);
	assert_int_equal(t.clean.n, strlen(want));
	assert_memory_equal(t.clean.p, want, t.clean.n);
	arena_release(&a);
}

static void html(void **state)
{
	(void)state;
	assert_text(FORMAT_HTML, "<p>One <b>two</b>three.</p><p>Four</p>", "One twothree.\n\nFour\n");
	assert_text(FORMAT_HTML, "a<br>b<br/>\nc<ul><li>d</li><li>e</li></ul>", "a\nb\nc\n\nd\ne\n");
	assert_text(FORMAT_HTML, "<td>x</td><td>y</td>", "x y\n");
	assert_text(FORMAT_HTML, "42 U.S.C.&nbsp;&sect;&#160;1983 &amp; &#x201C;so&rdquo; &bogus; &",
		    "42 U.S.C. \xC2\xA7 1983 & \xE2\x80\x9Cso\xE2\x80\x9D &bogus; &\n");
	assert_text(FORMAT_HTML, "<script>if (a < b) x('</p>')</script>in<style>p{}</style>to<!-- no -->day", "intoday\n");
	assert_text(FORMAT_HTML, "<nav>Home <nav>deep</nav> Search</nav><p>Text</p><footer>(c)</footer>", "Text\n");
	assert_text(FORMAT_HTML, "<div class=\"x breadcrumb\">Codes</div>Kept<div id='main'>too</div>", "Kept\n\ntoo\n");
	assert_text(FORMAT_HTML, "<nav>never closed <p>so it is text", "never closed\n\nso it is text\n");
	assert_text(FORMAT_HTML, "the court<sup>12</sup> held <a title=\"a>b\">so</a>; 10<sup>th</sup>", "the court[12] held so; 10th\n");
	assert_text(FORMAT_HTML, "5 m<sup>2</sup>, 10<sup>6</sup>, in 1998<sup><a href=\"#n4\">[4]</a></sup>.", "5 m^2, 10^6, in 1998[4].\n");
	assert_text(FORMAT_HTML, "<p><sup>3</sup>See id.</p>", "[3] See id.\n");
	assert_text(FORMAT_HTML, "<pre>  one\ntwo</pre>", "one\ntwo\n");
	assert_text(FORMAT_HTML, "if a < b and 3 <4 <", "if a < b and 3 <4 <\n");
	assert_text(FORMAT_HTML, "caf\xE9 \x93quoted\x94", "caf\xC3\xA9 \xE2\x80\x9Cquoted\xE2\x80\x9D\n");
	assert_text(FORMAT_HTML, "", "\n");
}

/* The numbers of a list stand in its markup alone: the text has them as a browser shows them. */
static void html_lists(void **state)
{
	(void)state;
	assert_text(FORMAT_HTML, "Means:<ol type=a><li>x:<ol type=i><li>y</li><li>z</li></ol></li><li>w</li></ol>", "Means:\n\na. x:\n\ni. y\nii. z\n\nb. w\n");
	assert_text(FORMAT_HTML, "<ol start='26' style=\"list-style-type: upper-alpha\"><li>x<li>y</ol>", "Z. x\nAA. y\n");
	assert_text(FORMAT_HTML, "<ol><li value=4>x</li><li>y<ul><li>z</li></ul></li></ol>", "4. x\n5. y\n\nz\n");
	assert_text(FORMAT_HTML, "<ol><li>(a) x</li><li><p>2. y</p></li><li>A sentence.</li></ol>", "(a) x\n\n2. y\n\n3. A sentence.\n");
	assert_text(FORMAT_HTML, "<ol style='list-style: none'><li>x</li></ol></ol></ul><li>y</li>", "x\n\ny\n");
}

static void html_head(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct meta meta = { 0 };
	span page = SPAN("<html><head><title>Roe &amp; Wade</title><meta name='citation_date' content='1973-01-22T00:00'>"
			 "</head><body>Text</body></html>");
	struct text t = read_html(page, &meta, &a);
	assert_true(span_eq(meta.title, SPAN("Roe & Wade")));
	assert_true(span_eq(meta.date, SPAN("1973-01-22")));
	assert_true(span_eq(t.clean, SPAN("Text\n")));
	arena_release(&a);
}

/* Bytes at random from an alphabet that is all marks: the map stays true. */
static void html_noise(void **state)
{
	(void)state;
	static const char *const bits[] = { "<", ">", "p", "</", "<p>", "<nav>", "</nav>", "&", "amp;", "\"", "='", " ", "\n", "\xC3",
					    "\xA9", "<!--", "-->", "sup>", "<sup>1", "x", "<script>", "</script>", "#", ";", "<pre>" };
	uint64_t x = 7;
	for (int round = 0; round < 4000; round++) {
		struct arena a = { 0 };
		struct meta meta = { 0 };
		struct buf b = { .a = &a };
		for (int i = 0; i < 40; i++) {
			x = x * 6364136223846793005u + 1442695040888963407u;
			buf_put(&b, span_of(bits[(x >> 33) % (sizeof bits / sizeof *bits)]));
		}
		struct text t = read_html(buf_span(&b), &meta, &a);
		assert_map(&t);
		arena_release(&a);
	}
}

/* What would be quadratic if anything were: a million openings of everything. */
static void html_hostile(void **state)
{
	(void)state;
	static const char *const units[] = { "<nav>", "<script>", "<a x=\"", "<!--", "<div class=menu>", "&", "<", "<sup>", "<head><title>" };
	for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
		struct arena a = { 0 };
		struct meta meta = { 0 };
		struct buf b = { .a = &a };
		for (int i = 0; i < 200000; i++)
			buf_put(&b, span_of(units[u]));
		struct text t = read_html(buf_span(&b), &meta, &a);
		assert_map(&t);
		arena_release(&a);
	}
}

static void plain_and_markdown(void **state)
{
	(void)state;
	assert_text(FORMAT_TEXT, "\xEF\xBB\xBFone\r\ntwo\rthree", "one\ntwo\nthree");
	assert_text(FORMAT_TEXT, "\xA7 1983 \x96 x\r\n", "\xC2\xA7 1983 \xE2\x80\x93 x\n");
	assert_text(FORMAT_TEXT, "caf\xC3\xA9 \xFF", "caf\xC3\xA9 \xEF\xBF\xBD");
	assert_text(FORMAT_MARKDOWN, "# Title\n\n**Bold** and 3 \\* 4 # 5\n![x](y.png)\nend", "Title\n\nBold and 3 * 4 # 5\n\nend");
}

static enum format guess(const char *path, const char *bytes)
{
	return read_format(span_of(path), span_of(bytes));
}

static void formats(void **state)
{
	(void)state;
	assert_int_equal(guess("a", "<!DOCTYPE html><p>x"), FORMAT_HTML);
	assert_int_equal(guess("a", "  <div><p>x</p></div>"), FORMAT_HTML);
	assert_int_equal(guess("a", "<See id.> and < other things"), FORMAT_TEXT);
	assert_int_equal(guess("a.html.gz", "plain"), FORMAT_HTML);
	assert_int_equal(guess("a", "{\"text\":\"x\"}\n{\"text\":\"y\"}\n"), FORMAT_JSONL);
	assert_int_equal(guess("a.jsonl", "{ damaged\n"), FORMAT_JSONL);
	assert_int_equal(guess("a", "{not json} and more"), FORMAT_TEXT);
	assert_int_equal(guess("a", "# Order\n\n## Facts\n"), FORMAT_MARKDOWN);
	assert_int_equal(guess("a.txt", "Section 1."), FORMAT_TEXT);
}

static void refusals(void **state)
{
	(void)state;
	struct arena a = { 0 };
	assert_string_equal(read_refuse((span){ 0 }, &a), "empty");
	assert_non_null(read_refuse(SPAN(" \n\t"), &a));
	assert_non_null(read_refuse(SPAN("\0\0\0\0ab"), &a));
	assert_null(read_refuse(SPAN("a form\ffeed and caf\xC3\xA9"), &a));
	arena_release(&a);
}

static void records(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct mapping m = { 0 };
	struct line_record r;
	struct err e = { 0 };
	assert_true(mapping_paths(SPAN("text=.body.parts[1],number=.n,date=.d"), &m, &e));
	assert_true(mapping_values(SPAN("code=rsmo,kind=statute"), &m, &e));
	assert_true(read_record(SPAN("{\"body\":{\"parts\":[\"a\",\"caf\\u00e9\\n\"]},\"n\":610.1,\"d\":2004,\"code\":\"x\"}"), &m, &a,
				&r, &e));
	assert_true(span_eq(r.text, SPAN("caf\xC3\xA9\n")));
	assert_true(span_eq(r.meta.number, SPAN("610.1")) && span_eq(r.meta.date, SPAN("2004")) && span_eq(r.meta.code, SPAN("rsmo")));
	struct mapping none = { 0 };
	assert_true(read_record(SPAN("{\"content\":[\"p1\",\"p2\"],\"case_name\":\" A v. B \",\"id\":12}"), &none, &a, &r, &e));
	assert_true(span_eq(r.text, SPAN("p1\n\np2")) && span_eq(r.meta.title, SPAN("A v. B")) && span_eq(r.meta.id, SPAN("12")));
	assert_true(read_record(SPAN("\xEF\xBB\xBF{\"text\":\"marked\"}"), &none, &a, &r, &e));
	assert_true(span_eq(r.text, SPAN("marked")));
	assert_false(read_record(SPAN("[1]"), &none, &a, &r, &e));
	e = (struct err){ 0 };
	assert_false(mapping_paths(SPAN("text=body"), &m, &e));
	e = (struct err){ 0 };
	assert_false(mapping_paths(SPAN("tittle=.a"), &m, &e));
	assert_non_null(strstr(e.msg, "did you mean title"));
	arena_release(&a);
}

static void paths(void **state)
{
	(void)state;
	struct arena a = { 0 };
	assert_true(span_eq(walk_normal(SPAN("././a//b/"), &a), SPAN("a/b")));
	assert_true(span_eq(walk_normal(SPAN("/"), &a), SPAN("/")));
	assert_true(span_eq(walk_normal(SPAN("."), &a), SPAN(".")));
	assert_true(span_eq(walk_normal(SPAN("../x"), &a), SPAN("../x")));
	arena_release(&a);
}

struct counting {
	unsigned taken, given, stop_at;
};
struct number {
	unsigned n, squared;
};

static size_t take(void *ctx, void *slot)
{
	struct counting *c = ctx;
	if (c->taken == 500)
		return 0;
	((struct number *)slot)->n = c->taken++;
	return 1 + c->taken % 7;
}

static void work(void *ctx, void *slot, unsigned thread)
{
	struct number *n = slot;
	(void)ctx;
	(void)thread;
	n->squared = n->n * n->n;
}

static bool give(void *ctx, void *slot)
{
	struct counting *c = ctx;
	struct number *n = slot;
	if (n->n != c->given || n->squared != n->n * n->n)
		return false;
	return ++c->given != c->stop_at;
}

static void order(void **state)
{
	(void)state;
	for (unsigned threads = 1; threads <= 5; threads++) {
		struct number slots[6];
		struct counting c = { 0 };
		struct pool p = { &c, take, work, give, slots, sizeof slots[0], 6, 12 };
		assert_true(pool_run(&p, threads));
		assert_int_equal(c.given, 500);
		c = (struct counting){ .stop_at = 100 };
		assert_false(pool_run(&p, threads));
		assert_int_equal(c.given, 100);
	}
}

/* JSON over several lines becomes a line a record, every byte in its place; what never closes stays. */
static void json_over_lines(void **state)
{
	static const struct { const char *in, *out; } cases[] = {
		{ "[\n {\"a\": [1,\n2], \"b\": \"x,]\\\"\"},\n {\"a\":{}}\n]", "   {\"a\": [1, 2], \"b\": \"x,]\\\"\"}\n  {\"a\":{}}  " },
		{ "{\n\"a\": 1\n}\n{\"b\":\n2}\n", "{ \"a\": 1 }\n{\"b\": 2}\n" },
		{ "{\"a\": 1}\n{\"b\":\n", "{\"a\": 1}\n{\"b\":\n" },
		{ "{\"a\": \n{\"b\": 2}\n", "{\"a\": \n{\"b\": 2}\n" },
		{ "[]", "  " },
		{ "", "" },
	};
	(void)state;
	struct arena a = { 0 };
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		span got = read_spread(span_of(cases[i].in), &a);
		assert_int_equal(got.n, strlen(cases[i].in));
		assert_true(span_eq(got, span_of(cases[i].out)));
	}
	assert_int_equal(read_format(SPAN("x.json"), SPAN("[\n  {\"text\": \"t\"}\n]")), FORMAT_JSONL);
	assert_int_equal(read_format(SPAN("x.txt"), SPAN("[\n  {so the poem goes}\n]")), FORMAT_TEXT);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_over_lines), cmocka_unit_test(html), cmocka_unit_test(html_lists), cmocka_unit_test(html_head), cmocka_unit_test(html_noise), cmocka_unit_test(html_hostile),
		cmocka_unit_test(plain_and_markdown), cmocka_unit_test(formats), cmocka_unit_test(refusals),
		cmocka_unit_test(records), cmocka_unit_test(paths), cmocka_unit_test(order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
