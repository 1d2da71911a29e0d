/* quality --set=citations: the case sets of ../shared/data/citations, scored:
 * recall and precision by kind, each field, and with --list every miss. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/args.h"
#include "base/file.h"
#include "bench/bench.h"
#include "law/cite.h"

struct options {
	span data;
	bool list;
	span kind; /* of --list: only these */
};

static const struct opt opts[] = {
	{ "data", 0, OPT_TEXT, offsetof(struct options, data), "DIR", "where the case sets are", NULL, 0, 0 },
	{ "list", 'l', OPT_FLAG, offsetof(struct options, list), NULL, "print every miss", NULL, 0, 0 },
	{ "kind", 'k', OPT_TEXT, offsetof(struct options, kind), "KIND", "list misses of this kind only", NULL, 0, 0 },
};
static const struct command about = { "citations", "[FILE...]", "score citation finding on case sets", NULL, opts,
				      sizeof opts / sizeof *opts };

/* What the sets call a kind, and which of ours answer it. */
static const struct kind_map {
	const char *name;
	unsigned ours;
} kinds[] = {
	{ "full_case", 1u << CITE_CASE }, { "neutral", 1u << CITE_CASE }, { "short_case", 1u << CITE_SHORT_CASE }, { "id", 1u << CITE_ID },
	{ "supra", 1u << CITE_SUPRA }, { "statute", 1u << CITE_STATUTE | 1u << CITE_REGULATION | 1u << CITE_SESSION_LAW | 1u << CITE_RULE },
	{ "regulation", 1u << CITE_REGULATION }, { "constitution", 1u << CITE_CONSTITUTION }, { "court_rule", 1u << CITE_RULE },
	{ "journal", 1u << CITE_JOURNAL }, { "bare_section", 1u << CITE_STATUTE | 1u << CITE_REGULATION | 1u << CITE_JOURNAL | 1u << CITE_RULE |
	  1u << CITE_CONSTITUTION | 1u << CITE_ID | 1u << CITE_BILL | 1u << CITE_SESSION_LAW },
	{ "public_law", 1u << CITE_SESSION_LAW }, { "statutes_at_large", 1u << CITE_SESSION_LAW }, { "federal_register", 1u << CITE_REGULATION },
	{ "docket", 1u << CITE_DOCKET }, { "restatement", 1u << CITE_JOURNAL }, { "treatise", 1u << CITE_JOURNAL },
	{ "sessionLaw", 1u << CITE_SESSION_LAW }, { "stateRule", 1u << CITE_RULE }, { "canon", 1u << CITE_RULE }, { "annotation", 1u << CITE_JOURNAL | 1u << CITE_CASE },
	{ "reference", 1u << CITE_SHORT_CASE | 1u << CITE_REFERENCE }, { "usc", 1u << CITE_STATUTE }, { "cfr", 1u << CITE_REGULATION },
	{ "law", 1u << CITE_SESSION_LAW }, { "dc_code", 1u << CITE_STATUTE }, { "va_code", 1u << CITE_STATUTE }, { "usconst", 1u << CITE_CONSTITUTION },
	{ "fedreg", 1u << CITE_REGULATION }, { "stat", 1u << CITE_SESSION_LAW }, { "reporter", 1u << CITE_CASE }, { "legislativeMaterial", 1u << CITE_BILL },
	{ "localOrdinance", 1u << CITE_STATUTE },
};
#define KINDS (sizeof kinds / sizeof *kinds)
enum { VOLUME, PAGE, SECTION, YEAR, PIN, PARTIES, COURT, FIELDS };
static const char *const field_names[] = { "volume", "page", "section", "year", "pin", "parties", "court present" };

struct score {
	unsigned want[KINDS], got[KINDS], extra[CITE_KINDS], found[CITE_KINDS];
	unsigned fields[FIELDS], right[FIELDS], wrong_year;
	const struct options *o;
	const char *id;
};

static size_t kind_index(const char *name)
{
	for (size_t k = 0; name && k < KINDS; k++)
		if (strcmp(kinds[k].name, name) == 0)
			return k;
	return KINDS;
}

/* Byte offset of a code point. */
static size_t byte_of(span t, size_t points)
{
	size_t i = 0;
	for (; i < t.n && points; points--) {
		i++;
		while (i < t.n && ((unsigned char)t.p[i] & 0xC0) == 0x80)
			i++;
	}
	return i;
}

static bool digits_eq(span a, span b)
{
	char x[32], y[32];
	size_t n = 0, m = 0;
	for (size_t i = 0; i < a.n && n < 31; i++)
		if (is_alnum(a.p[i]))
			x[n++] = to_lower(a.p[i]);
	for (size_t i = 0; i < b.n && m < 31; i++)
		if (is_alnum(b.p[i]))
			y[m++] = to_lower(b.p[i]);
	return n == m && memcmp(x, y, n) == 0;
}

