#include "store/bulk_version.h"

enum { DEFLATE_FROM = 18 }; /* the least tag that a later stock writer would compress */

/* A hash in the form of a random (version 4) UUID. */
static byte *put_uuid(byte *p, const uint64_t hash[2])
{
	for (unsigned i = 0; i < 16; i++)
		p[i] = (byte)(hash[i / 8] >> 8 * (i % 8));
	p[6] = (byte)((p[6] & 0x0f) | 0x40);
	p[8] = (byte)((p[8] & 0x3f) | 0x80);
	return p + 16;
}

/* Leaves of the tables lie between one another, so none is sequential, and all
 * tables end where the file ends. A null tree is a table that is always empty. */
static byte *put_root(byte *p, const struct tree *t, unsigned deflate_from)
{
	bool real = t && t->root;
	p = pack_uint(p, real ? t->root : 0);
	p = pack_uint(p, real ? (t->nlevels - 1) << 2 : 3);
	p = pack_uint(p, real ? t->entries : 0);
	p = pack_uint(p, BLOCK_BYTES >> 11);
	p = pack_uint(p, deflate_from);
	if (!real) {
		*p++ = 0;
		return p;
	}
	byte list[6 * PACK_MAX], *end = pack_uint(pack_uint(list, 1), t->file->next);
	end = pack_bytes(end, SPAN("\0\0\0\0"));
	p = pack_uint(p, (uint64_t)(end - list));
	return pack_bytes(p, (span){ (const char *)list, (size_t)(end - list) });
}

size_t version_block(byte *start, const struct tree t[TABLE_COUNT], const struct bulk_stats *s)
{
	byte *p = pack_bytes(start, SPAN("\x0f\x0dXapian Glass\x04\x6e"));
	p = put_uuid(p, t[0].file->hash);
	p = pack_uint(p, 1); /* revision */
	p = put_root(p, &t[TABLE_POSTLIST], 0);
	p = put_root(p, &t[TABLE_DOCDATA], DEFLATE_FROM);
	p = put_root(p, &t[TABLE_TERMLIST], DEFLATE_FROM);
	p = put_root(p, &t[TABLE_POSITION], 0);
	p = put_root(p, NULL, DEFLATE_FROM); /* spelling */
	p = put_root(p, NULL, DEFLATE_FROM); /* synonym */
	p = pack_uint(p, s->entries);
	p = pack_uint(p, 0); /* last number less entries: numbers have no gaps */
	p = pack_uint(p, s->shortest);
	p = pack_uint(p, s->wdf_most);
	p = pack_uint(p, s->longest - s->wdf_most);
	p = pack_uint(p, 0); /* oldest changeset */
	p = pack_uint(p, s->length);
	p = pack_uint(p, 0); /* spelling */
	return (size_t)(p - start);
}
