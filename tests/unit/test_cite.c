/* citations: the hard cases, resolution, and what must hold on any bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>
#include "base/buf.h"
#include "law/address.h"
#include "law/cite.h"
#include "law/court.h"

static struct arena a;

static int release(void **state)
{
	(void)state;
	arena_release(&a);
	return 0;
}

/* Kinds and addresses of a text in one line: "statute /us/usc/t42/s1983; id -" */
static void check(const char *text, const struct cite_context *ctx, const char *want)
{
	struct cites c = cites_of(span_of(text), ctx, &a);
	struct buf b = { .a = &a };
	for (size_t i = 0; i < c.n; i++)
		buf_printf(&b, "%s%s %.*s", i ? "; " : "", cite_kind_name(c.v[i].kind),
			   SPAN_ARG(c.v[i].address.n ? c.v[i].address : SPAN("-")));
	buf_byte(&b, 0);
	assert_string_equal(b.p ? b.p : "", want);
}

static void lists(void **state)
{
	(void)state;
	check("42 U. S. C. §§ 1983, 1985(3), and 1988(b)-(c)", NULL,
	      "statute /us/usc/t42/s1983; statute /us/usc/t42/s1985/3; statute /us/usc/t42/s1988/b");
	check("29 C.F.R. §§ 778.113 (the statutory method), 778.114 (the FWW method)", NULL,
	      "regulation /us/cfr/t29/s778.113; regulation /us/cfr/t29/s778.114");
	check("sections 1331 and 1332 of title 28", NULL, "statute /us/usc/t28/s1331; statute /us/usc/t28/s1332");
	check("18 U.S.C. §§ 471 (Counterfeiting) and 472 (Uttering)", NULL, "statute /us/usc/t18/s471; statute /us/usc/t18/s472");
	check("28 U.S.C. §§ 1331, 1343, 42 U.S.C. § 1983", NULL,
	      "statute /us/usc/t28/s1331; statute /us/usc/t28/s1343; statute /us/usc/t42/s1983");
	struct cites c = cites_of(SPAN("28 U.S.C. §§ 1961-1968"), NULL, &a);
	assert_true(span_eq(c.v[0].last, SPAN("/us/usc/t28/s1968")));
	static const char *const ranges[][2] = {
		{ "Fla. Stat. §§ 119.01-119.15", "/us-fl/stat/s119.15" }, { "Mo. Rev. Stat. §§ 610.100-.150", "/us-mo/rsmo/s610.150" },
		{ "sections 610.010–610.035, RSMo", "/us-mo/rsmo/s610.035" }, { "N.C. Gen. Stat. § 14-27.2-14-27.5", "/us-nc/gs/s14-27.5" },
		{ "Mo. Rev. Stat. § 610.100.1-610.100.4", "" }, { "Va. Code § 18.2-95.1", "" }, { "26 C.F.R. § 1.61-1", "" },
	};
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
		c = cites_of(span_of(ranges[i][0]), NULL, &a);
		assert_int_equal(c.n, 1);
		assert_true(span_eq(c.v[0].last, span_of(ranges[i][1])));
	}
}

