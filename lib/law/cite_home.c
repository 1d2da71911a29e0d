/* cite_home: whose sections they are: the code that is named after them, or
 * the one cited before, or the document's own. */
#include "law/cite_private.h"

/* The title that the document at hand has in its own address, "/us/usc/t42/...": "42"; empty when it has none. */
static span title_of_context(const struct scan *s)
{
	span addr = s->ctx->address;
	size_t t = span_find(addr, SPAN("/t"), 1);
	return t < addr.n && is_digit((char)at(addr, t + 2))
		? span_sub(addr, t + 2, span_find_byte(addr, '/', t + 1)) : (span){ 0 };
}

/* The code the document is of; null when it is none or of no known state. */
static const struct code_row *context_row(const struct scan *s)
{
	return s->ctx->code.n && s->state != STATE_NONE ? code_by_id(s->state, s->ctx->code) : 0;
}

/* "of the United States Code", "of the Oklahoma Statutes", "of the Code of Federal Regulations" after a title's number: the code of titles. */
static size_t titled_code(const struct scan *s, size_t i, struct home *h)
{
	struct hit hits[HITS_MAX];
	size_t of = word_here(s->t, blanks(s->t, i), "of the"), k = of ? blanks(s->t, of) : 0;
	unsigned n = k && is_upper((char)at(s->t, k)) ? trie_hits(s->t, k, false, hits) : 0;
	for (unsigned j = 0; j < n; j++) {
		const struct code_row *row = &code_rows[ENTRY_ROW(hits[j].entry)];
		if (ENTRY_KIND(hits[j].entry) != ENTRY_CODE || row->form != FORM_TITLE)
			continue;
		h->row = row;
		h->state = row->state == STATE_ANY ? hits[j].state : row->state;
		return hits[j].end;
	}
	return 0;
}

