/* http: what is read, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "searcher/html.h"
#include "searcher/http.h"

#define assert_span(s, text) do { span got_ = (s); span want_ = span_of(text); \
	assert_int_equal(got_.n, want_.n); assert_memory_equal(got_.p, want_.p, want_.n); } while (0)

static const struct {
	const char *bytes;
	size_t n;
	int status;
} cases[] = {
#define CASE(s, status) { s, sizeof s - 1, status }
#define H "Host: a\r\n"
	CASE("GET / HTTP/1.1\r\n" H "\r\n", 0),
	CASE("GET /x?q=a%20b HTTP/1.0\r\n\r\n", 0),
	CASE("POST /v1/extract HTTP/1.1\r\n" H "Content-Length: 3\r\n\r\nabc", 0),
	CASE("GET / HTTP/1.1\r\n" H "Content-Length: 0\r\n\r\n", 0),
	CASE("GET / HTTP/1.1\r\n" H "X: \t a \r\n\r\n", 0),
	CASE("", 100),
	CASE("GET", 100),
	CASE("GET / HTTP/1.1\r\n" H, 100),
	CASE("GET / HTTP/1.1\r\n" H "\r", 100),
	CASE("POST / HTTP/1.1\r\n" H "Content-Length: 3\r\n\r\nab", 100),
	CASE("GET / HTTP/1.1\n" H "\n", 400),
	CASE("GET / HTTP/1.1\r\nHost: a\n\r\n", 400),
	CASE("GET / HTTP/1.1\r\n\r\n", 400),
	CASE("GET / HTTP/1.1\r\n" H H "\r\n", 400),
	CASE("GET / HTTP/1.1\r\n" H "X: a\r\n b\r\n\r\n", 400),
	CASE("GET / HTTP/1.1\r\n" H "X : a\r\n\r\n", 400),
	CASE("GET / HTTP/1.1\r\n" H ": a\r\n\r\n", 400),
	CASE("GET / HTTP/1.1\r\n" H "noc\r\n\r\n", 400),
	CASE("GET / HTTP/1.1\r\n" H "X: a\0b\r\n\r\n", 400),
	CASE("GET / HTTP/1.1\r\n" H "X: a\rb\r\n\r\n", 400),
	CASE("GET / HTTP/1.1\r\n" H "X: a\x01\r\n\r\n", 400),
	CASE("G\0T / HTTP/1.1\r\n" H "\r\n", 400),
	CASE("G(T / HTTP/1.1\r\n" H "\r\n", 400),
	CASE(" / HTTP/1.1\r\n" H "\r\n", 400),
	CASE("\r\nGET / HTTP/1.1\r\n" H "\r\n", 400),
	CASE("GET  / HTTP/1.1\r\n" H "\r\n", 400),
	CASE("GET /\r\n" H "\r\n", 400),
	CASE("GET / HTTP/1.1 \r\n" H "\r\n", 400),
	CASE("GET / HTTP/1\r\n" H "\r\n", 400),
	CASE("GET / http/1.1\r\n" H "\r\n", 400),
	CASE("GET http://a/ HTTP/1.1\r\n" H "\r\n", 400),
	CASE("GET * HTTP/1.1\r\n" H "\r\n", 400),
	CASE("GET /\x7F HTTP/1.1\r\n" H "\r\n", 400),
	CASE("GET /#x HTTP/1.1\r\n" H "\r\n", 400),
	CASE("POST / HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n", 400),
	CASE("POST / HTTP/1.1\r\n" H "Content-Length: 3\r\nTransfer-Encoding: identity\r\n\r\nabc", 400),
	CASE("POST / HTTP/1.1\r\n" H "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400),
	CASE("POST / HTTP/1.1\r\n" H "Content-Length: +3\r\n\r\nabc", 400),
	CASE("POST / HTTP/1.1\r\n" H "Content-Length: 0x3\r\n\r\nabc", 400),
	CASE("POST / HTTP/1.1\r\n" H "Content-Length: 99999999999999999999\r\n\r\n", 400),
	CASE("GET / HTTP/1.1\r\n" H "Content-Length: 1\r\n\r\na", 400),
	CASE("POST / HTTP/1.1\r\n" H "Content-Length: 999999999\r\n\r\n", 413),
	CASE("FOO / HTTP/1.1\r\n" H "\r\n", 405),
	CASE("CONNECT a:1 HTTP/1.1\r\n" H "\r\n", 405),
	CASE("GET / HTTP/9.9\r\n" H "\r\n", 505),
	CASE("GET / HTTP/2.0\r\n" H "\r\n", 505),
};

static void requests(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct http_request r;
		const char *why;
		int status = http_parse((span){ cases[i].bytes, cases[i].n }, &r, &why);
		if (status != cases[i].status)
			fail_msg("case %zu: %d instead of %d (%s): %s", i, status, cases[i].status, why, cases[i].bytes);
		assert_true(status == 0 || status == 100 || *why);
	}
}

/* Whatever the split of the bytes, the outcome is that of the whole. */
static void prefixes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int early = 100;
		for (size_t n = 0; n <= cases[i].n && early == 100; n++) {
			struct http_request r;
			const char *why;
			early = http_parse((span){ cases[i].bytes, n }, &r, &why);
		}
		assert_int_equal(early, cases[i].status);
	}
}

