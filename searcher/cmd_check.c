/* pincite check: is the index what was written? */
#include <stdio.h>
#include "searcher/command.h"
#include "searcher/output.h"
#include "store/generation.h"

struct check_options {
	span index;
};
static const struct opt opts[] = { OPT_INDEX(struct check_options) };
const struct command check_command = {
	.name = "check",
	.operands = "",
	.summary = "verify every byte, count and table of the index",
	.details = "Damage is printed, one line each, with exit status 65. `pincite index --rebuild` makes the index anew.\n\n"
		   "Exit status: 0 all is well, 65 damaged, 66 no index.",
	.opts = opts,
	.nopts = sizeof opts / sizeof opts[0],
};

/* Not by command_ask: that opens the index first, and a damaged one may refuse to open, while it is
 * just what is to be told here. */
int cmd_check(char **argv)
{
	struct arena a = { 0 };
	struct check_options o = { 0 };
	struct spans rest = { 0 };
	struct err err = { 0 };
	struct buf findings = { .a = &a };
	int status;
	if (command_parse(&(struct arguments){ &check_command, &o, &rest, &a }, argv, &status)) {
		const char *path = command_index_path(o.index, &a);
		/* No damage is one line and 0; findings go to stdout, since they are the answer
		 * that was asked for; what kept the check from being made (no index, no memory)
		 * goes to stderr. */
		if (index_check(path, &findings, &err))
			status = output_end(arena_printf(&a, "%s: no damage found\n", path), 0);
		else if (err.code)
			status = command_fail(&err);
		else
			status = output_end(buf_span(&findings), ERR_DAMAGED);
	}
	arena_release(&a);
	return status;
}
