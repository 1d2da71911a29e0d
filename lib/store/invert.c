#include "store/invert_private.h"

#include <pthread.h>
#include <stdlib.h>

/* Which number in the run's terms a number of a lexicon has: plus one; 0: not asked yet. */
struct numbering {
	uint32_t *local;
	size_t n;
};
/* Of the terms of one maker of documents. */
struct numberings {
	const struct lexicons *of;
	struct numbering words, rest;
};
struct invert {
	struct invert_options o;
	struct waiting run;
	struct { struct numberings *v; size_t n, cap; } numberings;
	struct numbering own;   /* of the document at hand */
	struct arena own_a;
	struct runs runs;
	struct identity identity; /* of what runs hold */
};

struct invert *invert_open(const struct invert_options *o)
{
	struct invert *v = calloc(1, sizeof *v);
	if (v) {
		v->o = *o;
		v->runs.tmpdir = o->tmpdir;
	}
	return v;
}

/* Numberings lie in the run's arena and go with it: numbers are of one run. */
static void run_release(struct invert *v)
{
	lexicon_release(&v->run.terms);
	arena_release(&v->run.a);
	v->run = (struct waiting){ 0 };
	v->numberings.v = NULL;
	v->numberings.n = v->numberings.cap = 0;
}

void invert_close(struct invert *v)
{
	if (!v)
		return;
	run_release(v);
	arena_release(&v->own_a);
	runs_close(&v->runs);
	free(v);
}

/* --- documents in --- */

/* Counts keep up with terms, a zero for each new one. */
static uint32_t term_number(struct invert *v, span term, uint32_t hash)
{
	uint32_t n = lexicon_put(&v->run.terms, term, hash);
	ASSERT(n != TERM_NONE); /* refused before it came here */
	while (v->run.counts.n < v->run.terms.n)
		(void)PUSH(&v->run.a, &v->run.counts);
	return n;
}

/* Room for all of a lexicon, which may have grown since the last document. */
static void numbering_widen(struct numbering *m, const struct lexicon *l, struct arena *a)
{
	if (m->n >= l->n)
		return;
	size_t n = l->n + l->n / 2 + 1;
	uint32_t *local = NEWN(a, uint32_t, n);
	if (m->n)
		memcpy(local, m->local, m->n * sizeof *local);
	if (m->local)
		arena_forget(a, m->local);
	*m = (struct numbering){ local, n };
}

/* One a maker, found by going through them: there are few. */
static struct numberings *numberings_of(struct invert *v, const struct lexicons *l)
{
	size_t i = 0;
	while (i < v->numberings.n && v->numberings.v[i].of != l)
		i++;
	if (i == v->numberings.n)
		*PUSH(&v->run.a, &v->numberings) = (struct numberings){ .of = l };
	struct numberings *m = &v->numberings.v[i];
	if (l) {
		numbering_widen(&m->words, &l->words, &v->run.a);
		numbering_widen(&m->rest, &l->rest, &v->run.a);
	}
	return m;
}

/* A term met for the first time in this run, and what it weighs. */
static uint32_t number_anew(struct invert *v, const struct compact *c, uint32_t number, uint32_t *local)
{
	const struct lexeme *x = compact_lexeme(c, number);
	uint32_t n = term_number(v, lexeme_span(x), x->hash);
	if (x->weighs != TERM_NONE) {
		const struct lexeme *y = compact_lexeme(c, x->weighs);
		uint32_t weighs = term_number(v, lexeme_span(y), y->hash);
		v->run.terms.v[n].weighs = weighs;
	}
	*local = n + 1;
	return n;
}

/* One look at a table for nearly every word: no bytes are hashed or compared once a term was met in this run. */
static inline uint32_t number_of(struct invert *v, const struct compact *c, const struct numberings *m, uint32_t number)
{
	const struct numbering *of = number & COMPACT_OWN ? &v->own : number & COMPACT_REST ? &m->rest : &m->words;
	uint32_t *local = &of->local[number & COMPACT_NUMBER];
	return *local ? *local - 1 : number_anew(v, c, number, local);
}

