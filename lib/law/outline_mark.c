/* Marks in an opinion by their form alone: what they are there, the opinion's reader judges. */
#include "law/outline_opinion.h"

/* The whole heading must be such words, marks of Markdown and closing periods aside. */
bool heading_words(span s)
{
	static const char *const words[] = { "background", "discussion", "conclusion", "facts", "analysis", "introduction", "standard of review",
					     "opinion", "order", "factual background", "procedural history", "procedural background", "the facts",
					     "statement of facts", "memorandum", "memorandum and order", "legal standard", "disposition",
					     "statement of the case", "o p i n i o n", "findings of fact", "conclusions of law", "factual and procedural background",
					     "facts and procedural history", "legal standards", "jurisdiction", "relief", "holding", "decision", "standards of review" };
	while (s.n && (s.p[s.n - 1] == '.' || s.p[s.n - 1] == ':' || s.p[s.n - 1] == '*' || is_space(s.p[s.n - 1])))
		s.n--;
	while (s.n && (s.p[0] == '#' || s.p[0] == '*' || is_space(s.p[0])))
		s = span_sub(s, 1, s.n);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (span_case_eq(s, span_of(words[i])))
			return true;
	return false;
}

/* A label, or a number that stands alone in its line without its period: "II", "A". Small letters and figures alone are no such. */
struct label heading_label(span s)
{
	char printed[8];
	struct label l = label_read(s);
	span line = span_trim(span_sub(s, 0, span_find_byte(s, '\n', 0)));
	bool bare = !l.n && line.n && line.n < 6; /* "II", "A" alone in its line */
	for (size_t i = 0; i < line.n && bare; i++)
		bare = is_upper(line.p[i]) && (line.n == 1 || strchr("IVXL", line.p[i]));
	if (!bare)
		return l;
	memcpy(printed, line.p, line.n);
	printed[line.n] = '.';
	l = label_read((span){ printed, line.n + 1 });
	l.end = (uint32_t)line.n;
	return l;
}

/* The same letters, blanks and rules ("_") aside: a heading printed again where a page turns. */
bool heading_again(span x, span y)
{
	size_t i = 0, k = 0;
	while (i < x.n && k < y.n) {
		if (is_space(x.p[i]) || x.p[i] == '_')
			i++;
		else if (is_space(y.p[k]) || y.p[k] == '_')
			k++;
		else if (x.p[i++] != y.p[k++])
			return false;
	}
	while (i < x.n && (is_space(x.p[i]) || x.p[i] == '_'))
		i++;
	while (k < y.n && (is_space(y.p[k]) || y.p[k] == '_'))
		k++;
	return i == x.n && k == y.n;
}

/* Words of up to four letters may be small, all others have a capital: "Value of the Avocados". At most a dozen, and no end of a clause. */
bool heading_titled(span s)
{
	size_t words = 0, capital = 0;
	if (s.n < 4 || s.n > 110 || !is_upper(s.p[0]) || clause_end(s) || strchr(",;-", s.p[s.n - 1]))
		return false;
	for (size_t i = 0; i < s.n;) {
		size_t end = i;
		while (end < s.n && !is_space(s.p[end]))
			end++;
		bool small = end - i < 5 && is_lower(s.p[i]);
		words += end > i && !small;
		capital += end > i && is_upper(s.p[i]);
		i = end + 1;
	}
	return words && words < 13 && capital == words;
}

/* number = ["[" | "{"] ("*P" | "¶") digits ["]" | "}"] ["."]: a paragraph's, as printed; up to four digits. */
size_t printed_number(span s, uint32_t *number)
{
	size_t i = s.n && (s.p[0] == '[' || s.p[0] == '{');
	char close = !i ? 0 : s.p[0] == '[' ? ']' : '}';
	if (span_starts(span_sub(s, i, s.n), SPAN("*P")))
		i += 2;
	else if (span_starts(span_sub(s, i, s.n), SPAN("\u00b6")))
		i += 2;
	else
		return 0;
	while (i < s.n && (s.p[i] == ' ' || (unsigned char)s.p[i] == 0xC2 || (unsigned char)s.p[i] == 0xA0))
		i++;
	size_t from = i;
	*number = 0;
	while (i < s.n && i - from < 4 && is_digit(s.p[i]))
		*number = *number * 10 + (uint32_t)(s.p[i++] - '0');
	if (i == from || (close && (i >= s.n || s.p[i] != close)))
		return 0;
	i += close != 0;
	i += i < s.n && s.p[i] == '.';
	return i >= s.n || is_space(s.p[i]) || close ? i : 0;
}

/* "[3] Text", "3. Text", "3" above its text, "*", "**": the number of a footnote. */
uint32_t note_number(span s, size_t *end, bool *bracketed)
{
	size_t i = 0;
	uint32_t n = 0;
	*bracketed = s.n > 2 && s.p[0] == '[' && is_digit(s.p[1]);
	/* One to three stars. */
	while (i < s.n && i < 4 && s.p[i] == '*')
		i++;
	if (i && i < 4 && i + 1 < s.n && (is_space(s.p[i]) || is_upper(s.p[i])) && s.p[i + 1] != '*') {
		*end = i;
		return NOTE_STAR;
	}
	i = *bracketed;
	while (i < s.n && is_digit(s.p[i]) && n < 1000)
		n = n * 10 + (uint32_t)(s.p[i++] - '0');
	if (!n || n > 999 || i >= s.n)
		return 0;
	*end = i;
	if (!*bracketed && is_upper(s.p[i])) /* "1Despite due notice": what was raised is no more */
		return n;
	bool closed = *bracketed ? s.p[i] == ']' : s.p[i] == '.' || is_space(s.p[i]);
	*end = i + (s.p[i] == '.' || s.p[i] == ']');
	return closed && (is_space(s.p[*end < s.n ? *end : i]) || *end == s.n) ? n : 0;
}

#define CALL_BYTES 24000 /* how far before a note its call is looked for */

/* Backwards from the note: its mark right after a word, or after a word's punctuation, with no letter, figure or star behind it;
 * in brackets too where the repairs put them. */
bool note_called_before(span text, size_t note, span mark, bool brackets)
{
	size_t least = note > CALL_BYTES ? note - CALL_BYTES : 0;
	for (size_t i = note; i-- > least + 1;) {
		if (text.p[i] != mark.p[0] || note - i < mark.n || memcmp(text.p + i, mark.p, mark.n) != 0)
			continue;
		char before = text.p[i - 1], after = text.p[i + mark.n];
		bool word = is_alpha(before) || (before && strchr(".,;:\"')]", before) && i > 1 && !is_space(text.p[i - 2]) && !is_digit(text.p[i - 2])) ||
			    (unsigned char)before == 0x9D || (unsigned char)before == 0x99; /* closing quotation marks */
		bool bracketed = brackets && before == '[' && after == ']' && i > 1 && !is_space(text.p[i - 2]);
		if ((word || bracketed) && !is_alnum(after) && after != '*')
			return true;
	}
	return false;
}
