#include "law/former.h"

/* The slash makes sure that an address follows. */
#define MARK SPAN("formerly /")

span former_make(const struct former *f, struct arena *a)
{
	return arena_printf(a, "formerly %.*s\t%.*s", SPAN_ARG(f->address), SPAN_ARG(f->source));
}

bool former_read(span parallel, struct former *out)
{
	if (!span_starts(parallel, MARK))
		return false;
	size_t tab = span_find_byte(parallel, '\t', 0);
	/* From the slash on with which the mark ends. */
	out->address = span_sub(parallel, MARK.n - 1, tab);
	out->source = span_sub(parallel, tab + 1, parallel.n);
	return true;
}
