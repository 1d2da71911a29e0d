/* pincite authorities: the table of authorities of a document in the index. */
#include <stdio.h>
#include "law/address.h"
#include "searcher/citator.h"
#include "searcher/command.h"
#include "searcher/printed.h"
#include "searcher/toa.h"

struct options {
	span index, format;
};

static const struct opt opts[] = {
	OPT_INDEX(struct options),
	{ "format", 0, OPT_TEXT, offsetof(struct options, format), "FORMAT", "text or json", "text|json", 0, 0 },
};
const struct command authorities_command = {
	"authorities", "ADDRESS|CITATION", "list the authorities a document cites",
	"Cases, statutes and others, each with the pages (or lines) that cite it.\n"
	"Example: pincite authorities '410 U.S. 113'\n"
	"Exit status 1: the document is not in the index.\n",
	opts, sizeof opts / sizeof *opts
};

/* Also for /authorities of the page. An ambiguous citation has several readings: the first that is
 * a document of the index is taken. None of them is no error (out->any is false), for the corpus
 * may just lack it. */
bool authorities_of(struct index *x, span operand, struct arena *a, struct authorities *out, struct err *err)
{
	struct cites readings = { 0 };
	struct located found;
	*out = (struct authorities){ 0 };
	if (!cite_readings(x, operand, a, &readings))
		return err_set(err, ERR_REQUEST, "\"%.*s\" is no citation that can be read", SPAN_ARG(operand));
	for (size_t i = 0; i < readings.n && !out->any && !err->code; i++)
		if (readings.v[i].address.n)
			out->any = citator_find(x, readings.v[i].address, a, &found, err);
	/* Trouble is false; nothing found is true. */
	if (err->code || !out->any)
		return !err->code;
	if (!index_record(x, found.entry, a, &out->record, err))
		return false;
	/* Own address: what a document cites of itself is no authority for it. */
	out->toa = toa_of(out->record.doc.text.clean, &out->record.cites, address_document(out->record.doc.address), a);
	return true;
}

/* {"schema":1,"address":...,"cite":...,"table_of_authorities":[...]}, a single line. */
static void print_json(const struct record *r, const struct toa *t, struct buf *b)
{
	struct json j = { .out = b };
	json_object(&j);
	json_key_uint(&j, "schema", 1);
	json_key_str(&j, "address", r->doc.address);
	json_key_str_or_null(&j, "cite", r->doc.display);
	json_key(&j, "table_of_authorities");
	toa_json(t, &j);
	json_end(&j, '}');
	buf_byte(b, '\n');
}

/* For a document that is not in the index nothing at all is printed, as JSON either: the status, or
 * 404, says it. */
bool authorities_print(struct index *x, const struct authorities_request *r, struct buf *b, bool *any, struct err *err)
{
	struct authorities found;
	*any = false;
	if (!authorities_of(x, r->operand, b->a, &found, err))
		return false;
	*any = found.any;
	if (!*any)
		return true;
	if (r->json)
		print_json(&found.record, &found.toa, b);
	else
		toa_text(&found.toa, b);
	return true;
}

/* In words on stderr, so that stdout holds the table or nothing. */
static bool answer(struct asking *q, const void *options, struct err *err)
{
	const struct options *o = options;
	struct authorities_request r = { span_trim(q->text), span_eq(o->format, SPAN("json")) };
	q->plain = r.json;
	if (!authorities_print(q->index, &r, q->out, &q->any, err))
		return false;
	if (!q->any && !r.json)
		fprintf(stderr, "pincite: nothing in the index at %.*s\n", SPAN_ARG(r.operand));
	return true;
}

int cmd_authorities(char **argv)
{
	struct options o = { 0 };
	return command_ask(argv, &(struct ask){ &authorities_command, &o, NULL, answer });
}
