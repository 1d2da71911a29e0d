/* pincite-index: builds an index, or prints what a stage makes of a file. */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
#include "base/file.h"
#include "indexer/crosswalk.h"
#include "indexer/run.h"

/* Before anything is parsed: help is given however wrong the other words are. Behind "--" all are paths. */
static bool asks(char **argv, const char *name, const char *letter)
{
	for (argv++; *argv && strcmp(*argv, "--") != 0; argv++)
		if (strcmp(*argv, name) == 0 || strcmp(*argv, letter) == 0)
			return true;
	return false;
}

/* Written whole or an I/O error: a full disk behind a redirection must not pass for help given. */
static int print(span s)
{
	return file_write_fd(STDOUT_FILENO, s, NULL) ? 0 : ERR_IO;
}

/* The file of --crosswalk into the mapping that every reader has. */
static bool read_crosswalk(struct index_options *o, struct arena *a, struct err *err)
{
	enum { CROSSWALK_MAX_BYTES = 64 << 20 };
	struct crosswalk *c = NEW(a, struct crosswalk);
	span bytes;
	if (!o->crosswalk.n)
		return true;
	if (!file_read(arena_cstr(a, o->crosswalk), CROSSWALK_MAX_BYTES, a, &bytes, err) || !crosswalk_read(bytes, a, c, err))
		return err_context(err, "--crosswalk");
	o->mapping.crosswalk = c;
	return true;
}

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct err err = { 0 };
	struct index_options o = { 0 };
	int status;
	(void)argc;
	/* A reader that went away is a failed write with a status of its own, not a death without a word. */
	signal(SIGPIPE, SIG_IGN);
	if (asks(argv, "--help", "-h")) {
		status = print(args_help(&index_command, &a));
	} else if (asks(argv, "--version", "--version")) {
		status = print(arena_printf(&a, "pincite-index %s, index format %d\n", PINCITE_VERSION, INDEX_FORMAT));
	} else if (!args_parse(&(struct arguments){ &index_command, &o, &o.paths, &a }, argv, &err) || !options_resolve(&o, &err) || !read_crosswalk(&o, &a, &err)) {
		fprintf(stderr, "pincite index: %s\n", err.msg);
		status = (int)err.code;
	} else {
		status = o.stage.n ? run_stage(&o) : run_index(&o);
	}
	arena_release(&a);
	return status;
}
