#include "searcher/command.h"

/* One row a command; the function is in cmd_<name>.c. In the order of --help. */
const struct verb verbs[] = {
	{ 0 }
};
