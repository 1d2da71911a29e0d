/* repair: each class of damage on small texts of its kind, and what must hold
 * for every text: source and map give the source back, the log is exact,
 * clean text passes byte for byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include "base/buf.h"
#include "law/repair.h"

/* Every run copies what it says; every edit's `before` is the source there;
 * the log is in order. */
static void check_text(const struct text *t)
{
	uint32_t clean = 0, src = 0;
	for (size_t i = 0; i < t->map.n; i++) {
		struct run r = t->map.v[i];
		assert_true(r.clean >= clean && r.src >= src && r.clean + r.n <= t->clean.n && r.src + r.n <= t->src.n);
		assert_memory_equal(t->clean.p + r.clean, t->src.p + r.src, r.n);
		clean = r.clean + r.n;
		src = r.src + r.n;
	}
	for (size_t i = 0; i < t->edits.n; i++) {
		struct edit e = t->edits.v[i];
		assert_true(e.at.end <= t->src.n && span_eq(e.before, span_range(t->src, e.at)));
		assert_true(e.confidence > 0 && e.confidence <= 1 && e.rule);
		assert_true(i == 0 || t->edits.v[i - 1].at.beg <= e.at.beg);
	}
}

static void expect(const char *damaged, const char *whole)
{
	struct arena a = { 0 };
	struct text t = text_plain(span_of(damaged), &a), r = repair(&t, &a);
	check_text(&r);
	if (!span_eq(r.clean, span_of(whole)))
		fail_msg("repaired to:\n[%.*s]\nnot:\n[%s]", SPAN_ARG(r.clean), whole);
	arena_release(&a);
}

static void left_alone(const char *s)
{
	expect(s, s);
}

static void clean_text(void **state)
{
	(void)state;
	left_alone("");
	left_alone("\n\n");
	left_alone("The court held that 42 U.S.C. \xC2\xA7 1983 applies. See Doe v. Roe, 12 F.3d 34, 36 (1st Cir. 1993).\n");
	left_alone("1. The clerk shall\n2. The sheriff shall\n3. The judge shall\n4. No one shall\n5. All shall\n6. Some may\n7. None may\n8. End\n");
	left_alone("McDonald and LaSalle met de Soto, O'Brien and the Smith-Joneses at 9:00 a.m. on I-95 (see H.B. 12).\n");
	left_alone("The star page *490 and [**756] stay, as does 5 < 6 and AT&T, Inc. # 4.\n");
}

/* A page of testimony: lines are short and whole, so who speaks tells that it is one. A list of as many short items stays. */
static void testimony(void **state)
{
	(void)state;
	expect(" 1          MS. LARK:  Objection.  Calls for hearsay under Rule\n 2   801(c).\n 3          THE COURT:  Overruled.  You may answer.\n"
	       " 4          THE WITNESS:  It was fine.\n 5   BY MR. FINCH:\n 6      Q.  And did you rely on that?\n 7      A.  I did not.\n"
	       " 8      Q.  Turning to Exhibit 12.  Do you recog-\n 9   nize it?\n10      A.  Yes.\n11      Q.  What does line 4 say?\n12      A.  Nine gallons.\n"
	       "13      Q.  Not 19?\n14      A.  Nine.\n15          MR. FINCH:  Nothing further.\n16          THE COURT:  We will stand in recess.\n"
	       "17          (Recess.)\n18      Q.  Are you ready?\n19      A.  I am.\n20          THE COURT:  Go on.\n21\n22\n23\n24\n25\n",
	       "MS. LARK:  Objection.  Calls for hearsay under Rule\n801(c).\n\nTHE COURT:  Overruled.  You may answer.\n\nTHE WITNESS:  It was fine.\n\nBY MR. FINCH:\n\n"
	       "Q.  And did you rely on that?\n\nA.  I did not.\n\nQ.  Turning to Exhibit 12.  Do you recognize it?\n\nA.  Yes.\n\nQ.  What does line 4 say?\n\nA.  Nine gallons.\n\n"
	       "Q.  Not 19?\n\nA.  Nine.\n\nMR. FINCH:  Nothing further.\n\nTHE COURT:  We will stand in recess.\n\n(Recess.)\n\nQ.  Are you ready?\n\nA.  I am.\n\nTHE COURT:  Go on.\n\n");
	left_alone("1   Oars.\n2   Anchors.\n3   A lamp.\n4   Rope.\n5   A bell.\n6   Flags.\n7   Charts.\n8   A compass.\n9   Nets.\n10  Hooks.\n11  Paint.\n12  Tar.\n13  Sails.\n"
		   "14  Pumps.\n15  Buckets.\n16  Nails.\n17  A saw.\n18  Planks.\n19  Glue.\n20  A log.\n21  Ink.\n22  Paper.\n23  A clock.\n24  Knives.\n25  Salt.\n");
}

