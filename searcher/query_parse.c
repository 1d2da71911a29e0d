#include "searcher/query_private.h"

#include "law/token.h"

/* Operators wait on a stack until one comes that binds less tightly; equal ones
 * go left to right. A number is part of the priority, so that of two proximity
 * connectors the smaller binds first. */
struct waiting {
	enum node_kind kind;
	uint8_t flags;
	uint32_t priority, n;
	struct range at;
	bool beside;
};
struct group {
	struct node *operands[QUERY_LEAVES + 2];
	struct waiting ops[QUERY_LEAVES + 2];
	size_t noperands, nops;
};

static struct node *group(struct parser *p);

static const struct lexeme *peek(const struct parser *p)
{
	return &p->lex.v[p->at];
}

/* Whether it stands at places of a text, so that something can be near it. */
static bool bounded(const struct node *n)
{
	return n->kind != NODE_NOT && n->kind != NODE_ALL && n->kind != NODE_ANY && !n->of;
}

static struct node *near(struct parser *p, const struct waiting *w, struct node *left, struct node *right)
{
	if (!bounded(left) || !bounded(right))
		return query_fail(p, w->at, "put what is near what in brackets: NOT (word /3 word)",
				  left->of || right->of ? "a condition on documents cited cannot be near anything" :
				  "a NOT cannot be near anything");
	if (left->field != right->field && (left->kind == NODE_WORD || right->kind == NODE_WORD))
		return query_fail(p, w->at, "put the connector inside the brackets of the field",
				  "words of two fields are never near each other");
	if (w->kind == NODE_NEAR && (w->n == 0 || w->n > QUERY_NEAR))
		return query_fail(p, w->at, "use /s for the same sentence or /p for the same paragraph",
				  "the number must be from 1 to %d", QUERY_NEAR);
	struct node *n = node_with(p, w->kind, left, right);
	n->n = w->n;
	n->ordered = w->flags & OP_ORDERED;
	n->negated = w->flags & OP_AWAY;
	n->field = left->field;
	/* In Lexis a sentence is 25 words, a paragraph 75. */
	if (p->o->lexis_windows && (w->kind == NODE_SENTENCE || w->kind == NODE_PARAGRAPH)) {
		n->n = w->kind == NODE_SENTENCE ? 25 : 75;
		n->kind = NODE_NEAR;
	}
	return n;
}

static struct node *apply(struct parser *p, const struct waiting *w, struct node *left, struct node *right)
{
	if (w->kind == NODE_NOT) {
		struct node *not = node_new(p, NODE_NOT, right->at);
		*PUSH(p->a, &not->kids) = right;
		return node_with(p, NODE_AND, left, not);
	}
	if (w->kind == NODE_OR && ((!bounded(left) && !left->of) || (!bounded(right) && !right->of)))
		return query_fail(p, w->at, "use NOT beside AND", "a NOT cannot stand beside OR");
	if (w->kind != NODE_AND && w->kind != NODE_OR)
		return near(p, w, left, right);
	bool beside = w->beside && (left->kind != NODE_AND || left->beside);
	struct node *n = node_with(p, w->kind, left, right);
	n->beside = beside;
	return n;
}

/* Applies what binds tighter than `priority`, or as tight: left to right. */
static bool reduce(struct parser *p, struct group *g, uint32_t priority)
{
	while (g->nops && g->ops[g->nops - 1].priority <= priority) {
		struct node *right = g->operands[--g->noperands], *left = g->operands[g->noperands - 1];
		struct node *n = apply(p, &g->ops[--g->nops], left, right);
		if (!n)
			return false;
		g->operands[g->noperands - 1] = n;
	}
	return true;
}

static bool push_operator(struct parser *p, struct group *g, const struct waiting *w)
{
	if (!reduce(p, g, w->priority))
		return false;
	g->ops[g->nops++] = *w;
	return true;
}

