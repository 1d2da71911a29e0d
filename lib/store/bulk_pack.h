/* bulk_pack: the scalar encodings and keys of Xapian's glass format.
 *
 * Each function writes at p and returns the first byte after what it wrote;
 * the caller has made room (the bounds are given). */
#ifndef STORE_BULK_PACK_H
#define STORE_BULK_PACK_H

#include "base/span.h"

typedef unsigned char byte;

#define KEY_MAX 255          /* a key's length is one byte */
#define PACK_MAX 10          /* most bytes of pack_uint */
#define POSITIONS_MAX(n) ((size_t)(n) * 4 + 32) /* most bytes of pack_positions */

/* Seven bits a byte, least first; bit 7 says that more follow. */
static inline byte *pack_uint(byte *p, uint64_t v)
{
	for (; v >= 128; v >>= 7)
		*p++ = (byte)(v | 128);
	*p++ = (byte)v;
	return p;
}

/* Little-endian bytes without leading zeros; its end comes from the container. At most 4. */
byte *pack_uint_last(byte *p, uint32_t v);
/* Sorts like the number; its first byte is never ff. At most 5. */
byte *pack_uint_sorted(byte *p, uint32_t v);
/* A term as the head of a key: each zero byte becomes 00 ff. At most 2 n. */
byte *pack_escaped(byte *p, span term);
byte *pack_bytes(byte *p, span s); /* as they are */
/* A position list, which ascends strictly and is not empty: the last position,
 * then (unless it is the only one) the others by interpolative coding. */
byte *pack_positions(byte *p, const uint32_t *pos, uint32_t n);
/* How many, then the gaps between them. */
#define GAPS_MAX(n) (((size_t)(n) + 1) * 5)
byte *pack_gaps(byte *p, const uint32_t *pos, uint32_t n);

/* Reads pack_uint back from bytes that this program wrote. */
static inline const byte *unpack_uint(const byte *p, uint64_t *v)
{
	*v = *p & 127u;
	for (unsigned shift = 7; *p++ & 128u; shift += 7)
		*v |= (uint64_t)(*p & 127u) << shift;
	return p;
}

#endif
