#include "searcher/query_private.h"

#include <stdarg.h>
#include <stdio.h>
#include "base/utf8.h"
#include "law/token.h"

/* The first trouble is the one that is told: what follows it is mostly its consequence. Null, so
 * that a parser can return it. */
struct node *query_fail(struct parser *p, struct range at, const char *mend, const char *fmt, ...)
{
	struct query_trouble *t = &p->q->trouble;
	va_list ap;
	if (p->q->bad)
		return NULL;
	p->q->bad = true;
	va_start(ap, fmt);
	vsnprintf(t->what, sizeof t->what, fmt, ap);
	va_end(ap);
	snprintf(t->mend, sizeof t->mend, "%s", mend);
	t->at = at;
	return NULL;
}

/* Leaves are numbered in the order in which they are read; the number is their place in the plan. */
struct node *node_new(struct parser *p, enum node_kind kind, struct range at)
{
	struct node *n = NEW(p->a, struct node);
	n->kind = kind;
	n->at = at;
	if (kind == NODE_WORD || kind == NODE_WILD || kind == NODE_VALUE) {
		if (p->q->leaves.n >= QUERY_LEAVES)
			return query_fail(p, at, "leave out the words that matter least", "more than %d words", QUERY_LEAVES);
		n->leaf = (unsigned)p->q->leaves.n;
		*PUSH(p->a, &p->q->leaves) = n;
	}
	return n;
}

/* AND and OR take further operands into the same node. */
struct node *node_with(struct parser *p, enum node_kind kind, struct node *left, struct node *right)
{
	if (!left || !right)
		return NULL;
	if ((kind == NODE_AND || kind == NODE_OR) && left->kind == kind) {
		*PUSH(p->a, &left->kids) = right;
		left->at.end = right->at.end;
		return left;
	}
	struct node *n = node_new(p, kind, (struct range){ left->at.beg, right->at.end });
	*PUSH(p->a, &n->kids) = left;
	*PUSH(p->a, &n->kids) = right;
	return n;
}

/* Columns are letters, since a caret below bytes would stand too far right behind "§". */
static void line(struct buf *b, span text, struct range at)
{
	/* A long query is shown around the place. */
	uint32_t from = at.beg > 60 ? at.beg - 50 : 0;
	span shown = span_sub(text, from, at.end + 30 < from + 100u ? from + 100u : at.end + 30);
	buf_printf(b, "  %s%.*s%s\n  ", from ? "..." : "", SPAN_ARG(shown), from + shown.n < text.n ? "..." : "");
	size_t before = utf8_length(span_sub(text, from, at.beg)) + (from ? 3 : 0);
	size_t under = utf8_length(span_sub(text, at.beg, at.end));
	for (size_t i = 0; i < before; i++)
		buf_byte(b, ' ');
	for (size_t i = 0; i < (under ? under : 1) && i < 70; i++)
		buf_byte(b, '^');
	buf_byte(b, '\n');
}

/* What is wrong, the query with carets below the place, how to mend it. */
span query_complain(const struct query *q, struct arena *a)
{
	struct buf b = { .a = a };
	buf_printf(&b, "%s\n", q->trouble.what);
	line(&b, q->text, q->trouble.at);
	buf_printf(&b, "  %s", q->trouble.mend);
	return buf_span(&b);
}

struct node *query_any(const struct query *q, struct arena *a)
{
	struct node *any = NEW(a, struct node);
	any->kind = NODE_ANY;
	any->at = (struct range){ 0, (uint32_t)q->text.n };
	/* With stop words only where there is nothing else: "to be or not to be". */
	for (int stops = 0; stops < 2 && !any->kids.n; stops++)
		for (size_t i = 0; i < q->leaves.n; i++)
			if (q->leaves.v[i]->kind == NODE_WORD && (stops || !token_is_stop(q->leaves.v[i]->text)))
				*PUSH(a, &any->kids) = q->leaves.v[i];
	return any->kids.n ? any : NULL;
}
