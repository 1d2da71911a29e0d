/* Query bombs: every line of a file is answered or refused, in time. */
#include "bench/latency.h"

#include "base/buf.h"
#include "base/file.h"
#include "searcher/search.h"

struct tally {
	size_t n, answered, refused, partial, late;
	double most;
	span slowest;
};

static bool one(struct index *x, span line, uint32_t timeout, struct tally *t, struct err *err)
{
	struct arena a = { .limit = 256u << 20 };
	struct search_request r = { .text = line, .limit = 10, .timeout_ms = timeout, .language = { .dialect = (enum dialect)(t->n % 3) } };
	struct search_answer answer;
	struct err e = { 0 };
	double began = time_now();
	bool ok = search(x, &r, &a, &answer, &e);
	double took = time_now() - began;
	t->answered += ok;
	t->partial += ok && answer.partial;
	t->refused += !ok && e.code == ERR_REQUEST;
	t->late += took > (double)timeout + 50;
	t->slowest = took > t->most ? line : t->slowest;
	t->most = took > t->most ? took : t->most;
	arena_release(&a);
	return ok || e.code == ERR_REQUEST || err_set(err, e.code, "%.*s: %s", (int)(line.n < 80 ? line.n : 80), line.p, e.msg);
}

bool bombs_run(struct index *x, const char *path, uint32_t timeout, struct buf *out, struct err *err)
{
	span rest, line;
	struct tally t = { 0 };
	if (!file_read(path, FILE_MAX_BYTES, out->a, &rest, err))
		return false;
	for (; span_cut(&rest, '\n', &line); t.n++)
		if (!one(x, line, timeout, &t, err))
			return false;
	buf_printf(out, "%zu queries: %zu answered (%zu in part), %zu refused, %zu later than %u + 50 ms; slowest %.1f ms: %.*s\n", t.n,
		   t.answered, t.partial, t.refused, t.late, timeout, t.most, (int)(t.slowest.n < 80 ? t.slowest.n : 80), t.slowest.p);
	return true;
}
