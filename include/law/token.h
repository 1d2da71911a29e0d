/* token: words, sentences and paragraphs of a clean text, and stems.
 *
 * One tokenizer for documents, queries and highlights. A word is a run of
 * letters and digits of any script, folded to lower case and to compatibility
 * form (ligatures, full width). Accents are kept, and the form without them is
 * another token at the same position. In particular:
 *
 *   court's, children’s      court, children: the possessive is dropped
 *   don't, O'Brien           dont, obrien: other inner apostrophes close up
 *   U.S.C., R.I.C.O.         usc, rico: letters with a period each are one word
 *   610.100, 1,000           610.100, 1000: one word; a second period ends it
 *   good-will                good, will at consecutive positions, and goodwill,
 *                            flagged TOKEN_JOINED, at the position of good
 *
 * Positions count words from 1 without gaps, across lines, pages, sentences
 * and paragraphs. A sentence does not end at "v.", "U.S.C.", "Inc.", "No.",
 * initials or inside a citation. A paragraph begins after a blank line, or, in
 * a text whose lines all have one between them, at an indented line; where a
 * page break cuts a sentence neither begins. Time and memory are linear. */
#ifndef LAW_TOKEN_H
#define LAW_TOKEN_H

#include "base/arena.h"

#define TOKEN_MAX_BYTES 64 /* longer words are cut, at a whole character; documents keep them whole in their text */

enum {
	TOKEN_CAPS = 1,      /* begins with a capital */
	TOKEN_ALLCAPS = 2,   /* two letters or more, all capitals */
	TOKEN_JOINED = 4,    /* one more form of the word or words from here; follows the plain token */
	TOKEN_SENTENCE = 8,  /* first word of its sentence; never on a joined token */
	TOKEN_PARAGRAPH = 16 /* first word of its paragraph, and of a sentence */
};

struct token {
	span term;         /* folded form; lives in the arena */
	uint32_t beg, end; /* bytes in the text; a joined form covers all its parts */
	uint32_t pos;      /* counted from 1 */
	uint8_t flags;
};
struct tokens {
	struct token *v;
	size_t n, cap;
	uint32_t words;    /* positions used: pos of the last token */
	uint32_t *hash;    /* hash_word of each term, once tokens_hash was called; null: not yet */
};
struct tokens tokens_of(span text, struct arena *a);
/* The same of a repaired text, with the words of each other reading in its log
 * (EDIT_READING): joined tokens that follow the word they are another reading of, at its position. */
struct text;
struct tokens tokens_with(const struct text *t, struct arena *a);

/* Hashes the terms, for all who look them up. */
void tokens_hash(struct tokens *t, struct arena *a);

/* True for words that carry little on their own ("the", "of", "shall"): left
 * out of ranked queries, never of positions. */
bool token_is_stop(span term);

/* Porter2 stems (libstemmer, English), cached: one struct a thread, for as
 * many documents as wanted (the cache is bounded). Close with stems_close. A
 * word with anything but ASCII letters is its own stem. */
struct stems;
struct stems *stems_open(void);
void stems_close(struct stems *s);
/* Lives in the cache (until stems_close), in a, or is term itself. */
span stem_of(struct stems *s, span term, struct arena *a);
/* The stem with a "Z" before it, as the index has it; lives in the cache or in a. */
span stem_term(struct stems *s, span term, struct arena *a);

#endif