static void pleading(void **state)
{
	(void)state;
	expect("1\t\t\n2\t\t\n3\tThe Court held a hearing at the request of counsel and took the matter under\t\n"
	       "4\tsubmission. It now finds that good cause has been shown for the relief that is\t\n"
	       "5\tsought.\t\n6\tThe motion, which no party has opposed within the time allowed by rule, is\t\n"
	       "7\tgranted, and the clerk is directed to enter judgment in favor of the plaintiff in\t\n"
	       "8\tthe amount of 12 dollars and costs.\t\n9\t\t\n10\t\t\n11\tIT IS SO ORDERED.\t\n12\t\t\n",
	       "\nThe Court held a hearing at the request of counsel and took the matter under\n"
	       "submission. It now finds that good cause has been shown for the relief that is\n"
	       "sought.\n\nThe motion, which no party has opposed within the time allowed by rule, is\n"
	       "granted, and the clerk is directed to enter judgment in favor of the plaintiff in\n"
	       "the amount of 12 dollars and costs.\n\nIT IS SO ORDERED.\n\n");
}

/* The margin as the first column of a table of two; a table of figures stays. */
/* The same page as other readers write its margin: a rule, a colon, a nought before the number, numbers on both sides. */
static void margins(void **state)
{
	(void)state;
	static const char *const lines[] = {
		"The court held a hearing at the request of counsel and took", "the matter under submission, having read the papers of both", "sides, and it now finds that the records which the movant",
		"seeks are not privileged, that they bear on the claim which", "remains, and that nothing in the protective order forbids a", "party to ask for them; it therefore grants the motion in the",
		"part that goes to the records of the first year and puts the", "rest over until the parties have met, as the rule requires a", "party to do before it comes to the court with such a motion,",
		"and have told the court in writing what is left to decide.",
	};
	static const char *const formats[] = { "%d | %s\n", "%d: %s\n", "%02d   %s\n", "%d  %-62s%d\n" };
	for (size_t f = 0; f < sizeof formats / sizeof *formats; f++) {
		struct arena a = { 0 };
		struct buf damaged = { .a = &a }, whole = { .a = &a };
		for (int i = 0; i < (int)(sizeof lines / sizeof *lines); i++) {
			char line[120];
			snprintf(line, sizeof line, formats[f], i + 1, lines[i], i + 1);
			buf_put(&damaged, span_of(line));
			buf_put(&whole, span_of(lines[i]));
			buf_byte(&whole, '\n');
		}
		buf_byte(&damaged, 0);
		buf_byte(&whole, 0);
		expect(buf_span(&damaged).p, buf_span(&whole).p);
		arena_release(&a);
	}
}

