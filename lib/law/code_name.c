#include "law/document_private.h"

#include "law/address.h"
#include "law/cite.h"
#include "law/facts.h"

/* Which code a file is of. Its name is put before the number of its first
 * section and read as a citation: what cites can be cited. */

/* Words that only one code, or one state's publisher, uses: the beginning of a citation of it. */
static const struct {
	const char *words, *phrase;
} hints[] = {
	{ "> Missouri >", "Mo. Rev. Stat. \u00a7 " }, { "RSMo", "Mo. Rev. Stat. \u00a7 " }, { "D.C. Law", "D.C. Code \u00a7 " },
	{ "D.C. Official Code", "D.C. Code \u00a7 " }, { "K.S.A.", "Kan. Stat. Ann. \u00a7 " }, { "Added to NRS", "Nev. Rev. Stat. \u00a7 " },
	{ "C.R.S.", "Colo. Rev. Stat. \u00a7 " }, { "RCW ", "Wash. Rev. Code \u00a7 " }, { "ORS ", "Or. Rev. Stat. \u00a7 " },
	{ "A.R.S.", "Ariz. Rev. Stat. \u00a7 " }, { "O.C.G.A.", "Ga. Code Ann. \u00a7 " }, { "M.G.L.", "Mass. Gen. Laws ch. " },
	{ "N.J.S.A.", "N.J. Stat. Ann. \u00a7 " }, { "N.D.C.C.", "N.D. Cent. Code \u00a7 " }, { "SDCL", "S.D. Codified Laws \u00a7 " },
};

static bool try_phrase(struct reader *r, span phrase, span number, struct code_name *out)
{
	static const enum doc_kind kinds[] = { [CITE_STATUTE] = KIND_STATUTE, [CITE_REGULATION] = KIND_REGULATION,
					       [CITE_RULE] = KIND_RULE, [CITE_CONSTITUTION] = KIND_CONSTITUTION };
	struct cites found = { 0 };
	struct cite_context none = { 0 };
	span text = arena_printf(r->a, "%.*s%.*s", SPAN_ARG(phrase), SPAN_ARG(number));
	if (!cite_parse(text, &none, r->a, &found) || !found.n || !found.v[0].address.n || found.v[0].kind > CITE_RULE ||
	    !kinds[found.v[0].kind])
		return false;
	span rest = span_sub(found.v[0].address, 1, found.v[0].address.n);
	*out = (struct code_name){ .phrase = phrase, .kind = kinds[found.v[0].kind] };
	return span_cut(&rest, '/', &out->jurisdiction) && span_cut(&rest, '/', &out->code);
}

/* The codes of corpus/, of a state that does not exist: no citation table knows them. */
static const struct {
	const char *words, *jurisdiction, *code;
	enum doc_kind kind;
} invented[] = {
	{ "> Franklin >", "us-fk", "rsf", KIND_STATUTE }, { "Revised Statutes of Franklin", "us-fk", "rsf", KIND_STATUTE },
	{ "REVISED STATUTES OF FRANKLIN", "us-fk", "rsf", KIND_STATUTE }, { ", RSF", "us-fk", "rsf", KIND_STATUTE },
	{ "FRANKLIN HARBOR CODE", "us-fk", "harb", KIND_STATUTE }, { "Frk. Code Regs.", "us-fk", "admin", KIND_REGULATION },
	{ "FRANKLIN RULES OF CIVIL PROCEDURE", "us-fk", "r-civ", KIND_RULE }, { "CONSTITUTION OF THE STATE OF FRANKLIN", "us-fk", "const", KIND_CONSTITUTION },
};

static bool try_invented(span s, struct code_name *out)
{
	size_t best = s.n;
	for (size_t i = 0; i < sizeof invented / sizeof *invented; i++) {
		size_t at = span_find(s, span_of(invented[i].words), 0);
		if (at >= best)
			continue;
		best = at;
		*out = (struct code_name){ span_of(invented[i].jurisdiction), span_of(invented[i].code), { 0 }, invented[i].kind };
	}
	return best < s.n;
}

/* words stand in s, not as the end of a longer one. */
static bool has_words(span s, span words)
{
	for (size_t at = 0; (at = span_find(s, words, at)) < s.n; at++)
		if (at == 0 || !is_alnum(s.p[at - 1]) || !is_alnum(words.p[0]))
			return true;
	return false;
}

