/* Footnotes and the words that call them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>
#include "base/buf.h"
#include "law/document.h"
#include "law/note.h"
#include "law/repair.h"

static const char head[] = "UNITED STATES DISTRICT COURT\nEASTERN DISTRICT OF HARBOR\n\nROE v. DOE\n\nNo. 1:11-cv-00012\n\nOPINION\n\n"
			   "LARK, District Judge.\n\n";

/* The words before each call, and the first of its note: "claims>Those; ...". */
static void calls(const char *body, const char *want)
{
	struct arena a = { 0 };
	struct meta none = { .court = SPAN("txsd") };
	span whole = arena_printf(&a, "%s%s", head, body);
	struct text t = text_plain(whole, &a), r = repair(&t, &a);
	struct docs d = documents(&r, &none, &a);
	struct outline o = outline_of(&d.v[0], &a);
	span clean = d.v[0].text.clean;
	struct note_calls c = note_calls(&o, clean, &a);
	struct buf b = { .a = &a };
	for (size_t i = 0; i < c.n; i++) {
		size_t beg = c.v[i].at.beg;
		while (beg > 0 && !is_space(clean.p[beg - 1]))
			beg--;
		const struct unit *u = &o.v[c.v[i].note];
		span note = span_trim(span_sub(clean, u->at.beg + u->label.n, u->at.end));
		buf_printf(&b, "%.*s>%.*s;", SPAN_ARG(span_sub(clean, beg, c.v[i].at.beg)), SPAN_ARG(span_sub(note, 0, span_find_byte(note, ' ', 0))));
		assert_true(o.v[c.v[i].unit].role != UNIT_FOOTNOTE && note_called(&c, c.v[i].note) == &c.v[i]);
	}
	if (!span_eq(buf_span(&b), span_of(want)))
		fail_msg("calls [%.*s], not [%s]", SPAN_ARG(buf_span(&b)), want);
	arena_release(&a);
}

static void bracketed(void **state)
{
	(void)state;
	calls("The parties agree on the third-party agencies[1]. Thus, counsel intend to seek clarification of the order.[2]\n\n"
	      "The motion of 2011 is granted [sic].\n\n[1] Those agencies are not before the court at this time.\n\n[2] The order was entered in May of that year.\n",
	      "agencies>Those;order.>The;");
}

static void numbers_that_call_nothing(void **state)
{
	(void)state;
	calls("See 410 F.2d 1 and section 1 of the act, in 1 volume, at note 1, 12 years ago. Nothing here calls it.\n\n"
	      "[1] A note that nothing calls stands by itself.\n",
	      "");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(bracketed), cmocka_unit_test(numbers_that_call_nothing) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
