/* witness: a sealed file still has every table.
 *
 * libxapian takes a table file that it cannot open, for whatever reason, as an
 * empty table: out of descriptors at the wrong moment, a compaction would seal
 * a database without positions or data, and say that all is well (measured).
 * So the first entry that has data, terms, positions or a value is remembered
 * and asked for when the file is sealed. */
#ifndef STORE_WITNESS_H
#define STORE_WITNESS_H

#include "base/err.h"
#include "store/entry.h"

struct witness {
	uint32_t data_entry, terms_entry, pos_entry, value_entry; /* 0: none so far */
	uint64_t data_hash, value_hash;
	size_t nterms;
	char term[TERM_MAX_BYTES]; /* that has positions in pos_entry */
	size_t nterm;
	uint32_t npos, first_pos, slot;
};

/* Entry e got this number. apart: positions are, so the database has no posting of positions without weight. */
void witness_note(struct witness *w, uint32_t number, const struct entry *e, bool apart);
/* True when no later entry can add anything but terms. */
bool witness_full(const struct witness *w);
struct witness_files {
	const char *database, *positions; /* positions: null when the database has them */
};
/* The files hold `entries` entries and what was noted; else ERR_DAMAGED. */
bool witness_verify(const struct witness *w, uint32_t entries, const struct witness_files *files, struct err *err);

#endif
