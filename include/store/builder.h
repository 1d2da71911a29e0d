/* builder: one sealed, single-file glass database from entries.
 *
 * Two builders give the same database, entry for entry: "api" goes through
 * libxapian, "bulk" writes the format itself. A failed call poisons the
 * builder: every later one but builder_close fails with the same error. */
#ifndef STORE_BUILDER_H
#define STORE_BUILDER_H

#include "base/err.h"
#include "store/entry.h"

enum builder_kind { BUILDER_API, BUILDER_BULK };
struct builder_options {
	enum builder_kind kind;
	size_t memory;      /* bytes of postings kept before a run is spilled; 0: 256 MiB */
	const char *tmpdir; /* for runs and build directories, on the same file system; never null */
};
struct builder;
/* Builds into path, which must not exist. Null with err filled on failure. */
struct builder *builder_open(const char *path, const struct builder_options *o, struct err *err);
/* An entry that entry_refuse refuses is ERR_REQUEST and leaves the builder as it was. */
bool builder_add(struct builder *b, const struct entry *e, struct err *err);
/* Writes metadata key and value, kept in the database. */
bool builder_metadata(struct builder *b, span key, span value, struct err *err);
/* Seals: writes everything, fsyncs file and directory. */
bool builder_seal(struct builder *b, struct err *err);
/* Gives everything back; removes temporary files; an unsealed path is removed. */
void builder_close(struct builder *b);

#endif
