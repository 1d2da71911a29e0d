/* What the readers of opinions share: star pages, marks by their form. */
#ifndef LAW_OUTLINE_OPINION_H
#define LAW_OUTLINE_OPINION_H

#include "law/outline_private.h"

struct page {
	struct range at;  /* "*490", "[**756]" */
	uint32_t number;
};
struct pages {
	struct page *v;
	size_t n, cap;
};
/* The marks of the first series ("*", not "**"), which count up by one. */
struct pages pages_of(span text, struct arena *a);

/* A paragraph that is "BACKGROUND", "Standard of Review" or the like, marks of Markdown aside. */
bool heading_words(span s);
/* A short line with capitals at its longer words, and no end of a clause. */
bool heading_titled(span s);
/* label_read, and "II" or "A" that is all of s. */
struct label heading_label(span s);
/* Bytes of a printed paragraph number, "[¶12]", "{¶ 12}", "¶ 12.", "[*P12]"; 0: none. */
size_t printed_number(span s, uint32_t *number);

#define NOTE_STAR 9999
/* Number of the footnote that s begins with by its form, its mark's end in *end; 0: none. */
uint32_t note_number(span s, size_t *end, bool *bracketed);
/* The text before byte `note` calls a footnote `mark`: "contract.3", "BRIEF*". */
bool note_called_before(span text, size_t note, span mark);

#endif
