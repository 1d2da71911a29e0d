#include "indexer/work.h"
#include "indexer/crosswalk.h"

#include <setjmp.h>
#include <stdlib.h>
#include "base/hash.h"
#include "law/address.h"
#include "law/repair.h"

/* Where document i of docs ends in the source: where the next one begins. */
static uint32_t source_end(const struct text *t, const struct docs *docs, size_t i)
{
	if (i + 1 == docs->n)
		return (uint32_t)t->src.n;
	uint32_t beg = docs->v[i + 1].at.beg;
	return text_to_source(t, (struct range){ beg, beg < t->clean.n ? beg + 1 : beg }).beg;
}

/* First edit of the log that begins at or after source offset at. */
static size_t edit_from(const struct edits *l, uint32_t at)
{
	size_t lo = 0, hi = l->n;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (l->v[mid].at.beg >= at)
			hi = mid;
		else
			lo = mid + 1;
	}
	return lo;
}

/* The text of a document on its own: its part of the source, with the map and
 * the log counted from where that begins. */
static struct text own_text(const struct text *file, const struct doc *d, struct range part, struct arena *a)
{
	struct text t = { .src = span_range(file->src, part), .clean = span_range(file->clean, d->at), .quality = file->quality };
	bool last = part.end == file->src.n;
	for (size_t i = 0; i < d->text.map.n; i++) {
		struct run r = d->text.map.v[i];
		r.src -= part.beg;
		*PUSH(a, &t.map) = r;
	}
	for (size_t i = edit_from(&file->edits, part.beg); i < file->edits.n; i++) {
		struct edit e = file->edits.v[i];
		if (e.at.beg >= part.end && !(last && e.at.beg == part.end))
			break;
		e.at.beg -= part.beg;
		e.at.end = (e.at.end < part.end ? e.at.end : part.end) - part.beg;
		e.before = span_range(t.src, e.at);
		*PUSH(a, &t.edits) = e;
	}
	return t;
}

static struct cite_context context_of(const struct record *r, struct arena *a)
{
	struct cite_context c = { r->doc.meta.jurisdiction, r->doc.meta.code, r->doc.address, NULL, 0 };
	struct { struct range *v; size_t n, cap; } notes = { 0 };
	for (size_t i = 0; i < r->outline.n; i++)
		if (r->outline.v[i].role == UNIT_FOOTNOTE)
			*PUSH(a, &notes) = r->outline.v[i].at;
	c.footnotes = notes.v;
	c.nfootnotes = notes.n;
	return c;
}

static void fill(struct record *r, struct arena *a)
{
	r->outline = outline_of(&r->doc, a);
	struct cite_context c = context_of(r, a);
	r->cites = cites_of(r->doc.text.clean, &c, a);
	r->passages = passages_of(&r->doc, &r->outline, a);
}

struct reading reading_of(const struct text *raw, const struct meta *given, const struct furniture *shared, struct arena *a)
{
	struct reading out = { 0 };
	unsigned copies;
	struct edits repeats = repeats_within(raw, a, &copies);
	struct text once = text_apply(raw, &repeats, a);
	struct edits furniture = furniture_within(&once, shared, a);
	if (furniture.n)
		once = text_apply(&once, &furniture, a);
	out.text = repair(&once, a);
	struct docs docs = documents(&out.text, given, a);
	out.parts = NEWN(a, struct range, docs.n);
	for (size_t i = 0; i < docs.n; i++) {
		out.parts[i] = (struct range){ i ? out.parts[i - 1].end : 0, source_end(&out.text, &docs, i) };
		struct record *r = PUSH(a, &out.records);
		r->doc = docs.v[i];
		r->doc.text = own_text(&out.text, &docs.v[i], out.parts[i], a);
		r->copies = repeat_copies(&r->doc.text);
		fill(r, a);
	}
	return out;
}

static int by_value(const void *x, const void *y)
{
	uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
	return (a > b) - (a < b);
}

static void cited_documents(const struct record *r, struct found *f, struct arena *to)
{
	struct { uint64_t *v; size_t n, cap; } all = { 0 };
	uint64_t own = hash64(r->doc.address);
	for (size_t i = 0; i < r->cites.n; i++) {
		const struct cite *c = &r->cites.v[i];
		uint64_t h = c->address.n && c->status != CITE_IMPOSSIBLE ? hash64(address_document(c->address)) : own;
		if (h != own)
			*PUSH(to, &all) = h;
	}
	if (all.n)
		qsort(all.v, all.n, sizeof *all.v, by_value);
	for (size_t i = 0; i < all.n; i++)
		if (i == 0 || all.v[i] != all.v[i - 1])
			all.v[f->ncited++] = all.v[i];
	f->cited = all.v;
}

