/* Lines that come back page after page, where nothing else parts the pages: heads, feet, page numbers, stamps no
 * table has. Three things together tell them from headings and lists: the line comes back the same, or with one
 * number that goes up by one; a page's length lies between; and it stands inside sentences, which headings never do. */
#include "base/hash.h"
#include "law/furniture.h"
#include "law/repair_stamp.h"

enum {
	LONGEST = 120,
	FIELDS = 8,      /* numbers of a line that are looked at */
	PAGE_LEAST = 300, /* bytes between two of a kind */
	CHANGES = 2,     /* numbers of a line that change: the page, and a time or a second count; citations change all */
	BACK = 8,        /* how many of a kind are looked back at */
	BLOCK_MOST = 6,  /* lines at one page's turn */
	EDGE_ROWS = 12,  /* lines at the file's ends */
	SHORT_TEXT = 16, /* bytes of a line, on average: shorter ones are no pages of prose */
	OPEN_LEAST = 30  /* of a line that goes on in the next */
};

struct row {
	struct line at;
	uint64_t shape;  /* hash, numbers as #; 0: no line of a page's edge */
	uint32_t group;  /* of rows of one shape */
	uint32_t before; /* number + 1 of the one before of its group; 0: none */
	bool feed;       /* a form feed before it */
	bool counted, same, known; /* a number goes up; it stood there before; a stamp */
	bool gone;
};
struct rows {
	struct row *v;
	size_t n, cap;
};
struct group {
	uint32_t last;          /* number + 1 of its newest row */
	uint32_t n, counted;    /* rows that come back; of those, with a number that goes up */
	uint32_t broken, feeds; /* inside sentences; at form feeds */
	uint32_t solid;         /* in menus that come back as a whole */
	uint32_t beside;        /* beside lines that go */
	bool edge;              /* its first row or its last stands at an end of the file */
};
struct returns {
	span s;
	struct rows rows;
	struct { struct group *v; size_t n, cap; } groups;
	struct edits *out;
	struct arena *a;
};
/* Rows [from, to) at one page's turn. */
struct block {
	size_t from, to;
	bool breaks, feed; /* a sentence goes on over it; a form feed stands there */
};

/* "iv", "- xii -", "Page ix": a page number in roman numerals, 1 to 99; 0: none. */
static uint32_t roman_page(span l)
{
	static const char letters[] = "ivxl";
	static const uint32_t worth[] = { 1, 5, 10, 50 };
	uint32_t sum = 0, last = 0;
	if (span_starts(l, SPAN("Page ")))
		l = span_sub(l, 5, l.n);
	while (l.n && (l.p[0] == '-' || l.p[0] == ' '))
		l = span_sub(l, 1, l.n);
	while (l.n && (l.p[l.n - 1] == '-' || l.p[l.n - 1] == ' '))
		l = span_sub(l, 0, l.n - 1);
	for (size_t i = 0; i < l.n; i++) {
		const char *p = l.n <= 8 && l.p[i] ? strchr(letters, l.p[i]) : NULL;
		if (!p)
			return 0;
		uint32_t w = worth[p - letters];
		sum += w;
		if (last && last < w)
			sum -= 2 * last;
		last = w;
	}
	return sum < 100 ? sum : 0;
}

struct fields {
	uint32_t v[FIELDS];
	size_t n;
};

static struct fields fields_of(span l)
{
	struct fields f = { .n = 0 };
	uint32_t page = roman_page(l);
	if (page) {
		f.v[f.n++] = page;
		return f;
	}
	for (size_t i = 0; i < l.n && f.n < FIELDS;) {
		uint32_t v = 0;
		size_t beg = i;
		for (; i < l.n && is_digit(l.p[i]) && i - beg < 9; i++)
			v = v * 10 + (uint32_t)(l.p[i] - '0');
		if (i > beg)
			f.v[f.n++] = v;
		for (; i > beg && i < l.n && is_digit(l.p[i]);) /* the rest of a longer one */
			i++;
		i += i == beg;
	}
	return f;
}

static uint64_t shape_of(span l)
{
	char b[LONGEST];
	size_t n = 0;
	if (roman_page(l))
		return 1;
	for (size_t i = 0; i < l.n && n < sizeof b; i++) {
		char c = is_digit(l.p[i]) ? '#' : is_space(l.p[i]) ? ' ' : l.p[i];
		bool again = n && b[n - 1] == c && (c == '#' || c == ' ');
		if (!again)
			b[n++] = c;
	}
	return hash64((span){ b, n }) | 2;
}

static bool page_number(span l)
{
	bool decorated;
	return repair_page_number(l, &decorated) || roman_page(l);
}

/* A page number that is no number of a list, nor the mark of a note: "- 12 -", "Page 2 of 4", "xii". */
static bool plain_page(span l)
{
	bool decorated;
	if (l.n >= 2 && roman_page(l))
		return true;
	return repair_page_number(l, &decorated) && decorated && l.p[0] != '[' && l.p[0] != '_';
}