/* "title 42 [, United States Code | of the United States Code]" */
static size_t title_after(struct scan *s, size_t k, struct home *h)
{
	static const char *const codes[] = { "united states code", "u.s.c.", "u.s. code", "the united states code", "of the united states code",
					     "of the u.s. code", "of the u.s.c.", 0 };
	static const char *const regulations[] = { "code of federal regulations", "c.f.r.", "of the code of federal regulations", "of the c.f.r.", 0 };
	span t = s->t;
	size_t i = word_here(t, k, "title"), end, more;
	i = i ? blanks(t, i) : 0;
	end = i ? digits(t, i) : 0;
	/* Titles of codes have one or two figures. */
	if (end <= i || end > i + 2)
		return 0;
	h->title = span_sub(t, i, end);
	if ((more = titled_code(s, end, h)))
		return h->end = more;
	more = blanks(t, end);
	more = at(t, more) == ',' ? blanks(t, more + 1) : more;
	/* Else the two federal codes in the words of prose, after a comma or "of". */
	size_t federal = any_word(t, more, regulations, 0);
	more = any_word(t, more, codes, 0);
	if (federal) {
		h->row = code_by_id(0, SPAN("cfr"));
		h->state = 0;
		return h->end = federal;
	}
	/* In a text of a state "title 42" alone is none of the United States Code. */
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
	/* Up to three figures: the number before a code is its title, not a page. */
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

/* The code whose name stands at k: the longest, of those as long the one of the document's own state. After a comma no act is taken. */
static bool code_hit(struct scan *s, size_t k, struct home *h, bool comma)
{
	struct hit hits[HITS_MAX];
	unsigned n = trie_hits(s->t, k, false, hits);
	const struct code_row *best = 0;
	for (unsigned j = 0; j < n; j++) {
		if (ENTRY_KIND(hits[j].entry) != ENTRY_CODE || (best && hits[j].end < h->end))
			continue;
		const struct code_row *r = &code_rows[ENTRY_ROW(hits[j].entry)];
		/* Only codes that are cited by section alone: where a title is needed, title_after and titled_after have read it. */
		if (r->form != FORM_SEC && !(r->form == FORM_ACT && !comma) && r->form != FORM_RESTATEMENT)
			continue;
		if (best && r->state != s->state)
			continue;
		best = r;
		h->state = r->state == STATE_ANY ? hits[j].state : r->state;
		h->end = hits[j].end;
	}
	h->row = best;
	/* A period goes with the name, unless a blank or the end follows: then it may end the sentence. */
	if (best && at(s->t, h->end) == '.' && !is_space((char)at(s->t, h->end + 1)) && at(s->t, h->end + 1))
		h->end++;
	return best != 0;
}

/* { "of" ("Part" | "Division" | ...) number }: where the code stands in "(commencing with Section 200) of Part 1 of Division 2
 * of the Welfare and Institutions Code"; and past "of, or former Section 288a of," before "the Penal Code". i: what follows the section. */
static size_t divisions_after(const struct scan *s, size_t i)
{
	span t = s->t;
	struct home whose;
	static const char *const words[] = { "chapter", "part", "division", "title", "article", "subchapter", "subtitle", "subdivision", 0 };
	size_t k = blanks(t, i + (at(t, i) == ')'));
	for (unsigned n = 0; n < 6; n++) {
		size_t of = word_here(t, k, "of"), word = of ? any_word(t, blanks(t, of), words, 0) : 0, number = word ? blanks(t, word) : 0;
		size_t end = number ? digits(t, number) : 0;
		if (end > number && at(t, end) == '.' && is_digit((char)at(t, end + 1)))
			end = digits(t, end + 1); /* Chapter 3.5 */
		/* "of title 42 of the United States Code" is the code itself. */
		if (!end || end == number || !word_here(t, blanks(t, end), "of") || titled_code(s, end, &whose))
			return n ? k : i;
		k = blanks(t, end);
	}
	return i;
}

/* "Section 287 of, or former Section 288a of, the Penal Code": the "of" before the code; i when there is none. */
static size_t of_both(span t, size_t i)
{
	size_t k = word_here(t, blanks(t, i), "of"), stop = i + 140;
	if (!k || at(t, k) != ',')
		return i;
	for (; k < t.n && k < stop && !strchr(".;\n", t.p[k]); k++)
		if (starts_word(t, k) && word_here(t, k, "of") && at(t, k + 2) == ',' && word_here(t, blanks(t, k + 3), "the"))
			return k;
	return i;
}

/* [","] ["of" ["the"]] (title | code) */
void home_after(struct scan *s, size_t end, struct home *h)
{
	static const char *const acts[] = { "act", "agreement", "contract", "lease", "policy", "plan", "bylaws", "treaty", "statute", "ordinance",
					    "guidelines", "rules", "code", "charter", "constitution", "bill", "convention",
					    "pub.", "public law", "p.l.", 0 };
	span t = s->t;
	size_t past = of_both(t, divisions_after(s, end)), k = blanks(t, past), of;
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
	/* A second comma after "of" belongs to "of, or former Section 288a of, the Penal Code". */
	k = blanks(t, of + (past != end && at(t, of) == ','));
	if (title_after(s, k, h) || titled_after(s, k, h))
		return;
	size_t this_word = word_here(t, k, "this");
	if (this_word && (word_here(t, blanks(t, this_word), "title") || word_here(t, blanks(t, this_word), "chapter"))) {
		h->row = context_row(s);
		h->title = title_of_context(s);
		h->state = s->state;
		return;
	}
	size_t such = word_here(t, k, "such title");
	such = such ? such : word_here(t, k, "that title");
	if (such && s->last[0].row && s->last[0].title.n) { /* the title that was named last */
		*h = (struct home){ s->last[0].row, s->last[0].title, s->last[0].state, such, false };
		return;
	}
	size_t the = word_here(t, k, "the");
	size_t noun = blanks(t, the ? the : this_word ? this_word : k);
	if (is_upper((char)at(t, noun)) && code_hit(s, noun, h, false)) {
		h->end = past == end ? h->end : end; /* what stands between is no part of the citation */
		return;
	}
	/* Something is named, and it is no code that we know: the section must not be given to the code cited before. */
	h->other = the || this_word || word_here(t, k, "that") || word_here(t, k, "such") ||
		   any_word(t, noun, acts, 0) != 0;
}

/* "16-2313", "301.2": the United States Code has a letter before its hyphens, and no periods. */
static bool never_federal(const struct code_row *row, span number)
{
	size_t end = digits(number, 0);
	bool joined = end && at(number, end) == '-' && is_digit((char)at(number, end + 1));
	bool federal = row->state == 0 && (span_eq(row->id, SPAN("usc")) || span_eq(row->id, SPAN("irc")));
	return federal && (joined || at(number, end) == ':' || span_find_byte(number, '.', 0) < number.n);
}

/* 2B5.1: a letter within figures, then a period: the Sentencing Guidelines count so, and no code. */
static bool of_guidelines(span number)
{
	return is_digit((char)at(number, 0)) && is_upper((char)at(number, 1)) && is_digit((char)at(number, 2)) && at(number, digits(number, 2)) == '.';
}

/* The code by what was cited before, by the document, by the shape of the number. */
void home_before(struct scan *s, span number, bool by_sign, struct home *h)
{
	/* Numbers with periods, hyphens or colons and plain ones are of different makes: a code has the one or the other. */
	bool parted = number_parted(number);
	if (of_guidelines(number) && s->state == STATE_NONE) {
		h->row = code_by_id(0, SPAN("ussg"));
		h->state = 0;
		return;
	}
	/* The same number was cited with its code before: that decides, before the document's own code does. */
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
	if (own && own->form == FORM_TITLE && !title_of_context(s).n)
		own = 0; /* of which title is not known */
	/* The document's own code, when its numbers are made so: where they have periods none is plain; the U.S.C. has none parted. */
	if (own && own->kind <= CODE_REGULATION && (!own->dot || parted) && !(parted && span_eq(own->id, SPAN("usc")))) {
		h->row = own;
		h->title = title_of_context(s);
		h->state = s->state;
		return;
	}
	/* The code named last, statutes before regulations, unless only the regulations have numbers so made. A plain number
	 * without a sign is not given to it: "section 5" may be of anything. */
	for (unsigned k = 0; k < 2; k++) {
		unsigned j = parted && s->last[1].row && s->last[1].parted && !(s->last[0].row && s->last[0].parted) ? 1 - k : k;
		if (!s->last[j].row || s->last[j].parted != parted || (!parted && !by_sign) || never_federal(s->last[j].row, number))
			continue;
		h->row = s->last[j].row;
		h->title = s->last[j].title;
		h->state = s->last[j].state;
		return;
	}
	/* The one code of a state; the United States have none whose numbers are so made. */
	if (s->state == STATE_NONE || s->state == 0 || !parted)
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
