#include "searcher/snippet.h"

#include <stdlib.h>
#include "base/sort.h"
#include "law/address.h"

/* Bytes of a snippet; from a unit's beginning to the words within which it is shown from there; of
 * a heading before "…". */
enum { SNIPPET_BYTES = 320, LEAD_BYTES = 160, HEAD_BYTES = 60, CITES_MAX = 20 };

/* A citation asked for weighs as much as a rare word. */
static double weight_of(const struct plan *p, unsigned leaf)
{
	const double cite_weight = 6;
	return p->node[leaf]->kind != NODE_VALUE ? p->leaf[leaf].idf : cite_weight;
}

/* Words count once and a little more for each repeat; neighbours of different
 * words help; long passages must show more. */
static double score_of(const struct plan *p, const struct marks *m, size_t from, size_t end, uint32_t bytes)
{
	double tf[QUERY_LEAVES + 1] = { 0 }, score = 0;
	for (size_t i = from; i < end; i++) {
		const struct mark *k = &m->v[i];
		double weight = weight_of(p, k->leaf);
		score += tf[k->leaf] == 0 ? weight : weight * .15 / tf[k->leaf];
		tf[k->leaf]++;
		if (i > from && m->v[i - 1].leaf != k->leaf && k->pos && k->pos - m->v[i - 1].pos <= 8)
			score += .1 * weight / (k->pos - m->v[i - 1].pos + 1);
	}
	return score / (.8 + .2 * bytes / 1000.0);
}

/* The first mark that begins at or after a byte. */
static size_t first_mark(const struct marks *m, uint32_t at)
{
	return FIRST_FROM(m, at.beg, at);
}

/* The few best, best first; of equal ones the earlier stays in front. */
static void insert(struct best_passage *out, size_t *n, size_t max, struct best_passage one)
{
	size_t at = *n;
	while (at > 0 && out[at - 1].score < one.score)
		at--;
	if (at >= max)
		return;
	if (*n < max)
		(*n)++;
	memmove(&out[at + 1], &out[at], (*n - at - 1) * sizeof *out);
	out[at] = one;
}

size_t passages_best(const struct plan *p, const struct record *r, const struct marks *m, struct best_passage *out, size_t max)
{
	size_t n = 0;
	for (size_t i = 0; i < r->passages.n; i++) {
		struct range at = r->passages.v[i].at;
		size_t from = first_mark(m, at.beg), end = first_mark(m, at.end);
		if (end > from)
			insert(out, &n, max, (struct best_passage){ (uint32_t)i, score_of(p, m, from, end, at.end - at.beg) });
	}
	/* Passages that say less than half of the best are not worth their lines. */
	while (n > 1 && out[n - 1].score < out[0].score / 2)
		n--;
	if (!n && r->passages.n)
		out[n++] = (struct best_passage){ 0, 0 };
	return n;
}

/* The marks [*from, *end) of the passage that stand closest and say most. */
static void best_window(const struct plan *p, const struct marks *m, size_t *from, size_t *end)
{
	size_t best_from = *from, best_end = *from < *end ? *from + 1 : *from;
	double best = 0;
	for (size_t i = *from; i < *end; i++) {
		uint64_t seen = 0;
		double sum = 0;
		size_t k = i;
		for (; k < *end && m->v[k].at.end - m->v[i].at.beg <= SNIPPET_BYTES - 40; k++) {
			sum += seen >> m->v[k].leaf & 1 ? 0 : weight_of(p, m->v[k].leaf);
			seen |= (uint64_t)1 << m->v[k].leaf;
		}
		if (sum > best * 1.0001) {
			best = sum;
			best_from = i;
			best_end = k;
		}
	}
	*from = best_from;
	*end = best_end;
}

/* Weight of the different words marked in a range. */
static double weight_in(const struct plan *p, const struct marks *m, struct range at)
{
	uint64_t seen = 0;
	double sum = 0;
	for (size_t i = first_mark(m, at.beg); i < m->n && m->v[i].at.beg < at.end; i++) {
		sum += seen >> m->v[i].leaf & 1 ? 0 : weight_of(p, m->v[i].leaf);
		seen |= (uint64_t)1 << m->v[i].leaf;
	}
	return sum;
}