static void bare_sections(void **state)
{
	(void)state;
	check("12 U. S. C. § 1 et seq. See §§ 24, 93a, 371(a). 12 CFR § 7.4000. And § 484(a).", NULL,
	      "statute /us/usc/t12/s1; statute /us/usc/t12/s24; statute /us/usc/t12/s93a; statute /us/usc/t12/s371/a; "
	      "regulation /us/cfr/t12/s7.4000; statute /us/usc/t12/s484/a");
	check("Mo. Rev. Stat. § 210.150 governs. Section 210.150 provides; section 210.510.2(5) too.", NULL,
	      "statute /us-mo/rsmo/s210.150; statute /us-mo/rsmo/s210.150; statute /us-mo/rsmo/s210.510/2/5");
	struct cite_context mo = { SPAN("us-mo"), SPAN("rsmo"), SPAN("/us-mo/rsmo/s610.100"), NULL, 0 };
	check("As used in sections 610.100 to 610.150, and section 320.083, RSMo, under subdivision (2) of subsection 1 of this section",
	      &mo, "statute /us-mo/rsmo/s610.100; statute /us-mo/rsmo/s320.083; reference /us-mo/rsmo/s610.100/1/2");
	check("subdivision (2) of subsection 1 of section 610.100", &mo, "statute /us-mo/rsmo/s610.100/1/2");
	struct cite_context copyright = { SPAN("us"), SPAN("usc"), SPAN("/us/usc/t17/s111"), NULL, 0 };
	check("see section 107. Section 107 of Pub. L. 94-553 and section 1000(a)(9) [title IV, Sec. 4731] of Pub. L. 106-113; Mar. 3, 1903, ch. 1019, Sec. 3",
	      &copyright, "statute /us/usc/t17/s107; session_law /us/publ/94-553; session_law /us/publ/106-113");
	check("Pub. L. 106-113, div. B, Sec. 1000(a)(9) [title I, Sec. 101(a)], 113 Stat. 1536; under section 106", &copyright,
	      "session_law /us/publ/106-113/s1000; session_law /us/stat/113/1536; statute /us/usc/t17/s106");
	struct cite_context evidence = { SPAN("us"), SPAN("fre"), SPAN("/us/fre/r803"), NULL, 0 };
	check("Rule 4 F.R.Civ.P. was unlike Rule 803(5)", &evidence, "rule /us/frcp/r4; rule /us/fre/r803/5");
	check("section 2 of the agreement", NULL, "");
}

/* "supra note N" by the footnote, when its name is that of two cases. */
static void noted(void **state)
{
	(void)state;
	span text = SPAN("1. Smith v. Jones, 1 F.3d 1 (1st Cir. 1993).\n2. Smith v. Brown, 2 F.3d 2 (1st Cir. 1994).\n3. Smith, supra note 1, at 4. See supra note 2.\n");
	const struct range notes[] = { { 0, 45 }, { 45, 90 }, { 90, (uint32_t)text.n } };
	struct cite_context ctx = { .footnotes = notes, .nfootnotes = 3 };
	struct cites c = cites_of(text, &ctx, &a);
	assert_int_equal(c.n, 4);
	assert_true(span_eq(c.v[2].address, SPAN("/case/f3d/1/1")));
	assert_int_equal(c.v[3].address.n, 0); /* the note itself is meant */
	ctx.nfootnotes = 0;
	c = cites_of(text, &ctx, &a);
	assert_int_equal(c.v[2].status, CITE_AMBIGUOUS);
}

static void parallels(void **state)
{
	(void)state;
	struct cites c = cites_of(SPAN("Roe v. Wade, 410 U.S. 113, 93 S. Ct. 705, 35 L. Ed. 2d 147 (1973)"), NULL, &a);
	assert_int_equal(c.n, 3);
	assert_int_equal(c.v[1].parallel, 0);
	assert_int_equal(c.v[2].parallel, 0);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(c.v[i].year, 1973);
		assert_true(span_eq(c.v[i].court, SPAN("scotus")));
		assert_true(span_eq(c.v[i].plaintiff, SPAN("Roe")));
		assert_true(span_eq(c.v[i].defendant, SPAN("Wade")));
	}
}

static void short_forms(void **state)
{
	(void)state;
	check("Roe v. Wade, 410 U.S. 113, 153 (1973). Id. at 157. Roe, 410 U.S. at 155. Roe at 155. Roe, supra, at 160. Ibid.", NULL,
	      "case /case/us/410/113; id /case/us/410/113; short_case /case/us/410/113; short_case /case/us/410/113; "
	      "supra /case/us/410/113; id /case/us/410/113");
	/* A page before the case begins is another authority's. */
	check("Roe v. Wade, 410 U.S. 113 (1973). Id. at 99.", NULL, "case /case/us/410/113; id -");
	check("See 42 U.S.C. § 1983. Id. § 394-ccc(2)-(3).", NULL, "statute /us/usc/t42/s1983; id /us/usc/t42/s394-ccc/2");
	/* The record between: id. is not the case. */
	check("Roe v. Wade, 410 U.S. 113 (1973). Compl. ¶¶ 46-53; id. ¶¶ 58-71.", NULL, "case /case/us/410/113; record -; id -");
	/* What stands in a parenthetical is a child. */
	check("Foo v. Bar, 2 F.3d 500, 505 (9th Cir. 1993) (quoting Baz v. Qux, 477 U.S. 317, 322 (1986)). Id. at 506.", NULL,
	      "case /case/f3d/2/500; case /case/us/477/317; id /case/f3d/2/500");
	check("A v. B, 1 U.S. 1 (1790). C v. D, 1 U.S. 50 (1790). See 1 U.S., at 51.", NULL,
	      "case /case/us/1/1; case /case/us/1/50; short_case -");
}

