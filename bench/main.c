#include "bench/bench.h"

#include <stdio.h>
#include <string.h>
#include "base/err.h"

static const struct subcommand {
	const char *name;
	int (*run)(char **argv);
	const char *summary;
} subcommands[] = {
	{ "index", bench_index, "speed of indexing, its stages, against other engines" },
	{ "citations", bench_citations, "citations found in the case sets: also quality --set=citations" },
	{ "extract", bench_extract, "speed of citation finding, one core" },
	{ "outline", bench_outline, "addresses of outlines, against those that indentation shows" },
	{ "finding", bench_finding, "known items sought, beside SQLite FTS5; also quality --set=finding" },
	{ "quality", bench_quality, "repairs, on clean text damaged in known ways" },
	{ "engine", bench_engine, "the rate of the server's workers without a server" },
	{ "load", bench_load, "load on a running server: rate, latency, overload" },
	{ "search", bench_search, "latency, beside FTS5, Lucene, quest; query bombs" },
};
#define COUNT (sizeof subcommands / sizeof *subcommands)

bool bench_help(const struct command *cmd, char **argv)
{
	for (size_t i = 1; argv[0] && argv[i]; i++) {
		if (strcmp(argv[i], "--help") != 0 && strcmp(argv[i], "-h") != 0)
			continue;
		struct arena a = { 0 };
		printf("%.*s", SPAN_ARG(args_help(cmd, &a)));
		arena_release(&a);
		return true;
	}
	return false;
}

static void usage(FILE *out)
{
	fputs("usage: pincite-bench SUBCOMMAND [OPTION...]\n\n", out);
	for (size_t i = 0; i < COUNT; i++)
		fprintf(out, "  %-10s %s\n", subcommands[i].name, subcommands[i].summary);
	fputs("\nSUBCOMMAND --help tells its options and how to repeat its tables of bench/RESULTS.md. Run it from the\n"
	      "source directory, in a build without sanitizers. bench/load.sh drives `engine` and `load`.\n", out);
}

int main(int argc, char **argv)
{
	if (argc > 2 && strcmp(argv[1], "quality") == 0 && strcmp(argv[2], "--set=finding") == 0)
		return bench_finding(argv + 2);
	if (argc > 2 && strcmp(argv[1], "quality") == 0 && strcmp(argv[2], "--set=citations") == 0)
		return bench_citations(argv + 2);
	if (argc > 1 && strcmp(argv[1], "ask-fts5") == 0)
		return bench_ask_fts5(argv + 1);
	for (size_t i = 0; argc > 1 && i < COUNT; i++)
		if (strcmp(argv[1], subcommands[i].name) == 0)
			return subcommands[i].run(argv + 1);
	bool help = argc > 1 && strcmp(argv[1], "--help") == 0;
	usage(help ? stdout : stderr);
	return help ? 0 : ERR_REQUEST;
}
