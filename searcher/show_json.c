#include "law/cite_json.h"
#include "law/date.h"
#include "law/note.h"
#include "searcher/show.h"

/* A list is always there, empty where there is nothing. */
static void key_list(struct json *j, const char *key, const struct spans *l)
{
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < l->n; i++)
		json_str(j, l->v[i]);
	json_end(j, ']');
}

/* The first source has no "why": it is the one whose text is kept. */
static void source_json(struct json *j, const struct source *s)
{
	json_object(j);
	json_key_str_or_null(j, "path", s->path);
	json_key_uint(j, "beg", s->beg);
	json_key_uint(j, "end", s->end);
	if (s->why.n) {
		json_key_str_or_null(j, "why", s->why);
		json_key(j, "similarity");
		json_real(j, (double)s->similarity, 3);
	}
	json_end(j, '}');
}

/* Every key is always there, null where nothing is known, so that a reader need not tell "absent"
 * from "none". */
static void meta_json(struct json *j, const struct record *r)
{
	const struct meta *m = &r->doc.meta;
	char date[11];
	span day = { date, date_format(r->doc.date, date) };
	json_key_str_or_null(j, "kind", span_of(kind_name(r->doc.kind)));
	json_key_str_or_null(j, "title", m->title);
	json_key_str_or_null(j, "cite", r->doc.display);
	key_list(j, "breadcrumb", &m->breadcrumb);
	key_list(j, "parallel", &m->parallel);
	json_key_str_or_null(j, "date", day);
	json_key_str_or_null(j, "court", m->court);
	json_key_str_or_null(j, "docket", m->docket);
	json_key_str_or_null(j, "judge", m->judge);
	json_key_str_or_null(j, "jurisdiction", m->jurisdiction);
	json_key_str_or_null(j, "code", m->code);
	json_key_str_or_null(j, "number", m->number);
	json_key_str_or_null(j, "id", m->id);
	json_key_str_or_null(j, "url", m->url);
	json_key_uint(j, "copies", r->copies);
	key_list(j, "versions", &r->versions);
	json_key(j, "quality");
	json_real(j, (double)r->doc.text.quality, 3);
}

/* The tree as it is: "after" of a unit is where the next one beside it stands. Recursion is as deep
 * as the outline, which is bounded. */
static void unit_json(struct json *j, const struct outline *o, size_t i)
{
	const struct unit *u = &o->v[i];
	json_object(j);
	json_key_str_or_null(j, "label", u->label);
	json_key_uint(j, "level", u->level);
	json_key_str_or_null(j, "role", span_of(unit_role_name(u->role)));
	json_key_str_or_null(j, "address", u->address);
	json_key_str_or_null(j, "heading", u->heading);
	json_key_uint(j, "beg", u->at.beg);
	json_key_uint(j, "end", u->at.end);
	/* Of a leaf an empty list. */
	json_key(j, "children");
	json_array(j);
	for (size_t c = i + 1; c < u->after; c = o->v[c].after)
		unit_json(j, o, c);
	json_end(j, ']');
	json_end(j, '}');
}

/* Of the whole document also where a part was asked for; places are in bytes of its source, so a
 * reader can pick. */
static void repairs_json(struct json *j, const struct edits *l)
{
	json_key(j, "repairs");
	json_array(j);
	for (size_t i = 0; i < l->n; i++) {
		json_object(j);
		json_key_str_or_null(j, "rule", span_of(l->v[i].rule));
		json_key_uint(j, "beg", l->v[i].at.beg);
		json_key_uint(j, "end", l->v[i].at.end);
		json_key_str(j, "before", l->v[i].before);
		json_key_str(j, "after", l->v[i].after);
		json_key(j, "confidence");
		json_real(j, (double)l->v[i].confidence, 3);
		json_end(j, '}');
	}
	json_end(j, ']');
}

/* Citations within the part, their ranges in the document's clean text. */
static void cites_json(struct json *j, const struct shown *s)
{
	const struct cites *l = &s->record.cites;
	json_key(j, "citations");
	json_array(j);
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].at.beg >= s->at.beg && l->v[i].at.end <= s->at.end)
			cite_json(j, &l->v[i], l->v[i].at, span_range(s->record.doc.text.clean, l->v[i].at), 0);
	json_end(j, ']');
}

/* The footnotes of the part, and those it calls: what calls each, and from which unit. */
static void notes_json(struct json *j, const struct shown *s, struct arena *a)
{
	const struct outline *o = &s->record.outline;
	struct note_calls calls = note_calls(o, s->record.doc.text.clean, a);
	json_key(j, "notes");
	json_array(j);
	for (size_t i = 0; i < calls.n; i++) {
		const struct note_call *c = &calls.v[i];
		const struct unit *u = &o->v[c->note];
		/* A footnote counts when it is called from here or stands here. */
		bool called = c->at.beg >= s->at.beg && c->at.end <= s->at.end, within = u->at.beg >= s->at.beg && u->at.end <= s->at.end;
		if (!called && !within)
			continue;
		json_object(j);
		json_key_str_or_null(j, "address", u->address);
		json_key_str_or_null(j, "called_from", o->v[c->unit].address);
		/* The mark that calls the note, in bytes of the document's clean text. */
		json_key_uint(j, "call_beg", c->at.beg);
		json_key_uint(j, "call_end", c->at.end);
		json_key_str_or_null(j, "text", span_trim(span_range(s->record.doc.text.clean, u->at)));
		json_end(j, '}');
	}
	json_end(j, ']');
}

/* {"schema":1,"address":...,"kind":...,"text":...,"citations":[...],"notes":[...]}, on one line;
 * the lists that cost much only where they were asked for. "beg" and "end" are places in the
 * document's clean text, as those of all that follows. */
void show_json(const struct shown *s, const struct show_parts *parts, struct json *j)
{
	const struct record *r = &s->record;
	json_object(j);
	json_key_uint(j, "schema", 1);
	json_key_str_or_null(j, "address", s->address);
	meta_json(j, r);
	if (r->sources.n) {
		json_key(j, "source");
		source_json(j, &r->sources.v[0]);
	}
	json_key_uint(j, "beg", s->at.beg);
	json_key_uint(j, "end", s->at.end);
	json_key_str_or_null(j, "text", span_range(r->doc.text.clean, s->at));
	cites_json(j, s);
	notes_json(j, s, j->out->a);
	if (parts->outline && r->outline.n) {
		json_key(j, "outline");
		unit_json(j, &r->outline, s->unit);
	}
	if (parts->repairs)
		repairs_json(j, &r->doc.text.edits);
	if (parts->original)
		json_key_str_or_null(j, "original", show_source(s));
	if (parts->copies) {
		json_key(j, "sources");
		json_array(j);
		for (size_t i = 0; i < r->sources.n; i++)
			source_json(j, &r->sources.v[i]);
		json_end(j, ']');
	}
	json_end(j, '}');
}
