#include "law/document_private.h"

#include "law/section_head.h"

/* First lines of sections, and the headings above them. */

/* Bytes of a section number at s[at]: "610.100", "16-1001", "240.10b-5", "12", "5/9-1", "4604.07"; a dash may be of any kind. At most 24
 * bytes and six parts: more is a date, a telephone number or a list. */
static size_t number_bytes(span s, size_t at)
{
	size_t i = at, parts = 1, step;
	if (i >= s.n || !is_digit(s.p[i]))
		return 0;
	for (; i < s.n && i - at < 24; i += step) {
		size_t dash = section_dash(s, i);
		step = dash ? dash : 1;
		bool joins = (dash || strchr(".:/", s.p[i])) && i + step < s.n && is_alnum(s.p[i + step]);
		if (joins && parts == 6)
			return 0;
		parts += joins;
		if (!is_alnum(s.p[i]) && !joins)
			break;
	}
	return i - at < 24 ? i - at : 0;
}

/* Of two parts or more: a plain number may be anything at the start of a line. */
static bool compound(span number)
{
	for (size_t i = 1; i < number.n; i++)
		if (number.p[i] == '.' || number.p[i] == ':' || section_dash(number, i))
			return true;
	return false;
}

/* After a word like "Sec.": a number that a period or colon ends, or the line's end. */
static enum head_style after_word(span line, size_t at, enum head_style style, span *number)
{
	while (at < line.n && is_space(line.p[at]))
		at++;
	size_t n = number_bytes(line, at);
	*number = span_sub(line, at, at + n);
	at += n;
	if (!n)
		return HEAD_NONE;
	if (at >= line.n || line.p[at] == '.' || line.p[at] == ':')
		return style;
	size_t next = at;
	while (next < line.n && (line.p[next] == ' ' || line.p[next] == '|'))
		next++;
	/* A title with its capital right after the number: with the sign always, with a word only after a number of two parts, as
	 * "Section 5 The" is prose. */
	bool capital = next > at && next < line.n && (is_upper(line.p[next]) || strchr("\"(", line.p[next]));
	return capital && (style == HEAD_SYMBOL || compound(*number)) ? style : HEAD_NONE;
}

/* "Article XIV.", "ARTICLE 3", "Amendment XIV": whole short lines. */
static enum head_style article(span line, span *number)
{
	size_t at = span_case_starts(line, SPAN("article ")) ? 8 : span_case_starts(line, SPAN("amendment ")) ? 10 : 0, from = at;
	while (at < line.n && is_alnum(line.p[at]))
		at++;
	*number = span_sub(line, from, at);
	return from && at > from && at - from < 8 && line.n < 80 ? HEAD_ARTICLE : HEAD_NONE;
}

/* plain = number title (HEAD_BARE) | number "." title (HEAD_NUMBER), both of two parts or more | number "." alone in its line (HEAD_ALONE). */
static enum head_style plain_number(span line, span *number)
{
	size_t n = number_bytes(line, 0);
	*number = span_sub(line, 0, n);
	bool titled = n + 2 < line.n && line.p[n] == ' ' && (is_upper(line.p[n + 1]) || line.p[n + 1] == ' ');
	if (n && titled && compound(*number) && is_digit(number->p[number->n - 1]) && line.n < 300)
		return HEAD_BARE;
	if (!n || n >= line.n || line.p[n] != '.')
		return HEAD_NONE;
	if (n + 1 == line.n)
		return HEAD_ALONE;
	return compound(*number) && is_space(line.p[n + 1]) ? HEAD_NUMBER : HEAD_NONE;
}

/* "12 Frk. Code Regs. § 4.020 Sampling", "Mo. Rev. Stat. § 610.100.": a line that begins as a citation. */
static enum head_style cited(span line, span *number)
{
	span start = span_sub(line, 0, 48);
	size_t sign = span_find(start, SPAN(" § "), 0);
	if (sign >= start.n || sign < 3 || line.n > 300 || sign + 3 >= line.n || span_find_byte(line, ':', 0) < sign)
		return HEAD_NONE;
	/* "See note § 5" has neither a period nor "Code" before the sign. */
	bool abbreviated = span_find_byte(span_sub(line, 0, sign), '.', 0) < sign || span_case_find(span_sub(line, 0, sign), SPAN("code")) < sign ||
			   span_case_find(span_sub(line, 0, sign), SPAN("cfr")) < sign;
	enum head_style style = after_word(line, sign + 4, HEAD_SYMBOL, number);
	return abbreviated && style ? HEAD_CITED : HEAD_NONE;
}

/* "NRS 503.999  Feeding", "C.R.S. 18-4-520", "3 CSR 10-6.999 Roe": the letters
 * of a code, then a number of two parts. */
static enum head_style lettered(span line, span *number)
{
	size_t i = 0, capitals = 0;
	while (i < line.n && i < 3 && is_digit(line.p[i]))
		i++;
	i += i && i < line.n && line.p[i] == ' ';
	for (; i < line.n && i < 14 && (is_upper(line.p[i]) || line.p[i] == '.'); i++)
		capitals += is_upper(line.p[i]);
	if (capitals < 2 || i >= line.n || line.p[i] != ' ' || line.n > 300 || container_rank(line))
		return HEAD_NONE;
	enum head_style style = after_word(line, i, HEAD_SYMBOL, number);
	return style && compound(*number) ? HEAD_CITED : HEAD_NONE;
}

/* By the first byte, then by word. *number is within the line. */
enum head_style head_of(span line, span *number)
{
	static const struct { const char *word; enum head_style style; } words[] = {
		{ "\u00a7\u00a7", HEAD_NONE }, { "\u00a7", HEAD_SYMBOL }, { "Section ", HEAD_WORD }, { "SECTION ", HEAD_WORD },
		{ "Sec. ", HEAD_WORD }, { "SEC. ", HEAD_WORD }, { "Rule ", HEAD_RULE }, { "RULE ", HEAD_RULE },
	};
	*number = (span){ 0 };
	if (!line.n || (unsigned char)line.p[0] == 0xE2)
		return HEAD_NONE;
	if (is_alnum(line.p[0]) && (cited(line, number) || lettered(line, number)))
		return HEAD_CITED;
	*number = (span){ 0 };
	if (is_digit(line.p[0]))
		return plain_number(line, number);
	if (line.p[0] == 'A')
		return article(line, number);
	if (!strchr("SR\xC2", line.p[0]))
		return HEAD_NONE;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (span_starts(line, span_of(words[i].word)))
			return words[i].style ? after_word(line, strlen(words[i].word), words[i].style, number) : HEAD_NONE;
	return HEAD_NONE;
}

/* From title (1) to article (8): the smaller number stands above. 0: the line is no such heading. */
unsigned container_rank(span line)
{
	static const char *const words[] = { "title", "subtitle", "division", "part", "subpart", "chapter", "subchapter", "article" };
	if (line.n < 6 || line.n > 300 || !strchr("TSDPCAtsdpca", line.p[0]))
		return 0;
	for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
		size_t at = strlen(words[i]), from = at + 1;
		if (!span_case_starts(line, span_of(words[i])) || at + 1 >= line.n || line.p[at] != ' ')
			continue;
		for (at = from; at < line.n && (is_alnum(line.p[at]) || strchr(".-", line.p[at]));)
			at++;
		bool numbered = is_digit(line.p[from]) || is_upper(line.p[from]);
		bool short_number = at - from <= 8 && (at >= line.n || is_space(line.p[at]) || line.p[at] == ':' || line.p[at] == ',');
		return numbered && short_number ? i + 1 : 0;
	}
	return 0;
}
