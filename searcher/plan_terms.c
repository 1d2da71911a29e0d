/* Leaves of a query as terms of an index. */
#include "searcher/plan_private.h"

#include <math.h>

/* "Z" is what the indexer puts before stems; words themselves have none. */
static span prefixed(struct arena *a, const char *z, enum field f, span value)
{
	char term[256];
	size_t n = field_term(f, value, term, sizeof term);
	return arena_printf(a, "%s%.*s", z, (int)n, term);
}

/* The letters that every form of a stem begins with. Porter2 changes at most
 * the last letter of what it leaves ("polici" of policy, "possibl" of
 * possibility), but for four short verbs and nouns. */
static span common_prefix(span stem)
{
	static const char *const odd[] = { "die", "lie", "tie", "sky" };
	for (size_t i = 0; i < 4; i++)
		if (span_eq(stem, span_of(odd[i])))
			return span_sub(stem, 0, 1);
	bool loose = stem.n >= 4 || (stem.n == 3 && memchr("ie", stem.p[2], 2));
	return span_sub(stem, 0, loose ? stem.n - 1 : stem.n);
}

/* Calls for every term with the prefix, in batches, until it says stop. */
typedef bool term_visitor(void *ctx, span term);

static bool each_term(struct plan *p, span prefix, term_visitor *visit, void *ctx, struct err *err)
{
	struct xap_term_range r = { .prefix = prefix, .max = 512 };
	for (;;) {
		struct xap_terms t = { 0 };
		if (!index_words(p->x, &r, p->a, &t, err))
			return false;
		for (size_t i = 0; i < t.n; i++)
			if (!visit(ctx, t.v[i].term))
				return true;
		if (t.n < r.max)
			return true;
		r.after = t.v[t.n - 1].term;
	}
}

struct forms {
	struct plan *p;
	struct leaf_plan *leaf;
	span stem, pattern;
	size_t skip, max;
};

/* The prefix lets in more than the stem's own forms: each is stemmed to tell. */
static bool add_form(void *ctx, span term)
{
	struct forms *f = ctx;
	span word = span_sub(term, f->skip, term.n);
	if (word.n <= TOKEN_MAX_BYTES && span_eq(stem_of(f->p->x->stems, word, f->p->a), f->stem))
		*PUSH(f->p->a, &f->leaf->forms) = arena_dup(f->p->a, term);
	return true;
}

bool plan_word_forms(struct plan *p, const struct node *n, struct err *err)
{
	struct leaf_plan *leaf = &p->leaf[n->leaf];
	span word = n->text;
	if (leaf->forms.n)
		return true;
	if (n->exact) {
		*PUSH(p->a, &leaf->forms) = prefixed(p->a, "", n->field, word);
		return true;
	}
	struct forms f = { .p = p, .leaf = leaf, .stem = stem_of(p->x->stems, word, p->a) };
	span prefix = prefixed(p->a, "", n->field, common_prefix(f.stem));
	f.skip = strlen(fields[n->field].prefix);
	/* Numbers and single letters have no forms but themselves. */
	bool alphabetic = is_alpha(word.p[0]) && f.stem.n > 1;
	if (!alphabetic) {
		*PUSH(p->a, &leaf->forms) = prefixed(p->a, "", n->field, word);
		return true;
	}
	return each_term(p, prefix, add_form, &f, err);
}

/* Whether the word fits the pattern: ? one letter, ~ one or none, * any. */
static bool fits(span pattern, span word)
{
	size_t i = 0, k = 0, star = SIZE_MAX, mark = 0;
	while (k < word.n) {
		/* One place to come back to: the last star takes a letter more each time. A "~"
		 * that is left over at the end stands for none. */
		if (i < pattern.n && pattern.p[i] == '*') {
			star = i++;
			mark = k;
		} else if (i < pattern.n && (pattern.p[i] == word.p[k] || pattern.p[i] == '?' || pattern.p[i] == '~')) {
			i++;
			k++;
		} else if (star != SIZE_MAX) {
			i = star + 1;
			k = ++mark;
		} else {
			return false;
		}
	}
	while (i < pattern.n && (pattern.p[i] == '*' || pattern.p[i] == '~'))
		i++;
	return i == pattern.n;
}

