/* cite_prose: sections whose code is named after them or nearby: "section
 * 1983 of title 42", "section 610.100, RSMo", "§ 484(a)", "subdivision (2) of
 * subsection 1 of this section". */
#include "law/cite_private.h"

static span title_of_context(const struct scan *s)
{
	span addr = s->ctx->address;
	size_t t = span_find(addr, SPAN("/t"), 1);
	return t < addr.n && is_digit((char)at(addr, t + 2))
		? span_sub(addr, t + 2, span_find_byte(addr, '/', t + 1)) : (span){ 0 };
}

static const struct code_row *context_row(const struct scan *s)
{
	return s->ctx->code.n && s->state != STATE_NONE ? code_by_id(s->state, s->ctx->code) : 0;
}

/* "title 42 [, United States Code | of the United States Code]" */
static size_t title_after(struct scan *s, size_t k, struct home *h)
{
	static const char *const codes[] = { "united states code", "u.s.c.", "u.s. code", "the united states code", "of the united states code",
					     "of the u.s. code", "of the u.s.c.", 0 };
	span t = s->t;
	size_t i = word_here(t, k, "title"), end, more;
	i = i ? blanks(t, i) : 0;
	end = i ? digits(t, i) : 0;
	if (end <= i || end > i + 2)
		return 0;
	h->title = span_sub(t, i, end);
	more = blanks(t, end);
	more = at(t, more) == ',' ? blanks(t, more + 1) : more;
	more = any_word(t, more, codes, 0);
	if (!more && s->state != STATE_NONE && s->state)
		return 0;
	h->row = code_by_id(0, SPAN("usc"));
	h->state = 0;
	return h->end = more ? more : end;
}

/* "of 49 U.S.C." */
static bool titled_after(struct scan *s, size_t k, struct home *h)
{
	struct hit hits[HITS_MAX];
	size_t end = digits(s->t, k);
	unsigned n = end > k && end < k + 4 ? trie_hits(s->t, blanks(s->t, end), false, hits) : 0;
	for (unsigned j = 0; j < n; j++) {
		const struct code_row *r = &code_rows[ENTRY_ROW(hits[j].entry)];
		if (ENTRY_KIND(hits[j].entry) != ENTRY_CODE || r->form != FORM_TITLE)
			continue;
		*h = (struct home){ r, span_sub(s->t, k, end), r->state == STATE_ANY ? hits[j].state : r->state, hits[j].end, false };
		h->end += at(s->t, h->end) == '.';
		return true;
	}
	return false;
}

static bool code_hit(struct scan *s, size_t k, struct home *h, bool comma)
{
	struct hit hits[HITS_MAX];
	unsigned n = trie_hits(s->t, k, false, hits);
	const struct code_row *best = 0;
	for (unsigned j = 0; j < n; j++) {
		if (ENTRY_KIND(hits[j].entry) != ENTRY_CODE || (best && hits[j].end < h->end))
			continue;
		const struct code_row *r = &code_rows[ENTRY_ROW(hits[j].entry)];
		if (r->form != FORM_SEC && !(r->form == FORM_ACT && !comma) && r->form != FORM_RESTATEMENT)
			continue;
		if (best && r->state != s->state)
			continue;
		best = r;
		h->state = r->state == STATE_ANY ? hits[j].state : r->state;
		h->end = hits[j].end;
	}
	h->row = best;
	if (best && at(s->t, h->end) == '.' && !is_space((char)at(s->t, h->end + 1)) && at(s->t, h->end + 1))
		h->end++;
	return best != 0;
}

