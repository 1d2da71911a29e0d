/* buf: bytes that grow, living in an arena.
 *
 * Init with {.a = arena}. The bytes stay valid until the arena is released,
 * but move when the buffer grows: take buf_span only when done. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/arena.h"

struct buf {
	char *p;         /* null while cap is 0 */
	size_t n, cap;   /* bytes used, bytes there */
	struct arena *a; /* of p; what is outgrown stays in it */
};

void buf_need(struct buf *b, size_t more); /* room for `more` bytes at p + n */
/* Appends. There is no failure to see: want of memory goes the arena's way. */
void buf_put(struct buf *b, span s);
void buf_byte(struct buf *b, char c);
/* printf's formats, in the C locale; for floating point see base/json.h. */
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_uint(struct buf *b, uint64_t v); /* decimal */
/* What is there so far; borrows, and moves with the next append. */
static inline span buf_span(const struct buf *b) { return (span){ b->p, b->n }; }

/* Packed integers for records: LEB128, 7 bits a byte, least first. */
void buf_varint(struct buf *b, uint64_t v);
void buf_packed(struct buf *b, span s); /* varint length, then the bytes */

/* Reading them back. A take that runs past the end sets bad, yields zero or
 * the empty span and stays at the end, so a reader checks once, when done. */
struct unpack {
	span rest; /* what is still to be taken */
	bool bad;  /* some take ran past the end */
};
uint64_t take_varint(struct unpack *u);
uint32_t take_u32(struct unpack *u); /* bad when above 2^32 - 1 */
span take_packed(struct unpack *u);  /* borrows */

#endif
