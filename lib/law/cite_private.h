/* cite_private: what the files of the scanner share. Not for other modules.
 *
 * A reader takes a place in the text and gives the place after what it read,
 * or 0 when its rule does not fit; a scanner moves only on success. Every
 * reader looks at a bounded number of bytes, so the whole scan is linear. */
#ifndef LAW_CITE_PRIVATE_H
#define LAW_CITE_PRIVATE_H

#include "law/cite.h"
#include "base/hash.h"
#include "law/facts.h"

#define NAME_MAX_BYTES 260   /* how far before a citation its case name is looked for */
#define PAREN_MAX_BYTES 3000 /* longest parenthetical */
#define LIST_MAX 64          /* items of one list of sections */
#define PARTY_TWICE 0x80000000u
#define PARTY_INDEX 0x7FFFFFFFu
#define DEPTH_MAX 8          /* nested parentheticals kept apart */

/* The state of one scan. */
struct scan {
	span t;                         /* the text */
	const struct cite_context *ctx; /* never null */
	struct arena *a;
	struct cites *out;
	bool query;      /* a query: any case of letters will do */
	uint8_t state;   /* index of the document's jurisdiction, STATE_NONE */
	uint32_t floor;  /* a case name does not reach before this byte */
	uint32_t solid;  /* end of what the last citation owns alone: pin and date, no parenthetical */
	struct { uint32_t beg, end, owner; } parens[DEPTH_MAX]; /* parentheticals that are open */
	unsigned nparens;
	struct {                     /* last code of statutes [0], of regulations [1]: for bare sections */
		const struct code_row *row;
		span title;
		uint8_t state;
		bool parted;         /* its numbers have periods, hyphens or colons */
	} last[2];
	uint16_t edition;    /* year printed between a code's name and its sections; 0 */
	const struct code_row *rules; /* last set of rules; null */
	uint8_t rules_state, const_state; /* of the last rules and constitution */
	struct map sections;         /* number -> 1 + index of the citation that named its code */
	struct map volumes;          /* "410/us" -> 1 + index of the last case of that volume */
	struct { struct case_link { uint32_t before, address; } *v; size_t n, cap; } cases; /* by index: the case
				      * before it of the same volume, and a hash of its address, in a fortieth
				      * of the room of a citation: a walk through a volume stays in the cache */
	struct map parties;          /* name as printed -> 1 + index of the case; PARTY_TWICE: of several */
};

/* cite_lex.c: small readers. at(t, i) is 0 past the end. */
static inline unsigned char at(span t, size_t i) { return i < t.n ? (unsigned char)t.p[i] : 0; }
size_t blanks(span t, size_t i);                  /* spaces, tags, no-break spaces: at most 80 bytes, 3 lines */
size_t blanks_back(span t, size_t i, size_t floor);
size_t digits(span t, size_t i);                  /* past a run of digits; i when there is none */
size_t word_here(span t, size_t i, const char *w); /* past w in any case, ending at a word's end; 0 */
size_t any_word(span t, size_t i, const char *const *words, int *which);
bool starts_word(span t, size_t i);
size_t dash(span t, size_t i);                    /* past -, en or em dash; 0 */
size_t sign(span t, size_t i, bool *plural);      /* past §, §§, sec., section(s); 0 */
size_t sign_damaged(span t, size_t i, bool *plural); /* past "$", "SS", U+FFFD before a number; 0 */
size_t paragraph_sign(span t, size_t i);          /* past ¶, ¶¶, para., par.; 0 */
size_t close_paren(span t, size_t i, size_t max); /* i at ( or [: past its partner; 0 */
size_t roman(span t, size_t i, unsigned *value);  /* past a roman numeral; 0 */
uint16_t year_of(span s);                         /* 1600 to 2099; else 0 */

/* cite_trie.c: names. */
struct hit {
	size_t end;
	uint16_t entry; /* facts.h */
	uint8_t state;  /* the state named within it, STATE_NONE */
};
#define HITS_MAX 24
/* All entries whose name stands at i, longest first; their number. */
unsigned trie_hits(span t, size_t i, bool query, struct hit *hits);

