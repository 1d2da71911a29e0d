/* bulk_termlist: an entry's own list of terms, and of its value slots. */
#ifndef STORE_BULK_TERMLIST_H
#define STORE_BULK_TERMLIST_H

#include "base/buf.h"
#include "store/bulk_tree.h"
#include "store/entry.h"

/* Writes both for entry number n; tag is scratch. length: the sum of all wdf. */
void termlist_add(struct tree *t, const struct entry *e, uint32_t n, uint32_t length, struct buf *tag);

#endif
