/* The counting sort of a run, and the lists of a term. */
#include "store/invert_private.h"

/* Where each term's occurrences begin, in order of terms, so that a walk in that
 * order reads memory from front to back. */
static void begin_at(struct inverted *x)
{
	uint32_t words = 0, others = 0;
	for (size_t i = 0; i < x->of->terms.n; i++) {
		uint32_t term = x->order[i];
		x->word_end[term] = words;
		x->other_end[term] = others;
		words += x->of->counts.v[term].words;
		others += x->of->counts.v[term].others;
	}
}

/* Ends move from the first place of a term to the one behind its last. */
static void scatter(struct inverted *x)
{
	const struct waiting *r = x->of;
	const uint32_t *word = r->words.v;
	const struct occurrence *other = r->others.v;
	for (size_t i = 0; i < r->documents.n; i++) {
		const struct pending *d = &r->documents.v[i];
		uint32_t pos = 0;
		for (size_t k = 0; k < d->nwords; k++, word++) {
			pos += !(*word & COMPACT_SAME);
			x->cells[x->word_end[*word & ~COMPACT_SAME]++] = (struct cell){ d->entry, pos };
		}
		for (size_t k = 0; k < d->nothers; k++, other++)
			/* The entry takes the place of the term, which is told by where the occurrence lies. */
			x->others[x->other_end[other->term]++] = (struct occurrence){ d->entry, other->wdf, other->pos };
	}
}

/* The same for terms by what they weigh. */
static void gather_weighers(struct inverted *x)
{
	const struct lexicon *t = &x->of->terms;
	uint32_t at = 0;
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].weighs != TERM_NONE)
			x->weigher_end[t->v[i].weighs]++;
	for (size_t i = 0; i < t->n; i++) {
		uint32_t count = x->weigher_end[i];
		x->weigher_end[i] = at;
		at += count;
	}
	for (size_t i = 0; i < t->n; i++)
		if (t->v[i].weighs != TERM_NONE)
			x->weighers[x->weigher_end[t->v[i].weighs]++] = (uint32_t)i;
}

/* Built once, then only read: both threads of sealing walk it. */
struct inverted inverted_of(const struct waiting *w, struct arena *a)
{
	size_t n = w->terms.n + 1;
	struct inverted x = { .of = w, .order = lexicon_order(&w->terms, a) };
	x.cells = arena_raw(a, (w->words.n + 1) * sizeof *x.cells, 16);
	x.others = arena_raw(a, (w->others.n + 1) * sizeof *x.others, 16);
	x.word_end = NEWN(a, uint32_t, n);
	x.other_end = NEWN(a, uint32_t, n);
	x.weighers = NEWN(a, uint32_t, n);
	x.weigher_end = NEWN(a, uint32_t, n);
	begin_at(&x);
	scatter(&x);
	gather_weighers(&x);
	return x;
}

/* --- a walk --- */

/* Room for a term's positions in one entry: no more than it has occurrences in all. */
void walker_begin(struct walker *w, const struct inverted *x)
{
	uint32_t most = 0;
	*w = (struct walker){ .x = x };
	for (size_t i = 0; i < x->of->counts.n; i++) {
		uint32_t n = x->of->counts.v[i].words + x->of->counts.v[i].others;
		most = n > most ? n : most;
	}
	w->pos = arena_raw(&w->a, ((size_t)most + 1) * sizeof *w->pos, 16);
}

void walker_end(struct walker *w)
{
	arena_release(&w->a);
}

/* Ends stand behind the last occurrence (scatter), so beginnings are found by the counts. */
struct places places_of(const struct inverted *x, uint32_t term)
{
	const struct counts *n = &x->of->counts.v[term];
	const struct cell *word = x->cells + x->word_end[term];
	const struct occurrence *other = x->others + x->other_end[term];
	return (struct places){ word - n->words, word, other - n->others, other };
}

/* Words come before others, as they do in a document; what does not ascend is left out. */
static uint32_t take_places(struct places *p, uint32_t entry, uint32_t *pos)
{
	uint32_t n = 0, last = 0;
	for (; p->word < p->word_end && p->word->entry == entry; p->word++) {
		pos[n] = p->word->pos;
		n += p->word->pos > last;
		last = p->word->pos > last ? p->word->pos : last;
	}
	for (; p->other < p->other_end && p->other->term == entry; p->other++) {
		pos[n] = p->other->pos;
		n += p->other->pos > last;
		last = p->other->pos > last ? p->other->pos : last;
	}
	return n;
}

