#include "store/bulk_pack.h"

/* The least number of bytes: zero has none. What follows in the key tells where it ends, or nothing does. */
byte *pack_uint_last(byte *p, uint32_t v)
{
	for (; v; v >>= 8)
		*p++ = (byte)v;
	return p;
}

/* Below 2^15 two bytes, most significant first. Else the number of leading
 * ones tells how many bytes there are: n of them hold 7 n + 1 bits. */
byte *pack_uint_sorted(byte *p, uint32_t v)
{
	if (v < 0x8000) {
		*p++ = (byte)(v >> 8);
		*p++ = (byte)v;
		return p;
	}
	unsigned bits = 32 - (unsigned)__builtin_clz(v);
	unsigned n = (bits + 5) / 7;
	/* n - 2 one bits and a zero bit lead, so that longer forms sort later. */
	uint64_t wide = v | (0xffull << (10 - n) & 0xffull) << 8 * (n - 1);
	for (unsigned i = n; i--;)
		*p++ = (byte)(wide >> 8 * i);
	return p;
}

byte *pack_bytes(byte *p, span s)
{
	if (s.n)
		memcpy(p, s.p, s.n);
	return p + s.n;
}

/* A zero byte in a key parts the term from what follows, so one in a term is
 * written 00 ff. Our own terms have none (term_refuse); other callers' may. */
byte *pack_escaped(byte *p, span term)
{
	if (!memchr(term.p, 0, term.n))
		return pack_bytes(p, term);
	for (size_t i = 0; i < term.n; i++) {
		*p++ = (byte)term.p[i];
		if (!term.p[i])
			*p++ = 0xff;
	}
	return p;
}

/* A bit string, least significant bit first. */
struct bits {
	byte *p;
	uint64_t acc;
	unsigned n;
};

static inline void bits_put(struct bits *b, uint32_t v, unsigned count)
{
	b->acc |= (uint64_t)v << b->n;
	b->n += count;
	if (b->n >= 32) {
		for (int i = 0; i < 4; i++, b->acc >>= 8)
			*b->p++ = (byte)b->acc;
		b->n -= 32;
	}
}

/* v in [0, outof). The middle of the range has the shorter codes. */
static inline void bits_encode(struct bits *b, uint32_t v, uint32_t outof)
{
	if (outof <= 1)
		return;
	unsigned width = 32 - (unsigned)__builtin_clz(outof - 1);
	uint32_t spare = (uint32_t)((1ull << width) - outof);
	uint32_t mid = (outof - spare) / 2;
	if (!spare || v < mid)
		bits_put(b, v, width);
	else if (v < mid + spare)
		bits_put(b, v, width - 1);
	else
		bits_put(b, (v - mid - spare) | 1u << (width - 1), width);
}

/* Each middle position within the room that its outer neighbours leave. The
 * depth is at most 32, the logarithm of the length. */
static void bits_interpolate(struct bits *b, const uint32_t *pos, uint32_t j, uint32_t k)
{
	while (j + 1 < k) {
		uint32_t m = j + (k - j) / 2;
		bits_encode(b, pos[m] - (pos[j] + m - j), pos[k] - pos[j] + j - k + 1);
		bits_interpolate(b, pos, j, m);
		j = m;
	}
}

/* As the format has it: last; then first within last, how many less
 * two within the room between, then the others from the middle out. */
byte *pack_positions(byte *p, const uint32_t *pos, uint32_t n)
{
	uint32_t first = pos[0], last = pos[n - 1];
	p = pack_uint(p, last);
	if (n == 1)
		return p;
	struct bits b = { .p = p };
	bits_encode(&b, first, last);
	bits_encode(&b, n - 2, last - first);
	bits_interpolate(&b, pos, 0, n - 1);
	for (; b.n; b.acc >>= 8, b.n = b.n > 8 ? b.n - 8 : 0)
		*b.p++ = (byte)b.acc;
	return b.p;
}

/* Our own, for runs: not of the format. */
byte *pack_gaps(byte *p, const uint32_t *pos, uint32_t n)
{
	uint32_t before = 0;
	p = pack_uint(p, n);
	for (uint32_t i = 0; i < n; i++) {
		p = pack_uint(p, pos[i] - before);
		before = pos[i];
	}
	return p;
}
