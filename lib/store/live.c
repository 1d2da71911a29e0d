#include "store/live.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "store/poslist_private.h"

/* Fifteen bytes and a zero: the numbers begin at byte 16. */
#define LIVE_MAGIC "pincite live 1\n"

enum {
	AT_NUMBERS = 16,
	AT_IDENTITY = AT_NUMBERS + 4 * 8,
	HEAD_BYTES = AT_IDENTITY + POSLIST_IDENTITY,
	CHUNK_ENTRIES = 256,
	NUMBERS_MAX = 1 << 20 /* of one entry */
};

/* --- writing --- */

/* Chunks up to the last entry that has numbers. */
static uint64_t put_chunks(const struct live_facts *f, struct buf *chunks, struct buf *ends)
{
	uint64_t n = 0;
	byte number[8];
	for (uint32_t e = 0; f->number && e < f->entries && f->first[e] < f->first[f->entries]; n++) {
		size_t beg = chunks->n;
		for (uint32_t end = e + CHUNK_ENTRIES; e < end && e < f->entries; e++) {
			buf_varint(chunks, f->first[e + 1] - f->first[e]);
			for (uint32_t i = f->first[e]; i < f->first[e + 1]; i++)
				buf_varint(chunks, f->number[i]);
		}
		/* Seeded, so that chunks that changed places do not pass. */
		put_u64(number, hash64_seed(span_sub(buf_span(chunks), beg, chunks->n), n));
		buf_put(chunks, (span){ (char *)number, 8 });
		put_u64(number, chunks->n);
		buf_put(ends, (span){ (char *)number, 8 });
	}
	return n;
}

/* Head and dead: with the ends after them they are what an opening reads and hashes at once. */
static void put_head(const struct live_facts *f, uint64_t chunks, const char *identity, struct buf *out)
{
	const uint64_t numbers[4] = { f->ndead, f->dead_length, f->entries, chunks };
	byte head[HEAD_BYTES] = { 0 };
	memcpy(head, LIVE_MAGIC, sizeof LIVE_MAGIC - 1);
	for (int i = 0; i < 4; i++)
		put_u64(head + AT_NUMBERS + 8 * i, numbers[i]);
	memcpy(head + AT_IDENTITY, identity, POSLIST_IDENTITY);
	buf_put(out, (span){ (char *)head, sizeof head });
	for (size_t i = 0; i < f->ndead; i++) {
		byte four[8];
		put_u64(four, f->dead[i]);
		buf_put(out, (span){ (char *)four, 4 });
	}
}

/* Synced, as every file that a manifest names; the directory is synced once for all of them when the manifest is. */
bool live_write(const char *path, const struct live_facts *f, const char *identity, struct err *err)
{
	struct arena a = { 0 };
	struct buf head = { .a = &a }, ends = { .a = &a }, chunks = { .a = &a };
	byte hash[8];
	uint64_t n = put_chunks(f, &chunks, &ends);
	put_head(f, n, identity, &head);
	buf_put(&head, buf_span(&ends));
	put_u64(hash, hash64(buf_span(&head)));
	buf_put(&head, (span){ (char *)hash, 8 });
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	bool ok = fd >= 0 || err_errno(err, errno, "%s", path);
	ok = ok && ((file_write_fd(fd, buf_span(&head), err) && file_write_fd(fd, buf_span(&chunks), err)) || err_context(err, "%s", path));
	ok = ok && (fsync(fd) == 0 || err_errno(err, errno, "fsync %s", path));
	if (fd >= 0 && close(fd) != 0 && ok)
		ok = err_errno(err, errno, "%s", path);
	arena_release(&a);
	return ok;
}

/* --- reading --- */

/* What one shard's file says: all but the chunks is in memory:
 * four bytes for each dead entry, a bit for each entry. */
struct live {
	int fd;
	struct dead dead;
	uint32_t entries;
	char identity[POSLIST_IDENTITY + 1];
	uint64_t *ends; /* of chunks, in the file */
	uint64_t nchunks, begin;
};
/* Counted by holders: readers of several threads share it, and each may outlive the generation that opened it. */
struct lives {
	atomic_size_t holders;
	size_t n;
	struct live v[];
};

static bool damaged(const char *what, struct err *err)
{
	return err_set(err, ERR_DAMAGED, "the list of dead entries is damaged: %s", what);
}

