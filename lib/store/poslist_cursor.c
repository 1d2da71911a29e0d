/* A place in the list of a term: blocks found, read and decoded. */
#include "base/sort.h"
#include "store/poslist_reader.h"

/* Bytes of a block that one allocates for, far above any that is
 * written; and those that a reader of bits may look at behind the end. */
enum { BLOCK_BYTES_MAX = 1 << 28, PADDING = 16 };

/* A row of the table takes three bytes at least, which bounds how many there are
 * before any is read. Together the blocks must be the rest of the list, to the byte. */
static bool table_parse(struct sublist *s, span bytes, uint64_t at, struct err *err)
{
	struct unpack u = { .rest = bytes };
	uint64_t last = 0, entries = 0, end = s->list.at + s->list.bytes;
	s->blocks = arena_raw(s->a, (bytes.n / 3 + 1) * sizeof *s->blocks, 16);
	while (u.rest.n && !u.bad) {
		struct list_block *b = &s->blocks[s->nblocks++];
		b->before = (uint32_t)last;
		last += take_u32(&u);
		b->last = (uint32_t)last;
		b->entries = take_u32(&u);
		b->bytes = take_varint(&u);
		b->at = at;
		entries += b->entries;
		if (u.bad || last > UINT32_MAX || !b->entries || b->entries > BLOCK_ENTRIES || b->bytes > end - at)
			return poslists_damaged("a table of blocks", err);
		at += b->bytes;
	}
	return (at == end && entries == s->list.entries) || poslists_damaged("a table of blocks", err);
}

/* The length of the table comes first; it is read with bytes behind it, since how long it is itself is not known. */
static bool table_read(struct sublist *s, struct err *err)
{
	byte head[PACK_MAX];
	size_t n = s->list.bytes < PACK_MAX ? (size_t)s->list.bytes : PACK_MAX;
	if (!poslists_read(s->p, (struct poslist_part){ s->shard, s->list.at, n }, head, err))
		return false;
	struct unpack u = { .rest = { (char *)head, n } };
	uint64_t bytes = take_varint(&u), used = n - u.rest.n;
	if (u.bad || bytes > s->list.bytes - used)
		return poslists_damaged("a table of blocks", err);
	byte *table = arena_raw(s->a, (size_t)bytes + 1, 1);
	struct poslist_part part = { s->shard, s->list.at + used, (size_t)bytes };
	return poslists_read(s->p, part, table, err) &&
	       table_parse(s, (span){ (char *)table, (size_t)bytes }, part.at + bytes, err);
}

/* Finds the blocks of the list, once. */
static bool blocks_find(struct sublist *s, struct err *err)
{
	if (s->list.many) {
		s->nblocks = 0;
		if (!table_read(s, err))
			return false;
	} else {
		if (s->list.entries > BLOCK_ENTRIES)
			return poslists_damaged("a list of one block", err);
		s->blocks = NEW(s->a, struct list_block);
		*s->blocks = (struct list_block){ 0, UINT32_MAX, s->list.entries, s->list.at, s->list.bytes };
		s->nblocks = 1;
	}
	s->block = s->nblocks;
	s->entry = arena_raw(s->a, 2 * BLOCK_ENTRIES * sizeof *s->entry, 16);
	s->count = s->entry + BLOCK_ENTRIES;
	return true;
}

/* Gaps, then counts, as poslist_write.c has them. Sums are kept in 64
 * bits, so that damage cannot wrap into a number that looks right. */
static bool entries_decode(struct sublist *s, const struct list_block *b, unsigned gaps, unsigned counts)
{
	uint64_t entry = b->before, least = 0;
	for (uint32_t i = 0; i < b->entries; i++) {
		entry += (uint64_t)rice_get(&s->bits, gaps) + 1;
		s->entry[i] = (uint32_t)entry;
		if (s->bits.at > s->bits.end || entry > UINT32_MAX)
			return false;
	}
	for (uint32_t i = 0; i < b->entries; i++) {
		s->count[i] = rice_get(&s->bits, counts);
		least += (uint64_t)s->count[i] + 1;
		if (s->bits.at > s->bits.end || s->count[i] == UINT32_MAX)
			return false;
	}
	/* A position takes a bit at least. */
	return least <= s->bits.end - s->bits.at && (!s->list.many || entry == b->last);
}

/* A page has its sum, so bytes are what was written; the
 * checks here are for a file that was made to be read wrong. */
