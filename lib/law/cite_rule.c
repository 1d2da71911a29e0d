/* cite_rule: rules of courts, by the name of their set, by the court whose they are, alone. */
#include "law/cite_private.h"
#include "law/court.h"

#define COURT_WORDS 5 /* most words of a court's name before "L.R." */

/* The court whose name ends at i: "D. Conn.", "9th Cir."; its first byte, or i. Leftwards word by word: the longest run of words that is
 * a court wins, "D. Mass." over "Mass.". */
static size_t court_before(const struct scan *s, size_t i, const struct court **court)
{
	span t = s->t;
	size_t beg = i, floor = i > 60 ? i - 60 : 0, tail = blanks_back(t, i, floor);
	*court = 0;
	for (unsigned n = 0; n < COURT_WORDS; n++) {
		size_t end = blanks_back(t, beg, floor), w = end;
		while (w > floor && !is_space(t.p[w - 1]) && t.p[w - 1] != '(')
			w--;
		/* A name ends at a bracket, a semicolon, or a comma within. */
		if (w == end || !is_alnum(t.p[w]) || t.p[end - 1] == ';' || (n && t.p[end - 1] == ','))
			break;
		beg = w;
		const struct court *found = court_by_cite(span_sub(t, beg, tail));
		if (!found)
			continue;
		*court = found;
		i = beg;
	}
	return i;
}

/* "9th", "Ninth", "D.C.", "Federal" before "Cir.": the circuit. */
static size_t circuit_before(const struct scan *s, size_t i, const struct court **court)
{
	static const char *const words[] = { "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", 0 };
	static const char *const cites[] = { "1st", "2d", "3d", "4th", "5th", "6th", "7th", "8th", "9th", "10th", "11th" };
	span t = s->t;
	size_t end = blanks_back(t, i, 0), w = end;
	int which = -1;
	while (w && end - w < 12 && !is_space(t.p[w - 1]) && t.p[w - 1] != '(')
		w--;
	span name = span_sub(t, w, end);
	uint64_t n = 0;
	if (!any_word(t, w, words, &which) && span_uint(span_sub(t, w, digits(t, w)), 11, &n) && n)
		which = (int)n - 1;
	name = which >= 0 ? span_of(cites[which]) : span_case_eq(name, SPAN("federal")) ? SPAN("Fed.") : name;
	*court = name.n && end > w ? court_by_cite(arena_printf(s->a, "%.*s Cir.", SPAN_ARG(name))) : 0;
	return *court ? w : i;
}

/* Each court's own rules: without the court there is no address. */
static size_t local_emit(struct scan *s, size_t beg, span code, const struct court *court, const struct items *items)
{
	for (size_t k = 0; k < items->n; k++) {
		const struct item *it = &items->v[k];
		struct cite *c = cite_add(s, CITE_RULE, k ? it->at.beg : beg, it->at.end);
		c->code = code;
		c->section = it->number;
		c->subdivisions = it->subs;
		if (!court)
			continue;
		c->court = court->id;
		c->address = arena_printf(s->a, "/us/lr-%.*s/r%.*s", SPAN_ARG(court->id), SPAN_ARG(it->number));
		for (size_t j = 0; j < it->subs.n; j++)
			c->address = arena_printf(s->a, "%.*s/%.*s", SPAN_ARG(c->address), SPAN_ARG(it->subs.v[j]));
	}
	return items->v[items->n - 1].at.end;
}

/* "D. Mass. L.R. 7.1(b)(2)", "9th Cir. R. 36-3" */
static size_t local_rules(struct scan *s, size_t beg, span code, const struct items *items)
{
	const struct court *court;
	span number = items->v[0].number;
	bool circuit = span_eq(code, SPAN("r-cir"));
	size_t first = circuit ? circuit_before(s, beg, &court) : court_before(s, beg, &court);
	/* "L.R. 3 H.L. 330": the English Law Reports. */
	size_t next = blanks(s->t, items->v[0].at.end);
	bool reports = !number_parted(number) && !items->v[0].subs.n && is_upper((char)at(s->t, next)) && at(s->t, next + 1) == '.';
	if ((circuit && !court) || reports)
		return 0;
	/* Where the court's words belong to the citation before, only the rule's own are taken. */
	return local_emit(s, first < s->floor ? beg : first, code, court, items);
}

/* Sets that share their initials, told apart by the make of their numbers: CR 60.02 is Kentucky's, CR 12(b)(6)
 * Washington's; SCR 20:1.8 Wisconsin's, SCR 3.130 Kentucky's. */
