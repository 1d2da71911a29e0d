/* Joints between letters, digits and marks: what may touch, and what does not. */
#include "law/repair_joint.h"

static bool abbreviation(span w)
{
	return w.n < 3 || (!word_known(w) && w.n < 8) || !is_lower(w.p[w.n - 1]);
}

/* Words that a number follows; after others it is as likely a footnote's mark. */
static bool cites_number(span w)
{
	static const char *const list[] = {
		"section", "sections", "subsection", "subsections", "chapter", "chapters", "title", "article", "articles", "rule", "rules", "paragraph",
		"paragraphs", "subdivision", "subdivisions", "january", "february", "march", "april", "june", "july", "august", "september",
		"october", "november", "december", "exceed", "exceeding", "least",
	};
	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		if (span_case_eq(w, span_of(list[i])))
			return true;
	return false;
}

bool joint_inner_bracket(span s, uint32_t i)
{
	uint32_t k = i;
	while (k > 1 && i - k < 8 && is_alpha(s.p[k - 1]))
		k--;
	if (k == i || (s.p[k - 1] != '(' && s.p[k - 1] != '['))
		return false;
	span inner = span_sub(s, k, i), after = span_sub(s, i + 1, run_end(s, i + 1));
	char both[64];
	bool one = inner.n == 1 && s.p[i] == ']', glued = k > 1 && is_alpha(s.p[k - 2]);
	if (one || glued || inner.n + after.n > sizeof both)
		return true;
	memcpy(both, inner.p, inner.n);
	memcpy(both + inner.n, after.p, after.n);
	return inner.n > 1 && word_plausible((span){ both, inner.n + after.n });
}

/* The digits that end before i are no part of a name ("wpd2html"). */
static bool plain_number(span s, uint32_t i)
{
	while (i > 0 && is_digit(s.p[i - 1]))
		i--;
	return i == 0 || !is_alpha(s.p[i - 1]);
}

/* Inside a web address nothing is apart. */
static bool in_address(span s, uint32_t i)
{
	uint32_t beg = i;
	while (beg > 0 && i - beg < 200 && !is_space(s.p[beg - 1]))
		beg--;
	span t = span_sub(s, beg, i);
	return span_find(t, SPAN("//"), 0) < t.n || span_find(t, SPAN("www."), 0) < t.n || span_find_byte(t, '@', 0) < t.n;
}

/* "2d", "3d", "1st", "4th", and what is left of them after their digits. */
static bool is_series(span s)
{
	size_t i = 0;
	while (i < s.n && i < 4 && is_digit(s.p[i]))
		i++;
	span end = span_sub(s, i, i + 2);
	size_t n = span_case_eq(end, SPAN("st")) || span_case_eq(end, SPAN("nd")) || span_case_eq(end, SPAN("rd")) || span_case_eq(end, SPAN("th")) ? 2
		   : span_starts(end, SPAN("d")) ? 1 : 0;
	return n && (i + n == s.n || !is_alpha(s.p[i + n]));
}

/* --- places between letters and marks --- */

/* A place: what stands before and after byte i. */
struct place {
	span s;
	uint32_t i;
	uint32_t word;    /* one past where the word begins */
	char p, c;        /* the bytes on both sides */
	span before;      /* the letters that end at the place, or just before the mark before it */
	span after;       /* the letters that begin there */
};

static bool wide_before(const struct place *x, const char *mark)
{
	size_t n = strlen(mark);
	return x->i >= n && !memcmp(x->s.p + x->i - n, mark, n);
}

/* What a comma between digits at i says: "12,345" is one number, "30,1991" two; from "43,865181" nothing follows. */
static int comma_and_digits(span s, uint32_t i)
{
	uint32_t n = digits_end(s, i) - i;
	bool digits = i >= 2 && is_digit(s.p[i - 2]);
	return !digits ? 100 : n == 3 ? -60 : n > 4 ? -100 : LIKELY;
}

