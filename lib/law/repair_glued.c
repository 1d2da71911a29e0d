/* Words that lost the line end between them. A joint is a place where a space
 * may be missing. Some are beyond doubt on their own ("topublic"); where those come
 * one line's width apart, the text was wrapped and its line ends deleted, and
 * then every line must end in one more joint, which settles the doubtful ones
 * ("another" or "an other") by where they stand. */
#include "law/repair_private.h"

enum { SURE = 1000, LIKELY = 500, WRAP_BONUS = 10 * WORD_BIT, WIDTH_MIN = 30, WIDTH_MAX = 200, INDENT_MAX = 6 };

struct joint {
	uint32_t at;   /* byte before which the space belongs */
	int score;     /* eighths of a bit in favour; >= SURE: beyond doubt; >= LIKELY: where the text has more of them */
	uint32_t next; /* length of the word after it, up to the next white space */
};
struct joints {
	struct joint *v;
	size_t n, cap;
};
struct glue {
	span s;
	struct joints js;
	bool all; /* doubtful joints too: the lines are known to have been joined */
	struct arena *a;
};

static void add(struct glue *g, uint32_t at, int score)
{
	uint32_t end = at;
	while (end < g->s.n && !is_space(g->s.p[end]) && end - at < 60)
		end++;
	*PUSH(g->a, &g->js) = (struct joint){ at, score, end - at };
}

static uint32_t run_end(span s, uint32_t i)
{
	while (i < s.n && is_alpha(s.p[i]))
		i++;
	return i;
}

enum { RUN_MAX = 40, NO_SPLIT = INT32_MIN };

/* Words that go with any other; "in", "out", "over" and the like, which compounds are made of, are not among them. */
static bool function_word(span w)
{
	static const char *const list[] = {
		"the", "of", "and", "that", "which", "shall", "is", "was", "by", "be", "with", "from", "for", "to", "any", "such", "this",
		"not", "or", "are", "as", "it", "has", "had", "his", "were", "may", "an", "their", "these", "those", "will", "than", "been",
	};
	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		if (span_case_eq(w, span_of(list[i])))
			return true;
	return false;
}

/* What each split of w tells for two words against one, in eighths of a bit:
 * score[k] for a cut before letter k, NO_SPLIT where either half is no word. Loose: after
 * a function word, a form of a word will do ("and" "unedited"). Returns the best k; 0: none. */
static uint32_t split_scores(span w, bool loose, int score[RUN_MAX])
{
	struct word_walk walk = { 0 };
	int whole = word_cost(w);
	uint32_t best = 0;
	score[0] = NO_SPLIT;
	for (uint32_t k = 1; k < w.n; k++) {
		score[k] = NO_SPLIT;
		int left = word_walk_on(&walk, w.p[k - 1]), right = left >= 0 ? word_cost(span_sub(w, k, w.n)) : -1;
		bool form = loose && left >= 0 && right < 0 && w.n - k >= 6 && function_word(span_sub(w, 0, k)) && word_plausible(span_sub(w, k, w.n));
		if ((right < 0 && !form) || is_upper(w.p[k]))
			continue;
		if (whole < 0)
			whole = word_unknown_cost(w.n) - (word_plausible(w) ? 12 * WORD_BIT : 0);
		score[k] = whole - left - word_pair_cost(span_sub(w, 0, k), span_sub(w, k, w.n));
		if (!best || score[k] > score[best])
			best = k;
	}
	return best;
}

/* A split that needs no company: a pair seen often, one word of it a function
 * word. "area ways" and "type setting" are compounds that the table has not. */
static bool stands_alone(span w, uint32_t k)
{
	span x = span_sub(w, 0, k), y = span_sub(w, k, w.n);
	bool pair = word_pair_cost(x, y) < word_cost(y);
	if (w.n >= 7 && pair && (function_word(x) || function_word(y)))
		return true;
	bool first = k >= 2 && y.n >= 5 && function_word(x) && word_cost(x) < 60, last = y.n >= 3 && x.n >= 5 && function_word(y);
	return first || (last && word_cost(y) < 70);
}

