/* The JSON of /v1/search read back into the value that it was made from. */
#include <jansson.h>
#include "searcher/remote.h"

/* Strings of jansson's live no longer than its tree: they are copied. */
static span text(const json_t *o, const char *key, struct arena *a)
{
	const json_t *s = json_object_get(o, key);
	return json_is_string(s) ? arena_dup(a, (span){ json_string_value(s), json_string_length(s) }) : (span){ 0 };
}

/* No count of ours is negative: what is, is none. */
static uint64_t number(const json_t *o, const char *key)
{
	json_int_t v = json_integer_value(json_object_get(o, key));
	return v > 0 ? (uint64_t)v : 0;
}

/* A list that is missing reads as an empty one, here and below: an older server's answer lacks only
 * what it does not know. */
static void texts(const json_t *o, const char *key, struct arena *a, struct spans *out)
{
	const json_t *list = json_object_get(o, key), *s;
	size_t i;
	json_array_foreach(list, i, s)
		*PUSH(a, out) = arena_dup(a, (span){ json_string_value(s), json_string_length(s) });
}

/* m is there only where it is 1. */
static void snippet(const json_t *o, struct arena *a, struct segments *out)
{
	const json_t *list = json_object_get(o, "snippet"), *s;
	size_t i;
	json_array_foreach(list, i, s)
		*PUSH(a, out) = (struct segment){ text(s, "t", a), number(s, "m") != 0 };
}

/* `at` stays empty: it is a place in the clean text, which is not here. */
static void passages(const json_t *o, struct arena *a, struct hit_passages *out)
{
	const json_t *list = json_object_get(o, "passages"), *p;
	size_t i;
	json_array_foreach(list, i, p) {
		struct hit_passage *to = PUSH(a, out);
		to->address = text(p, "address", a);
		to->cite = text(p, "cite", a);
		to->score = json_number_value(json_object_get(p, "score"));
		to->source_beg = number(p, "source_beg");
		snippet(p, a, &to->snippet);
		texts(p, "cites", a, &to->cites);
	}
}

/* Only with --explain. */
static void parts(const json_t *o, struct arena *a, struct score_parts *out)
{
	const json_t *list = json_object_get(o, "explain"), *p;
	size_t i;
	json_array_foreach(list, i, p)
		*PUSH(a, out) = (struct score_part){ text(p, "part", a), json_number_value(json_object_get(p, "value")) };
}

/* `entry` stays 0: a number of the server's index means nothing without it. */
static void hit(const json_t *o, struct arena *a, struct hit *to)
{
	const json_t *source = json_object_get(o, "source");
	to->rank = (uint32_t)number(o, "rank");
	to->score = json_number_value(json_object_get(o, "score"));
	to->address = text(o, "address", a);
	to->kind = text(o, "kind", a);
	to->title = text(o, "title", a);
	to->cite = text(o, "cite", a);
	to->date = text(o, "date", a);
	to->court = text(o, "court", a);
	to->version = text(o, "version", a);
	to->cited_by = (uint32_t)number(o, "cited_by");
	to->copies = (uint32_t)number(o, "copies");
	texts(o, "versions", a, &to->versions);
	to->quality = json_number_value(json_object_get(o, "quality"));
	to->path = text(source, "path", a);
	to->beg = number(source, "beg");
	to->end = number(source, "end");
	texts(o, "breadcrumb", a, &to->breadcrumb);
	passages(o, a, &to->passages);
	parts(o, a, &to->parts);
}

/* "answers" and "hits" have one form. */
static void hits(const json_t *o, const char *key, struct arena *a, struct hits *out)
{
	const json_t *list = json_object_get(o, key), *h;
	size_t i;
	json_array_foreach(list, i, h)
		hit(h, a, PUSH(a, out));
}

static void facets(json_t *o, struct arena *a, struct facets *out)
{
	const char *field;
	const json_t *v;
	json_t *list;
	size_t i;
	json_object_foreach(o, field, list) {
		struct facet *f = PUSH(a, out);
		f->field = arena_dup(a, span_of(field));
		json_array_foreach(list, i, v)
			*PUSH(a, f) = (struct facet_value){ text(v, "value", a), (uint32_t)number(v, "count"), text(v, "name", a), text(v, "parent", a) };
	}
}

/* Within "query". */
static void related(const json_t *query, struct arena *a, struct search_answer *out)
{
	size_t i;
	const json_t *v, *list = json_object_get(query, "related");
	json_array_foreach(list, i, v)
		*PUSH(a, &out->related) = (struct related){ text(v, "text", a), number(v, "value"), json_is_true(json_object_get(v, "exact")) };
}

/* The other direction of render_json: every key that it writes is read here, and a test compares
 * what both sides print. */
static void whole(const json_t *o, struct arena *a, struct search_answer *out)
{
	const json_t *query = json_object_get(o, "query"), *total = json_object_get(o, "total");
	out->text = text(query, "text", a);
	out->dialect = text(query, "dialect", a);
	out->parsed = text(query, "parsed", a);
	out->citation = text(query, "citation", a);
	out->suggestion = text(query, "suggestion", a);
	out->note = text(query, "note", a);
	related(query, a, out);
	out->total = number(total, "value");
	out->folded = number(total, "versions");
	out->exact = json_is_true(json_object_get(total, "exact"));
	out->partial = json_is_true(json_object_get(o, "partial"));
	out->took_ms = json_number_value(json_object_get(o, "took_ms"));
	out->generation = (uint32_t)number(o, "generation");
	out->next = text(o, "next", a);
	facets(json_object_get(o, "facets"), a, &out->facets);
	hits(o, "answers", a, &out->answers);
	hits(o, "hits", a, &out->hits);
}

/* Schema 1 and a list of hits: whatever else is at that address is not taken for an answer. New
 * keys are passed over. */
bool remote_answer(span body, struct arena *a, struct search_answer *out)
{
	json_t *o = json_loadb(body.p ? body.p : "", body.n, JSON_REJECT_DUPLICATES, NULL);
	bool ours = o && number(o, "schema") == 1 && json_is_array(json_object_get(o, "hits"));
	*out = (struct search_answer){ 0 };
	if (ours)
		whole(o, a, out);
	json_decref(o);
	return ours;
}

/* What is no JSON has an empty code, which the caller takes for no server of ours. */
void remote_problem(span body, struct arena *a, span *code, span *detail)
{
	json_t *o = json_loadb(body.p ? body.p : "", body.n, 0, NULL);
	*code = text(o, "code", a);
	*detail = text(o, "detail", a);
	json_decref(o);
}
