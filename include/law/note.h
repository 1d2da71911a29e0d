/* note: which words call which footnote.
 *
 * A footnote is called by its number: in brackets ("agencies[1]", what a
 * reader of pages or the repairs make of a raised one) or, where the raising was lost, right
 * after a word or its punctuation ("these claims.2 We"). Calls come in the order of the notes, each before its
 * note; a number that fits nowhere is no call. Nothing is kept of it: text and
 * outline say it anew each time, linear in the text. */
#ifndef LAW_NOTE_H
#define LAW_NOTE_H

#include "law/outline.h"

struct note_call {
	struct range at; /* the mark, in the clean text */
	uint32_t note;   /* unit of the footnote */
	uint32_t unit;   /* deepest unit that the mark stands in */
};
/* In order of the text; a note that is called nowhere has none. */
struct note_calls {
	struct note_call *v;
	size_t n, cap;
};
struct note_calls note_calls(const struct outline *o, span clean, struct arena *a);
/* The call of a footnote's unit; null: none. */
const struct note_call *note_called(const struct note_calls *l, size_t note);

#endif
