/* learn: what the files of a directory share at their edges, before they are read.
 *
 * Of a directory's first LEARN_FILES names a few kB at both ends are looked at, when the first file of
 * it is read: those files alone, whatever paths were given and in whatever order. So what is learned
 * depends on the directory as it stands and on nothing else, not on --jobs, and not on
 * whether a file comes in with its neighbours or by itself. When the directory itself has changed, files
 * that are not read again keep what they were read with; --rebuild brings all up to date. */
#ifndef INDEXER_LEARN_H
#define INDEXER_LEARN_H

#include "base/hash.h"
#include "law/furniture.h"

enum { LEARN_FILES = 64, LEARN_LEAST = 8 };

/* Directories looked at so far. Zero is ready; everything lives in a. Not shared between threads. */
struct learned {
	struct arena *a;
	struct { struct furniture *v; size_t n, cap; } directories;
	struct map of_path;
};
/* What the files of path's directory share; empty when they are fewer than
 * LEARN_LEAST, or cannot be read. */
struct furniture learned_of(struct learned *l, span path);

#endif
