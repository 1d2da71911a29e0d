/* Words that lost the line end between them. Some joints are beyond doubt on
 * their own ("topublic"); where those come one line's width apart, the text was
 * wrapped and its line ends deleted, and then every line must end in one more
 * joint. The lines of a paragraph are found together, as the cheapest way from
 * its start to its end, so that a doubtful joint ("another" or "an other") is
 * settled by the lines before and after it. */
#include "law/repair_joint.h"
#include "base/sort.h"

enum {
	WIDTH_MIN = 30,
	WIDTH_MAX = 200,
	SPREAD_MAX = 24, /* between the narrowest and the widest line */
	SLACK = 6,       /* columns that a line may be off */
	FIT = 12 * WORD_BIT,  /* for a line that ends where it should */
	LOST = 24 * WORD_BIT, /* for going on from a line that does not */
	ENOUGH = 36 * WORD_BIT, /* no joint counts for more */
	BEAM = 40 * WORD_BIT
};

/* Lines were wrapped at lo to hi columns. */
struct width {
	uint32_t lo, hi; /* 0: unknown */
};
struct glue {
	span s;
	struct joints js; /* those that stand for themselves */
	struct width w;
	int kept;         /* what it costs a line end that its space was kept */
	struct arena *a;
};

/* The next word, white space to white space, from byte i on; false at the end. */
static bool next_word(span s, uint32_t i, struct range *word)
{
	while (i < s.n && is_space(s.p[i]))
		i++;
	word->beg = i;
	while (i < s.n && !is_space(s.p[i]))
		i++;
	word->end = i;
	return word->end > word->beg;
}

static void find_joints(struct glue *g)
{
	struct word_at w = { 0 };
	for (uint32_t i = 0; next_word(g->s, i, &w.at); i = w.at.end) {
		if (w.at.beg && g->s.p[w.at.beg - 1] == '\n')
			w.quoted = false;
		w.quoted = joints_in(g->s, w, &g->js, g->a);
	}
}

/* --- width --- */

/* Joints at labels, quotation marks and between figures are the habit of some codes ("(7)"Client"", "3,4-Methyl"): they do
 * not tell that spaces were lost elsewhere. */
static bool telling(const struct glue *g, const struct joint *j)
{
	char p = g->s.p[j->at - 1], c = g->s.p[j->at];
	return p != '"' && c != '"' && !(p == ',' && is_digit(c));
}

/* Joints inside runs of letters or after a sentence. */
static bool in_words(const struct glue *g, const struct joint *j)
{
	char p = g->s.p[j->at - 1];
	return is_alpha(g->s.p[j->at]) && (is_alpha(p) || p == '.' || p == ',' || p == ';');
}

/* A line in columns, and the word that did not fit on it. */
struct gap {
	uint32_t len, next;
};
struct gaps {
	struct gap *v;
	size_t n, cap;
};

/* From joint to joint of a paragraph, its start counted as one; the first that is looked at begins at `from`. */
static struct gaps gaps_of(const struct glue *g, struct joints js, uint32_t from)
{
	struct gaps out = { 0 };
	uint32_t line = from;
	for (size_t i = 0; i < js.n; i++) {
		const struct joint *j = &js.v[i];
		for (size_t end; (end = span_find_byte(span_sub(g->s, 0, j->at), '\n', line)) < j->at;)
			from = line = (uint32_t)end + 1;
		if (!telling(g, j))
			continue;
		uint32_t len = columns(g->s, from, j->at);
		if (len >= WIDTH_MIN && len <= WIDTH_MAX)
			*PUSH(g->a, &out) = (struct gap){ len, j->next };
		from = line = j->at;
	}
	return out;
}

/* The columns at which most lines may have been wrapped; how many of them agree. */
static uint32_t usual_width(const struct gaps *l, size_t *agree)
{
	enum { COLUMNS = WIDTH_MAX + 64 };
	uint32_t votes[COLUMNS + 1] = { 0 }, best = 0, plateau = 0;
	for (size_t i = 0; i < l->n; i++)
		for (uint32_t k = l->v[i].len; k <= l->v[i].len + l->v[i].next && k < COLUMNS; k++)
			votes[k]++;
	for (uint32_t k = 0; k < COLUMNS; k++)
		best = votes[k] > votes[best] ? k : best;
	while (best + plateau + 1 < COLUMNS && votes[best + plateau + 1] == votes[best])
		plateau++;
	*agree = votes[best];
	return best + plateau / 2;
}

