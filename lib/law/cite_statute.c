/* cite_statute: codes by name, by title, and sections whose code follows. */
#include "law/cite_private.h"

const struct code_row *code_by_id(uint8_t state, span id)
{
	for (size_t i = 0; i < code_rows_n; i++)
		if (code_rows[i].state == state && span_eq(code_rows[i].id, id))
			return &code_rows[i];
	return 0;
}

uint8_t state_by_id(span id)
{
	for (size_t i = 0; i < state_rows_n; i++)
		if (span_eq(state_rows[i].id, id))
			return (uint8_t)i;
	return STATE_NONE;
}

static const char *const title_words[] = { "tit.", "title", "tit", "t.", 0 };
static const char *const chapter_words[] = { "ch.", "chapter", "c.", "chap.", "ch", "c", 0 };

/* Past "Ann.", "(West 2010)", "Supp. 2012", ", 1978," between a code's name and its section. */
static size_t code_suffix(struct scan *s, size_t i)
{
	span t = s->t;
	static const char *const words[] = { "ann.", "ann", "annotated", "supp.", "cum. supp.", "supp", "(west)", "(mckinney)", "(vernon)",
					     "(lexis)", "(lexisnexis)", "(deering)", "(purdon)", "article", "art.", "code", 0 };
	i = at(t, blanks(t, i)) == '.' ? blanks(t, i) + 1 : i;
	for (int n = 0; n < 4; n++) {
		size_t k = blanks(t, i), end;
		k = at(t, k) == ',' ? blanks(t, k + 1) : k;
		end = n < 3 && any_word(t, k, words, 0) && !word_here(t, k, "art.") && !word_here(t, k, "article")
			? any_word(t, k, words, 0) : 0;
		if (!end && at(t, k) == '(' && (end = close_paren(t, k, 30)) && at(t, blanks(t, end)) != 0xC2)
			end = 0;
		if (!end && year_of(span_sub(t, k, digits(t, k))) && digits(t, k) == k + 4) {
			bool plural;
			size_t next = blanks(t, k + 4);
			next = at(t, next) == ',' ? blanks(t, next + 1) : next;
			end = sign(t, next, &plural) || any_word(t, next, chapter_words, 0) || any_word(t, next, title_words, 0) ||
			      any_word(t, next, words, 0) || (at(t, blanks(t, k + 4)) == ',' && is_digit((char)at(t, next))) ? k + 4 : 0;
			s->edition = end ? year_of(span_sub(t, k, k + 4)) : s->edition;
		}
		if (!end)
			return at(t, blanks(t, i)) == ',' ? blanks(t, blanks(t, i) + 1) : blanks(t, i);
		i = end + (at(t, end) == '.');
	}
	return blanks(t, i);
}

/* word number [","]: "tit. 12,", "ch. 93A,", "title 42," ; past it, 0 */
static size_t division(span t, size_t i, const char *const *words, span *number)
{
	size_t k = any_word(t, i, words, 0), end;
	if (!k)
		return 0;
	k = blanks(t, k);
	end = digits(t, k);
	if (end == k)
		return 0;
	while (is_upper((char)at(t, end)) || (is_lower((char)at(t, end)) && !is_alpha((char)at(t, end + 1))))
		end++;
	if (at(t, end) == '-' && is_upper((char)at(t, end + 1)) && !is_alnum((char)at(t, end + 2)))
		end += 2; /* Maine's tit. 24-A */
	*number = span_sub(t, k, end);
	end = blanks(t, end);
	return at(t, end) == ',' ? blanks(t, end + 1) : end;
}

/* Whether a section without a sign can be believed. */
static bool unsigned_fits(const struct item *it, const struct code_row *row)
{
	uint64_t v;
	if (row->form == FORM_ACT)
		return false;
	if (!span_uint(it->number, 999999, &v))
		return true;
	/* "RSMo 2016" is an edition. */
	if (row->form == FORM_SEC && !it->subs.n && year_of(it->number) > 1900)
		return false;
	return row->form == FORM_TITLE || row->kind == CODE_REGULATION || it->subs.n || v >= 100 || row->form == FORM_ART || row->form == FORM_RULE;
}

/* Codes that share their initials, told apart by the make of their numbers: I.C. is Indiana's with three hyphens and
 * Idaho's with one, R.S. Louisiana's and New Jersey's with a colon. */
static bool shape_fits(const struct code_row *row, span number)
{
	span state = row->state < state_rows_n ? state_rows[row->state].id : (span){ 0 };
	bool code = span_eq(row->id, SPAN("code")), colon = span_find_byte(number, ':', 0) < number.n;
	unsigned joints = 0;
	for (size_t k = 0; k < number.n; k++)
		joints += dash(number, k) != 0;
	if (code && span_eq(state, SPAN("us-id")))
		return joints < 3;
	if (span_eq(row->id, SPAN("rs")) && span_eq(state, SPAN("us-la")))
		return colon;
	if (span_eq(row->id, SPAN("rs")) && row->state == 0)
		return !colon && !joints;
	if (row->kind == CODE_STATUTE && row->state == 0 && row->form == FORM_TITLE)
		return !colon;
	return true;
}