/* The operator that words side by side stand for. */
static struct waiting beside(const struct parser *p)
{
	struct waiting w = { .kind = NODE_AND, .priority = AND_LEVEL, .beside = true };
	if (p->o->dialect == DIALECT_WESTLAW) {
		w.kind = NODE_OR;
		w.priority = OR_LEVEL;
	}
	for (size_t i = 0; p->o->dialect == DIALECT_LEXIS && i < p->lex.n; i++)
		if (p->lex.v[i].kind == LEX_OPERATOR)
			w = (struct waiting){ .kind = NODE_NEAR, .flags = OP_ORDERED, .priority = TIGHT, .n = 1 };
	return w;
}

static struct node *bracketed(struct parser *p)
{
	struct range open = peek(p)->at;
	if (++p->depth > QUERY_DEPTH)
		return query_fail(p, open, "take some brackets away", "brackets more than %d deep", QUERY_DEPTH);
	p->at++;
	struct node *n = group(p);
	if (p->q->bad)
		return NULL;
	if (peek(p)->kind != LEX_CLOSE)
		return query_fail(p, open, "put a ) where the group ends", "the bracket is never closed");
	p->at++;
	p->depth--;
	return n;
}

static void set_field(struct node *n, enum field f)
{
	n->field = f;
	for (size_t i = 0; i < n->kids.n; i++)
		set_field(n->kids.v[i], f);
}

static struct node *in_field(struct parser *p, enum field f, struct node *n, struct range at)
{
	if (!n || f == F_TEXT)
		return n;
	if (fields[f].kind == FIELD_WORDS) {
		set_field(n, f);
		return n;
	}
	if (!bounded(n))
		return query_fail(p, at, "put the NOT before the field", "a NOT cannot stand inside %s", fields[f].name);
	struct node *in = node_new(p, NODE_FIELD, (struct range){ at.beg, n->at.end });
	in->field = f;
	*PUSH(p->a, &in->kids) = n;
	return in;
}

/* Skips to just past the bracket that closes the one at the parser's place. */
static bool skip_brackets(struct parser *p, struct range open)
{
	for (size_t depth = 0; peek(p)->kind != LEX_END; p->at++) {
		depth += peek(p)->kind == LEX_OPEN;
		if (peek(p)->kind == LEX_CLOSE && --depth == 0) {
			p->at++;
			return true;
		}
	}
	query_fail(p, open, "put a ) where the group ends", "the bracket is never closed");
	return false;
}

/* field,field(...): the OR of each. */
static struct node *fields_call(struct parser *p, const struct lexeme *name)
{
	span rest = name->text, one;
	struct node *all = NULL;
	size_t inside = p->at;
	uint64_t seen = 0;
	while (span_cut(&rest, ',', &one)) {
		enum field f = (enum field)field_by_name(span_trim(one));
		if (seen >> f & 1)
			continue; /* another name of it */
		seen |= 1ull << f;
		bool words = fields[f].kind == FIELD_WORDS || fields[f].kind == FIELD_REGION;
		p->at = inside;
		struct node *n = words ? in_field(p, f, bracketed(p), name->at) :
			skip_brackets(p, name->at) ? leaf_value(p, f, name->raw, name->at) : NULL;
		if (p->q->bad || !n)
			return n ? n : query_fail(p, name->at, "write a word between the brackets", "nothing to look for");
		all = all ? node_with(p, NODE_OR, all, n) : n;
	}
	return all;
}

/* caps(a b): every word of it. */
static void set_look(struct node *n, enum look look)
{
	n->look = look;
	for (size_t i = 0; i < n->kids.n; i++)
		set_look(n->kids.v[i], look);
}

static enum look look_of(span name)
{
	static const char *const names[] = { "", "caps", "allcaps", "nocaps", "singular", "plural" };
	for (int i = 1; i < 6; i++)
		if (span_case_eq(name, span_of(names[i])))
			return (enum look)i;
	return LOOK_ANY;
}

