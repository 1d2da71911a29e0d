#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "base/hash.h"
#include "store/generation_private.h"
#include "store/tree.h"

/* The index is known by this descriptor from here on: renaming the
 * directory or a link to it changes nothing for who is reading. */
int index_open_dir(const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		err_set(err, ERR_NOT_FOUND, "no index at %s", path);
	else if (fd < 0)
		err_errno(err, errno, "%s", path);
	return fd;
}

/* At least six digits, so that names sort as numbers for a long while; nothing relies on it. */
void generation_name(uint32_t number, char out[GENERATION_NAME])
{
	snprintf(out, GENERATION_NAME, "gen-%06" PRIu32, number);
}

/* Printed again and compared, so that "gen-7", "gen-+00007" or zeros too many
 * are no names of ours. Generation 0 does not exist: it stands for none. */
bool generation_parse(span name, uint32_t *number)
{
	char again[GENERATION_NAME];
	uint64_t n;
	if (!span_starts(name, SPAN("gen-")) || !span_uint(span_sub(name, 4, name.n), UINT32_MAX, &n))
		return false;
	generation_name((uint32_t)n, again);
	*number = (uint32_t)n;
	return n > 0 && span_eq(name, span_of(again));
}

/* A name and a newline, no more: what was cut short names nothing. A
 * flipped bit that makes another name of it is for lock_agrees to tell. */
bool current_read(int index, uint32_t *number, struct err *err)
{
	struct arena a = { 0 };
	span text;
	int fd = file_open(index, "CURRENT", err);
	if (fd < 0)
		return false;
	bool ok = file_read_fd(fd, 4096, &a, &text, err) || err_context(err, "CURRENT");
	close(fd);
	if (!ok && err && err->code == ERR_REQUEST) /* longer than it may be */
		err->code = ERR_DAMAGED;
	if (ok && !(span_ends(text, SPAN("\n")) && generation_parse(span_sub(text, 0, text.n - 1), number)))
		ok = err_set(err, ERR_DAMAGED, "CURRENT: damaged, it names no generation");
	arena_release(&a);
	return ok;
}

/* The directory `name` with a shared lock, unless the collector got it first:
 * it takes the exclusive lock, then renames. *gone: look at CURRENT again. */
static int hold(int index, const char *name, bool *gone, struct err *err)
{
	struct stat mine, named;
	int fd = openat(index, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0) {
		*gone = errno == ENOENT;
		return *gone ? -1 : (err_errno(err, errno, "%s", name), -1);
	}
	if (flock(fd, LOCK_SH | LOCK_NB) != 0)
		*gone = errno == EWOULDBLOCK || err_errno(err, errno, "flock %s", name);
	else if (fstat(fd, &mine) != 0)
		err_errno(err, errno, "%s", name);
	else if (fstatat(index, name, &named, AT_SYMLINK_NOFOLLOW) != 0 || named.st_ino != mine.st_ino)
		*gone = true;
	else
		return fd;
	close(fd);
	return -1;
}

/* Between reading CURRENT and the lock the collector may have taken the directory
 * away: then CURRENT names a newer one. Ten times in a row that is no race any more. */
int generation_hold(int index, uint32_t *number, struct err *err)
{
	char name[GENERATION_NAME] = "";
	for (int tries = 0; tries < 10; tries++) {
		bool gone = false;
		if (!current_read(index, number, err))
			return -1;
		generation_name(*number, name);
		int fd = hold(index, name, &gone, err);
		if (fd >= 0 || !gone)
			return fd;
	}
	err_set(err, ERR_DAMAGED, "CURRENT names %s, which is missing", name);
	return -1;
}

bool generation_current(const char *path, uint32_t *number, struct err *err)
{
	int index = index_open_dir(path, err);
	if (index < 0)
		return false;
	bool ok = current_read(index, number, err) || err_context(err, "%s", path);
	close(index);
	return ok;
}

/* A sealed file that is missing or of another size is damage, never an empty answer;
 * one size is all that is asked at every opening, since the hash costs reading it all. */
