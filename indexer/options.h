/* options: the command line of pincite-index. */
#ifndef INDEXER_OPTIONS_H
#define INDEXER_OPTIONS_H

#include "indexer/read.h"

enum { JOBS_MAX = 64, SHARDS_DEFAULT = 1 };

struct index_options {
	span index, format, builder, report, progress, stage, crosswalk;
	uint64_t jobs, shards, memory; /* memory in MB; 0: defaults */
	struct spans map, set;
	bool rebuild, prune;
	struct spans paths;
	struct mapping mapping;        /* from map and set */
	enum format reader;            /* from format */
};
extern const struct command index_command;
/* Checks values and fills what is derived from them. */
bool options_resolve(struct index_options *o, struct err *err);
/* The value of -d, else $PINCITE_INDEX, else $XDG_DATA_HOME/pincite, else ~/.local/share/pincite. */
const char *options_index(const struct index_options *o, struct arena *a);

#endif
