#include "law/document_private.h"

#include "base/hash.h"
#include "law/label.h"
#include "law/section_head.h"

struct found {
	uint32_t line;
	uint8_t style;
	span number;
	uint32_t end; /* byte where the next head's line begins */
};
struct founds {
	struct found *v;
	size_t n, cap;
};

/* Whether a line may be the first of a section: a paragraph begins here. */
static bool stands_free(const struct reader *r, size_t i)
{
	if (i == 0 || line_blank(&r->lines.v[i - 1]))
		return true;
	span before = reader_line(r, i - 1);
	char end = clause_end(before);
	if (before.n < 50 && !starts_lower(before)) /* a line far from full: a heading, no reference that was broken */
		return true;
	return end == '.' || container_rank(before) || before.p[0] == '=' || before.p[0] == '-';
}

/* Line i gives the last head's number once more, or the end of it, right below
 * it: "IC 14-22-3-1 Mussels" and "Sec. 1.", a catch line and the text after it. */
static bool numbers_again(const struct reader *r, const struct founds *list, size_t i, span number)
{
	const struct found *last = list->n ? &list->v[list->n - 1] : NULL;
	size_t filled = 0;
	if (!last || !section_number_again(reader_line(r, i), last->number))
		return false;
	for (size_t k = last->line + 1; k < i; k++)
		filled += !line_blank(&r->lines.v[k]);
	return filled <= 2 && number.n <= last->number.n;
}

/* All lines that look like heads and stand free, of whatever style; count says how many there are of each. */
static struct founds find_heads(const struct reader *r, size_t count[HEAD_STYLES])
{
	struct founds list = { 0 };
	for (size_t i = 0; i < r->lines.n; i++) {
		span number, line = reader_line(r, i);
		enum head_style style = line.n ? head_of(line, &number) : HEAD_NONE;
		if (style == HEAD_NONE || !stands_free(r, i) || numbers_again(r, &list, i, number))
			continue;
		*PUSH(r->a, &list) = (struct found){ (uint32_t)i, (uint8_t)style, number, (uint32_t)r->text.n };
		count[style]++;
	}
	return list;
}

/* Numbers as a reader orders them: digits by value, all else by byte. */
static int number_order(span x, span y)
{
	size_t i = 0, j = 0;
	while (i < x.n && j < y.n) {
		if (is_digit(x.p[i]) && is_digit(y.p[j])) {
			uint64_t v = 0, w = 0;
			for (; i < x.n && is_digit(x.p[i]) && v < UINT64_MAX / 20; i++)
				v = v * 10 + (uint64_t)(x.p[i] - '0');
			for (; j < y.n && is_digit(y.p[j]) && w < UINT64_MAX / 20; j++)
				w = w * 10 + (uint64_t)(y.p[j] - '0');
			if (v != w)
				return v < w ? -1 : 1;
		} else if (x.p[i] != y.p[j]) {
			return x.p[i] < y.p[j] ? -1 : 1;
		} else {
			i++, j++;
		}
	}
	return (i < x.n) - (j < y.n);
}

/* The style of this text's sections: the commonest, the first one's style winning ties. */
static uint8_t main_style(const struct founds *f, const size_t count[HEAD_STYLES])
{
	uint8_t best = f->n ? f->v[0].style : HEAD_NONE;
	for (uint8_t s = 1; s < HEAD_STYLES; s++) { /* a bare number may be a list of contents: half its weight */
		size_t weight = s == HEAD_BARE ? count[s] : 2 * count[s];
		if (weight > (best == HEAD_BARE ? count[best] : 2 * count[best]))
			best = s;
	}
	return best;
}

/* Keeps the heads of one style that are no list of contents: one with nothing
 * between it and the next, whose number comes again. Cross-references that
 * happen to stand first in a line go back and then on: they are dropped too. */
static struct founds keep_heads(const struct reader *r, const struct founds *f, uint8_t style, bool restarts)
{
	struct founds list = { 0 };
	struct map last = { .a = r->a };
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].style == style)
			*map_put(&last, f->v[i].number, NULL) = f->v[i].line;
	for (size_t i = 0; i < f->n; i++) {
		const struct found *x = &f->v[i];
		if (x->style != style)
			continue;
		/* Two lines on there is the next head: nothing stands between. */
		bool empty = i + 1 < f->n && f->v[i + 1].line <= x->line + 2 && !restarts;
		if (empty && *map_get(&last, x->number) != x->line)
			continue;
		const struct found *before = list.n ? &list.v[list.n - 1] : NULL, *next = i + 1 < f->n ? &f->v[i + 1] : NULL;
		bool back = before && number_order(x->number, before->number) < 0;
		if (back && !restarts && next && next->style == style && number_order(next->number, before->number) > 0)
			continue;
		if (list.n)
			list.v[list.n - 1].end = r->lines.v[x->line].beg;
		*PUSH(r->a, &list) = *x;
	}
	return list;
}