int sealed_open(int dir, const char *name, uint64_t bytes, struct err *err)
{
	struct err local = { 0 };
	struct stat st;
	int fd = file_open(dir, name, &local);
	if (fd < 0) { /* also what is no regular file any more */
		err_set(err, local.code == ERR_NOT_FOUND ? ERR_DAMAGED : local.code, "%s", local.msg);
		return -1;
	}
	if (fstat(fd, &st) != 0)
		err_errno(err, errno, "%s", name);
	else if ((uint64_t)st.st_size != bytes)
		err_set(err, ERR_DAMAGED, "%s: damaged, %" PRIu64 " bytes where the manifest has %" PRIu64, name,
			(uint64_t)st.st_size, bytes);
	else
		return fd;
	close(fd);
	return -1;
}

/* The whole file against its hash in the manifest: at `check`, and at an opening that asks for it. */
bool sealed_verify(int dir, const char *name, uint64_t bytes, const char *sha256, struct err *err)
{
	char hex[65];
	int fd = sealed_open(dir, name, bytes, err);
	if (fd < 0)
		return false;
	bool ok = sha256_file(fd, hex, &bytes, err) || err_context(err, "%s", name);
	close(fd);
	return ok && (strcmp(hex, sha256) == 0 ||
		      err_set(err, ERR_DAMAGED, "%s: damaged, its SHA-256 is not the manifest's", name));
}

static void name_of(const struct shard_file *s, char out[SHARD_NAME])
{
	snprintf(out, SHARD_NAME, "%.*s", SPAN_ARG(s->name));
}

/* The three files of a shard share a stem; the manifest names the first alone. */
void shard_positions(span name, char out[SHARD_NAME])
{
	if (span_ends(name, SPAN(".glass")))
		name.n -= 6;
	snprintf(out, SHARD_NAME, "%.*s.pos", SPAN_ARG(name));
}

void shard_live(span name, char out[SHARD_NAME])
{
	if (span_ends(name, SPAN(".glass")))
		name.n -= 6;
	snprintf(out, SHARD_NAME, "%.*s.live", SPAN_ARG(name));
}

/* The inverse of the names above: by trying them all, since shards are few. */
bool shard_named(const struct manifest *m, span name)
{
	for (size_t i = 0; i < m->nshards; i++) {
		char positions[SHARD_NAME], live[SHARD_NAME];
		shard_positions(m->shards[i].name, positions);
		shard_live(m->shards[i].name, live);
		if (span_eq(m->shards[i].name, name) || span_eq(span_of(positions), name) || span_eq(span_of(live), name))
			return true;
	}
	return false;
}

/* The bytes of all three files; that they belong together is
 * asked of what they hold (positions_agree, lives_agree). */
bool shard_verify(int dir, const struct shard_file *s, struct err *err)
{
	char name[SHARD_NAME], positions[SHARD_NAME], live[SHARD_NAME];
	name_of(s, name);
	shard_positions(s->name, positions);
	shard_live(s->name, live);
	return sealed_verify(dir, name, s->bytes, s->sha256, err) &&
	       sealed_verify(dir, positions, s->positions_bytes, s->positions_sha256, err) &&
	       sealed_verify(dir, live, s->live_bytes, s->live_sha256, err);
}

enum shard_part { PART_ENTRIES, PART_POSITIONS, PART_LIVE };

/* Sizes are checked here, at each opening of each reader,
 * too: a file cut short meanwhile is told before it is read. */
static int part_open(int dir, const struct shard_file *s, enum shard_part part, struct err *err)
{
	char name[SHARD_NAME];
	if (part == PART_ENTRIES)
		name_of(s, name);
	else if (part == PART_POSITIONS)
		shard_positions(s->name, name);
	else
		shard_live(s->name, name);
	return sealed_open(dir, name, part == PART_ENTRIES ? s->bytes : part == PART_POSITIONS ? s->positions_bytes : s->live_bytes, err);
}

/* One part of all shards; false: none is open. */
static bool files_open(int dir, const struct manifest *m, enum shard_part part, int *fds, struct err *err)
{
	for (size_t n = 0; n < m->nshards; n++) {
		fds[n] = part_open(dir, &m->shards[n], part, err);
		if (fds[n] >= 0)
			continue;
		while (n)
			close(fds[--n]);
		return false;
	}
	return true;
}

/* Descriptors opened for this reader alone: one that is shared would share
 * its offset (xap.h). l null: the dead are not passed over, as for a check. */
