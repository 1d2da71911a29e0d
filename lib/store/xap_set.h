/* xap_set: entries that were found elsewhere, as a part of a Xapian query (C++,
 * for xap*.cc, which include xapian.h first). */
#ifndef STORE_XAP_SET_H
#define STORE_XAP_SET_H

extern "C" {
#include "base/arena.h"
}
struct xap_query;

/* Matches the entries of a XAP_SET, without weight; borrows nothing. */
Xapian::Query xap_set_query(const Xapian::Database &db, const struct xap_query *q);

#endif
