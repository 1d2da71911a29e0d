#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "base/hash.h"
#include "store/generation_write.h"
#include "store/tree.h"

/* Nothing is looked at before the lock is held: what is served, what
 * is left over and which numbers are taken may change until then. */
static bool start(struct index_writer *w, struct err *err)
{
	if (!tree_make(w->path, err))
		return err_context(err, "%s", w->path);
	w->index = index_open_dir(w->path, err);
	if (w->index < 0 || !lock_take(w, err))
		return false;
	if (!leftovers_clear(w, err))
		return err_context(err, "%s", w->path);
	/* One writer at a time, and leftovers were cleared: so no other build has our pid. */
	snprintf(w->build_name, sizeof w->build_name, "build-%ld", (long)getpid());
	span path = arena_printf(&w->a, "%s/%s", w->path, w->build_name);
	w->build_path = arena_cstr(&w->a, path);
	if (mkdirat(w->index, w->build_name, 0777) != 0)
		return err_errno(err, errno, "%s", w->build_path);
	w->build = dir_open(w->index, w->build_name, err);
	return w->build >= 0 || err_context(err, "%s", w->path);
}

/* index_unlock undoes whatever part was done: what is not open is -1. */
struct index_writer *index_lock(const char *path, struct err *err)
{
	struct index_writer *w = calloc(1, sizeof *w);
	if (!w) {
		err_errno(err, ENOMEM, "%s", path);
		return NULL;
	}
	w->index = w->lock = w->build = -1;
	w->path = arena_cstr(&w->a, span_of(path));
	if (start(w, err))
		return w;
	index_unlock(w);
	return NULL;
}

const char *index_build_dir(const struct index_writer *w)
{
	return w->build_path;
}

/* Synced here: a copied shard passes for linked, and linked ones are not synced again (measure). */
static bool copy_bytes(int from, int to, struct err *err)
{
	char chunk[64 << 10];
	for (;;) {
		ssize_t n = read(from, chunk, sizeof chunk);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(err, errno, "read");
		if (n == 0)
			return fsync(to) == 0 || err_errno(err, errno, "fsync");
		if (!file_write_fd(to, (span){ chunk, (size_t)n }, err))
			return false;
	}
}

