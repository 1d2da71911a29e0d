/* walk: the regular files at and below the paths a user gave.
 *
 * Directories are read through descriptors (openat), never by long path strings; symbolic
 * links are not followed, nothing that could block or have an effect is opened
 * (FIFOs, sockets, devices), hidden files and the index itself are passed by. Names
 * come in order of their bytes. What is left out is named in the report. */
#ifndef INDEXER_WALK_H
#define INDEXER_WALK_H

#include "base/args.h"
#include "base/err.h"
#include "indexer/report.h"

enum { WALK_DEPTH_MAX = 128 };

struct walk;
/* index: directory of the index, which is not walked into; may be null. */
struct walk *walk_open(const struct spans *paths, const char *index, struct report *r);
void walk_close(struct walk *w);
/* The next file: *fd, to be closed by the caller, and *path, which lives until
 * the next call. False at the end. */
bool walk_next(struct walk *w, int *fd, span *path);
/* The worst that happened to a path that the user named: an exit status, 0 when all could be read. */
enum err_code walk_status(const struct walk *w);
/* Files and directories that are there but could not be read. */
const struct spans *walk_unreadable(const struct walk *w);
/* A path without "./" in front, doubled slashes and slashes at the end: the
 * name under which a document is found again when it is replaced. */
span walk_normal(span path, struct arena *a);

#endif
