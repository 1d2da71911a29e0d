#include "law/cite_json.h"

static void key_str_or_null(struct json *j, const char *key, span s)
{
	json_key(j, key);
	json_str_or_null(j, s);
}

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

void cite_json(struct json *j, const struct cite *c, struct range at, span text, uint32_t first)
{
	json_object(j);
	key_str_or_null(j, "kind", span_of(cite_kind_name(c->kind)));
	json_key(j, "beg");
	json_uint(j, at.beg);
	json_key(j, "end");
	json_uint(j, at.end);
	json_key(j, "text");
	json_str(j, text);
	key_str_or_null(j, "address", c->address);
	if (c->last.n)
		key_str_or_null(j, "last", c->last);
	key_str_or_null(j, "volume", c->volume);
	key_str_or_null(j, "reporter", c->reporter);
	key_str_or_null(j, "page", c->page);
	key_str_or_null(j, "pin", c->pin);
	key_str_or_null(j, "court", c->court);
	key_str_or_null(j, "court_text", c->court_text);
	json_key(j, "year");
	if (c->year)
		json_uint(j, c->year);
	else
		json_null(j);
	key_str_or_null(j, "plaintiff", c->plaintiff);
	key_str_or_null(j, "defendant", c->defendant);
	key_str_or_null(j, "parenthetical", c->parenthetical);
	key_str_or_null(j, "signal", c->signal);
	key_str_or_null(j, "history", c->history);
	key_str_or_null(j, "code", c->code);
	key_str_or_null(j, "title", c->title);
	key_str_or_null(j, "section", c->section);
	subdivisions(j, &c->subdivisions);
	key_link(j, "antecedent", c->antecedent, first);
	key_link(j, "parallel", c->parallel, first);
	key_link(j, "parent", c->parent, first);
	key_str_or_null(j, "status", span_of(cite_status_name(c->status)));
	json_end(j, '}');
}
