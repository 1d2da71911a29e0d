#include "law/document_private.h"

#include "base/hash.h"
#include "law/address.h"
#include "law/cite.h"
#include "law/date.h"
#include "law/section_head.h"

/* What the giver knows goes before what the text says. */
static void put_given(struct meta *m, const struct meta *given)
{
	span *to[] = { &m->kind, &m->jurisdiction, &m->code, &m->number, &m->title, &m->cite, &m->date, &m->court,
		       &m->docket, &m->judge, &m->id, &m->url, &m->version };
	const span from[] = { given->kind, given->jurisdiction, given->code, given->number, given->title, given->cite,
			      given->date, given->court, given->docket, given->judge, given->id, given->url, given->version };
	for (size_t i = 0; i < sizeof to / sizeof *to; i++)
		if (from[i].n)
			*to[i] = from[i];
	if (given->breadcrumb.n)
		m->breadcrumb = given->breadcrumb;
	if (given->parallel.n)
		m->parallel = given->parallel;
}

/* Many sections say no more than "Repealed": the number or id that their giver knows tells them apart. */
static span hash_address(const struct meta *m, span text, struct arena *a)
{
	uint64_t h = hash64(text);
	const span names[] = { m->number, m->id };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (names[i].n)
			h = h * 31 + hash64(names[i]);
	return arena_printf(a, "/doc/%016llx", (unsigned long long)h);
}

/* "1:16-cv-00376" of "Case No.: 1:16-cv-00376 DAD JLT": what of a docket number stands in an address. */
static span docket_core(span docket, struct arena *a)
{
	size_t end = 0;
	while (end < docket.n && (is_alnum(docket.p[end]) || docket.p[end] == ':' || docket.p[end] == '-'))
		end++;
	char *out = arena_raw(a, end + 1, 1);
	for (size_t i = 0; i < end; i++)
		out[i] = to_lower(docket.p[i]);
	return (span){ out, end };
}

/* A docket holds many papers: the date tells them apart, or else the text does. */
static span docket_address(const struct meta *m, span docket, span slice, struct arena *a)
{
	if (m->date.n)
		return arena_printf(a, "/docket/%.*s/%.*s/%.*s", SPAN_ARG(m->court), SPAN_ARG(docket), SPAN_ARG(m->date));
	return arena_printf(a, "/docket/%.*s/%.*s/%08x", SPAN_ARG(m->court), SPAN_ARG(docket), (unsigned)hash64(slice));
}

static bool is_law(enum doc_kind k)
{
	return k == KIND_STATUTE || k == KIND_REGULATION || k == KIND_RULE || k == KIND_CONSTITUTION;
}

/* /case/us/410/113 of a citation of the case itself. */
static span reported_address(span cite, struct arena *a)
{
	struct cites found = { 0 };
	struct cite_context none = { 0 };
	bool read = cite_parse(cite, &none, a, &found) && found.n && span_starts(found.v[0].address, SPAN("/case/"));
	return read ? address_document(found.v[0].address) : (span){ 0 };
}

/* The canonical path, in turn: the address that its reader gave it, that of a law by its number, of its own citation, of its docket,
 * of the hash of its words. */
static span address_of(const struct piece *p, span slice, struct arena *a)
{
	const struct meta *m = &p->meta;
	if (p->address.n)
		return p->address;
	if (m->number.n && m->jurisdiction.n && m->code.n && is_law(p->kind))
		return address_section(m->jurisdiction, m->code, m->number, a);
	span reported = m->cite.n && !is_law(p->kind) && p->kind != KIND_BILL ? reported_address(m->cite, a) : (span){ 0 };
	if (reported.n)
		return reported;
	span docket = m->court.n ? docket_core(m->docket, a) : (span){ 0 };
	if (docket.n && !is_law(p->kind) && p->kind != KIND_BILL && p->kind != KIND_OTHER)
		return docket_address(m, docket, slice, a);
	return hash_address(m, slice, a);
}

