#include "searcher/service_private.h"

#include "base/hash.h"
#include "searcher/assets.h"
#include "searcher/page.h"
#include "searcher/server_limits.h"

/* type about:blank: the title says all that the status says, and code is what programs look at (RFC 9457, 4.2.1). */
static span problem_json(const struct refusal *why, struct arena *a)
{
	struct buf b = { .a = a };
	struct json j = { .out = &b };
	json_object(&j);
	json_key_str(&j, "type", SPAN("about:blank"));
	json_key_str(&j, "title", span_of(http_reason(why->status)));
	json_key(&j, "status");
	json_int(&j, why->status);
	json_key_str(&j, "code", span_of(why->code));
	json_key_str(&j, "detail", span_of(why->detail));
	json_end(&j, '}');
	buf_byte(&b, '\n');
	return buf_span(&b);
}

/* The same words as in JSON, with examples of what can be asked. */
static span problem_page(const struct refusal *why, struct arena *a)
{
	struct buf b = { .a = a };
	page_problem(&b, http_reason(why->status), span_of(why->detail));
	return buf_span(&b);
}

/* RFC 9457: problem+json with a code that programs may rely on. */
void service_problem(const struct refusal *why, bool page, struct arena *a, struct http_response *out)
{
	*out = (struct http_response){ .status = why->status, .page = page };
	out->type = page ? "text/html; charset=utf-8" : "application/problem+json";
	out->body = page ? problem_page(why, a) : problem_json(why, a);
	out->retry = why->status == 503 || why->status == 429;
}

/* Browsers say that they read HTML, programs do not. */
static bool reads_pages(const struct http_request *r)
{
	span accept = http_field(r, "Accept");
	return span_find(accept, SPAN("text/html"), 0) < accept.n;
}

void service_refuse(const struct http_request *r, const struct refusal *why, struct arena *a, struct http_response *out)
{
	service_problem(why, reads_pages(r), a, out);
}

/* A page of another site may make a browser ask 127.0.0.1 under a name of its own (DNS rebinding); its Host gives it
 * away. A Unix socket no browser reaches. */
static bool host_allowed(const struct service *s, const struct client_request *r)
{
	span host = r->http->host;
	if (r->local || span_case_eq(host, SPAN("localhost")) || span_eq(host, SPAN("127.0.0.1")) || span_eq(host, SPAN("[::1]")))
		return true;
	for (size_t i = 0; i < s->options->hosts.n; i++)
		if (span_case_eq(host, s->options->hosts.v[i]))
			return true;
	return false;
}

/* Constant-time: compares hashes of the same length. */
static bool key_right(const struct service *s, const struct http_request *r)
{
	span sent = http_field(r, "Authorization");
	char hash[65];
	unsigned differ = !span_case_starts(sent, SPAN("Bearer "));
	/* Hashes are compared, not keys: they are of one length, and equal beginnings of them tell nothing about the
	 * key. */
	sha256_hex(span_trim(span_sub(sent, 7, sent.n)), hash);
	for (size_t i = 0; i < 64; i++)
		differ |= (unsigned)(hash[i] ^ s->key_sha256[i]);
	return !differ;
}

/* 0 when the request may be answered, else the status of its refusal.
 * In this order: who asks from a foreign page learns nothing, who has no key not even which paths there are. /healthz
 * is open, since what watches a process has no secrets. */
static int admit(struct service *s, const struct client_request *r, const struct route *route)
{
	if (!host_allowed(s, r))
		return 421;
	if (route && span_eq(span_of(route->path), SPAN("/healthz")))
		return 0;
	if (s->key_sha256[0] && !key_right(s, r->http)) {
		/* For all clients together: an attacker has many addresses, and whoever has the key never comes here. */
		uint64_t second = clock_ns() / 1000000000u;
		if (second != s->bad_key_second) {
			s->bad_key_second = second;
			s->bad_keys = 0;
		}
		return ++s->bad_keys > limit_of(LIMIT_BAD_KEYS_PER_SECOND) ? 429 : 401;
	}
	if (!route)
		return 404;
	/* HEAD is answered wherever GET is (RFC 9110, 9.3.2). */
	bool post = r->http->method == HTTP_POST;
	return route->methods == (post ? GET_ONLY : POST_ONLY) ? 405 : 0;
}

