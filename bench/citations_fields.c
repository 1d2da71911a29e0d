/* What a set asserts of one citation, member by member, against ours. */
#include "bench/citations.h"

#include <stdio.h>
#include <string.h>
#include "base/buf.h"
#include "law/court.h"

/* Bytes at i that are no letter of a name or number: punctuation, dashes and quotation marks of every kind. */
static size_t silent(span s, size_t i)
{
	unsigned char c = (unsigned char)s.p[i];
	if (c == 0xE2 && i + 2 < s.n)
		return 3;
	if (c == 0xC2 && i + 1 < s.n)
		return 2;
	return c < 0x80 && !is_alnum((char)c);
}

bool letters_equal(span a, span b)
{
	size_t i = 0, j = 0;
	for (;;) {
		while (i < a.n && silent(a, i))
			i += silent(a, i);
		while (j < b.n && silent(b, j))
			j += silent(b, j);
		if (i == a.n || j == b.n)
			return i == a.n && j == b.n;
		if (to_lower(a.p[i++]) != to_lower(b.p[j++]))
			return false;
	}
}

span member_text(const json_t *e, const char *key, struct arena *a)
{
	const json_t *v = json_object_get(e, key);
	if (json_is_string(v))
		return span_of(json_string_value(v));
	return json_is_integer(v) ? arena_printf(a, "%lld", (long long)json_integer_value(v)) : (span){ 0 };
}

void field_count(struct fields *f, const char *name, bool right)
{
	size_t k = 0;
	while (k < f->n && strcmp(f->v[k].name, name) != 0)
		k++;
	if (k == FIELDS_MAX)
		return;
	f->n += k == f->n;
	f->v[k].name = name;
	f->v[k].asked++;
	f->v[k].right += right;
}

/* One comparison under way. */
struct look {
	struct fields *f;
	const struct want *w;
	const struct cite *c;
	span text;
	struct arena *a;
	wrong_told *wrong;
	void *ctx;
};

static void judge(struct look *l, const char *name, span want, span got, bool right)
{
	if (!want.n)
		return;
	field_count(l->f, name, right);
	if (!right)
		l->wrong(l->ctx, name, want, got);
}

static span want_of(const struct look *l, const char *key)
{
	return member_text(l->w->e, key, l->a);
}

static void same(struct look *l, const char *key, span got)
{
	span want = want_of(l, key);
	judge(l, key, want, got, letters_equal(want, got));
}

/* The first number of a pin: sets print "153-54" or only 153. */
static bool pins_agree(span want, span got)
{
	size_t i = 0, j = 0;
	while (i < want.n && !is_digit(want.p[i]))
		i++;
	while (j < got.n && !is_digit(got.p[j]))
		j++;
	for (; i < want.n && is_digit(want.p[i]); i++, j++) {
		j += j < got.n && got.p[j] == ',';
		if (j >= got.n || got.p[j] != want.p[i])
			return false;
	}
	return j >= got.n || !is_digit(got.p[j]);
}

static span labels_of(const struct spans *s, span before, struct arena *a)
{
	struct buf b = { .a = a };
	buf_printf(&b, "%.*s", SPAN_ARG(before));
	for (size_t i = 0; i < s->n; i++)
		buf_printf(&b, "(%.*s)", SPAN_ARG(s->v[i]));
	return buf_span(&b);
}

