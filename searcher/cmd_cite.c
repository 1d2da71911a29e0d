/* cite: the document a citation names, its text at that place, what it cites,
 * and who cites it, with the sentence. */
#include <stdio.h>
#include "base/hash.h"
#include "law/address.h"
#include "law/date.h"
#include "searcher/citator.h"
#include "searcher/command.h"
#include "searcher/output.h"
#include "searcher/printed.h"

struct options {
	span index, format;
	uint64_t n;
};

static const struct opt opts[] = {
	OPT_INDEX(struct options),
	{ "format", 0, OPT_TEXT, offsetof(struct options, format), "FORMAT", "text or json", "text|json", 0, 0 },
	{ "limit", 'n', OPT_UINT, offsetof(struct options, n), "N", "citing documents at most (1000)", NULL, 1, 100000 },
};
const struct command cite_command = {
	"cite", "CITATION...", "show what a citation names and who cites it",
	"Example: pincite cite 'Mo. Rev. Stat. § 610.100.4'\n"
	"A page inside a case finds the case. Exit status 1: neither the document nor a\n"
	"citation of it is in the index.\n",
	opts, sizeof opts / sizeof *opts
};

/* What was found for one reading of the citation. */
struct found {
	span address, at; /* as asked; as found */
	bool here;        /* the document is in the index */
	struct record record;
	struct mentions mentions;
};

static bool look_up(struct index *x, span address, size_t max, struct arena *a, struct found *f, struct err *err)
{
	uint32_t entry;
	*f = (struct found){ .address = address, .at = address };
	f->here = citator_find(x, address, a, &entry, &f->at, err);
	if (err->code || (f->here && !index_record(x, entry, a, &f->record, err)))
		return false;
	return citator_mentions(x, f->at, max, a, &f->mentions, err);
}

bool cite_readings(struct index *x, span text, struct arena *a, struct cites *readings)
{
	if (text.n && text.p[0] == '/') {
		PUSH(a, readings)->address = text;
		return true;
	}
	if (cite_parse(text, NULL, a, readings))
		return true;
	for (size_t i = 0; i < x->ncodes && !readings->n; i++)
		cite_parse(text, &x->codes[i], a, readings);
	return readings->n != 0;
}

/* Addresses that the part cites, each once, in order of first mention. */
static void cited_by_part(const struct shown *s, struct arena *a, struct spans *out)
{
	struct map seen = { .a = a };
	for (size_t i = 0; i < s->record.cites.n; i++) {
		const struct cite *c = &s->record.cites.v[i];
		bool fresh;
		if (!c->address.n || c->at.beg < s->at.beg || c->at.beg >= s->at.end)
			continue;
		map_put(&seen, c->address, &fresh);
		if (fresh && !address_under(c->address, address_document(s->record.doc.address)))
			*PUSH(a, out) = c->address;
	}
}

static void put_line(struct buf *b, span s)
{
	bool space = false;
	for (size_t i = 0; i < s.n; i++) {
		if (is_space(s.p[i])) {
			space = true;
			continue;
		}
		if (space)
			buf_byte(b, ' ');
		space = false;
		output_safe(b, span_sub(s, i, i + 1));
	}
	buf_byte(b, '\n');
}

static void print_mentions(const struct found *f, struct arena *a, struct buf *b)
{
	span cited = { 0 }, by = { 0 };
	buf_printf(b, "\nCited by %u document%s\n", f->mentions.documents, f->mentions.documents == 1 ? "" : "s");
	for (size_t i = 0; i < f->mentions.n; i++) {
		const struct mention *m = &f->mentions.v[i];
		if (!span_eq(m->cited, cited))
			buf_printf(b, "\n  %.*s\n", SPAN_ARG(address_display(m->cited, a)));
		if (!span_eq(m->address, by) || !span_eq(m->cited, cited)) {
			buf_printf(b, "    %.*s  ", SPAN_ARG(m->address));
			put_line(b, m->display);
		}
		buf_put(b, SPAN("      "));
		put_line(b, m->sentence);
		cited = m->cited;
		by = m->address;
	}
}

