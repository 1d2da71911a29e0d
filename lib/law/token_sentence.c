#include "law/token_private.h"

/* What lies between two words, as far as sentences go. */
struct gap {
	bool stop;       /* . ? ! and then space */
	bool period;     /* the stop is a period */
	bool initials;   /* the period belongs to the word before: "U.S.C." */
	bool opens;      /* a quotation mark, bracket or § before the next word */
	bool ends;       /* any of . ? ! : ; after the word before */
	uint32_t lines;  /* line ends */
	uint32_t indent; /* columns before the next word on its line */
};

/* Bytes of a closing quotation mark or bracket at the start of s; 0: none. */
static size_t closer(span s)
{
	if (!s.n)
		return 0;
	char c = s.p[0];
	if (c == ')' || c == ']' || c == '"' || c == '\'')
		return 1;
	return c == '\xE2' && (span_starts(s, SPAN("\xE2\x80\x9D")) || span_starts(s, SPAN("\xE2\x80\x99"))) ? 3 : 0;
}

/* Past closers and the digits of a footnote mark. */
static size_t after_stop(span s, size_t i)
{
	while (closer(span_sub(s, i, s.n)))
		i += closer(span_sub(s, i, s.n));
	return i;
}

static void read_stop(span s, struct gap *g)
{
	size_t i = g->initials ? 0 : after_stop(s, 0);
	char c = i < s.n ? s.p[i] : 0;
	if (!g->initials && c != '.' && c != '?' && c != '!') {
		g->ends = c == ':' || c == ';';
		return;
	}
	g->period = g->initials || c == '.';
	g->ends = true;
	i = after_stop(s, g->initials ? i : i + 1);
	g->stop = i < s.n && is_space(s.p[i]);
}

static struct gap gap_of(span text, const struct token *before, const struct token *after)
{
	span s = span_sub(text, before->end, after->beg);
	struct gap g = { .initials = text.p[before->end - 1] == '.' };
	size_t line = 0;
	read_stop(s, &g);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\n' || s.p[i] == '\f') {
			g.lines++;
			line = i + 1;
		}
	g.indent = (uint32_t)(s.n - line);
	g.opens = s.n && !is_space(s.p[s.n - 1]);
	return g;
}

static bool capital(const struct token *t)
{
	return t->flags & TOKEN_CAPS;
}

/* Whether a sentence ends between the two words. */
static bool sentence_between(const struct gap *g, const struct token *before, const struct token *after)
{
	bool digit = is_digit(after->term.p[0]);
	if (!g->stop || !(capital(after) || digit || g->opens))
		return false;
	if (!g->period)
		return true;
	if (is_also_word(before) && capital(after) && !(after->flags & TOKEN_ALLCAPS) && after->term.n > 1)
		return true;
	switch (abbreviation_of(before, g->initials)) {
	case ABBREVIATION_TITLE:
		return false;
	case ABBREVIATION_ANY:
		return capital(after) && starts_sentence(after->term);
	case ABBREVIATION_NOT:
		break;
	}
	return true;
}

/* "employees.3 The": the mark of a footnote hangs on the end of a sentence. */
static bool is_footnote_mark(span text, const struct token *t)
{
	if (t->end - t->beg > 3 || !is_digit(text.p[t->beg]) || t->beg < 2 || !is_digit(text.p[t->end - 1]))
		return false;
	char c = text.p[t->beg - 1];
	return (c == '.' || c == '"' || c == ')') && !is_space(text.p[t->beg - 2]) && !is_digit(text.p[t->beg - 2]);
}

/* True when nearly every line has a blank line after it, as in slip opinions. */
static bool double_spaced(span text)
{
	size_t lines = 0, spaced = 0;
	for (size_t i = 0; i < text.n;) {
		size_t end = span_find_byte(text, '\n', i), j = end + 1;
		bool blank = span_trim(span_sub(text, i, end)).n == 0;
		lines += !blank;
		while (j < text.n && (text.p[j] == ' ' || text.p[j] == '\t'))
			j++;
		spaced += !blank && j < text.n && text.p[j] == '\n';
		i = end + 1;
	}
	return lines > 20 && spaced * 10 > lines * 6;
}

/* Whether the line that begins with a word begins a paragraph. */
static bool paragraph_between(const struct gap *g, uint32_t line_before, bool spaced)
{
	if (g->lines > (spaced ? 2u : 1u))
		return true;
	bool deeper = g->indent > line_before + 2;
	return deeper && g->ends && (spaced ? g->lines == 2 : g->lines == 1);
}

static bool broken_sentence(const struct gap *g, const struct token *after, span text)
{
	return !g->ends && !g->opens && is_lower(text.p[after->beg]);
}

void mark_sentences(span text, struct tokens *t)
{
	bool spaced = double_spaced(text), footnote = false;
	uint32_t indent = 0; /* of the line of the word before */
	struct token *before = NULL;
	for (size_t i = 0; i < t->n; i++) {
		struct token *after = &t->v[i];
		if (after->flags & TOKEN_JOINED)
			continue;
		if (!before)
			after->flags |= TOKEN_SENTENCE | TOKEN_PARAGRAPH;
		else if (after->beg - before->end > 1 || footnote || text.p[after->beg - 1] == '\n') {
			struct gap g = gap_of(text, before, after);
			g.stop |= footnote && after->beg > before->end;
			g.period &= !footnote;
			if (paragraph_between(&g, indent, spaced) && !broken_sentence(&g, after, text))
				after->flags |= TOKEN_SENTENCE | TOKEN_PARAGRAPH;
			else if (sentence_between(&g, before, after))
				after->flags |= TOKEN_SENTENCE;
			if (g.lines)
				indent = g.indent;
		} else if (text.p[before->end - 1] == '.' && capital(after) && starts_sentence(after->term)) {
			after->flags |= TOKEN_SENTENCE; /* "28 U.S.C. The": the gap is only a space */
		}
		footnote = is_footnote_mark(text, after);
		before = after;
	}
}
