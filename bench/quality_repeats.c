/* Repeats, measured: of each text copies are made that must fold (other line
 * breaks, heads, numbered lines, letters misread), and look-alikes that must not: the same
 * form with another docket number, date, name, section or sum. */
#include "bench/quality_repeats.h"

#include <stdio.h>

#include "base/buf.h"
#include "law/repair.h"
#include "law/repeat.h"
#include "law/segment.h"

/* What is made of a text. */
struct making {
	span text;
	uint64_t random;
	struct buf out;
};

static uint32_t roll(struct making *m, uint32_t n)
{
	m->random = m->random * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(m->random >> 33) % n;
}

/* Lines of `width`, and before each page of `lines` lines (0: none) a head. */
static void wrap(struct making *m, size_t width, int lines, bool numbered)
{
	size_t at = 0;
	int n = 0, page = 1;
	for (size_t i = 0; i < m->text.n; i++) {
		if (i == 0 && numbered)
			buf_printf(&m->out, "%d  ", ++n);
		bool space = m->text.p[i] == ' ' || (m->text.p[i] == '\n' && i + 1 < m->text.n && m->text.p[i + 1] != '\n' && i && m->text.p[i - 1] != '\n');
		bool turn = space && at >= width;
		buf_byte(&m->out, turn ? '\n' : space ? ' ' : m->text.p[i]);
		at = turn || m->text.p[i] == '\n' ? 0 : at + 1;
		bool begins = turn || (m->text.p[i] == '\n' && i + 1 < m->text.n && m->text.p[i + 1] != '\n');
		if (begins && numbered)
			buf_printf(&m->out, "%d  ", n = n % 28 + 1);
		if (turn && lines && ++n % lines == 0)
			buf_printf(&m->out, "\n                    - %d -\n\f", page++);
	}
}

static bool copy_breaks(struct making *m)
{
	wrap(m, 58, 0, false);
	return true;
}

static bool copy_pages(struct making *m)
{
	wrap(m, 70, 38, false);
	return true;
}

static bool copy_numbered(struct making *m)
{
	wrap(m, 66, 0, true);
	return m->text.n > 1500;
}

/* One small letter in `often` misread. */
static bool misread(struct making *m, uint32_t often)
{
	static const char from[] = "ecluhnoat", to[] = "colvbuaei";
	for (size_t i = 0; i < m->text.n; i++) {
		char c = m->text.p[i];
		for (size_t k = 0; k < sizeof from - 1 && is_lower(c); k++)
			if (c == from[k] && roll(m, often) == 0) {
				c = to[k];
				break;
			}
		buf_byte(&m->out, c);
	}
	return true;
}

static bool copy_misread(struct making *m)
{
	return misread(m, 1000);
}

static bool copy_misread_more(struct making *m)
{
	return misread(m, 250);
}

/* The first number of at least two digits after `what`, made another one. */
static bool other_number(struct making *m, span what, size_t reach)
{
	size_t at = span_find(m->text, what, 0), i = at + what.n, end = i + reach < m->text.n ? i + reach : m->text.n;
	while (i + 1 < end && !(is_digit(m->text.p[i]) && is_digit(m->text.p[i + 1])))
		i++;
	if (at == m->text.n || i + 1 >= end)
		return false;
	buf_put(&m->out, span_sub(m->text, 0, i + 1));
	buf_byte(&m->out, (char)('0' + (m->text.p[i + 1] - '0' + 3) % 10));
	buf_put(&m->out, span_sub(m->text, i + 2, m->text.n));
	return true;
}

static bool alike_docket(struct making *m)
{
	return other_number(m, SPAN("No. "), 12);
}

static bool alike_section(struct making *m)
{
	return other_number(m, SPAN("section "), 12) || other_number(m, SPAN("\xC2\xA7 "), 12);
}

static bool alike_sum(struct making *m)
{
	return other_number(m, SPAN("$"), 12);
}

