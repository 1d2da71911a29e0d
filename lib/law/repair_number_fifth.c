/* Numbers at every fifth line only, "5" to "25" down a page or on through a
 * bill: beside their lines, or torn off into a block at the page's edge. */
#include "law/repair_number.h"

enum { STEP = 5, BLOCK_LEAST = 4, BESIDE_LEAST = 6, FIFTH_MOST = 9995 };

/* Lines with text, and the fifth numbers some of them have. */
struct row {
	size_t line;
	int number; /* 0: none, or not a fifth */
	bool other; /* a number that is no fifth: where such stand between, rows are numbered throughout */
	struct reading r;
};
struct rows {
	struct row *v;
	size_t n, cap;
};

static struct rows rows_of(const struct sheet *p, struct arena *a)
{
	struct rows out = { 0 };
	for (size_t k = 0; k < p->ls.n; k++) {
		if (line_blank(p, k))
			continue;
		struct row r = { .line = k };
		int n = number_seen(p, k, &r.r);
		r.number = n % STEP == 0 && r.r.kind == READ_APART ? n : 0;
		r.other = n && !r.number;
		*PUSH(a, &out) = r;
	}
	return out;
}

static bool bare(const struct row *r)
{
	return r->number && r->r.text.beg == r->r.text.end;
}

/* Rows from i on that are "5", "10", "15", ... and nothing else: how many. */
static size_t block(const struct rows *rs, size_t i)
{
	size_t n = 0;
	while (i + n < rs->n && bare(&rs->v[i + n]) && rs->v[i + n].number == (int)(n + 1) * STEP)
		n++;
	return n;
}

static void drop_line_of(const struct sheet *p, const struct row *r, struct edits *out, struct arena *a)
{
	struct line l = line_trim(p->s, p->ls.v[r->line]);
	edit_push(out, a, "line-number", (struct range){ l.beg, l.end }, .97f);
}

/* Blocks, when two pages have one. */
static void blocks(const struct sheet *p, struct rows *rs, struct edits *out, struct arena *a)
{
	size_t seen = 0;
	for (size_t i = 0; i < rs->n; i++) {
		size_t n = block(rs, i);
		seen += n >= BLOCK_LEAST;
		i += n ? n - 1 : 0;
	}
	for (size_t i = 0; seen >= 2 && i < rs->n; i++) {
		size_t n = block(rs, i);
		for (size_t k = 0; n >= BLOCK_LEAST && k < n; k++) {
			drop_line_of(p, &rs->v[i + k], out, a);
			rs->v[i + k].number = 0;
		}
		i += n ? n - 1 : 0;
	}
}

/* The fifth line after row i, if it has the next number, or 5 after a page's last. */
static size_t fifth_after(const struct rows *rs, size_t i)
{
	size_t k = i + STEP, others = 0;
	for (size_t b = i + 1; b < k && b < rs->n; b++)
		others += rs->v[b].other;
	if (others > 1)
		return SIZE_MAX;
	if (k < rs->n && rs->v[k].number == rs->v[i].number + STEP)
		return k;
	for (k = i + STEP; k < rs->n && k < i + 3 * STEP && rs->v[i].number >= 20; k++) /* heads and feet between */
		if (rs->v[k].number == STEP)
			return k;
	return SIZE_MAX;
}

/* With the number goes its white space; in the lines between, the text stands further in. */
static void drop_beside(const struct sheet *p, const struct row *r, struct edits *out, struct arena *a)
{
	struct line l = line_trim(p->s, p->ls.v[r->line]);
	struct range at = p->right ? (struct range){ r->r.text.end, l.end } : (struct range){ l.beg, r->r.text.beg };
	edit_push(out, a, "line-number", at, .95f);
}

static void beside(const struct sheet *p, const struct rows *rs, struct edits *out, struct arena *a)
{
	for (size_t i = 0; i < rs->n; i++) {
		size_t n = 1, last = i;
		if (!rs->v[i].number || rs->v[i].number > STEP * 2)
			continue;
		for (size_t k = fifth_after(rs, i); k != SIZE_MAX; k = fifth_after(rs, k), n++)
			last = k;
		for (size_t k = i; n >= BESIDE_LEAST && k != SIZE_MAX; k = fifth_after(rs, k))
			drop_beside(p, &rs->v[k], out, a);
		i = n >= BESIDE_LEAST ? last : i;
	}
}

void number_fifths(const struct sheet *p, struct edits *out, struct arena *a)
{
	struct rows rs = rows_of(p, a);
	blocks(p, &rs, out, a);
	beside(p, &rs, out, a);
}
