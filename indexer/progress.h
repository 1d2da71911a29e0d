/* progress: how far a run has come, on stderr; and whether it should stop. */
#ifndef INDEXER_PROGRESS_H
#define INDEXER_PROGRESS_H

#include <pthread.h>
#include "base/err.h"
#include "base/span.h"

struct progress {
	pthread_mutex_t lock;
	const char *what;   /* "reading", "building" */
	uint64_t done, all; /* all 0: not known */
	const char *unit;   /* "MB" counts bytes, else pieces */
	double begun, said;
	bool show, terminal, drawn;
	int signals;        /* signalfd of SIGINT and SIGTERM, -1: none */
	bool stop;
};
/* when: "auto", "always", "never" or empty. SIGINT and SIGTERM are taken over,
 * in this thread and those it starts: the first stops the run cleanly, a second
 * ends the program. */
void progress_open(struct progress *p, span when);
void progress_close(struct progress *p);
void progress_stage(struct progress *p, const char *what, const char *unit, uint64_t all);
/* Adds to what is done; any thread. */
void progress_add(struct progress *p, uint64_t n);
/* True once the user asked to stop; any thread. */
bool progress_stopped(struct progress *p);

#endif