static bool alike_date(struct making *m)
{
	static const char *const months[] = { "January ", "February ", "March ", "April ", "May ", "June ", "July ", "August ", "September ", "October ", "November ", "December " };
	for (size_t i = 0; i < sizeof months / sizeof *months; i++)
		if (other_number(m, span_of(months[i]), 3))
			return true;
	return false;
}

/* A name of the first `reach` bytes that comes again, perhaps one that is no word besides; empty: there is none. */
static span name_of(const struct making *m, size_t reach, bool no_word)
{
	size_t i = 0, end = m->text.n < reach ? m->text.n : reach;
	span name = { 0 };
	while (i < end && !name.n) {
		size_t beg = i;
		while (i < end && is_alpha(m->text.p[i]))
			i++;
		span w = span_sub(m->text, beg, i);
		bool again = w.n >= 5 && is_upper(w.p[0]) && is_lower(w.p[1]) && span_find(m->text, w, i) < m->text.n;
		bool sentence = beg >= 2 && (m->text.p[beg - 2] == '.' || m->text.p[beg - 1] == '\n');
		if (again && !sentence && beg && !(no_word && word_plausible(w)))
			name = w;
		i++;
	}
	return name;
}

/* The name, wherever it stands, made another one. */
static bool rename_throughout(struct making *m, span name, span to)
{
	for (size_t at = 0; name.n && at < m->text.n;) {
		size_t next = span_find(m->text, name, at);
		buf_put(&m->out, span_sub(m->text, at, next));
		if (next < m->text.n)
			buf_put(&m->out, to);
		at = next + name.n;
	}
	return name.n > 0;
}

static bool alike_name(struct making *m)
{
	return rename_throughout(m, name_of(m, 400, false), SPAN("Underhill"));
}

/* "Hansen", "Hanson": another name by one letter alone, in capitals too. */
static bool alike_letter(struct making *m)
{
	span name = name_of(m, 900, true); /* of a word it would be a misreading */
	if (!name.n)
		return false;
	for (size_t at = 0; at < m->text.n; at++) {
		bool here = at >= name.n - 2 && at + 2 <= m->text.n && span_case_eq(span_sub(m->text, at + 2 - name.n, at + 2), name);
		char c = m->text.p[at], other = to_lower(c) == 'o' ? 'e' : 'o';
		buf_byte(&m->out, !here ? c : is_upper(c) ? to_upper(other) : other);
	}
	return true;
}

