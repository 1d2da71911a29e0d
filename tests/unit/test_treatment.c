/* treatment: who did what to which case, by texts of our own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "base/buf.h"
#include "law/token.h"
#include "law/treatment.h"

static struct record read(span text, struct arena *a)
{
	struct record r = { 0 };
	struct cite_context none = { 0 };
	r.doc.address = SPAN("/case/f3d/900/1");
	r.doc.meta.title = SPAN("UNITED STATES v. QUILLER");
	r.doc.text = text_plain(text, a);
	r.cites = cites_of(r.doc.text.clean, &none, a);
	*PUSH(a, &r.outline) = (struct unit){ .role = UNIT_DOCUMENT, .after = 1, .at = { 0, (uint32_t)r.doc.text.clean.n },
					      .address = r.doc.address };
	struct tokens t = tokens_of(r.doc.text.clean, a);
	record_starts(&r, &t, a);
	return r;
}

/* "overruled/p /case/us/1/2 /case/us/3/4; ..." ; by: here, other, or an address. */
static span findings(const char *text, struct arena *a)
{
	struct record r = read(span_of(text), a);
	struct treatments l = treatments_of(&r, a);
	struct buf b = { .a = a };
	for (size_t i = 0; i < l.n; i++) {
		const struct treatment *t = &l.v[i];
		span by = t->by == TREATED_HERE ? SPAN("here") : t->by == TREATED_ELSE ? SPAN("other") : r.cites.v[t->actor].address;
		buf_printf(&b, "%s%s%s%s %.*s %.*s", i ? "; " : "", treatment_name(t->kind), t->in_part ? "/p" : "",
			   t->other_grounds ? "/o" : "", SPAN_ARG(r.cites.v[t->target].address), SPAN_ARG(by));
		assert_true(t->sentence.beg <= t->words.beg && t->words.end <= t->sentence.end && t->sentence.end <= r.doc.text.clean.n);
	}
	return buf_span(&b);
}

struct row {
	const char *text, *want;
};

static void check(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct arena a = { 0 };
		span got = findings(rows[i].text, &a);
		if (!span_eq(got, span_of(rows[i].want)))
			fail_msg("%s\n  got  %.*s\n  want %s", rows[i].text, SPAN_ARG(got), rows[i].want);
		arena_release(&a);
	}
}
#define CHECK(rows) check(rows, sizeof rows / sizeof *rows)

static void anaphora(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "See Roe v. Wade, 410 U.S. 113 (1973). That decision was overruled by Dobbs v. Doe, 142 S. Ct. 2228 (2022).",
		  "overruled /case/us/410/113 /case/s-ct/142/2228" },
		{ "See Roe v. Wade, 410 U.S. 113 (1973). The latter decision has now been abrogated by Dobbs v. Doe, 142 S. Ct. 2228 (2022).",
		  "abrogated /case/us/410/113 /case/s-ct/142/2228" },
		{ "Roe v. Wade, 410 U.S. 113 (1973); Smith v. Auk, 1 F.3d 1 (1st Cir. 1993). That decision was overruled by Dobbs v. Doe, 142 S. Ct. 2228 (2022).", "" },
		{ "The agency denied it. That decision was overruled by the Secretary.", "" },
		{ "We reaffirm Smith v. Auk, 1 F.3d 1 (1st Cir. 1993).", "followed /case/f3d/1/1 here" },
		{ "Smith v. Auk, 1 F.3d 1 (1st Cir. 1993), can be distinguished.", "distinguished /case/f3d/1/1 here" },
		{ "Smith v. Auk, 1 F.3d 1 (1st Cir. 1993), can be overruled.", "" },
	};
	CHECK(rows);
}

static void history(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "See Smith v. Jones, 10 F.2d 20 (1st Cir. 1990), aff'd, 500 U.S. 100 (1991).", "affirmed /case/f2d/10/20 /case/us/500/100" },
		{ "Smith v. Jones, 10 F.2d 20 (1st Cir.), cert. denied, 500 U.S. 100 (1991).", "cert_denied /case/f2d/10/20 /case/us/500/100" },
		{ "Smith v. Jones, 10 F.2d 20 (1st Cir. 1990), rev'd on other grounds sub nom. Jones v. Doe, 500 U.S. 100 (1991).",
		  "reversed/o /case/f2d/10/20 /case/us/500/100" },
		{ "Smith v. Jones, 10 F.2d 20 (1st Cir. 1990), aff\xE2\x80\x99" "d in part, rev\xE2\x80\x99" "d in part, 500 U.S. 100 (1991).",
		  "affirmed/p /case/f2d/10/20 /case/us/500/100; reversed/p /case/f2d/10/20 /case/us/500/100" },
		{ "Smith v. Jones, 10 F.2d 20 (1st Cir. 1990), overruled in part on other grounds by Roe v. Doe, 30 F.3d 40 (1st Cir. 1994).",
		  "overruled/p/o /case/f2d/10/20 /case/f3d/30/40" },
		{ "Smith v. Jones, 10 F.2d 20 (1st Cir.), cert. denied, 500 U.S. 100, cert. granted, 501 U.S. 7 (1991).",
		  "cert_denied /case/f2d/10/20 /case/us/500/100; cert_granted /case/f2d/10/20 /case/us/501/7" },
		{ "Roe v. Doe, 30 F.3d 40 (1st Cir. 1994) (overruling Smith v. Jones, 10 F.2d 20 (1st Cir. 1990)).",
		  "overruled /case/f2d/10/20 /case/f3d/30/40" },
		{ "Roe v. Doe, 30 F.3d 40 (1st Cir. 1994), abrogating Smith v. Jones, 10 F.2d 20 (1st Cir. 1990).",
		  "abrogated /case/f2d/10/20 /case/f3d/30/40" },
		{ "Smith v. Jones, 10 F.2d 20 (1st Cir. 1990), superseded by statute, Pub. L. No. 102-166, 105 Stat. 1071.",
		  "superseded /case/f2d/10/20 /us/publ/102-166" },
		{ "Smith v. Jones, 10 F.2d 20 (1st Cir. 1990), vacated as moot, 500 U.S. 100 (1991).", "vacated /case/f2d/10/20 /case/us/500/100" },
		{ "See Smith v. Jones, 10 F.2d 20 (1st Cir. 1990), rev'd. in part, on other grounds, 500 U.S. 100 (1991).",
		  "reversed/p/o /case/f2d/10/20 /case/us/500/100" },
		{ "Doe v. Poe, 10 F.2d 25 (1st Cir. 1989). See Doe, 10 F.2d at 30 (quoting Smith v. Jones, 12 F.2d 20 (1st Cir. 1990)), aff'd, 500 U.S. 100 (1991).",
		  "affirmed /case/f2d/12/20 /case/us/500/100" },
		{ "Smith v. Jones, 10 F.2d 20 (1st Cir. 1990) (citing Roe v. Doe, 30 F.3d 40 (1994)).", "" },
	};
	CHECK(rows);
}