/* Likely when no table holds the run, nothing like it is a word, and both
 * halves are common. A capital may be a name. */
static bool is_likely(span w, uint32_t k, int score)
{
	int left = word_cost(span_sub(w, 0, k)), right = word_cost(span_sub(w, k, w.n));
	bool common = left < 15 * WORD_BIT && right < 15 * WORD_BIT && (k >= 3 || left < 9 * WORD_BIT) &&
		      (w.n - k >= 3 || right < 9 * WORD_BIT);
	return is_lower(w.p[0]) && w.n >= 6 && right >= 0 && common && score > 8 * WORD_BIT && !word_plausible(w);
}

enum joint_kind joint_in_word(span w)
{
	int score[RUN_MAX];
	if (w.n < 6 || w.n >= RUN_MAX || !is_lower(w.p[0]))
		return JOINT_NONE;
	uint32_t at = split_scores(w, false, score);
	if (!at || !is_likely(w, at, score[at]))
		return JOINT_NONE;
	return stands_alone(w, at) ? JOINT_SURE : JOINT_LIKELY;
}

/* Joints inside one run of letters. */
static void in_run(struct glue *g, uint32_t beg, uint32_t end)
{
	span w = span_sub(g->s, beg, end);
	int score[RUN_MAX];
	if (beg && g->s.p[beg - 1] == ']') /* "[M]istakes" */
		return;
	if (w.n < 3 || w.n >= RUN_MAX || is_upper(w.p[w.n - 1]) || (!g->all && word_known(w)))
		return;
	uint32_t at = split_scores(w, g->all, score);
	if (!at)
		return;
	if (is_likely(w, at, score[at])) {
		add(g, beg + at, (stands_alone(w, at) ? SURE : LIKELY) + (score[at] < 400 ? score[at] : 400));
		return;
	}
	for (uint32_t k = 1; g->all && k < w.n; k++)
		if (score[k] > -12 * WORD_BIT)
			add(g, beg + k, score[k] - (is_upper(w.p[0]) ? 4 * WORD_BIT : 0));
}

/* "person'sarrest": beg is at the s after an apostrophe. */
static void after_possessive(struct glue *g, uint32_t beg, uint32_t end)
{
	span rest = span_sub(g->s, beg + 1, end);
	int cost = word_cost(rest);
	if (rest.n >= 2 && cost >= 0 && !word_known(span_sub(g->s, beg, end)))
		add(g, beg + 1, cost < 14 * WORD_BIT ? SURE : 20);
	else if (rest.n >= 1 && cost >= 0)
		add(g, beg + 1, -20);
}

