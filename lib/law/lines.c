#include "law/lines.h"

/* A line with its indentation: tabs go to columns of eight, and blanks at its end are no part of it. Columns beyond 999 are not told apart. */
static struct line line_at(span text, size_t beg, size_t end)
{
	size_t i = beg, column = 0;
	for (; i < end && is_space(text.p[i]); i++)
		column = text.p[i] == '\t' ? (column | 7) + 1 : column + 1;
	while (end > i && is_space(text.p[end - 1]))
		end--;
	return (struct line){ (uint32_t)beg, (uint32_t)i, (uint32_t)end, (uint16_t)(column < 999 ? column : 999) };
}

struct lines lines_of(span text, struct arena *a)
{
	struct lines list = { 0 };
	for (size_t beg = 0; beg < text.n;) {
		size_t end = span_find_byte(text, '\n', beg);
		*PUSH(a, &list) = line_at(text, beg, end);
		beg = end < text.n ? end + 1 : end;
	}
	return list;
}

/* s without the closing quotation marks, brackets and spaces at its end. */
static span without_closers(span s)
{
	while (s.n) {
		char c = s.p[s.n - 1];
		if (c == '"' || c == '\'' || c == ')' || c == ']' || c == ' ' || c == '*')
			s.n--;
		else if (span_ends(s, SPAN("\u201d")) || span_ends(s, SPAN("\u2019")))
			s.n -= 3;
		else
			break;
	}
	return s;
}

/* Also where the word stands in brackets: a bill strikes it so ("; [and]"). */
static bool ends_with_word(span *s, span word)
{
	if (!span_ends(*s, word) || s->n == word.n)
		return false;
	char before = s->p[s->n - word.n - 1];
	if (!is_space(before) && before != '[')
		return false;
	*s = span_trim(span_sub(*s, 0, s->n - word.n - (before == '[')));
	return true;
}

/* A bill's struck words, brackets and closing quotation marks are looked through before the last byte tells. */
char clause_end(span s)
{
	s = without_closers(s);
	/* "; and" ends an item as its semicolon does; after "and" alone the sentence goes on. */
	bool joined = ends_with_word(&s, SPAN("and")) || ends_with_word(&s, SPAN("or"));
	char c = s.n ? s.p[s.n - 1] : 0;
	if (c == ';' || (joined && c == ','))
		return ';';
	if (joined)
		return 0;
	if (c == '.' || c == ':' || c == '?' || c == '!')
		return c == ':' ? ':' : '.';
	if (span_ends(s, SPAN("\u2014")) || span_ends(s, SPAN("\u2013")) || (c == '-' && s.n > 1 && !is_alnum(s.p[s.n - 2])))
		return ':';
	return 0;
}

/* No small letter, and at least so many capitals: a line of figures is no heading. */
bool all_capitals(span s, size_t least)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (is_lower(s.p[i]))
			return false;
		n += is_upper(s.p[i]);
	}
	return n >= least;
}

size_t words_in(span s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += !is_space(s.p[i]) && (i == 0 || is_space(s.p[i - 1]));
	return n;
}

/* Runs of white space made one space each. Text that has none is given back as it is, without a copy. */
span squeeze(span s, struct arena *a)
{
	s = span_trim(s);
	bool plain = true;
	for (size_t i = 1; i < s.n && plain; i++)
		plain = !is_space(s.p[i]) || (s.p[i] == ' ' && s.p[i - 1] != ' ');
	if (plain)
		return s;
	char *out = arena_raw(a, s.n, 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		if (!is_space(s.p[i]))
			out[n++] = s.p[i];
		else if (n && out[n - 1] != ' ')
			out[n++] = ' ';
	return (span){ out, n };
}

/* 1 to 4 digits, with dashes and blanks around: "- 12 -", "12-3". */
bool page_number(span s)
{
	size_t digits = 0;
	for (size_t i = 0; i < s.n; i++) {
		digits += is_digit(s.p[i]);
		if (!is_digit(s.p[i]) && s.p[i] != '-' && s.p[i] != ' ')
			return false;
	}
	return digits > 0 && digits < 5 && s.n < 12;
}

/* speaker = capitals ":" blank, within 45 bytes: "THE COURT: ", "MR. ROE: ". */
bool speaker(span s)
{
	size_t capitals = 0;
	if (span_starts(s, SPAN("Q. ")) || span_starts(s, SPAN("A. ")))
		return false; /* "A." is a heading elsewhere */
	for (size_t i = 0; i < s.n && i < 45; i++) {
		if (s.p[i] == ':')
			return capitals > 3 && i + 1 < s.n && is_space(s.p[i + 1]);
		if (!is_upper(s.p[i]) && s.p[i] != ' ' && s.p[i] != '.' && s.p[i] != '\'' && s.p[i] != '-')
			return false;
		capitals += is_upper(s.p[i]);
	}
	return false;
}
