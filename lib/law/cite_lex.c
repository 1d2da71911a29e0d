/* cite_lex: the small readers that every rule of the scanner is made of. */
#include "law/cite_private.h"

#define TAG_MAX 96 /* longest tag */

/* Past a tag such as <i> or </sup>, which stands for nothing; 0 when none. */
static size_t tag(span t, size_t i)
{
	if (at(t, i) != '<' || !(is_alpha((char)at(t, i + 1)) || at(t, i + 1) == '/'))
		return 0;
	for (size_t k = i + 1; k < t.n && k < i + TAG_MAX; k++) {
		if (t.p[k] == '>')
			return k + 1;
		if (t.p[k] == '<')
			return 0;
	}
	return 0;
}

/* blanks = { space | newline | U+00A0 | tag }, at most three line ends: a citation may be wrapped and may cross a page's break, but not a gap
 * of blank lines. Beyond it nothing is skipped at all, so what asks for a word there finds none. */
size_t blanks(span t, size_t i)
{
	size_t beg = i, next;
	unsigned lines = 0;
	while (i < t.n && i < beg + 80 + 3 * TAG_MAX) {
		unsigned char c = (unsigned char)t.p[i];
		if (c == '\n' && ++lines > 3)
			return beg;
		if (is_space((char)c))
			i++;
		else if (c == 0xC2 && at(t, i + 1) == 0xA0)
			i += 2;
		else if (c == '<' && (next = tag(t, i)))
			i = next;
		else
			break;
	}
	return i;
}

/* The same leftwards from i, not before floor. A tag is one only when reading it forward ends at i. */
size_t blanks_back(span t, size_t i, size_t floor)
{
	size_t end = i;
	while (i > floor && end - i < 80 + 2 * TAG_MAX) {
		if (is_space(t.p[i - 1])) {
			i--;
		} else if (i >= floor + 2 && at(t, i - 1) == 0xA0 && at(t, i - 2) == 0xC2) {
			i -= 2;
		} else if (t.p[i - 1] == '>') {
			size_t k = i - 1;
			while (k > floor && i - k < TAG_MAX && t.p[k] != '<')
				k--;
			if (tag(t, k) != i)
				break;
			i = k;
		} else {
			break;
		}
	}
	return i;
}

size_t digits(span t, size_t i)
{
	while (i < t.n && is_digit(t.p[i]))
		i++;
	return i;
}

bool starts_word(span t, size_t i)
{
	return i == 0 || !is_alnum(t.p[i - 1]);
}

/* w is in small letters; a blank in it stands for one or more of the text. When w ends with a letter, no letter may follow: "sec" is not
 * at "section". After a period one may: "No.A5". */
size_t word_here(span t, size_t i, const char *w)
{
	size_t k = 0;
	for (; w[k]; k++) {
		if (w[k] == ' ') {
			size_t next = blanks(t, i);
			if (next == i)
				return 0;
			i = next;
		} else if (to_lower((char)at(t, i)) == w[k]) {
			i++;
		} else {
			return 0;
		}
	}
	return is_alpha((char)at(t, i)) && is_alpha(w[k - 1]) ? 0 : i;
}

/* The first of the list that fits, so longer words stand before those that begin them. Two letters are compared before the
 * rest, because nearly every call fails there. */
size_t any_word(span t, size_t i, const char *const *words, int *which)
{
	char first = to_lower((char)at(t, i)), second = to_lower((char)at(t, i + 1));
	for (int k = 0; words[k]; k++) {
		bool may = words[k][0] == first && (words[k][1] == second || !words[k][1]);
		size_t end = may ? word_here(t, i, words[k]) : 0;
		if (end) {
			if (which)
				*which = k;
			return end;
		}
	}
	return 0;
}

/* dash = "-" | "--" | U+2010 to U+2015, of which the hyphens, en and em dashes are all printed for one another. */
size_t dash(span t, size_t i)
{
	if (at(t, i) == '-')
		return i + 1 + (at(t, i + 1) == '-');
	if (at(t, i) == 0xE2 && at(t, i + 1) == 0x80 && at(t, i + 2) >= 0x90 && at(t, i + 2) <= 0x95)
		return i + 3;
	return 0;
}

