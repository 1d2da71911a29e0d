/* pincite suggest: completions of a query begun. */
#include "searcher/command.h"
#include "searcher/output.h"
#include "searcher/printed.h"

struct suggest_options {
	span index, format;
	uint64_t limit;
};
static const struct opt opts[] = {
	OPT_INDEX(struct suggest_options),
	{ "limit", 'n', OPT_UINT, offsetof(struct suggest_options, limit), "N", "at most so many (10)", NULL, 1, SUGGEST_MAX },
	{ "format", 0, OPT_TEXT, offsetof(struct suggest_options, format), "NAME", "how to print", "text|json", 0, 0 },
};
const struct command suggest_command = {
	.name = "suggest",
	.operands = "PREFIX",
	.summary = "complete what is typed: citations, captions and titles, words",
	.details = "  pincite suggest 'Mo. Rev. Stat. 610.1'\n  pincite suggest 'gannet v'\n  pincite suggest 'duty to mai'\n\n"
		   "Exit status: 0 something fits, 1 nothing does, 2 trouble with the request.",
	.opts = opts,
	.nopts = sizeof opts / sizeof opts[0],
};

int cmd_suggest(char **argv)
{
	struct arena a = { 0 };
	struct suggest_options o = { .limit = SUGGEST_LIMIT };
	struct spans rest = { 0 };
	struct err err = { 0 };
	struct index x;
	struct buf b = { .a = &a };
	struct suggest_request r = { 0 };
	size_t n = 0;
	int status;
	if (command_parse(&(struct arguments){ &suggest_command, &o, &rest, &a }, argv, &status)) {
		if (!command_text(&rest, &a, &r.prefix, &err) || !index_open(&x, command_index_path(o.index, &a), &a, &err)) {
			status = command_fail(&err);
		} else {
			r.limit = (size_t)o.limit;
			r.json = span_eq(o.format, SPAN("json"));
			bool ok = suggest_print(&x, &r, &b, &n, &err);
			status = ok ? output_end(buf_span(&b), n ? 0 : 1) : command_fail(&err);
			index_close(&x);
		}
	}
	arena_release(&a);
	return status;
}