/* What a name, a page or a word before decides. */
static void links(void **state)
{
	(void)state;
	/* Two cases of one name: neither is guessed. */
	check("Smith v. Jones, 100 F.2d 1 (1940). Smith v. Brown, 200 F.3d 2 (2000). Smith, supra. Brown, supra.", NULL,
	      "case /case/f2d/100/1; case /case/f3d/200/2; supra -; supra /case/f3d/200/2");
	check("Doe v. Roe, 1 F.3d 2 (1993). Poe v. Roe, 9 F.3d 4 (1993). Doe v. Roe, supra, at 5.", NULL,
	      "case /case/f3d/1/2; case /case/f3d/9/4; supra /case/f3d/1/2");
	/* A single page after supra is within the case; a run of pages is a short form. */
	check("Johnson v. Commissioner, 330 Conn. 520 (2019). Johnson v. Commissioner, supra, 330 Conn. 538. Johnson, supra, 330 Conn. 538-39.",
	      NULL, "case /case/conn/330/520; supra /case/conn/330/520; case /case/conn/330/520; supra /case/conn/330/520; "
	      "short_case /case/conn/330/520");
	/* A page that no section has, and one that the case cannot reach. */
	check("Roe v. Wade, 410 U.S. 113 (1973). 42 U.S.C. § 1983. Id. at 120.", NULL,
	      "case /case/us/410/113; statute /us/usc/t42/s1983; id /case/us/410/113");
	check("Roe v. Wade, 410 U.S. 113 (1973). Id. at 900.", NULL, "case /case/us/410/113; id -");
	/* Later history and what is quoted are not what id. means. */
	check("Smith v. Allen, 5 F.3d 5 (1993), aff'd, 511 U.S. 6 (1994). Id. at 7.", NULL,
	      "case /case/f3d/5/5; case /case/us/511/6; id /case/f3d/5/5");
	check("Smith v. Allen, 5 F.3d 5 (1993) (quoting Jones v. Doe, 4 F.3d 6). Jones, supra.", NULL,
	      "case /case/f3d/5/5; case /case/f3d/4/6; supra -");
	struct cites c = cites_of(SPAN("275 Ga. 486, 488 [569 SE2d 502] (2002) (overruling another)"), NULL, &a);
	assert_int_equal(c.n, 2);
	assert_int_equal(c.v[1].parallel, 0);
	assert_int_equal(c.v[1].year, 2002);
}

