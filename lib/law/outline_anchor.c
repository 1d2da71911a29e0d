#include "law/label.h"
#include "law/outline.h"

/* The label at byte i when a list inside a sentence can have one there: a
 * blank or a dash before it, a blank after it. */
static struct label inline_label(span text, size_t i, size_t end)
{
	static const struct label none;
	if (text.p[i] != '(' || (i && !is_space(text.p[i - 1]) && text.p[i - 1] != '-' && (unsigned char)text.p[i - 1] < 0x80))
		return none;
	struct label l = label_read(span_sub(text, i, end));
	bool closed = l.n && i + l.end < end && is_space(text.p[i + l.end]);
	return closed && !label_refers(text, i) ? l : none;
}

/* One reading of the label is number n of the list's own class, with nothing inserted. */
static bool reads_as(const struct label *l, uint8_t class, unsigned n)
{
	for (size_t r = 0; r < l->n; r++)
		if (l->reading[r].class == class && l->reading[r].n == n && !l->reading[r].suffix)
			return true;
	return false;
}

/* The item that `want` names, in a list that counts from its first label
 * without a gap; a label that stands alone is no list. */
static bool item_in(span text, struct range in, struct reading want, struct range *out)
{
	unsigned next = 1;
	*out = (struct range){ 0, in.end };
	for (size_t i = in.beg; i < in.end; i++) {
		struct label l = inline_label(text, i, in.end);
		if (!l.n || !reads_as(&l, want.class, next))
			continue;
		if (next == want.n)
			out->beg = (uint32_t)i;
		else if (next == want.n + 1u)
			out->end = (uint32_t)i;
		if (next++ > want.n)
			break;
	}
	return next > want.n && next > 2;
}

/* The core as it stands in an address, "a", is put in brackets and read, so that its readings are those of the text. */
static bool anchor_in(span text, struct range in, span core, struct range *out)
{
	char printed[12] = "(";
	if (!core.n || core.n > sizeof printed - 3)
		return false;
	memcpy(printed + 1, core.p, core.n);
	printed[core.n + 1] = ')';
	struct label l = label_read((span){ printed, core.n + 2 });
	for (size_t r = 0; r < l.n; r++)
		if (!l.reading[r].suffix && item_in(text, in, l.reading[r], out))
			return true;
	return false;
}

/* Each step of the path is looked for within the item that the step before found. The text looked through is that of the unit itself and of
 * those with its address (its paragraphs), not that of units with addresses of their own. */
bool outline_anchor(const struct outline *o, span clean, size_t unit, span path, struct range *out)
{
	span rest = path, core;
	const struct unit *top = &o->v[unit];
	if (!span_cut(&rest, '/', &core))
		return false;
	for (size_t i = unit; i < top->after; i++) {
		const struct unit *u = &o->v[i];
		bool own = span_eq(u->address, top->address) && u->role != UNIT_HEADING && u->role != UNIT_FURNITURE;
		/* a parent's own text ends where its first child begins */
		struct range in = { u->at.beg, i + 1 < u->after ? o->v[i + 1].at.beg : u->at.end };
		if (!own || !anchor_in(clean, in, core, out))
			continue;
		struct range inner = *out;
		while (span_cut(&rest, '/', &core) && anchor_in(clean, inner, core, out))
			inner = *out;
		*out = inner;
		return true;
	}
	return false;
}
