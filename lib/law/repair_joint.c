/* The joints of a word, white space to white space, from all kinds of evidence.
 * Nothing here knows of lines. */
#include "law/repair_joint.h"

void joint_add(struct joint_search *g, uint32_t at, int score)
{
	struct joint *last = g->js->n ? &g->js->v[g->js->n - 1] : NULL;
	if (last && last->at == at) /* two kinds of evidence for one place */
		last->score = score > last->score ? score : last->score;
	else if (g->w.all || score >= LIKELY)
		*PUSH(g->a, g->js) = (struct joint){ at, score, columns(g->s, at, g->w.at.end < at + 60 ? g->w.at.end : at + 60) };
}

/* "43,865181,200": where a number in thousands goes on after its thousands. */
static void in_digits(struct joint_search *g, uint32_t i)
{
	const char *p = g->s.p;
	bool grouped = i >= g->w.at.beg + 5 && p[i - 4] == ',' && is_digit(p[i - 3]) && is_digit(p[i - 2]) && is_digit(p[i - 5]);
	if (grouped && digits_end(g->s, i) > i + 1)
		joint_add(g, i, LIKELY);
}

/* A rule of dashes or a blank to fill in touches the word before it. */
static void before_rule(struct joint_search *g, uint32_t i)
{
	uint32_t n = i;
	while (g->s.p[i - 1] != g->s.p[i] && n < g->w.at.end && g->s.p[n] == g->s.p[i])
		n++;
	if (n - i >= 4 && g->s.p[i - 1] != '(' && g->s.p[i - 1] != '$')
		joint_add(g, i, n - i >= 20 && g->s.p[i] == '-' ? SURE : 60);
}

/* "the 5thanniversary", "1stCir." */
static void after_ordinal(struct joint_search *g, uint32_t beg, uint32_t end)
{
	span w = span_sub(g->s, beg, end), rest = span_sub(w, 2, w.n);
	bool report = w.n > 2 && w.p[0] == 'd' && beg >= 2 && g->s.p[beg - 2] == '.';
	if (report && word_known(span_sub(w, 1, w.n)) && !word_known(w))
		joint_add(g, beg + 1, LIKELY); /* "560 F.3dat" */
	bool series = w.n > 2 && (span_starts(w, SPAN("nd")) || span_starts(w, SPAN("rd")) || span_starts(w, SPAN("st")) || span_starts(w, SPAN("th")));
	if (series && rest.n >= 2 && (word_known(rest) || is_upper(rest.p[0])) && !word_known(w))
		joint_add(g, beg + 2, LIKELY);
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
		return run_end(s, i) >= i + 2 && !joint_inner_bracket(s, i - 1) && word_known(span_sub(s, i, run_end(s, i)));
	if (p != '.' || !is_upper(s.p[i]) || i < 4 || !is_lower(s.p[i - 2]) || !is_lower(s.p[i - 3]) || !is_lower(s.p[i - 4]))
		return false;
	uint32_t end = run_end(s, i);
	return end - i >= 2 && (end == s.n || s.p[end] != '.') && word_known(span_sub(s, i, end));
}

/* A straight quotation mark between letters: the space belongs before it when it opens, after it when it closes. */
static void at_quote(struct joint_search *g, uint32_t i, bool open)
{
	span s = g->s;
	char p = i > g->w.at.beg ? s.p[i - 1] : ' ', c = i + 1 < g->w.at.end ? s.p[i + 1] : ' ';
	if (quote_at_label(s, i))
		joint_add(g, i, SURE);
	else if (open && (is_alpha(p) || p == ',' || p == ')') && (is_alpha(c) || c == '['))
		joint_add(g, i, p == ')' ? LIKELY : SURE);
	else if (!open && is_alpha(c) && (is_alnum(p) || p == ',' || p == '.'))
		joint_add(g, i + 1, SURE);
}

static uint32_t letters(struct joint_search *g, uint32_t i, struct range *last)
{
	span s = span_sub(g->s, 0, g->w.at.end);
	uint32_t e = run_end(s, i);
	if (i > g->w.at.beg)
		joint_mark(g, i, *last);
	bool quote = i >= 2 && (s.p[i - 1] == '\'' || (unsigned char)s.p[i - 1] == 0x99);
	if (i > g->w.at.beg && is_digit(s.p[i - 1]))
		after_ordinal(g, i, e);
	bool versus = e - i > 3 && s.p[e - 1] == 'v' && e < g->s.n && g->s.p[e] == '.' && is_upper(s.p[i]) && is_lower(s.p[e - 2]);
	if (versus && !word_known(span_sub(s, i, e))) /* "Hallv. Beals" */
		joint_add(g, e - 1, LIKELY);
	else if (quote && to_lower(s.p[i]) == 's' && last->end > last->beg)
		joint_possessive(g, i, e);
	else if (!joint_at_case(g, i, e))
		joints_in_run(g, i, e);
	*last = (struct range){ i, e };
	return e;
}

bool joints_in(span s, struct word_at w, struct joints *out, struct arena *a)
{
	struct joint_search g = { s, w, out, a };
	struct range last = { w.at.beg, w.at.beg }; /* the last run of letters */
	for (uint32_t i = w.at.beg; i < w.at.end;) {
		if (is_alpha(s.p[i])) {
			i = letters(&g, i, &last);
			continue;
		}
		bool first = i == w.at.beg, digits = is_digit(s.p[i]) && !first && is_digit(s.p[i - 1]);
		bool wide = (unsigned char)s.p[i] == 0xE2 || (unsigned char)s.p[i] == 0xC2;
		if (!first && !digits && (is_digit(s.p[i]) || s.p[i] == '(' || s.p[i] == '[' || s.p[i] == '$' || wide))
			joint_mark(&g, i, last);
		if (digits)
			in_digits(&g, i);
		if (!first && (s.p[i] == '-' || s.p[i] == '_'))
			before_rule(&g, i);
		if (s.p[i] == '&' && !first && i + 1 == w.at.end && is_alpha(s.p[i - 1]))
			joint_add(&g, i, LIKELY); /* "Weinstein& Berger" */
		char after = i + 1 < w.at.end ? to_lower(s.p[i + 1]) : 0;
		bool short_form = i + 3 < w.at.end && s.p[i + 1] == 'l' && is_upper(s.p[i + 2]); /* "Nat'lBank" */
		bool possessive = after == 's' || short_form; /* "Unum'scontentions": the s goes with the name */
		if (short_form)
			joint_add(&g, i + 2, LIKELY);
		if (s.p[i] == '\'' && !first && !possessive && is_alpha(s.p[i - 1]) && i + 3 < w.at.end && is_alpha(s.p[i + 1]) && is_alpha(s.p[i + 2]))
			joint_add(&g, i, 20);
		if (s.p[i] == '"') {
			at_quote(&g, i, !w.quoted);
			w.quoted = !w.quoted;
		}
		i++;
	}
	return w.quoted;
}
