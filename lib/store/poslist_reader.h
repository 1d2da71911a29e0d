/* The reader of position files, between poslist_read.c and poslist_cursor.c. */
#ifndef STORE_POSLIST_READER_H
#define STORE_POSLIST_READER_H

#include "base/buf.h"
#include "store/live.h"
#include "store/poslist_private.h"

enum { PAGES_KEPT = 256 }; /* a reader's cache: 1 MiB, whatever the index */

/* One block of the dictionary. */
struct index_block {
	span term;          /* the first */
	uint64_t at, lists; /* where it lies; where the list of its first term does */
	uint64_t bytes;
};
struct poslist_shard {
	int fd;
	struct poslist_footer f;
	/* Of malloc, as all that lives as long as the reader: want of memory is an
	 * error then, where an arena would end the program. */
	byte *tables;       /* index and sums */
	struct index_block *index;
	size_t nindex;
	const byte *sums;   /* in tables */
};
struct page {
	uint64_t number;    /* UINT64_MAX: none */
	size_t shard;
	byte *bytes;
};
struct poslists {
	struct poslist_shard *shards;
	size_t n;
	struct page pages[PAGES_KEPT];
	byte *bytes;        /* of the pages */
	struct lives *lives; /* null: no entry is dead */
};
/* Bytes [at, at + n) of lists or dictionary. */
struct poslist_part {
	size_t shard;
	uint64_t at;
	size_t n;
};
/* They go into out, their pages' sums verified. */
bool poslists_read(struct poslists *p, struct poslist_part part, byte *out, struct err *err);
bool poslists_damaged(const char *what, struct err *err);

/* Where the list of a term lies. */
struct list_at {
	uint64_t at, bytes;
	uint32_t entries;   /* 0: there is none */
	bool many;          /* blocks, and a table of them */
};
/* Terms of a dictionary in order. */
struct dictionary_walk {
	struct arena *a;    /* of the blocks read */
	struct unpack rest; /* of the block under way */
	size_t block;       /* the next to be read */
	byte term[KEY_MAX];
	size_t nterm;
	struct list_at list;
	uint64_t lists;     /* where the next list lies */
};
/* The block that the term is in if in any: where to begin a walk to it. */
size_t poslists_block(const struct poslists *p, size_t shard, span term);
/* The next term; *more tells whether there was one. */
bool dictionary_next(struct poslists *p, size_t shard, struct dictionary_walk *w, bool *more, struct err *err);

/* The list of a term in one shard, and a place in it. */
struct sublist {
	struct poslists *p;
	struct arena *a;
	size_t shard;
	struct list_at list;
	struct list_block { uint32_t before, last, entries; uint64_t at, bytes; } *blocks;
	size_t nblocks;       /* 0: not looked at yet */
	size_t block;         /* that is decoded; == nblocks: none */
	byte *bytes;          /* of it */
	size_t cap;
	uint32_t *entry, *count; /* BLOCK_ENTRIES each */
	uint32_t place;       /* of the entry found last */
	struct bit_reader bits;
	uint64_t positions_at; /* bit where they begin */
	uint32_t done;        /* entries whose positions have been passed */
	unsigned first, next; /* parameters */
	struct { uint32_t *v; size_t n, cap; } run;
};
/* The least entry at or after `from`, 0 if none; its place in the block in *i. */
bool sublist_seek(struct sublist *s, uint32_t from, uint32_t *entry, uint32_t *i, struct err *err);
/* How many of its entries are dead, in steps of the fewer of both. */
bool sublist_dead(struct sublist *s, uint32_t *n, struct err *err);
/* Positions of entry i of the decoded block. */
bool sublist_positions(struct sublist *s, uint32_t i, struct poslist_run *out, struct err *err);

#endif
