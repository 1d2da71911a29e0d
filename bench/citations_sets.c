/* The case sets, each line made a task. Places are given in code points of the
 * input, or of a cleaned copy that is then laid over the input, or not at all. */
#include "bench/citations.h"

#include <string.h>

#define BIT(k) (1u << CITE_##k)
#define LAWS (BIT(STATUTE) | BIT(REGULATION) | BIT(SESSION_LAW) | BIT(RULE))
#define ANY_LAW (LAWS | BIT(CONSTITUTION) | BIT(JOURNAL) | BIT(ID) | BIT(BILL) | BIT(REFERENCE))

/* What the sets call a kind, and which of ours answer it. */
static const struct kind_map {
	const char *name;
	unsigned ours;
} kinds[] = {
	{ "full_case", BIT(CASE) | BIT(DOCKET) }, { "neutral", BIT(CASE) }, { "short_case", BIT(SHORT_CASE) }, { "id", BIT(ID) },
	{ "supra", BIT(SUPRA) }, { "statute", LAWS }, { "regulation", BIT(REGULATION) }, { "constitution", BIT(CONSTITUTION) },
	{ "court_rule", BIT(RULE) }, { "journal", BIT(JOURNAL) }, { "bare_section", ANY_LAW }, { "public_law", BIT(SESSION_LAW) },
	{ "statutes_at_large", BIT(SESSION_LAW) }, { "federal_register", BIT(REGULATION) }, { "docket", BIT(DOCKET) },
	{ "restatement", BIT(JOURNAL) }, { "treatise", BIT(JOURNAL) }, { "sessionLaw", BIT(SESSION_LAW) }, { "stateRule", BIT(RULE) },
	{ "canon", BIT(RULE) }, { "annotation", BIT(JOURNAL) | BIT(CASE) }, { "reference", BIT(SHORT_CASE) | BIT(REFERENCE) },
	{ "usc", BIT(STATUTE) }, { "cfr", BIT(REGULATION) }, { "law", BIT(SESSION_LAW) }, { "dc_code", BIT(STATUTE) },
	{ "va_code", BIT(STATUTE) }, { "usconst", BIT(CONSTITUTION) }, { "fedreg", BIT(REGULATION) }, { "stat", BIT(SESSION_LAW) },
	{ "reporter", BIT(CASE) | BIT(JOURNAL) }, { "legislativeMaterial", BIT(BILL) }, { "localOrdinance", BIT(STATUTE) },
	{ "treaty", BIT(JOURNAL) | BIT(SESSION_LAW) | BIT(CASE) }, { "citeurl", ANY_LAW | BIT(CASE) | BIT(SHORT_CASE) },
	{ "law_example", ANY_LAW | BIT(DOCKET) }, { "reporter_example", BIT(CASE) | BIT(JOURNAL) | BIT(REGULATION) | BIT(SESSION_LAW) },
};

static const struct kind_map *kind_of(const char *name)
{
	for (size_t k = 0; name && k < sizeof kinds / sizeof *kinds; k++)
		if (strcmp(kinds[k].name, name) == 0)
			return &kinds[k];
	return NULL;
}

static const char *text_member(const json_t *c, const char *key)
{
	return json_string_value(json_object_get(c, key));
}

/* Byte offset of a code point. */
static size_t byte_of(span t, size_t points)
{
	size_t i = 0;
	for (; i < t.n && points; points--) {
		i++;
		while (i < t.n && ((unsigned char)t.p[i] & 0xC0) == 0x80)
			i++;
	}
	return i;
}

/* Past a tag; i when none begins there. */
static size_t tag_end(span t, size_t i)
{
	if (t.p[i] != '<' || i + 1 >= t.n || !(is_alpha(t.p[i + 1]) || t.p[i + 1] == '/' || t.p[i + 1] == '!'))
		return i;
	size_t end = span_find_byte(t, '>', i);
	return end < t.n ? end + 1 : i;
}