/* One more than allowed is enough to know that there are too many. */
static bool add_fitting(void *ctx, span term)
{
	struct forms *f = ctx;
	if (fits(f->pattern, span_sub(term, f->skip, term.n)))
		*PUSH(f->p->a, &f->leaf->forms) = arena_dup(f->p->a, term);
	return f->leaf->forms.n <= f->max;
}

/* The letters before the first wildcard bound what is walked: three at least (WILD_PREFIX). */
bool plan_wild_forms(struct plan *p, const struct node *n, struct err *err)
{
	struct forms f = { .p = p, .leaf = &p->leaf[n->leaf], .pattern = n->text, .max = WILD_EACH };
	size_t letters = 0;
	if (f.leaf->forms.n)
		return true;
	while (letters < n->text.n && is_alnum(n->text.p[letters]))
		letters++;
	f.skip = strlen(fields[n->field].prefix);
	if (!each_term(p, prefixed(p->a, "", n->field, span_sub(n->text, 0, letters)), add_fitting, &f, err))
		return false;
	p->expanded += (unsigned)f.leaf->forms.n;
	if (f.leaf->forms.n > WILD_EACH || p->expanded > WILD_TOTAL)
		return err_set(err, ERR_REQUEST, "%.*s stands for more than %d words; write more letters before the wildcard",
			       SPAN_ARG(n->text), f.leaf->forms.n > WILD_EACH ? WILD_EACH : WILD_TOTAL);
	return true;
}

/* BM25's, ln((N - n + 1/2) / (n + 1/2)). */
static double idf_of(double documents, double holding)
{
	double odds = (documents - holding + .5) / (holding + .5);
	/* As Xapian: a word in most documents still weighs a little. */
	return log(odds < 2 ? odds * .5 + 1 : odds);
}

/* A wildcard weighs as one word whose forms are all that it stands for. */
static bool wildcard(struct plan *p, const struct node *n, struct err *err)
{
	struct leaf_plan *leaf = &p->leaf[n->leaf];
	uint64_t entries = 0, documents = p->x->manifest->documents;
	if (!plan_wild_forms(p, n, err) || !plan_leaf_lists(p, leaf, err))
		return false;
	for (size_t i = 0; i < leaf->forms.n; i++)
		entries += poslist_entries(leaf->lists[i]);
	leaf->entries = (uint32_t)(entries < documents ? entries : documents);
	leaf->idf = idf_of((double)documents, leaf->entries);
	leaf->wild = true;
	return true;
}

/* What the index has of a leaf. Its weight is the stem's, also for an exact word; how many
 * documents hold it is the word's own. */
bool plan_leaf(struct plan *p, const struct node *n, struct err *err)
{
	struct leaf_plan *leaf = &p->leaf[n->leaf];
	uint64_t times;
	if (n->kind == NODE_WILD)
		return wildcard(p, n, err);
	if (n->of)
		return plan_cited(p, n, err);
	if (n->kind == NODE_VALUE && n->field == F_CITES)
		return plan_case(p, n, err);
	if (n->kind != NODE_WORD)
		return true;
	span stem = stem_of(p->x->stems, n->text, p->a);
	/* The same stem in the text, or the field asked for; in titles; in the headings above. */
	leaf->stem = prefixed(p->a, "Z", n->field, stem);
	leaf->title = prefixed(p->a, "Z", F_TITLE, stem);
	leaf->above = prefixed(p->a, "Z", F_BREADCRUMB, stem);
	if (!xap_frequency(p->x->xap, leaf->stem, &leaf->entries, &times, err))
		return false;
	leaf->idf = idf_of(p->x->manifest->documents, leaf->entries);
	if (!n->exact)
		return true;
	struct poslist *list = plan_list(p, prefixed(p->a, "", n->field, n->text), err);
	leaf->entries = list ? poslist_entries(list) : 0;
	return list != NULL;
}
