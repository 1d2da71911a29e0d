/* The levels of an opinion's headed parts. */
#include "law/outline_opinion.h"

span opinion_heading(const struct opinion *o, size_t i)
{
	uint32_t number;
	span s = opinion_block(o, i);
	return span_trim(span_sub(s, printed_number(s, &number), s.n));
}

/* Heading k has the first number of its list, or one after the last on its level: "Q. What about Mr. Granoff?" has not. */
static bool follows(const struct candidates *c, size_t k)
{
	unsigned n = c->v[k].label.reading[c->v[k].reading].n, depth = c->v[k].depth;
	for (size_t i = k; i-- > 0 && n > 2;) /* one that is shallower may be no heading itself */
		if (c->v[i].depth == depth) {
			unsigned before = c->v[i].label.reading[c->v[i].reading].n;
			return n > before && n <= before + 2;
		}
	return n <= 2;
}

/* Places the numbered headings gathered in c, `above` levels below the opinion. */
static void place_numbers(struct opinion *o, struct candidates *c, unsigned above)
{
	static const struct scheme order = { "", 5, { LABEL_CLASS(LABEL_UROMAN, STYLE_PERIOD), LABEL_CLASS(LABEL_UPPER, STYLE_PERIOD),
		LABEL_CLASS(LABEL_DIGIT, STYLE_PERIOD), LABEL_CLASS(LABEL_LOWER, STYLE_PERIOD), LABEL_CLASS(LABEL_ROMAN, STYLE_PERIOD) } };
	struct candidates kept = { 0 };
	sequence_solve(c, &order, false, o->t->a);
	for (size_t k = 0; k < c->n; k++) {
		size_t i = c->v[k].at;
		span s = opinion_heading(o, i), rest = span_trim(span_sub(s, heading_label(s).end, s.n));
		if (follows(c, k) || all_capitals(rest, 4) || heading_words(rest))
			*PUSH(o->t->a, &kept) = c->v[k];
		else
			o->part[i] = PART_TEXT;
	}
	if (kept.n < c->n) /* what is no heading hid what follows it */
		sequence_solve(&kept, &order, false, o->t->a);
	for (size_t k = 0; k < kept.n; k++)
		o->depth[kept.v[k].at] = (uint8_t)((kept.v[k].depth ? kept.v[k].depth : 1) + above);
	*c = (struct candidates){ 0 };
}

/* A heading without a number that stands outermost by its look: capitals, or words of the usual parts. */
static bool outermost(span s)
{
	return !heading_label(s).n && (all_capitals(s, 4) || heading_words(s) || s.p[0] == '#');
}

bool opinion_heading_repeated(const struct opinion *o, size_t i)
{
	if (!i || o->part[i] != PART_HEADING || o->part[i - 1] != PART_HEADING)
		return false;
	span s = opinion_heading(o, i), before = opinion_heading(o, i - 1);
	return heading_again(s, before) || (!heading_label(s).n && heading_again(s, span_sub(before, heading_label(before).end, before.n)));
}

/* Levels of the headings. Where the first of an opinion is a title without a
 * number, "FACTS", numbers that are no such titles count below it; else a title
 * without a number is below the last that has one. Numbers are placed by their sequence. */
void opinion_place_headings(struct opinion *o)
{
	struct candidates c = { 0 };
	bool first = true, titles = false;
	unsigned above = 0;
	for (size_t i = o->first; i < o->b.n; i++) {
		span s = opinion_heading(o, i);
		if (o->part[i] == PART_AUTHOR) {
			place_numbers(o, &c, above);
			first = true;
			above = 0;
		}
		if (o->part[i] != PART_HEADING || opinion_heading_repeated(o, i))
			continue;
		struct label l = heading_label(s);
		if (first)
			titles = outermost(s);
		first = false;
		if (l.n) {
			span rest = span_trim(span_sub(s, l.end, s.n));
			bool own = all_capitals(rest, 4) || heading_words(rest);
			if (!c.n)
				above = titles && !own;
			*PUSH(o->t->a, &c) = (struct candidate){ .label = l, .at = (uint32_t)i };
		} else if (titles && outermost(s)) {
			place_numbers(o, &c, above);
			o->depth[i] = 1;
		}
	}
	place_numbers(o, &c, above);
	unsigned last = 0; /* level that a title without number stands on: below a number or capitals, beside its like */
	for (size_t i = o->first; i < o->b.n; i++) {
		span s = opinion_heading(o, i);
		if (o->part[i] == PART_AUTHOR)
			last = 0;
		if (o->part[i] != PART_HEADING)
			continue;
		if (!o->depth[i])
			o->depth[i] = (uint8_t)(last && !all_capitals(s, 4) ? last : 1);
		else
			last = o->depth[i] + (heading_label(s).n || all_capitals(s, 4) ? 1u : 0u);
	}
}
