/* The spaces of text that lost them: letters are read as words, the rest is spaced by rule. */
#include "law/repair_unspaced.h"

static bool is_word_byte(span s, uint32_t i)
{
	if (is_alpha(s.p[i]))
		return true;
	bool inner = i > 0 && i + 1 < s.n && is_alpha(s.p[i - 1]);
	if (s.p[i] == '\'')
		return inner && is_alpha(s.p[i + 1]);
	return inner && i + 3 < s.n && !memcmp(s.p + i, "\xE2\x80\x99", 3) && is_alpha(s.p[i + 3]);
}

static uint32_t letters_end(span s, uint32_t i, uint32_t end)
{
	while (i < end && is_word_byte(s, i))
		i += (unsigned char)s.p[i] == 0xE2 ? 3 : 1;
	return i;
}

/* "102ND", "4th", "3d": letters that belong to the digits before them. */
static uint32_t ordinal(span s, uint32_t i, uint32_t end)
{
	static const char *const endings[] = { "st", "nd", "rd", "th" };
	char d = s.p[i - 1];
	size_t want = d == '1' ? 0 : d == '2' ? 1 : d == '3' ? 2 : 3;
	bool teen = i > 1 && s.p[i - 2] == '1';
	span two = span_sub(s, i, i + 2);
	bool alike = two.n == 2 && is_upper(two.p[0]) == is_upper(two.p[1]); /* not "91Stat." */
	if (alike && span_case_eq(two, span_of(endings[teen ? 3 : want])))
		return i + 2;
	uint32_t digits = i; /* "0907H.01I": a number of another kind */
	while (digits > 0 && is_digit(s.p[digits - 1]))
		digits--;
	bool series = to_lower(s.p[i]) == 'd' && (d == '2' || d == '3') && i - digits == 1 && digits > 0;
	char after = i + 1 < end ? s.p[i + 1] : 0;
	if (series && (s.p[digits - 1] == '.' || (is_lower(s.p[i]) && is_upper(after)) || (after == 'e' && i + 2 < end && s.p[i + 2] == 'd'))) /* "F.3dat", "2dCir.", "2ded." */
		return i + 1;
	if (digits > 0 && s.p[digits - 1] == '\xA7' && is_upper(s.p[i]) && !is_alpha(after))
		return i + 1; /* "\xC2\xA7 32B." */
	bool point = i + 1 < end && s.p[i + 1] == '.' && s.p[digits] != '0';
	bool alone = (i + 1 >= end || !is_alpha(s.p[i + 1])) && !(point && (is_upper(s.p[i]) || s.p[i] == 'p'));
	return alone ? i + 1 : i;
}

/* Of two at the same place the first counts. */
static void space_at(struct bill *b, uint32_t at, float confidence)
{
	PUSH(b->a, &b->spaces);
	size_t i = b->spaces.n - 1;
	for (; i > 0 && b->spaces.v[i - 1].at > at; i--) /* they come nearly in order */
		b->spaces.v[i] = b->spaces.v[i - 1];
	b->spaces.v[i] = (struct cut){ at, confidence };
}

/* The piece [beg, stop) with its first n spaces, as one edit. */
static void put_spaced(struct bill *b, struct range at, const struct cut *c, size_t n)
{
	char *p = arena_raw(b->a, at.end - at.beg + n, 1);
	size_t len = 0;
	uint32_t from = at.beg;
	float confidence = 1;
	for (size_t i = 0; i < n; i++) {
		if (i && c[i].at == c[i - 1].at)
			continue;
		memcpy(p + len, b->s.p + from, c[i].at - from);
		len += c[i].at - from;
		p[len++] = ' ';
		from = c[i].at;
		confidence = c[i].confidence < confidence ? c[i].confidence : confidence;
	}
	memcpy(p + len, b->s.p + from, at.end - from);
	edit_push(&b->out, b->a, "unspaced", at, confidence)->after = (span){ p, len + at.end - from };
}

