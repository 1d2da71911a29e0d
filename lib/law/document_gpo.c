#include "law/document_private.h"

/* The United States Code as the Government Publishing Office prints it in
 * ASCII: records of "-CITE-", "-EXPCITE-", "-HEAD-", "-STATUTE-", ... "-End-". */

/* The text between the marker line and the next marker, squeezed; *i moves past it. */
static span field(const struct reader *r, size_t *i)
{
	size_t from = ++*i;
	while (*i < r->lines.n && !span_starts(reader_line(r, *i), SPAN("-")))
		++*i;
	if (from >= *i)
		return (span){ 0 };
	uint32_t beg = r->lines.v[from].beg, end = r->lines.v[*i - 1].stop;
	return end > beg ? squeeze(span_sub(r->text, beg, end), r->a) : (span){ 0 };
}

/* "9 USC TITLE 9 - ARBITRATION", "9 USC CHAPTER 1 - GENERAL": the address of what is above sections. */
static span heading_address(const struct reader *r, span cite, span title)
{
	size_t chapter = span_find(cite, SPAN(" CHAPTER "), 0), at = chapter + 9, end = at;
	while (end < cite.n && is_alnum(cite.p[end]))
		end++;
	/* Headings of an appendix have no address. */
	if (span_find(cite, SPAN("APPENDIX"), 0) < cite.n)
		return (span){ 0 };
	if (span_find(cite, SPAN(" TITLE "), 0) == title.n + 4)
		return arena_printf(r->a, "/us/usc/t%.*s", SPAN_ARG(title));
	if (chapter != title.n + 4 || end == at)
		return (span){ 0 };
	return arena_printf(r->a, "/us/usc/t%.*s/ch%.*s", SPAN_ARG(title), SPAN_ARG(span_sub(cite, at, end)));
}

/* "9 USC Sec. 1 01/15/2013", "28 USC APPENDIX Rule 4": title, number, kind. */
static void read_cite(struct reader *r, struct piece *p, span cite)
{
	size_t i = 0;
	while (i < cite.n && is_digit(cite.p[i]))
		i++;
	span title = span_sub(cite, 0, i);
	size_t sec = span_find(cite, SPAN(" Sec. "), 0), rule = span_find(cite, SPAN(" Rule "), 0);
	size_t at = sec < cite.n ? sec + 6 : rule + 6;
	p->meta.jurisdiction = SPAN("us");
	p->kind = KIND_STATUTE;
	p->meta.code = span_find(cite, SPAN("APPENDIX"), 0) < cite.n ? SPAN("uscapp") : SPAN("usc");
	if (!title.n)
		return;
	if (at >= cite.n) {
		p->address = heading_address(r, cite, title);
		return;
	}
	span number = span_sub(cite, at, span_find_byte(cite, ' ', at));
	while (number.n && (number.p[number.n - 1] == ',' || number.p[number.n - 1] == '.'))
		number.n--;
	if (sec >= cite.n) {
		p->kind = KIND_RULE;
		p->meta.number = number;
		return;
	}
	/* "42/1983": the sections are counted within each title. */
	p->meta.number = arena_printf(r->a, "%.*s/%.*s", SPAN_ARG(title), SPAN_ARG(number));
}

/* "Sec. 1. Heading" without its number. */
static span heading_of(span head)
{
	span number;
	if (head_of(head, &number) == HEAD_NONE)
		return head;
	size_t at = (size_t)(number.p + number.n - head.p);
	while (at < head.n && (head.p[at] == '.' || head.p[at] == ' '))
		at++;
	return span_sub(head, at, head.n);
}

/* One heading a line; a line set in further than the first goes on with the heading before. */
static void read_breadcrumb(struct reader *r, struct piece *p, size_t from, size_t to)
{
	*PUSH(r->a, &p->meta.breadcrumb) = SPAN("United States Code");
	for (size_t i = from; i < to; i++) {
		span line = reader_line(r, i);
		struct spans *b = &p->meta.breadcrumb;
		if (line.n && b->n > 1 && r->lines.v[i].indent > r->lines.v[from].indent)
			b->v[b->n - 1] = squeeze(arena_printf(r->a, "%.*s %.*s", SPAN_ARG(b->v[b->n - 1]), SPAN_ARG(line)), r->a);
		else if (line.n)
			*PUSH(r->a, b) = squeeze(line, r->a);
	}
}

/* Which rules a rule in an appendix is of: the heading above it that can be cited, "FEDERAL RULES OF EVIDENCE". */
static void name_rules(struct reader *r, struct piece *p)
{
	for (size_t i = 1; i < p->meta.breadcrumb.n && p->kind == KIND_RULE; i++) {
		struct code_name name;
		span heading = p->meta.breadcrumb.v[i];
		heading = span_sub(heading, 0, span_find(heading, SPAN(" AND OFFICIAL "), 0));
		name_code_by_phrase(r, arena_printf(r->a, "%.*s ", SPAN_ARG(heading)), p->meta.number, &name);
		if (name.kind != KIND_RULE)
			continue;
		p->meta.code = name.code;
		p->address = code_address(&name, p->meta.number, r->a);
		return;
	}
}

/* One record from one -CITE- to the next; fields that we do not ask for stay in the text. */
void split_gpo(struct reader *r)
{
	struct piece *p = NULL;
	for (size_t i = 0; i < r->lines.n;) {
		span line = reader_line(r, i);
		size_t from = i + 1;
		if (span_eq(line, SPAN("-CITE-"))) {
			uint32_t beg = r->lines.v[i].beg;
			p = PUSH(r->a, &r->pieces);
			p->beg = beg;
			p->kind = KIND_OTHER;
			read_cite(r, p, field(r, &i));
		} else if (p && span_eq(line, SPAN("-EXPCITE-"))) {
			field(r, &i);
			read_breadcrumb(r, p, from, i);
			name_rules(r, p);
		} else if (p && span_eq(line, SPAN("-HEAD-"))) {
			p->meta.title = heading_of(field(r, &i));
		} else {
			i++;
		}
	}
}
