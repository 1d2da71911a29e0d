/* The cases of tests/unit/outline_*.txt: texts in the form of many codes and
 * courts, with marks that say what is to be found where.
 *
 *   === name                begins a case
 *   @given FIELD=VALUE,...  what is known beforehand (jurisdiction, code, number, kind, title)
 *   @FIELD VALUE            of the first document: kind, address, court, docket, date, judge, title, cite
 *   @docs N                 how many documents
 *   ---                     then the text, to the next case
 *
 * A mark is about the first byte after it that is no white space:
 *   {{a/1}}  a subdivision of this address begins     {{+a/1}}  text of a/1 without a label of its own; {{+}} of the section
 *   {{!}}    no subdivision begins                    {{=note}} a unit of this role, or a deeper one
 *   {{#p12}} the address ends so                      {{part I./A.}} a part begins, by labels or headings
 *   {{O Roe}} an opinion whose heading has the word; {{O -}} none   {{D s2}} a document whose address ends so
 * A subdivision that no mark announces is a fault, too. `test_outline_cases FILE...` prints the share that is right. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>
#include "base/buf.h"
#include "base/file.h"
#include "law/outline.h"
#include "law/passage.h"
#include "law/repair.h"
#include "tests/fuzz/fuzz_outline.c"

struct wanted {
	uint32_t at; /* byte of the text without marks */
	span what;
};
struct wants {
	struct wanted *v;
	size_t n, cap;
};
struct outlines {
	struct outline *v;
	size_t n, cap;
};
struct reading_of {
	span name;
	struct text text;
	struct docs docs;
	struct outlines outlines;
	struct arena *a;
	unsigned right, wrong;
};

static void judge(struct reading_of *r, bool ok, const char *what, span wanted, span got)
{
	r->right += ok;
	r->wrong += !ok;
	if (!ok)
		printf("%.*s: %s: want %.*s, got %.*s\n", SPAN_ARG(r->name), what, SPAN_ARG(wanted), SPAN_ARG(got));
}

/* The text without its marks. */
static span unmarked(span s, struct wants *w, struct arena *a)
{
	struct buf b = { .a = a };
	for (size_t i = 0; i < s.n;) {
		size_t open = span_find(s, SPAN("{{"), i), close = span_find(s, SPAN("}}"), open);
		buf_put(&b, span_sub(s, i, open));
		if (open < s.n)
			*PUSH(a, w) = (struct wanted){ (uint32_t)b.n, span_sub(s, open + 2, close) };
		i = open < s.n ? close + 2 : s.n;
	}
	return buf_span(&b);
}

static size_t doc_at(const struct reading_of *r, uint32_t at)
{
	size_t i = 0;
	while (i + 1 < r->docs.n && r->docs.v[i + 1].at.beg <= at)
		i++;
	return i;
}

static const struct unit *labelled_at(const struct reading_of *r, size_t doc, uint32_t at)
{
	const struct outline *o = &r->outlines.v[doc];
	const struct doc *d = &r->docs.v[doc];
	for (size_t i = 0; i < o->n; i++) {
		if (o->v[i].role != UNIT_SUBDIVISION)
			continue;
		size_t label = (size_t)(o->v[i].label.p - d->text.clean.p);
		if (label == at || label == at + 1)
			return &o->v[i];
	}
	return NULL;
}

static span below(const struct doc *d, span address)
{
	bool under = span_starts(address, d->address) && address.n > d->address.n;
	return under ? span_sub(address, d->address.n + 1, address.n) : (span){ 0 };
}

static span part_path(const struct outline *o, size_t unit, struct arena *a)
{
	span path = { 0 };
	for (size_t i = unit; i; i = o->v[i].parent) {
		if (o->v[i].role != UNIT_PART)
			continue;
		span own = o->v[i].label.n ? o->v[i].label : o->v[i].heading;
		path = path.n ? arena_printf(a, "%.*s/%.*s", SPAN_ARG(own), SPAN_ARG(path)) : own;
	}
	return path;
}