static void pleading_rows(void **state)
{
	(void)state;
	static const char *const lines[] = {
		"The motion came on for hearing before the", "court, and counsel for both parties appeared", "and were heard. Having read the papers and", "considered the argument, the court finds that",
		"the officer had no warrant, that no exception", "to the rule applied, and that the search of", "the vehicle was therefore unlawful under the", "law of this state. The motion is granted in", "part and denied in part.",
	};
	char in[2000] = "", out[2000] = "", table[2000] = "";
	for (int i = 0; i < 9; i++) {
		sprintf(in + strlen(in), "| %d | %s |\n", i + 1, lines[i]);
		sprintf(out + strlen(out), "%s\n", lines[i]);
		sprintf(table + strlen(table), "| %d | %s | %d |\n", i + 1, lines[i], 100 * i);
	}
	expect(in, out);
	left_alone(table);
	expect("It so held<sup>5,6</sup> then.\n", "It so held[5,6] then.\n");
}

static void detached(void **state)
{
	(void)state;
	char in[2000] = "", *p = in;
	for (int i = 1; i <= 25; i++)
		p += sprintf(p, "%d\n", i);
	strcpy(p, "The witness said that he had seen 12 men\nat the door on that night.\n");
	expect(in, "\nThe witness said that he had seen 12 men\nat the door on that night.\n");
}

/* Labels before quotation marks; one sponsor, whose title is in the singular. */
static void labels_and_sponsors(void **state)
{
	(void)state;
	expect("As used in this chapter:\n\n(1)\"Agency\", a board or office;\n\n(2)(a)\"Record\", a paper kept by it.\n",
	       "As used in this chapter:\n\n(1) \"Agency\", a board or office;\n\n(2)(a) \"Record\", a paper kept by it.\n");
	left_alone("The label f(1)\"Agency\" and the list (see note)\"Quoted\" stay.\n");
	expect("INTRODUCEDBYREPRESENTATIVESAULS. Torepealsection210.152,RSMo,andtoenactinlieuthereofonenewsectionrelatingtorecords.",
	       "INTRODUCED BY REPRESENTATIVE SAULS.\nTo repeal section 210.152, RSMo, and to enact in lieu thereof one new section relating to records.");
}

static void markup(void **state)
{
	(void)state;
	expect("It produced <i>only</i> records of agencies <sup>1</sup> . The **ORDER** stands<sup>2</sup> and <u>no later</u> &amp; so on.\n\n"
	       "<sup>&</sup>lt;sup>2</sup> A note.\n\n## A heading\n",
	       "It produced only records of agencies[1]. The ORDER stands[2] and no later & so on.\n\n[2] A note.\n\nA heading\n");
	expect("On May 1<sup>st</sup> he left.\n", "On May 1st he left.\n");
	expect("The **Court **held that *Id.* at 3 and (*Doe v. Roe*, 12 F.3d 4) apply.\n", "The Court held that Id. at 3 and (Doe v. Roe, 12 F.3d 4) apply.\n");
	left_alone("The program, sections 191.500 to 191.550**, the practice of it, sections 191.600 to 191.615**, and chapter 197***, end.\n");
	left_alone("Judge Roe* and *The Honorable J. Doe sat at *490 and 2 * 3 * 4.\n");
}

static void crumbs(void **state)
{
	(void)state;
	expect("Skip to content\nHome | Menu | Log In\n< Previous | Next >\n\nThe text.\n", "\n\n\n\nThe text.\n");
	left_alone("Party | Vote\nA | 12\nPrevious terms | 3\nNext, the board met.\n");
	expect("State Codes and Statutes\n\nStatutes > Missouri > T39 > C610 > 610_100\n\nThe text.\n", "\n\n\n\nThe text.\n");
}

