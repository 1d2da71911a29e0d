/* --stage: every value on the way to the index, printed as JSON Lines. */
#include <stdio.h>
#include <unistd.h>
#include "base/file.h"
#include "base/json.h"
#include "indexer/fold.h"
#include "indexer/run.h"
#include "law/cite_json.h"
#include "law/token.h"
#include "law/treatment.h"

/* What is printed: one text (a file, or a record of JSON Lines) and its reading. */
struct shown {
	struct json j;
	struct buf *out;
	const struct reading *got;
	struct arena *a;
	uint32_t first_cite; /* citations of earlier documents of the same text */
};

/* One value a line: the comma that the JSON writer would put between two is taken back. */
static void end_line(struct shown *s)
{
	json_end(&s->j, '}');
	buf_byte(s->out, '\n');
	s->j.comma = false;
}

/* map: runs of [clean, source, length], as law/text has them. */
static void show_text(struct shown *s)
{
	const struct text *t = &s->got->text;
	json_object(&s->j);
	json_key_str(&s->j, "text", t->clean);
	json_key(&s->j, "map");
	json_array(&s->j);
	for (size_t i = 0; i < t->map.n; i++) {
		json_array(&s->j);
		json_uint(&s->j, t->map.v[i].clean);
		json_uint(&s->j, t->map.v[i].src);
		json_uint(&s->j, t->map.v[i].n);
		json_end(&s->j, ']');
	}
	json_end(&s->j, ']');
	json_key(&s->j, "quality");
	json_real(&s->j, (double)t->quality, 3);
	end_line(s);
}

/* In the order of the source. Places are those of the text as it was read. */
static void show_repairs(struct shown *s)
{
	const struct edits *l = &s->got->text.edits;
	for (size_t i = 0; i < l->n; i++) {
		const struct edit *e = &l->v[i];
		json_object(&s->j);
		json_key_str(&s->j, "rule", span_of(e->rule));
		json_key_uint(&s->j, "beg", e->at.beg);
		json_key_uint(&s->j, "end", e->at.end);
		json_key_str(&s->j, "before", e->before);
		json_key_str(&s->j, "after", e->after);
		json_key(&s->j, "confidence");
		json_real(&s->j, (double)e->confidence, 3);
		end_line(s);
	}
}

/* beg and end in the bytes of the input, clean_beg and clean_end in the text of --stage=text. */
static void show_range(struct shown *s, size_t record, struct range clean)
{
	const struct record *r = &s->got->records.v[record];
	struct range src = text_to_source(&r->doc.text, clean);
	/* A record's text is counted from where its document begins; part is where that is in the source. */
	uint32_t part = s->got->parts[record].beg;
	json_key_uint(&s->j, "beg", src.beg + part);
	json_key_uint(&s->j, "end", src.end + part);
	json_key_uint(&s->j, "clean_beg", clean.beg + r->doc.at.beg);
	json_key_uint(&s->j, "clean_end", clean.end + r->doc.at.beg);
}

/* A unit and its children; deep trees are cut by the outline's own limit. */
static void show_unit(struct shown *s, size_t record, size_t i)
{
	const struct outline *o = &s->got->records.v[record].outline;
	const struct unit *u = &o->v[i];
	json_object(&s->j);
	json_key_str(&s->j, "label", u->label);
	json_key_uint(&s->j, "level", u->level);
	json_key_str(&s->j, "role", span_of(unit_role_name(u->role)));
	json_key_str(&s->j, "address", u->address);
	json_key_str_or_null(&s->j, "heading", u->heading);
	show_range(s, record, u->at);
	json_key(&s->j, "children");
	json_array(&s->j);
	for (size_t c = i + 1; c < u->after; c = o->v[c].after)
		show_unit(s, record, c);
	json_end(&s->j, ']');
	/* The root is a line; what is below it stands within. */
	if (i == 0) {
		end_line(s);
		return;
	}
	json_end(&s->j, '}');
}

/* The text of each stands beside its address, so that a line can be judged by itself. */
static void show_passages(struct shown *s, size_t record)
{
	const struct record *r = &s->got->records.v[record];
	for (size_t i = 0; i < r->passages.n; i++) {
		const struct passage *p = &r->passages.v[i];
		json_object(&s->j);
		json_key_str(&s->j, "address", p->address);
		show_range(s, record, p->at);
		json_key_str(&s->j, "text", span_range(r->doc.text.clean, p->at));
		end_line(s);
	}
}

/* Numbers of citations go on through the documents of one text: links between them stay links. */
static void show_citations(struct shown *s, size_t record)
{
	const struct record *r = &s->got->records.v[record];
	uint32_t part = s->got->parts[record].beg;
	for (size_t i = 0; i < r->cites.n; i++) {
		struct range src = text_to_source(&r->doc.text, r->cites.v[i].at);
		cite_json(&s->j, &r->cites.v[i], (struct range){ src.beg + part, src.end + part },
			  span_range(r->doc.text.clean, r->cites.v[i].at), s->first_cite);
		buf_byte(s->out, '\n');
		s->j.comma = false;
	}
	s->first_cite += (uint32_t)r->cites.n;
}