static bool particle(span w)
{
	static const char *const names[] = { "de", "la", "le", "di", "du", "van", "von", "mc", "mac", "el", "al", "da", "des", "der", "do", "dos", "st", "san", "ten", "bin", "ben", "von", "vs" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (span_case_eq(w, span_of(names[i])))
			return true;
	return false;
}

/* "ofMissouri" */
static bool at_capital(struct glue *g, uint32_t beg, uint32_t end)
{
	uint32_t k = beg + 1;
	while (k < end && !(is_upper(g->s.p[k]) && is_lower(g->s.p[k - 1])))
		k++;
	if (k >= end)
		return false;
	span x = span_sub(g->s, beg, k), y = span_sub(g->s, k, end);
	bool small = is_lower(x.p[0]) && word_known(x) && !particle(x);
	if (small && x.n >= 2 && y.n >= 3 && is_lower(y.p[1]))
		add(g, k, SURE);
	else if (word_known(x) && word_known(y) && !particle(x) && x.n >= 4)
		add(g, k, 0);
	return true;
}

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

/* Whether the bracket that closes at i is part of a word: "section(s)that",
 * "(mis)representation", "[t]he". */
static bool inner_bracket(span s, uint32_t i)
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

/* A joint at byte i, between bytes that are not both letters. */
static void at_mark(struct glue *g, uint32_t i, uint32_t word_beg, uint32_t word_end)
{
	span s = g->s;
	char p = s.p[i - 1], c = s.p[i];
	span before = span_sub(s, word_beg, word_end); /* letters that end just before the mark */
	span after = span_sub(s, i, run_end(s, i));
	bool touching = word_end + 1 == i; /* the mark is one byte */
	if (in_address(s, i) || is_series(span_sub(s, i, s.n)))
		return;
	if ((p == ',' || p == ';') && is_alpha(c) && touching && before.n >= 2 && after.n >= 2)
		add(g, i, SURE);
	else if (p == ',' && is_lower(c) && i >= 2 && is_digit(s.p[i - 2]) && after.n >= 2 && word_known(after))
		add(g, i, SURE);
	else if (p == ':' && is_alpha(c) && touching && before.n >= 3 && word_known(after))
		add(g, i, SURE);
	else if (p == '.' && is_upper(c) && touching && !abbreviation(before) && word_known(after) && after.n >= 2 && s.p[i + after.n] != '.')
		add(g, i, is_lower(before.p[0]) ? SURE : 40);
	else if ((p == ')' || p == ']') && is_alpha(c) && word_known(after) && after.n >= 2)
		add(g, i, inner_bracket(s, i - 1) ? -80 : p == ')' ? SURE : -20);
	else if (is_digit(c) && word_end == i && before.n >= 4 && word_known(before) && is_lower(before.p[before.n - 1]))
		add(g, i, cites_number(before) ? SURE : 40);
	else if (is_digit(c) && word_end == i && before.n >= 2 && word_known(before) && is_lower(before.p[0]))
		add(g, i, 40);
	else if (is_digit(p) && is_alpha(c) && word_known(after) && is_lower(c) && plain_number(s, i))
		add(g, i, after.n >= 4 ? SURE : after.n >= 2 && !span_eq(after, SPAN("st")) && !span_eq(after, SPAN("am")) ? 40 : -60);
	else if (p == '.' && is_upper(c) && after.n >= 2)
		add(g, i, -40);
	else if (is_digit(c) && (p == '.' || p == ',') && i >= 2 && (p == ',' || is_alpha(s.p[i - 2])))
		add(g, i, -20);
	else if (is_digit(p) && is_upper(c))
		add(g, i, -20);
	else if ((unsigned char)c == 0xE2)
		add(g, i, -40);
	else if (c == '(' && word_end == i && before.n >= 2 && word_known(before) && is_lower(p) && i + 2 < s.n && s.p[i + 2] != ')' && is_alpha(s.p[i + 1]))
		add(g, i, -20);
}

/* The straight quotation mark at i opens right behind a label: (1)"Arrest". */
static bool quote_at_label(span s, uint32_t i)
{
	if (i < 3 || i + 1 >= s.n || s.p[i] != '"' || s.p[i - 1] != ')' || !is_upper(s.p[i + 1]))
		return false;
	uint32_t k = i - 1;
	while (k > 0 && i - k <= 4 && is_alnum(s.p[k - 1]))
		k--;
	return k < i - 1 && k > 0 && s.p[k - 1] == '(' && (k == 1 || is_space(s.p[k - 2]) || s.p[k - 2] == ')');
}

bool joint_at_mark(span s, uint32_t i)
{
	char p = s.p[i - 1];
	if (p == '"')
		return quote_at_label(s, i - 1);
	if (is_digit(p)) {
		uint32_t end = run_end(s, i);
		return end - i >= 4 && is_lower(s.p[i]) && word_known(span_sub(s, i, end));
	}
	if (p == ',' || p == ';' || p == ':')
		return i >= 2 && is_alpha(s.p[i - 2]) && i + 1 < s.n && is_alpha(s.p[i + 1]);
	if (p == ')')
		return run_end(s, i) >= i + 2 && !inner_bracket(s, i - 1) && word_known(span_sub(s, i, run_end(s, i)));
	if (p != '.' || !is_upper(s.p[i]) || i < 4 || !is_lower(s.p[i - 2]) || !is_lower(s.p[i - 3]) || !is_lower(s.p[i - 4]))
		return false;
	uint32_t end = run_end(s, i);
	return end - i >= 2 && (end == s.n || s.p[end] != '.') && word_known(span_sub(s, i, end));
}

static void find_joints(struct glue *g)
{
	span s = g->s;
	uint32_t beg = 0, end = 0; /* the last run of letters */
	for (uint32_t i = 0; i < s.n;) {
		if (is_alpha(s.p[i])) {
			if (i && !is_space(s.p[i - 1]))
				at_mark(g, i, beg, end);
			uint32_t e = run_end(s, i);
			bool possessive = i >= 2 && s.p[i] == 's' && (s.p[i - 1] == '\'' || (unsigned char)s.p[i - 1] == 0x99) && i > end && end > beg;
			if (possessive)
				after_possessive(g, i, e);
			else if (!at_capital(g, i, e))
				in_run(g, i, e);
			beg = i;
			i = end = e;
			continue;
		}
		bool dash = (unsigned char)s.p[i] == 0xE2 && i + 2 < s.n && !memcmp(s.p + i, "\xE2\x80\x94", 3);
		if (i && (is_digit(s.p[i]) || s.p[i] == '(' || dash) && !is_space(s.p[i - 1]) && !(is_digit(s.p[i]) && is_digit(s.p[i - 1])))
			at_mark(g, i, beg, end);
		if (s.p[i] == '"' && quote_at_label(s, i))
			add(g, i, SURE);
		i++;
	}
}

/* --- width --- */

/* Width of the lines that were joined: some number of columns from lo to hi; 0: unknown. */
struct width {
	uint32_t lo, hi;
};

/* A line of `n` bytes before a word of `next` was wrapped at n to n + next
 * columns; the width is where most lines agree. */
static struct width agree(const struct joint *lines, size_t n)
{
	uint16_t votes[WIDTH_MAX + 64] = { 0 };
	struct width w = { 0, 0 };
	uint16_t most = 0;
	for (size_t i = 0; i < n; i++)
		for (uint32_t k = lines[i].at; k <= lines[i].at + lines[i].next && k < WIDTH_MAX + 64; k++)
			votes[k]++;
	for (uint32_t k = 0; k < WIDTH_MAX + 64; k++)
		most = votes[k] > most ? votes[k] : most;
	for (uint32_t k = 0; k < WIDTH_MAX + 64 && most; k++)
		if (votes[k] == most && (!w.lo || k == w.hi + 1)) {
			w.lo = w.lo ? w.lo : k;
			w.hi = k;
		}
	return most >= 2 && most * 5u >= n * 2 ? w : (struct width){ 0, 0 };
}

/* How many joints lines of this width would have left. */
static size_t joints_due(span s, struct width w)
{
	size_t n = 0;
	for (size_t at = 0; at < s.n;) {
		size_t end = span_find_byte(s, '\n', at);
		n += (end - at) / w.lo;
		at = end + 1;
	}
	return n;
}

/* From the gaps between likely joints of a paragraph, its start counted as one. */
static struct width width_of(struct glue *g)
{
	struct joints lines = { 0 };
	uint32_t from = 0, para = 0;
	size_t likely = 0;
	for (size_t i = 0; i < g->js.n; i++) {
		struct joint j = g->js.v[i];
		if (j.score < LIKELY)
			continue;
		likely++;
		while (para < j.at) {
			uint32_t end = (uint32_t)span_find_byte(g->s, '\n', para);
			if (end >= j.at)
				break;
			from = para = end + 1;
		}
		if (j.at - from >= WIDTH_MIN && j.at - from <= WIDTH_MAX)
			*PUSH(g->a, &lines) = (struct joint){ .at = j.at - from, .next = j.next };
		from = j.at;
	}
	struct width w = likely >= 3 ? agree(lines.v, lines.n) : (struct width){ 0, 0 };
	size_t due = w.lo ? joints_due(g->s, w) : 0;
	return likely * 4 >= due ? w : (struct width){ 0, 0 };
}

/* --- choice --- */

static void accept(struct glue *g, const struct joint *j, struct edits *out, float confidence)
{
	edit_push(out, g->a, "glued-words", (struct range){ j->at, j->at }, SPAN(" "), confidence);
}

/* The joint that ends the line begun at `from`; -1 when none is good. */
static int line_end(const struct glue *g, size_t first, uint32_t from, struct width w, uint32_t para_end)
{
	int best = -1, best_score = 0;
	for (size_t i = first; i < g->js.n && g->js.v[i].at <= from + w.hi && g->js.v[i].at < para_end; i++) {
		const struct joint *j = &g->js.v[i];
		if (j->at <= from + w.lo / 2)
			continue;
		int room = (int)(from + w.lo) - (int)(j->at + 1 + j->next); /* left over had the next word stood here too */
		int fit = room < 0 ? WRAP_BONUS : room <= INDENT_MAX ? WRAP_BONUS / 2 : -2 * WRAP_BONUS;
		int score = (j->score > LIKELY ? LIKELY : j->score) + fit - (room > 0 ? room : 0);
		if (score > best_score) {
			best_score = score;
			best = (int)i;
		}
	}
	return best;
}

static void walk_paragraph(struct glue *g, size_t *first, struct range at, struct width w, struct edits *out)
{
	uint32_t from = at.beg;
	size_t i = *first;
	for (; i < g->js.n && g->js.v[i].at < at.end;) {
		int end = line_end(g, i, from, w, at.end);
		size_t upto = end >= 0 ? (size_t)end : i;
		while (end < 0 && upto < g->js.n && g->js.v[upto].at < at.end && g->js.v[upto].score < LIKELY)
			upto++; /* lost: go on at the next likely one */
		for (; i <= upto && i < g->js.n && g->js.v[i].at < at.end; i++)
			if (g->js.v[i].score >= LIKELY || (end >= 0 && i == upto))
				accept(g, &g->js.v[i], out, g->js.v[i].score >= LIKELY ? .98f : .9f);
		from = i ? g->js.v[i - 1].at : from;
	}
	*first = i;
}

/* More than one sure joint in some three hundred words: a text that loses its spaces. */
static bool often(const struct glue *g)
{
	size_t sure = 0, likely = 0;
	for (size_t i = 0; i < g->js.n; i++) {
		sure += g->js.v[i].score >= SURE;
		likely += g->js.v[i].score >= LIKELY;
	}
	/* One compound that comes again and again is likely each time, never sure. */
	return sure >= 2 && likely >= 4 && sure * 6 >= likely && likely * 2000 > g->s.n;
}

struct edits repair_glued(const struct text *t, struct arena *a)
{
	struct edits out = { 0 };
	struct glue g = { .s = t->clean, .a = a };
	find_joints(&g);
	struct width w = width_of(&g);
	if (w.lo) {
		g.js.n = 0;
		g.all = true;
		find_joints(&g);
	}
	size_t first = 0;
	for (uint32_t at = 0; w.lo && at < g.s.n;) {
		uint32_t end = (uint32_t)span_find_byte(g.s, '\n', at);
		walk_paragraph(&g, &first, (struct range){ at, end }, w, &out);
		at = end + 1;
	}
	int least = often(&g) ? LIKELY : SURE;
	for (size_t i = 0; !w.lo && i < g.js.n; i++)
		if (g.js.v[i].score >= least)
			accept(&g, &g.js.v[i], &out, g.js.v[i].score >= SURE ? .95f : .85f);
	edits_settle(&out);
	return out;
}
