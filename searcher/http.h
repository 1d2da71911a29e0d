/* http: HTTP/1.1 messages as values. Pure: bytes in, values out; no sockets.
 *
 * Stricter than RFC 9112 asks of a server, so that no proxy in front can read
 * a message otherwise than we do: bare LF, folded lines, control bytes, any
 * Transfer-Encoding, repeated Host or Content-Length, and a body on GET are
 * refused and the connection closed. */
#ifndef SEARCHER_HTTP_H
#define SEARCHER_HTTP_H

#include "base/buf.h"

enum { HTTP_HEADERS_MAX = 64, HTTP_PARAMS_MAX = 64 };

struct http_field {
	span name, value;
};
enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_OTHER };

struct http_request {
	enum http_method method;
	span target;          /* as sent */
	span path, query;     /* of the target, still percent-encoded; query without '?' */
	struct http_field fields[HTTP_HEADERS_MAX];
	size_t nfields;
	size_t header_bytes;  /* up to and with the empty line */
	size_t body_bytes;    /* Content-Length, 0 when absent */
	span body;            /* empty until the whole body is there */
	span host;            /* without port; empty for HTTP/1.0 without Host */
	bool keep_alive;
	bool expects_continue;
};

/* Reads a request from the bytes received so far, borrowing from them.
 * Returns 0 when whole, 100 when more bytes are needed, else the status of the
 * refusal (400, 405, 413, 414, 431, 505), after which the connection must be
 * closed; *why says why in a few words. header_bytes is set as soon as the
 * header is whole, also when the body is not yet. */
int http_parse(span bytes, struct http_request *out, const char **why);
/* Value of a field, the name blind to case; empty when absent. */
span http_field(const struct http_request *r, const char *name);

/* Whether If-None-Match (RFC 9110, 13.1.2) names the etag: compared weakly, as a list, or "*". */
bool http_holds_etag(const struct http_request *r, span etag);
bool http_accepts_gzip(const struct http_request *r);

/* Percent-decoding (and '+' as space in queries) into a. False for a bad
 * escape, NUL or other control bytes but tab and newline, or ill-formed UTF-8. */
bool http_decode(span s, bool plus, struct arena *a, span *out);

struct http_params {
	struct http_field v[HTTP_PARAMS_MAX];
	size_t n;
};
/* name=value pairs of a query or form. False for bad escapes or too many. */
bool http_params(span query, struct arena *a, struct http_params *out);
/* Value of the first parameter of that name; null pointer when absent. */
span http_param(const struct http_params *p, const char *name);
/* Fields of a form, from the body: application/x-www-form-urlencoded, or
 * multipart/form-data, whose values are the bytes as sent (a file may be of any
 * encoding) and borrow from the body. False: neither, or malformed. Linear. */
bool http_form(const struct http_request *r, struct arena *a, struct http_params *out);
/* Appends s percent-encoded for use in a query or a path segment. */
void http_encode(struct buf *b, span s);

struct http_response {
	int status;
	const char *type;       /* of the body, with charset */
	span body;
	span location, etag;    /* header fields when not empty */
	const char *cache;      /* Cache-Control; null: no-store */
	span content_encoding;  /* "gzip" when the body is; else empty */
	span request_id, date;  /* date: as http_date gives it */
	const char *allow;      /* with 405 */
	bool retry;             /* Retry-After: 1 */
	bool close;
	bool page;              /* HTML: sends the content security policy for pages */
};
/* Status line and header fields, with the empty line. */
void http_head(struct buf *b, const struct http_response *r);
const char *http_reason(int status);
/* Seconds since 1970 as IMF-fixdate (RFC 9110, 5.6.7): "Sun, 06 Nov 1994 08:49:37 GMT". */
span http_date(int64_t seconds, struct arena *a);

#endif
