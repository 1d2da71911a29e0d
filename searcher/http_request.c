#include "searcher/http.h"

#include "base/utf8.h"
#include "searcher/server_limits.h"

/* tchar of RFC 9110, 5.6.2: methods and field names. */
static bool token_byte(char c)
{
	return is_alnum(c) || (c && strchr("!#$%&'*+-.^_`|~", c));
}

static int refuse(const char **why, int status, const char *text)
{
	*why = text;
	return status;
}

/* The next line of *rest without its CR LF. 0: found; 100: not whole; 400. */
static int take_line(span *rest, span *line, const char **why)
{
	size_t lf = span_find_byte(*rest, '\n', 0);
	if (memchr(rest->p ? rest->p : "", 0, lf))
		return refuse(why, 400, "NUL in the header");
	if (lf == rest->n)
		return 100;
	if (lf == 0 || rest->p[lf - 1] != '\r')
		return refuse(why, 400, "a line that does not end in CR LF");
	*line = span_sub(*rest, 0, lf - 1);
	if (memchr(line->p, '\r', line->n))
		return refuse(why, 400, "CR within a line");
	*rest = span_sub(*rest, lf + 1, rest->n);
	return 0;
}

/* HTTP/1.0 is answered, for health checks and old proxies, but its connection is closed unless it asks otherwise (RFC
 * 9112, 9.3). */
static int read_version(span v, struct http_request *r, const char **why)
{
	if (span_eq(v, SPAN("HTTP/1.1")) || span_eq(v, SPAN("HTTP/1.0"))) {
		r->keep_alive = v.p[7] == '1';
		return 0;
	}
	/* A well-formed version that is not ours is 505, anything else no HTTP. */
	bool form = v.n == 8 && span_starts(v, SPAN("HTTP/")) && is_digit(v.p[5]) && v.p[6] == '.' && is_digit(v.p[7]);
	return form ? refuse(why, 505, "only HTTP/1.1 is spoken here") : refuse(why, 400, "malformed request line");
}

/* A well-formed method that is not ours is 405, anything else no HTTP at all. */
static int read_method(span m, struct http_request *r, const char **why)
{
	for (size_t i = 0; i < m.n; i++)
		if (!token_byte(m.p[i]))
			return refuse(why, 400, "malformed method");
	r->method = span_eq(m, SPAN("GET")) ? HTTP_GET : span_eq(m, SPAN("HEAD")) ? HTTP_HEAD :
		    span_eq(m, SPAN("POST")) ? HTTP_POST : HTTP_OTHER;
	if (m.n == 0)
		return refuse(why, 400, "malformed method");
	return r->method == HTTP_OTHER ? refuse(why, 405, "only GET, HEAD and POST are answered") : 0;
}

/* origin-form alone (RFC 9112, 3.2.1): absolute-form and CONNECT are for proxies. Bytes above 0x7F are let through:
 * some programs send UTF-8 as it is, and it is decoded like what is escaped. */
static int read_target(span t, struct http_request *r, const char **why)
{
	if (t.n > limit_of(LIMIT_URI_BYTES))
		return refuse(why, 414, "request target too long");
	if (!t.n || t.p[0] != '/')
		return refuse(why, 400, "the request target must be a path");
	for (size_t i = 0; i < t.n; i++)
		if ((unsigned char)t.p[i] <= ' ' || t.p[i] == 0x7F || t.p[i] == '#')
			return refuse(why, 400, "a byte in the request target that must be percent-encoded");
	size_t q = span_find_byte(t, '?', 0);
	r->target = t;
	r->path = span_sub(t, 0, q);
	r->query = span_sub(t, q + 1, t.n);
	return 0;
}

/* request-line = method SP request-target SP HTTP-version */
static int read_request_line(span line, struct http_request *r, const char **why)
{
	span method, target, rest = line;
	if (!span_cut(&rest, ' ', &method) || !span_cut(&rest, ' ', &target) || !rest.p)
		return refuse(why, 400, "malformed request line");
	int status = read_method(method, r, why);
	status = status ? status : read_version(rest, r, why);
	return status ? status : read_target(target, r, why);
}

