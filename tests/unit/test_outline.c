#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "law/court.h"
#include "tests/fuzz/fuzz_outline.c"

static struct docs read_text(const char *s, const struct meta *given, struct arena *a)
{
	static const struct meta none;
	struct text *t = NEW(a, struct text);
	*t = text_plain(span_of(s), a);
	return documents(t, given ? given : &none, a);
}

static bool has_address(const struct outline *o, const char *address)
{
	for (size_t i = 0; i < o->n; i++)
		if (span_eq(o->v[i].address, span_of(address)))
			return true;
	return false;
}

static const char section[] =
	"State Codes and Statutes\n\nStatutes > Missouri > T39 > C610 > 610_100\n\n"
	"Definitions--arrest and incident records shall be available.\n\n"
	"610.100. 1. As used in sections 610.100 to 610.150, the following words shall mean:\n\n"
	"(1) \"Arrest\", an actual restraint of the person;\n\n"
	"(3) \"Inactive\", an investigation in which no further action will be taken for any of the following reasons:\n\n"
	"(a) A decision not to pursue the case;\n\n(b) Expiration of the time;\n\n"
	"(4) \"Incident report\", a record.\n\n"
	"4. Any person may obtain any records.\n\n"
	"(L. 1973 S.B. 1 \u00a7 6, A.L. 1981 H.B. 554)\n\n"
	"(1986) Application of this block. Martin v. Schmalz, 713 S.W.2d 22 (Mo.App.).\n\n(1993) Arrest records.\n";

static void statute_page(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct docs docs = read_text(section, NULL, &a);
	assert_int_equal(docs.n, 1);
	assert_int_equal(docs.v[0].kind, KIND_STATUTE);
	assert_true(span_eq(docs.v[0].address, SPAN("/us-mo/rsmo/s610.100")));
	struct outline o = outline_of(&docs.v[0], &a);
	check_document(&docs.v[0], &a);
	assert_true(has_address(&o, "/us-mo/rsmo/s610.100/1/3/b"));
	assert_true(has_address(&o, "/us-mo/rsmo/s610.100/1/4"));
	assert_true(has_address(&o, "/us-mo/rsmo/s610.100/4"));
	size_t history = 0, annotations = 0;
	for (size_t i = 0; i < o.n; i++) {
		history += o.v[i].role == UNIT_HISTORY;
		annotations += o.v[i].role == UNIT_ANNOTATION;
	}
	assert_int_equal(history, 1);
	assert_int_equal(annotations, 2);
	arena_release(&a);
}

static void ambiguous_letters(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct meta given = { .kind = SPAN("statute"), .jurisdiction = SPAN("us"), .code = SPAN("usc"), .number = SPAN("1/2") };
	struct docs docs = read_text("(a) One:\n(1) x;\n(2) x:\n(A) y;\n(B) y:\n(i) z;\n(ii) z.\n(b) Two.\n(c) Three.\n(d) F.\n(e) F.\n(f) F.\n"
				     "(g) G.\n(h) Eight:\n(1) p.\n(i) Nine.\n(j) Ten.\n", &given, &a);
	struct outline o = outline_of(&docs.v[0], &a);
	check_document(&docs.v[0], &a);
	assert_true(has_address(&o, "/us/usc/t1/s2/a/2/B/ii"));
	assert_true(has_address(&o, "/us/usc/t1/s2/i"));
	assert_true(has_address(&o, "/us/usc/t1/s2/h/1"));
	arena_release(&a);
}

static size_t count(const struct outline *o, enum unit_role role)
{
	size_t n = 0;
	for (size_t i = 0; i < o->n; i++)
		n += o->v[i].role == role;
	return n;
}

#define EXPECT(s, lit) assert_true(span_eq((s), SPAN(lit)))

