/* Line numbers inside running text, where line ends became spaces: "... held a
 * 18 further conference at the request 19 of counsel ...". Bare numbers that
 * go up by one, a line's width apart each time, are no chance. */
#include "law/repair_private.h"
#include "base/sort.h"

enum { NEAR = 28, FAR = 150, RUN_MIN = 6, NUMBER_MAX = 32, WORD_MOST = 24 };

struct bare {
	uint32_t beg, end;
	int value;
	bool opens; /* a line */
	bool used;
};
struct bares {
	struct bare *v;
	size_t n, cap;
};

/* A number may touch the line it begins ("held a 18further"), but not as an ordinal or a series does: "12th", "3d". */
static bool touches_text(span s, uint32_t k)
{
	static const char *const ends[] = { "st", "nd", "rd", "th", "d" };
	span rest = span_sub(s, k, s.n);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		span e = span_of(ends[i]);
		if (span_case_starts(rest, e) && (rest.n == e.n || !is_alpha(rest.p[e.n])))
			return false;
	}
	bool word = span_find_byte(span_sub(rest, 0, WORD_MOST), ' ', 0) < WORD_MOST; /* else the text has no spaces: not ours */
	return word && (is_alpha(rest.p[0]) || rest.p[0] == '(' || rest.p[0] == '"');
}

/* The number at i, standing alone between white space and white space, or before the text of its line. */
static int bare_number(span s, uint32_t i, uint32_t *end)
{
	int v = 0;
	uint32_t k = i;
	while (k < s.n && is_digit(s.p[k]) && k - i < 3)
		v = v * 10 + (s.p[k++] - '0');
	*end = k;
	bool cell = i >= 2 && s.p[i - 2] == '|'; /* of a table */
	bool alone = k > i && !cell && k < s.n && (s.p[k] == ' ' || touches_text(s, k)) && (i == 0 || is_space(s.p[i - 1]));
	return alone && v <= NUMBER_MAX && s.p[i] != '0' ? v : 0;
}

/* Whether number i opens a line; there a paragraph ended, and the last line before may be short. */
static bool opens_line(span s, uint32_t i)
{
	while (i > 0 && s.p[i - 1] == ' ')
		i--;
	return i == 0 || s.p[i - 1] == '\n';
}

static bool after_sentence(span s, uint32_t i)
{
	return i >= 2 && s.p[i - 1] == ' ' && memchr(".;:)", s.p[i - 2], 4) != NULL;
}

static struct bares bares_of(span s, struct arena *a)
{
	struct bares out = { 0 };
	for (uint32_t i = 0; i < s.n;) {
		if (!is_digit(s.p[i])) {
			i++;
			continue;
		}
		uint32_t end;
		int v = bare_number(s, i, &end);
		if (v)
			*PUSH(a, &out) = (struct bare){ .beg = i, .end = end, .value = v, .opens = opens_line(s, i) };
		i = end;
	}
	return out;
}

struct run_of {
	size_t v[64];
	size_t n;
	bool restarted;
};

/* "28 U.S.C.", "29 C.F.R.": a number that belongs to what follows. */
static bool of_title(span s, uint32_t end)
{
	static const char *const list[] = { " U.S.", " C.F.R.", " Stat.", " F.", " S. Ct.", " of ", " and ", " or " };
	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		if (span_starts(span_sub(s, end, s.n), span_of(list[i])))
			return true;
	return false;
}

/* Whether the word before a number is one that numbers follow anyway, or the word after has a number before it. */
static bool counted(span s, const struct bare *n)
{
	uint32_t beg = n->beg;
	if (of_title(s, n->end))
		return true;
	uint32_t e = beg;
	while (e > 0 && is_space(s.p[e - 1]))
		e--;
	uint32_t b = e;
	while (b > 0 && !is_space(s.p[b - 1]) && e - b < 20)
		b--;
	span w = span_sub(s, b, e);
	static const char *const list[] = { "Section", "section", "subsection", "subsections", "subdivision", "paragraph", "option", "subsecs.", "Sec.", "\xC2\xA7", "Class", "class", "Chapter", "Article", "Rule", "No.", "Count", "Title", "Level", "Item", "Part", "Step", "Table", "page", "p.", "Day" };
	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		if (span_eq(w, span_of(list[i])))
			return true;
	return false;
}

/* The next `want` after member `at`; one that a word counts only if `any`. */
static size_t find_next(span s, const struct bares *b, size_t at, int want, bool any)
{
	struct bare from = b->v[at];
	for (size_t k = at + 1; k < b->n && b->v[k].beg < from.beg + FAR; k++) {
		const struct bare *x = &b->v[k];
		bool apart = x->opens || x->beg > from.beg + (after_sentence(s, x->beg) ? 4 : NEAR);
		if (x->value == want && !x->used && apart && (any || !counted(s, x)))
			return k;
	}
	return SIZE_MAX;
}

