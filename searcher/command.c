#include "searcher/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/file.h"
#include "searcher/output.h"

/* 1 MiB, as command.h promises: more is no query but a file given by mistake. */
#define QUERY_INPUT_MAX (1u << 20)

/* Looked for before anything is parsed: who asks for help may have an option wrong. */
static bool asks_for_help(char **argv)
{
	for (argv++; *argv && strcmp(*argv, "--") != 0; argv++)
		if (strcmp(*argv, "-h") == 0 || strcmp(*argv, "--help") == 0)
			return true;
	return false;
}

/* Help goes to stdout with status 0, for it was asked for; trouble with the options to stderr. */
bool command_parse(const struct arguments *to, char **argv, int *status)
{
	struct err e = { 0 };
	if (asks_for_help(argv)) {
		*status = output_end(args_help(to->of, to->a), 0);
		return false;
	}
	if (args_parse(to, argv, &e))
		return true;
	*status = command_fail(&e);
	return false;
}

/* Codes of enum err_code are the exit statuses. An empty message is that of a closed pipe: the
 * reader has enough, and nothing is said. */
int command_fail(const struct err *e)
{
	if (e->msg[0])
		fprintf(stderr, "pincite: %s\n", e->msg);
	if (e->code == ERR_DAMAGED)
		fputs("`pincite check` tells what is damaged; `pincite index --rebuild` makes the index anew\n", stderr);
	return e->code ? (int)e->code : ERR_REQUEST;
}

/* The XDG base directories: an empty variable counts as unset. */
const char *command_index_path(span given, struct arena *a)
{
	if (given.n)
		return arena_cstr(a, given);
	const char *index = getenv("PINCITE_INDEX"), *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	if (index && index[0])
		return index;
	if (data && data[0])
		return arena_printf(a, "%s/pincite", data).p;
	return arena_printf(a, "%s/.local/share/pincite", home ? home : "").p;
}

/* Changes the bytes themselves, which were read into our own arena. */
static span one_line(span s)
{
	char *p = (char *)(uintptr_t)s.p;
	for (size_t i = 0; i < s.n; i++)
		if (p[i] == '\n' || p[i] == '\r')
			p[i] = ' ';
	return span_trim(s);
}

/* Operands are joined by blanks, so that a query needs no quotes in a shell unless it has some of
 * its own. */
bool command_text(const struct spans *rest, struct arena *a, span *out, struct err *err)
{
	if (rest->n == 0 || (rest->n == 1 && span_eq(rest->v[0], SPAN("-")))) {
		/* At a terminal it would seem to hang, waiting for what nobody knows to type. */
		if (rest->n == 0 && output_terminal(STDIN_FILENO))
			return err_set(err, ERR_REQUEST, "no query given; see --help");
		if (!file_read_fd(STDIN_FILENO, QUERY_INPUT_MAX, a, out, err))
			return err_context(err, "standard input");
		*out = one_line(*out);
		return true;
	}
	struct buf b = { .a = a };
	for (size_t i = 0; i < rest->n; i++) {
		if (i)
			buf_byte(&b, ' ');
		buf_put(&b, rest->v[i]);
	}
	*out = buf_span(&b);
	return true;
}

/* One way out, so that the index is closed and memory given back whatever happened; nothing is
 * written before the answer is whole, so a failure never leaves half of one on stdout. */
int command_ask(char **argv, const struct ask *q)
{
	struct arena a = { 0 };
	struct spans rest = { 0 };
	struct buf out = { .a = &a };
	struct err err = { 0 };
	struct index x;
	struct asking under_way = { .index = &x, .out = &out };
	int status;
	if (!command_parse(&(struct arguments){ q->of, q->options, &rest, &a }, argv, &status)) {
		arena_release(&a);
		return status;
	}
	/* OPT_INDEX is the first row of every such table, and `index` the first member of its
	 * struct. */
	const span *where = q->options;
	/* A command without operands (stats) reads no text and never waits on standard input. */
	bool read = !q->of->operands[0] || (q->read ? q->read : command_text)(&rest, &a, &under_way.text, &err);
	if (!read || !index_open(&x, command_index_path(*where, &a), &a, &err)) {
		status = command_fail(&err);
	} else {
		bool ok = q->answer(&under_way, q->options, &err);
		status = ok ? output_page(buf_span(&out), !under_way.plain, under_way.any ? 0 : 1) : command_fail(&err);
		index_close(&x);
	}
	arena_release(&a);
	return status;
}
