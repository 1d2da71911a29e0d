/* cite_const: constitutions, by name, by amendment, by article. */
#include "law/cite_private.h"

static const char *const ordinals[] = { "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
	"eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
	"twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh", 0 };

/* number = roman | digits ["st" | "nd" | "rd" | "th"] | ordinal word */
static size_t ordinal(span t, size_t i, unsigned *value)
{
	int which;
	size_t end = any_word(t, i, ordinals, &which);
	if (end) {
		*value = (unsigned)which + 1;
		return end;
	}
	end = digits(t, i);
	/* At most two figures: no constitution has a hundred articles or amendments, and a year is none. */
	if (end > i && end < i + 3) {
		*value = (unsigned)(t.p[i] - '0');
		if (end == i + 2)
			*value = *value * 10 + (unsigned)(t.p[i + 1] - '0');
		if (is_lower((char)at(t, end)) && is_lower((char)at(t, end + 1)) && !is_alpha((char)at(t, end + 2)))
			end += 2;
		return is_alpha((char)at(t, end)) ? 0 : end;
	}
	return roman(t, i, value);
}

/* One clause of a constitution, outermost first. */
struct clause {
	const char *level; /* "amd", "art", "pt" */
	unsigned number;
	span section, clause;
	struct spans subs;
	size_t end;
};

/* [","] sign number [subs] [","] ["cl." number] */
static void clause_section(struct scan *s, size_t i, struct clause *p)
{
	static const char *const clauses[] = { "cls.", "cl.", "clause", "para.", "par.", "paragraph", "subd.", 0 };
	span t = s->t;
	bool plural;
	size_t k = blanks(t, i), mark, end;
	k = at(t, k) == ',' ? blanks(t, k + 1) : k;
	mark = sign(t, k, &plural);
	mark = mark ? mark : paragraph_sign(t, k);
	/* No sign: after an article "cl." alone may follow, in small letters. */
	size_t only = mark ? 0 : any_word(t, k, clauses, 0), number = only ? blanks(t, only) : 0;
	if (only && k > i && digits(t, number) > number && t.p[k] == 'c') { /* "art. VI, cl. 2" */
		p->clause = span_sub(t, number, digits(t, number));
		p->end = digits(t, number);
		return;
	}
	k = mark ? blanks(t, mark) : 0;
	end = k ? digits(t, k) : 0;
	/* Sections are figures, as a rule; a few states count theirs in roman capitals: "art. III, § IV". */
	if (end <= k) {
		unsigned v;
		end = k && is_upper((char)at(t, k)) ? roman(t, k, &v) : 0;
		if (!end)
			return;
	}
	if (is_alpha((char)at(t, end)) && !is_alpha((char)at(t, end + 1)))
		end++;
	else if (at(t, end) == '-' && is_upper((char)at(t, end + 1)) && !is_alnum((char)at(t, end + 2)))
		end += 2; /* Maine's § 6-A */
	p->section = span_sub(t, k, end);
	/* Subdivisions in brackets, then those in words: "§ 5(B)", "§ 6, subd. (a)". */
	p->end = subdivisions_named(s, subdivisions_read(s, end, &p->subs), &p->subs);
	k = blanks(t, p->end);
	k = at(t, k) == ',' ? blanks(t, k + 1) : k;
	k = any_word(t, k, clauses, 0);
	k = k ? blanks(t, k) : 0;
	end = k ? digits(t, k) : 0;
	if (end > k) {
		p->clause = span_sub(t, k, end);
		p->end = end;
	}
}

/* place = ("amend." | "art." | "pt.") number [section] */
static size_t clause_read(struct scan *s, size_t i, struct clause *p)
{
	static const char *const amends[] = { "amends.", "amend.", "amendments", "amendment", "amdts.", "amdt.", "amend", "amdt", 0 };
	static const char *const articles[] = { "arts.", "art.", "articles", "article", "art", 0 };
	static const char *const parts[] = { "pt.", "part", 0 };
	span t = s->t;
	size_t k = any_word(t, i, amends, 0), end;
	*p = (struct clause){ 0 };
	p->level = k ? "amd" : 0;
	if (!k && (k = any_word(t, i, articles, 0)))
		p->level = "art";
	if (!k && (k = any_word(t, i, parts, 0)))
		p->level = "pt";
	if (!k)
		return 0;
	end = ordinal(t, blanks(t, k), &p->number);
	if (!end)
		return 0;
	p->end = end;
	clause_section(s, end, p);
	return p->end;
}

