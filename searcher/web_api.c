/* Routes that answer with what a command prints. */
#include "searcher/printed.h"
#include "searcher/web.h"

/* Given without a value it is on, as an option of the command is. */
static bool flag(const struct web *w, const char *name)
{
	span v = web_param(w, name);
	return v.p && !span_eq(v, SPAN("0")) && !span_eq(v, SPAN("false"));
}

/* Each of these prints with the function that the command prints with: the bytes are the same because the code is. */
void api_stats(struct web *w)
{
	struct err err = { 0 };
	if (stats_print(w->worker->index, true, &w->body, &err))
		web_json(w);
	else
		web_fail(w, &err);
}

void api_show(struct web *w)
{
	struct err err = { 0 };
	size_t n = 0;
	struct show_request r = { .operand = web_param(w, "q"), .json = true };
	r.parts = (struct show_parts){ flag(w, "outline"), flag(w, "repairs"), flag(w, "original"), flag(w, "copies") };
	if (!show_print(w->worker->index, &r, &w->body, &n, &err))
		web_fail(w, &err);
	else if (!n)
		web_problem(w, 404, "not_found", "nothing in the index has that address or citation");
	else if (n > 1)
		web_lines(w); /* a container: one document a line, as the command prints them */
	else
		web_json(w);
}

/* A well-known section is cited by thousands, and each sentence shown is read from a record. */
enum { CITING_DEFAULT = 100, CITING_MAX = 1000 };

void api_cite(struct web *w)
{
	struct err err = { 0 };
	uint64_t max = CITING_DEFAULT;
	bool any;
	if (!web_number(w, "limit", 1, CITING_MAX, &max))
		return;
	struct cite_request r = { span_trim(web_param(w, "q")), (size_t)max, true };
	if (cite_print(w->worker->index, &r, &w->body, &any, &err))
		web_json(w); /* with nothing found too: the readings say what was looked for */
	else
		web_fail(w, &err);
}

/* An empty list is an answer: nothing goes on like this. */
void api_suggest(struct web *w)
{
	struct err err = { 0 };
	uint64_t limit = SUGGEST_LIMIT;
	size_t n;
	if (!web_number(w, "limit", 1, SUGGEST_MAX, &limit))
		return;
	struct suggest_request r = { web_param(w, "q"), (size_t)limit, true };
	if (suggest_print(w->worker->index, &r, &w->body, &n, &err))
		web_json(w);
	else
		web_fail(w, &err);
}

/* Needs no index and keeps nothing: text in, citations out. */
void api_extract(struct web *w)
{
	extract_print(w->request->http->body, flag(w, "plain"), false, w->a, &w->body);
	web_lines(w);
}

/* The deadline is in the answer as "partial": what was looked at is told, and that it is not all. */
void api_verify(struct web *w)
{
	struct err err = { 0 };
	struct verify_request r = { .src = w->request->http->body, .toa = flag(w, "toa"), .json = true, .deadline = w->deadline };
	bool well;
	if (verify_print(w->worker->index, &r, &w->body, &well, &err))
		web_json(w); /* with nothing found, too: that is the answer */
	else
		web_fail(w, &err);
}

/* As JSON the places are pages where the text has page marks, else lines; "pages" tells which. */
void api_authorities(struct web *w)
{
	struct err err = { 0 };
	struct authorities_request r = { span_trim(web_param(w, "q")), .json = true };
	bool any;
	if (!authorities_print(w->worker->index, &r, &w->body, &any, &err))
		web_fail(w, &err);
	else if (!any)
		web_problem(w, 404, "not_found", "nothing in the index has that address or citation");
	else
		web_json(w);
}
