/* builder: one sealed, single-file glass database from entries, and their
 * positions in a file of their own when asked.
 *
 * Two builders give the same database, entry for entry: "api" goes through
 * libxapian, "bulk" writes the format itself. A builder belongs to one thread
 * at a time; several may run side by side, each on a path of its own.
 *
 * A failed call poisons the builder: every later one but builder_close fails
 * with the same error. (Measured in Xapian 1.4.22: after one failed write the
 * handle drops the whole batch, and then takes and acknowledges more.) */
#ifndef STORE_BUILDER_H
#define STORE_BUILDER_H

#include "base/err.h"
#include "store/compact.h"

enum builder_kind { BUILDER_API, BUILDER_BULK };
struct builder_options {
	enum builder_kind kind;
	size_t memory;      /* bytes of postings kept before a run is spilled; 0: 256 MiB */
	/* Leaves out each entry's own list of terms: a quarter of the size, which
	 * no search needs. xap_entry_terms then fails, delve -r shows no terms. */
	bool no_termlists;
	/* A file for the positions of words (store/poslist.h), beside path, that must
	 * not exist; the database then holds none, nor any posting that has positions
	 * and no weight: that one is in the file alone. Null: all goes into the
	 * database, where every Xapian tool finds it, at four times the size. */
	const char *positions;
	unsigned threads;   /* that may be used when sealing; 0: one */
	const char *tmpdir; /* for runs and build directories, on the same file system; never null */
};
struct builder;
/* Builds into path, which must not exist; its directory must. tmpdir and
 * positions are copied. Null with err filled on failure; close with builder_close. */
struct builder *builder_open(const char *path, const struct builder_options *o, struct err *err);
/* The kind at work: where the running libxapian is not of the 1.4 series, whose
 * format the bulk builder knows, a builder asked for as bulk goes through the API. */
enum builder_kind builder_kind_used(const struct builder *b);
/* Gives e the next number, 1 first. An entry that entry_refuse refuses is
 * ERR_REQUEST and leaves the builder as it was. Disk full: ERR_TRY_AGAIN with
 * the path and the bytes needed. e is borrowed for the call. */
bool builder_add(struct builder *b, const struct entry *e, struct err *err);
/* The same of a compact document, which the bulk builder takes several times as
 * fast. Its numbers must mean the same for all documents of one lexicon that the builder is given. */
bool builder_add_compact(struct builder *b, const struct compact *c, struct err *err);
/* Writes metadata key and value, kept in the database; key up to 200 bytes,
 * neither may be empty. */
bool builder_metadata(struct builder *b, span key, span value, struct err *err);
/* Seals: checks for free space, writes everything, fsyncs file and directory.
 * After that only builder_totals and builder_close make sense. */
bool builder_seal(struct builder *b, struct err *err);

struct builder_totals {
	uint32_t entries;
	/* 128 bits over all entries (terms, wdf, positions, values, data), by XXH3
	 * of their strings, as hex: equal for equal entries, whatever the builder, the
	 * machine or the number of threads. Not a defence against tampering: files
	 * have their SHA-256 in the manifest. Whole once sealed. */
	char entries_xxh128[33];
};
void builder_totals(struct builder *b, struct builder_totals *out);
/* Gives everything back; removes temporary files; unsealed files are removed. b may be null. */
void builder_close(struct builder *b);

#endif