static const char *opinion_of(const struct outline *o, size_t unit, struct arena *a)
{
	for (size_t i = unit; i; i = o->v[i].parent)
		if (o->v[i].role == UNIT_OPINION)
			return arena_cstr(a, o->v[i].heading);
	return "-";
}

static bool has_role(const struct outline *o, size_t unit, span role)
{
	for (size_t i = unit; i; i = o->v[i].parent)
		if (span_eq(span_of(unit_role_name(o->v[i].role)), role))
			return true;
	return false;
}

static void judge_mark(struct reading_of *r, const struct wanted *w)
{
	uint32_t at = text_to_clean(&r->text, w->at);
	while (at < r->text.clean.n && is_space(r->text.clean.p[at]))
		at++;
	size_t doc = doc_at(r, at);
	const struct doc *d = &r->docs.v[doc];
	const struct outline *o = &r->outlines.v[doc];
	at -= d->at.beg;
	const struct unit *own = labelled_at(r, doc, at);
	size_t unit = outline_at(o, at);
	span got = below(d, o->v[unit].address), want = w->what, rest = span_sub(want, 1, want.n);
	span role = span_of(unit_role_name(o->v[unit].role));
	if (span_starts(want, SPAN("+")))
		judge(r, !own && span_eq(got, rest) && has_role(o, unit, SPAN("heading")) == 0, "unlabelled", want, own ? SPAN("a label") : got);
	else if (span_starts(want, SPAN("!")))
		judge(r, !own, "reference", want, own ? below(d, own->address) : (span){ 0 });
	else if (span_starts(want, SPAN("=")))
		judge(r, has_role(o, unit, rest), "role", want, role);
	else if (span_starts(want, SPAN("#")))
		judge(r, span_ends(o->v[unit].address, want), "anchor", want, o->v[unit].address);
	else if (span_starts(want, SPAN("part ")))
		judge(r, span_eq(part_path(o, unit, r->a), span_sub(want, 5, want.n)), "part", want, part_path(o, unit, r->a));
	else if (span_starts(want, SPAN("O ")))
		judge(r, span_case_find(span_of(opinion_of(o, unit, r->a)), span_sub(want, 2, want.n)) < strlen(opinion_of(o, unit, r->a)), "opinion",
		      want, span_of(opinion_of(o, unit, r->a)));
	else if (span_starts(want, SPAN("D ")))
		judge(r, span_ends(d->address, span_sub(want, 2, want.n)), "document", want, d->address);
	else
		judge(r, own && span_eq(below(d, own->address), want), "label", want, own ? below(d, own->address) : role);
}

/* Subdivisions that no mark names. */
static void judge_extra(struct reading_of *r, const struct wants *w)
{
	for (size_t doc = 0; doc < r->docs.n; doc++)
		for (size_t i = 0; i < r->outlines.v[doc].n; i++) {
			const struct unit *u = &r->outlines.v[doc].v[i];
			if (u->role != UNIT_SUBDIVISION)
				continue;
			uint32_t label = (uint32_t)(u->label.p - r->docs.v[doc].text.clean.p) + r->docs.v[doc].at.beg;
			bool known = false;
			for (size_t k = 0; k < w->n && !known; k++) {
				uint32_t at = text_to_clean(&r->text, w->v[k].at);
				while (at < r->text.clean.n && is_space(r->text.clean.p[at]))
					at++;
				known = at == label || at + 1 == label;
			}
			if (!known)
				judge(r, false, "not announced", SPAN("none"), below(&r->docs.v[doc], u->address));
		}
}

static void judge_meta(struct reading_of *r, span key, span want)
{
	const struct doc *d = &r->docs.v[0];
	const struct meta *m = &d->meta;
	const struct { const char *name; span value; } fields[] = {
		{ "kind", span_of(kind_name(d->kind)) }, { "address", d->address }, { "court", m->court }, { "docket", m->docket },
		{ "date", m->date }, { "judge", m->judge }, { "title", m->title }, { "cite", m->cite },
		{ "docs", arena_printf(r->a, "%zu", r->docs.n) } };
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (span_eq(key, span_of(fields[i].name)))
			judge(r, span_eq(fields[i].value, want), fields[i].name, want, fields[i].value);
}

