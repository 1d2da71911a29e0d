#include "searcher/plan_private.h"

#include "law/address.h"

const struct xap_query *plan_term(struct arena *a, span term)
{
	struct xap_query *q = NEW(a, struct xap_query);
	q->op = XAP_TERM;
	q->term = term;
	return q;
}

/* A field's value as its term, as the indexer makes it (field_term). */
const struct xap_query *plan_field(struct arena *a, enum field f, span value)
{
	char term[256];
	return plan_term(a, arena_dup(a, (span){ term, field_term(f, value, term, sizeof term) }));
}

/* Values are compared as bytes: the most significant first. */
static span big_endian(struct arena *a, uint32_t v)
{
	char b[4] = { (char)(v >> 24), (char)(v >> 16), (char)(v >> 8), (char)v };
	return arena_dup(a, (span){ b, 4 });
}

const struct xap_query *plan_range(struct arena *a, enum field f, uint32_t lo, uint32_t hi)
{
	struct xap_query *q = NEW(a, struct xap_query);
	q->op = XAP_RANGE;
	q->slot = (uint32_t)fields[f].slot;
	/* From 1: 0 is an absent value, and an entry without one must not match. No upper bound is
	 * an empty one. */
	q->lo = big_endian(a, lo ? lo : 1);
	q->hi = hi == UINT32_MAX ? (span){ 0 } : big_endian(a, hi);
	return q;
}

/* Of one there is no operator, of none nothing matches. */
static const struct xap_query *many(struct arena *a, enum xap_op op, const struct xap_query *const *sub, size_t n)
{
	struct xap_query *q = NEW(a, struct xap_query);
	if (n == 1 && op != XAP_AND_NOT)
		return sub[0];
	q->op = n ? op : XAP_NONE;
	q->sub = sub;
	q->nsub = n;
	return q;
}

const struct xap_query *plan_pair(struct arena *a, enum xap_op op, const struct xap_query *x, const struct xap_query *y)
{
	/* One operator over many rather than a chain: chains may only be so deep. */
	bool more = x->op == op && (op == XAP_OR || op == XAP_AND || op == XAP_AND_NOT);
	size_t n = more ? x->nsub : 1;
	const struct xap_query **sub = NEWN(a, const struct xap_query *, n + 1);
	if (more)
		memcpy(sub, x->sub, n * sizeof *sub);
	else
		sub[0] = x;
	sub[n] = y;
	return many(a, op, sub, n + 1);
}

/* By 0: matches without a weight, so that equal hits come in order of entries. */
const struct xap_query *plan_scaled(struct arena *a, const struct xap_query *x, double by)
{
	const struct xap_query **sub = NEWN(a, const struct xap_query *, 1);
	struct xap_query *q = NEW(a, struct xap_query);
	sub[0] = x;
	q->op = XAP_SCALE;
	q->scale = by;
	q->sub = sub;
	q->nsub = 1;
	return q;
}

const struct xap_query *plan_any_term(struct arena *a, const struct spans *terms)
{
	const struct xap_query **sub = NEWN(a, const struct xap_query *, terms->n + 1);
	for (size_t i = 0; i < terms->n; i++)
		sub[i] = plan_term(a, terms->v[i]);
	return many(a, XAP_OR, sub, terms->n);
}

/* The terms of ranges are "FROM TO"; address_between knows that s610.9 comes before s610.10. */
static bool in_range(span term, size_t prefix, span address)
{
	span lo, hi = span_sub(term, prefix, term.n);
	span_cut(&hi, ' ', &lo);
	return address_between(address, lo, hi);
}

/* A case by all the citations that its document gives. */
static const struct xap_query *by_any_name(const struct leaf_plan *leaf, span address, struct arena *a)
{
	struct spans terms = { 0 };
	char term[256];
	for (size_t i = 0; i < leaf->cited.n; i++)
		*PUSH(a, &terms) = arena_dup(a, (span){ term, field_term(F_CITES, leaf->cited.v[i], term, sizeof term) });
	return terms.n ? plan_any_term(a, &terms) : plan_field(a, F_CITES, address);
}

/* The terms of a citation stand for all above it, so "anything below" is one term. Ranges have
 * terms of their own, "FROM TO": those that begin beside the document are tried one by one. */