/* Room for n more elements at once: asked for once a document, not once a word. */
#define ROOM(a, list, more) \
	while ((list)->cap - (list)->n < (more)) \
		(list)->v = arena_grow((a), (list)->v, &(list)->cap, sizeof *(list)->v)

/* Words stay in the order of the text, four bytes each; where they stand is told by counting again (scatter). */
static void add_words(struct invert *v, const struct compact *c, const struct numberings *m)
{
	struct waiting *r = &v->run;
	ROOM(&r->a, &r->words, c->nwords);
	uint32_t *to = r->words.v + r->words.n;
	for (size_t i = 0; i < c->nwords; i++) {
		uint32_t n = number_of(v, c, m, c->words[i]);
		r->counts.v[n].words++;
		to[i] = n | (c->words[i] & COMPACT_SAME);
	}
	r->words.n += c->nwords;
}

static void add_others(struct invert *v, const struct compact *c, const struct numberings *m)
{
	struct waiting *r = &v->run;
	ROOM(&r->a, &r->others, c->nothers);
	struct occurrence *to = r->others.v + r->others.n;
	for (size_t i = 0; i < c->nothers; i++) {
		to[i] = c->others[i];
		to[i].term = number_of(v, c, m, c->others[i].term);
		r->counts.v[to[i].term].others++;
	}
	r->others.n += c->nothers;
}

/* A posting is an occurrence for each position, and its weight goes with the first. */
static void add_postings(struct invert *v, const struct entry *e, struct pending *d)
{
	struct waiting *r = &v->run;
	for (size_t i = 0; i < e->npostings; i++) {
		const struct posting *p = &e->postings[i];
		uint32_t n = term_number(v, p->term, p->hash ? p->hash : hash_word(p->term));
		size_t k = p->npos ? p->npos : 1;
		ROOM(&r->a, &r->others, k);
		for (size_t j = 0; j < k; j++)
			r->others.v[r->others.n++] = (struct occurrence){ n, j ? 0 : p->wdf, p->npos ? p->pos[j] : 0 };
		r->counts.v[n].others += (uint32_t)k;
		d->nothers += (uint32_t)k;
	}
}

/* What the run takes, and will take when it is inverted. */
static size_t run_bytes(const struct waiting *r)
{
	/* 40: order, ends, counts and weighers of a term, about. */
	return r->words.n * (sizeof *r->words.v + sizeof(struct cell)) + r->others.n * 2 * sizeof *r->others.v +
	       r->documents.n * sizeof *r->documents.v + lexicon_bytes(&r->terms) + r->terms.n * 40;
}

static bool run_spill(struct invert *v, struct err *err);

/* A run ends between documents, so no list is cut within an entry. */
static bool added(struct invert *v, struct err *err)
{
	/* Places of words and others are counted in 32 bits. */
	bool full = v->run.words.n > UINT32_MAX / 2 || v->run.others.n > UINT32_MAX / 2;
	return (run_bytes(&v->run) <= v->o.memory && !full) || run_spill(v, err);
}

/* The document's own terms are numbered for it alone; in the run they have a number as all others. */
bool invert_compact(struct invert *v, uint32_t number, const struct compact *c, struct err *err)
{
	struct numberings *m = numberings_of(v, c->lexicons);
	if (c->nown) {
		arena_reset(&v->own_a);
		v->own = (struct numbering){ .local = NEWN(&v->own_a, uint32_t, c->nown), .n = c->nown };
	}
	add_words(v, c, m);
	add_others(v, c, m);
	*PUSH(&v->run.a, &v->run.documents) = (struct pending){ number, (uint32_t)c->nwords, (uint32_t)c->nothers };
	return added(v, err);
}

bool invert_entry(struct invert *v, uint32_t number, const struct entry *e, struct err *err)
{
	struct pending d = { .entry = number };
	add_postings(v, e, &d);
	*PUSH(&v->run.a, &v->run.documents) = d;
	return added(v, err);
}

uint64_t invert_pending(const struct invert *v)
{
	return v->runs.bytes + run_bytes(&v->run);
}

/* --- a run to disk: for each posting its entry, wdf and positions, as gaps --- */

