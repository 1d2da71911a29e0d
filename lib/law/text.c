#include "law/text.h"

#include "base/err.h"
#include "base/sort.h"
#include "base/utf8.h"

/* A run that carries on the last one on both sides becomes part of it, so a map grows with the changes, not with the text. */
static void add_run(struct runs *m, uint32_t clean, uint32_t src, size_t n, struct arena *a)
{
	if (!n)
		return;
	struct run *last = m->n ? &m->v[m->n - 1] : NULL;
	if (last && last->clean + last->n == clean && last->src + last->n == src)
		last->n += (uint32_t)n;
	else
		*PUSH(a, m) = (struct run){ clean, src, (uint32_t)n };
}

/* Bytes at s[i] that text_plain takes out (a CR before LF, the byte order mark). */
static size_t dropped(span s, size_t i)
{
	if (i == 0 && span_starts(s, SPAN("\xEF\xBB\xBF")))
		return 3;
	return s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n' ? 1 : 0;
}

/* The bytes from i on that can be copied as they are: up to the next CR and, as
 * far as *checked tells, well-formed. */
static size_t plain_bytes(span src, size_t i, size_t *checked)
{
	if (*checked <= i)
		*checked = i + utf8_valid_prefix(span_sub(src, i, src.n));
	return span_find_byte(span_sub(src, 0, *checked), '\r', i) - i;
}

static struct text normalise(span src, struct arena *a)
{
	struct text t = { .src = src, .quality = 1 };
	/* A byte that is no UTF-8 becomes three (U+FFFD): room for the worst. */
	char *p = arena_raw(a, src.n * 3 + 1, 1);
	size_t n = 0, checked = 0;
	for (size_t i = 0; i < src.n;) {
		i += dropped(src, i);
		size_t ok = plain_bytes(src, i, &checked);
		memcpy(p + n, src.p + i, ok);
		add_run(&t.map, (uint32_t)n, (uint32_t)i, ok, a);
		n += ok;
		i += ok;
		if (i >= src.n || dropped(src, i))
			continue;
		/* A CR alone ended lines once. */
		if (src.p[i] == '\r') {
			p[n++] = '\n';
			i++;
			continue;
		}
		unsigned len;
		/* A sequence cut short is one wrong character, whatever its length. */
		utf8_decode(span_sub(src, i, src.n), &len);
		memcpy(p + n, "\xEF\xBF\xBD", 3);
		n += 3;
		i += len;
	}
	t.clean = (span){ p, n };
	return t;
}

/* Nearly all texts need nothing: then the clean text is the source itself, with one run. */
struct text text_plain(span src, struct arena *a)
{
	bool clean = utf8_valid_prefix(src) == src.n && span_find_byte(src, '\r', 0) == src.n;
	if (!clean || (src.n && dropped(src, 0)))
		return normalise(src, a);
	struct text t = { .src = src, .clean = src, .quality = 1 };
	add_run(&t.map, 0, 0, src.n, a);
	return t;
}

/* First run that ends after clean offset `at`. */
static size_t run_at(const struct runs *m, uint32_t at)
{
	size_t lo = 0, hi = m->n;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (m->v[mid].clean + m->v[mid].n > at)
			hi = mid;
		else
			lo = mid + 1;
	}
	return lo;
}

/* A clean range as the bytes of the source from the first copied byte of it to the last. What was put in has no place of its own: it gets the
 * empty place where the copied byte before it ends. */
struct range text_to_source(const struct text *t, struct range c)
{
	size_t i = run_at(&t->map, c.beg);
	if (i == t->map.n) {
		const struct run *last = i ? &t->map.v[i - 1] : NULL;
		uint32_t end = last ? last->src + last->n : 0;
		return (struct range){ end, end };
	}
	struct run r = t->map.v[i];
	uint32_t beg = r.src + (c.beg > r.clean ? c.beg - r.clean : 0);
	if (r.clean >= c.end) /* nothing of it was copied: just after the copied byte before it */
		beg = i ? t->map.v[i - 1].src + t->map.v[i - 1].n : beg;
	uint32_t end = beg;
	for (; i < t->map.n && t->map.v[i].clean < c.end; i++) {
		r = t->map.v[i];
		uint32_t upto = c.end - r.clean < r.n ? c.end - r.clean : r.n;
		end = r.src + upto;
	}
	return (struct range){ beg, end };
}

/* The clean place of a source byte, or, when that was taken out, of the next byte that was kept. */
uint32_t text_to_clean(const struct text *t, uint32_t src)
{
	size_t lo = 0, hi = t->map.n;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (t->map.v[mid].src + t->map.v[mid].n > src)
			hi = mid;
		else
			lo = mid + 1;
	}
	if (lo == t->map.n)
		return (uint32_t)t->clean.n;
	struct run r = t->map.v[lo];
	return r.clean + (src > r.src ? src - r.src : 0);
}

/* Copies the runs of clean range c of t to out, shifted to begin at `to`. */
static void copy_runs(const struct text *t, struct range c, uint32_t to, struct runs *out, struct arena *a)
{
	for (size_t i = run_at(&t->map, c.beg); i < t->map.n && t->map.v[i].clean < c.end; i++) {
		struct run r = t->map.v[i];
		uint32_t beg = r.clean > c.beg ? r.clean : c.beg;
		uint32_t end = r.clean + r.n < c.end ? r.clean + r.n : c.end;
		add_run(out, beg - c.beg + to, r.src + (beg - r.clean), end - beg, a);
	}
}

