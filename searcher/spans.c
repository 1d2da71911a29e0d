#include "searcher/spans.h"

#include <stdlib.h>
#include "base/sort.h"

/* SPANS_MAX bounds memory and time on a text of one word; what is cut is told, never passed over in
 * silence. */
static void add(struct scene *s, struct hit_spans *out, uint32_t beg, uint32_t end)
{
	if (out->n >= SPANS_MAX) {
		s->cut = true;
		return;
	}
	*PUSH(s->a, out) = (struct hit_span){ beg, end };
}

/* A total order, so that equal spans are neighbours. */
static int compare(const void *x, const void *y)
{
	const struct hit_span *a = x, *b = y;
	if (a->beg != b->beg)
		return a->beg < b->beg ? -1 : 1;
	return a->end < b->end ? -1 : a->end > b->end;
}

/* By beg, then end, each once: what every operator hands to the next. */
static struct hit_spans in_order(struct hit_spans in)
{
	size_t n = 0;
	if (in.n > 1)
		qsort(in.v, in.n, sizeof *in.v, compare);
	for (size_t i = 0; i < in.n; i++)
		if (n == 0 || compare(&in.v[n - 1], &in.v[i]) != 0)
			in.v[n++] = in.v[i];
	in.n = n;
	return in;
}

/* A word is a span of one position. */
static struct hit_spans of_positions(struct scene *s, struct positions p)
{
	struct hit_spans out = { 0 };
	for (size_t i = 0; i < p.n; i++)
		add(s, &out, p.v[i], p.v[i]);
	return out;
}

/* By halving: the lists are ascending. */
static bool has(struct positions p, uint32_t at)
{
	size_t k = FIRST_NUMBER(&p, at);
	return k < p.n && p.v[k] == at;
}

/* The k-th word must stand k behind the first. A word that does not stand in the document at all
 * ends it before any position is looked at. */
static struct hit_spans phrase(struct scene *s, const struct node *n)
{
	struct positions *words = NEWN(s->a, struct positions, n->kids.n);
	struct hit_spans out = { 0 };
	for (size_t k = 0; k < n->kids.n; k++) {
		words[k] = s->word(s->ctx, n->kids.v[k]);
		if (!words[k].n)
			return out;
	}
	for (size_t i = 0; i < words[0].n; i++) {
		size_t k = 1;
		while (k < n->kids.n && has(words[k], words[0].v[i] + (uint32_t)k))
			k++;
		if (k == n->kids.n)
			add(s, &out, words[0].v[i], words[0].v[i] + (uint32_t)k - 1);
	}
	return out;
}

/* Number of the last start at or before pos; the text before any has number 0. */
static size_t part_of(struct positions starts, uint32_t pos)
{
	return FIRST_NUMBER(&starts, (uint64_t)pos + 1);
}

/* What two spans must be to each other. */
struct relation {
	const struct node *n;
	struct positions starts; /* of sentences or paragraphs */
};

/* "report /s report" wants two of them: a span is no pair with itself. */
static bool same_span(const struct hit_span *x, const struct hit_span *y)
{
	return x->beg == y->beg && x->end == y->end;
}

/* From the first word of both to the last: no start of a sentence or paragraph lies between. */
static bool within_part(const struct relation *r, const struct hit_span *x, const struct hit_span *y)
{
	uint32_t beg = x->beg < y->beg ? x->beg : y->beg, end = x->end > y->end ? x->end : y->end;
	return part_of(r->starts, beg) == part_of(r->starts, end);
}

/* Spans that overlap are near each other at any distance; in order they must not overlap. */
static bool related(const struct relation *r, const struct hit_span *x, const struct hit_span *y)
{
	const struct node *n = r->n;
	if (n->ordered && x->end >= y->beg)
		return false;
	if (same_span(x, y))
		return false;
	if (n->kind == NODE_SAME_FIELD)
		return true;
	if (n->kind != NODE_NEAR)
		return within_part(r, x, y);
	uint32_t gap = y->beg > x->end ? y->beg - x->end : x->beg > y->end ? x->beg - y->end : 0;
	return gap <= n->n;
}