/* Entries less the one before. The identity is added up here, where the lists are at hand. */
static bool spill_term(struct invert *v, struct walker *w, uint32_t term, struct buf *body)
{
	struct places p = places_of(w->x, term);
	span key = lexeme_span(&v->run.terms.v[term]);
	uint64_t hash = hash64(key);
	uint32_t before = 0, entry;
	body->n = 0;
	walker_postings(w, term);
	for (size_t i = 0; i < w->pairs.n; i++) {
		const struct pair *x = &w->pairs.v[i];
		uint32_t n = x->npos ? places_next(&p, w->pos, &entry) : 0;
		buf_need(body, 2 * PACK_MAX + GAPS_MAX(n));
		byte *at = (byte *)body->p + body->n;
		at = pack_uint(pack_uint(at, x->entry - before), x->wdf);
		body->n = (size_t)(pack_gaps(at, w->pos, n) - (byte *)body->p);
		before = x->entry;
		if (x->wdf || !n)
			identity_posting(&v->identity, hash, x->entry, x->wdf);
		if (n)
			identity_positions(&v->identity, hash, x->entry, w->pos, n);
	}
	return body->n > 0;
}

static bool run_spill(struct invert *v, struct err *err)
{
	struct arena a = { 0 };
	struct inverted x = inverted_of(&v->run, &a);
	struct walker w;
	struct buf body = { .a = &a };
	bool ok = runs_begin(&v->runs, err);
	walker_begin(&w, &x);
	for (size_t i = 0; ok && i < v->run.terms.n; i++)
		if (spill_term(v, &w, x.order[i], &body))
			ok = runs_list(&v->runs, lexeme_span(&v->run.terms.v[x.order[i]]), buf_span(&body), err);
	ok = ok && runs_end(&v->runs, err);
	walker_end(&w);
	arena_release(&a);
	run_release(v);
	return ok;
}

struct merging {
	const struct invert_sink *sink;
	bool apart;
	struct arena a;
	span term;
	struct pairs pairs;
	struct { uint32_t *v; size_t n, cap; } pos;
};

static void merge_begin(void *self, span term)
{
	struct merging *m = self;
	m->term = term;
	m->pairs.n = 0;
	if (m->sink->positions)
		poslist_term(m->sink->positions, term);
}

/* To the file of positions, or to the database's own table: one of both. */
static void merge_positions(struct merging *m, uint32_t entry)
{
	if (m->sink->positions)
		poslist_entry(m->sink->positions, entry, m->pos.v, (uint32_t)m->pos.n);
	else if (m->sink->place)
		m->sink->place(m->sink->self, m->term, entry, m->pos.v, (uint32_t)m->pos.n);
}

/* A part of the term's list, of one run: entries are counted from 0 again.
 * Positions go on at once, postings wait until their number is known. */
static void merge_body(void *self, span body)
{
	struct merging *m = self;
	const byte *p = (const byte *)body.p, *end = p + body.n;
	for (uint64_t entry = 0, delta, wdf, n, gap; p < end;) {
		p = unpack_uint(p, &delta);
		p = unpack_uint(p, &wdf);
		p = unpack_uint(p, &n);
		entry += delta;
		ROOM(&m->a, &m->pos, n);
		uint32_t at = 0;
		for (m->pos.n = 0; m->pos.n < n; m->pos.n++) {
			p = unpack_uint(p, &gap);
			m->pos.v[m->pos.n] = at += (uint32_t)gap;
		}
		if (n)
			merge_positions(m, (uint32_t)entry);
		m->pos.n = 0;
		*PUSH(&m->a, &m->pairs) = (struct pair){ (uint32_t)entry, (uint32_t)wdf, (uint32_t)n };
	}
}

/* Leaves what is a posting of the database. */
static void keep_postings(struct pairs *p, bool apart)
{
	size_t n = 0;
	for (size_t i = 0; i < p->n; i++)
		if (!apart || p->v[i].wdf || !p->v[i].npos)
			p->v[n++] = p->v[i];
	p->n = n;
}

static void merge_end(void *self)
{
	struct merging *m = self;
	keep_postings(&m->pairs, m->apart);
	if (m->sink->postings && m->pairs.n)
		m->sink->postings(m->sink->self, m->term, m->pairs.v, m->pairs.n);
}

