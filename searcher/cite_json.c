/* What cite says, as JSON. */
#include "law/address.h"
#include "law/date.h"
#include "searcher/cite_found.h"

/* "1973-01-22", "1973", or null. */
static void date(struct json *j, uint32_t v)
{
	char out[11];
	size_t n = date_format(v, out);
	json_key_str_or_null(j, "date", (span){ out, n });
}

/* One sentence that cites it. "cited" may be below the address asked for, "place" is the unit that
 * the sentence stands in. */
static void mention_json(struct json *j, const struct mention *m, struct arena *a)
{
	json_object(j);
	json_key_str_or_null(j, "address", m->address);
	json_key_str_or_null(j, "place", m->place);
	json_key_str_or_null(j, "cite", m->display);
	json_key_str_or_null(j, "cited", m->cited);
	json_key_str_or_null(j, "cited_as", address_display(m->cited, a));
	json_key_str_or_null(j, "court", m->court);
	date(j, m->date);
	json_key_str_or_null(j, "sentence", m->sentence);
	json_end(j, '}');
}

/* In the order of enum treated_by. */
static void by_json(struct json *j, const struct treated *t)
{
	static const char *const who[] = { "document", "cited", "other" };
	json_key(j, "by");
	json_object(j);
	json_key_str_or_null(j, "who", span_of(who[t->who]));
	json_key_str_or_null(j, "address", t->by);
	json_key_str_or_null(j, "name", t->by_name);
	json_key_str_or_null(j, "cite", t->by_cite);
	json_end(j, '}');
}

/* Also for /v1/cite. Gravest first, as treated_sort left them; each with the sentence that says it,
 * so that nobody need trust the kind. */
void treated_json(const struct treated_list *l, struct json *j, struct arena *a)
{
	json_array(j);
	for (size_t i = 0; i < l->n; i++) {
		const struct treated *t = &l->v[i];
		json_object(j);
		json_key_str_or_null(j, "kind", span_of(treatment_name(t->kind)));
		json_key_str_or_null(j, "label", treated_label(t, a));
		json_key_bool(j, "history", treatment_is_history(t->kind));
		json_key_bool(j, "in_part", t->in_part);
		json_key_bool(j, "other_grounds", t->other_grounds);
		json_key_str_or_null(j, "cited", t->cited);
		json_key_str_or_null(j, "cited_as", address_display(t->cited, a));
		by_json(j, t);
		json_key_str_or_null(j, "address", t->address);
		json_key_str_or_null(j, "place", t->place);
		json_key_str_or_null(j, "cite", t->display);
		json_key_str_or_null(j, "court", t->court);
		date(j, t->date);
		json_key_str_or_null(j, "words", t->words);
		json_key_str_or_null(j, "sentence", t->sentence);
		json_end(j, '}');
	}
	json_end(j, ']');
}

/* A document each, in the order of found_by_court, which reorders the mentions; so it is called
 * when those are printed. */
static void citing_json(struct json *j, struct mentions *l, struct arena *a)
{
	struct citings all = found_by_court(l, a);
	json_array(j);
	for (size_t i = 0; i < all.n; i++) {
		const struct mention *m = &l->v[all.v[i].first];
		json_object(j);
		json_key_str_or_null(j, "court", m->court);
		json_key_str_or_null(j, "address", m->address);
		json_key_str_or_null(j, "cite", m->display);
		json_key_str_or_null(j, "title", m->title);
		date(j, m->date);
		json_key_uint(j, "times", m->times);
		json_key_str_or_null(j, "depth", span_of(citator_depth_name(citator_depth(m->times))));
		json_end(j, '}');
	}
	json_end(j, ']');
}

/* "asked": the citation asked for is this superseded number, or below it. */
static void formers_json(struct json *j, const struct found *f, struct arena *a)
{
	json_key(j, "formerly");
	json_array(j);
	for (size_t i = 0; i < f->formers.n; i++) {
		json_object(j);
		json_key_str_or_null(j, "address", f->formers.v[i].address);
		json_key_str_or_null(j, "cite", address_display(f->formers.v[i].address, a));
		json_key_str_or_null(j, "source", f->formers.v[i].source);
		json_key_bool(j, "asked", address_under(f->address, f->formers.v[i].address));
		json_end(j, '}');
	}
	json_end(j, ']');
	/* Documents that cite it by superseded numbers alone. */
	json_key_uint(j, "cited_by_former", f->by_former);
}

/* From 1: the first is the one that was asked for. */
static void also_json(struct json *j, const struct alsos *l, struct arena *a)
{
	json_key(j, "also");
	json_array(j);
	for (size_t i = 1; i < l->n; i++) {
		json_object(j);
		json_key_str_or_null(j, "address", l->v[i].address);
		json_key_str_or_null(j, "cite", address_display(l->v[i].address, a));
		json_key_str_or_null(j, "given_by", l->v[i].own ? SPAN("document") : SPAN("citing"));
		json_end(j, '}');
	}
	json_end(j, ']');
}

/* "mentions" in order of what is cited, before "citing" sorts them by court. */
static void mentions_json(struct json *j, struct found *f, struct arena *a)
{
	json_key(j, "treatment");
	treated_json(&f->mentions.treated, j, a);
	json_key(j, "treats");
	treated_json(&f->treats, j, a);
	/* Documents, not mentions: as a search counts them, but a case by any of its citations. */
	json_key_uint(j, "cited_by", f->mentions.documents);
	json_key_uint(j, "cited_by_range", f->mentions.ranged);
	json_key(j, "mentions");
	json_array(j);
	for (size_t i = 0; i < f->mentions.n; i++)
		mention_json(j, &f->mentions.v[i], a);
	json_end(j, ']');
	json_key(j, "citing");
	citing_json(j, &f->mentions, a);
}

/* A reading: {"address":...,"found":...,"document":{...}|null,"cites":[...],...};
 * searcher/printed.h describes the keys. */
void found_json(struct found *f, struct arena *a, struct json *j)
{
	struct show_parts none = { 0 };
	json_object(j);
	json_key_str_or_null(j, "address", f->address);
	/* Null where the index lacks the document. Not the address asked for where that is a page
	 * inside a case or a superseded number. */
	json_key_str_or_null(j, "found", f->here ? f->at : (span){ 0 });
	json_key_str_or_null(j, "cite", address_display(f->address, a));
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