/* An edit for each line's length of a piece: one a space would fill the log. */
static void put_spaces(struct bill *b, uint32_t beg, uint32_t end)
{
	enum { EDIT_MAX = 100 };
	const struct cuts *c = &b->spaces;
	for (size_t i = 0, n; i < c->n; i += n) {
		for (n = 1; i + n < c->n && c->v[i + n].at - beg <= EDIT_MAX;)
			n++;
		bool last = i + n == c->n && end - beg <= EDIT_MAX;
		struct range at = { beg, last ? end : c->v[i + n - 1].at };
		put_spaced(b, at, c->v + i, n);
		beg = at.end;
	}
	b->spaces.n = 0;
}

/* "INTRODUCEDBYREPRESENTATIVESAULS.": one sponsor has a title in the singular, and a
 * name that stays whole; where the name begins; end: there is none such. */
static uint32_t sponsor(span s, uint32_t beg, uint32_t end)
{
	static const char *const titles[] = { "BYREPRESENTATIVE", "BYSENATOR", "BYDELEGATE", "BYASSEMBLYMEMBER" };
	span w = span_sub(s, beg, end);
	if (!is_upper(s.p[end - 1]))
		return end;
	bool several = end < s.n && (s.p[end] == ',' || s.p[end] == '(' || s.p[end] == ';');
	for (size_t i = 0; !several && i < sizeof titles / sizeof *titles; i++) {
		span t = span_of(titles[i]);
		size_t at = span_find(w, t, 0), name = at + t.n;
		if (at < w.n && name + 3 < w.n && w.n - name <= 14 && span_find(w, SPAN("AND"), name) >= w.n)
			return beg + (uint32_t)name;
	}
	return end;
}

static void words(struct bill *b, uint32_t beg, uint32_t end)
{
	uint32_t name = sponsor(b->s, beg, end);
	if (name < end) {
		space_at(b, name, .9f);
		end = name;
	}
	char last = b->s.p[end - 1], point = end < b->s.n ? b->s.p[end] : 0, next = end + 1 < b->s.n ? b->s.p[end + 1] : 0;
	bool versus = last == 'v' && point == '.' && is_upper(next), clock = (last == 'a' || last == 'p') && point == '.' && next == 'm';
	if (end - beg >= 3 && (versus || clock)) /* "Connorv.Monkem", "o'clockp.m." */
		space_at(b, --end, .95f);
	b->cuts.n = 0;
	segment(span_sub(b->s, beg, end), beg, &b->cuts, b->a);
	for (size_t i = 0; i < b->cuts.n; i++)
		space_at(b, b->cuts.v[i].at, b->cuts.v[i].confidence);
}

/* "2d", "3d", "4th" after a point: a series of reports, which stays ("S.W.2d"). */
static bool reporter_series(span s, uint32_t i)
{
	span after = span_sub(s, i + 1, i + 3);
	return span_case_starts(after, SPAN("d")) || span_eq(after, SPAN("th")) || span_eq(after, SPAN("nd")) || span_eq(after, SPAN("rd"));
}

/* Whether a space belongs between a point and what follows it. */
static bool after_point(span s, uint32_t i, uint32_t beg)
{
	char prev = i > beg + 1 ? s.p[i - 2] : 0, next = s.p[i];
	uint32_t run = 0, end = i;
	while (i >= beg + 2 + run && is_alpha(s.p[i - 2 - run]) && !(run && is_lower(s.p[i - 2 - run]) && is_upper(s.p[i - 1 - run])))
		run++; /* of "mergedwithS." the S alone */
	while (end < s.n && is_alpha(s.p[end]))
		end++;
	if (is_digit(prev))
		return !is_digit(next);
	bool clock = (prev == 'a' || prev == 'p') && next == 'm' && i + 1 < s.n && s.p[i + 1] == '.';
	bool closed = run == 1 && i >= beg + 3 && s.p[i - 3] == '.' && is_lower(next) && end - i >= 2 && (end == s.n || s.p[end] != '.');
	if (clock || closed) /* "o'clockp.m.", "P.C.were" */
		return closed;
	if (is_digit(next))
		return run > 1 || (run == 1 && !reporter_series(s, i) && !(is_upper(prev) && i >= beg + 3 && is_digit(s.p[i - 3])));
	bool initials = run == 1 && i + 1 < s.n && s.p[i + 1] == '.';
	return !initials && (is_upper(next) || run >= 3);
}

