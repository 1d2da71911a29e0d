/* Words broken by a tab or a space: OCR that reads a ruled margin puts a tab
 * into a word, and now and then gives a letter on both sides of it:
 * "fur<tab>rther", "record<tab>s.", "fur rther". */
#include "law/repair_private.h"

static bool joined_known(span x, span y)
{
	char both[80];
	if (x.n + y.n > sizeof both)
		return false;
	memcpy(both, x.p, x.n);
	memcpy(both + x.n, y.p, y.n);
	return word_known((span){ both, x.n + y.n });
}

/* How many bytes after the gap go with it, for the pieces to make a word; -1: they make none. */
static int joins(span x, span y)
{
	if (!x.n || !y.n || !is_alpha(x.p[x.n - 1]))
		return -1;
	if (joined_known(x, y))
		return 0;
	bool again = y.n > 1 && to_lower(y.p[0]) == to_lower(x.p[x.n - 1]);
	return again && joined_known(x, span_sub(y, 1, y.n)) ? 1 : -1;
}

static void tab(span s, uint32_t i, struct edits *out, struct arena *a)
{
	uint32_t end = i;
	while (end < s.n && s.p[end] == '\t')
		end++;
	if (end < s.n && s.p[end] == '|')
		end++;
	span x = letters_before(s, i), y = letters_after(s, end);
	if (!x.n || end == s.n || s.p[end] == '\n')
		return;
	/* Two words, unless they make one and are no usual pair: "fisher<tab>men". */
	bool pair = word_known(x) && word_known(y) && word_pair_cost(x, y) < word_cost(y);
	bool whole = word_known(x) && word_known(y) && (pair || y.n < 3 || !joined_known(x, y));
	int skip = whole ? -1 : joins(x, y);
	if (skip >= 0 && (is_lower(s.p[end]) || skip == 1))
		edit_push(out, a, "broken-word", (struct range){ i, end + (uint32_t)skip }, .95f);
	else if (end == i + 1 && is_lower(x.p[x.n - 1]) && y.n && is_lower(y.p[0]))
		edit_push(out, a, "broken-word", (struct range){ i, end }, .9f)->after = SPAN(" ");
}

/* One space in a word: the piece after it is no word, and the whole is. */
static void space(span s, uint32_t i, struct edits *out, struct arena *a)
{
	span x = letters_before(s, i), y = letters_after(s, i + 1);
	if (x.n < 2 || y.n < 2 || !is_lower(y.p[0]) || (word_plausible(x) && word_plausible(y)) || word_known(y))
		return;
	if (word_known(x) && word_plausible(y))
		return;
	int skip = joins(x, y);
	if (skip >= 0 && x.n + y.n >= 6)
		edit_push(out, a, "broken-word", (struct range){ i, i + 1 + (uint32_t)skip }, .9f);
}

struct edits repair_broken(const struct text *t, struct arena *a)
{
	struct edits out = { 0 };
	span s = t->clean;
	for (uint32_t i = 1; i + 1 < s.n; i++) {
		if (s.p[i] == '\t' && s.p[i - 1] != '\t')
			tab(s, i, &out, a);
		else if (s.p[i] == ' ' && is_lower(s.p[i - 1]) && is_lower(s.p[i + 1]))
			space(s, i, &out, a);
	}
	edits_settle(&out);
	return out;
}
