#include "law/document_private.h"

#include "law/address.h"

/* Words that only one code, or those who write about it, uses. */
static const struct {
	const char *words, *jurisdiction, *code;
} hints[] = {
	{ "> Missouri >", "us-mo", "rsmo" }, { "RSMo", "us-mo", "rsmo" }, { "D.C. Law", "us-dc", "code" },
	{ "D.C. Code", "us-dc", "code" },
	/* The invented state of corpus/. */
	{ "> Franklin >", "us-fk", "rsf" }, { "Revised Statutes of Franklin", "us-fk", "rsf" },
	{ "REVISED STATUTES OF FRANKLIN", "us-fk", "rsf" }, { "FRANKLIN HARBOR CODE", "us-fk", "harb" },
};

static bool hinted(span s, struct code_name *out)
{
	for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
		if (span_find(s, span_of(hints[i].words), 0) < s.n) {
			out->jurisdiction = span_of(hints[i].jurisdiction);
			out->code = span_of(hints[i].code);
			return true;
		}
	return false;
}

void name_code(struct reader *r, span number, size_t head, struct code_name *out)
{
	(void)number, (void)head;
	*out = (struct code_name){ 0 };
	for (size_t i = 0; i < r->t->edits.n; i++)
		if (hinted(span_sub(r->t->edits.v[i].before, 0, 400), out))
			return;
	hinted(span_sub(r->text, 0, 20000), out);
}

span code_address(const struct code_name *c, span number, struct arena *a)
{
	return c->code.n ? address_section(c->jurisdiction, c->code, number, a) : (span){ 0 };
}