static void limits(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct http_request r;
	const char *why;
	struct buf b = { .a = &a };
	buf_put(&b, SPAN("GET /"));
	for (int i = 0; i < 9000; i++)
		buf_byte(&b, 'a');
	assert_int_equal(http_parse(buf_span(&b), &r, &why), 100);
	buf_put(&b, SPAN(" HTTP/1.1\r\nHost: a\r\n\r\n"));
	assert_int_equal(http_parse(buf_span(&b), &r, &why), 414);
	b = (struct buf){ .a = &a };
	buf_put(&b, SPAN("GET / HTTP/1.1\r\nHost: a\r\n"));
	for (int i = 0; i < 65; i++)
		buf_put(&b, SPAN("X: y\r\n"));
	assert_int_equal(http_parse(buf_span(&b), &r, &why), 431);
	b = (struct buf){ .a = &a };
	buf_put(&b, SPAN("GET / HTTP/1.1\r\nHost: a\r\nX: "));
	for (int i = 0; i < 20000; i++)
		buf_byte(&b, 'a');
	assert_int_equal(http_parse(buf_span(&b), &r, &why), 431);
	arena_release(&a);
}

static void parts(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct http_request r;
	const char *why;
	span bytes = SPAN("POST /v1/x?q=a+b%26c&n=5 HTTP/1.1\r\nHost: [::1]:8080\r\nConnection: Close\r\nContent-Length: 2\r\n\r\nhiGET");
	assert_int_equal(http_parse(bytes, &r, &why), 0);
	assert_span(r.path, "/v1/x");
	assert_span(r.host, "[::1]");
	assert_span(r.body, "hi");
	assert_false(r.keep_alive);
	struct http_params p;
	assert_true(http_params(r.query, &a, &p));
	assert_span(http_param(&p, "q"), "a b&c");
	assert_span(http_param(&p, "n"), "5");
	assert_null(http_param(&p, "x").p);
	assert_false(http_params(SPAN("q=%zz"), &a, &p));
	assert_false(http_params(SPAN("q=%0"), &a, &p));
	assert_false(http_params(SPAN("q=%00"), &a, &p));
	assert_false(http_params(SPAN("q=%FF"), &a, &p));
	assert_span(http_date(784111777, &a), "Sun, 06 Nov 1994 08:49:37 GMT");
	arena_release(&a);
}

static void html(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct buf b = { .a = &a };
	html_text(&b, SPAN("<img src=x onerror='a'>\"&\x01\xFF\xE2\x80\xAE."));
	assert_span(buf_span(&b), "&lt;img src=x onerror=&#39;a&#39;&gt;&quot;&amp;\xEF\xBF\xBD.");
	b = (struct buf){ .a = &a };
	html_address(&b, SPAN("/us-mo/rsmo/s610.100/1/4\"><script>"));
	assert_span(buf_span(&b), " href=\"/d/us-mo/rsmo/s610.100/1/4%22%3E%3Cscript%3E\"");
	arena_release(&a);
}

/* A form as a browser sends it; type and body as given. */
static bool form(const char *type, const char *body, struct arena *a, struct http_params *out)
{
	struct http_request r = { .body = span_of(body), .nfields = 1 };
	r.fields[0] = (struct http_field){ SPAN("Content-Type"), span_of(type) };
	return http_form(&r, a, out);
}

#define MULTIPART "multipart/form-data; boundary=xyz"
#define PART(name) "--xyz\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n"

static void forms(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct http_params p;
	assert_true(form("application/x-www-form-urlencoded; charset=utf-8", "text=a+b%26&x=", &a, &p));
	assert_span(http_param(&p, "text"), "a b&");
	assert_true(form(MULTIPART, PART("text") "one\r\n--xy\r\ntwo\r\n" PART("file") "\xFF\r\n--xyz--\r\n", &a, &p));
	assert_int_equal(p.n, 2);
	assert_span(http_param(&p, "text"), "one\r\n--xy\r\ntwo");
	assert_span(http_param(&p, "file"), "\xFF");
	assert_true(form("multipart/form-data; boundary=\"xyz\"", PART("text") "\r\n--xyz--", &a, &p));
	assert_span(http_param(&p, "text"), "");
	assert_true(form(MULTIPART, "--xyz\r\nX: y\r\ncontent-disposition: form-data; filename=\"a;b\"; name=t\r\n\r\nv\r\n--xyz--", &a, &p));
	assert_span(http_param(&p, "t"), "v");
	static const char *const broken[] = {
		"", "--xyz", "--xyz--x", "--xyz\r\n", PART("a"), PART("a") "v", PART("a") "v\r\n--xyz", PART("a") "v\r\n--xyzz", PART("") "v\r\n--xyz--",
		"--xyz\r\n\r\nv\r\n--xyz--", "x" PART("a") "v\r\n--xyz--", "--xyz\nContent-Disposition: form-data; name=a\n\nv\n--xyz--",
	};
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
		if (form(MULTIPART, broken[i], &a, &p) && i != 2)
			fail_msg("broken form %zu is read", i);
	assert_false(form("multipart/form-data", PART("a") "v\r\n--xyz--", &a, &p));
	assert_false(form("text/plain", "a=b", &a, &p));
	/* As many parts as parameters, not more. */
	struct buf b = { .a = &a };
	for (int i = 0; i < HTTP_PARAMS_MAX + 1; i++)
		buf_put(&b, SPAN(PART("a") "v\r\n"));
	buf_put(&b, SPAN("--xyz--"));
	buf_byte(&b, 0);
	assert_false(form(MULTIPART, b.p, &a, &p));
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests), cmocka_unit_test(prefixes), cmocka_unit_test(limits), cmocka_unit_test(parts),
		cmocka_unit_test(html), cmocka_unit_test(forms),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
