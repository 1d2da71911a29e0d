#include "store/bulk_runs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/sort.h"

enum { WRITE_BYTES = 1 << 20, READ_LEAST = 16 << 10, READ_MOST = 1 << 20, HEAD_MAX = 4 * PACK_MAX };

/* --- memory in order of keys --- */

static span key_at(const void *lists, uint32_t of)
{
	return list_key(&((const struct lists *)lists)->v[of]);
}

static const struct list **sort_keys(const struct lists *l, struct arena *a)
{
	struct sort_item *keys = arena_raw(a, (l->n + 1) * sizeof *keys, 16);
	const struct list **v = arena_raw(a, (l->n + 1) * sizeof *v, 16);
	size_t n = 0;
	for (size_t i = 0; i < l->cap; i++)
		if (l->v[i].nkey)
			keys[n++].of = (uint32_t)i;
	sort_strings(&(struct sort_strings){ key_at, l, a }, keys, n);
	for (size_t i = 0; i < n; i++)
		v[i] = &l->v[keys[i].of];
	return v;
}

/* --- spilling --- */

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

static bool write_out(struct runs *r, struct buf *b, struct err *err)
{
	r->bytes += b->n;
	bool ok = file_write_fd(r->fd, buf_span(b), err) || err_context(err, "spilling to %s", r->tmpdir);
	b->n = 0;
	return ok;
}

static bool write_list(struct runs *r, const struct list *list, struct buf *b, struct err *err)
{
	buf_packed(b, list_key(list));
	buf_varint(b, list->count);
	buf_varint(b, list->sum);
	buf_varint(b, list_size(list));
	const struct slice *s = NULL;
	for (span part = list_part(list, &s); s; part = list_part(list, &s)) {
		if (b->n + part.n > b->cap && !write_out(r, b, err))
			return false;
		buf_put(b, part);
	}
	return b->n + WRITE_BYTES / 4 < b->cap || write_out(r, b, err);
}

bool runs_spill(struct runs *r, struct lists *l, struct err *err)
{
	if (r->fd < 0 && (r->fd = temporary(r->tmpdir, err)) < 0)
		return false;
	struct arena a = { 0 };
	const struct list **v = sort_keys(l, &a);
	struct buf b = { .a = &a };
	buf_need(&b, WRITE_BYTES);
	struct run run = { .beg = r->bytes };
	bool ok = true;
	for (size_t i = 0; ok && i < l->n; i++)
		ok = write_list(r, v[i], &b, err);
	ok = ok && write_out(r, &b, err);
	run.end = r->bytes;
	*PUSH(r->a, r) = run;
	arena_release(&a);
	lists_release(l);
	return ok;
}

void runs_close(struct runs *r)
{
	if (r->fd >= 0)
		close(r->fd);
	r->fd = -1;
}

/* --- merging --- */

/* Lists in order of keys, from a run or from memory. */
struct source {
	span key;                   /* of the list that is next */
	uint64_t count, sum, size;
	const struct list *list;    /* memory only */
	const struct list **next, **last;
	int fd;                     /* run only: bytes [at, end) of fd are not in buffer yet */
	uint64_t at, end;
	struct buf in;
	size_t taken;               /* of in */
	char own[KEY_MAX];          /* run only: where key lies */
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

static bool source_next_run(struct source *s, bool *more)
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
	s->count = take_varint(&u);
	s->sum = take_varint(&u);
	s->size = take_varint(&u);
	s->taken = s->in.n - u.rest.n;
	return u.bad ? err_set(s->err, ERR_IO, "what was spilled came back damaged") : true;
}

static bool source_next(struct source *s, bool *more)
{
	if (!s->next)
		return source_next_run(s, more);
	*more = s->next < s->last;
	if (!*more)
		return true;
	s->list = *s->next++;
	s->key = list_key(s->list);
	s->count = s->list->count;
	s->sum = s->list->sum;
	s->size = list_size(s->list);
	return true;
}

/* The bytes of the list that is next, in one piece. */
static bool source_body(struct source *s, struct buf *scratch, span *out)
{
	if (!s->next) {
		if (!source_fill(s, s->size))
			return false;
		*out = span_sub(buf_span(&s->in), s->taken, s->taken + s->size);
		s->taken += s->size;
		return out->n == s->size || err_set(s->err, ERR_IO, "what was spilled is cut short");
	}
	const struct slice *slice = NULL;
	*out = list_part(s->list, &slice);
	if (out->n == s->size)
		return true;
	scratch->n = 0;
	for (span part = *out; slice; part = list_part(s->list, &slice))
		buf_put(scratch, part);
	*out = buf_span(scratch);
	return true;
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
	struct buf scratch;
	const struct merge_sink *sink;
	struct err *err;
};

static bool advance(struct merge *m, struct source *s)
{
	bool more;
	if (!source_next(s, &more))
		return false;
	if (more)
		heap_push(&m->heap, s);
	return true;
}

static bool merge_entries(struct merge *m)
{
	for (size_t i = 0; i < m->ngroup; i++) {
		span body;
		if (!source_body(m->group[i], &m->scratch, &body))
			return false;
		const byte *p = (const byte *)body.p, *end = p + body.n;
		for (uint64_t entry = 0, delta; p < end; ) {
			p = unpack_uint(p, &delta);
			entry += delta;
			p = m->sink->entry(m->sink->self, (uint32_t)entry, p);
		}
	}
	return true;
}

static bool merge_key(struct merge *m)
{
	uint64_t count = 0, sum = 0;
	m->ngroup = 0;
	do {
		struct source *s = heap_pop(&m->heap);
		m->group[m->ngroup++] = s;
		count += s->count;
		sum += s->sum;
	} while (m->heap.n && span_eq(m->heap.v[0]->key, m->group[0]->key));
	m->sink->begin(m->sink->self, m->group[0]->key, count, sum);
	bool ok = merge_entries(m);
	m->sink->end(m->sink->self);
	for (size_t i = 0; ok && i < m->ngroup; i++)
		ok = advance(m, m->group[i]);
	return ok;
}

bool runs_merge(struct runs *r, const struct lists *l, size_t memory, const struct merge_sink *sink,
		struct err *err)
{
	struct arena a = { 0 };
	struct merge m = { .scratch = { .a = &a }, .sink = sink, .err = err };
	struct source *v = NEWN(&a, struct source, r->n + 1);
	m.heap.v = NEWN(&a, struct source *, r->n + 1);
	m.group = NEWN(&a, struct source *, r->n + 1);
	size_t each = memory / (r->n + 1);
	each = each < READ_LEAST ? READ_LEAST : each > READ_MOST ? READ_MOST : each;
	bool ok = true;
	for (size_t i = 0; ok && i <= r->n; i++) {
		v[i] = (struct source){ .fd = r->fd, .in.a = &a, .order = (uint32_t)i, .err = err };
		if (i < r->n) {
			v[i].at = r->v[i].beg;
			v[i].end = r->v[i].end;
			buf_need(&v[i].in, each);
		} else {
			v[i].next = sort_keys(l, &a);
			v[i].last = v[i].next + l->n;
		}
		ok = advance(&m, &v[i]);
	}
	while (ok && m.heap.n)
		ok = merge_key(&m);
	arena_release(&a);
	return ok;
}
