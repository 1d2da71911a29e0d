/* Terms of the dictionaries of all shards, in one order. */
#include "store/poslist_reader.h"

struct lister {
	struct poslists *p;
	struct dictionary_walk *walk; /* one a shard, each at a term not yet listed */
	bool *more;
	struct err *err;
	struct arena scratch; /* of one list whose dead entries are counted */
};

static span at(const struct lister *l, size_t shard)
{
	return (span){ (const char *)l->walk[shard].term, l->walk[shard].nterm };
}

/* To the first term from `from` on; past it, when that is asked. */
static bool begin(struct lister *l, size_t shard, span from, bool past)
{
	l->walk[shard].block = poslists_block(l->p, shard, from);
	do {
		if (!dictionary_next(l->p, shard, &l->walk[shard], &l->more[shard], l->err))
			return false;
	} while (l->more[shard] && (span_cmp(at(l, shard), from) < 0 || (past && span_eq(at(l, shard), from))));
	return true;
}

/* The least term of all shards; the empty span after the last. */
static span least(const struct lister *l)
{
	span best = { 0 };
	for (size_t i = 0; i < l->p->n; i++)
		if (l->more[i] && (!best.n || span_cmp(at(l, i), best) < 0))
			best = at(l, i);
	return best;
}

/* The entries of a shard that have the term it is at, but for the dead ones. */
static bool living(struct lister *l, size_t shard, uint32_t *entries)
{
	struct sublist s = { .p = l->p, .a = &l->scratch, .shard = shard, .list = l->walk[shard].list };
	uint32_t dead;
	if (!sublist_dead(&s, &dead, l->err))
		return false;
	*entries += s.list.entries - dead;
	arena_reset(&l->scratch);
	return true;
}

/* Takes the term off the shards that have it. */
static bool take(struct lister *l, span term, uint32_t *entries)
{
	*entries = 0;
	for (size_t i = 0; i < l->p->n; i++) {
		if (!l->more[i] || !span_eq(at(l, i), term))
			continue;
		if (!living(l, i, entries) || !dictionary_next(l->p, i, &l->walk[i], &l->more[i], l->err))
			return false;
	}
	return true;
}

bool poslists_terms(struct poslists *p, const struct xap_term_range *r, struct arena *a, struct xap_terms *out, struct err *err)
{
	struct lister l = { p, NEWN(a, struct dictionary_walk, p->n), NEWN(a, bool, p->n), err, { .escape = a->escape } };
	bool ok = true;
	/* An `after` that comes before all terms with the prefix bounds nothing. */
	bool past = r->after.n && span_cmp(r->after, r->prefix) >= 0;
	*out = (struct xap_terms){ 0 };
	for (size_t i = 0; i < p->n && ok; i++) {
		l.walk[i].a = a;
		ok = begin(&l, i, past ? r->after : r->prefix, past);
	}
	for (span next; ok && out->n < r->max && (next = least(&l)).n && span_starts(next, r->prefix);) {
		struct xap_term t = { .term = arena_dup(a, next) };
		ok = take(&l, t.term, &t.entries);
		if (ok && t.entries)
			*PUSH(a, out) = t;
	}
	arena_release(&l.scratch);
	return ok;
}
