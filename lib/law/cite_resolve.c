/* cite_resolve: id., short forms, supra and parallel citations, linked as the
 * scan goes. Citations inside a parenthetical are children: id. after it
 * means the case outside. What is not certain stays unlinked. */
#include "law/cite_private.h"

#include "base/hash.h"
#include "base/sort.h"

#define CHAIN_MAX 24 /* cases of one volume looked at for a short form */
#define OPINION_MAX_PAGES 300 /* from its first page; the longest of the United States Reports has some 270 */

/* Which footnote the byte stands in; by halving, as long opinions have hundreds. */
static bool in_footnote(const struct scan *s, uint32_t pos, size_t *which)
{
	const struct range *notes = s->ctx->footnotes;
	*which = s->ctx->nfootnotes ? count_below(&notes->end, s->ctx->nfootnotes, sizeof *notes, (uint64_t)pos + 1) : 0;
	return *which < s->ctx->nfootnotes && notes[*which].beg <= pos;
}

/* Footnotes have a chain of id. of their own: "Id." in note 4 means nothing in the text, and the other way round. */
static bool same_chain(const struct scan *s, uint32_t a, uint32_t b)
{
	size_t x, y;
	if (!s->ctx->nfootnotes)
		return true;
	bool fa = in_footnote(s, a, &x), fb = in_footnote(s, b, &y);
	return fa == fb && (!fa || x == y);
}

static bool is_case(const struct cite *c)
{
	return c->kind == CITE_CASE;
}

/* The text between two parallel citations holds pins and commas only. */
static bool parallel_gap(const struct scan *s, const struct cite *a, const struct cite *b)
{
	/* From the end of what follows the first, unless that reaches over the second. */
	uint32_t beg = a->full.end > a->at.end && a->full.end <= b->at.beg ? a->full.end : a->at.end;
	if (b->at.beg < a->at.end || b->at.beg - a->at.end > 60)
		return false;
	/* "275 Ga. 486, 488 [569 SE2d 502] (2002)" */
	if (b->at.beg && s->t.p[b->at.beg - 1] == '[' && a->full.end > b->at.end)
		return true;
	/* A court or a year in a bracket closes a citation: what comes then is another. */
	if (a->court_text.n || (a->year && beg != a->at.end && s->t.p[beg - 1] == ')'))
		return false;
	for (uint32_t i = beg; i < b->at.beg; i++) {
		char c = s->t.p[i];
		if (!is_space(c) && c != ',' && c != '[' && c != ']' && c != ';' && c != '(' && c != '=')
			return false;
		/* A semicolon after a year begins the next of a string. */
		if (c == ';' && b->volume.n && a->year)
			return false;
	}
	return true;
}

/* What one citation of a case has and its parallel lacks: the year and court stand behind the last only, the name before the first. */
static void share(struct cite *to, const struct cite *from)
{
	if (!to->year)
		to->year = from->year;
	if (!to->court_text.n && from->court_text.n) {
		to->court = from->court;
		to->court_text = from->court_text;
	}
	if (!to->court.n)
		to->court = from->court;
	if (!to->plaintiff.n && !to->defendant.n) {
		to->plaintiff = from->plaintiff;
		to->defendant = from->defendant;
	}
	if (!to->parenthetical.n)
		to->parenthetical = from->parenthetical;
}

enum { PARALLELS_MOST = 16 };

/* A case right behind another of the same bracket, with nothing of its own name between: one decision in two reports. All are linked to the
 * first. */
static void link_parallel(struct scan *s, uint32_t i)
{
	struct cite *c = &s->out->v[i];
	if (!i || !is_case(c) || c->full.beg != c->at.beg)
		return;
	struct cite *before = &s->out->v[i - 1];
	if (before->kind == CITE_DOCKET && before->year && !c->year && before->full.end <= c->at.beg && c->at.beg - before->full.end < 4) {
		share(c, before); /* "2010-0216 (La. 9/7/11), 74 So. 3d 603" */
		return;
	}
	if (!is_case(before) || before->parent != c->parent || !parallel_gap(s, before, c))
		return;
	uint32_t head = before->parallel == CITE_NONE ? i - 1 : before->parallel;
	if (i - head > PARALLELS_MOST)
		return; /* no case has so many: each would look at all before it */
	c->parallel = head;
	for (uint32_t k = head; k < i; k++)
		share(&s->out->v[k], c);
	share(c, &s->out->v[head]);
}

/* "410/U.S.": one chain for a volume of a reporter. */
static span volume_key(struct scan *s, const struct cite *c)
{
	return arena_printf(s->a, "%.*s/%.*s", SPAN_ARG(c->volume), SPAN_ARG(c->reporter));
}

