/* token: words, sentences and paragraphs of a clean text.
 *
 * One tokenizer for documents, queries and highlights. Words are runs of
 * letters and digits of any script, lower-cased and compatibility-folded (curly quotes,
 * ligatures, accents kept), with inner apostrophes dropped with what follows
 * when possessive. Positions count words; hyphenated parts are words at
 * consecutive positions and the joined form is another token at the first's
 * position; "R.I.C.O." is one word "rico". A sentence does not end at "v.",
 * "U.S.C.", "Inc.", "No.", initials or inside a citation. */
#ifndef LAW_TOKEN_H
#define LAW_TOKEN_H

#include "base/arena.h"

#define TOKEN_MAX_BYTES 64 /* longer words are cut; documents keep them whole in their text */

enum { TOKEN_CAPS = 1, TOKEN_ALLCAPS = 2, TOKEN_JOINED = 4, TOKEN_SENTENCE = 8, TOKEN_PARAGRAPH = 16 };

struct token {
	span term;         /* folded form: borrows from the text when it is there as such, else lives in the arena */
	uint32_t beg, end; /* in the text */
	uint32_t pos;      /* counted from 1 */
	uint8_t flags;     /* TOKEN_SENTENCE, TOKEN_PARAGRAPH: first of its sentence, paragraph */
};
struct tokens {
	struct token *v;
	size_t n, cap;
};
struct tokens tokens_of(span text, struct arena *a);

/* Porter2 stems (libstemmer, English), cached. One per thread; close with stems_close. */
struct stems;
struct stems *stems_open(void);
void stems_close(struct stems *s);
span stem_of(struct stems *s, span term); /* valid until stems_close */

#endif