/* Lines that stand before a section without belonging to the one above:
 * headings of the code, rules, breadcrumbs, catch lines of a page. */
static bool belongs_below(const struct reader *r, size_t i)
{
	span line = reader_line(r, i);
	if (!line.n || line.p[0] == '=' || container_rank(line) || span_find(line, SPAN(" > "), 0) < line.n)
		return true;
	if (line.p[0] == '(' && line.n < 60 && span_find(line, SPAN(" ILCS "), 0) < line.n)
		return true; /* the citation of the section above its number */
	return span_eq(line, SPAN("State Codes and Statutes"));
}

/* First line of the piece whose head is at line `head`, above line `floor`: upwards over headings, rules and blank lines, and at most
 * one paragraph more, a catch line above the number. */
static size_t first_line(const struct reader *r, size_t head, size_t floor)
{
	size_t i = head, kept = head;
	unsigned paragraphs = 0;
	while (i > floor + 1) {
		span line = reader_line(r, --i);
		if (belongs_below(r, i)) {
			if (line.n)
				kept = i;
		} else if (paragraphs++ > 0) {
			break;
		}
	}
	return kept;
}

/* The headings that are open, outermost first, with their ranks. */
struct crumbs {
	span name[9];
	unsigned rank[9];
	size_t n;
};

static void add_crumb(struct crumbs *c, span line, unsigned rank, struct arena *a)
{
	for (size_t i = 0; i < c->n; i++) /* the same word again closes what is below it */
		if (c->rank[i] == rank)
			c->n = i;
	if (c->n == sizeof c->name / sizeof *c->name)
		return;
	size_t range = span_find(line, SPAN(" ["), 0); /* "[300. - 413.]" */
	c->rank[c->n] = rank;
	c->name[c->n++] = squeeze(span_sub(line, 0, range), a);
}

/* Headings above a section, or the one line of a web page's breadcrumb, which names all and so replaces what was there. */
static void read_crumbs(struct reader *r, size_t from, size_t to, struct crumbs *c)
{
	for (size_t i = from; i < to; i++) {
		span line = reader_line(r, i), part;
		unsigned rank = container_rank(line);
		if (rank) {
			add_crumb(c, line, rank, r->a);
		} else if (line.n < 300 && span_find(line, SPAN(" > "), 0) < line.n) {
			c->n = 0;
			for (span rest = line; c->n < 8 && span_cut(&rest, '>', &part);)
				add_crumb(c, span_trim(part), (unsigned)c->n + 1, r->a);
		}
	}
}

/* The catch line that a page of a site has above the number, below its breadcrumb. */
static span title_above(const struct reader *r, size_t head, size_t from)
{
	span title = { 0 };
	for (size_t i = head; i > from; i--) {
		span line = reader_line(r, i - 1);
		if (!belongs_below(r, i - 1) && !title.n)
			title = line;
		else if (line.n && (span_find(line, SPAN(" > "), 0) < line.n || !container_rank(line)))
			return title;
	}
	return from || all_capitals(title, 4) ? (span){ 0 } : title;
}

/* The heading of a section: its catch line, or the paragraph above it on a page that has it there. */
static span title_of(const struct reader *r, const struct found *f, size_t from)
{
	uint32_t beg = r->lines.v[f->line].text, end = f->end < beg + 4000 ? f->end : beg + 4000;
	span title = section_title(span_sub(r->text, beg, end), f->number);
	return title.n ? title : title_above(r, f->line, from);
}

/* A piece from line `from` on: what stands above the head belongs to it. */
static void add_section(struct reader *r, const struct found *f, size_t from, enum doc_kind kind, const struct crumbs *c)
{
	struct piece *p = PUSH(r->a, &r->pieces);
	p->beg = r->lines.v[from].beg;
	p->kind = kind;
	p->meta.number = f->number;
	span line = reader_line(r, f->line);
	size_t digits = 0;
	while (f->style == HEAD_CITED && digits < line.n && is_digit(line.p[digits]))
		digits++;
	if (digits) /* "17 CFR \u00a7 240.10b-5": the title */
		p->meta.number = arena_printf(r->a, "%.*s/%.*s", SPAN_ARG(span_sub(line, 0, digits)), SPAN_ARG(f->number));
	p->meta.title = title_of(r, f, from);
	for (size_t i = 0; i < c->n; i++)
		*PUSH(r->a, &p->meta.breadcrumb) = c->name[i];
}

