#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "store/builder_private.h"
#include "store/tree.h"
#include "store/witness.h"
#include "store/xap.h"

/* What both kinds share (builder_private.h). */
struct builder {
	const struct builder_kind_ops *ops;
	void *self;
	char *path, *positions, *tmpdir;
	struct builder_options options;
	struct arena scratch;  /* of one entry */
	struct err poison; /* the first failure */
	bool sealed;
	uint32_t entries;
	struct witness witness;
	uint64_t bytes; /* of the entries, about */
	struct identity identity;
};

/* No default, so that the compiler names a kind that is missing here. */
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

void builder_totals(struct builder *b, struct builder_totals *out)
{
	out->entries = b->entries;
	identity_hex(&b->identity, out->entries_xxh128);
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

/* The first failure is told again by every later call: a caller
 * that overlooks one cannot go on with half a batch (builder.h). */
static bool usable(const struct builder *b, struct err *err)
{
	ASSERT(!b->sealed);
	return !b->poison.code || err_set(err, b->poison.code, "%s", b->poison.msg);
}

/* Where positions are apart, a posting of positions without weight is in
 * their file alone; the others lose their positions here, none its weight. */
struct entry entry_bare(const struct entry *e, struct arena *a)
{
	struct entry out = *e;
	out.postings = arena_raw(a, (e->npostings + 1) * sizeof *out.postings, 16);
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

/* Strings are copied, since the builder outlives the call. A path that exists is refused
 * before anything is opened, so that closing never removes somebody else's file. */
static bool start(struct builder *b, const char *path, const struct builder_options *o, struct err *err)
{
	struct stat st;
	enum builder_kind kind = o->kind == BUILDER_BULK && !format_known() ? BUILDER_API : o->kind;
	b->ops = ops_of(kind);
	b->path = strdup(path);
	b->tmpdir = strdup(o->tmpdir);
	b->positions = o->positions ? strdup(o->positions) : NULL;
	if (!b->path || !b->tmpdir || (o->positions && !b->positions))
		return err_errno(err, ENOMEM, "%s", path);
	b->options = *o;
	b->options.kind = kind;
	b->options.memory = o->memory ? o->memory : (size_t)256 << 20;
	b->options.tmpdir = b->tmpdir;
	b->options.positions = b->positions;
	if (lstat(path, &st) == 0)
		return err_errno(err, EEXIST, "%s", path);
	if (b->positions && lstat(b->positions, &st) == 0)
		return err_errno(err, EEXIST, "%s", b->positions);
	b->self = b->ops->open(b->path, &b->options, err);
	return b->self || err_context(err, "%s", path);
}

static void release(struct builder *b)
{
	arena_release(&b->scratch);
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

/* What a full disk is told by: what the files will take, about. */
static void count_bytes(struct builder *b, const struct entry *e)
{
	for (size_t i = 0; i < e->npostings; i++)
		b->bytes += e->postings[i].term.n + 8 + 4 * (uint64_t)e->postings[i].npos;
	for (size_t i = 0; i < e->nvalues; i++)
		b->bytes += e->values[i].bytes.n + 8;
	b->bytes += e->data.n;
}

/* Without term lists the database has none to ask for: then terms are nothing to look for. */
static void note(struct builder *b, const struct entry *e)
{
	witness_note(&b->witness, b->entries, e, b->positions != NULL);
	if (b->options.no_termlists)
		b->witness.terms_entry = 0;
}

/* A kind that takes compact documents inverts all entries
 * and adds up the identity of postings itself, list by list. */
static bool add(struct builder *b, const struct entry *e, struct err *err)
{
	b->entries++;
	identity_entry(&b->identity, b->entries, e->values, e->nvalues, e->data);
	if (!b->ops->add_compact)
		identity_postings(&b->identity, b->entries, e->postings, e->npostings);
	count_bytes(b, e);
	note(b, e);
	return b->ops->add(b->self, e, err);
}

/* A refused entry leaves everything as it was; from `add` on a failure poisons. */
bool builder_add(struct builder *b, const struct entry *e, struct err *err)
{
	struct err local = { 0 };
	err = err ? err : &local;
	if (!usable(b, err))
		return false;
	const char *why = entry_refuse(e);
	if (why)
		return err_set(err, ERR_REQUEST, "an entry with %s", why);
	return add(b, e, err) || fail(b, err);
}

/* Words are counted at four bytes: an estimate, for a message alone. */
static bool add_compact(struct builder *b, const struct compact *c, struct err *err)
{
	b->entries++;
	identity_entry(&b->identity, b->entries, c->values, c->nvalues, c->data);
	b->bytes += 4 * (c->nwords + c->nothers) + c->data.n;
	if (!witness_full(&b->witness)) { /* the first few: what they have is what is looked for when sealed */
		struct entry e = compact_expand(c, &b->scratch);
		note(b, &e);
		arena_reset(&b->scratch);
	}
	return b->ops->add_compact(b->self, c, err);
}

bool builder_add_compact(struct builder *b, const struct compact *c, struct err *err)
{
	struct err local = { 0 };
	err = err ? err : &local;
	if (!usable(b, err))
		return false;
	const char *why = compact_refuse(c);
	if (why)
		return err_set(err, ERR_REQUEST, "a document with %s", why);
	/* A list of terms of each entry needs them sorted. */
	if (b->ops->add_compact && b->options.no_termlists)
		return add_compact(b, c, err) || fail(b, err);
	struct entry e = compact_expand(c, &b->scratch);
	bool ok = add(b, &e, err) || fail(b, err);
	arena_reset(&b->scratch);
	return ok;
}

/* Bounds as for terms and data: keys stand in the postlist table. */
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

/* The files, on disk: positions bear the identity of the entries. */
static bool seal(struct builder *b, struct err *err)
{
	struct witness_files files = { b->path, b->positions };
	return b->ops->seal(b->self, &b->identity, err) && tree_sync_parent(b->path, err) &&
	       witness_verify(&b->witness, b->entries, &files, err);
}

/* A fifth more than what is estimated, asked for before the first byte:
 * a disk that fills up while sealing would fail just as well, but later. */
bool builder_seal(struct builder *b, struct err *err)
{
	struct err local = { 0 };
	err = err ? err : &local;
	if (!usable(b, err))
		return false;
	uint64_t need = b->ops->pending(b->self);
	b->sealed = tree_room(b->tmpdir, need + need / 5, err) && seal(b, err);
	return b->sealed || fail(b, err);
}

/* Unsealed means not whole: no file of it stays. */
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