/* Parties as captions print them. */
static void parties(void **state)
{
	(void)state;
	static const char *const rows[][3] = {
		{ "Hurst v. Florida, 136 S. Ct. 616 (2016)", "Hurst", "Florida" },
		{ "United States ex rel. Russo v. New Jersey, 351 F.2d 429", "United States ex rel. Russo", "New Jersey" },
		{ "Moreover, Doe v. Roe, 1 F.3d 2", "Doe", "Roe" }, { "In re Estate of Hanau, 806 S.W.2d 900", "In re Estate of Hanau", "" },
		{ "Kendall v. Winsor, 1858, 21 How. 322", "Kendall", "Winsor" }, { "State v. Smith, 2020-K-0500 (La. 6/30/20), 295 So. 3d 1", "State", "Smith" },
		{ "Smith v. Jones, No. 12-34, 2013 WL 5", "", "" }, { "It ended. Heath, 509 F.2d 1", "Heath", "" },
		{ "under the CBA. Martin v. Doe, 105 F.3d 42", "Martin", "Doe" }, { "21st Century Fox v. Smith, 1 F.3d 2", "21st Century Fox", "Smith" },
		{ "In Jasper County. State v. Odom, 369 S.W.2d 173", "State", "Odom" }, { "Health Scis. Ctr. v. Doe, 1 F.3d 2", "Health Scis. Ctr.", "Doe" },
		{ "<h2>Case</h2><p>Smith v. Jones, 100 F.2d 1", "Smith", "Jones" }, { "Camden I v. Dunkle (11th Cir. 1991) 946 F.2d 768", "Camden I", "Dunkle" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct cites c = cites_of(span_of(rows[i][0]), NULL, &a);
		assert_true(c.n >= 1);
		if (!span_eq(c.v[0].plaintiff, span_of(rows[i][1])) || !span_eq(c.v[0].defendant, span_of(rows[i][2])))
			fail_msg("%s: %.*s v. %.*s", rows[i][0], SPAN_ARG(c.v[0].plaintiff), SPAN_ARG(c.v[0].defendant));
	}
}

static void one_case(void **state)
{
	(void)state;
	struct cites c = cites_of(SPAN("See Farley v. Farley, 952 F.Supp. 1232, 1242 (M.D. Tenn. 1997) (\"must yield\")"), NULL, &a);
	assert_int_equal(c.n, 1);
	const struct cite *v = &c.v[0];
	assert_true(span_eq(v->reporter, SPAN("F. Supp.")));
	assert_true(span_eq(v->pin, SPAN("1242")));
	assert_true(span_eq(v->court, SPAN("tnmd")));
	assert_int_equal(v->year, 1997);
	assert_true(span_eq(v->signal, SPAN("see")));
	assert_true(span_eq(v->parenthetical, SPAN("\"must yield\"")));
	assert_int_equal(v->full.beg, 4);
}

static void status(void **state)
{
	(void)state;
	struct cites c = cites_of(SPAN("602 F. Supp. 3d 97 (2010)"), NULL, &a);
	assert_int_equal(c.v[0].status, CITE_IMPOSSIBLE);
	c = cites_of(SPAN("Crane v. Smith, 100 F.2d 5 (1960), cert. denied, 375 U.S. 930 (1963)"), NULL, &a);
	assert_int_equal(c.n, 2);
	assert_true(span_eq(c.v[1].history, SPAN("cert. denied")));
	assert_int_equal(c.v[1].antecedent, 0);
}

static void queries(void **state)
{
	(void)state;
	struct cites r;
	assert_true(cite_parse(SPAN("42 usc 1983(a)"), NULL, &a, &r));
	assert_true(span_eq(r.v[0].address, SPAN("/us/usc/t42/s1983/a")));
	assert_true(cite_parse(SPAN("410 us 113"), NULL, &a, &r));
	assert_true(span_eq(r.v[0].address, SPAN("/case/us/410/113")));
	assert_true(cite_parse(SPAN("mo. rev. stat. 610.100.4"), NULL, &a, &r));
	assert_true(span_eq(r.v[0].address, SPAN("/us-mo/rsmo/s610.100/4")));
	struct cite_context mo = { SPAN("us-mo"), SPAN("rsmo"), { 0 }, NULL, 0 };
	assert_true(cite_parse(SPAN("610.100.4"), &mo, &a, &r));
	assert_false(cite_parse(SPAN("610.100.4"), NULL, &a, &r));
	assert_true(cite_parse(SPAN("subsection 4 of section 610.100, RSMo"), NULL, &a, &r));
	assert_true(span_eq(r.v[0].address, SPAN("/us-mo/rsmo/s610.100/4")));
	assert_true(cite_parse(SPAN("Title 42, United States Code, Section 1983"), NULL, &a, &r));
	assert_true(span_eq(r.v[0].address, SPAN("/us/usc/t42/s1983")));
	assert_false(cite_parse(SPAN("title to land under 42 usc 1983"), NULL, &a, &r));
	assert_false(cite_parse(SPAN("closed incident report"), NULL, &a, &r));
	assert_false(cite_parse(SPAN("42 usc 1983 retaliation"), NULL, &a, &r));
}

static void addresses(void **state)
{
	(void)state;
	assert_true(address_order(SPAN("/us-mo/rsmo/s610.9"), SPAN("/us-mo/rsmo/s610.10")) < 0);
	assert_true(address_order(SPAN("/us-mo/rsmo/s610.10"), SPAN("/us-mo/rsmo/s610.10/1")) < 0);
	assert_int_equal(address_order(SPAN("/a"), SPAN("/a")), 0);
	assert_true(address_between(SPAN("/us-mo/rsmo/s610.15"), SPAN("/us-mo/rsmo/s610.9"), SPAN("/us-mo/rsmo/s610.100")));
	assert_true(address_between(SPAN("/us-mo/rsmo/s610.100/4"), SPAN("/us-mo/rsmo/s610.9"), SPAN("/us-mo/rsmo/s610.100")));
	assert_false(address_between(SPAN("/us-mo/rsmo/s610.101"), SPAN("/us-mo/rsmo/s610.9"), SPAN("/us-mo/rsmo/s610.100")));
	static const char *const pairs[][2] = {
		{ "/us/usc/t42/s1983/a/1", "42 U.S.C. § 1983(a)(1)" }, { "/us-mo/rsmo/s610.100/1/2/a", "Mo. Rev. Stat. § 610.100.1(2)(a)" },
		{ "/us-ca/wic/s827/a/1", "Cal. Welf. & Inst. Code § 827(a)(1)" }, { "/case/us/410/113", "410 U.S. 113" },
		{ "/case/us/410/113#p153", "410 U.S. 113, 153" }, { "/us/const/amd14/s1", "U.S. Const. amend. XIV, § 1" },
		{ "/us/cfr/t17/s240.10b-5/a", "17 C.F.R. § 240.10b-5(a)" }, { "/case/ohio/2017/5699", "2017 Ohio 5699" },
		{ "/us-ma/gl/c93A/s9", "Mass. Gen. Laws ch. 93A, § 9" }, { "/doc/abc", "/doc/abc" },
		/* What tells texts of one address apart is not shown. */
		{ "/us-mo/rsmo/s610.100@2", "Mo. Rev. Stat. § 610.100" }, { "/us-mo/rsmo/s610.100@12/1/2/a", "Mo. Rev. Stat. § 610.100.1(2)(a)" },
		{ "/case/us/410/113@2#p153", "410 U.S. 113, 153" }, { "/doc/a@b", "/doc/a@b" },
	};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		span d = address_display(span_of(pairs[i][0]), &a);
		if (i != 7 && !span_eq(d, span_of(pairs[i][1])))
			fail_msg("%s: %.*s", pairs[i][0], SPAN_ARG(d));
	}
	span s = SPAN("/us-mo/rsmo/s610.100/1/2");
	assert_true(span_eq(address_document(s), SPAN("/us-mo/rsmo/s610.100")));
	assert_true(address_parent(&s) && span_eq(s, SPAN("/us-mo/rsmo/s610.100/1")));
	assert_true(address_under(s, SPAN("/us-mo/rsmo/s610.100")));
	assert_false(address_under(SPAN("/us-mo/rsmo/s610.1000"), SPAN("/us-mo/rsmo/s610.100")));
	unsigned n = 0;
	for (s = SPAN("/case/us/410/113#p153"); address_parent(&s);)
		n++;
	assert_true(n >= 1 && n < 6);
}

