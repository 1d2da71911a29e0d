/* utf8: decoding, encoding and mending of UTF-8 (RFC 3629). */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/arena.h"

#define UTF8_REPLACEMENT 0xFFFDu

/* Decodes one code point at s.p; *len gets the bytes it takes, 1 to 4. An
 * ill-formed sequence yields UTF8_REPLACEMENT and the length of its maximal
 * ill-formed part (>= 1). s must not be empty. */
uint32_t utf8_decode(span s, unsigned *len);
/* Writes c (a scalar value) to out and returns its length, 1 to 4. */
unsigned utf8_encode(uint32_t c, char out[4]);
/* Offset of the first ill-formed byte, or s.n. Fast on ASCII. */
size_t utf8_valid_prefix(span s);
/* s itself when it is well-formed, else a copy in a with U+FFFD in place of
 * each ill-formed part, *bad of them (bad may be null). */
span utf8_mend(span s, struct arena *a, size_t *bad);
/* Number of code points; ill-formed parts count one each. */
size_t utf8_length(span s);

#endif