/* From a unit down to the one that shows nearly all that the unit shows: a
 * pinpoint is as deep as the words allow. */
static size_t pinpoint(const struct plan *p, const struct record *r, const struct marks *m, size_t unit)
{
	const struct unit *v = r->outline.v;
	const double share = .7;
	for (bool deeper = true; deeper;) {
		double whole = weight_in(p, m, v[unit].at), best = whole * share;
		deeper = false;
		for (size_t c = unit + 1, after = v[unit].after; c < after && c < r->outline.n; c = v[c].after > c ? v[c].after : c + 1) {
			double w = v[c].address.n > v[unit].address.n ? weight_in(p, m, v[c].at) : 0;
			if (w > best) {
				best = w;
				unit = c;
				deeper = true;
				break;
			}
		}
	}
	return unit;
}

/* Start of the sentence that holds byte at, not before `least`. */
static uint32_t sentence_start(const struct record *r, uint32_t at, uint32_t least)
{
	size_t k = FIRST_NUMBER(&r->sentences, (uint64_t)at + 1);
	return k && r->sentences.v[k - 1] > least ? r->sentences.v[k - 1] : least;
}

/* Back to where the word begins. */
static uint32_t word_start(span text, uint32_t at, uint32_t least)
{
	while (at > least && !is_space(text.p[at - 1]))
		at--;
	return at;
}

/* Between words in its second half, else wherever it is, but never within a letter of UTF-8. */
static uint32_t snippet_end(span text, uint32_t beg, uint32_t limit)
{
	uint32_t end = beg + SNIPPET_BYTES;
	if (end >= limit)
		return limit;
	while (end > beg + SNIPPET_BYTES / 2 && !is_space(text.p[end]))
		end--;
	while (end < limit && ((unsigned char)text.p[end] & 0xC0) == 0x80)
		end++;
	return end;
}

/* White space as one blank; nothing at the very beginning. */
static void squeezed(struct buf *b, span s, bool *blank)
{
	for (size_t i = 0; i < s.n; i++) {
		bool space = is_space(s.p[i]);
		if (space && !*blank)
			buf_byte(b, ' ');
		else if (!space)
			buf_byte(b, s.p[i]);
		*blank = space;
	}
}

/* The blank between two segments belongs to the first of them. */
static void add_segment(struct arena *a, struct segments *out, span text, bool m, bool *blank)
{
	struct buf b = { .a = a };
	squeezed(&b, text, blank);
	if (b.n)
		*PUSH(a, out) = (struct segment){ buf_span(&b), m };
}

/* Pieces between marks and marks in turn: put together they are the text shown. */
static void fill_segments(const struct record *r, const struct marks *m, struct arena *a, struct hit_passage *out)
{
	span text = r->doc.text.clean;
	uint32_t at = out->at.beg;
	bool blank = true;
	for (size_t i = first_mark(m, at); i < m->n && m->v[i].at.beg < out->at.end; i++) {
		uint32_t end = m->v[i].at.end < out->at.end ? m->v[i].at.end : out->at.end;
		add_segment(a, &out->snippet, span_sub(text, at, m->v[i].at.beg), false, &blank);
		add_segment(a, &out->snippet, span_sub(text, m->v[i].at.beg, end), true, &blank);
		at = end;
	}
	add_segment(a, &out->snippet, span_sub(text, at, out->at.end), false, &blank);
}

/* Each address once; few, so a linear search is enough. */
static void fill_cites(const struct record *r, struct range at, struct arena *a, struct spans *out)
{
	for (size_t i = 0; i < r->cites.n && out->n < CITES_MAX; i++) {
		const struct cite *c = &r->cites.v[i];
		bool known = false;
		if (!c->address.n || c->at.beg < at.beg || c->at.beg >= at.end)
			continue;
		for (size_t k = 0; k < out->n && !known; k++)
			known = span_eq(out->v[k], c->address);
		if (!known)
			*PUSH(a, out) = arena_dup(a, c->address);
	}
}