/* Whether the letters of the copy from i on are those of the input from k on, a few of them. */
static bool same_ahead(span clean, size_t i, span input, size_t k)
{
	for (unsigned n = 0; n < 5; n++) {
		while (i < clean.n && is_space(clean.p[i]))
			i++;
		for (size_t e; k < input.n && (is_space(input.p[k]) || tag_end(input, k) > k); k = e)
			e = tag_end(input, k) > k ? tag_end(input, k) : k + 1;
		if (i >= clean.n || k >= input.n)
			return i >= clean.n;
		if (clean.p[i++] != input.p[k++])
			return false;
	}
	return true;
}

/* For each byte of a cleaned copy, the byte of the input that it came from:
 * tags and white space may be gone, entities may be one character. */
static uint32_t *laid_over(span clean, span input, struct arena *a)
{
	uint32_t *map = NEWN(a, uint32_t, clean.n + 1);
	size_t j = 0;
	for (size_t i = 0; i < clean.n; i++) {
		size_t k = j;
		bool letter = !is_space(clean.p[i]);
		while (letter && k < input.n && k < j + 3000 && !(input.p[k] == clean.p[i] && same_ahead(clean, i, input, k)))
			k = tag_end(input, k) > k ? tag_end(input, k) : k + 1;
		/* What is nowhere ahead was made by the cleaning: stay. */
		bool found = letter && k < input.n && k < j + 3000;
		j = found ? k : j;
		map[i] = (uint32_t)(j < input.n ? j : input.n);
		j += found;
	}
	map[clean.n] = (uint32_t)input.n;
	return map;
}

struct places {
	span text, clean;
	const uint32_t *map; /* clean -> text; null: the same */
};

static struct range range_of_points(const struct places *p, json_int_t beg, json_int_t end)
{
	if (!p->map)
		return (struct range){ (uint32_t)byte_of(p->text, (size_t)beg), (uint32_t)byte_of(p->text, (size_t)end) };
	size_t b = byte_of(p->clean, (size_t)beg), e = byte_of(p->clean, (size_t)end);
	return (struct range){ p->map[b], e > b ? p->map[e - 1] + 1 : p->map[b] };
}

/* Whether the first letters of t stand at i. */
static bool words_at(span text, size_t i, const char *t)
{
	size_t k = 0;
	while (t[k] && !is_alnum(t[k]))
		k++;
	for (; i < text.n && !is_alnum(text.p[i]); i++)
		;
	return !t[k] || (i < text.n && text.p[i] == t[k]);
}

static struct range place_of(const json_t *e, const struct places *p)
{
	const json_t *o = json_object_get(e, "observed"), *b = json_object_get(e, "bstart"), *from = e;
	if (json_is_integer(b))
		return (struct range){ (uint32_t)json_integer_value(b), (uint32_t)json_integer_value(json_object_get(e, "bend")) };
	if (!json_is_integer(json_object_get(e, "start")) && o)
		from = o;
	if (!json_is_integer(json_object_get(from, "start"))) {
		const char *t = text_member(e, "text");
		size_t at = t ? span_find(p->text, span_of(t), 0) : p->text.n;
		return at < p->text.n ? (struct range){ (uint32_t)at, (uint32_t)(at + strlen(t)) } : (struct range){ 0 };
	}
	json_int_t beg = json_integer_value(json_object_get(from, "start")), end = json_integer_value(json_object_get(from, "end"));
	const char *t = text_member(e, "text");
	/* A set that counts in a copy it does not give: by the words. */
	if (t && !p->map && !words_at(p->text, byte_of(p->text, (size_t)beg), t)) {
		size_t at = span_find(p->text, span_of(t), 0);
		return at < p->text.n ? (struct range){ (uint32_t)at, (uint32_t)(at + strlen(t)) } : (struct range){ 0 };
	}
	if (!json_is_integer(json_object_get(from, "end"))) {
		struct range r = range_of_points(p, beg, beg);
		return (struct range){ r.beg, r.beg + (uint32_t)(t ? strlen(t) : 1) };
	}
	return range_of_points(p, beg, end);
}

