/* Joints inside runs of letters: how words count together and apart. */
#include "law/repair_joint.h"

enum { RUN_MAX = 40, NO_SPLIT = INT32_MIN };

#define WORD(s) { s, sizeof s - 1 }
static bool among(span w, const span *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].n == w.n && list[i].p[0] == to_lower(w.p[0]) && span_case_eq(w, list[i]))
			return true;
	return false;
}

/* Words that go with any other; "in", "out", "over" and the like, which compounds are made of, are not among them. */
static bool function_word(span w)
{
	static const span list[] = {
		WORD("the"), WORD("of"), WORD("and"), WORD("that"), WORD("which"), WORD("shall"), WORD("is"), WORD("was"), WORD("by"), WORD("be"), WORD("with"),
		WORD("from"), WORD("for"), WORD("to"), WORD("any"), WORD("such"), WORD("this"), WORD("not"), WORD("or"), WORD("are"), WORD("as"), WORD("it"),
		WORD("has"), WORD("had"), WORD("his"), WORD("were"), WORD("may"), WORD("an"), WORD("their"), WORD("these"), WORD("those"), WORD("will"),
		WORD("than"), WORD("been"),
	};
	return w.n && w.n <= 5 && among(w, list, sizeof list / sizeof *list);
}

/* What each split of w tells for two words against one, in eighths of a bit:
 * score[k] for a cut before letter k, NO_SPLIT where either half is no word. Loose: after
 * a function word, a form of a word will do ("and" "unedited"). Returns the best k; 0: none. */
static uint32_t split_scores(span w, bool loose, int score[RUN_MAX])
{
	struct word_walk walk = { 0 };
	int whole = word_cost(w);
	uint32_t best = 0;
	score[0] = NO_SPLIT;
	for (uint32_t k = 1; k < w.n; k++) {
		score[k] = NO_SPLIT;
		int left = word_walk_on(&walk, w.p[k - 1]), right = left >= 0 ? word_cost(span_sub(w, k, w.n)) : -1;
		bool form = loose && left >= 0 && right < 0 && w.n - k >= 6 && function_word(span_sub(w, 0, k)) && word_plausible(span_sub(w, k, w.n));
		if ((right < 0 && !form) || (is_upper(w.p[k]) && !is_upper(w.p[k - 1])))
			continue;
		if (whole < 0)
			whole = word_unknown_cost(w.n) - (word_plausible(w) ? 12 * WORD_BIT : 0);
		score[k] = whole - left - word_pair_cost(span_sub(w, 0, k), span_sub(w, k, w.n));
		if (!best || score[k] > score[best])
			best = k;
	}
	return best;
}

/* A split that needs no company: a pair seen often, one word of it a function
 * word. "area ways" and "type setting" are compounds that the table has not. */
static bool stands_alone(span w, uint32_t k)
{
	span x = span_sub(w, 0, k), y = span_sub(w, k, w.n);
	bool pair = word_pair_cost(x, y) < word_cost(y);
	if (w.n >= 7 && pair && (function_word(x) || function_word(y)))
		return true;
	bool first = k >= 2 && y.n >= 5 && function_word(x) && word_cost(x) < 60, last = y.n >= 3 && x.n >= 5 && function_word(y);
	return first || (last && word_cost(y) < 70);
}

/* Likely when no table holds the run, nothing like it is a word, and both
 * halves are common. A capital may be a name. */
static bool is_likely(span w, uint32_t k, int score)
{
	int left = word_cost(span_sub(w, 0, k)), right = word_cost(span_sub(w, k, w.n));
	bool common = left < 15 * WORD_BIT && right < 15 * WORD_BIT && (k >= 3 || left < 9 * WORD_BIT) &&
		      (w.n - k >= 3 || right < 9 * WORD_BIT);
	return (is_lower(w.p[0]) || is_upper(w.p[w.n - 1])) && w.n >= 6 && right >= 0 && common && score > 8 * WORD_BIT && !word_plausible(w);
}

enum joint_kind joint_in_word(span w, uint32_t *split)
{
	int score[RUN_MAX];
	if (w.n < 6 || w.n >= RUN_MAX || is_upper(w.p[0]) != is_upper(w.p[w.n - 1]))
		return JOINT_NONE;
	uint32_t at = *split = split_scores(w, false, score);
	if (!at || !is_likely(w, at, score[at]))
		return JOINT_NONE;
	return stands_alone(w, at) ? JOINT_SURE : JOINT_LIKELY;
}

/* "non-natural" */
bool joint_opens_compound(span w)
{
	static const char *const list[] = { "non", "co", "self", "pre", "post", "anti", "ex", "re", "sub", "semi", "multi", "inter", "quasi", "court", "well", "so" };
	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		if (span_case_eq(w, span_of(list[i])))
			return true;
	return false;
}

void joints_in_run(struct joint_search *g, uint32_t beg, uint32_t end)
{
	span w = span_sub(g->s, beg, end);
	int score[RUN_MAX];
	if (beg && g->s.p[beg - 1] == ']') /* "[M]istakes" */
		return;
	bool capitals = is_upper(w.p[w.n - 1]);
	if (w.n < 3 || w.n >= RUN_MAX || (!g->w.all && ((capitals && !capitals_before(g->s, beg)) || word_known(w))))
		return;
	uint32_t at = split_scores(w, g->w.all, score);
	if (!at)
		return;
	if (is_likely(w, at, score[at])) {
		joint_add(g, beg + at, (stands_alone(w, at) ? SURE : LIKELY) + (score[at] < 400 ? score[at] : 400));
		return;
	}
	bool hyphen = end < g->w.at.end && g->s.p[end] == '-';
	for (uint32_t k = 1; g->w.all && k < w.n; k++)
		if (score[k] > -12 * WORD_BIT)
			joint_add(g, beg + k, score[k] - (is_upper(w.p[0]) && !capitals ? 4 * WORD_BIT : 0) + (hyphen && joint_opens_compound(span_sub(w, k, w.n)) ? 20 * WORD_BIT : 0));
}

