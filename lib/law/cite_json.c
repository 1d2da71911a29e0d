#include "law/cite_json.h"

/* A link is an index into the document's citations; `first` makes of it the index in the list that is printed. None is null. */
static void key_link(struct json *j, const char *key, uint32_t link, uint32_t first)
{
	json_key(j, key);
	if (link == CITE_NONE)
		json_null(j);
	else
		json_uint(j, (uint64_t)link + first);
}

static void subdivisions(struct json *j, const struct spans *s)
{
	json_key(j, "subdivisions");
	json_array(j);
	for (size_t i = 0; i < s->n; i++)
		json_str(j, s->v[i]);
	json_end(j, ']');
}

/* One citation in the form of the interface. Every key is always there, null when unknown, but "last", which only a range has: so a reader
 * needs no second way for what is missing. The place `at` and `text` are given apart, as they may be of the source or of the clean text. */
void cite_json(struct json *j, const struct cite *c, struct range at, span text, uint32_t first)
{
	json_object(j);
	json_key_str_or_null(j, "kind", span_of(cite_kind_name(c->kind)));
	json_key_uint(j, "beg", at.beg);
	json_key_uint(j, "end", at.end);
	json_key_str(j, "text", text);
	json_key_str_or_null(j, "address", c->address);
	if (c->last.n)
		json_key_str_or_null(j, "last", c->last);
	json_key_str_or_null(j, "volume", c->volume);
	json_key_str_or_null(j, "reporter", c->reporter);
	json_key_str_or_null(j, "page", c->page);
	json_key_str_or_null(j, "pin", c->pin);
	json_key_str_or_null(j, "court", c->court);
	json_key_str_or_null(j, "court_text", c->court_text);
	json_key(j, "year");
	if (c->year)
		json_uint(j, c->year);
	else
		json_null(j);
	json_key_str_or_null(j, "plaintiff", c->plaintiff);
	json_key_str_or_null(j, "defendant", c->defendant);
	json_key_str_or_null(j, "parenthetical", c->parenthetical);
	json_key_str_or_null(j, "signal", c->signal);
	json_key_str_or_null(j, "history", c->history);
	json_key_str_or_null(j, "code", c->code);
	json_key_str_or_null(j, "title", c->title);
	json_key_str_or_null(j, "section", c->section);
	subdivisions(j, &c->subdivisions);
	key_link(j, "antecedent", c->antecedent, first);
	key_link(j, "parallel", c->parallel, first);
	key_link(j, "parent", c->parent, first);
	json_key_str_or_null(j, "status", span_of(cite_status_name(c->status)));
	json_end(j, '}');
}
