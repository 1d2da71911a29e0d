/* Words that may be two, where nothing settles it: "areaways" is a word that
 * the table has not, or "area" and "ways". The text stays, the log gets the other reading. */
#include "law/repair_private.h"
#include "law/segment_private.h"

static void one_word(span s, struct range at, struct edits *out, struct arena *a)
{
	uint32_t split;
	span w = span_range(s, at);
	if (w.n < 6 || w.n > 24 || word_plausible(w) || joint_in_word(w, &split) == JOINT_NONE)
		return;
	span after = arena_printf(a, "%.*s %.*s", SPAN_ARG(span_sub(w, 0, split)), SPAN_ARG(span_sub(w, split, w.n)));
	edit_push(out, a, EDIT_READING, at, .5f)->after = after;
}

struct edits repair_readings(const struct text *t, struct arena *a)
{
	struct edits out = { 0 };
	span s = t->clean;
	for (uint32_t i = 0; i < s.n;) {
		uint32_t beg = i;
		while (i < s.n && is_alpha(s.p[i]))
			i++;
		bool lettered = beg && s.p[beg - 1] == ']'; /* "[n]onmutual" */
		if (i > beg && !lettered)
			one_word(s, (struct range){ beg, i }, &out, a);
		i += i == beg;
	}
	return out;
}