static void bill_sections(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct docs docs = read_text("FIRST REGULAR SESSION\nHOUSE BILL NO. 562\n102ND GENERAL ASSEMBLY\nAN ACT\n"
				     "To repeal section 210.152, RSMo, and to enact in lieu thereof two new sections.\n"
				     "Be it enacted by the General Assembly of the state of Missouri, as follows:\n"
				     "Section A. Section 210.152, RSMo, is repealed.\n37.717. 1. The office shall act.\n2. It shall:\n"
				     "(1) Be sealed; and\n(2) Not be open.\nEXPLANATION\u2014Matter in brackets is not enacted.\n"
				     "210.152. 1. All information:\n(1) Shall be kept;\n(2)(a) Or not;\n(b) Or later;\n"
				     "(3) Or never; [and]\n(4) Or at once.\n", NULL, &a);
	assert_int_equal(docs.n, 3);
	EXPECT(docs.v[0].address, "/us-mo/bill/102/1/hb562");
	EXPECT(docs.v[1].address, "/us-mo/bill/102/1/hb562/s37.717");
	struct outline o = outline_of(&docs.v[1], &a), second = outline_of(&docs.v[2], &a);
	assert_true(has_address(&o, "/us-mo/bill/102/1/hb562/s37.717/2/2"));
	assert_int_equal(count(&o, UNIT_NOTE), 1);
	assert_true(has_address(&second, "/us-mo/bill/102/1/hb562/s210.152/1/2/b"));
	assert_true(has_address(&second, "/us-mo/bill/102/1/hb562/s210.152/1/4"));
	arena_release(&a);
}

static void order_caption(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct docs docs = read_text("UNITED STATES DISTRICT COURT\nEASTERN DISTRICT OF CALIFORNIA\n\nM.M.,\t) Case No.: 1:16-cv-00376 DAD JLT\n"
				     "Plaintiff,\t) ORDER AFTER FURTHER SCHEDULING\nv.\t) CONFERENCE\nCOUNTY OF KERN, et al.,\t)\nDefendants.\t)\n_)\n"
				     "On June 21, 2017, the Court held a further conference at the request of counsel about the delay in receiving records.[1]\n\n"
				     "[1] The court, according to state law, is obligated to control the records.\n\nIT IS SO ORDERED.\n\n"
				     "Dated: June 22, 2017\t/s/ Jennifer L. Thurston\n\tUNITED STATES MAGISTRATE JUDGE\n", NULL, &a);
	assert_int_equal(docs.n, 1);
	assert_int_equal(docs.v[0].kind, KIND_ORDER);
	EXPECT(docs.v[0].address, "/docket/caed/1:16-cv-00376/2017-06-22");
	EXPECT(docs.v[0].meta.title, "M.M. v. COUNTY OF KERN, et al.");
	EXPECT(docs.v[0].meta.judge, "Jennifer L. Thurston");
	struct outline o = outline_of(&docs.v[0], &a);
	assert_true(has_address(&o, "/docket/caed/1:16-cv-00376/2017-06-22#n1"));
	assert_int_equal(count(&o, UNIT_FOOTNOTE), 1);
	arena_release(&a);
}

/* A number in a party's name is no docket; a clerk's note names no court below; a colloquy quoted is no transcript. */
static void caption_traps(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct docs docs = read_text("[See slip opinion from the clerk for the appendix]\n            UNITED STATES COURT OF APPEALS\n"
				     "                FOR THE FIRST CIRCUIT\n\nNo. 92-1004\n\n     QUARRYMEN'S UNION LOCAL NO. 12 PENSION FUND, on\n"
				     "        behalf of all others similarly situated,\n\n               Plaintiff, Appellant,\n\n                   v.\n\n"
				     "               MOSSY QUARRIES, INC.,\n\n               Defendant, Appellee.\n\n     APPEAL FROM THE UNITED STATES DISTRICT COURT\n\n"
				     "     ALDER, Circuit Judge.  The court below asked:\n\n     THE COURT:  Do you see it?\n\n     MR. FIR:  Yes.\n\n"
				     "     THE COURT:  Where?\n\n     MR. FIR:  There.\n\n     THE COURT:  Good.\n\n     MR. FIR:  Thank you.\n\n     Affirmed.\n", NULL, &a);
	assert_int_equal(docs.n, 1);
	const struct meta *m = &docs.v[0].meta;
	assert_int_equal(docs.v[0].kind, KIND_OPINION);
	assert_true(span_eq(m->court, SPAN("ca1")));
	assert_true(span_eq(m->docket, SPAN("92-1004")));
	assert_true(span_eq(m->title, SPAN("QUARRYMEN'S UNION LOCAL NO. 12 PENSION FUND, on behalf of all others similarly situated v. MOSSY QUARRIES, INC.")));
	arena_release(&a);
}

