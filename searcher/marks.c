#include "searcher/snippet.h"

#include <stdlib.h>
#include "base/hash.h"
#include "base/sort.h"
#include "law/address.h"
#include "searcher/search_private.h"

/* Which leaf a word of the text belongs to, and where the sentences begin. */
struct finder {
	struct plan *p;
	uint32_t entry;
	const struct record *r;
	struct map stems, forms;       /* to the number of a leaf plus one */
	const struct hit_spans **only; /* by leaf: where it counts; null: anywhere */
	struct positions starts;       /* first words of r->sentences, then perhaps that of the title */
	struct arena *a;
};

/* Nodes whose words count only where the node holds; of a word that must look a certain way, too.
 * Singular and plural are not asked: those are other forms, which plan_positions leaves out itself. */
static bool positional(const struct node *n)
{
	switch (n->kind) {
	case NODE_PHRASE:
	case NODE_NEAR:
	case NODE_SENTENCE:
	case NODE_PARAGRAPH:
	case NODE_FIELD:
		return true;
	default:
		return n->look != LOOK_ANY && n->look < LOOK_SINGULAR;
	}
}

/* All leaves below share the spans of the topmost such node. */
static void limit(struct finder *f, const struct node *n, const struct hit_spans *to)
{
	if (n->kind == NODE_WORD || n->kind == NODE_WILD || n->kind == NODE_VALUE)
		f->only[n->leaf] = to;
	for (size_t i = 0; i < n->kids.n; i++)
		limit(f, n->kids.v[i], to);
}

/* Before any word is marked. What a NOT excludes is in no document found, so it has nothing to
 * mark. */
static bool limits(struct finder *f, uint32_t entry, const struct node *n, struct err *err)
{
	if (n->kind == NODE_NOT)
		return true;
	/* Past the deadline every word is marked: nested proximity may take long for each hit. */
	if (positional(n) && f->p->deadline && search_clock() > f->p->deadline)
		return true;
	if (positional(n)) {
		struct hit_spans *to = NEW(f->a, struct hit_spans);
		if (!plan_spans(&(struct plan_view){ f->p, entry, f->a, false }, n, to, err))
			return false;
		limit(f, n, to);
		return true;
	}
	for (size_t i = 0; i < n->kids.n; i++)
		if (!limits(f, entry, n->kids.v[i], err))
			return false;
	return true;
}

/* A stop word says nothing alone: it is marked in phrases and the like, and
 * where the query has nothing else. */
static bool says_nothing(const struct finder *f, const struct node *n)
{
	return n->kind == NODE_WORD && token_is_stop(n->text) && !f->only[n->leaf];
}

static bool any_telling(const struct finder *f)
{
	for (size_t i = 0; i < f->p->nleaves; i++)
		if (f->p->leaf[i].positive && !says_nothing(f, f->p->node[i]))
			return true;
	return false;
}

/* Two maps to leaves: of stems for plain words, of forms for exact words and what wildcards stand
 * for. A word that stands twice in the query keeps its first leaf. */
static void learn(struct finder *f)
{
	bool telling = any_telling(f);
	for (size_t i = 0; i < f->p->nleaves; i++) {
		const struct node *n = f->p->node[i];
		const struct leaf_plan *leaf = &f->p->leaf[i];
		bool fresh;
		if (!leaf->positive || n->field != F_TEXT || (telling && says_nothing(f, n)))
			continue;
		if (n->kind == NODE_WORD) {
			span key = n->exact ? n->text : span_sub(leaf->stem, 1, leaf->stem.n);
			uint32_t *to = map_put(n->exact ? &f->forms : &f->stems, key, &fresh);
			*to = fresh ? (uint32_t)i + 1 : *to;
		}
		for (size_t k = 0; n->kind == NODE_WILD && k < leaf->forms.n; k++) {
			uint32_t *to = map_put(&f->forms, leaf->forms.v[k], &fresh);
			*to = fresh ? (uint32_t)i + 1 : *to;
		}
	}
}

/* Number of spans that begin at or before pos. */
static size_t first_after(const struct hit_spans *v, uint32_t pos)
{
	return FIRST_FROM(v, beg, (uint64_t)pos + 1);
}

