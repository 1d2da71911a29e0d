/* Quotations of a brief against the text they cite.
 *
 * Letters and digits are compared, whatever stands between them; what is in
 * brackets and where dots leave something out, a quotation may differ. */
#include "searcher/verify.h"

#include <string.h>
#include "base/sort.h"

enum { QUOTE_MAX = 3000, QUOTE_MIN = 12, SIGNAL_MAX = 40 };

/* Length of a quotation mark at s.p[i]: straight or curly; 0: none. */
static size_t mark_at(span s, size_t i)
{
	if (i < s.n && s.p[i] == '"')
		return 1;
	span three = span_sub(s, i, i + 3);
	return span_eq(three, SPAN("\xE2\x80\x9C")) || span_eq(three, SPAN("\xE2\x80\x9D")) ? 3 : 0;
}

/* Length of "[12]", the mark of a note, which quotations leave out. 0: none. */
static size_t number_mark(span s, size_t i)
{
	size_t k = i + 1;
	while (k < s.n && k < i + 5 && is_digit(s.p[k]))
		k++;
	return s.p[i] == '[' && k > i + 1 && k < s.n && s.p[k] == ']' ? k + 1 - i : 0;
}

/* Each letter with the byte it came from; star pages and marks of notes are passed over. Made once
 * a document. */
struct plain_words verify_words(const struct record *r, struct arena *a)
{
	span t = r->doc.text.clean;
	struct plain_words w = { .letters.a = a, .from = arena_raw(a, (t.n + 1) * sizeof *w.from, sizeof *w.from) };
	size_t page = 0;
	buf_need(&w.letters, t.n + 1);
	for (size_t i = 0; i < t.n;) {
		while (page < r->outline.n && (r->outline.v[page].role != UNIT_PAGE || r->outline.v[page].at.end <= i))
			page++;
		size_t skip = number_mark(t, i);
		if (page < r->outline.n && r->outline.v[page].at.beg <= i)
			skip = r->outline.v[page].at.end - i;
		if (!skip && is_alnum(t.p[i])) {
			w.from[w.letters.n] = (uint32_t)i;
			buf_byte(&w.letters, to_lower(t.p[i]));
		}
		i += skip ? skip : 1;
	}
	return w;
}

/* hay.n: nowhere. */
static size_t find_from(span hay, span needle, size_t from)
{
	const char *p = needle.n && from <= hay.n ? memmem(hay.p + from, hay.n - from, needle.p, needle.n) : NULL;
	return p ? (size_t)(p - hay.p) : hay.n;
}

/* The longest beginning of piece that the document has, by halving. */
static void how_far(struct quoted *q, span piece, const struct authority_text *of)
{
	const struct plain_words *w = &of->words;
	span hay = buf_span(&w->letters), text = of->record.doc.text.clean;
	size_t lo = 0, hi = piece.n;
	while (lo < hi) {
		size_t mid = (lo + hi + 1) / 2;
		if (find_from(hay, span_sub(piece, 0, mid), 0) < hay.n)
			lo = mid;
		else
			hi = mid - 1;
	}
	if (lo < QUOTE_MIN)
		return;
	size_t at = find_from(hay, span_sub(piece, 0, lo), 0);
	size_t beg = w->from[at], mid = (size_t)w->from[at + lo - 1] + 1, end = mid + 60 < text.n ? mid + 60 : text.n;
	while (mid > beg && is_alnum(text.p[mid - 1]))
		mid--; /* whole words */
	while (end > mid && end < text.n && !is_space(text.p[end]))
		end--;
	q->agrees = span_trim(span_sub(text, beg, mid));
	q->has = span_trim(span_sub(text, mid, end));
}

/* The next piece without brackets or dots that leave something out. */
static bool next_piece(span *rest, struct buf *piece)
{
	size_t i = 0, gap = 0;
	piece->n = 0;
	for (; i < rest->n && !gap; i++) {
		char c = rest->p[i];
		if (c == '[') {
			i = span_find_byte(*rest, ']', i);
			gap = 1;
		} else if (span_starts(span_sub(*rest, i, rest->n), SPAN("\xE2\x80\xA6")) ||
			   span_starts(span_sub(*rest, i, rest->n), SPAN("...")) ||
			   span_starts(span_sub(*rest, i, rest->n), SPAN(". . .")) ||
			   span_starts(span_sub(*rest, i, rest->n), SPAN("* * *"))) {
			gap = 1;
		} else if (is_alnum(c)) {
			buf_byte(piece, to_lower(c));
		}
	}
	bool any = rest->n > 0;
	*rest = span_sub(*rest, i, rest->n);
	return any;
}

/* The first letter that stands at or after byte `at` of the text. */
static size_t letter_at(const struct plain_words *w, uint32_t at)
{
	return w->letters.n ? count_below(w->from, w->letters.n, sizeof *w->from, at) : 0;
}

struct letters {
	size_t beg, end;
};

/* Where all pieces of the quotation stand in order, the first of them among
 * these letters. */
static bool stands(span quote, const struct plain_words *w, struct letters within, struct buf *piece, size_t *at)
{
	span rest = quote, hay = buf_span(&w->letters);
	size_t from = within.beg;
	bool first = true;
	while (next_piece(&rest, piece)) {
		if (!piece->n)
			continue;
		size_t found = find_from(hay, buf_span(piece), from);
		if (found == hay.n || (first && found >= within.end))
			return false;
		*at = first ? found : *at;
		first = false;
		from = found + piece->n;
	}
	return true;
}

