/* BM25 of the documents that match, term by term over plain lists of postings:
 * lengths are those of documents and of titles, which an index of documents and
 * passages alike cannot tell Xapian. */
#include "searcher/search_private.h"

#include <math.h>
#include <stdlib.h>
#include "base/sort.h"

/* The documents that match, and a score for each. */
struct scoring {
	struct searching *s;
	struct u32s of;        /* ascending */
	double *score;
	uint32_t *lengths, *counts; /* of each of them */
	/* Where most of the index has some of the words: by entry. */
	const uint32_t *all_lengths;
	uint8_t *seen;
	uint32_t last;
	struct arena scratch;
};

/* BM25 of one word in a text, without its idf. */
double score_text(const struct rank_weights *w, double mean, double times, double words)
{
	return times * (w->k1 + 1) / (times + w->k1 * (1 - w->b + w->b * words / mean));
}

/* Against a fixed length, so that a score needs no pass over all titles. */
double score_title(const struct rank_weights *w, uint32_t times, uint32_t words)
{
	enum { TITLE_WORDS = 8 };
	return times * (w->k1 + 1) / (times + w->k1 * (1 - w->title_b + w->title_b * words / TITLE_WORDS));
}

/* A word that the query repeats weighs more, by `repeat` for each further time. */
double score_weight(const struct rank_weights *w, const struct leaf_plan *leaf)
{
	return leaf->idf * (1 + w->repeat * (leaf->times - 1));
}

enum part { PART_TEXT, PART_TITLE, PART_ABOVE };

/* A word in one part of the documents: its term, and what it adds to a score. */
struct word_part {
	span term;             /* empty: a wildcard, in the text alone */
	struct leaf_plan *leaf;
	enum part part;
	double weight;
};

/* Headings above have no length of their own that is kept: eight words are assumed. */
static double share(const struct scoring *c, const struct word_part *w, uint32_t times, uint32_t lengths)
{
	const struct rank_weights *by = c->s->plan.weights;
	if (w->part == PART_TEXT)
		return w->weight * score_text(by, c->s->x->mean_words, times, length_of_text(lengths));
	return w->weight * score_title(by, times, w->part == PART_TITLE ? length_of_title(lengths) : 8);
}

/* Few documents are looked up in the word's list, however long it is. */
static bool add_part(struct scoring *c, const struct word_part *w)
{
	if (!(w->leaf->wild ? plan_counts(&c->s->plan, w->leaf, &c->of, c->counts, c->s->err) :
	      xap_counts(c->s->x->xap, w->term, &c->of, c->counts, c->s->err)))
		return false;
	for (size_t i = 0; i < c->of.n; i++)
		c->score[i] += c->counts[i] ? share(c, w, c->counts[i], c->lengths[i]) : 0;
	return true;
}

typedef bool part_adder(struct scoring *c, const struct word_part *w);

/* All words in the text before any title, since the text decides what matches. */
static bool add_words(struct scoring *c, part_adder *add)
{
	struct plan *p = &c->s->plan;
	const struct rank_weights *w = p->weights;
	const double by[] = { [PART_TEXT] = 1, [PART_TITLE] = w->title, [PART_ABOVE] = w->breadcrumb };
	for (int part = PART_TEXT; part <= PART_ABOVE; part++)
		for (size_t i = 0; i < p->nleaves; i++) {
			struct leaf_plan *leaf = &p->leaf[i];
			struct word_part one = { part == PART_TEXT ? leaf->stem : part == PART_TITLE ? leaf->title : leaf->above,
						 leaf, (enum part)part, score_weight(w, leaf) * by[part] };
			if (!leaf->times || !leaf->entries || one.weight <= 0 || (leaf->wild && part != PART_TEXT))
				continue;
			if (!add(c, &one))
				return false;
			/* What was added so far still ranks, only by fewer words. */
			if (search_clock() > c->s->deadline) {
				c->s->out->partial = true;
				return true;
			}
		}
	return true;
}

/* A score for every entry of the index: lists are walked once, and no document is looked up. */
static bool add_wide(struct scoring *c, const struct word_part *w)
{
	struct xap_postings p = { 0 };
	struct xap_posting_range every = { .term = w->term, .max = UINT32_MAX };
	if (!xap_postings(c->s->x->xap, &every, &c->scratch, &p, c->s->err))
		return false;
	for (size_t i = 0; i < p.n && p.v[i].entry <= c->last; i++) {
		uint32_t entry = p.v[i].entry;
		c->seen[entry] |= w->part == PART_TEXT;
		if (c->seen[entry])
			c->score[entry] += share(c, w, p.v[i].wdf, c->all_lengths[entry]);
	}
	arena_reset(&c->scratch);
	return true;
}

/* Where the words stand in much of the index, an array over all entries costs less than lists of
 * them. */
