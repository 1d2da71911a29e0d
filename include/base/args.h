/* args: command lines from one table of options per command.
 *
 * The same table parses, completes and prints the help. Options may stand
 * after operands; "--" ends them; "-n5", "-n 5", "--n=5" and "--n 5" are one.
 * An option given twice: the last counts (OPT_LIST keeps all). */
#ifndef BASE_ARGS_H
#define BASE_ARGS_H

#include "base/arena.h"
#include "base/err.h"

enum opt_kind { OPT_FLAG, OPT_TEXT, OPT_UINT, OPT_LIST };

struct opt {
	const char *name;    /* long name, without dashes */
	char letter;         /* short name or 0 */
	enum opt_kind kind;
	size_t offset;       /* of the field in the options struct: bool, span, uint64_t, struct spans */
	const char *value;   /* name of the value for help, null for flags */
	const char *help;    /* one line */
	const char *choices; /* "a|b|c": the only values allowed; null: any */
	uint64_t min, max;   /* of OPT_UINT; max 0: no bound */
};

struct spans {
	span *v;
	size_t n, cap;
};

struct command {
	const char *name;      /* "search" */
	const char *operands;  /* "QUERY..." */
	const char *summary;   /* one line */
	const char *details;   /* examples and exit status for --help, may be null */
	const struct opt *opts;
	size_t nopts;
};

/* Where the words of a command line go. */
struct arguments {
	const struct command *of;
	void *options;         /* the struct of its options, zeroed or with defaults set */
	struct spans *operands;
	struct arena *a;
};
/* Parses argv[1..argc). Trouble is ERR_REQUEST with the option's name and, for
 * an unknown one, the nearest known; or an operand where none is taken. */
bool args_parse(const struct arguments *to, char **argv, struct err *err);
/* Help text of a command, 80 columns. */
span args_help(const struct command *cmd, struct arena *a);
/* The candidate nearest to word by edit distance when it is near enough to
 * suggest (<= 1 + length / 4); null otherwise. */
const char *nearest(span word, const char *const *candidates, size_t n);

#endif
