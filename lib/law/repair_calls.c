/* Calls of footnotes that lost their raising: "the law.12 The court", "agencies1, and". The figure stands
 * in brackets then, as markup's calls do, and the word before it is found without it.
 *
 * A figure that touches a word is a call only as a member of a run: numbers that go up, each with a note of that
 * number after it, which begins a paragraph, notes in the order of their calls. Names that are counted ("Doe1",
 * "Doe2"), labels ("Rule12") and abbreviations ("Supp.2") are none. */
#include "law/repair_joint.h"

enum { NUMBER_MAX = 999, GAP = 4 /* calls that may be missing between two */, LEAST = 2, WINDOW = 256 /* calls after a run that are looked at for a longer one: linear then */ };

/* A figure that may be a call, and the length of the best run that ends with it. */
struct call {
	struct range at;
	uint32_t number, note; /* where its note begins; 0: nowhere */
	span word;             /* that it touches; empty: punctuation stands between */
	uint32_t before, length; /* the call before it in its run, plus one; 0: it is the first */
};
struct calls {
	struct call *v;
	size_t n, cap;
};
struct note_start {
	uint32_t at, number;
};
struct note_starts {
	struct note_start *v;
	size_t n, cap;
};

/* A number of three digits at most that begins at i; 0: none. */
static uint32_t number_at(span s, uint32_t i, uint32_t *end)
{
	uint32_t v = 0;
	*end = digits_end(s, i);
	if (*end == i || *end - i > 3 || s.p[i] == '0')
		return 0;
	for (uint32_t k = i; k < *end; k++)
		v = v * 10 + (uint32_t)(s.p[k] - '0');
	return v;
}

/* Words that a number belongs to, and abbreviations before a number of a series. */
static bool takes_number(span w)
{
	static const char *const labels[] = {
		"section", "sections", "sect", "rule", "rules", "exhibit", "exhibits", "title", "chapter", "chap", "article", "paragraph", "para", "part", "page", "pages", "note", "notes",
		"table", "figure", "form", "item", "count", "counts", "claim", "claims", "number", "schedule", "appendix", "attachment", "volume", "docket", "line", "lines", "step", "phase", "type",
		"class", "level", "group", "version", "model", "tier", "zone", "route", "room", "unit", "area", "lot", "grade", "category", "footnote", "supp", "stat", "evid", "proc", "crim", "conn",
		"mass", "wash", "calif", "bank", "inst", "cons", "comp", "code", "cert", "amend", "dist", "serv", "trans", "sess", "cong", "tech", "pars", "subd", "subpart", "art", "sec", "par", "vol", "fig", "ann", "app", "ref", "pts", "nos", "cls", "div",
	};
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (span_case_eq(w, span_of(labels[i])))
			return true;
	return false;
}

/* Bytes of what may close a sentence, a quotation or a parenthesis and end before i; 0: none. */
static uint32_t closing_before(span s, uint32_t i)
{
	if (i && memchr(".,;?!\")", s.p[i - 1], 7))
		return 1;
	return i >= 3 && s.p[i - 3] == '\xE2' && s.p[i - 2] == '\x80' && (s.p[i - 1] == '\x9D' || s.p[i - 1] == '\x99') ? 3 : 0;
}

/* The figure at i, if it may be one: after a word, or the punctuation after one, and before white space. */
static bool call_at(span s, uint32_t i, struct call *c)
{
	uint32_t end, k = i, closed;
	uint32_t number = number_at(s, i, &end);
	for (unsigned n = 0; n < 3 && (closed = closing_before(s, k)); n++)
		k -= closed;
	bool touches = k == i;
	span w = letters_before(s, k);
	uint32_t beg = k - (uint32_t)w.n;
	if (!number || w.n < (is_lower(w.p[0]) ? 3u : 4u) || !is_lower(w.p[w.n - 1]) || !is_lower(w.p[1]) || !word_known(w) || takes_number(w))
		return false;
	if (beg && !is_space(s.p[beg - 1]) && !memchr("(\"'-", s.p[beg - 1], 4) && (unsigned char)s.p[beg - 1] < 0x80)
		return false; /* "A.supp.2", "x_count1" */
	uint32_t past = end + (touches && end < s.n && memchr(".,;:)", s.p[end], 5));
	if (past < s.n && !is_space(s.p[past]))
		return false;
	*c = (struct call){ .at = { i, end }, .number = number, .word = touches ? w : (span){ 0 } };
	return true;
}

