/* command: the table of what `pincite NAME` does, and what all commands share.
 *
 * A command is one row of the table in commands.c and one function of
 * cmd_<name>.c. Data goes to stdout, everything else to stderr. A run function
 * gets argv from its own name on and returns the exit status: 0 found or done,
 * 1 nothing found, else a value of enum err_code. */
#ifndef SEARCHER_COMMAND_H
#define SEARCHER_COMMAND_H

#include "base/args.h"
#include "searcher/index.h"

struct verb {
	const struct command *about; /* name, operands, options: for parsing, help, completions */
	int (*run)(char **argv);     /* argv[0] is the command's name; ends with null */
};
/* Ends with a row whose about is null. */
extern const struct verb verbs[];

/* `pincite completions SHELL`; argv[1] is the shell. */
int completions(char **argv);

/* args_parse, with -h and --help (before any "--") printed on stdout. True:
 * go on. False: return *status, what there was to say has been said. */
bool command_parse(const struct arguments *to, char **argv, int *status);
/* Prints "pincite: message" on stderr and returns the exit status of e. */
int command_fail(const struct err *e);
/* The value of -d, else $PINCITE_INDEX, else $XDG_DATA_HOME/pincite, else
 * ~/.local/share/pincite. Lives in a. */
const char *command_index_path(span given, struct arena *a);
/* The operands joined by spaces; those of standard input when there are none
 * or the only one is "-" (at most 1 MiB; one line). False with err filled. */
bool command_text(const struct spans *rest, struct arena *a, span *out, struct err *err);

/* What a command that asks one index one question is about, and what it answers. */
struct asking {
	struct index *index;
	span text;       /* the operands as one, or what `read` made of them */
	struct buf *out; /* the answer goes here; its arena is scratch */
	bool any;        /* to be set: something was found; else the status is 1 */
	bool plain;      /* to be set: the answer is for programs, not for a pager */
};
struct ask {
	const struct command *of;
	void *options;   /* its struct, defaults set; OPT_INDEX fills its first member */
	/* The text from the operands, for a command that has any; null: command_text. False with err filled. */
	bool (*read)(const struct spans *rest, struct arena *a, span *text, struct err *err);
	bool (*answer)(struct asking *q, const void *options, struct err *err);
};
/* The whole of such a command, from its words to its exit status. */
int command_ask(char **argv, const struct ask *q);

/* The -d option, for the first row of a table of options whose struct has `span index`. */
#define OPT_INDEX(type) { "index", 'd', OPT_TEXT, offsetof(type, index), "INDEX", "directory of the index", NULL, 0, 0 }

#endif
