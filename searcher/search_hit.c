#include "searcher/search_private.h"

#include "law/address.h"
#include "law/date.h"
#include "searcher/snippet.h"

/* Of a hit, at most. */
enum { PASSAGES_SHOWN = 3 };

/* The first source is the one whose text is kept. */
static void fill_source(struct hit *h, const struct record *r)
{
	if (!r->sources.n)
		return;
	h->path = r->sources.v[0].path;
	h->beg = r->sources.v[0].beg;
	h->end = r->sources.v[0].end;
}

/* All of the record's, which lives as long as the answer; how many cite it is a value of the entry. */
static bool fill_meta(struct searching *s, struct hit *h, const struct record *r)
{
	const struct doc *d = &r->doc;
	char date[11];
	h->address = d->address;
	h->kind = span_of(kind_name(d->kind));
	h->title = d->meta.title;
	h->cite = d->display;
	h->court = d->meta.court;
	h->version = d->meta.version;
	h->breadcrumb = d->meta.breadcrumb;
	h->copies = r->copies ? r->copies : (uint32_t)r->sources.n;
	h->quality = d->text.quality;
	h->date = arena_dup(s->a, (span){ date, date_format(d->date, date) });
	fill_source(h, r);
	return index_number(s->x, h->entry, F_CITED_BY, &h->cited_by, s->err);
}

/* The unit at the address, as if it were a passage. */
static bool unit_at(const struct record *r, span address, struct passage *out)
{
	for (size_t i = 0; i < r->outline.n; i++)
		if (span_eq(r->outline.v[i].address, address)) {
			*out = (struct passage){ (uint32_t)i, r->outline.v[i].at, address };
			return true;
		}
	return false;
}

/* Passages are chosen by where words stand; only those shown are read word by word. */
static bool fill_best(struct searching *s, struct hit *h, const struct record *r, struct finder *f)
{
	struct best_passage best[PASSAGES_SHOWN + 1];
	struct marks rough = marks_rough(f, s->err);
	size_t n = passages_best(&s->plan, r, &rough, best, PASSAGES_SHOWN);
	for (size_t i = 0; i < n; i++) {
		struct hit_passage *p = PUSH(s->a, &h->passages);
		const struct passage *of = &r->passages.v[best[i].passage];
		struct marks m = marks_in(f, of->at);
		*p = snippet_of(&s->plan, r, &m, of, s->a);
		p->score = best[i].score;
	}
	return s->err->code == ERR_NONE;
}

/* A pinpoint is shown whether the words stand there or not: it is what was asked for. */
bool hit_fill(struct searching *s, struct hit *h, span pinpoint)
{
	struct record r;
	struct passage unit;
	if (!index_record(s->x, h->entry, s->a, &r, s->err) || !fill_meta(s, h, &r))
		return false;
	struct finder *f = marks_begin(&s->plan, h->entry, &r, s->a, s->err);
	if (!f)
		return false;
	if (pinpoint.n && unit_at(&r, pinpoint, &unit)) {
		struct marks m = marks_in(f, unit.at);
		*PUSH(s->a, &h->passages) = snippet_of(&s->plan, &r, &m, &unit, s->a);
	} else if (!fill_best(s, h, &r, f)) {
		return false;
	}
	return !s->r->explain || rank_explain(s, h);
}

/* The passage in which a word stands, r->passages.n for none. */
static size_t passage_of(const struct record *r, uint32_t pos, struct arena *a)
{
	struct tokens t = tokens_of(r->doc.text.clean, a);
	size_t i = 0, k = 0;
	while (k < t.n && (t.v[k].pos < pos || t.v[k].flags & TOKEN_JOINED))
		k++;
	while (k < t.n && i < r->passages.n && r->passages.v[i].at.end <= t.v[k].beg)
		i++;
	return k < t.n ? i : r->passages.n;
}

/* Passages are found by position, records know them by byte: so this one text is cut into words. */
bool hit_fill_passage(struct searching *s, struct hit *h, uint32_t pos)
{
	struct record r;
	if (!index_record(s->x, h->entry, s->a, &r, s->err) || !fill_meta(s, h, &r))
		return false;
	size_t number = passage_of(&r, pos, s->a);
	/* The position came from the position files, so the record must have it. */
	if (number >= r.passages.n)
		return err_set(s->err, ERR_DAMAGED, "entry %u has no passage at word %u", h->entry, pos);
	struct finder *f = marks_begin(&s->plan, h->entry, &r, s->a, s->err);
	if (!f)
		return false;
	struct marks m = marks_in(f, r.passages.v[number].at);
	struct hit_passage *p = PUSH(s->a, &h->passages);
	*p = snippet_of(&s->plan, &r, &m, &r.passages.v[number], s->a);
	p->score = h->score;
	return s->err->code == ERR_NONE;
}
