/* pincite authorities: the table of authorities of a document in the index. */
#include "law/address.h"
#include "searcher/citator.h"
#include "searcher/command.h"
#include "searcher/output.h"
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

static bool find(struct index *x, span operand, struct arena *a, struct record *r, bool *any, struct err *err)
{
	struct cites readings = { 0 };
	uint32_t entry;
	span at;
	if (operand.n && operand.p[0] == '/')
		PUSH(a, &readings)->address = operand;
	else if (!cite_parse(operand, NULL, a, &readings))
		for (size_t i = 0; i < x->ncodes && !readings.n; i++)
			cite_parse(operand, &x->codes[i], a, &readings);
	if (!readings.n)
		return err_set(err, ERR_REQUEST, "\"%.*s\" is no citation that can be read", SPAN_ARG(operand));
	for (size_t i = 0; i < readings.n && !*any && !err->code; i++)
		*any = citator_find(x, readings.v[i].address, a, &entry, &at, err);
	return !err->code && (!*any || index_record(x, entry, a, r, err));
}

static void print_json(const struct record *r, const struct toa *t, struct buf *b)
{
	struct json j = { .out = b };
	json_object(&j);
	json_key(&j, "schema"), json_uint(&j, 1);
	json_key(&j, "address"), json_str(&j, r->doc.address);
	json_key(&j, "cite"), json_str_or_null(&j, r->doc.display);
	json_key(&j, "table_of_authorities");
	toa_json(t, &j);
	json_end(&j, '}');
	buf_byte(b, '\n');
}

bool authorities_print(struct index *x, span operand, bool json, struct buf *b, bool *any, struct err *err)
{
	struct record r;
	*any = false;
	if (!find(x, operand, b->a, &r, any, err))
		return false;
	if (!*any)
		return true;
	struct toa t = toa_of(r.doc.text.clean, &r.cites, address_document(r.doc.address), b->a);
	if (json)
		print_json(&r, &t, b);
	else
		toa_text(&t, b);
	return true;
}

int cmd_authorities(char **argv)
{
	struct arena a = { 0 };
	struct options o = { 0 };
	struct spans rest = { 0 };
	struct buf out = { .a = &a };
	struct err err = { 0 };
	struct index x;
	span text;
	int status;
	bool any = false;
	if (!command_parse(&authorities_command, argv, &o, &rest, &a, &status)) {
		arena_release(&a);
		return status;
	}
	bool json = span_eq(o.format, SPAN("json"));
	if (!command_text(&rest, &a, &text, &err) || !index_open(&x, command_index_path(o.index, &a), &a, &err)) {
		status = command_fail(&err);
	} else {
		status = authorities_print(&x, span_trim(text), json, &out, &any, &err)
			? output_page(buf_span(&out), !json, any ? 0 : 1) : command_fail(&err);
		index_close(&x);
	}
	arena_release(&a);
	return status;
}