/* Its address is "/us/const/amd14/s1/cl2": level and number of the outermost clause, then section, clause, subdivisions. A state that is
 * not known leaves it without one; a known one is remembered for articles that follow without a name. */
static struct cite *constitution_add(struct scan *s, size_t beg, const struct clause *p, uint8_t state)
{
	struct cite *c = cite_add(s, CITE_CONSTITUTION, beg, p->end);
	c->code = SPAN("const");
	c->section = p->section;
	c->subdivisions = p->subs;
	c->title = p->number ? arena_printf(s->a, "%s%u", p->level, p->number) : span_of(p->level);
	if (state >= state_rows_n)
		return c;
	struct span_list { span v[12]; size_t n; } seg = { .n = 0 };
	c->address = arena_printf(s->a, "/%.*s/const/%.*s", SPAN_ARG(state_rows[state].id), SPAN_ARG(c->title));
	if (p->section.n)
		seg.v[seg.n++] = arena_printf(s->a, "s%.*s", SPAN_ARG(p->section));
	if (p->clause.n)
		seg.v[seg.n++] = arena_printf(s->a, "cl%.*s", SPAN_ARG(p->clause));
	for (size_t k = 0; k < p->subs.n && seg.n < 12; k++)
		seg.v[seg.n++] = p->subs.v[k];
	for (size_t k = 0; k < seg.n; k++)
		c->address = arena_printf(s->a, "%.*s/%.*s", SPAN_ARG(c->address), SPAN_ARG(seg.v[k]));
	s->const_state = state;
	return c;
}

/* ["of" | "to" ["the"]] constitution after a place: its end, the state; 0 */
static size_t constitution_after(struct scan *s, size_t i, uint8_t *state)
{
	struct hit hits[HITS_MAX];
	span t = s->t;
	size_t k = blanks(t, i), w;
	k = at(t, k) == ',' ? blanks(t, k + 1) : k;
	bool comma = k > i && is_upper((char)at(t, k)); /* "Article II, Ohio Constitution" */
	w = word_here(t, k, "of");
	w = w ? w : word_here(t, k, "to");
	if (!w && !comma)
		return 0;
	k = w ? blanks(t, w) : k;
	w = word_here(t, k, "the");
	k = w ? blanks(t, w) : k;
	w = comma ? 0 : word_here(t, k, "constitution");
	/* The name of a constitution in the table of codes; its row may be one for any state, whose state is then in the name. */
	unsigned n = trie_hits(t, k, false, hits);
	for (unsigned j = 0; j < n; j++) {
		const struct code_row *r = &code_rows[ENTRY_ROW(hits[j].entry)];
		if (ENTRY_KIND(hits[j].entry) == ENTRY_CODE && r->form == FORM_CONST) {
			*state = r->state == STATE_ANY ? hits[j].state : r->state;
			return hits[j].end;
		}
	}
	/* "of the Constitution" with no state is the one that was named last, else that of the United States. */
	if (w)
		*state = s->const_state != STATE_NONE ? s->const_state : 0;
	return w;
}

/* The rest of a list: "amends. V, XIV", "amend. XIV, §§ 1, 5"; where it ends. */
static size_t constitution_more(struct scan *s, size_t beg, struct clause p, uint8_t state)
{
	span t = s->t;
	/* Only after "§§" is a bare number one more section. */
	bool plural = span_find(span_sub(t, beg, p.end), SPAN("\xC2\xA7\xC2\xA7"), 0) < p.end - beg;
	/* Eight at most: every list is bounded, so the scan stays linear. */
	for (unsigned n = 0; n < 8; n++) {
		size_t k = blanks(t, p.end), word;
		struct clause q = { .level = p.level };
		bool comma = at(t, k) == ',' || at(t, k) == ';';
		k = comma ? blanks(t, k + 1) : k;
		word = word_here(t, k, "and");
		word = word ? word : at(t, k) == '&' ? k + 1 : 0;
		k = word ? blanks(t, word) : k;
		size_t figures = digits(t, k);
		if (clause_read(s, k, &q) && (comma || word)) {
			constitution_add(s, k, &q, state);
		} else if ((comma || word) && p.section.n && plural && figures > k && figures < k + 3 && !citation_at(s, k)) { /* "amend. XIV, §§ 1, 5" */
			q = p;
			q.section = span_sub(t, k, figures);
			q.clause = (span){ 0 };
			q.subs = (struct spans){ 0 };
			q.end = subdivisions_read(s, figures, &q.subs);
			constitution_add(s, k, &q, state);
		} else if ((comma || word) && is_upper((char)at(t, k)) && (q.end = roman(t, k, &q.number)) && q.number < 60) {
			q.level = p.level;
			clause_section(s, q.end, &q);
			constitution_add(s, k, &q, state);
		} else {
			break;
		}
		p = q;
	}
	return p.end;
}