/* Whether what ends before k is a series of reports: "2d", "3d", "4th". */
static bool page_of_series(span s, uint32_t k)
{
	bool d = to_lower(s.p[k - 1]) == 'd', th = to_lower(s.p[k - 1]) == 'h' && to_lower(s.p[k - 2]) == 't';
	return (d && is_digit(s.p[k - 2])) || (th && k > 2 && is_digit(s.p[k - 3]));
}

static bool thousands(span s, uint32_t i)
{
	bool three = i + 2 < s.n && is_digit(s.p[i]) && is_digit(s.p[i + 1]) && is_digit(s.p[i + 2]);
	uint32_t k = i - 1; /* the comma */
	while (k > 0 && is_digit(s.p[k - 1]))
		k--;
	/* "F.3d107,113" and "U.S.677,695" are pages, "57 Fed.Reg.32,726" is one number. */
	uint32_t to = k; /* what stands before the number, on the line before too */
	while (to > 0 && is_space(s.p[to - 1]))
		to--;
	bool series = to > 2 && (page_of_series(s, to) || !memcmp(s.p + to - 2, "'x", 2));
	bool register_page = to >= 4 && !memcmp(s.p + to - 4, "Reg.", 4);
	bool short_before = k < i - 1 && i - 1 - k <= 3 && !series && (to == 0 || s.p[to - 1] != '.' || register_page);
	return three && short_before && (i + 3 >= s.n || !is_digit(s.p[i + 3]));
}

static bool plural_bracket(span s, uint32_t i)
{
	return span_starts(span_sub(s, i, s.n), SPAN("(s)")) || span_starts(span_sub(s, i, s.n), SPAN("(es)"));
}

/* "(a)", "(12)", "(iii)": a subdivision; "(1984)", "(quoting" are none. */
static bool label_at(span s, uint32_t i)
{
	uint32_t k = i + 1;
	while (k < s.n && is_alnum(s.p[k]))
		k++;
	bool year = k - i == 5 && is_digit(s.p[i + 1]) && is_digit(s.p[i + 4]);
	return k < s.n && s.p[k] == ')' && k - i <= 5 && !year;
}

/* "S.B.153&97", "Kelston&Zavez", but "AT&T". */
static bool ampersand_apart(span s, uint32_t i, uint32_t beg)
{
	uint32_t b = i, e = i + 1;
	while (b > beg && is_alpha(s.p[b - 1]))
		b--;
	while (e < s.n && is_alpha(s.p[e]))
		e++;
	bool numbers = i > beg && is_digit(s.p[i - 1]) && i + 1 < s.n && is_digit(s.p[i + 1]);
	return numbers || (i - b >= 2 && e - i > 3);
}

/* "201506/08/2012": a date written in figures begins at i. */
static bool date_at(span s, uint32_t i)
{
	static const char shape[] = "00/00/0000";
	if (i + 10 > s.n || s.p[i] > '1' || (i + 10 < s.n && is_digit(s.p[i + 10])))
		return false;
	for (uint32_t k = 0; k < 10; k++)
		if (shape[k] == '/' ? s.p[i + k] != '/' : !is_digit(s.p[i + k]))
			return false;
	return true;
}

/* Whether a space belongs before byte i of a piece that begins at beg; not
 * between letters, which are read as words. */
