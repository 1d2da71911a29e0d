/* The lattice: every word of the table at every position, and unknown
 * stretches, so that there is a way to every letter. Each node keeps the cheapest way to it; pairs are looked up only
 * for predecessors that could still win. */
#include "law/segment_private.h"

enum {
	WINDOW = 192,    /* letters taken at a time */
	TAIL = 48,       /* of which the last are read again with what follows */
	NODES = WINDOW * 16,
	PAIR_GAIN = 160, /* no pair saves more than this against a word on its own */
	CASE_COST = 160, /* a capital after a small letter inside one word */
	BACKOFF = WORD_BIT,
	UNKNOWN_LETTER = 28
};

struct node {
	uint32_t word; /* WORD_NONE: unknown letters */
	int32_t cost;  /* of the best way to its end, itself included */
	int32_t best_before;
	uint16_t beg, end;
	int16_t prev;  /* node before it on that way, -1 at the start */
	int16_t next;  /* another node with the same end, -1: none */
};

struct lattice {
	uint8_t code[WINDOW]; /* 1 to 26, 27 an apostrophe */
	bool upper[WINDOW];
	uint16_t off[WINDOW + 1]; /* byte offset of each letter */
	int n;
	struct node node[NODES];
	int nodes;
	int16_t at[WINDOW + 1];      /* newest node that ends here */
	int32_t best[WINDOW + 1];    /* cheapest of them */
	int32_t unknown[WINDOW];     /* cheapest way whose last stretch is unknown and takes this letter */
	int16_t unknown_beg[WINDOW]; /* where that stretch begins */
	int32_t spanned[WINDOW + 1]; /* cheapest whole reading with no boundary here */
};

/* Letters of s from byte `from`, as many as the window takes. */
static void load(struct lattice *l, span s, size_t from)
{
	l->n = 0;
	size_t i = from;
	while (i < s.n && l->n < WINDOW) {
		char c = s.p[i];
		bool curly = (unsigned char)c == 0xE2;
		l->code[l->n] = is_alpha(c) ? (uint8_t)(to_lower(c) - 'a' + 1) : 27;
		l->upper[l->n] = is_upper(c);
		l->off[l->n++] = (uint16_t)(i - from);
		i += curly ? 3 : 1;
	}
	l->off[l->n] = (uint16_t)((i > s.n ? s.n : i) - from);
}

/* The cheapest predecessor of a word that begins at beg. */
static int32_t reach(const struct lattice *l, int beg, uint32_t word, int32_t own, int16_t *prev)
{
	*prev = -1;
	if (beg == 0)
		return own;
	int32_t found = INT32_MAX;
	for (int16_t k = l->at[beg]; k >= 0; k = l->node[k].next) {
		const struct node *p = &l->node[k];
		int32_t cost = p->cost + own + BACKOFF;
		bool worth = word != WORD_NONE && p->word != WORD_NONE && p->cost <= l->best[beg] + PAIR_GAIN;
		int pair = worth ? word_pair(p->word, word) : -1;
		if (pair >= 0)
			cost = p->cost + pair;
		if (cost < found) {
			found = cost;
			*prev = k;
		}
	}
	return found;
}

static void add_node(struct lattice *l, int beg, int end, uint32_t word, int32_t own)
{
	if (l->nodes == NODES)
		return;
	struct node *n = &l->node[l->nodes];
	*n = (struct node){ .word = word, .beg = (uint16_t)beg, .end = (uint16_t)end, .next = l->at[end] };
	n->cost = reach(l, beg, word, own, &n->prev);
	n->best_before = n->cost - own;
	l->at[end] = (int16_t)l->nodes++;
	if (n->cost < l->best[end])
		l->best[end] = n->cost;
}

/* A word that ends at end, and its possessive forms. */
static void add_word(struct lattice *l, int beg, int end, uint32_t word, int32_t cost)
{
	add_node(l, beg, end, word, cost);
	if (end >= l->n || l->code[end] != 27)
		return;
	if (l->code[end - 1] == 's' - 'a' + 1)
		add_node(l, beg, end + 1, word, cost + 2 * WORD_BIT);
	if (end + 1 < l->n && l->code[end + 1] == 's' - 'a' + 1)
		add_node(l, beg, end + 2, word, cost + WORD_BIT);
	if (end + 1 < l->n && l->code[end + 1] == 't' - 'a' + 1 && l->code[end - 1] == 'n' - 'a' + 1)
		add_node(l, beg, end + 2, word, cost + WORD_BIT);
}

/* Whether letter i begins a capitalised part that a word may not run into:
 * "ChiefClerk", but not "McDonald". */
static bool new_capital(const struct lattice *l, int i)
{
	if (i < 1 || !l->upper[i] || l->upper[i - 1])
		return false;
	bool mc = i >= 2 && l->upper[i - 2] && l->code[i - 2] == 'm' - 'a' + 1 && l->code[i - 1] == 'c' - 'a' + 1;
	return !mc;
}

