/* query: the three dialects, their precedences, errors and caps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include "base/file.h"
#include "searcher/query.h"

static struct arena a;

static span parsed(enum dialect d, const char *text)
{
	struct query_options o = { .dialect = d };
	struct query q = query_parse(span_of(text), &o, &a);
	if (q.bad)
		return arena_printf(&a, "%s", q.trouble.what);
	/* What is printed is the same query in the plain dialect. */
	span once = query_print(q.root, &a);
	struct query_options plain = { 0 };
	struct query again = query_parse(once, &plain, &a);
	span twice = query_print(again.root, &a);
	if (again.bad || !span_eq(once, twice))
		fail_msg("%s -> %.*s -> %.*s (%s)", text, SPAN_ARG(once), SPAN_ARG(twice), again.trouble.what);
	return once;
}

static void check(enum dialect d, const char *text, const char *want)
{
	span got = parsed(d, text);
	if (!span_eq(got, span_of(want)))
		fail_msg("%s\n  gives %.*s\n  not   %s", text, SPAN_ARG(got), want);
}

static void westlaw(void **state)
{
	(void)state;
	enum dialect w = DIALECT_WESTLAW;
	check(w, "cat or dog /10 custody /10 contract!", "(((cat OR dog) /10 custody) /10 contract*)");
	check(w, "cat or dog /50 custody /10 contract!", "((cat OR dog) /50 (custody /10 contract*))");
	check(w, "bankrupt! w/25 discharg! and student or college or education! w/5 loan",
	      "((bankrupt* /25 discharg*) AND ((student OR college OR education*) /5 loan))");
	check(w, "di(\"probable cause\" /p stop! /p car automobile vehicle)",
	      "((\"probable cause\" /p stop*) /p (car OR automobile OR vehicle))");
	check(w, "a +3 b /2 c /s d +s e /p f +p g & h % i", "(((((a +3 b) /2 c) /s (d +s e)) /p (f +p g)) AND h AND NOT i)");
	check(w, "negligent care & child % school", "((negligent OR care) AND child AND NOT school)");
	check(w, "object! wom*n know***", "(object* OR wom?n OR know***)");
	check(w, "r.i.c.o.", "(rico OR (((#r +1 #i) +1 #c) +1 #o))");
	check(w, "good-will", "(goodwill OR (good +1 will))");
	check(w, "#damage", "#damage");
	check(w, "atleast6(fraud)", "atleast6(fraud)");
	check(w, "atleast6p(fraud /3 wire)", "atleast6p((fraud /3 wire))");
	check(w, "pr,ca(smith)", "title:smith");
	check(w, "adv: dog cat", "(dog OR cat)");
	check(w, "da(aft 1/1/2000 & bef 2004)", "date:2000-01-02..2003");
	check(w, "da(aft 12/31/2003)", "date:>=2004");
	check(w, "da(aft 2/28/2012 & bef 1/1/2020)", "date:2012-02-29..2019");
	check(w, "da(bef 3/1/2012)", "date:<=2012-02");
	check(w, "da(aft 2010-12)", "date:>=2011");
	check(w, "u.s.", "(us OR (#u +1 #s))");
	check(w, "ti,ju(holmes)", "(title:holmes OR judge:holmes)");
	check(w, "a but not b", "(a AND NOT b)");
}

static void lexis(void **state)
{
	(void)state;
	enum dialect l = DIALECT_LEXIS;
	check(l, "probable cause", "(probable AND cause)");
	check(l, "probable cause w/10 search", "((probable +1 cause) /10 search)");
	check(l, "a pre/5 b w/3 c", "(a +5 (b /3 c))");
	check(l, "a and b or c and not d", "(a AND (b OR c) AND NOT d)");
	check(l, "a not w/5 b", "(a not w/5 b)");
	check(l, "caps(act) and allcaps(epa)", "(caps(act) AND allcaps(epa))");
	check(l, "singular(damage)", "singular(damage)");
	check(l, "bank? w/s draft", "(bank? /s draft)");
	check(l, "tolling and date aft 2009", "(tolling AND date:>=2010)");
	check(l, "date geq (1/1/2010) and tolling", "(date:>=2010-01-01 AND tolling)");
	check(l, "date(geq 1/1/2010 and leq 12/31/2010)", "date:2010-01-01..2010-12-31");
	check(l, "the date is good and plain", "((((the +1 date) +1 is) +1 good) AND plain)");
	struct query_options o = { .dialect = l, .lexis_windows = true };
	struct query q = query_parse(SPAN("a w/s b w/p c"), &o, &a);
	assert_true(span_eq(query_print(q.root, &a), SPAN("((a /25 b) /75 c)")));
}