/* [","] ["of" ["the"]] (title | code) */
void home_after(struct scan *s, size_t end, struct home *h)
{
	static const char *const acts[] = { "act", "agreement", "contract", "lease", "policy", "plan", "bylaws", "treaty", "statute", "ordinance",
					    "guidelines", "rules", "code", "charter", "constitution", "bill", "convention",
					    "pub.", "public law", "p.l.", 0 };
	span t = s->t;
	size_t k = blanks(t, end), of;
	bool comma = at(t, k) == ',';
	*h = (struct home){ .state = STATE_NONE };
	k = comma ? blanks(t, k + 1) : k;
	if (at(t, k) == '[') { /* "section 1000(a)(9) [title IV, Sec. 4731] of Pub. L. 106-113" */
		size_t close = span_find_byte(span_sub(t, k, k + 60), ']', 0);
		k = close < 60 && k + close < t.n ? blanks(t, k + close + 1) : k;
	} else if (at(t, k) == ']') {
		k = blanks(t, k + 1);
	}
	of = word_here(t, k, "of");
	of = of ? of : word_here(t, k, "under");
	if (!of) {
		if (is_upper((char)at(t, k)) && (code_hit(s, k, h, true) || !comma))
			return;
		return;
	}
	k = blanks(t, of);
	if (title_after(s, k, h) || titled_after(s, k, h))
		return;
	size_t this_word = word_here(t, k, "this");
	if (this_word && (word_here(t, blanks(t, this_word), "title") || word_here(t, blanks(t, this_word), "chapter"))) {
		h->row = context_row(s);
		h->title = title_of_context(s);
		h->state = s->state;
		return;
	}
	size_t the = word_here(t, k, "the");
	size_t noun = blanks(t, the ? the : this_word ? this_word : k);
	if (is_upper((char)at(t, noun)) && code_hit(s, noun, h, false))
		return;
	h->other = the || this_word || word_here(t, k, "that") || word_here(t, k, "such") ||
		   any_word(t, noun, acts, 0) != 0;
}

/* "16-2313": the United States Code has a letter before its hyphens. */
static bool never_federal(const struct code_row *row, span number)
{
	size_t end = digits(number, 0);
	bool joined = end && at(number, end) == '-' && is_digit((char)at(number, end + 1));
	bool federal = row->state == 0 && (span_eq(row->id, SPAN("usc")) || span_eq(row->id, SPAN("irc")));
	return federal && (joined || at(number, end) == ':');
}

/* 2B5.1: a letter within figures, then a period: the Sentencing Guidelines count so, and no code. */
static bool of_guidelines(span number)
{
	return is_digit((char)at(number, 0)) && is_upper((char)at(number, 1)) && is_digit((char)at(number, 2)) && at(number, digits(number, 2)) == '.';
}

/* The code by what was cited before, by the document, by the shape of the number. */
void home_before(struct scan *s, span number, bool by_sign, struct home *h)
{
	bool parted = number_parted(number);
	if (of_guidelines(number) && s->state == STATE_NONE) {
		h->row = code_by_id(0, SPAN("ussg"));
		h->state = 0;
		return;
	}
	uint32_t *seen = map_get(&s->sections, number);
	if (seen) {
		const struct cite *c = &s->out->v[*seen - 1];
		for (unsigned k = 0; k < 2; k++)
			if (s->last[k].row && span_eq(s->last[k].row->id, c->code) && span_eq(s->last[k].title, c->title)) {
				h->row = s->last[k].row;
				h->title = c->title;
				h->state = s->last[k].state;
				return;
			}
		span id = span_sub(c->address, 1, span_find_byte(c->address, '/', 1));
		h->state = state_by_id(id);
		h->row = code_by_id(h->state, c->code);
		h->title = c->title;
		if (h->row)
			return;
	}
	const struct code_row *own = context_row(s);
	if (own && own->kind <= CODE_REGULATION && (!own->dot || parted) && !(parted && span_eq(own->id, SPAN("usc")))) {
		h->row = own;
		h->title = title_of_context(s);
		h->state = s->state;
		return;
	}
	for (unsigned k = 0; k < 2; k++) {
		unsigned j = parted && s->last[1].row && s->last[1].parted && !(s->last[0].row && s->last[0].parted) ? 1 - k : k;
		if (!s->last[j].row || s->last[j].parted != parted || (!parted && !by_sign) || never_federal(s->last[j].row, number))
			continue;
		h->row = s->last[j].row;
		h->title = s->last[j].title;
		h->state = s->last[j].state;
		return;
	}
	if (s->state == STATE_NONE || !parted)
		return;
	for (size_t k = 0; k < code_rows_n; k++)
		if (code_rows[k].state == s->state && code_rows[k].kind == CODE_STATUTE && code_rows[k].form == FORM_SEC) {
			if (code_rows[k].dot || !own) {
				h->row = &code_rows[k];
				h->state = s->state;
			}
			return;
		}
}

/* "ch. 1019, " stands before byte i: the chapter of an act. */
static bool after_chapter(span t, size_t i)
{
	while (i && is_space(t.p[i - 1]))
		i--;
	if (!i || t.p[--i] != ',')
		return false;
	size_t end = i;
	while (i && is_digit(t.p[i - 1]))
		i--;
	if (i == end)
		return false;
	while (i && is_space(t.p[i - 1]))
		i--;
	return i > 2 && span_case_eq(span_sub(t, i - 3, i), SPAN("ch."));
}

