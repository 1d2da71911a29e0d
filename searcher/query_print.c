#include "searcher/query.h"

#include <stdio.h>

#include "law/date.h"

/* The printed tree is itself a query, fully bracketed; a test reads it again and compares. */
static void print(struct buf *b, const struct node *n);

/* "a AND b", or "a b" where nothing stands between. */
static void list(struct buf *b, const struct nodes *kids, const char *between)
{
	for (size_t i = 0; i < kids->n; i++) {
		if (i)
			buf_printf(b, " %s", between);
		if (i && between[0])
			buf_byte(b, ' ');
		print(b, kids->v[i]);
	}
}

/* The name of the field before a word; regions are written by NODE_FIELD. */
static void field_prefix(struct buf *b, const struct node *n)
{
	if (n->field != F_TEXT && fields[n->field].kind == FIELD_WORDS)
		buf_printf(b, "%s:", fields[n->field].name);
}

/* "~", one letter or none, is a "*" at the end in Westlaw's way of writing. */
static void wild(struct buf *b, span pattern)
{
	for (size_t i = 0; i < pattern.n; i++)
		buf_byte(b, pattern.p[i] == '~' ? '*' : pattern.p[i]);
}

/* In the order of enum look. */
static const char *look_name(enum look l)
{
	static const char *const names[] = { "", "caps", "allcaps", "nocaps", "singular", "plural" };
	return names[l];
}

/* caps(title:#word); within a phrase the marks are left out: its words are exact anyway, and the
 * field stands before it. */
static void word(struct buf *b, const struct node *n, bool marks)
{
	if (n->look)
		buf_printf(b, "%s(", look_name(n->look));
	if (marks)
		field_prefix(b, n);
	/* "#": the word as it is spelled. */
	if (n->exact && marks)
		buf_byte(b, '#');
	if (n->kind == NODE_WILD)
		wild(b, n->text);
	else
		buf_put(b, n->text);
	if (n->look)
		buf_byte(b, ')');
}

/* title:"one after another" */
static void phrase(struct buf *b, const struct node *n)
{
	field_prefix(b, n);
	buf_byte(b, '"');
	for (size_t i = 0; i < n->kids.n; i++) {
		if (i)
			buf_byte(b, ' ');
		word(b, n->kids.v[i], false);
	}
	buf_byte(b, '"');
}

/* As a date where it is one, else as a number. */
static void bound(struct buf *b, enum field f, uint32_t v)
{
	char date[11];
	/* 20049999 is the end of 2004. */
	uint32_t d = v % 10000 == 9999 ? v - 9999 : v % 100 == 99 ? v - 99 : v;
	size_t n = f == F_DATE ? date_format(d, date) : 0;
	if (n)
		buf_put(b, (span){ date, n });
	else
		buf_uint(b, v);
}

/* date:2004..2006, date:>=2004, citedby:<=3 */
static void range(struct buf *b, const struct node *n)
{
	buf_printf(b, "%s:", fields[n->field].name);
	if (n->hi == UINT32_MAX) {
		buf_put(b, SPAN(">="));
		bound(b, n->field, n->lo);
	} else if (n->lo == 0) {
		buf_put(b, SPAN("<="));
		bound(b, n->field, n->hi);
	} else {
		bound(b, n->field, n->lo);
		buf_put(b, SPAN(".."));
		bound(b, n->field, n->hi);
	}
}

/* Always with brackets, since numbers decide what binds first: (a /5 b), (a +s b), (a not w/5 b). */
static void connector(struct buf *b, const struct node *n)
{
	char name[16];
	const char *sign = n->negated ? "not w/" : n->ordered && n->kind != NODE_SAME_FIELD ? "+" : "/";
	const char *unit = n->kind == NODE_SENTENCE ? "s" : n->kind == NODE_PARAGRAPH ? "p" : "seg";
	if (n->kind == NODE_NEAR)
		snprintf(name, sizeof name, "%s%u", sign, n->n);
	else
		snprintf(name, sizeof name, "%s%s", sign, unit);
	buf_byte(b, '(');
	list(b, &n->kids, name);
	buf_byte(b, ')');
}

static void print(struct buf *b, const struct node *n)
{
	switch (n->kind) {
	case NODE_WORD:
	case NODE_WILD:
		word(b, n, true);
		return;
	case NODE_PHRASE:
		phrase(b, n);
		return;
	/* field(value), or cites(query) where the value is a condition. */
	case NODE_VALUE:
		buf_printf(b, "%s(%.*s", fields[n->field].name, n->of ? 0 : (int)n->text.n, n->text.p);
		if (n->of)
			print(b, n->of->root);
		buf_byte(b, ')');
		return;
	case NODE_RANGE:
		range(b, n);
		return;
	/* Brackets always: what is printed needs no priorities to be read again. */
	case NODE_AND:
	case NODE_OR:
		buf_byte(b, '(');
		list(b, &n->kids, n->kind == NODE_AND ? "AND" : "OR");
		buf_byte(b, ')');
		return;
	case NODE_NOT:
		buf_put(b, SPAN("NOT "));
		print(b, n->kids.v[0]);
		return;
	case NODE_FIELD:
	case NODE_ATLEAST:
	case NODE_ANY:
		if (n->kind == NODE_FIELD)
			buf_printf(b, "%s(", fields[n->field].name);
		/* atleast5(word); atleast5p(word): that often within one passage. */
		else if (n->kind == NODE_ATLEAST)
			buf_printf(b, "atleast%u%s(", n->n, n->in_passage ? "p" : "");
		else
			buf_put(b, SPAN("any("));
		list(b, &n->kids, "");
		buf_byte(b, ')');
		return;
	case NODE_ALL:
		buf_byte(b, '*');
		return;
	case NODE_NEAR:
	case NODE_SENTENCE:
	case NODE_PARAGRAPH:
	case NODE_SAME_FIELD:
		connector(b, n);
		return;
	}
}

/* Nothing for no tree. */
span query_print(const struct node *n, struct arena *a)
{
	struct buf b = { .a = a };
	if (!n)
		return (span){ 0 };
	print(&b, n);
	return buf_span(&b);
}
