/* Any five consecutive words of any document are found as a phrase: of the demonstration corpus, indexed by the
 * program, as a reader would copy them: with their punctuation, over ends of lines, pages and headings, into
 * footnotes and out of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "searcher/search.h"

enum { WINDOW = 5 };

static char dir[] = "/tmp/pincite-phrases-XXXXXX";
static struct arena a;

static void run(const char *format, const char *x, const char *y)
{
	char command[4096];
	assert_true(snprintf(command, sizeof command, format, x, dir, y) < (int)sizeof command);
	if (system(command) != 0)
		fail_msg("%s", command);
}

static int setup(void **state)
{
	char self[1024];
	(void)state;
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	assert_true(n > 0 && mkdtemp(dir));
	self[n] = 0;
	*strrchr(self, '/') = 0;
	run("'%s/pincite' index -d '%s' '%s/corpus/texts' >/dev/null 2>&1", self, SOURCE_DIR);
	return 0;
}

static int teardown(void **state)
{
	char command[100];
	(void)state;
	arena_release(&a);
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	return system(command);
}

/* The words in quotation marks; those that stand between them would end the phrase. */
static span phrase_of(span words)
{
	struct buf b = { .a = &a };
	buf_byte(&b, '"');
	for (size_t i = 0; i < words.n; i++)
		buf_byte(&b, words.p[i] == '"' ? ' ' : words.p[i]);
	buf_byte(&b, '"');
	return buf_span(&b);
}

static bool finds(struct index *x, span phrase, uint32_t entry)
{
	struct search_request r = { .text = phrase, .timeout_ms = 60000 };
	struct u32s found; /* documents, each version of a text on its own */
	struct err e = { 0 };
	if (!search_entries(x, &r, &a, &found, &e))
		fail_msg("%.*s: %s", SPAN_ARG(phrase), e.msg);
	for (size_t i = 0; i < found.n; i++)
		if (found.v[i] == entry)
			return true;
	return false;
}

/* Every window of a document; how many. */
static unsigned document(struct index *x, uint32_t entry)
{
	struct arena own = { 0 };
	struct record r;
	struct err e = { 0 };
	struct tokens words = { 0 };
	unsigned n = 0;
	assert_true(index_record(x, entry, &own, &r, &e));
	struct tokens t = tokens_of(r.doc.text.clean, &own);
	for (size_t i = 0; i < t.n; i++)
		if (!(t.v[i].flags & TOKEN_JOINED))
			*PUSH(&own, &words) = t.v[i];
	for (size_t i = 0; i + WINDOW <= words.n; i++, n++) {
		span phrase = phrase_of(span_sub(r.doc.text.clean, words.v[i].beg, words.v[i + WINDOW - 1].end));
		if (!finds(x, phrase, entry))
			fail_msg("%.*s: not found: %.*s", SPAN_ARG(r.doc.address), SPAN_ARG(phrase));
		arena_reset(&a);
	}
	arena_release(&own);
	return n;
}

static void five_words(void **state)
{
	struct index x;
	struct arena own = { 0 };
	struct u32s entries = { 0 };
	struct xap_posting_range all = { .term = SPAN("XTdocument"), .max = 1000 };
	struct err e = { 0 };
	unsigned windows = 0;
	(void)state;
	if (!index_open(&x, dir, &own, &e))
		fail_msg("%s", e.msg);
	assert_true(index_entries(&x, &all, &own, &entries, &e));
	assert_true(entries.n > 40);
	for (size_t i = 0; i < entries.n; i++)
		windows += document(&x, entries.v[i]);
	assert_true(windows > 8000);
	index_close(&x);
	arena_release(&own);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(five_words) };
	return cmocka_run_group_tests(tests, setup, teardown);
}