/* Words and others are two lists in order of entries; the lower entry of both
 * comes next. An occurrence without a position gives none and is passed over. */
uint32_t places_next(struct places *p, uint32_t *pos, uint32_t *entry)
{
	uint32_t n = 0;
	while (!n && (p->word < p->word_end || p->other < p->other_end)) {
		uint32_t word = p->word < p->word_end ? p->word->entry : UINT32_MAX;
		uint32_t other = p->other < p->other_end ? p->other->term : UINT32_MAX;
		*entry = word < other ? word : other;
		n = take_places(p, *entry, pos);
	}
	return n;
}

static struct pair *pairs_room(struct walker *w, struct pairs *p, size_t more)
{
	while (p->cap - p->n < more)
		p->v = arena_grow(&w->a, p->v, &p->cap, sizeof *p->v);
	return p->v + p->n;
}

/* The entries of a word; weight: each occurrence counts, for the term that it weighs. */
static void add_word(struct walker *w, uint32_t term, bool weight)
{
	const struct cell *end = w->x->cells + w->x->word_end[term], *c = end - w->x->of->counts.v[term].words;
	struct pair *to = pairs_room(w, &w->pairs, (size_t)(end - c)), *first = to;
	while (c < end) {
		const struct cell *from = c;
		while (c < end && c->entry == from->entry)
			c++;
		uint32_t n = (uint32_t)(c - from);
		*to++ = (struct pair){ from->entry, weight ? n : 0, weight ? 0 : n };
	}
	w->pairs.n += (size_t)(to - first);
}

/* One pair for each entry, its occurrences added up. */
static void add_other(struct walker *w, uint32_t term)
{
	const struct occurrence *end = w->x->others + w->x->other_end[term], *c = end - w->x->of->counts.v[term].others;
	struct pair *to = pairs_room(w, &w->pairs, (size_t)(end - c)), *first = to;
	while (c < end) {
		*to = (struct pair){ .entry = c->term };
		for (; c < end && c->term == to->entry; c++) {
			to->wdf += c->wdf;
			to->npos += c->pos > 0;
		}
		to++;
	}
	w->pairs.n += (size_t)(to - first);
}

/* Puts the pairs before `mid` and those from it on, both in order of entries, into one order. */
static void merge_at(struct walker *w, size_t mid)
{
	if (!mid || mid == w->pairs.n || w->pairs.v[mid - 1].entry < w->pairs.v[mid].entry)
		return;
	w->scratch.n = 0;
	struct pair *to = pairs_room(w, &w->scratch, w->pairs.n);
	const struct pair *a = w->pairs.v, *a_end = a + mid, *b = a_end, *b_end = a + w->pairs.n;
	while (a < a_end || b < b_end) {
		bool first = a < a_end && (b == b_end || a->entry <= b->entry);
		*to = first ? *a++ : *b++;
		if (first && b < b_end && b->entry == to->entry) {
			to->wdf += b->wdf;
			to->npos += b->npos;
			b++;
		}
		to++;
	}
	/* The two lists change places: nothing is copied back. */
	struct pairs merged = w->scratch;
	merged.n = (size_t)(to - merged.v);
	w->scratch = w->pairs;
	w->pairs = merged;
}

void walker_postings(struct walker *w, uint32_t term)
{
	const struct inverted *x = w->x;
	w->pairs.n = 0;
	if (x->of->counts.v[term].words)
		add_word(w, term, false);
	if (x->of->counts.v[term].others) {
		size_t mid = w->pairs.n;
		add_other(w, term);
		merge_at(w, mid);
	}
	/* Few words share a stem, and the frequent ones come first in most: one after another will do. */
	for (uint32_t i = term ? x->weigher_end[term - 1] : 0; i < x->weigher_end[term]; i++) {
		size_t mid = w->pairs.n;
		add_word(w, x->weighers[i], true);
		merge_at(w, mid);
	}
}