struct xap *shards_open(int dir, const struct manifest *m, struct lives *l, struct err *err)
{
	int fds[SHARDS_MAX];
	struct xap *x = files_open(dir, m, PART_ENTRIES, fds, err) ? xap_open(fds, m->nshards, err) : NULL;
	if (!x || !l || xap_bury(x, l, err))
		return x;
	xap_close(x);
	return NULL;
}

/* poslists_bury cannot fail: the bits of the dead were made when l was opened. */
struct poslists *positions_open(int dir, const struct manifest *m, struct lives *l, struct err *err)
{
	int fds[SHARDS_MAX];
	struct poslists *p = files_open(dir, m, PART_POSITIONS, fds, err) ? poslists_open(fds, m->nshards, err) : NULL;
	if (p && l)
		poslists_bury(p, l);
	return p;
}

/* The file of dead entries is written anew for each generation, the
 * shard is not: what ties them is the hash of the shard's entries. */
static bool lives_agree(const struct lives *l, const struct manifest *m, struct err *err)
{
	for (size_t i = 0; i < m->nshards; i++) {
		const struct shard_file *s = &m->shards[i];
		if (strcmp(lives_identity(l, i), s->entries_xxh128) != 0 || lives_entries(l, i) != s->entries)
			return err_set(err, ERR_DAMAGED, "%.*s: its dead entries are those of another shard", SPAN_ARG(s->name));
		if (lives_dead(l, i)->n != s->dead)
			return err_set(err, ERR_DAMAGED, "%.*s: %zu dead entries where the manifest has %u", SPAN_ARG(s->name),
				       lives_dead(l, i)->n, s->dead);
	}
	return true;
}

struct lives *lives_open_all(int dir, const struct manifest *m, struct err *err)
{
	int fds[SHARDS_MAX];
	struct lives *l = files_open(dir, m, PART_LIVE, fds, err) ? lives_open(fds, m->nshards, err) : NULL;
	if (!l || lives_agree(l, m, err))
		return l;
	lives_close(l);
	return NULL;
}

/* In the order in which each needs the one before: the dead first, so that no reader ever answers without them. */
bool readers_open(int dir, const struct manifest *m, struct readers *out, struct err *err)
{
	*out = (struct readers){ .lives = lives_open_all(dir, m, err) };
	out->x = out->lives ? shards_open(dir, m, out->lives, err) : NULL;
	out->positions = out->x ? positions_open(dir, m, out->lives, err) : NULL;
	return out->positions != NULL;
}

/* The readers hold the lives by themselves; what was not opened is null, which every close takes. */
void readers_close(struct readers *r)
{
	poslists_close(r->positions);
	xap_close(r->x);
	lives_close(r->lives);
}

/* Of the whole index: a shard by itself may have none. */
bool positions_any(const struct poslists *p, size_t shards)
{
	struct poslists_stats s;
	uint64_t lists = 0;
	for (size_t i = 0; i < shards; i++) {
		poslists_stats(p, i, &s);
		lists += s.lists;
	}
	return lists > 0;
}

/* An identity per shard, so that a position file of another build, sound by itself, is not believed. */
bool positions_agree(const struct poslists *p, const struct manifest *m, struct err *err)
{
	struct poslists_stats s;
	for (size_t i = 0; i < m->nshards; i++) {
		poslists_stats(p, i, &s);
		if (strcmp(s.identity, m->shards[i].entries_xxh128) != 0)
			return err_set(err, ERR_DAMAGED, "%.*s: its positions are those of other entries", SPAN_ARG(m->shards[i].name));
	}
	return positions_any(p, m->nshards) == m->positions ||
	       err_set(err, ERR_DAMAGED, "the positions of words are %s", m->positions ? "missing" : "unexpected");
}

/* Entry 0: an index without living entries has no sentinel; the hash is empty then, as the manifest has it. */
bool sentinel_hash(struct xap *x, uint32_t entry, char out[65], struct err *err)
{
	struct arena a = { 0 };
	span data;
	out[0] = 0;
	bool ok = !entry || xap_data(x, entry, &a, &data, err);
	if (ok && entry)
		sha256_hex(data, out);
	arena_release(&a);
	return ok;
}

/* Cheap enough for each opening: counts, and one record read back,
 * which goes through the version block, a table and its data. */