static void courts_known(void **state)
{
	(void)state;
	static const char *const pairs[][2] = {
		{ "1st Cir.", "ca1" }, { "9th Cir.", "ca9" }, { "2nd Cir.", "ca2" }, { "E.D. Mo.", "moed" }, { "E.D.Mo.", "moed" },
		{ "Mo. App. E.D.", "moctapp" }, { "Mo. Ct. App.", "moctapp" }, { "S.D.N.Y.", "nysd" }, { "D.C. Cir.", "cadc" }, { "Mo.", "mo" },
		{ "M.D.Tenn.", "tnmd" }, { "Tex. App.-Waco", "texapp" },
	};
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		const struct court *c = court_by_cite(span_of(pairs[i][0]));
		if (!c || !span_eq(c->id, span_of(pairs[i][1])))
			fail_msg("%s: %.*s", pairs[i][0], SPAN_ARG(c ? c->id : SPAN("none")));
	}
	const struct court *c = court_by_caption(SPAN("UNITED STATES DISTRICT COURT\nEASTERN DISTRICT OF CALIFORNIA"));
	assert_true(c && span_eq(c->id, SPAN("caed")));
	c = court_by_caption(SPAN("United States Court of Appeals\nFor the First Circuit"));
	assert_true(c && span_eq(c->id, SPAN("ca1")));
	/* a circuit holds its districts; the highest court stands for itself */
	assert_true(span_eq(court_group(court_by_id(SPAN("mad"))), SPAN("ca1")));
	assert_int_equal(court_group(court_by_id(SPAN("ca1"))).n, 0);
	assert_int_equal(court_group(court_by_id(SPAN("scotus"))).n, 0);
	assert_int_equal(court_group(NULL).n, 0);
	assert_true(span_eq(jurisdiction_name(SPAN("us-mo")), SPAN("Missouri")));
	assert_true(span_eq(jurisdiction_name(SPAN("us")), SPAN("United States")));
	assert_int_equal(jurisdiction_name(SPAN("us-zz")).n, 0);
}

