#include "law/section_head.h"

#include "law/label.h"
#include "law/lines.h"

static size_t after_star(span s, span number)
{
	s = span_sub(s, 1, s.n);
	size_t n = s.n && s.p[0] != '*' ? section_number(s, number) : 0;
	return n ? n + 1 : 0;
}

size_t section_number(span s, span number)
{
	static const char *const words[] = { "\u00a7", "Section", "SECTION", "Sec.", "SEC.", "Rule", "RULE", "Article", "ARTICLE", "" };
	if (!number.n)
		return 0;
	if (s.n && s.p[0] == '*') /* marks a note below */
		return after_star(s, number);
	span start = span_sub(s, 0, 48);
	size_t sign = span_find(start, SPAN(" \u00a7 "), 0);
	if (sign > 2 && sign < start.n && is_alnum(s.p[0])) { /* a citation of itself */
		size_t rest = section_number(span_sub(s, sign + 1, s.n), number);
		return rest ? sign + 1 + rest : 0;
	}
	size_t slash = span_find_byte(number, '/', 0); /* "42/1983": the title stands before */
	span bare = slash < number.n ? span_sub(number, slash + 1, number.n) : number;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t at = strlen(words[i]);
		if (!span_starts(s, span_of(words[i])))
			continue;
		while (at < s.n && is_space(s.p[at]))
			at++;
		if (!span_case_starts(span_sub(s, at, s.n), bare))
			continue;
		at += bare.n;
		if (at < s.n && is_alnum(s.p[at]))
			continue;
		while (at < s.n && (s.p[at] == '.' || s.p[at] == ':' || is_space(s.p[at])))
			at++;
		return at;
	}
	return 0;
}

/* "SELF-DEFENSE. (a) Except", "DEFINITIONS. In this chapter": a heading that
 * capitals or a label after it tell from the first sentence. */
static size_t run_in(span s)
{
	size_t most = s.n < 160 ? s.n : 160, words = 0, small = 0;
	if (!s.n || !is_upper(s.p[0]))
		return 0;
	for (size_t i = 1; i + 2 < most && words < 16; i++) {
		words += s.p[i] == ' ';
		small += is_lower(s.p[i]);
		if (s.p[i] == ';' || s.p[i] == ':' || s.p[i] == '\n')
			return 0;
		if (s.p[i] == '.' && s.p[i + 1] == ' ' && i > 3)
			return !small || label_read(span_sub(s, i + 2, s.n)).n ? i + 2 : 0;
	}
	return 0;
}

size_t section_catch_line(span s)
{
	span head = span_sub(s, 0, 1200);
	for (size_t at = 0; (at = span_find(head, SPAN("\u2014"), at)) < head.n; at += 3) {
		size_t before = at;
		while (before && s.p[before - 1] == ' ')
			before--;
		if (before && s.p[before - 1] == '.')
			return at + 3;
		bool ends = span_trim(span_sub(s, at + 3, s.n)).n == 0; /* "Home protection.-" alone in its line */
		if (before < 300 && (ends || label_read(span_sub(s, at + 3, s.n)).n))
			return at + 3;
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
		rest = dash ? without_dash(span_sub(rest, 0, dash)) : rest;
		bool symbol = span_starts(line, SPAN("\u00a7")), sentence = clause_end(rest) == '.' && words_in(rest) > 10;
		bool whole = !dash && rest.n < 250 && (symbol || !sentence) && span_trim(text).n && !label_read(rest).n && rest.n && is_upper(rest.p[0]);
		return dash || whole ? rest : (span){ 0 };
	}
	return (span){ 0 };
}
