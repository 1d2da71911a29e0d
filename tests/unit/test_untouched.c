/* Good text that looks damaged, tests/unit/untouched.txt: it must come out of
 * the repairs byte for byte, alone and after a page of plain prose. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>
#include "base/buf.h"
#include "base/file.h"
#include "law/repair.h"

static bool untouched(span name, span text, const char *where)
{
	struct arena a = { 0 };
	struct text t = text_plain(text, &a), r = repair(&t, &a);
	bool ok = span_eq(r.clean, text) && r.edits.n == 0;
	for (size_t i = 0; i < r.edits.n && i < 3; i++)
		printf("%.*s (%s): %s [%.*s] became [%.*s]\n", SPAN_ARG(name), where, r.edits.v[i].rule, SPAN_ARG(r.edits.v[i].before),
		       SPAN_ARG(r.edits.v[i].after));
	arena_release(&a);
	return ok;
}

/* After prose: what stands about a text must not make it damage. */
static bool untouched_after(span name, span text)
{
	static const char prose[] = "The board met on the first Monday of the month, as the law requires, and heard the petition of the\n"
				    "owners. It found that the notice had been given and that the fee had been paid. What follows was\n"
				    "put before it by the clerk and is set out here in full, as it stands in the minutes.\n\n";
	struct arena a = { 0 };
	struct buf b = { .a = &a };
	buf_put(&b, span_of(prose));
	buf_put(&b, text);
	bool ok = untouched(name, buf_span(&b), "after prose");
	arena_release(&a);
	return ok;
}

static void cases(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err err = { 0 };
	span all;
	unsigned n = 0, wrong = 0;
	assert_true(file_read(SOURCE_DIR "/tests/unit/untouched.txt", FILE_MAX_BYTES, &a, &all, &err));
	for (size_t at = span_find(all, SPAN("=== "), 0); at < all.n; n++) {
		size_t line = span_find_byte(all, '\n', at), end = span_find(all, SPAN("\n=== "), line);
		span name = span_sub(all, at + 4, line), text = span_sub(all, line + 1, end < all.n ? end + 1 : all.n);
		bool alone = untouched(name, text, "alone"), after = untouched_after(name, text);
		wrong += (alone ? 0u : 1u) + (after ? 0u : 1u);
		at = end < all.n ? end + 1 : all.n;
	}
	assert_true(n >= 100);
	assert_int_equal(wrong, 0);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(cases) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