/* Where an edit of clean range `at` only changes white space, what it keeps is copied all the same:
 * the runs of it, for `after` set down at `to`. False, and none, when it changes more. */
static bool copy_spaced(const struct text *t, struct edit e, uint32_t to, struct runs *out, struct arena *a)
{
	span from = span_range(t->clean, e.at);
	size_t i = 0, k = 0;
	for (; i < from.n || k < e.after.n;) { /* nothing but white space differs? */
		if (i < from.n && k < e.after.n && from.p[i] == e.after.p[k])
			i++, k++;
		else if (k < e.after.n && is_space(e.after.p[k]))
			k++;
		else if (i < from.n && is_space(from.p[i]))
			i++;
		else
			return false;
	}
	for (i = k = 0; i < from.n || k < e.after.n;) {
		size_t n = 0;
		while (i + n < from.n && k + n < e.after.n && from.p[i + n] == e.after.p[k + n])
			n++;
		struct range kept = { e.at.beg + (uint32_t)i, e.at.beg + (uint32_t)(i + n) };
		copy_runs(t, kept, to + (uint32_t)k, out, a);
		i += n;
		k += n;
		if (k < e.after.n && is_space(e.after.p[k]))
			k++;
		else
			i++;
	}
	return true;
}

/* Merges two logs, each in order of at.beg. */
static struct edits merge_logs(const struct edits *x, const struct edits *y, struct arena *a)
{
	if (!x->n)
		return *y;
	struct edits out = { .v = arena_raw(a, (x->n + y->n) * sizeof *out.v, _Alignof(struct edit)), .cap = x->n + y->n };
	size_t i = 0, j = 0;
	while (i < x->n || j < y->n) {
		bool first = j == y->n || (i < x->n && x->v[i].at.beg <= y->v[j].at.beg);
		out.v[out.n++] = first ? x->v[i++] : y->v[j++];
	}
	return out;
}

/* All edits in one pass, in order, none in another. Their places are in clean text; in the log they are in the source, since the clean
 * text of the next class is another. Readings, and edits that change nothing, leave the text as it is but are logged. */
struct text text_apply(const struct text *t, const struct edits *edits, struct arena *a)
{
	if (!edits->n)
		return *t;
	struct text out = { .src = t->src, .quality = t->quality };
	struct edits log = { .v = arena_raw(a, edits->n * sizeof *log.v, _Alignof(struct edit)), .cap = edits->n };
	size_t size = t->clean.n, n = 0;
	for (size_t i = 0; i < edits->n; i++)
		size += edits->v[i].after.n;
	char *p = arena_raw(a, size + 1, 1);
	uint32_t at = 0;
	for (size_t i = 0; i <= edits->n; i++) {
		/* One round more, for the text after the last edit. */
		struct edit e = i < edits->n ? edits->v[i] : (struct edit){ .at = { (uint32_t)t->clean.n, (uint32_t)t->clean.n } };
		ASSERT(e.at.beg >= at && e.at.beg <= e.at.end && e.at.end <= t->clean.n);
		bool same = i < edits->n && (edit_is_reading(&e) || span_eq(span_range(t->clean, e.at), e.after));
		struct range keep = { at, same ? e.at.end : e.at.beg };
		memcpy(p + n, t->clean.p + keep.beg, keep.end - keep.beg);
		copy_runs(t, keep, (uint32_t)n, &out.map, a);
		n += keep.end - keep.beg;
		if (!same && e.after.n) {
			if (e.at.end > e.at.beg)
				copy_spaced(t, e, (uint32_t)n, &out.map, a);
			memcpy(p + n, e.after.p, e.after.n);
			n += e.after.n;
		}
		at = e.at.end;
		if (i == edits->n)
			break;
		e.at = text_to_source(t, e.at);
		e.before = span_range(t->src, e.at);
		log.v[log.n++] = e;
	}
	out.clean = (span){ p, n };
	out.edits = merge_logs(&t->edits, &log, a);
	return out;
}

/* Where in the clean text an edit belongs: what was taken out, to the text
 * after it; a repeated page, to the text before it, which holds its like. */
static uint32_t place_of(const struct text *t, const struct edit *e)
{
	uint32_t place = text_to_clean(t, e->at.beg);
	bool after = span_eq(span_of(e->rule), SPAN("repeated-page"));
	return after && place ? place - 1 : place;
}

/* The first edit of the log that can belong to clean text copied from `src` on. */
static size_t first_edit(const struct edits *log, uint32_t src)
{
	size_t lo = FIRST_FROM(log, at.beg, src);
	/* Those just before it took out bytes up to it; they are few. */
	while (lo > 0 && log->v[lo - 1].at.end + 1 >= src && log->v[lo - 1].at.beg < src) {
		src = log->v[lo - 1].at.beg;
		lo--;
	}
	return lo;
}

/* A document out of its file: the map still leads to the whole source, and of the log come the edits whose place is in it. */
struct text text_slice(const struct text *t, struct range at, struct arena *a)
{
	struct text out = { .src = t->src, .clean = span_range(t->clean, at), .quality = t->quality };
	copy_runs(t, at, 0, &out.map, a);
	/* What was taken out behind the last byte belongs to the last document. */
	bool last = at.end >= t->clean.n;
	for (size_t i = first_edit(&t->edits, text_to_source(t, at).beg); i < t->edits.n; i++) {
		uint32_t place = place_of(t, &t->edits.v[i]);
		if (place >= at.end && !last)
			break;
		if (place >= at.beg)
			*PUSH(a, &out.edits) = t->edits.v[i];
	}
	return out;
}
