/* bench: subcommands of pincite-bench.
 *
 * Each subcommand is a function of one file, bench/<name>.c, that parses its
 * own options (base/args), measures, and prints a table; with --json=FILE it
 * writes the same figures as JSON. It returns an exit status. A speed is always
 * given as a ratio to a peer that ran in turn in the same run. */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <stdbool.h>
#include "base/args.h"

/* True, and the help printed, when --help or -h stands among the arguments. */
bool bench_help(const struct command *cmd, char **argv);

/* argv[0] is the subcommand's name; the list ends in a null pointer. */
int bench_index(char **argv);
/* Addresses of outlines against those that indentation shows; prints outlines. */
int bench_outline(char **argv);
/* Repairs against the truth: text damaged on purpose, and clean text. */
int bench_quality(char **argv);
/* Load on a running server: closed and open loop. */
int bench_load(char **argv);
/* What load is compared with: the same targets answered without HTTP. */
int bench_engine(char **argv);
/* Known items sought beside SQLite FTS5: nDCG@10, MRR, recall. */
int bench_finding(char **argv);
/* Latency of searches beside SQLite FTS5; query bombs. */
int bench_search(char **argv);
/* For bench_search: opens a database of FTS5, asks it and ends. */
int bench_ask_fts5(char **argv);
/* Citations found in the case sets of ../shared/data/citations: recall, precision, fields, misses. */
int bench_citations(char **argv);
/* Speed of citation finding on one core: MB/s by CPU time, by length of text. */
int bench_extract(char **argv);

#endif