static struct want *want_add(struct task *t, struct arena *a, const char *kind, const json_t *e, struct range at)
{
	const struct kind_map *k = kind_of(kind);
	if (!k)
		return NULL;
	struct want *w = PUSH(a, &t->wants);
	*w = (struct want){ .kind = k->name, .ours = k->ours, .at = at, .e = e, .cluster = NOT_ASKED };
	return w;
}

static void load_plain(struct task *t, const json_t *list, const struct places *p, struct arena *a)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *e = json_array_get(list, i), *c = json_object_get(e, "cluster");
		struct want *w = want_add(t, a, text_member(e, "kind"), e, place_of(e, p));
		if (w && c)
			w->cluster = json_is_integer(c) ? (int)json_integer_value(c) : UNRESOLVED;
		if (w)
			w->exact = json_is_integer(json_object_get(e, "bstart"));
	}
}

/* citeurl: templates and tokens beside the text. */
static void load_templates(struct task *t, const json_t *c, const struct places *p, struct arena *a)
{
	const json_t *list = json_object_get(c, "expected"), *seen = json_object_get(c, "observed");
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *e = json_array_get(list, i), *o = json_array_get(seen, i);
		struct range at = place_of(e, p);
		at = at.end ? at : (struct range){ 0, (uint32_t)p->text.n };
		want_add(t, a, "citeurl", json_object_get(e, "tokens") ? e : o ? o : e, at);
	}
}

/* Groups of indexes: mentions of one number are one authority. */
static void load_clusters(struct task *t, const json_t *groups)
{
	for (size_t g = 0; g < json_array_size(groups); g++)
		for (size_t i = 0; i < json_array_size(json_array_get(groups, g)); i++) {
			size_t k = (size_t)json_integer_value(json_array_get(json_array_get(groups, g), i));
			if (k < t->wants.n)
				t->wants.v[k].cluster = (int)g;
		}
}

/* Where the set's own author numbered the mentions, his numbers count. */
static void load_segments(struct task *t, const json_t *segments)
{
	if (json_array_size(segments) != t->wants.n)
		return;
	for (size_t i = 0; i < t->wants.n; i++) {
		const json_t *c = json_object_get(json_array_get(segments, i), "cluster");
		t->wants.v[i].cluster = json_is_integer(c) ? (int)json_integer_value(c) : UNRESOLVED;
	}
}

bool task_load(const json_t *c, struct arena *a, struct task *t)
{
	const json_t *want = json_object_get(c, "expected"), *mentions = json_object_get(c, "mentions"), *joined = json_object_get(c, "joined_mentions");
	const char *input = text_member(c, "input"), *clean = text_member(c, "cleaned");
	*t = (struct task){ .id = text_member(c, "id"), .area = text_member(c, "area") };
	input = input ? input : text_member(c, "text");
	if (!input)
		return false;
	t->text = span_of(input);
	struct places p = { t->text, span_of(clean ? clean : ""), NULL };
	if (clean && strcmp(clean, input) != 0)
		p.map = laid_over(p.clean, p.text, a);
	t->closed = json_is_true(json_object_get(c, "count_asserted")) || mentions;
	if (json_is_object(json_object_get(json_object_get(c, "options"), "dc_code")))
		t->ctx = (struct cite_context){ .jurisdiction = SPAN("us-dc"), .code = SPAN("code") };
	if (joined || mentions || json_object_get(want, "mentions")) {
		load_plain(t, joined ? joined : mentions ? mentions : json_object_get(want, "mentions"), &p, a);
		load_clusters(t, json_object_get(want, "clusters"));
		load_segments(t, json_object_get(want, "segments"));
	} else if (json_is_array(want) && json_object_get(json_array_get(want, 0), "template")) {
		load_templates(t, c, &p, a);
	} else if (json_is_array(want)) {
		load_plain(t, want, &p, a);
	} else if (json_object_get(want, "fields")) {
		want_add(t, a, t->area, json_object_get(want, "fields"), (struct range){ 0, (uint32_t)t->text.n });
	}
	return t->wants.n || (t->closed && (mentions || json_is_array(want)));
}