static bool may_return(span l)
{
	if (!l.n || l.n > LONGEST)
		return false;
	if (page_number(l))
		return true;
	size_t word = l.n;
	while (word > 0 && !is_space(l.p[word - 1]))
		word--;
	bool small = is_lower(l.p[word]) && is_lower(l.p[l.n - 1]) && !repair_head_words(l); /* "... and": it goes on */
	bool closes = l.p[l.n - 1] == ';' || (l.p[l.n - 1] == '.' && l.n > 1 && !is_upper(l.p[l.n - 2]));
	return !is_lower(l.p[0]) && l.p[0] != '(' && !closes && !small && repair_title_like(l);
}

static void add_row(struct returns *r, struct line l, bool feed)
{
	span text = line_span(r->s, l);
	struct row row = { .at = l, .feed = feed };
	row.known = text.n <= 2 * LONGEST && (stamp_length(text, true) || is_filing_line(text));
	row.shape = row.known || may_return(text) ? shape_of(span_sub(text, 0, LONGEST)) : 0;
	*PUSH(r->a, &r->rows) = row;
}

/* Lines too short for pages of prose: their rows would only fill memory. */
static bool short_lines(span s)
{
	size_t n = 0;
	for (size_t at = 0; at < s.n; at = span_find_byte(s, '\n', at) + 1)
		n++;
	return n > s.n / SHORT_TEXT + BLOCK_MOST;
}

static void read_rows(struct returns *r)
{
	bool feed = false;
	for (uint32_t at = 0; at < r->s.n;) {
		uint32_t end = (uint32_t)span_find_byte(r->s, '\n', at);
		struct line l = line_trim(r->s, (struct line){ at, end });
		for (uint32_t i = at; i < l.beg; i++)
			feed |= r->s.p[i] == '\f';
		if (l.beg < l.end) {
			add_row(r, l, feed);
			feed = false;
			for (uint32_t i = l.end; i < end; i++)
				feed |= r->s.p[i] == '\f';
		}
		at = end + 1;
	}
}

/* The nearest line before row i that is no head. */
static span text_before(const struct returns *r, size_t i)
{
	for (size_t n = 0; i > 0 && n < BLOCK_MOST; n++)
		if (!r->rows.v[--i].shape)
			return line_span(r->s, r->rows.v[i].at);
	return (span){ 0 };
}

/* What a row and an earlier one of its shape have to do with each other. */
static void compare(struct returns *r, struct row *x, struct row *y)
{
	if (x->at.beg < y->at.end + PAGE_LEAST)
		return;
	span now = line_span(r->s, x->at), then = line_span(r->s, y->at);
	struct fields f = fields_of(now), g = fields_of(then);
	bool bare = now.n < 12, next = false;
	size_t other = 0;
	for (size_t i = 0; i < f.n && f.n == g.n; i++) {
		next |= f.v[i] == g.v[i] + 1 || (f.v[i] == g.v[i] + 2 && !bare); /* heads that change sides count by two */
		other += f.v[i] != g.v[i];
	}
	next &= other <= CHANGES;
	x->counted |= next;
	y->counted |= next;
	bool same = !page_number(now) && span_eq(now, then);
	if (same) { /* a passage that is quoted twice comes back with what stands before it */
		span text = text_before(r, (size_t)(x - r->rows.v));
		same = !text.n || !span_eq(text, text_before(r, (size_t)(y - r->rows.v)));
	}
	x->same |= same;
	y->same |= same;
}

static void group_rows(struct returns *r)
{
	struct map groups = { .a = r->a };
	for (size_t i = 0; i < r->rows.n; i++) {
		struct row *x = &r->rows.v[i];
		if (!x->shape)
			continue;
		bool fresh;
		uint32_t *of = map_put(&groups, (span){ (const char *)&x->shape, sizeof x->shape }, &fresh);
		if (fresh) {
			*of = (uint32_t)r->groups.n;
			PUSH(r->a, &r->groups);
		}
		x->group = *of;
		x->before = r->groups.v[*of].last;
		r->groups.v[*of].edge |= !x->before && i < EDGE_ROWS;
		r->groups.v[*of].last = (uint32_t)i + 1;
		uint32_t k = x->before;
		for (int n = 0; k && n < BACK; n++, k = r->rows.v[k - 1].before)
			compare(r, x, &r->rows.v[k - 1]);
	}
	for (size_t i = 0; i < r->groups.n; i++)
		r->groups.v[i].edge |= r->groups.v[i].last + EDGE_ROWS > r->rows.n;
}

static bool candidate(const struct returns *r, const struct row *x)
{
	return x->counted || x->same || x->known || (x->shape && plain_page(line_span(r->s, x->at)));
}

/* Whether a sentence ends in the middle at row i, and goes on at row k. */
static bool goes_on(const struct returns *r, size_t i, size_t k)
{
	struct line a = r->rows.v[i].at, b = r->rows.v[k].at;
	char last = r->s.p[a.end - 1];
	bool open = a.end - a.beg >= OPEN_LEAST && (is_alnum(last) || last == ',' || last == '-' || (unsigned char)last >= 0x80);
	return open && is_lower(r->s.p[b.beg]) && b.end > b.beg + 1;
}