/* How many joints lines of this width would have left in s. */
static size_t joints_due(span s, uint32_t width)
{
	size_t n = 0;
	for (size_t at = 0; at < s.n;) {
		size_t end = span_find_byte(s, '\n', at);
		n += (end - at) / width;
		at = end + 1;
	}
	return n;
}

/* The narrowest range of widths that nearly all lines near the usual one fit. */
static struct width width_of(const struct glue *g, const struct gaps *l, uint32_t usual, size_t *near)
{
	uint32_t *shortest = NEWN(g->a, uint32_t, l->n + 1), *longest = NEWN(g->a, uint32_t, l->n + 1);
	size_t n = 0;
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].len * 5 <= usual * 6 && (l->v[i].len + l->v[i].next) * 5 >= usual * 4) {
			shortest[n] = l->v[i].len;
			longest[n++] = l->v[i].len + l->v[i].next;
		}
	*near = n;
	if (!n)
		return (struct width){ 0, 0 };
	sort_numbers(shortest, n);
	sort_numbers(longest, n);
	uint32_t hi = shortest[n - 1 - n / 16], lo = longest[n / 16];
	return hi < lo ? (struct width){ hi, lo } : (struct width){ lo, hi };
}

/* What it costs a line end that its space was kept: the more where more joints were found of those due. */
static int kept_cost(size_t found, size_t due)
{
	size_t share = due ? found * 100 / due : 100;
	return 5 * WORD_BIT + (int)(share > 50 ? 50 : share) * WORD_BIT * 2 / 5;
}

static void find_width(struct glue *g)
{
	if (g->js.n < 3)
		return;
	struct gaps l = gaps_of(g, g->js, 0);
	size_t agree = 0, near = 0;
	uint32_t usual = usual_width(&l, &agree);
	if (agree < 2 || agree * 4 < l.n)
		return;
	struct width w = width_of(g, &l, usual, &near);
	size_t due = joints_due(g->s, usual);
	bool most = agree * 5 >= l.n * 2 || near * 3 >= l.n * 2;
	if (!most || g->js.n * 4 < due || w.hi - w.lo > SPREAD_MAX)
		return;
	g->w = w;
	g->kept = kept_cost(g->js.n, due);
}

/* Lines of an indented paragraph are shorter than those of the text. The width of one paragraph, when its own joints tell
 * it better than that of the whole; else that of the whole, 0 when there is none. */
static struct width own_width(const struct glue *g, struct range at, struct joints js, int *kept)
{
	*kept = g->kept;
	if (js.n < 3)
		return g->w;
	struct gaps l = gaps_of(g, js, at.beg);
	size_t agree = 0, near = 0, fits = 0;
	uint32_t usual = usual_width(&l, &agree);
	for (size_t i = 0; i < l.n && g->w.lo; i++)
		fits += l.v[i].len <= g->w.hi && l.v[i].len + l.v[i].next >= g->w.lo;
	if (agree < 3 || agree * 2 < l.n || agree < fits * 3)
		return g->w;
	struct width w = width_of(g, &l, usual, &near);
	size_t due = (at.end - at.beg) / usual;
	if (js.n * 4 < due || w.hi - w.lo > SPREAD_MAX)
		return g->w;
	*kept = kept_cost(js.n, due);
	return w;
}

/* --- lines --- */

/* Where a line begins, on the best way there. */
struct node {
	uint32_t at, col; /* byte, and column from the start of the paragraph */
	int score;
	int joint;        /* score of the joint there; INT32_MIN: the space was kept */
	int32_t prev;
};
struct walk {
	struct glue *g;
	struct { struct node *v; size_t n, cap; } nodes;
	size_t head;      /* nodes before it are too far back to begin the line that is read */
	size_t top;       /* the best of all */
	struct joints js; /* of the word that is read */
};

static int log2_eighths(uint32_t part, uint32_t of)
{
	int bits = 0;
	for (; part * 2 <= of; part *= 2)
		bits -= WORD_BIT;
	return bits;
}

/* For a line of len columns before a word of `next`; INT32_MIN: it cannot be. */
static int fit(struct width w, uint32_t len, uint32_t next)
{
	uint32_t beg = len > w.lo ? len : w.lo, end = len + next < w.hi ? len + next : w.hi;
	if (beg <= end)
		return FIT + log2_eighths(end - beg + 1, w.hi - w.lo + 1);
	return beg - end > SLACK ? INT32_MIN : -4 * WORD_BIT - (int)(beg - end) * WORD_BIT;
}

