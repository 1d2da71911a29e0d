/* cite_law: public laws, bills, reports, rules, session laws, journals. */
#include "law/cite_private.h"

/* What follows "No.": 111-148, 13,769, 595. Its end, 0. */
static size_t law_number(span t, size_t i)
{
	size_t end = digits(t, i);
	if (end == i)
		return 0;
	for (;;) {
		size_t joint = dash(t, end), next = joint && (at(t, joint) == '\n' || at(t, joint) == '\r') ? blanks(t, joint) : joint; /* "86-" at a line's end */
		/* A figure after the comma only in threes, "13,769": else it begins the next item of a list. */
		if (at(t, end) == ',' && digits(t, end + 1) == end + 4)
			end += 4;
		else if (joint && is_digit((char)at(t, next)))
			end = digits(t, next);
		else
			return end;
	}
}

/* Past "No." in any form and the blanks around it; i without blanks when there is none. */
static size_t skip_no(span t, size_t i)
{
	static const char *const words[] = { "no.", "nos.", "no:", "number", "no", "#", 0 };
	size_t k = any_word(t, blanks(t, i), words, 0);
	return blanks(t, k ? k : i);
}

/* [","] "119th Cong." [","] ["1st Sess."] ; past it, *congress its number; i when absent */
static size_t congress(span t, size_t i, span *number)
{
	static const char *const sessions[] = { "sess.", "session", 0 };
	size_t k = blanks(t, i), end, word;
	k = at(t, k) == ',' ? blanks(t, k + 1) : k;
	end = digits(t, k);
	/* "119th": two letters of an ordinal stand after its figures. */
	word = end > k && end < k + 4 ? blanks(t, end + 2) : 0;
	word = word && (word_here(t, word, "cong.") || word_here(t, word, "congress"))
		? (word_here(t, word, "cong.") ? word_here(t, word, "cong.") : word_here(t, word, "congress")) : 0;
	if (!word)
		return i;
	*number = span_sub(t, k, end);
	k = blanks(t, word + (at(t, word) == ','));
	end = digits(t, k);
	k = end > k ? any_word(t, blanks(t, end + 2), sessions, 0) : 0;
	return k ? k : word;
}

/* An address segment: lower case, dashes of every kind made one. */
static span segment(span s, struct arena *a)
{
	char *p = arena_raw(a, s.n + 1, 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		size_t d = dash(s, i);
		if (d) {
			p[n++] = '-';
			i = d - 1;
		} else if (is_alnum(s.p[i]) || s.p[i] == '.' || s.p[i] == '-') {
			p[n++] = to_lower(s.p[i]);
		}
	}
	return (span){ p, n };
}

/* Whose code it is: the row's own state, else the one in the name ("Laws of Minnesota"), else the document's. */
static uint8_t hit_state(const struct scan *s, const struct code_row *row, const struct hit *h)
{
	return row->state != STATE_ANY ? row->state : h->state != STATE_NONE ? h->state : s->state;
}

/* Laws of no known state are put under the United States in an address. */
static span state_id(uint8_t state)
{
	return state < state_rows_n ? state_rows[state].id : SPAN("us");
}

/* { "," ("div." | "tit." | "subtit." | "pt." | "ch.") label }: what a public law is divided into above its sections. */
static size_t divisions(span t, size_t i)
{
	static const char *const words[] = { "div.", "division", "tit.", "title", "subtit.", "subtitle", "pt.", "part", "ch.", "chapter", 0 };
	/* Four levels at most: division, title, subtitle, part. */
	for (unsigned n = 0, value; n < 4; n++) {
		size_t k = at(t, i) == ',' ? any_word(t, blanks(t, i + 1), words, 0) : 0, end;
		k = k ? blanks(t, k) : 0;
		end = k ? roman(t, k, &value) : 0;
		/* label = roman | digits | one or two capitals: "div. A", "tit. III", "pt. 2", "ch. AB". */
		end = end ? end : k ? digits(t, k) : 0;
		if (k && end == k && is_upper((char)at(t, k)))
			end = k + 1 + is_upper((char)at(t, k + 1));
		if (!k || end == k || is_alnum((char)at(t, end)))
			return i;
		i = end;
	}
	return i;
}

