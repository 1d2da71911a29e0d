#include "indexer/run.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
#include "base/file.h"
#include "base/json.h"

#define MEMORY_DEFAULT_MB 1024
enum { LEXICON_SHARE = 32 }; /* of the memory allowed, for the terms that each thread has met */

/* The number of shards, and what later runs must know of this one. */
static span options_json(const struct session *r, struct arena *a)
{
	struct buf b = { .a = a };
	struct json j = { .out = &b };
	json_object(&j);
	json_key_uint(&j, "shards", r->shards);
	json_end(&j, '}');
	return buf_span(&b);
}

/* An index that cannot be read stops the run: starting empty would drop what it holds.
 * --rebuild says that this is wanted. The number of shards stays unless it is said again. */
static bool open_old(struct session *r)
{
	struct err e = { 0 };
	r->input.fd = -1;
	if (!r->options->rebuild) {
		/* Not verified: that would read the whole index at each update. `check` does. */
		r->old = generation_open(r->index, false, &r->a, &e);
		if (!r->old && e.code != ERR_NOT_FOUND) {
			*r->err = e;
			return err_context(r->err, "the index as it is (--rebuild starts anew)");
		}
	}
	if (r->old && (!input_load(&r->input, r->old, r->err) || !(r->served = generation_reader(r->old, r->err))))
		return false;
	r->shards = r->options->shards ? r->options->shards : r->old ? r->input.shards : SHARDS_DEFAULT;
	return true;
}

/* Bytes of the files to be read, for the time left; only counted for a terminal. */
static uint64_t total_bytes(const struct session *r)
{
	/* What is left out will be told by the walk that reads. */
	struct report muted = { .quiet = true };
	uint64_t n = 0;
	int fd;
	span path;
	if (!r->progress.terminal)
		return 0;
	struct walk *w = walk_open(&r->options->paths, r->index, &muted);
	while (walk_next(w, &fd, &path)) {
		off_t size = lseek(fd, 0, SEEK_END);
		n += size > 0 && size <= (off_t)FILE_MAX_BYTES ? (uint64_t)size : 0;
		close(fd);
	}
	walk_close(w);
	arena_release(&muted.a);
	return n;
}

/* What the run does not replace comes behind what it read; fold puts all in order. */
static bool read_all(struct session *r)
{
	progress_stage(&r->progress, "reading", "MB", total_bytes(r));
	if (!run_read(r) || progress_stopped(&r->progress))
		return false;
	run_old(r);
	return spill_flush(&r->spill, r->err) && !progress_stopped(&r->progress);
}

/* With the pairs of the earlier run: what was compared then is not compared again. */
static bool fold_all(struct session *r)
{
	double begun = report_clock();
	progress_stage(&r->progress, "folding", "documents", r->spill.items.n);
	struct fold_from from = { &r->spill, &r->input.pairs, &r->report };
	bool ok = fold(&from, &r->a, &r->folded, r->err);
	r->report.seconds[STAGE_FOLD] = report_clock() - begun;
	r->report.stage_bytes[STAGE_FOLD] = r->spill.size;
	return ok && !progress_stopped(&r->progress);
}

/* A copy for the caller, after publishing: when it fails the index is served all the same. */
static bool write_report(struct session *r, span json)
{
	if (!r->options->report.n)
		return true;
	const char *path = arena_cstr(&r->a, r->options->report);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0)
		return err_errno(r->err, errno, "%s", path);
	bool ok = file_write_fd(fd, json, r->err) || err_context(r->err, "%s", path);
	return close(fd) == 0 && ok;
}

/* Nothing came in, nothing went out, nothing moved: the index stays as it is. */
static bool nothing_to_do(const struct session *r, const struct placing *p)
{
	if (!r->old)
		return !r->folded.n;
	return !r->input.moved && r->spill.items.n == r->input.rows.n && r->input.ntold == r->input.units.n && !p->nbuild && p->nlinked == p->nserved;
}

/* Before publishing: the collector may remove no generation that is held. */
static void close_old(struct session *r)
{
	xap_close(r->served);
	generation_close(r->old);
	r->served = NULL;
	r->old = NULL;
}

/* First the documents, then the list of what was read, which names their entries, then
 * publishing. The old generation is let go before that: the collector passes over what is held. */
static bool build_all(struct session *r, const struct placing *p)
{
	struct manifest m = { .options = options_json(r, &r->a) };
	struct arena text = { 0 };
	bool ok = run_build(r, p, &m);
	const size_t shards[2] = { r->shards, p->base };
	ok = ok && input_save(arena_printf(&r->a, "%s/input", index_build_dir(r->writer)).p, &r->spill, &r->folded, shards, r->err);
	if (ok)
		run_live(r, &m);
	close_old(r);
	span json = report_json(&r->report, &text);
	ok = ok && index_publish(r->writer, &m, json, r->err) && write_report(r, json);
	arena_release(&text);
	return ok;
}

