/* power: what the disk has lost when the power goes, for fi.c.
 *
 * The injector keeps an undo log of all that was written and not yet synced. At
 * the cut it takes some of it back, as a disk and a file system may: of each
 * file that was not synced all, nothing, or single sectors of 512 bytes and
 * perhaps its growth; of each directory that was not synced some of the latest
 * changes of its names, in order. Directories and files lose independently of
 * each other. */
#ifndef TESTS_FAULTS_POWER_H
#define TESTS_FAULTS_POWER_H

#include <stddef.h>
#include <sys/types.h>

/* From here on; stash is an empty directory on the same file system. */
void power_begin(int stash, unsigned seed);
void power_cut(void);
/* Before the call that does it: */
void power_write(int fd, off_t at, size_t n); /* at < 0: at the file's position */
void power_unlink(int dir, const char *path);
void power_rename(int from_dir, const char *from, int to_dir, const char *to);
/* After it succeeded: */
void power_made(int dir, const char *path); /* file, directory or link */
void power_sync(int fd);

#endif
