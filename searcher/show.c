#include "searcher/show.h"

#include "law/note.h"

#include "law/address.h"
#include "law/date.h"
#include "searcher/output.h"

/* Of the units that the address is at or below, the deepest: the one with the longest address. Head
 * matter and quotations share the address of what they stand in and are passed over, or the last of
 * them would stand for the whole. */
struct shown show_part(const struct record *r, span address)
{
	struct shown s = { .record = *r, .address = r->doc.address, .at = { 0, (uint32_t)r->doc.text.clean.n } };
	size_t best = r->doc.address.n;
	for (size_t i = 1; i < r->outline.n; i++) {
		const struct unit *u = &r->outline.v[i];
		bool own = !span_eq(u->address, r->outline.v[u->parent].address);
		if (!own || u->address.n <= best || !address_under(address, u->address))
			continue;
		best = u->address.n;
		s.unit = i;
		s.at = u->at;
		s.address = u->address;
	}
	/* "#para12": paragraphs of an opinion are passages, not units */
	for (size_t i = 0; i < r->passages.n && best < address.n; i++)
		if (span_eq(r->passages.v[i].address, address)) {
			s.unit = r->passages.v[i].unit;
			s.at = r->passages.v[i].at;
			s.address = address;
			return s;
		}
	/* A list inside a sentence is no structure, but citations name its items. */
	if (s.address.n < address.n && address.p[s.address.n] == '/' && address_under(address, s.address) &&
	    outline_anchor(&r->outline, r->doc.text.clean, s.unit, span_sub(address, s.address.n + 1, address.n), &s.at))
		s.address = address;
	return s;
}

/* Of a whole document all of its source, with what stands before the first and behind the last byte
 * that the text has. */
span show_source(const struct shown *s)
{
	const struct text *t = &s->record.doc.text;
	if (s->at.beg == 0 && s->at.end == t->clean.n)
		return t->src;
	return span_range(t->src, text_to_source(t, s->at));
}

/* "court      ca1": nothing for what is not known. */
static void labelled(struct buf *b, const char *label, span value)
{
	if (!value.n)
		return;
	buf_printf(b, "%-10s ", label);
	output_safe(b, value);
	buf_byte(b, '\n');
}

/* Of a part the citation of the part, "42 U.S.C. § 1983(a)", and then the title of its document. */
static void headline(const struct shown *s, struct buf *b)
{
	const struct doc *d = &s->record.doc;
	struct arena a = { 0 };
	span cite = s->unit ? address_display(s->address, &a) : d->display;
	output_safe(b, cite.n ? cite : s->address);
	if (d->meta.title.n) {
		buf_put(b, SPAN("  "));
		output_safe(b, d->meta.title);
	}
	buf_byte(b, '\n');
	arena_release(&a);
}

/* Where it was read from is the first source; show_copies has them all. */
static void about(const struct shown *s, struct buf *b)
{
	const struct doc *d = &s->record.doc;
	char date[11];
	size_t n = date_format(d->date, date);
	labelled(b, "address", s->address);
	labelled(b, "kind", span_of(kind_name(d->kind)));
	labelled(b, "court", d->meta.court);
	labelled(b, "docket", d->meta.docket);
	labelled(b, "judge", d->meta.judge);
	labelled(b, "date", (span){ date, n });
	for (size_t i = 0; i < s->record.versions.n; i++)
		labelled(b, "version", s->record.versions.v[i]);
	if (s->record.copies > 1)
		buf_printf(b, "%-10s %u\n", "copies", s->record.copies);
	if (s->record.sources.n) {
		const struct source *f = &s->record.sources.v[0];
		buf_printf(b, "%-10s ", "source");
		output_safe(b, f->path);
		buf_printf(b, " bytes %llu to %llu\n", (unsigned long long)f->beg, (unsigned long long)f->end);
	}
}

