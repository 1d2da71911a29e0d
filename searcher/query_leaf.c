#include "searcher/query_private.h"

#include "law/token.h"

static struct node *word_node(struct parser *p, span term, bool exact, struct range at)
{
	struct node *n = node_new(p, NODE_WORD, at);
	if (n) {
		n->text = arena_dup(p->a, term);
		n->exact = exact;
	}
	return n;
}

/* Words one after another. */
static struct node *adjacent(struct parser *p, struct node *left, struct node *right)
{
	struct node *n = node_with(p, NODE_NEAR, left, right);
	if (n) {
		n->n = 1;
		n->ordered = true;
	}
	return n;
}

/* Each word right behind the one before: +1. The joined reading of a hyphenated word is left out
 * here. */
static struct node *chain(struct parser *p, const struct tokens *t, bool exact, struct range at)
{
	struct node *all = NULL;
	for (size_t i = 0; i < t->n && !p->q->bad; i++) {
		if (t->v[i].flags & TOKEN_JOINED)
			continue;
		struct node *one = word_node(p, t->v[i].term, exact, at);
		all = all ? adjacent(p, all, one) : one;
	}
	return all;
}

/* good-will finds goodwill, good-will and good will. */
static struct node *compound(struct parser *p, const struct tokens *t, bool exact, struct range at)
{
	struct node *parts = chain(p, t, exact, at);
	for (size_t i = 0; i < t->n && parts; i++)
		if (t->v[i].flags & TOKEN_JOINED && t->words > 1 && t->v[i].beg == t->v[0].beg && t->v[i].end == t->v[t->n - 1].end)
			return node_with(p, NODE_OR, word_node(p, t->v[i].term, exact, at), parts);
	return parts;
}

/* R.I.C.O. finds RICO, R.I.C.O. and R. I. C. O. */
static struct node *initials(struct parser *p, span term, bool exact, struct range at)
{
	struct node *whole = word_node(p, term, exact, at), *letters = NULL;
	for (size_t i = 0; i < term.n && !p->q->bad; i++) {
		struct node *one = word_node(p, span_sub(term, i, i + 1), true, at);
		letters = letters ? adjacent(p, letters, one) : one;
	}
	return p->q->bad ? NULL : node_with(p, NODE_OR, whole, letters);
}

/* "*", "?" and "!"; what each means is for the dialect (wild). */
static bool has_wild(span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (memchr("*?!", s.p[i], 3))
			return true;
	return false;
}

/* The pattern in one notation: in Westlaw an inner * is one letter and each at
 * the end one or none; elsewhere * is any letters. ! at either end is a root. */
static struct node *wild(struct parser *p, span s, struct range at)
{
	struct buf b = { .a = p->a };
	bool westlaw = p->o->dialect == DIALECT_WESTLAW, root = s.p[0] == '!';
	size_t tail = s.n, prefix = 0;
	while (tail > 0 && s.p[tail - 1] == '*')
		tail--;
	for (size_t i = root; i < s.n; i++) {
		char c = s.p[i];
		if (c == '*')
			buf_byte(&b, !westlaw ? '*' : i >= tail ? '~' : '?');
		else if (c == '!')
			buf_byte(&b, '*');
		else if (is_alnum(c) || c == '?')
			buf_byte(&b, to_lower(c));
	}
	if (root)
		buf_byte(&b, '*');
	/* The letters before the first sign: by these the index is walked. */
	while (prefix < b.n && is_alnum(b.p[prefix]))
		prefix++;
	/* Fewer letters would stand for more words than can be looked at. */
	if (prefix < WILD_PREFIX)
		return query_fail(p, at, "write at least three letters before the wildcard", "the wildcard stands too early");
	if (++p->wild > QUERY_WILD)
		return query_fail(p, at, "write some of them out", "more than %d wildcards", QUERY_WILD);
	struct node *n = node_new(p, NODE_WILD, at);
	if (n)
		n->text = buf_span(&b);
	return n;
}

