#include "law/repeat_align.h"

#include "law/segment.h"

/* LONG: words from which on a text is no form that is filled in. A word in EDIT_SHARE of
 * both texts may differ, at most EDITS_MOST: the frontiers take the square of that. */
enum { EDITS_MAX = 320, EDITS_MOST = 1200, EDIT_SHARE = 20, HEAD_WORDS = 150, LONG = 400, SCANNED = 100000 };

static bool in_word(char c)
{
	return is_alnum(c) || (unsigned char)c >= 0x80;
}

/* Every byte beyond ASCII counts as a letter, so texts need not be decoded to be compared. */
struct words words_of(span s, struct arena *a)
{
	struct words out = { .text = s };
	for (size_t i = 0; i < s.n;) {
		bool star = star_page(s, i);
		if (!in_word(s.p[i])) {
			i++;
			continue;
		}
		struct word w = { .beg = (uint32_t)i, .capital = is_upper(s.p[i]), .hash = 1469598103934665603u };
		for (; i < s.n && in_word(s.p[i]); i++) {
			w.number |= is_digit(s.p[i]);
			w.hash = (w.hash ^ (unsigned char)to_lower(s.p[i])) * 1099511628211u;
		}
		if (!star)
			*PUSH(a, &out) = w;
	}
	return out;
}

/* How often a word comes: 0, 1 or 2 for more. A name comes again long before SCANNED words. */
static size_t times(const struct words *w, const struct word *one)
{
	size_t n = 0;
	for (size_t i = 0; i < w->n && i < SCANNED && n < 2; i++)
		n += w->v[i].hash == one->hash;
	return n;
}

static bool hold_in_order(const struct words *w, const struct words *v)
{
	for (size_t i = 0; i + v->n <= w->n; i++) {
		size_t k = 0;
		while (k < v->n && w->v[i + k].hash == v->v[k].hash)
			k++;
		if (k == v->n)
			return true;
	}
	return false;
}

bool words_hold(const struct words *w, span value, bool in_order, struct arena *a)
{
	struct words v = words_of(value, a);
	if (in_order)
		return hold_in_order(w, &v);
	for (size_t i = 0; i < v.n; i++)
		if (!times(w, &v.v[i]))
			return false;
	return true;
}

bool words_long(const struct words *x, const struct words *y)
{
	return x->n >= LONG && y->n >= LONG;
}

/* --- alignment: Myers' greedy difference, its frontiers kept for the way back --- */

struct diff {
	const struct words *x, *y;
	struct arena *a;
	bool lengthy;    /* words_long */
	int32_t most;    /* differences that are borne */
	int32_t **front; /* front[d][k + d]: furthest place in x on diagonal k with d differences */
	int32_t d;       /* differences; -1: too many */
};

/* Along equal words, which cost nothing, on diagonal k (place in x less place in y). */
static int32_t slide(const struct diff *f, int32_t i, int32_t k)
{
	int32_t j = i - k;
	while ((size_t)i < f->x->n && (size_t)j < f->y->n && f->x->v[i].hash == f->y->v[j].hash) {
		i++;
		j++;
	}
	return i;
}

/* Furthest start on diagonal k with d differences, from the frontier of d - 1. */
static int32_t step(const int32_t *before, int32_t d, int32_t k)
{
	int32_t last = d - 1;
	int32_t down = k + 1 <= last ? before[k + 1 + last] : -1;      /* a word of y put in */
	int32_t right = k - 1 >= -last ? before[k - 1 + last] + 1 : -1; /* a word of x left out */
	return down > right ? down : right;
}

/* Shortest edit script, d differences after d - 1, until both ends are reached. Time and memory go with the differences squared, not with
 * the texts; beyond `most` it gives up, as such texts are no copies. */
static void align(struct diff *f)
{
	int32_t n = (int32_t)f->x->n, m = (int32_t)f->y->n;
	f->front = NEWN(f->a, int32_t *, (size_t)f->most + 1);
	for (f->d = 0; f->d <= f->most; f->d++) {
		int32_t d = f->d, *now = f->front[d] = NEWN(f->a, int32_t, 2 * (size_t)d + 1);
		for (int32_t k = -d; k <= d; k++) {
			/* Diagonals change with every difference, so only every other one can be reached with d. */
			bool gap = (k & 1) != (d & 1);
			int32_t i = gap ? -1 : d == 0 ? 0 : step(f->front[d - 1], d, k);
			if (!gap && (i < 0 || i > n || i - k > m || i - k < 0))
				i = -1;
			now[k + d] = i < 0 ? -2 : slide(f, i, k);
			if (now[k + d] == n && n - k == m)
				return;
		}
	}
	f->d = -1;
}

/* --- what differs --- */

