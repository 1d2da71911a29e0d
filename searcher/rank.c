#include "searcher/search_private.h"

#include <math.h>
#include <stdlib.h>

/* Words, on either side. */
enum { NEAR_WINDOW = 8 };

/* 0, 1/2, 2/3, 3/4 ...: the first time says most. */
static double saturated(double n)
{
	return n / (n + 1);
}

/* Times y follows x at once, and times it stands within the window. */
static void count_pairs(struct positions x, struct positions y, unsigned *ordered, unsigned *near)
{
	size_t j = 0;
	*ordered = *near = 0;
	for (size_t i = 0; i < x.n; i++) {
		while (j < y.n && y.v[j] + NEAR_WINDOW < x.v[i])
			j++;
		bool close = false;
		for (size_t k = j; k < y.n && y.v[k] <= x.v[i] + NEAR_WINDOW; k++) {
			*ordered += y.v[k] == x.v[i] + 1;
			close |= y.v[k] != x.v[i];
		}
		*near += close;
	}
}

/* Words of the query that weigh, in its order. */
static size_t kept_words(const struct plan *p, const struct node **out, size_t max)
{
	size_t n = 0;
	for (size_t i = 0; i < p->nleaves && n < max; i++)
		if ((p->node[i]->kind == NODE_WORD || p->leaf[i].wild) && p->leaf[i].positive && p->leaf[i].entries &&
		    !token_is_stop(p->node[i]->text))
			out[n++] = p->node[i];
	return n;
}

/* Parts of the document that are no law: what an editor put below it. */
struct notes {
	struct positions beg, end;
	uint32_t words;
};

/* One of the best documents, and where the words that weigh stand in it. */
struct looked_at {
	struct searching *s;
	struct plan_view view;
	const struct node *word[QUERY_LEAVES];
	struct positions at[QUERY_LEAVES];
	size_t n;
	uint32_t lengths;
	struct notes notes;
};

static const struct leaf_plan *leaf_at(const struct looked_at *d, size_t i)
{
	return &d->s->plan.leaf[d->word[i]->leaf];
}

/* The share of neighbouring query words that stand together in the document. */
static double pairs(const struct looked_at *d)
{
	const struct rank_weights *w = d->s->plan.weights;
	double sum = 0;
	for (size_t i = 0; i + 1 < d->n; i++) {
		unsigned ordered, near;
		const struct leaf_plan *x = leaf_at(d, i), *y = leaf_at(d, i + 1);
		if (span_eq(d->word[i]->text, d->word[i + 1]->text) || (!x->wild && span_eq(x->stem, y->stem)))
			continue; /* the same word twice is no pair */
		count_pairs(d->at[i], d->at[i + 1], &ordered, &near);
		sum += (x->idf + y->idf) / 2 * (w->ordered * saturated(ordered) + w->near * saturated(near));
	}
	return sum;
}

/* Where they begin and end, and their words. Most documents have none, and are then asked for
 * nothing more. */
static bool notes_of(const struct looked_at *d, struct notes *out)
{
	struct err *err = d->s->err;
	*out = (struct notes){ 0 };
	if (!plan_bounds(&d->view, F_NOTES, false, &out->beg, err) || (out->beg.n && !plan_bounds(&d->view, F_NOTES, true, &out->end, err)))
		return false;
	for (size_t i = 0; i < out->beg.n && i < out->end.n; i++)
		out->words += out->end.v[i] - out->beg.v[i] + 1;
	return true;
}

/* A single word in a document without notes need not be looked for. */
static bool look_at(struct looked_at *d, struct searching *s, uint32_t entry, struct arena *scratch)
{
	d->s = s;
	d->view = (struct plan_view){ &s->plan, entry, scratch, true };
	d->n = kept_words(&s->plan, d->word, QUERY_LEAVES);
	if (!notes_of(d, &d->notes))
		return false;
	if (d->n == 1 && !d->notes.beg.n)
		d->n = 0;
	for (size_t i = 0; i < d->n; i++)
		if (!plan_positions(&d->view, d->word[i], &d->at[i], s->err))
			return false;
	return true;
}

/* Both lists ascend and are walked once. */
static uint32_t standing_in(struct positions at, const struct notes *n)
{
	uint32_t times = 0;
	for (size_t i = 0, k = 0; i < at.n && k < n->end.n; i++) {
		while (k < n->end.n && n->end.v[k] < at.v[i])
			k++;
		times += k < n->end.n && n->beg.v[k] <= at.v[i];
	}
	return times;
}

/* What the text's score loses because some of the words stand in notes: there a
 * word, and the length they add, count for less. */
static double noted(const struct looked_at *d)
{
	const struct rank_weights *w = d->s->plan.weights;
	double all_words = length_of_text(d->lengths), less = 1 - w->notes, mean = d->s->x->mean_words, sum = 0;
	for (size_t i = 0; i < d->n && d->notes.beg.n; i++) {
		const struct leaf_plan *leaf = leaf_at(d, i);
		double all = (double)d->at[i].n, law = all - less * standing_in(d->at[i], &d->notes);
		if (leaf->times && all > 0)
			sum += score_weight(w, leaf) * (score_text(w, mean, law, all_words - less * d->notes.words) -
							score_text(w, mean, all, all_words));
	}
	return sum;
}