static void plain(void **state)
{
	(void)state;
	enum dialect p = DIALECT_PLAIN;
	check(p, "juvenile court", "(juvenile AND court)");
	check(p, "cat or dog", "(cat OR dog)");
	check(p, "search and seizure", "(search AND seizure)");
	check(p, "insurer may obtain closed incident report for a civil claim",
	      "any(insurer obtain closed incident report civil claim)");
	check(p, "safety reporting system for employees of the children's division",
	      "any(safety reporting system employees children division)");
	check(p, "can a landlord and tenant agree to waive notice?", "any(landlord tenant agree waive notice)");
	check(p, "\"juvenile court records\"", "\"juvenile court records\"");
	check(p, "dog -cat", "(dog AND NOT cat)");
	check(p, "dog NOT (cat OR bird)", "(dog AND NOT (cat OR bird))");
	check(p, "NOT cat", "NOT cat");
	check(p, "dog -\"stray cat\"", "(dog AND NOT \"stray cat\")");
	check(p, "title,judge:dog", "(title:dog OR judge:dog)");
	check(p, "\xE2\x80\x9Cstray cat\xE2\x80\x9D dog", "(\"stray cat\" AND dog)");
	check(p, "dog not w/s cat not w/seg bird", "((dog not w/s cat) not w/seg bird)");
	check(p, "dog -title:cat -caps(cat)", "(dog AND NOT title:cat AND NOT caps(cat))");
	check(p, "cites(kind:statute \"fair use\")", "cites((kind(statute) AND \"fair use\"))");
	check(p, "cites(dog or title:cat)", "cites((dog OR title:cat))");
	check(p, "title:custody", "title:custody");
	check(p, "title:\"child custody\" visit", "(title:\"child custody\" AND visit)");
	check(p, "heading(a /3 b)", "heading((a /3 b))");
	check(p, "court:ca1 kind:opinion negligence", "(court(ca1) AND kind(opinion) AND negligence)");
	check(p, "court(mo or ca1)", "(court(mo) OR court(ca1))");
	check(p, "cites(/us/usc/t42/s1983)", "cites(/us/usc/t42/s1983)");
	check(p, "date:2004", "date:2004..2004");
	check(p, "quality:<0.8", "quality:<=79");
	check(p, "quality:>=.95", "quality:>=95");
	check(p, "quality:<80%", "quality:<=79");
	check(p, "date>=2004-06", "date:>=2004-06");
	check(p, "citedby:>=10", "citedby:>=10");
	check(p, "year:2004..2006", "date:2004..2006");
	check(p, "year(2004 or 2006)", "(year(2004) OR year(2006))");
	check(p, "license w/o plates", "(license AND (w +1 o) AND plates)");
	check(p, "negligen* w/5 \"standard of car*\"", "(negligen* /5 \"standard of car*\")");
	check(p, "1983(a)(1)", "((1983 +1 a) +1 1)");
	check(p, "§ 610.100", "610.100");
	check(p, "all", "all");
	check(p, "*", "*");
	check(p, "* -kind:statute", "(* AND NOT kind(statute))");
	check(p, "cites(* court:ca1)", "cites((* AND court(ca1)))");
}

static void refused(enum dialect d, const char *text, const char *what, unsigned column)
{
	struct query_options o = { .dialect = d };
	struct query q = query_parse(span_of(text), &o, &a);
	if (!q.bad || q.root)
		fail_msg("%s was not refused", text);
	if (!strstr(q.trouble.what, what) || q.trouble.at.beg != column)
		fail_msg("%s: %s at %u", text, q.trouble.what, q.trouble.at.beg);
	assert_true(q.trouble.mend[0]);
	assert_true(query_complain(&q, &a).n > 0);
}