/* Two words that stand for each other, as printed. */
struct pair {
	const struct word *x, *y;
	span xs, ys;
};
/* Of words that differ: what was misread (one of them is no word, or the other text has both), what may have been, what was not. */
enum reading { OTHER, DOUBTFUL, MISREAD };

static span word_text(span s, const struct word *w)
{
	size_t end = w->beg;
	while (end < s.n && in_word(s.p[end]))
		end++;
	return span_sub(s, w->beg, end);
}

/* What is left of two words between the letters they begin and end with alike. */
static void strip_alike(span *x, span *y)
{
	while (x->n && y->n && to_lower(x->p[0]) == to_lower(y->p[0])) {
		*x = span_sub(*x, 1, x->n);
		*y = span_sub(*y, 1, y->n);
	}
	while (x->n && y->n && to_lower(x->p[x->n - 1]) == to_lower(y->p[y->n - 1])) {
		x->n--;
		y->n--;
	}
}

static bool has_digit(span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (is_digit(s.p[i]))
			return true;
	return false;
}

/* In how many letters words of one length differ, or how long the differing middle of others is ("rn", "m");
 * `figures` when a digit is among them. */
static size_t letters_apart(span x, span y, bool *figures)
{
	size_t n = 0;
	strip_alike(&x, &y);
	*figures = has_digit(x) || has_digit(y);
	for (size_t i = 0; x.n == y.n && i < x.n; i++)
		n += to_lower(x.p[i]) != to_lower(y.p[i]);
	return x.n == y.n ? n : x.n > y.n ? x.n : y.n;
}

/* The digit that a letter looks like; 0: none. */
static char looks_like(char c)
{
	static const char letters[] = "OoQlIiZzSsB", digits[] = "00011122558";
	const char *at = c ? strchr(letters, c) : NULL;
	return at ? digits[at - letters] : 0;
}

/* "l874", "1874": letters where the other has the digits that they look like. A letter behind
 * a number may be its own ("10B"), but for O and l, which no section is numbered with. */
static bool letter_for_digit(span x, span y)
{
	if (x.n != y.n || x.n < 2)
		return false;
	for (size_t i = 0; i < x.n; i++) {
		char letter = is_digit(x.p[i]) ? y.p[i] : x.p[i], digit = is_digit(x.p[i]) ? x.p[i] : y.p[i];
		bool last = i + 1 == x.n && letter != 'O' && letter != 'l';
		if (x.p[i] != y.p[i] && (looks_like(letter) != digit || last))
			return false;
	}
	return true;
}

/* How many letters stand beside the figures of a number: "4th" 2, "lease5" (with a footnote's call) 5. */
static size_t letters_in(span x)
{
	size_t n = 0;
	for (size_t i = 0; i < x.n; i++)
		n += !is_digit(x.p[i]);
	return n;
}

/* Whether one text has, elsewhere, the form that the other has here. */
static bool remains(const struct diff *f, const struct pair *p)
{
	return times(f->y, p->x) || times(f->x, p->y);
}

/* A form that comes again and again where the other text has it nowhere is no chance: a name was changed throughout. */
static bool throughout(const struct diff *f, const struct pair *p)
{
	return (times(f->x, p->x) > 1 || times(f->y, p->y) > 1) && !remains(f, p);
}

/* Figures must all be the same: a digit alike makes another number. Letters beside them may be misread, where
 * there is more than one: one alone may count ("12a", "12b"). */
static enum reading read_number(const struct diff *f, const struct pair *p)
{
	bool figures;
	if (f->lengthy && letter_for_digit(p->xs, p->ys))
		return MISREAD;
	if (letters_apart(p->xs, p->ys, &figures) > 2 || figures)
		return OTHER;
	bool word = letters_in(p->xs) > 1 && !throughout(f, p);
	return word || (f->lengthy && remains(f, p)) ? MISREAD : OTHER;
}

/* "Consent", "Cousent". A name may differ from another by as little ("Hansen", "Hanson"), so in a short text one
 * must be a word and the other none. In a long one a name comes more than once, and tells. */
static enum reading read_name(const struct diff *f, const struct pair *p)
{
	bool figures;
	size_t n = p->xs.n < p->ys.n ? p->xs.n : p->ys.n, apart = letters_apart(p->xs, p->ys, &figures);
	if (apart > n / 2 || apart > 2 || figures)
		return OTHER;
	if (throughout(f, p))
		return OTHER;
	if (n >= 5 && word_plausible(p->xs) != word_plausible(p->ys))
		return MISREAD;
	if (f->lengthy && remains(f, p))
		return MISREAD;
	return f->lengthy && apart <= (n + 1) / 4 ? DOUBTFUL : OTHER;
}

