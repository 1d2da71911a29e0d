#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put(struct err *err, const char *fmt, va_list ap)
{
	vsnprintf(err->msg, sizeof err->msg, fmt, ap);
}

bool err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
	/* The first trouble is the cause; what follows from it is not told. */
	if (!err || err->code)
		return false;
	va_list ap;
	va_start(ap, fmt);
	put(err, fmt, ap);
	va_end(ap);
	err->code = code;
	return false;
}

bool err_late(struct err *err, const char *fmt, ...)
{
	if (!err || err->code)
		return false;
	va_list ap;
	va_start(ap, fmt);
	put(err, fmt, ap);
	va_end(ap);
	err->code = ERR_TRY_AGAIN;
	err->late = true;
	return false;
}

bool err_errno(struct err *err, int e, const char *fmt, ...)
{
	if (!err || err->code)
		return false;
	va_list ap;
	va_start(ap, fmt);
	put(err, fmt, ap);
	va_end(ap);
	/* What the operating system says comes last; a message too long is cut, which
	 * keeps its beginning. */
	size_t n = strlen(err->msg);
	char text[128];
	/* GNU strerror_r: thread-safe, may return its own constant. */
	snprintf(err->msg + n, sizeof err->msg - n, ": %s", strerror_r(e, text, sizeof text));
	err->code = err_code_of_errno(e);
	return false;
}

bool err_context(struct err *err, const char *fmt, ...)
{
	if (!err || !err->code)
		return false;
	/* The context goes in front, and the arguments may point into the old message:
	 * copy it before it is written over. */
	struct err old = *err;
	va_list ap;
	va_start(ap, fmt);
	put(err, fmt, ap);
	va_end(ap);
	size_t n = strlen(err->msg);
	snprintf(err->msg + n, sizeof err->msg - n, ": %s", old.msg);
	return false;
}

enum err_code err_code_of_errno(int e)
{
	switch (e) {
	/* What mends each differs: rights, a name, patience. */
	case EACCES: case EPERM: case EROFS:
		return ERR_PERMISSION;
	case ENOENT: case ENOTDIR:
		return ERR_NOT_FOUND;
	case ENOSPC: case EDQUOT: case EMFILE: case ENFILE: case ENOMEM: case EAGAIN:
		return ERR_TRY_AGAIN;
	default:
		return ERR_IO;
	}
}

void assert_failed(const char *what, const char *file, int line)
{
	/* Also in release builds: going on with a broken invariant could write a wrong
	 * index, which is worse than none. */
	fprintf(stderr, "pincite: bug: %s is false at %s:%d; please report this line\n", what, file, line);
	abort();
}
