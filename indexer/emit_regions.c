#include "base/sort.h"
#include "indexer/emit_private.h"

size_t emit_token_at(const struct emission *e, uint32_t at, size_t from)
{
	const struct tokens *t = e->tokens;
	/* Callers go forward; a step back is possible (a citation inside another). */
	if (from >= t->n || t->v[from].beg > at)
		from = 0;
	size_t i = t->n ? from + count_below(&t->v[from].beg, t->n - from, sizeof *t->v, at) : 0;
	while (i < t->n && t->v[i].flags & TOKEN_JOINED)
		i++;
	return i;
}

/* Beginnings alone: a sentence ends where the next begins. */
static void add_starts(struct emission *e, enum field f, const struct starts *s)
{
	size_t token = 0;
	for (size_t i = 0; i < s->n; i++) {
		token = emit_token_at(e, s->v[i], token);
		if (token < e->tokens->n)
			emit_add(e, emit_edge(e, f, false), 0, e->tokens->v[token].pos);
	}
}

/* Roles that can be searched in; -1: the text of all others is just text. */
static int field_of_role(enum unit_role r)
{
	switch (r) {
	case UNIT_HEADING:
		return F_HEADING;
	case UNIT_HISTORY:
		return F_HISTORY;
	case UNIT_ANNOTATION:
	case UNIT_NOTE:
		return F_NOTES;
	case UNIT_QUOTATION:
		return F_QUOTATION;
	case UNIT_FOOTNOTE:
		return F_FOOTNOTE;
	case UNIT_DISPOSITION:
		return F_DISPOSITION;
	default:
		return -1;
	}
}

/* A region from the first word of `at` to the last; regions of a field do not
 * nest, so that beginnings and ends pair in order. */
static void add_region(struct emission *e, enum field f, struct range at, size_t *token)
{
	size_t first = emit_token_at(e, at.beg, *token), end = emit_token_at(e, at.end, first);
	if (first >= end)
		return;
	/* A joined token is one more form of words before it, at the
	 * position of their first: the end is that of the last plain word. */
	while (e->tokens->v[end - 1].flags & TOKEN_JOINED)
		end--;
	emit_add(e, emit_edge(e, f, false), 0, e->tokens->v[first].pos);
	emit_add(e, emit_edge(e, f, true), 0, e->tokens->v[end - 1].pos);
	*token = first;
}

/* Positions of a term must ascend, so sentences, paragraphs and passages
 * come each in their own order, and units in that of the outline. */
void emit_regions(struct emission *e)
{
	uint32_t until[F_COUNT] = { 0 };
	size_t token = 0;
	add_starts(e, F_SENTENCE, &e->r->sentences);
	add_starts(e, F_PARAGRAPH, &e->r->paragraphs);
	for (size_t i = 0; i < e->r->passages.n; i++)
		add_region(e, F_PASSAGE, e->r->passages.v[i].at, &token);
	token = 0;
	for (size_t i = 0; i < e->r->outline.n; i++) {
		const struct unit *u = &e->r->outline.v[i];
		int f = field_of_role(u->role);
		/* Within a unit of the field already: regions of a field do not nest. */
		if (f < 0 || u->at.beg < until[f])
			continue;
		until[f] = u->at.end;
		add_region(e, (enum field)f, u->at, &token);
	}
}
