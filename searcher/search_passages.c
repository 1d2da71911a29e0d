/* --by=passage: the passages of the documents that satisfy the query, those
 * that hold any of its words, ranked by them. No entries of their own: where
 * passages begin and end are positions of the document, as its words are. */
#include "searcher/plan_private.h"
#include "searcher/search_private.h"

enum { CLOCK_EVERY = 64 };

struct found {
	double score;
	uint32_t document, beg; /* position of its first word */
};
struct ranking {
	struct searching *s;
	struct plan plan;            /* of the request, but every word stands for its stem */
	struct node word[QUERY_LEAVES];
	double weight[QUERY_LEAVES]; /* idf, and more for a word repeated */
	size_t nwords;
	double mean;                 /* words of a passage */
	struct { struct found *v; size_t n, cap; } all;
};

/* What ranks is the stem, also where the query asks for the exact word. */
static void choose_words(struct ranking *k)
{
	struct plan *p = &k->plan;
	*p = k->s->plan;
	p->leaf = NEWN(p->a, struct leaf_plan, p->nleaves + 1);
	memcpy(p->leaf, k->s->plan.leaf, p->nleaves * sizeof *p->leaf);
	for (size_t i = 0; i < p->nleaves && k->nwords < QUERY_LEAVES; i++) {
		struct leaf_plan *leaf = &p->leaf[i];
		if (!leaf->times || token_is_stop(p->node[i]->text) || p->node[i]->field != F_TEXT)
			continue;
		if (p->node[i]->exact) {
			leaf->forms = (struct spans){ 0 };
			leaf->lists = NULL;
		}
		k->word[k->nwords] = *p->node[i];
		k->word[k->nwords].exact = false;
		k->word[k->nwords].look = LOOK_ANY;
		k->weight[k->nwords++] = leaf->idf * (1 + p->weights->repeat * (leaf->times - 1));
	}
}

/* All words of the index over all passages. */
static double mean_words(const struct index *x)
{
	double passages = x->manifest->passages ? x->manifest->passages : 1;
	return x->stats.mean_length * x->stats.entries / passages;
}

/* One document: its passages, and what the words weigh in each. */
struct view {
	uint32_t document;
	struct poslist_run begs, ends;
	double *score;
};

/* BM25 of one word, whose positions ascend as the passages do. */
static void weigh(const struct ranking *k, const struct view *v, struct positions at, double weight)
{
	const struct rank_weights *w = k->s->plan.weights;
	for (size_t i = 0, n = 0; i < v->begs.n && n < at.n; i++) {
		uint32_t times = 0, words = v->ends.v[i] - v->begs.v[i] + 1;
		while (n < at.n && at.v[n] < v->begs.v[i])
			n++;
		for (; n < at.n && at.v[n] <= v->ends.v[i]; n++)
			times++;
		double norm = 1 - w->b + w->b * words / k->mean;
		v->score[i] += times ? weight * times * (w->k1 + 1) / (times + w->k1 * norm) : 0;
	}
}

/* "(" at the first words of passages, ")" at their last. */
static bool boundary(struct searching *s, uint32_t document, span mark, struct poslist_run *out)
{
	char term[16];
	struct poslist *list = plan_list(&s->plan, (span){ term, field_term(F_PASSAGE, mark, term, sizeof term) }, s->err);
	return list && poslist_at(list, document, out, s->err);
}

