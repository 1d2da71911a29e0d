/* Sentences with their citations marked, tests/unit/cite_prose.tsv:
 * "{42 U.S.C. § 1983|statute /us/usc/t42/s1983}". What is marked must be read
 * where it is marked, as that kind, with that address; what is not, must not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>
#include "base/buf.h"
#include "base/file.h"
#include "law/cite.h"

#define MARKS_MAX 128

struct mark {
	struct range at;
	span kind, address; /* address "-": any; "?": none */
};

/* "\n" and "\t" of a line, and "~N", a no-break space. */
static size_t escape(span line, size_t i, struct buf *out)
{
	static const struct { const char *from, *to; } escapes[] = { { "\\n", "\n" }, { "\\t", "\t" }, { "~N", "\xC2\xA0" } };
	for (size_t k = 0; k < sizeof escapes / sizeof *escapes; k++)
		if (span_starts(span_sub(line, i, line.n), span_of(escapes[k].from))) {
			buf_put(out, span_of(escapes[k].to));
			return i + 2;
		}
	buf_byte(out, line.p[i]);
	return i + 1;
}

static size_t marks_read(span line, struct buf *text, struct mark *marks)
{
	size_t n = 0;
	for (size_t i = 0; i < line.n;) {
		if (line.p[i] == '{' && n < MARKS_MAX) {
			marks[n].at.beg = (uint32_t)text->n;
			i++;
		} else if (line.p[i] == '|' && n < MARKS_MAX) {
			size_t close = span_find_byte(line, '}', i);
			span rest = span_sub(line, i + 1, close);
			marks[n].at.end = (uint32_t)text->n;
			span_cut(&rest, ' ', &marks[n].kind);
			marks[n++].address = rest;
			i = close + 1;
		} else {
			i = escape(line, i, text);
		}
	}
	return n;
}

static bool mark_holds(const struct mark *m, const struct cite *c)
{
	bool address = span_eq(m->address, SPAN("-")) || (span_eq(m->address, SPAN("?")) ? c->address.n == 0 : span_eq(m->address, c->address));
	return c->at.beg >= m->at.beg && c->at.beg < m->at.end && span_eq(m->kind, span_of(cite_kind_name(c->kind))) && address;
}

/* The number of marks and citations of a line that do not meet; printed. */
static unsigned line_misses(span line, struct arena *a)
{
	struct mark marks[MARKS_MAX];
	struct buf text = { .a = a };
	size_t n = marks_read(line, &text, marks), k = 0;
	struct cites c = cites_of(buf_span(&text), NULL, a);
	unsigned misses = 0;
	for (size_t i = 0; i < c.n || k < n;) {
		bool holds = i < c.n && k < n && mark_holds(&marks[k], &c.v[i]);
		if (!holds) {
			misses++;
			printf("%.*s\n  want %.*s %.*s, got %s %.*s\n", SPAN_ARG(line), SPAN_ARG(k < n ? marks[k].kind : SPAN("nothing")),
			       SPAN_ARG(k < n ? marks[k].address : SPAN("")), i < c.n ? cite_kind_name(c.v[i].kind) : "nothing",
			       SPAN_ARG(i < c.n ? c.v[i].address : SPAN("")));
			break;
		}
		i++;
		k++;
	}
	return misses;
}

static void sentences(void **state)
{
	(void)state;
	struct arena a = { 0 };
	struct err err = { 0 };
	span text, line;
	unsigned lines = 0, misses = 0;
	assert_true(file_read(SOURCE_DIR "/tests/unit/cite_prose.tsv", FILE_MAX_BYTES, &a, &text, &err));
	while (span_cut(&text, '\n', &line)) {
		if (!line.n || line.p[0] == '#')
			continue;
		lines++;
		misses += line_misses(line, &a);
	}
	assert_true(lines >= 300);
	assert_int_equal(misses, 0);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(sentences) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