#define SMITH "Smith v. Jones, 10 F.2d 20 (1st Cir. 1990)"
static void prose(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "We overrule " SMITH ".", "overruled /case/f2d/10/20 here" },
		{ "See " SMITH ". Today we overrule Smith.", "overruled /case/f2d/10/20 here" },
		{ SMITH ", was overruled by Roe v. Doe, 30 F.3d 40 (1st Cir. 1994).", "overruled /case/f2d/10/20 /case/f3d/30/40" },
		{ "In Roe v. Doe, 30 F.3d 40 (1st Cir. 1994), the court expressly overruled our decision in " SMITH ".",
		  "overruled /case/f2d/10/20 /case/f3d/30/40" },
		{ "The Supreme Court overruled " SMITH ", in Roe v. Doe, 500 U.S. 40 (1994).", "overruled /case/f2d/10/20 /case/us/500/40" },
		{ SMITH ", has been superseded by statute.", "superseded /case/f2d/10/20 other" },
		{ "See " SMITH ". Part II.C of Smith is overruled.", "overruled/p /case/f2d/10/20 here" },
		{ "See " SMITH ". Smith is readily distinguishable.", "distinguished /case/f2d/10/20 here" },
		{ "See " SMITH ". This case is distinguishable from Smith.", "distinguished /case/f2d/10/20 here" },
		{ "See Roe v. Doe, 30 F.3d 40 (1st Cir. 1994) (distinguishing " SMITH ").", "distinguished /case/f2d/10/20 /case/f3d/30/40" },
		{ "See " SMITH "; Roe v. Doe, 30 F.3d 40 (1st Cir. 1994). Smith and Roe are distinguishable.",
		  "distinguished /case/f2d/10/20 here; distinguished /case/f3d/30/40 here" },
		{ "We decline to follow " SMITH ".", "not_followed /case/f2d/10/20 here" },
		{ "We follow the approach of " SMITH ".", "followed /case/f2d/10/20 here" },
		{ "See " SMITH ". We distinguished Smith there.", "distinguished /case/f2d/10/20 other" },
	};
	CHECK(rows);
}

static void nothing(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "We decline to overrule " SMITH ".", "" },
		{ "The court did not overrule " SMITH ".", "" },
		{ "The question is whether to overrule " SMITH ".", "" },
		{ SMITH ", should be overruled.", "" },
		{ "Appellant argues that " SMITH ", is distinguishable.", "" },
		{ "See " SMITH ". Has Smith been overruled by Roe v. Doe, 30 F.3d 40 (1st Cir. 1994)?", "" },
		{ "The judgment is reversed. See " SMITH ".", "" },
		{ "The judgment of the district court is vacated under " SMITH ".", "" },
		{ "See " SMITH ". The trial court overruled Smith's objection.", "" },
		{ "See United States v. Quiller, 10 F.2d 20 (1st Cir. 1990). The court overruled Quiller.", "" },
		{ "See " SMITH "; Roe v. Doe, 30 F.3d 40 (1994). The James Court, troubled by Doe and Smith, overruled Roe.", "" },
		{ "The objection was overruled. " SMITH ".", "" },
		{ "We followed this course in " SMITH ".", "" },
		{ "It wrote: \"We overrule Smith.\" See " SMITH ".", "" },
		{ "Unless " SMITH ", is overruled by this court, it binds us.", "" },
		{ "See " SMITH ". Smith has never been overruled.", "" },
	};
	CHECK(rows);
}

/* Any bytes: findings stay in order and in the text; time is linear. */
static void hostile(void **state)
{
	(void)state;
	static const char *const bits[] = { "overruled ", "(distinguishing ", SMITH, ", aff'd, ", "We overrule ", "was ", "by ", "\"", "\xE2\x80\x9C", "Smith " };
	struct arena a = { 0 };
	struct buf b = { .a = &a };
	uint32_t seed = 7;
	for (int i = 0; i < 40000; i++) {
		seed = seed * 1664525u + 1013904223u;
		buf_put(&b, span_of(bits[(seed >> 16) % (sizeof bits / sizeof *bits)]));
	}
	buf_byte(&b, 0);
	findings(b.p, &a);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(anaphora), cmocka_unit_test(history), cmocka_unit_test(prose), cmocka_unit_test(nothing), cmocka_unit_test(hostile) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