/* The headings of the part before, when the text is a part of a larger one. */
static struct crumbs crumbs_above(const struct reader *r)
{
	struct crumbs c = { 0 };
	for (size_t i = 0; i < r->given->above.n; i++) {
		unsigned rank = container_rank(r->given->above.v[i]);
		add_crumb(&c, r->given->above.v[i], rank ? rank : (unsigned)i + 1, r->a);
	}
	return c;
}

/* "ARTICLE II": its number in Arabic, 0 when no crumb is an article. */
static unsigned article_of(const struct crumbs *c)
{
	for (size_t i = c->n; i-- > 0;) {
		if (!span_case_starts(c->name[i], SPAN("article ")))
			continue;
		span word = span_sub(c->name[i], 8, c->name[i].n);
		word = span_sub(word, 0, span_find_byte(word, ' ', 0));
		char period[16];
		if (word.n + 1 >= sizeof period || !word.n)
			return 0;
		memcpy(period, word.p, word.n);
		period[word.n] = '.';
		struct label l = label_read((span){ period, word.n + (word.p[word.n - 1] != '.') });
		for (size_t k = 0; k < l.n; k++)
			if (LABEL_KIND(l.reading[k].class) == LABEL_UROMAN || LABEL_KIND(l.reading[k].class) == LABEL_DIGIT)
				return l.reading[k].n;
		return 0;
	}
	return 0;
}

/* /us-mo/const/art1/s2: sections of a constitution are counted in each article. */
static span constitution_address(const struct reader *r, const struct code_name *name, const struct crumbs *c, span number)
{
	unsigned article = article_of(c);
	span jurisdiction = name->jurisdiction.n ? name->jurisdiction : r->given->jurisdiction;
	if (!article || !jurisdiction.n)
		return (span){ 0 };
	return arena_printf(r->a, "/%.*s/const/art%u/s%.*s", SPAN_ARG(jurisdiction), article, SPAN_ARG(number));
}

/* Says "constitution" above its first section, and calls no code by name. */
static bool is_constitution(const struct reader *r, size_t head)
{
	size_t filled = 0;
	for (size_t i = 0; i < head && filled < 8; i++) {
		span line = reader_line(r, i);
		filled += line.n > 0;
		if (line.n < 80 && span_case_find(line, SPAN("constitution")) < line.n)
			return true;
	}
	return false;
}

/* A head that is a citation names its code. */
static void name_code_of_line(struct reader *r, const struct found *f, struct code_name *name)
{
	if (!f)
		return;
	span line = reader_line(r, f->line);
	name_code_by_phrase(r, span_sub(line, 0, (size_t)(f->number.p - line.p)), f->number, name);
}

/* Heads of the text's own style are its sections. The code is named by a head that is a citation, else by what stands above the first. What the
 * giver knows is put over all this later (document.c). */
void split_code(struct reader *r, enum doc_kind kind)
{
	size_t count[HEAD_STYLES] = { 0 };
	struct founds all = find_heads(r, count);
	struct crumbs crumbs = crumbs_above(r);
	struct code_name name = { 0 };
	size_t first = all.n ? all.v[0].line : 0, floor = 0;
	bool constitution = kind == KIND_CONSTITUTION || (all.n && is_constitution(r, first));
	struct founds heads = keep_heads(r, &all, main_style(&all, count), constitution);
	name_code_of_line(r, heads.n && heads.v[0].style == HEAD_CITED ? &heads.v[0] : NULL, &name);
	if (!name.code.n)
		name_code(r, heads.n ? heads.v[0].number : (span){ 0 }, heads.n ? heads.v[0].line : 0, &name);
	if (constitution)
		kind = KIND_CONSTITUTION;
	else if (name.kind != KIND_OTHER && !r->given->kind.n)
		kind = name.kind;
	for (size_t i = 0; i < heads.n; i++) {
		/* The first section takes all that stands above it. */
		size_t from = i ? first_line(r, heads.v[i].line, floor) : 0;
		read_crumbs(r, from, heads.v[i].line, &crumbs);
		add_section(r, &heads.v[i], from, kind, &crumbs);
		struct piece *p = &r->pieces.v[i];
		p->meta.jurisdiction = name.jurisdiction;
		p->meta.code = constitution ? SPAN("const") : name.code;
		if (!r->given->code.n && !r->given->jurisdiction.n && !constitution)
			p->address = code_address(&name, heads.v[i].style == HEAD_CITED && !name.phrase.n ? p->meta.number : heads.v[i].number, r->a);
		else if (constitution)
			p->address = constitution_address(r, &name, &crumbs, p->meta.number);
		floor = heads.v[i].line;
	}
}
