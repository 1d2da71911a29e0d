#include "searcher/command.h"

/* One row a command, in the order of --help; NAME_command and cmd_NAME are in
 * cmd_NAME.c. */
#define COMMANDS ROW(search) ROW(cite) ROW(show) ROW(extract) ROW(verify) ROW(authorities) ROW(suggest) ROW(stats) ROW(check) ROW(export) ROW(serve)

#define ROW(name) extern const struct command name##_command; int cmd_##name(char **argv);
COMMANDS
#undef ROW
#define ROW(name) { &name##_command, cmd_##name },
const struct verb verbs[] = { COMMANDS { 0 } };