/* The mark before the letters after. */
static int mark_and_letters(const struct place *x)
{
	span s = x->s;
	uint32_t i = x->i;
	char p = x->p, pp = i >= 2 ? s.p[i - 2] : ' ';
	bool known = x->after.n >= 2 && word_known(x->after), touching = x->before.n && x->before.p + x->before.n + 1 == s.p + i;
	if ((p == ',' || p == ';') && touching && x->before.n >= 2 && x->after.n >= 2)
		return SURE;
	if ((p == ',' || p == ';') && known && !is_digit(pp) && pp != ' ')
		return SURE;
	if ((p == ',' || p == ';') && known)
		return is_lower(x->c) ? SURE : 60;
	bool initial = x->after.n == 1 && is_upper(x->c);
	if (initial && (p == ',' || p == ';' || p == ')'))
		return p == ')' && x->c != 'A' && x->c != 'I' ? 40 : 300;
	if (p == ':' && touching && x->before.n >= 3 && known)
		return SURE;
	if (p == '\'' && known && x->after.n >= 3 && is_lower(x->c) && touching && x->before.n >= 3)
		return x->before.p[x->before.n - 1] == 's' ? 200 : x->c == 's' ? -60 : 30; /* "government'sword" is "'s word" */
	if (p == '.' && is_upper(x->c)) {
		bool point = i + x->after.n < s.n && s.p[i + x->after.n] == '.';
		if (touching && !abbreviation(x->before) && known && !point)
			return is_lower(x->before.p[0]) ? SURE : 40;
		if (touching && x->before.n == 1 && x->before.p[0] == 'v' && x->after.n >= 3)
			return LIKELY; /* "Doe v.Roe" */
		bool closed = (pp == ')' || pp == '"') && known && !point;
		return closed ? SURE : is_digit(pp) && known ? 100 : x->after.n >= 2 ? -40 : -100;
	}
	if (p == '.' && known && touching && x->before.n >= 2)
		return abbreviation(x->before) ? -20 : -60;
	if ((p == ')' || p == ']') && known)
		return joint_inner_bracket(s, i - 1) ? -80 : p == ')' ? SURE : -20;
	if (p == '%' && known && is_lower(x->c))
		return SURE;
	if (p == '-' && known && (i == x->word || (i == x->word + 1 && pp == '-')))
		return 100;
	if (wide_before(x, "\xE2\x80\x9D") && known)
		return is_lower(x->c) ? SURE : LIKELY;
	if (wide_before(x, "\xE2\x80\x99") && known && x->after.n >= 3 && i >= 4 && s.p[i - 4] == 's')
		return LIKELY;
	return INT32_MIN;
}

static int digit_and_letters(const struct place *x)
{
	span after = x->after;
	bool known = word_known(after) && is_lower(x->c) && plain_number(x->s, x->i);
	uint32_t k = x->i;
	while (k > x->word && is_digit(x->s.p[k - 1]))
		k--;
	bool call = k >= x->word && (x->s.p[k - 1] == '.' || x->s.p[k - 1] == '"' || x->s.p[k - 1] == ','); /* "argument.5See" */
	if (!known)
		return is_upper(x->c) ? (call && word_known(after) && after.n >= 2 ? 100 : -20) : INT32_MIN;
	bool short_mark = span_eq(after, SPAN("st")) || span_eq(after, SPAN("am")) || span_eq(after, SPAN("pm"));
	return after.n >= 4 ? SURE : after.n >= 2 && !short_mark ? 40 : -60;
}

static int before_digits(const struct place *x)
{
	span before = x->before;
	bool touching = before.n && before.p + before.n == x->s.p + x->i, known = touching && word_known(before);
	if (touching && before.n >= 4 && known && is_lower(before.p[before.n - 1]))
		return cites_number(before) ? SURE : 40;
	if (touching && is_series(span_sub(x->s, x->i - before.n, x->i)) && x->i > before.n && is_digit(x->s.p[x->i - before.n - 1]))
		return LIKELY; /* "470 F.3d331" */
	if (touching)
		return before.n >= 2 && known && is_lower(before.p[0]) ? 40 : INT32_MIN;
	if (wide_before(x, "\xC2\xA7"))
		return 30;
	if (x->p == ',')
		return comma_and_digits(x->s, x->i);
	uint32_t end = digits_end(x->s, x->i);
	if (x->p == '.') /* "F.3d", "argument.5 See" */
		return x->i >= 2 && is_alpha(x->s.p[x->i - 2]) ? (end < x->s.n && is_alpha(x->s.p[end]) ? -60 : 20) : INT32_MIN;
	if (x->p == '-' && (x->i == x->word || (x->i == x->word + 1 && x->s.p[x->word] == '-')))
		return 100; /* a dash alone, then a word that was on the next line */
	return x->p == ';' || (x->p == ':' && x->i >= 2 && !is_digit(x->s.p[x->i - 2])) ? 60 : INT32_MIN;
}

