/* span: borrowed bytes, and half-open byte ranges.
 *
 * A span borrows: it never owns what it points to and is passed by value. Its
 * bytes need not end in NUL and may hold any value, unless a function says
 * otherwise. The empty span may have a null pointer.
 *
 * The smallest functions are inline: the profile of an index run showed one
 * instruction in twenty in calls to span_sub. */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct span {
	const char *p; /* first byte */
	size_t n;      /* length in bytes */
} span;

/* Half-open range of bytes [beg, end) of some text that the context names.
 * Texts are limited to 4 GiB - 1 (FILE_MAX_BYTES is far below). */
struct range {
	uint32_t beg, end;
};

/* A span of a string literal. */
#define SPAN(lit) ((span){ ("" lit), sizeof(lit) - 1 })
/* For printf("%.*s"). */
#define SPAN_ARG(s) (int)(s).n, (s).p ? (s).p : ""

/* The bytes of a C string; the empty span for a null pointer. */
static inline span span_of(const char *cstr)
{
	/* A literal's length is known when compiled. */
	return (span){ cstr, cstr ? strlen(cstr) : 0 };
}
/* Bytes [beg, end) of s, clamped to s, so that a wrong bound gives less text and never foreign bytes. */
static inline span span_sub(span s, size_t beg, size_t end)
{
	if (end > s.n)
		end = s.n;
	if (beg > end)
		beg = end;
	/* Nothing may be added to a null pointer, not even 0 in older C. */
	return (span){ s.p ? s.p + beg : s.p, end - beg };
}
/* Bytes of r in s, clamped. */
span span_range(span s, struct range r);
/* Equal bytes; equal with ASCII letters of either case. */
static inline bool span_eq(span a, span b)
{
	/* memcmp may not be given a null pointer, even for no bytes. */
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
bool span_case_eq(span a, span b);
/* memcmp order, a proper prefix first: <0, 0, >0. */
int span_cmp(span a, span b);
/* The empty span starts and ends every one. */
static inline bool span_starts(span s, span prefix)
{
	/* The first byte settles most cases without a call. */
	if (s.n < prefix.n || (prefix.n && s.p[0] != prefix.p[0]))
		return false;
	return span_eq(span_sub(s, 0, prefix.n), prefix);
}
bool span_case_starts(span s, span prefix);
bool span_ends(span s, span suffix);
/* Offset of the first occurrence of needle at or after from; s.n when absent. */
size_t span_find(span s, span needle, size_t from);
size_t span_find_byte(span s, char c, size_t from);
/* Of the first byte that is one of four. */
size_t span_find_of(span s, const char four[4], size_t from);
/* The same of needle, from the start, ASCII letters of either case. For short s: a line, a head. */
size_t span_case_find(span s, span needle);
/* Without ASCII white space at both ends. */
span span_trim(span s);
/* Cuts the part before the first sep off *rest; false when *rest is used up.
 * "a,,b" gives "a", "", "b"; the empty span gives nothing. */
bool span_cut(span *rest, char sep, span *part);
/* Strict decimal: digits only, no sign, no space, <= max. */
bool span_uint(span s, uint64_t max, uint64_t *out);

/* ASCII only, whatever the locale. */
static inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
static inline bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
static inline bool is_alpha(char c) { return is_lower(c) || is_upper(c); }
static inline bool is_alnum(char c) { return is_alpha(c) || is_digit(c); }
static inline bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline char to_lower(char c) { return is_upper(c) ? (char)(c + 32) : c; }
static inline char to_upper(char c) { return is_lower(c) ? (char)(c - 32) : c; }

#endif
