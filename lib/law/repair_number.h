/* Line numbers at the side of lines: what reading lines (repair_number_read.c),
 * finding pages (repair_number.c) and taking the numbers out (repair_number_drop.c) share. */
#ifndef LAW_REPAIR_NUMBER_H
#define LAW_REPAIR_NUMBER_H

#include "law/repair_private.h"

/* A text as lines, and the side the numbers are looked for at. */
struct sheet {
	span s;
	struct lines ls;
	bool right;
};

/* How a number stands at a line, from the surest to what only its page can vouch for. */
enum reading_kind {
	READ_NONE,
	READ_APART,    /* white space between number and text, or no text */
	READ_NARROW,   /* at the right, one space only */
	READ_TOUCHING, /* "3facilities" */
	READ_BROKEN,   /* "1O", "l2": digits read as letters */
	READ_FORCED    /* digits or a mark follow: "102. Effective" as 10 */
};
struct reading {
	enum reading_kind kind;
	struct line text; /* the line without its number and white space */
	uint32_t again;   /* where the same number stands at its right too, which is then no part of the text; 0: nowhere */
};

/* Line k as one that has number n. */
struct reading number_reads(const struct sheet *p, size_t k, int n);
/* The number line k seems to have, 1 to 9999; 0: none. Never broken or forced. */
int number_read(const struct sheet *p, size_t k, struct reading *r);
/* The same, asked of every line of a text: the byte at the line's end, or at its start, settles most. */
static inline int number_seen(const struct sheet *p, size_t k, struct reading *r)
{
	struct line l = p->ls.v[k];
	const char *s = p->s.p;
	while (p->right && l.end > l.beg && is_space(s[l.end - 1]))
		l.end--;
	while (!p->right && l.beg < l.end && is_space(s[l.beg]))
		l.beg++;
	char c = l.beg == l.end ? 0 : s[p->right ? l.end - 1 : l.beg];
	*r = (struct reading){ 0 };
	return is_digit(c) || c == '|' ? number_read(p, k, r) : 0;
}
static inline bool line_blank(const struct sheet *p, size_t k)
{
	struct line l = p->ls.v[k];
	while (l.beg < l.end && is_space(p->s.p[l.beg]))
		l.beg++;
	return l.beg == l.end;
}

/* A line of a page, and its number. */
struct member {
	size_t line;
	int number;
	struct reading r;
};
/* A line that has its number and nothing else. */
static inline bool is_empty(const struct member *m) { return m->r.text.beg == m->r.text.end; }
struct members {
	struct member *v;
	size_t n, cap;
};

/* Whether somebody begins to speak in a line of testimony or argument: "Q.  And then?", "A  No.", "THE COURT:", "BY MR. ROE:". */
bool number_speech(span s, struct line l);

/* Takes out the numbers of the n members of one page, those at its right too where all stand there again; what is
 * said of the members' texts then leaves these out. */
void number_drop(const struct sheet *p, struct member *m, size_t n, struct edits *out, struct arena *a);

/* Numbers at every fifth line only. */
void number_fifths(const struct sheet *p, struct edits *out, struct arena *a);

/* A page's first and last line. */
struct extent {
	size_t from, to;
};
struct extents {
	struct extent *v;
	size_t n, cap;
};
/* What stands between numbered pages and comes back there: heads, feet, page numbers. */
void number_between(const struct sheet *p, const struct extents *pages, struct edits *out, struct arena *a);

#endif
