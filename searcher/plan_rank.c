#include "searcher/plan_private.h"

#include <math.h>

/* Measured with `pincite bench quality --set=finding` (docs/ranking.md). */
const struct rank_weights rank_defaults = {
	.k1 = 1.2, .b = .75, .title = .8, .breadcrumb = .1, .repeat = .3, .ordered = .6, .near = .4, .cited = .02,
};

/* What Xapian's own idf, which counts passages as entries too, must be scaled
 * by to be that over documents. */
static double idf_scale(const struct plan *p, const struct leaf_plan *leaf)
{
	double n = leaf->entries, all = p->x->stats.entries;
	double odds = (all - n + .5) / (n + .5), theirs = log(odds < 2 ? odds * .5 + 1 : odds);
	return theirs > 0 ? leaf->idf / theirs : 1;
}

/* One more field where the word weighs. */
static const struct xap_query *with_field(struct plan *p, const struct xap_query *so_far, enum field f,
					  const struct leaf_plan *leaf, double scale)
{
	char term[256] = "Z";
	size_t n = 1 + field_term(f, span_sub(leaf->stem, 1, leaf->stem.n), term + 1, sizeof term - 1);
	if (scale <= 0)
		return so_far;
	const struct xap_query *q = plan_scaled(p->a, plan_term(p->a, arena_dup(p->a, (span){ term, n })), scale);
	return so_far ? plan_pair(p->a, XAP_OR, so_far, q) : q;
}

const struct xap_query *plan_rank(struct plan *p)
{
	const struct xap_query *text = NULL, *titles = NULL;
	for (size_t i = 0; i < p->nleaves; i++) {
		const struct leaf_plan *leaf = &p->leaf[i];
		if (!leaf->times || !leaf->entries)
			continue;
		double scale = idf_scale(p, leaf) * (1 + p->weights->repeat * (leaf->times - 1));
		const struct xap_query *word = plan_scaled(p->a, plan_term(p->a, leaf->stem), scale);
		text = text ? plan_pair(p->a, XAP_OR, text, word) : word;
		titles = with_field(p, titles, F_TITLE, leaf, p->weights->title * scale);
		titles = with_field(p, titles, F_BREADCRUMB, leaf, p->weights->breadcrumb * scale);
	}
	return text && titles ? plan_pair(p->a, XAP_OR, text, titles) : text;
}
