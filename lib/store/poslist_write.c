#include "store/poslist_private.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"

/* A multiple of the page: pages begin where the buffer does, and are summed as it is written. */
enum { OUT_BYTES = 64 * PAGE_BYTES };

/* What a block is made of while it fills: numbers as they will be coded. */
struct stream {
	uint32_t *v;
	size_t n, cap;
	uint64_t sum;
};
struct skip {
	uint32_t last, entries;
	size_t bytes;
};
struct poslist_writer {
	struct arena a;
	char *path;
	int fd, error;          /* errno of the first failed write */
	uint64_t written;       /* bytes put, those still in out too */
	struct buf out;
	struct { uint32_t *v; size_t n, cap; } sums;
	struct buf dictionary, index;
	struct poslist_footer footer;
	byte term[KEY_MAX];
	size_t nterm;
	uint32_t entries;       /* of the term */
	/* The block under way. */
	struct stream gaps, counts, firsts, nexts;
	uint32_t before, last;  /* entries: before the block, so far */
	struct buf list, table; /* blocks of the term; the table before them */
	struct { struct skip *v; size_t n, cap; } skips;
	byte previous[KEY_MAX]; /* term in the dictionary */
	size_t nprevious;
	size_t block_from;      /* of the dictionary, where its block begins */
};

/* O_EXCL: a file that is there already is never written over; an index has no file twice. */
struct poslist_writer *poslist_create(const char *path, struct err *err)
{
	struct poslist_writer *w = calloc(1, sizeof *w);
	if (!w) {
		err_errno(err, ENOMEM, "%s", path);
		return NULL;
	}
	w->path = arena_cstr(&w->a, span_of(path));
	w->out.a = w->list.a = w->table.a = w->dictionary.a = w->index.a = &w->a;
	buf_need(&w->out, OUT_BYTES);
	w->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
	if (w->fd >= 0)
		return w;
	err_errno(err, errno, "%s", path);
	poslist_close(w);
	return NULL;
}

/* A file that was not sealed has no footer; whoever had it made removes it. */
void poslist_close(struct poslist_writer *w)
{
	if (!w)
		return;
	if (w->fd >= 0)
		close(w->fd);
	arena_release(&w->a);
	free(w);
}

/* --- the file: bytes in order, a sum for each page --- */

/* A failure is kept and told at sealing: the calls that add lists come by the million and return nothing. */
static void out_flush(struct poslist_writer *w)
{
	struct err ignored = { 0 };
	for (size_t at = 0; at < w->out.n; at += PAGE_BYTES) {
		uint32_t sum = page_sum(span_sub(buf_span(&w->out), at, at + PAGE_BYTES), w->sums.n);
		*PUSH(&w->a, &w->sums) = sum;
	}
	errno = 0;
	/* After one failed write no other is tried: what came after it would stand in the wrong place. */
	if (!w->error && !file_write_fd(w->fd, buf_span(&w->out), &ignored))
		w->error = errno ? errno : EIO;
	w->out.n = 0;
}

/* The buffer is filled to its last byte before it goes, or a page would be summed in two parts. */
static void out_put(struct poslist_writer *w, span s)
{
	w->written += s.n;
	while (s.n) {
		span now = span_sub(s, 0, OUT_BYTES - w->out.n);
		buf_put(&w->out, now);
		s = span_sub(s, now.n, s.n);
		if (w->out.n == OUT_BYTES)
			out_flush(w);
	}
}

/* --- blocks --- */

/* acc holds the n bits, fewer than eight, that do not fill a byte yet. */
struct bit_writer {
	byte *p;
	uint64_t acc;
	unsigned n;
};

/* Eight bytes are written whatever the count, and all but the whole ones again by
 * the next call: that is cheaper than a loop. So eight must be there after the end. */
static inline void bits_put(struct bit_writer *b, uint64_t v, unsigned count)
{
	b->acc |= v << b->n; /* fewer than 8 bits wait, and count is at most 52 */
	b->n += count;
	uint64_t bytes = htole64(b->acc);
	memcpy(b->p, &bytes, sizeof bytes);
	b->p += b->n / 8;
	b->acc >>= b->n & ~7u;
	b->n &= 7;
}

/* A quotient of 20 or more would make codes as long as one likes: it
 * is escaped, so that a code fits 52 bits and one look of the reader. */
static inline void rice_put(struct bit_writer *b, uint32_t v, unsigned k)
{
	uint32_t q = v >> k;
	if (q >= UNARY_MAX) {
		bits_put(b, ((1ull << UNARY_MAX) - 1) | (uint64_t)v << UNARY_MAX, UNARY_MAX + 32);
		return;
	}
	uint64_t low = v & ((1ull << k) - 1);
	bits_put(b, ((1ull << q) - 1) | low << (q + 1), q + 1 + k);
}

