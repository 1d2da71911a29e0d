/* pincite export: every document, or those that a query finds, as JSON Lines. */
#include "base/json.h"
#include "searcher/command.h"
#include "searcher/output.h"
#include "searcher/search.h"
#include "searcher/show.h"

/* Documents asked for at once: the list of a large index is never whole in memory. */
enum { CHUNK = 500 };

struct export_options {
	span index, dialect, text;
	uint64_t timeout;
	struct show_parts parts;
};
#define FIELD(name) offsetof(struct export_options, name)
static const struct opt opts[] = {
	OPT_INDEX(struct export_options),
	{ "dialect", 0, OPT_TEXT, FIELD(dialect), "NAME", "query language", "plain|westlaw|lexis", 0, 0 },
	{ "timeout", 0, OPT_UINT, FIELD(timeout), "MS", "time to find what the query asks for", NULL, 1, 3600000 },
	{ "outline", 0, OPT_FLAG, FIELD(parts.outline), NULL, "with the tree of citable units", NULL, 0, 0 },
	{ "repairs", 0, OPT_FLAG, FIELD(parts.repairs), NULL, "with what was repaired", NULL, 0, 0 },
	{ "original", 0, OPT_FLAG, FIELD(parts.original), NULL, "with the source as it was read", NULL, 0, 0 },
	{ "copies", 0, OPT_FLAG, FIELD(parts.copies), NULL, "with all places the text stands at", NULL, 0, 0 },
};
const struct command export_command = {
	.name = "export",
	.operands = "[QUERY...]",
	.summary = "print every document, or those a query finds, as JSON Lines",
	.opts = opts,
	.nopts = sizeof opts / sizeof opts[0],
};

/* A line a document: what `show --format=json` prints of it whole. Each has an arena of its own, so
 * that memory is that of the largest document, and is written at once, so that a reader at the
 * other end of a pipe need not wait. */
static bool print_entry(struct index *x, uint32_t entry, const struct show_parts *parts, struct err *err)
{
	struct arena a = { 0 };
	struct record r;
	bool ok = index_record(x, entry, &a, &r, err);
	if (ok) {
		struct buf b = { .a = &a };
		struct json j = { .out = &b };
		struct shown s = show_part(&r, r.doc.address);
		show_json(&s, parts, &j);
		buf_byte(&b, '\n');
		ok = output_write(buf_span(&b), err);
	}
	arena_release(&a);
	return ok;
}

/* In order of entries, which is that of the index. The next chunk begins behind the last entry of
 * this one; a chunk that is not full is the last. */
static bool print_all(struct index *x, const struct show_parts *parts, struct err *err)
{
	char term[64];
	struct xap_posting_range range = { .max = CHUNK };
	struct arena a = { 0 };
	bool ok = true;
	range.term = (span){ term, field_term(F_ENTRY, SPAN("document"), term, sizeof term) };
	for (size_t got = CHUNK; ok && got == CHUNK;) {
		struct xap_postings p = { 0 };
		arena_reset(&a);
		ok = xap_postings(x->xap, &range, &a, &p, err);
		for (size_t i = 0; ok && i < p.n; i++)
			ok = print_entry(x, p.v[i].entry, parts, err);
		got = p.n;
		range.from = p.n ? p.v[p.n - 1].entry + 1 : 0;
	}
	arena_release(&a);
	return ok;
}

/* The documents that the query finds, in the order of the index. */
static bool print_found(struct index *x, const struct export_options *o, struct arena *a, size_t *n, struct err *err)
{
	struct search_request r = { .text = o->text, .timeout_ms = (uint32_t)o->timeout };
	struct u32s found;
	r.language.dialect = span_eq(o->dialect, SPAN("westlaw")) ? DIALECT_WESTLAW :
			     span_eq(o->dialect, SPAN("lexis")) ? DIALECT_LEXIS : DIALECT_PLAIN;
	/* All that match, not a page of hits, and unranked: who exports wants the set. A search
	 * past its time is an error here, for half a set would look like a whole one. */
	if (!search_entries(x, &r, a, &found, err))
		return false;
	*n = found.n;
	for (size_t i = 0; i < found.n; i++)
		if (!print_entry(x, found.v[i], &o->parts, err))
			return false;
	return true;
}

/* It writes as it goes, so it is not a command of command_ask, which gathers the answer first. */
int cmd_export(char **argv)
{
	struct arena a = { 0 };
	struct export_options o = { .timeout = 60000 };
	struct spans rest = { 0 };
	struct err err = { 0 };
	struct index x;
	/* Without a query the status does not depend on how many there are: an empty index exports
	 * well. */
	size_t n = 1;
	int status;
	if (command_parse(&(struct arguments){ &export_command, &o, &rest, &a }, argv, &status)) {
		if (rest.n && !command_text(&rest, &a, &o.text, &err))
			status = command_fail(&err);
		else if (index_open(&x, command_index_path(o.index, &a), &a, &err)) {
			bool ok = rest.n ? print_found(&x, &o, &a, &n, &err) : print_all(&x, &o.parts, &err);
			status = ok ? !n : command_fail(&err);
			index_close(&x);
		} else {
			status = command_fail(&err);
		}
	}
	arena_release(&a);
	return status;
}