/* A copy that came to the fore is built from its own record where that can be had. */
static bool own_records(struct session *r)
{
	for (size_t i = 0; i < r->folded.n; i++) {
		const struct item *y = &r->spill.items.v[r->folded.order[i]];
		r->spill.refused |= y->known && !y->own && y->at_hand;
	}
	return !r->spill.refused;
}

/* Reading and folding. */
static bool gather(struct session *r)
{
	if (!open_old(r) || !spill_open(&r->spill, index_build_dir(r->writer), r->err))
		return false;
	r->spill.served = r->served;
	r->input.closed = r->closed;
	r->learned = (struct learned){ .a = &r->a };
	r->walk = walk_open(&r->options->paths, r->index, &r->take_report);
	return read_all(r) && fold_all(r) && own_records(r);
}

/* Folding asked for the record of a document that the index knows as a copy only:
 * once more then, and everything is read. */
static bool gather_again(struct session *r)
{
	close_old(r);
	spill_close(&r->spill);
	input_close(&r->input);
	walk_close(r->walk);
	arena_release(&r->report.a);
	arena_release(&r->take_report.a);
	*r->err = (struct err){ 0 };
	r->report = (struct report){ .quiet = r->report.quiet };
	r->take_report = (struct report){ .quiet = true }; /* said already */
	/* Paths of the first attempt: all will be met again. */
	r->read.n = r->refused.n = 0;
	r->closed = true;
	return gather(r);
}

/* Makers outlive both attempts: their lexicons number the terms of whatever is in the spill. */
static bool run_locked(struct session *r)
{
	struct placing p;
	r->seed = input_seed(r->options);
	r->makers = NEWN(&r->a, struct maker, r->threads);
	for (unsigned i = 0; i < r->threads; i++)
		maker_open(&r->makers[i], i, r->memory / LEXICON_SHARE / r->threads);
	if (!gather(r) && !(r->spill.refused && gather_again(r)))
		return false;
	run_place(r, &p);
	if (!nothing_to_do(r, &p))
		return build_all(r, &p);
	if (r->old) {
		r->report.documents = generation_manifest(r->old)->documents;
		r->report.passages = generation_manifest(r->old)->passages;
		r->unchanged = true;
	}
	return write_report(r, report_json(&r->report, &r->a));
}

/* A stop is no error of its own: nothing was published, and that is said.
 * One path that is missing makes the status, though the others were indexed. */
static int finish(struct session *r, bool ok)
{
	int status = r->walk ? (int)walk_status(r->walk) : 0;
	if (r->progress.stop && !ok && !r->err->code) {
		fputs("pincite index: stopped; the index is as it was\n", stderr);
		return ERR_INTERRUPTED;
	}
	if (!ok) {
		fprintf(stderr, "pincite index: %s\n", r->err->msg);
		return r->err->code ? (int)r->err->code : ERR_IO;
	}
	span summary = report_summary(&r->report, &r->a);
	fprintf(stderr, "pincite index: %.*s", SPAN_ARG(summary));
	/* Nothing was read, or nothing is in the index now. A
	 * run that only dropped what is gone has done something. */
	if (!status && !r->report.dropped && (!r->read.n || !r->folded.n)) {
		fputs("pincite index: nothing to index in the given paths\n", stderr);
		return ERR_NOT_FOUND;
	}
	if (r->unchanged)
		fputs("pincite index: nothing has changed; the index is as it was\n", stderr);
	return status;
}

/* The lock is held from before the old generation is opened until all is closed: nobody publishes in between. */
int run_index(const struct index_options *o)
{
	struct err err = { 0 };
	struct session r = { .options = o, .err = &err, .spill.fd = -1, .input.fd = -1 };
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	r.threads = o->jobs ? (unsigned)o->jobs : cpus > 0 && cpus < JOBS_MAX ? (unsigned)cpus : 1;
	r.memory = (size_t)(o->memory ? o->memory : MEMORY_DEFAULT_MB) << 20;
	r.index = options_index(o, &r.a);
	progress_open(&r.progress, o->progress);
	r.writer = index_lock(r.index, &err);
	bool ok = r.writer && run_locked(&r);
	progress_close(&r.progress);
	int status = finish(&r, ok);
	close_old(&r);
	spill_close(&r.spill);
	input_close(&r.input);
	for (unsigned i = 0; r.makers && i < r.threads; i++)
		maker_close(&r.makers[i]);
	index_unlock(r.writer);
	walk_close(r.walk);
	arena_release(&r.report.a);
	arena_release(&r.take_report.a);
	arena_release(&r.a);
	return status;
}