static void print_text(const struct found *f, struct arena *a, struct buf *b)
{
	struct spans cites = { 0 };
	if (f->here) {
		struct shown s = show_part(&f->record, f->at);
		show_text(&s, b);
		cited_by_part(&s, a, &cites);
	} else {
		buf_printf(b, "%.*s\nnot in the index\n", SPAN_ARG(address_display(f->address, a)));
	}
	if (cites.n)
		buf_put(b, SPAN("\nCites\n"));
	for (size_t i = 0; i < cites.n; i++)
		buf_printf(b, "  %.*s  %.*s\n", SPAN_ARG(address_display(cites.v[i], a)), SPAN_ARG(cites.v[i]));
	print_mentions(f, a, b);
}

static void json_text(struct json *j, const char *key, span s)
{
	json_key(j, key);
	json_str_or_null(j, s);
}

static void mention_json(struct json *j, const struct mention *m, struct arena *a)
{
	char date[11];
	size_t n = date_format(m->date, date);
	json_object(j);
	json_text(j, "address", m->address);
	json_text(j, "cite", m->display);
	json_text(j, "cited", m->cited);
	json_text(j, "cited_as", address_display(m->cited, a));
	json_text(j, "court", m->court);
	json_text(j, "date", (span){ date, n });
	json_text(j, "sentence", m->sentence);
	json_end(j, '}');
}

static void print_json(const struct found *f, struct arena *a, struct json *j)
{
	struct spans cites = { 0 };
	struct show_parts none = { 0 };
	json_object(j);
	json_text(j, "address", f->address);
	json_text(j, "found", f->here ? f->at : (span){ 0 });
	json_text(j, "cite", address_display(f->address, a));
	json_key(j, "document");
	if (f->here) {
		struct shown s = show_part(&f->record, f->at);
		show_json(&s, &none, j);
		cited_by_part(&s, a, &cites);
	} else {
		json_null(j);
	}
	json_key(j, "cites");
	json_array(j);
	for (size_t i = 0; i < cites.n; i++)
		json_str(j, cites.v[i]);
	json_end(j, ']');
	json_key(j, "cited_by");
	json_uint(j, f->mentions.documents);
	json_key(j, "mentions");
	json_array(j);
	for (size_t i = 0; i < f->mentions.n; i++)
		mention_json(j, &f->mentions.v[i], a);
	json_end(j, ']');
	json_end(j, '}');
}

bool cite_print(struct index *x, const struct cite_request *r, struct arena *a, struct buf *b, bool *any, struct err *err)
{
	struct cites readings = { 0 };
	struct json j = { .out = b };
	bool ok = true;
	if (!cite_readings(x, r->operand, a, &readings))
		return err_set(err, ERR_REQUEST, "\"%.*s\" is no citation that can be read", SPAN_ARG(r->operand));
	*any = false;
	if (r->json) {
		json_object(&j);
		json_key(&j, "schema");
		json_uint(&j, 1);
		json_key(&j, "readings");
		json_array(&j);
	}
	for (size_t i = 0; ok && i < readings.n; i++) {
		struct found f;
		ok = look_up(x, readings.v[i].address, r->max, a, &f, err);
		*any |= ok && (f.here || f.mentions.n);
		if (ok && r->json)
			print_json(&f, a, &j);
		else if (ok)
			print_text(&f, a, b);
	}
	if (r->json) {
		json_end(&j, ']');
		json_end(&j, '}');
		buf_byte(b, '\n');
	}
	return ok;
}

int cmd_cite(char **argv)
{
	struct arena a = { 0 };
	struct options o = { .n = 1000, .format = SPAN("text") };
	struct spans rest = { 0 };
	struct buf out = { .a = &a };
	struct err err = { 0 };
	struct index x;
	span text;
	int status;
	bool any = false;
	if (!command_parse(&cite_command, argv, &o, &rest, &a, &status)) {
		arena_release(&a);
		return status;
	}
	if (!command_text(&rest, &a, &text, &err) || !index_open(&x, command_index_path(o.index, &a), &a, &err)) {
		status = command_fail(&err);
	} else {
		struct cite_request r = { span_trim(text), (size_t)o.n, span_eq(o.format, SPAN("json")) };
		status = cite_print(&x, &r, &a, &out, &any, &err)
			? output_page(buf_span(&out), !r.json, any ? 0 : 1) : command_fail(&err);
		index_close(&x);
	}
	arena_release(&a);
	return status;
}
