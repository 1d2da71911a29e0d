/* poslist: where in an entry a term stands. One sealed file beside each shard.
 *
 * Glass writes term and entry again as a key for every list of positions, 14
 * bytes where the list takes 3. Here a term stands once, and its entries and
 * their positions follow as one string of bits, so that a phrase is read as it
 * lies: one term after another, front to back.
 *
 *   file    lists | dictionary | index | sums | footer
 *   lists   of each term, in order of terms: blocks of up to 128 entries or
 *           some 512 positions; where there are several, a table of them first
 *   dictionary  terms in order, front-coded, 64 a block: how many entries, how
 *           many bytes of list
 *   index   the first term of each block of the dictionary; held in memory
 *   sums    XXH3 of each page of 4 KiB of all that, so that no damaged byte is
 *           ever read as a position
 *   footer  FOOTER_BYTES: what lies where, counts, the hash of the shard's
 *           entries (builder_totals), a hash over index, sums and footer
 *
 * A block holds, in bits from the least significant, four parameters of five bits,
 * then as Rice codes: the gaps between its entries, how many positions each
 * has, less one, and the positions: the first of an entry, then gaps. The
 * same entries give the same bytes.
 *
 * Files are read by pread, never mapped. Every count is checked against the
 * bytes that are left: damage is ERR_DAMAGED, never a wrong answer. */
#ifndef STORE_POSLIST_H
#define STORE_POSLIST_H

#include "base/arena.h"
#include "base/err.h"
#include "store/xap.h"

#define POSLIST_IDENTITY 32 /* bytes: hex of the shard's entries_xxh128 */

/* Writing. A failed write is kept and told by poslist_seal. */
struct poslist_writer;
/* path must not exist. Null with err filled on failure. */
struct poslist_writer *poslist_create(const char *path, struct err *err);
/* Terms ascend, 1 to 255 bytes; for each its entries ascend, each with 1 or
 * more positions, above 0 and ascending. A term without entries is left out. */
void poslist_term(struct poslist_writer *w, span term);
void poslist_entry(struct poslist_writer *w, uint32_t entry, const uint32_t *pos, uint32_t n);
/* Writes the rest, fsyncs and closes the file. */
bool poslist_seal(struct poslist_writer *w, const char identity[POSLIST_IDENTITY], struct err *err);
/* Gives memory and descriptor back; the file stays. w may be null. */
void poslist_close(struct poslist_writer *w);

/* Reading, over the shards of a generation, by one thread. Entry e of shard s
 * of n has the number (e - 1) n + s + 1, as in xap.h. */
struct poslists;
/* fds become the reader's, also on failure. Close with poslists_close. */
struct poslists *poslists_open(const int *fds, size_t n, struct err *err);
void poslists_close(struct poslists *p); /* p may be null */
/* From here on dead entries are passed over, as xap_bury says; terms that stand
 * in no other entries are in no list of terms. */
struct lives;
void poslists_bury(struct poslists *p, struct lives *l);
struct poslists_stats {
	char identity[POSLIST_IDENTITY + 1]; /* of that shard */
	uint64_t terms, lists, positions;    /* lists: pairs of term and entry */
	uint64_t bytes;
};
void poslists_stats(const struct poslists *p, size_t shard, struct poslists_stats *out);

/* The lists of one term, and a place in them. Lives in the arena it was found with. */
struct poslist;
/* A term that stands nowhere has no entries. Null: err is filled. */
struct poslist *poslist_find(struct poslists *p, span term, struct arena *a, struct err *err);
uint32_t poslist_entries(const struct poslist *l);
/* The first entry at or after `from` in *entry, 0 when there is none. Going
 * forward is what costs least. */
bool poslist_next(struct poslist *l, uint32_t from, uint32_t *entry, struct err *err);
/* Positions in an entry, ascending; none when the term is not in it. Good
 * until the next call for the same list. */
struct poslist_run {
	const uint32_t *v;
	size_t n;
};
bool poslist_at(struct poslist *l, uint32_t entry, struct poslist_run *out, struct err *err);
/* How many positions in an entry; none is decoded. */
bool poslist_count(struct poslist *l, uint32_t entry, uint32_t *n, struct err *err);

/* Terms with positions that begin with a prefix, as xap_terms lists those of the databases. */
bool poslists_terms(struct poslists *p, const struct xap_term_range *r, struct arena *a, struct xap_terms *out, struct err *err);

/* Reads everything: order of terms and entries, counts, sums. False: damaged. */
bool poslists_check(struct poslists *p, struct err *err);

#endif
