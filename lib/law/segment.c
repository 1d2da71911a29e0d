/* The lattice: every word of the table at every position, and unknown
 * stretches, so that there is a way to every letter. Each node keeps the cheapest way to it; pairs are looked up only
 * for predecessors that could still win. */
#include "law/segment_private.h"

enum {
	WINDOW = 192,    /* letters taken at a time */
	TAIL = 48,       /* of which the last are read again with what follows */
	NODES = WINDOW * 16,
	CASE_COST = 160, /* a capital after a small letter inside one word */
	BACKOFF = WORD_BIT,
	BEAM = 10 * WORD_BIT, /* a way so much dearer than one that is farther on does not come back */
	FAR = 24,        /* letters that the way ahead is looked at */
	SURE = 20 * WORD_BIT, /* a reading so much dearer than the best leaves no doubt */
	UNKNOWN_LETTER = 28,
	NAME_LETTER = 25  /* small letters after a large one: names are where new words are */
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
	bool capital[WINDOW]; /* begins a part that a word may not run into */
	uint16_t off[WINDOW + 1]; /* byte offset of each letter */
	int n;
	struct node node[NODES];
	int nodes;
	int16_t at[WINDOW + 1];      /* newest node that ends here */
	int32_t best[WINDOW + 1];    /* cheapest of them */
	int16_t best_at[WINDOW + 1]; /* its number */
	int ahead;                   /* the letter, past those read, that the cheapest way reaches */
	int32_t unknown[WINDOW];     /* cheapest way whose last stretch is unknown and takes this letter */
	int16_t unknown_beg[WINDOW]; /* where that stretch begins */
	int32_t spanned[WINDOW + 1]; /* cheapest whole reading with no boundary here */
};

/* Whether letter i begins a capitalised part that a word may not run into:
 * "ChiefClerk", but not "McDonald". */
static bool new_capital(const struct lattice *l, int i)
{
	if (i < 1 || !l->upper[i] || l->upper[i - 1])
		return false;
	bool mc = i >= 2 && l->upper[i - 2] && l->code[i - 2] == 'm' - 'a' + 1 && l->code[i - 1] == 'c' - 'a' + 1;
	return !mc;
}

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
		l->capital[l->n] = new_capital(l, l->n);
		l->off[l->n++] = (uint16_t)(i - from);
		i += curly ? 3 : 1;
	}
	l->off[l->n] = (uint16_t)((i > s.n ? s.n : i) - from);
}

/* The cheapest way to a word that begins at beg, itself included. A pair is
 * looked up only where even the cheapest pair could make its way the best. */
static int32_t reach(const struct lattice *l, int beg, uint32_t word, int32_t own, int16_t *prev)
{
	*prev = beg ? l->best_at[beg] : -1;
	if (beg == 0)
		return own;
	int32_t found = l->best[beg] + own + BACKOFF;
	for (int16_t k = word == WORD_NONE ? -1 : l->at[beg]; k >= 0; k = l->node[k].next) {
		const struct node *p = &l->node[k];
		int pair = p->cost < found && p->word != WORD_NONE ? word_pair(p->word, word) : -1;
		if (pair >= 0 && p->cost + pair < found) {
			found = p->cost + pair;
			*prev = k;
		}
	}
	return found;
}

static void add_node(struct lattice *l, int beg, int end, uint32_t word, int32_t own)
{
	if (l->nodes == NODES)
		return;
	int16_t prev;
	int32_t cost = reach(l, beg, word, own, &prev);
	if (end < l->ahead && cost > l->best[l->ahead] + BEAM)
		return;
	l->node[l->nodes] = (struct node){ .word = word, .cost = cost, .best_before = cost - own, .beg = (uint16_t)beg, .end = (uint16_t)end, .prev = prev, .next = l->at[end] };
	l->at[end] = (int16_t)l->nodes++;
	if (cost < l->best[end]) {
		l->best[end] = cost;
		l->best_at[end] = l->at[end];
	}
	if (cost < l->best[l->ahead])
		l->ahead = end;
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

static void words_from(struct lattice *l, int beg)
{
	uint32_t slot = word_trie[0];
	int32_t extra = 0;
	for (int i = beg; i < l->n && word_step(&slot, l->code[i]); i++) {
		if (i > beg && l->capital[i])
			extra += CASE_COST;
		if (!(slot & WORD_ENDS))
			continue;
		int cost;
		uint32_t word = word_end(slot, &cost);
		add_word(l, beg, i + 1, word, cost + extra);
	}
}

/* The cheapest unknown stretch that ends after letter i: the one that ended
 * before it goes on, or a new one begins. It is a node only where no word gives a cheaper way,
 * since nothing is cheaper after it than after a word. */
static void unknown_to(struct lattice *l, int i)
{
	int32_t go = i > 0 ? l->unknown[i - 1] : INT32_MAX / 2;
	int32_t begin = l->best[i] + word_unknown_cost(0) + (i ? BACKOFF : 0);
	go += l->capital[i] ? CASE_COST : 0;
	l->unknown_beg[i] = go < begin ? l->unknown_beg[i - 1] : (int16_t)i;
	bool name = l->upper[l->unknown_beg[i]] && !l->upper[i];
	l->unknown[i] = (go < begin ? go : begin) + (name ? NAME_LETTER : UNKNOWN_LETTER);
	if (l->unknown[i] < l->best[i + 1]) {
		int beg = l->unknown_beg[i];
		add_node(l, beg, i + 1, WORD_NONE, l->unknown[i] - l->best[beg] - (beg ? BACKOFF : 0));
	}
}

/* Whether a reading that reaches farther than letter i is much cheaper than any that ends before it. */
static bool hopeless(struct lattice *l, int i)
{
	if (l->ahead <= i) { /* that one has been passed */
		l->ahead = i + 1;
		for (int k = i + 2; k <= l->n && k <= i + FAR; k++)
			l->ahead = l->best[k] < l->best[l->ahead] ? k : l->ahead;
	}
	return l->best[l->ahead] < l->best[i] - BEAM;
}

static void build(struct lattice *l)
{
	l->nodes = 0;
	for (int i = 0; i <= l->n; i++) {
		l->at[i] = -1;
		l->best[i] = INT32_MAX / 4;
	}
	l->best[0] = 0;
	l->ahead = 0;
	for (int i = 0; i < l->n; i++) {
		if (!hopeless(l, i))
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
		if (whole > best + SURE)
			continue;
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
	return margin >= SURE ? .99f : .5f + .49f * (float)margin / SURE;
}

/* Boundaries of the best reading before letter `upto`; returns the last of
 * them (or of the window's start, 0). */
static int collect(struct lattice *l, int upto, uint32_t base, struct cuts *out, struct arena *a)
{
	int ends[WINDOW], n = 0;
	for (int16_t k = l->best_at[l->n]; k >= 0; k = l->node[k].prev)
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
