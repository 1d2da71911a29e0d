/* repeat: sketches, the streaming index, and verdicts with their vetoes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "base/buf.h"
#include "law/repeat.h"

static struct doc doc_of(const char *text, struct arena *a)
{
	struct doc d = { .kind = KIND_ORDER };
	d.text = text_plain(arena_dup(a, span_of(text)), a);
	return d;
}

static const char form[] =
	"ORDER. Upon consideration of the motion of the United States of America to continue the hearing in the above case, and good cause appearing, it is "
	"ordered that the motion be and the same hereby is granted, that the hearing now set for the %s day of May be continued to the %s day of June, and "
	"that the clerk give notice of this order to all counsel of record. %s is excused from appearing until then. So ordered by the court.";

static struct doc fill(const char *from, const char *to, const char *name, struct arena *a)
{
	char text[1000];
	snprintf(text, sizeof text, form, from, to, name);
	return doc_of(text, a);
}

static enum repeat_verdict verdict(const struct doc *x, const struct doc *y, struct arena *a)
{
	double similarity;
	const char *why;
	return repeat_verify(x, y, a, &similarity, &why);
}

static void same_words(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct doc x = fill("3rd", "4th", "Mr. Smith", &a), y = fill("3rd", "4th", "Mr.  SMITH", &a);
	struct sketch s = sketch_of(&x, &a), t = sketch_of(&y, &a);
	assert_true(sizeof s <= 128);
	assert_true(sketch_similarity(&s, &t) == 1);
	assert_int_equal(verdict(&x, &y, &a), REPEAT_SAME);
	arena_release(&a);
}

static void look_alikes(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct doc x = fill("3rd", "4th", "Mr. Smith", &a), date = fill("3rd", "5th", "Mr. Smith", &a), name = fill("3rd", "4th", "Ms. Jones", &a);
	assert_int_equal(verdict(&x, &date, &a), REPEAT_DIFFERENT);
	assert_int_equal(verdict(&x, &name, &a), REPEAT_DIFFERENT);
	struct doc docket = x;
	x.meta.docket = SPAN("12-1573");
	docket.meta.docket = SPAN("12-1653");
	assert_int_equal(verdict(&x, &docket, &a), REPEAT_DIFFERENT);
	docket.meta.docket = SPAN("No. 12-1573");
	x.meta.docket = SPAN("No. 12 1573");
	assert_int_equal(verdict(&x, &docket, &a), REPEAT_SAME);
	docket.meta.docket = SPAN("No. 12 1573, 12-1574");
	assert_int_equal(verdict(&x, &docket, &a), REPEAT_SAME);
	docket.meta.docket = SPAN("No. 12 15731");
	assert_int_equal(verdict(&x, &docket, &a), REPEAT_DIFFERENT);
	arena_release(&a);
}

/* A letter misread in a word makes no other text; in a name, or the same letter in the same name again, it may. */
static void misread(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct doc x = fill("3rd", "4th", "Mr. Hansen", &a), y = fill("3rd", "4th", "Mr. Hanson", &a);
	assert_int_equal(verdict(&x, &y, &a), REPEAT_DIFFERENT);
	struct doc with = doc_of("Highway Department of the State. The Highway fund is created and shall be kept apart from all other funds by the "
				 "treasurer of the state, who shall pay out of it what the department certifies to him to be due.", &a);
	struct doc once = doc_of("Highvay Department of the State. The Highway fund is created and shall be kept apart from all other funds by the "
				 "treasurer of the state, who shall pay out of it what the department certifies to him to be due.", &a);
	assert_int_equal(verdict(&with, &once, &a), REPEAT_SAME);
	arena_release(&a);
}

/* An opinion of some 700 words under its first lines. */
static struct doc opinion(const char *head, const char *body, struct arena *a)
{
	struct buf b = { .a = a };
	buf_put(&b, span_of(head));
	for (int i = 0; i < 50; i++) { /* words that no other sentence has */
		buf_printf(&b, " the district x%c%c found that the record y%c%c bore out what was pleaded;", 'a' + i % 26, 'a' + i / 26, 'a' + i % 26, 'a' + i / 26);
		if (i == 25)
			buf_put(&b, span_of(body));
	}
	struct doc d = doc_of(arena_cstr(a, buf_span(&b)), a);
	d.kind = KIND_OPINION;
	return d;
}

