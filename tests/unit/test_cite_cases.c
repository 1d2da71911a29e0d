/* The table of citations, tests/unit/cite_cases.tsv: each text gives the kind
 * and the address in its row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>
#include "base/file.h"
#include "law/cite.h"

/* True when the row holds; what came instead is printed. */
static bool row_holds(span line, struct arena *a)
{
	span text, kind, address, rest = line;
	span_cut(&rest, '\t', &text);
	span_cut(&rest, '\t', &kind);
	address = rest;
	struct cites c = cites_of(text, NULL, a);
	if (span_eq(kind, SPAN("none"))) {
		if (c.n)
			printf("%.*s: found %s\n", SPAN_ARG(text), cite_kind_name(c.v[0].kind));
		return c.n == 0;
	}
	bool ok = c.n && span_eq(kind, span_of(cite_kind_name(c.v[0].kind))) &&
		  (span_eq(address, SPAN("-")) || span_eq(address, c.v[0].address));
	if (!ok)
		printf("%.*s: want %.*s %.*s, got %s %.*s\n", SPAN_ARG(text), SPAN_ARG(kind), SPAN_ARG(address),
		       c.n ? cite_kind_name(c.v[0].kind) : "nothing", SPAN_ARG(c.n ? c.v[0].address : SPAN("")));
	return ok;
}

static void table(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err err = { 0 };
	span text, line;
	unsigned rows = 0, wrong = 0;
	assert_true(file_read(SOURCE_DIR "/tests/unit/cite_cases.tsv", FILE_MAX_BYTES, &a, &text, &err));
	while (span_cut(&text, '\n', &line)) {
		if (!line.n || line.p[0] == '#')
			continue;
		rows++;
		wrong += !row_holds(line, &a);
	}
	assert_true(rows >= 480);
	assert_int_equal(wrong, 0);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(table) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