/* The first run of digits, 0 when there is none; bounded, so that no digits overflow it. */
static uint64_t first_number(span s)
{
	uint64_t v = 0;
	size_t i = 0;
	while (i < s.n && !is_digit(s.p[i]))
		i++;
	for (; i < s.n && is_digit(s.p[i]) && v < 1000000000; i++)
		v = v * 10 + (uint64_t)(s.p[i] - '0');
	return v;
}

/* The first word of the short name stands in either party: "Roe" in "Roe v. Wade". */
static bool name_fits(span name, const struct cite *c)
{
	span word = { name.p, span_find_byte(name, ' ', 0) };
	while (word.n && (word.p[word.n - 1] == ',' || word.p[word.n - 1] == '.'))
		word.n--;
	return !name.n || (word.n && (span_find(c->plaintiff, word, 0) < c->plaintiff.n ||
				      span_find(c->defendant, word, 0) < c->defendant.n));
}

/* Cases of one volume are linked from the last back (s->cases). */
static void link_short(struct scan *s, uint32_t i)
{
	struct cite *c = &s->out->v[i];
	uint32_t found = CITE_NONE, named = CITE_NONE;
	uint64_t pin = first_number(c->pin);
	bool several = false, twice = false; /* more than one case fits; more than one of the name */
	if (c->antecedent != CITE_NONE) {
		found = c->antecedent;
	} else {
		uint32_t *last = map_get(&s->volumes, volume_key(s, c));
		uint32_t k = last ? *last - 1 : CITE_NONE;
		for (unsigned steps = 0; k != CITE_NONE && steps < CHAIN_MAX; k = s->cases.v[k].before, steps++) {
			const struct cite *o = &s->out->v[k];
			/* The page must be in the case: not before its first, and not 300 beyond, unless volumes are years. */
			if (pin && (first_number(o->page) > pin || (c->volume.n < 4 && first_number(o->page) + OPINION_MAX_PAGES < pin)))
				continue;
			if (c->plaintiff.n && name_fits(c->plaintiff, o)) {
				twice |= named != CITE_NONE && !span_eq(s->out->v[named].address, o->address);
				named = named == CITE_NONE ? k : named;
			}
			if (found == CITE_NONE)
				found = k;
			else if (!span_eq(s->out->v[found].address, o->address))
				several = true;
		}
		/* A name decides among several; without one, two cases of the volume that may have the page leave it open. */
		several |= twice;
		if (named != CITE_NONE && !twice)
			found = named;
		else if (several)
			found = CITE_NONE;
	}
	c = &s->out->v[i];
	if (found == CITE_NONE) {
		c->status = several ? CITE_AMBIGUOUS : c->status;
		return;
	}
	c->antecedent = found;
	c->address = s->out->v[found].address;
	if (!c->court.n)
		c->court = s->out->v[found].court;
}

/* An id.'s address: the antecedent's, with the section or subdivisions it adds. */
static void id_address(struct scan *s, struct cite *c, const struct cite *o)
{
	span base = o->address;
	c->code = o->code;
	c->title = o->title;
	if (!base.n)
		return;
	/* A section of its own replaces the one in the address and all below it. */
	if (c->section.n && (o->kind == CITE_STATUTE || o->kind == CITE_REGULATION || o->kind == CITE_RULE || o->section.n)) {
		size_t cut = span_find(base, o->kind == CITE_RULE ? SPAN("/r") : SPAN("/s"), span_find_byte(base, '/', 1));
		base = arena_printf(s->a, "%.*s/%c%.*s", (int)cut, base.p, o->kind == CITE_RULE ? 'r' : 's', SPAN_ARG(c->section));
	} else if (c->section.n) {
		base = (span){ 0 };
	/* Labels replace the labels that were there: "§ 5(a). Id. (b)" is § 5(b). */
	} else if (c->subdivisions.n && o->subdivisions.n) {
		for (size_t k = 0; k < o->subdivisions.n && base.n; k++)
			while (base.n && base.p[--base.n] != '/')
				;
	}
	for (size_t k = 0; base.n && k < c->subdivisions.n; k++)
		base = arena_printf(s->a, "%.*s/%.*s", SPAN_ARG(base), SPAN_ARG(c->subdivisions.v[k]));
	c->address = base;
}

