/* pincite show: a document, or the part of it that a citation names. */
#include <stdio.h>
#include <stdlib.h>
#include "law/address.h"
#include "law/cite.h"
#include "searcher/command.h"
#include "searcher/output.h"
#include "searcher/printed.h"

/* Of a container; what is beyond is left out. */
enum { DOCUMENTS_MAX = 10000 };

struct show_options {
	span index, format;
	struct show_parts parts;
};
#define FIELD(name) offsetof(struct show_options, name)
static const struct opt opts[] = {
	OPT_INDEX(struct show_options),
	{ "outline", 0, OPT_FLAG, FIELD(parts.outline), NULL, "the tree of citable units", NULL, 0, 0 },
	{ "repairs", 0, OPT_FLAG, FIELD(parts.repairs), NULL, "what was repaired, before and after", NULL, 0, 0 },
	{ "original", 0, OPT_FLAG, FIELD(parts.original), NULL, "the source bytes as they were read", NULL, 0, 0 },
	{ "copies", 0, OPT_FLAG, FIELD(parts.copies), NULL, "where else the same text stands", NULL, 0, 0 },
	{ "format", 0, OPT_TEXT, FIELD(format), "NAME", "how to print", "text|json", 0, 0 },
};
const struct command show_command = {
	.name = "show",
	.operands = "ADDRESS|CITATION",
	.summary = "show a document, or the part of it that a citation names",
	.details = "  pincite show 'Mo. Rev. Stat. § 610.100.4'\n"
		   "  pincite show /us-mo/rsmo/s610.100 --outline\n\n"
		   "An address that holds several documents (a bill, a chapter) lists them; --original then gives\n"
		   "them all, in the order of their files.\n\n"
		   "Exit status: 0 found, 1 not in the index, 2 neither an address nor a citation.",
	.opts = opts,
	.nopts = sizeof opts / sizeof opts[0],
};

/* Documents that were found, and what of them was asked for. */
struct found_documents {
	span address;   /* as asked for */
	struct { struct shown *v; size_t n, cap; } docs;
	bool container; /* the address is above them */
};

/* Shown in the part that was asked for: the whole, where the address is above the document. */
static bool add_entry(struct index *x, uint32_t entry, struct arena *a, struct found_documents *out, struct err *err)
{
	struct record r;
	if (!index_record(x, entry, a, &r, err))
		return false;
	*PUSH(a, &out->docs) = show_part(&r, out->address);
	return true;
}

/* All documents at the address or below it: a document has a term for its address and one for each
 * of the ancestors. */
static bool add_below(struct index *x, struct arena *a, struct found_documents *out, struct err *err)
{
	char under[256], document[64];
	struct xap_query terms[2] = { { .op = XAP_TERM }, { .op = XAP_TERM } };
	const struct xap_query *both[2] = { &terms[0], &terms[1] };
	struct xap_query all = { .op = XAP_AND, .sub = both, .nsub = 2 };
	struct xap_search search = { .query = &all, .count = DOCUMENTS_MAX };
	struct xap_hits hits = { 0 };
	terms[0].term = (span){ under, field_term(F_ADDRESS, out->address, under, sizeof under) };
	terms[1].term = (span){ document, field_term(F_ENTRY, SPAN("document"), document, sizeof document) };
	if (!xap_search(x->xap, &search, a, &hits, err))
		return false;
	for (size_t i = 0; i < hits.n; i++)
		if (!add_entry(x, hits.v[i].entry, a, out, err))
			return false;
	out->container = hits.n > 0;
	return true;
}

/* By file and place in it: --original of all sections of a file then gives the file's text in its
 * own order. */
static int by_source(const void *x, const void *y)
{
	const struct sources *a = &((const struct shown *)x)->record.sources, *b = &((const struct shown *)y)->record.sources;
	int c = span_cmp(a->n ? a->v[0].path : (span){ 0 }, b->n ? b->v[0].path : (span){ 0 });
	if (c)
		return c;
	uint64_t p = a->n ? a->v[0].beg : 0, q = b->n ? b->v[0].beg : 0;
	return (p > q) - (p < q);
}

/* The documents at the address, or at one above it of which it is a part, or
 * those below it. */