static bool rule_shape(const struct scan *s, const struct code_row *row, const struct item *it)
{
	span state = row->state < state_rows_n ? state_rows[row->state].id : (span){ 0 };
	bool dot = span_find_byte(it->number, '.', 0) < it->number.n, colon = span_find_byte(it->number, ':', 0) < it->number.n;
	bool own = s->state == row->state, sct = span_eq(row->id, SPAN("r-sct"));
	if (span_eq(state, SPAN("us-ky")))
		return span_eq(row->id, SPAN("r-evid")) || dot;
	if (span_eq(state, SPAN("us-wa")) && !span_eq(row->id, SPAN("r-app")) && !span_eq(row->id, SPAN("r-crim")))
		return !dot && !colon && (it->subs.n || own);
	if (sct && span_eq(state, SPAN("us-wi")))
		return colon;
	if (sct && span_eq(state, SPAN("us-nv")))
		return own;
	return true;
}

/* Whether another state's set has the same name and neither is the text's own: "M.R. Civ. P." is Maine's and Montana's. */
static bool shared_name(const struct scan *s, size_t beg, const struct hit *h, const struct code_row *row)
{
	struct hit hits[HITS_MAX];
	/* Federal sets, those of any state, and the text's own are never in doubt. */
	if (row->state == STATE_ANY || row->state == 0 || row->state == s->state)
		return false;
	unsigned n = trie_hits(s->t, beg, s->query, hits);
	for (unsigned k = 0; k < n; k++) {
		const struct code_row *r = &code_rows[ENTRY_ROW(hits[k].entry)];
		if (hits[k].end == h->end && ENTRY_KIND(hits[k].entry) == ENTRY_CODE && r != row && r->form == FORM_RULE && r->state != STATE_ANY &&
		    r->state != row->state && span_eq(r->id, row->id))
			return r->state != s->state && span_starts(span_sub(s->t, beg, h->end), SPAN("M"));
	}
	return false;
}

/* rules = name ["r." | "Rule" | "No."] number { subdivisions } */
size_t rules_read(struct scan *s, size_t beg, const struct hit *h, const struct code_row *row)
{
	static const char *const words[] = { "rules", "rule", "rr.", "r.", "nos.", "no.", 0 };
	struct items items;
	span t = s->t;
	bool plural = false;
	int which = 1;
	uint8_t kept = s->state;
	size_t stop = blanks(t, h->end), i = blanks(t, at(t, stop) == '.' ? stop + 1 : h->end), word, end;
	i = at(t, i) == ',' ? blanks(t, i + 1) : i;
	word = any_word(t, i, words, &which);
	/* Only a word or a sign, or a figure at once: "Evidence" in a sentence is no set of rules. */
	if (!word && (word = sign(t, i, &plural)) == 0 && !is_digit((char)at(t, i)))
		return 0;
	plural |= (word && (which == 0 || which == 2)) || to_lower((char)at(t, h->end - 1)) == 's' ||
		  span_find(span_sub(t, beg, h->end), SPAN("Rules"), 0) < h->end - beg;
	end = sections_read(s, blanks(t, word ? word : i), plural, &items);
	/* "Federal Rules of Evidence 1975" is an edition; bankruptcy rules do count from 1001 to 9037 */
	bool numbered = end && (word || items.v[0].subs.n || span_eq(row->id, SPAN("frbp")));
	if (!end || (!numbered && year_of(items.v[0].number)))
		return 0;
	if (span_eq(row->id, SPAN("lr")) || span_eq(row->id, SPAN("r-cir")))
		return local_rules(s, beg, row->id, &items);
	if (!rule_shape(s, row, &items.v[0]))
		return 0;
	if (h->state != STATE_NONE || shared_name(s, beg, h, row))
		s->state = h->state;
	if (row->state != STATE_ANY && shared_name(s, beg, h, row))
		row = code_by_id(STATE_ANY, row->id); /* of which state is not said */
	end = sections_emit(s, beg, row, (span){ 0 }, &items);
	s->state = kept;
	return end;
}

/* Whether a number is none of the set's: the appellate rules end at 48, those of evidence begin at 101. */
static bool beyond_set(const struct code_row *row, span number)
{
	uint64_t v;
	if (!span_uint(number, 100000, &v))
		return false;
	return (span_eq(row->id, SPAN("frap")) && v > 48 && v < 87) || ((span_eq(row->id, SPAN("fre")) || span_eq(row->id, SPAN("r-evid"))) && v < 87);
}

/* "Civil Rule 60(b)", "Criminal Rule 35": whose rule a word before says. */
static const struct code_row *rules_before(span t, size_t beg, size_t floor)
{
	static const struct { const char *word, *id; } sets[] = { { "civil", "frcp" }, { "criminal", "frcrp" }, { "appellate", "frap" },
		{ "evidence", "fre" }, { "bankruptcy", "frbp" } };
	size_t end = blanks_back(t, beg, floor < beg ? floor : beg);
	for (size_t k = 0; k < sizeof sets / sizeof *sets; k++) {
		size_t n = strlen(sets[k].word);
		if (end < n || !word_here(t, end - n, sets[k].word) || !starts_word(t, end - n) || !is_upper(t.p[end - n]))
			continue;
		return code_by_id(0, span_of(sets[k].id));
	}
	return 0;
}