static struct node *any_of(struct parser *p, struct node *n)
{
	struct node *any = node_new(p, NODE_ANY, n->at);
	struct nodes one = { &n, 1, 1 }, words = n->kind == NODE_AND || n->kind == NODE_OR ? n->kids : one;
	for (size_t i = 0; i < words.n; i++) {
		if (words.v[i]->kind != NODE_WORD)
			return query_fail(p, words.v[i]->at, "use OR between phrases", "any() takes single words");
		*PUSH(p->a, &any->kids) = words.v[i];
	}
	return any;
}

/* field(...), any(...), caps(...) and its like, atleastN(...), atleastNp(...). */
static struct node *call(struct parser *p)
{
	const struct lexeme *name = peek(p);
	uint64_t times;
	p->at++;
	if (field_by_name(span_sub(name->text, 0, span_find_byte(name->text, ',', 0))) >= 0)
		return fields_call(p, name);
	struct node *n = bracketed(p);
	if (!n)
		return p->q->bad ? NULL : query_fail(p, name->at, "write a word between the brackets", "nothing to look for");
	if (span_case_eq(name->text, SPAN("any")))
		return any_of(p, n);
	if (look_of(name->text)) {
		set_look(n, look_of(name->text));
		return n;
	}
	bool in_passage = to_lower(name->text.p[name->text.n - 1]) == 'p';
	if (!span_uint(span_sub(name->text, 7, name->text.n - in_passage), 1000, &times) || times == 0 || !bounded(n))
		return query_fail(p, name->at, "write atleast5(word)", "the number must be from 1 to 1000");
	struct node *at_least = node_new(p, NODE_ATLEAST, (struct range){ name->at.beg, n->at.end });
	at_least->n = (uint32_t)times;
	at_least->field = n->field;
	at_least->in_passage = in_passage;
	*PUSH(p->a, &at_least->kids) = n;
	return at_least;
}

static struct node *primary(struct parser *p);

/* What follows the colon of a field. */
static struct node *after_colon(struct parser *p, enum field f, const struct lexeme *name)
{
	const struct lexeme *next = peek(p);
	if (next->kind == LEX_END || next->kind == LEX_CLOSE || next->at.beg > name->at.end + 1)
		return query_fail(p, name->at, "write the word right after the colon", "nothing after %s:", fields[f].name);
	if (fields[f].kind == FIELD_WORDS || fields[f].kind == FIELD_REGION)
		return in_field(p, f, primary(p), name->at);
	if (next->kind == LEX_OPEN) {
		size_t from = next->at.end;
		if (!skip_brackets(p, next->at))
			return NULL;
		return leaf_value(p, f, span_sub(p->q->text, from, p->lex.v[p->at - 1].at.beg), name->at);
	}
	p->at++;
	return leaf_value(p, f, next->text, name->at);
}

/* field:word, field:"words", field:(...), field,field:word: the OR of each. */
static struct node *field_primary(struct parser *p)
{
	const struct lexeme *name = peek(p);
	span rest = name->text, one;
	struct node *all = NULL;
	size_t after = ++p->at;
	uint64_t seen = 0;
	while (span_cut(&rest, ',', &one)) {
		enum field f = (enum field)field_by_name(span_trim(one));
		if (seen >> f & 1)
			continue;
		seen |= 1ull << f;
		p->at = after;
		struct node *n = after_colon(p, f, name);
		if (!n)
			return NULL;
		all = all ? node_with(p, NODE_OR, all, n) : n;
	}
	return all;
}

static struct node *negated(struct parser *p, struct range at)
{
	struct node *n = primary(p);
	if (!n)
		return p->q->bad ? NULL : query_fail(p, at, "write the word it excludes", "NOT without a word");
	struct node *not = node_new(p, NODE_NOT, (struct range){ at.beg, n->at.end });
	*PUSH(p->a, &not->kids) = n;
	return not;
}

