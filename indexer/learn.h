/* learn: what the files of a directory, and the records of a file of JSON Lines, share
 * at their edges, before they are read.
 *
 * Of a directory's first LEARN_FILES names a few kB at both ends are looked at, when the first file of
 * it is read: those files alone, whatever paths were given and in whatever order. So what is learned
 * depends on the directory as it stands and on nothing else, not on --jobs, and not on
 * whether a file comes in with its neighbours or by itself. When the directory itself has changed, files
 * that are not read again keep what they were read with; --rebuild brings all up to date.
 *
 * Records come from web hosts, each with its own menus: they are judged host by host of
 * their addresses, by those at the head of their file. What is learned depends on that file
 * and --map alone; it goes into the hash of its lines (input.h), so that a line is never told
 * to be as it was when it would now be read otherwise. */
#ifndef INDEXER_LEARN_H
#define INDEXER_LEARN_H

#include "base/hash.h"
#include "indexer/read.h"
#include "law/furniture.h"

enum { LEARN_FILES = 64 };

/* Directories looked at so far. Zero is ready; everything lives in a. Not shared between threads. */
struct learned {
	struct arena *a;
	struct { struct furniture *v; size_t n, cap; } directories;
	struct map of_path;
};
/* What the files of path's directory share; empty when they are fewer than
 * FURNITURE_TEXTS, or cannot be read. */
struct furniture learned_of(struct learned *l, span path);

/* Bounds of what is looked at of a file of JSON Lines: records, bytes from its
 * begin on, bytes of a line (longer ones are passed by). */
enum { LEARN_RECORDS = 256, LEARN_BYTES = 2 << 20, LEARN_LINE = 256 << 10 };
/* Web hosts whose records share lines. A record without a host is of the empty one. */
struct hosts {
	struct host { span name; struct furniture shared; } *v;
	size_t n, cap;
};
/* bytes: the whole file. Lives in a and borrows nothing. */
struct hosts learned_hosts(span bytes, const struct mapping *m, struct arena *a);
/* What the records of url's host share. */
struct furniture hosts_shared(const struct hosts *h, span url);
/* seed, and all that was learned; seed itself when that is nothing. */
uint64_t hosts_seed(const struct hosts *h, uint64_t seed);

#endif
