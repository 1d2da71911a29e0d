#include "law/document_private.h"

#define FRONT_LINES 80 /* lines that the front matter of a bill may take */

struct bill {
	struct reader *r;
	span type, number;      /* "hb", "562" */
	span assembly, session; /* "102", "1" */
	bool federal;           /* of a Congress */
	struct code_name name;
	span title, version;
	size_t act;             /* line of "Be it enacted" or the like; where sections may begin */
};

/* The digits at or after s[at], spaces and "No." between; empty: none. */
static span digits_from(span s, size_t at)
{
	while (at < s.n && !is_digit(s.p[at]) && (is_space(s.p[at]) || strchr("NnOo.:", s.p[at])))
		at++;
	size_t from = at;
	while (at < s.n && is_digit(s.p[at]))
		at++;
	return span_sub(s, from, at);
}

/* The first line that names a kind of bill and its number, near its beginning. */
static void find_number(struct bill *b, span line)
{
	static const struct { const char *words, *type; } kinds[] = {
		{ "HOUSE BILL", "hb" }, { "SENATE BILL", "sb" }, { "ASSEMBLY BILL", "ab" }, { "HOUSE JOINT RESOLUTION", "hjr" },
		{ "SENATE JOINT RESOLUTION", "sjr" }, { "HOUSE RESOLUTION", "hr" }, { "H. R.", "hr" }, { "H.R.", "hr" }, { "S. ", "s" },
		{ "H. J. RES.", "hjres" }, { "S. J. RES.", "sjres" }, { "HOUSE FILE", "hf" }, { "SENATE FILE", "sf" },
		{ "H.B.", "hb" }, { "S.B.", "sb" }, { "HB ", "hb" }, { "SB ", "sb" }, { "AB ", "ab" }, { "A BILL NO.", "b" },
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !b->number.n; i++) {
		size_t at = span_case_find(line, span_of(kinds[i].words));
		if (at >= line.n || at > 40 || (at && is_alnum(line.p[at - 1])))
			continue;
		b->number = digits_from(line, at + strlen(kinds[i].words));
		b->type = span_of(kinds[i].type);
	}
}

/* "FIRST REGULAR SESSION", "2d Session": its number as printed digit or "1". */
static void find_session(struct bill *b, span line)
{
	static const char *const ordinals[] = { "first", "second", "third", "fourth" };
	size_t at = span_case_find(line, SPAN("session"));
	/* "102nd General Assembly", "119th Congress": the number before the word. */
	size_t general = span_case_find(line, SPAN(" general assembly")), congress = span_case_find(line, SPAN(" congress"));
	size_t body = general < line.n ? general : congress;
	b->federal |= congress < line.n && congress && is_alnum(line.p[congress - 1]) && line.n < 60;
	if (body < line.n && !b->assembly.n) {
		size_t from = body;
		while (from && is_alnum(line.p[from - 1]))
			from--;
		b->assembly = digits_from(line, from);
	}
	if (at >= line.n || b->session.n)
		return;
	for (size_t i = 0; i < sizeof ordinals / sizeof *ordinals; i++)
		if (span_case_find(line, span_of(ordinals[i])) < at)
			b->session = span_sub(SPAN("1234"), i, i + 1);
	for (size_t i = 0; i < at && !b->session.n; i++)
		if (is_digit(line.p[i]) && i + 2 < at && is_alpha(line.p[i + 1]))
			b->session = span_sub(line, i, i + 1);
	if (!b->assembly.n && is_digit(line.p[0])) /* "2023-2024 Regular Session" */
		b->assembly = digits_from(line, 0);
}

/* The stage at which the text was printed; the first line that says one. */
static void find_version(struct bill *b, span line)
{
	static const char *const versions[] = { "introduced", "perfected", "truly agreed", "enrolled", "engrossed", "reported", "amended" };
	for (size_t i = 0; i < sizeof versions / sizeof *versions && !b->version.n; i++)
		if (says(line, versions[i]) && line.n < 90)
			b->version = span_of(versions[i]);
}

/* What the act is for: between "AN ACT" or "A BILL" and the enacting words. */
static void find_title(struct bill *b, size_t from, size_t to)
{
	if (from + 1 >= to)
		return;
	uint32_t beg = b->r->lines.v[from + 1].beg, end = b->r->lines.v[to - 1].stop;
	if (end > beg && end - beg < 3000)
		b->title = squeeze(span_sub(b->r->text, beg, end), b->r->a);
}

