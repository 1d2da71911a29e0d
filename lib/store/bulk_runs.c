#include "store/bulk_runs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/file.h"

enum { WRITE_BYTES = 1 << 20, READ_LEAST = 16 << 10, READ_MOST = 1 << 20, HEAD_MAX = 4 * PACK_MAX };

/* --- spilling --- */

/* Without a name from the start, or at once: a run is gone with the program, however that ends. */
static int temporary(const char *dir, struct err *err)
{
	int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0)
		return fd;
	char path[4096]; /* a file system without O_TMPFILE */
	if ((size_t)snprintf(path, sizeof path, "%s/run-XXXXXX", dir) >= sizeof path) {
		err_set(err, ERR_IO, "%s: path too long", dir);
		return -1;
	}
	fd = mkostemp(path, O_CLOEXEC);
	if (fd < 0)
		err_errno(err, errno, "temporary file in %s", dir);
	else
		unlink(path);
	return fd;
}

/* bytes counts what the file has, so a run's place is known without asking for it. */
static bool write_out(struct runs *r, struct err *err)
{
	r->bytes += r->out.n;
	bool ok = file_write_fd(r->fd, buf_span(&r->out), err) || err_context(err, "spilling to %s", r->tmpdir);
	r->out.n = 0;
	return ok;
}

/* All runs lie in one file, one behind another. */
bool runs_begin(struct runs *r, struct err *err)
{
	if (!r->open && (r->fd = temporary(r->tmpdir, err)) < 0)
		return false;
	r->open = true;
	r->out.a = &r->a;
	if (!r->out.cap)
		buf_need(&r->out, WRITE_BYTES);
	*PUSH(&r->a, r) = (struct run){ .beg = r->bytes };
	return true;
}

bool runs_list(struct runs *r, span key, span body, struct err *err)
{
	buf_packed(&r->out, key);
	buf_varint(&r->out, body.n);
	/* A body that does not fit goes beside the buffer, which would keep its size. */
	if (r->out.n + body.n <= r->out.cap) {
		buf_put(&r->out, body);
	} else {
		r->bytes += body.n;
		if (!write_out(r, err) || !file_write_fd(r->fd, body, err))
			return false;
	}
	return r->out.n + KEY_MAX + 2 * PACK_MAX < r->out.cap || write_out(r, err);
}

/* Written out, so that the run can be read back by its place. */
bool runs_end(struct runs *r, struct err *err)
{
	bool ok = write_out(r, err);
	r->v[r->n - 1].end = r->bytes;
	return ok;
}

void runs_close(struct runs *r)
{
	if (r->open)
		close(r->fd);
	r->open = false;
	arena_release(&r->a);
}

/* --- merging --- */

/* The lists of one run, in order of keys. */
struct source {
	span key;                   /* of the list that is next */
	uint64_t size;
	int fd;                     /* bytes [at, end) of it are not in the buffer yet */
	uint64_t at, end;
	struct buf in;
	size_t taken;               /* of in */
	char own[KEY_MAX];          /* where key lies */
	uint32_t order;
	struct err *err;
};

