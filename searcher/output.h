/* output: writing to standard output as a good citizen of the shell. */
#ifndef SEARCHER_OUTPUT_H
#define SEARCHER_OUTPUT_H

#include "base/buf.h"
#include "base/err.h"

/* All of s to stdout; false with err filled (ERR_IO) when it could not be
 * written. A closed pipe is said in the status only: its message is empty. */
bool output_write(span s, struct err *err);
/* The same for a command that ends with it: the exit status, `found` when all
 * went well. Trouble is printed on stderr. */
int output_end(span s, int found);
/* The same through the pager ($PINCITE_PAGER, else $PAGER, else "less -FRX")
 * when stdout is a terminal and `page` says so. */
int output_page(span s, bool page, int found);

/* Colour: `when` is "always", "never", "auto" or empty (auto). In auto: on a
 * terminal, unless NO_COLOR is set or TERM is dumb; CLICOLOR_FORCE turns it on. */
bool output_colour(span when, int fd);
bool output_terminal(int fd);
/* Columns of the terminal on stdout; 80 when it is none. */
unsigned output_width(void);

/* Text for a terminal: control bytes but newline and tab become "·", so that a
 * document can never move the cursor or ring the bell. */
void output_safe(struct buf *b, span s);

#endif
