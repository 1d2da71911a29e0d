/* quality_repeats: copies that must fold and look-alikes that must not. */
#ifndef BENCH_QUALITY_REPEATS_H
#define BENCH_QUALITY_REPEATS_H

#include "base/arena.h"
#include "base/span.h"

/* Texts taken in; errors: print so many. Else zero. */
struct repeats_score {
	struct arena a;
	struct { span *v; size_t n, cap; } texts;
	uint64_t errors;
	size_t pairs[16], right[16], wrong[16], versions[16];
};

/* Takes a text in, if it has at least 60 words and is one document. */
void repeats_take(struct repeats_score *s, span text);
/* Makes the copies and look-alikes of all that were taken, judges and prints. */
void repeats_print(struct repeats_score *s);

#endif
