/* input: what an index remembers of what it was made from, so that an update
 * works on what changed alone.
 *
 * A unit of input is a line of JSON Lines or a whole file. Its hash covers its bytes
 * and all that decides what is made of them: its path, the options, what the
 * directory shares, the program. A unit with the hash of one that the served
 * generation was made from gives the same documents, wherever in its file it stands now.
 *
 * The file `input` of a generation holds a row for each document, copies too, with
 * all that fold asks; the numbers of what each cites follow behind, read when they are
 * counted. Pairs of documents that were compared are kept with the outcome.
 *
 *   file   head | rows | cited
 *   head   magic, bytes of rows, hashes of rows and cited, 8 bytes each
 *   rows   packed (base/buf.h): shards, paths, units with their documents, pairs
 *   cited  hashes, 8 bytes each, of one document after another */
#ifndef INDEXER_INPUT_H
#define INDEXER_INPUT_H

#include "indexer/fold.h"
#include "indexer/options.h"
#include "store/generation.h"

/* A unit of the served generation. */
struct known_unit {
	struct input_unit unit;
	uint32_t path;       /* in input.paths; unit.path is not set */
	uint32_t next;       /* of those with hashes alike, in order of the input; NO_ITEM: none */
	bool told;           /* it is in the input still, or was not looked for */
	bool read;           /* it was looked for, and is there */
};
/* A document of it. */
struct known {
	struct item item;    /* entry: where its record is; of a copy, that of the document it was folded into */
	uint32_t unit, copy_of; /* the latter a row; NO_ITEM: it is no copy */
};
struct input {
	struct arena a;
	int fd;              /* of the cited hashes; the spill's once carried */
	size_t shards, base; /* database files of a full build; how many of the served ones come from one */
	struct spans paths;
	struct { struct known_unit *v; size_t n, cap; } units;
	struct { struct known *v; size_t n, cap; } rows;
	struct pairs pairs;  /* in order of by_pair */
	uint32_t *heads;     /* units by hash */
	size_t nheads;
	bool closed;         /* nothing of the input is told from its hash */
	bool moved;          /* a unit that was told begins elsewhere now */
	size_t ntold;        /* units; once carried */
};
/* Reads the file of g. Close with input_close. */
bool input_load(struct input *in, const struct generation *g, struct err *err);
void input_close(struct input *in);
/* Of all that decides what is made of a unit, but for its bytes and where they are from. */
uint64_t input_seed(const struct index_options *o);
void input_hash(span bytes, uint64_t seed, uint64_t out[2]);
/* Whether a unit of the input is one of the served generation, which then begins at
 * `at`. One that was folded into another is told only after that one: else it
 * could come to the fore, and its own record is not kept. */
bool input_tell(struct input *in, const struct input_unit *u);
/* Adds the documents of all units told to the spill. */
void input_carry(struct input *in, struct spill *s);
/* Writes what a later run needs to know. */
bool input_save(const char *path, struct spill *s, const struct fold *f, const size_t shards[2], struct err *err);

#endif