/* The bytes of positions beyond x that y may begin at and still be near. */
static uint32_t reach(const struct relation *r, const struct hit_span *x)
{
	if (r->n->kind == NODE_NEAR)
		return x->end + r->n->n;
	if (r->n->kind == NODE_SAME_FIELD)
		return UINT32_MAX;
	size_t part = part_of(r->starts, x->beg);
	return part < r->starts.n ? r->starts.v[part] - 1 : UINT32_MAX;
}

/* Spans are sorted by where they begin, not by where they end: this is how far before its end one
 * may begin. */
static uint32_t longest(const struct hit_spans *v)
{
	uint32_t most = 0;
	for (size_t i = 0; i < v->n; i++)
		if (v->v[i].end - v->v[i].beg > most)
			most = v->v[i].end - v->v[i].beg;
	return most;
}

/* How far before x's first word y may begin. */
static uint32_t back(const struct relation *r, const struct hit_span *x, uint32_t length)
{
	uint32_t least = 0;
	if (r->n->kind == NODE_NEAR)
		least = x->beg > r->n->n ? x->beg - r->n->n : 0;
	else if (r->n->kind != NODE_SAME_FIELD && part_of(r->starts, x->beg))
		least = r->starts.v[part_of(r->starts, x->beg) - 1];
	return least > length ? least - length : 0;
}

/* The first span that begins at or behind beg. */
static size_t first_from(const struct hit_spans *v, uint32_t beg)
{
	return FIRST_FROM(v, beg, beg);
}

/* For "a not w/5 b": whether anything of the other side is near. */
static bool one_related(const struct relation *r, const struct hit_span *x, const struct hit_spans *right, uint32_t length)
{
	uint32_t until = reach(r, x);
	for (size_t j = first_from(right, back(r, x, length)); j < right->n && right->v[j].beg <= until; j++)
		if (related(r, x, &right->v[j]))
			return true;
	return false;
}

/* Left spans in order, each with the right ones in its window. The span of a pair covers both, so that
 * a connector can be the operand of another; of a negated one it is the left alone. */
static struct hit_spans pairs(struct scene *s, const struct relation *r, const struct hit_spans *left, const struct hit_spans *right)
{
	struct hit_spans out = { 0 };
	uint32_t length = longest(right);
	for (size_t i = 0; i < left->n && !s->cut; i++) {
		const struct hit_span *x = &left->v[i];
		uint32_t until = reach(r, x);
		if (r->n->negated) {
			if (!one_related(r, x, right, length))
				add(s, &out, x->beg, x->end);
			continue;
		}
		uint32_t least = r->n->ordered ? x->end + 1 : back(r, x, length);
		for (size_t j = first_from(right, least); j < right->n && right->v[j].beg <= until && !s->cut; j++) {
			const struct hit_span *y = &right->v[j];
			if (related(r, x, y))
				add(s, &out, x->beg < y->beg ? x->beg : y->beg, x->end > y->end ? x->end : y->end);
		}
	}
	return in_order(out);
}

static struct hit_spans near(struct scene *s, const struct node *n)
{
	struct relation r = { .n = n };
	struct hit_spans left = spans_of(s, n->kids.v[0]), right = { 0 };
	if (left.n)
		right = spans_of(s, n->kids.v[1]);
	if (!left.n || (!right.n && !n->negated))
		return (struct hit_spans){ 0 };
	/* A title is one sentence of its own. */
	if ((n->kind == NODE_SENTENCE || n->kind == NODE_PARAGRAPH) && n->field == F_TEXT)
		r.starts = s->bounds(s->ctx, n->kind == NODE_SENTENCE ? F_SENTENCE : F_PARAGRAPH, false);
	return pairs(s, &r, &left, &right);
}

