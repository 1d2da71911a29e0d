/* furniture: menus, heads and feet that the texts of one place share: the files of
 * a directory, the records of one web host in a file of JSON Lines.
 *
 * Pages saved from one site open and close with the same lines. Such lines are
 * learned before the texts are read (indexer/learn.h): a line near the edge of a text
 * that four of five texts of its place have. Lines that speak of courts, parties or law,
 * headings of titles and sections, and sentences are never taken for it, however often they come. */
#ifndef LAW_FURNITURE_H
#define LAW_FURNITURE_H

#include "law/text.h"

/* Lines with text at each edge that are looked at. */
enum { FURNITURE_LINES = 12, FURNITURE_EDGES = 2 * FURNITURE_LINES };
/* Fewer texts than these teach nothing. */
enum { FURNITURE_TEXTS = 8 };

/* What the texts of a place share: hashes of lines, ascending. */
struct furniture {
	const uint64_t *v;
	size_t n;
};

/* Hash of a line that may be furniture, its white space at the ends left out; 0: it is never any. */
uint64_t furniture_line(span line);
/* The hashes of such lines among the first FURNITURE_LINES with text of head and the
 * last of tail, each once; without a tail, head is the whole text, of which each edge has half
 * at most. Returns how many are in out. */
size_t furniture_edges(span head, span tail, uint64_t out[FURNITURE_EDGES]);
/* The lines that four of five texts have. all: the edges of every text, one after
 * another; they are sorted in place. Lives in a; empty for fewer than FURNITURE_TEXTS texts. */
struct furniture furniture_shared(uint64_t *all, size_t n, size_t texts, struct arena *a);
/* Edits of rule "site-furniture" that take the lines of f out of t's edges. Linear. */
struct edits furniture_within(const struct text *t, const struct furniture *f, struct arena *a);

#endif
