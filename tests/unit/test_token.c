/* token: words, sentences, paragraphs, stems. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include "base/buf.h"
#include "law/token.h"

/* "word@pos", "=" before a joined form, "|" before a sentence, "||" before a paragraph. */
static void assert_tokens(const char *text, const char *want)
{
	struct arena a = { 0 };
	struct tokens t = tokens_of(span_of(text), &a);
	struct buf b = { .a = &a };
	uint32_t before = 0;
	for (size_t i = 0; i < t.n; i++) {
		const struct token *k = &t.v[i];
		const char *mark = k->flags & TOKEN_PARAGRAPH ? "||" : k->flags & TOKEN_SENTENCE ? "|" : "";
		buf_printf(&b, "%s%s%s%.*s", i ? " " : "", mark, k->flags & TOKEN_JOINED ? "=" : "", SPAN_ARG(k->term));
		assert_true(k->pos == before + !(k->flags & TOKEN_JOINED));
		assert_true(k->beg < k->end && k->end <= strlen(text));
		before = k->pos;
	}
	buf_byte(&b, 0);
	if (strcmp(b.p, want) != 0)
		print_message("%s\n", text);
	assert_string_equal(b.p, want);
	arena_release(&a);
}

static void words(void **state)
{
	(void)state;
	assert_tokens("The court's children\xE2\x80\x99s O'Brien don't", "||the court children obrien dont");
	assert_tokens("'quoted' courts' x", "||quoted courts x");
	assert_tokens("R.I.C.O. and 28 U.S.C. § 1983, N.E.2d F.3d e.g.", "||rico and 28 usc 1983 ne 2d f 3d eg");
	assert_tokens("good-will of 240.10b-5 at 153-54 1:16-cv-00376",
		      "||good =goodwill will of 240.10b =240.10b5 5 at 153 54 1 16 =16cv00376 cv 00376");
	assert_tokens("$1,000,000.50 1,00 610.100.1(2)(a) 1990.The", "||1000000.50 1 00 610.100 1 2 a 1990 the");
	assert_tokens("Rivera-Martínez ﬁnd CAFÉ", "||rivera =riveramartínez martínez =martinez find café =cafe");
	assert_tokens("", "");
	assert_tokens("§ — ... \xC2\xAD ''", "");
}

static void sentences(void **state)
{
	(void)state;
	assert_tokens("Roe v. Wade was read. Mr. Smith of Acme Inc. sued. See No. 5.",
		      "||roe v wade was read |mr smith of acme inc sued |see no 5");
	assert_tokens("Under 42 U.S.C. § 1983 one may sue. 42 U.S.C. The rule. Id. at 5. Id. The",
		      "||under 42 usc 1983 one may sue |42 usc |the rule |id at 5 |id |the");
	assert_tokens("He left.\" (She stayed.) \xE2\x80\x9CWhy?\xE2\x80\x9D He asked.3 Then it ended!",
		      "||he left |she stayed |why |he asked 3 |then it ended");
	assert_tokens("John F. Kennedy, 1 F. Supp. 2d 3 (1st Cir. 1990). But no",
		      "||john f kennedy 1 f supp 2d 3 1st cir 1990 |but no");
	assert_tokens("He did so. Counsel objected. The answer is no. Smith left. She was found. Smith fell ill. Counsel left.",
		      "||he did so |counsel objected |the answer is no |smith left |she was found |smith fell ill |counsel left");
	assert_tokens("See 12 So. 2d 4, So. Pac. Co., La. Const. art. I, art. IV, no. 5, Or. Rev. Stat. 5 and Miss. Code.",
		      "||see 12 so 2d 4 so pac co la const art i art iv no 5 or rev stat 5 and miss code");
	assert_tokens("One.\n\nTwo goes\n\non. Three.\n   Four", "||one ||two goes on |three ||four");
}

static void double_spacing(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct buf b = { .a = &a };
	for (int i = 0; i < 30; i++)
		buf_put(&b, i % 10 ? SPAN("line of words that goes on.\n\n") : SPAN("          First of some.\n\n"));
	struct tokens t = tokens_of(buf_span(&b), &a);
	size_t paragraphs = 0;
	for (size_t i = 0; i < t.n; i++)
		paragraphs += (t.v[i].flags & TOKEN_PARAGRAPH) != 0;
	assert_int_equal(paragraphs, 3);
	arena_release(&a);
}

static void stems(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct stems *s = stems_open();
	for (int twice = 0; twice < 2; twice++) {
		assert_true(span_eq(stem_of(s, SPAN("courts"), &a), SPAN("court")));
		assert_true(span_eq(stem_term(s, SPAN("policies"), &a), SPAN("Zpolici")));
		assert_true(span_eq(stem_of(s, SPAN("10b"), &a), SPAN("10b")));
	}
	char word[16];
	for (int i = 0; i < 60000; i++) {
		int n = snprintf(word, sizeof word, "w%dx", i);
		span st = stem_of(s, (span){ word, (size_t)n }, &a);
		assert_true(span_eq(st, (span){ word, (size_t)n }));
	}
	stems_close(s);
	assert_true(token_is_stop(SPAN("the")) && !token_is_stop(SPAN("court")));
	arena_release(&a);
}

/* Any bytes: no crash, ordered tokens, bounded terms. */
static void hostile(void **state)
{
	(void)state;
	struct arena a = { 0 };
	uint32_t seed = 1;
	static const char *const bits[] = { "a", ".", "-", "'", ",", "1", " ", "\n", "\xE2", "\x80", "\x99", "\xCC\x81", "Z",
					    "\xEF\xBC\xA1", "\xC3\x9F", "(" };
	for (int round = 0; round < 2000; round++) {
		struct buf b = { .a = &a };
		for (int i = 0; i < 200; i++) {
			seed = seed * 1664525 + 1013904223;
			buf_put(&b, span_of(bits[seed >> 28]));
		}
		struct tokens t = tokens_of(buf_span(&b), &a);
		uint32_t pos = 0;
		for (size_t i = 0; i < t.n; i++) {
			assert_true(t.v[i].term.n > 0 && t.v[i].term.n <= TOKEN_MAX_BYTES);
			assert_true(t.v[i].pos == pos || t.v[i].pos == pos + 1);
			assert_true(t.v[i].end <= b.n && t.v[i].beg < t.v[i].end);
			pos = t.v[i].pos;
		}
		arena_reset(&a);
	}
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(words), cmocka_unit_test(sentences),
					    cmocka_unit_test(double_spacing), cmocka_unit_test(stems), cmocka_unit_test(hostile) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
