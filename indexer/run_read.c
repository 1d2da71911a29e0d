/* The first phase: files to found documents in the spill. */
#include <unistd.h>
#include "base/hash.h"
#include "indexer/pool.h"
#include "indexer/run.h"

enum { BATCH_BYTES = 256 << 10 };

/* The file of JSON Lines that batches are cut from. */
struct lines {
	struct arena a;
	span path, bytes;
	size_t at, line;
};
struct reader {
	struct session *run;
	struct lines lines;
	struct workspace *spaces; /* one a thread */
};

/* Whole lines for one job, at least one. */
static size_t take_batch(struct reader *r, struct job *j)
{
	struct lines *l = &r->lines;
	size_t end = l->at + BATCH_BYTES < l->bytes.n ? l->at + BATCH_BYTES : l->bytes.n;
	if (end < l->bytes.n)
		end = span_find_byte(l->bytes, '\n', end) + 1;
	span batch = span_sub(l->bytes, l->at, end);
	j->path = arena_dup(&j->a, l->path);
	j->bytes = arena_dup(&j->a, batch);
	j->offset = l->at;
	j->line = l->line;
	j->format = FORMAT_JSONL;
	for (size_t at = 0; (at = span_find_byte(batch, '\n', at)) < batch.n; at++)
		l->line++;
	l->at += batch.n;
	if (l->at >= l->bytes.n) {
		arena_release(&l->a);
		l->bytes = (span){ 0 };
	}
	return batch.n;
}

/* Reads an open file into j (or, JSON Lines, into r->lines); false when it is left out. */
static bool take_file(struct reader *r, int fd, span path, struct job *j)
{
	struct session *run = r->run;
	struct err e = { 0 };
	span bytes = { 0 };
	uint64_t hash = hash64(path);
	if (!read_bytes(fd, &j->a, &bytes, &e)) {
		report_skip(&run->take_report, path, "%s", e.msg);
		return false;
	}
	run->take_report.files++;
	run->take_report.bytes += bytes.n;
	const char *why = read_refuse(bytes, &j->a);
	if (why) {
		report_skip(&run->take_report, path, "%s", why);
		*PUSH(&run->a, &run->refused) = hash;
		return false;
	}
	*PUSH(&run->a, &run->read) = hash;
	j->path = arena_dup(&j->a, path);
	j->bytes = bytes;
	j->format = run->options->reader ? run->options->reader : read_format(path, bytes);
	if (j->format == FORMAT_TEXT || j->format == FORMAT_MARKDOWN)
		j->shared = learned_of(&run->learned, path);
	if (j->format != FORMAT_JSONL)
		return true;
	bytes = read_spread(bytes, &j->a);
	r->lines = (struct lines){ .a = j->a, .path = j->path, .bytes = bytes, .line = 1 };
	j->a = (struct arena){ 0 };
	return true;
}

static size_t take(void *ctx, void *slot)
{
	struct reader *r = ctx;
	struct job *j = slot;
	int fd;
	span path;
	arena_release(&j->a);
	*j = (struct job){ .mapping = &r->run->options->mapping, .line = 1, .report.quiet = true };
	if (progress_stopped(&r->run->progress))
		return 0;
	while (!r->lines.bytes.n) {
		if (!walk_next(r->run->walk, &fd, &path))
			return 0;
		bool ok = take_file(r, fd, path, j);
		close(fd);
		if (ok && j->format != FORMAT_JSONL)
			return j->bytes.n;
		arena_release(&j->a);
	}
	return take_batch(r, j);
}

static void work(void *ctx, void *slot, unsigned thread)
{
	struct reader *r = ctx;
	job_work(slot, &r->spaces[thread]);
}

static bool give(void *ctx, void *slot)
{
	struct reader *r = ctx;
	struct job *j = slot;
	bool ok = true;
	j->report.documents = j->report.passages = 0; /* counted when built */
	report_join(&r->run->report, &j->report);
	report_laps(&r->run->report, &j->laps);
	arena_release(&j->report.a);
	for (size_t i = 0; i < j->found.n && ok; i++)
		ok = spill_add(&r->run->spill, &j->found.v[i], r->run->err);
	r->run->report.stage_bytes[STAGE_READ] += j->bytes.n;
	progress_add(&r->run->progress, j->bytes.n);
	arena_release(&j->a);
	return ok;
}

bool run_read(struct session *r)
{
	struct reader reader = { .run = r };
	size_t nslots = r->threads * 4;
	reader.spaces = NEWN(&r->a, struct workspace, r->threads);
	for (unsigned i = 0; i < r->threads; i++) {
		reader.spaces[i].text.limit = reader.spaces[i].document.limit = r->memory;
		reader.spaces[i].slice = r->memory / SLICE_SHARE;
		reader.spaces[i].timed = r->options->report.n > 0;
		reader.spaces[i].maker = &r->makers[i];
	}
	struct pool pool = { .ctx = &reader, .take = take, .work = work, .give = give, .slot_size = sizeof(struct job),
			     .nslots = nslots, .weight_max = r->memory / 16 };
	pool.slots = NEWN(&r->a, struct job, nslots);
	double begun = report_clock();
	bool ok = pool_run(&pool, r->threads);
	for (size_t i = 0; i < nslots; i++)
		arena_release(&((struct job *)pool.slots)[i].a);
	for (unsigned i = 0; i < r->threads; i++) {
		arena_release(&reader.spaces[i].text);
		arena_release(&reader.spaces[i].document);
	}
	arena_release(&reader.lines.a);
	report_join(&r->report, &r->take_report);
	r->report.seconds[STAGE_READ] = report_clock() - begun;
	return ok && spill_flush(&r->spill, r->err);
}