/* Each word once, however often the query repeats it. */
static double sum_idf(const struct plan *p)
{
	double sum = 0;
	for (size_t i = 0; i < p->nleaves; i++)
		sum += p->leaf[i].times ? p->leaf[i].idf : 0;
	return sum;
}

/* Grows with the logarithm of the times, and with the weight of the query, beside which it stays
 * small. */
static double cited(const struct plan *p, uint32_t times)
{
	return p->weights->cited * sum_idf(p) * log1p(times);
}

/* Equal ones in order of entries, so that the order is the same each time. */
static int by_weight(const void *x, const void *y)
{
	const struct xap_hit *a = x, *b = y;
	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return a->entry < b->entry ? -1 : a->entry > b->entry;
}

static int by_entry(const void *x, const void *y)
{
	const struct xap_hit *a = x, *b = y;
	return a->entry < b->entry ? -1 : a->entry > b->entry;
}

/* In order of entries, so that lists and columns are read front to back. */
bool rank_best(struct searching *s, struct xap_hits *hits)
{
	struct arena scratch = { .escape = s->a->escape };
	struct looked_at *d = NEW(s->a, struct looked_at);
	uint32_t entry[RANK_BEST], times[RANK_BEST], lengths[RANK_BEST];
	struct u32s of = { .v = entry };
	/* Only the best by words alone: for each of these positions are looked up. */
	size_t n = hits->n < RANK_BEST ? hits->n : RANK_BEST;
	if (!n || !s->plan.weighs)
		return true;
	qsort(hits->v, n, sizeof *hits->v, by_entry);
	while (of.n < n)
		entry[of.n] = hits->v[of.n].entry, of.n++;
	bool ok = index_numbers(s->x, F_CITED_BY, &of, times, s->err) && index_numbers(s->x, F_LENGTHS, &of, lengths, s->err);
	for (size_t i = 0; i < n && ok; i++, arena_reset(&scratch)) {
		d->lengths = lengths[i];
		ok = look_at(d, s, entry[i], &scratch);
		if (ok)
			hits->v[i].weight += pairs(d) + noted(d) + cited(&s->plan, times[i] - (times[i] && s->r->uncited == entry[i]));
	}
	arena_release(&scratch);
	qsort(hits->v, n, sizeof *hits->v, by_weight);
	return ok;
}

static void part(struct searching *s, struct hit *h, span name, double value)
{
	*PUSH(s->a, &h->parts) = (struct score_part){ name, value };
}

/* How often a word stands in the text, the title and the headings above. */
struct standing {
	uint32_t text, title, above;
};

/* Of a wildcard only the text is known. */
static bool standing(struct searching *s, uint32_t entry, struct leaf_plan *leaf, struct standing *out)
{
	const struct u32s one = { &entry, 1, 1 };
	*out = (struct standing){ 0 };
	if (leaf->wild)
		return plan_counts(&s->plan, leaf, &one, &out->text, s->err);
	return xap_counts(s->x->xap, leaf->stem, &one, &out->text, s->err) && xap_counts(s->x->xap, leaf->title, &one, &out->title, s->err) &&
	       xap_counts(s->x->xap, leaf->above, &one, &out->above, s->err);
}

/* The parts of the sum, then for each word its idf and how often it stands in
 * text and title. */
bool rank_explain(struct searching *s, struct hit *h)
{
	double together = 0, citations = 0, titles = 0, less = 0;
	uint32_t lengths, times;
	struct looked_at *d = NEW(s->a, struct looked_at);
	const struct rank_weights *w = s->plan.weights;
	struct score_parts words = { 0 };
	if (!index_number(s->x, h->entry, F_LENGTHS, &lengths, s->err) || !index_number(s->x, h->entry, F_CITED_BY, &times, s->err) ||
	    !look_at(d, s, h->entry, s->a))
		return false;
	d->lengths = lengths;
	bool looked = s->plan.weighs && h->rank <= RANK_BEST; /* of the rest, words alone count */
	if (looked) {
		less = noted(d);
		together = pairs(d);
		citations = cited(&s->plan, times);
	}
	for (size_t i = 0; i < s->plan.nleaves; i++) {
		struct leaf_plan *leaf = &s->plan.leaf[i];
		struct standing n;
		if (!leaf->times)
			continue;
		if (!standing(s, h->entry, leaf, &n))
			return false;
		titles += score_weight(w, leaf) * (w->title * score_title(w, n.title, length_of_title(lengths)) +
						   w->breadcrumb * score_title(w, n.above, 8));
		*PUSH(s->a, &words) = (struct score_part){
			arena_printf(s->a, "%.*s: %u in text, %u in title, idf", SPAN_ARG(s->plan.node[i]->text), n.text, n.title), leaf->idf };
	}
	part(s, h, SPAN("words in the text (BM25)"), h->score - together - citations - titles - less);
	part(s, h, SPAN("of them in notes"), less);
	part(s, h, SPAN("words in title and headings above"), titles);
	part(s, h, SPAN("neighbouring words together"), together);
	part(s, h, SPAN("cited by others"), citations);
	for (size_t i = 0; i < words.n; i++)
		*PUSH(s->a, &h->parts) = words.v[i];
	return true;
}
