/* The file of poslist.h, for its writer and its reader: bits, pages, footer. */
#ifndef STORE_POSLIST_PRIVATE_H
#define STORE_POSLIST_PRIVATE_H

#include "store/bulk_pack.h"
#include "store/poslist.h"

enum {
	PAGE_BYTES = 4096,
	BLOCK_ENTRIES = 128,   /* at most; */
	BLOCK_POSITIONS = 512, /* and no further entry once there are so many */
	DICTIONARY_TERMS = 64, /* a block */
	FOOTER_BYTES = 128,
	UNARY_MAX = 20,        /* a longer quotient is escaped: the number itself follows in 32 bits */
	PARAMETER_BITS = 5,
	CODE_MAX = 52          /* bits of one code, at most */
};
#define POSLIST_MAGIC "pincite positions 1\n"

/* What the footer says, all numbers of 8 bytes, least first. */
struct poslist_footer {
	uint64_t dictionary, index, sums, end; /* where each part begins; end: where the footer does */
	uint64_t terms, lists, positions;
	uint32_t entries_most;                 /* highest entry with a position */
	char identity[POSLIST_IDENTITY];
};
/* Its bytes but for the hash that closes them. */
void footer_pack(const struct poslist_footer *f, byte out[FOOTER_BYTES - 8]);
bool footer_unpack(const byte in[FOOTER_BYTES - 8], struct poslist_footer *f);
/* Over index and sums as they lie in the file, and the packed footer. */
uint64_t footer_hash(span tables, const byte packed[FOOTER_BYTES - 8]);
static inline void put_u64(byte *p, uint64_t v)
{
	for (int i = 0; i < 8; i++)
		p[i] = (byte)(v >> 8 * i);
}
static inline uint64_t get_u64(const byte *p)
{
	uint64_t v = 0;
	for (int i = 8; i--;)
		v = v << 8 | p[i];
	return v;
}
uint32_t page_sum(span page, uint64_t number);

/* A bit string that is read. Bytes after its end are readable for 16 more. */
struct bit_reader {
	const byte *p;
	uint64_t at, end; /* bits */
};
static inline uint64_t bits_peek(const struct bit_reader *b)
{
	uint64_t v;
	memcpy(&v, b->p + b->at / 8, sizeof v);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	v = __builtin_bswap64(v);
#endif
	return v >> (b->at & 7);
}
static inline uint32_t rice_get(struct bit_reader *b, unsigned k)
{
	uint64_t w = bits_peek(b);
	unsigned q = (unsigned)__builtin_ctzll(~w | 1ull << UNARY_MAX);
	if (q == UNARY_MAX) {
		b->at += UNARY_MAX + 32;
		return (uint32_t)(w >> UNARY_MAX);
	}
	b->at += q + 1 + k;
	return (uint32_t)((uint64_t)q << k | (w >> (q + 1) & ((1ull << k) - 1)));
}

#endif
