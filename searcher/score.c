/* BM25 of the documents that match, term by term over plain lists of postings:
 * lengths are those of documents and of titles, which an index of documents and
 * passages alike cannot tell Xapian. */
#include "searcher/search_private.h"

#include <math.h>
#include <stdlib.h>

/* A score for each entry number; `seen` are the documents that match. */
struct scoring {
	struct searching *s;
	double *score;
	uint8_t *seen;
	bool any;              /* matches are gathered from the lists of the words */
	uint32_t last, n;      /* last entry; documents seen */
	struct arena scratch;
};

static bool is_seen(const struct scoring *c, uint32_t entry)
{
	return c->seen[entry / 8] >> entry % 8 & 1;
}

static void see(struct scoring *c, uint32_t entry)
{
	uint8_t *byte = &c->seen[entry / 8], bit = (uint8_t)(1u << entry % 8);
	c->n += !(*byte & bit);
	*byte |= bit;
}

double score_text(const struct rank_weights *w, double mean, uint32_t times, uint32_t words)
{
	return times * (w->k1 + 1) / (times + w->k1 * (1 - w->b + w->b * words / mean));
}

/* Against a fixed length, so that a score needs no pass over all titles. */
double score_title(const struct rank_weights *w, uint32_t times, uint32_t words)
{
	enum { TITLE_WORDS = 8 };
	return times * (w->k1 + 1) / (times + w->k1 * (1 - w->title_b + w->title_b * words / TITLE_WORDS));
}

double score_weight(const struct rank_weights *w, const struct leaf_plan *leaf)
{
	return leaf->idf * (1 + w->repeat * (leaf->times - 1));
}

enum part { PART_TEXT, PART_TITLE, PART_ABOVE };

static bool add_list(struct scoring *c, span term, enum part part, double weight)
{
	const struct index *x = c->s->x;
	const struct rank_weights *w = c->s->plan.weights;
	struct xap_postings p = { 0 };
	struct xap_posting_range all = { .term = term, .max = UINT32_MAX };
	if (weight <= 0)
		return true;
	if (!xap_postings(x->xap, &all, &c->scratch, &p, c->s->err))
		return false;
	for (size_t i = 0; i < p.n; i++) {
		uint32_t entry = p.v[i].entry, lengths = x->lengths[entry];
		if (entry > c->last)
			break;
		if (part == PART_TEXT && c->any)
			see(c, entry);
		else if (!is_seen(c, entry))
			continue;
		c->score[entry] += weight * (part == PART_TEXT ? score_text(w, x->mean_words, p.v[i].wdf, lengths >> 8) :
					     score_title(w, p.v[i].wdf, part == PART_TITLE ? lengths & 0xFF : 8));
	}
	arena_reset(&c->scratch);
	return true;
}

/* All words in the text before any title, since the text decides what matches. */
static bool add_words(struct scoring *c)
{
	const struct plan *p = &c->s->plan;
	const struct rank_weights *w = p->weights;
	bool ok = true;
	for (int part = PART_TEXT; part <= PART_ABOVE; part++)
		for (size_t i = 0; i < p->nleaves && ok; i++) {
			const struct leaf_plan *leaf = &p->leaf[i];
			if (!leaf->times || !leaf->entries)
				continue;
			double weight = score_weight(w, leaf);
			if (part == PART_TEXT)
				ok = add_list(c, leaf->stem, PART_TEXT, weight);
			else if (part == PART_TITLE)
				ok = add_list(c, leaf->title, PART_TITLE, weight * w->title);
			else
				ok = add_list(c, leaf->above, PART_ABOVE, weight * w->breadcrumb);
			if (search_clock() > c->s->deadline) {
				c->s->out->partial = true;
				return ok;
			}
		}
	return ok;
}

static bool worse(struct xap_hit x, struct xap_hit y)
{
	return x.weight != y.weight ? x.weight < y.weight : x.entry > y.entry;
}

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

/* The best `count` of those seen: a heap with the worst of them on top. */
static void best_of(struct scoring *c, uint32_t count, struct xap_hits *out)
{
	out->cap = count < c->n ? count : c->n;
	out->v = NEWN(c->s->a, struct xap_hit, out->cap + 1);
	for (uint32_t entry = 1; entry <= c->last && out->cap; entry++) {
		struct xap_hit h = { .entry = entry, .weight = c->score[entry] };
		if (!c->seen[entry / 8]) {
			entry |= 7;
			continue;
		}
		if (!is_seen(c, entry))
			continue;
		if (out->n < out->cap) {
			out->v[out->n++] = h;
			for (size_t i = out->n / 2; out->n == out->cap && i-- > 0;)
				sift(out->v, out->n, i);
		} else if (worse(out->v[0], h)) {
			out->v[0] = h;
			sift(out->v, out->n, 0);
		}
	}
	if (out->n)
		qsort(out->v, out->n, sizeof *out->v, best_first);
}

bool search_score(struct searching *s, bool any, uint32_t count, struct xap_hits *out)
{
	struct scoring c = { .s = s, .any = any, .last = s->x->stats.last_entry, .scratch = { .escape = s->a->escape } };
	*out = (struct xap_hits){ 0 };
	if (!index_lengths(s->x, s->err))
		return false;
	c.score = NEWN(s->a, double, (size_t)c.last + 1);
	c.seen = NEWN(s->a, uint8_t, c.last / 8 + 1);
	for (size_t i = 0; i < s->all.n && !any; i++)
		see(&c, s->all.v[i]);
	bool ok = add_words(&c);
	arena_release(&c.scratch);
	if (!ok)
		return false;
	best_of(&c, count, out);
	s->out->total = out->total = c.n;
	out->exact = true;
	return true;
}
