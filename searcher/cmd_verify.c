/* pincite verify: the citations and quotations of a brief against the index. */
#include <unistd.h>
#include "base/file.h"
#include "searcher/command.h"
#include "searcher/printed.h"
#include "searcher/server.h"

struct options {
	span index, format;
	bool toa;
	uint64_t timeout;
};

static const struct opt opts[] = {
	OPT_INDEX(struct options),
	{ "toa", 0, OPT_FLAG, offsetof(struct options, toa), NULL, "print its table of authorities, too", NULL, 0, 0 },
	{ "format", 0, OPT_TEXT, offsetof(struct options, format), "FORMAT", "text or json", "text|json", 0, 0 },
	{ "timeout", 0, OPT_UINT, offsetof(struct options, timeout), "MS", "judge what can be judged in this time", NULL, 1, 600000 },
};
const struct command verify_command = {
	"verify", "FILE|-", "check the citations and quotations of a brief",
	"Each citation is found, not in the corpus, ambiguous, impossible, or differs from\n"
	"what the corpus has: name, year, court, page, words quoted.\n"
	"Example: pincite verify --toa brief.txt\n"
	"Exit status 1: not every citation was found, or something differs.\n",
	opts, sizeof opts / sizeof *opts
};

/* Bytes as they are, not the one line that command_text makes of them: where lines and pages end
 * tells what the table of authorities cites by. FILE_MAX_BYTES bounds what is read. */
static bool read_brief(const struct spans *rest, struct arena *a, span *src, struct err *err)
{
	if (rest->n > 1)
		return err_set(err, ERR_REQUEST, "verify: one file at a time");
	if (rest->n == 0 || span_eq(rest->v[0], SPAN("-")))
		return file_read_fd(STDIN_FILENO, FILE_MAX_BYTES, a, src, err);
	return file_read(arena_cstr(a, rest->v[0]), FILE_MAX_BYTES, a, src, err);
}

/* The time counts from here, after the brief was read: standard input may be slow. Past it the
 * answer says "partial". */
static bool answer(struct asking *q, const void *options, struct err *err)
{
	const struct options *o = options;
	struct verify_request r = { q->text, o->toa, span_eq(o->format, SPAN("json")), o->timeout ? clock_ns() + o->timeout * 1000000u : 0 };
	q->plain = r.json;
	return verify_print(q->index, &r, q->out, &q->any, err);
}

int cmd_verify(char **argv)
{
	struct options o = { 0 };
	return command_ask(argv, &(struct ask){ &verify_command, &o, read_brief, answer });
}