/* The spans of the kid that lie within one region of the field. */
static struct hit_spans in_region(struct scene *s, const struct node *n)
{
	struct hit_spans in = spans_of(s, n->kids.v[0]), out = { 0 };
	struct positions beg = { 0 }, end = { 0 };
	if (!in.n)
		return out;
	beg = s->bounds(s->ctx, n->field, false);
	end = s->bounds(s->ctx, n->field, true);
	for (size_t i = 0; i < in.n; i++) {
		/* Numbers begin with 1; 0 is what stands before the first region. */
		size_t region = part_of(beg, in.v[i].beg);
		if (region && region <= end.n && in.v[i].end <= end.v[region - 1])
			add(s, &out, in.v[i].beg, in.v[i].end);
	}
	return out;
}

/* The spans that stand n times or more in the document, or in one passage of it. */
static struct hit_spans often(struct scene *s, const struct node *n)
{
	struct hit_spans in = spans_of(s, n->kids.v[0]), out = { 0 };
	if (in.n < n->n)
		return out;
	if (!n->in_passage || n->field != F_TEXT)
		return in;
	struct positions beg = s->bounds(s->ctx, F_PASSAGE, false), end = s->bounds(s->ctx, F_PASSAGE, true);
	/* Spans come in order, so those of one passage follow one another: they are taken in, and
	 * taken out again where they were too few. */
	size_t last = 0, times = 0;
	for (size_t i = 0; i < in.n; i++) {
		size_t part = part_of(beg, in.v[i].beg);
		if (!part || part > end.n || in.v[i].end > end.v[part - 1])
			continue;
		if (part != last && last && times < n->n)
			out.n -= times; /* too few in the passage before */
		times = part == last ? times + 1 : 1;
		last = part;
		add(s, &out, in.v[i].beg, in.v[i].end);
	}
	if (times < n->n)
		out.n -= times;
	return out;
}

/* OR and AND as operands: the spans of all kids, of an AND when each has some. */
static struct hit_spans all_kids(struct scene *s, const struct node *n)
{
	struct hit_spans out = { 0 };
	for (size_t k = 0; k < n->kids.n; k++) {
		/* A kid without spans may still hold: a value, a NOT. */
		struct hit_spans one = spans_of(s, n->kids.v[k]);
		if (!one.n && n->kind == NODE_AND && !spans_hold(s, n->kids.v[k]))
			return (struct hit_spans){ 0 };
		for (size_t i = 0; i < one.n; i++)
			add(s, &out, one.v[i].beg, one.v[i].end);
	}
	return in_order(out);
}

/* NOT and "every document" have no place in a text, so none is marked and none is near anything. */
struct hit_spans spans_of(struct scene *s, const struct node *n)
{
	struct positions at = { 0 };
	struct hit_spans none = { 0 };
	switch (n->kind) {
	case NODE_WORD:
	case NODE_WILD:
		return of_positions(s, s->word(s->ctx, n));
	case NODE_PHRASE:
		return phrase(s, n);
	case NODE_VALUE:
	case NODE_RANGE:
		return s->value(s->ctx, n, &at) ? of_positions(s, at) : none;
	case NODE_AND:
	case NODE_OR:
	case NODE_ANY:
		return all_kids(s, n);
	case NODE_NEAR:
	case NODE_SENTENCE:
	case NODE_PARAGRAPH:
	case NODE_SAME_FIELD:
		return near(s, n);
	case NODE_FIELD:
		return in_region(s, n);
	case NODE_ATLEAST:
		return often(s, n);
	case NODE_NOT:
	case NODE_ALL:
		break;
	}
	return none;
}

static bool is_word(const struct node *n)
{
	return n->kind == NODE_WORD || n->kind == NODE_WILD;
}

/* The part between starts that pos is in, both ends included. */
static struct hit_span part_around(struct positions starts, uint32_t pos)
{
	size_t part = part_of(starts, pos);
	return (struct hit_span){ part ? starts.v[part - 1] : 0, part < starts.n ? starts.v[part] - 1 : UINT32_MAX };
}

/* Where the other word must stand. */
static struct hit_span window(const struct relation *r, uint32_t pos)
{
	const struct node *n = r->n;
	struct hit_span w = { 0, UINT32_MAX };
	if (n->kind == NODE_NEAR)
		w = (struct hit_span){ pos > n->n ? pos - n->n : 0, pos + n->n };
	else if (n->kind != NODE_SAME_FIELD)
		w = part_around(r->starts, pos);
	/* No pair in order begins at or before the word. */
	if (n->ordered)
		w.beg = pos + 1;
	return w;
}