static const struct kind {
	const char *name;
	bool same;
	bool (*make)(struct making *m); /* false: the text has nothing of the kind */
} kinds[] = {
	{ "copy, other line breaks", true, copy_breaks }, { "copy, paged", true, copy_pages }, { "copy, lines numbered", true, copy_numbered },
	{ "copy, 1 letter in 1,000 misread", true, copy_misread }, { "copy, 1 in 250 misread", true, copy_misread_more },
	{ "another docket number", false, alike_docket }, { "another section", false, alike_section }, { "another sum", false, alike_sum },
	{ "another date", false, alike_date }, { "another name", false, alike_name },
	{ "another name, by one letter", false, alike_letter },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static bool document_of(span text, struct doc *out, struct arena *a)
{
	struct meta none = { 0 };
	struct text t = text_plain(text, a), r = repair(&t, a);
	struct docs d = documents(&r, &none, a);
	if (d.n == 1)
		*out = d.v[0];
	return d.n == 1;
}

static size_t words_in(span s)
{
	size_t n = 0;
	for (size_t i = 1; i < s.n; i++)
		n += is_space(s.p[i]) && !is_space(s.p[i - 1]);
	return n;
}

void repeats_take(struct repeats_score *s, span text)
{
	struct arena a = { 0 };
	struct doc d;
	if (words_in(text) >= 60 && document_of(text, &d, &a))
		*PUSH(&s->a, &s->texts) = arena_dup(&s->a, text);
	arena_release(&a);
}

/* A corpus as it streams by: texts, then what was made of each. */
struct corpus {
	struct repeats_score *s;
	struct repeat_index index;
	struct { struct doc *v; size_t n, cap; } docs;
	struct { size_t *v; size_t n, cap; } same_as; /* of each: the number of the text it says the same as, or its own */
};

/* The document that d is folded into, SIZE_MAX: none. */
static size_t fold_into(struct corpus *c, const struct doc *d, const char **why, bool *version)
{
	struct sketch k = sketch_of(d, &c->s->a);
	struct repeat_candidates may = repeat_index_add(&c->index, &k, (uint32_t)c->docs.n);
	double similarity;
	for (size_t i = 0; i < may.n; i++) {
		struct arena a = { 0 };
		enum repeat_verdict v = repeat_verify(&c->docs.v[may.v[i]], d, &a, &similarity, why);
		arena_release(&a);
		*version |= v == REPEAT_VERSION;
		if (v == REPEAT_SAME)
			return may.v[i];
	}
	return SIZE_MAX;
}

static void judge(struct corpus *c, size_t kind, size_t text, span made)
{
	struct repeats_score *s = c->s;
	struct doc d;
	const char *why = "no candidate";
	bool version = false;
	if (!document_of(arena_dup(&s->a, made), &d, &s->a))
		return;
	size_t got = fold_into(c, &d, &why, &version);
	bool right = got != SIZE_MAX && kinds[kind].same && c->same_as.v[got] == text, wrong = got != SIZE_MAX && !right;
	*PUSH(&s->a, &c->same_as) = kinds[kind].same ? text : c->docs.n;
	*PUSH(&s->a, &c->docs) = d;
	s->pairs[kind]++;
	s->right[kind] += right;
	s->wrong[kind] += wrong;
	s->versions[kind] += version && got == SIZE_MAX;
	if ((wrong || (kinds[kind].same && !right)) && s->errors) {
		s->errors--;
		printf("%-32s %s: %.70s\n", kinds[kind].name, why, arena_cstr(&s->a, s->texts.v[text]));
	}
}

static void print_total(const struct repeats_score *s)
{
	size_t right = 0, wanted = 0, wrong = 0;
	for (size_t k = 0; k < KINDS; k++) {
		printf("%-32s %6zu, folded rightly %6zu, wrongly %6zu, versions %6zu\n", kinds[k].name, s->pairs[k], s->right[k], s->wrong[k], s->versions[k]);
		wanted += kinds[k].same ? s->pairs[k] : 0;
		right += s->right[k];
		wrong += s->wrong[k];
	}
	printf("%zu texts: folded pairs P %.4f  R %.4f\n", s->texts.n, right + wrong ? (double)right / (double)(right + wrong) : 1.,
	       wanted ? (double)right / (double)wanted : 1.);
}

/* A text's own copies come after the text; what is like it, too. */
static void make_of(struct corpus *c, size_t text)
{
	for (size_t k = 0; k < KINDS; k++) {
		struct arena a = { 0 };
		struct making m = { .text = c->s->texts.v[text], .random = text * 977 + k, .out.a = &a };
		if (kinds[k].make(&m) && !span_eq(buf_span(&m.out), m.text))
			judge(c, k, text, buf_span(&m.out));
		arena_release(&a);
	}
}

void repeats_print(struct repeats_score *s)
{
	struct corpus c = { .s = s };
	const char *why;
	bool version;
	repeat_index_init(&c.index, (uint32_t)(s->texts.n * (KINDS + 1) + 16), &s->a);
	for (size_t i = 0; i < s->texts.n; i++) {
		struct doc d;
		document_of(s->texts.v[i], &d, &s->a);
		size_t same = fold_into(&c, &d, &why, &version);
		size_t as = same == SIZE_MAX ? c.docs.n : c.same_as.v[same];
		*PUSH(&s->a, &c.same_as) = as;
		*PUSH(&s->a, &c.docs) = d;
	}
	for (size_t i = 0; i < s->texts.n; i++)
		if (c.same_as.v[i] == i) /* a text that stands in the corpus once */
			make_of(&c, i);
	print_total(s);
	arena_release(&s->a);
}
