/* corpus: texts to measure on, real or made, as one flat file that every peer
 * reads alike: for each text four bytes of length, least first, and its bytes. */
#ifndef BENCH_CORPUS_H
#define BENCH_CORPUS_H

#include "base/args.h"
#include "base/err.h"

#include <stdio.h>

struct corpus {
	uint64_t texts, bytes; /* of the texts alone */
	struct spans paths;    /* what pincite-index is given */
};
/* Reads the texts of paths (JSON Lines with a "text", else whole files;
 * directories one level deep) into the flat file. */
bool corpus_read(const struct spans *paths, const char *flat, struct arena *a, struct corpus *out, struct err *err);
/* Sections of an invented code, `mb` megabytes, as JSON Lines in jsonl and as
 * the flat file: words drawn as often as legal English uses them (words: a
 * table of word and cost), names that no table holds, numbered subdivisions, citations.
 * The same seed gives the same bytes. */
bool corpus_make(uint64_t mb, uint64_t seed, const char *words, const char *jsonl, const char *flat, struct arena *a,
		 struct corpus *out, struct err *err);
/* Next text of a flat file into *buffer, which is grown with realloc; false at the end. */
bool corpus_next(FILE *flat, char **buffer, size_t *cap, span *text);

#endif
