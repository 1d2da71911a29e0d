/* The words of other readings, put beside the words they are readings of. */
#include "law/text.h"
#include "law/token.h"

/* Tokens of one reading, as forms of the word w. */
static void put(struct tokens *out, const struct token *w, span reading, struct arena *a)
{
	struct tokens parts = tokens_of(reading, a);
	for (size_t i = 0; i < parts.n; i++) {
		struct token t = parts.v[i];
		t.beg = w->beg;
		t.end = w->end;
		t.pos = w->pos;
		t.flags = (uint8_t)((t.flags & (TOKEN_CAPS | TOKEN_ALLCAPS)) | TOKEN_JOINED);
		*PUSH(a, out) = t;
	}
}

/* One walk over words and log, both in order. The readings take the place, and the position, of the word they stand for, and count as no words. */
struct tokens tokens_with(const struct text *t, struct arena *a)
{
	struct tokens plain = tokens_of(t->clean, a), out = { .words = plain.words };
	size_t done = 0;
	for (size_t i = 0; i < t->edits.n; i++) {
		const struct edit *e = &t->edits.v[i];
		if (!edit_is_reading(e))
			continue;
		uint32_t beg = text_to_clean(t, e->at.beg);
		/* All before the edit's word, and what was joined at the word before. */
		while (done < plain.n && (plain.v[done].end <= beg || plain.v[done].flags & TOKEN_JOINED))
			*PUSH(a, &out) = plain.v[done++];
		struct token w = done < plain.n ? plain.v[done] : (struct token){ 0 };
		if (done == plain.n || w.beg > beg)
			continue; /* not a word of this text */
		do
			*PUSH(a, &out) = plain.v[done++];
		while (done < plain.n && plain.v[done].flags & TOKEN_JOINED);
		put(&out, &w, e->after, a);
	}
	if (!done)
		return plain;
	while (done < plain.n)
		*PUSH(a, &out) = plain.v[done++];
	return out;
}
