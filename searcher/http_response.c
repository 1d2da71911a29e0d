#include "searcher/http.h"

#include <time.h>

/* Pages load nothing but our own style and script; no inline code runs. */
#define POLICY "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " \
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'"

/* RFC 9110, 15; only what we send. */
const char *http_reason(int status)
{
	switch (status) {
	case 100: return "Continue";
	case 200: return "OK";
	case 302: return "Found";
	case 304: return "Not Modified";
	case 400: return "Bad Request";
	case 401: return "Unauthorized";
	case 403: return "Forbidden";
	case 404: return "Not Found";
	case 405: return "Method Not Allowed";
	case 408: return "Request Timeout";
	case 413: return "Content Too Large";
	case 414: return "URI Too Long";
	case 415: return "Unsupported Media Type";
	case 421: return "Misdirected Request";
	case 429: return "Too Many Requests";
	case 431: return "Request Header Fields Too Large";
	case 503: return "Service Unavailable";
	case 505: return "HTTP Version Not Supported";
	default: return "Internal Server Error";
	}
}

/* Names of days and months are English whatever the locale is: it is never set. */
span http_date(int64_t seconds, struct arena *a)
{
	char text[32];
	struct tm t;
	time_t at = (time_t)seconds;
	size_t n = gmtime_r(&at, &t) ? strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &t) : 0;
	return arena_dup(a, (span){ text, n });
}

/* Values are ours, escaped by http_encode, or numbers: none can hold CR or LF, which would begin a field of the
 * sender's own. */
static void field(struct buf *b, const char *name, span value)
{
	if (value.n)
		buf_printf(b, "%s: %.*s\r\n", name, SPAN_ARG(value));
}

/* The same fields in the same order for every answer, refusals included: what protects a page must not depend on who
 * made it. No Server: who serves is nobody's business. */
void http_head(struct buf *b, const struct http_response *r)
{
	buf_printf(b, "HTTP/1.1 %d %s\r\n", r->status, http_reason(r->status));
	if (r->type)
		field(b, "Content-Type", span_of(r->type));
	/* A 304 has no body, and a length there would be that of the body it stands for (RFC 9110, 15.4.5). */
	if (r->status != 304)
		buf_printf(b, "Content-Length: %zu\r\n", r->body.n);
	field(b, "Content-Encoding", r->content_encoding);
	field(b, "Location", r->location);
	field(b, "ETag", r->etag);
	field(b, "Allow", span_of(r->allow));
	field(b, "Date", r->date);
	field(b, "X-Request-Id", r->request_id);
	field(b, "Cache-Control", r->cache ? span_of(r->cache) : SPAN("no-store"));
	buf_put(b, SPAN("Vary: Accept-Encoding\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
			"Cross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Resource-Policy: same-origin\r\n"));
	field(b, "Content-Security-Policy", r->page ? SPAN(POLICY) : SPAN("default-src 'none'; frame-ancestors 'none'"));
	/* RFC 6750, 3: which kind of key is wanted. */
	if (r->status == 401)
		field(b, "WWW-Authenticate", SPAN("Bearer"));
	if (r->retry)
		field(b, "Retry-After", SPAN("1"));
	field(b, "Connection", r->close ? SPAN("close") : SPAN("keep-alive"));
	buf_put(b, SPAN("\r\n"));
}
