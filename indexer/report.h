/* report: what indexing did, for people (stderr) and programs (report.json). */
#ifndef INDEXER_REPORT_H
#define INDEXER_REPORT_H

#include "base/buf.h"
#include "law/text.h"

enum { REPORT_LINES_MAX = 1000, REPORT_RULES_MAX = 64 };
enum stage { STAGE_READ, STAGE_OLD, STAGE_FOLD, STAGE_BUILD, STAGE_SEAL, STAGES };

struct report_line {
	const char *kind; /* "skipped", "quarantined", "warning", "duplicate" */
	span path, why;
};
struct report_rule {
	const char *name;
	uint64_t n;
};
/* Used by one thread at a time: a pool's take and give each have their own. */
struct report {
	struct arena a;
	uint64_t files, bytes, documents, passages, kept_before, dropped, duplicates, versions;
	uint64_t stored; /* bytes of records as the index keeps them, deflated */
	uint64_t skipped, quarantined, warnings, hidden;
	struct { struct report_line *v; size_t n, cap; } lines; /* the first REPORT_LINES_MAX; counts go on */
	struct report_rule rules[REPORT_RULES_MAX];
	size_t nrules;
	double seconds[STAGES];
	uint64_t stage_bytes[STAGES];
	bool quiet;        /* nothing on stderr */
};

/* A file or record that is left out, and why; said on stderr too. */
void report_skip(struct report *r, span path, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* A document that could not be worked on; its neighbours are indexed. */
void report_quarantine(struct report *r, span path, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void report_warn(struct report *r, span path, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* A document that was folded into another: in report.json only. */
void report_duplicate(struct report *r, span path, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void report_edits(struct report *r, const struct edits *e);
/* Adds what another report counted, then empties that. Lines of a quiet one are said now. */
void report_join(struct report *into, struct report *from);
/* Seconds of CLOCK_MONOTONIC. */
double report_clock(void);
span report_json(const struct report *r, struct arena *a);
/* One or two lines for people. */
span report_summary(const struct report *r, struct arena *a);

#endif
