/* zip: deflate streams. Compression and one-shot inflation are libdeflate's,
 * gzip files (whose size is not known before) are zlib's. */
#ifndef BASE_ZIP_H
#define BASE_ZIP_H

#include "base/arena.h"
#include "base/err.h"

/* zlib format (RFC 1950), level 1 to 12. Lives in a. */
span zip_deflate(span s, int level, struct arena *a);
/* A compressor for many texts: making one takes longer than compressing a page.
 * For one thread at a time; stops the program where no memory is left. */
struct deflater;
struct deflater *deflater_open(int level);
/* As zip_deflate with its level. Lives in a. */
span deflater_zlib(struct deflater *d, span s, struct arena *a);
/* Null does nothing. */
void deflater_close(struct deflater *d);
/* gzip format (RFC 1952), for HTTP. Lives in a. */
span zip_gzip(span s, int level, struct arena *a);
/* Back again; size is the exact size of the original, which the caller keeps. */
bool zip_inflate(span s, size_t size, struct arena *a, span *out, struct err *err);
/* True when s starts as a gzip file (RFC 1952) does. */
bool zip_is_gzip(span s);
/* A gzip file, all its members. Refused: more than limit bytes of output, more
 * than 200 times its input after the first MiB, a truncated or damaged stream. */
bool zip_gunzip(span s, size_t limit, struct arena *a, span *out, struct err *err);

#endif