/* Two words related: candidates are many, so the first pair settles it, and both
 * lists are walked once, since windows only move forward. */
static bool words_related(struct scene *s, const struct node *n)
{
	struct relation r = { .n = n };
	struct positions left = s->word(s->ctx, n->kids.v[0]), right = { 0 };
	if (left.n)
		right = s->word(s->ctx, n->kids.v[1]);
	if (!right.n)
		return false;
	if (n->kind == NODE_SENTENCE || n->kind == NODE_PARAGRAPH)
		r.starts = s->bounds(s->ctx, n->kind == NODE_SENTENCE ? F_SENTENCE : F_PARAGRAPH, false);
	for (size_t i = 0, j = 0; i < left.n; i++) {
		struct hit_span w = window(&r, left.v[i]);
		while (j < right.n && right.v[j] < w.beg)
			j++;
		size_t other = j + (j < right.n && right.v[j] == left.v[i]); /* the word itself is no pair */
		if (other < right.n && right.v[other] <= w.end)
			return true;
	}
	return false;
}

/* A phrase of words, driven by the rarest of them in the document. */
static bool phrase_stands(struct scene *s, const struct node *n)
{
	struct positions word[QUERY_PHRASE];
	/* Every list is walked forward once, so a phrase costs the sum of their lengths at most. */
	size_t next[QUERY_PHRASE] = { 0 }, rare = 0, k;
	for (k = 0; k < n->kids.n; k++) {
		word[k] = s->word(s->ctx, n->kids.v[k]);
		if (!word[k].n)
			return false;
		rare = word[k].n < word[rare].n ? k : rare;
	}
	for (size_t i = 0; i < word[rare].n; i++) {
		uint64_t first = (uint64_t)word[rare].v[i] - rare;
		/* Positions begin with 1: a phrase cannot begin before. */
		if (word[rare].v[i] <= rare)
			continue;
		for (k = 0; k < n->kids.n; k++) {
			while (next[k] < word[k].n && word[k].v[next[k]] < first + k)
				next[k]++;
			if (next[k] == word[k].n)
				return false;
			if (word[k].v[next[k]] != first + k)
				break;
		}
		if (k == n->kids.n)
			return true;
	}
	return false;
}

/* The quick ways below know words alone; phrases of other things go by their spans. */
static bool all_words(const struct node *n)
{
	for (size_t i = 0; i < n->kids.n; i++)
		if (!is_word(n->kids.v[i]))
			return false;
	return n->kids.n <= QUERY_PHRASE;
}

/* Whether, not where: most candidates are asked only this, so AND and OR stop early, and pairs of
 * words and phrases have quick ways. */
bool spans_hold(struct scene *s, const struct node *n)
{
	struct positions at = { 0 };
	switch (n->kind) {
	case NODE_AND:
		for (size_t i = 0; i < n->kids.n; i++)
			if (!spans_hold(s, n->kids.v[i]))
				return false;
		return true;
	case NODE_OR:
	case NODE_ANY:
		for (size_t i = 0; i < n->kids.n; i++)
			if (spans_hold(s, n->kids.v[i]))
				return true;
		return false;
	case NODE_NOT:
		return !spans_hold(s, n->kids.v[0]);
	case NODE_VALUE:
	case NODE_RANGE:
		return s->value(s->ctx, n, &at);
	case NODE_ALL:
		return true;
	case NODE_PHRASE:
		return all_words(n) ? phrase_stands(s, n) : spans_of(s, n).n > 0;
	case NODE_NEAR:
	case NODE_SENTENCE:
	case NODE_PARAGRAPH:
		if (all_words(n) && !n->negated && n->field == F_TEXT)
			return words_related(s, n);
		return spans_of(s, n).n > 0;
	default:
		return spans_of(s, n).n > 0;
	}
}
