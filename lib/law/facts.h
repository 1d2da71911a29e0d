/* facts: the tables of lib/law (TSV) as the generator (tables/facts.c) compiles
 * them. All constant; under 1 MB together. Private to law. */
#ifndef LAW_FACTS_H
#define LAW_FACTS_H

#include "base/span.h"

/* States and territories; index 0 is "us", the United States. */
struct state_row {
	span id;     /* "us-mo" */
	span name;   /* "Missouri" */
	span abbr;   /* "Mo." */
};
extern const struct state_row state_rows[];
extern const size_t state_rows_n;
#define STATE_ANY 255  /* a row with jurisdiction "*" */
#define STATE_NONE 254 /* jurisdiction not known */

/* How volume and page stand about a reporter's name. Every form but FORM_YEAR
 * is also read as volume, name, page. */
enum series_form {
	FORM_VOL,        /* 410 U.S. 113 */
	FORM_YEAR,       /* 2016 WL 3015163, 2013 IL 110810: the volume is a year */
	FORM_DASH,       /* 2017-Ohio-5699 */
	FORM_YEARPAGE,   /* T.C. Memo. 2019-12 */
	FORM_YEARIN,     /* 14 Haz. Reg. Pa. (1834) 10 */
	FORM_NOMINATIVE, /* Add. 12: the volume may be absent */
	FORM_SINGLE,     /* the same, one volume */
	FORM_CCH,        /* 1982-1 Trade Cas. (CCH) ¶ 64,689 */
	FORM_PARA,       /* Bankr. L. Rep. ¶ 12,345: no volume */
	FORM_VOLPARA,
	FORM_LOUISIANA   /* 2009 1359R (La.App. 1 Cir. 05/10/10) */
};
enum series_kind { SERIES_STATE, SERIES_FEDERAL, SERIES_SPECIALTY, SERIES_VENDOR, SERIES_NEUTRAL, SERIES_SCOTUS };

/* One edition of a reporter. */
struct series {
	span abbr, slug;     /* "F. Supp. 2d", "f-supp-2d" */
	int16_t start, end; /* years of publication; 0: not known, or still going on */
	int16_t court;       /* index into courts when it reports one court only; -1 */
	uint8_t kind, form, state;
};
extern const struct series series_rows[];
extern const size_t series_rows_n;

enum code_kind {
	CODE_STATUTE, CODE_REGULATION, CODE_CONSTITUTION, CODE_RULE, CODE_SESSION, CODE_BILL, CODE_JOURNAL, CODE_REFERENCE
};
enum code_form {
	FORM_SEC,   /* Mo. Rev. Stat. § 610.100 */
	FORM_TITLE, /* 42 U.S.C. § 1983, Vt. Stat. Ann. tit. 12, § 5 */
	FORM_CHAP,  /* Mass. Gen. Laws ch. 93A, § 9 */
	FORM_ILCS,  /* 720 ILCS 5/9-1 */
	FORM_ART,   /* La. Civ. Code art. 51 */
	FORM_SUBJ,  /* Wis. Admin. Code DOC § 303 */
	FORM_ACT,   /* ERISA § 502: a section sign is required */
	FORM_PAGE,  /* 124 Stat. 119 */
	FORM_PUBL,  /* Pub. L. No. 111-148 */
	FORM_PUBL2, /* Exec. Order No. 13,769 */
	FORM_CONST, FORM_RULE, FORM_RESTATEMENT, FORM_SESSION, FORM_BILL, FORM_STATEBILL, FORM_REPORT
};
struct code_row {
	span id;      /* "rsmo": second segment of addresses */
	span display; /* "Mo. Rev. Stat. § %s" */
	uint8_t kind, form, state;
	uint8_t dot;  /* subdivisions begin with a period: § 610.100.1(2) */
};
extern const struct code_row code_rows[];
extern const size_t code_rows_n;

struct journal_row {
	span abbr, slug;
};
extern const struct journal_row journal_rows[];
extern const size_t journal_rows_n;

/* A court's citation string without all but letters and digits, in order of
 * the strings, with its index in courts. */
struct court_key {
	span key;
	uint16_t court;
};
extern const struct court_key court_keys[];
extern const size_t court_keys_n;

/* The trie of all names, a word a node: index of its first child (18 bits;
 * children are adjacent, in order of byte), their number (6), its own byte (8).
 * trie_ends: where its list begins in trie_values; 0: no name ends here. */
extern const uint32_t trie[];
extern const uint16_t trie_ends[];
#define TRIE_CHILD(node) ((node) >> 14)
#define TRIE_CHILDREN(node) ((node) >> 8 & 63)
#define TRIE_BYTE(node) ((node) & 255)
/* Children of the two roots by byte; 0: none. They have too many to look through. */
extern const uint32_t trie_first[2][256];
/* By the first two letters of a word, 26 x 26: bits of the letters that may be
 * the third of a name's; bit 31: some name begins with these two. Most words of
 * a text are done with here. */
extern const uint32_t trie_thirds[];
/* Lists of entries: kind in the top two bits, then whether it is the last of
 * its list, then the row. */
extern const uint16_t trie_values[];
enum { ENTRY_SERIES, ENTRY_CODE, ENTRY_JOURNAL, ENTRY_STATE };
#define ENTRY_KIND(e) ((e) >> 14)
#define ENTRY_LAST(e) ((e) >> 13 & 1)
#define ENTRY_ROW(e) ((e) & 0x1FFF)
enum { TRIE_ROOT, TRIE_STATES };
#define TRIE_STATE_BYTE 1 /* edge: any name of a state, by the trie at TRIE_STATES */

#endif