static bool try_hints(struct reader *r, span s, span number, struct code_name *out)
{
	for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
		if (has_words(s, span_of(hints[i].words)) && try_phrase(r, span_of(hints[i].phrase), number, out))
			return true;
	return false;
}

/* The state that s names as words of their own. */
static const struct state_row *state_in(span s)
{
	for (size_t k = 1; k < state_rows_n; k++) {
		size_t at = find_case(s, state_rows[k].name), end = at + state_rows[k].name.n;
		bool free = at < s.n && (at == 0 || !is_alpha(s.p[at - 1])) && (end == s.n || !is_alpha(s.p[end]));
		if (free && !(at > 4 && span_case_eq(span_sub(s, at - 5, at), SPAN("West "))))
			return &state_rows[k];
	}
	return NULL;
}

/* A segment of an address on the web is the state's name, "new-york", or its letters, "ny". */
static bool segment_names(span segment, const struct state_row *state)
{
	span letters = span_sub(state->id, 3, state->id.n);
	if (segment.n != state->name.n)
		return span_case_eq(segment, letters);
	for (size_t i = 0; i < segment.n; i++)
		if (to_lower(segment.p[i]) != to_lower(state->name.p[i]) && !(state->name.p[i] == ' ' && segment.p[i] == '-'))
			return false;
	return true;
}

/* The state whose law a web address offers: its segment after "codes", as
 * publishers write, or its own government's host, "revisor.mo.gov", "legis.state.wi.us". */
static const struct state_row *state_by_url(span url)
{
	span before = { 0 }, rest = url, segment;
	while (rest.n) {
		size_t n = 0;
		while (n < rest.n && !strchr("/.:?#=", rest.p[n]))
			n++;
		segment = span_sub(rest, 0, n);
		rest = span_sub(rest, n + 1, rest.n);
		bool host = span_starts(rest, SPAN("gov")) || (span_eq(before, SPAN("state")) && span_starts(rest, SPAN("us")));
		bool path = span_eq(before, SPAN("codes")) || span_eq(before, SPAN("statutes"));
		for (size_t k = 1; (host || path) && segment.n > 1 && k < state_rows_n; k++)
			if (segment_names(segment, &state_rows[k]))
				return &state_rows[k];
		if (n || span_starts(before, SPAN("http")))
			before = segment;
	}
	return NULL;
}

/* "2023 Florida Statutes", "Federal Rules of Civil Procedure", "Evidence Code" of a known state. */
static bool try_line(struct reader *r, span line, const struct state_row *state, span number, struct code_name *out)
{
	size_t from = 0;
	if (span_case_starts(line, SPAN("the ")))
		from = 4;
	while (from < line.n && (is_digit(line.p[from]) || line.p[from] == ' '))
		from++;
	span name = span_trim(span_sub(line, from, line.n));
	bool rules = find_case(name, SPAN("rule")) < name.n, code = find_case(name, SPAN("code")) < name.n;
	if (name.n < 4 || name.n > 70 || !(rules || code || find_case(name, SPAN("stat")) < name.n || find_case(name, SPAN("law")) < name.n))
		return false;
	const char *sign = rules ? " " : " \u00a7 ";
	if (state && try_phrase(r, arena_printf(r->a, "%.*s %.*s%s", SPAN_ARG(state->name), SPAN_ARG(name), sign), number, out))
		return true;
	bool alone = try_phrase(r, arena_printf(r->a, "%.*s%s", SPAN_ARG(name), sign), number, out);
	if (alone && (span_eq(out->jurisdiction, SPAN("us")) || state_in(name)))
		return true;
	*out = (struct code_name){ 0 }; /* "Penal Code": whose? */
	return false;
}

/* "Title 17" of the federal regulations or code, by what else the text says. */
static bool try_title(struct reader *r, span line, span number, struct code_name *out)
{
	size_t end = 6;
	if (!span_case_starts(line, SPAN("title ")))
		return false;
	while (end < line.n && is_digit(line.p[end]))
		end++;
	span title = span_sub(line, 6, end), head = span_sub(r->text, 0, 30000);
	if (!title.n)
		return false;
	bool regulation = span_find(head, SPAN(" FR "), 0) < head.n || span_find(head, SPAN("CFR"), 0) < head.n || span_find(head, SPAN("C.F.R."), 0) < head.n;
	bool code = span_find(head, SPAN("U.S.C"), 0) < head.n || span_find(head, SPAN("United States Code"), 0) < head.n ||
		    span_find(head, SPAN(" Stat. "), 0) < head.n;
	if (!regulation && !code)
		return false;
	return try_phrase(r, arena_printf(r->a, "%.*s %s \u00a7 ", SPAN_ARG(title), regulation ? "C.F.R." : "U.S.C."), number, out);
}

