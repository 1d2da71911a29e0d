/* latency: what `bench search` asks, whom, and how long each took. */
#ifndef BENCH_LATENCY_H
#define BENCH_LATENCY_H

#include "searcher/index.h"

/* One question in the language of each engine. */
struct asked {
	span pincite, fts5, lucene, xapian;
};
struct askeds {
	struct asked *v;
	size_t n, cap;
};
/* A class of questions, its words drawn from the documents of an index. */
struct question_class {
	const char *name;
	const char *shape;   /* "common", "rare", "and", "or", "phrase", "near", "prefix", "question" */
	unsigned words;
	bool filter, facets; /* pincite alone is asked these */
};
extern const struct question_class question_classes[];
extern const size_t question_classes_n;

struct questioner {
	struct index *x;
	struct u32s documents;
	uint64_t seed;
	struct arena *a;     /* questions live here */
};
bool question_make(struct questioner *q, const struct question_class *c, struct asked *out, struct err *err);

/* Milliseconds, one a question. */
struct times {
	double *v;
	size_t n, cap;
};
double time_quantile(struct times *t, double q); /* sorts; 0 of none */
double time_now(void);
double time_spent(void); /* by this thread, of the processor's time: other work of the machine does not count */

enum peer { PEER_FTS5, PEER_LUCENE, PEER_QUEST, PEERS };
extern const char *const peer_names[PEERS];
/* Engines over the texts of a flat file (bench/corpus.h), built in processes of
 * their own below dir. One that is not there has a null path. */
struct peers {
	const char *flat, *dir;
	const char *path[PEERS];
	const char *classes;     /* Java's class path */
	void *fts5, *find;       /* an open database and its statement */
	struct arena *a;
};
bool peers_build(struct peers *p, struct err *err);
void peers_close(struct peers *p);
/* One question to an engine that is open already; false: that engine cannot be asked so. */
bool peer_warm(struct peers *p, enum peer which, const struct asked *q, double *ms);
/* All questions to Lucene in one process: the best of `rounds` after as many to warm it up. */
bool peer_lucene(struct peers *p, const struct askeds *q, unsigned rounds, struct times *out);
/* The same to a process that opens the index, answers and ends. */
bool peer_cold(struct peers *p, enum peer which, const struct asked *q, double *ms);
/* Runs argv with its output thrown away; false when it did not exit with 0 or 1. */
bool time_process(char *const *argv, double *ms);

/* Each line of a file as a query: answered or refused, in time. */
bool bombs_run(struct index *x, const char *path, uint32_t timeout, struct buf *out, struct err *err);

#endif
