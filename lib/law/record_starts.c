#include "law/record.h"

#include <string.h>
#include "law/record_private.h"
#include "law/token.h"

/* Roles whose unit is one paragraph, whatever blank lines its print has. */
static bool is_whole(enum unit_role r)
{
	return r == UNIT_PARAGRAPH || r == UNIT_QUOTATION || r == UNIT_FOOTNOTE;
}

struct walk {
	const struct outline *o;
	size_t next;     /* unit that begins next */
	uint32_t whole;  /* end of the unit that is one paragraph */
	uint32_t headed; /* end of the last heading, 0: none is open */
	span text;
};

/* Where the heading of a unit ends: it is no part of the sentence after it, with
 * a line end between them ("§ 302. Permits\nNo person") or a dash ("(a) In general.âThe court"). */
static uint32_t heading_end(const struct walk *w, const struct unit *u)
{
	if (u->role == UNIT_HEADING)
		return u->at.end;
	/* Looked for as it is when packed: a record just made and one read back must say the same. */
	size_t at = u->heading.n ? found_within(w->text, u->at, u->heading) : SIZE_MAX;
	return at < SIZE_MAX ? u->at.beg + (uint32_t)(at + u->heading.n) : 0;
}

/* Whether byte `at` is the first word after a heading. */
static bool heading_ends(struct walk *w, uint32_t at)
{
	bool ends = w->headed && at >= w->headed;
	if (ends)
		w->headed = 0;
	return ends;
}

/* Whether a unit begins at or before byte `at`, since the last call. */
static bool unit_begins(struct walk *w, uint32_t at)
{
	bool begins = false;
	for (; w->next < w->o->n && w->o->v[w->next].at.beg <= at; w->next++) {
		const struct unit *u = &w->o->v[w->next];
		if (u->role == UNIT_DOCUMENT || u->role == UNIT_PAGE)
			continue; /* a page begins in the middle of a sentence */
		begins = true;
		uint32_t headed = heading_end(w, u);
		w->headed = headed > at ? headed : w->headed;
		if (is_whole(u->role) && u->at.end > w->whole)
			w->whole = u->at.end;
	}
	return begins;
}

/* Bytes of the mark before byte `at` that belongs to the word after it: "(",
 * an opening quotation mark, a section or paragraph sign with its blanks. */
static uint32_t mark_before(span text, uint32_t floor, uint32_t at)
{
	static const char *const signs[] = { "\xC2\xA7", "\xC2\xB6", "\xE2\x80\x9C", "\xE2\x80\x98" };
	span s = span_sub(text, floor, at);
	if (s.n && memchr("([\"", s.p[s.n - 1], 3))
		return 1;
	size_t blanks = 0;
	while (s.n && is_space(s.p[s.n - 1]))
		s.n--, blanks++;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (span_ends(s, span_of(signs[i])) && (!blanks || i < 2))
			return (uint32_t)(strlen(signs[i]) + blanks);
	return 0;
}

/* Where the sentence of a word really begins: "(1) The" is a word of "1", but to
 * show the sentence without its bracket, and the one before with it, reads ill. */
static uint32_t start_of(span text, uint32_t floor, uint32_t word)
{
	for (uint32_t n; (n = mark_before(text, floor, word)) > 0;)
		word -= n;
	return word;
}

void record_starts(struct record *r, const struct tokens *t, struct arena *a)
{
	span text = r->doc.text.clean;
	struct walk w = { .o = &r->outline, .text = text };
	uint32_t floor = 0;
	r->sentences = r->paragraphs = (struct starts){ 0 };
	for (size_t i = 0; i < t->n; i++) {
		const struct token *k = &t->v[i];
		if (k->flags & TOKEN_JOINED)
			continue;
		bool unit = unit_begins(&w, k->beg);
		bool paragraph = unit || (k->flags & TOKEN_PARAGRAPH && k->beg >= w.whole);
		bool sentence = heading_ends(&w, k->beg) || paragraph || k->flags & TOKEN_SENTENCE;
		uint32_t beg = sentence ? start_of(text, floor, k->beg) : k->beg;
		if (paragraph)
			*PUSH(a, &r->paragraphs) = beg;
		if (sentence)
			*PUSH(a, &r->sentences) = beg;
		floor = k->end;
	}
}

static bool title_at(const struct tokens *t, size_t i, const struct tokens *title)
{
	if (t->n - i < title->n)
		return false;
	for (size_t k = 0; k < title->n; k++)
		if (!span_eq(t->v[i + k].term, title->v[k].term))
			return false;
	return true;
}

bool record_shows_title(const struct record *r, const struct tokens *t, struct arena *a)
{
	enum { AMONG_FIRST = 200 };
	struct tokens title = tokens_of(r->doc.meta.title, a);
	for (size_t i = 0; i < t->n && i < AMONG_FIRST; i++)
		if (title_at(t, i, &title))
			return true;
	return title.n == 0;
}
