#include "indexer/crosswalk.h"

#include "law/address.h"

/* A path is taken as it is. Else the text is read as a citation with no context:
 * what only its neighbours would tell is no number here. The first reading counts. */
static bool number_of(span text, struct arena *a, span *address)
{
	struct cites readings = { 0 };
	struct cite_context none = { 0 };
	text = span_trim(text);
	if (text.n && text.p[0] == '/')
		*address = text;
	else if (cite_parse(text, &none, a, &readings) && readings.v[0].address.n)
		*address = readings.v[0].address;
	else
		return false;
	return true;
}

/* line := OLD tab NEW [tab SOURCE]. The last field may hold tabs and may be missing. */
static bool read_line(span line, struct arena *a, struct renumbered *out)
{
	span old, new;
	*out = (struct renumbered){ 0 };
	if (!span_cut(&line, '\t', &old) || !span_cut(&line, '\t', &new))
		return false;
	out->from.source = span_trim(line);
	return number_of(old, a, &out->from.address) && number_of(new, a, &out->to);
}

/* Rows of one document are a chain through `next`; the map leads to its last row. */
bool crosswalk_read(span bytes, struct arena *a, struct crosswalk *out, struct err *err)
{
	span line;
	*out = (struct crosswalk){ .to = { .a = a } };
	for (unsigned n = 1; span_cut(&bytes, '\n', &line); n++) {
		struct renumbered r;
		if (!span_trim(line).n || line.p[0] == '#')
			continue;
		if (!read_line(line, a, &r))
			return err_set(err, ERR_REQUEST, "line %u: wanted OLD <tab> NEW [<tab> SOURCE], each an address or a citation", n);
		uint32_t *last = map_put(&out->to, address_document(r.to), NULL);
		r.next = *last;
		*PUSH(a, out) = r;
		*last = (uint32_t)out->n;
	}
	return true;
}

/* Former numbers go among the parallel citations, so no format has to know of them (law/former). */
void crosswalk_apply(const struct crosswalk *c, struct record *r, struct arena *a)
{
	uint32_t *last = c ? map_get(&c->to, r->doc.address) : NULL;
	struct spans all = { 0 }; /* the list may be that of other documents of the file, too */
	for (size_t i = 0; last && i < r->doc.meta.parallel.n; i++)
		*PUSH(a, &all) = r->doc.meta.parallel.v[i];
	for (uint32_t i = last ? *last : 0; i; i = c->v[i - 1].next)
		*PUSH(a, &all) = former_make(&c->v[i - 1].from, a);
	if (last)
		r->doc.meta.parallel = all;
}