static bool find(struct index *x, bool whole, struct arena *a, struct found_documents *out, struct err *err)
{
	span address = out->address;
	struct u32s entries = { 0 };
	if (!index_find(x, address, a, &entries, err))
		return false;
	for (size_t i = 0; i < entries.n; i++) {
		struct record r;
		if (!index_record(x, entries.v[i], a, &r, err))
			return false;
		/* A document with this address, by its own or a parallel citation, or one of which
		 * it is a part. Those below are left out, for index_find gives only the first of
		 * them. */
		if (address_under(address, r.doc.address) || !address_under(r.doc.address, address))
			*PUSH(a, &out->docs) = show_part(&r, address);
	}
	/* With `whole` (--original) what lies below a document of that very address is wanted, too;
	 * add_below finds both. */
	bool exact = out->docs.n && span_eq(out->docs.v[0].record.doc.address, address);
	if (out->docs.n && !(whole && exact))
		return true;
	out->docs.n = 0;
	if (!add_below(x, a, out, err))
		return false;
	out->container = out->docs.n > 1;
	if (out->docs.n)
		qsort(out->docs.v, out->docs.n, sizeof *out->docs.v, by_source);
	return true;
}

/* The addresses that the operand may mean; none: ERR_REQUEST. */
static bool addresses(span operand, struct arena *a, struct spans *out, struct err *err)
{
	struct cites readings = { 0 };
	struct cite_context none = { 0 };
	if (span_starts(operand, SPAN("/"))) {
		*PUSH(a, out) = operand;
		return true;
	}
	if (cite_parse(operand, &none, a, &readings))
		for (size_t i = 0; i < readings.n; i++)
			if (readings.v[i].address.n)
				*PUSH(a, out) = readings.v[i].address;
	return out->n || err_set(err, ERR_REQUEST, "'%.*s' is neither an address (/us/usc/t42/s1983) nor a citation "
				 "that is known", SPAN_ARG(operand));
}

/* Several of these may be asked for at once; text is what none of them is. */
static void print_one(const struct shown *s, const struct show_parts *parts, struct buf *b)
{
	if (parts->outline)
		show_outline(s, b);
	if (parts->repairs)
		show_repairs(s, b);
	if (parts->copies)
		show_copies(s, b);
	if (!parts->outline && !parts->repairs && !parts->copies)
		show_text(s, b);
}

/* A container is a list, a line a document, unless something of the documents was asked for.
 * Sources follow one another without anything between, so that they are the bytes of the file. */
static void print_all(const struct found_documents *f, const struct show_request *o, struct buf *b)
{
	bool json = o->json, list = f->container && !o->parts.original;
	for (size_t i = 0; i < f->docs.n; i++) {
		struct json j = { .out = b };
		if (json) {
			show_json(&f->docs.v[i], &o->parts, &j);
			buf_byte(b, '\n');
		} else if (o->parts.original) {
			buf_put(b, show_source(&f->docs.v[i]));
		} else if (list && !o->parts.outline && !o->parts.repairs && !o->parts.copies) {
			show_line(&f->docs.v[i].record, b);
		} else {
			if (i)
				buf_byte(b, '\n');
			print_one(&f->docs.v[i], &o->parts, b);
		}
	}
}

bool show_print(struct index *x, const struct show_request *r, struct buf *b, size_t *n, struct err *err)
{
	struct spans wanted = { 0 };
	struct found_documents found = { 0 };
	if (!addresses(r->operand, b->a, &wanted, err))
		return false;
	/* The first reading at which the index has something is the answer. */
	for (size_t i = 0; i < wanted.n && !found.docs.n; i++) {
		found.address = wanted.v[i];
		if (!find(x, r->parts.original, b->a, &found, err))
			return false;
	}
	print_all(&found, r, b);
	*n = found.docs.n;
	return true;
}

/* Source bytes and JSON never go through a pager: they are for programs. */
static bool answer(struct asking *q, const void *options, struct err *err)
{
	const struct show_options *o = options;
	struct show_request r = { span_trim(q->text), o->parts, span_eq(o->format, SPAN("json")) };
	size_t n = 0;
	if (!show_print(q->index, &r, q->out, &n, err))
		return false;
	q->plain = o->parts.original || r.json;
	q->any = n > 0;
	if (!n)
		fprintf(stderr, "pincite: nothing in the index at %.*s\n", SPAN_ARG(r.operand));
	return true;
}

int cmd_show(char **argv)
{
	struct show_options o = { 0 };
	return command_ask(argv, &(struct ask){ &show_command, &o, NULL, answer });
}
