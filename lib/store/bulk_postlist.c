#include "store/bulk_postlist.h"

#include "base/buf.h"

/* count and sum stand in the first chunk, before any posting: whoever begins a list must know them. */
void chunker_begin(struct chunker *c, span key, bool terms, uint64_t count, uint64_t sum)
{
	memcpy(c->key, key.p, key.n);
	c->nkey = key.n;
	c->terminated = terms;
	c->later = false;
	c->count = count;
	c->sum = sum;
	c->first = 0;
}

/* The key of a chunk: the first of a list stands under the bare head. */
static span chunk_key(struct chunker *c)
{
	byte *p = c->key + c->nkey;
	if (c->later && c->terminated)
		*p++ = 0;
	/* Packed so that keys compare as the numbers do: chunks must lie in order of their entries. */
	if (c->later)
		p = pack_uint_sorted(p, c->first);
	return (span){ (const char *)c->key, (size_t)(p - c->key) };
}

/* First chunk: entries, occurrences, first entry less one. Every chunk: whether it
 * is the last, the span of its entries, its first wdf, then (gap less one, wdf). */
static void chunk_write(struct chunker *c, bool is_last)
{
	byte tag[6 * PACK_MAX + sizeof c->body], *p = tag;
	if (!c->later) {
		p = pack_uint(p, c->count);
		p = pack_uint(p, (uint32_t)c->sum); /* the format keeps it modulo 2^32 */
		p = pack_uint(p, c->first - 1);
	}
	*p++ = is_last ? '1' : '0';
	p = pack_uint(p, c->last - c->first);
	p = pack_bytes(p, (span){ (const char *)c->body, c->n });
	tree_add(c->tree, chunk_key(c), (span){ (const char *)tag, (size_t)(p - tag) }, false);
	c->later = true;
}

/* A chunk is written when the next entry comes and finds it full: only then is it known not to be the last. */
void chunker_add(struct chunker *c, uint32_t entry, uint32_t wdf)
{
	byte *p = c->body + c->n;
	if (!c->first || c->n >= CHUNK_BYTES) {
		if (c->first)
			chunk_write(c, false);
		c->first = entry;
		p = c->body;
	} else {
		p = pack_uint(p, entry - c->last - 1);
	}
	p = pack_uint(p, wdf);
	c->last = entry;
	c->n = (size_t)(p - c->body);
}

void chunker_end(struct chunker *c)
{
	if (c->first)
		chunk_write(c, true);
}

void value_chunker_begin(struct value_chunker *c, uint32_t slot)
{
	c->slot = slot;
	c->tag->n = 0;
}

/* Key: 00 d8, the slot, the first entry, which the chunk itself does not say again. */
static void value_chunk_write(struct value_chunker *c)
{
	byte key[2 + 2 * PACK_MAX], *p = pack_bytes(key, SPAN("\0\xd8"));
	p = pack_uint(p, c->slot);
	p = pack_uint_sorted(p, c->first);
	tree_add(c->tree, (span){ (const char *)key, (size_t)(p - key) }, buf_span(c->tag), false);
	c->tag->n = 0;
}

/* A chunk of values has no mark of the last one: it is written as soon as it is full. */
void value_chunker_add(struct value_chunker *c, uint32_t entry, span value)
{
	if (c->tag->n)
		buf_varint(c->tag, entry - c->last - 1);
	else
		c->first = entry;
	buf_packed(c->tag, value);
	c->last = entry;
	if (c->tag->n >= CHUNK_BYTES)
		value_chunk_write(c);
}

void value_chunker_end(struct value_chunker *c)
{
	if (c->tag->n)
		value_chunk_write(c);
}
