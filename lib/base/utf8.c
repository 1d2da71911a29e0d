#include "base/utf8.h"

/* A continuation byte at i. */
static bool tail(span s, unsigned i)
{
	return i < s.n && ((unsigned char)s.p[i] & 0xC0) == 0x80;
}

/* Smallest and largest second byte that the lead byte c allows (RFC 3629, 4). */
static void second_bounds(unsigned c, unsigned *lo, unsigned *hi)
{
	*lo = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
	*hi = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
}

uint32_t utf8_decode(span s, unsigned *len)
{
	unsigned c = (unsigned char)s.p[0], lo, hi;
	*len = 1;
	if (c < 0x80)
		return c;
	/* C0, C1 and F5 up can start nothing; two lead bytes of four forbid part of the
	 * second byte, which rules out overlong forms and surrogates. */
	unsigned need = c >= 0xC2 && c <= 0xDF ? 1 : c >= 0xE0 && c <= 0xEF ? 2 : c >= 0xF0 && c <= 0xF4 ? 3 : 0;
	if (!need)
		return UTF8_REPLACEMENT;
	second_bounds(c, &lo, &hi);
	if (s.n < 2 || (unsigned char)s.p[1] < lo || (unsigned char)s.p[1] > hi)
		return UTF8_REPLACEMENT;
	/* Advances past the bytes that were right, as the Unicode standard advises for the
	 * number of replacement characters. */
	uint32_t v = c & (0x3Fu >> need);
	for (unsigned i = 1; i <= need; i++) {
		if (!tail(s, i))
			return UTF8_REPLACEMENT;
		v = v << 6 | ((unsigned char)s.p[i] & 0x3F);
		*len = i + 1;
	}
	return v;
}

unsigned utf8_encode(uint32_t c, char out[4])
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	unsigned n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (unsigned i = n - 1; i; i--, c >>= 6)
		out[i] = (char)(0x80 | (c & 0x3F));
	/* The lead byte: n ones, a zero, the top bits. */
	out[0] = (char)((0xF00u >> n & 0xF0) | c);
	return n;
}

/* Bytes up to the first that is wrong; s.n when none is. */
size_t utf8_valid_prefix(span s)
{
	size_t i = 0;
	while (i < s.n) {
		/* Eight plain ASCII bytes at a time: nearly all of legal English. */
		uint64_t word;
		if (s.n - i >= 8 && (memcpy(&word, s.p + i, 8), (word & 0x8080808080808080u) == 0)) {
			i += 8;
			continue;
		}
		unsigned len;
		span rest = span_sub(s, i, s.n);
		/* A replacement character that stands in the text is no damage. */
		if (utf8_decode(rest, &len) == UTF8_REPLACEMENT && !(len == 3 && memcmp(rest.p, "\xEF\xBF\xBD", 3) == 0))
			return i;
		i += len;
	}
	return i;
}

span utf8_mend(span s, struct arena *a, size_t *bad)
{
	size_t ok = utf8_valid_prefix(s), count = 0;
	if (bad)
		*bad = 0;
	if (ok == s.n)
		return s;
	/* The common case, no damage, has returned its input above. */
	char *p = arena_raw(a, s.n * 3, 1); /* one bad byte becomes three */
	size_t n = 0;
	while (s.n) {
		if (ok)
			memcpy(p + n, s.p, ok);
		n += ok;
		s = span_sub(s, ok, s.n);
		if (s.n) {
			unsigned len;
			utf8_decode(s, &len);
			memcpy(p + n, "\xEF\xBF\xBD", 3);
			n += 3;
			count++;
			s = span_sub(s, len, s.n);
		}
		ok = utf8_valid_prefix(s);
	}
	if (bad)
		*bad = count;
	return (span){ p, n };
}

/* Code points, an invalid byte counting as one. */
size_t utf8_length(span s)
{
	size_t n = 0;
	for (unsigned len; s.n; s = span_sub(s, len, s.n), n++)
		utf8_decode(s, &len);
	return n;
}