/* Where a section was fetched from says whose law it is. */
static void law_of_a_site(void **state)
{
	static const struct { const char *url, *address; } sites[] = {
		{ "https://law.example.com/codes/missouri/title-xxxviii/chapter-600/section-600-101/", "/us-mo/rsmo/s600.101" },
		{ "https://revisor.mo.gov/main/OneSection.aspx?section=600.101", "/us-mo/rsmo/s600.101" },
		{ "https://www.example.com/in/mo/600.101", NULL },
		{ "https://www.courts.mo.gov/opinions/section-one/600.101", "/us-mo/rsmo/s600.101" }, /* its text still says statute */
	};
	(void)state;
	for (size_t i = 0; i < sizeof sites / sizeof *sites; i++) {
		struct arena a = { 0 };
		struct meta given = { .number = SPAN("600.101"), .url = span_of(sites[i].url), .kind = i & 1 ? SPAN("statute") : SPAN("") };
		struct docs docs = read_text("Chapter 600\n\n600.101. Records kept. \u20141. The clerk shall keep:\n\n600.102. Not a section.\n\n2. All.\n", &given, &a);
		assert_int_equal(docs.n, 1);
		assert_int_equal(docs.v[0].kind, KIND_STATUTE);
		EXPECT(docs.v[0].meta.breadcrumb.v[0], "Chapter 600");
		assert_true(sites[i].address ? span_eq(docs.v[0].address, span_of(sites[i].address)) : span_starts(docs.v[0].address, SPAN("/doc/")));
		arena_release(&a);
	}
}

static void reported_opinion(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct docs docs = read_text("410 U.S. 113 (1973)\n\nROE ET AL. v. WADE\n\nNo. 70-18.\n\nSUPREME COURT OF THE UNITED STATES\n\n"
				     "Decided January 22, 1973\n\nMR. JUSTICE BLACKMUN delivered the opinion of the Court.\n\nI\n\n"
				     "This appeal presents challenges. See Doe v. Bolton, at *4.\n\n*117 The second page *118 and the third.\n\n"
				     "JUSTICE REHNQUIST, dissenting.\n\nI disagree.\n", NULL, &a);
	EXPECT(docs.v[0].address, "/case/us/410/113");
	EXPECT(docs.v[0].meta.court, "scotus");
	EXPECT(docs.v[0].meta.date, "1973-01-22");
	struct outline o = outline_of(&docs.v[0], &a);
	assert_true(has_address(&o, "/case/us/410/113#p118"));
	assert_int_equal(count(&o, UNIT_PAGE), 2);
	assert_int_equal(count(&o, UNIT_OPINION), 1);
	arena_release(&a);
}

static void regulations(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct docs docs = read_text("Title 17\u2014Commodity and Securities Exchanges\nPART 240\u2014GENERAL RULES\n\nSec.\n"
				     "240.10b-1  Prohibition of devices.\n240.10b-5  Employment of devices.\n\nAuthority: 15 U.S.C. 77c.\n\n"
				     "\u00a7 240.10b-1 Prohibition of devices.\n\nThe term is hereby defined.\n\n[13 FR 8183, Dec. 22, 1948]\n\n"
				     "\u00a7 240.10b-5 Employment of devices.\n\nIt shall be unlawful,\n\n(a) To employ any device,\n\n"
				     "(b) Definitions. (1) For purposes of this section:\n\n(i) Debt.\n\n(A) So.\n\n(ii) Equity.\n\n(2) Reserved.\n\n"
				     "(c) To act.\n\n[13 FR 8183, Dec. 22, 1948]\n", NULL, &a);
	assert_int_equal(docs.n, 2);
	assert_int_equal(docs.v[1].kind, KIND_REGULATION);
	EXPECT(docs.v[1].address, "/us/cfr/t17/s240.10b-5");
	struct outline o = outline_of(&docs.v[1], &a);
	assert_true(has_address(&o, "/us/cfr/t17/s240.10b-5/b/1/i/A"));
	assert_true(has_address(&o, "/us/cfr/t17/s240.10b-5/b/2"));
	assert_int_equal(count(&o, UNIT_HISTORY), 1);
	arena_release(&a);
}

