#include "base/span.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

span span_range(span s, struct range r)
{
	return span_sub(s, r.beg, r.end);
}

/* Of equal length, so that starting with it is being it. */
bool span_case_eq(span a, span b)
{
	return a.n == b.n && span_case_starts(a, b);
}

int span_cmp(span a, span b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	/* Bytes first, then the shorter: the order of the index's keys. */
	int c = n ? memcmp(a.p, b.p, n) : 0;
	return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool span_case_starts(span s, span prefix)
{
	if (s.n < prefix.n)
		return false;
	for (size_t i = 0; i < prefix.n; i++)
		if (to_lower(s.p[i]) != to_lower(prefix.p[i]))
			return false;
	return true;
}

size_t span_case_find(span s, span needle)
{
	/* The first letter settles most places without a call. */
	for (size_t i = 0; i + needle.n <= s.n; i++)
		if (!needle.n || (to_lower(s.p[i]) == to_lower(needle.p[0]) && span_case_starts(span_sub(s, i, s.n), needle)))
			return i;
	return s.n;
}

bool span_ends(span s, span suffix)
{
	return s.n >= suffix.n && span_eq(span_sub(s, s.n - suffix.n, s.n), suffix);
}

size_t span_find(span s, span needle, size_t from)
{
	/* Compared so that nothing can overflow. */
	if (from > s.n || needle.n > s.n - from)
		return s.n;
	if (needle.n == 0)
		return from;
	/* The C library's search is linear, also for hostile needles. */
	const char *hit = memmem(s.p + from, s.n - from, needle.p, needle.n);
	return hit ? (size_t)(hit - s.p) : s.n;
}

size_t span_find_byte(span s, char c, size_t from)
{
	if (from >= s.n)
		return s.n;
	const char *hit = memchr(s.p + from, c, s.n - from);
	return hit ? (size_t)(hit - s.p) : s.n;
}

size_t span_find_of(span s, const char four[4], size_t from)
{
	size_t i = from;
#ifdef __SSE2__ /* sixteen bytes at a time; the loop below is the rule */
	__m128i a = _mm_set1_epi8(four[0]), b = _mm_set1_epi8(four[1]), c = _mm_set1_epi8(four[2]), d = _mm_set1_epi8(four[3]);
	for (; i < s.n && s.n - i >= 16; i += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(s.p + i));
		__m128i ab = _mm_or_si128(_mm_cmpeq_epi8(v, a), _mm_cmpeq_epi8(v, b));
		__m128i cd = _mm_or_si128(_mm_cmpeq_epi8(v, c), _mm_cmpeq_epi8(v, d));
		unsigned hit = (unsigned)_mm_movemask_epi8(_mm_or_si128(ab, cd));
		if (hit)
			return i + (size_t)__builtin_ctz(hit);
	}
#endif
	for (; i < s.n; i++)
		if (s.p[i] == four[0] || s.p[i] == four[1] || s.p[i] == four[2] || s.p[i] == four[3])
			return i;
	return s.n;
}

span span_trim(span s)
{
	while (s.n && is_space(s.p[0]))
		s = span_sub(s, 1, s.n);
	/* The pointer stays within the original bytes, also when nothing is left. */
	while (s.n && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool span_cut(span *rest, char sep, span *part)
{
	/* A null pointer marks the end, so that an empty last part is still given. */
	if (!rest->p)
		return false;
	size_t at = span_find_byte(*rest, sep, 0);
	*part = span_sub(*rest, 0, at);
	/* A separator at the very end leaves an empty part with a pointer: it is given
	 * next, and only then is there nothing more. */
	*rest = at < rest->n ? span_sub(*rest, at + 1, rest->n) : (span){ 0 };
	return true;
}

bool span_uint(span s, uint64_t max, uint64_t *out)
{
	uint64_t v = 0;
	/* 2^64 has 20 digits. */
	if (s.n == 0 || s.n > 20)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		uint64_t d = (uint64_t)(s.p[i] - '0');
		if (!is_digit(s.p[i]) || v > (UINT64_MAX - d) / 10)
			return false;
		v = v * 10 + d;
	}
	*out = v;
	return v <= max;
}
