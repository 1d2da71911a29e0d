/* err: what went wrong in the environment, and bugs.
 *
 * Trouble is of three kinds. A bug stops the program at once (ASSERT, also in
 * release builds). The environment (disk, lock, damage, memory) fills one
 * struct err where it happened; callers add context on the way up and only the
 * rim prints it. Bad data (a strange document, a wrong query) is neither: it
 * gives a diagnostic in the value. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

/* The values are exit statuses (sysexits.h where one fits). */
enum err_code {
	ERR_NONE = 0,
	ERR_REQUEST = 2,      /* trouble with the request: usage, query, citation */
	ERR_DAMAGED = 65,     /* damaged index, or of another format */
	ERR_NOT_FOUND = 66,   /* no such index or input */
	ERR_LOCKED = 73,      /* another writer holds the index */
	ERR_IO = 74,          /* read or write failed */
	ERR_TRY_AGAIN = 75,   /* disk full, out of descriptors or memory, deadline */
	ERR_PERMISSION = 77,
	ERR_INTERRUPTED = 130
};

struct err {
	enum err_code code;
	bool late;      /* ERR_TRY_AGAIN because a deadline passed: what was found until then may serve */
	char msg[1000]; /* one line, UTF-8, no final newline */
};

/* Fills err unless it is filled already; err may be null. Always false, so
 * that a caller can say: return err_set(err, ERR_IO, "..."). */
bool err_set(struct err *err, enum err_code code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* The same for a deadline that passed: ERR_TRY_AGAIN, and late. */
bool err_late(struct err *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* The same with the code that fits errno value e, ": " and its text added. */
bool err_errno(struct err *err, int e, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Puts "<context>: " before the message of a filled err. Always false. */
bool err_context(struct err *err, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* The code that fits an errno value: EACCES, EPERM: permission; ENOENT: not
 * found; ENOSPC, EMFILE, ENFILE, ENOMEM, EAGAIN, EDQUOT: try again; else I/O. */
enum err_code err_code_of_errno(int e);

/* A bug: says where on stderr and aborts. */
void assert_failed(const char *what, const char *file, int line) __attribute__((noreturn));
#define ASSERT(cond) ((cond) ? (void)0 : assert_failed(#cond, __FILE__, __LINE__))

#endif