static void give(struct meta *m, span list)
{
	span item;
	while (span_cut(&list, ',', &item)) {
		size_t eq = span_find_byte(item, '=', 0);
		span key = span_trim(span_sub(item, 0, eq)), value = span_sub(item, eq + 1, item.n);
		const struct { const char *name; span *to; } fields[] = { { "kind", &m->kind }, { "jurisdiction", &m->jurisdiction },
			{ "code", &m->code }, { "number", &m->number }, { "title", &m->title }, { "court", &m->court } };
		for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
			if (span_eq(key, span_of(fields[i].name)))
				*fields[i].to = value;
	}
}

static void one_case(span name, span body, unsigned *right, unsigned *wrong)
{
	struct arena a = { 0 };
	struct reading_of r = { .name = name, .a = &a };
	struct wants wants = { 0 };
	struct meta given = { 0 };
	size_t cut = span_find(body, SPAN("---\n"), 0);
	span head = span_sub(body, 0, cut), line;
	span source = unmarked(span_sub(body, cut + 4, body.n), &wants, &a);
	for (span rest = head; span_cut(&rest, '\n', &line);)
		if (span_starts(line, SPAN("@given ")))
			give(&given, span_sub(line, 7, line.n));
	struct text plain = text_plain(source, &a);
	r.text = repair(&plain, &a);
	r.docs = documents(&r.text, &given, &a);
	for (size_t i = 0; i < r.docs.n; i++) {
		*PUSH(&a, &r.outlines) = outline_of(&r.docs.v[i], &a);
		check_document(&r.docs.v[i], &a);
	}
	for (span rest = head; span_cut(&rest, '\n', &line);) {
		size_t space = span_find_byte(line, ' ', 0);
		if (span_starts(line, SPAN("@")))
			judge_meta(&r, span_sub(line, 1, space), span_sub(line, space + 1, line.n));
	}
	for (size_t i = 0; i < wants.n; i++)
		judge_mark(&r, &wants.v[i]);
	judge_extra(&r, &wants);
	*right += r.right;
	*wrong += r.wrong;
	arena_release(&a);
}

static void cases_of(const char *path, unsigned *right, unsigned *wrong, unsigned *faulty)
{
	struct arena a = { 0 };
	struct err err = { 0 };
	span text;
	assert_true(file_read(path, FILE_MAX_BYTES, &a, &text, &err));
	for (size_t at = span_find(text, SPAN("=== "), 0); at < text.n;) {
		size_t next = span_find(text, SPAN("\n=== "), at), line = span_find_byte(text, '\n', at);
		unsigned before = *wrong;
		one_case(span_sub(text, at + 4, line), span_sub(text, line + 1, next < text.n ? next + 1 : text.n), right, wrong);
		*faulty += *wrong > before;
		at = next < text.n ? next + 1 : text.n;
	}
	arena_release(&a);
}

static void all_hold(void **state)
{
	(void)state;
	static const char *const files[] = { SOURCE_DIR "/tests/unit/outline_law.txt", SOURCE_DIR "/tests/unit/outline_law2.txt",
					     SOURCE_DIR "/tests/unit/outline_opinions.txt", SOURCE_DIR "/tests/unit/outline_opinions2.txt" };
	unsigned right = 0, wrong = 0, faulty = 0;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		cases_of(files[i], &right, &wrong, &faulty);
	assert_int_equal(wrong, 0);
	assert_true(right > 500);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		unsigned right = 0, wrong = 0, faulty = 0;
		cases_of(argv[i], &right, &wrong, &faulty);
		printf("%s: %u of %u right, %.1f %%; %u cases with a fault\n", argv[i], right, right + wrong, 100.0 * right / (right + wrong), faulty);
	}
	const struct CMUnitTest tests[] = { cmocka_unit_test(all_hold) };
	return argc > 1 ? 0 : cmocka_run_group_tests(tests, NULL, NULL);
}
