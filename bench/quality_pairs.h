/* quality_pairs: a damaged text and what it says, as somebody else read it. */
#ifndef BENCH_QUALITY_PAIRS_H
#define BENCH_QUALITY_PAIRS_H

#include "base/err.h"
#include "base/span.h"

/* Counts over pairs. Words are runs of letters and digits. */
struct pair_score {
	size_t files;
	size_t kept, lost, lost_before; /* words of the truth found in the text, in order; lost without repair */
	size_t digits_lost;             /* of the lost: figures */
	size_t numbers_gone;            /* edits that took a line number out */
	size_t numbers_left, numbers_there; /* small numbers between words of the truth: after repair, without */
	size_t heads_gone;
};

/* Adds one pair: a transcript and {"completeLines": [{"speaker", "speech"}]}. */
bool quality_pair(span text_path, span truth_path, struct pair_score *s, struct err *err);
void quality_pairs_print(const struct pair_score *s);

#endif