/* cite_pin.c */
size_t pin_read(span t, size_t i, span *pin);     /* at a pin's first byte: 153-54 n.4, *4, ¶ 12; 0 */
size_t pin_after(const struct scan *s, size_t i, span *pin); /* the same after ", " or " at "; 0 */
bool citation_at(const struct scan *s, size_t i); /* a volume and a reporter stand here */

/* cite_paren.c: what follows a case */
void tail_read(struct scan *s, uint32_t index);
bool paren_dates(span in, struct cite *c); /* reads court and year of a parenthesis; false when it is none of these */
void paren_open(struct scan *s, struct range at, uint32_t owner);

/* cite_name.c */
void name_read(struct scan *s, uint32_t index);
span signal_before(span t, size_t beg, size_t floor);

/* cite_page.c. What a reporter's name was followed by. */
struct place {
	size_t end;          /* after the page */
	span page, pin;
	bool is_short;       /* "410 U.S. at 155" */
	bool blank;          /* "585 U.S. ___" */
	uint16_t year;       /* printed between name and page, or 0 */
};
size_t paragraph_mark(span t, size_t i); /* past ¶ or the "P" that stands for it; i when there is none */
size_t page_read(span t, size_t i, struct place *p, bool neutral);
bool place_read(const struct scan *s, size_t end, const struct series *r, struct place *p);
size_t case_emit(struct scan *s, size_t beg, span volume, const struct series *r, const struct place *p);

/* cite_odd.c */
size_t case_dashed(struct scan *s, size_t beg, span volume, size_t end);
size_t case_mississippi(struct scan *s, size_t beg, span volume, size_t end);
size_t case_louisiana(struct scan *s, size_t beg, span volume, size_t i);
size_t case_louisiana_docket(struct scan *s, size_t beg);
size_t case_unpaged(struct scan *s, size_t beg);       /* at "_" or "-" */
size_t case_unborn(struct scan *s, size_t beg, span volume, const struct hit *h);

/* cite_case.c, cite_statute.c ...: each returns where to go on, or 0 */
size_t case_read(struct scan *s, size_t beg);          /* at a digit */
size_t case_unnumbered(struct scan *s, size_t beg, const struct hit *h);
size_t statute_titled(struct scan *s, size_t beg, size_t after, const struct hit *h);
size_t statute_named(struct scan *s, size_t beg, const struct hit *h);
size_t statute_divided(struct scan *s, size_t beg, size_t i, const struct code_row *row, span title);
size_t section_bare(struct scan *s, size_t beg);       /* at § or "section" */
size_t relative_read(struct scan *s, size_t beg);      /* "subdivision (2) of subsection 1 of ..." */
size_t law_read(struct scan *s, size_t beg, const struct hit *h); /* Pub. L., bills, rules, constitutions */
size_t volume_law(struct scan *s, size_t beg, size_t after, const struct hit *h); /* 124 Stat. 119, 95 Yale L.J. 5 */
size_t constitution_read(struct scan *s, size_t beg, const struct hit *h);
size_t amendment_read(struct scan *s, size_t beg);
size_t article_read(struct scan *s, size_t beg);
size_t rules_read(struct scan *s, size_t beg, const struct hit *h, const struct code_row *row); /* cite_rule.c */
size_t rule_bare(struct scan *s, size_t beg);
size_t id_read(struct scan *s, size_t beg);
size_t supra_read(struct scan *s, size_t beg);
size_t party_short(struct scan *s, size_t beg);
size_t docket_read(struct scan *s, size_t beg);   /* at "No.", "Case No." */
size_t number_end(span t, size_t i); /* end of a section number at i; 0 when there is none */
size_t chapter_read(struct scan *s, size_t beg);  /* at "chapter" */
/* cite_session.c */
size_t session_note(struct scan *s, size_t beg);  /* at "L." or "A.L." */
size_t session_chapters(struct scan *s, size_t beg); /* Stats. 1992, ch. 726 */
size_t session_named(struct scan *s, size_t beg, const struct hit *h); /* Laws of Minnesota 2010, ch. 382 */
size_t act_read(struct scan *s, size_t beg);      /* Act of Mar. 3, 1863, ch. 81 */
size_t public_act(struct scan *s, size_t beg, span year, size_t i); /* 2013 PA 93 */
size_t chapter_of_laws(struct scan *s, size_t beg, span number); /* Ch. 2007-234, Laws of Fla. */
size_t record_read(struct scan *s, size_t beg);
/* cite_order.c: numbers before their codes, titles before sections */
size_t number_first(struct scan *s, size_t beg);   /* 610.100.1(2), RSMo */
size_t part_of_title(struct scan *s, size_t beg);  /* part 1026 of title 12, Code of Federal Regulations */
size_t title_first(struct scan *s, size_t beg);    /* title 18, section 2255 of the United States Code */
size_t subsection_number(struct scan *s, size_t beg); /* Subsections 63G-2-201(3)(b) */
size_t treatise_volume(struct scan *s, uint32_t index); /* 5A Charles Alan Wright, ... */