static bool inside(const struct hit_spans *only, uint32_t pos)
{
	if (!only)
		return true;
	/* In order of beginnings; one that covers pos begins seldom far before it. */
	enum { LOOK_BACK = 64 };
	for (size_t i = first_after(only, pos), looked = 0; i > 0 && looked < LOOK_BACK; i--, looked++)
		if (pos <= only->v[i - 1].end)
			return true;
	return false;
}

/* The form first: who asked for the exact word gets that leaf, also where the stem is another's. */
static unsigned leaf_of(struct finder *f, const struct token *t)
{
	const uint32_t *at = f->forms.n ? map_get(&f->forms, t->term) : NULL;
	if (at && inside(f->only[*at - 1], t->pos))
		return *at;
	at = f->stems.n ? map_get(&f->stems, stem_of(f->p->x->stems, t->term, f->a)) : NULL;
	return at && inside(f->only[*at - 1], t->pos) ? *at : 0;
}

/* The sentence that byte `at` stands in. */
static size_t sentence_at(const struct starts *v, uint32_t at)
{
	size_t k = FIRST_NUMBER(v, (uint64_t)at + 1);
	return k ? k - 1 : 0;
}

/* The words of a part of the text. They are counted on from its sentence, so
 * that no more than the part is cut into words. */
static void mark_words(struct finder *f, struct range part, struct marks *out)
{
	const struct starts *s = &f->r->sentences;
	/* Without starts of sentences words are counted from the text's beginning. */
	bool known = s->n && f->starts.n >= s->n && s->v[0] <= part.beg;
	size_t k = known ? sentence_at(s, part.beg) : 0;
	uint32_t from = known ? s->v[k] : 0, before = known ? f->starts.v[k] - 1 : 0;
	struct text cut = text_slice(&f->r->doc.text, (struct range){ from, part.end }, f->a);
	struct tokens t = tokens_with(&cut, f->a);
	for (size_t i = 0; i < t.n; i++) {
		t.v[i].pos += before;
		struct range at = { from + t.v[i].beg, from + t.v[i].end };
		unsigned leaf = at.beg >= part.beg ? leaf_of(f, &t.v[i]) : 0;
		/* Both readings of a doubtful word stand at one place: it is marked once. */
		bool again = out->n && out->v[out->n - 1].at.end > at.beg;
		if (leaf && !again)
			*PUSH(f->a, out) = (struct mark){ at, t.v[i].pos, leaf - 1 };
	}
}

/* Citations of what the query asks for. */
static void mark_cites(struct finder *f, struct range part, struct marks *out)
{
	const struct record *r = f->r;
	for (size_t i = 0; i < r->cites.n; i++) {
		const struct cite *c = &r->cites.v[i];
		for (size_t k = 0; k < f->p->nleaves && c->at.beg >= part.beg && c->at.end <= part.end; k++) {
			const struct node *n = f->p->node[k];
			if (n->kind != NODE_VALUE || n->field != F_CITES || !f->p->leaf[k].positive || !c->address.n)
				continue;
			const struct spans *any = &f->p->leaf[k].cited;
			bool cited = n->of || any->n ? plan_is_cited(any, c->address, c->last) : address_under(c->address, n->text) || (c->last.n && address_between(n->text, c->address, c->last));
			if (cited)
				*PUSH(f->a, out) = (struct mark){ c->at, 0, (unsigned)k };
			if (cited)
				break;
		}
	}
}

/* Both lists in one order, those that overlap an earlier one left out. */
static struct marks merged(const struct marks *x, const struct marks *y, struct arena *a)
{
	struct marks out = { 0 };
	size_t i = 0, k = 0;
	while (i < x->n || k < y->n) {
		bool first = k == y->n || (i < x->n && x->v[i].at.beg <= y->v[k].at.beg);
		struct mark m = first ? x->v[i++] : y->v[k++];
		if (!out.n || m.at.beg >= out.v[out.n - 1].at.end)
			*PUSH(a, &out) = m;
	}
	return out;
}

static struct range whole(const struct record *r)
{
	return (struct range){ 0, (uint32_t)r->doc.text.clean.n };
}