/* [sign | "r." | "rule" | "art."] sections, for a code known already. */
static size_t sections_of(struct scan *s, size_t beg, size_t i, const struct code_row *row, span title)
{
	static const char *const marks[] = { "r.", "rule", "rules", "art.", "arts.", "art", "articles", "article", "reg.", "no.", "par.", 0 };
	struct items items;
	span t = s->t;
	bool plural = false;
	size_t mark = sign(t, i, &plural), end;
	int which = 0;
	if (!mark) { /* "8 U.S.C.\n 9 § 1158": the number of a line */
		size_t line = digits(t, i), sign_at = blanks(t, line);
		if (line > i && line < i + 3 && at(t, sign_at) == 0xC2 && (mark = sign(t, sign_at, &plural)))
			i = sign_at;
	}
	if (!mark)
		mark = paragraph_sign(t, i);
	if (!mark && citation_at(s, i))
		return 0;
	if (!mark && (mark = any_word(t, i, marks, &which)))
		plural = which == 2 || which == 4 || which == 6;
	i = mark ? blanks(t, mark) : i;
	end = sections_read(s, i, plural, &items);
	if (!end || (!mark && !unsigned_fits(&items.v[0], row)) || !shape_fits(row, items.v[0].number))
		return 0;
	return sections_emit(s, beg, row, title, &items);
}

static void state_of(struct scan *s, const struct hit *h, uint8_t *kept)
{
	*kept = s->state;
	if (h->state != STATE_NONE)
		s->state = h->state;
}

/* Up to four words that name a subject or an agency: "DOC", "Empl.", "Parks Rec. & Hist. Preserv."; past them. */
static size_t subject(span t, size_t i)
{
	for (int n = 0; n < 5; n++) {
		size_t w = i;
		while (is_alpha((char)at(t, w)) || at(t, w) == '\'' || at(t, w) == '-' || at(t, w) == '&')
			w++;
		w += at(t, w) == '.';
		if (w == i || (!is_upper((char)at(t, i)) && at(t, i) != '&') || (blanks(t, w) == w && at(t, w - 1) != '-'))
			break;
		i = blanks(t, w);
	}
	return i;
}

/* "RSA chapter 597", "ORS chapter 90": a chapter of a code of sections. */
static size_t chapter_of(struct scan *s, size_t beg, size_t i, const struct code_row *row)
{
	static const char *const words[] = { "chapters", "chapter", "ch.", "chap.", 0 };
	size_t k = any_word(s->t, i, words, 0), end;
	uint8_t state = row->state == STATE_ANY ? s->state : row->state;
	k = k ? blanks(s->t, k) : 0;
	end = k && is_digit((char)at(s->t, k)) ? number_end(s->t, k) : 0;
	if (!end || row->kind != CODE_STATUTE || state >= state_rows_n)
		return 0;
	struct cite *c = cite_add(s, CITE_STATUTE, beg, end);
	c->code = row->id;
	c->title = span_sub(s->t, k, end);
	c->year = s->edition;
	c->address = arena_printf(s->a, "/%.*s/%.*s/c%.*s", SPAN_ARG(state_rows[state].id), SPAN_ARG(row->id), SPAN_ARG(c->title));
	return end;
}

/* "Mo. Rev. Stat. § 610.100", "U.S.C. tit. 42, § 1983", "G.L. c. 93A, § 9" */
size_t statute_named(struct scan *s, size_t beg, const struct hit *h)
{
	const struct code_row *row = &code_rows[ENTRY_ROW(h->entry)];
	span t = s->t, title = { 0 };
	size_t i = code_suffix(s, h->end), next = 0;
	uint8_t kept;
	state_of(s, h, &kept);
	if (row->form == FORM_TITLE) {
		i = (next = division(t, i, title_words, &title)) ? next : 0;
	} else if (row->form == FORM_CHAP) {
		next = division(t, i, chapter_words, &title);
		i = next;
	} else if (row->form == FORM_SUBJ) {
		i = subject(t, i);
	} else if (row->form == FORM_ILCS) {
		i = 0;
	}
	size_t end = i ? sections_of(s, beg, i, row, title) : 0;
	if (!end && title.n && row->form == FORM_CHAP) {
		/* The chapter alone. */
		struct cite *c = cite_add(s, CITE_STATUTE, beg, (size_t)(title.p + title.n - t.p));
		c->code = row->id;
		c->title = title;
		c->address = address_of_section(row, row->state, title, &(struct item){ 0 }, s->a);
		end = c->at.end;
		code_note(s, row, title, SPAN("1"));
	}
	if (!end && row->form == FORM_SEC)
		end = chapter_of(s, beg, code_suffix(s, h->end), row);
	s->state = kept;
	s->edition = 0;
	return end;
}

