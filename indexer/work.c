#include "indexer/work.h"
#include "indexer/crosswalk.h"

#include <setjmp.h>
#include <stdlib.h>
#include "base/hash.h"
#include "base/sort.h"
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
	return FIRST_FROM(l, at.beg, at);
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

/* What is known of the document helps to read its citations: bare
 * sections are of its own code, "supra note 4" wants its footnotes. */
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

/* The outline first: passages are cut along it, and citations ask it for footnotes. */
static void fill(struct record *r, struct laps *laps, struct arena *a)
{
	r->outline = outline_of(&r->doc, a);
	r->passages = passages_of(&r->doc, &r->outline, a);
	lap(laps, PART_OUTLINE);
	struct cite_context c = context_of(r, a);
	r->cites = cites_of(r->doc.text.clean, &c, a);
	lap(laps, PART_CITE);
}

/* Repeats, shared furniture, repair: each works on what the one before left, and the maps are
 * composed, so places stay places in the source. Repeats go first, so that the rest works once. */
struct reading_begun reading_begin(const struct text *raw, const struct meta *given, const struct furniture *shared,
				   struct laps *laps, struct arena *a)
{
	struct reading_begun b = { 0 };
	unsigned copies;
	struct edits repeats = repeats_within(raw, a, &copies);
	struct text once = text_apply(raw, &repeats, a);
	struct edits furniture = furniture_within(&once, shared, a);
	if (furniture.n)
		once = text_apply(&once, &furniture, a);
	b.text = repair(&once, a);
	lap(laps, PART_REPAIR);
	b.docs = documents(&b.text, given, a);
	b.parts = NEWN(a, struct range, b.docs.n);
	for (size_t i = 0; i < b.docs.n; i++)
		b.parts[i] = (struct range){ i ? b.parts[i - 1].end : 0, source_end(&b.text, &b.docs, i) };
	lap(laps, PART_OUTLINE);
	return b;
}

/* Only this document's part of text, map and log is looked at: memory and time are those of the document. */
struct record reading_record(const struct reading_begun *b, size_t nth, struct laps *laps, struct arena *a)
{
	struct record r = { .doc = b->docs.v[nth] };
	r.doc.text = own_text(&b->text, &b->docs.v[nth], b->parts[nth], a);
	r.copies = repeat_copies(&r.doc.text);
	fill(&r, laps, a);
	return r;
}

/* All at once, for --stage and measurements; indexing goes document by document. */
struct reading reading_of(const struct text *raw, const struct meta *given, const struct furniture *shared, struct arena *a)
{
	struct reading_begun b = reading_begin(raw, given, shared, NULL, a);
	struct reading out = { .text = b.text, .parts = b.parts };
	for (size_t i = 0; i < b.docs.n; i++)
		*PUSH(a, &out.records) = reading_record(&b, i, NULL, a);
	return out;
}

/* Hashes, ascending, each once: who cites a document is
 * counted by documents. What it says of itself does not count. */
static void cited_documents(const struct record *r, struct found *f, struct arena *to)
{
	/* Room for all at once: the memory of a job must not keep what a list outgrew. */
	struct { uint64_t *v; size_t n; } all = { arena_raw(to, (r->cites.n + 1) * sizeof *all.v, 16), 0 };
	uint64_t own = hash64(r->doc.address);
	for (size_t i = 0; i < r->cites.n; i++) {
		const struct cite *c = &r->cites.v[i];
		uint64_t h = c->address.n && c->status != CITE_IMPOSSIBLE ? hash64(address_document(c->address)) : own;
		if (h != own)
			all.v[all.n++] = h;
	}
	sort_hashes(all.v, all.n);
	for (size_t i = 0; i < all.n; i++)
		if (i == 0 || all.v[i] != all.v[i - 1])
			all.v[f->ncited++] = all.v[i];
	f->cited = all.v;
}