/* A member as text, numbers too; empty when it is not asserted. */
static span member(const json_t *e, const char *key, struct arena *a)
{
	const json_t *v = json_object_get(e, key);
	if (json_is_string(v))
		return span_of(json_string_value(v));
	return json_is_integer(v) ? arena_printf(a, "%lld", (long long)json_integer_value(v)) : (span){ 0 };
}

static void miss(const struct score *s, const char *what, const char *kind, span want, span got)
{
	if (!s->o->list || (s->o->kind.n && !span_eq(s->o->kind, span_of(kind)) && !span_eq(s->o->kind, span_of(what))))
		return;
	printf("%s\t%s\t%s\t%.*s\t%.*s\n", what, kind, s->id, SPAN_ARG(want), SPAN_ARG(got));
}

static void field(struct score *s, int f, span want, span got, bool right)
{
	if (!want.n)
		return;
	s->fields[f]++;
	s->right[f] += right;
	if (!right)
		miss(s, field_names[f], "field", want, got);
}

static span digits_part(span s)
{
	size_t i = 0;
	while (i < s.n && !is_digit(s.p[i]))
		i++;
	size_t end = i;
	while (end < s.n && is_digit(s.p[end]))
		end++;
	return span_sub(s, i, end);
}

static void score_fields(struct score *s, const json_t *e, const struct cite *c, struct arena *a)
{
	span v = member(e, "volume", a), p = member(e, "page", a), y = member(e, "year", a), sec = member(e, "section", a);
	span pin = member(e, "pin_cite", a), name = member(e, "plaintiff", a), def = member(e, "defendant", a), court = member(e, "court_text", a);
	pin = pin.n ? pin : member(e, "pincite", a);
	char year[8];
	snprintf(year, sizeof year, "%u", c->year);
	field(s, VOLUME, v, c->volume, digits_eq(v, c->volume));
	if (c->kind == CITE_CASE)
		field(s, PAGE, p, c->page, digits_eq(p, c->page));
	field(s, SECTION, sec, c->section, digits_eq(sec, c->section));
	field(s, YEAR, y, span_of(year), span_eq(y, span_of(year)));
	s->wrong_year += y.n && c->year && !span_eq(y, span_of(year));
	field(s, PIN, pin, c->pin, digits_eq(digits_part(pin), digits_part(c->pin)));
	if (name.n && def.n)
		field(s, PARTIES, name, c->plaintiff, digits_eq(name, c->plaintiff) && digits_eq(def, c->defendant));
	if (c->kind == CITE_CASE && !span_starts(court, SPAN("quoting")))
		field(s, COURT, court, c->court, c->court.n != 0);
}

/* Whether the numbers that an expectation without a place asserts are those of c. */
static bool numbers_fit(const json_t *e, const struct cite *c, struct arena *a)
{
	span v = member(e, "volume", a), p = member(e, "page", a), sec = member(e, "section", a);
	return (!v.n || digits_eq(v, c->volume)) && (!p.n || c->kind != CITE_CASE || digits_eq(p, c->page)) &&
	       (!sec.n || digits_eq(sec, c->section));
}

/* Our citation that answers an expectation: right kind, ranges that touch;
 * where the set gives no place, the same numbers. */
static const struct cite *answer(const struct cites *list, const json_t *e, struct range at, bool *used, struct arena *a)
{
	unsigned ours = kinds[kind_index(json_string_value(json_object_get(e, "kind")))].ours;
	for (size_t i = 0; i < list->n; i++) {
		const struct cite *c = &list->v[i];
		bool touch = at.end ? c->at.beg < at.end && at.beg < c->at.end : numbers_fit(e, c, a);
		if ((!used[i] || c->kind == CITE_ID) && (ours >> c->kind & 1) && touch) {
			used[i] = true;
			return c;
		}
	}
	return NULL;
}

static struct range place_of(const json_t *e, span text)
{
	const json_t *o = json_object_get(e, "observed"), *b = json_object_get(e, "bstart");
	if (json_is_integer(b))
		return (struct range){ (uint32_t)json_integer_value(b), (uint32_t)json_integer_value(json_object_get(e, "bend")) };
	if (!json_is_integer(json_object_get(e, "start")) && o)
		e = o;
	if (!json_is_integer(json_object_get(e, "start")))
		return (struct range){ 0 };
	size_t beg = byte_of(text, (size_t)json_integer_value(json_object_get(e, "start")));
	const char *t = json_string_value(json_object_get(e, "text"));
	if (json_is_integer(json_object_get(e, "end")))
		return (struct range){ (uint32_t)beg, (uint32_t)byte_of(text, (size_t)json_integer_value(json_object_get(e, "end"))) };
	return (struct range){ (uint32_t)beg, (uint32_t)(beg + (t ? strlen(t) : 1)) };
}