/* The lines up to the enacting words; after them "House Bill 5" is a bill that is spoken of. */
static void read_front(struct bill *b)
{
	const struct reader *r = b->r;
	size_t opening = r->lines.n;
	for (size_t i = 0; i < r->lines.n && i < FRONT_LINES; i++) {
		span line = reader_line(r, i);
		bool enacts = says(span_sub(line, 0, 60), "be it enacted") || says(span_sub(line, 0, 60), "the people of the state") ||
			      says(span_sub(line, 0, 60), "be it resolved") || says(span_sub(line, 0, 60), "hereby enacted");
		if (enacts) {
			b->act = i;
			find_title(b, opening, i);
			return;
		}
		span s = span_trim(line);
		if (span_case_eq(s, SPAN("AN ACT")) || span_case_eq(s, SPAN("A BILL")))
			opening = i;
		find_number(b, line);
		find_session(b, line);
		find_version(b, line);
	}
}

/* "/us/bill/119/hr/9010", "/us-mo/bill/102/1/hb562": by the body and session that number it. Without these no address, as every session has
 * a bill 1. */
static span bill_address(const struct bill *b)
{
	struct arena *a = b->r->a;
	if (!b->number.n || !b->assembly.n || !b->name.jurisdiction.n)
		return (span){ 0 };
	if (span_eq(b->name.jurisdiction, SPAN("us")))
		return arena_printf(a, "/us/bill/%.*s/%.*s/%.*s", SPAN_ARG(b->assembly), SPAN_ARG(b->type), SPAN_ARG(b->number));
	if (!b->session.n)
		return arena_printf(a, "/%.*s/bill/%.*s/%.*s%.*s", SPAN_ARG(b->name.jurisdiction), SPAN_ARG(b->assembly), SPAN_ARG(b->type),
				    SPAN_ARG(b->number));
	return arena_printf(a, "/%.*s/bill/%.*s/%.*s/%.*s%.*s", SPAN_ARG(b->name.jurisdiction), SPAN_ARG(b->assembly), SPAN_ARG(b->session),
			    SPAN_ARG(b->type), SPAN_ARG(b->number));
}

static span upper(span s, struct arena *a)
{
	char *out = arena_raw(a, s.n + 1, 1);
	for (size_t i = 0; i < s.n; i++)
		out[i] = to_upper(s.p[i]);
	return (span){ out, s.n };
}

/* All pieces of a bill have its number, title and version; sections put their own number in place. */
static struct piece *add_piece(const struct bill *b, uint32_t beg, span address)
{
	struct piece *p = PUSH(b->r->a, &b->r->pieces);
	p->beg = beg;
	p->kind = KIND_BILL;
	p->address = address;
	p->meta.jurisdiction = b->name.jurisdiction;
	p->meta.title = b->title;
	p->meta.version = b->version;
	if (b->number.n)
		p->meta.number = arena_printf(b->r->a, "%.*s %.*s", SPAN_ARG(upper(b->type, b->r->a)), SPAN_ARG(b->number));
	return p;
}

/* The sections that the bill enacts: numbered as in the code, or its own. */
static void add_sections(const struct bill *b, span address)
{
	const struct reader *r = b->r;
	for (size_t i = b->act; i < r->lines.n; i++) {
		span number, line = reader_line(r, i);
		enum head_style style = line.n ? head_of(line, &number) : HEAD_NONE;
		/* A head in the middle of a sentence, with a line of text right before it, is a cross-reference. */
		char before = i ? clause_end(reader_line(r, i - 1)) : '.';
		bool free = !before && i && !line_blank(&r->lines.v[i - 1]);
		if ((style != HEAD_NUMBER && style != HEAD_WORD) || free)
			continue;
		span below = address.n ? arena_printf(r->a, "%.*s/s%.*s", SPAN_ARG(address), SPAN_ARG(number)) : (span){ 0 };
		struct piece *p = add_piece(b, r->lines.v[i].beg, below);
		if (p->meta.number.n)
			*PUSH(r->a, &p->meta.breadcrumb) = p->meta.number;
		p->meta.number = number;
	}
}

/* The whole front is one piece, then a piece for each section. A bill's state is named as a code's is. */
void split_bill(struct reader *r)
{
	struct bill b = { .r = r, .act = 0 };
	read_front(&b);
	name_code(r, (span){ 0 }, b.act, &b.name);
	if (b.federal)
		b.name.jurisdiction = SPAN("us");
	if (r->given->jurisdiction.n)
		b.name.jurisdiction = r->given->jurisdiction;
	span address = bill_address(&b);
	add_piece(&b, 0, address);
	add_sections(&b, address);
}
