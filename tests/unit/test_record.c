/* record: what is packed comes back, the source too, and damage is an error. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "law/record.h"

static struct record sample(struct arena *a)
{
	span src = SPAN("12 610.100. 1. Thepolice\r\nreport (L. 1973) See section 610.105.\n(1) \"Arrest\"");
	struct text t = text_plain(src, a);
	struct edit e[] = { { .rule = "line-number", .at = { 0, 3 }, .after = SPAN(""), .confidence = .9f },
			    { .rule = "glued-words", .at = { 18, 18 }, .after = SPAN(" "), .confidence = .75f } };
	struct record r = { .doc = { .kind = KIND_STATUTE, .address = SPAN("/us-mo/rsmo/s610.100"), .date = 20040828 } };
	r.doc.text = text_apply(&t, &(struct edits){ .v = e, .n = 2 }, a);
	r.doc.meta = (struct meta){ .code = SPAN("rsmo"), .number = SPAN("610.100"), .title = SPAN("Police") };
	*PUSH(a, &r.doc.meta.breadcrumb) = SPAN("Missouri");
	uint32_t n = (uint32_t)r.doc.text.clean.n;
	*PUSH(a, &r.outline) = (struct unit){ .after = 3, .at = { 0, n }, .address = r.doc.address, .confidence = 1 };
	*PUSH(a, &r.outline) = (struct unit){ .role = UNIT_SUBDIVISION, .level = 1, .after = 3, .at = { 9, n },
					      .label = SPAN("1."), .address = SPAN("/us-mo/rsmo/s610.100/1"), .confidence = .98f,
					      .heading = SPAN("police") };
	*PUSH(a, &r.outline) = (struct unit){ .role = UNIT_SUBDIVISION, .level = 2, .parent = 1, .after = 3, .at = { n - 12, n },
					      .label = SPAN("(1)"), .address = SPAN("/us-mo/rsmo/s610.100/1/1") };
	struct cite c = { .kind = CITE_STATUTE, .at = { 44, 59 }, .full = { 40, 60 }, .year = 1973, .section = SPAN("610.105"),
			  .address = SPAN("/us-mo/rsmo/s610.105"), .code = SPAN("rsmo"), .antecedent = CITE_NONE,
			  .parallel = 1, .parent = CITE_NONE };
	*PUSH(a, &c.subdivisions) = SPAN("1");
	*PUSH(a, &r.cites) = c;
	c.antecedent = 0;
	c.parallel = CITE_NONE;
	*PUSH(a, &r.cites) = c;
	*PUSH(a, &r.passages) = (struct passage){ .unit = 1, .at = { 9, n }, .address = SPAN("/us-mo/rsmo/s610.100/1") };
	*PUSH(a, &r.sentences) = 9;
	*PUSH(a, &r.sentences) = n;
	*PUSH(a, &r.paragraphs) = 0;
	*PUSH(a, &r.sources) = (struct source){ .path = SPAN("a/b.txt"), .beg = 5, .end = 5 + src.n, .similarity = 1 };
	*PUSH(a, &r.sources) = (struct source){ .path = SPAN("c.txt"), .why = SPAN("same words"), .similarity = .98f };
	*PUSH(a, &r.versions) = SPAN("/us-mo/rsmo/s610.100@2");
	r.copies = 3;
	return r;
}

static void assert_span(span got, const char *want)
{
	assert_int_equal(got.n, strlen(want));
	assert_memory_equal(got.p, want, got.n);
}

static void round_trip(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct record r = sample(&a), back;
	span packed = record_pack(&r, &a);
	assert_true(record_unpack(packed, &a, &back, NULL));
	span again = record_pack(&back, &a);
	assert_int_equal(again.n, packed.n);
	assert_memory_equal(again.p, packed.p, packed.n);
	assert_true(span_eq(back.doc.text.src, r.doc.text.src));
	assert_true(span_eq(back.doc.text.clean, r.doc.text.clean));
	assert_int_equal(back.doc.text.edits.n, 2);
	assert_span(back.doc.text.edits.v[0].before, "12 ");
	assert_string_equal(back.doc.text.edits.v[1].rule, "glued-words");
	assert_int_equal(back.outline.v[2].parent, 1);
	assert_span(back.outline.v[2].address, "/us-mo/rsmo/s610.100/1/1");
	assert_span(back.outline.v[1].heading, "police");
	assert_span(back.cites.v[0].section, "610.105");
	assert_int_equal(back.cites.v[0].parallel, 1);
	assert_int_equal(back.cites.v[1].antecedent, 0);
	assert_int_equal(back.cites.v[1].parent, CITE_NONE);
	assert_span(back.cites.v[1].subdivisions.v[0], "1");
	assert_span(back.sources.v[1].why, "same words");
	assert_int_equal(back.sources.v[0].end, r.sources.v[0].end);
	assert_int_equal(back.copies, 3);
	assert_span(back.versions.v[0], "/us-mo/rsmo/s610.100@2");
	arena_release(&a);
}

/* A map that lies must not cost the source a byte. */
static void false_map(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct record r = sample(&a), back;
	struct run lies[] = { { 0, 3, 4 }, { 2, 1, 9 }, { 30, 40, 4000000000u } };
	r.doc.text.map = (struct runs){ .v = lies, .n = 3 };
	assert_true(record_unpack(record_pack(&r, &a), &a, &back, NULL));
	assert_true(span_eq(back.doc.text.src, r.doc.text.src));
	arena_release(&a);
}

static void nothing(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct record r = { 0 }, back;
	assert_true(record_unpack(record_pack(&r, &a), &a, &back, NULL));
	assert_int_equal(back.doc.text.src.n, 0);
	arena_release(&a);
}

/* Every truncation and 20,000 changed bytes: an error or a record whose parts are in bounds. */
static void damage(void **state)
{
	(void)state;
	struct arena a = { 0 }, b = { 0 };
	struct record r = sample(&a), back;
	struct err e;
	span packed = record_pack(&r, &a);
	char *p = arena_cstr(&a, packed);
	for (size_t n = 0; n < packed.n; n++) {
		e = (struct err){ 0 };
		assert_false(record_unpack((span){ p, n }, &b, &back, &e));
		assert_int_equal(e.code, ERR_DAMAGED);
	}
	uint64_t x = 1;
	for (int i = 0; i < 20000; i++) {
		x = x * 6364136223846793005u + 1442695040888963407u;
		size_t at = (size_t)(x >> 33) % packed.n;
		char old = p[at];
		p[at] = (char)(x >> 17);
		if (record_unpack((span){ p, packed.n }, &b, &back, NULL))
			record_pack(&back, &b); /* reads every byte it borrows */
		p[at] = old;
		arena_reset(&b);
	}
	arena_release(&b);
	arena_release(&a);
}

static void deflated(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct record r = sample(&a);
	span packed = record_pack(&r, &a), data = record_deflate(packed, NULL, &a), back;
	assert_true(record_inflate(data, &a, &back, NULL));
	assert_true(span_eq(packed, back));
	assert_false(record_inflate(span_sub(data, 0, data.n - 3), &a, &back, NULL));
	assert_false(record_inflate((span){ 0 }, &a, &back, NULL));
	assert_false(record_inflate(SPAN("\xff\xff\xff\xff\x0fx"), &a, &back, NULL));
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_trip), cmocka_unit_test(false_map), cmocka_unit_test(nothing),
		cmocka_unit_test(damage), cmocka_unit_test(deflated),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
