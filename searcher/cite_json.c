/* What cite says, as JSON. */
#include "law/address.h"
#include "law/date.h"
#include "searcher/cite_found.h"

static void text(struct json *j, const char *key, span s)
{
	json_key(j, key);
	json_str_or_null(j, s);
}

static void flag(struct json *j, const char *key, bool v)
{
	json_key(j, key);
	json_bool(j, v);
}

static void date(struct json *j, uint32_t v)
{
	char out[11];
	size_t n = date_format(v, out);
	text(j, "date", (span){ out, n });
}

static void mention_json(struct json *j, const struct mention *m, struct arena *a)
{
	json_object(j);
	text(j, "address", m->address);
	text(j, "place", m->place);
	text(j, "cite", m->display);
	text(j, "cited", m->cited);
	text(j, "cited_as", address_display(m->cited, a));
	text(j, "court", m->court);
	date(j, m->date);
	text(j, "sentence", m->sentence);
	json_end(j, '}');
}

static void by_json(struct json *j, const struct treated *t)
{
	static const char *const who[] = { "document", "cited", "other" };
	json_key(j, "by");
	json_object(j);
	text(j, "who", span_of(who[t->who]));
	text(j, "address", t->by);
	text(j, "name", t->by_name);
	text(j, "cite", t->by_cite);
	json_end(j, '}');
}

void treated_json(const struct treated_list *l, struct json *j, struct arena *a)
{
	json_array(j);
	for (size_t i = 0; i < l->n; i++) {
		const struct treated *t = &l->v[i];
		json_object(j);
		text(j, "kind", span_of(treatment_name(t->kind)));
		text(j, "label", treated_label(t, a));
		flag(j, "history", treatment_is_history(t->kind));
		flag(j, "in_part", t->in_part);
		flag(j, "other_grounds", t->other_grounds);
		text(j, "cited", t->cited);
		text(j, "cited_as", address_display(t->cited, a));
		by_json(j, t);
		text(j, "address", t->address);
		text(j, "place", t->place);
		text(j, "cite", t->display);
		text(j, "court", t->court);
		date(j, t->date);
		text(j, "words", t->words);
		text(j, "sentence", t->sentence);
		json_end(j, '}');
	}
	json_end(j, ']');
}

static void citing_json(struct json *j, struct mentions *l, struct arena *a)
{
	struct citings all = found_by_court(l, a);
	json_array(j);
	for (size_t i = 0; i < all.n; i++) {
		const struct mention *m = &l->v[all.v[i].first];
		json_object(j);
		text(j, "court", m->court);
		text(j, "address", m->address);
		text(j, "cite", m->display);
		text(j, "title", m->title);
		date(j, m->date);
		json_key(j, "times");
		json_uint(j, m->times);
		text(j, "depth", span_of(citator_depth_name(citator_depth(m->times))));
		json_end(j, '}');
	}
	json_end(j, ']');
}

static void formers_json(struct json *j, const struct found *f, struct arena *a)
{
	json_key(j, "formerly");
	json_array(j);
	for (size_t i = 0; i < f->formers.n; i++) {
		json_object(j);
		text(j, "address", f->formers.v[i].address);
		text(j, "cite", address_display(f->formers.v[i].address, a));
		text(j, "source", f->formers.v[i].source);
		flag(j, "asked", address_under(f->address, f->formers.v[i].address));
		json_end(j, '}');
	}
	json_end(j, ']');
	json_key(j, "cited_by_former");
	json_uint(j, f->by_former);
}

static void also_json(struct json *j, const struct alsos *l, struct arena *a)
{
	json_key(j, "also");
	json_array(j);
	for (size_t i = 1; i < l->n; i++) {
		json_object(j);
		text(j, "address", l->v[i].address);
		text(j, "cite", address_display(l->v[i].address, a));
		text(j, "given_by", l->v[i].own ? SPAN("document") : SPAN("citing"));
		json_end(j, '}');
	}
	json_end(j, ']');
}

static void mentions_json(struct json *j, struct found *f, struct arena *a)
{
	json_key(j, "treatment");
	treated_json(&f->mentions.treated, j, a);
	json_key(j, "treats");
	treated_json(&f->treats, j, a);
	json_key(j, "cited_by");
	json_uint(j, f->mentions.documents);
	json_key(j, "cited_by_range");
	json_uint(j, f->mentions.ranged);
	json_key(j, "mentions");
	json_array(j);
	for (size_t i = 0; i < f->mentions.n; i++)
		mention_json(j, &f->mentions.v[i], a);
	json_end(j, ']');
	json_key(j, "citing");
	citing_json(j, &f->mentions, a);
}

void found_json(struct found *f, struct arena *a, struct json *j)
{
	struct show_parts none = { 0 };
	json_object(j);
	text(j, "address", f->address);
	text(j, "found", f->here ? f->at : (span){ 0 });
	text(j, "cite", address_display(f->address, a));
	json_key(j, "document");
	if (f->here)
		show_json(&f->shown, &none, j);
	else
		json_null(j);
	json_key(j, "cites");
	json_array(j);
	for (size_t i = 0; i < f->cites.n; i++)
		json_str(j, f->cites.v[i]);
	json_end(j, ']');
	also_json(j, &f->mentions.also, a);
	formers_json(j, f, a);
	mentions_json(j, f, a);
	json_end(j, '}');
}
