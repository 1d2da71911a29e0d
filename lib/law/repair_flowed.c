/* Line numbers inside running text, where line ends became spaces: "... held a
 * 18 further conference at the request 19 of counsel ...". Bare numbers that
 * go up by one, a line's width apart each time, are no chance. */
#include <stdlib.h>
#include "law/repair_private.h"

enum { NEAR = 28, FAR = 150, RUN_MIN = 6, NUMBER_MAX = 32 };

struct bare {
	uint32_t beg, end;
	int value;
	bool used;
};
struct bares {
	struct bare *v;
	size_t n, cap;
};

/* The number at i, standing alone between white space and white space. */
static int bare_number(span s, uint32_t i, uint32_t *end)
{
	int v = 0;
	uint32_t k = i;
	while (k < s.n && is_digit(s.p[k]) && k - i < 3)
		v = v * 10 + (s.p[k++] - '0');
	*end = k;
	bool alone = k > i && (k == s.n || is_space(s.p[k])) && (i == 0 || is_space(s.p[i - 1]));
	return alone && v <= NUMBER_MAX && s.p[i] != '0' ? v : 0;
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
			*PUSH(a, &out) = (struct bare){ .beg = i, .end = end, .value = v };
		i = end;
	}
	return out;
}

struct run_of {
	size_t v[64];
	size_t n;
	bool restarted;
};

/* The next number of the run after member `at`: one more, or 1 after a page's last. */
static size_t next_of(const struct bares *b, size_t at)
{
	struct bare from = b->v[at];
	for (size_t k = at + 1; k < b->n && b->v[k].beg < from.beg + FAR; k++) {
		bool last = from.value == 25 || from.value == 28 || from.value == 32;
		bool follows = b->v[k].value == from.value + 1 || (last && b->v[k].value == 1);
		if (follows && !b->v[k].used && b->v[k].beg > from.beg + NEAR)
			return k;
	}
	return SIZE_MAX;
}

static int by_size(const void *x, const void *y)
{
	uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
	return a < b ? -1 : a > b;
}

/* The word before a number, if it is one that numbers follow anyway. */
static bool counted(span s, uint32_t beg)
{
	uint32_t e = beg;
	while (e > 0 && is_space(s.p[e - 1]))
		e--;
	uint32_t b = e;
	while (b > 0 && !is_space(s.p[b - 1]) && e - b < 20)
		b--;
	span w = span_sub(s, b, e);
	static const char *const list[] = { "Section", "section", "Sec.", "\xC2\xA7", "Class", "class", "Chapter", "Article", "Rule", "No.", "Count", "Title", "Level", "Item", "Part", "Step", "Table", "page", "p.", "Day" };
	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		if (span_eq(w, span_of(list[i])))
			return true;
	return false;
}

/* Even spacing: most gaps near their median; and not a list of counted things. */
static bool even(span s, const struct bares *b, const struct run_of *r)
{
	uint32_t gaps[64];
	size_t counts = 0, near = 0;
	for (size_t i = 0; i + 1 < r->n; i++)
		gaps[i] = b->v[r->v[i + 1]].beg - b->v[r->v[i]].beg;
	for (size_t i = 0; i < r->n; i++)
		counts += counted(s, b->v[r->v[i]].beg);
	qsort(gaps, r->n - 1, sizeof *gaps, by_size);
	uint32_t median = gaps[(r->n - 1) / 2];
	for (size_t i = 0; i + 1 < r->n; i++)
		near += gaps[i] * 4 >= median * 3 && gaps[i] * 4 <= median * 5;
	return near * 5 >= (r->n - 1) * 3 && counts * 3 <= r->n;
}

static void drop(span s, const struct bare *b, struct edits *out, struct arena *a)
{
	uint32_t end = b->end;
	while (end < s.n && s.p[end] == ' ' && end < b->end + 4)
		end++;
	edit_push(out, a, "line-number", (struct range){ b->beg, end }, (span){ 0 }, .95f);
}

struct edits repair_numbers_flowed(const struct text *t, struct arena *a)
{
	struct edits out = { 0 };
	span s = t->clean;
	struct bares b = bares_of(s, a);
	bool sure = false;
	for (size_t i = 0; i < b.n; i++) {
		struct run_of r = { .n = 0 };
		for (size_t k = b.v[i].used ? SIZE_MAX : i; k != SIZE_MAX && r.n < 64; k = next_of(&b, k))
			r.v[r.n++] = k;
		bool enough = r.n >= RUN_MIN || (sure && r.n >= 3);
		if (!enough || !even(s, &b, &r))
			continue;
		sure = true;
		for (size_t k = 0; k < r.n; k++) {
			b.v[r.v[k]].used = true;
			drop(s, &b.v[r.v[k]], &out, a);
		}
		i = r.n == 64 ? r.v[63] - 1 : i; /* a long run goes on from its last */
	}
	edits_settle(&out);
	return out;
}
