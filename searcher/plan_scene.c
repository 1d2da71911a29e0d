/* A document of the index as the evaluator sees it. */
#include "searcher/plan_private.h"

#include "base/sort.h"

struct view {
	struct plan_view of;
	struct err *err;
	bool failed;
	struct positions *known; /* by leaf */
	bool *is_known;
	struct tokens tokens;    /* of the record, when letters' case matters */
	bool has_tokens;
};

/* One list is in order already; several are sorted, and two readings of a word may share a
 * position. */
static struct positions merged(struct u32s all, size_t lists)
{
	size_t n = 0;
	if (lists > 1)
		sort_numbers(all.v, all.n);
	for (size_t i = 0; i < all.n; i++)
		if (n == 0 || all.v[n - 1] != all.v[i])
			all.v[n++] = all.v[i];
	return (struct positions){ all.v, n };
}

/* A run as a whole rather than number by number: lists are long. Doubles, so that growing is
 * linear. */
static void add_run(struct u32s *to, const struct poslist_run *run, struct arena *a)
{
	if (to->n + run->n > to->cap) {
		uint32_t *v = arena_raw(a, 2 * (to->n + run->n) * sizeof *v, 16);
		if (to->n)
			memcpy(v, to->v, to->n * sizeof *v);
		to->v = v;
		to->cap = 2 * (to->n + run->n);
	}
	if (run->n)
		memcpy(to->v + to->n, run->v, run->n * sizeof *to->v);
	to->n += run->n;
}

/* By its ending: "damages", not "process", "status", "analysis". */
static bool is_plural(span form)
{
	return form.n > 3 && form.p[form.n - 1] == 's' && !memchr("sui", form.p[form.n - 2], 3);
}

/* The word's forms joined. `brief`: a single form is lent as it lies in its list, until the same
 * leaf is asked about another document. */
bool plan_positions(const struct plan_view *v, const struct node *leaf, struct positions *out, struct err *err)
{
	struct plan *p = v->p;
	struct leaf_plan *l = &p->leaf[leaf->leaf];
	struct u32s all = { 0 };
	size_t lists = 0;
	if ((leaf->kind == NODE_WORD && !plan_word_forms(p, leaf, err)) || !plan_leaf_lists(p, l, err))
		return false;
	for (size_t i = 0; i < l->forms.n; i++) {
		struct poslist_run run;
		if ((leaf->look == LOOK_SINGULAR && is_plural(l->forms.v[i])) ||
		    (leaf->look == LOOK_PLURAL && !is_plural(l->forms.v[i])))
			continue;
		if (!poslist_at(l->lists[i], v->entry, &run, err))
			return false;
		if (run.n && v->brief && l->forms.n == 1) { /* as it lies in the list */
			*out = (struct positions){ run.v, run.n };
			return true;
		}
		lists += run.n > 0;
		add_run(&all, &run, v->a);
	}
	*out = merged(all, lists);
	return true;
}

/* Capitals are told by flags of the token, which only the record's text has. */
static bool looks(uint8_t flags, enum look look)
{
	switch (look) {
	case LOOK_CAPS:
		return flags & TOKEN_CAPS;
	case LOOK_ALLCAPS:
		return flags & TOKEN_ALLCAPS;
	case LOOK_NOCAPS:
		return !(flags & TOKEN_CAPS);
	default:
		return true;
	}
}

/* Of two readings at one position the first. */
static size_t token_at(const struct tokens *t, uint32_t pos)
{
	return FIRST_FROM(t, pos, pos);
}

/* Only the positions where the word's letters look as asked. */
static struct positions with_look(struct view *v, struct positions in, enum look look)
{
	struct record r;
	struct u32s out = { 0 };
	if (!v->has_tokens) {
		if (!index_record(v->of.p->x, v->of.entry, v->of.a, &r, v->err)) {
			v->failed = true;
			return (struct positions){ 0 };
		}
		v->tokens = tokens_with(&r.doc.text, v->of.a);
		v->has_tokens = true;
	}
	for (size_t i = 0; i < in.n; i++) {
		size_t k = token_at(&v->tokens, in.v[i]);
		if (k < v->tokens.n && looks(v->tokens.v[k].flags, look))
			*PUSH(v->of.a, &out) = in.v[i];
	}
	return (struct positions){ out.v, out.n };
}

/* Each leaf is asked about once a document, however often the tree comes to it. After a failure
 * nothing more is read. */
