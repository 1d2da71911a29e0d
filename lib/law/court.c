/* court: courts by id, by a citation's parenthesis, by a caption. */
#include "law/court.h"
#include "law/facts.h"

/* Some 850 courts, and one look-up for a document or a citation: no index is worth it. */
const struct court *court_by_id(span id)
{
	for (size_t i = 0; id.n && i < courts_n; i++)
		if (span_eq(courts[i].id, id))
			return &courts[i];
	return 0;
}

/* The group of a court is the one above it, but the court at the top of a jurisdiction groups nothing. */
span court_group(const struct court *c)
{
	const struct court *above = c && c->parent.n ? court_by_id(c->parent) : NULL;
	return above && above->level > 1 ? above->id : (span){ 0 };
}

span jurisdiction_name(span id)
{
	for (size_t i = 0; i < state_rows_n; i++)
		if (span_eq(state_rows[i].id, id))
			return state_rows[i].name;
	return (span){ 0 };
}

#define KEY_MAX 80

/* court_keys are made at build time, sorted, small letters and digits alone. */
static const struct court *by_key(span key)
{
	size_t lo = 0, hi = court_keys_n;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		int d = span_cmp(court_keys[mid].key, key);
		if (d == 0)
			return &courts[court_keys[mid].court];
		if (d < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return 0;
}

/* A court's words are compared by letters and digits: "D. Mass." is "dmass". ends[] has where each of its words ends in the key. */
const struct court *court_by_cite(span s)
{
	char key[KEY_MAX];
	size_t n = 0, ends[KEY_MAX];
	size_t words = 0;
	const struct court *c;
	s = span_trim(s);
	for (size_t i = 0; i < s.n && n < KEY_MAX; i++) {
		if (is_alnum(s.p[i])) {
			key[n++] = to_lower(s.p[i]);
		} else if (n && words < KEY_MAX && (!words || ends[words - 1] != n)) {
			ends[words++] = n;
		}
	}
	if ((c = by_key((span){ key, n })))
		return c;
	/* "Tex. App.-Waco", "Mo. App. W.D.": the longest beginning that is a court, of two words at least. */
	while (words > 1) {
		n = ends[--words];
		/* Beginnings of three letters or fewer are too many courts' and words'; the highest court is not meant where more words follow. */
		if (n > 3 && (c = by_key((span){ key, n })))
			return c->level == 1 ? 0 : c;
	}
	return 0;
}

/* The next word of letters, lower-cased into w; 0 at the end. Skips small words. */
static size_t caption_word(span s, size_t *i, char w[24])
{
	static const char *const skip[] = { "of", "the", "for", "in", "and", "state", "at" };
	for (;;) {
		/* Letters beyond the 23rd are dropped, alike on both sides. */
		size_t n = 0;
		while (*i < s.n && !is_alpha(s.p[*i]))
			(*i)++;
		while (*i < s.n && is_alpha(s.p[*i])) {
			if (n < 23)
				w[n++] = to_lower(s.p[*i]);
			(*i)++;
		}
		w[n] = 0;
		if (!n)
			return 0;
		bool small = false;
		for (size_t k = 0; k < sizeof skip / sizeof *skip && n <= 5; k++) /* none is longer than "state" */
			small |= w[0] == skip[k][0] && strcmp(w, skip[k]) == 0;
		if (!small)
			return n;
	}
}

/* The words of a caption, and by which two letters they begin: nearly every court's name is left at its first word. */
struct caption_words {
	char word[48][24];
	size_t n;
	uint32_t begins[32];
};

static uint32_t second_letter(const char *w)
{
	return 1u << ((unsigned char)w[1] & 31u);
}

/* How many words of name stand in the caption, all of them needed; 0 else. */
static unsigned name_within(span name, const struct caption_words *c)
{
	char w[24];
	unsigned found = 0;
	for (size_t i = 0; caption_word(name, &i, w);) {
		size_t k = 0;
		if (!(c->begins[(unsigned char)w[0] & 31u] & second_letter(w)))
			return 0;
		while (k < c->n && strcmp(c->word[k], w) != 0)
			k++;
		if (k == c->n)
			return 0;
		found++;
	}
	return found;
}

/* Every word of the court's name must stand in the caption, in any order: "IN THE UNITED STATES DISTRICT COURT FOR THE ...". One word is
 * not enough. 48 words of the caption are looked at. */
const struct court *court_by_caption(span s)
{
	struct caption_words c = { .n = 0 };
	unsigned best_words = 1;
	const struct court *best = 0;
	for (size_t i = 0; c.n < sizeof c.word / sizeof *c.word && caption_word(s, &i, c.word[c.n]); c.n++)
		c.begins[(unsigned char)c.word[c.n][0] & 31u] |= second_letter(c.word[c.n]);
	for (size_t k = 0; k < courts_n; k++) {
		unsigned found = name_within(courts[k].name, &c);
		/* A longer name says more; of equal ones the higher court. */
		if (found > best_words || (found == best_words && best && courts[k].level < best->level)) {
			best = &courts[k];
			best_words = found;
		}
	}
	return best;
}
