#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "indexer/spill.h"

/* Bytes written, and read ahead, at a time. */
enum { BUFFER = 1 << 20 };

/* In the build directory, so that it lies on the file system that has the room for the index. */
bool spill_open(struct spill *s, const char *dir, struct err *err)
{
	char path[4096];
	*s = (struct spill){ .known_fd = -1, .fd = dir ? -1 : memfd_create("spill", MFD_CLOEXEC) };
	if (!dir)
		return s->fd >= 0 || err_errno(err, errno, "memfd_create");
	if ((size_t)snprintf(path, sizeof path, "%s/spill", dir) >= sizeof path)
		return err_set(err, ERR_REQUEST, "%s: path too long", dir);
	s->fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (s->fd < 0)
		return err_errno(err, errno, "%s", path);
	/* Without a name it is gone with the program, however that ends. */
	unlink(path);
	return true;
}

/* known_fd is the input's. */
void spill_close(struct spill *s)
{
	if (s->fd >= 0)
		close(s->fd);
	arena_release(&s->a);
	s->fd = -1;
}

/* The name of the file is nowhere, so the message says what it is. */
bool spill_flush(struct spill *s, struct err *err)
{
	bool ok = file_write_fd(s->fd, buf_span(&s->buffer), err) || err_context(err, "the spill file of the new generation");
	s->buffer.n = 0;
	return ok;
}

/* A path is kept once, however many documents its file holds. */
uint32_t spill_path(struct spill *s, span path)
{
	bool fresh;
	span key = path;
	s->paths_map.a = &s->a;
	uint32_t *known = map_get(&s->paths_map, path);
	if (known)
		return *known;
	key = arena_dup(&s->a, path);
	uint32_t *n = map_put(&s->paths_map, key, &fresh);
	*n = (uint32_t)s->paths.n;
	*PUSH(&s->a, &s->paths) = key;
	return *n;
}

/* In order, so a document's parts lie side by side and are read back with one call. */
static bool put(struct spill *s, span bytes, struct err *err)
{
	s->size += bytes.n;
	if (bytes.n > BUFFER) /* not through the buffer, which would keep that size */
		return spill_flush(s, err) && file_write_fd(s->fd, bytes, err);
	buf_put(&s->buffer, bytes);
	return s->buffer.n < BUFFER || spill_flush(s, err);
}

void spill_unit(struct spill *s, const struct input_unit *u, span path)
{
	struct input_unit *mine = PUSH(&s->a, &s->units);
	*mine = *u;
	mine->path = spill_path(s, path);
	mine->first = (uint32_t)s->items.n;
	mine->n = 0;
}

/* at := where it begins in the file; parts in the order hashes, compact, record. The key
 * is of the unit's hash and the number in it: the same for the same record in every run. */
bool spill_add(struct spill *s, const struct found *f, struct err *err)
{
	/* Documents belong to the unit that was added last. */
	struct input_unit *u = &s->units.v[s->units.n - 1];
	/* Items are known by 32 bits, and so are the lengths of their parts. */
	if (s->items.n >= NO_ITEM - 1 || f->data.n > UINT32_MAX || f->compact.n > UINT32_MAX)
		return err_set(err, ERR_REQUEST, "too many documents, or one too large, for one run");
	*PUSH(&s->a, &s->items) = (struct item){ .at = s->size, .ncited = (uint32_t)f->ncited, .compact = (uint32_t)f->compact.n,
						 .data = (uint32_t)f->data.n, .lexicon = f->lexicon, .passages = f->passages, .before = f->before,
						 .path = u->path, .unit = (uint32_t)s->units.n - 1, .beg = f->beg, .end = f->end, .key = u->hash[0] ^ hash64_seed(SPAN("document"), u->hash[1] + u->n++),
						 .within = f->within, .name = arena_dup(&s->a, f->address), .address = hash64(f->address), .own = true,
						 .sketch = f->sketch, .copies = NO_ITEM, .last = NO_ITEM, .next = NO_ITEM };
	s->buffer.a = &s->a;
	if (!s->buffer.cap)
		buf_need(&s->buffer, 2 * BUFFER);
	span cited = { (const char *)f->cited, f->ncited * sizeof *f->cited };
	return put(s, cited, err) && put(s, f->compact, err) && put(s, f->data, err);
}