static void quoted_law(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct meta given = { .kind = SPAN("statute"), .jurisdiction = SPAN("us"), .code = SPAN("usc"), .number = SPAN("1/101") };
	struct docs docs = read_text("(a) Section 5 is amended to read as follows:\n\n\"(a) In this section:\n\n\"(1) Alpha.\n\n\"(2) Beta.\n\n"
				     "\"(b) No person shall.\".\n\n(b) This takes effect at once.\n", &given, &a);
	struct outline o = outline_of(&docs.v[0], &a);
	assert_int_equal(count(&o, UNIT_QUOTATION), 4);
	assert_int_equal(count(&o, UNIT_SUBDIVISION), 2);
	assert_false(has_address(&o, "/us/usc/t1/s101/a/1"));
	assert_true(has_address(&o, "/us/usc/t1/s101/b"));
	arena_release(&a);
}

static void whole_code(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct docs docs = read_text("======\n  Evidence Code\n  State of California\n======\n\nDIVISION 1. PRELIMINARY [1. - 2.]\n\n1.\n\n"
				     "This code shall be known as the Evidence Code.\n\n(History: Enacted by Stats. 1965, Ch. 299.)\n------\n\n2.\n\n"
				     "(a) The rule.\n\n(b) The other.\n\n(History: Enacted by Stats. 1965, Ch. 299.)\n------\n\n"
				     "DIVISION 2. WORDS [100. - 260.]\n\n100.\n\nUnless otherwise.\n", NULL, &a);
	assert_int_equal(docs.n, 3);
	EXPECT(docs.v[1].address, "/us-ca/evid/s2");
	EXPECT(docs.v[2].address, "/us-ca/evid/s100");
	EXPECT(docs.v[2].meta.breadcrumb.v[0], "DIVISION 2. WORDS");
	struct outline o = outline_of(&docs.v[1], &a);
	assert_true(has_address(&o, "/us-ca/evid/s2/b"));
	arena_release(&a);
}

static void printing_office(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct docs docs = read_text("-CITE-\n    17 USC Sec. 102      01/03/2012\n\n-EXPCITE-\n    TITLE 17 - COPYRIGHTS\n    CHAPTER 1 - SCOPE\n\n-HEAD-\n"
				     "    Sec. 102. Subject matter\n\n-STATUTE-\n      (a) In General. - (1) Protection subsists in:\n        (A) works;\n        (B) more.\n"
				     "      (2) Other\n    matter (3)\n    goes on.\n      (b) None.\n\n-SOURCE-\n    (Pub. L. 94-553, Oct. 19, 1976, 90 Stat. 2544.)\n\n-End-\n",
				     NULL, &a);
	EXPECT(docs.v[0].address, "/us/usc/t17/s102");
	EXPECT(docs.v[0].meta.title, "Subject matter");
	struct outline o = outline_of(&docs.v[0], &a);
	assert_true(has_address(&o, "/us/usc/t17/s102/a/1/B"));
	assert_true(has_address(&o, "/us/usc/t17/s102/a/2"));
	assert_false(has_address(&o, "/us/usc/t17/s102/a/3"));
	assert_true(has_address(&o, "/us/usc/t17/s102/b"));
	assert_int_equal(count(&o, UNIT_HISTORY), 1);
	arena_release(&a);
}

