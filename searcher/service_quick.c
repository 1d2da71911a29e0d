#include "searcher/service_private.h"

#include "base/hash.h"
#include "searcher/assets.h"
#include "searcher/page.h"
#include "searcher/server_limits.h"

void service_problem(int status, const char *code, const char *detail, struct arena *a, struct http_response *out)
{
	struct buf b = { .a = a };
	struct json j = { .out = &b };
	json_object(&j);
	json_key_str(&j, "type", SPAN("about:blank"));
	json_key_str(&j, "title", span_of(http_reason(status)));
	json_key(&j, "status");
	json_int(&j, status);
	json_key_str(&j, "code", span_of(code));
	json_key_str(&j, "detail", span_of(detail));
	json_end(&j, '}');
	buf_byte(&b, '\n');
	*out = (struct http_response){ .status = status, .type = "application/problem+json", .body = buf_span(&b) };
	out->retry = status == 503 || status == 429;
}

void service_problem_page(span detail, struct arena *a, struct http_response *out)
{
	struct buf b = { .a = a };
	page_problem(&b, http_reason(out->status), detail);
	out->type = "text/html; charset=utf-8";
	out->body = buf_span(&b);
	out->page = true;
}

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
	sha256_hex(span_trim(span_sub(sent, 7, sent.n)), hash);
	for (size_t i = 0; i < 64; i++)
		differ |= (unsigned)(hash[i] ^ s->key_sha256[i]);
	return !differ;
}

/* 0 when the request may be answered, else the status of its refusal. */
static int admit(struct service *s, const struct client_request *r, const struct route *route)
{
	if (!host_allowed(s, r))
		return 421;
	if (route && span_eq(span_of(route->path), SPAN("/healthz")))
		return 0;
	if (s->key_sha256[0] && !key_right(s, r->http)) {
		uint64_t second = clock_ns() / 1000000000u;
		if (second != s->bad_key_second) {
			s->bad_key_second = second;
			s->bad_keys = 0;
		}
		return ++s->bad_keys > limit_of(LIMIT_BAD_KEYS_PER_SECOND) ? 429 : 401;
	}
	if (!route)
		return 404;
	bool post = r->http->method == HTTP_POST;
	return route->methods == (post ? GET_ONLY : POST_ONLY) ? 405 : 0;
}

static void refuse(int status, const struct route *route, struct arena *a, struct http_response *out)
{
	switch (status) {
	case 421:
		service_problem(421, "host_not_allowed", "this server does not answer for that Host; start it with --host=NAME", a, out);
		break;
	case 429:
		service_problem(429, "too_many_bad_keys", "too many requests with a wrong key", a, out);
		break;
	case 401:
		service_problem(401, "key_needed", "send Authorization: Bearer <key>", a, out);
		break;
	case 405:
		service_problem(405, "method_not_allowed", "this path is for another method; see Allow", a, out);
		out->allow = route->methods == POST_ONLY ? "POST" : "GET, HEAD";
		break;
	default:
		service_problem(404, "no_such_path", "there is nothing at this path; see /openapi.json", a, out);
		break;
	}
}

/* Browsers say that they read HTML, programs do not. */
static bool reads_pages(const struct http_request *r)
{
	span accept = http_field(r, "Accept");
	return span_find(accept, SPAN("text/html"), 0) < accept.n;
}

static bool asset_answer(span path, struct http_response *out)
{
	for (size_t i = 0; i < assets_n; i++) {
		if (!span_eq(path, span_of(assets[i].path)))
			continue;
		bool css = span_ends(path, SPAN(".css")), svg = span_ends(path, SPAN(".svg"));
		*out = (struct http_response){ .status = 200, .body = { (const char *)assets[i].bytes, assets[i].n } };
		out->type = css ? "text/css; charset=utf-8" : svg ? "image/svg+xml" : "text/javascript; charset=utf-8";
		out->cache = "public, max-age=300";
		return true;
	}
	return false;
}

static void plain(struct http_response *out, int status, const char *type, span body)
{
	*out = (struct http_response){ .status = status, .type = type, .body = body };
}

/* Answers of a line or two that need no index. */
static bool short_answer(struct service *s, span path, struct arena *a, struct http_response *out)
{
	struct buf b = { .a = a };
	if (asset_answer(path, out))
		return true;
	if (span_eq(path, SPAN("/healthz"))) {
		plain(out, 200, "text/plain; charset=utf-8", SPAN("alive\n"));
	} else if (span_eq(path, SPAN("/readyz"))) {
		unsigned generation = atomic_load(&s->generation);
		if (!generation)
			service_problem(503, "no_index", "no index is open yet", a, out);
		else if (atomic_load(&s->open_failures))
			service_problem(503, "reload_failed", "the newest generation could not be opened; the last good one is served", a, out);
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

bool service_quick(void *ctx, const struct client_request *r, struct arena *a, struct http_response *out)
{
	struct service *s = ctx;
	const struct route *route = route_of(r->http->path);
	int status = admit(s, r, route);
	if (status) {
		refuse(status, route, a, out);
		if (status == 404 && reads_pages(r->http))
			service_problem_page(SPAN("There is nothing at this address."), a, out);
		return true;
	}
	if (!route->answer)
		return short_answer(s, r->http->path, a, out);
	if (atomic_load(&s->generation))
		return false;
	service_problem(503, "no_index", "no index is open yet; build one with: pincite index PATH", a, out);
	if (!route->summary && reads_pages(r->http))
		service_problem_page(SPAN("No index is open yet; build one with: pincite index PATH"), a, out);
	return true;
}
