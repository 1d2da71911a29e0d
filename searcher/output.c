#include "searcher/output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Straight to the descriptor, past stdio: nothing waits in a buffer when the program ends, and
 * every byte's error is heard. */
static bool write_all(int fd, span s, struct err *err)
{
	while (s.n) {
		ssize_t n = write(fd, s.p, s.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EPIPE) {
			/* Whoever read has enough: the status says so, no words needed. */
			err->code = ERR_IO;
			err->msg[0] = 0;
			return false;
		}
		if (n < 0)
			return err_set(err, ERR_IO, "standard output: %s", strerrordesc_np(errno));
		s = span_sub(s, (size_t)n, s.n);
	}
	return true;
}

/* Nothing was printed before by stdio on stdout, so the order cannot suffer. */
bool output_write(span s, struct err *err)
{
	return write_all(STDOUT_FILENO, s, err);
}

/* A closed pipe has no message; its status tells, as that of other programs does. */
int output_end(span s, int found)
{
	struct err e = { 0 };
	if (output_write(s, &e))
		return found;
	if (e.msg[0])
		fprintf(stderr, "pincite: %s\n", e.msg);
	return (int)e.code;
}

/* Set but empty means: none. */
static const char *pager(void)
{
	const char *p = getenv("PINCITE_PAGER");
	if (!p)
		p = getenv("PAGER");
	return p ? p : "less -FRX";
}

int output_page(span s, bool page, int found)
{
	const char *command = pager();
	if (!page || !output_terminal(STDOUT_FILENO) || !command[0] || strcmp(command, "cat") == 0)
		return output_end(s, found);
	/* "e": not left open to other programs. */
	FILE *to = popen(command, "we");
	if (!to)
		return output_end(s, found);
	struct err e = { 0 };
	write_all(fileno(to), s, &e);
	/* A pager that could not be run ends with a status of its own: what it did not show is
	 * written plainly. A reader who leaves before the end breaks the pipe, and has seen enough. */
	return pclose(to) == 0 || e.code == ERR_IO ? found : output_end(s, found);
}

bool output_terminal(int fd)
{
	return isatty(fd) == 1;
}

static bool set(const char *name)
{
	const char *v = getenv(name);
	return v && v[0];
}

/* The option before the environment, NO_COLOR before CLICOLOR_FORCE, both before what stdout is. */
bool output_colour(span when, int fd)
{
	const char *term = getenv("TERM");
	if (span_eq(when, SPAN("always")))
		return true;
	if (span_eq(when, SPAN("never")) || set("NO_COLOR"))
		return false;
	if (set("CLICOLOR_FORCE") && strcmp(getenv("CLICOLOR_FORCE"), "0") != 0)
		return true;
	return output_terminal(fd) && !(term && strcmp(term, "dumb") == 0);
}

unsigned output_width(void)
{
	struct winsize w;
	/* A width below 20 is that of no terminal a text can be read on. */
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col >= 20)
		return w.ws_col;
	return 80;
}

/* A byte of a longer letter is harmless: no terminal that reads UTF-8 acts on it. */
static bool harmless(span s, size_t i)
{
	unsigned char c = (unsigned char)s.p[i];
	if (c == 0xC2 && i + 1 < s.n) /* U+0080 to U+009F: the C1 controls */
		return (unsigned char)s.p[i + 1] >= 0xA0;
	return c >= 0x20 ? c != 0x7F : c == '\n' || c == '\t';
}

/* In runs, since nearly all is harmless. Both bytes of a C1 control go for one dot. */
void output_safe(struct buf *b, span s)
{
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (harmless(s, i))
			continue;
		buf_put(b, span_sub(s, from, i));
		buf_put(b, SPAN("\xC2\xB7"));
		if ((unsigned char)s.p[i] == 0xC2)
			i++;
		from = i + 1;
	}
	buf_put(b, span_sub(s, from, s.n));
}
