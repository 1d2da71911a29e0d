#include "indexer/fold.h"

#include <stdlib.h>
#include "base/hash.h"
#include "base/sort.h"

/* Documents that one is compared with, at most: comparing reads
 * two records. Half of them may be texts of the same address. */
enum { TRIES = 12 };

/* Lists of items by a 64-bit key, newest first. */
struct chains {
	uint64_t *key;
	uint32_t *first; /* NO_ITEM: the slot is free */
	size_t cap;
	uint32_t *next;  /* by item */
};
struct folding {
	struct spill *s;
	const struct pairs *known;
	struct report *report;
	struct arena *a;
	struct arena text;       /* of the documents that are compared */
	struct chains address;
	struct repeat_index repeats;
	uint32_t *nth;           /* by item: its place in the order */
	struct fold *out;
	struct err *err;
};

/* At most half full, so that a look at a slot ends soon; sized once, since all items are known. */
static struct chains chains_for(size_t items, struct arena *a)
{
	struct chains c = { .cap = 64 };
	while (c.cap < items * 2)
		c.cap *= 2;
	c.key = NEWN(a, uint64_t, c.cap);
	c.first = NEWN(a, uint32_t, c.cap);
	c.next = NEWN(a, uint32_t, items + 1);
	memset(c.first, 0xFF, c.cap * sizeof *c.first);
	return c;
}

/* Open addressing. Keys are hashes already, so their lower bits serve as they are. */
static size_t chain_slot(const struct chains *c, uint64_t key)
{
	size_t i = key & (c->cap - 1);
	while (c->first[i] != NO_ITEM && c->key[i] != key)
		i = (i + 1) & (c->cap - 1);
	return i;
}

static void chain_add(struct chains *c, uint64_t key, uint32_t item)
{
	size_t i = chain_slot(c, key);
	c->key[i] = key;
	c->next[item] = c->first[i];
	c->first[i] = item;
}

/* Order by path and place in it. qsort has no context, so the keys carry all. */
struct place {
	uint32_t rank, item;
	uint64_t beg;
};

static int by_place(const void *x, const void *y)
{
	const struct place *a = x, *b = y;
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	if (a->beg != b->beg)
		return a->beg < b->beg ? -1 : 1;
	return (a->item > b->item) - (a->item < b->item);
}

/* A path and its number, for sorting. */
struct ranked {
	span path;
	uint32_t number;
};

static int by_path(const void *x, const void *y)
{
	return span_cmp(((const struct ranked *)x)->path, ((const struct ranked *)y)->path);
}

/* Paths are put in order once and become ranks: comparing two documents compares numbers. */
static struct place *places(const struct spill *s, struct arena *a)
{
	struct ranked *paths = NEWN(a, struct ranked, s->paths.n + 1);
	uint32_t *rank = NEWN(a, uint32_t, s->paths.n + 1);
	struct place *out = NEWN(a, struct place, s->items.n + 1);
	for (uint32_t i = 0; i < s->paths.n; i++)
		paths[i] = (struct ranked){ s->paths.v[i], i };
	qsort(paths, s->paths.n, sizeof *paths, by_path);
	for (uint32_t i = 0; i < s->paths.n; i++)
		rank[paths[i].number] = i;
	for (uint32_t i = 0; i < s->items.n; i++)
		out[i] = (struct place){ rank[s->items.v[i].path], i, spill_beg(s, &s->items.v[i]) };
	qsort(out, s->items.n, sizeof *out, by_place);
	return out;
}

/* Its record, from the spill or the served generation. f->text is emptied between newcomers. */
static bool load(struct folding *f, uint32_t item, struct record *r)
{
	const struct item *y = &f->s->items.v[item];
	struct unpacking u = { .a = &f->text };
	bool ok = spill_data(f->s, y, u.a, &u.data, f->err) && spill_unpack(f->s, y, &u, f->err);
	*r = u.record;
	return ok;
}

/* The order of the file `input`, so that an earlier run's pairs can be searched as they were read. */
static int by_pair(const void *x, const void *y)
{
	const struct pair *a = x, *b = y;
	if (a->of != b->of)
		return a->of < b->of ? -1 : 1;
	return (a->with > b->with) - (a->with < b->with);
}