struct found found_of(const struct record *r, struct arena *scratch, struct arena *to)
{
	struct found f = { .address = arena_dup(to, r->doc.address), .sketch = sketch_of(&r->doc, scratch) };
	f.packed = arena_dup(to, record_pack(r, scratch));
	f.beg = r->sources.n ? r->sources.v[0].beg : 0;
	f.path = r->sources.n ? arena_dup(to, r->sources.v[0].path) : (span){ 0 };
	cited_documents(r, &f, to);
	return f;
}

/* Everything that one text gives. whole: the range of the file it stands for
 * when its own offsets are not the file's. */
static void work_text(struct job *j, const struct text *raw, const struct meta *given, const struct source *whole,
		      struct arena *scratch)
{
	struct reading got = reading_of(raw, given, &j->shared, scratch);
	for (size_t i = 0; i < got.records.n; i++) {
		struct record *r = &got.records.v[i];
		struct source *s = PUSH(scratch, &r->sources);
		crosswalk_apply(j->mapping->crosswalk, r, scratch);
		*s = (struct source){ .path = j->path, .beg = got.parts[i].beg, .end = got.parts[i].end, .similarity = 1 };
		if (whole)
			*s = *whole;
		if (whole && i)
			s->beg = whole->beg; /* several documents of one record: all of its line */
		*PUSH(&j->a, &j->found) = found_of(r, scratch, &j->a);
		j->report.passages += r->passages.n;
		j->report.documents++;
	}
	report_edits(&j->report, &got.text.edits);
}

/* One line of JSON Lines. A record without text but with a heading is indexed by that: it can be found by its number. */
static void work_record(struct job *j, span line, struct source *where, struct arena *scratch)
{
	struct meta meta;
	struct err e = { 0 };
	span text;
	if (!read_record(line, j->mapping, scratch, &meta, &text, &e)) {
		report_quarantine(&j->report, where->path, "line %zu: %s", j->line, e.msg);
		return;
	}
	if (!span_trim(text).n)
		text = meta.title;
	if (!text.n) {
		report_skip(&j->report, where->path, "line %zu: a record without text", j->line);
		return;
	}
	enum format f = read_format((span){ 0 }, text);
	struct text raw = f == FORMAT_HTML ? read_html(text, &meta, scratch) : text_plain(text, scratch);
	work_text(j, &raw, &meta, where, scratch);
}

static void work_lines(struct job *j, struct arena *scratch)
{
	jmp_buf escape;
	span *rest = NEW(&j->a, span), *line = NEW(&j->a, span); /* survive the jump */
	*rest = j->bytes;
	scratch->escape = &escape;
	for (; span_cut(rest, '\n', line); j->line++) {
		uint64_t beg = j->offset + (uint64_t)(line->p - j->bytes.p);
		struct source where = { .path = j->path, .beg = beg, .end = beg + line->n, .similarity = 1 };
		if (!span_trim(*line).n)
			continue;
		if (line->n > LINE_MAX_BYTES)
			report_quarantine(&j->report, j->path, "line %zu: longer than %d bytes", j->line, LINE_MAX_BYTES);
		else if (setjmp(escape))
			report_quarantine(&j->report, j->path, "line %zu: takes more memory than --memory allows", j->line);
		else
			work_record(j, *line, &where, scratch);
		arena_reset(scratch);
	}
	scratch->escape = NULL;
}

static void work_file(struct job *j, struct arena *scratch)
{
	jmp_buf escape;
	scratch->escape = &escape;
	if (setjmp(escape)) {
		j->found.n = 0;
		report_quarantine(&j->report, j->path, "takes more memory than --memory allows");
	} else {
		struct meta meta = mapping_meta(j->mapping);
		struct text raw = read_text(j->format, j->bytes, &meta, scratch);
		if (span_trim(raw.clean).n)
			work_text(j, &raw, &meta, NULL, scratch);
		else
			report_skip(&j->report, j->path, "no text in it");
	}
	scratch->escape = NULL;
	arena_release(scratch);
}

void job_work(struct job *j, struct arena *scratch)
{
	if (j->format == FORMAT_JSONL)
		work_lines(j, scratch);
	else
		work_file(j, scratch);
}
