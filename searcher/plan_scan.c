/* Documents that may satisfy a tree, in order, from the position files alone:
 * a superset, cheaper to walk than any other way to the positions themselves. */
#include "searcher/plan_private.h"
#include "searcher/search_private.h"

enum scan_kind { SCAN_LISTS, SCAN_AND, SCAN_OR };
struct scan {
	enum scan_kind kind;
	struct scan **kid;
	size_t n;
	struct poslist **lists; /* LISTS: any of them */
	uint32_t *at;           /* where each is; UINT32_MAX: used up */
	uint64_t entries;       /* at most so many */
	struct plan *p;         /* its deadline; unfinished is set when it passes */
	unsigned steps;
};

enum { CLOCK_EVERY = 1024 };

/* Lists that have little in common may be walked long without a candidate. */
static bool late(struct scan *s)
{
	if (++s->steps % CLOCK_EVERY || !s->p->deadline || search_clock() < s->p->deadline)
		return false;
	return s->p->unfinished = true;
}

/* `most`: lists or kids that it will have at most. */
static struct scan *scan_make(struct plan *p, enum scan_kind kind, size_t most)
{
	struct scan *s = NEW(p->a, struct scan);
	s->kind = kind;
	s->p = p;
	if (kind == SCAN_LISTS)
		s->lists = NEWN(p->a, struct poslist *, most);
	else
		s->kid = NEWN(p->a, struct scan *, most);
	s->at = NEWN(p->a, uint32_t, most);
	return s;
}

/* A term that stands nowhere adds nothing. */
static void scan_list(struct scan *s, struct poslist *list)
{
	if (!poslist_entries(list))
		return;
	s->lists[s->n++] = list;
	s->entries += poslist_entries(list);
}

/* A word by all forms of its stem, a wildcard by all that it stands for: an OR of lists. */
static bool of_leaf(struct plan *p, const struct node *n, struct scan **out, struct err *err)
{
	struct leaf_plan *leaf = &p->leaf[n->leaf];
	if ((n->kind == NODE_WORD && !plan_word_forms(p, n, err)) || !plan_leaf_lists(p, leaf, err))
		return false;
	*out = scan_make(p, SCAN_LISTS, leaf->forms.n);
	for (size_t i = 0; i < leaf->forms.n; i++)
		scan_list(*out, leaf->lists[i]);
	return true;
}

/* Of an AND those kids that bound it; of an OR all, or it has no bound. */
static bool of_kids(struct plan *p, const struct node *n, enum scan_kind kind, struct scan **out, struct err *err)
{
	struct scan *s = scan_make(p, kind, n->kids.n + 1);
	*out = NULL;
	for (size_t i = 0; i < n->kids.n; i++) {
		struct scan *kid = NULL;
		if (n->negated && i > 0)
			break;
		if (!plan_scan(p, n->kids.v[i], &kid, err))
			return false;
		if (!kid && kind == SCAN_OR)
			return true;
		if (!kid)
			continue;
		size_t at = s->n++;
		for (; kind == SCAN_AND && at && s->kid[at - 1]->entries > kid->entries; at--)
			s->kid[at] = s->kid[at - 1]; /* the rarest leads */
		s->kid[at] = kid;
		/* An estimate from above, by which an AND orders its kids. */
		s->entries = kind == SCAN_OR ? s->entries + kid->entries : s->kid[0]->entries;
	}
	*out = s->n ? s : NULL;
	return true;
}

/* The region must be there at all, which its marks of beginning tell. */
static bool of_region(struct plan *p, const struct node *n, struct scan **out, struct err *err)
{
	char mark[16];
	struct poslist *begins = plan_list(p, (span){ mark, field_term(n->field, SPAN("("), mark, sizeof mark) }, err);
	if (!begins || !of_kids(p, n, SCAN_AND, out, err))
		return false;
	struct scan *both = *out ? *out : scan_make(p, SCAN_AND, 2), *regions = scan_make(p, SCAN_LISTS, 1);
	scan_list(regions, begins);
	both->kid[both->n++] = regions;
	*out = both;
	return true;
}

/* Everything that is neither word nor OR is as an AND of its kids: for a superset it is enough that
 * each stands somewhere. */
bool plan_scan(struct plan *p, const struct node *n, struct scan **out, struct err *err)
{
	*out = NULL;
	switch (n->kind) {
	case NODE_WORD:
	case NODE_WILD:
		return of_leaf(p, n, out, err);
	case NODE_OR:
	case NODE_ANY:
		return of_kids(p, n, SCAN_OR, out, err);
	case NODE_FIELD:
		return of_region(p, n, out, err);
	case NODE_VALUE:
	case NODE_RANGE:
	case NODE_NOT:
	case NODE_ALL:
		return true;
	default:
		return of_kids(p, n, SCAN_AND, out, err);
	}
}

/* Each list stays where it is until `from` passes it. 0 at the end becomes UINT32_MAX, so that it
 * is never asked again. */
static bool lists_next(struct scan *s, uint32_t from, uint32_t *entry, struct err *err)
{
	uint32_t best = UINT32_MAX;
	for (size_t i = 0; i < s->n; i++) {
		if (s->at[i] < from) {
			if (!poslist_next(s->lists[i], from, &s->at[i], err))
				return false;
			s->at[i] = s->at[i] ? s->at[i] : UINT32_MAX;
		}
		best = s->at[i] < best ? s->at[i] : best;
	}
	*entry = best == UINT32_MAX ? 0 : best;
	return true;
}

/* Leapfrog: each kid skips to where the others are; when one goes further, the rarest begins again
 * from there. */
static bool and_next(struct scan *s, uint32_t from, uint32_t *entry, struct err *err)
{
	for (size_t i = 0; i < s->n; i++) {
		if (!scan_next(s->kid[i], from, entry, err))
			return false;
		if (!*entry)
			return true;
		if (late(s)) {
			*entry = 0;
			return true;
		}
		if (*entry > from && i > 0) { /* a further one lags behind it: the first goes on from there */
			from = *entry;
			i = (size_t)-1;
		} else {
			from = *entry;
		}
	}
	return true;
}

/* An OR is the least of its kids. */
bool scan_next(struct scan *s, uint32_t from, uint32_t *entry, struct err *err)
{
	if (s->kind == SCAN_LISTS)
		return lists_next(s, from, entry, err);
	if (s->kind == SCAN_AND)
		return and_next(s, from, entry, err);
	uint32_t best = 0, one;
	for (size_t i = 0; i < s->n; i++) {
		if (!scan_next(s->kid[i], from, &one, err))
			return false;
		if (one && (!best || one < best))
			best = one;
	}
	*entry = best;
	return true;
}

/* For a word that Xapian has no posting of, its documents as a set. */
bool plan_leaf_set(struct plan *p, const struct node *n, const struct xap_query **out, struct err *err)
{
	struct xap_query *q = NEW(p->a, struct xap_query);
	struct u32s all = { 0 };
	struct scan *s;
	uint32_t entry = 0;
	if (!of_leaf(p, n, &s, err))
		return false;
	do {
		if (!scan_next(s, entry + 1, &entry, err))
			return false;
		if (entry)
			*PUSH(p->a, &all) = entry;
	} while (entry && entry < UINT32_MAX && !late(s));
	*q = (struct xap_query){ .op = XAP_SET, .entries = all.v, .nentries = all.n };
	*out = q;
	return true;
}