/* Rules printed in the Code's appendix have the addresses that citations of them have. */
static void rules_of_an_appendix(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct docs docs = read_text("-CITE-\n    11 USC APPENDIX Rule 2002      06/08/2012\n\n-EXPCITE-\n    TITLE 11 - APPENDIX\n"
				     "    FEDERAL RULES OF BANKRUPTCY PROCEDURE AND OFFICIAL BANKRUPTCY FORMS\n    PART II - OFFICERS AND ADMINISTRATION;\n"
				     "               EXAMINATIONS\n\n-HEAD-\n    Rule 2002. Notices\n\n-STATUTE-\n      (a) The clerk shall give notice.\n\n-End-\n"
				     "-CITE-\n    28 USC APPENDIX Rule 4      06/08/2012\n\n-EXPCITE-\n    TITLE 28 - APPENDIX\n    FEDERAL RULES OF EVIDENCE\n\n"
				     "-HEAD-\n    Rule 4. Other\n\n-STATUTE-\n      (a) None.\n\n-End-\n",
				     NULL, &a);
	assert_int_equal(docs.n, 2);
	EXPECT(docs.v[0].address, "/us/frbp/r2002");
	EXPECT(docs.v[0].meta.breadcrumb.v[3], "PART II - OFFICERS AND ADMINISTRATION; EXAMINATIONS");
	EXPECT(docs.v[1].address, "/us/fre/r4");
	struct outline o = outline_of(&docs.v[0], &a);
	assert_true(has_address(&o, "/us/frbp/r2002/a"));
	arena_release(&a);
}

/* The text that path names below the section of read_text's only document. */
static bool item_is(const struct doc *d, const struct outline *o, const char *path, const char *want)
{
	struct range at;
	if (!outline_anchor(o, d->text.clean, 0, span_of(path), &at))
		return want == NULL;
	return want && span_starts(span_range(d->text.clean, at), span_of(want));
}

static void items_in_a_sentence(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct meta given = { .jurisdiction = SPAN("us-fk"), .code = SPAN("rsf"), .number = SPAN("12.010"), .kind = SPAN("statute") };
	struct docs docs = read_text("A clerk, subject to paragraph (1) of section 12.011, may sell (1) maps, (2) plans: (a) of land or (b) of houses, "
				     "and (3) views, and (i) shall keep the money\u2014(ii) apart. A lone (x) is no list.\n", &given, &a);
	struct outline o = outline_of(&docs.v[0], &a);
	const struct doc *d = &docs.v[0];
	assert_true(item_is(d, &o, "1", "(1) maps, "));
	assert_true(item_is(d, &o, "2", "(2) plans"));
	assert_true(item_is(d, &o, "2/b", "(b) of houses"));
	assert_true(item_is(d, &o, "3", "(3) views"));
	assert_true(item_is(d, &o, "ii", "(ii) apart"));
	assert_true(item_is(d, &o, "4", NULL));
	assert_true(item_is(d, &o, "x", NULL));
	assert_true(item_is(d, &o, "", NULL));
	arena_release(&a);
}

static void any_input(void **state)
{
	(void)state;
	static const char *const bits[] = { "(a) ", "(i) ", "1. ", "610.100. ", "\n", "\n\n", "\u00a7 5. ", "-CITE-\n", "v.\n", "COURT ",
		"(L. 1973", "\u201c", "SEC. 2. ", "  ", "word ", ".", ";\n", ":\n", "*490", "[**7]", "Plaintiff ", "A BILL ", "\xff", "((((", "II. " };
	char buf[600];
	uint64_t x = 88172645463325252u;
	LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
	for (int round = 0; round < 40; round++) {
		size_t n = 0;
		while (n < sizeof buf - 16) {
			x ^= x << 13, x ^= x >> 7, x ^= x << 17;
			const char *bit = bits[x % (sizeof bits / sizeof *bits)];
			memcpy(buf + n, bit, strlen(bit));
			n += strlen(bit);
		}
		LLVMFuzzerTestOneInput((const uint8_t *)buf, n);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(statute_page), cmocka_unit_test(ambiguous_letters), cmocka_unit_test(bill_sections),
					    cmocka_unit_test(order_caption), cmocka_unit_test(reported_opinion), cmocka_unit_test(caption_traps), cmocka_unit_test(law_of_a_site), cmocka_unit_test(regulations),
					    cmocka_unit_test(quoted_law), cmocka_unit_test(whole_code), cmocka_unit_test(printing_office),
					    cmocka_unit_test(rules_of_an_appendix), cmocka_unit_test(items_in_a_sentence), cmocka_unit_test(any_input) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