/* O_EXCL: the build directory is new and ours, so a file that is there already is somebody else's. */
static bool copy(int from_dir, int to_dir, const char *name, struct err *err)
{
	int from = file_open(from_dir, name, err);
	if (from < 0)
		return false;
	int to = openat(to_dir, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	bool ok = to >= 0 ? copy_bytes(from, to, err) || err_context(err, "%s", name) : err_errno(err, errno, "%s", name);
	if (to >= 0)
		close(to);
	close(from);
	return ok;
}

/* A file system without links, one with too many to this file,
 * and a directory on another device: there it is copied. */
static bool link_file(struct index_writer *w, const struct generation *g, const char *name, uint64_t bytes,
		      struct err *err)
{
	int fd = sealed_open(g->dir, name, bytes, err); /* never carry damage on */
	if (fd < 0)
		return false;
	close(fd);
	if (linkat(g->dir, name, w->build, name, 0) == 0)
		return true;
	if (errno == EPERM || errno == EMLINK || errno == EXDEV || errno == EOPNOTSUPP)
		return copy(g->dir, w->build, name, err);
	return err_errno(err, errno, "link %s", name);
}

/* Not the list of dead entries: that one is written for each generation (write_live). */
bool index_link_shard(struct index_writer *w, const struct generation *g, size_t shard, struct err *err)
{
	ASSERT(shard < g->m.nshards);
	const struct shard_file *s = &g->m.shards[shard];
	char *name = arena_cstr(&w->a, s->name);
	char positions[SHARD_NAME];
	shard_positions(s->name, positions);
	if (!link_file(w, g, name, s->bytes, err) || !link_file(w, g, positions, s->positions_bytes, err))
		return err_context(err, "%s", w->build_path);
	struct shard_file *mine = PUSH(&w->a, &w->linked);
	*mine = *s;
	mine->name = span_of(name);
	return true;
}

/* A linked shard keeps its name, so the name tells it from one that was built. */
static const struct shard_file *linked_as(const struct index_writer *w, span name)
{
	for (size_t i = 0; i < w->linked.n; i++)
		if (span_eq(w->linked.v[i].name, name))
			return &w->linked.v[i];
	return NULL;
}

/* Size and hash of a built file. Builders have synced it: again is free then,
 * and a must when it was not so. */
static bool measure_file(struct index_writer *w, const char *name, uint64_t *bytes, char sha256[65], struct err *err)
{
	int fd = file_open(w->build, name, err);
	if (fd < 0)
		return false;
	bool ok = fsync(fd) == 0 || err_errno(err, errno, "fsync %s", name);
	ok = ok && (sha256_file(fd, sha256, bytes, err) || err_context(err, "%s", name));
	close(fd);
	return ok;
}

/* The lengths of dead entries are asked for here, where the shard is at hand. */
static bool write_live(struct index_writer *w, struct manifest *m, size_t shard, struct err *err)
{
	struct shard_file *s = &m->shards[shard];
	struct live_facts f = m->live ? m->live[shard] : (struct live_facts){ 0 };
	struct manifest alone = { .shards = s, .nshards = 1 };
	char name[SHARD_NAME];
	struct xap *x = f.ndead ? shards_open(w->build, &alone, NULL, err) : NULL;
	bool ok = !f.ndead || (x && xap_lengths(x, f.dead, f.ndead, &f.dead_length, err));
	xap_close(x);
	s->dead = (uint32_t)f.ndead;
	f.entries = s->entries;
	shard_live(s->name, name);
	return ok && live_write(arena_printf(&w->a, "%s/%s", w->build_path, name).p, &f, s->entries_xxh128, err) &&
	       measure_file(w, name, &s->live_bytes, s->live_sha256, err);
}

/* A linked shard has the hash that it was sealed with: hashing it again would cost
 * reading the index at every update, and would make damage since then the truth. */
static bool measure(struct index_writer *w, struct shard_file *s, struct err *err)
{
	const struct shard_file *linked = linked_as(w, s->name);
	char positions[SHARD_NAME];
	if (linked) {
		s->bytes = linked->bytes;
		s->positions_bytes = linked->positions_bytes;
		memcpy(s->sha256, linked->sha256, sizeof s->sha256);
		memcpy(s->positions_sha256, linked->positions_sha256, sizeof s->positions_sha256);
		return true;
	}
	shard_positions(s->name, positions);
	return measure_file(w, arena_cstr(&w->a, s->name), &s->bytes, s->sha256, err) &&
	       measure_file(w, positions, &s->positions_bytes, s->positions_sha256, err);
}

/* Manifest and report are not there yet: they are written after this look. */
static bool listed(const struct manifest *m, span name)
{
	return shard_named(m, name) || span_eq(name, SPAN(INPUT_NAME)) || span_eq(name, SPAN(".")) || span_eq(name, SPAN(".."));
}

/* What the manifest does not name would be served to nobody and checked by
 * nothing. A builder's own directory is there when its removal failed. */
static bool nothing_else(struct index_writer *w, const struct manifest *m, struct err *err)
{
	DIR *d = opendir(w->build_path);
	if (!d)
		return err_errno(err, errno, "%s", w->build_path);
	bool ok = true;
	for (struct dirent *e; ok && (e = readdir(d));)
		ok = listed(m, span_of(e->d_name)) ||
		     (span_starts(span_of(e->d_name), SPAN("api-")) && tree_remove(w->build, e->d_name, err)) ||
		     err_set(err, ERR_REQUEST, "%s/%s: not in the manifest", w->build_path, e->d_name);
	closedir(d);
	return ok;
}

/* The first entry that is not dead of the first shard that has one. */
static uint32_t first_entry(const struct manifest *m, const struct lives *l)
{
	for (size_t i = 0; i < m->nshards; i++) {
		uint32_t entry = 1;
		if (m->shards[i].dead == m->shards[i].entries)
			continue;
		while (dead_has(lives_dead(l, i), entry))
			entry++;
		return (entry - 1) * (uint32_t)m->nshards + (uint32_t)i + 1; /* xap.h */
	}
	return 0;
}

/* By the readers that serve, over all shards: what they cannot open here is never published. */
static bool read_back(struct index_writer *w, struct manifest *m, struct err *err)
{
	struct readers r;
	bool ok = readers_open(w->build, m, &r, err);
	m->sentinel_entry = ok ? first_entry(m, r.lives) : 0;
	ok = ok && sentinel_hash(r.x, m->sentinel_entry, m->sentinel_data, err);
	m->positions = ok && positions_any(r.positions, m->nshards);
	ok = ok && shards_agree(r.x, m, err) && positions_agree(r.positions, m, err);
	readers_close(&r);
	return ok;
}

/* A caller may leave none. An empty one cannot be told from none in the manifest, so it is refused. */
static bool measure_input(struct index_writer *w, struct manifest *m, struct err *err)
{
	m->input_bytes = 0;
	m->input_sha256[0] = 0;
	if (faccessat(w->build, INPUT_NAME, F_OK, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT)
		return true;
	if (!measure_file(w, INPUT_NAME, &m->input_bytes, m->input_sha256, err))
		return false;
	return m->input_bytes > 0 || err_set(err, ERR_REQUEST, "%s/%s is empty", w->build_path, INPUT_NAME);
}

/* The number is one above all that exist, served or not: a name is not used while anything bears it. */
static bool complete(struct index_writer *w, struct manifest *m, span report, struct err *err)
{
	m->format = INDEX_FORMAT;
	m->generation = w->newest + 1;
	m->xapian = span_of(xap_version());
	m->pincite = span_of(PINCITE_VERSION);
	m->report_bytes = report.n;
	sha256_hex(report, m->report_sha256);
	for (size_t i = 0; i < m->nshards; i++)
		if (!measure(w, &m->shards[i], err) || !write_live(w, m, i, err))
			return false;
	return measure_input(w, m, err) && read_back(w, m, err);
}

/* Everything in the build directory, on disk. */
static bool seal(struct index_writer *w, struct manifest *m, span report, struct err *err)
{
	return tree_room(w->build_path, report.n + (64u << 10), err) && nothing_else(w, m, err) &&
	       complete(w, m, report, err) && file_replace(w->build, "report.json", report, err) &&
	       manifest_write(w->build, m, err);
}

/* From the rename of CURRENT on, the new generation is the one served. */
static bool switch_to(struct index_writer *w, uint32_t number, struct err *err)
{
	char name[GENERATION_NAME], line[GENERATION_NAME + 1];
	uint64_t pid = (uint64_t)getpid();
	generation_name(number, name);
	snprintf(line, sizeof line, "%s\n", name);
	/* First the record allows both numbers, on disk; then the directory gets its name; then CURRENT names
	 * it. A kill between any two leaves the old one served, and the record tells which is the leftover. */
	if (!lock_write(w->lock, &(struct lock_record){ w->served, number, pid }, err))
		return false;
	if (fsync(w->lock) != 0)
		return err_errno(err, errno, "fsync lock");
	if (renameat(w->index, w->build_name, w->index, name) != 0)
		return err_errno(err, errno, "rename %s to %s", w->build_name, name);
	/* The directory has its final name: nothing is written in it any more. */
	close(w->build);
	w->build = -1;
	w->newest = number;
	if (fsync(w->index) != 0)
		return err_errno(err, errno, "fsync");
	/* Until here nothing a reader sees has changed. This syncs the file, renames it and syncs the directory. */
	if (!file_replace(w->index, "CURRENT", span_of(line), err))
		return false;
	w->served = number;
	lock_write(w->lock, &(struct lock_record){ number, number, pid }, NULL); /* stale, it still allows `number` */
	return true;
}

/* Collecting comes last and cannot fail the run: the new generation is served already. */
bool index_publish(struct index_writer *w, struct manifest *m, span report_json, struct err *err)
{
	ASSERT(w->build >= 0 && m->nshards >= 1 && m->nshards <= SHARDS_MAX);
	if (!seal(w, m, report_json, err))
		return err_context(err, "%s", w->build_path);
	if (!switch_to(w, m->generation, err))
		return err_context(err, "%s", w->path);
	generations_collect(w);
	return true;
}

/* The lock goes with its descriptor, last but the directory:
 * until then no other writer clears what this one clears. */
void index_unlock(struct index_writer *w)
{
	if (!w)
		return;
	if (w->build >= 0)
		close(w->build);
	if (w->lock >= 0 && w->build_path) /* also what was sealed but not served, as after a kill */
		leftovers_clear(w, NULL);
	if (w->lock >= 0)
		close(w->lock);
	if (w->index >= 0)
		close(w->index);
	arena_release(&w->a);
	free(w);
}