static void numbers(struct look *l)
{
	const struct cite *c = l->c;
	span section = want_of(l, "section"), sub = want_of(l, "subsection"), title = want_of(l, "title");
	const json_t *list = json_object_get(l->w->e, "subsections");
	span all = labels_of(&c->subdivisions, c->section, l->a), subs = labels_of(&c->subdivisions, (span){ 0 }, l->a);
	same(l, "volume", c->volume);
	if (c->kind == CITE_CASE || c->kind == CITE_JOURNAL)
		same(l, "page", c->page);
	judge(l, "section", section, all, letters_equal(section, c->section) || (!c->section.n && letters_equal(section, c->title)) || letters_equal(section, all) ||
	      (span_find(section, SPAN("-"), 0) < section.n && span_starts(section, c->section)));
	judge(l, "subsection", sub, subs, letters_equal(sub, subs) || span_find(sub, SPAN("-"), 0) < sub.n);
	if (c->kind != CITE_CONSTITUTION)
		judge(l, "title", title, c->title, letters_equal(title, c->title) || span_starts(c->title, title) || !c->title.n);
	if (json_array_size(list)) {
		struct buf b = { .a = l->a };
		for (size_t i = 0; i < json_array_size(list); i++)
			buf_printf(&b, "(%s)", json_string_value(json_array_get(list, i)));
		judge(l, "subsection", buf_span(&b), subs, letters_equal(buf_span(&b), subs));
	}
	same(l, "congress", c->volume);
	same(l, "lawNumber", c->page);
	same(l, "documentNumber", c->page);
	same(l, "docketNumber", c->page);
	same(l, "rule", c->section);
	span chapter = want_of(l, "chapter"), part = want_of(l, "amendment"), art = want_of(l, "article");
	judge(l, "chapter", chapter, c->title, letters_equal(chapter, c->title) || letters_equal(chapter, c->page) || c->section.n);
	judge(l, "amendment", part, c->title, letters_equal(arena_printf(l->a, "amd%.*s", SPAN_ARG(part)), c->title));
	judge(l, "article", art, c->title, letters_equal(arena_printf(l->a, "art%.*s", SPAN_ARG(art)), c->title) || (art.n && !is_digit(art.p[0])) ||
	      (c->kind != CITE_CONSTITUTION && letters_equal(art, c->section)));
}

static void reporter(struct look *l)
{
	static const char *const keys[] = { "reporter_norm", "normalizedReporter", "reporter" };
	for (size_t k = 0; k < 3; k++) {
		span want = want_of(l, keys[k]), printed = span_range(l->text, l->c->at);
		if (!want.n || (l->c->kind != CITE_CASE && l->c->kind != CITE_SHORT_CASE))
			continue;
		bool same_letters = letters_equal(want, l->c->reporter);
		for (size_t i = 0; k == 2 && !same_letters && i < printed.n; i++)
			for (size_t j = i + 1; !same_letters && j <= printed.n && j < i + want.n + 12; j++)
				same_letters = letters_equal(want, span_sub(printed, i, j));
		judge(l, "reporter", want, l->c->reporter, same_letters);
		return;
	}
}

static void year_and_pin(struct look *l)
{
	span year = want_of(l, "year"), pin = want_of(l, "pin_cite");
	char got[8];
	snprintf(got, sizeof got, "%u", l->c->year);
	judge(l, "year", year, span_of(got), span_eq(year, span_of(got)));
	l->f->wrong_years += year.n && l->c->year && !span_eq(year, span_of(got));
	pin = pin.n ? pin : want_of(l, "pincite");
	/* What an id. inherits is another field's matter. */
	const char *printed = json_string_value(json_object_get(l->w->e, "text"));
	if (l->c->kind != CITE_ID || !printed || strpbrk(printed, "0123456789"))
		judge(l, "pin", pin, l->c->pin, pins_agree(pin, l->c->pin));
}

static void names(struct look *l)
{
	const struct cite *c = l->c;
	span whole = c->defendant.n ? arena_printf(l->a, "%.*s v. %.*s", SPAN_ARG(c->plaintiff), SPAN_ARG(c->defendant)) : c->plaintiff;
	span p = want_of(l, "plaintiff"), d = want_of(l, "defendant"), name = want_of(l, "caseName"), guess = want_of(l, "antecedent_guess");
	/* One party may be called plaintiff or defendant, with its "In re" or without. */
	span one = c->defendant.n ? c->defendant : c->plaintiff;
	span bare = span_case_starts(one, SPAN("in re ")) ? span_sub(one, 6, one.n) : one;
	judge(l, "party", p, c->plaintiff, letters_equal(p, c->plaintiff) || (!c->defendant.n && letters_equal(p, bare)));
	judge(l, "party", d, c->defendant, letters_equal(d, one) || letters_equal(d, bare));
	if (c->kind != CITE_ID) /* which has the name of what it stands for */
		judge(l, "name", name, whole, letters_equal(name, whole));
	name = want_of(l, "partyName");
	judge(l, "party of supra", name, whole, letters_equal(name, whole));
	judge(l, "party of short form", guess, whole, letters_equal(guess, whole));
}

