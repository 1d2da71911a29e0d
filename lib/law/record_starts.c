#include "law/record.h"
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
};

/* Whether a unit begins at or before byte `at`, since the last call. */
static bool unit_begins(struct walk *w, uint32_t at)
{
	bool begins = false;
	for (; w->next < w->o->n && w->o->v[w->next].at.beg <= at; w->next++) {
		const struct unit *u = &w->o->v[w->next];
		if (u->role == UNIT_DOCUMENT)
			continue;
		begins = true;
		if (is_whole(u->role) && u->at.end > w->whole)
			w->whole = u->at.end;
	}
	return begins;
}

void record_starts(struct record *r, const struct tokens *t, struct arena *a)
{
	struct walk w = { .o = &r->outline };
	r->sentences = r->paragraphs = (struct starts){ 0 };
	for (size_t i = 0; i < t->n; i++) {
		const struct token *k = &t->v[i];
		if (k->flags & TOKEN_JOINED)
			continue;
		bool unit = unit_begins(&w, k->beg);
		bool paragraph = unit || (k->flags & TOKEN_PARAGRAPH && k->beg >= w.whole);
		if (paragraph)
			*PUSH(a, &r->paragraphs) = k->beg;
		if (paragraph || k->flags & TOKEN_SENTENCE)
			*PUSH(a, &r->sentences) = k->beg;
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
