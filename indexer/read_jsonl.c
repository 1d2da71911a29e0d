/* JSON Lines: one record a line, its fields found by paths or by the names
 * that such corpora commonly use. */
#include <stdlib.h>
#include "base/buf.h"
#include "base/utf8.h"
#include "indexer/json_line.h"
#include "indexer/read.h"

/* Names of --map and --set, in the order of enum field_from. */
static const char *const froms[FROM_COUNT] = { "text", "title", "number", "cite", "date", "court", "kind", "jurisdiction",
					       "code", "id", "url", "docket", "judge", "version" };
/* Tried in order where --map is not given. */
static const char *const guesses[FROM_COUNT] = {
	[FROM_TEXT] = (".text|.document|.body|.content|.html_with_citations|.plain_text|.opinion_text|.html|.chunk_text|"
		      ".casebody.opinions[0].text|.opinions[0].opinion_text|.casebody.data.opinions[0].text"),
	[FROM_TITLE] = ".title|.heading|.case_name|.caseName|.name|.catch_line",
	[FROM_NUMBER] = ".number|.section_number|.section",
	[FROM_CITE] = ".citation|.cite|.citations|.citations[0].cite",
	[FROM_DATE] = ".date|.date_filed|.dateFiled|.decision_date",
	[FROM_COURT] = ".court|.court_id|.court.name|.court_full_name",
	[FROM_KIND] = ".kind",
	[FROM_JURISDICTION] = ".jurisdiction|.jurisdiction.name",
	[FROM_CODE] = ".code",
	[FROM_ID] = ".id|.hash",
	[FROM_URL] = ".url|.absolute_url",
	[FROM_DOCKET] = ".docket_number|.docketNumber|.docket",
	[FROM_JUDGE] = ".judges|.judge",
	[FROM_VERSION] = ".version",
};

/* -1: no such field. */
static int from_of(span name)
{
	for (int i = 0; i < FROM_COUNT; i++)
		if (span_eq(span_of(froms[i]), name))
			return i;
	return -1;
}

/* "FIELD=" of one item of a list; false with err when there is no such field. */
static bool split(const char *option, span item, int *field, span *value, struct err *err)
{
	size_t eq = span_find_byte(item, '=', 0);
	*value = span_sub(item, eq + 1, item.n);
	*field = from_of(span_trim(span_sub(item, 0, eq)));
	if (eq == item.n)
		return err_set(err, ERR_REQUEST, "--%s=%.*s: FIELD=VALUE is wanted", option, SPAN_ARG(item));
	if (*field >= 0)
		return true;
	const char *near = nearest(span_sub(item, 0, eq), froms, FROM_COUNT);
	return err_set(err, ERR_REQUEST, "--%s: no field %.*s; %s%s", option, (int)eq, item.p,
		       near ? "did you mean " : "one of text title number cite date court kind jurisdiction code id url",
		       near ? near : "");
}

/* path := ("." name | "[" digits "]")+ */
static bool path_ok(span p)
{
	for (size_t i = 0; i < p.n;) {
		size_t end = i + 1;
		if (p.p[i] == '.') {
			while (end < p.n && p.p[end] != '.' && p.p[end] != '[')
				end++;
			if (end == i + 1)
				return false;
		} else if (p.p[i] == '[') {
			uint64_t n;
			end = span_find_byte(p, ']', i);
			if (end == p.n || !span_uint(span_sub(p, i + 1, end), 1000000, &n))
				return false;
			end++;
		} else {
			return false;
		}
		i = end;
	}
	return p.n > 0;
}

/* spec := FIELD "=" path ("," FIELD "=" path)*. The paths are
 * borrowed from the command line, which outlives the run. */
bool mapping_paths(span spec, struct mapping *m, struct err *err)
{
	span item, value;
	int field;
	while (span_cut(&spec, ',', &item)) {
		if (!split("map", item, &field, &value, err))
			return false;
		if (!path_ok(value))
			return err_set(err, ERR_REQUEST, "--map: %.*s is no path; write it as .name or .name[0].name", SPAN_ARG(value));
		m->path[field] = value;
		m->mapped = true;
	}
	return true;
}

/* What --set gives holds for all records of the run, above
 * what they say themselves; a text for all would be no corpus. */
bool mapping_values(span spec, struct mapping *m, struct err *err)
{
	span item, value;
	int field;
	while (span_cut(&spec, ',', &item)) {
		if (!split("set", item, &field, &value, err))
			return false;
		if (field == FROM_TEXT)
			return err_set(err, ERR_REQUEST, "--set=text: the text cannot be the same for all records");
		if (field == FROM_KIND && kind_of_name(value) < 0)
			return err_set(err, ERR_REQUEST, "--set=kind=%.*s: no such kind", SPAN_ARG(value));
		m->value[field] = value;
	}
	return true;
}

