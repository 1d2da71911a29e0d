/* quality_damage: clean text damaged in known ways, so that a repair can be judged.
 *
 * A damage takes paragraphs of clean text and gives a text with, for every byte
 * of it, what a perfect repair does there. */
#ifndef BENCH_QUALITY_DAMAGE_H
#define BENCH_QUALITY_DAMAGE_H

#include "base/args.h"
#include "base/buf.h"

/* What is known of each byte of a damaged text. */
enum { TRUTH_JUNK = 1 /* put in: goes */, TRUTH_GAP = 2 /* a space was taken out before it */, TRUTH_ITEM = 4 /* first byte of a piece of junk */ };

struct damaged {
	struct buf text, truth; /* of the same length */
	uint64_t random;        /* state of the generator */
};
/* What the kinds of damage are made with: text under a truth, a piece of junk,
 * a number below n, the words of a paragraph wrapped into lines. */
void damage_put(struct damaged *d, span s, uint8_t truth);
void damage_junk(struct damaged *d, const char *s);
uint32_t damage_roll(struct damaged *d, uint32_t n);
struct wrap {
	span rest;
	size_t width;
};
bool wrap_next(struct wrap *w, span *line); /* false at the end */

struct damage {
	const char *name, *measure;
	bool tuned; /* the repair was tuned on this kind; others are shown apart */
	void (*make)(const struct spans *paragraphs, struct damaged *out);
};
extern const struct damage damages[];
extern const size_t damages_n;

#endif
