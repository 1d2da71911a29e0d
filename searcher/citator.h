/* citator: what a citation names in the index, and who cites it. */
#ifndef SEARCHER_CITATOR_H
#define SEARCHER_CITATOR_H

#include "law/treatment.h"
#include "searcher/index.h"

/* One mention of the address in another document. Spans live in the arena. */
struct mention {
	span address;   /* of the citing document */
	span place;     /* of the unit of it that the sentence stands in: a subdivision, a paragraph */
	span cited;     /* as cited: the address itself, something below it; the address asked for when a range holds it */
	span sentence;  /* the sentence it stands in, on one line; "…" where it is shortened */
	span court;     /* of the citing document, empty for none */
	span display;   /* its citation, or title */
	span title;     /* its caption or heading */
	span caption;   /* what it calls the case cited, "Roe v. Wade"; empty: no name given */
	uint16_t year;  /* that it gives the case cited; 0: none */
	span of_court;  /* the id of the court that it names for it in print; empty: none */
	bool ranged;    /* it cites a range that holds the address */
	uint32_t date;
	uint32_t at;    /* byte of the citation in that document's text */
	uint32_t times; /* how often that document cites the address, id. and short forms counted */
};
/* How much a document says of what it cites, by the number of times. */
enum depth { DEPTH_MENTIONED, DEPTH_CITED, DEPTH_DISCUSSED, DEPTH_EXAMINED }; /* 1, 2 or 3, 4 to 9, more */
enum depth citator_depth(uint32_t times);
const char *citator_depth_name(enum depth d); /* "discussed" */

/* What a document says became of the case at the address. */
struct treated {
	enum treatment_kind kind;
	enum treated_by who;      /* TREATED_HERE: the document itself */
	bool in_part, other_grounds;
	span cited;               /* the case, as the document cites it */
	span by, by_name, by_cite; /* address, parties and citation of who acted; empty with TREATED_ELSE */
	span address, place, display, court; /* of the document that says so, as in a mention */
	span words, sentence;     /* "overruled in part by"; the sentence about it */
	uint32_t date;
};
struct treated_list {
	struct treated *v;
	size_t n, cap;
};
/* A citation of the case asked for. */
struct also {
	span address;
	bool own;       /* the document in the index gives it; else those who cite it do */
};
struct alsos {
	struct also *v; /* the address asked for first */
	size_t n, cap;
	uint32_t entry; /* of the document that has one of them, 0: none */
};
struct mentions {
	struct mention *v;
	size_t n, cap;
	uint32_t documents; /* citing documents, the document itself not counted: what a search shows, too */
	bool cut;           /* as many as were asked for: there may be more */
	uint32_t ranged;    /* further ones that only cite a range about the address */
	struct alsos also;  /* all citations that were asked about */
	span within;        /* of a page that only sentences of others tell: the case it is of; empty */
	struct treated_list treated; /* gravest kind first, then by who acted; history after treatment */
};

/* Where an address was found. */
struct located {
	uint32_t entry; /* of the document */
	span at;        /* the address asked for; of a page inside a case the case's */
};
/* The document that an address names; for a page inside a case the case that
 * holds it. False when the index has none (err unset) or on trouble (err set). */
bool citator_find(struct index *x, span address, struct arena *a, struct located *out, struct err *err);

/* What is asked about who cites an address. */
struct inquiry {
	span address;
	size_t max;      /* citing documents */
	bool alone;      /* by that address only, a case not by its parallel citations */
	bool treatment;  /* out->treated, too: costs reading each citing document's text once more */
};
/* A case by all its citations: those that its document gives, and those that
 * documents give as one authority beside a citation of it ("410 U.S. 113, 93
 * S. Ct. 705"), from there once more; at most ALSO_MAX. What documents give
 * counts when most of those that name that reporter agree, seen from either
 * citation, and no other is known in that reporter: two cases that once stand
 * side by side are two. At most 64 documents that cite it are read for each
 * citation. An address that is not a case's, or stands below it, is alone. */
enum { ALSO_MAX = 16 };
bool citator_same(struct index *x, const struct inquiry *of, struct arena *a, struct alsos *out, struct err *err);
/* Mentions of the address or anything below it, a case's by any of its
 * citations, in order of what is cited, then of the citing document. */
bool citator_mentions(struct index *x, const struct inquiry *of, struct arena *a, struct mentions *out, struct err *err);
/* For a page that nobody cites as a case's first, of a case that the index lacks: who cites the case that begins before it, when
 * one of their sentences names the page; out->within is that case. *out is untouched when there is none. */
bool citator_cited_page(struct index *x, const struct inquiry *of, struct arena *a, struct mentions *out, struct err *err);
/* What the document of the record itself does to cases: "we overrule Smith". */
void citator_treats(const struct record *r, struct arena *a, struct treated_list *out);
/* As words: "overruled in part on other grounds". */
span treated_label(const struct treated *t, struct arena *a);
/* The parties of a citation, on one line; empty when it names none. */
span citator_caption(const struct cite *c, struct arena *a);

#endif
