#include "searcher/plan.h"

/* Measured with `pincite-bench finding` (docs/ranking.md). */
const struct rank_weights rank_defaults = {
	.k1 = 1.2, .b = .75, .title = 1.2, .title_b = .5, .breadcrumb = .1, .repeat = .3, .ordered = .6, .near = .4, .cited = .02, .notes = .5,
};