/* Places are those of its first source, in its unit of input. */
struct found found_of(const struct record *r, const struct tokens *tokens, struct arena *to)
{
	struct found f = { .address = arena_dup(to, r->doc.address), .sketch = sketch_of_tokens(&r->doc, tokens) };
	f.beg = r->sources.n ? r->sources.v[0].beg : 0;
	f.end = r->sources.n ? r->sources.v[0].end : 0;
	f.within = r->copies;
	f.passages = (uint32_t)r->passages.n;
	cited_documents(r, &f, to);
	return f;
}

/* The number says in the spill which lexicon a document's terms are of. */
void maker_open(struct maker *m, uint32_t number, size_t memory)
{
	*m = (struct maker){ .deflater = deflater_open(RECORD_DEFLATE_LEVEL), .number = number };
	emitter_open(&m->emitter, memory);
}

void maker_close(struct maker *m)
{
	emitter_close(&m->emitter);
	deflater_close(m->deflater);
}

/* Packed and deflated by whoever made it, in parallel: giving
 * and building only copy it. No more than an entry holds. */
static bool make_data(struct record *r, const struct making *with, struct found *out)
{
	span packed = record_pack(r, with->scratch);
	lap(with->laps, PART_RECORD);
	out->data = arena_dup(with->to, record_deflate(packed, with->maker->deflater, with->scratch));
	lap(with->laps, PART_DEFLATE);
	return out->data.n <= DATA_MAX_BYTES;
}

bool found_make(struct record *r, const struct making *with, struct found *out, struct err *err)
{
	/* The words of a text are cut once: for sentences, the sketch and the terms. */
	struct tokens tokens = tokens_with(&r->doc.text, with->scratch);
	tokens_hash(&tokens, with->scratch);
	record_starts(r, &tokens, with->scratch);
	lap(with->laps, PART_WORDS);
	*out = found_of(r, &tokens, with->to);
	lap(with->laps, PART_SKETCH);
	if (!make_data(r, with, out))
		return err_set(err, ERR_REQUEST, "%zu bytes when packed, more than an entry may hold; split the file", out->data.n);
	struct compact c;
	if (!emit(r, &tokens, &with->maker->emitter, with->scratch, &c))
		return err_set(err, ERR_REQUEST, "a word that no entry can hold");
	c.data = out->data;
	const char *why = compact_refuse(&c);
	if (why)
		return err_set(err, ERR_REQUEST, "%s", why);
	/* By way of scratch, where room for the worst case does not stay taken. */
	out->compact = arena_dup(with->to, compact_pack(&c, with->scratch));
	out->lexicon = with->maker->number;
	lap(with->laps, PART_TERMS);
	return true;
}

/* A text on its way: where it stands in its file, what was found of it. */
struct task {
	struct job *j;
	struct workspace *w;
	struct part_of_job *part;
	struct furniture shared;    /* of its directory, or its host */
	uint64_t offset;            /* of the text in its part */
	bool whole;                 /* its own offsets are not the part's: each document stands for all of it */
	struct reading_begun b;
	size_t nth;                 /* document under way */
};

/* What lives on goes to the job's arena (with.to); all else goes with the document. */
static void work_document(struct task *t)
{
	struct arena *a = &t->w->document;
	struct record r = reading_record(&t->b, t->nth, &t->j->laps, a);
	struct source *s = PUSH(a, &r.sources);
	crosswalk_apply(t->j->mapping->crosswalk, &r, a);
	struct range part = t->b.parts[t->nth];
	*s = (struct source){ .path = t->j->path, .beg = t->offset + part.beg, .end = t->offset + part.end, .similarity = 1 };
	if (t->whole) /* several documents of one record: all of its line */
		s->beg = 0, s->end = t->part->bytes.n;
	struct making with = { t->w->maker, &t->j->laps, a, &t->j->a };
	struct err e = { 0 };
	struct found f;
	if (!found_make(&r, &with, &f, &e)) {
		report_quarantine(&t->j->report, t->j->path, "%s", e.msg);
		return;
	}
	f.unit = (uint32_t)(t->part - t->j->parts.v);
	*PUSH(&t->j->a, &t->j->found) = f;
	t->j->report.passages += r.passages.n;
	t->j->report.documents++;
}