/* A line may end before the word of `next` columns at n: from which start is that best? */
static void relax(struct walk *k, struct node n, uint32_t next)
{
	int own = n.joint == INT32_MIN ? -k->g->kept : n.joint > ENOUGH ? ENOUGH : n.joint;
	n.score = INT32_MIN;
	while (k->head < k->nodes.n && k->nodes.v[k->head].col + k->g->w.hi + SLACK < n.col)
		k->head++;
	for (size_t i = k->head; i < k->nodes.n; i++) {
		const struct node *u = &k->nodes.v[i];
		int f = u->col < n.col ? fit(k->g->w, n.col - u->col, next) : INT32_MIN;
		if (f != INT32_MIN && u->score + f + own > n.score) {
			n.score = u->score + f + own;
			n.prev = (int32_t)i;
		}
	}
	int lost = k->nodes.v[k->top].score + own - LOST;
	if (n.joint >= LIKELY && lost > n.score) {
		n.score = lost;
		n.prev = (int32_t)k->top;
	}
	if (n.score == INT32_MIN || n.score < k->nodes.v[k->top].score - BEAM)
		return;
	*PUSH(k->g->a, &k->nodes) = n;
	if (n.score >= k->nodes.v[k->top].score)
		k->top = k->nodes.n - 1;
}

/* A word in a paragraph that ends at byte `end`; sure: its joints that stand for themselves. */
static void read_word(struct walk *k, struct word_at w, uint32_t col, struct joints sure, uint32_t end)
{
	struct glue *g = k->g;
	uint32_t stop = col + columns(g->s, w.at.beg, w.at.end);
	while (k->head < k->nodes.n && k->nodes.v[k->head].col + g->w.hi + SLACK < col)
		k->head++; /* too far back to end a line here */
	bool near = k->head < k->nodes.n && k->nodes.v[k->head].col + g->w.lo <= stop + SLACK;
	if (near) {
		k->js.n = 0;
		w.all = true;
		joints_in(g->s, w, &k->js, g->a);
		sure = k->js;
	}
	uint32_t from = w.at.beg;
	for (size_t i = 0; i < sure.n; i++) {
		struct joint j = sure.v[i];
		col += columns(g->s, from, j.at);
		from = j.at;
		relax(k, (struct node){ .at = j.at, .col = col, .joint = j.score }, j.next);
	}
	struct range after;
	if (near && next_word(span_sub(g->s, 0, end), w.at.end, &after)) {
		uint32_t gap = after.beg - w.at.end;
		relax(k, (struct node){ .at = after.beg, .col = stop + gap, .joint = INT32_MIN }, columns(g->s, after.beg, after.end));
	}
}

/* The joints of the best way through a paragraph, marked by a score of at least LIKELY + 1. */
static void choose(struct walk *k, uint32_t col, struct joints *out)
{
	size_t best = k->top;
	for (size_t i = k->head; i < k->nodes.n; i++)
		if (k->nodes.v[i].score >= k->nodes.v[best].score - LOST && col - k->nodes.v[i].col <= k->g->w.hi + SLACK &&
		    (best < k->head || k->nodes.v[i].score > k->nodes.v[best].score))
			best = i;
	size_t from = out->n;
	for (int32_t i = (int32_t)best; i > 0; i = k->nodes.v[i].prev)
		if (k->nodes.v[i].joint != INT32_MIN)
			*PUSH(k->g->a, out) = (struct joint){ .at = k->nodes.v[i].at, .score = k->nodes.v[i].joint };
	for (size_t i = from, z = out->n; i + 1 < z; i++) { /* they came last first */
		struct joint j = out->v[i];
		out->v[i] = out->v[--z];
		out->v[z] = j;
	}
}

static void accept(struct glue *g, const struct joint *j, struct edits *out, float confidence)
{
	edit_push(out, g->a, "glued-words", (struct range){ j->at, j->at }, confidence)->after = SPAN(" ");
}

/* How often joints of a score at a line end were right, measured on damaged codes and opinions. */
static float trust(int score)
{
	return score > 150 ? .99f : score > 50 ? .98f : score > -50 ? .94f : score > -100 ? .75f : .4f;
}

/* A joint that is more often wrong than right: the word stays, and may be read as two. */
static void at_line_end(struct glue *g, const struct joint *j, struct edits *out)
{
	uint32_t beg = j->at, end = j->at;
	float sure = trust(j->score);
	while (beg > 0 && is_alpha(g->s.p[beg - 1]) && j->at - beg < 40)
		beg--;
	while (end < g->s.n && is_alpha(g->s.p[end]) && end - j->at < 40)
		end++;
	if (sure >= .5f)
		accept(g, j, out, sure);
	else if (beg < j->at && j->at < end)
		edit_push(out, g->a, EDIT_READING, (struct range){ beg, end }, sure)->after =
			arena_printf(g->a, "%.*s %.*s", SPAN_ARG(span_sub(g->s, beg, j->at)), SPAN_ARG(span_sub(g->s, j->at, end)));
}

