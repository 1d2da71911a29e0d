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

/* A heading is no part of the sentence after it, whether a line end, a dash or a full stop parts them. */
static void headings(void **state)
{
	(void)state;
	static const char text[] = "14.030 Access to records\nAny person may ask. (a) In general.\xE2\x80\x94The court shall hear it.";
	static const char *const want[] = { "14.030 Access to records", "Any person may ask.", "(a) In general.\xE2\x80\x94",
					    "The court shall hear it." };
	struct arena a = { 0 };
	struct record r = { 0 };
	r.doc.text = text_plain(span_of(text), &a);
	span clean = r.doc.text.clean;
	uint32_t n = (uint32_t)clean.n, part = (uint32_t)span_find(clean, SPAN("(a)"), 0);
	span heading = span_sub(clean, part + 4, part + 15);
	*PUSH(&a, &r.outline) = (struct unit){ .role = UNIT_DOCUMENT, .at = { 0, n }, .after = 3 };
	*PUSH(&a, &r.outline) = (struct unit){ .role = UNIT_HEADING, .at = { 0, 24 }, .after = 2, .heading = span_sub(clean, 7, 24) };
	*PUSH(&a, &r.outline) = (struct unit){ .role = UNIT_SUBDIVISION, .at = { part, n }, .after = 3, .heading = heading };
	struct tokens t = tokens_of(clean, &a);
	record_starts(&r, &t, &a);
	assert_int_equal(r.sentences.n, 4);
	for (size_t i = 0; i < 4; i++)
		assert_true(span_eq(sentence(&r, i), span_of(want[i])));
	assert_int_equal(r.paragraphs.n, 2);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(marks), cmocka_unit_test(headings) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