/* Rules that are known by their numbers alone. Rule 10b-5 and its like are 17 C.F.R. § 240.10b-5; with a colon and a
 * hyphen, 4:46-2, they are New Jersey's. */
static bool shaped_emit(struct scan *s, size_t beg, struct items *items)
{
	static const char *const series[] = { "10b-", "13d-", "14a-", "14d-", "14e-", "16b-", 0 };
	span number = items->v[0].number;
	size_t figures = digits(number, 0);
	/* Rules under the Securities Exchange Act go by what follows "240." in 17 C.F.R. */
	for (int k = 0; series[k]; k++)
		if (span_starts(number, span_of(series[k])) && number.n > 4) {
			items->v[0].number = arena_printf(s->a, "240.%.*s", SPAN_ARG(number));
			items->n = 1;
			return sections_emit(s, beg, code_by_id(0, SPAN("cfr")), SPAN("17"), items) != 0;
		}
	if (at(number, figures) != ':' || dash(number, digits(number, figures + 1)) == 0)
		return false;
	return sections_emit(s, beg, code_by_id(state_by_id(SPAN("us-nj")), SPAN("r-ct")), (span){ 0 }, items) != 0;
}

/* "R. 4:46-2(c)" */
static size_t initial_rule(struct scan *s, size_t beg)
{
	struct items items;
	size_t end = sections_read(s, blanks(s->t, beg + 2), false, &items);
	return end && span_find_byte(items.v[0].number, ':', 0) < items.v[0].number.n && shaped_emit(s, beg, &items) ? end : 0;
}

/* "Rule 12(b)(6)" alone: of the rules named after it, those that the text is of, or those last cited. */
size_t rule_bare(struct scan *s, size_t beg)
{
	struct items items;
	struct hit hits[HITS_MAX];
	span t = s->t;
	bool plural = word_here(t, beg, "rules") != 0;
	size_t word = plural ? word_here(t, beg, "rules") : word_here(t, beg, "rule"), of;
	if (!word && at(t, beg) == 'R' && at(t, beg + 1) == '.' && is_space((char)at(t, beg + 2)) && is_digit((char)at(t, blanks(t, beg + 2))))
		return initial_rule(s, beg);
	size_t end = word ? sections_read(s, blanks(t, word), plural, &items) : 0;
	const struct code_row *row = s->rules, *set = 0;
	uint8_t kept = s->state, state = s->rules_state;
	if (!end)
		return 0;
	if (shaped_emit(s, beg, &items))
		return items.v[items.n - 1].at.end;
	/* Whose rule, in turn: what a word before says, the rules the document itself is of, those last cited, and over all these what is
	 * named after. */
	const struct code_row *own = s->ctx->code.n && s->state != STATE_NONE ? code_by_id(s->state, s->ctx->code) : 0;
	if ((set = rules_before(t, beg, s->floor))) {
		row = set;
		state = 0;
	} else if (own && own->form == FORM_RULE) { /* rules speak of themselves */
		row = own;
		state = s->state;
	/* A number that the set last cited cannot have is of civil procedure: of the United States, or of the text's state. */
	} else if (row && beyond_set(row, items.v[0].number)) {
		row = code_by_id(row->state == 0 || s->state == STATE_NONE ? 0 : STATE_ANY, row->state == 0 || s->state == STATE_NONE ? SPAN("frcp") : SPAN("r-civ"));
		state = row && row->state == 0 ? 0 : state;
	}
	of = word_here(t, blanks(t, end), "of");
	bool named = of != 0;
	of = blanks(t, of ? of : blanks(t, end) + (at(t, blanks(t, end)) == ',')); /* "Rule 4, F.R.Civ.P.", "Rule 4 F.R.Civ.P." */
	of = word_here(t, of, "the") ? blanks(t, word_here(t, of, "the")) : of;
	unsigned count = named || is_upper((char)at(t, of)) ? trie_hits(t, of, false, hits) : 0;
	for (unsigned k = 0; k < count; k++) {
		const struct code_row *r = &code_rows[ENTRY_ROW(hits[k].entry)];
		bool agency = r->kind == CODE_REGULATION && r->form == FORM_SEC && number_parted(items.v[0].number); /* "rule 61D-2.005, F.A.C." */
		if (ENTRY_KIND(hits[k].entry) == ENTRY_CODE && (r->form == FORM_RULE || agency)) {
			row = r;
			state = hits[k].state != STATE_NONE ? hits[k].state : r->state == STATE_ANY ? s->state : r->state;
			items.v[items.n - 1].at.end = (uint32_t)hits[k].end;
			break;
		}
	}
	if (row && span_eq(row->id, SPAN("lr")))
		return local_emit(s, beg, row->id, 0, &items);
	if (!row)
		return 0;
	s->state = state;
	end = sections_emit(s, beg, row, (span){ 0 }, &items);
	s->state = kept;
	return end;
}
