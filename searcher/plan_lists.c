/* Lists of positions of a query's terms, found once and kept for all documents. */
#include "searcher/plan_private.h"

bool plan_leaf_lists(struct plan *p, struct leaf_plan *leaf, struct err *err)
{
	if (leaf->lists)
		return true;
	struct poslist **lists = NEWN(p->a, struct poslist *, leaf->forms.n + 1);
	for (size_t i = 0; i < leaf->forms.n; i++) {
		lists[i] = poslist_find(p->x->positions, leaf->forms.v[i], p->a, err);
		if (!lists[i])
			return false;
	}
	leaf->lists = lists;
	return true;
}

struct poslist *plan_list(struct plan *p, span term, struct err *err)
{
	for (size_t i = 0; i < p->lists.n; i++)
		if (span_eq(p->lists.v[i].term, term))
			return p->lists.v[i].list;
	struct poslist *list = poslist_find(p->x->positions, term, p->a, err);
	if (list)
		*PUSH(p->a, &p->lists) = (struct plan_list){ arena_dup(p->a, term), list };
	return list;
}
