#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>
#include "store/builder_private.h"
#include "store/poslist_gather.h"
#include "store/tree.h"
#include "store/witness.h"
#include "store/xap.h"

enum { PENDING = 64 << 10 }; /* bytes kept before they are hashed: XXH3 is slow on crumbs */

struct builder {
	const struct builder_kind_ops *ops;
	void *self;
	char *path, *positions, *tmpdir;
	struct builder_options options;
	struct gather *gather; /* of positions kept apart; null: the kind gets them */
	struct arena scratch;  /* of one entry */
	struct err poison; /* the first failure */
	bool sealed;
	uint32_t entries;
	struct witness witness;
	uint64_t bytes; /* of the entries, as hashed */
	XXH3_state_t *hash;
	unsigned char *pending;
	size_t npending;
};

static const struct builder_kind_ops *ops_of(enum builder_kind kind)
{
	switch (kind) {
	case BUILDER_BULK:
		return &builder_bulk_ops;
	case BUILDER_API:
		return &builder_api_ops;
	}
	return NULL;
}

static void hash_bytes(struct builder *b, const void *p, size_t n)
{
	b->bytes += n;
	if (b->npending + n > PENDING) {
		XXH3_128bits_update(b->hash, b->pending, b->npending);
		b->npending = 0;
	}
	if (n > PENDING) {
		XXH3_128bits_update(b->hash, p, n);
	} else if (n) {
		memcpy(b->pending + b->npending, p, n);
		b->npending += n;
	}
}

/* Numbers go in least byte first on every machine. */
static void hash_u32(struct builder *b, uint32_t v)
{
	unsigned char le[4] = { (unsigned char)v, (unsigned char)(v >> 8), (unsigned char)(v >> 16), (unsigned char)(v >> 24) };
	hash_bytes(b, le, sizeof le);
}

static void hash_span(struct builder *b, span s)
{
	hash_u32(b, (uint32_t)s.n);
	hash_bytes(b, s.p, s.n);
}

/* The bytes that hash_span and hash_u32 would give, put where they are hashed from in one go:
 * an index has more postings than anything else. */
static bool hash_whole(struct builder *b, const struct posting *p)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	size_t size = 12 + p->term.n + p->npos * sizeof *p->pos;
	if (size > PENDING - b->npending)
		return false;
	unsigned char *to = b->pending + b->npending;
	uint32_t n = (uint32_t)p->term.n, rest[2] = { p->wdf, p->npos };
	memcpy(to, &n, 4);
	memcpy(to + 4, p->term.p, n);
	memcpy(to + 4 + n, rest, 8);
	if (p->npos)
		memcpy(to + 12 + n, p->pos, p->npos * sizeof *p->pos);
	b->npending += size;
	b->bytes += size;
	return true;
#else
	return !b || !p;
#endif
}

static void hash_posting(struct builder *b, const struct posting *p)
{
	if (hash_whole(b, p))
		return;
	hash_span(b, p->term);
	hash_u32(b, p->wdf);
	hash_u32(b, p->npos);
	for (uint32_t j = 0; j < p->npos; j++)
		hash_u32(b, p->pos[j]);
}

/* Every list and string is led by its length, so that no two entries have one form. */
static void hash_entry(struct builder *b, const struct entry *e)
{
	hash_u32(b, (uint32_t)e->npostings);
	for (size_t i = 0; i < e->npostings; i++)
		hash_posting(b, &e->postings[i]);
	hash_u32(b, (uint32_t)e->nvalues);
	for (size_t i = 0; i < e->nvalues; i++) {
		hash_u32(b, e->values[i].slot);
		hash_span(b, e->values[i].bytes);
	}
	hash_span(b, e->data);
}

void builder_totals(struct builder *b, struct builder_totals *out)
{
	XXH3_128bits_update(b->hash, b->pending, b->npending);
	b->npending = 0;
	XXH128_hash_t h = XXH3_128bits_digest(b->hash);
	out->entries = b->entries;
	snprintf(out->entries_xxh128, sizeof out->entries_xxh128, "%016" PRIx64 "%016" PRIx64, (uint64_t)h.high64,
		 (uint64_t)h.low64);
}

/* A disk that is full says how much was wanted of it. */
static bool fail(struct builder *b, struct err *err)
{
	if (err->code == ERR_TRY_AGAIN && !strstr(err->msg, "bytes needed") && strstr(err->msg, strerror(ENOSPC))) {
		size_t n = strlen(err->msg);
		snprintf(err->msg + n, sizeof err->msg - n, " (%" PRIu64 " bytes needed for what was added so far)", 2 * b->bytes);
	}
	err_context(err, "%s", b->path);
	b->poison = *err;
	return false;
}

static bool usable(const struct builder *b, struct err *err)
{
	ASSERT(!b->sealed);
	return !b->poison.code || err_set(err, b->poison.code, "%s", b->poison.msg);
}

/* Our own writer knows the format of one series of releases; it was checked
 * when configured, and is again against the library that runs. */
static bool format_known(void)
{
	return strncmp(XAPIAN_BUILT, "1.4.", 4) == 0 && strncmp(xap_version(), "1.4.", 4) == 0;
}

enum builder_kind builder_kind_used(const struct builder *b)
{
	return b->options.kind;
}