/* The first piece must begin within the pin. Elsewhere in the document is told as a place, not as a
 * fault of the words. */
static void check_at(struct quoted *q, const struct cite *c, const struct authority_text *of, struct arena *a)
{
	const struct record *r = &of->record;
	const struct plain_words *w = &of->words;
	struct buf piece = { .a = a };
	struct range pin = verify_pin(c, r);
	size_t at = 0;
	if (!q->there || (pin.beg == 0 && pin.end == r->doc.text.clean.n) ||
	    stands(q->text, w, (struct letters){ letter_at(w, pin.beg), letter_at(w, pin.end) }, &piece, &at))
		return;
	if (!stands(q->text, w, (struct letters){ 0, w->letters.n }, &piece, &at) || at >= w->letters.n)
		return;
	q->away = true;
	q->place = verify_place(c, r, w->from[at], a);
}

/* What is missing is said once in a string of citations, and not when another of them has it. */
bool verify_quote_differs(const struct quoted *q)
{
	return q->there ? q->away : !q->other.n && !q->repeat;
}

/* Piece after piece, each behind the one before. What is shorter than QUOTE_MIN letters is too
 * short to tell anything, unless it is not there at all. */
static void check(span quote, const struct authority_text *of, struct arena *a, struct quoteds *out)
{
	struct buf piece = { .a = a };
	struct quoted q = { .text = quote, .there = true };
	span rest = quote, hay = buf_span(&of->words.letters);
	size_t from = 0, letters = 0;
	while (q.there && next_piece(&rest, &piece)) {
		size_t at = piece.n ? find_from(hay, buf_span(&piece), from) : from;
		letters += piece.n;
		q.there = at < hay.n || !piece.n;
		from = at + piece.n;
		if (!q.there)
			how_far(&q, buf_span(&piece), of);
	}
	if (letters >= QUOTE_MIN || !q.there)
		*PUSH(a, out) = q;
}

/* The quotation mark that stands nearest before byte `at`; t.n: none near. */
static size_t quote_end(span t, size_t at)
{
	size_t low = at > SIGNAL_MAX ? at - SIGNAL_MAX : 0;
	for (size_t i = at; i > low; i--)
		if (mark_at(t, i - 1))
			return i - 1;
	return t.n;
}

/* What may stand between a quotation and its citation. */
static bool signal_word(span w)
{
	static const char *const words[] = { "see", "also", "accord", "cf", "id", "e", "g", "but", "quoting", "in" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (span_case_eq(w, span_of(words[i])))
			return true;
	return false;
}

/* Nothing but signals, punctuation and the number of a note: "." [3] See". */
static bool only_signal(span between)
{
	span marks = SPAN(".,;()[]' \t\n\f0123456789");
	for (size_t i = 0; i < between.n;) {
		size_t k = i;
		while (k < between.n && is_alpha(between.p[k]))
			k++;
		if (k == i ? span_find_byte(marks, between.p[i], 0) == marks.n : !signal_word(span_sub(between, i, k)))
			return false;
		i = k == i ? i + 1 : k;
	}
	return true;
}

/* The citation of which c is the next in a string, "A; see also B"; null: c begins one. */
static const struct cite *string_before(const struct brief *b, const struct cite *c)
{
	for (const struct cite *o = c; o-- > b->cites.v && c - o < 12;) {
		size_t end = o->full.end > o->at.end ? o->full.end : o->at.end;
		if (o->parent != c->parent || end > c->full.beg)
			continue;
		span between = span_sub(b->text.clean, end, c->full.beg);
		bool string = between.n < SIGNAL_MAX && span_find_byte(between, ';', 0) < between.n && only_signal(between);
		return string ? o : NULL;
	}
	return NULL;
}

/* The quotation right before the citation, or before the string it is in: at most SIGNAL_MAX bytes
 * away, at most QUOTE_MAX long. */
static void before(const struct brief *b, const struct cite *c, span *quote)
{
	span t = b->text.clean;
	const struct cite *o;
	for (int n = 0; n < 12 && (o = string_before(b, c)); n++)
		c = o;
	size_t end = quote_end(t, c->full.beg);
	if (end == t.n || !only_signal(span_sub(t, end + mark_at(t, end), c->full.beg)))
		return;
	for (size_t i = end; i > 0 && end - i < QUOTE_MAX; i--)
		if (mark_at(t, i - 1)) {
			*quote = span_sub(t, i - 1 + mark_at(t, i - 1), end);
			return;
		}
}

/* Before it, then those in its parenthetical ("holding that ..."); each with its own place. */
void verify_quotes(const struct brief *b, const struct cite *c, const struct authority_text *of, struct arena *a,
		   struct quoteds *out)
{
	span quote = { 0 }, p = c->parenthetical;
	before(b, c, &quote);
	if (quote.n)
		check(quote, of, a, out);
	for (size_t i = 0; i < p.n; i++) {
		size_t open = mark_at(p, i), k = i + open;
		if (!open)
			continue;
		while (k < p.n && !mark_at(p, k))
			k++;
		if (k < p.n)
			check(span_sub(p, i + open, k), of, a, out);
		i = k + (mark_at(p, k) ? mark_at(p, k) - 1 : 0);
	}
	for (size_t i = 0; i < out->n; i++)
		check_at(&out->v[i], c, of, a);
}