/* The documents of a text up to number `end`, one after another in the same memory. */
static void work_documents(struct task *t, size_t end)
{
	jmp_buf escape;
	for (t->nth = 0; t->nth < end; t->nth++) {
		/* A document that wants more memory than allowed comes back
		 * here by longjmp: nothing below it holds what must be given back. */
		t->w->document.escape = &escape;
		if (setjmp(escape))
			report_quarantine(&t->j->report, t->j->path, "byte %llu: takes more memory than --memory allows",
					  (unsigned long long)(t->offset + t->b.parts[t->nth].beg));
		else
			work_document(t);
		arena_reset(&t->w->document);
	}
	t->w->document.escape = NULL;
}

/* Everything that one text gives. */
static void work_text(struct task *t, const struct text *raw, const struct meta *given)
{
	/* Until here it was read and parsed: what comes now is repair. */
	lap(&t->j->laps, PART_READ);
	t->b = reading_begin(raw, given, &t->shared, &t->j->laps, &t->w->text);
	work_documents(t, t->b.docs.n);
	report_edits(&t->j->report, &t->b.text.edits);
}

/* One line of JSON Lines. */
static void work_record(struct job *j, struct part_of_job *p, struct workspace *w)
{
	struct line_record r;
	struct err e = { 0 };
	if (!read_record(p->bytes, j->mapping, &w->text, &r, &e)) {
		report_quarantine(&j->report, j->path, "line %zu: %s", p->line, e.msg);
		return;
	}
	struct text raw;
	if (!record_text(&r, &w->text, &raw)) {
		report_skip(&j->report, j->path, "line %zu: a record without text", p->line);
		return;
	}
	work_text(&(struct task){ .j = j, .w = w, .part = p, .shared = hosts_shared(&j->hosts, r.meta.url), .whole = true }, &raw, &r.meta);
}

/* A line is bounded before it is parsed, and by memory while
 * it is worked on: a bad one costs its own document, no other. */
static void work_line(struct job *j, struct part_of_job *p, struct workspace *w)
{
	jmp_buf escape;
	w->text.escape = &escape;
	if (p->bytes.n > LINE_MAX_BYTES)
		report_quarantine(&j->report, j->path, "line %zu: longer than %d bytes", p->line, LINE_MAX_BYTES);
	else if (setjmp(escape))
		report_quarantine(&j->report, j->path, "line %zu: takes more memory than --memory allows", p->line);
	else
		work_record(j, p, w);
	w->text.escape = NULL;
	arena_reset(&w->text);
}

/* What the next slice of a code must know of this one. */
static struct meta carried(const struct meta *given, const struct doc *last, struct arena *to)
{
	struct meta m = *given;
	bool law = last->kind == KIND_STATUTE || last->kind == KIND_REGULATION || last->kind == KIND_RULE || last->kind == KIND_CONSTITUTION;
	m.above = (struct spans){ 0 };
	if (!law || !last->meta.number.n)
		return m;
	m.kind = span_of(kind_name(last->kind));
	m.jurisdiction = arena_dup(to, last->meta.jurisdiction);
	m.code = arena_dup(to, last->meta.code);
	for (size_t i = 0; i < last->meta.breadcrumb.n; i++)
		*PUSH(to, &m.above) = arena_dup(to, last->meta.breadcrumb.v[i]);
	return m;
}

/* A slice from t->offset on, to the end of the last document that it holds
 * whole. Returns its bytes; 0: not even one ends in it. */
