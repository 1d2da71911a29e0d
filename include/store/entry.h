/* entry: what one entry of an index is made of, as plain data. */
#ifndef STORE_ENTRY_H
#define STORE_ENTRY_H

#include "base/span.h"

#define TERM_MAX_BYTES 200           /* Xapian refuses terms above 245 and poisons the batch */
#define VALUE_MAX_BYTES (64u << 10)
#define DATA_MAX_BYTES (16u << 20)

/* Positions are above 0 and ascend strictly; a posting without any has npos 0.
 * (Position 0 is refused: in glass the list {0,1} reads back as {1}, measured.)
 * The wdf of all postings together are the entry's length, below 2^32. */
struct posting {
	span term;
	uint32_t wdf;
	const uint32_t *pos;
	uint32_t npos;
	uint32_t hash; /* hash_word(term), or 0: not known */
};
struct value {
	uint32_t slot;
	span bytes;
};
/* Postings are in order of span_cmp of their terms, without repeats; values in
 * order of slot. Entries get the numbers 1, 2, 3 ... in the order added. */
struct entry {
	struct posting *postings;
	size_t npostings;
	struct value *values;
	size_t nvalues;
	span data; /* above 8,000 bytes it must be deflated already (Xapian's own reader loses some) */
};

/* Null when the entry may be stored; else what is wrong with it, static text:
 * an empty or long term, a control byte in a term, order, position 0, size.
 * What it lets pass Xapian takes too: one document that Xapian refuses costs
 * the whole batch before it (measured). */
const char *entry_refuse(const struct entry *e);
/* The same of a term alone. */
const char *term_refuse(span term);

#endif
