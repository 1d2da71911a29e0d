/* xap_write: the C binding over libxapian, for writing and checking. For
 * builder_api.c and generation_check.c alone. */
#ifndef STORE_XAP_WRITE_H
#define STORE_XAP_WRITE_H

#ifdef __cplusplus
extern "C" {
#endif

#include "base/err.h"
#include "store/entry.h"

struct xap_writer;
/* A new glass database in the directory dir, which is made. It is not synced:
 * dir is thrown away after any failure, and after the sealing. */
struct xap_writer *xap_writer_open(const char *dir, bool no_termlists, struct err *err);
bool xap_writer_add(struct xap_writer *w, const struct entry *e, struct err *err);
bool xap_writer_metadata(struct xap_writer *w, span key, span value, struct err *err);
bool xap_writer_commit(struct xap_writer *w, struct err *err);
/* Compacts into one single-file database behind fd, an empty file open for
 * reading and writing (it becomes Xapian's, also on failure), not synced. */
bool xap_writer_compact(struct xap_writer *w, int fd, struct err *err);
/* Reads long data back from a sealed file: libxapian cannot read all that it
 * compressed (entry.h, data). fd becomes Xapian's. */
bool xap_writer_verify(struct xap_writer *w, int fd, struct err *err);
void xap_writer_close(struct xap_writer *w);

/* Xapian's own check of a sealed file; fd becomes Xapian's. May crash the
 * process on a damaged file: call it in a child. *wrong: number of errors. */
bool xap_check(int fd, size_t *wrong, struct err *err);

#ifdef __cplusplus
}
#endif
#endif
