/* The parts of the query parser, for each other. */
#ifndef SEARCHER_QUERY_PRIVATE_H
#define SEARCHER_QUERY_PRIVATE_H

#include "searcher/query.h"

/* A connector as it is written, and what it means. */
struct operator {
	const char *spelling;    /* lower case; a "9" at its end stands for a number */
	const char *dialects;    /* "pwl": those that know it */
	enum node_kind kind;
	uint8_t flags;
	uint32_t priority;       /* least binds tightest; a number is added */
};
enum { OP_ORDERED = 1, OP_AWAY = 2, OP_PREFIX = 4, OP_UPPER = 8 /* in plain only in capitals */, OP_SOFT = 16 };
enum { TIGHT = 5, OR_LEVEL = 10, AND_LEVEL = 5000, NOT_LEVEL = 6000 };
extern const struct operator operators[];

enum lexeme_kind { LEX_WORD, LEX_QUOTED, LEX_OPEN, LEX_CLOSE, LEX_OPERATOR, LEX_CALL, LEX_FIELD, LEX_END };
struct lexeme {
	enum lexeme_kind kind;
	span text;                 /* word; inside of quotes; name of a call or field */
	struct range at;
	const struct operator *op;
	uint32_t n;                /* number of the operator */
	span raw;                  /* CALL: what stands between its brackets */
};
struct lexemes {
	struct lexeme *v;
	size_t n, cap;
};
struct parser {
	struct query *q;
	const struct query_options *o;
	struct arena *a;
	struct lexemes lex;
	size_t at;                 /* lexeme; for query_lex the byte to begin at */
	unsigned depth, wild, ranges, cited;
};

/* query_lex.c. False when there was trouble. */
bool query_lex(struct parser *p);
/* The operator that the words at text[i..] spell, and its bytes; null: none. */
const struct operator *operator_at(const struct parser *p, size_t i, size_t *bytes, uint32_t *n);

/* query_leaf.c: nodes of words; null when there is no word in it. */
struct node *leaf_word(struct parser *p, span text, struct range at);
struct node *leaf_quoted(struct parser *p, span text, struct range at);
/* query_value.c: what a field of values or addresses may hold. */
struct node *leaf_value(struct parser *p, enum field f, span raw, struct range at);

struct node *node_new(struct parser *p, enum node_kind kind, struct range at);
struct node *node_with(struct parser *p, enum node_kind kind, struct node *left, struct node *right);
/* Says what is wrong, once; always null. */
struct node *query_fail(struct parser *p, struct range at, const char *mend, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

#endif