/* A section of the law that was just named: "Pub. L. 111-175, title I, Sec. 107(a)", "Mar. 3, 1903, ch. 1019, Sec. 3". */
static bool of_session_law(const struct scan *s, size_t beg)
{
	if (after_chapter(s->t, beg))
		return true;
	const struct cite *c = s->out->n ? &s->out->v[s->out->n - 1] : 0;
	if (!c || c->kind != CITE_SESSION_LAW || c->full.end >= beg || beg - c->full.end > 240 || at(s->t, c->full.end) != ',')
		return false;
	for (size_t i = c->full.end; i < beg; i++)
		if (at(s->t, i) == ';' || (at(s->t, i) == '.' && is_lower((char)at(s->t, i - 1)) && is_upper((char)at(s->t, i + 2)) && is_lower((char)at(s->t, i + 3))))
			return false;
	return true;
}

size_t emit_at_home(struct scan *s, size_t beg, const struct home *h, struct items *items)
{
	uint8_t kept = s->state;
	size_t first = s->out->n;
	if (h->state != STATE_NONE)
		s->state = h->state;
	size_t edition = h->end ? edition_after(s->t, h->end, &s->edition) : 0;
	size_t end = sections_emit(s, beg, h->row, h->title, items);
	s->state = kept;
	s->edition = 0;
	if (edition > h->end && s->out->n > first && s->out->v[s->out->n - 1].full.end < edition)
		s->out->v[s->out->n - 1].full.end = (uint32_t)edition;
	/* The words that name the code belong to the last of the list. */
	if (h->end > end && s->out->n > first) {
		struct cite *c = &s->out->v[s->out->n - 1];
		if (items->n == 1)
			c->at.end = (uint32_t)h->end;
		if (c->full.end < h->end)
			c->full.end = (uint32_t)h->end;
		end = h->end;
	}
	return end;
}

size_t section_bare(struct scan *s, size_t beg)
{
	struct items items;
	struct home h;
	span t = s->t;
	bool plural, by_sign = !is_alpha((char)at(t, beg));
	size_t mark = sign(t, beg, &plural), end;
	if (!mark)
		return 0;
	end = sections_read(s, blanks(t, mark), plural, &items);
	if (!end)
		return 0;
	if ((h.end = constitution_section(s, beg, end, &items)))
		return h.end;
	home_after(s, end, &h);
	h.other |= !h.row && of_session_law(s, beg);
	if (!h.row && !h.other)
		home_before(s, items.v[0].number, by_sign, &h);
	if (!h.row && !by_sign)
		return 0;
	/* In small print "section 2" of nothing named is no citation. */
	return emit_at_home(s, beg, &h, &items);
}

/* part = ("subsection" | "subdivision" | ...) ["s"] label { [","] [and] label } */
struct part {
	span labels[16];
	struct range at[16];
	size_t n;
};
/* From the smallest to the largest: "clause (ii) of paragraph (a) of subsection 1". */
struct parts {
	struct part v[5];
	size_t n;
};

static size_t part_labels(span t, size_t i, struct part *p)
{
	p->n = 0;
	while (p->n < 16) {
		size_t end = i, next;
		if (at(t, i) == '(') {
			end = close_paren(t, i, 8);
			if (!end || !is_alnum((char)at(t, i + 1)))
				break;
			p->labels[p->n] = span_sub(t, i + 1, end - 1);
		} else {
			end = digits(t, i);
			if (end == i && is_alpha((char)at(t, i)) && !is_alnum((char)at(t, i + 1)))
				end = i + 1;
			if (end == i || end > i + 3 || is_alpha((char)at(t, end)))
				break;
			p->labels[p->n] = span_sub(t, i, end);
		}
		p->at[p->n++] = (struct range){ (uint32_t)i, (uint32_t)end };
		i = blanks(t, end);
		next = at(t, i) == ',' ? blanks(t, i + 1) : i;
		size_t word = word_here(t, next, "and");
		word = word ? word : word_here(t, next, "or");
		word = word ? word : word_here(t, next, "to");
		if (next == i && !word)
			break;
		i = blanks(t, word ? word : next);
	}
	return p->n ? p->at[p->n - 1].end : 0;
}

size_t part_word(span t, size_t i)
{
	static const char *const words[] = { "subsections", "subsection", "subdivisions", "subdivision", "paragraphs", "paragraph",
		"subparagraphs", "subparagraph", "clauses", "clause", "subclause", "subclauses", "subd.", "subds.", "subdiv.", "subsec.", "subsecs.",
		"subs.", "subpar.", "subpars.", "subd", "subpart", 0 };
	return any_word(t, i, words, 0);
}

