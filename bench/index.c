#include "bench/bench.h"

#include <stdio.h>
#include "base/args.h"

struct options {
	bool help;
};
static const struct opt opts[] = {
	{ "help", 'h', OPT_FLAG, offsetof(struct options, help), NULL, "this text", NULL, 0, 0 },
};
static const struct command command = { "index", "FILE...", "speed of indexing", NULL, opts,
					sizeof opts / sizeof *opts };

int bench_index(char **argv)
{
	struct arena a = { 0 };
	struct options o = { 0 };
	struct spans rest = { 0 };
	struct err err = { 0 };
	int status = 0;
	if (!args_parse(&command, argv, &o, &rest, &a, &err)) {
		fprintf(stderr, "pincite-bench index: %s\n", err.msg);
		status = (int)err.code;
	} else {
		span help = args_help(&command, &a);
		printf("%.*s", SPAN_ARG(help));
	}
	arena_release(&a);
	return status;
}