/* What a document says became of the cases it cites. */
static void show_treatment(struct shown *s, size_t record)
{
	struct record *r = &s->got->records.v[record];
	struct tokens t = tokens_of(r->doc.text.clean, s->a);
	record_starts(r, &t, s->a);
	struct treatments l = treatments_of(r, s->a);
	for (size_t i = 0; i < l.n; i++) {
		const struct treatment *f = &l.v[i];
		json_object(&s->j);
		json_key_str(&s->j, "kind", span_of(treatment_name(f->kind)));
		json_key_bool(&s->j, "in_part", f->in_part);
		json_key_bool(&s->j, "other_grounds", f->other_grounds);
		json_key_str(&s->j, "case", r->cites.v[f->target].address);
		json_key_str_or_null(&s->j, "by", f->by == TREATED_HERE ? r->doc.address
				 : f->by == TREATED_CITED ? r->cites.v[f->actor].address : (span){ 0 });
		json_key_str(&s->j, "words", span_range(r->doc.text.clean, f->words));
		show_range(s, record, f->sentence);
		json_key_str(&s->j, "sentence", span_range(r->doc.text.clean, f->sentence));
		end_line(s);
	}
}

/* The same page twice within one text. */
static void show_repeats(struct shown *s, span path)
{
	const struct edits *l = &s->got->text.edits;
	for (size_t i = 0; i < l->n; i++) {
		if (strcmp(l->v[i].rule, "repeated-page") != 0)
			continue;
		json_object(&s->j);
		json_key_str(&s->j, "keep", path);
		json_key_str(&s->j, "drop", path);
		json_key_str(&s->j, "why", SPAN("repeated page"));
		json_key(&s->j, "similarity");
		json_real(&s->j, (double)l->v[i].confidence, 3);
		json_key_uint(&s->j, "drop_beg", l->v[i].at.beg);
		json_key_uint(&s->j, "drop_end", l->v[i].at.end);
		end_line(s);
	}
}

/* A run of a stage over files. */
struct staging {
	const struct index_options *o;
	struct report report;
	struct spill spill;   /* of --stage=duplicates */
	struct arena a;
	struct learned learned;
	struct furniture shared; /* of the directory of the file at hand, or the record's host */
	struct err *err;
	bool any;
};

/* Nothing is kept back: a text's lines are written before the next is read. */
static bool print(span s, struct err *err)
{
	return file_write_fd(STDOUT_FILENO, s, err) || err_context(err, "standard output");
}

/* Enough of a document for folding, without terms: --stage=duplicates builds nothing. */
static bool keep_found(struct staging *g, const struct reading *got, const struct source *where, struct arena *a)
{
	for (size_t i = 0; i < got->records.n; i++) {
		struct record *r = &got->records.v[i];
		struct source *s = PUSH(a, &r->sources);
		*s = *where;
		s->beg = where->beg + got->parts[i].beg;
		s->end = where->beg + got->parts[i].end;
		struct tokens tokens = tokens_of(r->doc.text.clean, a);
		tokens_hash(&tokens, a);
		struct found f = found_of(r, &tokens, a);
		/* Each is a unit of its own, so that no two pass for the same. */
		spill_unit(&g->spill, &(struct input_unit){ .hash = { g->spill.units.n } }, where->path);
		f.data = record_deflate(record_pack(r, a), NULL, a);
		if (!spill_add(&g->spill, &f, g->err))
			return false;
	}
	return true;
}

/* The documents of one text, by the same reading as in an index; what is printed is only a matter of the stage. */
static bool show_reading(struct staging *g, const struct text *raw, const struct meta *meta, const struct source *where,
			 struct arena *a)
{
	struct buf out = { .a = a };
	struct reading got = reading_of(raw, meta, &g->shared, a);
	struct shown s = { .j = { .out = &out }, .out = &out, .got = &got, .a = a };
	span stage = g->o->stage;
	g->any = true;
	if (span_eq(stage, SPAN("text")))
		show_text(&s);
	else if (span_eq(stage, SPAN("repairs")))
		show_repairs(&s);
	else if (span_eq(stage, SPAN("duplicates")))
		show_repeats(&s, where->path);
	for (size_t i = 0; i < got.records.n; i++) {
		if (span_eq(stage, SPAN("outline")) && got.records.v[i].outline.n)
			show_unit(&s, i, 0);
		else if (span_eq(stage, SPAN("passages")))
			show_passages(&s, i);
		else if (span_eq(stage, SPAN("citations")))
			show_citations(&s, i);
		else if (span_eq(stage, SPAN("treatment")))
			show_treatment(&s, i);
	}
	if (span_eq(stage, SPAN("duplicates")) && !keep_found(g, &got, where, a))
		return false;
	return print(buf_span(&out), g->err);
}