/* The next number of the run after member `at`: one more, or 1 after a page's last. */
static size_t next_of(span s, const struct bares *b, size_t at)
{
	int value = b->v[at].value;
	size_t next = find_next(s, b, at, value + 1, false);
	if (next == SIZE_MAX && value >= 20)
		next = find_next(s, b, at, 1, false);
	return next == SIZE_MAX ? find_next(s, b, at, value + 1, true) : next;
}

static uint32_t gap_of(const struct bares *b, const struct run_of *r, size_t i)
{
	return b->v[r->v[i + 1]].beg - b->v[r->v[i]].beg;
}

/* Most gaps inside paragraphs near their median; short_items: without those after the
 * end of a sentence, where the last line of an item may be short. */
static bool spaced(span s, const struct bares *b, const struct run_of *r, size_t least, bool short_items)
{
	uint32_t gaps[64];
	size_t near = 0, n = 0;
	for (size_t i = 0; i + 1 < r->n; i++) {
		const struct bare *next = &b->v[r->v[i + 1]];
		if (!next->opens && gap_of(b, r, i) > NEAR && !(short_items && after_sentence(s, next->beg)))
			gaps[n++] = gap_of(b, r, i);
	}
	if (n < least || !n)
		return false;
	sort_numbers(gaps, n);
	uint32_t median = gaps[n / 2];
	for (size_t i = 0; i < n; i++)
		near += gaps[i] * 4 >= median * 3 && gaps[i] * 4 <= median * 5;
	return near * 5 >= n * 3;
}

/* The word before i. */
static span word_before(span s, uint32_t i)
{
	uint32_t end = i;
	while (end > 0 && is_space(s.p[end - 1]))
		end--;
	uint32_t beg = end;
	while (beg > 0 && end - beg < 20 && is_alpha(s.p[beg - 1]))
		beg--;
	return span_sub(s, beg, end);
}

static uint32_t column(span s, uint32_t i)
{
	uint32_t beg = i;
	while (beg > 0 && s.p[beg - 1] != '\n' && i - beg < FAR)
		beg--;
	return i - beg;
}

/* Numbers that one word counts again and again ("Subdistrict 1 ... Subdistrict 2"), or
 * with no words between them, as in a table; or in one column of line after line, as in the sheet of a docket. */
static bool listed(span s, const struct bares *b, const struct run_of *r)
{
	size_t again = 0, hollow = 0, below = 0;
	for (size_t i = 0; i + 1 < r->n; i++) {
		const struct bare *x = &b->v[r->v[i]], *y = &b->v[r->v[i + 1]];
		span w = word_before(s, x->beg);
		uint32_t letters = 0;
		for (uint32_t k = x->end; k < y->beg; k++)
			letters += is_alpha(s.p[k]);
		again += w.n >= 3 && span_eq(w, word_before(s, y->beg));
		hollow += letters * 3 < y->beg - x->end;
		uint32_t col = column(s, x->beg);
		below += col && col < FAR && col == column(s, y->beg);
	}
	return again * 2 >= r->n || below * 2 >= r->n || hollow * 4 > r->n;
}

/* Even spacing, and not a list of counted things. `least` gaps there must be. */
static bool even(span s, const struct bares *b, const struct run_of *r, size_t least)
{
	size_t counts = 0;
	for (size_t i = 0; i < r->n; i++)
		counts += counted(s, &b->v[r->v[i]]);
	return counts * 3 <= r->n && !listed(s, b, r) && (spaced(s, b, r, least, false) || spaced(s, b, r, least, true));
}

static void drop(span s, const struct bare *b, struct edits *out, struct arena *a)
{
	uint32_t end = b->end;
	while (end < s.n && s.p[end] == ' ' && end < b->end + 4)
		end++;
	edit_push(out, a, "line-number", (struct range){ b->beg, end }, .95f);
}

/* Runs from every number on that no run has; one of the sure ones vouches for shorter ones. */
static bool take_runs(span s, struct bares *b, bool sure, struct edits *out, struct arena *a)
{
	for (size_t i = 0; i < b->n; i++) {
		struct run_of r = { .n = 0 };
		for (size_t k = b->v[i].used ? SIZE_MAX : i; k != SIZE_MAX && r.n < 64; k = next_of(s, b, k))
			r.v[r.n++] = k;
		bool enough = r.n >= RUN_MIN || (sure && r.n >= 3);
		if (!enough || !even(s, b, &r, sure ? 1 : 4)) {
			i = r.n >= 16 ? r.v[r.n / 2] - 1 : i; /* the cost stays linear */
			continue;
		}
		sure = true;
		for (size_t k = 0; k < r.n; k++) {
			b->v[r.v[k]].used = true;
			drop(s, &b->v[r.v[k]], out, a);
		}
		i = r.n == 64 ? r.v[63] - 1 : i; /* a long run goes on from its last */
	}
	return sure;
}

struct edits repair_numbers_flowed(const struct text *t, struct arena *a)
{
	struct edits out = { 0 };
	struct bares b = bares_of(t->clean, a);
	if (take_runs(t->clean, &b, false, &out, a))
		take_runs(t->clean, &b, true, &out, a);
	edits_settle(&out);
	return out;
}
