/* pincite verify: the citations and quotations of a brief against the index. */
#include <unistd.h>
#include "base/file.h"
#include "searcher/command.h"
#include "searcher/output.h"
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

static bool read_brief(const struct spans *rest, struct arena *a, span *src, struct err *err)
{
	if (rest->n > 1)
		return err_set(err, ERR_REQUEST, "verify: one file at a time");
	if (rest->n == 0 || span_eq(rest->v[0], SPAN("-")))
		return file_read_fd(STDIN_FILENO, FILE_MAX_BYTES, a, src, err);
	return file_read(arena_cstr(a, rest->v[0]), FILE_MAX_BYTES, a, src, err);
}

int cmd_verify(char **argv)
{
	struct arena a = { 0 };
	struct options o = { 0 };
	struct spans rest = { 0 };
	struct buf out = { .a = &a };
	struct err err = { 0 };
	struct verify_request r = { 0 };
	struct index x;
	int status;
	bool well = false;
	if (!command_parse(&(struct arguments){ &verify_command, &o, &rest, &a }, argv, &status)) {
		arena_release(&a);
		return status;
	}
	r.toa = o.toa;
	r.deadline = o.timeout ? clock_ns() + o.timeout * 1000000u : 0;
	r.json = span_eq(o.format, SPAN("json"));
	if (!read_brief(&rest, &a, &r.src, &err) || !index_open(&x, command_index_path(o.index, &a), &a, &err)) {
		status = command_fail(&err);
	} else {
		status = verify_print(&x, &r, &out, &well, &err) ? output_page(buf_span(&out), !r.json, well ? 0 : 1)
								     : command_fail(&err);
		index_close(&x);
	}
	arena_release(&a);
	return status;
}