/* What the legislature of one state calls its sessions in notes to its codes. */
static const struct state_row *state_by_notes(span s)
{
	static const struct { const char *words, *id; } notes[] = { { " Leg., p. ", "us-tx" }, { " Leg., R.S.", "us-tx" }, { "by Stats. ", "us-ca" },
								    { "McKinney", "us-ny" }, { "P.A. ", "us-mi" }, { "DCR ", "us-dc" } };
	for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
		for (size_t k = 1; span_find(s, span_of(notes[i].words), 0) < s.n && k < state_rows_n; k++)
			if (span_eq(state_rows[k].id, span_of(notes[i].id)))
				return &state_rows[k];
	return NULL;
}

/* The forms in which a state's one code is called. */
static bool try_state(struct reader *r, const struct state_row *state, span number, struct code_name *out)
{
	static const char *const forms[] = { "Rev. Stat.", "Code", "Gen. Stat.", "Stat.", "Gen. Laws", "Comp. Laws", "Codified Laws",
					     "Cent. Code", "Rev. Code", "Code Ann.", "Stat. Ann." };
	for (size_t i = 0; state && i < sizeof forms / sizeof *forms; i++)
		if (try_phrase(r, arena_printf(r->a, "%.*s %s \u00a7 ", SPAN_ARG(state->abbr), forms[i]), number, out))
			return true;
	return false;
}

#define NAME_LINES 40

/* The lines above the first section: a state named, then a code named. */
static bool try_lines(struct reader *r, size_t head, span number, struct code_name *out)
{
	const struct state_row *state = NULL;
	size_t most = head < NAME_LINES ? head : NAME_LINES;
	for (size_t i = 0; i < most && !state; i++) {
		span line = reader_line(r, i);
		state = line.n < 200 ? state_in(line) : NULL;
	}
	if (!state && r->given->jurisdiction.n)
		for (size_t k = 1; k < state_rows_n; k++)
			if (span_eq(state_rows[k].id, r->given->jurisdiction))
				state = &state_rows[k];
	if (!state)
		state = state_by_url(r->given->url);
	if (!state)
		state = state_by_notes(span_sub(r->text, 0, 20000));
	for (size_t i = 0; i < most; i++) {
		span line = reader_line(r, i);
		if (line.n > 3 && line.n < 160 && (try_line(r, line, state, number, out) || try_title(r, line, number, out)))
			return true;
	}
	if (state)
		out->jurisdiction = state->id;
	return try_state(r, state, number, out);
}

void name_code(struct reader *r, span number, size_t head, struct code_name *out)
{
	*out = (struct code_name){ 0 };
	span some = number.n ? number : SPAN("1.010");
	for (size_t i = 0; i < r->t->edits.n && i < 200; i++) {
		span before = span_sub(r->t->edits.v[i].before, 0, 400);
		const struct state_row *state = span_find(before, SPAN(" > "), 0) < before.n ? state_in(before) : NULL;
		if (try_hints(r, before, some, out) || try_invented(before, out) || try_state(r, state, some, out))
			return;
	}
	if (try_invented(span_sub(r->text, 0, 20000), out) || try_lines(r, head, some, out))
		return;
	span known = out->jurisdiction;
	if (!try_hints(r, span_sub(r->text, 0, 20000), some, out))
		out->jurisdiction = known;
}

void name_code_by_phrase(struct reader *r, span phrase, span number, struct code_name *out)
{
	if (!try_phrase(r, phrase, number, out) && !try_invented(phrase, out))
		*out = (struct code_name){ 0 };
}

span code_address(const struct code_name *c, span number, struct arena *a)
{
	struct cites found = { 0 };
	struct cite_context none = { 0 };
	if (!c->phrase.n)
		return c->code.n ? address_section(c->jurisdiction, c->code, number, a) : (span){ 0 };
	span text = arena_printf(a, "%.*s%.*s", SPAN_ARG(c->phrase), SPAN_ARG(number));
	return cite_parse(text, &none, a, &found) && found.n ? found.v[0].address : (span){ 0 };
}
