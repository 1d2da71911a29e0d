#include "searcher/search_private.h"


enum { TERMS_LOOKED_AT = 20000, RARE = 0 };

/* Letters put in, left out, changed or exchanged with the next; above `most`
 * it may say any number above. */
static unsigned distance(span a, span b, unsigned most)
{
	unsigned row[3][TOKEN_MAX_BYTES + 1];
	if (a.n > TOKEN_MAX_BYTES || b.n > TOKEN_MAX_BYTES || a.n > b.n + most || b.n > a.n + most)
		return most + 1;
	for (size_t j = 0; j <= b.n; j++)
		row[0][j] = (unsigned)j;
	for (size_t i = 1; i <= a.n; i++) {
		/* Three rows of the usual table are enough: an exchange of neighbours looks back
		 * two. */
		unsigned *now = row[i % 3], *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];
		now[0] = (unsigned)i;
		for (size_t j = 1; j <= b.n; j++) {
			unsigned best = last[j - 1] + (a.p[i - 1] != b.p[j - 1]);
			best = last[j] + 1 < best ? last[j] + 1 : best;
			best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
			if (i > 1 && j > 1 && a.p[i - 1] == b.p[j - 2] && a.p[i - 2] == b.p[j - 1] && before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			now[j] = best;
		}
	}
	return row[a.n % 3][b.n];
}

/* A word of the index near to this one: nearest, then commonest. */
static bool nearest_word(struct searching *s, span word, span *out)
{
	/* Words that begin alike (two letters of a long word, one of a short): that bounds what is
	 * looked at. One slip in a word of up to seven letters, two in a longer one. */
	struct xap_term_range r = { .prefix = span_sub(word, 0, word.n > 5 ? 2 : 1), .max = TERMS_LOOKED_AT };
	struct xap_terms t = { 0 };
	unsigned most = word.n > 7 ? 2 : 1, best = most + 1;
	uint32_t common = 0;
	if (!index_words(s->x, &r, s->a, &t, s->err))
		return false;
	for (size_t i = 0; i < t.n; i++) {
		unsigned d = distance(word, t.v[i].term, most);
		/* A word of one document alone may be misspelt itself. */
		if (d > most || d == 0 || t.v[i].entries < 2)
			continue;
		if (d < best || (d == best && t.v[i].entries > common)) {
			best = d;
			common = t.v[i].entries;
			*out = t.v[i].term;
		}
	}
	return true;
}

/* Small letters only, four or more: what has capitals or figures may be a name or a number. */
static bool unknown(const struct plan *p, size_t leaf)
{
	const struct node *n = p->node[leaf];
	if (n->kind != NODE_WORD || n->text.n < 4 || p->leaf[leaf].entries > RARE)
		return false;
	for (size_t i = 0; i < n->text.n; i++)
		if (!is_lower(n->text.p[i]))
			return false;
	return true;
}

/* Word for word in the query as typed; connectors, quotes and fields stay as they are. */
bool search_suggest(struct searching *s)
{
	struct buf b = { .a = s->a };
	uint32_t at = 0;
	bool mended = false;
	/* A query of our own making (who cites ...) has no misspelt words. */
	if (s->query.text.p != s->r->text.p)
		return true;
	for (size_t i = 0; i < s->plan.nleaves; i++) {
		span word = { 0 };
		struct range in = s->plan.node[i]->at;
		if (!unknown(&s->plan, i) || in.beg < at)
			continue;
		if (!nearest_word(s, s->plan.node[i]->text, &word))
			return false;
		/* Only where the query holds just that word. */
		if (!word.n || in.end - in.beg != s->plan.node[i]->text.n)
			continue;
		buf_put(&b, span_sub(s->r->text, at, in.beg));
		buf_put(&b, word);
		at = in.end;
		mended = true;
	}
	buf_put(&b, span_sub(s->r->text, at, s->r->text.n));
	if (mended)
		s->out->suggestion = buf_span(&b);
	return true;
}
