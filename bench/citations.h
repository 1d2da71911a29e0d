/* citations: what a line of a case set asks for, in one shape for all sets of
 * ../shared/data/citations. Shared by the files of `pincite-bench citations`. */
#ifndef BENCH_CITATIONS_H
#define BENCH_CITATIONS_H

#include <jansson.h>
#include "base/err.h"
#include "law/cite.h"

#define NOT_ASKED -2 /* of a cluster: nothing is said */
#define UNRESOLVED -1

/* One citation that a set expects. */
struct want {
	const char *kind;  /* the set's own name: "full_case" */
	unsigned ours;     /* bit set of enum cite_kind: which of ours answer it */
	struct range at;   /* bytes of the input; empty: the set gives no place */
	const json_t *e;   /* the members that it asserts, borrowed */
	int cluster;       /* authorities numbered by the set, UNRESOLVED, NOT_ASKED */
	bool exact;        /* at is meant to the byte */
};

/* One line of a set. */
struct task {
	const char *id, *area;
	span text;
	struct cite_context ctx;
	bool closed;       /* nothing else may be found */
	struct { struct want *v; size_t n, cap; } wants;
};
/* Borrows from c; false when the line asks nothing about citations. */
bool task_load(const json_t *c, struct arena *a, struct task *out);

/* Fields: each is a name, how often it was asked, how often right. */
struct field {
	const char *name;
	unsigned asked, right;
};
#define FIELDS_MAX 40
struct fields {
	struct field v[FIELDS_MAX];
	size_t n;
	unsigned wrong_years;
};
/* Compares what w asserts of one citation with c. wrong(ctx, field, want, got) is told of each difference. */
typedef void wrong_told(void *ctx, const char *field, span want, span got);
void fields_score(struct fields *f, const struct want *w, const struct cite *c, span text, struct arena *a, wrong_told *wrong, void *ctx);
void field_count(struct fields *f, const char *name, bool right);
/* A member as text, numbers too; empty when it is not asserted. */
span member_text(const json_t *e, const char *key, struct arena *a);
/* Same letters and digits, in any case. */
bool letters_equal(span a, span b);
/* Coverage of the public tables of laws, reporters and journals in dir: examples and spellings read. */
bool reference_cover(span dir, bool list, struct err *err);

#endif