/* 720 ILCS 5/9-1(a) */
static size_t ilcs(struct scan *s, size_t beg, size_t i, const struct code_row *row, span chapter)
{
	span t = s->t;
	bool plural;
	size_t mark = sign(t, i, &plural), act, end;
	i = mark ? blanks(t, mark) : i;
	act = digits(t, i);
	end = blanks(t, act);
	if (act == i || at(t, end) != '/')
		return 0;
	span title = arena_printf(s->a, "%.*s/%.*s", SPAN_ARG(chapter), (int)(act - i), t.p + i);
	i = blanks(t, end + 1);
	struct items items;
	end = sections_read(s, i, mark && plural, &items);
	return end ? sections_emit(s, beg, row, title, &items) : 0;
}

/* [","] ("subpart" | "subpt.") letters; past it, 0 */
static size_t subpart_read(span t, size_t i, span *letters)
{
	static const char *const words[] = { "subpart", "subpt.", "subpts.", "subparts", 0 };
	size_t k = blanks(t, i), end;
	k = at(t, k) == ',' ? blanks(t, k + 1) : k;
	k = any_word(t, k, words, 0);
	k = k ? blanks(t, k) : 0;
	for (end = k; k && is_upper((char)at(t, end)) && end < k + 4;)
		end++;
	if (end <= k || is_alnum((char)at(t, end)))
		return 0;
	*letters = span_sub(t, k, end);
	return end;
}

/* part = "part" number | "subpart" ...: 40 C.F.R. Part 60 */
static size_t part_read(struct scan *s, size_t beg, size_t i, const struct code_row *row, span title)
{
	static const char *const words[] = { "parts", "part", "pts.", "pt.", "ch.", "chapter", 0 };
	span t = s->t;
	int which;
	size_t k = any_word(t, i, words, &which), end;
	k = k ? blanks(t, k) : 0;
	end = k ? digits(t, k) : 0;
	if (end <= k)
		return 0;
	while (at(t, end) == '-' && is_digit((char)at(t, end + 1)))
		end = digits(t, end + 1);
	span subpart = { 0 };
	size_t sub = subpart_read(t, end, &subpart), number = end;
	struct cite *c = cite_add(s, row->kind == CODE_REGULATION ? CITE_REGULATION : CITE_STATUTE, beg, sub ? sub : end);
	c->code = row->id;
	c->title = title;
	c->section = which < 4 ? span_sub(t, k, number) : (span){ 0 };
	c->address = arena_printf(s->a, "/%.*s/%.*s/t%.*s/%s%.*s", SPAN_ARG(state_rows[row->state].id), SPAN_ARG(row->id),
				  SPAN_ARG(title), which < 4 ? "p" : "ch", (int)(number - k), t.p + k);
	if (subpart.n)
		c->address = arena_printf(s->a, "%.*s/sub%.*s", SPAN_ARG(c->address), SPAN_ARG(subpart));
	end = c->at.end;
	code_note(s, row, title, row->kind == CODE_REGULATION ? SPAN("1.1") : SPAN("1"));
	return end;
}

/* "42 U.S.C. § 1983", "17 C.F.R. § 240.10b-5(a)", "124 Stat. 119" */
size_t statute_titled(struct scan *s, size_t beg, size_t after, const struct hit *h)
{
	static const char *const apps[] = { "app.", "appendix", "app'x", "app", 0 };
	const struct code_row *row = &code_rows[ENTRY_ROW(h->entry)];
	span t = s->t, title = span_sub(t, beg, after);
	size_t i, end, app;
	if (row->form == FORM_PAGE || row->form == FORM_SESSION)
		return volume_law(s, beg, after, h);
	if ((row->form != FORM_TITLE && row->form != FORM_ILCS) || title.n > 4)
		return 0;
	s->edition = 0;
	i = code_suffix(s, h->end);
	if (row->form == FORM_ILCS)
		return ilcs(s, beg, i, row, title);
	if ((app = any_word(t, i, apps, 0)) && row->state == 0 && span_eq(row->id, SPAN("usc"))) {
		row = code_by_id(0, SPAN("uscapp"));
		i = blanks(t, app);
		i = at(t, i) == ',' ? blanks(t, i + 1) : i;
	}
	if (title.n > 3)
		return 0;
	if ((end = part_read(s, beg, i, row, title)))
		return end;
	end = sections_of(s, beg, i, row, title);
	s->edition = 0;
	return end;
}
