#include "searcher/excerpt.h"

#include "base/buf.h"
#include "base/sort.h"

enum {
	CITATION_ALONE = 24, /* letters beside its citations below which a sentence says nothing else */
	SHOWN_MAX = 700      /* longest sentence shown, bytes */
};

/* The first unit that begins at or after byte i; they are in order. */
static size_t unit_from(const struct outline *o, size_t i)
{
	return FIRST_FROM(o, at.beg, i);
}

/* The next star page from unit k on that begins before `end`; o->n: none. */
static size_t next_page(const struct outline *o, size_t k, size_t end)
{
	while (k < o->n && o->v[k].at.beg < end && o->v[k].role != UNIT_PAGE)
		k++;
	return k < o->n && o->v[k].at.beg < end ? k : o->n;
}

/* White space of any length is one blank. A star page goes with its mark, and the words on its two
 * sides stay apart. */
static void put_line(struct buf *b, const struct record *r, size_t beg, size_t end)
{
	span t = r->doc.text.clean;
	const struct outline *o = &r->outline;
	size_t page = next_page(o, unit_from(o, beg), end);
	bool space = false;
	for (size_t i = beg; i < end; i++) {
		if (page < o->n && i >= o->v[page].at.beg) {
			i = o->v[page].at.end > i ? o->v[page].at.end : i;
			page = next_page(o, page + 1, end);
			space = true;
			if (i >= end)
				break;
		}
		if (is_space(t.p[i])) {
			space = true;
			continue;
		}
		if (space && b->n)
			buf_byte(b, ' ');
		space = false;
		buf_byte(b, t.p[i]);
	}
}

/* The nearest place at or after i, before `end`, where a word begins. */
static size_t word_begins(span t, size_t i, size_t end)
{
	while (i < end && !is_space(t.p[i]))
		i++;
	while (i < end && is_space(t.p[i]))
		i++;
	return i;
}

/* The same from behind: the end of the last whole word at or before i, not before beg. */
static size_t word_ends(span t, size_t i, size_t beg)
{
	while (i > beg && !is_space(t.p[i]))
		i--;
	while (i > beg && is_space(t.p[i - 1]))
		i--;
	return i;
}

/* `keep` is put in the middle of max bytes, and the window moved inward where it would stick out at
 * an end; then both cuts go to the edges of words. A word longer than the room is cut as it is,
 * lest nothing be left. */
span excerpt(const struct record *r, struct range whole, struct range keep, size_t max, struct arena *a)
{
	span t = r->doc.text.clean;
	struct buf b = { .a = a };
	size_t beg = whole.beg, end = whole.end;
	if (end - beg > max) {
		size_t kept = keep.end - keep.beg, room = kept < max ? max - kept : 0;
		size_t from = keep.beg > beg + room / 2 ? keep.beg - room / 2 : beg;
		size_t to = from + max < end ? from + max : end;
		from = to == end && end - beg > max && end - max > beg ? end - max : from;
		beg = from > whole.beg ? word_begins(t, from, keep.beg > from ? keep.beg : from) : from;
		end = to < whole.end ? word_ends(t, to, beg) : to;
		end = end > beg ? end : to;
	}
	if (beg > whole.beg)
		buf_put(&b, SPAN("… "));
	struct buf text = { .a = a };
	put_line(&text, r, beg, end);
	buf_put(&b, buf_span(&text));
	if (end < whole.end)
		buf_put(&b, SPAN(" …"));
	return buf_span(&b);
}

/* Letters of the range that no citation covers. */
static size_t own_letters(const struct record *r, struct range at)
{
	size_t n = 0, i = at.beg;
	for (size_t k = cites_from(&r->cites, at.beg); k < r->cites.n && r->cites.v[k].at.beg < at.end; k++) {
		const struct range *c = &r->cites.v[k].full;
		for (; i < c->beg && i < at.end; i++)
			n += is_alpha(r->doc.text.clean.p[i]);
		i = c->end > i ? c->end : i;
	}
	for (; i < at.end; i++)
		n += is_alpha(r->doc.text.clean.p[i]);
	return n;
}

/* "Id. at 5." alone tells nobody what it is cited for: the sentence before it does. */
span excerpt_cite(const struct record *r, const struct cite *c, struct arena *a)
{
	struct range whole = record_sentence(r, c->at);
	if (own_letters(r, whole) < CITATION_ALONE && whole.beg) {
		uint32_t before = whole.beg - 1;
		while (before && is_space(r->doc.text.clean.p[before]))
			before--;
		struct range more = record_sentence(r, (struct range){ before, before + 1 });
		whole.beg = more.beg < whole.beg && whole.beg - more.beg < SHOWN_MAX ? more.beg : whole.beg;
	}
	return excerpt(r, whole, c->at, SHOWN_MAX, a);
}

/* Paragraphs of an opinion are passages, not units: where the outline tells no more than the
 * document, the passage about the byte does. */
span excerpt_place(const struct record *r, uint32_t at)
{
	if (!r->outline.n)
		return r->doc.address;
	span found = r->outline.v[outline_at(&r->outline, at)].address;
	if (found.n > r->doc.address.n)
		return found;
	size_t k = FIRST_FROM(&r->passages, at.end, (uint64_t)at + 1);
	return k < r->passages.n && r->passages.v[k].at.beg <= at ? r->passages.v[k].address : found;
}
