#include "law/passage.h"

#define PASSAGE_MOST 300  /* words */
#define PASSAGE_LEAST 80

struct grouping {
	const struct doc *d;
	const struct outline *o;
	uint32_t *words; /* words before unit i; words[n] is the whole */
	struct passages list;
	uint32_t from, count; /* open passage: its first unit, its words */
	uint32_t holder;      /* the deepest unit that holds it, headings aside */
	bool open, headed;    /* headed: only headings so far */
	struct arena *a;
};

/* Words that begin in [beg, end): a byte above the space after one that is not. Clean text has no other control bytes. */
static uint32_t words_between(span text, uint32_t beg, uint32_t end)
{
	const unsigned char *p = (const unsigned char *)text.p;
	uint32_t words = 0;
	if (beg == 0 && end > 0) {
		words += p[0] > ' ';
		beg = 1;
	}
	for (uint32_t i = beg; i < end; i++)
		words += (p[i] > ' ') & (p[i - 1] <= ' ');
	return words;
}

/* Words of the bytes between the starts of units, summed: a subtree's words are a difference. */
static void count_words(struct grouping *g)
{
	span text = g->d->text.clean;
	const struct unit *v = g->o->v;
	uint32_t words = 0, from = 0;
	for (uint32_t unit = 0; unit < g->o->n; unit++) {
		words += words_between(text, from, v[unit].at.beg);
		from = v[unit].at.beg;
		g->words[unit] = words;
	}
	g->words[g->o->n] = words + words_between(text, from, (uint32_t)text.n);
}

/* Kinds of text that no passage may mix. */
static int family(enum unit_role r)
{
	switch (r) {
	case UNIT_FOOTNOTE:
	case UNIT_ANNOTATION:
	case UNIT_FURNITURE:
		return (int)r;
	case UNIT_HISTORY:
	case UNIT_NOTE:
		return (int)UNIT_NOTE;
	default:
		return 0;
	}
}

/* Closes the open passage at `end`. Furniture is counted and passed like all else, but makes no passage. */
static void flush(struct grouping *g, uint32_t end)
{
	if (!g->open)
		return;
	const struct unit *u = &g->o->v[g->from];
	g->open = false;
	if (u->role == UNIT_FURNITURE || end <= u->at.beg)
		return;
	*PUSH(g->a, &g->list) = (struct passage){ g->from, { u->at.beg, end }, g->o->v[g->holder].address };
}

/* The deepest unit that holds units x and y. */
static uint32_t common(const struct outline *o, uint32_t x, uint32_t y)
{
	while (x && y >= o->v[x].after)
		x = o->v[x].parent;
	return x;
}

/* Paragraphs have addresses of their own: the first one's is that of the group. */
static void join(struct grouping *g, uint32_t i)
{
	enum unit_role role = g->o->v[i].role;
	/* A heading holds nothing: what follows it is the holder. */
	if (role == UNIT_HEADING)
		return;
	bool counted = span_find_byte(g->o->v[g->holder].address, '#', 0) < g->o->v[g->holder].address.n;
	if (g->headed)
		g->holder = i;
	else if (!counted)
		g->holder = common(g->o, g->holder, i);
	g->headed = false;
}

/* Adds `words` words from unit i on to the open passage, or begins another. */
static void add(struct grouping *g, uint32_t i, uint32_t words)
{
	const struct unit *u = &g->o->v[i];
	if (g->open) {
		const struct unit *first = &g->o->v[g->from];
		bool apart = family(u->role) != family(first->role) || u->role == UNIT_FOOTNOTE || u->role == UNIT_ANNOTATION;
		/* Large enough to stand alone, it ends before a unit of its own level or above, and before one that can stand alone itself.
		 * Below, all is joined that fits. A heading is given room beyond the limit, so that it need not part from its text. */
		bool large = g->count >= PASSAGE_LEAST && !g->headed;
		bool full = g->count + words > PASSAGE_MOST + (g->headed ? PASSAGE_LEAST : 0) ||
			    (large && (u->level <= first->level || words >= PASSAGE_LEAST));
		if (apart || full)
			flush(g, u->at.beg);
	}
	if (!g->open) {
		if (!words)
			return;
		g->open = g->headed = true;
		g->from = g->holder = i;
		g->count = 0;
	}
	g->count += words;
	join(g, i);
}

/* True when all of the subtree of unit i is of its own family. */
static bool uniform(const struct outline *o, uint32_t i)
{
	for (uint32_t k = i + 1; k < o->v[i].after; k++)
		if (family(o->v[k].role) != family(o->v[i].role) || o->v[k].role == UNIT_FOOTNOTE)
			return false;
	return true;
}

/* From unit to unit: a subtree that fits goes in whole, and the walk goes on behind it; of one that does not, its own text alone, and then its
 * children in turn. Each unit is looked at once, but for the check of subtrees that fit, and those are bounded in words. */
struct passages passages_of(const struct doc *d, const struct outline *o, struct arena *a)
{
	struct grouping g = { .d = d, .o = o, .a = a, .words = NEWN(a, uint32_t, o->n + 1) };
	count_words(&g);
	for (uint32_t i = 0; i < o->n;) {
		uint32_t whole = g.words[o->v[i].after] - g.words[i];
		bool fits = whole <= PASSAGE_MOST && uniform(o, i);
		add(&g, i, fits ? whole : g.words[i + 1] - g.words[i]);
		i = fits ? o->v[i].after : i + 1;
	}
	flush(&g, (uint32_t)d->text.clean.n);
	return g.list;
}
