/* report: what indexing did, for people (stderr) and programs (report.json). */
#ifndef INDEXER_REPORT_H
#define INDEXER_REPORT_H

#include "base/buf.h"
#include "law/text.h"

enum { REPORT_LINES_MAX = 1000, REPORT_RULES_MAX = 64 };
enum stage { STAGE_READ, STAGE_OLD, STAGE_FOLD, STAGE_BUILD, STAGE_SEAL, STAGES };
/* What the time of the processors goes to. */
enum part { PART_READ, PART_REPAIR, PART_OUTLINE, PART_CITE, PART_SKETCH, PART_WORDS, PART_RECORD, PART_DEFLATE, PART_TERMS, PART_INVERT, PART_WRITE, PARTS };
/* A stopwatch of the calling thread's own processor time, in seconds. Asking
 * for that costs more than a short task, so it is off unless --report wants it. */
struct laps {
	bool on;
	double at;
	double cpu[PARTS];
};
void laps_begin(struct laps *l, bool on);
/* What has passed since the last lap went to t. l may be null. */
void lap(struct laps *l, enum part t);

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
	double cpu[PARTS]; /* of all threads; zeros when not asked for */
	const char *builder; /* "bulk", "api": which one wrote the shards; null: none did */
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
void report_laps(struct report *r, const struct laps *l);
/* Seconds of CLOCK_MONOTONIC. */
double report_clock(void);
/* Seconds of the processors' time that the program took so far. */
double report_cpu_clock(void);
span report_json(const struct report *r, struct arena *a);
/* One or two lines for people. */
span report_summary(const struct report *r, struct arena *a);

#endif
