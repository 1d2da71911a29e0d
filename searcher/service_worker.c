#include "searcher/web.h"

#include <stdlib.h>
#include "base/hash.h"
#include "base/zip.h"
#include "searcher/server_limits.h"

enum { GZIP_MIN = 1024 };

/* The index is opened by the first request: there may be none yet when the server starts. */
void *worker_open(void *ctx)
{
	struct worker *w = calloc(1, sizeof *w);
	ASSERT(w);
	w->service = ctx;
	return w;
}

/* Reader first: it points into the generation. */
static void drop_index(struct worker *w)
{
	if (!w->held)
		return;
	index_close(&w->reader);
	service_drop(w->service, w->held);
	w->held = NULL;
	w->index = NULL;
}

/* The generation is given back before the service closes it. */
void worker_close(void *worker)
{
	struct worker *w = worker;
	drop_index(w);
	free(w);
}

/* Takes the newest good generation; keeps the one it has when that fails. */
static bool take_generation(struct worker *w, struct err *err)
{
	if (w->held && w->tried == atomic_load(&w->service->generation))
		return true;
	w->tried = atomic_load(&w->service->generation);
	struct index fresh;
	struct held *h = service_hold(w->service, err);
	if (h == w->held || !h || !index_attach(&fresh, h->generation, err)) {
		service_drop(w->service, h);
		return w->held != NULL;
	}
	drop_index(w);
	w->held = h;
	w->reader = fresh;
	w->index = &w->reader;
	return true;
}

span web_param(const struct web *w, const char *name)
{
	return http_param(&w->params, name);
}

/* Pages are for people: there the refusal is a page even for a program that does not say what it reads. */
void web_problem(struct web *w, int status, const char *code, const char *detail)
{
	const struct refusal why = { status, code, detail };
	if (w->route->summary)
		service_refuse(w->request->http, &why, w->a, w->out);
	else
		service_problem(&why, true, w->a, w->out);
}

/* No sign, no space, no hexadecimal: what is read otherwise by two programs is refused by both. */
bool web_number(struct web *w, const char *name, uint64_t min, uint64_t max, uint64_t *value)
{
	span s = web_param(w, name);
	uint64_t v;
	if (!s.p)
		return true;
	if (span_uint(s, max, &v) && v >= min) {
		*value = v;
		return true;
	}
	span detail = arena_printf(w->a, "%s must be a whole number from %llu to %llu", name, (unsigned long long)min,
				   (unsigned long long)max);
	web_problem(w, 400, "bad_parameter", detail.p);
	return false;
}

/* The body is the worker's memory: the pool copies it into the connection's. */
void web_json(struct web *w)
{
	*w->out = (struct http_response){ .status = 200, .type = "application/json", .body = buf_span(&w->body) };
}

void web_lines(struct web *w)
{
	web_json(w);
	w->out->type = "application/x-ndjson";
}

/* `page` sends the content security policy of pages. */
void web_page(struct web *w, int status)
{
	*w->out = (struct http_response){ .status = status, .type = "text/html; charset=utf-8", .page = true };
	w->out->body = buf_span(&w->body);
}

/* 302, not 301: where a citation leads may change with the next generation. */
void web_redirect(struct web *w, span location)
{
	*w->out = (struct http_response){ .status = 302, .type = "text/plain; charset=utf-8", .location = location };
}

/* What kind of error it is decides who is to blame: the request (4xx), the moment (503, worth a try later), the index
 * or us (500). */
void web_fail(struct web *w, const struct err *err)
{
	switch (err->code) {
	case ERR_REQUEST:
		web_problem(w, 400, "bad_query", err->msg);
		break;
	case ERR_NOT_FOUND:
		web_problem(w, 404, "not_found", err->msg);
		break;
	case ERR_TRY_AGAIN:
		web_problem(w, 503, err->late ? "deadline" : "try_again", err->msg);
		break;
	case ERR_DAMAGED:
		web_problem(w, 500, "damaged_index", err->msg);
		break;
	default:
		web_problem(w, 500, "internal", err->msg);
		break;
	}
}

