/* What a form sends: names and values, as in a query or as parts of a multipart body. */
#include "searcher/http.h"

/* The value of `key` among the parameters of a header field: name="a b", name=ab. Empty when absent. */
static span parameter(span field, span key)
{
	span part;
	while (span_cut(&field, ';', &part)) {
		part = span_trim(part);
		if (!span_case_starts(part, key) || part.n == key.n || part.p[key.n] != '=')
			continue;
		part = span_trim(span_sub(part, key.n + 1, part.n));
		bool quoted = part.n > 1 && part.p[0] == '"' && part.p[part.n - 1] == '"';
		return quoted ? span_sub(part, 1, part.n - 1) : part;
	}
	return (span){ 0 };
}

/* The name of a part, from the header lines before its value; those are cut off *rest. */
static bool part_name(span *rest, span *name)
{
	*name = (span){ 0 };
	for (;;) {
		size_t end = span_find(*rest, SPAN("\r\n"), 0);
		span line = span_sub(*rest, 0, end);
		if (end == rest->n)
			return false;
		*rest = span_sub(*rest, end + 2, rest->n);
		if (!line.n)
			return name->n > 0;
		if (span_case_starts(line, SPAN("Content-Disposition:")))
			*name = parameter(line, SPAN("name"));
	}
}

/* Parts stand between lines "--boundary"; the last such line ends in "--". */
static bool multipart(span body, span boundary, struct arena *a, struct http_params *out)
{
	span delimiter = arena_printf(a, "\r\n--%.*s", SPAN_ARG(boundary)), first = span_sub(delimiter, 2, delimiter.n);
	/* RFC 2046, 5.1.1: 70 bytes at most. No preamble is accepted, since no browser sends one. */
	if (!boundary.n || boundary.n > 70 || !span_starts(body, first))
		return false;
	/* Linear: each part begins where the search for the delimiter of the last one ended. */
	span rest = span_sub(body, first.n, body.n);
	while (span_starts(rest, SPAN("\r\n"))) {
		struct http_field f;
		rest = span_sub(rest, 2, rest.n);
		if (out->n == HTTP_PARAMS_MAX || !part_name(&rest, &f.name))
			return false;
		size_t end = span_find(rest, delimiter, 0);
		if (end == rest.n)
			return false;
		f.value = span_sub(rest, 0, end);
		out->v[out->n++] = f;
		rest = span_sub(rest, end + delimiter.n, rest.n);
	}
	return span_starts(rest, SPAN("--"));
}

/* RFC 7578. Values are not decoded: a file is bytes, and what its encoding is the reader of briefs finds out. */
bool http_form(const struct http_request *r, struct arena *a, struct http_params *out)
{
	span type = http_field(r, "Content-Type");
	out->n = 0;
	if (span_case_starts(type, SPAN("multipart/form-data")))
		return multipart(r->body, parameter(type, SPAN("boundary")), a, out);
	if (span_case_starts(type, SPAN("application/x-www-form-urlencoded")))
		return http_params(r->body, a, out);
	return false;
}