static void stamps(void **state)
{
	(void)state;
	expect("Case 1:16-cv-00376-DAD-JLT Document 31 Filed 06/22/17 Page 2 of 4\nThe text of the order.\n", "\nThe text of the order.\n");
	expect("the court Case: 12-1573 Document: 00116562 Page: 2 Date Filed: 08/01/2013 Entry ID: 5753 held that\n", "the court held that\n");
	expect("Case: 17-35105, 02/09/2017, ID: 10302890, DktEntry: 134, Page 2 of 29\nThe text.\n", "\nThe text.\n");
	expect("USCA11 Case: 21-10199     Date Filed: 06/07/2021     Page: 3 of 12\nThe text.\n", "\nThe text.\n");
	expect("USCA4 Appeal: 20-1160      Doc: 41         Filed: 01/07/2021      Pg: 3 of 41\nThe text.\n", "\nThe text.\n");
	expect("Case 09-50026-reg    Doc 2968    Filed 07/05/09    Entered 07/05/09 23:20:54    Main Document\n    Pg 3 of 95\nThe text.\n", "\nThe text.\n");
	expect("Case 2:17-cv-12244-BAF-DRG   ECF No. 91, PageID.2213   Filed 02/07/19   Page 4 of 31\nThe text.\n", "\nThe text.\n");
	left_alone("In Case No. 12-1573 the Document 4 was filed.\n");
	left_alone("Case 12-1573, filed 06/07/2021, is on page 3 of the calendar.\n");
}

/* Three pages of text that runs on over their ends, with what stands there. */
static span paged(struct arena *a, const char *one, const char *two, const char *three)
{
	static const char *const pages[] = {
		"The agency held a hearing at the request of counsel and took the matter\nunder submission, and after the parties had filed their briefs it set out at\n"
		"some length why the records that were sought could not be produced before\nthe time had run, what they would have shown, and how the board had come to\n"
		"find that none of them bore on the question which the notice had raised,\nand it then turned to the award that the examiner had proposed to make and\n",
		"found that no witness had spoken to the sum, that the books were closed, so\nthat nothing in the record bore out the figure on which the examiner relied,\n"
		"although the claimant had been asked more than once to bring his ledgers, and\nthat the award could not stand for that reason alone, without regard to the\n"
		"further grounds that the carrier had urged in the papers it had filed before\nthe hearing closed, which the board did not reach and of which no more need\n",
		"be said here than that they had been made in time and were not given up at\nany later stage of the case, so that they may be raised again below.\n",
	};
	return arena_printf(a, "%s%s%s%s%s%s%s", pages[0], one, pages[1], two, pages[2], "", three);
}

/* Heads, feet and marks that no table has: they come back, and sentences go on over them. */
static void returns(void **state)
{
	(void)state;
	static const char *const marks[][2] = {
		{ "                -2-\n", "                -3-\n" }, { "\n        - ii -\n\n", "\n        - iii -\n\n" },
		{ "     Page 2 of 14\n", "     Page 3 of 14\n" }, { "                    MERIDIAN-0001013\n", "                    MERIDIAN-0001014\n" },
		{ "03/14/2011 16:21 FAX 5735550142 HARTWELL LAW OFFICE 004/019\n", "03/14/2011 16:22 FAX 5735550142 HARTWELL LAW OFFICE 005/019\n" },
		{ "12\n\nIPR2017-01195\nPatent 8,118,221 B2\n\n", "13\n\nIPR2017-01195\nPatent 8,118,221 B2\n\n" },
	};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		struct arena a = { 0 };
		span damaged = paged(&a, marks[i][0], marks[i][1], ""), whole = paged(&a, "", "", "");
		expect(arena_cstr(&a, damaged), arena_cstr(&a, whole));
		arena_release(&a);
	}
	struct arena a = { 0 };
	/* A name in a sentence comes back and is no head; nor is what a sentence leads up to. */
	left_alone(arena_cstr(&a, paged(&a, "\nRobert George Forbes\n\nThe examiner then\n", "Discussion\n\nThe board\n", "Discussion\n")));
	arena_release(&a);
}

static void glued(void **state)
{
	(void)state;
	expect("Records shall be available topublic inspection, and the agency shall provide the requestedmaterial.All reports,whether "
	       "open or closed, are kept as section610.027 says.\n",
	       "Records shall be available to public inspection, and the agency shall provide the requested material. All reports, whether "
	       "open or closed, are kept as section 610.027 says.\n");
}