/* The lines of text of one range, each indented. */
static void indented(struct buf *b, span text, unsigned level)
{
	span line, rest = span_trim(text);
	bool blank = false;
	while (span_cut(&rest, '\n', &line)) {
		line = span_trim(line);
		/* Runs of blank lines become one; three columns a level, and none deeper than
		 * twelve. */
		if (!line.n && blank)
			continue;
		blank = !line.n;
		if (line.n)
			buf_printf(b, "%*s", (int)(level < 12 ? level : 12) * 3, "");
		output_safe(b, line);
		buf_byte(b, '\n');
	}
}

/* Below a part of a document: the footnotes that it calls and that stand
 * elsewhere, or, below a footnote, where it is called from. */
static void show_notes(const struct shown *s, struct buf *b)
{
	const struct outline *o = &s->record.outline;
	span clean = s->record.doc.text.clean;
	struct note_calls calls = note_calls(o, clean, b->a);
	for (size_t i = 0; i < calls.n; i++) {
		const struct note_call *c = &calls.v[i];
		const struct unit *u = &o->v[c->note];
		/* A note inside of the part was printed with it. */
		bool called = c->at.beg >= s->at.beg && c->at.end <= s->at.end, within = u->at.beg >= s->at.beg && u->at.end <= s->at.end;
		if (called && !within) {
			buf_byte(b, '\n');
			indented(b, span_range(clean, u->at), 1);
		} else if (within && c->note == s->unit) {
			buf_printf(b, "\n   called from %.*s\n", SPAN_ARG(o->v[c->unit].address));
		}
	}
}

/* The outline is walked in the order of the text. What stands between the beginnings of two units
 * is printed at the level of the one that began last, so that every byte is printed once. */
void show_text(const struct shown *s, struct buf *b)
{
	const struct outline *o = &s->record.outline;
	span clean = s->record.doc.text.clean;
	headline(s, b);
	about(s, b);
	buf_byte(b, '\n');
	uint32_t at = s->at.beg;
	unsigned level = 0, base = o->n ? o->v[s->unit].level : 0;
	for (size_t i = s->unit; i < o->n && o->v[i].at.beg < s->at.end; i++) {
		const struct unit *u = &o->v[i];
		if (u->at.beg > at) /* own text of the units above, up to here */
			indented(b, span_sub(clean, at, u->at.beg), level);
		at = u->at.beg > at ? u->at.beg : at;
		/* Only levels of law are indented: parts and paragraphs of an opinion stand at the
		 * margin. */
		bool law = u->role == UNIT_SUBDIVISION || u->role == UNIT_CONTINUATION || u->role == UNIT_QUOTATION;
		level = law && u->level > base ? u->level - base : 0;
	}
	indented(b, span_sub(clean, at, s->at.end), level);
	if (s->unit)
		show_notes(s, b);
}

/* The first words of a unit, for a line of an outline: whole ones, where it has any. */
static void put_beginning(struct buf *b, const struct shown *s, const struct unit *u)
{
	span t = span_trim(span_range(s->record.doc.text.clean, u->at));
	if (span_starts(t, u->label))
		t = span_trim(span_sub(t, u->label.n, t.n));
	span line = span_sub(t, 0, span_find_byte(t, '\n', 0));
	/* At most 60 bytes, not cut within a letter of UTF-8 (10xxxxxx goes on with one), nor
	 * within a word unless it is the first. */
	size_t n = line.n > 60 ? 60 : line.n, word = n;
	while (n < line.n && n > 0 && ((unsigned char)line.p[n] & 0xC0) == 0x80)
		n--;
	while (word && n < line.n && line.p[word] != ' ')
		word--;
	output_safe(b, span_sub(line, 0, word ? word : n));
	if (n < line.n)
		buf_put(b, SPAN("\u2026"));
}

/* "    subdivision (1) Each law enforcement agency ...  /us-mo/rsmo/s610.100/1": two columns a
 * level, the address where it is the unit's own. */
