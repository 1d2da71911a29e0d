/* bulk_twin: everything that libxapian can be asked about two databases, compared. */
#ifndef TESTS_BULK_TWIN_H
#define TESTS_BULK_TWIN_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif
/* Terms, postings, wdfs, positions, lengths, term lists, values and their
 * bounds, data, metadata, statistics, answers with their weights. termlists:
 * they have lists of terms for each entry. False with the first difference told in msg. */
bool twin_same(const char *a, const char *b, bool termlists, char *msg, size_t size);
/* Xapian's own check finds nothing; else its words in msg. */
bool twin_check(const char *path, char *msg, size_t size);
#ifdef __cplusplus
}
#endif

#endif