bool plan_cites(struct plan *p, const struct node *n, struct arena *a, const struct xap_query **out, struct err *err)
{
	enum { RANGES_MAX = 20000 };
	span address = n->text;
	span document = address_document(address), code = document.n ? document : address;
	const struct xap_query *q = by_any_name(&p->leaf[n->leaf], address, a);
	struct xap_terms t = { 0 };
	struct spans ranges = { 0 };
	address_parent(&code);
	char prefix[256];
	struct xap_term_range r = { .max = RANGES_MAX };
	r.prefix = (span){ prefix, field_term(F_CITES_RANGE, code, prefix, sizeof prefix) };
	if (document.n && !xap_terms(p->x->xap, &r, a, &t, err))
		return false;
	size_t skip = field_term(F_CITES_RANGE, (span){ 0 }, prefix, sizeof prefix);
	/* A bound on the OR that they become. */
	for (size_t i = 0; i < t.n && ranges.n < 256; i++)
		if (in_range(t.v[i].term, skip, document))
			*PUSH(a, &ranges) = t.v[i].term;
	*out = ranges.n ? plan_pair(a, XAP_OR, q, plan_any_term(a, &ranges)) : q;
	return true;
}

/* A candidate query under way: exact as long as nothing must be checked. */
struct match {
	struct plan *p;
	struct err *err;
	bool failed;
	unsigned where; /* inside so many nodes that ask where words stand */
};

static const struct xap_query *match(struct match *m, const struct node *n, bool *exact);

/* What is not exact in one is not exact in all. */
static const struct xap_query *kids(struct match *m, const struct node *n, enum xap_op op, bool *exact)
{
	const struct xap_query **sub = NEWN(m->p->a, const struct xap_query *, n->kids.n);
	for (size_t i = 0; i < n->kids.n; i++)
		sub[i] = match(m, n->kids.v[i], exact);
	return many(m->p->a, op, sub, n->kids.n);
}

/* AND with its NOTs. What a NOT excludes may only be left to Xapian when its
 * own candidates are exact: else documents would be lost. */
static const struct xap_query *conjunction(struct match *m, const struct node *n, bool *exact)
{
	struct arena *a = m->p->a;
	const struct xap_query *all = plan_field(a, F_ENTRY, SPAN("document")), *out = NULL;
	for (size_t i = 0; i < n->kids.n; i++)
		if (n->kids.v[i]->kind != NODE_NOT) {
			const struct xap_query *q = match(m, n->kids.v[i], exact);
			out = out ? plan_pair(a, XAP_AND, out, q) : q;
		}
	out = out ? out : all;
	for (size_t i = 0; i < n->kids.n; i++)
		if (n->kids.v[i]->kind == NODE_NOT) {
			bool sure = true;
			const struct xap_query *q = match(m, n->kids.v[i]->kids.v[0], &sure);
			if (sure)
				out = plan_pair(a, XAP_AND_NOT, out, q);
			else
				*exact = false;
		}
	return out;
}

/* A NOT with nothing beside it: all other documents. */
static const struct xap_query *alone(struct match *m, const struct node *n, bool *exact)
{
	struct node *all = NEW(m->p->a, struct node), and = { .kind = NODE_AND };
	*all = *n;
	*PUSH(m->p->a, &and.kids) = all;
	return conjunction(m, &and, exact);
}

/* A condition on documents cited was resolved when the leaf was planned. */
static const struct xap_query *value(struct match *m, const struct node *n)
{
	const struct xap_query *q = NULL;
	if (n->of)
		return m->p->leaf[n->leaf].citing;
	if (n->field != F_CITES)
		return plan_field(m->p->a, n->field, n->text);
	if (!plan_cites(m->p, n, m->p->a, &q, m->err))
		m->failed = true;
	return q;
}

/* Words that are not stems are in the position files. Where they stand counts
 * anyway, their stem tells enough (a wildcard's: nothing). */
static const struct xap_query *word(struct match *m, const struct node *n, bool *exact)
{
	const struct xap_query *q = NULL;
	if (n->look)
		*exact = false;
	if (n->kind == NODE_WORD && (!n->exact || m->where))
		return plan_term(m->p->a, m->p->leaf[n->leaf].stem);
	if (m->where)
		return plan_field(m->p->a, F_ENTRY, SPAN("document"));
	if (!plan_leaf_set(m->p, n, &q, m->err))
		m->failed = true;
	return q;
}

/* Candidates of a part that plan_resolve holds against the tree. */
static const struct xap_query *loose(struct match *m, const struct node *n, bool *exact)
{
	*exact = false;
	m->where++;
	/* Of "a not near b" a must be there, b need not. */
	const struct xap_query *q = n->kids.n == 1 || n->negated ? match(m, n->kids.v[0], exact) : kids(m, n, XAP_AND, exact);
	m->where--;
	return q;
}

