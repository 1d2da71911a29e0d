/* The case that stands right beside a place: a citation with its name and its
 * parallels, or the name of a case that is cited elsewhere. */
#include "law/treatment_private.h"

#include "law/address.h"

enum { NAME_BYTES = 120 };

/* Only what has the address of a case or docket: nothing else can be reported to anyone. */
bool is_case_cite(const struct cite *c)
{
	bool kind = c->kind == CITE_CASE || c->kind == CITE_SHORT_CASE || c->kind == CITE_ID || c->kind == CITE_SUPRA;
	return kind && c->status != CITE_IMPOSSIBLE && (span_starts(c->address, SPAN("/case/")) || span_starts(c->address, SPAN("/docket/")));
}

static size_t end_of(const struct cite *c)
{
	return c->full.end > c->at.end ? c->full.end : c->at.end;
}

static size_t beg_of(const struct cite *c)
{
	return c->full.beg < c->at.beg ? c->full.beg : c->at.beg;
}

/* Parallels follow at once, within 60 bytes, at most seven; the group ends with the last one's parenthetical. */
size_t group_end(const struct reading *d, uint32_t i)
{
	const struct cite *c = &d->cites->v[i];
	size_t end = end_of(c);
	for (size_t k = i + 1; k < d->cites->n && k < i + 8; k++) {
		const struct cite *o = &d->cites->v[k];
		if (o->parallel == CITE_NONE || (o->parallel != i && o->parallel != c->parallel) || o->at.beg > end + 60)
			break;
		end = end_of(o) > end ? end_of(o) : end;
	}
	return end;
}

/* Backwards over at most 24 citations, since one may have many within its parenthetical. */
uint32_t paren_owner(const struct reading *d, size_t i)
{
	size_t k = cites_from(d->cites, i);
	for (size_t steps = 0; k-- > 0 && steps < 24; steps++) {
		const struct cite *c = &d->cites->v[k];
		if (c->parenthetical.n && c->at.end <= i && i < c->full.end)
			return (uint32_t)k;
	}
	return CITE_NONE;
}

/* Names that stand for too many to mean a case. */
static bool common_party(span s)
{
	static const char *const all[] = { "united", "united states", "state", "people", "commonwealth", "government", "city", "county",
		"town", "board", "department", "new", "new york", "the", "national", "american", "first", "federal", "puerto", "puerto rico",
		"massachusetts", "california", "maine", "rhode", "rhode island", "missouri", "texas", "general", "international", "north",
		"south", "west", "east", "john", "james", "robert", "william", "united states of", "united states of america", "u.s", "u.s.",
		"court", "supreme", "supreme court", "congress", "secretary", "attorney", "attorney general", "commissioner", "director",
		"bank", "doe", "school", "union", "union pacific", "san", "los", "st", "st.", "mr", "mr.", "in", "in re", "ex", "ex parte", "we",
		"it", "he", "she", "this", "that", "plaintiff", "defendant", "appellant", "appellee", "petitioner", "respondent", 0 };
	for (const char *const *w = all; *w; w++)
		if (span_case_eq(s, span_of(*w)))
			return true;
	return s.n < 3;
}

/* A name of two documents means neither, unless both citations are of one document. */
static void take_name(struct reading *d, span name, uint32_t cite)
{
	bool fresh;
	if (common_party(name) || !is_upper(name.p[0]))
		return;
	uint32_t *slot = map_put(&d->names, name, &fresh);
	if (fresh)
		*slot = cite + 1;
	else if (*slot != NAME_TAKEN && (cite == NAME_TAKEN || !span_eq(address_document(d->cites->v[*slot - 1].address),
									    address_document(d->cites->v[cite].address))))
		*slot = NAME_TAKEN;
}

/* The party and its first one to four words. cite = NAME_TAKEN: they mean no case. */
static void take_party(struct reading *d, span party, uint32_t cite)
{
	size_t words = 0;
	party = span_trim(span_sub(party, 0, NAME_BYTES));
	for (size_t i = 1; i <= party.n && words < NAME_WORDS; i++) {
		if (i < party.n && !is_space(party.p[i]) && party.p[i] != ',')
			continue;
		words++;
		take_name(d, span_sub(party, 0, i), cite == NAME_TAKEN ? cite - 1 : cite);
		if (cite == NAME_TAKEN) {
			uint32_t *slot = map_get(&d->names, span_sub(party, 0, i));
			if (slot)
				*slot = NAME_TAKEN;
		}
		i = past_space(party, i);
	}
}

/* The parties of this very document are persons in it, not cases. */
static void bar_own_parties(struct reading *d)
{
	span title = d->r->doc.meta.title;
	for (size_t i = 0; i < title.n; i++) {
		size_t end = i;
		while (end < title.n && is_alnum(title.p[end]))
			end++;
		span word = span_sub(title, i, end);
		if (word.n > 2 && is_upper(word.p[0])) {
			/* Captions are often in capitals. */
			char *p = arena_raw(d->a, word.n, 1);
			for (size_t k = 0; k < word.n; k++)
				p[k] = k ? to_lower(word.p[k]) : word.p[k];
			*map_put(&d->names, word, 0) = NAME_TAKEN;
			*map_put(&d->names, (span){ p, word.n }, 0) = NAME_TAKEN;
		}
		i = end > i ? end : i;
	}
}