static bool rank_document(struct ranking *k, uint32_t document, struct arena *scratch)
{
	struct searching *s = k->s;
	struct view v = { .document = document };
	if (!boundary(s, document, SPAN("("), &v.begs) || !boundary(s, document, SPAN(")"), &v.ends))
		return false;
	/* As many ends as beginnings, or the index is damaged. */
	if (v.begs.n != v.ends.n)
		return err_set(s->err, ERR_DAMAGED, "entry %u: passages that do not end", document);
	v.score = NEWN(scratch, double, v.begs.n + 1);
	for (size_t i = 0; i < k->nwords; i++) {
		struct positions at;
		if (!plan_positions(&(struct plan_view){ &k->plan, document, scratch, true }, &k->word[i], &at, s->err))
			return false;
		weigh(k, &v, at, k->weight[i]);
	}
	for (size_t i = 0; i < v.begs.n; i++)
		if (v.score[i] > 0)
			*PUSH(s->a, &k->all) = (struct found){ v.score[i], document, v.begs.v[i] };
	return true;
}

/* The clock every 64 documents: what is ranked by then is shown as partial. */
static bool rank_all(struct ranking *k)
{
	struct searching *s = k->s;
	struct arena scratch = { .escape = s->a->escape };
	bool ok = true;
	for (size_t i = 0; ok && i < s->all.n; i++) {
		if (i % CLOCK_EVERY == 0 && search_clock() > s->deadline) {
			s->out->partial = true;
			s->out->exact = false;
			break;
		}
		ok = rank_document(k, s->all.v[i], &scratch);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	return ok;
}

/* By score, then in order of the index: total, so that pages fit together. */
static bool better(const struct found *x, const struct found *y)
{
	if (x->score > y->score || x->score < y->score)
		return x->score > y->score;
	return x->document != y->document ? x->document < y->document : x->beg < y->beg;
}

/* A heap with the best on top: only the page, and what stands before it, is taken off. */
static void sink(struct found *v, size_t n, size_t i)
{
	for (size_t kid; (kid = 2 * i + 1) < n; i = kid) {
		if (kid + 1 < n && better(&v[kid + 1], &v[kid]))
			kid++;
		if (!better(&v[kid], &v[i]))
			return;
		struct found keep = v[i];
		v[i] = v[kid];
		v[kid] = keep;
	}
}

/* Takes the best off a heap. */
static struct found pop(struct found *v, size_t *n)
{
	struct found best = v[0];
	v[0] = v[--*n];
	sink(v, *n, 0);
	return best;
}

/* Rank counts from the first page. */
static struct hit *add_hit(struct searching *s, uint32_t document, double score)
{
	struct hit *h = PUSH(s->a, &s->out->hits);
	h->entry = document;
	h->score = score;
	h->rank = s->offset + (uint32_t)s->out->hits.n;
	return h;
}

/* Sorting all would cost more than the pages that anybody looks at. */
static bool ranked_passages(struct searching *s, struct ranking *k)
{
	if (!rank_all(k))
		return false;
	size_t n = k->all.n;
	s->out->total = (uint32_t)n;
	for (size_t i = n / 2; i--;)
		sink(k->all.v, n, i);
	for (size_t seen = 0; n && s->out->hits.n < s->limit; seen++) {
		struct found best = pop(k->all.v, &n);
		if (seen < s->offset)
			continue;
		struct hit *h = add_hit(s, best.document, best.score);
		if (!s->r->bare && !hit_fill_passage(s, h, best.beg))
			return false;
	}
	return true;
}

/* Nothing weighs: the best passage of each document, in order of documents. */
static bool first_passages(struct searching *s)
{
	for (size_t i = s->offset; i < s->all.n && s->out->hits.n < s->limit; i++) {
		struct hit *h = add_hit(s, s->all.v[i], 0);
		if (!s->r->bare && !hit_fill(s, h, (span){ 0 }))
			return false;
		h->passages.n = h->passages.n ? 1 : 0;
	}
	s->out->total = s->all.n;
	return true;
}

/* Versions are not folded here: a passage stands for itself. */
bool search_passages(struct searching *s)
{
	s->out->exact = true;
	if (!search_all(s))
		return false;
	struct ranking *k = NEW(s->a, struct ranking);
	k->s = s;
	k->mean = mean_words(s->x);
	choose_words(k);
	return k->nwords ? ranked_passages(s, k) : first_passages(s);
}