static struct positions word(void *ctx, const struct node *leaf)
{
	struct view *v = ctx;
	struct positions out = { 0 };
	if (v->failed || v->is_known[leaf->leaf])
		return v->known[leaf->leaf];
	if (!plan_positions(&v->of, leaf, &out, v->err))
		v->failed = true;
	else if (leaf->look == LOOK_CAPS || leaf->look == LOOK_ALLCAPS || leaf->look == LOOK_NOCAPS)
		out = with_look(v, out, leaf->look);
	v->known[leaf->leaf] = out;
	v->is_known[leaf->leaf] = true;
	return out;
}

/* The first posting at or after the entry is its own, or it has none. */
static bool has_term(struct view *v, span term)
{
	struct xap_postings p = { 0 };
	struct xap_posting_range r = { .term = term, .from = v->of.entry, .max = 1 };
	if (!xap_postings(v->of.p->x->xap, &r, v->of.a, &p, v->err))
		v->failed = true;
	return p.n && p.v[0].entry == v->of.entry;
}

/* A term without positions in this document has an empty run. */
static void add_positions(struct view *v, span term, struct u32s *at)
{
	struct poslist *list = plan_list(v->of.p, term, v->err);
	struct poslist_run run;
	if (list && poslist_at(list, v->of.entry, &run, v->err))
		add_run(at, &run, v->of.a);
	else
		v->failed = true;
}

/* The tree of a value is an OR of terms. */
static bool in_query(struct view *v, const struct xap_query *q, struct u32s *at)
{
	bool found = false;
	if (q->op == XAP_TERM) {
		found = has_term(v, q->term);
		if (found)
			add_positions(v, q->term, at);
	}
	for (size_t i = 0; i < q->nsub; i++)
		found |= in_query(v, q->sub[i], at);
	return found;
}

/* Where a citation stands is told as well, so that it can be near a word; other values have no
 * place. */
static bool value(void *ctx, const struct node *leaf, struct positions *at)
{
	struct view *v = ctx;
	struct u32s all = { 0 };
	uint32_t number;
	const struct xap_query *q;
	if (leaf->kind == NODE_RANGE) {
		v->failed |= !index_number(v->of.p->x, v->of.entry, leaf->field, &number, v->err);
		return !v->failed && number && number >= leaf->lo && number <= leaf->hi;
	}
	if (leaf->of) {
		bool holds = false;
		v->failed |= !plan_citing(v->of.p, &v->of.p->leaf[leaf->leaf], v->of.entry, &holds, v->err);
		return holds;
	}
	if (leaf->field != F_CITES)
		return in_query(v, plan_field(v->of.a, leaf->field, leaf->text), &all);
	v->failed |= !plan_cites(v->of.p, leaf, v->of.a, &q, v->err);
	bool found = !v->failed && in_query(v, q, &all);
	*at = merged(all, 2);
	return found;
}

/* Regions are marked in the position files as terms of their own, "(" at their first words and ")"
 * at their last. */
static struct positions bounds(void *ctx, enum field f, bool end)
{
	struct view *v = ctx;
	struct u32s out = { 0 };
	char term[16];
	size_t n = field_term(f, end ? SPAN(")") : SPAN("("), term, sizeof term);
	add_positions(v, (span){ term, n }, &out);
	return (struct positions){ out.v, out.n };
}

/* The functions that the pure evaluator asks. */
static struct scene scene(struct view *v)
{
	v->known = NEWN(v->of.a, struct positions, v->of.p->nleaves + 1);
	v->is_known = NEWN(v->of.a, bool, v->of.p->nleaves + 1);
	return (struct scene){ .word = word, .value = value, .bounds = bounds, .ctx = v, .a = v->of.a };
}

/* `scratch` is the caller's for one document: what is found lives no longer. */
bool plan_holds(struct plan *p, uint32_t entry, bool *holds, struct arena *scratch, struct err *err)
{
	struct view v = { .of = { p, entry, scratch, true }, .err = err };
	struct scene s = scene(&v);
	*holds = spans_hold(&s, p->root);
	p->cut |= s.cut;
	return !v.failed;
}

/* For marks: of a document that was found, the spans of one node. */
bool plan_spans(const struct plan_view *of, const struct node *n, struct hit_spans *out, struct err *err)
{
	struct view v = { .of = *of, .err = err };
	struct scene s = scene(&v);
	*out = spans_of(&s, n);
	return !v.failed;
}

bool plan_bounds(const struct plan_view *of, enum field f, bool end, struct positions *out, struct err *err)
{
	struct view v = { .of = *of, .err = err };
	*out = bounds(&v, f, end);
	return !v.failed;
}

bool plan_starts(const struct plan_view *of, enum field f, struct positions *out, struct err *err)
{
	struct view v = { .of = *of, .err = err };
	*out = bounds(&v, f, false);
	return !v.failed;
}