/* The parameter with the shortest codes is about the logarithm of the mean. */
static unsigned parameter(const struct stream *s)
{
	uint64_t mean = s->n ? s->sum / s->n : 0, more = 0, less = s->n;
	unsigned k = mean ? 63 - (unsigned)__builtin_clzll(mean) : 0;
	/* What the codes cost by it, and by the one below, but for what both have. */
	for (size_t i = 0; k && i < s->n; i++) {
		more += s->v[i] >> (k - 1);
		less += s->v[i] >> k;
	}
	return more < less ? k - (k > 0) : k;
}

/* Each of the four kinds of numbers has a parameter of its own, for all its codes in the block. */
static void stream_put(struct bit_writer *b, const struct stream *s, unsigned k)
{
	for (size_t i = 0; i < s->n; i++)
		rice_put(b, s->v[i], k);
}

/* Positions go entry by entry, so that a reader may stop at the one it wants. */
static void positions_put(struct bit_writer *b, const struct poslist_writer *w, unsigned first, unsigned next)
{
	for (size_t i = 0, at = 0; i < w->firsts.n; i++) {
		rice_put(b, w->firsts.v[i], first);
		for (uint32_t k = 0; k < w->counts.v[i]; k++)
			rice_put(b, w->nexts.v[at++], next);
	}
}

/* A block is bytes, so that a reader gets to it alone; the last byte is filled with zeros. */
static void block_end(struct poslist_writer *w)
{
	const struct stream *all[4] = { &w->gaps, &w->counts, &w->firsts, &w->nexts };
	size_t codes = w->gaps.n + w->counts.n + w->firsts.n + w->nexts.n, from = w->list.n;
	unsigned k[4];
	if (!w->gaps.n)
		return;
	buf_need(&w->list, codes * CODE_MAX / 8 + 16);
	struct bit_writer b = { .p = (byte *)w->list.p + from };
	for (int i = 0; i < 4; i++) {
		k[i] = parameter(all[i]);
		bits_put(&b, k[i], PARAMETER_BITS);
	}
	stream_put(&b, &w->gaps, k[0]);
	stream_put(&b, &w->counts, k[1]);
	positions_put(&b, w, k[2], k[3]);
	bits_put(&b, 0, b.n ? 8 - b.n : 0);
	w->list.n = (size_t)(b.p - (byte *)w->list.p);
	*PUSH(&w->a, &w->skips) = (struct skip){ w->last, (uint32_t)w->gaps.n, w->list.n - from };
	w->gaps.n = w->counts.n = w->firsts.n = w->nexts.n = 0;
	w->gaps.sum = w->counts.sum = w->firsts.sum = w->nexts.sum = 0;
	w->before = w->last;
}

/* --- terms --- */

/* For each block: its last entry, how many, bytes. One block needs none. */
static void table_make(struct poslist_writer *w)
{
	uint32_t before = 0;
	w->table.n = 0;
	for (size_t i = 0; i < w->skips.n && w->skips.n > 1; i++) {
		buf_varint(&w->table, w->skips.v[i].last - before);
		buf_varint(&w->table, w->skips.v[i].entries);
		buf_varint(&w->table, w->skips.v[i].bytes);
		before = w->skips.v[i].last;
	}
}

/* A new block of terms: the bytes of the one before, which are known only now, then this
 * one's first term and where its list begins. The term is written whole, coded against none. */
static void dictionary_block(struct poslist_writer *w, span term)
{
	if (w->footer.terms)
		buf_varint(&w->index, w->dictionary.n - w->block_from);
	buf_packed(&w->index, term);
	buf_varint(&w->index, w->written);
	w->block_from = w->dictionary.n;
	w->nprevious = 0;
}

/* The lowest bit of the count tells whether a table of blocks leads the list: one block needs none. */
static void dictionary_add(struct poslist_writer *w, span term, size_t bytes)
{
	size_t common = 0;
	if (w->footer.terms % DICTIONARY_TERMS == 0)
		dictionary_block(w, term);
	while (common < w->nprevious && common < term.n && w->previous[common] == (byte)term.p[common])
		common++;
	buf_varint(&w->dictionary, common);
	buf_packed(&w->dictionary, span_sub(term, common, term.n));
	buf_varint(&w->dictionary, (uint64_t)w->entries << 1 | (w->skips.n > 1));
	buf_varint(&w->dictionary, bytes);
	memcpy(w->previous, term.p, term.n);
	w->nprevious = term.n;
	w->footer.terms++;
}

