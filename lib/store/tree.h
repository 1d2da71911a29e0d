/* tree: directories, for builders and generations. Nothing follows a symlink. */
#ifndef STORE_TREE_H
#define STORE_TREE_H

#include "base/arena.h"
#include "base/err.h"

/* A directory's descriptor, O_RDONLY|O_NOFOLLOW|O_CLOEXEC, or -1 with err filled. */
int dir_open(int dirfd, const char *name, struct err *err);
/* fsync of a directory; of the directory that holds path. */
bool tree_sync(int dirfd, const char *name, struct err *err);
bool tree_sync_parent(const char *path, struct err *err);
/* Makes path and its missing parents, each one's directory fsynced. The message does not name path. */
bool tree_make(const char *path, struct err *err);
/* Removes a file or a directory with all in it. Absent is fine. Goes 16 levels
 * deep at most: ours have two. */
bool tree_remove(int dirfd, const char *name, struct err *err);
/* Bytes of the files directly in a directory. */
uint64_t tree_bytes(const char *path);
/* False with ERR_TRY_AGAIN when the file system of path has fewer than `need`
 * bytes free; the message names path and both figures. */
bool tree_room(const char *path, uint64_t need, struct err *err);

#endif
