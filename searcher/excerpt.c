#include "searcher/excerpt.h"

#include "base/buf.h"

enum {
	CITATION_ALONE = 24, /* letters beside its citations below which a sentence says nothing else */
	SHOWN_MAX = 700      /* longest sentence shown, bytes */
};

/* Index of the first star page that ends after byte i. */
static size_t page_at(const struct outline *o, size_t i)
{
	size_t k = 0;
	while (k < o->n && (o->v[k].role != UNIT_PAGE || o->v[k].at.end <= i))
		k++;
	return k;
}

static void put_line(struct buf *b, const struct record *r, size_t beg, size_t end)
{
	span t = r->doc.text.clean;
	const struct outline *o = &r->outline;
	size_t page = page_at(o, beg);
	bool space = false;
	for (size_t i = beg; i < end; i++) {
		if (page < o->n && i >= o->v[page].at.beg) {
			i = o->v[page].at.end;
			while (page < o->n && (o->v[page].role != UNIT_PAGE || o->v[page].at.end <= i))
				page++;
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

static size_t word_ends(span t, size_t i, size_t beg)
{
	while (i > beg && !is_space(t.p[i]))
		i--;
	while (i > beg && is_space(t.p[i - 1]))
		i--;
	return i;
}

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
	for (size_t k = 0; k < r->cites.n && r->cites.v[k].at.beg < at.end; k++) {
		const struct range *c = &r->cites.v[k].full;
		for (; i < c->beg && i < at.end; i++)
			n += is_alpha(r->doc.text.clean.p[i]);
		i = c->end > i ? c->end : i;
	}
	for (; i < at.end; i++)
		n += is_alpha(r->doc.text.clean.p[i]);
	return n;
}

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

span excerpt_place(const struct record *r, uint32_t at)
{
	if (!r->outline.n)
		return r->doc.address;
	span found = r->outline.v[outline_at(&r->outline, at)].address;
	if (found.n > r->doc.address.n)
		return found;
	for (size_t i = 0; i < r->passages.n; i++)
		if (r->passages.v[i].at.beg <= at && at < r->passages.v[i].at.end)
			return r->passages.v[i].address;
	return found;
}