/* A page before the case begins, or far behind it, is some other authority's. */
static bool pin_sane(const struct cite *o, span pin)
{
	uint64_t page = first_number(o->page), at_page = first_number(pin);
	bool paragraphs = pin.n && (unsigned char)pin.p[0] == 0xC2;
	/* Nothing to compare: blanks, volumes that are years, single volumes. */
	if (o->kind != CITE_CASE || !pin.n || !page || !at_page || o->volume.n == 4 || !o->volume.n)
		return true;
	/* Paragraphs are cited of a case that has them: cited so before, or in parallel reports. */
	if (paragraphs)
		return o->pin.n ? (unsigned char)o->pin.p[0] == 0xC2 : o->parallel != CITE_NONE;
	if (!is_digit(pin.p[0]))
		return true;
	return at_page >= page && at_page <= page + OPINION_MAX_PAGES;
}

static bool is_law(const struct cite *c)
{
	return c->kind == CITE_STATUTE || c->kind == CITE_RULE || c->kind == CITE_REGULATION || c->kind == CITE_CONSTITUTION;
}

/* "42 U.S.C. § 1983. Id. at 125.": whether a page is meant that only a case cited just before has. */
static bool page_of_case(const struct scan *s, const struct cite *o, uint32_t k, const struct cite *c)
{
	if (!is_law(o) || !c->pin.n || !is_digit(c->pin.p[0]) || c->section.n)
		return false;
	for (unsigned n = 0; k > 0 && n < 40 && (is_law(&s->out->v[k]) || s->out->v[k].parent != c->parent); n++)
		k--;
	const struct cite *before = &s->out->v[k];
	return before->kind == CITE_CASE && before->parent == c->parent && pin_sane(before, c->pin) && c->at.beg - before->at.beg < 600;
}

/* Backwards to the last authority that an id. can mean: the last one outside other brackets, of the same footnote or of the text. What fits badly
 * ends the search without a link: a wrong one is worse. */
static void link_id(struct scan *s, uint32_t i)
{
	struct cite *c = &s->out->v[i];
	/* 200 steps: citations between are few. */
	for (uint32_t k = i, steps = 0; k-- > 0 && steps < 200; steps++) {
		const struct cite *o = &s->out->v[k];
		/* Children of another case do not count; siblings within one parenthetical do. */
		if (o->parent != c->parent && o->parent != CITE_NONE)
			continue;
		if (o->parent == CITE_NONE && c->parent != CITE_NONE && o->at.end <= s->out->v[c->parent].at.beg && k != c->parent)
			return;
		if (!same_chain(s, o->at.beg, c->at.beg) || o->kind == CITE_REFERENCE)
			continue;
		if ((o->kind == CITE_DOCKET && !o->year) || (o->kind == CITE_CASE && o->history.n && o->antecedent != CITE_NONE))
			continue;
		/* A page is no section's: the case before it, when it may have that page. */
		if (page_of_case(s, o, k, c))
			continue;
		uint32_t target = o->kind == CITE_CASE || o->antecedent == CITE_NONE || o->history.n ? k : o->antecedent;
		if (o->parallel != CITE_NONE)
			target = o->parallel;
		if ((o->kind == CITE_ID || o->kind == CITE_SHORT_CASE || o->kind == CITE_SUPRA) && o->antecedent == CITE_NONE)
			return;
		if (!pin_sane(&s->out->v[target], c->pin)) {
			/* A later reporter of the same case may have that page. */
			if (o->kind != CITE_CASE || !pin_sane(o, c->pin))
				return;
			target = k;
		}
		c->antecedent = target;
		id_address(s, c, o->kind == CITE_ID ? o : &s->out->v[target]);
		return;
	}
}

/* The case that a name stands for, the left words of the name dropped until one is known; 0 when none. */
static uint32_t *party_find(struct scan *s, span *name)
{
	uint32_t *seen = 0;
	while (name->n && !(seen = map_get(&s->parties, *name))) {
		size_t space = span_find_byte(*name, ' ', 0);
		if (space >= name->n)
			break;
		*name = span_sub(*name, space + 1, name->n);
	}
	return seen;
}

/* Both names of "Smith v. Jones, supra" must be the case's. */
static bool both_names(const struct cite *c, const struct cite *o)
{
	span p = { c->plaintiff.p, span_find_byte(c->plaintiff, ' ', 0) }, d = { c->defendant.p, span_find_byte(c->defendant, ' ', 0) };
	return !c->defendant.n || !o->defendant.n ||
	       (span_find(o->plaintiff, p, 0) < o->plaintiff.n && span_find(o->defendant, d, 0) < o->defendant.n);
}

/* The number in "supra note 4"; 0 when it names none. */
static uint64_t note_number(const struct scan *s, const struct cite *c)
{
	static const char *const words[] = { "note", "n.", 0 };
	/* Past the five letters of "supra". */
	size_t k = blanks(s->t, c->at.beg + 5);
	k = at(s->t, k) == ',' ? blanks(s->t, k + 1) : k;
	size_t word = any_word(s->t, k, words, 0);
	return word ? first_number(span_sub(s->t, word, c->at.end)) : 0;
}