/* What waits becomes the last run, so that there is one way out. Also where the database
 * has its positions: both tables share a file of blocks then, and so one thread. */
static bool finish_runs(struct invert *v, const struct invert_sink *sink, struct err *err)
{
	struct merging m = { .sink = sink, .apart = v->o.apart };
	struct merge_sink to = { &m, merge_begin, merge_body, merge_end };
	bool ok = (!v->run.documents.n || run_spill(v, err)) && runs_merge(&v->runs, v->o.memory, &to, err);
	arena_release(&m.a);
	return ok;
}

/* --- the one run that was never written: lists straight to where they go --- */

struct direct {
	const struct inverted *x;
	const struct invert_sink *sink;
	struct identity identity;
};

/* Its own walker and identity, and the other table: beside write_postings nothing is shared but what is only read. */
static void *write_positions(void *arg)
{
	struct direct *d = arg;
	const struct waiting *run = d->x->of;
	struct walker w;
	walker_begin(&w, d->x);
	for (size_t i = 0; i < run->terms.n; i++) {
		uint32_t term = d->x->order[i], entry, n;
		struct places p = places_of(d->x, term);
		span key = lexeme_span(&run->terms.v[term]);
		uint64_t hash = hash64(key);
		if (d->sink->positions)
			poslist_term(d->sink->positions, key);
		while ((n = places_next(&p, w.pos, &entry)) > 0) {
			identity_positions(&d->identity, hash, entry, w.pos, n);
			if (d->sink->positions)
				poslist_entry(d->sink->positions, entry, w.pos, n);
		}
	}
	walker_end(&w);
	return NULL;
}

/* Whether a term can have a posting in the database that has its positions apart:
 * a word that nothing else speaks of has none. */
static bool has_weight(const struct inverted *x, uint32_t term)
{
	uint32_t from = term ? x->weigher_end[term - 1] : 0;
	return x->of->counts.v[term].others || x->weigher_end[term] > from;
}

/* Words have no weight and are passed over here: stems and other terms alone have postings. */
static void *write_postings(void *arg)
{
	struct direct *d = arg;
	const struct waiting *run = d->x->of;
	struct walker w;
	walker_begin(&w, d->x);
	for (size_t i = 0; i < run->terms.n; i++) {
		uint32_t term = d->x->order[i];
		if (!has_weight(d->x, term))
			continue;
		span key = lexeme_span(&run->terms.v[term]);
		uint64_t hash = hash64(key);
		walker_postings(&w, term);
		keep_postings(&w.pairs, true);
		for (size_t k = 0; k < w.pairs.n; k++)
			identity_posting(&d->identity, hash, w.pairs.v[k].entry, w.pairs.v[k].wdf);
		if (w.pairs.n && d->sink->postings)
			d->sink->postings(d->sink->self, key, w.pairs.v, w.pairs.n);
	}
	walker_end(&w);
	return NULL;
}

/* The lists are in memory: walked twice, once for each file, rather than kept for both. */
static void finish_direct(struct invert *v, const struct invert_sink *sink)
{
	struct arena a = { 0 };
	struct inverted x = inverted_of(&v->run, &a);
	struct direct positions = { .x = &x, .sink = sink }, postings = positions;
	pthread_t t;
	/* Two files, two threads; without a second one after another. */
	bool beside = v->o.threads > 1 && pthread_create(&t, NULL, write_positions, &positions) == 0;
	write_postings(&postings);
	if (beside)
		pthread_join(t, NULL);
	else
		write_positions(&positions);
	identity_join(&v->identity, &positions.identity);
	identity_join(&v->identity, &postings.identity);
	arena_release(&a);
	run_release(v);
}

/* Identities are sums, so it does not matter which way the lists came (identity.h). */
bool invert_finish(struct invert *v, const struct invert_sink *sink, struct identity *id, struct err *err)
{
	bool ok = true;
	if (v->runs.n || !v->o.apart)
		ok = finish_runs(v, sink, err);
	else
		finish_direct(v, sink);
	identity_join(id, &v->identity);
	return ok;
}
