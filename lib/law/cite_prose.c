/* cite_prose: sections whose code is named after them or nearby: "section
 * 1983 of title 42", "section 610.100, RSMo", "§ 484(a)", "subdivision (2) of
 * subsection 1 of this section". */
#include "law/cite_private.h"

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
	/* Within 240 bytes, after a comma, no sentence or semicolon between. */
	if (!c || c->kind != CITE_SESSION_LAW || c->full.end >= beg || beg - c->full.end > 240 || at(s->t, c->full.end) != ',')
		return false;
	/* A sentence's end: a small letter, a period, a capital and a small letter. */
	for (size_t i = c->full.end; i < beg; i++)
		if (at(s->t, i) == ';' || (at(s->t, i) == '.' && is_lower((char)at(s->t, i - 1)) && is_upper((char)at(s->t, i + 2)) && is_lower((char)at(s->t, i + 3))))
			return false;
	return true;
}

/* Emits the items as sections of the code h. The state of the scan is set to the code's own while they are emitted, for codes that any
 * state has, and an edition that is printed after the code's name is taken in. */
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
		/* A single section is cited with its code: the mark covers both. In a list each mark is the number alone. */
		if (items->n == 1)
			c->at.end = (uint32_t)h->end;
		if (c->full.end < h->end)
			c->full.end = (uint32_t)h->end;
		end = h->end;
	}
	return end;
}

/* "SEC. 4745. DELEGATION": the heading of a section of an enacted law that a note quotes; a code's own reads "Sec. 208." */
static bool enacted_heading(const struct scan *s, size_t beg, size_t end)
{
	return s->state == 0 && span_starts(span_sub(s->t, beg, s->t.n), SPAN("SEC. ")) && at(s->t, end) == '.' && is_upper((char)at(s->t, blanks(s->t, end + 1)));
}

/* "§ 484(a)", "section 1983 of title 42": a sign and numbers, then whose they are: a constitution's article, the code named after, else
 * before. Words ask for a code that is known; the sign does not. */
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
	/* "Section 5, Article IV of the Ohio Constitution": asked first, as an article after the number tells it from any code. */
	if ((h.end = constitution_section(s, beg, end, &items)))
		return h.end;
	home_after(s, end, &h);
	h.other |= !h.row && (of_session_law(s, beg) || enacted_heading(s, beg, end));
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

/* labels = ("(" label ")" | label) { [","] ["and" | "or" | "to"] label }: "(a), (b) and (c)". A label without brackets is
 * up to three figures or one letter, which stands alone. */
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

/* Past the word for a part of a section, singular or plural, spelt out or short. */
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
	/* No section named: the labels are parts of the section the document itself is. */
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
		/* The parents from the largest down; of a parent's labels the first stands for all. */
		for (size_t j = parts->n - 1; j > 0; j--)
			*PUSH(s->a, &it->subs) = parts->v[j].labels[0];
		*PUSH(s->a, &it->subs) = first->labels[k];
		/* The section's code is known: an ordinary citation of it with these subdivisions. */
		if (of && h.row) {
			it->number = of->number;
			emit_at_home(s, beg, &(struct home){ h.row, h.title, h.state, k + 1 == first->n ? named : 0, false }, &one);
			continue;
		}
		struct cite *c = cite_add(s, CITE_REFERENCE, beg, it->at.end);
		c->subdivisions = it->subs;
		/* Only in a document that is a section: other documents have no subdivisions to point at. */
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
		/* "of this subsection": which one is not known here. */
		size_t this_word = word_here(t, i, "this");
		if (this_word && part_word(t, blanks(t, this_word)))
			return 0;
		size_t mark = sign(t, i, &plural), number = mark ? blanks(t, mark) : 0;
		struct items items;
		/* With a section named, but no code for it, the words are left for other rules. */
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
	/* "Chapter 2 of Part 1 of Division 2 of the ... Code" is not the code's second chapter. */
	if (!h.row || h.end <= end || h.title.n || h.state >= state_rows_n)
		return chapter_of_laws(s, beg, span_sub(t, i, end));
	struct cite *c = cite_add(s, CITE_STATUTE, beg, h.end);
	c->code = h.row->id;
	c->title = span_sub(t, i, end);
	c->address = arena_printf(s->a, "/%.*s/%.*s/c%.*s", SPAN_ARG(state_rows[h.state].id), SPAN_ARG(h.row->id), SPAN_ARG(c->title));
	return h.end;
}
