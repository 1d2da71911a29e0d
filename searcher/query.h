/* query: the language of terms and connectors, read into one tree.
 *
 * Three dialects differ in a table of operators (query_table.c) and in what
 * words side by side mean; the tree is the same. Reading never fails for the
 * environment: a query that is wrong gives a trouble with its place and a mend.
 * Pure: no index is asked. docs/query.md is the manual, and it is run. */
#ifndef SEARCHER_QUERY_H
#define SEARCHER_QUERY_H

#include "base/args.h"
#include "base/buf.h"
#include "law/cite.h"
#include "law/fields.h"

enum dialect { DIALECT_PLAIN, DIALECT_WESTLAW, DIALECT_LEXIS };

/* Caps: beyond them a query is refused with a mend. */
enum { QUERY_BYTES = 16 << 10, QUERY_LEAVES = 64, QUERY_DEPTH = 16, QUERY_PHRASE = 16, QUERY_NEAR = 255, QUERY_WILD = 8,
       QUERY_RANGES = 4, QUERY_CITED = 4, QUERY_FILTERS = 32, WILD_PREFIX = 3, WILD_EACH = 256, WILD_TOTAL = 1024 };

enum node_kind {
	NODE_WORD,      /* text: a folded word, by its stem or exact */
	NODE_WILD,      /* text: a pattern: ? one letter, * any, ~ one or none */
	NODE_PHRASE,    /* kids adjacent in order, all exact or wild */
	NODE_VALUE,     /* field and text: a whole value or an address */
	NODE_RANGE,     /* field, lo <= value <= hi */
	NODE_AND, NODE_OR,
	NODE_NOT,       /* one kid: documents without it; only under AND or at the root */
	NODE_NEAR,      /* two kids within n words, in order when `ordered`; `negated`: the first away from the second */
	NODE_SENTENCE, NODE_PARAGRAPH, NODE_SAME_FIELD, /* two kids, in order when `ordered` */
	NODE_FIELD,     /* kid within a region of the text */
	NODE_ATLEAST,   /* kid at least n times, in the document or in one passage */
	NODE_ANY,       /* plain words, any of them, ranked */
	NODE_ALL        /* every document: "*" */
};
/* What a word must look like where it stands. */
enum look { LOOK_ANY, LOOK_CAPS, LOOK_ALLCAPS, LOOK_NOCAPS, LOOK_SINGULAR, LOOK_PLURAL };

struct node;
struct nodes {
	struct node **v;
	size_t n, cap;
};
struct node {
	enum node_kind kind;
	enum field field;    /* of words: F_TEXT, F_TITLE or F_JUDGE */
	bool exact, ordered, negated;
	bool in_passage;     /* ATLEAST: n times in one passage, rather than in the document */
	bool beside;         /* AND made by words side by side, not by a connector */
	enum look look;
	uint32_t n, lo, hi;
	span text;
	struct range at;     /* bytes of the query */
	struct nodes kids;
	unsigned leaf;       /* number of a WORD, WILD or VALUE in order of the query */
	const struct query *of; /* VALUE of F_CITES: what the document cited must satisfy, instead of an address */
};

struct query_trouble {
	char what[200], mend[200];
	struct range at;
};
struct query {
	span text;
	enum dialect dialect;
	struct node *root;        /* null when there is trouble, or nothing to look for */
	struct nodes leaves;
	bool words_only;          /* plain words side by side and nothing else */
	bool bad;
	struct query_trouble trouble;
};
struct query_options {
	enum dialect dialect;
	bool lexis_windows;       /* w/s is 25 words and w/p is 75, as in Lexis */
	const struct cite_context *codes; /* whose bare section numbers are citations ("610.100"); may be null */
	size_t ncodes;
	bool inner;          /* the query stands inside of cites(): set by the parser alone */
};
/* Borrows text, which must outlive the query. "adv:" or "terms:" before it has
 * a plain query read as westlaw, which `dialect` of the query says. */
struct query query_parse(span text, const struct query_options *o, struct arena *a);
/* The tree, fully parenthesised, in the plain dialect: parsing it again gives
 * the same tree. */
span query_print(const struct node *n, struct arena *a);
/* "what\n  query\n  ^^^\nmend", the caret in columns of the terminal. */
span query_complain(const struct query *q, struct arena *a);
/* The words side by side as a NODE_ANY: all without stop words. */
struct node *query_any(const struct query *q, struct arena *a);
/* The last date, yyyymmdd, before the first of a day, a month (00) or a year (0000); a whole
 * month (99) or year (9999) where it ends one. */
uint32_t date_before(uint32_t d);
/* The readings of "42 U.S.C. § 1983", a path, or, when that is none, of a bare
 * section number in each of o's codes; those without an address left out. */
struct cites query_citation(span text, const struct query_options *o, struct arena *a);

#endif
