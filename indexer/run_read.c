/* The first phase: files to found documents in the spill. */
#include <unistd.h>
#include "base/hash.h"
#include "indexer/pool.h"
#include "indexer/run.h"

/* Bytes of lines in a job, about: a job a line would be more waking than work. */
enum { BATCH_BYTES = 256 << 10 };

/* The file of JSON Lines that batches are cut from. */
struct lines {
	struct arena a;
	span path, bytes;
	size_t at, line;
	struct hosts hosts; /* what its records share; of the run */
	uint64_t seed; /* of its lines' hashes */
};
/* Takes use it, which are serial; a workspace is its thread's. */
struct reader {
	struct session *run;
	struct lines lines;
	struct workspace *spaces; /* one a thread */
};

/* lasting: nothing of it was left out, so its hash may stand for its documents in the next run. */
static struct input_unit unit_of(const struct part_of_job *p)
{
	return (struct input_unit){ .hash = { p->hash[0], p->hash[1] }, .at = p->at, .lasting = p->whole };
}

/* Lines for one job, those alone that the index does not know; none at the end of the file. */
static size_t take_lines(struct reader *r, struct job *j)
{
	struct lines *l = &r->lines;
	size_t taken = 0;
	span line;
	j->path = arena_dup(&j->a, l->path);
	j->format = FORMAT_JSONL;
	j->hosts = l->hosts;
	for (; taken < BATCH_BYTES && l->at < l->bytes.n; l->line++) {
		size_t end = span_find_byte(l->bytes, '\n', l->at);
		struct part_of_job p = { .bytes = span_sub(l->bytes, l->at, end), .at = l->at, .line = l->line };
		l->at = end + 1;
		line = span_trim(p.bytes);
		if (!line.n)
			continue;
		/* The path is in the seed: the same line in another file is another unit. */
		input_hash(p.bytes, l->seed, p.hash);
		struct input_unit u = unit_of(&p);
		if (input_tell(&r->run->input, &u))
			continue;
		p.bytes = arena_dup(&j->a, p.bytes);
		*PUSH(&j->a, &j->parts) = p;
		taken += p.bytes.n;
	}
	if (l->at >= l->bytes.n) {
		arena_release(&l->a);
		l->bytes = (span){ 0 };
	}
	return taken;
}

/* A file that is no JSON Lines; false: the index knows it. */
static bool take_whole(struct reader *r, struct job *j, span bytes, uint64_t seed)
{
	struct part_of_job *p = PUSH(&j->a, &j->parts);
	*p = (struct part_of_job){ .bytes = bytes, .line = 1 };
	if (j->format == FORMAT_TEXT || j->format == FORMAT_MARKDOWN)
		j->shared = learned_of(&r->run->learned, j->path);
	/* What its neighbours share and the size of slices decide what is made of it, too. */
	seed = hash64_seed((span){ (const char *)j->shared.v, j->shared.n * sizeof *j->shared.v }, seed ^ r->spaces[0].slice);
	input_hash(bytes, seed, p->hash);
	struct input_unit u = unit_of(p);
	return !input_tell(&r->run->input, &u);
}

/* Reads an open file into j (or, JSON Lines, into r->lines); false when it is left out or known. */
static bool take_file(struct reader *r, int fd, span path, struct job *j)
{
	struct session *run = r->run;
	struct err e = { 0 };
	span bytes = { 0 };
	uint64_t hash = hash64(path), seed = hash64_seed(path, run->seed);
	if (!read_bytes(fd, &j->a, &bytes, &e)) {
		report_skip(&run->take_report, path, "%s", e.msg);
		return false;
	}
	run->take_report.files++;
	run->take_report.bytes += bytes.n;
	const char *why = read_refuse(bytes, &j->a);
	if (why) {
		report_skip(&run->take_report, path, "%s", why);
		/* A file without text any more: its documents stay, unless --prune says otherwise. */
		*PUSH(&run->a, &run->refused) = hash;
		return false;
	}
	/* From here on what came of this path before is replaced by what comes of it now. */
	*PUSH(&run->a, &run->read) = hash;
	j->path = arena_dup(&j->a, path);
	j->format = run->options->reader ? run->options->reader : read_format(path, bytes);
	if (j->format != FORMAT_JSONL)
		return take_whole(r, j, bytes, seed);
	bytes = read_spread(bytes, &j->a);
	/* In the memory of the run: jobs outlive the file that they are cut from. */
	struct hosts hosts = learned_hosts(bytes, &run->options->mapping, &run->a);
	/* The arena moves to the lines with the bytes in it: the job was only the way in. */
	r->lines = (struct lines){ .a = j->a, .path = j->path, .bytes = bytes, .line = 1, .hosts = hosts, .seed = hosts_seed(&hosts, seed) };
	j->a = (struct arena){ 0 };
	return true;
}

/* Goes on until there is work: files that are refused or known, and lines that are, cost no slot. */
static size_t take(void *ctx, void *slot)
{
	struct reader *r = ctx;
	struct job *j = slot;
	int fd;
	span path;
	for (;;) {
		arena_release(&j->a);
		*j = (struct job){ .mapping = &r->run->options->mapping, .report.quiet = true };
		/* Asked before each job, so a stop waits for what is under way and no longer. */
		if (progress_stopped(&r->run->progress))
			return 0;
		size_t n = r->lines.bytes.n ? take_lines(r, j) : 0;
		if (n)
			return n;
		if (r->lines.bytes.n)
			continue;
		if (!walk_next(r->run->walk, &fd, &path))
			return 0;
		bool ok = take_file(r, fd, path, j);
		close(fd);
		if (ok && j->format != FORMAT_JSONL)
			return j->parts.v[0].bytes.n;
	}
}

/* Nothing here but the job and the thread's own workspace is touched. */
static void work(void *ctx, void *slot, unsigned thread)
{
	struct reader *r = ctx;
	job_work(slot, &r->spaces[thread]);
}

/* In the order of the input, reports too, so that what is said does not
 * depend on threads. What a job found is in the spill before its memory goes. */
static bool give(void *ctx, void *slot)
{
	struct reader *r = ctx;
	struct job *j = slot;
	bool ok = true;
	size_t bytes = 0;
	j->report.documents = j->report.passages = 0; /* counted when built */
	report_join(&r->run->report, &j->report);
	report_laps(&r->run->report, &j->laps);
	arena_release(&j->report.a);
	for (size_t p = 0, i = 0; p < j->parts.n && ok; p++) {
		struct input_unit u = unit_of(&j->parts.v[p]);
		bytes += j->parts.v[p].bytes.n;
		/* A unit without documents is not kept: it is looked at again in each run. */
		if (i < j->found.n && j->found.v[i].unit == p)
			spill_unit(&r->run->spill, &u, j->path);
		for (; i < j->found.n && j->found.v[i].unit == p && ok; i++)
			ok = spill_add(&r->run->spill, &j->found.v[i], r->run->err);
	}
	r->run->report.stage_bytes[STAGE_READ] += bytes;
	progress_add(&r->run->progress, bytes);
	arena_release(&j->a);
	return ok;
}

/* A 16th of the memory for files under way, since a text takes many times its bytes while it is worked on. */
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
