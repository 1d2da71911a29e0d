/* Writing the file `input`: rows in the order of the input, so that the next run,
 * which asks for what they cite in that order, reads it from front to back. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include "base/file.h"
#include "indexer/input_private.h"

/* Least significant byte first, unpacked: hashes take as many bytes either way. */
static void put_number(struct buf *b, uint64_t v, int bytes)
{
	char p[8];
	for (int i = 0; i < bytes; i++)
		p[i] = (char)(v >> 8 * i);
	buf_put(b, (span){ p, (size_t)bytes });
}

/* Bytes on their way to the file, hashed a chunk at a time. */
struct sink {
	struct arena a;
	struct buf b;
	int fd;
	uint64_t hash, bytes;
	struct err *err;
	bool failed;
};

/* Chunks end where the reader's do, whatever was put at a time: the hash depends on it. */
static void drain(struct sink *s, bool last)
{
	size_t at = 0;
	while (!s->failed && s->b.n - at && (last || s->b.n - at >= CHUNK)) {
		span chunk = { s->b.p + at, s->b.n - at < CHUNK ? s->b.n - at : CHUNK };
		s->hash = hash64_seed(chunk, s->hash);
		s->bytes += chunk.n;
		s->failed = !file_write_fd(s->fd, chunk, s->err);
		at += chunk.n;
	}
	if (at)
		memmove(s->b.p, s->b.p + at, s->b.n - at);
	s->b.n -= at;
}

/* take_sketch of input.c reads it. */
static void put_sketch(struct buf *b, const struct sketch *s)
{
	put_number(b, s->exact, 8);
	buf_varint(b, s->words);
	for (size_t i = 0; i < sizeof s->minhash / sizeof *s->minhash; i++)
		put_number(b, s->minhash[i], 4);
}

/* Members and order are those of take_item. The place of what it cites is not written: that follows row by row. */
static void put_item(struct sink *s, const struct item *y, uint64_t copy_of)
{
	struct buf *b = &s->b;
	put_number(b, y->key, 8);
	buf_packed(b, y->name);
	buf_varint(b, y->beg);
	buf_varint(b, y->end - y->beg);
	buf_varint(b, y->within);
	buf_varint(b, y->passages);
	buf_varint(b, y->suffix);
	put_sketch(b, &y->sketch);
	buf_varint(b, y->ncited);
	/* A copy says of which row it is one, a kept document where it stands. */
	buf_varint(b, copy_of);
	if (!copy_of) {
		buf_varint(b, y->placed);
		put_number(b, y->state, 8);
	}
	drain(s, false);
}

/* A similarity goes as the bits of its float, so that it comes back as it was. */
static void put_pairs(struct sink *s, const struct pairs *p)
{
	buf_varint(&s->b, p->n);
	for (size_t i = 0; i < p->n; i++) {
		uint32_t similarity;
		memcpy(&similarity, &p->v[i].similarity, sizeof similarity);
		put_number(&s->b, p->v[i].of, 8);
		put_number(&s->b, p->v[i].with, 8);
		buf_byte(&s->b, (char)p->v[i].verdict);
		put_number(&s->b, similarity, 4);
		buf_packed(&s->b, span_of(p->v[i].why));
		drain(s, false);
	}
}

/* Units in the order of the input, so that the next run reads what follows them from front to back. */
static const struct input_unit **in_order(const struct spill *s, const struct fold *f, struct arena *a, size_t *n)
{
	const struct input_unit **out = NEWN(a, const struct input_unit *, s->units.n + 1);
	bool *seen = NEWN(a, bool, s->units.n + 1);
	*n = 0;
	for (size_t i = 0; i < f->nplaces; i++) {
		uint32_t u = s->items.v[f->places[i]].unit;
		if (!seen[u])
			out[(*n)++] = &s->units.v[u];
		seen[u] = true;
	}
	return out;
}

struct saved {
	const struct input_unit **units;
	size_t n;
	uint32_t *row; /* by item, from 1; 0: the item is not saved */
};

/* An item that no entry holds, and a copy of one, are as if they had never come. */
static bool lasts(const struct spill *s, const struct item *y)
{
	return s->items.v[y->keep].placed != 0;
}