static enum repeat_verdict of_heads(const char *x, const char *y, struct arena *a)
{
	struct doc p = opinion(x, " Hansen was heard.", a), q = opinion(y, " Hansen was heard.", a);
	return verdict(&p, &q, a);
}

/* In a long text letters for digits, numbers cut in two and names misread once are no other document. */
static void long_misread(void **state)
{
	(void)state;
	struct arena a = { 0 };
	const char *head = "No. 09-1874. Hansen v. Peabody. Decided August 17, 2010.";
	assert_int_equal(of_heads(head, "No. 09-l874. Hansen v. Peabody. Decided August 17, 2010.", &a), REPEAT_SAME);
	assert_int_equal(of_heads(head, "No. O9-1874. Hansen v. Peabody. Decided August 17, 2O10.", &a), REPEAT_SAME);
	assert_int_equal(of_heads(head, "No. 09-18 74. Hansen v. Pea body. Decided August 17, 2010.", &a), REPEAT_SAME);
	assert_int_equal(of_heads(head, "No. 09-1874. Hanson v. Peabody. Decided August 17, 2010.", &a), REPEAT_SAME); /* Hansen is heard */
	assert_int_equal(of_heads(head, "No. 09-1874. Hansen v. Peabodv. Decided August 17, 2010.", &a), REPEAT_SAME);
	arena_release(&a);
}

/* As long, and another document: a digit, a date, a name, a section's letter. */
static void long_look_alikes(void **state)
{
	(void)state;
	struct arena a = { 0 };
	const char *head = "No. 09-1874. Hansen v. Peabody, under 12a and 108. Decided August 17, 2010.";
	assert_int_equal(of_heads(head, "No. 09-1879. Hansen v. Peabody, under 12a and 108. Decided August 17, 2010.", &a), REPEAT_DIFFERENT);
	assert_int_equal(of_heads(head, "No. 09-1874. Hansen v. Peabody, under 12a and 108. Decided August 19, 2010.", &a), REPEAT_DIFFERENT);
	assert_int_equal(of_heads(head, "No. 09-1874. Hansen v. Whitlock, under 12a and 108. Decided August 17, 2010.", &a), REPEAT_DIFFERENT);
	assert_int_equal(of_heads(head, "No. 09-1874. Hansen v. Peabody, under 12b and 108. Decided August 17, 2010.", &a), REPEAT_DIFFERENT);
	assert_int_equal(of_heads(head, "No. 09-1874. Hansen v. Peabody, under 12a and 10B. Decided August 17, 2010.", &a), REPEAT_DIFFERENT);
	struct doc x = opinion(head, " Hansen was heard.", &a), y = opinion("No. 09-1874. Hanson v. Peabody, under 12a and 108. Decided August 17, 2010.", " Hanson was heard.", &a);
	assert_int_equal(verdict(&x, &y, &a), REPEAT_DIFFERENT); /* throughout */
	arena_release(&a);
}

/* What was read out of the same words differently keeps nothing apart; what was given beside them does. */
static void long_metadata(void **state)
{
	(void)state;
	struct arena a = { 0 };
	const char *head = "United States Court of Appeals for the First Circuit. Nos. 09-1874, 09-2034. Appeal from the District of Puerto Rico. Decided August 17, 2010. Argued May 3, 2010.";
	struct doc x = opinion(head, "", &a), y = opinion(head, "", &a);
	x.meta.docket = SPAN("09-1874");
	y.meta.docket = SPAN("09-2034");
	x.meta.court = SPAN("ca1");
	y.meta.court = SPAN("prd");
	x.date = 20100817;
	y.date = 20100503;
	assert_int_equal(verdict(&x, &y, &a), REPEAT_SAME);
	y.meta.docket = SPAN("09-2035");
	assert_int_equal(verdict(&x, &y, &a), REPEAT_DIFFERENT);
	y.meta.docket = x.meta.docket = (span){ 0 };
	y.meta.court = SPAN("ca10");
	assert_int_equal(verdict(&x, &y, &a), REPEAT_DIFFERENT);
	y.meta.court = x.meta.court;
	y.date = 20100504;
	assert_int_equal(verdict(&x, &y, &a), REPEAT_DIFFERENT);
	struct doc p = doc_of(head, &a), q = p; /* short: both are believed */
	p.meta.docket = SPAN("09-1874");
	q.meta.docket = SPAN("09-2034");
	assert_int_equal(verdict(&p, &q, &a), REPEAT_DIFFERENT);
	arena_release(&a);
}

