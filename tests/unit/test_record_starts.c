/* record_starts: a sentence begins with its bracket, quotation mark or section sign. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "base/buf.h"
#include "law/record.h"
#include "law/token.h"

static span sentence(const struct record *r, size_t i)
{
	span text = r->doc.text.clean;
	size_t end = i + 1 < r->sentences.n ? r->sentences.v[i + 1] : text.n;
	return span_trim(span_sub(text, r->sentences.v[i], end));
}

static void marks(void **state)
{
	(void)state;
	static const char *const want[] = {
		"The port may apply to the court.", "\xC2\xA7 14.030 is clear.", "\"No one disputes it,\" he said.",
		"(1) The record is open.", "\xE2\x80\x9CWe agree.\xE2\x80\x9D", "\xC2\xB6\n12 holds otherwise.", "The end (of it).",
	};
	struct arena a = { 0 };
	struct buf b = { .a = &a };
	for (size_t i = 0; i < sizeof want / sizeof *want; i++)
		buf_printf(&b, "%s ", want[i]);
	struct record r = { 0 };
	r.doc.text = text_plain(buf_span(&b), &a);
	struct tokens t = tokens_of(r.doc.text.clean, &a);
	record_starts(&r, &t, &a);
	assert_int_equal(r.sentences.n, sizeof want / sizeof *want);
	for (size_t i = 0; i < r.sentences.n; i++)
		assert_true(span_eq(sentence(&r, i), span_of(want[i])));
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(marks) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
