/* The builder over libxapian's own add_document: slow, and the reference that
 * the bulk builder is held against. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "store/builder_private.h"
#include "store/invert.h"
#include "store/tree.h"
#include "store/xap_write.h"

struct api {
	struct xap_writer *w;
	const char *path;
	char *dir; /* of the database that is compacted at sealing */
	size_t held, memory; /* bytes of entries since the last commit, at most */
	/* Of positions kept apart, by the writer that the bulk builder uses, too; null: the database has them. */
	struct poslist_writer *positions;
	struct invert *lists;
	struct arena scratch; /* of one entry */
	uint32_t entries;
};

/* The writer before its directory: closing it may still write there.
 * Everything may be missing, for a builder that did not get far. */
static void api_close(void *self)
{
	struct api *b = self;
	if (b->w)
		xap_writer_close(b->w);
	if (b->dir)
		tree_remove(AT_FDCWD, b->dir, NULL);
	invert_close(b->lists);
	poslist_close(b->positions);
	arena_release(&b->scratch);
	free(b->dir);
	free(b);
}

/* A directory of a name that nobody has; index_publish knows such leftovers by "api-". */
static bool start(struct api *b, const struct builder_options *o, struct err *err)
{
	if (asprintf(&b->dir, "%s/api-XXXXXX", o->tmpdir) < 0) {
		b->dir = NULL;
		return err_errno(err, ENOMEM, "%s", b->path);
	}
	if (!mkdtemp(b->dir)) {
		err_errno(err, errno, "%s", b->dir);
		free(b->dir);
		b->dir = NULL;
		return false;
	}
	b->w = xap_writer_open(b->dir, o->no_termlists, err);
	if (!b->w || !o->positions)
		return b->w != NULL;
	struct invert_options lists = { o->memory, true, o->threads, o->tmpdir };
	b->lists = invert_open(&lists);
	b->positions = b->lists ? poslist_create(o->positions, err) : NULL;
	return b->positions || (b->lists ? false : err_errno(err, ENOMEM, "%s", b->path));
}

static void *api_open(const char *path, const struct builder_options *o, struct err *err)
{
	struct api *b = calloc(1, sizeof *b);
	if (!b) {
		err_errno(err, ENOMEM, "%s", path);
		return NULL;
	}
	b->path = path;
	b->memory = o->memory;
	if (start(b, o, err))
		return b;
	api_close(b);
	return NULL;
}

/* What Xapian keeps of an entry until it commits, about. */
static size_t size_of(const struct entry *e)
{
	size_t n = e->data.n;
	for (size_t i = 0; i < e->npostings; i++)
		n += e->postings[i].term.n + 64 + 4 * (size_t)e->postings[i].npos;
	for (size_t i = 0; i < e->nvalues; i++)
		n += e->values[i].bytes.n + 64;
	return n;
}

/* Committed by memory, too: Xapian's own threshold counts documents, which may be large. */
static bool api_add(void *self, const struct entry *e, struct err *err)
{
	struct api *b = self;
	uint32_t number = ++b->entries;
	arena_reset(&b->scratch);
	struct entry own = b->lists ? entry_bare(e, &b->scratch) : *e;
	if (!xap_writer_add(b->w, &own, err) || (b->lists && !invert_entry(b->lists, number, e, err)))
		return false;
	b->held += size_of(&own);
	if (b->held <= b->memory)
		return true;
	b->held = 0;
	return xap_writer_commit(b->w, err);
}

static bool api_metadata(void *self, span key, span value, struct err *err)
{
	struct api *b = self;
	return xap_writer_metadata(b->w, key, value, err);
}

/* Compaction writes a second copy of what the directory holds. */
static uint64_t api_pending(void *self)
{
	struct api *b = self;
	return tree_bytes(b->dir) + 2 * (uint64_t)b->held + (b->lists ? invert_pending(b->lists) : 0);
}

/* The descriptor is Xapian's from here on, also when it fails; it does not sync. */
static bool compact(struct api *b, struct err *err)
{
	int fd = open(b->path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd < 0)
		return err_errno(err, errno, "%s", b->path);
	return xap_writer_compact(b->w, fd, err);
}

/* Opened anew: Xapian has closed its own descriptor. */
static bool sync_and_verify(struct api *b, struct err *err)
{
	int fd = open(b->path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return err_errno(err, errno, "%s", b->path);
	if (fsync(fd) != 0) {
		err_errno(err, errno, "fsync %s", b->path);
		close(fd);
		return false;
	}
	return xap_writer_verify(b->w, fd, err);
}

/* Positions are written after the database, with the identity
 * of its entries in their footer: what ties the two files. */
static bool seal_positions(struct api *b, const struct identity *id, struct err *err)
{
	struct identity theirs = { 0 }; /* builder.c has them in id */
	char identity[POSLIST_IDENTITY + 1];
	identity_hex(id, identity);
	struct invert_sink sink = { .positions = b->positions };
	return invert_finish(b->lists, &sink, &theirs, err) && poslist_seal(b->positions, identity, err);
}

/* The files themselves are synced here, the directory that names them by builder.c. */
static bool api_seal(void *self, struct identity *id, struct err *err)
{
	struct api *b = self;
	return xap_writer_commit(b->w, err) && compact(b, err) && sync_and_verify(b, err) &&
	       (!b->lists || seal_positions(b, id, err));
}

const struct builder_kind_ops builder_api_ops = {
	api_open, api_add, NULL, api_metadata, api_pending, api_seal, api_close,
};