bool shards_agree(struct xap *x, const struct manifest *m, struct err *err)
{
	struct xap_stats s;
	char hex[65];
	uint64_t entries = 0;
	for (size_t i = 0; i < m->nshards; i++)
		entries += m->shards[i].entries - m->shards[i].dead;
	if (!xap_stats(x, &s, err))
		return false;
	if (s.entries != entries)
		return err_set(err, ERR_DAMAGED, "%u entries where the manifest has %" PRIu64, s.entries, entries);
	if (!sentinel_hash(x, m->sentinel_entry, hex, err))
		return err_context(err, "sentinel");
	return strcmp(hex, m->sentinel_data) == 0 || err_set(err, ERR_DAMAGED, "the sentinel entry reads back changed");
}

/* Everything the manifest has a hash of. The manifest itself was held against its own when it was read. */
static bool verify_all(int index, const struct generation *g, struct err *err)
{
	const struct manifest *m = &g->m;
	if (!lock_agrees(index, m->generation, err) ||
	    !sealed_verify(g->dir, "report.json", m->report_bytes, m->report_sha256, err))
		return false;
	for (size_t i = 0; i < m->nshards; i++)
		if (!shard_verify(g->dir, &m->shards[i], err))
			return false;
	return !m->input_bytes || sealed_verify(g->dir, INPUT_NAME, m->input_bytes, m->input_sha256, err);
}

/* What was opened stays in g, also when it fails: generation_close gives it back. */
static bool load(int index, struct generation *g, bool verify, struct arena *a, struct err *err)
{
	uint32_t number;
	char name[GENERATION_NAME];
	g->dir = generation_hold(index, &number, err);
	if (g->dir < 0)
		return false;
	generation_name(number, name);
	struct readers r = { 0 };
	/* The manifest first: all else is opened by what it says. */
	bool ok = manifest_read(g->dir, number, a, &g->m, err) && (!verify || verify_all(index, g, err)) &&
		  readers_open(g->dir, &g->m, &r, err) && shards_agree(r.x, &g->m, err) && positions_agree(r.positions, &g->m, err);
	g->spare = r.x;
	g->spare_positions = r.positions;
	g->lives = r.lives;
	return ok || err_context(err, "%s", name);
}

/* An absent CURRENT is no damage: a writer that was killed before
 * its first publishing leaves an index directory without one. */
struct generation *generation_open(const char *path, bool verify, struct arena *a, struct err *err)
{
	struct err local = { 0 };
	err = err ? err : &local;
	int index = index_open_dir(path, err);
	if (index < 0)
		return NULL;
	struct generation *g = NEW(a, struct generation);
	bool ok = load(index, g, verify, a, err);
	close(index);
	if (ok)
		return g;
	if (g->dir < 0 && err->code == ERR_NOT_FOUND) { /* no CURRENT */
		err->code = ERR_NONE;
		err_set(err, ERR_NOT_FOUND, "no index at %s: nothing was ever published there", path);
	} else {
		err_context(err, "%s", path);
	}
	generation_close(g);
	return NULL;
}

/* Closing the directory gives up the shared lock: from here on the collector may take the generation. */
void generation_close(struct generation *g)
{
	if (!g)
		return;
	xap_close(g->spare);
	poslists_close(g->spare_positions);
	lives_close(g->lives);
	if (g->dir >= 0)
		close(g->dir);
}

const struct manifest *generation_manifest(const struct generation *g)
{
	return &g->m;
}

/* The first caller gets the one that read the sentinel, so that
 * opening once costs once; atomic, since any thread may be the first. */
struct xap *generation_reader(struct generation *g, struct err *err)
{
	struct xap *spare = atomic_exchange(&g->spare, NULL);
	return spare ? spare : shards_open(g->dir, &g->m, g->lives, err);
}

struct poslists *generation_positions(struct generation *g, struct err *err)
{
	struct poslists *spare = atomic_exchange(&g->spare_positions, NULL);
	return spare ? spare : positions_open(g->dir, &g->m, g->lives, err);
}

/* Shared, since nothing in it changes: one copy of the dead for all threads. */
struct lives *generation_lives(struct generation *g)
{
	return lives_hold(g->lives);
}

/* An index whose writer left no list has none to read: no error, and err stays as it was. */
int generation_input(const struct generation *g, struct err *err)
{
	return g->m.input_bytes ? sealed_open(g->dir, INPUT_NAME, g->m.input_bytes, err) : -1;
}