void joint_possessive(struct joint_search *g, uint32_t beg, uint32_t end)
{
	span rest = span_sub(g->s, beg + 1, end);
	int cost = word_cost(rest);
	if (rest.n >= 2 && cost >= 0 && !word_known(span_sub(g->s, beg, end)))
		joint_add(g, beg + 1, cost < 14 * WORD_BIT ? SURE : 20);
	else if (rest.n >= 1 && cost >= 0)
		joint_add(g, beg + 1, rest.n >= 3 && g->s.p[beg] == 's' ? 40 : -20);
}

static bool particle(span w)
{
	static const span list[] = {
		WORD("de"), WORD("la"), WORD("le"), WORD("di"), WORD("du"), WORD("van"), WORD("von"), WORD("mc"), WORD("mac"), WORD("el"), WORD("al"), WORD("da"),
		WORD("des"), WORD("der"), WORD("do"), WORD("dos"), WORD("st"), WORD("san"), WORD("ten"), WORD("bin"), WORD("ben"), WORD("vs"),
	};
	return w.n && w.n <= 3 && among(w, list, sizeof list / sizeof *list);
}

/* "ofMissouri", "theBIA", "DHLtruck": where small and large letters meet; how much a space between says. */
static int at_case(span x, span y, bool quote_after)
{
	bool known = word_known(x) && !particle(x), small = is_lower(x.p[0]);
	bool capitals = x.n >= 2 && is_upper(x.p[x.n - 1]);
	if (capitals) /* the large letter before small ones begins their word, or not */
		return word_known(y) && y.n >= 4 ? 30 : INT32_MIN;
	if (small && known && x.n >= 2 && y.n >= 3 && is_lower(y.p[1]))
		return SURE;
	if (small && known && x.n >= 2 && y.n >= 2 && is_upper(y.p[1]))
		return x.n >= 3 || function_word(x) ? LIKELY + 100 : 40;
	if (small && known && x.n >= 2)
		return quote_after ? LIKELY : 20;
	if (known && x.n >= 2 && y.n >= 2)
		return word_known(y) ? 20 : 0;
	return !particle(x) && x.n >= 4 && y.n >= 3 ? -30 : INT32_MIN;
}

bool joint_at_case(struct joint_search *g, uint32_t beg, uint32_t end)
{
	uint32_t k = beg + 1;
	while (k < end && is_upper(g->s.p[k]) == is_upper(g->s.p[k - 1]))
		k++;
	if (k == beg + 1 && k < end && is_upper(g->s.p[beg])) /* past the capital that begins a word */
		for (k++; k < end && is_lower(g->s.p[k]);)
			k++;
	if (k >= end)
		return false;
	bool quote = end + 1 < g->w.at.end && (g->s.p[end] == '\'' || (unsigned char)g->s.p[end] == 0xE2);
	int score = at_case(span_sub(g->s, beg, k), span_sub(g->s, k, end), quote);
	if (score != INT32_MIN)
		joint_add(g, k, score);
	return true;
}

/* Whether the parts that cuts make of w are all words; one alone of two letters is cheap and often wrong. */
static bool all_known(span w, const struct cuts *c)
{
	size_t from = 0, small = 0;
	for (size_t i = 0; i <= c->n; i++) {
		size_t to = i < c->n ? c->v[i].at : w.n;
		if (!word_known(span_sub(w, from, to)) || (i < c->n && c->v[i].confidence < .7f))
			return false;
		small += to - from <= 2;
		from = to;
	}
	return c->n && (small == 0 || c->n + 1 > small);
}

/* "inwriting" may be a form of a word, but the two are often written together. */
static bool seen_pair(span w, const struct cuts *c)
{
	span x = span_sub(w, 0, c->v[0].at), y = span_sub(w, c->v[0].at, w.n);
	return c->n == 1 && word_pair_cost(x, y) < word_cost(y);
}

void joints_run_on(span s, struct range at, struct joints *out, struct arena *a)
{
	for (uint32_t i = at.beg; i < at.end;) {
		uint32_t beg = i, end = run_end(span_sub(s, 0, at.end), i);
		span w = span_sub(s, beg, end);
		i = end + (end == beg);
		bool name = w.n && is_upper(w.p[0]) && w.n < 9;
		if (w.n < 4 || w.n >= RUN_MAX || name || is_upper(w.p[w.n - 1]) || word_known(w))
			continue;
		if (beg && (s.p[beg - 1] == ']' || s.p[beg - 1] == '\'' || (unsigned char)s.p[beg - 1] >= 0x80))
			continue;
		struct cuts cuts = { 0 };
		segment(w, 0, &cuts, a);
		if (!all_known(w, &cuts) || (word_plausible(w) && !seen_pair(w, &cuts)))
			continue;
		for (size_t k = 0; k < cuts.n; k++)
			*PUSH(a, out) = (struct joint){ beg + cuts.v[k].at, LIKELY, 0 };
	}
}
