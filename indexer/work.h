/* work: from the text of a file to the records of its documents. Pure. */
#ifndef INDEXER_WORK_H
#define INDEXER_WORK_H

#include "indexer/read.h"
#include "indexer/report.h"
#include "law/furniture.h"
#include "law/record.h"
#include "law/repeat.h"

/* A text as it was read, made whole, and the documents in it. The records'
 * texts have the source bytes of their document alone; these parts joined are
 * the source. Their sources are left to the caller; part: where in src. The
 * starts of sentences are found where the words are (run_build): a text is cut
 * into words once. */
struct reading {
	struct text text;
	struct { struct record *v; size_t n, cap; } records;
	struct range *parts;
};
/* shared: what the files of its directory share at their edges; may be null. */
struct reading reading_of(const struct text *raw, const struct meta *given, const struct furniture *shared, struct arena *a);

/* A document on its way to the index. */
struct found {
	span packed;           /* its record */
	span address;
	struct sketch sketch;
	uint64_t beg;          /* where its first source begins */
	span path;
	uint64_t *cited;       /* hashes of the documents it cites, ascending, each once */
	size_t ncited;
};
struct founds { struct found *v; size_t n, cap; };

/* A piece of input: a whole file, or whole lines of a file of JSON Lines. */
struct job {
	struct arena a;        /* owns everything of it */
	span path, bytes;
	uint64_t offset;       /* of bytes in the file */
	size_t line;           /* number of its first line, from 1 */
	enum format format;
	const struct mapping *mapping;
	struct furniture shared; /* of the file's directory */
	struct founds found;   /* out */
	struct report report;  /* out */
};
/* Fills found. scratch: the thread's; its limit bounds what one document may
 * take, beyond which it is quarantined with a line in the report. */
void job_work(struct job *j, struct arena *scratch);
/* What the index needs to know of a record; packed lives in to. */
struct found found_of(const struct record *r, struct arena *scratch, struct arena *to);

#endif
