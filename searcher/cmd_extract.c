/* extract: the citations in any text, as JSON Lines; needs no index.
 *
 * The text is repaired first, so that citations in damaged text are read too;
 * places are given in the bytes of the input. What kind of document it is
 * tells whose sections a bare "section 210.150" means. */
#include <stdio.h>
#include <unistd.h>
#include "base/file.h"
#include "law/cite_json.h"
#include "law/outline.h"
#include "law/repair.h"
#include "searcher/command.h"
#include "searcher/output.h"
#include "searcher/printed.h"

struct options {
	span format;
	bool plain;
};

static const struct opt opts[] = {
	{ "format", 0, OPT_TEXT, offsetof(struct options, format), "FORMAT", "json lines or a table", "jsonl|text", 0, 0 },
	{ "plain", 0, OPT_FLAG, offsetof(struct options, plain), NULL, "read the text as it is, without repairs", NULL, 0, 0 },
};
const struct command extract_command = {
	"extract", "[FILE|-]", "list the citations in a text",
	"Each line is a citation: kind, place in bytes of the input, address, volume,\n"
	"reporter, page, pin, court, year, parties, section, and the citations it leans on.\n"
	"Example: pincite extract opinion.txt\n",
	opts, sizeof opts / sizeof *opts
};

/* Whose sections a bare number means, and where footnotes stand, so that "supra note 4" can be
 * followed. */
static struct cite_context context_of(const struct doc *d, struct arena *a)
{
	struct cite_context c = { .jurisdiction = d->meta.jurisdiction, .code = d->meta.code, .address = d->address };
	struct outline o = outline_of(d, a);
	struct { struct range *v; size_t n, cap; } notes = { 0 };
	for (size_t i = 0; i < o.n; i++)
		if (o.v[i].role == UNIT_FOOTNOTE)
			*PUSH(a, &notes) = o.v[i].at;
	c.footnotes = notes.v;
	c.nfootnotes = notes.n;
	return c;
}

/* {"kind":"case","beg":...}: at is where it stands in the input, and its words are those of the
 * input, damage and all. `first` makes the links between citations count through all documents of
 * the input. */
static void line_json(struct buf *out, const struct cite *c, const struct text *t, uint32_t first)
{
	struct json j = { .out = out };
	struct range at = text_to_source(t, c->at);
	cite_json(&j, c, at, span_range(t->src, at), first);
	buf_byte(out, '\n');
}

/* beg, kind, address, words: with tabs between, and the words without line ends, so that a citation
 * stays one line. */
static void line_text(struct buf *out, const struct cite *c, const struct text *t)
{
	struct range at = text_to_source(t, c->at);
	buf_printf(out, "%u\t%s\t%.*s\t", at.beg, cite_kind_name(c->kind), SPAN_ARG(c->address));
	span s = span_range(t->clean, c->at);
	for (size_t i = 0; i < s.n; i++)
		buf_byte(out, is_space(s.p[i]) ? ' ' : s.p[i]);
	buf_byte(out, '\n');
}

/* A file may hold many documents, and "id." or a short form never reaches over from one to the
 * next. */
static size_t text_cites(const struct text *t, bool as_text, struct arena *a, struct buf *out)
{
	struct meta none = { 0 };
	struct docs docs = documents(t, &none, a);
	size_t total = 0;
	for (size_t i = 0; i < docs.n; i++) {
		struct cite_context c = context_of(&docs.v[i], a);
		struct text part = text_slice(t, docs.v[i].at, a);
		struct cites list = cites_of(part.clean, &c, a);
		for (size_t k = 0; k < list.n; k++)
			if (as_text)
				line_text(out, &list.v[k], &part);
			else
				line_json(out, &list.v[k], &part, (uint32_t)total);
		total += list.n;
	}
	return total;
}

/* The map of the text goes with it through repairs and slices, so places come out in bytes of src. */
size_t extract_print(span src, bool plain, bool as_text, struct arena *a, struct buf *b)
{
	struct text t = text_plain(src, a);
	if (!plain)
		t = repair_but(&t, "repeated-page", a); /* a citation in every copy counts */
	return text_cites(&t, as_text, a, b);
}

int cmd_extract(char **argv)
{
	struct arena a = { 0 };
	struct options o = { 0 };
	struct spans rest = { 0 };
	struct err err = { 0 };
	int status;
	span src;
	if (!command_parse(&(struct arguments){ &extract_command, &o, &rest, &a }, argv, &status))
		return status;
	bool from_stdin = rest.n == 0 || span_eq(rest.v[0], SPAN("-"));
	bool read = rest.n > 1 ? err_set(&err, ERR_REQUEST, "extract: one file at a time")
		  : from_stdin ? file_read_fd(STDIN_FILENO, FILE_MAX_BYTES, &a, &src, &err)
			       : file_read(arena_cstr(&a, rest.v[0]), FILE_MAX_BYTES, &a, &src, &err);
	/* Nothing is printed before the whole input is read: a file that cannot be read leaves
	 * stdout empty. */
	if (!read) {
		arena_release(&a);
		return command_fail(&err);
	}
	struct buf out = { .a = &a };
	size_t n = extract_print(src, o.plain, span_eq(o.format, SPAN("text")), &a, &out);
	status = output_end(buf_span(&out), n ? 0 : 1);
	arena_release(&a);
	return status;
}