void show_outline(const struct shown *s, struct buf *b)
{
	const struct outline *o = &s->record.outline;
	headline(s, b);
	for (size_t i = s->unit; i < o->n && i < o->v[s->unit].after; i++) {
		const struct unit *u = &o->v[i];
		bool own = i == s->unit || !span_eq(u->address, o->v[u->parent].address);
		buf_printf(b, "%*s%s ", (int)(u->level < 20 ? u->level : 20) * 2, "", unit_role_name(u->role));
		if (u->label.n) {
			output_safe(b, u->label);
			buf_byte(b, ' ');
		}
		if (u->heading.n)
			output_safe(b, u->heading);
		else
			put_beginning(b, s, u);
		if (own)
			buf_printf(b, "  %.*s", SPAN_ARG(u->address));
		buf_byte(b, '\n');
	}
}

/* As JSON writes it, but for "<", ">" and "&", which only a page needs escaped. */
static void quoted(struct buf *b, span s)
{
	struct buf text = { .a = b->a };
	for (size_t i = 0; i < s.n && i < 200; i++) {
		static const char from[] = "\n\t\r\f\"\\", to[] = "ntrf\"\\";
		const char *found = s.p[i] ? strchr(from, s.p[i]) : NULL;
		if (found)
			buf_byte(&text, '\\');
		buf_byte(&text, found ? to[found - from] : s.p[i]);
	}
	buf_byte(b, '"');
	output_safe(b, buf_span(&text));
	buf_byte(b, '"');
	if (s.n > 200)
		buf_put(b, SPAN("..."));
}

/* RULE BEG-END "before" -> "after" CONFIDENCE, places in bytes of the source. Of a part those that
 * begin within it; of a document all, also what was taken out before its first word. */
void show_repairs(const struct shown *s, struct buf *b)
{
	const struct text *t = &s->record.doc.text;
	struct range src = s->unit ? text_to_source(t, s->at) : (struct range){ 0, (uint32_t)t->src.n };
	size_t n = 0;
	headline(s, b);
	for (size_t i = 0; i < t->edits.n; i++) {
		const struct edit *e = &t->edits.v[i];
		if (e->at.beg < src.beg || e->at.beg > src.end)
			continue;
		n++;
		buf_printf(b, "%-16s %7u-%-7u ", e->rule, e->at.beg, e->at.end);
		quoted(b, e->before);
		buf_put(b, SPAN(" -> "));
		quoted(b, e->after);
		struct json j = { .out = b };
		buf_put(b, SPAN("  "));
		json_real(&j, (double)e->confidence, 2);
		buf_byte(b, '\n');
	}
	buf_printf(b, "%zu repairs\n", n);
}

/* A line a place, with why it was taken for a copy; then how many copies in how many places, then
 * the versions. */
void show_copies(const struct shown *s, struct buf *b)
{
	const struct sources *l = &s->record.sources;
	headline(s, b);
	for (size_t i = 0; i < l->n; i++) {
		output_safe(b, l->v[i].path);
		buf_printf(b, " bytes %llu to %llu", (unsigned long long)l->v[i].beg, (unsigned long long)l->v[i].end);
		if (l->v[i].why.n)
			buf_printf(b, ": %.*s", SPAN_ARG(l->v[i].why));
		buf_byte(b, '\n');
	}
	buf_printf(b, "%u %s in %zu %s\n", s->record.copies, s->record.copies == 1 ? "copy" : "copies", l->n,
		   l->n == 1 ? "place" : "places");
	for (size_t i = 0; i < s->record.versions.n; i++)
		labelled(b, "version", s->record.versions.v[i]);
}

void show_line(const struct record *r, struct buf *b)
{
	output_safe(b, r->doc.address);
	if (r->doc.display.n) {
		buf_put(b, SPAN("  "));
		output_safe(b, r->doc.display);
	}
	if (r->doc.meta.title.n) {
		buf_put(b, SPAN("  "));
		output_safe(b, r->doc.meta.title);
	}
	buf_byte(b, '\n');
}