/* field-line = field-name ":" OWS field-value OWS */
static int read_field(span line, struct http_request *r, const char **why)
{
	size_t colon = span_find_byte(line, ':', 0);
	if (is_space(line.p[0]))
		return refuse(why, 400, "a folded header line");
	if (colon == 0 || colon == line.n)
		return refuse(why, 400, "a header line without a name and a colon");
	for (size_t i = 0; i < colon; i++)
		if (!token_byte(line.p[i]))
			return refuse(why, 400, "a bad byte in a header name");
	/* OWS about a value is no part of it (RFC 9112, 5.1); none is allowed before the colon, where proxies disagree
	 * about what it means. */
	span value = span_trim(span_sub(line, colon + 1, line.n));
	for (size_t i = 0; i < value.n; i++)
		if (((unsigned char)value.p[i] < ' ' && value.p[i] != '\t') || value.p[i] == 0x7F)
			return refuse(why, 400, "a control byte in a header value");
	/* Counted after it was found well formed: malformed is the worse, and said first. */
	if (r->nfields == HTTP_HEADERS_MAX)
		return refuse(why, 431, "too many header fields");
	r->fields[r->nfields++] = (struct http_field){ span_sub(line, 0, colon), value };
	return 0;
}

/* Names are blind to case (RFC 9110, 5.1). */
static size_t count_fields(const struct http_request *r, const char *name)
{
	size_t n = 0;
	for (size_t i = 0; i < r->nfields; i++)
		n += span_case_eq(r->fields[i].name, span_of(name));
	return n;
}

/* The first of that name: check_host and check_body have refused a second one where it matters. */
span http_field(const struct http_request *r, const char *name)
{
	for (size_t i = 0; i < r->nfields; i++)
		if (span_case_eq(r->fields[i].name, span_of(name)))
			return r->fields[i].value;
	return (span){ 0 };
}

/* W/"x" and "x" are the same to a cache that asks whether what it has is still good. */
static span opaque_tag(span tag)
{
	tag = span_trim(tag);
	return span_starts(tag, SPAN("W/")) ? span_sub(tag, 2, tag.n) : tag;
}

bool http_holds_etag(const struct http_request *r, span etag)
{
	span rest = http_field(r, "If-None-Match"), part;
	while (span_cut(&rest, ',', &part))
		if (span_eq(span_trim(part), SPAN("*")) || span_eq(opaque_tag(part), opaque_tag(etag)))
			return true;
	return false;
}

bool http_accepts_gzip(const struct http_request *r)
{
	span rest = http_field(r, "Accept-Encoding"), part;
	while (span_cut(&rest, ',', &part)) {
		part = span_trim(part);
		/* "gzip;q=0" refuses it, "gzip;q=0.5" does not. */
		if (span_case_starts(part, SPAN("gzip")))
			return span_find(part, SPAN("q=0"), 0) == part.n || span_find(part, SPAN("q=0."), 0) < part.n;
	}
	return false;
}

/* Host = uri-host [ ":" port ] (RFC 9110, 7.2): a name, an IPv4 address or "[" IPv6 "]". What stands before or after it
 * may mean another host to a proxy, as in "localhost@evil" or "[::1]evil". */
static bool host_form(span value, size_t end)
{
	span host = span_sub(value, 0, end), port = span_sub(value, end, value.n);
	bool six = host.n && host.p[0] == '[';
	size_t last = six && host.n > 1 && host.p[host.n - 1] == ']' ? host.n - 1 : host.n;
	if (six && last == host.n)
		return false;
	for (size_t i = six; i < last; i++)
		if (!is_alnum(host.p[i]) && (!host.p[i] || !strchr(six ? ":." : "-._~", host.p[i])))
			return false;
	for (size_t i = 1; i < port.n; i++)
		if (!is_digit(port.p[i]))
			return false;
	return !port.n || (port.p[0] == ':' && port.n <= 6);
}

static int check_host(struct http_request *r, const char **why)
{
	size_t hosts = count_fields(r, "Host");
	if (hosts > 1 || (hosts == 0 && r->keep_alive))
		return refuse(why, 400, "there must be exactly one Host");
	span host = http_field(r, "Host");
	size_t end = host.n && host.p[0] == '[' ? span_find_byte(host, ']', 0) + 1 : span_find_byte(host, ':', 0);
	r->host = span_sub(host, 0, end);
	return host_form(host, r->host.n) ? 0 : refuse(why, 400, "a malformed Host");
}

/* RFC 9112, 6.3 lets Transfer-Encoding override Content-Length, and lists of equal lengths be one: every such leeway
 * is read otherwise by some proxy. There is one way to send a body here. */
static int check_body(struct http_request *r, const char **why)
{
	uint64_t n = 0;
	size_t lengths = count_fields(r, "Content-Length");
	if (count_fields(r, "Transfer-Encoding"))
		return refuse(why, 400, "Transfer-Encoding is not accepted; send Content-Length");
	if (lengths > 1 || (lengths && !span_uint(http_field(r, "Content-Length"), UINT64_MAX, &n)))
		return refuse(why, 400, "a bad Content-Length");
	if (n && r->method != HTTP_POST)
		return refuse(why, 400, "a body where none belongs");
	if (n > limit_of(LIMIT_BODY_BYTES))
		return refuse(why, 413, "body too large");
	r->body_bytes = (size_t)n;
	return 0;
}

