#include "searcher/plan_private.h"

#include <math.h>

/* Weights, measured with `pincite bench quality --set=finding` (docs/ranking.md). */
static const double title_weight = .8, repeat_weight = .3;

/* What Xapian's own idf, which counts passages as entries too, must be scaled
 * by to be that over documents. */
static double idf_scale(const struct plan *p, const struct leaf_plan *leaf)
{
	double n = leaf->entries, all = p->x->stats.entries;
	double odds = (all - n + .5) / (n + .5), theirs = log(odds < 2 ? odds * .5 + 1 : odds);
	return theirs > 0 ? leaf->idf / theirs : 1;
}

const struct xap_query *plan_rank(struct plan *p)
{
	const struct xap_query *text = NULL, *titles = NULL;
	for (size_t i = 0; i < p->nleaves; i++) {
		const struct leaf_plan *leaf = &p->leaf[i];
		if (!leaf->times || !leaf->entries)
			continue;
		double scale = idf_scale(p, leaf) * (1 + repeat_weight * (leaf->times - 1));
		const struct xap_query *word = plan_scaled(p->a, plan_term(p->a, leaf->stem), scale);
		text = text ? plan_pair(p->a, XAP_OR, text, word) : word;
		const struct xap_query *title = plan_scaled(p->a, plan_term(p->a, leaf->title), title_weight * scale);
		titles = titles ? plan_pair(p->a, XAP_OR, titles, title) : title;
	}
	return text ? plan_pair(p->a, XAP_OR, text, titles) : NULL;
}