/* What was found to be the code of a list of sections. */
struct home {
	const struct code_row *row;
	span title;
	uint8_t state;
	size_t end;  /* after the words that name it; 0: none printed */
	bool other;  /* "of the Agreement": some text that is no code */
};

/* A new citation with nothing linked. */
struct cite *cite_add(struct scan *s, enum cite_kind kind, size_t beg, size_t end);

/* One section of a list. */
struct item {
	struct range at;  /* as printed */
	span number;      /* "610.100", without subdivisions */
	struct spans subs;
	span to;          /* last section of a range; empty */
	bool note, app;
};
struct items {
	struct item v[LIST_MAX];
	size_t n;
};
/* cite_range.c: makes of one printed number a range, or a section and its subdivisions. */
void item_split(struct scan *s, const struct code_row *row, struct item *it);
/* Reads a list of sections at i; the items and the place after the last, or 0. */
size_t sections_read(struct scan *s, size_t i, bool plural, struct items *out);
size_t part_word(span t, size_t i); /* past "subdivision", "subd.", "paragraph" ...; 0 */
size_t subdivisions_read(struct scan *s, size_t i, struct spans *subs);
size_t subdivisions_named(struct scan *s, size_t i, struct spans *subs); /* ", subd. (a)(8)" */
/* Emits one citation an item; the first begins at beg. */
size_t sections_emit(struct scan *s, size_t beg, const struct code_row *row, span title, struct items *items);
const struct code_row *code_by_id(uint8_t state, span id);
uint8_t state_by_id(span id);
span address_of_section(const struct code_row *row, uint8_t state, span title, const struct item *it, struct arena *a);
span address_of_case(const struct series *r, span volume, span page, struct arena *a);

size_t constitution_section(struct scan *s, size_t beg, size_t i, const struct items *items);
void home_after(struct scan *s, size_t end, struct home *h);
void home_before(struct scan *s, span number, bool by_sign, struct home *h);
size_t emit_at_home(struct scan *s, size_t beg, const struct home *h, struct items *items);
size_t edition_after(span t, size_t i, uint16_t *year); /* past "Supp. 2012", "2016"; i when there is none */
void code_note(struct scan *s, const struct code_row *row, span title, span number);
bool number_parted(span number);
void parties_note(struct scan *s, uint32_t index);
/* cite_words.c */
bool small_word(span w);    /* "of", "ex", "rel.": within a caption */
bool abbreviation(span w);  /* its period ends no sentence: "Corp." */
bool common_party(span name); /* "State", "Inc.": too common to stand for a case */
bool no_name(span name);    /* "See", "Court": words that no case is called by alone */
size_t caption_versus(span t, size_t beg, size_t end, size_t *v); /* past the last " v. " of it, which begins at *v; 0 */
size_t caption_before(const struct scan *s, size_t end, size_t *tail); /* the name before "supra", "at" */

/* cite_resolve.c: links the citations from index `from` on. */
void cites_link(struct scan *s, size_t from);

#endif