static bool block_load(struct sublist *s, size_t number, struct err *err)
{
	const struct list_block *b = &s->blocks[number];
	size_t n = (size_t)b->bytes;
	if (b->bytes > BLOCK_BYTES_MAX || n < 3)
		return poslists_damaged("the size of a block", err);
	s->block = s->nblocks; /* none, should the rest fail */
	if (n + PADDING > s->cap) {
		s->cap = 2 * n + PADDING;
		s->bytes = arena_raw(s->a, s->cap, 16);
	}
	if (!poslists_read(s->p, (struct poslist_part){ s->shard, b->at, n }, s->bytes, err))
		return false;
	memset(s->bytes + n, 0, PADDING);
	s->bits = (struct bit_reader){ s->bytes, 0, 8 * (uint64_t)n };
	unsigned k[4];
	for (int i = 0; i < 4; i++) {
		k[i] = (unsigned)bits_peek(&s->bits) & ((1u << PARAMETER_BITS) - 1);
		s->bits.at += PARAMETER_BITS;
	}
	if (!entries_decode(s, b, k[0], k[1]))
		return poslists_damaged("a block of entries", err);
	s->positions_at = s->bits.at;
	s->done = s->place = 0;
	s->first = k[2];
	s->next = k[3];
	s->block = number;
	return true;
}

/* The first block whose last entry is not before `from`. */
static size_t block_for(const struct sublist *s, uint32_t from)
{
	size_t lo = 0, hi = s->nblocks;
	if (s->block < s->nblocks && s->blocks[s->block].before < from) { /* at hand, or not far */
		lo = s->block;
		if (s->blocks[lo].last >= from)
			return lo;
		if (lo + 1 < hi && s->blocks[lo + 1].last >= from)
			return lo + 1;
	}
	return lo < hi ? lo + count_below(&s->blocks[lo].last, hi - lo, sizeof *s->blocks, from) : lo;
}

bool sublist_seek(struct sublist *s, uint32_t from, uint32_t *entry, uint32_t *i, struct err *err)
{
	*entry = 0;
	*i = 0;
	if (!s->list.entries)
		return true;
	if (!s->nblocks && !blocks_find(s, err))
		return false;
	size_t number = block_for(s, from);
	if (number == s->nblocks)
		return true;
	if (number != s->block && !block_load(s, number, err))
		return false;
	/* Most often the same entry again, or one soon after it. */
	uint32_t lo = s->place, hi = s->blocks[number].entries;
	if (lo && s->entry[lo - 1] >= from)
		lo = 0;
	for (int near = 0; near < 3 && lo < hi && s->entry[lo] < from; near++)
		lo++;
	if (lo < hi && s->entry[lo] >= from)
		hi = lo;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (s->entry[mid] < from)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == s->blocks[number].entries) /* of a list of one block, whose last entry was not known */
		return true;
	*entry = s->entry[lo];
	*i = s->place = lo;
	return true;
}

bool sublist_dead(struct sublist *s, uint32_t *n, struct err *err)
{
	const struct dead *d = s->p->lives ? lives_dead(s->p->lives, s->shard) : NULL;
	uint32_t entry, at;
	*n = 0;
	for (size_t i = 0; d && i < d->n;) {
		if (!sublist_seek(s, d->v[i], &entry, &at, err))
			return false;
		if (!entry)
			break;
		*n += entry == d->v[i];
		/* Both ascend: whichever is behind leaps to the other. */
		i += entry == d->v[i] ? 1 : count_below(d->v + i, d->n - i, sizeof *d->v, entry);
	}
	return true;
}

/* Codes have no lengths in front: to pass an entry over is to read its codes, only without adding them up. */
static void pass(struct sublist *s, uint32_t entry)
{
	rice_get(&s->bits, s->first);
	for (uint32_t n = s->count[entry]; n && s->bits.at <= s->bits.end; n--)
		rice_get(&s->bits, s->next);
}

/* The positions wanted, decoded from where the reader stands to the end of the entry. */
static bool run_decode(struct sublist *s, uint32_t n)
{
	struct bit_reader bits = s->bits; /* in registers */
	uint64_t pos = (uint64_t)rice_get(&bits, s->first) + 1;
	uint32_t *v = s->run.v;
	v[0] = (uint32_t)pos;
	for (uint32_t i = 1; i < n; i++) {
		pos += (uint64_t)rice_get(&bits, s->next) + 1;
		v[i] = (uint32_t)pos;
		if (bits.at > bits.end)
			return false;
	}
	s->bits = bits;
	return bits.at <= bits.end && pos <= UINT32_MAX;
}

/* Going forward is what scans do: only a step back begins at the block's first entry again. */
bool sublist_positions(struct sublist *s, uint32_t i, struct poslist_run *out, struct err *err)
{
	if (i < s->done) {
		s->bits.at = s->positions_at;
		s->done = 0;
	}
	while (s->done < i)
		pass(s, s->done++);
	uint32_t n = s->count[i] + 1;
	if (s->bits.at > s->bits.end)
		return poslists_damaged("a block of positions", err);
	if (n > s->run.cap) {
		s->run.cap = 2 * (size_t)n;
		s->run.v = arena_raw(s->a, s->run.cap * sizeof *s->run.v, 16);
	}
	s->done = i + 1;
	if (!run_decode(s, n))
		return poslists_damaged("a block of positions", err);
	*out = (struct poslist_run){ s->run.v, n };
	return true;
}
