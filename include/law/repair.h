/* repair: damaged text read as it was meant.
 *
 * repair() tries each class of damage in a fixed order. One shared scan of the
 * bytes (some 5 ns each) tells which classes can be there at all; only those look closer, and clean
 * text passes untouched. Every change is an edit in the log with its rule,
 * source range, bytes before and after, and a confidence; where two readings
 * are plausible nothing is changed.
 *
 * In the text that comes out, paragraphs are parted by an empty line, or,
 * where the source has one paragraph a line, by a line feed; lines wrapped
 * inside a paragraph stay. docs/repairs.md has an example of each rule. */
#ifndef LAW_REPAIR_H
#define LAW_REPAIR_H

#include "law/text.h"

/* The classes, in the order they run. One row a class in lib/law/repair.c. An
 * edit's own rule is the name of a row; a class may make edits of others (the
 * bill without spaces has line numbers and page heads in it). */
struct repair_rule {
	const char *name;    /* "line-number", "page-furniture", "glued-words", ... as in the log */
	const char *summary; /* one line for docs and --help */
	/* Edits for t, in its clean bytes; none when the damage is absent. */
	struct edits (*find)(const struct text *t, struct arena *a);
	uint32_t when;       /* signs of the shared scan, one of which must be there */
};
extern const struct repair_rule repair_rules[];
extern const size_t repair_rules_n;

struct text repair(const struct text *t, struct arena *a);
/* The same without the rule of that name (null: with all): what is asked about
 * a text as it stands must hear of every copy of a repeated page. */
struct text repair_but(const struct text *t, const char *but, struct arena *a);
#endif