/* Filled when a bare name is first asked for, since many texts never ask. */
static void fill_names(struct reading *d)
{
	d->named = true;
	d->names.a = d->a;
	for (uint32_t i = 0; i < d->cites->n; i++) {
		const struct cite *c = &d->cites->v[i];
		if (c->kind != CITE_CASE || !is_case_cite(c) || c->parallel != CITE_NONE)
			continue;
		take_party(d, c->plaintiff, i);
		take_party(d, c->defendant, i);
	}
	bar_own_parties(d);
}

/* The end of the capitalised word at i; 0: none is there. */
static size_t capital_word(span t, size_t i)
{
	if (i >= t.n || !is_upper(t.p[i]))
		return 0;
	while (i < t.n && (is_alnum(t.p[i]) || (unsigned char)t.p[i] >= 0xC3 || (t.p[i] == '-' && i + 1 < t.n && is_upper(t.p[i + 1]))))
		i++;
	return i;
}

/* "Smith's" is Smith's own; "Smith's holding" is the case's. */
static bool owned(span t, size_t i)
{
	static const char *const parts[] = { "holding", "rule", "reasoning", "analysis", "test", "standard", "approach", "interpretation",
		"construction", "conclusion", "dicta", "dictum", "rationale", "requirement", "framework", 0 };
	size_t s = phrase_at(t, i, "'s");
	return s && !any_phrase(t, past_space(t, s), parts);
}

/* The case that the bare name means. Not when it is somebody's ("Smith's objection") nor the first half of a caption. */
static struct target named(struct reading *d, size_t beg, size_t end)
{
	struct target none = { .cite = CITE_NONE };
	if (!d->named)
		fill_names(d);
	uint32_t *slot = map_get(&d->names, span_sub(d->t, beg, end));
	if (!slot || *slot == NAME_TAKEN || owned(d->t, end) || phrase_at(d->t, past_space(d->t, end), "v."))
		return none;
	return (struct target){ *slot - 1, true, beg, end };
}

/* The longest run of capitalised words at i that names a case. */
static struct target name_at(struct reading *d, size_t i)
{
	struct target found = { .cite = CITE_NONE };
	size_t end = i, next = i;
	for (int words = 0; words < NAME_WORDS && (end = capital_word(d->t, next)) > 0; words++) {
		struct target t = named(d, i, end);
		if (t.cite != CITE_NONE)
			found = t;
		next = past_space(d->t, end);
	}
	/* Of four capitalised words or more, the name must reach the last of the four. */
	return end && found.cite != CITE_NONE && found.end < end ? (struct target){ .cite = CITE_NONE } : found;
}

/* The same to the left of i: the longest run of capitalised words that ends there. */
static struct target name_before(struct reading *d, size_t i)
{
	struct target found = { .cite = CITE_NONE };
	size_t beg = i;
	for (int words = 0; words < NAME_WORDS; words++) {
		size_t k = before_space(d->t, beg);
		size_t end = k;
		while (k && (is_alnum(d->t.p[k - 1]) || (unsigned char)d->t.p[k - 1] >= 0x80 || d->t.p[k - 1] == '-'))
			k--;
		if (k == end || !is_upper(d->t.p[k]))
			break;
		beg = k;
		struct target t = named(d, beg, i);
		if (t.cite != CITE_NONE)
			found = t;
	}
	/* "Judge Smith", "Mr. Smith", "Jones and Smith" are others. */
	return found.cite != CITE_NONE && found.beg > beg ? (struct target){ .cite = CITE_NONE } : found;
}

/* target = [signal] (citation | name citation | name). The full citation is preferred, as it needs no guess about names. */
struct target target_at(struct reading *d, size_t i)
{
	static const char *const signals[] = { "see", "see,", "e.g.,", "cases such as", "such as", 0 };
	i = past_phrases(d->t, i, signals);
	i = past_space(d->t, i);
	size_t first = cites_from(d->cites, i);
	for (size_t k = first; k < d->cites->n && k < first + 2; k++) {
		const struct cite *c = &d->cites->v[k];
		size_t beg = beg_of(c);
		if (beg > i)
			break;
		if (is_case_cite(c) && (beg == i || c->at.beg == i))
			return (struct target){ (uint32_t)k, false, i, group_end(d, (uint32_t)k) };
	}
	/* A name whose citation follows it: "Smith, 1 F.3d 2", "Smith v. Jones, 1 F.3d 2". */
	const struct cite *next = first < d->cites->n ? &d->cites->v[first] : NULL;
	if (next && is_case_cite(next) && beg_of(next) <= i && i < d->t.n && is_upper(d->t.p[i]))
		return (struct target){ (uint32_t)first, false, i, group_end(d, (uint32_t)first) };
	return name_at(d, i);
}

/* A citation that ends right here, with its parenthetical; of an order ("cert. denied, 3 U.S. 4") the case that it was about. Else a name. */
struct target target_before(struct reading *d, size_t i)
{
	while (i && (is_space(d->t.p[i - 1]) || d->t.p[i - 1] == ','))
		i--;
	size_t k = cites_from(d->cites, i);
	for (size_t steps = 0; k-- > 0 && steps < 12; steps++) {
		const struct cite *c = &d->cites->v[k];
		if (is_case_cite(c) && end_of(c) == i) {
			uint32_t head = case_of_order(d, c->parallel == CITE_NONE ? (uint32_t)k : c->parallel);
			return (struct target){ head, false, beg_of(&d->cites->v[head]), i };
		}
	}
	return name_before(d, i);
}
