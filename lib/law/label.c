#include "law/label.h"

#define CORE_MAX 7 /* bytes: "xxxviii"; longer runs in brackets are words */

static unsigned roman_digit(char c)
{
	static const char digits[] = "ivxlcdm";
	static const unsigned value[] = { 1, 5, 10, 50, 100, 500, 1000 };
	const char *p = c ? strchr(digits, to_lower(c)) : NULL;
	return p ? value[p - digits] : 0;
}

/* Value of a roman number in its usual form, 0 when s is none. */
static unsigned roman(span s)
{
	unsigned total = 0, last = 5000, run = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned v = roman_digit(s.p[i]), next = i + 1 < s.n ? roman_digit(s.p[i + 1]) : 0;
		if (!v)
			return 0;
		if (next > v) { /* subtractive pair: IV IX XL XC CD CM */
			/* Only I, X and C are taken away, and only from the next two: IV, IX, but not IC; V, L and D never. */
			if (next > 10 * v || next - v > last || roman_digit(s.p[i]) % 5 == 0)
				return 0;
			/* What follows is less than what was taken away: after IX nothing, after XL less than ten. */
			last = v == 1 ? 0 : v - 1;
			total += next - v;
			i++, run = 0;
			continue;
		}
		run = v == last ? run + 1 : 1;
		/* Values never rise; I, X and C stand three times at most, the others once. */
		if (v > last || run > (v == 1 || v == 10 || v == 100 ? 3u : 1u))
			return 0;
		last = v;
		total += v;
	}
	return total;
}

/* One reading more, while there is room. 0 is no number, and nothing counts so far as 2000. */
static void add(struct label *l, enum label_kind kind, unsigned n, unsigned suffix)
{
	if (l->n < READINGS_MAX && n && n < 2000)
		l->reading[l->n++] = (struct reading){ (uint8_t)kind, (uint16_t)n, (uint16_t)suffix };
}

/* All letters of s are the same. */
static bool repeated(span s)
{
	for (size_t i = 1; i < s.n; i++)
		if (s.p[i] != s.p[0])
			return false;
	return true;
}

/* Letters are read in every way that they can count: "i" is the ninth letter and one, "ii" is two, "aa" the 27th letter or a doubled "a".
 * Which it is, only the sequence tells (law/sequence). Letters of both cases are a word. */
static void read_letters(struct label *l, span s, unsigned suffix)
{
	bool upper = is_upper(s.p[0]);
	for (size_t i = 0; i < s.n; i++)
		if (is_upper(s.p[i]) != upper || !is_alpha(s.p[i]))
			return;
	unsigned letter = (unsigned)(to_lower(s.p[0]) - 'a' + 1), value = roman(s);
	if (s.n == 1)
		add(l, upper ? LABEL_UPPER : LABEL_LOWER, letter, suffix);
	if (value)
		add(l, upper ? LABEL_UROMAN : LABEL_ROMAN, value, suffix);
	if (s.n == 2 && repeated(s)) {
		add(l, upper ? LABEL_UPPER : LABEL_LOWER, 26 + letter, suffix);
		add(l, upper ? LABEL_UDOUBLE : LABEL_DOUBLE, letter, suffix);
	} else if (s.n == 3 && repeated(s)) {
		add(l, LABEL_TRIPLE, letter, suffix);
		add(l, upper ? LABEL_UPPER : LABEL_LOWER, 52 + letter, suffix);
	} else if (s.n == 2 && !value && !suffix) { /* inserted: Wisconsin's "(am)" after "(a)" */
		add(l, upper ? LABEL_UPPER : LABEL_LOWER, letter, (unsigned)(to_lower(s.p[1]) - 'a' + 1));
	}
}

/* "5a", "2A", "1.5", "3-a", "a-1", "A1": a base and what was inserted after it. */
static void read_core(struct label *l, span s)
{
	size_t i = 0;
	bool digits = is_digit(s.p[0]);
	while (i < s.n && (digits ? is_digit(s.p[i]) : is_alpha(s.p[i])))
		i++;
	span base = span_sub(s, 0, i), rest = span_sub(s, i, s.n);
	unsigned suffix = 0;
	if (rest.n && (rest.p[0] == '-' || rest.p[0] == '.'))
		rest = span_sub(rest, 1, rest.n);
	else if (rest.n && digits == is_digit(rest.p[0]))
		return;
	for (size_t k = 0; k < rest.n; k++) {
		if (!is_alnum(rest.p[k]) || k == 3)
			return;
		/* As a number of base 36, so that what is inserted keeps its order: "5a" before "5b", "1.5" before "1.6". */
		suffix = suffix * 36 + (unsigned)(is_digit(rest.p[k]) ? rest.p[k] - '0' : to_lower(rest.p[k]) - 'a' + 10);
	}
	if (i < s.n && (!rest.n || (!digits && base.n > 2)))
		return;
	/* 0 stands for nothing inserted; the rest has to fit in 16 bits. */
	suffix = rest.n ? suffix % 60000 + 1 : 0;
	uint64_t value;
	if (!digits)
		read_letters(l, base, suffix);
	else if (base.n <= 3 && span_uint(base, 999, &value))
		add(l, LABEL_DIGIT, (unsigned)value, suffix);
}

/* Places the label and joins its style to the kind of each reading: "(1)" and "1." are of different levels. */
static void set_style(struct label *l, enum label_style style, size_t beg, size_t end)
{
	l->beg = (uint32_t)beg;
	l->end = (uint32_t)end;
	for (size_t i = 0; i < l->n; i++)
		l->reading[i].class = LABEL_CLASS(l->reading[i].class, style);
}