/* Every parameter is one of the route's, given once, and the required one is there.
 * An unknown parameter is a misspelt one: passing it over would answer another question than was asked. One given
 * twice is read as its first by some and as its last by others. */
static bool params_allowed(struct web *w)
{
	for (size_t i = 0; i < w->params.n; i++) {
		span rest = span_of(w->route->params), name, given = w->params.v[i].name;
		bool known = false;
		while (!known && span_cut(&rest, '|', &name))
			known = name.n && span_eq(name, given);
		for (size_t k = 0; known && k < i; k++)
			known = !span_eq(w->params.v[k].name, given);
		if (known)
			continue;
		web_problem(w, 400, "unknown_parameter",
			    arena_printf(w->a, "the parameter '%.*s' is unknown here, or given twice", SPAN_ARG(given)).p);
		return false;
	}
	if (!w->route->required || web_param(w, w->route->required).n)
		return true;
	web_problem(w, 400, "missing_parameter", arena_printf(w->a, "%s is needed", w->route->required).p);
	return false;
}

/* The deadline counts from when the request was whole: what it waited for a worker is lost for the query. */
static bool read_params(struct web *w)
{
	uint64_t ms = limit_of(LIMIT_DEADLINE_MS);
	if (!http_params(w->request->http->query, w->a, &w->params)) {
		web_problem(w, 400, "bad_parameter", "a bad escape, a control character, ill-formed UTF-8, or too many parameters");
		return false;
	}
	if (!params_allowed(w) || !web_number(w, "timeout_ms", limit_of(LIMIT_DEADLINE_MIN_MS), limit_of(LIMIT_DEADLINE_MAX_MS), &ms))
		return false;
	w->deadline = w->request->received_ns + ms * 1000000u;
	return true;
}

/* The generation and the target decide an answer, but for the time it took: hence a weak tag. The hash of the target
 * keeps a tag of one path from standing for another. */
static span etag_of(const struct web *w)
{
	uint64_t target = hash64(w->request->http->target);
	return arena_printf(w->a, "W/\"g%u-%016llx-%s\"", w->worker->index->manifest->generation, (unsigned long long)target, PINCITE_VERSION);
}

/* Size, tag, compression, in this order: the limit is of what is read at the other end, and the tag
 * of what was asked. */
static void finish(struct web *w)
{
	struct http_response *r = w->out;
	if (r->body.n > limit_of(LIMIT_RESPONSE_BYTES)) {
		web_problem(w, 500, "answer_too_large", "the answer is larger than this server sends; ask for less");
		return;
	}
	/* What the clock cut short may be whole the next time: no tag. */
	if (r->status == 200 && !w->partial && w->request->http->method != HTTP_POST)
		r->etag = etag_of(w);
	/* Level 1: here the time counts more than the last tenth of the size. Below a kilobyte it is all in one packet anyway. */
	if (r->body.n >= GZIP_MIN && http_accepts_gzip(w->request->http)) {
		r->body = zip_gzip(r->body, 1, w->a);
		r->content_encoding = SPAN("gzip");
	}
}

/* Whoever holds the tag was given the whole answer for this target and generation: it need not be computed again. */
static bool unchanged(struct web *w)
{
	if (w->request->http->method == HTTP_POST || !http_field(w->request->http, "If-None-Match").n)
		return false;
	span etag = etag_of(w);
	if (!http_holds_etag(w->request->http, etag))
		return false;
	*w->out = (struct http_response){ .status = 304, .etag = etag };
	return true;
}

/* A worker serves one generation from the first byte of an answer to the last, so no answer mixes two. */
void worker_answer(void *worker, const struct client_request *r, struct arena *a, struct http_response *out)
{
	struct web w = { .worker = worker, .request = r, .route = route_of(r->http->path), .a = a, .out = out, .body = { .a = a } };
	struct err err = { 0 };
	if (!take_generation(worker, &err)) {
		web_fail(&w, &err);
		return;
	}
	if (!read_params(&w) || unchanged(&w))
		return;
	w.route->answer(&w);
	finish(&w);
}