/* At least `need` bytes in the buffer, or all that is left. */
static bool source_fill(struct source *s, size_t need)
{
	size_t have = s->in.n - s->taken;
	if (have >= need || s->at == s->end)
		return true;
	memmove(s->in.p, s->in.p + s->taken, have);
	s->taken = 0;
	s->in.n = have;
	if (need > s->in.cap)
		buf_need(&s->in, need - have);
	/* As much as there is room for, not only what is needed: reads are large. */
	while (s->in.n < s->in.cap && s->at < s->end) {
		uint64_t room = s->in.cap - s->in.n, left = s->end - s->at;
		ssize_t got = pread(s->fd, s->in.p + s->in.n, (size_t)(room < left ? room : left), (off_t)s->at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return err_errno(s->err, got ? errno : EIO, "reading back what was spilled");
		s->in.n += (size_t)got;
		s->at += (uint64_t)got;
	}
	return true;
}

/* A head may lie across the end of the buffer, so enough for the longest is there before it is read. */
static bool source_next(struct source *s, bool *more)
{
	if (!source_fill(s, HEAD_MAX + KEY_MAX))
		return false;
	*more = s->taken < s->in.n;
	if (!*more)
		return true;
	struct unpack u = { .rest = span_sub(buf_span(&s->in), s->taken, s->in.n) };
	span key = take_packed(&u);
	u.bad |= key.n > KEY_MAX;
	s->key = (span){ s->own, key.n };
	if (!u.bad)
		memcpy(s->own, key.p, key.n);
	s->size = take_varint(&u);
	s->taken = s->in.n - u.rest.n;
	return u.bad ? err_set(s->err, ERR_IO, "what was spilled came back damaged") : true;
}

/* The bytes of the list that is next, in one piece. */
static bool source_body(struct source *s, span *out)
{
	if (!source_fill(s, s->size))
		return false;
	*out = span_sub(buf_span(&s->in), s->taken, s->taken + s->size);
	s->taken += s->size;
	return out->n == s->size || err_set(s->err, ERR_IO, "what was spilled is cut short");
}

/* A binary heap of sources: least key first, then the older run. */
struct heap {
	struct source **v;
	size_t n;
};

static bool before(const struct source *a, const struct source *b)
{
	int c = span_cmp(a->key, b->key);
	return c ? c < 0 : a->order < b->order;
}

static void swap(struct source **a, struct source **b)
{
	struct source *keep = *a;
	*a = *b;
	*b = keep;
}

static void heap_push(struct heap *h, struct source *s)
{
	size_t i = h->n++;
	for (h->v[i] = s; i && before(h->v[i], h->v[(i - 1) / 2]); i = (i - 1) / 2)
		swap(&h->v[i], &h->v[(i - 1) / 2]);
}

static struct source *heap_pop(struct heap *h)
{
	struct source *top = h->v[0];
	h->v[0] = h->v[--h->n];
	for (size_t i = 0;;) {
		size_t least = i;
		for (size_t child = 2 * i + 1; child <= 2 * i + 2 && child < h->n; child++)
			if (before(h->v[child], h->v[least]))
				least = child;
		if (least == i)
			return top;
		swap(&h->v[i], &h->v[least]);
		i = least;
	}
}

struct merge {
	struct heap heap;
	struct source **group; /* the sources that hold the least key, in order */
	size_t ngroup;
	const struct merge_sink *sink;
	struct err *err;
};

/* A source goes back into the heap by its next key; one that is at its end stays out. */
static bool advance(struct merge *m, struct source *s)
{
	bool more;
	if (!source_next(s, &more))
		return false;
	if (more)
		heap_push(&m->heap, s);
	return true;
}

/* All sources that stand at the least key, older runs first: entries
 * ascend from run to run, so their lists are one list one after another. */
static bool merge_key(struct merge *m)
{
	m->ngroup = 0;
	do
		m->group[m->ngroup++] = heap_pop(&m->heap);
	while (m->heap.n && span_eq(m->heap.v[0]->key, m->group[0]->key));
	m->sink->begin(m->sink->self, m->group[0]->key);
	for (size_t i = 0; i < m->ngroup; i++) {
		span body;
		if (!source_body(m->group[i], &body))
			return false;
		m->sink->body(m->sink->self, body);
	}
	m->sink->end(m->sink->self);
	for (size_t i = 0; i < m->ngroup; i++)
		if (!advance(m, m->group[i]))
			return false;
	return true;
}

/* Memory is shared out among the sources, within bounds. A longer list widens its buffer. */
bool runs_merge(struct runs *r, size_t memory, const struct merge_sink *sink, struct err *err)
{
	struct arena a = { 0 };
	struct merge m = { .sink = sink, .err = err };
	struct source *v = NEWN(&a, struct source, r->n + 1);
	m.heap.v = NEWN(&a, struct source *, r->n + 1);
	m.group = NEWN(&a, struct source *, r->n + 1);
	size_t each = memory / (r->n + 1);
	each = each < READ_LEAST ? READ_LEAST : each > READ_MOST ? READ_MOST : each;
	bool ok = true;
	for (size_t i = 0; ok && i < r->n; i++) {
		v[i] = (struct source){ .fd = r->fd, .in.a = &a, .order = (uint32_t)i, .err = err, .at = r->v[i].beg, .end = r->v[i].end };
		buf_need(&v[i].in, each);
		ok = advance(&m, &v[i]);
	}
	while (ok && m.heap.n)
		ok = merge_key(&m);
	arena_release(&a);
	return ok;
}
