/* text: the map between source and clean bytes, and dates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "law/date.h"
#include "law/text.h"

#define assert_span(s, text) do { span got_ = (s); span want_ = span_of(text); \
	assert_int_equal(got_.n, want_.n); assert_memory_equal(got_.p, want_.p, want_.n); } while (0)

static void plain(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct text t = text_plain(SPAN("\xEF\xBB\xBF" "a\r\nb\rc\xFF" "d"), &a);
	assert_span(t.clean, "a\nb\nc\xEF\xBF\xBD" "d");
	assert_int_equal(text_to_source(&t, (struct range){ 0, 1 }).beg, 3);
	assert_int_equal(text_to_source(&t, (struct range){ 8, 9 }).beg, 10);
	assert_int_equal(text_to_clean(&t, 10), 8);
	arena_release(&a);
}

static void edits_compose(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct text t = text_plain(SPAN("1 availabletopublic"), &a);
	struct edit drop = { "line-number", { 0, 2 }, { 0 }, { 0 }, 1 };
	struct edits e = { &drop, 1, 1 };
	t = text_apply(&t, &e, &a);
	assert_span(t.clean, "availabletopublic");
	struct edit cut[] = { { "glued-words", { 9, 9 }, { 0 }, SPAN(" "), .9f }, { "glued-words", { 11, 11 }, { 0 }, SPAN(" "), .9f } };
	e = (struct edits){ cut, 2, 2 };
	t = text_apply(&t, &e, &a);
	assert_span(t.clean, "available to public");
	assert_int_equal(t.edits.n, 3);
	assert_int_equal(t.edits.v[1].at.beg, 11);
	struct range r = text_to_source(&t, (struct range){ 10, 12 });
	assert_int_equal(r.beg, 11);
	assert_int_equal(r.end, 13);
	struct text s = text_slice(&t, (struct range){ 10, 19 }, &a);
	assert_span(s.clean, "to public");
	assert_int_equal(text_to_source(&s, (struct range){ 3, 9 }).beg, 13);
	arena_release(&a);
}

/* One edit that only spaces a line keeps the map of its words. */
static void edit_of_spaces(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct text t = text_plain(SPAN("7.Theoffice  shallcreate"), &a);
	struct edit line = { "unspaced", { 0, 24 }, { 0 }, SPAN("7. The office shall create"), .9f };
	struct edits e = { &line, 1, 1 };
	t = text_apply(&t, &e, &a);
	assert_span(t.clean, "7. The office shall create");
	assert_int_equal(t.edits.n, 1);
	struct range r = text_to_source(&t, (struct range){ 14, 19 });
	assert_int_equal(r.beg, 13);
	assert_int_equal(r.end, 18);
	assert_int_equal(text_to_clean(&t, 5), 7);
	line = (struct edit){ "markup", { 0, 6 }, { 0 }, SPAN("8. A"), .9f };
	t = text_apply(&t, &e, &a);
	assert_span(t.clean, "8. A office shall create");
	assert_int_equal(text_to_source(&t, (struct range){ 0, 4 }).end, text_to_source(&t, (struct range){ 0, 4 }).beg);
	arena_release(&a);
}

static void dates(void **state)
{
	(void)state;
	size_t len;
	assert_int_equal(date_parse(SPAN("June 22, 2017."), &len), 20170622);
	assert_int_equal(len, 13);
	assert_int_equal(date_parse(SPAN("Sept. 3, 1999"), NULL), 19990903);
	assert_int_equal(date_parse(SPAN("6/22/2017"), NULL), 20170622);
	assert_int_equal(date_parse(SPAN("2017-06"), NULL), 20170600);
	assert_int_equal(date_parse(SPAN("22 June 2017"), NULL), 20170622);
	assert_int_equal(date_parse(SPAN("February 29, 2017"), NULL), 0);
	assert_int_equal(date_parse(SPAN("13/13/2017"), NULL), 0);
	char out[11];
	assert_int_equal(date_format(20170600, out), 7);
	assert_string_equal(out, "2017-06");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(plain), cmocka_unit_test(edits_compose), cmocka_unit_test(edit_of_spaces),
		cmocka_unit_test(dates) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
