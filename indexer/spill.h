/* spill: documents on their way from reading to building, in an unnamed
 * file beside the index, so that memory does not grow with the corpus. */
#ifndef INDEXER_SPILL_H
#define INDEXER_SPILL_H

#include "base/buf.h"
#include "base/hash.h"
#include "indexer/work.h"

/* A document of the run, as small as may be: a corpus has many. */
struct item {
	uint64_t at;            /* in the spill: cited hashes, the compact document, the deflated record */
	uint32_t ncited, compact, data; /* hashes; bytes; bytes */
	uint32_t lexicon, passages, before; /* as in struct found */
	uint32_t path;          /* number in spill.paths */
	uint64_t beg;
	uint64_t address;       /* hash of its address */
	struct sketch sketch;
	/* Set by fold: */
	uint32_t keep;          /* the item it was folded into; itself when it is kept */
	uint32_t copies, last;  /* kept: first and last of its copies, or NO_ITEM */
	uint32_t next;          /* a copy: the next one, or NO_ITEM */
	const char *why;
	float similarity;
	uint32_t suffix;        /* 2, 3 ...: another text has the same address; 0: none */
	uint32_t cited_by;
};
#define NO_ITEM UINT32_MAX

struct spill {
	struct arena a;
	int fd;
	uint64_t size;          /* bytes written and buffered */
	struct buf buffer;      /* not yet written */
	struct map paths_map;
	struct spans paths;
	struct { struct item *v; size_t n, cap; } items;
};
/* Opens an unnamed file in dir; in memory when dir is null. Close with spill_close. */
bool spill_open(struct spill *s, const char *dir, struct err *err);
void spill_close(struct spill *s);
bool spill_add(struct spill *s, const struct found *f, struct err *err);
bool spill_flush(struct spill *s, struct err *err);
/* Reading back, after spill_flush; any thread. Lives in a. */
bool spill_document(const struct spill *s, const struct item *i, struct arena *a, struct found *out, struct err *err); /* its compact and data */
bool spill_data(const struct spill *s, const struct item *i, struct arena *a, span *data, struct err *err);
bool spill_packed(const struct spill *s, const struct item *i, struct arena *a, span *packed, struct err *err); /* its record */
bool spill_cited(const struct spill *s, const struct item *i, struct arena *a, uint64_t **cited, struct err *err);

#endif