/* What may follow a label: white space, another label, a quotation, a capital. */
static bool may_follow(span s, size_t i, bool period)
{
	if (i >= s.n || is_space(s.p[i]))
		return true;
	char c = s.p[i];
	/* Lists of labels that share one text. */
	if (c == ',' && !period) /* "(c), (d) Repealed" */
		return i + 2 < s.n && s.p[i + 1] == ' ' && s.p[i + 2] == '(';
	if (c == '(' || c == '[' || c == '"' || (unsigned char)c == 0xE2 || (unsigned char)c == 0xC2)
		return true;
	return !period && (is_upper(c) || c == '*' || c == '-' || c == '.');
}

/* "(a)", "(-a-)", "[(b)]", with the closing bracket of the last left outside. */
static struct label read_bracketed(span s)
{
	struct label l = { 0 };
	size_t beg = s.p[0] == '[' ? 1 : 0, i = beg + 1;
	bool dashed = i < s.n && s.p[i] == '-';
	size_t core = dashed ? i + 1 : i;
	for (i = core; i < s.n && i - core <= CORE_MAX && (is_alnum(s.p[i]) || (s.p[i] == '-' && !dashed) || s.p[i] == '.');)
		i++;
	size_t stop = i;
	if (dashed && i < s.n && s.p[i] == '-')
		i++;
	/* Nothing within, too much for a label, or not closed. */
	if (stop == core || stop - core > CORE_MAX || i >= s.n || s.p[i] != ')' || (dashed && i == stop))
		return l;
	i++;
	/* A label in brackets of its own, "[(b)]", was put in by an editor; its closing bracket is passed, not taken in. */
	size_t after = beg && i < s.n && s.p[i] == ']' ? i + 1 : i;
	if (may_follow(s, after, false))
		read_core(&l, span_sub(s, core, stop));
	set_style(&l, dashed ? STYLE_DASH : STYLE_PAREN, beg, i);
	return l;
}

/* "1.", "A.", "IV.", "2a."; "1)", "a)". */
static struct label read_period(span s)
{
	struct label l = { 0 };
	size_t i = 0;
	while (i < s.n && i <= CORE_MAX && (is_alnum(s.p[i]) || (s.p[i] == '-' && i)))
		i++;
	if (i == 0 || i > CORE_MAX || i >= s.n || (s.p[i] != '.' && s.p[i] != ')') || !may_follow(s, i + 1, true))
		return l;
	if (s.p[i] == ')' && i > 3)
		return l; /* a word in brackets that began on the line before */
	read_core(&l, span_sub(s, 0, i));
	set_style(&l, s.p[i] == ')' ? STYLE_HALF : STYLE_PERIOD, 0, i + 1);
	return l;
}

/* "Subd. 2.", "Subdivision 1.", "Subd. 3a." */
static struct label read_subdivision(span s)
{
	struct label l = { 0 };
	size_t i = span_starts(s, SPAN("Subd. ")) ? 6 : span_starts(s, SPAN("Subdivision ")) ? 12 : 0;
	if (!i)
		return l;
	l = read_period(span_sub(s, i, s.n));
	for (size_t k = 0; k < l.n; k++)
		l.reading[k].class = LABEL_CLASS(LABEL_KIND(l.reading[k].class), STYLE_SUBD);
	l.end += (uint32_t)i;
	return l;
}

/* By the first byte; a label stands at the very start of s. n is 0 when there is none. */
struct label label_read(span s)
{
	if (!s.n)
		return (struct label){ 0 };
	if (s.p[0] == '(' || (s.p[0] == '[' && s.n > 1 && s.p[1] == '('))
		return read_bracketed(s);
	if (s.p[0] == 'S' && s.n > 6 && s.p[1] == 'u')
		return read_subdivision(s);
	if (s.p[0] == '[' && s.n > 3) { /* "[2.]" */
		/* The bracket closes near, and the label within fills it up to its period. */
		size_t close = span_find_byte(span_sub(s, 0, CORE_MAX + 3), ']', 0);
		struct label l = close < s.n && close < CORE_MAX + 3 ? label_read(span_sub(s, 1, close)) : (struct label){ 0 };
		l.n = l.n && l.end == close - 1 && s.p[close - 1] == '.' ? l.n : 0;
		l.beg++, l.end++;
		return l;
	}
	return is_alnum(s.p[0]) ? read_period(s) : (struct label){ 0 };
}

#define W(text) { text, sizeof(text) - 1 }
/* A label after one of these refers to another place: "under paragraph (2)". */
static const span referring[] = {
	W("section"), W("sections"), W("subsection"), W("subsections"), W("subsec."), W("subdivision"), W("subdivisions"), W("paragraph"), W("paragraphs"),
	W("subparagraph"), W("subparagraphs"), W("clause"), W("clauses"), W("subclause"), W("division"), W("divisions"), W("item"), W("items"), W("subd."),
	W("par."), W("cl."), W("\u00a7"), W("\u00a7\u00a7") };
#undef W

/* The word left of the label decides, at most 16 bytes of it, blanks and line ends aside: a reference is often wrapped. */
bool label_refers(span text, size_t label)
{
	size_t end = label;
	while (end && is_space(text.p[end - 1]))
		end--;
	size_t beg = end;
	while (beg && !is_space(text.p[beg - 1]) && end - beg < 16)
		beg--;
	span word = span_sub(text, beg, end);
	for (size_t i = 0; i < sizeof referring / sizeof *referring; i++)
		if (word.n == referring[i].n && span_case_eq(word, referring[i]))
			return true;
	return false;
}