/* Acts for the relief of one person and another, short and alike but for a letter. */
static void private_acts(void **state)
{
	(void)state;
	struct arena a = { 0 };
	const char *act = "AN ACT for the relief of Maria %s. Be it enacted that for the purposes of the Immigration and Nationality Act she shall be held to have been "
			  "lawfully admitted for permanent residence as of the date of this Act, upon payment of the required visa fee under section %s.";
	const char *of[][2] = { { "Hansen", "12a" }, { "Hanson", "12a" }, { "Hansen", "12b" }, { "Hansen", "l2a" }, { "Hansen", "1 2a" } };
	for (size_t i = 1; i < sizeof of / sizeof *of; i++) {
		struct doc x = doc_of(arena_cstr(&a, arena_printf(&a, act, of[0][0], of[0][1])), &a), y = doc_of(arena_cstr(&a, arena_printf(&a, act, of[i][0], of[i][1])), &a);
		assert_int_equal(verdict(&x, &y, &a), REPEAT_DIFFERENT);
	}
	arena_release(&a);
}

static void versions(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct doc x = doc_of("1. The board shall meet monthly, keep minutes of what it decides, and publish them within thirty days of the meeting.", &a);
	struct doc y = doc_of("1. The board shall meet weekly, keep minutes of what it decides, and publish them within ten days of each such meeting held.", &a);
	x.meta.number = y.meta.number = SPAN("610.100");
	assert_int_equal(verdict(&x, &y, &a), REPEAT_VERSION);
	y.meta.number = SPAN("610.101");
	assert_int_equal(verdict(&x, &y, &a), REPEAT_DIFFERENT);
	arena_release(&a);
}

/* Words that no two documents share, from a seed. */
static struct doc random_doc(uint32_t seed, struct arena *a)
{
	char text[2000];
	size_t n = 0;
	for (int i = 0; i < 200; i++) {
		seed = seed * 1664525 + 1013904223;
		n += (size_t)snprintf(text + n, sizeof text - n, "w%x ", seed >> 12);
	}
	return doc_of(text, a);
}

static void streaming(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct repeat_index x;
	repeat_index_init(&x, 64, &a);
	for (uint32_t i = 0; i < 300; i++) {
		struct doc d = random_doc(i / 2 * 7919 + 1, &a); /* each twice in a row */
		struct sketch s = sketch_of(&d, &a);
		struct repeat_candidates c = repeat_index_add(&x, &s, i);
		assert_int_equal(c.n, i & 1);
		assert_true(c.n == 0 || c.v[0] == i - 1);
	}
	struct doc old = random_doc(1, &a);
	struct sketch s = sketch_of(&old, &a);
	assert_int_equal(repeat_index_add(&x, &s, 300).n, 0); /* forgotten */
	arena_release(&a);
}

static void boilerplate(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct repeat_index x;
	repeat_index_init(&x, 200, &a);
	size_t last = 9;
	for (uint32_t i = 0; i < 150; i++) { /* one form, another name in each */
		char name[40];
		snprintf(name, sizeof name, "Mr. N%u", i);
		struct doc d = fill("3rd", "4th", name, &a);
		struct sketch s = sketch_of(&d, &a);
		last = repeat_index_add(&x, &s, i).n;
	}
	assert_int_equal(last, 0);
	struct doc d = fill("3rd", "4th", "Mr. N149", &a); /* a true copy is found all the same */
	struct sketch s = sketch_of(&d, &a);
	struct repeat_candidates c = repeat_index_add(&x, &s, 150);
	assert_int_equal(c.v[0], 149);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_words), cmocka_unit_test(look_alikes), cmocka_unit_test(misread), cmocka_unit_test(long_misread),
		cmocka_unit_test(long_look_alikes), cmocka_unit_test(long_metadata), cmocka_unit_test(private_acts), cmocka_unit_test(versions),
		cmocka_unit_test(streaming), cmocka_unit_test(boilerplate),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