/* Wraps at `width` columns and deletes the line ends. */
static span joined_lines(span s, size_t width, char *out)
{
	size_t n = 0, from = 0, word = 0;
	for (size_t i = 0; i <= s.n; i++) {
		if (i < s.n && s.p[i] != ' ')
			continue;
		if (i - from > width) {
			n--; /* the space before the word that does not fit */
			from = word;
		}
		memcpy(out + n, s.p + word, i - word + (i < s.n));
		n += i - word + (i < s.n);
		word = i + 1;
	}
	return (span){ out, n };
}

/* At most widths some line ends between words that only their place tells apart. */
static void glued_lines(void **state)
{
	(void)state;
	span whole = SPAN("The clerk shall keep a record of all proceedings for the period stated in chapter 12, and shall give notice of each hearing "
			  "to all of the parties. (2) If a party is a person named in Hall v. Beals, 396 U.S. 45, 48 (1969), or in 470 F.3d 331 (2006), then the "
			  "notice is in writing. On May 4, 1987, the board may act with any other officer under the seal of the court and the hand of its clerk; "
			  "(3) A member of the board who is not present may be heard by letter, and an order made in the absence of a member is as good as any "
			  "other order of the board unless the absent member asks for a new hearing within ten days of the day on which the order was made known.");
	size_t right = 0;
	for (size_t width = 50; width < 80; width++) {
		struct arena a = { 0 };
		char out[2000];
		struct text t = text_plain(joined_lines(whole, width, out), &a), r = repair(&t, &a);
		check_text(&r);
		right += span_eq(r.clean, whole);
		arena_release(&a);
	}
	if (right < 27)
		fail_msg("whole at %zu of 30 widths", right);
	expect("The court need not reach Unum'sargument, nor the agency'sbrief, nor that of the Nat'lBank.(2) It is found by thecourt, all thirtydays and oneyear on.\n",
	       "The court need not reach Unum's argument, nor the agency's brief, nor that of the Nat'l Bank. (2) It is found by the court, all thirty days and one year on.\n");
	expect("Notice is given as stated in\xC2\xA7 12-3 to each\xE2\x80\x9Cparty\xE2\x80\x9D who asks.(2) It is found by thecourt.\n",
	       "Notice is given as stated in \xC2\xA7 12-3 to each \xE2\x80\x9Cparty\xE2\x80\x9D who asks. (2) It is found by the court.\n");
}

/* Lines joined with the hyphens of their divided words; and spaces lost anywhere, no lines at all. */
static void run_on(void **state)
{
	(void)state;
	expect("The depart-ment shall main-tain the confi-dentiality of informa-tion that it receives under this sub-section, and a well-known or self-insured "
	       "employer shall fur-nish it on de-mand.\n",
	       "The department shall maintain the confidentiality of information that it receives under this sub-section, and a well-known or self-insured "
	       "employer shall furnish it on demand.\n");
	left_alone("The co-operative's e-filing sub-system was pre-paid by the well-known non-profit and its vice-chair.\n");
	expect("The board shallhold a hearing within thirtydays after thepetition is filed and shall givenotice of it to everyowner of record. At thehearing any "
	       "person mayappear and beheard. The decision of theboard shall be inwriting and shall statethe reasons for it, andacopy of it shall be mailed tothe owner.\n",
	       "The board shall hold a hearing within thirty days after the petition is filed and shall give notice of it to every owner of record. At the hearing any "
	       "person may appear and be heard. The decision of the board shall be in writing and shall state the reasons for it, and a copy of it shall be mailed to the owner.\n");
	/* Labels that touch their words tell nothing of words: "eyewear" stays, and so do the figures. */
	left_alone("2,5-dimethoxy-4-ethylamphetamine and 3,4-methylenedioxyamphetamine; eyewear, matchlock, earthworms and crossbones; 3,17-dione.\n");
}