/* A superset of what satisfies the node, and *exact stays as it is when it is just that. */
static const struct xap_query *match(struct match *m, const struct node *n, bool *exact)
{
	struct arena *a = m->p->a;
	switch (n->kind) {
	case NODE_WORD:
	case NODE_WILD:
		return word(m, n, exact);
	case NODE_VALUE:
		return value(m, n);
	case NODE_RANGE:
		return plan_range(a, n->field, n->lo, n->hi);
	case NODE_AND:
		return conjunction(m, n, exact);
	case NODE_OR:
	case NODE_ANY:
		return kids(m, n, XAP_OR, exact);
	case NODE_PHRASE:
	case NODE_NEAR:
	case NODE_SENTENCE:
	case NODE_PARAGRAPH:
	case NODE_SAME_FIELD:
	case NODE_FIELD:
	case NODE_ATLEAST:
		return loose(m, n, exact);
	case NODE_NOT:
		return alone(m, n, exact);
	case NODE_ALL:
		break;
	}
	return plan_field(a, F_ENTRY, SPAN("document"));
}

/* Words under a NOT neither weigh nor are marked. Two NOTs do not make a yes: the document is found
 * by what else it has. */
static void mark_positive(struct plan *p, const struct node *n, bool positive)
{
	if (n->kind == NODE_WORD || n->kind == NODE_WILD || n->kind == NODE_VALUE)
		p->leaf[n->leaf].positive = positive;
	for (size_t i = 0; i < n->kids.n; i++)
		mark_positive(p, n->kids.v[i], positive && n->kind != NODE_NOT && !(n->negated && i == 1));
}

/* A word that comes again weighs through its first leaf, a little more for each time. */
static void count_times(struct plan *p)
{
	for (size_t i = 0; i < p->nleaves; i++) {
		p->leaf[i].times = p->leaf[i].positive && (p->leaf[i].stem.n || p->leaf[i].wild);
		for (size_t k = 0; p->leaf[i].times && k < i; k++)
			if (p->leaf[k].times && p->leaf[i].stem.n && span_eq(p->leaf[k].stem, p->leaf[i].stem)) {
				p->leaf[k].times++;
				p->leaf[i].times = 0;
			}
	}
}

/* A word, or an OR of words, in the text. */
static bool any_word(const struct node *n)
{
	bool all = n->kind == NODE_OR || n->kind == NODE_ANY;
	for (size_t i = 0; all && i < n->kids.n; i++)
		all = n->kids.v[i]->kind == NODE_WORD && any_word(n->kids.v[i]);
	return all || (n->kind == NODE_WORD && !n->exact && !n->look && n->field == F_TEXT);
}

/* An AND of words in the text. */
static bool all_words(const struct node *n)
{
	bool all = n->kind == NODE_AND;
	for (size_t i = 0; all && i < n->kids.n; i++)
		all = n->kids.v[i]->kind == NODE_WORD && any_word(n->kids.v[i]);
	return all;
}

/* Caller's fields (deadline, filter, weights) survive; all else is made anew. */
bool plan_make(struct plan *p, struct index *x, const struct query *q, struct arena *a, struct err *err)
{
	*p = (struct plan){ .x = x, .a = a, .root = q->root, .nleaves = q->leaves.n, .exact = true,
			    .deadline = p->deadline, .filter = p->filter, .weights = p->weights ? p->weights : &rank_defaults };
	p->leaf = NEWN(a, struct leaf_plan, q->leaves.n + 1);
	p->node = (const struct node *const *)q->leaves.v;
	mark_positive(p, q->root, true);
	for (size_t i = 0; i < q->leaves.n; i++)
		if (!plan_leaf(p, q->leaves.v[i], err))
			return false;
	count_times(p);
	struct match m = { .p = p, .err = err };
	p->match = match(&m, q->root, &p->exact);
	if (m.failed)
		return false;
	if (p->filter)
		p->match = plan_pair(a, XAP_FILTER, p->match, p->filter);
	for (size_t i = 0; i < p->nleaves; i++)
		p->weighs |= p->leaf[i].times && p->leaf[i].entries;
	/* These two shapes need no tree: score.c and search_run.c read their lists of postings
	 * directly. */
	p->any = !p->filter && any_word(q->root);
	p->all = !p->filter && all_words(q->root);
	return true;
}