/* The range of the passage that is quoted: the unit that says nearly all. */
static struct range narrowed(const struct plan *p, const struct record *r, const struct marks *m, const struct passage *of,
			     struct hit_passage *out)
{
	struct range at = of->at;
	if (!r->outline.n)
		return at;
	size_t over = outline_at(&r->outline, at.beg); /* the unit that holds the whole passage */
	while (over && r->outline.v[over].at.end < at.end)
		over = r->outline.v[over].parent;
	const struct unit *u = &r->outline.v[pinpoint(p, r, m, over)];
	if (u->at.beg >= at.beg && u->at.end <= at.end && u->address.n > out->address.n && address_under(u->address, out->address)) {
		out->address = u->address;
		at = u->at;
	}
	return at;
}

/* A passage of an opinion, an order or a transcript may begin with the caption
 * or with other paragraphs: only the one that has the words is shown. A
 * subdivision is shown from its label on. */
static bool shown_from(const struct record *r, uint32_t mark, struct range *unit)
{
	enum doc_kind kind = r->doc.kind;
	if (kind != KIND_OPINION && kind != KIND_ORDER && kind != KIND_TRANSCRIPT && kind != KIND_BILL)
		return true;
	uint32_t beg = r->outline.n ? r->outline.v[outline_at(&r->outline, mark)].at.beg : unit->beg;
	unit->beg = beg > unit->beg && beg <= mark ? beg : unit->beg;
	return false;
}

struct shown_unit {
	struct range at;
	uint32_t mark; /* the byte of it where the words that matched begin */
};

/* The beginning of the unit, where that tells what it is; then, when the words
 * stand farther on, the sentence that has them, or a few words before. */
static void quote(const struct record *r, const struct marks *m, struct shown_unit of, struct arena *a, struct hit_passage *out)
{
	span text = r->doc.text.clean;
	uint32_t mark = of.mark;
	struct range unit = of.at;
	bool blank = true, headed = shown_from(r, mark, &unit);
	uint32_t beg = unit.beg;
	if (mark > beg + LEAD_BYTES) {
		uint32_t head = headed ? word_start(text, beg + HEAD_BYTES, beg) : beg;
		beg = sentence_start(r, mark, head);
		if (mark > beg + LEAD_BYTES)
			beg = word_start(text, mark - LEAD_BYTES / 2, head);
		if (beg > head) {
			add_segment(a, &out->snippet, span_sub(text, unit.beg, head), false, &blank);
			add_segment(a, &out->snippet, SPAN("\xE2\x80\xA6 "), false, &blank);
		} else {
			beg = unit.beg;
		}
	}
	out->at = (struct range){ beg, snippet_end(text, beg, unit.end) };
	fill_segments(r, m, a, out);
	struct segments *said = &out->snippet;
	if (said->n && span_ends(said->v[said->n - 1].t, SPAN(" ")))
		said->v[said->n - 1].t.n--;
	/* What is quoted in part says so at its end, too. */
	if (span_trim(span_sub(text, out->at.end, unit.end)).n)
		*PUSH(a, said) = (struct segment){ SPAN(" \xE2\x80\xA6"), false };
}

/* Unit, window of marks, quotation, place in the source: in this order each narrows what the next
 * looks at. */
struct hit_passage snippet_of(const struct plan *p, const struct record *r, const struct marks *m, const struct passage *of,
			      struct arena *a)
{
	struct hit_passage out = { .address = of->address };
	struct range unit = narrowed(p, r, m, of, &out);
	size_t from = first_mark(m, unit.beg), end = first_mark(m, unit.end);
	uint32_t mark = unit.beg;
	if (from < end) {
		best_window(p, m, &from, &end);
		mark = m->v[from].at.beg;
	}
	out.cite = address_display(out.address, a);
	quote(r, m, (struct shown_unit){ unit, mark }, a, &out);
	struct range src = text_to_source(&r->doc.text, (struct range){ out.at.beg, out.at.beg + 1 });
	out.source_beg = src.beg + (r->sources.n ? r->sources.v[0].beg : 0);
	fill_cites(r, unit, a, &out.cites);
	return out;
}