/* Spans, starts and maps are found once a document; marks_in is then cheap for each passage shown. */
struct finder *marks_begin(struct plan *p, uint32_t entry, const struct record *r, struct arena *a, struct err *err)
{
	struct finder *f = NEW(a, struct finder);
	*f = (struct finder){ .p = p, .entry = entry, .r = r, .a = a, .stems = { .a = a }, .forms = { .a = a } };
	f->only = NEWN(a, const struct hit_spans *, p->nleaves + 1);
	if (!limits(f, entry, p->root, err) || !plan_starts(&(struct plan_view){ p, entry, a, false }, F_SENTENCE, &f->starts, err))
		return NULL;
	learn(f);
	return f;
}

struct marks marks_in(struct finder *f, struct range part)
{
	struct marks words = { 0 }, cites = { 0 };
	mark_cites(f, part, &cites);
	if (f->stems.n || f->forms.n)
		mark_words(f, part, &words);
	return merged(&cites, &words, f->a);
}

/* The lower leaf first where two share a position. */
static int by_position(const void *x, const void *y)
{
	const struct mark *a = x, *b = y;
	return a->pos != b->pos ? (a->pos < b->pos ? -1 : 1) : (a->leaf > b->leaf) - (a->leaf < b->leaf);
}

/* Positions of the words that mark_words would find. */
static bool positions_of(struct finder *f, struct marks *out, struct err *err)
{
	bool telling = any_telling(f);
	for (size_t i = 0; i < f->p->nleaves; i++) {
		const struct node *n = f->p->node[i];
		const struct leaf_plan *leaf = &f->p->leaf[i];
		struct positions at;
		bool word = n->kind == NODE_WILD || (n->kind == NODE_WORD && (n->exact || leaf->times));
		if (!leaf->positive || n->field != F_TEXT || !word || (telling && says_nothing(f, n)))
			continue;
		if (!plan_positions(&(struct plan_view){ f->p, f->entry, f->a, true }, n, &at, err))
			return false;
		for (size_t k = 0; k < at.n; k++)
			if (inside(f->only[i], at.v[k]))
				*PUSH(f->a, out) = (struct mark){ .pos = at.v[k], .leaf = (unsigned)i };
	}
	if (out->n)
		qsort(out->v, out->n, sizeof *out->v, by_position);
	return true;
}

/* A word's place within its sentence, as if all words were of one length. */
static struct range estimate(const struct finder *f, size_t k, uint32_t pos)
{
	const struct starts *s = &f->r->sentences;
	uint32_t beg = s->v[k], end = k + 1 < s->n ? s->v[k + 1] : (uint32_t)f->r->doc.text.clean.n;
	uint32_t words = k + 1 < f->starts.n ? f->starts.v[k + 1] - f->starts.v[k] : (end - beg) / 6 + 1;
	uint32_t at = beg + (uint32_t)((uint64_t)(pos - f->starts.v[k]) * (end - beg) / (words ? words : 1));
	at = at < end ? at : end - 1;
	return (struct range){ at, at + 1 };
}

/* To choose passages by: which sentence a word is in is exact, its byte is guessed. No text is cut
 * into words for it. */
struct marks marks_rough(struct finder *f, struct err *err)
{
	struct marks words = { 0 }, placed = { 0 }, cites = { 0 };
	size_t k = 0;
	if (!f->r->sentences.n || f->starts.n < f->r->sentences.n)
		return marks_in(f, whole(f->r));
	if (!positions_of(f, &words, err))
		return placed;
	for (size_t i = 0; i < words.n; i++) {
		struct mark m = words.v[i];
		while (k + 1 < f->starts.n && f->starts.v[k + 1] <= m.pos)
			k++;
		if (k >= f->r->sentences.n) /* the title, which is not in the text */
			break;
		m.at = estimate(f, k, m.pos);
		if (!placed.n || placed.v[placed.n - 1].pos != m.pos)
			*PUSH(f->a, &placed) = m;
	}
	mark_cites(f, whole(f->r), &cites);
	return merged(&cites, &placed, f->a);
}

/* The reading view, which shows all of the text. */
struct marks marks_of(struct plan *p, uint32_t entry, const struct record *r, struct arena *a, struct err *err)
{
	struct finder *f = marks_begin(p, entry, r, a, err);
	return f ? marks_in(f, whole(r)) : (struct marks){ 0 };
}
