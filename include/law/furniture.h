/* furniture: menus, heads and feet that the files of one directory share.
 *
 * Files saved from one site open and close with the same lines. Such lines are
 * learned before the files are read (indexer/learn.h): a line near the edge of a file
 * that four of five files of its directory have. Lines that speak of courts, parties or law,
 * headings of titles and sections, and sentences are never taken for it, however often they come. */
#ifndef LAW_FURNITURE_H
#define LAW_FURNITURE_H

#include "law/text.h"

/* Lines with text at each edge that are looked at. */
enum { FURNITURE_LINES = 12 };

/* What a directory's files share: hashes of lines, ascending. */
struct furniture {
	const uint64_t *v;
	size_t n;
};

/* Hash of a line that may be furniture, its white space at the ends left out; 0: it is never any. */
uint64_t furniture_line(span line);
/* The hashes of such lines among the first FURNITURE_LINES with text of s, or
 * the last; each once. Returns how many are in out. */
size_t furniture_edge(span s, bool last, uint64_t out[FURNITURE_LINES]);
/* Edits of rule "site-furniture" that take the lines of f out of t's edges. Linear. */
struct edits furniture_within(const struct text *t, const struct furniture *f, struct arena *a);

#endif