/* pread, since threads share the descriptor; a file that ends early is damaged, however it came about. */
static bool read_exactly(int fd, byte *out, size_t n, uint64_t at, struct err *err)
{
	if (file_read_at(fd, out, n, at, err) == n)
		return true;
	return err->code ? err_context(err, "the list of dead entries") : damaged("the file is cut short", err);
}

/* Ascending, so that counting can leap (xap_read.cc), and entries of this shard, so that no bit is set beyond them. */
static bool take_dead(struct live *l, const byte *from, struct err *err)
{
	struct dead *d = &l->dead;
	for (size_t i = 0; i < d->n; i++, from += 4) {
		d->v[i] = (uint32_t)from[0] | (uint32_t)from[1] << 8 | (uint32_t)from[2] << 16 | (uint32_t)from[3] << 24;
		if (d->v[i] <= d->most || d->v[i] > l->entries)
			return damaged("their order", err);
		d->most = d->v[i];
		d->bits[d->v[i] / 8] |= (byte)(1u << d->v[i] % 8);
	}
	return true;
}

/* A chunk has its hash at least; together they are the rest of the file. */
static bool take_ends(struct live *l, const byte *from, uint64_t size, struct err *err)
{
	uint64_t last = 0;
	for (uint64_t i = 0; i < l->nchunks; i++, from += 8) {
		uint64_t end = get_u64(from);
		if (end < last + 8 || end > size - l->begin)
			return damaged("its chunks", err);
		l->ends[i] = last = end;
	}
	return l->begin + last == size || damaged("its size", err);
}

/* After the head: the lists, whose hash is looked at first. */
static bool take_rest(struct live *l, const byte head[HEAD_BYTES], uint64_t size, struct err *err)
{
	size_t n = HEAD_BYTES + l->dead.n * 4 + (size_t)l->nchunks * 8;
	byte *all = malloc(n + 8);
	l->dead.v = calloc(l->dead.n + 1, sizeof *l->dead.v);
	l->dead.bits = calloc((size_t)l->entries / 8 + 1, 1);
	l->ends = calloc((size_t)l->nchunks + 1, sizeof *l->ends);
	l->begin = n + 8;
	bool ok = (all && l->dead.v && l->dead.bits && l->ends) || err_errno(err, ENOMEM, "the list of dead entries");
	ok = ok && read_exactly(l->fd, all, n + 8, 0, err);
	ok = ok && ((memcmp(all, head, HEAD_BYTES) == 0 && get_u64(all + n) == hash64((span){ (char *)all, n })) || damaged("its hash", err));
	ok = ok && take_dead(l, all + HEAD_BYTES, err) && take_ends(l, all + HEAD_BYTES + 4 * l->dead.n, size, err);
	free(all);
	return ok;
}

/* The head is read twice: alone for its counts, then with all
 * that it bounds, so that the hash covers what was believed. */
static bool take_head(struct live *l, struct err *err)
{
	byte head[HEAD_BYTES];
	struct stat st;
	if (fstat(l->fd, &st) != 0)
		return err_errno(err, errno, "the list of dead entries");
	if (!read_exactly(l->fd, head, sizeof head, 0, err))
		return false;
	uint64_t size = (uint64_t)st.st_size, dead = get_u64(head + AT_NUMBERS), entries = get_u64(head + AT_NUMBERS + 16);
	l->nchunks = get_u64(head + AT_NUMBERS + 24);
	/* Before anything is allocated: no number may ask for more than the file has. */
	if (memcmp(head, LIVE_MAGIC, sizeof LIVE_MAGIC - 1) != 0 || entries > UINT32_MAX || dead > entries || dead > size / 4 ||
	    l->nchunks > size / 8 || l->nchunks > entries / CHUNK_ENTRIES + 1 || HEAD_BYTES + 4 * dead + 8 * l->nchunks + 8 > size)
		return damaged("its head", err);
	l->entries = (uint32_t)entries;
	l->dead.n = (size_t)dead;
	l->dead.length = get_u64(head + AT_NUMBERS + 8);
	memcpy(l->identity, head + AT_IDENTITY, POSLIST_IDENTITY);
	return take_rest(l, head, size, err);
}