/* A list of one block is that block alone; of several, the length of the table, the table, the blocks. */
static void term_end(struct poslist_writer *w)
{
	byte head[PACK_MAX];
	size_t n = 0;
	if (!w->entries)
		return;
	block_end(w);
	table_make(w);
	if (w->table.n)
		n = (size_t)(pack_uint(head, w->table.n) - head);
	dictionary_add(w, (span){ (char *)w->term, w->nterm }, n + w->table.n + w->list.n);
	out_put(w, (span){ (char *)head, n });
	out_put(w, buf_span(&w->table));
	out_put(w, buf_span(&w->list));
	w->footer.lists += w->entries;
	w->entries = 0;
	w->list.n = w->skips.n = 0;
	w->before = w->last = 0;
}

/* The term before ends here: only now is it known whether its list needs a table in front. */
void poslist_term(struct poslist_writer *w, span term)
{
	ASSERT(term.n > 0 && term.n <= KEY_MAX);
	term_end(w);
	memcpy(w->term, term.p, term.n);
	w->nterm = term.n;
}

/* The sum is kept as numbers come: the parameter needs the mean (parameter). */
static inline void stream_add(struct poslist_writer *w, struct stream *s, uint32_t v)
{
	if (s->n == s->cap)
		s->v = arena_grow(&w->a, s->v, &s->cap, sizeof *s->v);
	s->v[s->n++] = v;
	s->sum += v;
}

/* The gaps between the positions of an entry. */
static void add_nexts(struct poslist_writer *w, const uint32_t *pos, uint32_t n)
{
	struct stream *s = &w->nexts;
	while (s->cap - s->n < n)
		s->v = arena_grow(&w->a, s->v, &s->cap, sizeof *s->v);
	for (uint32_t i = 1; i < n; i++)
		s->v[s->n++] = pos[i] - pos[i - 1] - 1;
	s->sum += pos[n - 1] - pos[0] - (n - 1);
}

/* Numbers are kept as they will be coded, each less one: gaps,
 * counts and positions are never 0, so no code is wasted on that. */
void poslist_entry(struct poslist_writer *w, uint32_t entry, const uint32_t *pos, uint32_t n)
{
	if (w->gaps.n == BLOCK_ENTRIES || w->firsts.n + w->nexts.n >= BLOCK_POSITIONS)
		block_end(w);
	stream_add(w, &w->gaps, entry - w->last - 1);
	stream_add(w, &w->counts, n - 1);
	stream_add(w, &w->firsts, pos[0] - 1);
	if (n > 1)
		add_nexts(w, pos, n);
	w->last = entry;
	w->entries++;
	w->footer.positions += n;
	if (entry > w->footer.entries_most)
		w->footer.entries_most = entry;
}

/* --- sealing --- */

/* Index and sums stand together before the footer, and their hash in it. */
static void tables_put(struct poslist_writer *w)
{
	struct buf tables = { .a = &w->a };
	byte tail[FOOTER_BYTES];
	w->footer.sums = w->written + w->index.n;
	buf_put(&tables, buf_span(&w->index));
	out_put(w, buf_span(&w->index));
	out_flush(w);
	for (size_t i = 0; i < w->sums.n; i++)
		buf_put(&tables, (span){ (char[]){ (char)w->sums.v[i], (char)(w->sums.v[i] >> 8), (char)(w->sums.v[i] >> 16),
						   (char)(w->sums.v[i] >> 24) }, 4 });
	w->footer.end = w->footer.index + tables.n;
	footer_pack(&w->footer, tail);
	put_u64(tail + FOOTER_BYTES - 8, footer_hash(buf_span(&tables), tail));
	buf_put(&w->out, span_sub(buf_span(&tables), w->index.n, tables.n));
	buf_put(&w->out, (span){ (char *)tail, sizeof tail });
}

/* The file has no magic at its front: it is one once its footer is there, so an unfinished file is none. */
bool poslist_seal(struct poslist_writer *w, const char identity[POSLIST_IDENTITY], struct err *err)
{
	term_end(w);
	memcpy(w->footer.identity, identity, POSLIST_IDENTITY);
	if (w->footer.terms)
		buf_varint(&w->index, w->dictionary.n - w->block_from);
	w->footer.dictionary = w->written;
	out_put(w, buf_span(&w->dictionary));
	w->footer.index = w->written;
	tables_put(w);
	if (!w->error && !file_write_fd(w->fd, buf_span(&w->out), err))
		return err_context(err, "%s", w->path);
	if (w->error)
		return err_errno(err, w->error, "write %s", w->path);
	/* The footer is written last but not synced apart: its hash covers
	 * index and sums, and these all pages, so bytes that were lost show. */
	bool ok = fsync(w->fd) == 0 || err_errno(err, errno, "fsync %s", w->path);
	if (close(w->fd) != 0 && ok)
		ok = err_errno(err, errno, "close %s", w->path);
	w->fd = -1;
	return ok;
}