/* "(" or "[": a list's label after a sentence, or what belongs to the word before. */
static int before_bracket(const struct place *x)
{
	bool touching = x->before.n && x->before.p + x->before.n == x->s.p + x->i;
	uint32_t close = x->i + 1;
	while (close < x->s.n && is_alnum(x->s.p[close]) && close - x->i < 7)
		close++;
	bool label = close < x->s.n && close > x->i + 1 && x->s.p[close] == ')';
	/* "denied,[2] and": a footnote's call belongs to what stands before it. */
	bool call = x->c == '[' && digits_end(x->s, x->i + 1) > x->i + 1 && digits_end(x->s, x->i + 1) + 1 == x->s.n && x->s.p[x->s.n - 1] == ']';
	if (call)
		return INT32_MIN;
	if ((x->p == ';' || x->p == ':' || x->p == ',') && x->i >= 2)
		return SURE;
	if (x->p == '.')
		return label && x->before.n >= 3 && is_lower(x->before.p[x->before.n - 1]) ? SURE : 60;
	if (wide_before(x, "\xE2\x80\x9D"))
		return 60;
	bool plural = span_starts(span_sub(x->s, x->i, x->s.n), SPAN("(s)")) || span_starts(span_sub(x->s, x->i, x->s.n), SPAN("(es)"));
	if (touching && x->before.n >= 2 && word_known(x->before) && is_lower(x->p) && !plural)
		return label ? 10 : 60;
	if (is_digit(x->p)) /* "876(1984)", but "12(a)" */
		return close - x->i == 5 && label && is_digit(x->s.p[x->i + 1]) ? LIKELY : label ? -80 : 20;
	return x->p == ')' ? -60 : INT32_MIN;
}

/* An opening quotation mark, a section sign, a sum of money, a dash. */
static int before_wide(const struct place *x)
{
	span rest = span_sub(x->s, x->i, x->s.n);
	bool quote = span_starts(rest, SPAN("\xE2\x80\x9C")), section = span_starts(rest, SPAN("\xC2\xA7"));
	bool word = x->before.n >= 2 && x->before.p + x->before.n == x->s.p + x->i && is_lower(x->p);
	bool closed = x->p == ',' || x->p == ';' || x->p == ':' || x->p == ')';
	if ((quote || section) && (word || closed))
		return SURE;
	if (quote || section)
		return x->p == '.' ? 80 : is_alnum(x->p) ? 40 : INT32_MIN;
	if (x->c == '$')
		return word ? SURE : closed ? 80 : INT32_MIN;
	return span_starts(rest, SPAN("\xE2\x80\x94")) ? -40 : INT32_MIN;
}

void joint_mark(struct joint_search *g, uint32_t i, struct range word)
{
	span s = span_sub(g->s, 0, g->w.at.end);
	struct place x = { s, i, g->w.at.beg + 1, s.p[i - 1], s.p[i], span_sub(s, word.beg, word.end), span_sub(s, i, run_end(s, i)) };
	int score = is_alpha(x.c) ? (is_digit(x.p) ? digit_and_letters(&x) : mark_and_letters(&x))
		    : is_digit(x.c) ? before_digits(&x) : x.c == '(' || x.c == '[' ? before_bracket(&x) : before_wide(&x);
	if (score != INT32_MIN && !in_address(s, i) && !is_series(span_sub(s, i, s.n)))
		joint_add(g, i, score);
}
