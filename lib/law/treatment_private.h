/* What the files of treatment share. Every look around a word is bounded. */
#ifndef LAW_TREATMENT_PRIVATE_H
#define LAW_TREATMENT_PRIVATE_H

#include "base/hash.h"
#include "law/treatment.h"

enum { LOOK_BACK = 400, LOOK_AHEAD = 400, NAME_WORDS = 4 };

struct reading {
	const struct record *r;
	span t;
	const struct cites *cites;
	struct arena *a;
	struct map names;   /* party, or its first words -> 1 + index of its citation; NAME_TAKEN: of several */
	bool named;         /* names is filled */
	struct treatments *out;
};
#define NAME_TAKEN UINT32_MAX

/* treatment_lex.c */
size_t past_space(span t, size_t i);
size_t before_space(span t, size_t i);
/* Past the words of p at i, in any case, any blanks for one, a curly apostrophe
 * for a straight one, ending at the end of a word; 0: not there. */
size_t phrase_at(span t, size_t i, const char *p);
/* The same of a list that ends with a null: the longest that fits. */
size_t any_phrase(span t, size_t i, const char *const *list);
/* Where p begins that ends at i; SIZE_MAX: it does not. */
size_t phrase_before(span t, size_t i, const char *p);
size_t any_phrase_before(span t, size_t i, const char *const *list);
/* Past any number of phrases of the list, blanks between. */
size_t past_phrases(span t, size_t i, const char *const *list);
size_t before_phrases(span t, size_t i, const char *const *list);

/* treatment_target.c: cases beside a place */
struct target {
	uint32_t cite;    /* CITE_NONE: none */
	bool bare;        /* a name alone */
	size_t beg, end;  /* with name and parallels */
};
/* The citation that begins at i, its name included, or the name of a case. */
struct target target_at(struct reading *d, size_t i);
/* That ends right before i, blanks and commas aside. */
struct target target_before(struct reading *d, size_t i);
/* Past the last of the citations that are parallel to i, their parentheticals included. */
size_t group_end(const struct reading *d, uint32_t i);
/* The citation in whose parenthetical byte i stands; CITE_NONE. */
uint32_t paren_owner(const struct reading *d, size_t i);
/* Of the citation of an order (cert. denied) the case it was about; else the same. */
uint32_t case_of_order(const struct reading *d, uint32_t cite);
bool is_case_cite(const struct cite *c);

/* treatment_sentence.c */
/* The whole sentences about [beg, end), no citation cut. */
struct range sentence_around(const struct reading *d, size_t beg, size_t end);
bool quoted_at(const struct reading *d, struct range sentence, size_t i);
/* Someone argues, asks or supposes what follows up to i. */
bool hedged(const struct reading *d, struct range sentence, size_t i);

/* treatment_history.c, treatment_prose.c */
void history_after(struct reading *d, uint32_t cite);
void prose_read(struct reading *d);
void treatment_add(struct reading *d, struct treatment t);

/* Qualifiers after a verb: "in part", "on other grounds", "per curiam". */
size_t qualifiers(span t, size_t i, struct treatment *out);

#endif
