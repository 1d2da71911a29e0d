#include "indexer/input_private.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/file.h"
#include "indexer/crosswalk.h"

/* As take_varint, of so many bytes: hashes are as long packed as not. */
static uint64_t take_number(struct unpack *u, int bytes)
{
	uint64_t v = 0;
	if (u->rest.n < (size_t)bytes) {
		u->bad = true;
		u->rest.n = 0;
		return 0;
	}
	for (int i = 0; i < bytes; i++)
		v |= (uint64_t)(unsigned char)u->rest.p[i] << 8 * i;
	u->rest.p += bytes;
	u->rest.n -= (size_t)bytes;
	return v;
}

/* Such an index can still be searched: only an update needs the list. */
static bool damaged(struct err *err)
{
	return err_set(err, ERR_DAMAGED, "the list of what was read is damaged (--rebuild starts anew)");
}

/* pread: the offset of the descriptor is never relied on. */
static bool read_exactly(int fd, char *p, size_t n, uint64_t at, struct err *err)
{
	while (n) {
		ssize_t got = pread(fd, p, n, (off_t)at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got ? err_errno(err, errno, "the list of what was read") : damaged(err);
		p += got;
		at += (uint64_t)got;
		n -= (size_t)got;
	}
	return true;
}

/* A part of the file by its place; of what is cited, only the hash is looked at here. */
struct stretch {
	uint64_t at, n;
	char *keep; /* null: they are hashed only */
};
/* Its bytes, which have the hash that they were written with. */
static bool hash_part(int fd, struct stretch p, uint64_t want, struct err *err)
{
	char *chunk = malloc(CHUNK);
	bool ok = chunk || err_errno(err, ENOMEM, "the list of what was read");
	uint64_t hash = 0;
	for (uint64_t done = 0; ok && done < p.n;) {
		size_t now = p.n - done < CHUNK ? (size_t)(p.n - done) : CHUNK;
		char *to = p.keep ? p.keep + done : chunk;
		ok = read_exactly(fd, to, now, p.at + done, err);
		hash = ok ? hash64_seed((span){ to, now }, hash) : 0;
		done += now;
	}
	free(chunk);
	return ok && (hash == want || damaged(err));
}

/* As put_sketch of input_save.c writes it: h, words packed, 24 numbers of four bytes. */
static void take_sketch(struct unpack *u, struct sketch *s)
{
	s->exact = take_number(u, 8);
	s->words = take_u32(u);
	for (size_t i = 0; i < sizeof s->minhash / sizeof *s->minhash; i++)
		s->minhash[i] = (uint32_t)take_number(u, 4);
}

/* Counts need no bounds of their own: every row takes bytes, and want of them ends it. */
static void take_item(struct input *in, struct unpack *u, uint64_t *cited)
{
	struct known *k = PUSH(&in->a, &in->rows);
	struct item *y = &k->item;
	*y = (struct item){ .at = *cited, .known = true, .own = true, .keep = NO_ITEM, .copies = NO_ITEM, .last = NO_ITEM, .next = NO_ITEM };
	k->unit = (uint32_t)in->units.n - 1;
	y->key = take_number(u, 8);
	y->name = take_packed(u);
	y->address = hash64(y->name);
	y->beg = take_varint(u);
	y->end = y->beg + take_varint(u);
	y->within = take_u32(u);
	y->passages = take_u32(u);
	y->before = take_u32(u);
	y->before = y->before ? y->before : 1; /* not 0: it is no news that an address has two texts */
	take_sketch(u, &y->sketch);
	y->ncited = take_u32(u);
	*cited += 8 * (uint64_t)y->ncited;
	k->copy_of = take_u32(u) - 1; /* 0: none, which is NO_ITEM */
	if (k->copy_of != NO_ITEM)
		return;
	y->entry = take_u32(u);
	y->state = take_number(u, 8);
}

/* Path, two hashes, place, number of documents, documents (docs/index-format.md).
 * Hashes of zeros mark a unit that every run reads again. */
static void take_unit(struct input *in, struct unpack *u, uint64_t *cited)
{
	struct known_unit *k = PUSH(&in->a, &in->units);
	k->path = take_u32(u);
	k->unit.hash[0] = take_number(u, 8);
	k->unit.hash[1] = take_number(u, 8);
	k->unit.lasting = k->unit.hash[0] || k->unit.hash[1];
	k->unit.at = take_varint(u);
	k->unit.first = (uint32_t)in->rows.n;
	k->unit.n = take_u32(u);
	k->next = NO_ITEM;
	/* Paths stand before units, so their number is known. */
	u->bad |= k->path >= in->paths.n;
	for (uint32_t i = 0, n = k->unit.n; i < n && !u->bad; i++)
		take_item(in, u, cited);
}

/* The verdict saves comparing the texts again; what it says is no more than was said then. */
static void take_pairs(struct input *in, struct unpack *u)
{
	for (uint64_t n = take_varint(u); n && !u->bad; n--) {
		struct pair *p = PUSH(&in->a, &in->pairs);
		p->of = take_number(u, 8);
		p->with = take_number(u, 8);
		p->verdict = (uint8_t)take_number(u, 1);
		uint32_t similarity = (uint32_t)take_number(u, 4);
		memcpy(&p->similarity, &similarity, sizeof similarity);
		p->why = arena_cstr(&in->a, take_packed(u));
	}
}

/* Entry e of shard s of n has the number (e - 1) n + s + 1 (store/xap.h): a row must name an entry that there is. */
static bool is_entry(const struct manifest *m, uint32_t entry)
{
	return entry && (entry - 1) / m->nshards < m->shards[(entry - 1) % m->nshards].entries;
}

/* A copy's record is that of the document that it is a copy of. All documents of the
 * generation are here, and no others. */
static bool find_records(struct input *in, const struct manifest *m)
{
	size_t documents = 0;
	for (size_t i = 0; i < in->rows.n; i++) {
		struct known *k = &in->rows.v[i];
		if (k->copy_of == NO_ITEM) {
			documents++;
			if (!is_entry(m, k->item.entry))
				return false;
			continue;
		}
		if (k->copy_of >= in->rows.n || in->rows.v[k->copy_of].copy_of != NO_ITEM)
			return false;
		k->item.entry = in->rows.v[k->copy_of].item.entry;
		k->item.own = false;
	}
	return documents == m->documents;
}

/* Newest first into the chains, so that they are in the order of the input. */
static void index_units(struct input *in)
{
	in->nheads = 64;
	while (in->nheads < 2 * in->units.n)
		in->nheads *= 2;
	in->heads = NEWN(&in->a, uint32_t, in->nheads);
	memset(in->heads, 0xFF, in->nheads * sizeof *in->heads);
	for (uint32_t i = (uint32_t)in->units.n; i-- > 0;) {
		uint32_t *head = &in->heads[in->units.v[i].unit.hash[0] & (in->nheads - 1)];
		in->units.v[i].next = *head;
		*head = i;
	}
}

/* Rows to the last byte: what is left over, or wanting, is damage. */
static bool parse(struct input *in, span rows, uint64_t cited, const struct manifest *m)
{
	struct unpack u = { .rest = rows };
	uint64_t at = cited;
	/* Shards of a full build, how many of these come from one, then paths, units, pairs. */
	in->shards = take_u32(&u);
	in->base = take_u32(&u);
	for (uint64_t n = take_varint(&u); n && !u.bad; n--)
		*PUSH(&in->a, &in->paths) = take_packed(&u);
	for (uint64_t n = take_varint(&u); n && !u.bad; n--)
		take_unit(in, &u, &at);
	take_pairs(in, &u);
	return !u.bad && !u.rest.n && in->shards >= 1 && in->shards <= SHARDS_MAX && in->base <= m->nshards && find_records(in, m);
}

/* Both hashes are looked at before a single row is believed. What is
 * cited stays on disk: it is the larger part, and is asked for once. */
static bool load(struct input *in, const struct manifest *m, struct err *err)
{
	uint64_t size = m->input_bytes;
	char head[HEAD_BYTES];
	if (size < HEAD_BYTES)
		return damaged(err);
	if (!read_exactly(in->fd, head, sizeof head, 0, err))
		return false;
	struct unpack u = { .rest = { head + 16, sizeof head - 16 } };
	uint64_t rows = take_number(&u, 8), rows_hash = take_number(&u, 8), cited_hash = take_number(&u, 8);
	if (memcmp(head, INPUT_MAGIC, 16) != 0 || rows > size - HEAD_BYTES)
		return damaged(err);
	struct stretch list = { HEAD_BYTES, rows, arena_raw(&in->a, (size_t)rows + 1, 1) }, cited = { HEAD_BYTES + rows, size - HEAD_BYTES - rows, NULL };
	if (!hash_part(in->fd, list, rows_hash, err) || !hash_part(in->fd, cited, cited_hash, err))
		return false;
	if (!parse(in, (span){ list.keep, (size_t)rows }, cited.at, m))
		return damaged(err);
	index_units(in);
	return true;
}

/* Without the list nothing can be told from what is served: such an index is made anew, not updated. */
bool input_load(struct input *in, const struct generation *g, struct err *err)
{
	*in = (struct input){ .fd = generation_input(g, err) };
	if (in->fd >= 0)
		return load(in, generation_manifest(g), err);
	return err->code == ERR_NONE ? err_set(err, ERR_DAMAGED, "the index has no list of what was read (--rebuild starts anew)") : false;
}

/* The spill reads by this descriptor once all is carried: not before it is done. */
void input_close(struct input *in)
{
	if (in->fd >= 0)
		close(in->fd);
	in->fd = -1;
	arena_release(&in->a);
}

/* A version of the program is enough to read all again: what it makes of a
 * text may differ. Packed fields, so that no two sets of options print alike. */
uint64_t input_seed(const struct index_options *o)
{
	struct arena a = { 0 };
	struct buf b = { .a = &a };
	const struct mapping *m = &o->mapping;
	buf_printf(&b, "%s %d %d %d\n", PINCITE_VERSION, INDEX_FORMAT, (int)o->reader, m->mapped);
	for (int i = 0; i < FROM_COUNT; i++) {
		buf_packed(&b, m->path[i]);
		buf_packed(&b, m->value[i]);
	}
	for (size_t i = 0; m->crosswalk && i < m->crosswalk->n; i++) {
		buf_packed(&b, m->crosswalk->v[i].from.address);
		buf_packed(&b, m->crosswalk->v[i].from.source);
		buf_packed(&b, m->crosswalk->v[i].to);
	}
	uint64_t seed = hash64(buf_span(&b));
	arena_release(&a);
	return seed;
}

/* 128 bits by two seeds: a chance likeness would leave a changed text unseen. */
void input_hash(span bytes, uint64_t seed, uint64_t out[2])
{
	out[0] = hash64_seed(bytes, seed);
	out[1] = hash64_seed(bytes, ~seed);
}

/* The record of a copy is not kept: should what it was folded into be gone or changed, the
 * copy must be read. The input comes in nearly the order of fold, so that what
 * is kept has been looked for before its copies; where it has not, they are read in vain. */
static bool may_tell(const struct input *in, const struct known_unit *k)
{
	for (uint32_t i = k->unit.first; i < k->unit.first + k->unit.n; i++) {
		uint32_t of = in->rows.v[i].copy_of;
		const struct known_unit *kept = of == NO_ITEM ? k : &in->units.v[in->rows.v[of].unit];
		if (kept != k && !kept->told)
			return false;
	}
	return true;
}

/* Where the unit begins is not part of its hash: a line that
 * only moved is told, and its new place noted (store/live). */
bool input_tell(struct input *in, const struct input_unit *u)
{
	if (in->closed || !in->nheads)
		return false;
	for (uint32_t i = in->heads[u->hash[0] & (in->nheads - 1)]; i != NO_ITEM; i = in->units.v[i].next) {
		struct known_unit *k = &in->units.v[i];
		/* The same line twice is two units: each stands for one of the input. */
		if (k->told || !k->unit.lasting || k->unit.hash[0] != u->hash[0] || k->unit.hash[1] != u->hash[1] || !may_tell(in, k))
			continue;
		k->told = k->read = true;
		in->moved |= k->unit.at != u->at;
		k->unit.at = u->at;
		return true;
	}
	return false;
}

/* Items of one unit stand together, as spill_unit and spill_add would
 * have put them. What the run has its input for is at hand (struct item). */
void input_carry(struct input *in, struct spill *s)
{
	s->known_fd = in->fd;
	for (size_t i = 0; i < in->units.n; i++) {
		const struct known_unit *k = &in->units.v[i];
		if (!k->told)
			continue;
		in->ntold++;
		struct input_unit *u = PUSH(&s->a, &s->units);
		*u = k->unit;
		u->path = spill_path(s, in->paths.v[k->path]);
		u->first = (uint32_t)s->items.n;
		for (uint32_t r = k->unit.first; r < k->unit.first + k->unit.n; r++) {
			struct item *y = PUSH(&s->a, &s->items);
			*y = in->rows.v[r].item;
			y->path = u->path;
			y->unit = (uint32_t)s->units.n - 1;
			y->at_hand = k->read;
		}
	}
}
