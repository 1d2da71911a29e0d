/* cite_trie: names of reporters, codes and journals, found blind to spaces,
 * periods, apostrophes, commas and (after the first letter) case. */
#include "law/cite_private.h"

#define NAME_GAP 12 /* most bytes that say nothing between two that do */

/* The child of a node for a byte; 0 when there is none. The root and the node of the states have full tables, as every
 * walk begins there; other nodes have their children in order in one array. */
static uint32_t step(uint32_t node, unsigned char c)
{
	if (node <= TRIE_STATES)
		return trie_first[node][c];
	uint32_t lo = TRIE_CHILD(trie[node]), hi = lo + TRIE_CHILDREN(trie[node]);
	while (hi - lo > 4) {
		uint32_t mid = (lo + hi) / 2;
		if (TRIE_BYTE(trie[mid]) <= c)
			lo = mid;
		else
			hi = mid;
	}
	for (; lo < hi; lo++)
		if (TRIE_BYTE(trie[lo]) == c)
			return lo;
	return 0;
}

/* Past bytes that names are blind to, at most NAME_GAP; a line end counts as a blank, since names are wrapped. */
static size_t skip(span t, size_t i)
{
	size_t beg = i;
	while (i < t.n && i < beg + NAME_GAP) {
		unsigned char c = (unsigned char)t.p[i];
		if (c == ' ' || c == '.' || c == '\'' || c == ',' || c == '\n' || c == '\t' || c == '\r')
			i++;
		else if (c == 0xC2 && at(t, i + 1) == 0xA0)
			i += 2;
		else if (c == 0xE2 && at(t, i + 1) == 0x80 && (at(t, i + 2) == 0x98 || at(t, i + 2) == 0x99))
			i += 3;
		else if (c == '<' || (is_space((char)c) && i == beg))
			return blanks(t, i) > i ? blanks(t, i) : i;
		else
			break;
	}
	return i;
}

struct walk {
	span t;
	struct hit *hits;
	unsigned n;
	bool query;
};

/* Two letters of which the second is small are a state only when that is its abbreviation in print: "Pa.", not "Ct." or "Id.". */
static bool postal_fits(span t, size_t beg, size_t end, uint8_t state)
{
	span abbr = state_rows[state].abbr;
	if (end != beg + 2 || !is_lower((char)at(t, beg + 1)))
		return true;
	return abbr.n >= 2 && abbr.p[0] == t.p[beg] && abbr.p[1] == t.p[beg + 1] && (abbr.n == 2 || abbr.p[2] == '.');
}

/* The longest name of a state at i; STATE_NONE. */
static size_t state_here(span t, size_t i, bool query, uint8_t *state)
{
	uint32_t node = TRIE_STATES;
	size_t end = 0, beg = i;
	*state = STATE_NONE;
	while (i < t.n) {
		unsigned char c = (unsigned char)t.p[i];
		if (c >= 0x80 || !(node = step(node, (unsigned char)to_lower((char)c))))
			break;
		i++;
		uint8_t row = trie_ends[node] ? (uint8_t)ENTRY_ROW(trie_values[trie_ends[node]]) : STATE_NONE;
		if (row != STATE_NONE && (!is_alpha((char)at(t, i)) || at(t, i) == '\'') && (query || postal_fits(t, beg, i, row))) {
			*state = row;
			end = i;
		}
		i = skip(t, i);
	}
	return end;
}

/* All rows whose name ends at this node; after a state in the name only those of that state or of any. */
static void keep(struct walk *w, uint32_t node, size_t end, uint8_t state)
{
	for (const uint16_t *v = &trie_values[trie_ends[node]];; v++) {
		uint8_t row_state = ENTRY_KIND(*v) == ENTRY_CODE ? code_rows[ENTRY_ROW(*v)].state : STATE_NONE;
		bool fits = state == STATE_NONE || row_state == STATE_ANY || row_state == state;
		if (fits && w->n < HITS_MAX)
			w->hits[w->n++] = (struct hit){ end, *v, state };
		if (ENTRY_LAST(*v))
			return;
	}
}

/* Along the bytes; where the tree has an edge for a state and one stands there, a second walk goes on behind it. A walk has one state at most,
 * so there are no more walks than places, and names are short. */
static void walk(struct walk *w, uint32_t node, size_t i, uint8_t state)
{
	span t = w->t;
	while (i < t.n) {
		uint32_t edge = state == STATE_NONE ? step(node, TRIE_STATE_BYTE) : 0;
		unsigned char c = (unsigned char)t.p[i];
		uint8_t named;
		size_t end = edge && (w->query || is_upper((char)c)) ? state_here(t, i, w->query, &named) : 0;
		if (end && trie_ends[edge])
			keep(w, edge, end, named);
		if (end)
			walk(w, edge, skip(t, end), named);
		size_t len = dash(t, i);
		if (len)
			c = '-';
		node = c < 0x80 ? step(node, (unsigned char)to_lower((char)c)) : 0;
		if (!node)
			return;
		i = len ? len : i + 1;
		/* A name ends where no letter follows: "F.2d" not in "F.2died". */
		if (trie_ends[node] && !is_alpha((char)at(t, i)))
			keep(w, node, i, state);
		i = skip(t, i);
	}
}

/* Whether some name may begin as the word at i does. What is no letter may be blind. */
static bool may_begin(span t, size_t i)
{
	unsigned a = (unsigned)(at(t, i) | 32) - 'a', b = (unsigned)(at(t, i + 1) | 32) - 'a', c = (unsigned)(at(t, i + 2) | 32) - 'a';
	if (a > 25 || b > 25)
		return true;
	uint32_t mask = trie_thirds[26 * a + b];
	return c > 25 ? mask != 0 : mask >> c & 1;
}

/* In a text a name begins with a capital; in a query any letter will do. */
unsigned trie_hits(span t, size_t i, bool query, struct hit *hits)
{
	struct walk w = { t, hits, 0, query };
	if ((!query && !is_upper((char)at(t, i))) || !may_begin(t, i))
		return 0;
	walk(&w, TRIE_ROOT, i, STATE_NONE);
	/* Longest first; of equal length those found first stay first. */
	for (unsigned k = 1; k < w.n; k++) {
		struct hit h = hits[k];
		unsigned j = k;
		for (; j && hits[j - 1].end < h.end; j--)
			hits[j] = hits[j - 1];
		hits[j] = h;
	}
	return w.n;
}