/* The descriptors are its own from the first line on: whatever fails, they are closed. */
struct lives *lives_open(const int *fds, size_t n, struct err *err)
{
	struct lives *l = calloc(1, sizeof *l + n * sizeof *l->v);
	bool ok = l || err_errno(err, ENOMEM, "the list of dead entries");
	for (size_t i = 0; i < n && !l; i++)
		close(fds[i]);
	if (!l)
		return NULL;
	l->holders = 1;
	l->n = n;
	for (size_t i = 0; i < n; i++)
		l->v[i].fd = fds[i];
	for (size_t i = 0; i < n && ok; i++)
		ok = take_head(&l->v[i], err);
	if (ok)
		return l;
	lives_close(l);
	return NULL;
}

/* Who holds it already may hand it on without a lock. */
struct lives *lives_hold(struct lives *l)
{
	atomic_fetch_add(&l->holders, 1);
	return l;
}

void lives_close(struct lives *l)
{
	if (!l || atomic_fetch_sub(&l->holders, 1) > 1)
		return;
	for (size_t i = 0; i < l->n; i++) {
		close(l->v[i].fd);
		free(l->v[i].dead.v);
		free(l->v[i].dead.bits);
		free(l->v[i].ends);
	}
	free(l);
}

const struct dead *lives_dead(const struct lives *l, size_t shard)
{
	return &l->v[shard].dead;
}

/* Asked once a reader: one that has none is spared every look at dead entries. */
bool lives_any_dead(const struct lives *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].dead.n)
			return true;
	return false;
}

const char *lives_identity(const struct lives *l, size_t shard)
{
	return l->v[shard].identity;
}

uint32_t lives_entries(const struct lives *l, size_t shard)
{
	return l->v[shard].entries;
}

/* The bytes of a chunk, but for its hash: looked at whenever one is read, since
 * opening an index must not read what grows with it. */
static bool chunk_read(const struct live *l, uint64_t chunk, struct arena *a, struct unpack *out, struct err *err)
{
	uint64_t beg = chunk ? l->ends[chunk - 1] : 0;
	size_t n = (size_t)(l->ends[chunk] - beg);
	byte *bytes = arena_raw(a, n, 1);
	if (!read_exactly(l->fd, bytes, n, l->begin + beg, err))
		return false;
	span all = { (char *)bytes, n - 8 };
	*out = (struct unpack){ .rest = all };
	return get_u64(bytes + all.n) == hash64_seed(all, chunk) || damaged("a chunk has another hash", err);
}

/* A number takes a byte at least, so no count can ask for more memory than the chunk has bytes. */
static bool entry_take(struct unpack *u, struct arena *a, struct live_numbers *out, struct err *err)
{
	uint64_t n = take_varint(u);
	if (u->bad || n > NUMBERS_MAX || n > u->rest.n)
		return damaged("a chunk", err);
	*out = (struct live_numbers){ NEWN(a, uint64_t, (size_t)n + 1), (size_t)n };
	for (size_t i = 0; i < n; i++)
		out->v[i] = take_varint(u);
	return !u->bad || damaged("a chunk", err);
}

/* An entry beyond the last chunk has no numbers: its texts begin where their
 * files do. Within a chunk the lists before it are passed over: 255 at most. */
bool lives_numbers(const struct lives *l, uint32_t entry, struct arena *a, struct live_numbers *out, struct err *err)
{
	const struct live *s = &l->v[(entry - 1) % l->n];
	uint32_t own = (uint32_t)((entry - 1) / l->n);
	struct unpack u;
	*out = (struct live_numbers){ 0 };
	if (own / CHUNK_ENTRIES >= s->nchunks)
		return true;
	if (!chunk_read(s, own / CHUNK_ENTRIES, a, &u, err))
		return false;
	/* Lists have no places of their own within a chunk. */
	for (uint32_t i = 0; i < own % CHUNK_ENTRIES; i++)
		for (uint64_t n = take_varint(&u); n && !u.bad; n--)
			take_varint(&u);
	return entry_take(&u, a, out, err);
}

/* Chunk by chunk: each must be whole lists to its last byte. */
bool lives_check(const struct lives *l, struct err *err)
{
	struct arena a = { 0 };
	bool ok = true;
	for (size_t s = 0; s < l->n && ok; s++)
		for (uint64_t c = 0; c < l->v[s].nchunks && ok; c++) {
			struct unpack u;
			struct live_numbers numbers;
			ok = chunk_read(&l->v[s], c, &a, &u, err);
			while (ok && u.rest.n)
				ok = entry_take(&u, &a, &numbers, err);
			arena_reset(&a);
		}
	arena_release(&a);
	return ok;
}