/* One section sign: § or what HTML writes for it. */
static size_t sign_one(span t, size_t i)
{
	if (at(t, i) == 0xC2 && at(t, i + 1) == 0xA7)
		return i + 2;
	if (at(t, i) != '&')
		return 0;
	if (span_starts(span_sub(t, i, t.n), SPAN("&sect;")) || span_starts(span_sub(t, i, t.n), SPAN("&#167;")))
		return i + 6;
	return 0;
}

/* sign = "§" "§"? | "section" "s"? | "sec." | "secs." | "sect." */
size_t sign(span t, size_t i, bool *plural)
{
	static const char *const words[] = { "sections", "secs.", "secs", "sects.", "ss.", "section", "sec.", "sec", "sect.", 0 };
	int which = 0;
	*plural = false;
	size_t one = sign_one(t, i);
	if (one) {
		size_t two = sign_one(t, one);
		two = two ? two : sign_one(t, blanks(t, one));
		*plural = two != 0;
		return two ? two : one;
	}
	for (; words[which]; which++) {
		size_t k = 0;
		while (words[which][k] && to_lower((char)at(t, i + k)) == words[which][k])
			k++;
		/* What was glued at a line's end still reads: "section210.150". */
		if (!words[which][k] && !is_alpha((char)at(t, i + k))) {
			*plural = which < 5;
			return i + k;
		}
	}
	return 0;
}

/* What a section sign becomes in a scan or a wrong encoding. Believed only between a code's name and a number. */
size_t sign_damaged(span t, size_t i, bool *plural)
{
	static const char *const forms[] = { "\xC3\x82\xC2\xA7", "\xEF\xBF\xBD", "\xC2\xA4", "$", "?", "S", "ss", 0 };
	size_t count = 0, k = i, end;
	if (i && is_alpha(t.p[i - 1]))
		return 0; /* "Act? 15 U.S.C." */
	for (int w = 0; forms[w] && !count; w++)
		for (span form = span_of(forms[w]); count < 2 && span_starts(span_sub(t, k, t.n), form); count++)
			k += form.n;
	end = blanks(t, k);
	*plural = count > 1;
	return count && is_digit((char)at(t, end)) && (end > k || !is_alpha((char)at(t, k - 1))) ? k : 0;
}

/* paragraph = { "¶" } | "para." | "par.", also in the plural. Capital or small: "Par. 4". */
size_t paragraph_sign(span t, size_t i)
{
	static const char *const words[] = { "paras.", "para.", "pars.", "par.", 0 };
	size_t end = i;
	while (at(t, end) == 0xC2 && at(t, end + 1) == 0xB6)
		end = blanks(t, end + 2);
	return end > i ? end : any_word(t, i, words, 0);
}

/* The partner by counting depth, brackets of the same kind only. max bounds the look: unclosed ones cost no more than that. */
size_t close_paren(span t, size_t i, size_t max)
{
	char open = (char)at(t, i), close = open == '(' ? ')' : ']';
	unsigned depth = 0;
	for (size_t k = i; k < t.n && k < i + max; k++) {
		if (t.p[k] == open)
			depth++;
		else if (t.p[k] == close && --depth == 0)
			return k + 1;
	}
	return 0;
}

/* Any order of letters that roman() can add up is taken ("IIII" too): courts write what they like. A letter worth more than the one
 * before it takes that away twice, as it was added once. Twelve letters do for any page or title. */
size_t roman(span t, size_t i, unsigned *value)
{
	static const char letters[] = "ivxlcdm";
	static const unsigned worth[] = { 1, 5, 10, 50, 100, 500, 1000 };
	unsigned sum = 0, last = 0;
	size_t k = i;
	for (; k < t.n && k < i + 12; k++) {
		const char *p = is_alpha(t.p[k]) ? strchr(letters, to_lower(t.p[k])) : 0;
		if (!p)
			break;
		unsigned w = worth[p - letters];
		sum += w;
		if (last && last < w)
			sum -= 2 * last;
		last = w;
	}
	*value = sum;
	return k > i && !is_alpha((char)at(t, k)) ? k : 0;
}

uint16_t year_of(span s)
{
	uint64_t y;
	return s.n == 4 && span_uint(s, 2099, &y) && y >= 1600 ? (uint16_t)y : 0;
}