/* The last decisions about a document: what the giver knows counts more than what was read. */
static void add_document(const struct reader *r, const struct piece *p, uint32_t end, struct docs *list)
{
	struct doc *d = PUSH(r->a, list);
	struct piece full = *p;
	span own_title = full.meta.title;
	put_given(&full.meta, r->given);
	if (r->pieces.n > 1 && is_law(full.kind)) /* the title given is the file's, not that of each section in it */
		full.meta.title = own_title;
	int kind = kind_of_name(full.meta.kind);
	if (full.meta.kind.n && kind >= 0)
		full.kind = (enum doc_kind)kind;
	/* The giver's number makes the address, not the one that was read from the text. */
	if (full.meta.number.n && r->given->number.n)
		full.address = (span){ 0 };
	full.meta.kind = span_of(kind_name(full.kind));
	d->kind = full.kind;
	d->at = (struct range){ p->beg, end };
	d->text = p->beg == 0 && end == r->text.n ? *r->t : text_slice(r->t, d->at, r->a);
	d->meta = full.meta;
	if (!d->meta.title.n && is_law(d->kind))
		d->meta.title = section_title(span_sub(d->text.clean, 0, 6000), d->meta.number);
	d->address = address_of(&full, d->text.clean, r->a);
	d->date = date_parse(d->meta.date, NULL);
	if (!span_starts(d->address, SPAN("/doc/")))
		d->display = address_display(d->address, r->a);
	if (!d->meta.cite.n)
		d->meta.cite = d->display;
}

#define CRUMB_LINES 6 /* headings above a section, at most */

/* "Title XXXIX", "Chapter 610" above the section that the record holds. */
static void crumbs_above(struct reader *r, struct piece *p)
{
	span rest = span_sub(span_trim(r->text), 0, 2000), line;
	for (int i = 0; i < 2 * CRUMB_LINES && span_cut(&rest, '\n', &line); i++) {
		line = span_trim(line);
		/* Up to a dozen lines, blank ones among them; the first that is no heading ends the list. */
		if (line.n && !container_rank(line))
			return;
		if (line.n && p->meta.breadcrumb.n < CRUMB_LINES)
			*PUSH(r->a, &p->meta.breadcrumb) = squeeze(line, r->a);
	}
}

/* A record whose giver says which section it is: one document. Of which code, its web address or its words may tell. */
static void one_section(struct reader *r, enum doc_kind kind)
{
	struct piece *p = PUSH(r->a, &r->pieces);
	struct code_name name = { 0 };
	p->kind = kind;
	if (is_law(kind) && !r->given->code.n)
		name_code(r, r->given->number, 0, &name);
	p->meta.jurisdiction = name.jurisdiction;
	p->meta.code = name.code;
	if (is_law(kind) && r->given->number.n)
		crumbs_above(r, p);
}

/* The kind is given: only how to cut the text is left to find. */
static void read_given(struct reader *r, enum doc_kind kind)
{
	bool law = is_law(kind);
	if (law && r->given->number.n)
		one_section(r, kind);
	else if (law)
		split_code(r, kind);
	else if (kind == KIND_BILL)
		split_bill(r);
	else if (kind != KIND_OTHER)
		read_case(r, kind);
}

/* Nothing given: the text tells by its form what it is. Other texts stay whole. */
static void read_recognised(struct reader *r)
{
	switch (recognise(r)) {
	case SHAPE_GPO:
		split_gpo(r);
		break;
	case SHAPE_CODE:
		split_code(r, KIND_STATUTE);
		break;
	case SHAPE_BILL:
		split_bill(r);
		break;
	case SHAPE_OPINION:
		read_case(r, KIND_OPINION);
		break;
	case SHAPE_ORDER:
		read_case(r, KIND_ORDER);
		break;
	case SHAPE_TRANSCRIPT:
		read_case(r, KIND_TRANSCRIPT);
		break;
	default:
		break;
	}
}

/* A text may be many documents (a code file), so pieces are found first; each goes to where the next begins, and the first from the start. */
struct docs documents(const struct text *t, const struct meta *given, struct arena *a)
{
	struct reader r = { .t = t, .text = t->clean, .given = given, .a = a };
	int kind = kind_of_name(given->kind);
	if (!given->kind.n && given->number.n && url_of_law(given->url))
		kind = KIND_STATUTE;
	bool section = kind >= 0 && is_law((enum doc_kind)kind) && given->number.n;
	if (!section) /* the lines of a section's record tell nothing more here */
		r.lines = lines_of(r.text, a);
	if (kind > KIND_OTHER)
		read_given(&r, (enum doc_kind)kind);
	else
		read_recognised(&r);
	if (given->number.n && r.pieces.n > 1 && is_law(r.pieces.v[0].kind))
		r.pieces.n = 1; /* numbers below that look like sections are not: the giver knows of one */
	if (!r.pieces.n)
		one_section(&r, kind > 0 ? (enum doc_kind)kind : KIND_OTHER);
	r.pieces.v[0].beg = 0;
	struct docs list = { 0 };
	for (size_t i = 0; i < r.pieces.n; i++)
		add_document(&r, &r.pieces.v[i], i + 1 < r.pieces.n ? r.pieces.v[i + 1].beg : (uint32_t)r.text.n, &list);
	return list;
}