/* "-word" and "-" before a bracket or quotation mark exclude, in the plain dialect. */
static bool is_minus(const struct parser *p, const struct lexeme *x)
{
	return p->o->dialect == DIALECT_PLAIN && x->text.n && x->text.p[0] == '-' &&
	       (x->text.n > 1 || (&x[1])->at.beg == x->at.end);
}

static struct node *word(struct parser *p)
{
	struct lexeme *x = &p->lex.v[p->at];
	if (!is_minus(p, x)) {
		p->at++;
		return leaf_word(p, x->text, x->at);
	}
	if (++p->depth > QUERY_DEPTH)
		return query_fail(p, x->at, "write one NOT", "too many NOTs");
	struct lexeme whole = *x;
	x->text = span_sub(x->text, 1, x->text.n);
	x->at.beg++;
	p->at += x->text.n == 0;
	struct node *n = negated(p, whole.at);
	*x = whole; /* it is read once for each field before it */
	p->depth--;
	return n;
}

/* primary = "(" group ")" | call | field | quoted | word | NOT primary; null
 * without trouble when a word has no letters ("§"). */
static struct node *primary(struct parser *p)
{
	const struct lexeme *x = peek(p);
	switch (x->kind) {
	case LEX_OPEN:
		return bracketed(p);
	case LEX_CALL:
		return call(p);
	case LEX_FIELD:
		return field_primary(p);
	case LEX_QUOTED:
		p->at++;
		return leaf_quoted(p, x->text, x->at);
	case LEX_OPERATOR:
		if (++p->depth > QUERY_DEPTH || !(x->op->flags & OP_PREFIX))
			return query_fail(p, x->at, "write a word on each side", "%.*s stands without a word before it",
					  SPAN_ARG(x->text));
		p->at++;
		struct node *n = negated(p, x->at);
		p->depth--;
		return n;
	case LEX_WORD:
		return word(p);
	case LEX_CLOSE:
	case LEX_END:
		break;
	}
	return query_fail(p, x->at, "write a word there", "a word is missing");
}

/* One operand into the group, with the operator of words side by side before
 * it when there is none. */
static bool operand(struct parser *p, struct group *g, bool expected)
{
	struct node *n = primary(p);
	if (p->q->bad)
		return false;
	if (!n)
		return true;
	struct waiting w = beside(p);
	if (!expected && g->noperands) {
		/* NOT beside words: as AND in every dialect. */
		if (n->kind == NODE_NOT)
			w = (struct waiting){ .kind = NODE_AND, .priority = AND_LEVEL };
		if (!push_operator(p, g, &w))
			return false;
	}
	if (g->noperands > QUERY_LEAVES) {
		query_fail(p, n->at, "leave out the words that matter least", "more than %d words", QUERY_LEAVES);
		return false;
	}
	g->operands[g->noperands++] = n;
	return true;
}

static bool binary(struct parser *p, struct group *g)
{
	const struct lexeme *x = peek(p);
	if (g->noperands == g->nops) {
		query_fail(p, x->at, "write a word on each side", "%.*s stands without a word before it", SPAN_ARG(x->text));
		return false;
	}
	struct waiting w = { .kind = x->op->kind, .flags = x->op->flags, .n = x->n, .at = x->at,
			     .priority = x->op->priority + x->n };
	/* In order or not, the numbers of Lexis count alike. */
	if (w.kind == NODE_NEAR && p->o->dialect == DIALECT_LEXIS)
		w.priority = 1000 + x->n;
	p->at++;
	return push_operator(p, g, &w);
}

/* group = operand { operator operand }; null without trouble when it is empty. */
static struct node *group(struct parser *p)
{
	struct group *g = NEW(p->a, struct group);
	for (;;) {
		const struct lexeme *x = peek(p);
		if (x->kind == LEX_END || x->kind == LEX_CLOSE)
			break;
		bool expected = g->noperands == g->nops;
		bool infix = x->kind == LEX_OPERATOR && !(x->op->flags & OP_PREFIX);
		if (!(infix ? binary(p, g) : operand(p, g, expected)))
			return NULL;
	}
	if (!g->noperands)
		return NULL;
	if (g->noperands == g->nops)
		return query_fail(p, g->ops[g->nops - 1].at, "write a word after it", "a word is missing after the connector");
	return reduce(p, g, UINT32_MAX) ? g->operands[0] : NULL;
}