static void unspaced(void **state)
{
	(void)state;
	expect("HOUSEBILLNO.562 ANACT Torepealsection210.152,RSMo,andtoenactinlieuthereofonenewsectionrelatingtorecords. "
	       "37.717.1.Theofficeshallcreateasafetyreportingsysteminwhichemployeesof 2thechildren'sdivisionmayreportinformationregardingthesafetyofthose "
	       "3servedbythedivisiononAugust28,2017. 4 2.Theidentityofanyindividualshall: 5 (1)Besealedfrominspectionbythepublic;and "
	       "HB562 2 6 (2)Notbesubjecttodiscoveryundersection 7210.145,orotherlaw. HB562 3\n",
	       "HOUSE BILL NO. 562\nAN ACT\nTo repeal section 210.152, RSMo, and to enact in lieu thereof one new section relating to records.\n"
	       "37.717. 1. The office shall create a safety reporting system in which employees of the children's division may report information "
	       "regarding the safety of those served by the division on August 28, 2017.\n2. The identity of any individual shall:\n"
	       "(1) Be sealed from inspection by the public; and\n(2) Not be subject to discovery under section 210.145, or other law.\n");
}

static void flowed(void **state)
{
	(void)state;
	expect("1 The court held a hearing at the request of counsel and took the matter under 2submission, having read the papers of both sides, and it now finds that the "
	       "3records which the movant seeks are not privileged, that they bear on the claim 4which remains, and that nothing in the protective order forbids a party to ask "
	       "5for them; it therefore grants the motion in the part that goes to the records 6of the first year and puts the rest over until the parties have met, as the rule "
	       "7requires a party to do before it comes to the court with such a motion, and to 8tell the court in writing what is left to decide.\n",
	       "The court held a hearing at the request of counsel and took the matter under submission, having read the papers of both sides, and it now finds that the "
	       "records which the movant seeks are not privileged, that they bear on the claim which remains, and that nothing in the protective order forbids a party to ask "
	       "for them; it therefore grants the motion in the part that goes to the records of the first year and puts the rest over until the parties have met, as the rule "
	       "requires a party to do before it comes to the court with such a motion, and to tell the court in writing what is left to decide.\n");
	expect("The Court held a further conference at the request of counsel for both sides 17 and heard what they had to say of the records that the "
	       "agency 18 keeps, and of the delay of some 40 days in bringing them before the court, 19 which has not been explained. Counsel asked that "
	       "the case be stayed until 20 the juvenile court has ruled on the petitions, and the other side did not 21 oppose it. The court "
	       "finds good cause to stay the case for a time, and 22 sets a further hearing in August.\n",
	       "The Court held a further conference at the request of counsel for both sides and heard what they had to say of the records that the "
	       "agency keeps, and of the delay of some 40 days in bringing them before the court, which has not been explained. Counsel asked that "
	       "the case be stayed until the juvenile court has ruled on the petitions, and the other side did not oppose it. The court "
	       "finds good cause to stay the case for a time, and sets a further hearing in August.\n");
	left_alone("See section 1 of the act which defines the terms that it uses, section 2 of the same act on the powers of the board, and "
		   "section 3 on its duties, section 4 on how it meets and what it keeps, section 5 on appeals from it, and section 6 on its costs.\n");
}

static void layout(void **state)
{
	(void)state;
	expect("          LIPEZ, Circuit Judge. Plaintiffs Elizabeth Manning and others\n\nbring this wage and hour action against the Corporation and two\n\n"
	       "of its officers, who are alleged to have deprived them of their\n\nwages through the use of practices that required them to work\n\n"
	       "through their rest periods.\n\n          The question before us is whether the complaint states a claim\n\nunder the law.\n",
	       "          LIPEZ, Circuit Judge. Plaintiffs Elizabeth Manning and others\nbring this wage and hour action against the Corporation and two\n"
	       "of its officers, who are alleged to have deprived them of their\nwages through the use of practices that required them to work\n"
	       "through their rest periods.\n\n          The question before us is whether the complaint states a claim\nunder the law.\n");
}