/* "Pub. L. No. 111-148, § 1101", "Exec. Order No. 13,769" */
static size_t public_law(struct scan *s, size_t beg, const struct hit *h, const struct code_row *row)
{
	span t = s->t;
	size_t i = skip_no(t, h->end + (at(t, h->end) == '.')), end = law_number(t, i), k;
	bool plural;
	/* A public law has two numbers, of the congress and of the law: 111-148. */
	if (!end || (row->form == FORM_PUBL && !dash(t, digits(t, i))))
		return 0;
	end += is_lower((char)at(t, end)) && !is_alnum((char)at(t, end + 1)); /* SSR 96-8p */
	struct cite *c = cite_add(s, row->kind == CODE_SESSION ? CITE_SESSION_LAW : row->kind == CODE_REGULATION ? CITE_REGULATION
				  : row->kind == CODE_JOURNAL ? CITE_JOURNAL : CITE_REFERENCE, beg, end);
	c->code = row->id;
	/* The congress is kept as the volume, the number within it as the page. */
	c->volume = row->form == FORM_PUBL ? span_sub(t, i, digits(t, i)) : (span){ 0 };
	c->section = (span){ 0 };
	c->page = row->form == FORM_PUBL ? span_sub(t, dash(t, digits(t, i)), end) : span_sub(t, i, end);
	c->address = arena_printf(s->a, "/%.*s/%.*s/%.*s", SPAN_ARG(state_id(hit_state(s, row, h))), SPAN_ARG(row->id),
				  SPAN_ARG(segment(span_sub(t, i, end), s->a)));
	k = blanks(t, divisions(t, end));
	k = at(t, k) == ',' ? blanks(t, k + 1) : k;
	k = sign(t, k, &plural);
	struct items items;
	/* Of a list only the first section is kept; the rest counts as read. */
	size_t last = k ? sections_read(s, blanks(t, k), false, &items) : 0;
	if (last) {
		c->section = items.v[0].number;
		c->subdivisions = items.v[0].subs;
		c->address = arena_printf(s->a, "%.*s/s%.*s", SPAN_ARG(c->address), SPAN_ARG(segment(items.v[0].number, s->a)));
		size_t open = blanks(t, last), close = at(t, open) == '[' ? close_paren(t, open, 60) : 0;
		last = close ? close : last; /* "[title I, Sec. 101(a)]" of the bill within */
		c->full.end = (uint32_t)last;
	}
	tail_read(s, (uint32_t)(s->out->n - 1));
	return last ? last : end;
}

/* [","] sign number: a section of the bill just named. Past it, or i. */
static size_t bill_section(struct scan *s, size_t i, struct cite *c)
{
	struct items items;
	span t = s->t;
	bool plural;
	size_t k = blanks(t, i);
	k = at(t, k) == ',' ? blanks(t, k + 1) : k;
	/* Only the sign, not the word: "H.R. 9010, section 2" of prose is read elsewhere. */
	k = at(t, k) == 0xC2 && !c->section.n ? sign(t, k, &plural) : 0;
	size_t end = k ? sections_read(s, blanks(t, k), false, &items) : 0;
	if (!end)
		return i;
	c->section = items.v[0].number;
	c->subdivisions = items.v[0].subs;
	if (c->address.n)
		c->address = arena_printf(s->a, "%.*s/s%.*s", SPAN_ARG(c->address), SPAN_ARG(segment(c->section, s->a)));
	for (size_t n = 0; c->address.n && n < c->subdivisions.n; n++)
		c->address = arena_printf(s->a, "%.*s/%.*s", SPAN_ARG(c->address), SPAN_ARG(c->subdivisions.v[n]));
	c->full.end = (uint32_t)end;
	return end;
}