static void words_from(struct lattice *l, int beg)
{
	uint32_t slot = 0;
	int32_t extra = 0;
	int i = beg;
	for (; i < l->n && l->code[i] <= 26; i++) {
		slot = word_step(slot, l->code[i]);
		if (!slot)
			break;
		if (i > beg && new_capital(l, i))
			extra += CASE_COST;
		uint32_t word = word_end(slot);
		if (word != WORD_NONE)
			add_word(l, beg, i + 1, word, word_costs[word] + extra);
	}
}

/* The cheapest unknown stretch that ends after letter i: the one that ended
 * before it goes on, or a new one begins. It is a node only where no word gives a cheaper way,
 * since nothing is cheaper after it than after a word. */
static void unknown_to(struct lattice *l, int i)
{
	bool bump = new_capital(l, i);
	int32_t go = i > 0 ? l->unknown[i - 1] : INT32_MAX / 2;
	int32_t begin = l->best[i] + word_unknown_cost(0) + (i ? BACKOFF : 0);
	go += bump ? CASE_COST : 0;
	l->unknown[i] = (go < begin ? go : begin) + UNKNOWN_LETTER;
	l->unknown_beg[i] = go < begin ? l->unknown_beg[i - 1] : (int16_t)i;
	if (l->unknown[i] < l->best[i + 1]) {
		int beg = l->unknown_beg[i];
		add_node(l, beg, i + 1, WORD_NONE, l->unknown[i] - l->best[beg] - (beg ? BACKOFF : 0));
	}
}

static void build(struct lattice *l)
{
	l->nodes = 0;
	for (int i = 0; i <= l->n; i++) {
		l->at[i] = -1;
		l->best[i] = INT32_MAX;
	}
	l->best[0] = 0;
	for (int i = 0; i < l->n; i++) {
		words_from(l, i);
		unknown_to(l, i);
	}
}

/* For each position, the best whole reading that has no boundary there. Costs
 * to the end are taken word by word, which is near enough for a confidence. */
static void measure(struct lattice *l)
{
	int32_t rest[WINDOW + 1];
	for (int i = 0; i <= l->n; i++)
		rest[i] = l->spanned[i] = INT32_MAX / 4;
	rest[l->n] = 0;
	for (int k = l->nodes - 1; k >= 0; k--) {
		const struct node *n = &l->node[k];
		int32_t own = n->cost - n->best_before + BACKOFF;
		if (rest[n->end] + own < rest[n->beg])
			rest[n->beg] = rest[n->end] + own;
	}
	int32_t best = rest[0];
	for (int k = 0; k < l->nodes; k++) {
		const struct node *n = &l->node[k];
		int32_t whole = n->cost + rest[n->end];
		for (int i = n->beg + 1; i < n->end; i++)
			if (whole < l->spanned[i])
				l->spanned[i] = whole;
	}
	for (int i = 0; i <= l->n; i++)
		l->spanned[i] -= l->best[l->n] < best ? l->best[l->n] : best;
}

static float confidence(int32_t margin)
{
	if (margin <= 0)
		return .5f;
	return margin >= 20 * WORD_BIT ? .99f : .5f + .49f * (float)margin / (20 * WORD_BIT);
}

/* Boundaries of the best reading before letter `upto`; returns the last of
 * them (or of the window's start, 0). */
static int collect(struct lattice *l, int upto, uint32_t base, struct cuts *out, struct arena *a)
{
	int16_t k = l->at[l->n], best = k;
	for (; k >= 0; k = l->node[k].next)
		if (l->node[k].cost < l->node[best].cost)
			best = k;
	int ends[WINDOW], n = 0;
	for (k = best; k >= 0; k = l->node[k].prev)
		if (l->node[k].beg > 0 && l->node[k].beg <= upto)
			ends[n++] = l->node[k].beg;
	int last = n ? ends[0] : 0;
	while (n-- > 0)
		*PUSH(a, out) = (struct cut){ base + l->off[ends[n]], confidence(l->spanned[ends[n]]) };
	return last;
}

void segment(span s, uint32_t base, struct cuts *out, struct arena *a)
{
	struct lattice l;
	size_t from = 0;
	while (from < s.n) {
		load(&l, s, from);
		build(&l);
		bool rest = from + l.off[l.n] < s.n;
		if (l.at[l.n] < 0)
			return; /* nodes ran out: left as it is */
		measure(&l);
		int last = collect(&l, rest ? l.n - TAIL : l.n, base + (uint32_t)from, out, a);
		if (!rest)
			return;
		if (last == 0) {
			last = l.n - TAIL;
			*PUSH(a, out) = (struct cut){ base + (uint32_t)from + l.off[last], .5f };
		}
		from += l.off[last];
	}
}
