#include "law/date.h"

static const char *const months[] = { "january", "february", "march", "april", "may", "june", "july",
				      "august", "september", "october", "november", "december" };

/* Decimal of at most `max` digits at *i; 0 when none. */
static uint32_t number(span s, size_t *i, size_t max)
{
	uint32_t v = 0;
	size_t from = *i;
	while (*i < s.n && *i - from < max && is_digit(s.p[*i]))
		v = v * 10 + (uint32_t)(s.p[(*i)++] - '0');
	/* More digits than asked for: not this number. */
	return *i < s.n && is_digit(s.p[*i]) ? 0 : v;
}

/* Month name or its abbreviation of at least three letters, with a period or not. */
static uint32_t month(span s, size_t *i)
{
	size_t n = 0;
	while (*i + n < s.n && is_alpha(s.p[*i + n]))
		n++;
	span word = span_sub(s, *i, *i + n);
	for (uint32_t m = 0; n >= 3 && m < 12; m++) {
		bool sept = m == 8 && span_case_eq(word, SPAN("sept"));
		bool whole = span_case_eq(word, span_of(months[m]));
		if (!whole && !sept && !(n == 3 && span_case_starts(span_of(months[m]), word)))
			continue;
		*i += n;
		if (!whole && *i < s.n && s.p[*i] == '.')
			(*i)++;
		return m + 1;
	}
	return 0;
}

/* Past any bytes of the set. */
static void skip(span s, size_t *i, const char *set)
{
	while (*i < s.n && s.p[*i] && strchr(set, s.p[*i]))
		(*i)++;
}

/* The date as a number, 20170622; month and day may be 0 for unknown. 0: no such day. */
static uint32_t valid(uint32_t y, uint32_t m, uint32_t d)
{
	static const uint8_t days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
	if (y < 1600 || y > 2200 || m > 12 || (d && (!m || d > days[m - 1] || (m == 2 && d == 29 && !leap))))
		return 0;
	return y * 10000 + m * 100 + d;
}

/* Value of the number word at s[*i], 0 when it is none. */
static uint32_t number_word(span s, size_t *i)
{
	static const char *const words[] = { "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
					     "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty" };
	size_t n = 0;
	while (*i + n < s.n && is_alpha(s.p[*i + n]))
		n++;
	for (size_t k = 0; k < sizeof words / sizeof *words; k++)
		if (span_case_eq(span_sub(s, *i, *i + n), span_of(words[k]))) {
			*i += n;
			/* Words to twenty, then thirty: the days and years that are written out. */
			return k < 20 ? (uint32_t)k + 1 : 30;
		}
	return 0;
}

/* "2010", or "two thousand and ten" as some courts write. */
static uint32_t year(span s, size_t *i)
{
	static const char *const thousands[] = { "two thousand and ", "two thousand " };
	for (size_t k = 0; k < 2; k++) {
		size_t at = *i + strlen(thousands[k]);
		if (!span_case_starts(span_sub(s, *i, s.n), span_of(thousands[k])))
			continue;
		uint32_t tens = number_word(s, &at);
		/* "twenty-two", "twenty two". */
		if (tens >= 20 && at < s.n && (s.p[at] == '-' || s.p[at] == ' ')) {
			size_t next = at + 1;
			uint32_t one = number_word(s, &next);
			at = one && one < 10 ? next : at;
			tens += one < 10 ? one : 0;
		}
		*i = at;
		return tens ? 2000 + tens : 0;
	}
	return number(s, i, 4);
}

/* "June 22, 2017" and "June 2017", from the month on. */
static uint32_t month_first(span s, size_t *i)
{
	uint32_t m = month(s, i);
	if (!m)
		return 0;
	skip(s, i, " \n\t");
	size_t before = *i;
	uint32_t d = number(s, i, 2);
	if (!d) {
		/* No day of two figures: the figures are the year's, "June 2017". */
		*i = before;
		return valid(number(s, i, 4), m, 0);
	}
	/* "22nd", "1st": letters of an ordinal. */
	skip(s, i, "stndrh");
	skip(s, i, ", \n\t");
	return valid(year(s, i), m, d);
}

/* "2017-06-22", "2017-06", "2017", from the year on. */
static uint32_t year_first(span s, size_t *i)
{
	uint32_t y = number(s, i, 4), m = 0, d = 0;
	/* Twice at most: month, then day. Each has exactly two digits, else it is not of the date. */
	for (uint32_t *part = &m; part; part = part == &m ? &d : NULL) {
		size_t at = *i + 1;
		if (*i + 2 >= s.n || s.p[*i] != '-' || !is_digit(s.p[at]) || !is_digit(s.p[at + 1]))
			break;
		*part = number(s, &at, 2);
		if (!*part)
			return 0;
		*i = at;
	}
	return valid(y, m, d);
}

/* "6/22/2017", "22 June 2017" and "22nd day of June, 2017", from the first number on. */
static uint32_t day_or_month_first(span s, size_t *i)
{
	uint32_t x = number(s, i, 2);
	if (*i < s.n && s.p[*i] == '/') {
		(*i)++;
		uint32_t d = number(s, i, 2);
		if (!x || !d || *i >= s.n || s.p[*i] != '/')
			return 0;
		size_t from = ++*i;
		uint32_t y = number(s, i, 4);
		/* Two figures of a year: to 39 of this century. */
		if (*i - from == 2) /* "11/17/20" */
			y += y < 40 ? 2000 : 1900;
		return valid(y, x, d);
	}
	skip(s, i, "stndrh");
	skip(s, i, " ");
	if (span_case_starts(span_sub(s, *i, s.n), SPAN("day of "))) /* "15th day of August, 2022" */
		*i += 7;
	uint32_t m = month(s, i);
	skip(s, i, ", \n\t");
	return m && x ? valid(year(s, i), m, x) : 0;
}

/* date = year ["-" month ["-" day]] | number ("/" | " ") ... | month ...: told apart by what it begins with. Four digits are a year. */
uint32_t date_parse(span s, size_t *len)
{
	size_t i = 0, digits = 0;
	while (digits < s.n && is_digit(s.p[digits]))
		digits++;
	uint32_t date = digits == 4 ? year_first(s, &i) : digits ? day_or_month_first(s, &i) : month_first(s, &i);
	if (len)
		*len = date ? i : 0;
	return date;
}

/* The reverse, as far as it is known: "2017-06-22", "2017-06", "2017". */
size_t date_format(uint32_t date, char out[11])
{
	uint32_t part[3] = { date / 10000, date / 100 % 100, date % 100 };
	size_t n = 0;
	if (!part[0])
		return 0;
	for (size_t k = 0; k < 3 && part[k]; k++) {
		if (k)
			out[n++] = '-';
		for (uint32_t unit = k ? 10 : 1000; unit; unit /= 10)
			out[n++] = (char)('0' + part[k] / unit % 10);
	}
	out[n] = 0;
	return n;
}
