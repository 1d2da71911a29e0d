/* cite_statute: codes by name, by title, and sections whose code follows. */
#include "law/cite_private.h"

/* Rows are few and each look-up is at a citation, so no table is made. */
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

/* "(KRS)", "("A.R.S.")": the initials that a name will go by. */
static bool initials_within(span t, size_t beg, size_t end)
{
	unsigned capitals = 0;
	for (size_t k = beg + 1; k + 1 < end; k++) {
		if (is_digit(t.p[k]) || (is_lower(t.p[k]) && !is_upper(t.p[k - 1])))
			return false;
		capitals += is_upper(t.p[k]);
	}
	/* "... Act (ADA), Section 504 of the Rehabilitation Act": a comma begins something else. */
	return capitals > 1 && at(t, end) != ',';
}

/* Past "Ann.", "(West 2010)", "Supp. 2012", ", 1978," between a code's name and its section. */
static size_t code_suffix(struct scan *s, size_t i)
{
	span t = s->t;
	static const char *const words[] = { "ann.", "ann", "annotated", "supp.", "cum. supp.", "supp", "(west)", "(mckinney)", "(vernon)",
					     "(lexis)", "(lexisnexis)", "(deering)", "(purdon)", "article", "art.", "code", 0 };
	/* A period closes the abbreviation. */
	i = at(t, blanks(t, i)) == '.' ? blanks(t, i) + 1 : i;
	for (int n = 0; n < 4; n++) {
		size_t k = blanks(t, i), end;
		k = at(t, k) == ',' ? blanks(t, k + 1) : k;
		end = n < 3 && any_word(t, k, words, 0) && !word_here(t, k, "art.") && !word_here(t, k, "article")
			? any_word(t, k, words, 0) : 0;
		if (!end && at(t, k) == '(' && (end = close_paren(t, k, 30)) && at(t, blanks(t, end)) != 0xC2 && !initials_within(t, k, end))
			end = 0;
		if (!end && (end = word_here(t, k, "article")) && at(t, blanks(t, end)) != 0xC2)
			end = 0; /* "Criminal Law Article § 3-202" */
		/* A year is an edition only when what follows looks like a section, chapter or title: else it ends the sentence. */
		if (!end && year_of(span_sub(t, k, digits(t, k))) && digits(t, k) == k + 4) {
			bool plural;
			size_t next = blanks(t, k + 4);
			next = at(t, next) == ',' ? blanks(t, next + 1) : next;
			size_t ed = word_here(t, next, "ed."); /* "U.S.C., 1946 ed., Sec. 37" */
			end = ed ? ed : sign(t, next, &plural) || any_word(t, next, chapter_words, 0) || any_word(t, next, title_words, 0) ||
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
	/* A letter at once after it belongs to the number: "93A", "12a". */
	while (is_upper((char)at(t, end)) || (is_lower((char)at(t, end)) && !is_alpha((char)at(t, end + 1))))
		end++;
	if (at(t, end) == '-' && is_upper((char)at(t, end + 1)) && !is_alnum((char)at(t, end + 2)))
		end += 2; /* Maine's tit. 24-A */
	*number = span_sub(t, k, end);
	end = blanks(t, end);
	return at(t, end) == ',' ? blanks(t, end + 1) : end;
}

/* Whether a section without a sign can be believed. */
static bool unsigned_fits(span t, const struct item *it, const struct code_row *row)
{
	uint64_t v;
	if (row->form == FORM_ACT)
		return false;
	/* "Mass. Gen. L. ch. 115, 1, 5": signs lost, but nothing else would stand there. */
	size_t after = it->at.end;
	if (row->form == FORM_CHAP && (!at(t, after) || strchr(".,;)", (char)at(t, after)) || at(t, blanks(t, after)) == '('))
		return true;
	if (!span_uint(it->number, 999999, &v))
		return true;
	/* "RSMo 2016" is an edition. */
	if (row->form == FORM_SEC && !it->subs.n && year_of(it->number) > 1900)
		return false;
	/* A bare number is a section where the code is of titles or regulations, with labels, or from 100 on: small ones count pages and things. */
	return row->form == FORM_TITLE || row->kind == CODE_REGULATION || it->subs.n || v >= 100 || row->form == FORM_ART || row->form == FORM_RULE;
}

/* Codes that share their initials, told apart by the make of their numbers: I.C. is Indiana's with three hyphens and
 * Idaho's with one, R.S. Louisiana's and New Jersey's with a colon. own: the state is named or the text's. */
static bool shape_fits(const struct code_row *row, span number, bool own)
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
	/* 5 CCR 1001-5 is Colorado's, 14 CCR 15064.5 California's. */
	bool admin = span_eq(row->id, SPAN("admin"));
	if (admin && span_eq(state, SPAN("us-ca")))
		return digits(number, 0) != 4 || !dash(number, 4);
	/* A.A.C. R20-5-106 is Arizona's; OAC 317:30-5-1 Oklahoma's, 4123-3-14 Ohio's. */
	if (admin && span_eq(state, SPAN("us-ak")))
		return is_digit((char)at(number, 0));
	if (admin && (span_eq(state, SPAN("us-oh")) || span_eq(state, SPAN("us-ok"))))
		return own || colon == span_eq(state, SPAN("us-ok"));
	if (admin && span_eq(state, SPAN("us-co")))
		return joints != 0 || own;
	return true;
}

/* "art. 4590i, § 13.01(b)": the section of an article is a subdivision of it. */
static void article_section(struct scan *s, struct item *it)
{
	span t = s->t;
	bool plural;
	size_t k = at(t, it->at.end) == ',' ? blanks(t, it->at.end + 1) : 0;
	size_t mark = k ? sign(t, k, &plural) : 0, number = mark ? blanks(t, mark) : 0, end = number ? number_end(t, number) : 0;
	if (!end || it->subs.n)
		return;
	*PUSH(s->a, &it->subs) = span_sub(t, number, end);
	it->at.end = (uint32_t)subdivisions_read(s, end, &it->subs);
}

/* Whether a comma stands between an act's name and a number that was last cited of another code. */
static bool seen_elsewhere(const struct scan *s, size_t beg, size_t i, const struct code_row *row, span number)
{
	const uint32_t *seen = map_get(&s->sections, number);
	return seen && span_find_byte(span_sub(s->t, beg, i), ',', 0) < i - beg && !span_eq(s->out->v[*seen - 1].code, row->id);
}

/* [sign | "r." | "rule" | "art."] sections, for a code known already. */
static size_t sections_of(struct scan *s, size_t beg, size_t i, const struct code_row *row, span title)
{
	static const char *const marks[] = { "r.", "rule", "rules", "art.", "arts.", "art", "articles", "article", "reg.", "no.", "par.", 0 };
	struct items items;
	span t = s->t;
	bool plural = false;
	size_t mark = sign(t, i, &plural), end;
	int which = -1;
	if (!mark) { /* "8 U.S.C.\n 9 § 1158": the number of a line */
		size_t line = digits(t, i), sign_at = blanks(t, line);
		if (line > i && line < i + 3 && at(t, sign_at) == 0xC2 && (mark = sign(t, sign_at, &plural)))
			i = sign_at;
	}
	if (!mark)
		mark = paragraph_sign(t, i);
	/* A damaged sign may be no sign at all: not where a citation begins. */
	if (!mark && row->kind <= CODE_REGULATION && (mark = sign_damaged(t, i, &plural)) && citation_at(s, blanks(t, mark)))
		return 0;
	if (mark && word_here(t, blanks(t, mark), "(rule)")) /* Wisconsin's § (Rule) 809.30 */
		mark = word_here(t, blanks(t, mark), "(rule)");
	if (!mark && citation_at(s, i))
		return 0;
	if (!mark && (mark = any_word(t, i, marks, &which)))
		plural = which == 2 || which == 4 || which == 6;
	i = mark ? blanks(t, mark) : i;
	end = sections_read(s, i, plural, &items);
	if (!end || (!mark && !unsigned_fits(t, &items.v[0], row)) || !shape_fits(row, items.v[0].number, s->state == row->state))
		return 0;
	/* "the ADA, § 504": the section of another act that was named before. */
	if (row->form == FORM_ACT && beg < i && seen_elsewhere(s, beg, i, row, items.v[0].number))
		return 0;
	if (mark && which >= 3 && which <= 7 && items.n == 1)
		article_section(s, &items.v[0]);
	return sections_emit(s, beg, row, title, &items);
}

/* A name that holds its state sets it for what follows; kept is for putting it back. */
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

/* Past the words of a topic, to a section sign: "Contracts § 12", ", Constitutional Law, §§ 5-6", "(5th ed. 2008) Pleading, § 938". */
static size_t topic(span t, size_t i)
{
	/* To the sign within 90 bytes; a bracket near the start is an edition's; a semicolon, another bracket's end or a sentence's end the
	 * topic. */
	i += at(t, i) == '.';
	for (size_t k = i; k < t.n && k < i + 90; k++) {
		if (at(t, k) == 0xC2 && at(t, k + 1) == 0xA7)
			return k;
		if (t.p[k] == ';' || t.p[k] == ')' || (t.p[k] == 's' && word_here(t, k, "supra")) || (t.p[k] == '.' && is_space((char)at(t, k + 1)) && !is_lower((char)at(t, k - 1))))
			return 0;
		if (t.p[k] == '(' && k < i + 4 && close_paren(t, k, 30))
			k = close_paren(t, k, 30) - 1;
	}
	return 0;
}

/* "RSA chapter 597", "ORS chapter 90": a chapter of a code of sections. */
static size_t chapter_of(struct scan *s, size_t beg, size_t i, const struct code_row *row)
{
	static const char *const words[] = { "chapters", "chapter", "ch.", "chap.", 0 };
	size_t k = any_word(s->t, i, words, 0), end;
	uint8_t state = row->state == STATE_ANY ? s->state : row->state;
	k = k ? blanks(s->t, k) : 0;
	end = k && is_digit((char)at(s->t, k)) ? number_end(s->t, k) : 0;
	/* Only statutes have chapters that are cited so. */
	if (!end || row->kind != CODE_STATUTE || state >= state_rows_n)
		return 0;
	struct cite *c = cite_add(s, CITE_STATUTE, beg, end);
	c->code = row->id;
	c->title = span_sub(s->t, k, end);
	c->year = s->edition;
	c->address = arena_printf(s->a, "/%.*s/%.*s/c%.*s", SPAN_ARG(state_rows[state].id), SPAN_ARG(row->id), SPAN_ARG(c->title));
	return end;
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

/* [","] "app." label [[","] sign number]: a part's appendix and its own section. */
static void appendix_read(struct scan *s, struct cite *c)
{
	static const char *const words[] = { "app.", "appendix", 0 };
	span t = s->t;
	bool plural;
	size_t k = at(t, c->at.end) == ',' ? blanks(t, c->at.end + 1) : c->at.end, end, mark;
	k = k > c->at.end ? any_word(t, k, words, 0) : 0;
	if (!k)
		return;
	k = blanks(t, k);
	end = digits(t, k);
	end = end > k ? end : k + is_upper((char)at(t, k));
	if (end == k || is_alnum((char)at(t, end))) {
		c->at.end = (uint32_t)blanks_back(t, k, 0);
		c->address = arena_printf(s->a, "%.*s/app", SPAN_ARG(c->address));
		return;
	}
	c->address = arena_printf(s->a, "%.*s/app%.*s", SPAN_ARG(c->address), SPAN_ARG(span_sub(t, k, end)));
	c->at.end = (uint32_t)end;
	k = at(t, end) == ',' ? blanks(t, end + 1) : blanks(t, end);
	mark = at(t, k) == 0xC2 ? sign(t, k, &plural) : 0;
	k = mark ? blanks(t, mark) : 0;
	end = k ? number_end(t, k) : 0;
	if (!end)
		return;
	c->address = arena_printf(s->a, "%.*s/s%.*s", SPAN_ARG(c->address), SPAN_ARG(span_sub(t, k, end)));
	c->at.end = (uint32_t)end;
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
	/* "40 C.F.R. Parts 1500-1508": the range stands as one number. */
	while (at(t, end) == '-' && is_digit((char)at(t, end + 1)))
		end = digits(t, end + 1);
	span subpart = { 0 };
	size_t sub = subpart_read(t, end, &subpart), number = end;
	struct cite *c = cite_add(s, row->kind == CODE_REGULATION ? CITE_REGULATION : CITE_STATUTE, beg, sub ? sub : end);
	c->code = row->id;
	c->title = title;
	c->section = which < 4 ? span_sub(t, k, number) : (span){ 0 };
	c->address = row->state >= state_rows_n ? (span){ 0 } : arena_printf(s->a, "/%.*s/%.*s/t%.*s/%s%.*s", SPAN_ARG(state_rows[row->state].id), SPAN_ARG(row->id),
				  SPAN_ARG(title), which < 4 ? "p" : "ch", (int)(number - k), t.p + k);
	if (subpart.n)
		c->address = arena_printf(s->a, "%.*s/sub%.*s", SPAN_ARG(c->address), SPAN_ARG(subpart));
	if (row->kind == CODE_REGULATION) {
		appendix_read(s, c);
		c->full.end = c->at.end;
	}
	end = c->at.end;
	/* The make of the numbers that will follow: with a period in regulations, plain in statutes. */
	code_note(s, row, title, row->kind == CODE_REGULATION ? SPAN("1.1") : SPAN("1"));
	return end;
}

/* "tit. 46, pt. XLV, § 7603": Louisiana's regulations count sections within parts; its title is then "46:XLV". */
static size_t subtitle(struct scan *s, size_t i, span *title)
{
	span t = s->t;
	unsigned value;
	size_t k = word_here(t, i, "pt."), end;
	k = k ? blanks(t, k) : 0;
	end = k && is_upper((char)at(t, k)) ? roman(t, k, &value) : 0;
	if (!end)
		return i;
	*title = arena_printf(s->a, "%.*s:%.*s", SPAN_ARG(*title), SPAN_ARG(span_sub(t, k, end)));
	end = blanks(t, end);
	return at(t, end) == ',' ? blanks(t, end + 1) : end;
}

/* Whether a state's code of titles is cited without one: "Colo. Code Regs. § 1007-1", "Vt. Admin. Code 12-5-25". */
static bool untitled(const struct scan *s, const struct code_row *row, size_t i)
{
	bool plural;
	size_t end = number_end(s->t, i);
	/* The federal codes are never cited without a title. */
	if (row->state == 0)
		return false;
	return sign(s->t, i, &plural) != 0 || (row->kind == CODE_REGULATION && end && number_parted(span_sub(s->t, i, end)));
}

/* "Mo. Rev. Stat. § 610.100", "U.S.C. tit. 42, § 1983", "G.L. c. 93A, § 9" */
size_t statute_named(struct scan *s, size_t beg, const struct hit *h)
{
	const struct code_row *row = &code_rows[ENTRY_ROW(h->entry)];
	span t = s->t, title = { 0 };
	size_t i = code_suffix(s, h->end), next = 0;
	uint8_t kept;
	state_of(s, h, &kept);
	/* By the form of the code: what must stand between its name and the sections. i is 0 when it does not. */
	if (row->form == FORM_TITLE) {
		i = (next = division(t, i, title_words, &title)) ? subtitle(s, next, &title) : untitled(s, row, i) ? i : 0;
	} else if (row->form == FORM_CHAP) {
		next = division(t, i, chapter_words, &title);
		i = next;
	} else if (row->form == FORM_SUBJ) {
		bool plural;
		size_t mark = sign(t, i, &plural);
		i = row->kind == CODE_JOURNAL ? topic(t, h->end) : subject(t, mark ? blanks(t, mark) : i);
	} else if (row->kind == CODE_JOURNAL && row->form == FORM_ACT && topic(t, h->end)) {
		i = topic(t, h->end);
	} else if (row->form == FORM_ILCS) {
		i = 0;
	}
	size_t end = i ? sections_of(s, beg, i, row, title) : 0;
	if (!end && i && title.n && row->form == FORM_TITLE && row->state < state_rows_n)
		end = part_read(s, beg, i, row, title);
	if (!end && title.n && row->form == FORM_CHAP) {
		/* The chapter alone. */
		struct cite *c = cite_add(s, CITE_STATUTE, beg, (size_t)(title.p + title.n - t.p));
		c->code = row->id;
		c->title = title;
		c->address = address_of_section(row, row->state, title, &(struct item){ 0 }, s->a);
		end = c->at.end;
		code_note(s, row, title, SPAN("1"));
	}
	/* A code of sections, but a chapter of it was named. */
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

/* What follows a code whose title is known: a part, or a section with its sign. */
size_t statute_divided(struct scan *s, size_t beg, size_t i, const struct code_row *row, span title)
{
	bool plural;
	i = blanks(s->t, i + (at(s->t, i) == ','));
	size_t end = part_read(s, beg, i, row, title);
	return end || !sign(s->t, i, &plural) ? end : sections_of(s, beg, i, row, title);
}

/* "17A Am. Jur. 2d Contracts § 12", "81 C.J.S. States § 295" */
static size_t encyclopedia(struct scan *s, size_t beg, span volume, const struct hit *h)
{
	const struct code_row *row = &code_rows[ENTRY_ROW(h->entry)];
	uint8_t kept;
	size_t i = topic(s->t, h->end);
	if (!i)
		return 0;
	state_of(s, h, &kept);
	size_t end = sections_of(s, beg, i, row, volume);
	s->state = kept;
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
	if (row->form == FORM_SUBJ && row->kind == CODE_JOURNAL)
		return encyclopedia(s, beg, title, h);
	bool lettered = title.n && is_upper(title.p[title.n - 1]); /* 17-A M.R.S.A. */
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
	if (title.n > 3 && !lettered)
		return 0;
	if ((end = part_read(s, beg, i, row, title)))
		return end;
	uint8_t kept;
	state_of(s, h, &kept);
	end = sections_of(s, beg, i, row, title);
	s->state = kept;
	s->edition = 0;
	return end;
}