/* An end too early is an I/O error: what was written is gone. */
static bool read_at(int fd, uint64_t at, char *p, size_t n, struct err *err)
{
	if (file_read_at(fd, p, n, at, err) == n)
		return true;
	return err->code ? err_context(err, "the spill file of the new generation") : err_errno(err, EIO, "the spill file of the new generation");
}

/* Behind the hashes. */
static uint64_t compact_at(const struct item *i)
{
	return i->at + i->ncited * sizeof(uint64_t);
}

/* The data of the entry of the served generation that has the record. */
static bool known_data(struct spill *s, const struct item *i, struct arena *a, span *data, struct err *err)
{
	/* A copy's own record is not in the index. When the run has its input, that
	 * is read rather than taking another's: the run begins again (gather_again). */
	s->refused |= i->at_hand && !i->own;
	if (s->refused)
		return err_set(err, ERR_TRY_AGAIN, "%.*s: its own record is not kept", SPAN_ARG(s->paths.v[i->path]));
	return xap_data(s->served, i->entry, a, data, err) || err_context(err, "entry %u of the index (--rebuild starts anew)", i->entry);
}

/* The record alone, as folding wants it. */
bool spill_data(struct spill *s, const struct item *i, struct arena *a, span *data, struct err *err)
{
	if (i->known)
		return known_data(s, i, a, data, err);
	char *p = arena_raw(a, i->data + 1u, 1);
	*data = (span){ p, i->data };
	return read_at(s->fd, compact_at(i) + i->compact, p, i->data, err);
}

/* A known one has no compact: its terms are made again from its record. */
bool spill_document(struct spill *s, const struct item *i, struct arena *a, struct found *out, struct err *err)
{
	out->compact = (span){ 0 };
	if (i->known)
		return spill_data(s, i, a, &out->data, err);
	size_t n = (size_t)i->compact + i->data;
	char *p = arena_raw(a, n + 1, 16);
	out->compact = (span){ p, i->compact };
	out->data = (span){ p + i->compact, i->data };
	return read_at(s->fd, compact_at(i), p, n, err);
}

/* What earlier folding put into a served record is taken out again, and its place is the one it has in this run. */
bool spill_unpack(const struct spill *s, const struct item *i, struct unpacking *u, struct err *err)
{
	span packed;
	struct arena *a = u->a;
	struct record *out = &u->record;
	if (!record_inflate(u->data, a, &packed, err) || !record_unpack(packed, a, out, err))
		return false;
	if (!i->known)
		return true;
	out->versions = (struct spans){ 0 };
	out->sources = (struct sources){ 0 };
	out->copies = i->within;
	*PUSH(a, &out->sources) = (struct source){ .path = s->paths.v[i->path], .beg = i->beg, .end = i->end, .similarity = 1 };
	if (!span_eq(out->doc.address, i->name))
		record_readdress(out, i->name, a);
	return true;
}

/* What known documents cite lies in the file as they follow one another, and is asked for in that order. */
static bool read_ahead(struct spill *s, uint64_t at, size_t n, struct err *err)
{
	if (s->ahead.bytes && at >= s->ahead.at && at + n <= s->ahead.at + s->ahead.n)
		return true;
	if (!s->ahead.bytes)
		s->ahead.bytes = arena_raw(&s->a, BUFFER, 16);
	s->ahead.at = at;
	ssize_t got = pread(s->known_fd, s->ahead.bytes, BUFFER, (off_t)at);
	s->ahead.n = got > 0 ? (size_t)got : 0;
	return s->ahead.n >= n || err_errno(err, got < 0 ? errno : EIO, "the list of what was read");
}

/* Numbers of eight bytes: of the spill as this machine has them, of the file
 * `input` least byte first. More than the buffer holds is read by itself. */
bool spill_cited(struct spill *s, const struct item *i, struct arena *a, uint64_t **cited, struct err *err)
{
	size_t n = i->ncited * sizeof **cited;
	*cited = arena_raw(a, n + 1, 16);
	if (!i->known)
		return read_at(s->fd, i->at, (char *)*cited, n, err);
	if (n > BUFFER && !read_at(s->known_fd, i->at, (char *)*cited, n, err))
		return false;
	if (n && n <= BUFFER && !read_ahead(s, i->at, n, err))
		return false;
	if (n && n <= BUFFER)
		memcpy(*cited, s->ahead.bytes + (i->at - s->ahead.at), n);
	for (uint32_t k = 0; k < i->ncited; k++)
		(*cited)[k] = le64toh((*cited)[k]);
	return true;
}
