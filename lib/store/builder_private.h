/* What one kind of builder is: a table of functions behind builder.c.
 *
 * builder.c does for every kind what must not differ between them: it refuses
 * bad entries before the call, remembers the first failure and refuses every
 * later call, adds up the identity of the entries, checks for free space before
 * sealing, fsyncs the directory of the sealed file, reads a witness of every
 * table back, and removes unsealed files. A kind only writes. Its functions fill err and
 * return false (null) on failure and leave self fit for close. */
#ifndef STORE_BUILDER_PRIVATE_H
#define STORE_BUILDER_PRIVATE_H

#include "store/builder.h"
#include "store/identity.h"

struct builder_kind_ops {
	/* path does not exist yet; options stay valid until close. */
	void *(*open)(const char *path, const struct builder_options *o, struct err *err);
	/* Gives the entry the next number, from 1. The entry passed entry_refuse and is borrowed for the call. */
	bool (*add)(void *self, const struct entry *e, struct err *err);
	/* The same of a compact one. Null: this kind wants them expanded. */
	bool (*add_compact)(void *self, const struct compact *c, struct err *err);
	bool (*metadata)(void *self, span key, span value, struct err *err);
	/* Bytes that seal will still write, for the check of free space; an estimate from above. */
	uint64_t (*pending)(void *self);
	/* Writes everything to path, and the positions where options want them, and
	 * fsyncs both. Called once. id: what the entries are so far; a kind that takes
	 * compact ones adds what the postings of all entries say. */
	bool (*seal)(void *self, struct identity *id, struct err *err);
	/* Frees self and its temporary files. After a seal that did not succeed builder.c removes path. */
	void (*close)(void *self);
};

/* What of an entry goes into the database when positions are kept apart. Lives in a. */
struct entry entry_bare(const struct entry *e, struct arena *a);

extern const struct builder_kind_ops builder_api_ops;  /* builder_api.c */
extern const struct builder_kind_ops builder_bulk_ops; /* bulk.c */

#endif
