/* Running heads that hold a page number, in text without form feeds: "2   No.
 * SC-10447" and "HARBOR v. TIDES         3". Number and words stand apart by
 * three spaces; the numbers go up by one from head to head, a page apart. */
#include "law/repair_private.h"

/* Bytes: the most of a line that may be a head, the least and the most from one head to the next. */
enum { LONGEST = 110, PAGE_LEAST = 400, PAGE_MOST = 12000 };

struct head {
	struct line at;
	uint32_t number;
	bool used;
};
struct heads {
	struct head *v;
	size_t n, cap;
};

/* Up to four digits at s[i]; 0: no page has that number. */
static uint32_t number_at(span s, size_t i, size_t n)
{
	uint64_t v;
	return n && n <= 4 && span_uint(span_sub(s, i, i + n), 9999, &v) ? (uint32_t)v : 0;
}

/* The page number of a line that may be a running head; 0: it is none. */
uint32_t repair_head_number(span l)
{
	size_t left = 0, right = 0;
	while (left < l.n && is_digit(l.p[left]))
		left++;
	while (right < l.n && is_digit(l.p[l.n - 1 - right]))
		right++;
	if (!left && !right)
		return 0;
	span rest = span_trim(span_sub(l, left, l.n)), before = span_sub(l, 0, l.n - right);
	bool words = false;
	for (size_t i = 0; i < l.n; i++)
		words |= is_upper(l.p[i]);
	/* Three blanks or more part the number from the words: "2 persons" of a sentence has one. */
	if (left && words && rest.n >= 4 && l.n - rest.n - left >= 3 && !is_digit(rest.p[0]))
		return number_at(l, 0, left);
	/* Dots lead to the page in a list of contents, which stays. */
	if (right && words && before.n >= 8 && span_ends(before, SPAN("   ")) && span_find(before, SPAN("....."), 0) == before.n)
		return number_at(l, l.n - right, right);
	return 0;
}

/* The words of a head, without its number. */
static span head_words(span l)
{
	while (l.n && is_digit(l.p[0]))
		l = span_sub(l, 1, l.n);
	l = span_trim(l);
	size_t n = l.n;
	while (n && is_digit(l.p[n - 1]))
		n--;
	return n + 3 <= l.n || (n && n < l.n && is_space(l.p[n - 1])) ? span_trim(span_sub(l, 0, n)) : l;
}

/* A docket number, "Cite as ...", "Opinion of the Court", "LARK, J., dissenting", or a caption in capitals. */
bool repair_head_words(span w)
{
	if (span_starts(w, SPAN("No. ")) || span_starts(w, SPAN("Nos. ")) || span_starts(w, SPAN("Cite as")) || span_starts(w, SPAN("Opinion of")))
		return true;
	size_t up = 0, low = 0, digits = 0, judge = span_find(w, SPAN(", J., "), 0);
	bool caption = span_find(w, SPAN(" v. "), 0) < w.n, writes = judge + 12 < w.n && w.n < 60;
	for (size_t i = 0; (caption || writes) && i < w.n; i++) { /* few lines are asked so much */
		digits += is_digit(w.p[i]);
		up += is_upper(w.p[i]);
		low += is_lower(w.p[i]);
	}
	return (caption && up > 3 * low) || (writes && !digits);
}

/* Mostly capitalised words, and no sentence. */
bool repair_title_like(span w)
{
	size_t words = 0, small = 0;
	for (size_t i = 0; i < w.n; i++)
		if (is_alpha(w.p[i]) && (i == 0 || is_space(w.p[i - 1]))) {
			words++;
			small += is_lower(w.p[i]);
		}
	char last = w.n ? w.p[w.n - 1] : '.';
	return words && small * 2 <= words && last != ':' && last != ',' && (last != '.' || words <= 6);
}

/* Whether the words of head i stand on another head too: notes are numbered as pages are, but never say the same. */
static bool comes_back(span s, const struct heads *h, size_t i)
{
	span w = head_words(line_span(s, h->v[i].at));
	size_t from = i > 24 ? i - 24 : 0;
	if (!repair_title_like(w))
		return false;
	for (size_t k = from; k < h->n && k < i + 24; k++)
		if (k != i && h->v[k].number != h->v[i].number && span_eq(w, head_words(line_span(s, h->v[k].at))))
			return true;
	return repair_head_words(w);
}