/* Named first: "U.S. Const. amend. XIV, § 1", "Mo. Const. art. VI, § 5" */
size_t constitution_read(struct scan *s, size_t beg, const struct hit *h)
{
	static const char *const preambles[] = { "pmbl.", "preamble", 0 };
	const struct code_row *row = &code_rows[ENTRY_ROW(h->entry)];
	uint8_t state = row->state == STATE_ANY ? h->state : row->state;
	struct clause p = { 0 };
	span t = s->t;
	/* The name may carry a period, and a short bracket behind it. */
	size_t i = h->end + (at(t, h->end) == '.'), end;
	if (at(t, blanks(t, i)) == '(' && close_paren(t, blanks(t, i), 10))
		i = close_paren(t, blanks(t, i), 10);
	i = blanks(t, i);
	i = at(t, i) == ',' ? blanks(t, i + 1) : i;
	/* "Ga. Const. of 1983, art. I", "Ill. Const. 1970, art. I" */
	size_t of = word_here(t, i, "of"), year = of ? blanks(t, of) : i;
	if (digits(t, year) == year + 4 && year_of(span_sub(t, year, year + 4)))
		i = blanks(t, year + 4 + (at(t, year + 4) == ','));
	if ((end = any_word(t, i, preambles, 0))) {
		p.level = "preamble";
		p.end = end;
	} else if (!clause_read(s, i, &p)) {
		bool plural;
		/* Some constitutions are cited by section alone: "Ky. Const. § 170". */
		if (!sign(t, i, &plural))
			return 0;
		clause_section(s, i, &p);
		p.level = "sec";
		if (!p.end || !p.section.n)
			return 0;
	} else {
		struct clause in;
		size_t next = blanks(t, p.end + (at(t, p.end) == ','));
		/* "pt. 1, art. 30": the article is what is kept; the part is not in the address. */
		if (p.level[0] == 'p' && at(t, p.end) == ',' && clause_read(s, next, &in))
			p = (struct clause){ "art", in.number, in.section, in.clause, in.subs, in.end };
	}
	struct cite *c = constitution_add(s, beg, &p, state);
	c->signal = signal_before(t, beg, s->floor < beg ? s->floor : beg);
	return constitution_more(s, beg, p, state);
}

/* ordinal { "," | "and" ordinal } "Amendment" ["s"] */
size_t amendment_read(struct scan *s, size_t beg)
{
	static const char *const nouns[] = { "amendments", "amendment", "amend.", "amends.", 0 };
	struct clause p[8] = { 0 };
	struct range where[8];
	span t = s->t;
	size_t n = 0, i = beg, end = 0, noun = 0;
	uint8_t state = 0;
	/* Each number is kept with its own place, since one citation a number comes of it. */
	while (n < 8 && (end = ordinal(t, i, &p[n].number))) {
		/* No amendment beyond the 27th is read: there is none. */
		if (!p[n].number || p[n].number > 27)
			return 0;
		where[n] = (struct range){ (uint32_t)i, (uint32_t)end };
		n++;
		size_t k = blanks(t, end), word;
		if ((noun = any_word(t, k, nouns, 0)))
			break;
		bool comma = at(t, k) == ',';
		k = comma ? blanks(t, k + 1) : k;
		word = word_here(t, k, "and");
		word = word ? word : word_here(t, k, "or");
		word = word ? word : at(t, k) == '&' ? k + 1 : 0;
		if (!comma && !word)
			return 0;
		i = blanks(t, word ? word : k);
	}
	/* A capital is asked of the noun: "the first amendment" of a complaint is written small. */
	if (!noun || !n || !is_upper((char)at(t, blanks(t, where[n - 1].end))))
		return 0;
	size_t after = constitution_after(s, noun, &state);
	/* "the First Amendment to the Lease" */
	size_t to = word_here(t, blanks(t, noun), "to");
	if (!after && to && (word_here(t, blanks(t, to), "the") || word_here(t, blanks(t, to), "this")) && n == 1)
		return 0;
	for (size_t k = 0; k < n; k++) {
		p[k].level = "amd";
		/* Only the last of a list owns the noun: in "the Fourth and Fifth Amendments" the first ends after "Fourth". */
		p[k].end = k + 1 == n ? noun : where[k].end;
		struct cite *c = constitution_add(s, where[k].beg, &p[k], state);
		if (k + 1 == n && after)
			c->full.end = (uint32_t)after;
	}
	return noun;
}