/* The line ends of a paragraph, and what stands for itself between them. */
static void read_paragraph(struct glue *g, struct range at, size_t *first, struct edits *out)
{
	struct walk k = { .g = g };
	struct joints chosen = { 0 };
	struct word_at w = { 0 };
	uint32_t col = 0, from = at.beg;
	size_t i = *first;
	*PUSH(g->a, &k.nodes) = (struct node){ .at = at.beg, .prev = -1 };
	while (next_word(span_sub(g->s, 0, at.end), from, &w.at)) {
		col += w.at.beg - from;
		size_t n = 0;
		while (i + n < g->js.n && g->js.v[i + n].at < w.at.end)
			n++;
		read_word(&k, w, col, (struct joints){ g->js.v + i, n, n }, at.end);
		for (uint32_t q = w.at.beg; q < w.at.end; q++)
			w.quoted ^= g->s.p[q] == '"';
		col += columns(g->s, w.at.beg, w.at.end);
		from = w.at.end;
		i += n;
	}
	choose(&k, col, &chosen);
	for (size_t c = 0, z = *first; c < chosen.n || z < i;) {
		bool line = c < chosen.n && (z == i || chosen.v[c].at <= g->js.v[z].at);
		const struct joint *j = line ? &chosen.v[c] : &g->js.v[z];
		if (line || j->score >= SURE)
			at_line_end(g, j, out);
		z += z < i && g->js.v[z].at == j->at;
		c += line;
	}
	*first = i;
}

/* How many joints of words there are, when they are as many as in a text that loses its spaces: more than one sure in
 * some three hundred words. One compound that comes again and again is likely each time, never sure. */
static size_t losses(const struct glue *g)
{
	size_t sure = 0, n = 0;
	for (size_t i = 0; i < g->js.n; i++) {
		bool word = in_words(g, &g->js.v[i]);
		n += word;
		sure += word && g->js.v[i].score >= SURE;
	}
	return sure >= 2 && n >= 4 && sure * 6 >= n && n * 2000 > g->s.n ? n : 0;
}

/* Runs of letters of a paragraph without lines that only the text's losing its spaces here and there explains. */
static void read_loose(struct glue *g, struct range at, size_t *first, bool run_on, struct edits *out)
{
	struct joints more = { 0 };
	if (run_on)
		joints_run_on(g->s, at, &more, g->a);
	for (size_t i = 0; i < more.n; i++)
		accept(g, &more.v[i], out, .9f);
	for (; *first < g->js.n && g->js.v[*first].at < at.end; ++*first)
		accept(g, &g->js.v[*first], out, g->js.v[*first].score >= SURE ? .95f : .85f);
}

/* Paragraph by paragraph: by its lines where a width is known, else word by word. */
static void read_text(struct glue *g, size_t lost, struct edits *out)
{
	const struct width whole = g->w;
	const int kept = g->kept;
	bool run_on = !whole.lo && lost >= 8 && lost * 1000 > g->s.n;
	size_t first = 0;
	for (uint32_t at = 0; at < g->s.n;) {
		uint32_t end = (uint32_t)span_find_byte(g->s, '\n', at);
		size_t own = first;
		while (own < g->js.n && g->js.v[own].at < end)
			own++;
		g->w = own_width(g, (struct range){ at, end }, (struct joints){ g->js.v + first, own - first, own - first }, &g->kept);
		if (g->w.lo)
			read_paragraph(g, (struct range){ at, end }, &first, out);
		else
			read_loose(g, (struct range){ at, end }, &first, run_on, out);
		g->w = whole;
		g->kept = kept;
		at = end + 1;
	}
}

struct edits repair_glued(const struct text *t, struct arena *a)
{
	struct edits out = { 0 };
	struct glue g = { .s = t->clean, .a = a };
	find_joints(&g);
	find_width(&g);
	size_t lost = losses(&g);
	if (g.w.lo || lost)
		read_text(&g, lost, &out);
	for (size_t i = 0; !g.w.lo && !lost && i < g.js.n; i++)
		if (g.js.v[i].score >= SURE)
			accept(&g, &g.js.v[i], &out, .95f);
	edits_settle(&out);
	return out;
}
