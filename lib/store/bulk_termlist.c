#include "store/bulk_termlist.h"

static size_t common(span a, span b)
{
	size_t most = a.n < b.n ? a.n : b.n, n = 0;
	while (n < most && a.p[n] == b.p[n])
		n++;
	return n;
}

/* Each term shares its head with the one before; a small wdf rides along in
 * the byte that tells how much. */
static byte *put_term(byte *p, const struct posting *now, span before)
{
	size_t same = common(before, now->term);
	uint64_t packed = (now->wdf + 1ull) * (before.n + 1) + same;
	bool small = now->wdf < 127 && packed < 256;
	*p++ = (byte)(small ? packed : same);
	*p++ = (byte)(now->term.n - same);
	p = pack_bytes(p, span_sub(now->term, same, now->term.n));
	return small ? p : pack_uint(p, now->wdf);
}

/* The length of the entry, how many terms, the first with its length and wdf; then each against the one before. */
static void pack_terms(struct buf *tag, const struct entry *e, uint32_t length)
{
	buf_varint(tag, length);
	buf_varint(tag, e->npostings);
	for (size_t i = 0; i < e->npostings; i++) {
		const struct posting *now = &e->postings[i];
		buf_need(tag, KEY_MAX + PACK_MAX);
		byte *start = (byte *)tag->p + tag->n, *p = start;
		if (i) {
			p = put_term(p, now, now[-1].term);
		} else {
			*p++ = (byte)now->term.n;
			p = pack_uint(pack_bytes(p, now->term), now->wdf);
		}
		tag->n += (size_t)(p - start);
	}
}

/* Under the entry's number its terms, an empty tag for none; under the
 * number and 00 its slots: each less the one after the slot before. */
void termlist_add(struct tree *t, const struct entry *e, uint32_t n, uint32_t length, struct buf *tag)
{
	byte key[6], *end = pack_uint_sorted(key, n);
	tag->n = 0;
	if (e->npostings)
		pack_terms(tag, e, length);
	tree_add(t, (span){ (const char *)key, (size_t)(end - key) }, buf_span(tag), false);
	tag->n = 0;
	uint32_t next = 0;
	for (size_t i = 0; i < e->nvalues; i++) {
		if (!e->values[i].bytes.n)
			continue; /* an empty value is none */
		buf_varint(tag, e->values[i].slot - next);
		next = e->values[i].slot + 1;
	}
	if (!tag->n)
		return;
	*end++ = 0;
	tree_add(t, (span){ (const char *)key, (size_t)(end - key) }, buf_span(tag), false);
}