static void court(struct look *l)
{
	const struct cite *c = l->c;
	span want = want_of(l, "court_text");
	if (c->kind != CITE_CASE || span_starts(want, SPAN("quoting")))
		return;
	want = want.n ? want : want_of(l, "court");
	const struct court *known = court_by_cite(want);
	judge(l, "court", want, c->court, span_eq(want, c->court) || letters_equal(want, c->court_text) || (known && span_eq(known->id, c->court)) ||
	      (c->court.n && letters_equal(want, c->reporter)));
}

static void rest(struct look *l)
{
	const struct cite *c = l->c;
	const json_t *list = json_object_get(l->w->e, "parentheticals");
	span state = want_of(l, "jurisdiction"), paren = want_of(l, "parenthetical");
	if (list && !paren.n)
		paren = member_text(json_array_get(list, 0), "text", l->a);
	same(l, "signal", c->signal);
	judge(l, "parenthetical", paren, c->parenthetical, letters_equal(paren, c->parenthetical) || span_starts(c->parenthetical, paren));
	if (state.n == 2 && c->address.n) {
		char head[8] = { '/', 'u', 's', '-', to_lower(state.p[0]), to_lower(state.p[1]), '/', 0 };
		judge(l, "jurisdiction", state, c->address, span_starts(c->address, span_of(head)) ||
		      (span_eq(state, SPAN("US")) && span_starts(c->address, SPAN("/us/"))) || span_starts(c->address, SPAN("/restatement")));
	}
	if (json_is_integer(json_object_get(l->w->e, "observed_full")))
		return;
}

/* Members said to be absent. */
static void absent(struct look *l)
{
	const struct cite *c = l->c;
	const json_t *list = json_object_get(l->w->e, "absent");
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *k = json_string_value(json_array_get(list, i));
		char year[8] = "";
		if (c->year)
			snprintf(year, sizeof year, "%u", c->year);
		const struct { const char *key; span got; } held[] = {
			{ "court", c->court_text }, { "year", span_of(year) }, { "pincite", c->pin }, { "caseName", c->plaintiff },
			{ "plaintiff", c->plaintiff }, { "defendant", c->defendant }, { "signal", c->signal }, { "section", c->section },
			{ "partyName", c->plaintiff }, { "sectionRange", c->last }, { "parentheticals", c->parenthetical },
		};
		for (size_t j = 0; k && j < sizeof held / sizeof *held; j++)
			if (strcmp(held[j].key, k) == 0)
				judge(l, "absent", span_of(k), held[j].got, !held[j].got.n);
	}
}

/* Tokens of a template: each must be among our numbers. */
static void tokens(struct look *l)
{
	const json_t *t = json_object_get(l->w->e, "tokens");
	span sub = member_text(t, "subsection", l->a), section = member_text(t, "section", l->a), title = member_text(t, "title", l->a);
	span subs = labels_of(&l->c->subdivisions, (span){ 0 }, l->a), art = member_text(t, "article", l->a), amd = member_text(t, "amendment", l->a);
	judge(l, "subsection", sub, subs, letters_equal(sub, subs));
	judge(l, "section", section, l->c->section, letters_equal(section, l->c->section) || span_ends(l->c->section, section) ||
	      (!l->c->section.n && letters_equal(section, l->c->title)) ||
	      (l->c->kind == CITE_ID && span_find(l->c->address, section, 0) < l->c->address.n));
	if (l->c->kind != CITE_CONSTITUTION)
		judge(l, "title", title, l->c->title, letters_equal(title, l->c->title) || span_starts(l->c->section, title));
	span where = l->c->address, level = arena_printf(l->a, "/art%.*s/", SPAN_ARG(art));
	judge(l, "article", art, l->c->title, letters_equal(arena_printf(l->a, "art%.*s", SPAN_ARG(art)), l->c->title) ||
	      (l->c->kind == CITE_ID && span_find(where, level, 0) < where.n));
	judge(l, "amendment", amd, l->c->title, letters_equal(arena_printf(l->a, "amd%.*s", SPAN_ARG(amd)), l->c->title));
}

void fields_score(struct fields *f, const struct want *w, const struct cite *c, span text, struct arena *a, wrong_told *wrong, void *ctx)
{
	struct look l = { f, w, c, text, a, wrong, ctx };
	if (json_object_get(w->e, "tokens")) {
		tokens(&l);
		return;
	}
	numbers(&l);
	reporter(&l);
	year_and_pin(&l);
	names(&l);
	court(&l);
	rest(&l);
	absent(&l);
}