static void shifted(void **state)
{
	(void)state;
	expect("Wkh frxuw khog wkdw wkh djhqfb vkdoo pdlqwdlq d uhfrug ri doo lqflghqwv uhsruwhg wr lw.\n",
	       "The court held that the agency shall maintain a record of all incidents reported to it.\n");
}

static void broken(void **state)
{
	(void)state;
	expect("The Court held a fur\trther conference and obtained these record\ts. It may\tthen rule.\n",
	       "The Court held a further conference and obtained these records. It may then rule.\n");
	left_alone("Name\tAddress\nSmith\tMain Street\n");
}

static void hyphens(void **state)
{
	(void)state;
	expect("The consti\u2010\ntutional and self\u00AC\nincrimination claims, and the pro\u00AC\nvision.\n", "The constitutional and self-incrimination claims, and the provision.\n");
	expect("a consti-\ntutional right against self-\nincrimination, said Roa-\nMedina in Case 13\xC2\xAD" "483.\n",
	       "a constitutional right against self-incrimination, said Roa-Medina in Case 13-483.\n");
}

static void repeated(void **state)
{
	(void)state;
	char page[1200], in[5000];
	snprintf(page, sizeof page, "Site of Laws\n\n610.100. Records.\n\n%s\n\n%s\n\n",
		 "1. Each law enforcement agency of this state shall maintain records of all incidents reported to the agency, of investigations and of "
		 "arrests made by such agency, and all such reports shall be open records unless another law closes them.",
		 "2. If any person is arrested and not charged with an offense against the law within thirty days of the arrest, the report of the arrest "
		 "shall thereafter be a closed record except that its disposition may be read, and except as another section provides, and no "
		 "clerk, officer or employee shall be liable for a record disclosed in good faith under this section.");
	snprintf(in, sizeof in, "%s%s%s", page, page, page);
	expect(in, page);
}

/* UTF-8 read as Windows-1252: right to the byte, once or twice; letters need company. */
static void mojibake(void **state)
{
	(void)state;
	expect("The court\u00E2\u20AC\u2122s rule, 42 U.S.C. \u00C2\u00A7\u00C2\u00A01983, \u00E2\u20AC\u0153as is\u00E2\u20AC\xC2\x9D \u00E2\u20AC\u201D all.\n",
	       "The court\u2019s rule, 42 U.S.C. \u00A7\u00A01983, \u201Cas is\u201D \u2014 all.\n");
	/* The last byte of a quotation mark is lost, or none can read it. */
	expect("He said \u00E2\u20AC\u0153no\u00E2\u20AC and \u00E2\u20AC\u0153yes\u00E2\u20AC\uFFFD.\n", "He said \u201Cno\u201D and \u201Cyes\u201D.\n");
	/* Encoded again twice. */
	expect("The court\u00C3\u00A2\u00E2\u201A\u00AC\u00E2\u201E\u00A2s order, \u00C3\u201A\u00C2\u00A7 5.\n", "The court\u2019s order, \u00A7 5.\n");
	expect("Jos\u00C3\u0192\u00C2\u00A9 appealed.\n", "Jos\u00E9 appealed.\n");
	expect("Jos\u00C3\u00A9 Pe\u00C3\u00B1a of Bayam\u00C3\u00B3n.\n", "Jos\u00E9 Pe\u00F1a of Bayam\u00F3n.\n");
	expect("In MONTR\u00C3\u2030AL it\u00E2\u20AC\u2122s.\n", "In MONTR\u00C9AL it\u2019s.\n");
	left_alone("A letter \u00C3\u00A9 alone, \u00C2 alone, N\u00C3O, S\u00C3O PAULO, \u00E2ge, ch\u00E2teau.\n");
	left_alone("Jos\u00E9 met Pe\u00F1a at the caf\u00E9\u2019\u201D, voil\u00E0\u2026\u201D, \u201CCAF\u00C9\u201D\u2014\u201CIRM\u00C3\u201D, \u201CIRM\u00C3\u201D.\n");
	left_alone("The cost was \u20AC5\u2122 and \u00E2\u20AC alone.\n");
}

