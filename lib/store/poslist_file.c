/* What writer and reader of position files agree on byte by byte. */
#include "base/hash.h"
#include "store/poslist_private.h"

enum { AT_NUMBERS = 24, AT_IDENTITY = AT_NUMBERS + 8 * 8 };
_Static_assert(sizeof POSLIST_MAGIC - 1 <= AT_NUMBERS && AT_IDENTITY + POSLIST_IDENTITY <= FOOTER_BYTES - 8, "the footer holds it");

/* docs/index-format.md has the layout: magic, from byte 24 eight numbers, from 88 the identity, zeros between. */
void footer_pack(const struct poslist_footer *f, byte out[FOOTER_BYTES - 8])
{
	const uint64_t numbers[8] = { f->dictionary, f->index, f->sums, f->end, f->terms, f->lists, f->positions, f->entries_most };
	memset(out, 0, FOOTER_BYTES - 8);
	memcpy(out, POSLIST_MAGIC, sizeof POSLIST_MAGIC - 1);
	for (size_t i = 0; i < 8; i++)
		put_u64(out + AT_NUMBERS + 8 * i, numbers[i]);
	memcpy(out + AT_IDENTITY, f->identity, POSLIST_IDENTITY);
}

/* The parts must stand in order: so each one's length is a difference that cannot wrap. */
bool footer_unpack(const byte in[FOOTER_BYTES - 8], struct poslist_footer *f)
{
	uint64_t numbers[8];
	if (memcmp(in, POSLIST_MAGIC, sizeof POSLIST_MAGIC - 1) != 0)
		return false;
	for (size_t i = 0; i < 8; i++)
		numbers[i] = get_u64(in + AT_NUMBERS + 8 * i);
	*f = (struct poslist_footer){ numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6],
				      (uint32_t)numbers[7], { 0 } };
	memcpy(f->identity, in + AT_IDENTITY, POSLIST_IDENTITY);
	return numbers[7] <= UINT32_MAX && f->dictionary <= f->index && f->index <= f->sums && f->sums <= f->end;
}

/* The tables are hashed first and seed the hash of the footer: one number for what stands apart in memory. */
uint64_t footer_hash(span tables, const byte packed[FOOTER_BYTES - 8])
{
	return hash64_seed((span){ (const char *)packed, FOOTER_BYTES - 8 }, hash64(tables));
}

uint32_t page_sum(span page, uint64_t number)
{
	/* Seeded, so that pages that changed places do not pass. */
	return (uint32_t)hash64_seed(page, number);
}
