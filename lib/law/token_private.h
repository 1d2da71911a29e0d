/* The parts of the tokenizer, for each other. */
#ifndef LAW_TOKEN_PRIVATE_H
#define LAW_TOKEN_PRIVATE_H

#include "law/token.h"

/* term cut to TOKEN_MAX_BYTES, at a whole character. */
span token_cut(span term);

/* A word with something else than ASCII letters and digits in it. */
struct wide {
	span term;     /* empty: what stands there is no word */
	span plain;    /* its form without accents; empty: the same */
	size_t end;    /* of the word in the text, or of what is no word; beyond the start */
	uint8_t flags;
};
struct wide wide_word(span text, size_t beg, struct arena *a);
/* True when a letter, mark or digit beyond ASCII begins at i. */
bool wide_letter(span text, size_t i);

/* What a period after a word may be besides the end of a sentence. */
enum abbreviation {
	ABBREVIATION_NOT,
	ABBREVIATION_ANY,  /* ends a sentence only when the next word begins one */
	ABBREVIATION_TITLE /* never ends one: "v.", "No.", "Mr." */
};
enum abbreviation abbreviation_of(const struct token *t, bool initials);
/* "so", "no", "found" in small letters: a word as well as an abbreviation. */
bool is_also_word(const struct token *t);
/* "the", "however": capitalised after an abbreviation it begins a sentence. */
bool starts_sentence(span term);

/* Flags the first words of sentences and paragraphs. */
void mark_sentences(span text, struct tokens *t);

#endif
