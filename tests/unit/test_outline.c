#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "law/document.h"
#include "law/outline.h"
#include "law/passage.h"

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

/* The rule that every outline keeps, whatever the text. */
static void check_outline(const struct doc *d, const struct outline *o)
{
	assert_true(o->n > 0);
	assert_int_equal(o->v[0].at.beg, 0);
	assert_int_equal(o->v[0].at.end, d->text.clean.n);
	assert_int_equal(o->v[0].after, o->n);
	for (size_t i = 1; i < o->n; i++) {
		const struct unit *u = &o->v[i], *p = &o->v[u->parent];
		assert_true(u->parent < i && u->after > i && u->after <= p->after);
		assert_int_equal(u->level, p->level + 1);
		assert_true(u->at.beg >= p->at.beg && u->at.end <= p->at.end && u->at.beg <= u->at.end);
		size_t before = i - 1 == u->parent ? 0 : i;
		if (before) { /* the sibling before ends where or before this begins */
			size_t s = u->parent + 1;
			while (o->v[s].after < i)
				s = o->v[s].after;
			if (s < i)
				assert_true(o->v[s].at.end <= u->at.beg);
		}
	}
}

static void check_all(const char *s, size_t n)
{
	struct arena a = { 0 };
	static const struct meta none;
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		struct text t = text_plain((span){ s, n }, &a);
		struct meta given = none;
		if (kind)
			given.kind = span_of(kind_name((enum doc_kind)kind));
		struct docs docs = documents(&t, &given, &a);
		uint32_t at = 0;
		assert_true(docs.n > 0);
		for (size_t i = 0; i < docs.n; i++) {
			assert_int_equal(docs.v[i].at.beg, at);
			at = docs.v[i].at.end;
			assert_true(docs.v[i].address.n > 0);
			struct outline o = outline_of(&docs.v[i], &a);
			check_outline(&docs.v[i], &o);
			struct passages p = passages_of(&docs.v[i], &o, &a);
			for (size_t k = 1; k < p.n; k++)
				assert_true(p.v[k].at.beg >= p.v[k - 1].at.end && p.v[k].at.end > p.v[k].at.beg);
		}
		assert_int_equal(at, t.clean.n);
	}
	arena_release(&a);
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
	check_outline(&docs.v[0], &o);
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
	check_outline(&docs.v[0], &o);
	assert_true(has_address(&o, "/us/usc/t1/s2/a/2/B/ii"));
	assert_true(has_address(&o, "/us/usc/t1/s2/i"));
	assert_true(has_address(&o, "/us/usc/t1/s2/h/1"));
	arena_release(&a);
}

static void any_input(void **state)
{
	(void)state;
	static const char *const bits[] = { "(a) ", "(i) ", "1. ", "610.100. ", "\n", "\n\n", "\u00a7 5. ", "-CITE-\n", "v.\n", "COURT ",
		"(L. 1973", "\u201c", "SEC. 2. ", "  ", "word ", ".", ";\n", ":\n", "*490", "[**7]", "Plaintiff ", "A BILL ", "\xff", "((((", "II. " };
	char buf[600];
	uint64_t x = 88172645463325252u;
	check_all("", 0);
	for (int round = 0; round < 300; round++) {
		size_t n = 0;
		while (n < sizeof buf - 16) {
			x ^= x << 13, x ^= x >> 7, x ^= x << 17;
			const char *bit = bits[x % (sizeof bits / sizeof *bits)];
			memcpy(buf + n, bit, strlen(bit));
			n += strlen(bit);
		}
		check_all(buf, n);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(statute_page), cmocka_unit_test(ambiguous_letters),
					    cmocka_unit_test(any_input) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
