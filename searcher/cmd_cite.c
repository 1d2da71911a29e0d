/* cite: the document a citation names, its text at that place, what it cites,
 * and who cites it, with the sentence. */
#include "searcher/cite_found.h"
#include "searcher/command.h"
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

/* The index's own codes come last and one at a time: a bare "610.100" is a section of whichever
 * code first makes a citation of it, and a citation that names its code is never read as one of
 * another. */
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

/* Every reading is answered, in text one after another, in JSON as an array:
 * {"schema":1,"readings":[{...}]}. Which of them was meant is for the reader to judge. */
bool cite_print(struct index *x, const struct cite_request *r, struct buf *b, bool *any, struct err *err)
{
	struct arena *a = b->a;
	struct cites readings = { 0 };
	struct json j = { .out = b };
	bool ok = true;
	if (!cite_readings(x, r->operand, a, &readings))
		return err_set(err, ERR_REQUEST, "\"%.*s\" is no citation that can be read", SPAN_ARG(r->operand));
	*any = false;
	if (r->json) {
		json_object(&j);
		json_key_uint(&j, "schema", 1);
		json_key(&j, "readings");
		json_array(&j);
	}
	for (size_t i = 0; ok && i < readings.n; i++) {
		struct found f;
		struct inquiry of = { readings.v[i].address, r->max, .treatment = true };
		ok = found_look_up(x, &of, a, &f, err);
		/* A document that the index lacks still has an answer when others cite it. */
		*any |= ok && (f.here || f.mentions.n);
		if (ok && r->json)
			found_json(&f, a, &j);
		else if (ok)
			found_text(&f, a, b);
	}
	if (r->json) {
		json_end(&j, ']');
		json_end(&j, '}');
		buf_byte(b, '\n');
	}
	return ok;
}

/* Text goes through the pager, JSON never. */
static bool answer(struct asking *q, const void *options, struct err *err)
{
	const struct options *o = options;
	struct cite_request r = { span_trim(q->text), (size_t)o->n, span_eq(o->format, SPAN("json")) };
	q->plain = r.json;
	return cite_print(q->index, &r, q->out, &q->any, err);
}

int cmd_cite(char **argv)
{
	struct options o = { .n = 1000 };
	return command_ask(argv, &(struct ask){ &cite_command, &o, NULL, answer });
}
