/* work: from the text of a file to its documents, ready to be built. Pure. */
#ifndef INDEXER_WORK_H
#define INDEXER_WORK_H

#include "indexer/emit.h"
#include "indexer/learn.h"
#include "indexer/read.h"
#include "indexer/report.h"
#include "law/furniture.h"
#include "law/record.h"
#include "law/repeat.h"

/* A text as it was read, made whole, and the documents in it. The records'
 * texts have the source bytes of their document alone; these parts joined are
 * the source. Their sources are left to the caller; part: where in src. The
 * starts of sentences are found where the words are (found_make): a text is cut
 * into words once. */
struct reading {
	struct text text;
	struct { struct record *v; size_t n, cap; } records;
	struct range *parts;
};
/* shared: what the texts of its directory or host share at their edges; may be null. */
struct reading reading_of(const struct text *raw, const struct meta *given, const struct furniture *shared, struct arena *a);
/* The same step by step, so that no two documents need be in memory at once:
 * what is found of the text as a whole, then one document after another. laps may be null. */
struct reading_begun {
	struct text text;
	struct docs docs;
	struct range *parts;
};
struct reading_begun reading_begin(const struct text *raw, const struct meta *given, const struct furniture *shared,
				   struct laps *laps, struct arena *a);
struct record reading_record(const struct reading_begun *b, size_t nth, struct laps *laps, struct arena *a);

/* A document on its way to the index. */
struct found {
	span data;             /* its record, packed and deflated: the data of its entry */
	span compact;          /* compact_pack of the rest */
	uint32_t lexicon;      /* number of the maker whose lexicon the terms are of */
	uint32_t passages;
	uint32_t before;       /* of the served generation: 1, or the number behind its address there; 0: read anew */
	span address;
	struct sketch sketch;
	uint64_t beg, end;     /* its source, in its unit of input */
	uint32_t unit;         /* number in the job */
	uint32_t within;       /* copies of a page within the file */
	uint64_t *cited;       /* hashes of the documents it cites, ascending, each once */
	size_t ncited;
};
struct founds { struct found *v; size_t n, cap; };

/* A whole file, or a line of JSON Lines. What is found of it knows nothing of what
 * stands before it in its file, so it is the same wherever that is. */
struct part_of_job {
	span bytes;
	uint64_t at;           /* where it begins in its file */
	size_t line;           /* number of the line, from 1 */
	uint64_t hash[2];      /* input.h */
	bool whole;            /* out: nothing of it was left out */
};
/* A piece of input: parts of one file. */
struct job {
	struct arena a;        /* owns everything of it */
	span path;
	struct { struct part_of_job *v; size_t n, cap; } parts;
	enum format format;
	const struct mapping *mapping;
	struct furniture shared; /* of the file's directory */
	struct hosts hosts;    /* of JSON Lines: of the file; borrowed */
	struct founds found;   /* out */
	struct report report;  /* out */
	struct laps laps;      /* out */
};
/* What a thread works in. The limits of its arenas bound what one text, and one
 * document of it, may take, beyond which it is quarantined with a line in the report. */
struct workspace {
	struct arena text, document;
	/* A file of more bytes is read in slices of about so many, each to the end
	 * of a document: memory depends on this and the longest document. What is
	 * in all of a file, running heads for one, is then judged slice by slice. */
	size_t slice;
	bool timed; /* laps are wanted */
	struct maker *maker;
};
enum { SLICE_SHARE = 64 }; /* of the memory allowed: a slice takes 25 times its bytes at most */
/* Fills found. */
void job_work(struct job *j, struct workspace *w);
/* What folding needs to know of a record. tokens: of its text, hashed. Lives in to. */
struct found found_of(const struct record *r, const struct tokens *tokens, struct arena *to);

/* What a thread makes documents with. */
struct maker {
	struct emitter emitter;
	struct deflater *deflater;
	uint32_t number;
};
void maker_open(struct maker *m, uint32_t number, size_t memory); /* of the lexicon */
void maker_close(struct maker *m);
/* What making one document takes: scratch is of the document alone, to is where
 * the result lives. laps may be null. */
struct making {
	struct maker *maker;
	struct laps *laps;
	struct arena *scratch, *to;
};
/* found_of, and compact and data. Cuts the words, and finds the starts of
 * sentences in r. False, ERR_REQUEST: no entry can hold it. */
bool found_make(struct record *r, const struct making *with, struct found *out, struct err *err);

#endif