/* The last row is for every status that is not in the table: there is none, and 404 gives nothing away. */
static const struct refusal *refusal_of(int status)
{
	static const struct refusal all[] = {
		{ 421, "host_not_allowed", "this server does not answer for that Host; start it with --host=NAME" },
		{ 429, "too_many_bad_keys", "too many requests with a wrong key" },
		{ 401, "key_needed", "send Authorization: Bearer <key>" },
		{ 405, "method_not_allowed", "this path is for another method; see Allow" },
		{ 404, "no_such_path", "there is nothing at this path; see /openapi.json" },
	};
	size_t i = 0;
	while (all[i].status != status && i + 1 < sizeof all / sizeof *all)
		i++;
	return &all[i];
}

/* Script, style and picture: compressed once, when the service was opened. */
static bool asset_answer(const struct service *s, const struct http_request *r, struct arena *a, struct http_response *out)
{
	size_t i = 0;
	while (i < assets_n && !span_eq(r->path, span_of(assets[i].path)))
		i++;
	if (i == assets_n)
		return false;
	span whole = { (const char *)assets[i].bytes, assets[i].n };
	bool css = span_ends(r->path, SPAN(".css")), svg = span_ends(r->path, SPAN(".svg")), gzip = http_accepts_gzip(r);
	*out = (struct http_response){ .status = 200, .body = gzip ? s->packed.v[i] : whole };
	out->type = css ? "text/css; charset=utf-8" : svg ? "image/svg+xml" : "text/javascript; charset=utf-8";
	out->content_encoding = gzip ? SPAN("gzip") : (span){ 0 };
	/* The one thing that may be kept by caches: it is the same for everybody and tells nothing. */
	out->cache = "public, max-age=300";
	out->etag = arena_printf(a, "W/\"%016llx\"", (unsigned long long)hash64(whole));
	if (http_holds_etag(r, out->etag))
		out->status = 304;
	return true;
}

/* Short texts for programs and people at a terminal. */
static void plain(struct http_response *out, int status, const char *type, span body)
{
	*out = (struct http_response){ .status = status, .type = type, .body = body };
}

static const struct refusal no_index = { 503, "no_index", "no index is open yet; build one with: pincite index PATH" };
static const struct refusal reload_failed = { 503, "reload_failed",
	"the newest generation could not be opened; the last good one is served" };

/* Answers of a line or two that need no index. */
static bool short_answer(struct service *s, const struct http_request *r, struct arena *a, struct http_response *out)
{
	struct buf b = { .a = a };
	span path = r->path;
	if (asset_answer(s, r, a, out))
		return true;
	if (span_eq(path, SPAN("/healthz"))) {
		plain(out, 200, "text/plain; charset=utf-8", SPAN("alive\n"));
	} else if (span_eq(path, SPAN("/readyz"))) {
		unsigned generation = atomic_load(&s->generation);
		if (!generation)
			service_refuse(r, &no_index, a, out);
		else if (atomic_load(&s->open_failures))
			service_refuse(r, &reload_failed, a, out);
		else
			plain(out, 200, "text/plain; charset=utf-8", arena_printf(a, "ready generation=%u\n", generation));
	} else if (span_eq(path, SPAN("/metrics"))) {
		service_metrics(s, &b);
		plain(out, 200, "text/plain; version=0.0.4; charset=utf-8", buf_span(&b));
	} else if (span_eq(path, SPAN("/openapi.json"))) {
		service_openapi(&b);
		plain(out, 200, "application/json", buf_span(&b));
	} else {
		return false;
	}
	return true;
}

/* Here nothing waits: no file, no lock that is held for long, no query. It runs in the loop, between the bytes of all
 * others. */
bool service_quick(void *ctx, const struct client_request *r, struct arena *a, struct http_response *out)
{
	struct service *s = ctx;
	const struct route *route = route_of(r->http->path);
	int status = admit(s, r, route);
	if (status) {
		service_refuse(r->http, refusal_of(status), a, out);
		if (status == 405)
			out->allow = route->methods == POST_ONLY ? "POST" : route->methods == GET_ONLY ? "GET, HEAD" : "GET, HEAD, POST";
		return true;
	}
	if (!route->answer)
		return short_answer(s, r->http, a, out);
	if (atomic_load(&s->generation))
		return false;
	service_refuse(r->http, &no_index, a, out);
	return true;
}
