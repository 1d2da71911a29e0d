/* file: reading and writing whole files safely.
 *
 * Paths are bytes. Nothing follows a final symlink and nothing blocks on a
 * FIFO or a device. Reads use read(2), never mmap: a file truncated meanwhile
 * must not kill the program (SIGBUS). */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/arena.h"
#include "base/err.h"

#define FILE_MAX_BYTES (1u << 30) /* larger inputs are refused, with their name */

/* A regular file's descriptor, O_RDONLY|O_NONBLOCK|O_NOFOLLOW|O_CLOEXEC, path
 * relative to dirfd (AT_FDCWD for the working directory); -1 with err filled
 * for anything else (directories, symlinks, FIFOs, devices, sockets). Close with close(2). */
int file_open(int dirfd, const char *path, struct err *err);
/* The rest of fd, which may be a pipe, up to limit bytes; more is an error
 * that names the limit. Lives in a, followed by a NUL that is not counted. */
bool file_read_fd(int fd, size_t limit, struct arena *a, span *out, struct err *err);
/* file_open and file_read_fd; the error names the path. */
bool file_read(const char *path, size_t limit, struct arena *a, span *out, struct err *err);
/* Up to n bytes from byte `at` on, by pread, so that threads may share fd. Returns how many: fewer than n where
 * the file ends before, err untouched, or on failure, err filled, naming no file. */
size_t file_read_at(int fd, void *out, size_t n, uint64_t at, struct err *err);
/* All of s to fd, through short writes and EINTR. */
bool file_write_fd(int fd, span s, struct err *err);
/* Replaces dirfd/name with s, so that after a crash it holds the old or the
 * new bytes: temporary file, fsync, rename, fsync of the directory. */
bool file_replace(int dirfd, const char *name, span s, struct err *err);

#endif