static bool start(struct builder *b, const char *path, const struct builder_options *o, struct err *err)
{
	struct stat st;
	enum builder_kind kind = o->kind == BUILDER_BULK && !format_known() ? BUILDER_API : o->kind;
	b->ops = ops_of(kind);
	b->path = strdup(path);
	b->tmpdir = strdup(o->tmpdir);
	b->positions = o->positions ? strdup(o->positions) : NULL;
	b->hash = XXH3_createState();
	b->pending = malloc(PENDING);
	if (!b->path || !b->tmpdir || (o->positions && !b->positions) || !b->hash || !b->pending)
		return err_errno(err, ENOMEM, "%s", path);
	XXH3_128bits_reset(b->hash);
	b->options = *o;
	b->options.kind = kind;
	b->options.memory = o->memory ? o->memory : (size_t)256 << 20;
	b->options.tmpdir = b->tmpdir;
	b->options.positions = b->positions;
	if (b->positions)
		b->options.memory /= 2; /* the other half is theirs */
	if (lstat(path, &st) == 0)
		return err_errno(err, EEXIST, "%s", path);
	if (b->positions && lstat(b->positions, &st) == 0)
		return err_errno(err, EEXIST, "%s", b->positions);
	b->self = b->ops->open(b->path, &b->options, err);
	if (b->self && b->positions)
		b->gather = gather_open(b->positions, b->options.memory, b->tmpdir, err);
	return (b->self && (b->gather || !b->positions)) || err_context(err, "%s", path);
}

static void release(struct builder *b)
{
	gather_close(b->gather);
	arena_release(&b->scratch);
	XXH3_freeState(b->hash);
	free(b->pending);
	free(b->path);
	free(b->positions);
	free(b->tmpdir);
	free(b);
}

struct builder *builder_open(const char *path, const struct builder_options *o, struct err *err)
{
	struct err local = { 0 };
	err = err ? err : &local;
	struct builder *b = calloc(1, sizeof *b);
	if (!b) {
		err_errno(err, ENOMEM, "%s", path);
		return NULL;
	}
	if (start(b, path, o, err))
		return b;
	if (b->self) /* only then is path ours */
		builder_close(b);
	else
		release(b);
	return NULL;
}

/* What of an entry goes into the database when positions are kept apart. */
static struct entry bare(struct builder *b, const struct entry *e)
{
	struct entry out = *e;
	arena_reset(&b->scratch);
	out.postings = arena_raw(&b->scratch, (e->npostings + 1) * sizeof *out.postings, 16);
	out.npostings = 0;
	for (size_t i = 0; i < e->npostings; i++) {
		const struct posting *p = &e->postings[i];
		if (p->npos && !p->wdf)
			continue;
		struct posting *to = &out.postings[out.npostings++];
		*to = *p;
		to->pos = NULL;
		to->npos = 0;
	}
	return out;
}

static bool add(struct builder *b, const struct entry *e, struct err *err)
{
	uint32_t number = ++b->entries;
	struct entry own = b->gather ? bare(b, e) : *e;
	if (!b->ops->add(b->self, &own, err) || (b->gather && !gather_add(b->gather, number, e, err)))
		return false;
	witness_note(&b->witness, number, &own);
	witness_note_positions(&b->witness, number, e);
	if (b->options.no_termlists)
		b->witness.terms_entry = 0;
	return true;
}

bool builder_add(struct builder *b, const struct entry *e, struct err *err)
{
	struct err local = { 0 };
	err = err ? err : &local;
	if (!usable(b, err))
		return false;
	const char *why = b->options.asked ? NULL : entry_refuse(e);
	if (why)
		return err_set(err, ERR_REQUEST, "an entry with %s", why);
	hash_entry(b, e);
	return add(b, e, err) || fail(b, err);
}

bool builder_metadata(struct builder *b, span key, span value, struct err *err)
{
	struct err local = { 0 };
	err = err ? err : &local;
	if (!usable(b, err))
		return false;
	if (!key.n || key.n > TERM_MAX_BYTES || !value.n || value.n > DATA_MAX_BYTES)
		return err_set(err, ERR_REQUEST, "metadata with an empty or too long key or value");
	return b->ops->metadata(b->self, key, value, err) || fail(b, err);
}

/* The files, on disk: positions bear the hash of the entries. */
static bool seal(struct builder *b, struct err *err)
{
	struct builder_totals totals;
	struct witness_files files = { b->path, b->positions };
	builder_totals(b, &totals);
	return b->ops->seal(b->self, err) && (!b->gather || gather_seal(b->gather, totals.entries_xxh128, err)) &&
	       tree_sync_parent(b->path, err) && witness_verify(&b->witness, b->entries, &files, err);
}

bool builder_seal(struct builder *b, struct err *err)
{
	struct err local = { 0 };
	err = err ? err : &local;
	if (!usable(b, err))
		return false;
	uint64_t need = b->ops->pending(b->self) + (b->gather ? gather_pending(b->gather) : 0);
	b->sealed = tree_room(b->tmpdir, need + need / 5, err) && seal(b, err);
	return b->sealed || fail(b, err);
}

void builder_close(struct builder *b)
{
	if (!b)
		return;
	b->ops->close(b->self);
	if (!b->sealed) {
		unlink(b->path);
		if (b->positions)
			unlink(b->positions);
	}
	release(b);
}
