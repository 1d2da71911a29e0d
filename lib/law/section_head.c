#include "law/section_head.h"

#include "law/label.h"
#include "law/lines.h"

/* "*5.", but not "**". */
static size_t after_star(span s, span number)
{
	s = span_sub(s, 1, s.n);
	size_t n = s.n && s.p[0] != '*' ? section_number(s, number) : 0;
	return n ? n + 1 : 0;
}

size_t section_dash(span s, size_t i)
{
	if (i < s.n && s.p[i] == '-')
		return 1;
	if (i + 3 > s.n || (unsigned char)s.p[i] != 0xE2)
		return 0;
	unsigned char x = (unsigned char)s.p[i + 1], y = (unsigned char)s.p[i + 2];
	return (x == 0x80 && y >= 0x90 && y <= 0x93) || (x == 0x88 && y == 0x92) ? 3 : 0; /* U+2010 to 2013, the minus sign */
}

/* Bytes of `number` at the start of s, whatever the case of its letters and the kind of its dashes; 0: another. */
static size_t same_number(span s, span number)
{
	size_t i = 0, k = 0;
	while (k < number.n) {
		size_t dash = section_dash(s, i), wanted = section_dash(number, k);
		wanted += number.p[k] == '/' && dash; /* title 29, section 5-999: "29-5-999" */
		if (i >= s.n || !dash != !wanted || (!dash && to_lower(s.p[i]) != to_lower(number.p[k])))
			return 0;
		i += dash ? dash : 1;
		k += wanted ? wanted : 1;
	}
	return i < s.n && (is_alnum(s.p[i]) || (section_dash(s, i) && i + 1 < s.n && is_digit(s.p[i + 1]))) ? 0 : i;
}

/* Past the number at s[at] and the period, colon, bar and space after it; 0: it is another number. */
static size_t after_number(span s, size_t at, span number)
{
	while (at < s.n && is_space(s.p[at]))
		at++;
	size_t n = same_number(span_sub(s, at, s.n), number);
	if (!n)
		return 0;
	for (at += n; at < s.n && (s.p[at] == '.' || s.p[at] == ':' || s.p[at] == '|' || is_space(s.p[at]));)
		at++;
	return at;
}

/* What can stand before the number of a section in its first line. */
static const char *const signs[] = { "\u00a7", "Section", "SECTION", "Sec.", "SEC.", "Rule", "RULE", "Article", "ARTICLE", "Art.", "Amendment" };
enum { SIGNS = sizeof signs / sizeof *signs };

/* Bytes of a citation that names the code before the number: "NRS ", "3 CSR ", "(720 ILCS "; 0: none. */
static size_t code_letters(span s)
{
	size_t i = s.n && s.p[0] == '(', capitals = 0;
	while (i < s.n && is_digit(s.p[i]))
		i++;
	i += i < s.n && s.p[i] == ' ';
	for (; i < s.n && i < 16 && (is_upper(s.p[i]) || s.p[i] == '.'); i++)
		capitals += is_upper(s.p[i]);
	return capitals > 1 && i < s.n && s.p[i] == ' ' ? i + 1 : 0;
}

size_t section_number(span s, span number)
{
	if (!number.n || !s.n)
		return 0;
	if (s.p[0] == '*') /* marks a note below */
		return after_star(s, number);
	span start = span_sub(s, 0, 48);
	size_t sign = span_find(start, SPAN(" \u00a7 "), 0);
	if (sign > 2 && sign < start.n && is_alnum(s.p[0])) { /* a citation of itself */
		size_t rest = section_number(span_sub(s, sign + 1, s.n), number);
		return rest ? sign + 1 + rest : 0;
	}
	/* With the title in the number, heads may print it without: both are tried. */
	size_t slash = span_find_byte(number, '/', 0); /* "42/1983": the title stands before */
	span bare = slash < number.n ? span_sub(number, slash + 1, number.n) : number;
	for (size_t i = 0; i < SIGNS; i++) {
		if (!span_starts(s, span_of(signs[i])))
			continue;
		size_t at = after_number(s, strlen(signs[i]), bare);
		return at || bare.p == number.p ? at : after_number(s, strlen(signs[i]), number);
	}
	size_t letters = code_letters(s), at = after_number(s, 0, bare);
	at = at || !letters ? at : after_number(s, letters, bare);
	return at || !letters || bare.p == number.p ? at : after_number(s, letters, number);
}

/* The number, or its end from a joint on, behind a sign: "Sec. 1." after "IC 14-22-3-1". */
size_t section_number_again(span s, span number)
{
	/* After each joint of the number what is left may be the whole number of the section in its chapter. */
	for (size_t i = 0; i < number.n; i++) {
		bool joint = i == 0 || strchr("./:", number.p[i - 1]) || section_dash(number, i - 1) || (unsigned char)number.p[i - 1] >= 0x80;
		span tail = span_sub(number, i, number.n);
		for (size_t k = 0; joint && k < SIGNS; k++) {
			size_t at = span_starts(s, span_of(signs[k])) ? after_number(s, strlen(signs[k]), tail) : 0;
			if (at)
				return at;
		}
	}
	return 0;
}

/* Words that make a sentence of what would else be a heading. */
static bool has_verb(span s)
{
	static const char *const verbs[] = { "shall", "may", "must", "is", "are", "was", "were", "means", "includes", "does", "do", "has", "have" };
	for (size_t i = 0; i < s.n;) {
		size_t end = i;
		while (end < s.n && is_alpha(s.p[end]))
			end++;
		span word = span_sub(s, i, end);
		for (size_t k = 0; word.n > 1 && k < sizeof verbs / sizeof *verbs; k++)
			if (span_eq(word, span_of(verbs[k])))
				return true;
		i = end + 1;
	}
	return false;
}