/* Footnotes' figures that lost their raising: with notes of those numbers after them, in order. */
static void calls(void **state)
{
	(void)state;
	expect("It is the law.12 The court held13 that agencies14. Thus he said \"none.\"15 He left.\n\n12. See Doe v. Roe.\n\n13 The court did not.\n\n[14] As here.\n\n15. So it was.\n",
	       "It is the law.[12] The court held[13] that agencies[14]. Thus he said \"none.\"[15] He left.\n\n12. See Doe v. Roe.\n\n13 The court did not.\n\n[14] As here.\n\n15. So it was.\n");
	/* What the class makes, and what markup makes, is no glued word. */
	expect("It was denied,1 and died;2 he left,3 too.\n\n1. It was.\n\n2. He did.\n\n3. So he did.\n", "It was denied,[1] and died;[2] he left,[3] too.\n\n1. It was.\n\n2. He did.\n\n3. So he did.\n");
	/* Page by page; a second opinion begins anew. */
	expect("The claim was denied.1 He appealed.\n\n1. On other grounds.\n\nThe court affirmed,2 and so do we.\n\n2. In part.\n\nThis is wrong.1 It is unjust,2 too.\n\n1. See above.\n\n2. And below.\n",
	       "The claim was denied.[1] He appealed.\n\n1. On other grounds.\n\nThe court affirmed,[2] and so do we.\n\n2. In part.\n\nThis is wrong.[1] It is unjust,[2] too.\n\n1. See above.\n\n2. And below.\n");
	/* One alone; no notes; notes above their figures; labels, names, reporters. */
	left_alone("It is the law.1 The court held that.\n\n1. See Doe v. Roe.\n");
	left_alone("It is the law.1 The court held that.2 He left.\n\nIt was 1. and then 2. again.\n");
	left_alone("1. See Doe v. Roe.\n\n2. See Roe v. Doe.\n\nIt is the law.1 The court held that.2 He left.\n");
	left_alone("Read rule1 and rule2 with section3 and Exhibit4 here.\n\n1. The first.\n\n2. The second.\n\n3. The third.\n\n4. The fourth.\n");
	expect("It is the law1 and the act2 of it, the law1 and the act2.\n\n1. It is so.\n\n2. It is not.\n", "It is the law[1] and the act[2] of it, the law1 and the act2.\n\n1. It is so.\n\n2. It is not.\n");
	left_alone("Then party1 sued party2 for it.\n\n1. The first.\n\n2. The second.\n");
	left_alone("In 95 Cal.App.2d 5 and 12 Supp.2 and 5 Stat.3 of it.\n\n2. The first.\n\n3. The second.\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clean_text), cmocka_unit_test(testimony), cmocka_unit_test(pleading), cmocka_unit_test(margins), cmocka_unit_test(detached), cmocka_unit_test(pleading_rows), cmocka_unit_test(labels_and_sponsors), cmocka_unit_test(markup),
		cmocka_unit_test(crumbs), cmocka_unit_test(stamps), cmocka_unit_test(returns), cmocka_unit_test(glued), cmocka_unit_test(glued_lines), cmocka_unit_test(run_on), cmocka_unit_test(unspaced),
		cmocka_unit_test(broken), cmocka_unit_test(flowed), cmocka_unit_test(layout), cmocka_unit_test(shifted), cmocka_unit_test(hyphens), cmocka_unit_test(repeated), cmocka_unit_test(mojibake), cmocka_unit_test(calls),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
