#include "searcher/query_private.h"

/* The one table of connectors. Sources: the published guides to terms and
 * connectors of both systems. Priorities follow them: or, then +n, /n, +s, /s,
 * +p, /p, and, but not; in Lexis the numbers of w/n and pre/n count alike.
 * Longer spellings stand before those that begin them. */
const struct operator operators[] = {
	{ "and not", "pwl", NODE_NOT, OP_UPPER | OP_SOFT, NOT_LEVEL },
	{ "but not", "pwl", NODE_NOT, OP_UPPER | OP_SOFT, NOT_LEVEL },
	{ "%", "pw", NODE_NOT, 0, NOT_LEVEL },
	{ "not w/9", "pwl", NODE_NEAR, OP_AWAY, 2000 },
	{ "not near/9", "pwl", NODE_NEAR, OP_AWAY, 2000 },
	{ "not /9", "pwl", NODE_NEAR, OP_AWAY, 2000 },
	{ "not w/s", "pwl", NODE_SENTENCE, OP_AWAY, 3001 },
	{ "not w/sent", "pwl", NODE_SENTENCE, OP_AWAY, 3001 },
	{ "not w/p", "pwl", NODE_PARAGRAPH, OP_AWAY, 4001 },
	{ "not w/para", "pwl", NODE_PARAGRAPH, OP_AWAY, 4001 },
	{ "not w/seg", "pwl", NODE_SAME_FIELD, OP_AWAY, 4002 },
	{ "and", "pwl", NODE_AND, OP_UPPER | OP_SOFT, AND_LEVEL },
	{ "&", "pwl", NODE_AND, 0, AND_LEVEL },
	{ "or", "pwl", NODE_OR, OP_UPPER | OP_SOFT, OR_LEVEL },
	{ "|", "p", NODE_OR, 0, OR_LEVEL },
	{ "not", "p", NODE_NOT, OP_PREFIX | OP_UPPER, 0 },
	{ "+9", "pwl", NODE_NEAR, OP_ORDERED, 1000 },
	{ "pre/9", "pwl", NODE_NEAR, OP_ORDERED, 1000 },
	{ "onear/9", "pwl", NODE_NEAR, OP_ORDERED, 1000 },
	{ "/9", "pwl", NODE_NEAR, 0, 2000 },
	{ "w/9", "pwl", NODE_NEAR, 0, 2000 },
	{ "near/9", "pwl", NODE_NEAR, 0, 2000 },
	{ "+s", "pw", NODE_SENTENCE, OP_ORDERED, 3000 },
	{ "pre/s", "pwl", NODE_SENTENCE, OP_ORDERED, 3000 },
	{ "/sent", "pwl", NODE_SENTENCE, 0, 3001 },
	{ "w/sent", "pwl", NODE_SENTENCE, 0, 3001 },
	{ "/seg", "pwl", NODE_SAME_FIELD, 0, 4002 },
	{ "w/seg", "pwl", NODE_SAME_FIELD, 0, 4002 },
	{ "/s", "pwl", NODE_SENTENCE, 0, 3001 },
	{ "w/s", "pwl", NODE_SENTENCE, 0, 3001 },
	{ "+p", "pw", NODE_PARAGRAPH, OP_ORDERED, 4000 },
	{ "pre/p", "pwl", NODE_PARAGRAPH, OP_ORDERED, 4000 },
	{ "/para", "pwl", NODE_PARAGRAPH, 0, 4001 },
	{ "w/para", "pwl", NODE_PARAGRAPH, 0, 4001 },
	{ "/p", "pwl", NODE_PARAGRAPH, 0, 4001 },
	{ "w/p", "pwl", NODE_PARAGRAPH, 0, 4001 },
	{ 0 },
};

/* Whether text[i..] spells op as whole words; its bytes and number. */
static size_t spells(span text, size_t i, const struct operator *op, uint32_t *n)
{
	size_t k = i;
	bool upper = true;
	*n = 0;
	for (const char *c = op->spelling; *c; c++) {
		/* The "9" of a row stands for any number; one above QUERY_NEAR is read no further
		 * than to tell that it is too large. */
		if (*c == '9') {
			size_t from = k;
			while (k < text.n && is_digit(text.p[k]) && *n <= QUERY_NEAR)
				*n = *n * 10 + (uint32_t)(text.p[k++] - '0');
			if (k == from)
				return 0;
		} else if (*c == ' ') {
			size_t from = k;
			while (k < text.n && is_space(text.p[k]))
				k++;
			if (k == from)
				return 0;
		} else {
			if (k >= text.n || to_lower(text.p[k]) != *c)
				return 0;
			upper &= !is_lower(text.p[k++]);
		}
	}
	/* "/s" is no operator in "/subject". */
	bool whole = k == text.n || is_space(text.p[k]) || memchr("()\"", text.p[k], 3);
	if (op->flags & OP_UPPER && !upper && !(op->flags & OP_SOFT))
		return 0;
	return whole ? k - i : 0;
}

/* Rows in order, so a longer spelling is tried first. A spelling that is soft (OP_SOFT) may turn
 * out to be a word (settle_soft). */
const struct operator *operator_at(const struct parser *p, size_t i, size_t *bytes, uint32_t *n)
{
	static const char letters[] = "pwl";
	for (const struct operator *op = operators; op->spelling; op++) {
		if (!strchr(op->dialects, letters[p->o->dialect]))
			continue;
		*bytes = spells(p->q->text, i, op, n);
		if (*bytes)
			return op;
	}
	return NULL;
}