/* A title has a capital or quotation mark first, no label, up to 300 bytes and 36 words, and no verb, unless it asks. */
bool section_heading(span s)
{
	s = span_trim(s);
	if (s.n < 3 || s.n > 300 || label_read(s).n || !(is_upper(s.p[0]) || s.p[0] == '"' || (unsigned char)s.p[0] == 0xE2))
		return false;
	char end = s.p[s.n - 1];
	return end != ':' && end != ',' && words_in(s) <= 36 && (end == '?' || !has_verb(s));
}

/* Bytes of a remark in brackets before the catch line, with what follows it; 0: none. */
static size_t aside_bytes(span s)
{
	if (s.n < 8 || (s.p[0] != '(' && s.p[0] != '[') || label_read(s).n)
		return 0;
	size_t end = span_find_byte(span_sub(s, 0, 100), s.p[0] == '(' ? ')' : ']', 0);
	if (end >= s.n || end >= 100)
		return 0;
	for (end++; end < s.n && (s.p[end] == '.' || s.p[end] == ' ');)
		end++;
	return end;
}

/* "SELF-DEFENSE. (a) Except", "Permits; fees. Penalty. 1. The", "DEFINITIONS. In
 * this chapter", "Swans. No person shall": sentences that end before a label,
 * or a first one in capitals or without a verb. */
static size_t run_in(span s)
{
	size_t most = s.n < 320 ? s.n : 320, small = 0, aside = aside_bytes(s);
	if (aside) { /* "(Formerly Sec. 19-99). Maple syrup. (a)" */
		size_t rest = run_in(span_sub(s, aside, s.n));
		return rest ? aside + rest : 0;
	}
	if (!s.n || !(is_upper(s.p[0]) || s.p[0] == '"'))
		return 0;
	size_t first = 0;
	for (size_t i = 1; i + 2 < most; i++) {
		small += is_lower(s.p[i]);
		if (s.p[i] == ':' || s.p[i] == '\n')
			break;
		bool stop = (s.p[i] == '.' || s.p[i] == '?') && s.p[i + 1] == ' ' && i > 3;
		size_t next = i + 2;
		while (stop && next < s.n && s.p[next] == ' ')
			next++;
		if (!stop || next >= s.n)
			continue;
		struct label l = label_read(span_sub(s, next, s.n));
		if (l.n && l.reading[0].n == 1)
			return !small || section_heading(span_sub(s, 0, i + 1)) ? next : 0;
		bool sentence = is_upper(s.p[next]) || s.p[next] == '"' || s.p[next] == '\n';
		if (!first && sentence && words_in(span_sub(s, 0, i)) <= 14 && (!small || !has_verb(span_sub(s, 0, i))))
			first = next;
		else if (!first)
			break;
	}
	return first;
}

/* The catch line ends at a long dash after a period, at one before a label or a line's end, else as run_in finds. */
size_t section_catch_line(span s)
{
	span head = span_sub(s, 0, 400);
	for (size_t at = 0; (at = span_find(head, SPAN("\u2014"), at)) < head.n; at += 3) {
		size_t before = at, after = at + 3;
		while (before && s.p[before - 1] == ' ')
			before--;
		while (after < s.n && s.p[after] == ' ')
			after++;
		if (before && s.p[before - 1] == '.')
			return after;
		bool ends = after >= s.n || s.p[after] == '\n'; /* "Home protection.-" alone in its line */
		if (before < 300 && (ends || label_read(span_sub(s, after, s.n)).n))
			return after;
	}
	return run_in(s);
}

static span without_dash(span s)
{
	s = span_trim(s);
	if (span_ends(s, SPAN("\u2014")))
		s.n -= 3;
	return span_trim(s);
}

/* The catch line that stands in a line of its own below the number: "Section 13A-9-20", "Damage to orchards." */
static span title_below(span text)
{
	span line, rest = text;
	while (span_cut(&rest, '\n', &line))
		if (span_trim(line).n)
			return section_heading(line) && words_in(line) <= 12 && span_trim(rest).n ? span_trim(line) : (span){ 0 };
	return (span){ 0 };
}

/* In the first dozen lines: the one with the number, and its catch line, or all of a line that is no sentence, or the line below. */
span section_title(span text, span number)
{
	for (size_t lines = 0; lines < 12 && text.n; lines++) {
		size_t end = span_find_byte(text, '\n', 0), at;
		span line = span_trim(span_sub(text, 0, end));
		text = span_sub(text, end + 1, text.n);
		if (!line.n || !(at = section_number(line, number)))
			continue;
		span rest = span_sub(line, at, line.n);
		size_t dash = section_catch_line(rest);
		if (!rest.n || rest.p[0] == ')') /* "711." alone: a code without catch lines */
			return line.p[line.n - 1] == '.' ? (span){ 0 } : title_below(text);
		rest = dash ? without_dash(span_sub(rest, 0, dash)) : rest;
		bool symbol = span_starts(line, SPAN("\u00a7")), sentence = clause_end(rest) == '.' && words_in(rest) > 10 && !section_heading(rest);
		bool whole = !dash && rest.n < 250 && (symbol || !sentence) && span_trim(text).n && !label_read(rest).n && rest.n && is_upper(rest.p[0]);
		return dash || whole ? rest : (span){ 0 };
	}
	return (span){ 0 };
}