/* "U.N. Charter art. 2, ¶ 4", "Convention art. 36": articles of what is no constitution. */
static bool of_instrument(span t, size_t beg)
{
	static const char *const words[] = { "charter", "convention", "treaty", "covenant", "protocol", "agreement", "bylaws", "declaration", "code", "compact" };
	size_t end = blanks_back(t, beg, beg > 8 ? beg - 8 : 0);
	end -= end && t.p[end - 1] == ',';
	for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
		span w = span_of(words[k]);
		if (end >= w.n && span_case_eq(span_sub(t, end - w.n, end), w) && starts_word(t, end - w.n))
			return true;
	}
	return false;
}

/* "Article I, Section 8", "art. III, § 2 of the Constitution", "Amdt. XIV § 3" */
size_t article_read(struct scan *s, size_t beg)
{
	struct clause p;
	uint8_t state = STATE_NONE;
	span t = s->t;
	size_t end = clause_read(s, beg, &p);
	/* A part alone ("part 3") is too common in prose to begin a citation. */
	if (!end || p.level[0] == 'p' || of_instrument(t, beg))
		return 0;
	size_t after = constitution_after(s, end, &state);
	/* With no constitution named, an article is one only with its section ("art. III, § 2"), and an amendment without a section only when
	 * it is not in figures. */
	if (!after) {
		bool figures = false;
		for (size_t k = beg; k < end; k++)
			figures |= is_digit(t.p[k]) && !p.section.n;
		size_t of = word_here(t, blanks(t, end), "of");
		if (of || figures || (!p.section.n && p.level[1] == 'r') || p.number > 60)
			return 0;
		/* Bare articles I to VII are read as those of the United States when the text is of no state and none was named. */
		state = s->const_state != STATE_NONE ? s->const_state : s->state == STATE_NONE && p.number <= 7 ? 0 : STATE_NONE;
		if (p.level[1] == 'm')
			state = state == STATE_NONE ? 0 : state;
	}
	constitution_add(s, beg, &p, state);
	if (after)
		s->out->v[s->out->n - 1].full.end = (uint32_t)after;
	return after ? after : p.end;
}

/* "Section 5(B), Article IV of the Ohio Constitution": the article after the section. */
size_t constitution_section(struct scan *s, size_t beg, size_t i, const struct items *items)
{
	struct clause p, one;
	uint8_t state = STATE_NONE;
	span t = s->t;
	size_t k = blanks(t, i), of, after;
	k = at(t, k) == ',' ? blanks(t, k + 1) : k;
	of = word_here(t, k, "of");
	k = of ? blanks(t, of) : k;
	if (!clause_read(s, k, &p) || p.level[0] != 'a' || p.section.n)
		return 0;
	after = constitution_after(s, p.end, &state);
	if (!after)
		return 0;
	/* One citation a section; the first carries the words from its beginning on, the last those up to the constitution's name. */
	for (size_t j = 0; j < items->n; j++) {
		one = p;
		one.section = items->v[j].number;
		one.subs = items->v[j].subs;
		one.end = j + 1 == items->n ? after : items->v[j].at.end;
		constitution_add(s, j ? items->v[j].at.beg : beg, &one, state);
	}
	return after;
}
