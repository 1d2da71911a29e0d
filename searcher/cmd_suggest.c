/* pincite suggest: completions of a query begun. */
#include "searcher/command.h"
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

/* Operands are not trimmed: a blank at the end says that the last word is whole. A shell or an
 * editor asks, so there is no pager. */
static bool answer(struct asking *q, const void *options, struct err *err)
{
	const struct suggest_options *o = options;
	struct suggest_request r = { q->text, (size_t)o->limit, span_eq(o->format, SPAN("json")) };
	size_t n = 0;
	bool ok = suggest_print(q->index, &r, q->out, &n, err);
	q->plain = true;
	/* Nothing fits: status 1, as of a search. */
	q->any = n > 0;
	return ok;
}

int cmd_suggest(char **argv)
{
	struct suggest_options o = { .limit = SUGGEST_LIMIT };
	return command_ask(argv, &(struct ask){ &suggest_command, &o, NULL, answer });
}