static bool plain_words(const struct node *n)
{
	for (size_t i = 0; n->kind == NODE_AND && n->beside && i < n->kids.n; i++)
		if (n->kids.v[i]->kind != NODE_WORD || n->kids.v[i]->exact || n->kids.v[i]->field != F_TEXT)
			return false;
	return n->kind == NODE_AND && n->beside;
}

/* Words that only join others: "can a minor consent to treatment". Not "will", "no" or "may", which lawyers look for. */
static bool joins(span word)
{
	static const char *const joining[] = {
		"a", "an", "the", "of", "to", "in", "on", "at", "for", "by", "from", "with", "into", "upon", "as", "is", "are", "was",
		"were", "be", "been", "do", "does", "did", "has", "have", "had", "can", "could", "should", "would", "how", "what",
		"when", "where", "which", "who", "whom", "whose", "that", "this", "these", "those", "it", "its", "i", "my", "you", "your",
	};
	for (size_t i = 0; i < sizeof joining / sizeof *joining; i++)
		if (span_eq(word, span_of(joining[i])))
			return true;
	return false;
}

/* All of the words that say something; null when none joins, or none is left. */
static struct node *without_joining(const struct query *q, struct arena *a)
{
	struct node *all = NEW(a, struct node);
	*all = *q->root;
	all->kids = (struct nodes){ 0 };
	for (size_t i = 0; i < q->root->kids.n; i++)
		if (!joins(q->root->kids.v[i]->text))
			*PUSH(a, &all->kids) = q->root->kids.v[i];
	if (!all->kids.n || all->kids.n == q->root->kids.n)
		return NULL;
	return all->kids.n == 1 ? all->kids.v[0] : all;
}

/* Many plain words are a question, not a condition: any of them, ranked. Of few, all that say something. */
static void natural(struct query *q, struct arena *a)
{
	enum { ALL_OF = 4 };
	q->words_only = q->dialect == DIALECT_PLAIN && q->root && plain_words(q->root);
	if (!q->words_only)
		return;
	struct node *any = query_any(q, a), *all = without_joining(q, a);
	if (any && any->kids.n > ALL_OF)
		q->root = any;
	else if (all)
		q->root = all;
}

/* Bytes of "adv:" or "terms:" at the start, which ask for connectors. */
static size_t forced(span text)
{
	size_t n = span_case_starts(text, SPAN("adv:")) ? 4 : span_case_starts(text, SPAN("terms:")) ? 6 : 0;
	return n < text.n ? n : 0;
}

struct query query_parse(span text, const struct query_options *o, struct arena *a)
{
	struct query_options own = *o;
	size_t begin = forced(text);
	if (begin && own.dialect == DIALECT_PLAIN)
		own.dialect = DIALECT_WESTLAW;
	struct query q = { .text = text, .dialect = own.dialect };
	struct parser p = { .q = &q, .o = &own, .a = a, .at = begin };
	if (text.n > QUERY_BYTES) {
		query_fail(&p, (struct range){ 0, 1 }, "shorten it to what you look for", "the query is longer than %d bytes", QUERY_BYTES);
		return q;
	}
	if (!query_lex(&p))
		return q;
	q.root = group(&p);
	if (!q.bad && peek(&p)->kind == LEX_CLOSE)
		query_fail(&p, peek(&p)->at, "put a ( where the group begins", "nothing is open that this closes");
	if (!q.bad && !q.root)
		query_fail(&p, (struct range){ 0, (uint32_t)text.n }, "write a word, a phrase or a citation", "nothing to look for");
	if (q.bad)
		q.root = NULL;
	/* Last, for it asks what the tree became. */
	natural(&q, a);
	return q;
}