static void errors(void **state)
{
	(void)state;
	enum dialect p = DIALECT_PLAIN;
	refused(p, "dog \"cat", "never closed", 4);
	refused(p, "dog (cat", "never closed", 4);
	refused(p, "dog) cat", "nothing is open", 3);
	refused(p, "AND dog", "without a word before", 0);
	refused(p, "dog AND", "missing after", 4);
	refused(p, "dog /5 /3 cat", "without a word before", 7);
	refused(p, "a /300 b", "1 to 255", 2);
	refused(p, "titel(dog)", "no field \"titel\"", 0);
	refused(p, "titel:dog", "no field \"titel\"", 0);
	refused(p, "kind:opinon dog", "no kind \"opinon\"", 0);
	refused(p, "dog /x cat", "no connector \"/x\"", 4);
	refused(p, "dog w/ cat", "no connector \"w/\"", 4);
	refused(p, "ab*", "too early", 0);
	refused(p, "*dog", "too early", 0);
	refused(p, "dog /5 (NOT cat)", "cannot be near", 4);
	refused(p, "cites(nonsense)", "not a citation", 0);
	refused(p, "cites(cites(title:a) title:b)", "inside of cites(): cites() within", 0);
	refused(p, "dog /5 cites(title:cat)", "cannot be near", 4);
	refused(p, "date:yesterday", "not understood", 0);
	refused(p, "quality:<1.5", "not understood", 0);
	refused(p, "title:a /3 b", "two fields", 8);
	refused(p, "atleast0(dog)", "1 to 1000", 0);
	refused(p, "", "nothing to look for", 0);
	refused(p, "§ § §", "nothing to look for", 0);
	refused(p, "title: dog", "nothing after title:", 0);
}

/* docs/query.md is run: in a block named by a dialect each query is followed by
 * "=> " and its echo. */
static void manual(void **state)
{
	static const char *const names[] = { "```plain", "```westlaw", "```lexis" };
	struct arena text = { 0 };
	struct err e = { 0 };
	span rest, line, query = { 0 };
	int dialect = -1, examples = 0;
	(void)state;
	assert_true(file_read(SOURCE_DIR "/docs/query.md", 1 << 20, &text, &rest, &e));
	while (span_cut(&rest, '\n', &line)) {
		if (span_starts(line, SPAN("```"))) {
			dialect = -1;
			for (int d = 0; d < 3; d++)
				dialect = span_eq(line, span_of(names[d])) ? d : dialect;
		} else if (dialect >= 0 && span_starts(line, SPAN("=> "))) {
			check((enum dialect)dialect, arena_cstr(&a, query), arena_cstr(&a, span_sub(line, 3, line.n)));
			examples++;
		} else {
			query = line;
		}
	}
	assert_true(examples > 20);
	arena_release(&text);
}

/* Bombs: each is read or refused at once, whatever its shape. */
static void caps(void **state)
{
	(void)state;
	static const char *const seeds[] = { "(", ")", "a ", "\"a", "\" ", "-", "NOT ", "a OR ", "a /5 ", "(a ", "title:", "a* ",
					     "date:2004 ", "cites(", "#", "/s ", "atleast5(", "caps(", "%", "&", "\xE2\x80\x99" };
	for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++)
		for (size_t n = 1; n <= 100000; n *= 10)
			for (int d = 0; d < 3; d++) {
				struct buf b = { .a = &a };
				for (size_t k = 0; k < n && b.n < 200000; k++)
					buf_put(&b, span_of(seeds[i]));
				struct query_options o = { .dialect = (enum dialect)d };
				struct query q = query_parse(buf_span(&b), &o, &a);
				assert_true(q.bad || q.leaves.n <= QUERY_LEAVES);
				arena_reset(&a);
			}
}

static int teardown(void **state)
{
	(void)state;
	arena_release(&a);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(westlaw), cmocka_unit_test(lexis), cmocka_unit_test(plain),
					    cmocka_unit_test(errors), cmocka_unit_test(manual), cmocka_unit_test(caps) };
	return cmocka_run_group_tests(tests, NULL, teardown);
}