/* As written: what a date or a court is, law/document makes of it. */
static struct meta meta_of(const span v[FROM_COUNT])
{
	return (struct meta){ .kind = v[FROM_KIND], .jurisdiction = v[FROM_JURISDICTION], .code = v[FROM_CODE],
			      .number = v[FROM_NUMBER], .title = v[FROM_TITLE], .cite = v[FROM_CITE], .date = v[FROM_DATE],
			      .court = v[FROM_COURT], .docket = v[FROM_DOCKET], .judge = v[FROM_JUDGE], .id = v[FROM_ID],
			      .url = v[FROM_URL], .version = v[FROM_VERSION] };
}

struct meta mapping_meta(const struct mapping *m)
{
	return meta_of(m->value);
}

/* Number of the value at a path; 0 when there is none: the whole is at no path. */
static size_t at_path(const struct json_line *l, span p, struct arena *a)
{
	size_t v = 0;
	while (p.n) {
		size_t end = 1;
		if (p.p[0] == '[') {
			uint64_t i = 0;
			end = span_find_byte(p, ']', 0);
			span_uint(span_sub(p, 1, end), 1000000, &i);
			v = json_item(l, v, (size_t)i);
			end++;
		} else {
			while (end < p.n && p.p[end] != '.' && p.p[end] != '[')
				end++;
			v = json_member(l, v, span_sub(p, 1, end), a);
		}
		/* Value 0 is the whole line and part of nothing, so 0 can mean that there is none. */
		if (!v)
			return 0;
		p = span_sub(p, end, p.n);
	}
	return v;
}

/* The strings of a list: the first (text: all, as paragraphs). */
static span listed(const struct json_line *l, const struct json_value *list, bool all, struct arena *a)
{
	struct buf b = { .a = a };
	for (size_t i = (size_t)(list - l->v) + 1; i < list->after; i = l->v[i].after) {
		if (l->v[i].kind != LINE_STRING)
			continue;
		/* Paragraphs, so that the texts of a list do not run into one another. */
		if (b.n)
			buf_put(&b, SPAN("\n\n"));
		buf_put(&b, json_text(&l->v[i], a));
		if (!all)
			break;
	}
	return buf_span(&b);
}

/* A string or a number as bytes, or what a list has of them. */
static span scalar(const struct json_line *l, const struct json_value *v, bool all, struct arena *a)
{
	switch ((enum line_kind)v->kind) {
	case LINE_STRING:
		return json_text(v, a);
	case LINE_INTEGER:
		return v->raw;
	case LINE_REAL:
		/* Ten digits, so that a section 12.5 comes out as it was written. */
		return arena_printf(a, "%.10g", strtod(arena_cstr(a, span_sub(v->raw, 0, 400)), NULL));
	case LINE_ARRAY:
		return listed(l, v, all, a);
	default:
		return (span){ 0 };
	}
}

/* The first path that has something counts. Only the text keeps its white space: it may be layout. */
static span field(const struct json_line *l, const struct mapping *m, enum field_from f, struct arena *a)
{
	span paths = m->mapped ? m->path[f] : m->path[f].n ? m->path[f] : span_of(guesses[f]), one;
	while (span_cut(&paths, '|', &one)) {
		size_t v = at_path(l, one, a);
		span s = v ? scalar(l, &l->v[v], f == FROM_TEXT, a) : (span){ 0 };
		if (s.n)
			return f == FROM_TEXT ? s : span_trim(s);
	}
	return (span){ 0 };
}

/* Ill-formed UTF-8 is mended first: JSON wants UTF-8, and a damaged letter should not cost the record. */
bool read_record(span line, const struct mapping *m, struct arena *a, struct line_record *out, struct err *err)
{
	struct json_line l;
	if (span_starts(line, SPAN("\xEF\xBB\xBF"))) /* a byte order mark before the first record */
		line = span_sub(line, 3, line.n);
	if (!json_line(utf8_mend(line, a, NULL), a, &l, err))
		return false;
	if (l.v[0].kind != LINE_OBJECT)
		return err_set(err, ERR_REQUEST, "not a JSON object");
	span v[FROM_COUNT];
	for (int i = 0; i < FROM_COUNT; i++) {
		v[i] = field(&l, m, (enum field_from)i, a);
		/* --set comes before what the record says. */
		v[i] = i != FROM_TEXT && m->value[i].n ? m->value[i] : v[i];
	}
	*out = (struct line_record){ meta_of(v), v[FROM_TEXT] };
	return true;
}

bool record_text(struct line_record *r, struct arena *a, struct text *out)
{
	span text = span_trim(r->text).n ? r->text : r->meta.title;
	if (!text.n)
		return false;
	*out = read_format((span){ 0 }, text) == FORMAT_HTML ? read_html(text, &r->meta, a) : text_plain(text, a);
	return true;
}