/* True when the comma-separated field holds the word. */
static bool has_word(span value, const char *word)
{
	span part;
	while (span_cut(&value, ',', &part))
		if (span_case_eq(span_trim(part), span_of(word)))
			return true;
	return false;
}

/* close wins over keep-alive where a client says both. */
static int check_fields(struct http_request *r, const char **why)
{
	int status = check_host(r, why);
	status = status ? status : check_body(r, why);
	span connection = http_field(r, "Connection");
	if (has_word(connection, "close"))
		r->keep_alive = false;
	else if (has_word(connection, "keep-alive"))
		r->keep_alive = true;
	r->expects_continue = span_case_eq(http_field(r, "Expect"), SPAN("100-continue"));
	return status;
}

/* Past the limit without an end of the header: which limit was it?
 * A first line that long is a target that long, whatever it was going to be. */
static int too_long(span bytes, const char **why)
{
	if (bytes.n <= limit_of(LIMIT_HEADER_BYTES))
		return 100;
	bool target = span_find_byte(bytes, '\n', 0) > limit_of(LIMIT_URI_BYTES);
	return target ? refuse(why, 414, "request target too long") : refuse(why, 431, "header too large");
}

int http_parse(span bytes, struct http_request *out, const char **why)
{
	*out = (struct http_request){ 0 };
	*why = "";
	span rest = bytes, line;
	int status = take_line(&rest, &line, why);
	if (status)
		return status == 100 ? too_long(bytes, why) : status;
	status = read_request_line(line, out, why);
	while (!status) {
		status = take_line(&rest, &line, why);
		if (status || !line.n)
			break;
		status = read_field(line, out, why);
	}
	size_t used = bytes.n - rest.n;
	/* The header may be whole and still too large: both ways lead to the same refusal, however the bytes were cut
	 * on their way. */
	if (status == 100 || (!status && used > limit_of(LIMIT_HEADER_BYTES)))
		return used > limit_of(LIMIT_HEADER_BYTES) ? refuse(why, 431, "header too large") : too_long(bytes, why);
	status = status ? status : check_fields(out, why);
	if (status)
		return status;
	/* Set even where the body is not whole yet: the header need not be read again for each piece of it. */
	out->header_bytes = used;
	out->body = rest.n >= out->body_bytes ? span_sub(rest, 0, out->body_bytes) : (span){ 0 };
	return rest.n >= out->body_bytes ? 0 : 100;
}

static int hex_digit(char c)
{
	return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Decoded once; what is escaped twice stays escaped. Control bytes have no place in a query, and would go into logs
 * and headers; overlong and surrogate forms are how filters are passed. */
bool http_decode(span s, bool plus, struct arena *a, span *out)
{
	char *p = arena_raw(a, s.n + 1, 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		int c = (unsigned char)s.p[i];
		if (c == '%') {
			bool room = s.n - i > 2;
			int hi = room ? hex_digit(s.p[i + 1]) : -1, lo = room ? hex_digit(s.p[i + 2]) : -1;
			if (hi < 0 || lo < 0)
				return false;
			c = hi * 16 + lo;
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		if ((c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0x7F)
			return false;
		p[n++] = (char)c;
	}
	p[n] = 0;
	*out = (span){ p, n };
	return utf8_valid_prefix(*out) == n;
}

/* Names are decoded, too: "%71=x" is q=x for us as for any framework, so that no filter in front sees another
 * parameter than we do. */
bool http_params(span query, struct arena *a, struct http_params *out)
{
	span pair;
	out->n = 0;
	while (span_cut(&query, '&', &pair)) {
		/* "a=1&&b=2": an empty pair is no parameter. */
		if (!pair.n)
			continue;
		size_t eq = span_find_byte(pair, '=', 0);
		if (out->n == HTTP_PARAMS_MAX)
			return false;
		struct http_field *f = &out->v[out->n++];
		if (!http_decode(span_sub(pair, 0, eq), true, a, &f->name) ||
		    !http_decode(span_sub(pair, eq + 1, pair.n), true, a, &f->value))
			return false;
	}
	return true;
}

/* The first of that name; routes refuse a second one. */
span http_param(const struct http_params *p, const char *name)
{
	for (size_t i = 0; i < p->n; i++)
		if (span_eq(p->v[i].name, span_of(name)))
			return p->v[i].value;
	return (span){ 0 };
}

/* unreserved of RFC 3986, 2.3; all else is escaped, so that the text means nothing where it is put. */
void http_encode(struct buf *b, span s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (is_alnum((char)c) || (c && strchr("-._~", c)))
			buf_byte(b, (char)c);
		else
			buf_printf(b, "%%%02X", c);
	}
}