/* The next rows that all come back; false at the end. */
static bool next_block(const struct returns *r, struct block *b)
{
	size_t i = b->to;
	while (i < r->rows.n && !candidate(r, &r->rows.v[i]))
		i++;
	*b = (struct block){ .from = i, .to = i };
	while (b->to < r->rows.n && candidate(r, &r->rows.v[b->to]))
		b->feed |= r->rows.v[b->to++].feed;
	if (b->to < r->rows.n)
		b->feed |= r->rows.v[b->to].feed;
	b->breaks = b->to - b->from <= BLOCK_MOST && b->from > 0 && b->to < r->rows.n && goes_on(r, b->from - 1, b->to);
	return i < r->rows.n;
}

static void tally(struct returns *r)
{
	for (struct block b = { .to = 0 }; next_block(r, &b);) {
		size_t menu = 0;
		for (size_t i = b.from; i < b.to; i++)
			menu += r->rows.v[i].same && furniture_line(line_span(r->s, r->rows.v[i].at));
		for (size_t i = b.from; i < b.to; i++) {
			struct group *g = &r->groups.v[r->rows.v[i].group];
			g->n++;
			g->counted += r->rows.v[i].counted;
			g->broken += b.breaks;
			g->feeds += b.to - b.from <= BLOCK_MOST && b.feed;
			g->solid += menu >= 2;
		}
	}
}

/* A line as wide as the text about it may be of the text. */
static bool set_apart(const struct returns *r, size_t i, const struct block *b)
{
	span l = line_span(r->s, r->rows.v[i].at);
	size_t small = 0;
	for (size_t k = 0; k < l.n; k++)
		small += is_lower(l.p[k]);
	size_t about = b->from ? r->rows.v[b->from - 1].at.end - r->rows.v[b->from - 1].at.beg : 0;
	return l.n * 5 <= about * 4 || small * 4 <= l.n || span_find(l, SPAN("     "), 0) < l.n;
}

/* What is known of its group makes row i furniture. */
static bool decide(const struct returns *r, size_t i, const struct block *b)
{
	const struct row *x = &r->rows.v[i];
	const struct group *g = &r->groups.v[x->group];
	span l = line_span(r->s, x->at);
	if (x->known)
		return true;
	bool roman = roman_page(l); /* a list may be numbered so, each number in a line of its own */
	if (plain_page(l) && (b->breaks || (x->counted && g->n >= 3 && !roman)))
		return true;
	bool often = g->broken * 4 >= g->n && g->broken, paged = g->n >= 3 && g->feeds * 4 >= g->n * 3;
	if (x->counted && g->n >= 2 && (often || paged))
		return true;
	if (x->same && often && (g->n >= 3 || g->broken >= 2 || repair_edge_words(l)) && set_apart(r, i, b))
		return true;
	return x->same && g->n >= 3 && g->edge && g->solid * 4 >= g->n * 3 && furniture_line(l);
}

static void decide_all(struct returns *r)
{
	for (struct block b = { .to = 0 }; next_block(r, &b);) {
		bool any = false;
		for (size_t i = b.from; i < b.to; i++)
			any |= r->rows.v[i].gone = decide(r, i, &b);
		for (size_t i = b.from; any && (b.breaks || b.feed) && i < b.to; i++)
			r->groups.v[r->rows.v[i].group].beside++;
	}
	for (struct block b = { .to = 0 }; next_block(r, &b);) {
		bool any = false;
		for (size_t i = b.from; i < b.to; i++)
			any |= r->rows.v[i].gone;
		for (size_t i = b.from; any && i < b.to && b.to - b.from <= BLOCK_MOST; i++) {
			const struct group *g = &r->groups.v[r->rows.v[i].group];
			r->rows.v[i].gone |= g->n >= 2 && g->beside * 2 >= g->n && (r->rows.v[i].counted || set_apart(r, i, &b));
		}
	}
}

/* All of a block that a sentence goes on over goes with the white space about it. */
static void drop(struct returns *r, const struct block *b)
{
	bool all = b->breaks, number = true;
	for (size_t i = b->from; i < b->to; i++) {
		all &= r->rows.v[i].gone;
		number &= page_number(line_span(r->s, r->rows.v[i].at));
	}
	if (all) {
		struct range at = { r->rows.v[b->from - 1].at.end, r->rows.v[b->to].at.beg };
		edit_push(r->out, r->a, number ? "page-number" : "page-furniture", at, .97f)->after = SPAN("\n");
		return;
	}
	for (size_t i = b->from; i < b->to; i++) {
		const struct row *x = &r->rows.v[i];
		const char *rule = page_number(line_span(r->s, x->at)) ? "page-number" : "page-furniture";
		if (x->gone && !x->known) /* a stamp has its own edit */
			edit_push(r->out, r->a, rule, (struct range){ x->at.beg, x->at.end }, .97f);
	}
}

void repair_returns(span s, struct edits *out, struct arena *a)
{
	struct returns r = { .s = s, .out = out, .a = a };
	if (short_lines(s))
		return;
	read_rows(&r);
	group_rows(&r);
	tally(&r);
	decide_all(&r);
	for (struct block b = { .to = 0 }; next_block(&r, &b);)
		drop(&r, &b);
}
