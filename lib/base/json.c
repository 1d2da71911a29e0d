#include "base/json.h"

#include <math.h>
#include "base/utf8.h"

/* One flag is enough for any depth: after an opening bracket or a key no comma is
 * due, after a value or a closing bracket one is. */
static void before_value(struct json *j)
{
	if (j->comma)
		buf_byte(j->out, ',');
	j->comma = true;
}

void json_object(struct json *j)
{
	before_value(j);
	buf_byte(j->out, '{');
	j->comma = false;
}

void json_array(struct json *j)
{
	before_value(j);
	buf_byte(j->out, '[');
	j->comma = false;
}

/* The bracket is the caller's, who knows what it opened: no stack is kept. */
void json_end(struct json *j, char bracket)
{
	buf_byte(j->out, bracket);
	j->comma = true;
}

/* \uXXXX in lower case: four digits, whatever the number. */
static void escaped(struct buf *b, uint32_t c)
{
	/* Only characters below U+10000 come here. */
	static const char hex[] = "0123456789abcdef";
	char esc[6] = { '\\', 'u', hex[c >> 12 & 15], hex[c >> 8 & 15], hex[c >> 4 & 15], hex[c & 15] };
	buf_put(b, (span){ esc, 6 });
}

/* The common bytes, copied in runs. */
static bool plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&';
}

/* One character as JSON wants it. <, > and & are escaped so that the output can
 * stand inside of HTML, U+2028 and U+2029 so that it can stand in JavaScript. */
static void one(struct buf *b, uint32_t c)
{
	if (c == '"' || c == '\\') {
		buf_byte(b, '\\');
		buf_byte(b, (char)c);
	} else if (c == '\n' || c == '\t') {
		buf_put(b, c == '\n' ? SPAN("\\n") : SPAN("\\t"));
	} else if (c < 0x20 || c == 0x7F || c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029) {
		escaped(b, c);
	} else {
		char u[4];
		buf_put(b, (span){ u, utf8_encode(c, u) });
	}
}

/* Also for keys: some are names that come with the data. */
static void quoted(struct buf *b, span s)
{
	buf_byte(b, '"');
	while (s.n) {
		size_t i = 0;
		while (i < s.n && plain((unsigned char)s.p[i]))
			i++;
		buf_put(b, span_sub(s, 0, i));
		s = span_sub(s, i, s.n);
		if (!s.n)
			break;
		unsigned len;
		/* Invalid bytes become U+FFFD: the output is valid UTF-8 whatever came in. */
		one(b, utf8_decode(s, &len));
		s = span_sub(s, len, s.n);
	}
	buf_byte(b, '"');
}

void json_key(struct json *j, const char *key)
{
	before_value(j);
	quoted(j->out, span_of(key));
	buf_byte(j->out, ':');
	j->comma = false;
}

void json_str(struct json *j, span s)
{
	before_value(j);
	quoted(j->out, s);
}

/* "null" says that there is none; an empty string would be one. */
void json_str_or_null(struct json *j, span s)
{
	if (s.n)
		json_str(j, s);
	else
		json_null(j);
}

void json_uint(struct json *j, uint64_t v)
{
	before_value(j);
	buf_uint(j->out, v);
}

void json_int(struct json *j, int64_t v)
{
	before_value(j);
	if (v < 0)
		buf_byte(j->out, '-');
	/* Negated as unsigned: the least int64_t has no positive twin. */
	buf_uint(j->out, v < 0 ? -(uint64_t)v : (uint64_t)v);
}

void json_real(struct json *j, double v, int digits)
{
	/* Digits by hand: printf would follow the locale's decimal comma. */
	static const double scale[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6 };
	before_value(j);
	/* JSON knows no infinity, and beyond 9e12 six digits would not fit 64 bits. */
	if (!isfinite(v) || fabs(v) > 9e12) {
		buf_put(j->out, SPAN("null"));
		return;
	}
	/* Rounded half up in the last digit asked for, away from zero. */
	double scaled = fabs(v) * scale[digits] + 0.5;
	uint64_t n = (uint64_t)scaled, unit = (uint64_t)scale[digits];
	if (v < 0 && n)
		buf_byte(j->out, '-');
	buf_uint(j->out, n / unit);
	if (n % unit == 0)
		return;
	buf_byte(j->out, '.');
	/* Trailing zeros are left out: 0.5, not 0.500. */
	for (uint64_t rest = n % unit; rest; rest = rest * 10 % unit)
		buf_byte(j->out, (char)('0' + rest * 10 / unit));
}

/* json_raw puts the comma that is due. */
void json_bool(struct json *j, bool v)
{
	json_raw(j, v ? SPAN("true") : SPAN("false"));
}

void json_null(struct json *j)
{
	json_raw(j, SPAN("null"));
}

void json_raw(struct json *j, span s)
{
	before_value(j);
	buf_put(j->out, s);
}

void json_key_str(struct json *j, const char *key, span s)
{
	json_key(j, key);
	json_str(j, s);
}

void json_key_str_or_null(struct json *j, const char *key, span s)
{
	json_key(j, key);
	json_str_or_null(j, s);
}

void json_key_uint(struct json *j, const char *key, uint64_t v)
{
	json_key(j, key);
	json_uint(j, v);
}

void json_key_bool(struct json *j, const char *key, bool v)
{
	json_key(j, key);
	json_bool(j, v);
}
