#include "searcher/web.h"

/* The page of hits takes what the API takes: its address bar can be turned into a request by putting /v1/search before
 * it. */
#define SEARCH_PARAMS "q|n|limit|offset|cursor|by|sort|dialect|court|jurisdiction|kind|code|year|after|before|cites|facets|explain|count|any|lexis_windows|timeout_ms"

/* In order: the first row that fits. A path that is no row does not exist, whatever files there are; nothing is ever
 * looked up on disk by a path. */
const struct route routes[] = {
	{ "/v1/search", "search", GET_ONLY, SEARCH_PARAMS, "q", "Documents or passages that answer a query", api_search },
	{ "/v1/show", "show", GET_ONLY, "q|outline|repairs|original|copies", "q", "A document or a part of it, as JSON", api_show },
	{ "/v1/cite", "cite", GET_ONLY, "q|limit", "q", "What a citation names, what that cites and who cites it, by that or a parallel citation (listed in also)", api_cite },
	{ "/v1/extract", "extract", POST_ONLY, "plain", NULL, "Citations in the text sent as body, as JSON Lines", api_extract },
	{ "/v1/verify", "verify", POST_ONLY, "toa|timeout_ms", NULL, "The citations and quotations of the brief sent as body, checked", api_verify },
	{ "/v1/authorities", "authorities", GET_ONLY, "q", "q", "Table of authorities of a document", api_authorities },
	{ "/v1/suggest", "suggest", GET_ONLY, "q|limit", "q", "What a query begun may become", api_suggest },
	{ "/v1/stats", "stats", GET_ONLY, "", NULL, "What the index holds", api_stats },
	{ "/openapi.json", "openapi", GET_ONLY, "", NULL, "This description", NULL },
	{ "/healthz", "healthz", GET_ONLY, "", NULL, "Whether the server lives", NULL },
	{ "/readyz", "readyz", GET_ONLY, "", NULL, "Whether an index is served", NULL },
	{ "/metrics", "metrics", GET_ONLY, "", NULL, "Counters for Prometheus", NULL },
	{ "/", "page", GET_ONLY, SEARCH_PARAMS, NULL, NULL, page_search },
	{ "/d/*", "document", GET_ONLY, "q|view|dialect", NULL, NULL, page_document },
	{ "/brief", "brief", GET_OR_POST, "timeout_ms", NULL, NULL, page_brief },
	{ "/authorities", "table", GET_ONLY, "q", NULL, NULL, page_authorities },
	{ "/c/*", "citation", GET_ONLY, "", NULL, NULL, go_citation },
	{ "/app.css", "asset", GET_ONLY, "", NULL, NULL, NULL },
	{ "/app.js", "asset", GET_ONLY, "", NULL, NULL, NULL },
	{ "/favicon.svg", "asset", GET_ONLY, "", NULL, NULL, NULL },
};
/* A test holds docs/openapi.json against these rows. */
const size_t routes_n = sizeof routes / sizeof *routes;

/* Paths are compared as sent: none of ours needs escaping, and "/v1/%73earch" is a detour that only filters are fooled
 * by. */
const struct route *route_of(span path)
{
	for (size_t i = 0; i < routes_n; i++) {
		span p = span_of(routes[i].path);
		bool prefix = p.p[p.n - 1] == '*';
		if (prefix ? span_starts(path, span_sub(p, 0, p.n - 1)) : span_eq(path, p))
			return &routes[i];
	}
	return NULL;
}

/* All are strings to OpenAPI: what they may be is told by the 400 that a wrong one gets. */
static void parameters(struct json *j, const struct route *r)
{
	span rest = span_of(r->params), name;
	json_key(j, "parameters");
	json_array(j);
	while (span_cut(&rest, '|', &name)) {
		if (!name.n)
			continue;
		json_object(j);
		json_key_str(j, "name", name);
		json_key_str(j, "in", SPAN("query"));
		json_key_bool(j, "required", span_eq(name, span_of(r->required)));
		json_key(j, "schema");
		json_raw(j, SPAN("{\"type\":\"string\"}"));
		json_end(j, '}');
	}
	json_end(j, ']');
}

/* operationId is the name that the log has, too. */
static void operation(struct json *j, const struct route *r)
{
	json_key(j, r->methods == POST_ONLY ? "post" : "get");
	json_object(j);
	json_key_str(j, "operationId", span_of(r->name));
	json_key_str(j, "summary", span_of(r->summary));
	parameters(j, r);
	/* The text itself is the body: no form, no JSON around it. */
	if (r->methods == POST_ONLY) {
		json_key(j, "requestBody");
		json_raw(j, SPAN("{\"required\":true,\"content\":{\"text/plain\":{\"schema\":{\"type\":\"string\"}}}}"));
	}
	json_key(j, "responses");
	json_raw(j, SPAN("{\"200\":{\"description\":\"The answer\"},\"default\":{\"description\":\"What went wrong\","
			 "\"content\":{\"application/problem+json\":{\"schema\":{\"$ref\":\"#/components/schemas/Problem\"}}}}}"));
	json_end(j, '}');
}

/* Made at each request from the rows that answer: it cannot be out of date. */
void service_openapi(struct buf *b)
{
	struct json j = { .out = b };
	json_object(&j);
	json_key_str(&j, "openapi", SPAN("3.1.0"));
	json_key(&j, "info");
	json_raw(&j, SPAN("{\"title\":\"pincite\",\"version\":\"1\",\"summary\":\"Legal search whose every answer is a pinpoint citation\"}"));
	json_key(&j, "paths");
	json_object(&j);
	for (size_t i = 0; i < routes_n; i++) {
		/* Pages, for people, are no part of the interface. */
		if (!routes[i].summary)
			continue;
		json_key(&j, routes[i].path);
		json_object(&j);
		operation(&j, &routes[i]);
		json_end(&j, '}');
	}
	json_end(&j, '}');
	json_key(&j, "components");
	json_raw(&j, SPAN("{\"schemas\":{\"Problem\":{\"type\":\"object\",\"required\":[\"type\",\"title\",\"status\",\"code\",\"detail\"],"
			  "\"properties\":{\"type\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},"
			  "\"code\":{\"type\":\"string\"},\"detail\":{\"type\":\"string\"}}}}}"));
	json_end(&j, '}');
	buf_byte(b, '\n');
}