static bool apart(span s, uint32_t i, uint32_t beg)
{
	char p = s.p[i - 1], c = s.p[i];
	bool opens = c == '(' || c == '[';
	if (is_alpha(p) && (is_digit(c) || c == '$')) /* but "U.S.S.G. 4A1.2" */
		return !(is_upper(p) && i > beg + 1 && is_digit(s.p[i - 2])) || (i > beg + 2 && s.p[i - 3] == '.'); /* "F.3D107" */
	if (is_alpha(p) && opens)
		return !plural_bracket(s, i) && !(label_at(s, i) && i > beg + 1 && is_digit(s.p[i - 2])); /* "1437a(b)" */
	if (is_digit(p) && is_digit(c))
		return date_at(s, i);
	if ((is_digit(p) || p == ')') && c == '(')
		return !label_at(s, i);
	if (p == '%')
		return is_alpha(c);
	if (p == '&' || c == '&')
		return ampersand_apart(s, p == '&' ? i - 1 : i, beg);
	if (p == ',')
		return is_alpha(c) || opens || c == '$' || (is_digit(c) && !thousands(s, i));
	if (p == ';')
		return is_alnum(c) || opens || c == '$';
	if (p == ':')
		return is_alpha(c) || opens || (is_digit(c) && !is_digit(s.p[i - 2 < beg ? beg : i - 2]));
	if (p == '.')
		return (is_alnum(c) && after_point(s, i, beg)) || (opens && i > beg + 1 && is_alnum(s.p[i - 2]));
	if (p == ')' || p == ']')
		return is_alnum(c) || c == '$';
	return false;
}

static bool apart_wide(const struct bill *b, span s, uint32_t i)
{
	if (!(((unsigned char)s.p[i] | (unsigned char)s.p[i - 1]) & 0x80))
		return false;
	span c = span_sub(s, i, i + 3), p = i >= 3 ? span_sub(s, i - 3, i) : (span){ 0 };
	char before = s.p[i - 1];
	if (b->dashes_apart && (span_eq(c, SPAN("\xE2\x80\x94")) || span_eq(p, SPAN("\xE2\x80\x94"))))
		return true;
	if (span_eq(c, SPAN("\xE2\x80\x9C")))
		return is_alnum(before) || before == ',' || before == ';' || before == ':' || before == '.' || before == ')';
	if (span_eq(p, SPAN("\xE2\x80\x9D")))
		return is_alnum(s.p[i]) || s.p[i] == '(';
	if (span_starts(c, SPAN("\xC2\xA7")))
		return is_alnum(before) || before == '.' || before == ',' || before == ';';
	return i >= 2 && span_eq(span_sub(s, i - 2, i), SPAN("\xC2\xA7")) && is_alnum(s.p[i]);
}

/* Straight quotes open and close in turn within a paragraph. */
static bool quote_apart(span s, uint32_t i, bool open)
{
	char p = s.p[i - 1];
	if (s.p[i] == '"')
		return !open && (is_alnum(p) || p == ',' || p == ';' || p == ':' || p == '.' || p == ')');
	return s.p[i - 1] == '"' && !open && (is_alnum(s.p[i]) || s.p[i] == '(');
}

void unspaced_words(struct bill *b, uint32_t beg, uint32_t end)
{
	bool open_quote = b->quoted;
	span s = span_sub(b->s, 0, end);
	uint32_t skip = (uint32_t)unspaced_section_head(span_sub(s, beg, end));
	if (skip && beg + skip < end && is_digit(s.p[beg + skip]))
		space_at(b, beg + skip, .98f); /* "37.717." "1." */
	for (uint32_t i = beg; i < end;) {
		bool letter = is_alpha(s.p[i]);
		uint32_t from = letter && i > beg && is_digit(s.p[i - 1]) ? ordinal(s, i, end) : i;
		if (i > beg && letter && from == i && is_digit(s.p[i - 1]))
			space_at(b, i, .95f);
		else if (i > beg && (apart(s, i, beg) || apart_wide(b, s, i) || quote_apart(s, i, open_quote)))
			space_at(b, i, .97f);
		if (from > i && from < end && is_alpha(s.p[from]))
			space_at(b, from, .95f);
		if (!letter) {
			open_quote ^= s.p[i] == '"';
			i++;
			continue;
		}
		i = letters_end(s, from, end);
		if (i > from)
			words(b, from, i);
	}
	b->quoted = open_quote;
	put_spaces(b, beg, end);
}