/* A paragraph that begins at i with "12. ", "12 The" or "[12] ": the number of a note; else 0. */
static uint32_t note_at(span s, uint32_t i)
{
	bool bracketed = s.p[i] == '[';
	uint32_t end, n = number_at(s, i + bracketed, &end);
	if (!n || end + 2 >= s.n || (bracketed && s.p[end] != ']'))
		return 0;
	bool marked = bracketed || s.p[end] == '.';
	uint32_t text = end + marked;
	if (!is_space(s.p[text]))
		return !marked && is_upper(s.p[text]) ? n : 0; /* "1Despite" */
	while (text < s.n && (s.p[text] == ' ' || s.p[text] == '\t'))
		text++;
	return text < s.n && s.p[text] != '\n' && (marked || is_upper(s.p[text])) ? n : 0;
}

/* A line that ends a paragraph above a note: empty, or a rule. */
static bool parts(span line)
{
	span l = span_trim(line);
	return !l.n || (l.n > 4 && (l.p[0] == '_' || l.p[0] == '-') && l.p[l.n - 1] == l.p[0]);
}

static struct note_starts notes_of(span s, struct arena *a)
{
	struct note_starts out = { 0 };
	bool apart = true;
	for (uint32_t beg = 0, end; beg < s.n; beg = end + 1) {
		end = (uint32_t)span_find_byte(s, '\n', beg);
		struct line l = line_trim(s, (struct line){ beg, end });
		uint32_t n = apart && l.beg < l.end && (is_digit(s.p[l.beg]) || s.p[l.beg] == '[') ? note_at(s, l.beg) : 0;
		if (n)
			*PUSH(a, &out) = (struct note_start){ l.beg, n };
		apart = parts(span_sub(s, beg, end));
	}
	return out;
}

static struct calls calls_of(span s, struct arena *a)
{
	struct calls out = { 0 };
	struct call c;
	for (uint32_t i = 1; i < s.n; i++) {
		if (!is_digit(s.p[i]))
			continue;
		if (!is_space(s.p[i - 1]) && call_at(s, i, &c))
			*PUSH(a, &out) = c;
		i = digits_end(s, i);
	}
	return out;
}

/* Each call's note is the next of its number: from the end, both lists at once. */
static void find_notes(struct calls *c, const struct note_starts *notes)
{
	uint32_t next[NUMBER_MAX + 1] = { 0 };
	size_t n = notes->n;
	for (size_t i = c->n; i-- > 0;) {
		for (; n > 0 && notes->v[n - 1].at > c->v[i].at.beg; n--)
			next[notes->v[n - 1].number] = notes->v[n - 1].at;
		c->v[i].note = next[c->v[i].number];
	}
}

/* Whether c may follow b in a run. A word that is counted twice is a name: "party1", "party2". */
static bool follows(const struct call *c, const struct call *b)
{
	bool counted = c->word.n && span_case_eq(c->word, b->word);
	return c->note > b->note && !counted;
}

/* The longest run among the calls from `from` on whose notes stand after byte `floor`: its last call, plus one. Numbers are few, so the best run that ends in each is kept. */
static size_t longest(struct calls *c, size_t from, uint32_t floor)
{
	size_t ends[NUMBER_MAX + 1] = { 0 }, best = 0;
	for (size_t i = from; i < c->n && !(best && c->v[best - 1].length >= LEAST && i > best + WINDOW); i++) {
		struct call *x = &c->v[i];
		if (x->note <= floor)
			continue;
		x->length = 1;
		x->before = 0;
		for (uint32_t k = 1; k <= GAP && k < x->number; k++) {
			size_t e = ends[x->number - k];
			if (e && c->v[e - 1].length + 1 > x->length && follows(x, &c->v[e - 1])) {
				x->length = c->v[e - 1].length + 1;
				x->before = (uint32_t)e;
			}
		}
		size_t *e = &ends[x->number];
		if (!*e || c->v[*e - 1].length < x->length)
			*e = i + 1;
		if (!best || c->v[best - 1].length < x->length)
			best = i + 1;
	}
	return best;
}

struct edits repair_calls(const struct text *t, struct arena *a)
{
	struct edits out = { 0 };
	struct calls c = calls_of(t->clean, a);
	if (c.n < LEAST)
		return out;
	struct note_starts notes = notes_of(t->clean, a);
	find_notes(&c, &notes);
	/* Opinions in one text begin with note 1 again each. */
	uint32_t floor = 0; /* a note has one call */
	for (size_t from = 0, last; (last = longest(&c, from, floor)) && c.v[last - 1].length >= LEAST; from = last) {
		floor = c.v[last - 1].note;
		for (size_t i = last; i; i = c.v[i - 1].before) {
			struct range at = c.v[i - 1].at;
			edit_push(&out, a, "footnote-call", at, .9f)->after = arena_printf(a, "[%.*s]", SPAN_ARG(span_range(t->clean, at)));
		}
	}
	edits_settle(&out);
	return out;
}
