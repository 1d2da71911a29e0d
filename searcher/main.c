/* pincite: one dispatcher over the table of commands. */
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
#include "searcher/command.h"
#include "searcher/output.h"
#include "store/generation.h"

/* Programs of their own, found beside this one or on the PATH. */
static const struct command programs[] = {
	{ .name = "index", .operands = "PATH...", .summary = "build or update an index" },
	{ .name = "bench", .operands = "NAME", .summary = "measure speed and quality beside other engines" },
};
enum { PROGRAMS = sizeof programs / sizeof programs[0] };

static void summary(struct buf *b, const struct command *c)
{
	buf_printf(b, "  %-12s %s\n", c->name, c->summary);
}

static int help(void)
{
	struct arena a = { 0 };
	struct buf b = { .a = &a };
	buf_printf(&b, "Usage: pincite COMMAND [OPTIONS] ...\n\nFull-text legal search whose every answer is a pinpoint "
		       "citation.\n\nCommands:\n");
	summary(&b, &programs[0]);
	for (const struct verb *v = verbs; v->about; v++)
		summary(&b, v->about);
	summary(&b, &programs[1]);
	buf_printf(&b, "\n`pincite COMMAND --help` tells more of each. The index is $PINCITE_INDEX unless -d says another.\n");
	int status = output_end(buf_span(&b), 0);
	arena_release(&a);
	return status;
}

static int version(void)
{
	char line[100];
	int n = snprintf(line, sizeof line, "pincite %s, index format %d\n", PINCITE_VERSION, INDEX_FORMAT);
	return output_end((span){ line, (size_t)n }, 0);
}

/* Replaces this process by pincite-NAME: first beside this program, then on the
 * PATH. Comes back only when there is none. */
static void run_program(const char *name, char **argv)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
	if (n > 0) {
		path[n] = 0;
		char *slash = strrchr(path, '/');
		if (slash && snprintf(slash + 1, (size_t)(path + sizeof path - slash - 1), "pincite-%s", name) < 200)
			execv(path, argv);
	}
	if (snprintf(path, sizeof path, "pincite-%s", name) < 200)
		execvp(path, argv);
}

static int unknown(const char *name)
{
	const char *names[64];
	size_t n = 0;
	for (; n < PROGRAMS; n++)
		names[n] = programs[n].name;
	for (const struct verb *v = verbs; v->about && n < 64; v++)
		names[n++] = v->about->name;
	const char *near = nearest(span_of(name), names, n);
	if (near)
		fprintf(stderr, "pincite: no command '%s'; did you mean '%s'?\n", name, near);
	else
		fprintf(stderr, "pincite: no command '%s'; see pincite --help\n", name);
	return ERR_REQUEST;
}

int main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "";
	/* A pager or `head` that ends early must not kill the program: write() tells. */
	signal(SIGPIPE, SIG_IGN);
	if (strcmp(name, "-h") == 0 || strcmp(name, "--help") == 0 || strcmp(name, "help") == 0)
		return help();
	if (strcmp(name, "--version") == 0)
		return version();
	if (argc < 2) {
		fputs("pincite: no command given; see pincite --help\n", stderr);
		return ERR_REQUEST;
	}
	if (strcmp(name, "completions") == 0)
		return completions(argv + 1);
	for (const struct verb *v = verbs; v->about; v++)
		if (strcmp(name, v->about->name) == 0)
			return v->run(argv + 1);
	/* A name, never a path: "pincite ../x" starts nothing. */
	if (!strchr(name, '/') && name[0] != '-')
		run_program(name, argv + 1);
	return unknown(name);
}
