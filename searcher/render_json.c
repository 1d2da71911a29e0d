#include "searcher/render.h"

#include "base/json.h"

static void spans(struct json *j, const char *key, const struct spans *list)
{
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < list->n; i++)
		json_str(j, list->v[i]);
	json_end(j, ']');
}

/* "snippet":[{"t":"shall "},{"t":"report","m":1}]: the pieces put together are the text; m only
 * where it is 1, since most are not. */
static void snippet(struct json *j, const struct segments *s)
{
	json_key(j, "snippet");
	json_array(j);
	for (size_t i = 0; i < s->n; i++) {
		json_object(j);
		json_key_str(j, "t", s->v[i].t);
		if (s->v[i].m) {
			json_key_uint(j, "m", 1);
		}
		json_end(j, '}');
	}
	json_end(j, ']');
}

/* source_beg is a byte of the file that "source" names, so that an editor can go there. */
static void passage(struct json *j, const struct hit_passage *p)
{
	json_object(j);
	json_key_str_or_null(j, "address", p->address);
	json_key_str_or_null(j, "cite", p->cite);
	json_key(j, "score");
	json_real(j, p->score, 3);
	json_key_uint(j, "source_beg", p->source_beg);
	snippet(j, &p->snippet);
	spans(j, "cites", &p->cites);
	json_end(j, '}');
}

/* The place of the document in the file; of its copies `show --copies` tells. */
static void source(struct json *j, const struct hit *h)
{
	json_key(j, "source");
	json_object(j);
	json_key_str(j, "path", h->path);
	json_key_uint(j, "beg", h->beg);
	json_key_uint(j, "end", h->end);
	json_end(j, '}');
}

/* With --explain only. */
static void parts(struct json *j, const struct hit *h)
{
	if (!h->parts.n)
		return;
	json_key(j, "explain");
	json_array(j);
	for (size_t i = 0; i < h->parts.n; i++) {
		json_object(j);
		json_key_str(j, "part", h->parts.v[i].name);
		json_key(j, "value");
		json_real(j, h->parts.v[i].value, 6);
		json_end(j, '}');
	}
	json_end(j, ']');
}

/* A key that has a value for every hit is always there, null where this one has none; those that
 * few have (version, versions, explain) are left out. */
void render_hit_json(struct json *j, const struct hit *h)
{
	json_object(j);
	json_key_uint(j, "rank", h->rank);
	json_key(j, "score");
	json_real(j, h->score, 3);
	json_key_str_or_null(j, "address", h->address);
	json_key_str_or_null(j, "kind", h->kind);
	json_key_str_or_null(j, "title", h->title);
	json_key_str_or_null(j, "cite", h->cite);
	spans(j, "breadcrumb", &h->breadcrumb);
	json_key_str_or_null(j, "date", h->date);
	json_key_str_or_null(j, "court", h->court);
	if (h->version.n)
		json_key_str_or_null(j, "version", h->version);
	json_key_uint(j, "cited_by", h->cited_by);
	json_key_uint(j, "copies", h->copies);
	if (h->versions.n)
		spans(j, "versions", &h->versions);
	json_key(j, "quality");
	json_real(j, h->quality, 3);
	source(j, h);
	json_key(j, "passages");
	json_array(j);
	for (size_t i = 0; i < h->passages.n; i++)
		passage(j, &h->passages.v[i]);
	json_end(j, ']');
	parts(j, h);
	json_end(j, '}');
}

/* In "query", beside the suggestion: all that is offered and was not applied. */
static void related(struct json *j, const struct search_answer *a)
{
	if (!a->related.n)
		return;
	json_key(j, "related");
	json_array(j);
	for (size_t i = 0; i < a->related.n; i++) {
		json_object(j);
		json_key_str(j, "text", a->related.v[i].text);
		json_key_uint(j, "value", a->related.v[i].total);
		json_key_bool(j, "exact", a->related.v[i].exact);
		json_end(j, '}');
	}
	json_end(j, ']');
}

/* "parsed" is how the query was read; it is itself a query. "citation" is the address, when the
 * whole query names one. */
static void query(struct json *j, const struct search_answer *a)
{
	json_key(j, "query");
	json_object(j);
	json_key_str(j, "text", a->text);
	json_key_str(j, "dialect", a->dialect);
	json_key_str_or_null(j, "parsed", a->parsed);
	json_key_str_or_null(j, "citation", a->citation);
	/* The query with misspelt words mended; it was not searched. */
	json_key_str_or_null(j, "suggestion", a->suggestion);
	if (a->note.n)
		json_key_str_or_null(j, "note", a->note);
	related(j, a);
	json_end(j, '}');
}

/* "facets":{"court":[{"value":"ca1","count":12,"name":"1st Cir.","parent":...}]}: name and parent
 * for courts only. json_key wants a C string, hence the copy. */
static void facets(struct json *j, const struct facets *f)
{
	json_key(j, "facets");
	json_object(j);
	for (size_t i = 0; i < f->n; i++) {
		char name[64];
		size_t n = f->v[i].field.n < sizeof name ? f->v[i].field.n : sizeof name - 1;
		memcpy(name, f->v[i].field.p, n);
		name[n] = 0;
		json_key(j, name);
		json_array(j);
		for (size_t k = 0; k < f->v[i].n; k++) {
			json_object(j);
			json_key_str(j, "value", f->v[i].v[k].value);
			json_key_uint(j, "count", f->v[i].v[k].count);
			if (f->v[i].v[k].name.n) {
				json_key_str_or_null(j, "name", f->v[i].v[k].name);
				json_key_str_or_null(j, "parent", f->v[i].v[k].parent);
			}
			json_end(j, '}');
		}
		json_end(j, ']');
	}
	json_end(j, '}');
}

static void hits(struct json *j, const char *key, const struct hits *h)
{
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < h->n; i++)
		render_hit_json(j, &h->v[i]);
	json_end(j, ']');
}

/* One line: {"schema":1,"query":{...},"total":{"value":12,"exact":true},...,"hits":[...]}. Two
 * answers to one request differ in took_ms alone. /v1/search sends these bytes, and remote_answer
 * reads them. */
void render_json(const struct search_answer *a, const struct render_options *o, struct buf *out)
{
	struct json j = { .out = out };
	(void)o;
	json_object(&j);
	json_key_uint(&j, "schema", 1);
	query(&j, a);
	json_key(&j, "total");
	json_object(&j);
	json_key_uint(&j, "value", a->total);
	json_key_bool(&j, "exact", a->exact);
	/* Documents that a hit stands for as versions of its text; they are not in "value". */
	if (a->folded)
		json_key_uint(&j, "versions", a->folded);
	json_end(&j, '}');
	json_key(&j, "took_ms");
	json_real(&j, a->took_ms, 1);
	json_key_uint(&j, "generation", a->generation);
	/* The time was up before everything was looked at. */
	json_key_bool(&j, "partial", a->partial);
	/* The cursor of the next page; null on the last. */
	json_key_str_or_null(&j, "next", a->next);
	facets(&j, &a->facets);
	/* What the query names, before what a search for it finds. */
	if (a->answers.n)
		hits(&j, "answers", &a->answers);
	hits(&j, "hits", &a->hits);
	json_end(&j, '}');
	buf_byte(out, '\n');
}

/* Hits alone, a line each: no answers, no facets, no total. */
void render_jsonl(const struct search_answer *a, const struct render_options *o, struct buf *out)
{
	(void)o;
	for (size_t i = 0; i < a->hits.n; i++) {
		struct json j = { .out = out };
		render_hit_json(&j, &a->hits.v[i]);
		buf_byte(out, '\n');
	}
}
