/* quality_published: what repair does to text as it is published, counted by rule.
 *
 * Published text is nearly whole, so most of these counts are small, and a rule that begins to
 * take out good text shows as a jump: in its edits, or in the letters and digits that are gone. */
#ifndef BENCH_QUALITY_PUBLISHED_H
#define BENCH_QUALITY_PUBLISHED_H

#include "base/err.h"
#include "base/args.h"

/* Repairs each file (plain text, or .jsonl with the text in "text"), all of it, and prints a line
 * for each rule, most edits first. False: a file could not be read. */
bool quality_published(const struct spans *files, struct err *err);

#endif