/* As in an index: a bad line is named and passed over. A record without text is read by its title. */
static bool show_lines(struct staging *g, span path, span bytes)
{
	struct arena a = { 0 };
	struct hosts hosts = learned_hosts(bytes, &g->o->mapping, &g->a);
	span rest = bytes, line;
	bool ok = true;
	for (size_t n = 1; ok && span_cut(&rest, '\n', &line); n++) {
		struct line_record r;
		struct err e = { 0 };
		uint64_t beg = (uint64_t)(line.p - bytes.p);
		arena_reset(&a);
		if (!span_trim(line).n)
			continue;
		if (!read_record(line, &g->o->mapping, &a, &r, &e)) {
			report_quarantine(&g->report, path, "line %zu: %s", n, e.msg);
			continue;
		}
		struct text raw;
		if (!record_text(&r, &a, &raw)) {
			report_skip(&g->report, path, "line %zu: a record without text", n);
			continue;
		}
		g->shared = hosts_shared(&hosts, r.meta.url);
		ok = show_reading(g, &raw, &r.meta, &(struct source){ .path = path, .beg = beg, .similarity = 1 }, &a);
	}
	arena_release(&a);
	return ok;
}

/* Only plain text, Markdown and records have furniture that their neighbours show; elsewhere the markup tells. */
static bool show_file(struct staging *g, int fd, span path)
{
	struct arena a = { 0 };
	struct err e = { 0 };
	span bytes;
	bool ok = true;
	g->shared = (struct furniture){ 0 };
	/* What cannot be read as text is refused as in an index, in the same words. */
	const char *why = read_bytes(fd, &a, &bytes, &e) ? read_refuse(bytes, &a) : e.msg;
	enum format f = why ? FORMAT_AUTO : g->o->reader ? g->o->reader : read_format(path, bytes);
	if (why) {
		report_skip(&g->report, path, "%s", why);
	} else if (f == FORMAT_JSONL) {
		ok = show_lines(g, path, bytes);
	} else {
		struct meta meta = mapping_meta(&g->o->mapping);
		struct text raw = read_text(f, bytes, &meta, &a);
		if (f == FORMAT_TEXT || f == FORMAT_MARKDOWN)
			g->shared = learned_of(&g->learned, path);
		ok = show_reading(g, &raw, &meta, &(struct source){ .path = path, .similarity = 1 }, &a);
	}
	arena_release(&a);
	return ok;
}

/* Documents of different files, or of one, that are the same. */
static bool show_duplicates(struct staging *g)
{
	struct arena a = { 0 };
	struct buf out = { .a = &a };
	struct shown s = { .j = { .out = &out }, .out = &out };
	struct fold folded;
	/* Copies are printed here as values, not told as lines of a report. */
	struct report muted = { .quiet = true };
	bool ok = spill_flush(&g->spill, g->err) && fold(&(struct fold_from){ &g->spill, NULL, &muted }, &a, &folded, g->err);
	for (size_t i = 0; ok && i < g->spill.items.n; i++) {
		const struct item *y = &g->spill.items.v[i], *k = &g->spill.items.v[y->keep];
		if (y == k)
			continue;
		json_object(&s.j);
		json_key_str(&s.j, "keep", g->spill.paths.v[k->path]);
		json_key_str(&s.j, "drop", g->spill.paths.v[y->path]);
		json_key_str(&s.j, "why", span_of(y->why));
		json_key(&s.j, "similarity");
		json_real(&s.j, (double)y->similarity, 3);
		json_key_uint(&s.j, "keep_beg", k->beg);
		json_key_uint(&s.j, "drop_beg", y->beg);
		end_line(&s);
	}
	ok = ok && print(buf_span(&out), g->err);
	arena_release(&muted.a);
	arena_release(&a);
	return ok;
}

/* No index, no lock, one thread. The spill is in memory, and used by duplicates alone. */
int run_stage(const struct index_options *o)
{
	struct err err = { 0 };
	struct staging g = { .o = o, .err = &err };
	g.learned.a = &g.a;
	struct walk *w = walk_open(&o->paths, NULL, &g.report);
	int fd, status;
	span path;
	bool duplicates = span_eq(o->stage, SPAN("duplicates"));
	bool ok = spill_open(&g.spill, NULL, &err);
	while (ok && walk_next(w, &fd, &path)) {
		ok = show_file(&g, fd, path);
		close(fd);
	}
	ok = ok && (!duplicates || show_duplicates(&g));
	/* A path that was named and could not be read decides the status, else whether there was any text at all. */
	status = ok ? (int)walk_status(w) : (int)err.code;
	if (!ok)
		fprintf(stderr, "pincite index: %s\n", err.msg);
	else if (!status && !g.any)
		status = ERR_NOT_FOUND;
	spill_close(&g.spill);
	walk_close(w);
	arena_release(&g.report.a);
	arena_release(&g.a);
	return status;
}