/* All lines that may be heads by their form; which are, the others tell. */
static struct heads heads_of(span s, struct arena *a)
{
	struct heads out = { 0 };
	for (uint32_t at = 0; at < s.n;) {
		uint32_t end = (uint32_t)span_find_byte(s, '\n', at);
		struct line l = line_trim(s, (struct line){ at, end });
		uint32_t n = l.end > l.beg + 6 && l.end - l.beg <= LONGEST ? repair_head_number(line_span(s, l)) : 0;
		if (n)
			*PUSH(a, &out) = (struct head){ .at = l, .number = n };
		at = end + 1;
	}
	return out;
}

/* The end of a second line of the head, below it: "Opinion of the Court". */
static uint32_t second_line(span s, uint32_t end)
{
	uint32_t i = end;
	while (i < s.n && is_space(s.p[i]) && i < end + 200)
		i++;
	struct line l = line_trim(s, (struct line){ i, (uint32_t)span_find_byte(s, '\n', i) });
	span w = line_span(s, l);
	bool second = w.n >= 8 && w.n < 60 && repair_head_words(w) && repair_title_like(w);
	return second || span_eq(w, SPAN("Syllabus")) || span_eq(w, SPAN("Per Curiam")) ? l.end : end;
}

/* A head inside a sentence goes with the empty lines about it, so that the sentence runs on. */
static void drop_head(span s, struct line l, struct edits *out, struct arena *a)
{
	l.end = second_line(s, l.end);
	uint32_t beg = l.beg, end = l.end;
	while (beg > 0 && is_space(s.p[beg - 1]))
		beg--;
	while (end < s.n && is_space(s.p[end]))
		end++;
	bool runs_on = beg > 0 && end < s.n && is_lower(s.p[end]) && s.p[beg - 1] != '.' && s.p[beg - 1] != ':';
	if (runs_on)
		edit_push(out, a, "page-furniture", (struct range){ beg, end }, .97f)->after = SPAN("\n");
	else
		edit_push(out, a, "page-furniture", (struct range){ l.beg, l.end }, .97f);
}

/* One head alone, of the second page of a text of two: it breaks a sentence. */
static bool breaks_sentence(span s, const struct head *h)
{
	uint32_t beg = h->at.beg, end = second_line(s, h->at.end);
	while (beg > 0 && is_space(s.p[beg - 1]))
		beg--;
	while (end < s.n && is_space(s.p[end]))
		end++;
	bool open = beg > 0 && (is_alpha(s.p[beg - 1]) || is_digit(s.p[beg - 1]) || s.p[beg - 1] == ',');
	open |= second_line(s, h->at.end) > h->at.end;
	return open && end < s.n && (is_lower(s.p[end]) || h->number == 2) && repair_head_words(head_words(line_span(s, h->at)));
}

/* Chains of heads whose numbers go up by one, each a page behind the last. Two make a chain; one alone must break a sentence. A chain of
 * 64 is taken, and the next begins at its last. */
void repair_heads(span s, struct edits *out, struct arena *a)
{
	struct heads all = heads_of(s, a), h = { 0 };
	for (size_t i = 0; i < all.n; i++)
		if (comes_back(s, &all, i))
			*PUSH(a, &h) = all.v[i];
	for (size_t i = 0; i < h.n; i++) {
		size_t chain[64], n = 0;
		chain[n++] = i;
		for (size_t k = i + 1; k < h.n && n < 64 && !h.v[i].used; k++) {
			const struct head *last = &h.v[chain[n - 1]];
			uint32_t gap = h.v[k].at.beg - last->at.end;
			if (gap > PAGE_MOST)
				break;
			if (h.v[k].number == last->number + 1 && gap >= PAGE_LEAST)
				chain[n++] = k;
		}
		bool enough = n >= 2 || (!h.v[i].used && breaks_sentence(s, &h.v[i]));
		for (size_t k = 0; enough && k < n; k++) {
			h.v[chain[k]].used = true;
			drop_head(s, h.v[chain[k]].at, out, a);
		}
		i = n == 64 ? chain[63] - 1 : i;
	}
}