/* The document that is being placed, and what it was compared with so far. */
struct newcomer {
	uint32_t item;
	struct record record;
	bool loaded;
	uint32_t tried[TRIES];
	size_t ntried;
};

/* True once for each candidate, and for TRIES of them: one that comes by address comes by its sketch, too. */
static bool fresh(struct newcomer *n, uint32_t item)
{
	for (size_t i = 0; i < n->ntried; i++)
		if (n->tried[i] == item)
			return false;
	if (n->ntried == TRIES)
		return false;
	n->tried[n->ntried++] = item;
	return true;
}

/* The copy goes to the end of the kept one's list: in order of path and place, as documents come. */
static void fold_into(struct folding *f, uint32_t keep, uint32_t item, const char *why, double similarity)
{
	struct item *k = &f->s->items.v[keep], *y = &f->s->items.v[item];
	*(k->last == NO_ITEM ? &k->copies : &f->s->items.v[k->last].next) = item;
	k->last = item;
	y->keep = keep;
	y->why = why;
	y->similarity = (float)similarity;
	report_duplicate(f->report, f->s->paths.v[y->path], "byte %llu: %s as %.*s byte %llu", (unsigned long long)spill_beg(f->s, y), why,
			 SPAN_ARG(f->s->paths.v[k->path]), (unsigned long long)spill_beg(f->s, k));
}

/* What is to be said of a candidate and the newcomer: as an earlier run found, or as their texts tell now. */
static bool compare(struct folding *f, struct newcomer *n, uint32_t candidate, struct pair *out)
{
	struct record other;
	double similarity = 0;
	*out = (struct pair){ .of = f->s->items.v[candidate].key, .with = f->s->items.v[n->item].key, .why = "" };
	const struct pair *known = f->known && f->known->n ? bsearch(out, f->known->v, f->known->n, sizeof *out, by_pair) : NULL;
	if (known) {
		*out = *known;
	} else {
		/* The newcomer's record is read when it is first needed: most documents have no candidate. */
		if ((!n->loaded && !load(f, n->item, &n->record)) || !load(f, candidate, &other))
			return false;
		n->loaded = true;
		out->verdict = (uint8_t)repeat_verify(&other.doc, &n->record.doc, &f->text, &similarity, &out->why);
		out->similarity = (float)similarity;
	}
	*PUSH(f->a, &f->out->pairs) = *out;
	return true;
}

/* Compares with one candidate. True when the newcomer was folded into it, or when trouble stops all. */
static bool folds(struct folding *f, struct newcomer *n, uint32_t candidate)
{
	struct pair p;
	if (!fresh(n, candidate))
		return false;
	if (!compare(f, n, candidate, &p))
		return true;
	switch ((enum repeat_verdict)p.verdict) {
	case REPEAT_SAME:
		fold_into(f, candidate, n->item, p.why, (double)p.similarity);
		return true;
	/* A version is linked both ways and stays a document of
	 * its own: the search for a text to fold into goes on. */
	case REPEAT_VERSION:
		*PUSH(f->a, &f->out->versions) = (struct version){ candidate, n->item, f->nth[n->item] };
		*PUSH(f->a, &f->out->versions) = (struct version){ n->item, candidate, f->nth[candidate] };
		f->report->versions++;
		return false;
	case REPEAT_DIFFERENT:
		break;
	}
	return false;
}

/* Those with the same address, then those whose words are alike. */
static bool folds_into_any(struct folding *f, struct newcomer *n)
{
	const struct item *y = &f->s->items.v[n->item];
	struct repeat_candidates alike = repeat_index_add(&f->repeats, &y->sketch, n->item);
	uint32_t i = f->address.first[chain_slot(&f->address, y->address)];
	for (size_t steps = 0; i != NO_ITEM && steps < TRIES / 2; i = f->address.next[i], steps++)
		if (folds(f, n, i))
			return true;
	/* A sketch may be that of a copy: it leads to what that one was folded into. */
	for (size_t k = 0; k < alike.n; k++)
		if (folds(f, n, f->s->items.v[alike.v[k]].keep))
			return true;
	return false;
}