/* "H.R. 9010, 119th Cong. § 2", "H.R. Rep. No. 116-43", "S.B. 1" */
static size_t bill(struct scan *s, size_t beg, const struct hit *h, const struct code_row *row)
{
	span t = s->t, session = { 0 };
	size_t i = skip_no(t, h->end + (at(t, h->end) == '.')), end = law_number(t, i), full;
	uint8_t state = hit_state(s, row, h);
	if (!end || is_alpha((char)at(t, end)))
		return 0;
	full = congress(t, end, &session);
	/* One letter alone proves nothing. */
	if (full == end && span_eq(row->id, SPAN("bill-s")))
		return 0;
	span number = segment(span_sub(t, i, end), s->a);
	/* A report's number begins with its congress: "116-43". */
	if (!session.n && row->form == FORM_REPORT)
		session = span_sub(t, i, digits(t, i));
	struct cite *c = cite_add(s, CITE_BILL, beg, full);
	c->code = row->id;
	c->page = span_sub(t, i, end);
	c->volume = session;
	/* A state's bill needs no session in its address; one of Congress could be of any, so it has no address without. */
	if (row->form == FORM_STATEBILL)
		c->address = state < state_rows_n ? arena_printf(s->a, "/%.*s/bill/%.*s%.*s", SPAN_ARG(state_id(state)),
								  SPAN_ARG(row->id), SPAN_ARG(number)) : (span){ 0 };
	else if (session.n)
		c->address = arena_printf(s->a, "/us/bill/%.*s/%.*s%.*s", SPAN_ARG(session), SPAN_ARG(row->id), SPAN_ARG(number));
	size_t end_of = bill_section(s, full, c);
	tail_read(s, (uint32_t)(s->out->n - 1));
	return end_of;
}

/* Restatement (Second) of Torts § 402A */
static size_t restatement(struct scan *s, size_t beg, const struct hit *h, const struct code_row *row)
{
	static const char *const names[] = { "second", "third", "fourth", "2d", "3d", 0 };
	static const char *const slugs[] = { "2d", "3d", "4th", "2d", "3d" };
	struct items items;
	span t = s->t;
	bool plural;
	size_t i = blanks(t, h->end), mark, end;
	int which = -1;
	if (at(t, i) == '(' && close_paren(t, i, 20))
		i = blanks(t, close_paren(t, i, 20));
	i = at(t, i) == ',' ? blanks(t, i + 1) : i;
	mark = sign(t, i, &plural);
	/* The sign is asked for: "Restatement of Torts" by itself is a book's name. */
	end = mark ? sections_read(s, blanks(t, mark), plural, &items) : 0;
	if (!end)
		return 0;
	/* The edition stands in the name or in a bracket after it; none printed means the first. */
	for (size_t k = beg; k < i && which < 0; k++)
		if (starts_word(t, k))
			any_word(t, k, names, &which);
	span edition = which >= 0 ? span_of(slugs[which]) : SPAN("1st");
	return sections_emit(s, beg, row, edition, &items);
}

/* The name h was found at beg; its row tells the form, the form which reader. FORM_PAGE is cited by volume and page only
 * and is read from its volume on (volume_law); what has no form of its own is a code. */
size_t law_read(struct scan *s, size_t beg, const struct hit *h)
{
	const struct code_row *row = &code_rows[ENTRY_ROW(h->entry)];
	switch ((enum code_form)row->form) {
	case FORM_PUBL:
	case FORM_PUBL2:
		return public_law(s, beg, h, row);
	case FORM_BILL:
	case FORM_STATEBILL:
	case FORM_REPORT:
		return bill(s, beg, h, row);
	case FORM_RULE:
		return rules_read(s, beg, h, row);
	case FORM_CONST:
		return constitution_read(s, beg, h);
	case FORM_RESTATEMENT:
		return restatement(s, beg, h, row);
	case FORM_SESSION:
		return session_named(s, beg, h);
	case FORM_PAGE:
		return 0;
	default:
		return statute_named(s, beg, h);
	}
}

/* Session laws by chapter: "1977 Nev. Stats, ch. 598, § 2" */
static size_t session_chapter(span t, size_t i, span *chapter)
{
	static const char *const words[] = { "ch.", "chapter", "c.", "no.", "act", "p.a.", 0 };
	size_t k = blanks(t, i), end;
	k = at(t, k) == ',' ? blanks(t, k + 1) : k;
	k = any_word(t, k, words, 0);
	k = k ? blanks(t, k) : 0;
	end = k ? law_number(t, k) : 0;
	if (end)
		*chapter = span_sub(t, k, end);
	return end;
}

