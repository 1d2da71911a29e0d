/* Words divided at line ends: the hyphen goes when the whole is a word, stays
 * when both halves are ("self-\nincrimination", "Roa-\nMedina"); the soft
 * hyphen goes, but between digits it was a hyphen. */
#include "law/repair_joint.h"

/* Past the line end and the next line's indent; 0: not at a line end, or an empty line follows. */
static uint32_t next_line(span s, uint32_t i)
{
	while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t'))
		i++;
	if (i >= s.n || s.p[i] != '\n')
		return 0;
	i++;
	while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t'))
		i++;
	return i < s.n && s.p[i] != '\n' ? i : 0;
}

static void at_hyphen(span s, uint32_t i, uint32_t len, struct edits *out, struct arena *a)
{
	uint32_t next = next_line(s, i + len);
	span x = letters_before(s, i), y = next ? letters_after(s, next) : (span){ 0 };
	if (!next || x.n < 1 || !y.n)
		return;
	char both[80];
	memcpy(both, x.p, x.n);
	memcpy(both + x.n, y.p, y.n);
	bool small = is_lower(y.p[0]);
	bool whole = small && word_plausible((span){ both, x.n + y.n });
	bool halves = word_known(x) && word_known(y) && x.n > 2 && y.n > 2 && !word_known((span){ both, x.n + y.n });
	bool compound = i > x.n && s.p[i - x.n - 1] == '-';
	bool marker = is_upper(x.p[x.n - 1]) && (compound || !is_upper(y.p[0]) || x.n < 2);
	bool prefix = small && !word_known((span){ both, x.n + y.n }) && word_known(x) && word_known(y);
	if (marker || (!small && !is_upper(x.p[0])))
		return;
	if (whole && !halves && !compound && !prefix)
		edit_push(out, a, "line-hyphen", (struct range){ i, next }, .97f);
	else if (len == 2) /* a sign that is no hyphen */
		edit_push(out, a, "line-hyphen", (struct range){ i, next }, .8f)->after = SPAN("-");
	else if (small || is_upper(y.p[0]))
		edit_push(out, a, "line-hyphen", (struct range){ i + len, next }, halves || !small ? .9f : .8f);
}

static void soft_hyphen(span s, uint32_t i, struct edits *out, struct arena *a)
{
	bool digits = i > 0 && i + 2 < s.n && is_digit(s.p[i - 1]) && is_digit(s.p[i + 2]);
	uint32_t next = next_line(s, i + 2);
	span x = letters_before(s, i), y = letters_after(s, i + 2);
	bool halves = x.n > 2 && y.n > 2 && word_known(x) && word_known(y);
	if (halves) {
		char both[80];
		memcpy(both, x.p, x.n);
		memcpy(both + x.n, y.p, y.n);
		halves = !word_plausible((span){ both, x.n + y.n });
	}
	span after = digits || halves ? SPAN("-") : (span){ 0 };
	edit_push(out, a, "soft-hyphen", (struct range){ i, next ? next : i + 2 }, .95f)->after = after;
}

/* Bytes of a hyphen at a line's end other than "-": U+2010, U+2011, and the sign that some readers write for a soft hyphen, U+00AC. */
static uint32_t other_hyphen(span s, uint32_t i)
{
	span rest = span_sub(s, i, s.n);
	if (span_starts(rest, SPAN("\xE2\x80\x90")) || span_starts(rest, SPAN("\xE2\x80\x91")))
		return 3;
	return span_starts(rest, SPAN("\xC2\xAC")) ? 2 : 0;
}

/* --- hyphens of line ends that are gone: "informa-tion" --- */

enum { STRAY_LEAST = 2, STRAY_BYTES = 4000 };

/* How surely the hyphen at i once stood at a line's end: 2, neither half is a word and the whole is; 1, one half is none; 0. */
static int stray(span s, uint32_t i)
{
	span x = letters_before(s, i), y = letters_after(s, i + 1);
	char both[80];
	if (x.n < 2 || y.n < 2 || !is_lower(x.p[0]) || !is_lower(y.p[0]) || x.n + y.n < 6 || joint_opens_compound(x))
		return 0;
	uint32_t beg = i - (uint32_t)x.n, end = i + 1 + (uint32_t)y.n;
	if ((beg && s.p[beg - 1] == '-') || (end < s.n && s.p[end] == '-'))
		return 0;
	memcpy(both, x.p, x.n);
	memcpy(both + x.n, y.p, y.n);
	if (!word_known((span){ both, x.n + y.n }))
		return 0;
	return !word_known(x) + !word_known(y);
}

/* Compounds may have a half that no table holds; only where hyphens stand inside words again and again did lines end there. */
static void strays(span s, struct edits *out, struct arena *a)
{
	size_t sure = 0;
	for (size_t i = span_find_byte(s, '-', 1); i + 1 < s.n; i = span_find_byte(s, '-', i + 1))
		sure += is_lower(s.p[i - 1]) && stray(s, (uint32_t)i) == 2;
	if (sure < STRAY_LEAST || sure * STRAY_BYTES < s.n)
		return;
	for (size_t i = span_find_byte(s, '-', 1); i + 1 < s.n; i = span_find_byte(s, '-', i + 1))
		if (is_lower(s.p[i - 1]) && stray(s, (uint32_t)i))
			edit_push(out, a, "line-hyphen", (struct range){ (uint32_t)i, (uint32_t)i + 1 }, .9f);
}

struct edits repair_hyphen(const struct text *t, struct arena *a)
{
	struct edits out = { 0 };
	span s = t->clean;
	for (uint32_t i = 0; (i = (uint32_t)span_find_of(s, "-\xC2\xE2\xE2", i)) + 1 < s.n; i++) {
		if (s.p[i] == '-' && (s.p[i + 1] == '\n' || s.p[i + 1] == ' ') && i && is_alpha(s.p[i - 1]))
			at_hyphen(s, i, 1, &out, a);
		else if ((unsigned char)s.p[i] == 0xC2 && (unsigned char)s.p[i + 1] == 0xAD)
			soft_hyphen(s, i, &out, a);
		else if (((unsigned char)s.p[i] == 0xE2 || (unsigned char)s.p[i] == 0xC2) && i && is_alpha(s.p[i - 1]) && other_hyphen(s, i))
			at_hyphen(s, i, other_hyphen(s, i), &out, a);
	}
	strays(s, &out, a);
	edits_settle(&out);
	return out;
}
