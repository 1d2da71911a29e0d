/* spill: documents on their way from reading to building, in an unnamed
 * file beside the index, so that memory does not grow with the corpus. */
#ifndef INDEXER_SPILL_H
#define INDEXER_SPILL_H

#include "base/buf.h"
#include "base/hash.h"
#include "indexer/work.h"
#include "store/xap.h"

/* A line of JSON Lines or a whole file, of which documents came. */
struct input_unit {
	uint64_t hash[2];       /* of its bytes and of all that decides what is made of them (input.h) */
	uint64_t at;            /* where it begins in its file */
	uint32_t path;          /* number in spill.paths */
	uint32_t first, n;      /* its documents: items */
	bool lasting;           /* a later run may tell from the hash that it gives these documents */
};
/* A document of the run, as small as may be: a corpus has many. */
struct item {
	uint64_t at;            /* in the spill: cited hashes, the compact document, the deflated record */
	uint32_t ncited, compact, data; /* hashes; bytes; bytes */
	uint32_t lexicon, passages, before; /* as in struct found */
	uint32_t path;          /* number in spill.paths */
	uint32_t unit;          /* number in spill.units */
	uint64_t beg, end;      /* in the unit */
	uint64_t key;           /* the same for the same record: hash of its unit and number there */
	uint32_t within;        /* copies of a page within the file */
	span name;              /* its address */
	uint64_t address;       /* hash of that */
	struct sketch sketch;
	/* Of a document that the served generation knows: */
	bool known;
	bool own;               /* the record is its own, not that of the document it was folded into; */
	bool at_hand;           /* which can be had: the run has its input before it */
	uint32_t entry;         /* in whose data its record is, there */
	uint64_t state;         /* of what went into its entry (run_place) */
	bool stays;             /* where it stands */
	/* Set by fold: */
	uint32_t keep;          /* the item it was folded into; itself when it is kept */
	uint32_t copies, last;  /* kept: first and last of its copies, or NO_ITEM */
	uint32_t next;          /* a copy: the next one, or NO_ITEM */
	const char *why;
	float similarity;
	uint32_t suffix;        /* 2, 3 ...: another text has the same address; 0: none */
	uint32_t cited_by;
	/* Set when built: */
	uint32_t placed;        /* its entry in the new generation; 0: none */
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
	struct { struct input_unit *v; size_t n, cap; } units;
	/* Of known documents: */
	struct xap *served;     /* has their records; null: there are none */
	int known_fd;           /* has what they cite, at item.at */
	bool refused;           /* a record was asked for that is another's, where its own is at hand */
	struct { char *bytes; uint64_t at; size_t n; } ahead; /* of known_fd, read in larger pieces */
};
/* Opens an unnamed file in dir; in memory when dir is null. Close with spill_close. */
bool spill_open(struct spill *s, const char *dir, struct err *err);
void spill_close(struct spill *s);
/* Adds a unit, then its documents in order: f->unit is not looked at. */
void spill_unit(struct spill *s, const struct input_unit *u, span path);
bool spill_add(struct spill *s, const struct found *f, struct err *err);
/* The number of a path, which is kept once. */
uint32_t spill_path(struct spill *s, span path);
/* Where a document stands in its file. */
static inline uint64_t spill_beg(const struct spill *s, const struct item *i)
{
	return s->units.v[i->unit].at + i->beg;
}
bool spill_flush(struct spill *s, struct err *err);
/* Reading back, after spill_flush; one thread at a time. Lives in a. Of a known
 * document there is no compact, and the record is as the served generation has it. */
bool spill_document(struct spill *s, const struct item *i, struct arena *a, struct found *out, struct err *err); /* its compact and data */
bool spill_data(struct spill *s, const struct item *i, struct arena *a, span *data, struct err *err);
struct unpacking {
	span data;
	struct arena *a;        /* of the record */
	struct record record;   /* out */
};
/* The record in those data, as it was when read: without what fold had said of it. */
bool spill_unpack(const struct spill *s, const struct item *i, struct unpacking *u, struct err *err);
bool spill_cited(struct spill *s, const struct item *i, struct arena *a, uint64_t **cited, struct err *err);

#endif