/* What may keep documents apart: a number anywhere, a name in the head. */
static bool counts(const struct word *w, size_t at)
{
	return w->number || (w->capital && at < HEAD_WORDS);
}

/* The differing word, and what it would mean if it is one: a number, or in the head a name. */
static void count(struct differences *out, const struct word *w, size_t at)
{
	out->numbers += w->number;
	out->names += !w->number && counts(w, at);
}

static void judge_pair(const struct diff *f, size_t i, size_t k, struct differences *out)
{
	struct pair p = { .x = &f->x->v[i], .y = &f->y->v[k] };
	if (!counts(p.x, i) && !counts(p.y, k))
		return;
	p.xs = word_text(f->x->text, p.x);
	p.ys = word_text(f->y->text, p.y);
	enum reading r = p.x->number || p.y->number ? read_number(f, &p) : read_name(f, &p);
	out->doubts += r == DOUBTFUL;
	if (r == OTHER) {
		count(out, p.x, i);
		count(out, p.y, k);
	}
}

/* Words of x from xi on where y has those from yi on: all that differs between two that are the same. */
struct hunk {
	size_t xi, xn, yi, yn;
};

/* The letters of words w[0..n), as one. */
static span letters_of(const struct words *w, size_t at, size_t n, struct arena *a)
{
	span out = { 0 };
	for (size_t i = at; i < at + n; i++)
		out = arena_printf(a, "%.*s%.*s", SPAN_ARG(out), SPAN_ARG(word_text(w->text, &w->v[i])));
	return out;
}

/* "con tinue", "18 74": the same letters, cut elsewhere, as at a line's end. In a short text "1 (1)" is not 11. */
static bool cut_elsewhere(const struct diff *f, const struct hunk *h)
{
	if (!f->lengthy || !h->xn || !h->yn || h->xn + h->yn > 6 || h->xn == h->yn)
		return false;
	span x = letters_of(f->x, h->xi, h->xn, f->a), y = letters_of(f->y, h->yi, h->yn, f->a);
	strip_alike(&x, &y);
	return !x.n && !y.n;
}

static void judge(const struct diff *f, const struct hunk *h, struct differences *out)
{
	if (cut_elsewhere(f, h))
		return;
	if (h->xn == h->yn) {
		for (size_t k = 0; k < h->xn; k++)
			judge_pair(f, h->xi + k, h->yi + k, out);
		return;
	}
	for (size_t i = h->xi; i < h->xi + h->xn; i++)
		count(out, &f->x->v[i], i);
	for (size_t i = h->yi; i < h->yi + h->yn; i++)
		count(out, &f->y->v[i], i);
}

/* Walks the frontiers back. What differs without a common word between is one hunk. */
static struct differences read_back(const struct diff *f)
{
	struct differences out = { .edits = (unsigned)f->d };
	int32_t i = (int32_t)f->x->n, j = (int32_t)f->y->n;
	struct hunk h = { .xi = f->x->n, .yi = f->y->n };
	for (int32_t d = f->d; d > 0; d--) {
		/* Back by the move that led furthest: down a word of y was put in, right a word of x left out. */
		int32_t k = i - j, last = d - 1, *before = f->front[last];
		int32_t down = k + 1 <= last ? before[k + 1 + last] : -2, right = k - 1 >= -last ? before[k - 1 + last] : -2;
		bool put_in = (down >= 0 && down > right) || right < 0;
		i = put_in ? down : right;
		j = put_in ? i - (k + 1) : i - (k - 1);
		if (i < 0 || j < 0)
			break;
		if ((size_t)(i + !put_in) != h.xi || (size_t)(j + put_in) != h.yi) {
			judge(f, &h, &out);
			h = (struct hunk){ 0 };
		}
		h = (struct hunk){ (size_t)i, h.xn + !put_in, (size_t)j, h.yn + put_in };
	}
	judge(f, &h, &out);
	return out;
}

/* Copies of long texts are misread in more places than those of short ones. */
static int32_t edits_borne(const struct words *x, const struct words *y)
{
	size_t share = (x->n + y->n) / EDIT_SHARE;
	return share < EDITS_MAX ? EDITS_MAX : share > EDITS_MOST ? EDITS_MOST : (int32_t)share;
}

bool words_compare(const struct words *x, const struct words *y, struct arena *a, struct differences *out)
{
	struct diff f = { .x = x, .y = y, .a = a, .lengthy = words_long(x, y), .most = edits_borne(x, y) };
	struct arena_mark before = arena_here(a);
	align(&f);
	if (f.d >= 0)
		*out = read_back(&f);
	arena_rewind(a, before); /* the frontiers of long texts take megabytes, and a document has several candidates */
	return f.d >= 0;
}
