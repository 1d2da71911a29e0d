/* lines: the lines of a text, found once, for those who read its layout.
 *
 * Offsets are bytes of the text. A line's bytes, newline included, go from beg
 * to the next line's beg: lines partition the text. */
#ifndef LAW_LINES_H
#define LAW_LINES_H

#include "base/arena.h"

struct line {
	uint32_t beg;  /* first byte */
	uint32_t text; /* first byte that is not white space; equals stop when blank */
	uint32_t stop; /* past the last byte that is not white space */
	uint16_t indent; /* columns before text, tabs to the next eighth; at most 999 */
};
struct lines {
	struct line *v;
	size_t n, cap;
};

struct lines lines_of(span text, struct arena *a);
static inline bool line_blank(const struct line *l) { return l->text == l->stop; }
static inline span line_span(span text, const struct line *l) { return (span){ text.p + l->text, l->stop - l->text }; }

/* What ends a clause, so that a new one may begin after it: '.', ';', ':' or
 * the long dash, brackets and quotation marks after it skipped; ';' also for
 * "; and" and "; or"; 0 when the text goes on. */
char clause_end(span s);
/* True when s begins with a lower-case ASCII letter. */
static inline bool starts_lower(span s) { return s.n && is_lower(s.p[0]); }
/* Letters of s are all capitals, at least `least` of them. */
bool all_capitals(span s, size_t least);
/* s has the words in it, letters of either case. */
static inline bool says(span s, const char *words) { return span_case_find(s, span_of(words)) < s.n; }
/* "-12-", "12": a line of a page number alone. */
bool page_number(span line);
/* "MR. ROBERTS: Thank you": the start of a speech. */
bool speaker(span line);
/* Words: runs of bytes between white space. */
size_t words_in(span s);
/* s with runs of white space made one space. Borrows from s when it has none. */
span squeeze(span s, struct arena *a);

#endif