/* A question mark at the end of a plain query is punctuation. */
static span without_question(const struct parser *p, span s, struct range at)
{
	bool last = at.end == span_trim(p->q->text).n;
	while (p->o->dialect == DIALECT_PLAIN && s.n && (s.p[s.n - 1] == ',' || (last && s.p[s.n - 1] == '?')))
		s.n--;
	return s;
}

/* word = "*" | ["#" | "="] letters: "#" and "=" ask for the word as it is spelled. Null where there
 * are no letters ("§"). */
struct node *leaf_word(struct parser *p, span text, struct range at)
{
	span s = without_question(p, text, at);
	if (span_eq(s, SPAN("*")))
		return node_new(p, NODE_ALL, at);
	bool exact = s.n > 1 && (s.p[0] == '#' || s.p[0] == '=');
	if (exact)
		s = span_sub(s, 1, s.n);
	if (has_wild(s) && is_alnum(s.p[s.n > 1 && memchr("*?!", s.p[0], 3)]))
		return wild(p, s, at);
	struct tokens t = tokens_of(s, p->a);
	if (!t.n)
		return NULL;
	/* A period behind the first letter: initials. */
	if (t.words == 1 && t.v[0].term.n >= 2 && span_find_byte(span_sub(s, t.v[0].beg, t.v[0].end), '.', 0) == 1 &&
	    is_alpha(s.p[t.v[0].beg]))
		return initials(p, t.v[0].term, exact, at);
	return compound(p, &t, exact, at);
}

/* A phrase is often pasted: "so?" and "no!" end with punctuation, and so does "know?" in the plain dialect. */
static span without_stop(const struct parser *p, span part)
{
	while (part.n && part.n <= WILD_PREFIX && memchr("*?!", part.p[part.n - 1], 3))
		part.n--;
	while (part.n && memchr(p->o->dialect == DIALECT_PLAIN ? "?,.;:" : ",,.;:", part.p[part.n - 1], 5))
		part.n--;
	return part;
}

/* Not "order-*.txt": a wildcard stands for letters of a word, and so behind one. */
static bool is_pattern(span part)
{
	size_t i = 0;
	while (i < part.n && !memchr("*?!", part.p[i], 3))
		i++;
	bool after_letter = i > 0 && i < part.n && is_alnum(part.p[0]) && is_alnum(part.p[i - 1]);
	while (after_letter && i < part.n && (is_alnum(part.p[i]) || memchr("*?!", part.p[i], 3)))
		i++;
	return after_letter && i == part.n;
}

/* One word of a phrase, or the words of it. */
static bool phrase_part(struct parser *p, struct node *phrase, span part, struct range at)
{
	part = without_stop(p, part);
	if (!part.n)
		return true;
	if (is_pattern(part)) {
		struct node *n = wild(p, part, at);
		if (n)
			*PUSH(p->a, &phrase->kids) = n;
		return n != NULL;
	}
	struct tokens t = tokens_of(part, p->a);
	for (size_t i = 0; i < t.n; i++) {
		if (t.v[i].flags & TOKEN_JOINED)
			continue;
		struct node *n = word_node(p, t.v[i].term, true, at);
		if (!n)
			return false;
		*PUSH(p->a, &phrase->kids) = n;
	}
	return true;
}

/* Words of a phrase are exact, wildcards are allowed among them. One word in quotation marks is the
 * exact word. */
struct node *leaf_quoted(struct parser *p, span text, struct range at)
{
	struct node *phrase = node_new(p, NODE_PHRASE, at);
	/* Cut at blanks only where a wildcard must be kept whole. */
	if (!has_wild(text)) {
		if (!phrase_part(p, phrase, text, at))
			return NULL;
	} else {
		for (size_t i = 0, end; i < text.n; i = end + 1) {
			for (end = i; end < text.n && !is_space(text.p[end]);)
				end++;
			if (end > i && !phrase_part(p, phrase, span_sub(text, i, end), at))
				return NULL;
		}
	}
	if (phrase->kids.n > QUERY_PHRASE)
		return query_fail(p, at, "shorten it to its rarest words", "a phrase of more than %d words", QUERY_PHRASE);
	if (phrase->kids.n == 1)
		return phrase->kids.v[0];
	return phrase->kids.n ? phrase : NULL;
}
