/* Lists of positions of a query's terms, found once and kept for all documents. */
#include "searcher/plan_private.h"

#include "base/sort.h"

/* Null only before they were looked for: of no forms it is an empty array. Each remembers its
 * place, and documents are asked about in order of entries, so a list is read once. */
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

/* Both sides skip to where the other stands. */
static bool count_form(struct poslist *list, const struct u32s *of, uint32_t *out, struct err *err)
{
	uint32_t entry = 0, n;
	for (size_t k = 0; k < of->n;) {
		if (!poslist_next(list, of->v[k], &entry, err))
			return false;
		if (!entry)
			return true;
		k += count_below(of->v + k, of->n - k, sizeof *of->v, entry);
		if (k == of->n || of->v[k] != entry)
			continue;
		if (!poslist_count(list, entry, &n, err))
			return false;
		out[k++] += n;
	}
	return true;
}

/* Of a wildcard or an exact word: what its forms have together. Documents ascend. */
bool plan_counts(struct plan *p, struct leaf_plan *leaf, const struct u32s *of, uint32_t *out, struct err *err)
{
	memset(out, 0, of->n * sizeof *out);
	if (!plan_leaf_lists(p, leaf, err))
		return false;
	for (size_t i = 0; i < leaf->forms.n; i++)
		if (!count_form(leaf->lists[i], of, out, err))
			return false;
	return true;
}

/* Few terms (citations, bounds of regions): a linear search is enough. */
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
