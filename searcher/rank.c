#include "searcher/search_private.h"

#include <math.h>
#include <stdlib.h>

enum { NEAR_WINDOW = 8 };

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

/* The share of neighbouring query words that stand together in the document. */
static bool pairs(struct searching *s, uint32_t entry, struct arena *scratch, double *out)
{
	const struct node *word[QUERY_LEAVES];
	struct positions at[QUERY_LEAVES];
	size_t n = kept_words(&s->plan, word, QUERY_LEAVES);
	struct plan_view document = { &s->plan, entry, scratch, true };
	*out = 0;
	for (size_t i = 0; i < n && n > 1; i++)
		if (!plan_positions(&document, word[i], &at[i], s->err))
			return false;
	for (size_t i = 0; i + 1 < n; i++) {
		unsigned ordered, near;
		double idf = (s->plan.leaf[word[i]->leaf].idf + s->plan.leaf[word[i + 1]->leaf].idf) / 2;
		if (span_eq(word[i]->text, word[i + 1]->text) || /* the same word twice is no pair */
		    (!s->plan.leaf[word[i]->leaf].wild && span_eq(s->plan.leaf[word[i]->leaf].stem, s->plan.leaf[word[i + 1]->leaf].stem)))
			continue;
		count_pairs(at[i], at[i + 1], &ordered, &near);
		*out += idf * (s->plan.weights->ordered * saturated(ordered) + s->plan.weights->near * saturated(near));
	}
	return true;
}

static double sum_idf(const struct plan *p)
{
	double sum = 0;
	for (size_t i = 0; i < p->nleaves; i++)
		sum += p->leaf[i].times ? p->leaf[i].idf : 0;
	return sum;
}

static double cited(const struct plan *p, uint32_t times)
{
	return p->weights->cited * sum_idf(p) * log1p(times);
}

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
	uint32_t entry[RANK_BEST], times[RANK_BEST];
	struct u32s of = { .v = entry };
	bool ok = true;
	size_t n = hits->n < RANK_BEST ? hits->n : RANK_BEST;
	if (!n || !s->plan.weighs)
		return true;
	qsort(hits->v, n, sizeof *hits->v, by_entry);
	while (of.n < n)
		entry[of.n] = hits->v[of.n].entry, of.n++;
	ok = index_numbers(s->x, F_CITED_BY, &of, times, s->err);
	for (size_t i = 0; i < n && ok; i++, arena_reset(&scratch)) {
		double together = 0;
		ok = pairs(s, entry[i], &scratch, &together);
		hits->v[i].weight += together + (ok ? cited(&s->plan, times[i]) : 0);
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
	double together = 0, citations = 0, titles = 0;
	uint32_t lengths, times;
	const struct rank_weights *w = s->plan.weights;
	struct score_parts words = { 0 };
	if (!index_number(s->x, h->entry, F_LENGTHS, &lengths, s->err) || !index_number(s->x, h->entry, F_CITED_BY, &times, s->err) ||
	    !pairs(s, h->entry, s->a, &together))
		return false;
	if (s->plan.weighs)
		citations = cited(&s->plan, times);
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
	part(s, h, SPAN("words in the text (BM25)"), h->score - together - citations - titles);
	part(s, h, SPAN("words in title and headings above"), titles);
	part(s, h, SPAN("neighbouring words together"), together);
	part(s, h, SPAN("cited by others"), citations);
	for (size_t i = 0; i < words.n; i++)
		*PUSH(s->a, &h->parts) = words.v[i];
	return true;
}
