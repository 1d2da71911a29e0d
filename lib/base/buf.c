#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

void buf_need(struct buf *b, size_t more)
{
	/* Doubling, so that n bytes put one by one cost O(n). */
	while (b->cap - b->n < more)
		b->p = arena_grow(b->a, b->p, &b->cap, 1);
}

/* memcpy must not be given the null pointer of an empty span. */
void buf_put(struct buf *b, span s)
{
	buf_need(b, s.n);
	if (s.n)
		memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
}

void buf_byte(struct buf *b, char c)
{
	buf_need(b, 1);
	b->p[b->n++] = c;
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	/* Once to measure, once to write: the text may be of any length. */
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	/* vsnprintf writes a zero byte, which is not counted. */
	buf_need(b, (size_t)n + 1);
	vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
	va_end(again);
	b->n += (size_t)n;
}

void buf_uint(struct buf *b, uint64_t v)
{
	/* 20 digits hold any 64-bit number. */
	char tmp[20];
	size_t i = sizeof tmp;
	do
		tmp[--i] = (char)('0' + v % 10);
	while (v /= 10);
	buf_put(b, (span){ tmp + i, sizeof tmp - i });
}

void buf_varint(struct buf *b, uint64_t v)
{
	/* Seven bits a byte, low bits first; 64 bits take ten bytes at most. */
	buf_need(b, 10);
	for (; v >= 128; v >>= 7)
		b->p[b->n++] = (char)(v | 128);
	b->p[b->n++] = (char)v;
}

/* Length first, so that any bytes may follow. */
void buf_packed(struct buf *b, span s)
{
	buf_varint(b, s.n);
	buf_put(b, s);
}

/* A damaged number makes everything after it unreadable: the rest is dropped, so
 * that a caller may check `bad` once at the end instead of at every field. */
uint64_t take_varint(struct unpack *u)
{
	uint64_t v = 0;
	for (unsigned i = 0; i < u->rest.n && i < 10; i++) {
		unsigned char c = (unsigned char)u->rest.p[i];
		v |= (uint64_t)(c & 127) << (7 * i);
		if (c < 128) {
			u->rest = span_sub(u->rest, i + 1, u->rest.n);
			return v;
		}
	}
	u->bad = true;
	u->rest = (span){ 0 };
	return 0;
}

/* The bytes are gone all the same: what comes after is read from its own place. */
uint32_t take_u32(struct unpack *u)
{
	uint64_t v = take_varint(u);
	if (v <= UINT32_MAX)
		return (uint32_t)v;
	u->bad = true;
	return 0;
}

span take_packed(struct unpack *u)
{
	uint64_t n = take_varint(u);
	/* The length is compared before it is added to anything. */
	if (n > u->rest.n) {
		u->bad = true;
		u->rest = (span){ 0 };
		return (span){ 0 };
	}
	span s = span_sub(u->rest, 0, (size_t)n);
	u->rest = span_sub(u->rest, (size_t)n, u->rest.n);
	return s;
}