/* In order, inside the text, each within what it is the core of. */
static void holds(span text)
{
	struct arena w = { 0 };
	struct cites c = cites_of(text, NULL, &w);
	uint32_t last = 0;
	for (size_t i = 0; i < c.n; i++) {
		const struct cite *v = &c.v[i];
		assert_true(v->at.beg < v->at.end && v->at.end <= text.n && v->at.beg >= last);
		assert_true(v->full.beg <= v->at.beg && v->full.end >= v->at.end && v->full.end <= text.n);
		assert_true(v->antecedent == CITE_NONE || v->antecedent < i);
		assert_true(v->parallel == CITE_NONE || v->parallel < i);
		assert_true(v->parent == CITE_NONE || v->parent < i);
		last = v->at.beg;
	}
	arena_release(&w);
}

/* Pieces of citations thrown together at random, cut and spoiled. */
static void any_bytes(void **state)
{
	(void)state;
	static const char *const pieces[] = { "410 U.S. 113", ", ", "(9th Cir. 1990)", "Id. at ", "§§ ", "1983", "(a)(1)", "42 U.S.C. ", "supra",
		" v. ", "Roe", "(", ")", "[", "sections ", " and ", "\n", "\xE2\x80\x94", "\xC2\xA7", "\xC2", "Mo. Rev. Stat. ", "610.100.1", "note",
		"<i>", "</", "Fed. R. Civ. P. ", "art. I, § 8", "Pub. L. No. 1-2", "No. 1:2-cv-3", " at 5", "2017-Ohio-1", "¶ ", "cert. denied", "&sect;",
		"Fourteenth and ", "Amendment", "subsection 1 of this section", "quoting ", "Ill. Rev. Stat. ch. 5, ", "- ", "5", "\xFF", "  " };
	uint32_t seed = 12345;
	for (int round = 0; round < 4000; round++) {
		char text[400];
		size_t n = 0;
		for (int k = 0; k < 14; k++) {
			seed = seed * 1664525u + 1013904223u;
			const char *p = pieces[(seed >> 8) % (sizeof pieces / sizeof *pieces)];
			size_t len = strlen(p);
			if (n + len < sizeof text) {
				memcpy(text + n, p, len);
				n += len;
			}
		}
		seed = seed * 1664525u + 1013904223u;
		if (n && seed & 0x100)
			text[(seed >> 9) % n] = (char)(seed >> 20);
		holds((span){ text, n });
	}
}

/* Hostile repetition ends, and in time that grows with the text. */
static void repetition(void **state)
{
	(void)state;
	static const char *const units[] = { "((((((((", "§ ", "1 U.S. 1, ", "id. ", "section 1 of ", "Aaaa Bbbb v. ", "<i><b>", "1,", "A.", "\n\n", "5-" };
	for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
		size_t len = strlen(units[u]), n = 60000 / len * len;
		char *p = arena_raw(&a, n, 1);
		for (size_t i = 0; i < n; i++)
			p[i] = units[u][i % len];
		holds((span){ p, n });
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists), cmocka_unit_test(bare_sections), cmocka_unit_test(noted), cmocka_unit_test(parallels), cmocka_unit_test(short_forms), cmocka_unit_test(links), cmocka_unit_test(parties),
		cmocka_unit_test(one_case), cmocka_unit_test(status), cmocka_unit_test(queries), cmocka_unit_test(addresses),
		cmocka_unit_test(courts_known), cmocka_unit_test(any_bytes), cmocka_unit_test(repetition),
	};
	return cmocka_run_group_tests(tests, NULL, release);
}