/* A further text with an address that is taken gets a number behind it. */
static void name_apart(struct folding *f, uint32_t item)
{
	struct item *y = &f->s->items.v[item];
	uint32_t newest = f->address.first[chain_slot(&f->address, y->address)];
	if (newest == NO_ITEM)
		return;
	y->suffix = f->s->items.v[newest].suffix ? f->s->items.v[newest].suffix + 1 : 2;
	if (y->before == y->suffix) /* said when it came in */
		return;
	report_warn(f->report, f->s->paths.v[y->path], "byte %llu: another text has the address %.*s; this one is found as %.*s@%u",
		    (unsigned long long)spill_beg(f->s, y), SPAN_ARG(y->name), SPAN_ARG(y->name), y->suffix);
}

/* Only kept documents stand in the chains of addresses: a copy is reached by the one that holds its sources. */
static void place(struct folding *f, uint32_t item)
{
	struct item *y = &f->s->items.v[item];
	struct newcomer n = { .item = item };
	y->keep = item;
	if (!folds_into_any(f, &n)) {
		name_apart(f, item);
		chain_add(&f->address, y->address, item);
		f->out->order[f->out->n++] = item;
	}
	arena_reset(&f->text);
}

/* One more document cites what stands at the address (a few texts at most). */
static void count_one(struct folding *f, uint64_t address)
{
	/* All texts of the address count it: which of them is meant, the citation does not tell. */
	uint32_t i = f->address.first[chain_slot(&f->address, address)];
	for (int steps = 0; i != NO_ITEM && steps < TRIES; i = f->address.next[i], steps++)
		f->s->items.v[i].cited_by++;
}

/* Counts for each kept document the others that cite it. */
static bool count_citing(struct folding *f)
{
	for (size_t k = 0; k < f->out->n; k++) {
		uint64_t *cited;
		const struct item *y = &f->s->items.v[f->out->order[k]];
		/* Copies do not count: the same text twice cites once.
		 * Asked in order of path and place, as the file has it. */
		if (!spill_cited(f->s, y, &f->text, &cited, f->err))
			return false;
		for (uint32_t i = 0; i < y->ncited; i++)
			count_one(f, cited[i]);
		arena_reset(&f->text);
	}
	return true;
}

static int by_item(const void *x, const void *y)
{
	const struct version *a = x, *b = y;
	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return (a->nth > b->nth) - (a->nth < b->nth);
}

/* The order is that of path and place for all, whatever run they
 * came with: so the outcome does not tell how the index grew. */
bool fold(const struct fold_from *from, struct arena *a, struct fold *out, struct err *err)
{
	struct spill *s = from->s;
	struct folding f = { .s = s, .known = from->known, .report = from->report, .a = a, .out = out, .err = err };
	*out = (struct fold){ .order = NEWN(a, uint32_t, s->items.n + 1), .places = NEWN(a, uint32_t, s->items.n + 1), .nplaces = s->items.n };
	f.address = chains_for(s->items.n, a);
	repeat_index_init(&f.repeats, s->items.n > 16 ? (uint32_t)s->items.n : 16, a);
	struct place *order = places(s, a);
	f.nth = NEWN(a, uint32_t, s->items.n + 1);
	for (size_t i = 0; i < s->items.n; i++)
		f.nth[order[i].item] = (uint32_t)i;
	/* One after another: a document meets those before it, whatever thread worked on it. */
	for (size_t i = 0; i < s->items.n && !err->code; i++) {
		out->places[i] = order[i].item;
		place(&f, order[i].item);
	}
	bool ok = !err->code && count_citing(&f);
	if (out->versions.n)
		qsort(out->versions.v, out->versions.n, sizeof *out->versions.v, by_item);
	if (out->pairs.n)
		qsort(out->pairs.v, out->pairs.n, sizeof *out->pairs.v, by_pair);
	arena_release(&f.text);
	return ok;
}

/* Sorted by item, so those of one stand together. */
size_t fold_versions(const struct fold *f, uint32_t item, const struct version **first)
{
	size_t lo = FIRST_FROM(&f->versions, a, item), n = 0;
	*first = f->versions.v + lo;
	while (lo + n < f->versions.n && f->versions.v[lo + n].a == item)
		n++;
	return n;
}
