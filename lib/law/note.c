#include "law/note.h"

/* A number that may be a call. */
struct mark {
	struct range at;
	uint32_t number;
	bool bracketed;
};
struct marks {
	struct mark *v;
	size_t n, cap;
};
/* A footnote and its number. */
struct foot {
	uint32_t unit, number;
};
struct feet {
	struct foot *v;
	size_t n, cap;
};

enum { NUMBER_MAX = 999, LOOK_MOST = 4096 };

/* Up to three digits without a leading zero; 0 for anything else. *end is behind at most four of them, and the caller passes the rest. */
static uint32_t digits_at(span s, size_t i, size_t *end)
{
	uint32_t v = 0;
	size_t k = i;
	while (k < s.n && is_digit(s.p[k]) && k - i < 4)
		v = v * 10 + (uint32_t)(s.p[k++] - '0');
	*end = k;
	return k > i && s.p[i] != '0' && v <= NUMBER_MAX ? v : 0;
}

/* Before i ends a word of some length, a parenthesis or quotation, or the punctuation after
 * one: a raised number may follow. "F.2", "n.4", "No.7" have no such word before the period. */
static bool after_word(span s, size_t i)
{
	size_t k = i, letters = 0, capitals = 0;
	bool closed = false;
	while (k > 0 && i - k < 6 && (memchr(".,;:\"')]?!", s.p[k - 1], 10) || (unsigned char)s.p[k - 1] >= 0x80)) {
		k--;
		closed |= s.p[k] == ')' || s.p[k] == '"' || s.p[k] == ']' || s.p[k] == '\x9D';
	}
	while (k > letters && is_lower(s.p[k - 1 - letters]))
		letters++;
	while (k > capitals && is_upper(s.p[k - 1 - capitals]))
		capitals++;
	return closed || capitals >= 3 || letters >= (k < i ? 4u : 3u);
}

/* The footnote whose range i is in: its end; else 0. Notes are in order; *next moves on. */
static uint32_t inside_note(const struct outline *o, const struct feet *f, size_t *next, uint32_t i)
{
	while (*next < f->n && o->v[f->v[*next].unit].at.end <= i)
		++*next;
	const struct unit *u = *next < f->n ? &o->v[f->v[*next].unit] : NULL;
	return u && u->at.beg <= i ? u->at.end : 0;
}

/* All numbers outside the notes that may call one, in order: "[3]", or one glued to a word's end with a blank after it, "held.3 The". */
static struct marks marks_of(const struct outline *o, span s, const struct feet *f, struct arena *a)
{
	struct marks out = { 0 };
	size_t next = 0, end;
	for (size_t i = 0; i < s.n; i++) {
		if (!is_digit(s.p[i]))
			continue;
		/* What stands in a note calls no other: passed at once. */
		uint32_t past = inside_note(o, f, &next, (uint32_t)i);
		if (past) {
			i = past - 1;
			continue;
		}
		uint32_t v = digits_at(s, i, &end);
		bool bracketed = i > 0 && s.p[i - 1] == '[' && end < s.n && s.p[end] == ']';
		bool raised = v && !bracketed && (end == s.n || is_space(s.p[end])) && after_word(s, i);
		if (v && (bracketed || raised))
			*PUSH(a, &out) = (struct mark){ { (uint32_t)i - bracketed, (uint32_t)end + bracketed }, v, bracketed };
		while (end < s.n && is_digit(s.p[end]))
			end++;
		i = end > i ? end - 1 : i;
	}
	return out;
}

/* A note's number is the first in its label: "[3]", "3.", "3". */
static struct feet feet_of(const struct outline *o, struct arena *a)
{
	struct feet out = { 0 };
	for (size_t i = 0; i < o->n; i++) {
		if (o->v[i].role != UNIT_FOOTNOTE)
			continue;
		size_t k = 0, end;
		span l = o->v[i].label;
		while (k < l.n && !is_digit(l.p[k]))
			k++;
		uint32_t n = k < l.n ? digits_at(l, k, &end) : 0;
		*PUSH(a, &out) = (struct foot){ (uint32_t)i, n };
	}
	return out;
}

/* The first mark from `from` on that calls the note, before it stands; a bracketed one is preferred. */
static size_t call_of(const struct marks *m, size_t from, uint32_t number, uint32_t before)
{
	size_t raised = SIZE_MAX;
	for (size_t i = from; i < m->n && i < from + LOOK_MOST && m->v[i].at.beg < before; i++) {
		if (m->v[i].number != number)
			continue;
		if (m->v[i].bracketed)
			return i;
		raised = raised == SIZE_MAX ? i : raised;
	}
	return raised;
}

/* Notes are called in their order, so each is looked for behind the call of the one before: that, with the bound on the look, keeps stray numbers
 * from calling and the time linear. A note without a call is left out. */
struct note_calls note_calls(const struct outline *o, span clean, struct arena *a)
{
	struct note_calls out = { 0 };
	struct feet feet = feet_of(o, a);
	struct marks marks = feet.n ? marks_of(o, clean, &feet, a) : (struct marks){ 0 };
	size_t from = 0;
	for (size_t i = 0; i < feet.n; i++) {
		const struct unit *u = &o->v[feet.v[i].unit];
		size_t at = feet.v[i].number ? call_of(&marks, from, feet.v[i].number, u->at.beg) : SIZE_MAX;
		if (at == SIZE_MAX)
			continue;
		*PUSH(a, &out) = (struct note_call){ marks.v[at].at, feet.v[i].unit, (uint32_t)outline_at(o, marks.v[at].at.beg) };
		from = at + 1;
	}
	return out;
}

/* From front to back: a document has few notes. */
const struct note_call *note_called(const struct note_calls *l, size_t note)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].note == note)
			return &l->v[i];
	return NULL;
}
