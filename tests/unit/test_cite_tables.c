/* The table of codes read back: every row, in two spellings of its own, is
 * found as that row, of that state. What shares its initials with another
 * state's is listed below and read with the state given. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>
#include "base/file.h"
#include "law/cite.h"
#include "law/facts.h"

/* One reading of a pattern: of [a|b] and <a|b> the `which`-th, {S} as given. */
static span spelt(span pattern, unsigned which, span state, struct arena *a)
{
	char *p = arena_raw(a, pattern.n + 80, 1);
	size_t n = 0;
	for (size_t i = 0; i < pattern.n; i++) {
		char c = pattern.p[i], close = c == '[' ? ']' : '>';
		if (span_starts(span_sub(pattern, i, pattern.n), SPAN("{S}"))) {
			memcpy(p + n, state.p, state.n);
			n += state.n;
			i += 2;
		} else if (c == '[' || c == '<') {
			size_t end = span_find_byte(pattern, close, i);
			span in = span_sub(pattern, i + 1, end), one = in;
			for (unsigned k = 0; k <= which && in.n; k++)
				span_cut(&in, '|', &one);
			if (c == '<') {
				memcpy(p + n, one.p, one.n);
				n += one.n;
			}
			i = end;
		} else {
			p[n++] = c;
		}
	}
	return (span){ p, n };
}

/* The k-th pattern of a cell; | within brackets does not part them. */
static span pattern_at(span cell, unsigned k)
{
	size_t beg = 0;
	int depth = 0;
	for (size_t i = 0; i <= cell.n; i++) {
		char c = i < cell.n ? cell.p[i] : '|';
		depth += (c == '[' || c == '<') - (c == ']' || c == '>');
		if (c == '|' && depth == 0) {
			if (!k--)
				return span_sub(cell, beg, i);
			beg = i + 1;
		}
	}
	return (span){ 0 };
}

static const struct form {
	const char *name, *before, *after;
} forms[] = {
	{ "sec", "", " § 610" }, { "title", "5 ", " § 100" }, { "chap", "", " ch. 5, § 6" }, { "ilcs", "735 ", " 5/2-1401" }, { "art", "", " art. 51" },
	{ "subj", "", " DOC § 303" }, { "act", "", " § 12" }, { "page", "89 ", " 7523" }, { "publ", "", " No. 111-148" }, { "publ2", "", " 13769" },
	{ "const", "", " art. I, § 8" }, { "rule", "", " 12" }, { "restatement", "", " § 402" }, { "session", "1999 ", " 22" },
	{ "bill", "", " 9010, 119th Cong." }, { "statebill", "", " 12" }, { "report", "", " No. 116-43" },
};

struct row {
	span id, state, form, names;
};

/* Numbers of a make that a code requires. */
static const char *number_of(const struct row *r)
{
	if (span_eq(r->state, SPAN("us-la")) && span_eq(r->id, SPAN("rs")))
		return " § 14:30";
	return span_eq(r->state, SPAN("us-id")) ? " § 18-4001" : span_eq(r->state, SPAN("us-in")) ? " § 35-42-1-1" : NULL;
}

static bool reads_back(const struct row *r, span name, struct arena *a)
{
	const struct form *f = forms;
	while (!span_eq(r->form, span_of(f->name)))
		f++;
	const char *after = span_eq(r->form, SPAN("sec")) && number_of(r) ? number_of(r) : f->after;
	span text = arena_printf(a, "%s%.*s%s", f->before, SPAN_ARG(name), after);
	struct cite_context ctx = { .jurisdiction = span_eq(r->state, SPAN("*")) ? SPAN("us-mo") : r->state };
	struct cites c = cites_of(text, &ctx, a);
	bool any_rules = span_starts(r->id, SPAN("r-")) && c.n && span_starts(c.v[0].code, SPAN("r-"));
	if (c.n && c.v[0].at.beg == 0 && (span_eq(c.v[0].code, r->id) || any_rules))
		return true;
	printf("%.*s %.*s: %.*s is read as %.*s %.*s\n", SPAN_ARG(r->state), SPAN_ARG(r->id), SPAN_ARG(text),
	       SPAN_ARG(c.n ? c.v[0].code : SPAN("nothing")), SPAN_ARG(c.n ? c.v[0].address : SPAN("")));
	return false;
}

static span state_name(span id, bool full)
{
	for (size_t i = 0; i < state_rows_n; i++)
		if (span_eq(state_rows[i].id, id))
			return full ? state_rows[i].name : state_rows[i].abbr;
	return full ? SPAN("Missouri") : SPAN("Mo.");
}

static void table(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err err = { 0 };
	span text, line, cell;
	unsigned rows = 0, spellings = 0, wrong = 0;
	assert_true(file_read(SOURCE_DIR "/lib/law/codes.tsv", FILE_MAX_BYTES, &a, &text, &err));
	while (span_cut(&text, '\n', &line)) {
		span cells[7] = { 0 };
		if (!line.n || line.p[0] == '#')
			continue;
		for (unsigned i = 0; i < 7 && span_cut(&line, '\t', &cell); i++)
			cells[i] = cell;
		struct row r = { cells[0], cells[1], cells[3], cells[6] };
		rows++;
		for (unsigned k = 0; k < 2; k++) {
			span pattern = pattern_at(r.names, k);
			pattern = pattern.n ? pattern : pattern_at(r.names, 0);
			spellings++;
			wrong += !reads_back(&r, spelt(pattern, k, state_name(r.state, k == 1), &a), &a);
		}
	}
	printf("%u rows of codes, %u spellings, %u not read back\n", rows, spellings, wrong);
	assert_true(rows >= 400);
	assert_true(wrong <= rows / 50);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(table) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
