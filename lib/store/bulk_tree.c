#include "store/bulk_tree.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include "base/file.h"
#include "base/hash.h"

enum {
	HEADER_BYTES = 11,
	REVISION = 1,
	BRANCH_BYTES = 7, /* of a branch item besides its key */
	ITEM_MAX = (BLOCK_BYTES - HEADER_BYTES - 8) / 4, /* stock's: four items fit a block, so it may be updated */
	SPLIT_MIN = 512,  /* smaller items move to the next leaf whole, which saves a read */
	PIECE_MIN = 64,   /* least of a tag that is worth an item of its own */
	BUFFER_BYTES = 64 * BLOCK_BYTES,
	COMPRESSED = 0x8000, LAST = 0x4000, FIRST = 0x2000
};

struct separator {
	byte key[KEY_MAX];
	size_t n;
	uint16_t component;
};
struct tree_level {
	struct separator first; /* goes up with the block */
	size_t dir_end, low;    /* free bytes of the block lie between */
	byte block[BLOCK_BYTES];
};

static void put16(byte *p, size_t v)
{
	p[0] = (byte)(v >> 8);
	p[1] = (byte)v;
}

static void put32(byte *p, uint32_t v)
{
	put16(p, v >> 16);
	put16(p + 2, v & 0xffff);
}

/* --- the file --- */

bool blocks_open(struct blocks *f, const char *path, struct arena *a, struct err *err)
{
	*f = (struct blocks){ .path = path, .next = 1 };
	f->fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
	if (f->fd < 0)
		return err_errno(err, errno, "%s", path);
	f->buffer = arena_raw(a, BUFFER_BYTES, 16);
	/* Block 0 is zeros until blocks_finish: without the magic it is no database. */
	memset(f->buffer, 0, BLOCK_BYTES);
	f->n = BLOCK_BYTES;
	return true;
}

/* After a failed write nothing more is written: finishing tells the first error. */
static void blocks_flush(struct blocks *f)
{
	struct err ignored = { 0 };
	errno = 0;
	if (!f->error && !file_write_fd(f->fd, (span){ (char *)f->buffer, f->n }, &ignored))
		f->error = errno ? errno : EIO;
	f->n = 0;
}

/* Both hashes depend on the order of blocks: equal bytes in another place give another file. */
uint32_t blocks_put(struct blocks *f, const byte *block)
{
	span s = { (const char *)block, BLOCK_BYTES };
	f->hash[0] = hash64_seed(s, f->hash[0] + f->next);
	f->hash[1] = f->hash[1] * 0x9E3779B97F4A7C15u ^ f->hash[0];
	if (f->n == BUFFER_BYTES)
		blocks_flush(f);
	memcpy(f->buffer + f->n, block, BLOCK_BYTES);
	f->n += BLOCK_BYTES;
	return f->next++;
}

bool blocks_finish(struct blocks *f, span head, struct err *err)
{
	ASSERT(head.n <= BLOCK_BYTES);
	blocks_flush(f);
	if (f->error)
		return err_errno(err, f->error, "write %s", f->path);
	if (pwrite(f->fd, head.p, head.n, 0) != (ssize_t)head.n)
		return err_errno(err, errno, "write %s", f->path);
	if (fsync(f->fd) != 0)
		return err_errno(err, errno, "fsync %s", f->path);
	return true;
}

/* --- blocks of a tree --- */

/* Directory entries grow from the front, items from the back; free is what lies between. */
static size_t gap(const struct tree_level *l)
{
	return l->low - l->dir_end;
}

static struct tree_level *level_get(struct tree *t, unsigned n)
{
	ASSERT(n < TREE_LEVELS);
	if (n == t->nlevels) {
		t->level[n] = NEW(t->a, struct tree_level);
		t->level[n]->dir_end = HEADER_BYTES;
		t->level[n]->low = BLOCK_BYTES;
		t->nlevels++;
	}
	return t->level[n];
}

/* Room for an item of `size` bytes, which the caller has found to fit. */
static byte *level_item(struct tree_level *l, size_t size)
{
	l->low -= size;
	put16(l->block + l->dir_end, l->low);
	l->dir_end += 2;
	return l->block + l->low;
}

/* Header of 11 bytes: revision, level, free bytes in one piece and in all,
 * end of the directory. Nothing is ever taken out, so both are the gap. */
static uint32_t level_write(struct tree *t, unsigned n)
{
	struct tree_level *l = t->level[n];
	byte *b = l->block;
	put32(b, REVISION);
	b[4] = (byte)n;
	put16(b + 5, gap(l));
	put16(b + 7, gap(l));
	put16(b + 9, l->dir_end);
	memset(b + l->dir_end, 0, gap(l)); /* the bytes depend on the entries alone */
	l->dir_end = HEADER_BYTES;
	l->low = BLOCK_BYTES;
	return blocks_put(t->file, b);
}