/* Where the footnote of that number that stands nearest before byte `at` begins; its place in the list, or their number. */
static size_t note_before(const struct scan *s, uint64_t number, uint32_t pos)
{
	const struct range *notes = s->ctx->footnotes;
	size_t k = s->ctx->nfootnotes;
	while (k-- > 0) {
		span head = span_sub(s->t, notes[k].beg, notes[k].beg + 8);
		size_t figures = 0;
		while (figures < head.n && !is_alnum(head.p[figures]))
			figures++;
		if (notes[k].beg < pos && figures < head.n && is_digit(head.p[figures]) &&
		    first_number(span_sub(head, figures, digits(head, figures))) == number)
			return k;
	}
	return s->ctx->nfootnotes;
}

/* "Smith, supra note 4": the case that footnote 4 cites under that name. Without a name it is the note itself that is meant. */
static bool link_note(struct scan *s, uint32_t i)
{
	struct cite *c = &s->out->v[i];
	uint64_t number = s->ctx->nfootnotes && c->plaintiff.n ? note_number(s, c) : 0;
	size_t k = number ? note_before(s, number, c->at.beg) : s->ctx->nfootnotes;
	uint32_t found = CITE_NONE;
	if (k == s->ctx->nfootnotes)
		return false;
	const struct range *note = &s->ctx->footnotes[k];
	for (size_t j = cites_from(s->out, note->beg); j < i && s->out->v[j].at.beg < note->end; j++) {
		const struct cite *o = &s->out->v[j];
		if (o->kind == CITE_ID || !o->address.n || o->parallel != CITE_NONE || !is_case(o) || !name_fits(c->plaintiff, o))
			continue;
		uint32_t target = o->antecedent == CITE_NONE || o->history.n ? (uint32_t)j : o->antecedent;
		if (found != CITE_NONE && !span_eq(s->out->v[found].address, s->out->v[target].address))
			return false; /* several: not said which */
		found = target;
	}
	if (found == CITE_NONE)
		return false;
	c->antecedent = found;
	c->address = s->out->v[found].address;
	return true;
}

/* By the note's number when footnotes are known, else by name: the first party, then the second when the first is unknown or of two cases. */
static void link_supra(struct scan *s, uint32_t i)
{
	struct cite *c = &s->out->v[i];
	span name = c->plaintiff, other = c->defendant;
	if (link_note(s, i))
		return;
	uint32_t *seen = party_find(s, &name);
	if (c->defendant.n && (!seen || *seen & PARTY_TWICE)) {
		uint32_t *second = party_find(s, &other);
		seen = second ? second : seen;
	}
	if (!seen)
		return;
	const struct cite *o = &s->out->v[(*seen & PARTY_INDEX) - 1];
	if (*seen & PARTY_TWICE) {
		c->status = CITE_AMBIGUOUS;
		return;
	}
	/* A case known from a parenthetical only is not what the text spoke of above. */
	if (!both_names(c, o) || (o->parent != CITE_NONE && c->parent == CITE_NONE))
		return;
	c->antecedent = *seen - 1;
	c->address = o->address;
	if (!c->defendant.n) {
		c->plaintiff = name;
		c->full.beg = (uint32_t)(name.p - s->t.p);
	}
}

/* A decision of the same case has its name. */
static void name_share(struct cite *c, const struct cite *o)
{
	if (c->plaintiff.n)
		return;
	c->plaintiff = o->plaintiff;
	c->defendant = o->defendant;
}

/* "quoting", "citing", "cited with approval in": what follows hangs on the case before. */
static bool lead_word(span gap, size_t lead)
{
	static const char *const words[] = { "quoting", "citing", "cited in", "cited with approval in", "quoted in", "quoted with approval in", 0 };
	for (int w = 0; words[w]; w++) {
		span word = span_of(words[w]), rest = span_sub(gap, lead, gap.n);
		if (span_case_starts(rest, word) && span_trim(span_sub(rest, word.n, rest.n)).n == 0)
			return true;
	}
	return false;
}