static bool score_wide(struct scoring *c)
{
	c->last = c->s->x->stats.last_entry;
	c->score = NEWN(c->s->a, double, (size_t)c->last + 1);
	c->seen = NEWN(c->s->a, uint8_t, (size_t)c->last + 1);
	c->of = (struct u32s){ .v = NEWN(c->s->a, uint32_t, (size_t)c->last + 1) };
	if (!index_column(c->s->x, F_LENGTHS, &c->all_lengths, c->s->err) || !add_words(c, add_wide))
		return false;
	for (uint32_t entry = 1; entry <= c->last; entry++)
		if (c->seen[entry]) {
			c->score[c->of.n] = c->score[entry]; /* at or before its own place */
			c->of.v[c->of.n++] = entry;
		}
	return true;
}

/* Where what matches is known: arrays as long as that list. */
static bool score_listed(struct scoring *c)
{
	c->score = NEWN(c->s->a, double, c->of.n + 1);
	c->lengths = NEWN(c->s->a, uint32_t, c->of.n + 1);
	c->counts = NEWN(c->s->a, uint32_t, c->of.n + 1);
	return index_numbers(c->s->x, F_LENGTHS, &c->of, c->lengths, c->s->err) && add_words(c, add_part);
}

/* A total order: of equal scores the later entry is the worse. */
static bool worse(struct xap_hit x, struct xap_hit y)
{
	return x.weight != y.weight ? x.weight < y.weight : x.entry > y.entry;
}

/* Down from `at` until both below are better: the worst stays on top. */
static void sift(struct xap_hit *heap, size_t n, size_t at)
{
	for (;;) {
		size_t least = at, kid = at * 2 + 1;
		if (kid < n && worse(heap[kid], heap[least]))
			least = kid;
		if (kid + 1 < n && worse(heap[kid + 1], heap[least]))
			least = kid + 1;
		if (least == at)
			return;
		struct xap_hit t = heap[at];
		heap[at] = heap[least];
		heap[least] = t;
		at = least;
	}
}

static int best_first(const void *x, const void *y)
{
	const struct xap_hit *a = x, *b = y;
	return worse(*b, *a) ? -1 : worse(*a, *b);
}

/* The best `count` of them: a heap with the worst of those on top. */
static void best_of(struct scoring *c, uint32_t count, struct xap_hits *out)
{
	out->cap = count < c->of.n ? count : c->of.n;
	out->v = NEWN(c->s->a, struct xap_hit, out->cap + 1);
	for (size_t i = 0; i < c->of.n && out->cap; i++) {
		struct xap_hit h = { .entry = c->of.v[i], .weight = c->score[i] };
		if (out->n < out->cap) {
			out->v[out->n++] = h;
			for (size_t k = out->n / 2; out->n == out->cap && k-- > 0;)
				sift(out->v, out->n, k);
		} else if (worse(out->v[0], h)) {
			out->v[0] = h;
			sift(out->v, out->n, 0);
		}
	}
	if (out->n)
		qsort(out->v, out->n, sizeof *out->v, best_first);
}

/* The documents that have any of the words, where those are few; false in *few
 * where they may be a good part of the index. */
static bool gather_any(struct scoring *c, bool *few)
{
	const struct plan *p = &c->s->plan;
	uint64_t postings = 0;
	for (size_t i = 0; i < p->nleaves; i++)
		postings += p->leaf[i].times ? p->leaf[i].entries : 0;
	/* A sixteenth of the entries: below it look-ups are cheaper than a pass. */
	*few = postings <= c->s->x->stats.last_entry / 16;
	for (size_t i = 0; i < p->nleaves && *few; i++) {
		struct xap_posting_range all = { .term = p->leaf[i].stem, .max = UINT32_MAX };
		if (p->leaf[i].times && !index_entries(c->s->x, &all, c->s->a, &c->of, c->s->err))
			return false;
	}
	sort_numbers(c->of.v, c->of.n);
	size_t n = 0;
	for (size_t i = 0; i < c->of.n; i++)
		if (!n || c->of.v[n - 1] != c->of.v[i])
			c->of.v[n++] = c->of.v[i];
	c->of.n = n;
	return true;
}

/* Versions of one text are folded before the best are cut, so that the page is full; a count is of
 * documents, and nothing is folded for it. */
bool search_score(struct searching *s, bool any, uint32_t count, struct xap_hits *out)
{
	struct scoring c = { .s = s, .of = any ? (struct u32s){ 0 } : s->all, .scratch = { .escape = s->a->escape } };
	bool few = true;
	*out = (struct xap_hits){ 0 };
	bool ok = (!any || gather_any(&c, &few)) && (few ? score_listed(&c) : score_wide(&c));
	arena_release(&c.scratch);
	if (!ok)
		return false;
	if (!s->r->count_only && !versions_fold(s, &c.of, c.score))
		return false;
	best_of(&c, count, out);
	s->out->total = out->total = (uint32_t)c.of.n;
	out->exact = true;
	return true;
}