static void branch_item(struct tree_level *l, const struct separator *s, uint32_t child)
{
	byte *p = level_item(l, s->n + BRANCH_BYTES);
	put32(p, child);
	p[4] = (byte)s->n;
	memcpy(p + 5, s->key, s->n);
	put16(p + 5 + s->n, s->component);
}

/* Hands a written block to its parent. The first item of a branch block is
 * never compared, so it has the null key, and its separator moves up with it. */
static void branch_add(struct tree *t, unsigned n, const struct separator *s, uint32_t child)
{
	static const struct separator none;
	struct tree_level *l = level_get(t, n);
	if (gap(l) < s->n + BRANCH_BYTES + 2) {
		struct separator up = l->first;
		uint32_t full = level_write(t, n);
		branch_add(t, n + 1, &up, full); /* at most TREE_LEVELS deep */
	}
	if (l->dir_end == HEADER_BYTES)
		l->first = *s;
	branch_item(l, l->dir_end == HEADER_BYTES ? &none : s, child);
}

/* --- leaves --- */

/* The shortest key that parts the leaf before from the one that begins with key. */
static struct separator part(const struct tree *t, span key, uint16_t component)
{
	struct separator s = { .component = component };
	size_t most = key.n < t->nprevious ? key.n : t->nprevious;
	size_t common = 0;
	while (common < most && (byte)key.p[common] == t->previous[common])
		common++;
	s.n = common < key.n ? common + 1 : key.n;
	pack_bytes(s.key, span_sub(key, 0, s.n));
	return s;
}

/* The last item of the leaf lies lowest: its key is what the next leaf is parted from. */
static void leaf_write(struct tree *t)
{
	struct tree_level *leaf = t->level[0];
	const byte *last = leaf->block + leaf->low;
	t->nprevious = last[2];
	memcpy(t->previous, last + 3, last[2]);
	uint32_t number = level_write(t, 0);
	branch_add(t, 1, &leaf->first, number);
}

struct piece {
	span key, tag;
	unsigned flags;     /* COMPRESSED, LAST, FIRST */
	uint16_t component; /* 1, 2, 3, ... */
};

static size_t head_bytes(const struct piece *c)
{
	return 3 + c->key.n + (c->component > 1 ? 2 : 0);
}

/* Item: flags and size less 3, length of the key, key, number
 * of the component from the second on, a piece of the tag. */
static void leaf_item(struct tree *t, const struct piece *c)
{
	struct tree_level *leaf = t->level[0];
	size_t size = head_bytes(c) + c->tag.n;
	if (leaf->dir_end == HEADER_BYTES)
		leaf->first = part(t, c->key, c->component);
	byte *p = level_item(leaf, size);
	put16(p, c->flags | (size - 3));
	p[2] = (byte)c->key.n;
	p = pack_bytes(p + 3, c->key);
	if (c->component > 1) {
		put16(p, c->component);
		p += 2;
	}
	pack_bytes(p, c->tag);
}

/* A tag too long for one item, or better cut to fill the leaf: in pieces that
 * use up what is left of a leaf. */
static void leaf_pieces(struct tree *t, struct piece c, span tag)
{
	for (c.component = 1; c.component == 1 || tag.n; c.component++) {
		size_t head = head_bytes(&c), least = tag.n < PIECE_MIN ? tag.n : PIECE_MIN;
		if (gap(t->level[0]) < head + least + 2)
			leaf_write(t);
		size_t room = gap(t->level[0]) - 2 < ITEM_MAX ? gap(t->level[0]) - 2 : ITEM_MAX;
		c.tag = span_sub(tag, 0, room - head);
		tag = span_sub(tag, c.tag.n, tag.n);
		ASSERT(c.component < UINT16_MAX);
		c.flags = (c.flags & COMPRESSED) | (c.component == 1 ? FIRST : 0) | (tag.n ? 0 : LAST);
		leaf_item(t, &c);
	}
}

void tree_add(struct tree *t, span key, span tag, bool deflated)
{
	struct piece c = { key, tag, LAST | FIRST | (deflated ? COMPRESSED : 0), 1 };
	size_t size = 3 + key.n + tag.n;
	if (!t->nlevels) { /* iteration begins at an empty key, which must be there */
		level_get(t, 0);
		leaf_item(t, &(struct piece){ .flags = LAST | FIRST, .component = 1 });
	}
	t->entries++;
	bool fits = size + 2 <= gap(t->level[0]);
	if (size > ITEM_MAX || (!fits && size > SPLIT_MIN)) {
		leaf_pieces(t, c, tag);
		return;
	}
	if (!fits)
		leaf_write(t);
	leaf_item(t, &c);
}

/* From the leaves up: each level's unfinished block goes to its parent.
 * The topmost block is the root; with no level at all the table is empty. */
void tree_finish(struct tree *t)
{
	for (unsigned n = 0; n < t->nlevels; n++) {
		if (n + 1 == t->nlevels) {
			t->root = level_write(t, n);
			return;
		}
		if (n == 0) {
			leaf_write(t);
		} else {
			uint32_t number = level_write(t, n);
			branch_add(t, n + 1, &t->level[n]->first, number);
		}
	}
}