/* One reference a label of the first part; the others are its parents. */
static void relative_emit(struct scan *s, struct range all, const struct parts *parts, const struct item *of)
{
	const struct part *first = &parts->v[0];
	span doc = of ? (span){ 0 } : s->ctx->address;
	struct home h = { .state = STATE_NONE };
	if (of)
		home_after(s, of->at.end, &h);
	if (of && !h.row && !h.other)
		home_before(s, of->number, false, &h);
	size_t named = s->query ? h.end : 0; /* who looks it up writes ", RSMo" as part of it */
	for (size_t k = 0; k < first->n; k++) {
		struct items one;
		struct item *it = &one.v[0];
		one.n = 1;
		*it = (struct item){ 0 };
		it->at = (struct range){ first->at[k].beg, k + 1 == first->n ? all.end : first->at[k].end };
		uint32_t beg = k ? it->at.beg : all.beg;
		for (size_t j = parts->n - 1; j > 0; j--)
			*PUSH(s->a, &it->subs) = parts->v[j].labels[0];
		*PUSH(s->a, &it->subs) = first->labels[k];
		if (of && h.row) {
			it->number = of->number;
			emit_at_home(s, beg, &(struct home){ h.row, h.title, h.state, k + 1 == first->n ? named : 0, false }, &one);
			continue;
		}
		struct cite *c = cite_add(s, CITE_REFERENCE, beg, it->at.end);
		c->subdivisions = it->subs;
		if (!of && doc.n && span_find(doc, SPAN("/s"), 0) < doc.n) {
			c->address = doc;
			for (size_t j = 0; j < it->subs.n; j++)
				c->address = arena_printf(s->a, "%.*s/%.*s", SPAN_ARG(c->address), SPAN_ARG(it->subs.v[j]));
		}
	}
}

/* part { "of" part } "of" ("this section" | "section" number) */
size_t relative_read(struct scan *s, size_t beg)
{
	struct parts parts; /* not zeroed: most words that come here are none, and it is 2 KB */
	span t = s->t;
	size_t i = beg, end;
	bool plural;
	parts.n = 0;
	while (parts.n < sizeof parts.v / sizeof *parts.v) {
		size_t k = part_word(t, i), of_word;
		if (!k || !(end = part_labels(t, blanks(t, k), &parts.v[parts.n])))
			return 0;
		parts.n++;
		of_word = word_here(t, blanks(t, end), "of");
		of_word = of_word ? of_word : word_here(t, blanks(t, end), "in");
		if (!of_word)
			return 0;
		i = blanks(t, of_word);
		if (word_here(t, i, "this section")) {
			end = word_here(t, i, "this section");
			relative_emit(s, (struct range){ (uint32_t)beg, (uint32_t)end }, &parts, NULL);
			return end;
		}
		size_t this_word = word_here(t, i, "this");
		if (this_word && part_word(t, blanks(t, this_word)))
			return 0;
		size_t mark = sign(t, i, &plural), number = mark ? blanks(t, mark) : 0;
		struct items items;
		if (mark && (end = sections_read(s, number, false, &items))) {
			uint32_t first = (uint32_t)s->out->n;
			relative_emit(s, (struct range){ (uint32_t)beg, (uint32_t)end }, &parts, &items.v[0]);
			return s->out->n > first ? end : 0;
		}
	}
	return 0;
}

/* chapter = "chapter" number [","] code: "chapter 566, RSMo", with the code printed. */
size_t chapter_read(struct scan *s, size_t beg)
{
	span t = s->t;
	struct home h;
	static const char *const words[] = { "chapter", "ch.", "chap.", 0 };
	size_t i = any_word(t, beg, words, 0), end;
	i = i ? blanks(t, i) : 0;
	end = i && is_digit((char)at(t, i)) ? number_end(t, i) : 0;
	if (!end)
		return 0;
	home_after(s, end, &h);
	if (!h.row || !h.end || h.title.n || h.state >= state_rows_n)
		return chapter_of_laws(s, beg, span_sub(t, i, end));
	struct cite *c = cite_add(s, CITE_STATUTE, beg, h.end);
	c->code = h.row->id;
	c->title = span_sub(t, i, end);
	c->address = arena_printf(s->a, "/%.*s/%.*s/c%.*s", SPAN_ARG(state_rows[h.state].id), SPAN_ARG(h.row->id), SPAN_ARG(c->title));
	return h.end;
}