/* Later history: "aff'd, 123 F.2d 4", "cert. denied, 375 U.S. 930". */
static void link_history(struct scan *s, uint32_t i)
{
	static const char *const words[] = { "aff'd", "aff’d", "affirmed", "rev'd", "rev’d", "reversed", "vacated", "remanded", "cert. denied",
		"certiorari denied", "cert. granted", "cert. dismissed", "reh'g denied", "reh’g denied", "rehearing denied", "overruled by",
		"overruled in part by", "overruled on other grounds by", "abrogated by", "superseded by", "modified", "appeal dismissed",
		"appeal denied", "aff'g", "rev'g", "overruling", "abrogating", "as amended", "opinion withdrawn", "writ denied", "review denied",
		"reh. den.", "cert. den.", "rev. denied", "overruled", "abrogated", "superseded", "disapproved", "questioned", 0 };
	struct cite *c = &s->out->v[i];
	if (!is_case(c) || !i)
		return;
	uint32_t k = i - 1;
	for (unsigned n = 0; k && n < 64 && s->out->v[k].parent != c->parent; n++)
		k--;
	const struct cite *o = &s->out->v[k];
	uint32_t beg = o->full.end > o->at.end ? o->full.end : o->at.end, end = c->full.beg < c->at.beg ? c->full.beg : c->at.beg;
	if (!is_case(o) || o->parent != c->parent || end < beg || end - beg > 70 || end - beg < 6)
		return;
	if (c->parallel != CITE_NONE)
		return;
	span gap = span_sub(s->t, beg, end);
	size_t lead = 0;
	while (lead < gap.n && (is_space(gap.p[lead]) || strchr(",;[(", gap.p[lead])))
		lead++;
	if (lead_word(gap, lead)) {
		c->parent = k; /* "quoting Jones v. Doe": what the case before quotes */
		return;
	}
	for (int w = 0; words[w]; w++) {
		span word = span_of(words[w]);
		size_t p = lead;
		for (int skip = 0; skip < 4 && p < gap.n; skip++) {
			if (span_case_starts(span_sub(gap, p, gap.n), word)) {
				c->history = span_sub(gap, p, p + word.n);
				c->antecedent = o->parallel == CITE_NONE ? k : o->parallel;
				name_share(c, o);
				return;
			}
			p = span_find_byte(gap, ' ', p) + 1;
		}
	}
}

/* After "Name, supra," the page is one within a case: by supra, or the case of that volume and name. */
static void link_within(struct scan *s, uint32_t i)
{
	struct cite *c = &s->out->v[i];
	if (!i || s->out->v[i - 1].kind != CITE_SUPRA || c->full.beg > s->out->v[i - 1].at.beg || c->antecedent != CITE_NONE)
		return;
	uint32_t *last = map_get(&s->volumes, volume_key(s, c));
	for (uint32_t k = last ? *last - 1 : CITE_NONE, n = 0; k != CITE_NONE && n < CHAIN_MAX; k = s->cases.v[k].before, n++)
		if (c->plaintiff.n && name_fits(c->plaintiff, &s->out->v[k]) && first_number(s->out->v[k].page) <= first_number(c->page)) {
			c->antecedent = k;
			c->address = s->out->v[k].address;
			return;
		}
}

/* The case becomes the head of its volume's chain, for short forms that follow. */
static void note_case(struct scan *s, uint32_t i)
{
	struct cite *c = &s->out->v[i];
	if (!c->volume.n || !is_case(c) || !c->address.n || (c->antecedent != CITE_NONE && !c->history.n))
		return;
	uint32_t *last = map_put(&s->volumes, volume_key(s, c), 0), address = hash_word(c->address);
	while (s->cases.n <= i) /* other citations leave theirs empty */
		PUSH(s->a, &s->cases);
	struct case_link *v = s->cases.v;
	v[i] = (struct case_link){ *last ? *last - 1 : CITE_NONE, address };
	/* A case cited before comes to the front, so that a chain holds each once. */
	for (uint32_t k = v[i].before, before = i, steps = 0; k != CITE_NONE && steps < 16; before = k, k = v[k].before, steps++)
		if (v[k].address == address && span_eq(s->out->v[k].address, c->address)) {
			v[before].before = v[k].before;
			break;
		}
	*last = i + 1;
}

/* Citations are linked as they come, once, and only backwards: so all that is asked for is known, and each is done in bounded steps. */
void cites_link(struct scan *s, size_t from)
{
	for (uint32_t i = (uint32_t)from; i < s->out->n; i++) {
		switch (s->out->v[i].kind) {
		case CITE_CASE:
			link_parallel(s, i);
			link_within(s, i);
			link_history(s, i);
			note_case(s, i);
			parties_note(s, i);
			break;
		case CITE_SHORT_CASE:
			link_short(s, i);
			break;
		case CITE_ID:
			link_id(s, i);
			break;
		case CITE_SUPRA:
			link_supra(s, i);
			break;
		default:
			break;
		}
	}
}
