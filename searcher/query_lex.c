#include "searcher/query_private.h"

/* Functions that are no fields. */
static bool is_function(span name)
{
	static const char *const names[] = { "caps", "allcaps", "nocaps", "singular", "plural", "any" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (span_case_eq(name, span_of(names[i])))
			return true;
	return span_case_starts(name, SPAN("atleast")) && name.n > 7 && is_digit(name.p[7]); /* "atleast5", "atleast5p" */
}

/* "ti", "ti,ca": names of fields with commas between. */
static bool are_fields(span names)
{
	span one;
	bool all = names.n > 0;
	while (all && span_cut(&names, ',', &one))
		all = field_by_name(span_trim(one)) >= 0;
	return all;
}

/* The bracket that closes the one at `open`, those in quotation marks passed over; the text's end
 * when none does. */
static size_t close_of(span text, size_t open)
{
	size_t depth = 0;
	bool quoted = false;
	for (size_t i = open; i < text.n; i++) {
		if (text.p[i] == '"')
			quoted = !quoted;
		else if (!quoted && text.p[i] == '(')
			depth++;
		else if (!quoted && text.p[i] == ')' && --depth == 0)
			return i;
	}
	return text.n;
}

/* Text and place are the same bytes unless the caller says otherwise. */
static struct lexeme *add(struct parser *p, enum lexeme_kind kind, size_t beg, size_t end)
{
	struct lexeme *x = PUSH(p->a, &p->lex);
	*x = (struct lexeme){ .kind = kind, .at = { (uint32_t)beg, (uint32_t)end }, .text = span_sub(p->q->text, beg, end) };
	return x;
}

/* "\xE2\x80\x9C" as word processors write it begins a phrase when one like it, turned, ends it. */
static bool is_curly(span text, size_t i)
{
	return span_starts(span_sub(text, i, text.n), SPAN("\xE2\x80\x9C"));
}

static size_t curly_quoted(struct parser *p, size_t i)
{
	span text = p->q->text;
	for (size_t end = i + 3; end + 3 <= text.n && text.p[end] != '"'; end++)
		if (span_starts(span_sub(text, end, text.n), SPAN("\xE2\x80\x9D"))) {
			add(p, LEX_QUOTED, i, end + 3)->text = span_sub(text, i + 3, end);
			return end + 3;
		}
	return i + 3; /* only punctuation */
}

/* Everything up to the next mark; there is no way to have one within a phrase. */
static size_t quoted(struct parser *p, size_t i)
{
	span text = p->q->text;
	size_t end = span_find_byte(text, '"', i + 1);
	if (end >= text.n) {
		query_fail(p, (struct range){ (uint32_t)i, (uint32_t)i + 1 }, "put a second quotation mark where the phrase ends",
			   "the quotation mark is never closed");
		return 0;
	}
	add(p, LEX_QUOTED, i, end + 1)->text = span_sub(text, i + 1, end);
	return end + 1;
}

/* "1983(a)(1)": brackets right after a number belong to it. */
static size_t with_subdivisions(span text, size_t beg, size_t i)
{
	while (i > beg && i < text.n && text.p[i] == '(' && (is_digit(text.p[beg]) || is_digit(text.p[i - 1]) || text.p[i - 1] == ')')) {
		size_t end = i + 1;
		while (end < text.n && is_alnum(text.p[end]) && end - i < 6)
			end++;
		if (end == i + 1 || end >= text.n || text.p[end] != ')')
			break;
		i = end + 1;
	}
	return i;
}

/* To the next blank, bracket or mark; a number keeps the brackets of its subdivisions. */
static size_t word_end(span text, size_t beg)
{
	size_t i = beg;
	while (i < text.n && !is_space(text.p[i]) && !memchr("()\"", text.p[i], 3) && !is_curly(text, i))
		i++;
	return is_function(span_sub(text, beg, i)) ? i : with_subdivisions(text, beg, i);
}

/* With the nearest name there is, or with what else may help. */
static size_t no_field(struct parser *p, struct range at, const char *otherwise)
{
	const char *names[F_COUNT];
	size_t n = 0;
	span name = span_sub(p->q->text, at.beg, at.end);
	for (int f = 0; f < F_COUNT; f++)
		if (fields[f].kind != FIELD_INTERNAL)
			names[n++] = fields[f].name;
	const char *near = nearest(name, names, n);
	query_fail(p, at, near ? near : otherwise, near ? "no field \"%.*s\"; did you mean" : "no field \"%.*s\"", SPAN_ARG(name));
	return 0;
}

/* A name right before a bracket: a function or fields. */
static size_t call(struct parser *p, size_t beg, size_t open)
{
	span text = p->q->text, name = span_sub(text, beg, open);
	if (!is_function(name) && !are_fields(name))
		return no_field(p, (struct range){ (uint32_t)beg, (uint32_t)open },
				"put a space before the bracket, or see docs/query.md for the fields");
	struct lexeme *x = add(p, LEX_CALL, beg, open);
	/* As written: fields of values read what is between the brackets in a grammar of their own. */
	x->raw = span_sub(text, open + 1, close_of(text, open));
	return open;
}

/* Whether text[beg..colon] is most likely a field with a slip: "titel:custody". Else a colon is punctuation. */
static bool slip_of_field(const struct parser *p, size_t beg, size_t colon)
{
	enum { LETTERS_LEAST = 4, SLIPS_MOST = 2 };
	const char *names[F_COUNT];
	size_t n = 0, end = colon;
	span text = p->q->text;
	if (p->o->dialect != DIALECT_PLAIN || colon - beg < LETTERS_LEAST || colon + 1 >= text.n || !is_alnum(text.p[colon + 1]))
		return false;
	while (end > beg && is_alpha(text.p[end - 1]))
		end--;
	for (int f = 0; f < F_COUNT; f++)
		if (fields[f].kind != FIELD_INTERNAL && strlen(fields[f].name) + SLIPS_MOST > colon - beg)
			names[n++] = fields[f].name;
	return end == beg && nearest(span_sub(text, beg, colon), names, n);
}

/* "title:word", "date:2004": the name and its colon. */
static size_t field_colon(struct parser *p, size_t beg, size_t end)
{
	span text = p->q->text;
	size_t colon = span_find_byte(span_sub(text, beg, end), ':', 0) + beg;
	if (colon >= end || colon == beg)
		return 0;
	if (!are_fields(span_sub(text, beg, colon)))
		return slip_of_field(p, beg, colon) ? no_field(p, (struct range){ (uint32_t)beg, (uint32_t)colon }, "") : 0;
	add(p, LEX_FIELD, beg, colon);
	return colon + 1;
}

/* Lexis: "date aft 2009", "date geq (1/1/2010)": a field of numbers, a comparison in words, and what is
 * compared, up to the next space or bracket. Read as the value of a field. */
static size_t field_spoken(struct parser *p, size_t beg, size_t end)
{
	static const char *const says[] = { "aft ", "bef ", "after ", "before ", "geq ", "leq ", "gtr ", "lss ", "is ", "=", "<", ">" };
	span text = p->q->text;
	int f = p->o->dialect == DIALECT_LEXIS ? field_by_name(span_sub(text, beg, end)) : -1;
	size_t word = end, stop, i = 0, n = sizeof says / sizeof *says;
	while (word < text.n && is_space(text.p[word]))
		word++;
	while (i < n && !span_case_starts(span_sub(text, word, text.n), span_of(says[i])))
		i++;
	if (f < 0 || fields[f].kind != FIELD_NUMBER || i == n || word == end)
		return 0;
	for (stop = word + strlen(says[i]); stop < text.n && (is_space(text.p[stop]) || strchr("<>=", text.p[stop]));)
		stop++;
	bool bracket = stop < text.n && text.p[stop] == '(';
	if (!bracket && (stop >= text.n || !is_digit(text.p[stop])))
		return 0; /* "up to date is good" */
	while (stop < text.n && (bracket ? text.p[stop] != ')' : !is_space(text.p[stop]) && text.p[stop] != ')'))
		stop++;
	stop += bracket && stop < text.n;
	add(p, LEX_FIELD, beg, word - 1);
	add(p, LEX_WORD, word, stop);
	return stop;
}

/* "/x", "w/", "pre/n": looks like a connector and is none. Not "w/o" of notes, nor a path. */
static bool is_no_connector(span word)
{
	static const char *const begin[] = { "/", "w/", "near/", "pre/", "onear/" };
	for (size_t i = 0; i < sizeof begin / sizeof *begin; i++) {
		span n = span_of(begin[i]), rest = span_sub(word, n.n, word.n);
		size_t k = 0;
		while (k < rest.n && is_alnum(rest.p[k]))
			k++;
		if (span_case_starts(word, n) && k == rest.n && k <= 4 && (k > 0 || i > 0) && !(i == 1 && span_case_eq(rest, SPAN("o"))))
			return true;
	}
	return false;
}

/* A comparison sign after a field of numbers: date>=2004 is date:>=2004. */
static size_t field_compare(struct parser *p, size_t beg, size_t end)
{
	span text = p->q->text;
	size_t sign = beg;
	while (sign < end && is_alpha(text.p[sign]))
		sign++;
	int f = sign < end && strchr("<>=", text.p[sign]) ? field_by_name(span_sub(text, beg, sign)) : -1;
	if (f < 0 || fields[f].kind != FIELD_NUMBER)
		return 0;
	add(p, LEX_FIELD, beg, sign);
	return sign;
}

/* "-court:ca1", "-cites(...)": the minus is a word of its own. */
static bool minus_before_field(const struct parser *p, size_t i, size_t end)
{
	span text = p->q->text;
	if (p->o->dialect != DIALECT_PLAIN || text.p[i] != '-')
		return false;
	span name = span_sub(text, i + 1, end < text.n && text.p[end] == '(' ? end : span_find_byte(span_sub(text, i, end), ':', 0) + i);
	return are_fields(name) || (end < text.n && text.p[end] == '(' && is_function(name));
}

/* In this order: what names a field, what is a connector misspelt, what is called like a function;
 * the rest is a word. */
static size_t plain_word(struct parser *p, size_t i)
{
	span text = p->q->text;
	size_t end = word_end(text, i), after = field_colon(p, i, end);
	if (minus_before_field(p, i, end)) {
		add(p, LEX_WORD, i, i + 1);
		return i + 1;
	}
	if (!after)
		after = field_compare(p, i, end);
	if (!after && !p->q->bad)
		after = field_spoken(p, i, end);
	if (after || p->q->bad)
		return after;
	if (is_no_connector(span_sub(text, i, end))) {
		query_fail(p, (struct range){ (uint32_t)i, (uint32_t)end }, "write /5, +5, /s, /p or /seg", "no connector \"%.*s\"",
			   SPAN_ARG(span_sub(text, i, end)));
		return 0;
	}
	if (end < text.n && text.p[end] == '(' && end > i && is_alnum(text.p[end - 1]))
		return call(p, i, end);
	/* "-(a b)": the minus alone, and the bracket after it. */
	if (end < text.n && text.p[end] == '(' && text.p[i] == '-' && end == i + 1)
		end = i + 1;
	add(p, LEX_WORD, i, end);
	return end;
}

/* One lexeme at byte i; where the next begins, 0 with trouble. Operators are tried before words,
 * since "and" is both. */
static size_t lexeme(struct parser *p, size_t i)
{
	char c = p->q->text.p[i];
	size_t bytes;
	uint32_t n;
	if (c == '(' || c == ')') {
		add(p, c == '(' ? LEX_OPEN : LEX_CLOSE, i, i + 1);
		return i + 1;
	}
	if (c == '"')
		return quoted(p, i);
	if (is_curly(p->q->text, i))
		return curly_quoted(p, i);
	const struct operator *op = operator_at(p, i, &bytes, &n);
	if (!op)
		return plain_word(p, i);
	struct lexeme *x = add(p, LEX_OPERATOR, i, i + bytes);
	x->op = op;
	x->n = n;
	return i + bytes;
}

/* In the plain dialect "and", "or" in small letters are connectors where the
 * query has others, or is short; in a sentence they are words. */
static void settle_soft(struct parser *p)
{
	bool hard = false;
	size_t words = 0;
	for (size_t i = 0; i < p->lex.n; i++) {
		struct lexeme *x = &p->lex.v[i];
		bool soft = x->kind == LEX_OPERATOR && x->op->flags & OP_SOFT && is_lower(x->text.p[0]);
		hard |= x->kind != LEX_WORD && !soft && x->kind != LEX_QUOTED && x->kind != LEX_FIELD;
		hard |= x->kind == LEX_WORD && x->text.n > 3 && x->text.p[x->text.n - 1] == '!';
		words += x->kind == LEX_WORD;
	}
	/* Four words or fewer are no sentence. */
	if (hard || words <= 4)
		return;
	for (size_t i = 0; i < p->lex.n; i++)
		if (p->lex.v[i].kind == LEX_OPERATOR) {
			/* Stop words all: a word without letters, which is passed over. */
			p->lex.v[i].kind = LEX_WORD;
			p->lex.v[i].text.n = 0;
		}
}

/* The last is always LEX_END, so the parser may look ahead without counting. */
bool query_lex(struct parser *p)
{
	span text = p->q->text;
	for (size_t i = p->at; i < text.n;) {
		if (is_space(text.p[i])) {
			i++;
			continue;
		}
		i = lexeme(p, i);
		if (p->q->bad)
			return false;
	}
	p->at = 0;
	if (p->o->dialect == DIALECT_PLAIN)
		settle_soft(p);
	add(p, LEX_END, text.n, text.n);
	return true;
}
