/* repair: damaged text read as it was meant.
 *
 * repair() tries each class of damage in a fixed order; a class has a detector
 * that is cheap on clean text and a function from text to edits. Clean text
 * passes untouched. Every change is an edit in the log with its rule, source
 * range, bytes before and after, and a confidence; where two readings are
 * plausible nothing is changed. */
#ifndef LAW_REPAIR_H
#define LAW_REPAIR_H

#include "law/text.h"

/* The classes, in the order they run. One row a rule in lib/law/repair.c. */
struct repair_rule {
	const char *name;    /* "line-number", "page-furniture", "glued-words", ... as in the log */
	const char *summary; /* one line for docs and --help */
	/* Edits for t, in its clean bytes; none when the damage is absent. */
	struct edits (*find)(const struct text *t, struct arena *a);
};
extern const struct repair_rule repair_rules[];
extern const size_t repair_rules_n;

struct text repair(const struct text *t, struct arena *a);
/* Share of the bytes of words that are in the table of words, numbers,
 * citations or capitalised names: what `quality` is. */
float text_quality(span clean);

#endif
