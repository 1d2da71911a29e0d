#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "indexer/spill.h"

enum { BUFFER = 1 << 20 };

bool spill_open(struct spill *s, const char *dir, struct err *err)
{
	char path[4096];
	*s = (struct spill){ .fd = dir ? -1 : memfd_create("spill", MFD_CLOEXEC) };
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

void spill_close(struct spill *s)
{
	if (s->fd >= 0)
		close(s->fd);
	arena_release(&s->a);
	s->fd = -1;
}

bool spill_flush(struct spill *s, struct err *err)
{
	bool ok = file_write_fd(s->fd, buf_span(&s->buffer), err) || err_context(err, "the spill file of the new generation");
	s->buffer.n = 0;
	return ok;
}

/* A path is kept once, however many documents its file holds. */
static uint32_t path_number(struct spill *s, span path)
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

bool spill_add(struct spill *s, const struct found *f, struct err *err)
{
	size_t cited = f->ncited * sizeof *f->cited;
	if (s->items.n >= NO_ITEM - 1 || f->packed.n > RECORD_MAX_BYTES)
		return err_set(err, ERR_REQUEST, "too many documents, or one too large, for one run");
	*PUSH(&s->a, &s->items) = (struct item){ .at = s->size, .packed = (uint32_t)f->packed.n, .ncited = (uint32_t)f->ncited, .dense = f->dense, .before = f->before,
						 .path = path_number(s, f->path), .beg = f->beg, .address = hash64(f->address),
						 .sketch = f->sketch, .copies = NO_ITEM, .last = NO_ITEM, .next = NO_ITEM };
	s->buffer.a = &s->a;
	if (!s->buffer.cap)
		buf_need(&s->buffer, 2 * BUFFER);
	s->size += cited + f->packed.n;
	buf_put(&s->buffer, (span){ (const char *)f->cited, cited });
	if (f->packed.n > BUFFER) /* not through the buffer, which would keep that size */
		return spill_flush(s, err) && file_write_fd(s->fd, f->packed, err);
	buf_put(&s->buffer, f->packed);
	return s->buffer.n < BUFFER || spill_flush(s, err);
}

static bool read_at(int fd, uint64_t at, char *p, size_t n, struct err *err)
{
	while (n) {
		ssize_t got = pread(fd, p, n, (off_t)at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return err_errno(err, got ? errno : EIO, "the spill file of the new generation");
		p += got;
		at += (uint64_t)got;
		n -= (size_t)got;
	}
	return true;
}

bool spill_raw(const struct spill *s, const struct item *i, struct arena *a, span *out, struct err *err)
{
	char *p = arena_raw(a, i->packed + 1u, 1);
	*out = (span){ p, i->packed };
	return read_at(s->fd, i->at + i->ncited * sizeof(uint64_t), p, i->packed, err);
}

bool spill_packed(const struct spill *s, const struct item *i, struct arena *a, span *packed, struct err *err)
{
	return spill_raw(s, i, a, packed, err) && (!i->dense || record_inflate(*packed, a, packed, err));
}

bool spill_cited(const struct spill *s, const struct item *i, struct arena *a, uint64_t **cited, struct err *err)
{
	*cited = arena_raw(a, i->ncited * sizeof **cited + 1, 16);
	return read_at(s->fd, i->at, (char *)*cited, i->ncited * sizeof **cited, err);
}