/* volume name page: "124 Stat. 119", "89 Fed. Reg. 7523", "1999 Cal. Stat. 2", "95 Yale L.J. 5" */
size_t volume_law(struct scan *s, size_t beg, size_t after, const struct hit *h)
{
	bool journal = ENTRY_KIND(h->entry) == ENTRY_JOURNAL;
	const struct code_row *row = journal ? 0 : &code_rows[ENTRY_ROW(h->entry)];
	/* A period that closes the abbreviation is no part of the name in the trie. */
	span t = s->t, volume = span_sub(t, beg, after), chapter = { 0 }, pin;
	size_t i = blanks(t, h->end + (at(t, h->end) == '.')), end, pin_end;
	if (journal && at(t, i) == '(' && word_here(t, i + 1, "daily ed.")) /* Cong. Rec. (daily ed.) S1 */
		i = blanks(t, close_paren(t, i, 12));
	bool session = row && row->form == FORM_SESSION;
	uint8_t state = row ? hit_state(s, row, h) : 0;
	i = at(t, i) == ',' ? blanks(t, i + 1) : i;
	size_t at_word = session ? 0 : word_here(t, i, "at"); /* "44 Fed. Reg. at 71,418" */
	i = at_word ? blanks(t, at_word) : i;
	/* The Congressional Record pages its houses apart: S for the Senate, H, E (extensions), D (digest). */
	bool lettered = journal && strchr("SHED", (char)at(t, i)) && at(t, i) && span_starts(journal_rows[ENTRY_ROW(h->entry)].abbr, SPAN("Cong. Rec"));
	end = law_number(t, i + lettered); /* 149 Cong. Rec. S11,000 */
	/* Session laws are numbered by their years: "1999 Cal. Stat. 2". */
	if (session && !year_of(span_sub(volume, 0, 4)))
		return 0;
	if (row && row->kind == CODE_SESSION && !end)
		end = session_chapter(t, h->end, &chapter);
	if (!end || (is_alpha((char)at(t, end)) && !chapter.n))
		return 0;
	struct cite *c = cite_add(s, journal ? CITE_JOURNAL : row->kind == CODE_SESSION ? CITE_SESSION_LAW : CITE_REGULATION, beg, end);
	c->volume = volume;
	c->page = chapter.n ? chapter : span_sub(t, i, end);
	c->pin = at_word ? c->page : (span){ 0 };
	span page = segment(c->page, s->a);
	if (journal && at_word) { /* where the article begins is not said */
		c->reporter = journal_rows[ENTRY_ROW(h->entry)].abbr;
	} else if (journal) {
		c->reporter = journal_rows[ENTRY_ROW(h->entry)].abbr;
		c->address = arena_printf(s->a, "/journal/%.*s/%.*s/%.*s", SPAN_ARG(journal_rows[ENTRY_ROW(h->entry)].slug),
					  SPAN_ARG(volume), SPAN_ARG(page));
	} else {
		c->code = row->id;
		c->reporter = span_trim(span_sub(t, blanks(t, after), h->end + (at(t, h->end) == '.')));
		if (state < state_rows_n)
			c->address = arena_printf(s->a, "/%.*s/%.*s/%.*s/%s%.*s", SPAN_ARG(state_id(state)), SPAN_ARG(row->id),
						  SPAN_ARG(volume), chapter.n ? "c" : "", SPAN_ARG(page));
	}
	pin_end = pin_after(s, end, &pin);
	if (pin_end) {
		c->pin = pin;
		c->full.end = (uint32_t)pin_end;
	}
	if (session)
		c->year = year_of(span_sub(volume, 0, 4));
	tail_read(s, (uint32_t)(s->out->n - 1));
	/* What stands in brackets after a law or an article dates it; a court found there is not of the citation. */
	c = &s->out->v[s->out->n - 1];
	c->court = c->court_text = (span){ 0 };
	c->signal = signal_before(t, beg, s->floor < beg ? s->floor : beg);
	return end;
}
