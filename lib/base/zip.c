#include "base/zip.h"

#include <libdeflate.h>
#include <zlib.h>
#include "base/buf.h"

/* Text shrinks to a third or a tenth. What grows more than 200-fold, beyond the
 * first megabyte, was made to fill a disk. */
#define RATIO_MAX 200u
#define RATIO_FREE (1u << 20)

/* The library's own object under our name: deflater_open casts, nothing else is known of it. */
static struct libdeflate_compressor *compressor(struct deflater *d)
{
	return (struct libdeflate_compressor *)d;
}

struct deflater *deflater_open(int level)
{
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(level);
	ASSERT(c);
	return (struct deflater *)c;
}

void deflater_close(struct deflater *d)
{
	libdeflate_free_compressor(compressor(d));
}

/* In the zlib form, whose checksum tells damage from a wrong size. */
span deflater_zlib(struct deflater *d, span s, struct arena *a)
{
	/* The bound makes the one call below succeed always. */
	size_t bound = libdeflate_zlib_compress_bound(compressor(d), s.n);
	char *p = arena_raw(a, bound, 1);
	size_t n = libdeflate_zlib_compress(compressor(d), s.p ? s.p : "", s.n, p, bound);
	ASSERT(n);
	return (span){ p, n };
}

span zip_deflate(span s, int level, struct arena *a)
{
	struct deflater *d = deflater_open(level);
	span z = deflater_zlib(d, s, a);
	deflater_close(d);
	return z;
}

span zip_gzip(span s, int level, struct arena *a)
{
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(level);
	ASSERT(c);
	size_t bound = libdeflate_gzip_compress_bound(c, s.n);
	char *p = arena_raw(a, bound, 1);
	size_t n = libdeflate_gzip_compress(c, s.p ? s.p : "", s.n, p, bound);
	libdeflate_free_compressor(c);
	ASSERT(n);
	return (span){ p, n };
}

bool zip_inflate(span s, size_t size, struct arena *a, span *out, struct err *err)
{
	struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
	if (!d)
		return err_set(err, ERR_TRY_AGAIN, "out of memory");
	/* The size was stored beside the record; anything else than exactly that many
	 * bytes means damage. */
	char *p = arena_raw(a, size + 1, 1);
	size_t n = 0;
	enum libdeflate_result r = libdeflate_zlib_decompress(d, s.p ? s.p : "", s.n, p, size, &n);
	libdeflate_free_decompressor(d);
	if (r != LIBDEFLATE_SUCCESS || n != size)
		return err_set(err, ERR_DAMAGED, "damaged compressed record");
	p[n] = 0;
	*out = (span){ p, n };
	return true;
}

bool zip_is_gzip(span s)
{
	return span_starts(s, SPAN("\x1f\x8b\x08"));
}

/* Inflates member after member into out. */
static bool gunzip(z_stream *z, size_t limit, struct buf *out, struct err *err)
{
	size_t fed = z->avail_in;
	/* Every way through the loop either makes text, takes input or leaves. */
	for (;;) {
		buf_need(out, 64u << 10);
		z->next_out = (unsigned char *)out->p + out->n;
		/* A megabyte at a time, so that the limits below are seen in time. */
		z->avail_out = (unsigned)(out->cap - out->n > 1u << 20 ? 1u << 20 : out->cap - out->n);
		unsigned room = z->avail_out;
		int r = inflate(z, Z_NO_FLUSH);
		out->n += room - z->avail_out;
		if (out->n > limit)
			return err_set(err, ERR_REQUEST, "inflates to more than %zu bytes; split it", limit);
		if (out->n > RATIO_FREE && out->n / RATIO_MAX > fed - z->avail_in)
			return err_set(err, ERR_REQUEST, "inflates more than %u-fold; not real text", RATIO_MAX);
		if (r == Z_STREAM_END && z->avail_in == 0)
			return true;
		/* Concatenated members are one file, as for gzip(1). */
		if (r == Z_STREAM_END && z->avail_in > 1 && z->next_in[0] == 0x1f && z->next_in[1] == 0x8b)
			inflateReset(z);
		else if (r == Z_STREAM_END)
			return true; /* trailing padding, as gzip(1) ignores it */
		else if (r != Z_OK)
			return err_set(err, ERR_REQUEST, "truncated or damaged gzip data after %zu bytes of text", out->n);
	}
}

bool zip_gunzip(span s, size_t limit, struct arena *a, span *out, struct err *err)
{
	z_stream z = { .next_in = (unsigned char *)(uintptr_t)s.p, .avail_in = (unsigned)s.n };
	if (s.n > UINT32_MAX / 2 || inflateInit2(&z, 15 + 16) != Z_OK)
		return err_set(err, ERR_TRY_AGAIN, "cannot start to inflate");
	/* zlib rather than libdeflate, which has to know the size beforehand. */
	struct buf b = { .a = a };
	bool ok = gunzip(&z, limit, &b, err);
	inflateEnd(&z);
	buf_byte(&b, 0);
	*out = (span){ b.p, b.n - 1 };
	return ok;
}