static void score_extras(struct score *s, const struct cites *list, const bool *used, const json_t *want, span text)
{
	for (size_t i = 0; i < list->n; i++) {
		bool touched = used[i];
		for (size_t k = 0; !touched && k < json_array_size(want); k++) {
			struct range at = place_of(json_array_get(want, k), text);
			touched = list->v[i].at.beg < at.end && at.beg < list->v[i].at.end;
		}
		s->found[list->v[i].kind]++;
		s->extra[list->v[i].kind] += !touched;
		if (!touched)
			miss(s, "extra", cite_kind_name(list->v[i].kind), span_range(text, list->v[i].at),
			     span_sub(text, list->v[i].at.beg > 40 ? list->v[i].at.beg - 40 : 0, list->v[i].at.end + 20));
	}
}

static void score_case(struct score *s, const json_t *c, struct arena *a)
{
	const json_t *want = json_object_get(c, "expected");
	want = json_is_array(want) ? want : json_object_get(c, "mentions");
	const char *input = json_string_value(json_object_get(c, "input"));
	input = input ? input : json_string_value(json_object_get(c, "text"));
	if (!input || !json_is_array(want))
		return;
	span text = span_of(input);
	struct cites list = cites_of(text, NULL, a);
	bool *used = NEWN(a, bool, list.n + 1);
	s->id = json_string_value(json_object_get(c, "id"));
	for (size_t k = 0; k < json_array_size(want); k++) {
		const json_t *e = json_array_get(want, k);
		size_t kind = kind_index(json_string_value(json_object_get(e, "kind")));
		if (kind == KINDS)
			continue;
		struct range at = place_of(e, text);
		const struct cite *got = answer(&list, e, at, used, a);
		s->want[kind]++;
		s->got[kind] += got != NULL;
		if (got)
			score_fields(s, e, got, a);
		else
			miss(s, "miss", kinds[kind].name, span_range(text, at),
			     span_sub(text, at.beg > 50 ? at.beg - 50 : 0, at.end + 30));
	}
	bool all = json_is_true(json_object_get(c, "count_asserted")) || json_object_get(c, "mentions");
	if (all)
		score_extras(s, &list, used, want, text);
}

static void print_score(const char *set, const struct score *s)
{
	printf("\n%s\n  %-20s %6s %6s %7s\n", set, "kind", "want", "got", "recall");
	for (size_t k = 0; k < KINDS; k++)
		if (s->want[k])
			printf("  %-20s %6u %6u %7.3f\n", kinds[k].name, s->want[k], s->got[k], s->got[k] / (double)s->want[k]);
	for (int k = 0; k < CITE_KINDS; k++)
		if (s->found[k])
			printf("  found %-14s %6u extra %5u\n", cite_kind_name((enum cite_kind)k), s->found[k], s->extra[k]);
	for (int f = 0; f < FIELDS; f++)
		if (s->fields[f])
			printf("  field %-14s %6u right %5u %7.3f\n", field_names[f], s->fields[f], s->right[f], s->right[f] / (double)s->fields[f]);
	printf("  wrong years %u\n", s->wrong_year);
}

static bool score_file(const struct options *o, const char *path, struct err *err)
{
	struct arena a = { 0 }, work = { 0 };
	struct score s = { .o = o };
	span text, line;
	if (!file_read(path, FILE_MAX_BYTES, &a, &text, err))
		return false;
	while (span_cut(&text, '\n', &line)) {
		json_t *c = json_loadb(line.p, line.n, 0, NULL);
		if (c)
			score_case(&s, c, &work);
		json_decref(c);
		arena_reset(&work);
	}
	print_score(path, &s);
	arena_release(&work);
	arena_release(&a);
	return true;
}

int bench_citations(char **argv)
{
	static const char *const sets[] = { "real_opinions_silver", "eyecite_cases", "ts_corpus", "ts_recorded", "us_citation_cases" };
	struct arena a = { 0 };
	struct options o = { .data = SPAN("../shared/data/citations") };
	struct spans rest = { 0 };
	struct err err = { 0 };
	bool ok = args_parse(&about, argv, &o, &rest, &a, &err);
	for (size_t i = 0; ok && i < (rest.n ? rest.n : sizeof sets / sizeof *sets); i++)
		ok = score_file(&o, arena_cstr(&a, rest.n ? rest.v[i] : arena_printf(&a, "%.*s/%s.jsonl", SPAN_ARG(o.data), sets[i])), &err);
	if (!ok)
		fprintf(stderr, "pincite-bench: %s\n", err.msg);
	arena_release(&a);
	return ok ? 0 : (int)err.code;
}