static size_t work_slice(struct task *t, size_t size, struct meta *given)
{
	span bytes = span_sub(t->part->bytes, t->offset, t->part->bytes.n);
	bool last = bytes.n <= size;
	struct meta meta = *given;
	/* A slice ends with a line. Its last document may go on behind it, so it is left to the next one. */
	if (!last)
		bytes = span_sub(bytes, 0, span_find_byte(bytes, '\n', size) + 1);
	struct text raw = read_text(t->j->format, bytes, &meta, &t->w->text);
	lap(&t->j->laps, PART_READ);
	t->b = reading_begin(&raw, &meta, &t->shared, &t->j->laps, &t->w->text);
	size_t n = t->b.docs.n - !last;
	if (!n)
		return 0;
	work_documents(t, n);
	size_t end = t->b.parts[n - 1].end;
	struct edits done = { t->b.text.edits.v, edit_from(&t->b.text.edits, (uint32_t)end), 0 };
	report_edits(&t->j->report, last ? &t->b.text.edits : &done);
	*given = carried(given, &t->b.docs.v[n - 1], &t->j->a);
	return last ? bytes.n : end;
}

/* A slice in which no document ends is tried again at twice the
 * size: a document longer than a slice is still read in one piece. */
static void work_slices(struct job *j, struct part_of_job *p, struct workspace *w)
{
	jmp_buf escape;
	struct task *t = NEW(&j->a, struct task); /* survives the jump, as the next two */
	struct meta *given = NEW(&j->a, struct meta);
	size_t *size = NEW(&j->a, size_t);
	*t = (struct task){ .j = j, .w = w, .part = p, .shared = j->shared };
	*given = mapping_meta(j->mapping);
	*size = w->slice;
	w->text.escape = &escape;
	while (t->offset < p->bytes.n) {
		if (setjmp(escape)) {
			report_quarantine(&j->report, j->path, "from byte %llu on: takes more memory than --memory allows",
					  (unsigned long long)t->offset);
			break;
		}
		/* Reading goes on where the last whole document ended.
		 * Only t, given and size may be relied on after the jump. */
		size_t done = work_slice(t, *size, given);
		t->offset += done;
		*size = done ? w->slice : *size * 2;
		arena_reset(&w->text);
	}
	w->text.escape = NULL;
}

/* Files that are no longer than a slice, and HTML of any size. */
static void work_file(struct job *j, struct part_of_job *p, struct workspace *w)
{
	jmp_buf escape;
	w->text.escape = &escape;
	if (setjmp(escape)) {
		j->found.n = 0;
		report_quarantine(&j->report, j->path, "takes more memory than --memory allows");
	} else {
		struct meta meta = mapping_meta(j->mapping);
		struct text raw = read_text(j->format, p->bytes, &meta, &w->text);
		if (span_trim(raw.clean).n)
			work_text(&(struct task){ .j = j, .w = w, .part = p, .shared = j->shared }, &raw, &meta);
		else
			report_skip(&j->report, j->path, "no text in it");
	}
	w->text.escape = NULL;
}

/* A part of which nothing was left out may be told from its hash
 * by the next run: so what is left out is counted around each. */
void job_work(struct job *j, struct workspace *w)
{
	laps_begin(&j->laps, w->timed);
	for (size_t i = 0; i < j->parts.n; i++) {
		struct part_of_job *p = &j->parts.v[i];
		uint64_t left_out = j->report.quarantined + j->report.skipped;
		if (j->format == FORMAT_JSONL)
			work_line(j, p, w);
		else if (j->format == FORMAT_HTML || p->bytes.n <= w->slice)
			work_file(j, p, w);
		else
			work_slices(j, p, w);
		p->whole = j->report.quarantined + j->report.skipped == left_out;
	}
	/* What a large file made the workspace take is given back;
	 * lines are small, and the next one uses the same memory. */
	if (j->format != FORMAT_JSONL) {
		arena_release(&w->text);
		arena_release(&w->document);
	}
}