/* Numbered before anything is written: a copy names the row of what it was folded into. */
static struct saved number_rows(const struct spill *s, const struct fold *f, struct arena *a)
{
	struct saved out = { .row = NEWN(a, uint32_t, s->items.n + 1) };
	uint32_t n = 0;
	out.units = in_order(s, f, a, &out.n);
	for (size_t i = 0; i < out.n; i++)
		for (uint32_t k = out.units[i]->first; k < out.units[i]->first + out.units[i]->n; k++)
			if (lasts(s, &s->items.v[k]))
				out.row[k] = ++n;
	return out;
}

/* A unit that gave less than it holds (an entry was refused) is read again by every run, which then says so. */
static void put_unit(struct sink *k, const struct spill *s, const struct saved *w, const struct input_unit *u)
{
	/* Rows that are saved, which may be fewer than the unit has documents. */
	uint64_t n = 0;
	bool whole = u->lasting;
	for (uint32_t i = u->first; i < u->first + u->n; i++) {
		n += w->row[i] > 0;
		whole &= w->row[i] > 0;
	}
	buf_varint(&k->b, u->path);
	put_number(&k->b, whole ? u->hash[0] : 0, 8);
	put_number(&k->b, whole ? u->hash[1] : 0, 8);
	buf_varint(&k->b, u->at);
	buf_varint(&k->b, n);
	for (uint32_t i = u->first; i < u->first + u->n; i++) {
		const struct item *y = &s->items.v[i];
		if (w->row[i])
			put_item(k, y, y->keep == i ? 0 : w->row[y->keep]);
	}
}

/* In the order of the rows, without counts: each row has its own. */
static bool put_cited(struct sink *k, struct spill *s, const struct saved *w)
{
	struct arena a = { 0 };
	bool ok = true;
	for (size_t u = 0; u < w->n && ok; u++)
		for (uint32_t i = w->units[u]->first; i < w->units[u]->first + w->units[u]->n && ok; i++) {
			uint64_t *cited;
			if (!w->row[i])
				continue;
			ok = spill_cited(s, &s->items.v[i], &a, &cited, k->err);
			for (uint32_t c = 0; ok && c < s->items.v[i].ncited; c++)
				put_number(&k->b, cited[c], 8);
			arena_reset(&a);
			drain(k, false);
			ok &= !k->failed;
		}
	arena_release(&a);
	return ok;
}

/* pwrite at the front; the rest goes on behind it. */
static bool put_head(struct sink *k, const uint64_t numbers[3])
{
	struct buf head = { .a = &k->a };
	buf_put(&head, SPAN(INPUT_MAGIC));
	for (int i = 0; i < 3; i++)
		put_number(&head, numbers[i], 8);
	return pwrite(k->fd, head.p, head.n, 0) == (ssize_t)head.n || err_errno(k->err, errno, "the list of what was read");
}

/* shards: files of a full build; how many of this generation's come from one. */
static bool put_all(struct sink *k, struct spill *s, const struct fold *f, const size_t shards[2])
{
	uint64_t numbers[3] = { 0 };
	struct saved w = number_rows(s, f, &k->a);
	/* Zeros until all is there: a head that has its numbers closes a whole file. */
	if (!put_head(k, numbers) || lseek(k->fd, HEAD_BYTES, SEEK_SET) != HEAD_BYTES)
		return false;
	buf_varint(&k->b, shards[0]);
	buf_varint(&k->b, shards[1]);
	buf_varint(&k->b, s->paths.n);
	for (size_t i = 0; i < s->paths.n; i++)
		buf_packed(&k->b, s->paths.v[i]);
	buf_varint(&k->b, w.n);
	for (size_t i = 0; i < w.n; i++)
		put_unit(k, s, &w, w.units[i]);
	put_pairs(k, &f->pairs);
	drain(k, true);
	numbers[0] = k->bytes;
	numbers[1] = k->hash;
	/* What is cited has a hash of its own, from here on. */
	k->hash = 0;
	if (k->failed || !put_cited(k, s, &w))
		return false;
	drain(k, true);
	numbers[2] = k->hash;
	return !k->failed && put_head(k, numbers);
}

/* Not synced here: index_publish syncs and hashes it with the rest. */
bool input_save(const char *path, struct spill *s, const struct fold *f, const size_t shards[2], struct err *err)
{
	struct sink k = { .err = err };
	k.b.a = &k.a;
	k.fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	bool ok = k.fd >= 0 || err_errno(err, errno, "%s", path);
	ok = ok && (put_all(&k, s, f, shards) || err_context(err, "%s", path));
	if (k.fd >= 0 && close(k.fd) != 0 && ok)
		ok = err_errno(err, errno, "%s", path);
	arena_release(&k.a);
	return ok;
}
