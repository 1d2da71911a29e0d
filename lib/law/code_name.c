#include "law/document_private.h"

#include "base/err.h"
#include "law/address.h"
#include "law/cite_private.h"
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
enum { HINTS = sizeof hints / sizeof *hints };

/* Which of the tables' words may stand in a text: bit i for row i, by the hash of
 * their first three bytes. A text has none of them most often, and one pass tells
 * where looking for each took a twentieth of indexing. */
struct phrases {
	uint64_t words[1024];  /* of hints, invented and notes, one after another */
	uint64_t states[1024];
};

/* Ten bits of a hash of three bytes; fold sets the bit of small letters in each. */
static unsigned three_at(const char *p, uint32_t fold)
{
	uint32_t v = (unsigned char)p[0] | (uint32_t)(unsigned char)p[1] << 8 | (uint32_t)(unsigned char)p[2] << 16;
	return (v | fold) * 0x9E3779B1u >> 22;
}

enum { EXACT = 0, ANY_CASE = 0x202020 };

static uint64_t rows_in(const uint64_t rows[1024], uint32_t fold, span s)
{
	uint64_t found = 0;
	for (size_t i = 0; i + 3 <= s.n; i++)
		found |= rows[three_at(s.p + i, fold)];
	return found;
}

/* A text whose words are asked about, and which of them it may have. */
struct worded {
	span s;
	uint64_t rows;
};

static struct worded worded_of(const struct phrases *x, span s)
{
	return (struct worded){ s, rows_in(x->words, EXACT, s) };
}

/* "Maine Revised Statutes \u00a7 9999": the sections of this code are counted in each title, and none is named. */
static bool lacks_title(const struct code_name *c, span rest)
{
	uint8_t state = state_by_id(c->jurisdiction);
	const struct code_row *row = state == STATE_NONE ? NULL : code_by_id(state, c->code);
	bool counted = row && (row->form == FORM_TITLE || row->form == FORM_CHAP || row->form == FORM_ILCS);
	return counted && rest.n && (rest.p[0] == 's' || rest.p[0] == 'r');
}

/* phrase and number are read as a citation without any context; the code is in its address, the kind by that of the citation. Only what a code of
 * laws or rules can be is taken. */
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
	return span_cut(&rest, '/', &out->jurisdiction) && span_cut(&rest, '/', &out->code) && !lacks_title(out, rest);
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
enum { INVENTED = sizeof invented / sizeof *invented };

/* The one that stands first in the text. */
static bool try_invented(const struct worded *w, struct code_name *out)
{
	span s = w->s;
	size_t best = s.n;
	for (size_t i = 0; i < INVENTED; i++) {
		if (!(w->rows >> (HINTS + i) & 1))
			continue;
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

/* The words must stand in the text before the citation is tried, which costs more. */
static bool try_hints(struct reader *r, const struct worded *w, span number, struct code_name *out)
{
	for (size_t i = 0; i < HINTS; i++)
		if (w->rows >> i & 1 && has_words(w->s, span_of(hints[i].words)) &&
		    try_phrase(r, span_of(hints[i].phrase), number, out))
			return true;
	return false;
}

/* The state that s names as words of their own. */
static const struct state_row *state_in(const struct phrases *x, span s)
{
	for (uint64_t rows = rows_in(x->states, ANY_CASE, s); rows; rows &= rows - 1) {
		size_t k = (size_t)__builtin_ctzll(rows);
		size_t at = span_case_find(s, state_rows[k].name), end = at + state_rows[k].name.n;
		/* "West Virginia" has "Virginia" in it. */
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

/* What the legislature of one state calls its sessions and acts in notes to its codes. */
static const struct {
	const char *words, *id;
} notes[] = {
	{ " Leg., p. ", "us-tx" }, { " Leg., R.S.", "us-tx" }, { "by Stats. ", "us-ca" }, { "McKinney", "us-ny" }, { "P.A. ", "us-mi" },
	{ "DCR ", "us-dc" }, { "Imd. Eff. ", "us-mi" }, { "KRS ", "us-ky" }, { "Ky. Acts", "us-ky" }, { ", A.L. ", "us-mo" },
	{ " enacted by Ga. L. ", "us-ga" }, { "Ga. L. ", "us-ga" }, { "Del. Laws", "us-de" }, { "(Adj. Sess.)", "us-vt" }, { "Pa.C.S.", "us-pa" },
	{ "RSA ", "us-nh" }, { "V.S.A. ", "us-vt" }, { "Iowa Acts", "us-ia" }, { "Del. C. ", "us-de" }, { "History.\u2014s. ", "us-fl" },
	{ "History: En. ", "us-mt" }, { "NMSA 1978", "us-nm" }, { " ILCS ", "us-il" }, { "O.S. Supp.", "us-ok" }, { " SLA ", "us-ak" },
	{ "General Session", "us-ut" }, { "W.S. ", "us-wy" }, { "HRS ", "us-hi" }, { "Session Laws 20", "us-nc" }, { "IC 1", "us-in" },
};

/* Made anew for each text: some hundred entries, against a look through the text for each word. */
static void phrases_fill(struct phrases *x)
{
	*x = (struct phrases){ 0 };
	ASSERT(state_rows_n <= 64);
	for (size_t i = 0; i < HINTS; i++)
		x->words[three_at(hints[i].words, EXACT)] |= 1ull << i;
	for (size_t i = 0; i < INVENTED; i++)
		x->words[three_at(invented[i].words, EXACT)] |= 1ull << (HINTS + i);
	for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
		x->words[three_at(notes[i].words, EXACT)] |= 1ull << (HINTS + INVENTED + i);
	for (size_t i = 1; i < state_rows_n; i++)
		x->states[three_at(state_rows[i].name.p, ANY_CASE)] |= 1ull << i;
}

/* What the lines above a section are read with. */
struct naming {
	struct reader *r;
	const struct phrases *x;
	struct worded head;            /* of the text */
	const struct state_row *state; /* null: none is known */
	span number;
};

/* A publisher's page of a court's decision has such words as well, so "court" forbids. */
bool url_of_law(span url)
{
	static const char *const words[] = { "code", "statut", "revisor", "legis", "section" };
	bool law = false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		law |= span_case_find(url, span_of(words[i])) < url.n;
	return law && span_case_find(url, SPAN("court")) == url.n && state_by_url(url) != NULL;
}

/* The name of a code in a line of its own, without year, edition and what
 * follows it: "2023 Minnesota Statutes", "VEHICLE CODE - VEH", "The Vermont Statutes Online". */
static span bare_name(span line)
{
	static const char *const tails[] = { " online", " annotated", " unannotated", " (excerpt)" };
	size_t from = span_case_starts(line, SPAN("the ")) ? 4 : 0, dash = span_find(line, SPAN(" - "), 0);
	while (from < line.n && (is_digit(line.p[from]) || line.p[from] == ' '))
		from++;
	span name = span_trim(span_sub(line, from, dash));
	for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
		size_t at = span_case_find(name, span_of(tails[i]));
		name = at < name.n ? span_sub(name, 0, at) : name;
	}
	while (name.n && (is_digit(name.p[name.n - 1]) || strchr(" ,()", name.p[name.n - 1])))
		name.n--;
	return name;
}

/* "Code of the District of Columbia" as "District of Columbia Code"; else the name with its state before it. */
static span with_state(const struct naming *n, span name)
{
	size_t at = span_case_find(name, n->state->name), of = at;
	while (of && name.p[of - 1] != ' ')
		of--;
	while (of && (span_ends(span_sub(name, 0, of), SPAN("the ")) || span_ends(span_sub(name, 0, of), SPAN("of "))))
		of -= span_ends(span_sub(name, 0, of), SPAN("the ")) ? 4 : 3;
	if (at < name.n && of < at)
		name = span_trim(span_sub(name, 0, of));
	else if (at == 0)
		return name;
	return arena_printf(n->r->a, "%.*s %.*s", SPAN_ARG(n->state->name), SPAN_ARG(name));
}

/* "2023 Florida Statutes", "Federal Rules of Civil Procedure", "Evidence Code" of a known state. */
static bool try_line(const struct naming *n, span line, struct code_name *out)
{
	struct reader *r = n->r;
	span name = bare_name(line);
	bool rules = span_case_find(name, SPAN("rule")) < name.n, code = span_case_find(name, SPAN("code")) < name.n;
	/* A line too short or long for a name, or without any word that names of codes have. */
	if (name.n < 4 || name.n > 70 || !(rules || code || span_case_find(name, SPAN("stat")) < name.n || span_case_find(name, SPAN("law")) < name.n))
		return false;
	const char *sign = rules ? " " : " \u00a7 ";
	/* With the state before it first: "Penal Code" alone is many states'. */
	if (n->state && try_phrase(r, arena_printf(r->a, "%.*s%s", SPAN_ARG(with_state(n, name)), sign), n->number, out))
		return true;
	bool alone = try_phrase(r, arena_printf(r->a, "%.*s%s", SPAN_ARG(name), sign), n->number, out);
	if (alone && (span_eq(out->jurisdiction, SPAN("us")) || state_in(n->x, name)))
		return true;
	*out = (struct code_name){ 0 }; /* "Penal Code": whose? */
	return false;
}

/* A line that cites this section, "(720 ILCS 5/17-9)", "R.I. Gen. Laws \u00a7 20-6-9": what stands before its number. */
static bool try_citing(const struct naming *n, span line, struct code_name *out)
{
	size_t at = span_find(line, n->number, 0), from = line.n && line.p[0] == '(';
	size_t end = at + n->number.n;
	/* The number ends there, and a blank, slash or colon stands before it. */
	if (at >= line.n || at < 3 || (end < line.n && is_alnum(line.p[end])) || !strchr(" /:", line.p[at - 1]))
		return false;
	if (try_phrase(n->r, span_sub(line, from, at), n->number, out))
		return true;
	*out = (struct code_name){ 0 };
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
	/* 30,000 bytes: what names the code may stand in the notes behind the first sections. */
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

/* The words of a legislature's notes are only its own. */
static const struct state_row *state_by_notes(const struct worded *w)
{
	for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
		for (size_t k = 1; w->rows >> (HINTS + INVENTED + i) & 1 && span_find(w->s, span_of(notes[i].words), 0) < w->s.n &&
				   k < state_rows_n; k++)
			if (span_eq(state_rows[k].id, span_of(notes[i].id)))
				return &state_rows[k];
	return NULL;
}

/* "TITLE 11", "Chapter 131" above the section: its Arabic number; titles in roman numbers are not looked up. */
static span number_above(const struct naming *n, size_t lines, const char *word)
{
	size_t len = strlen(word);
	for (size_t i = 0; i < lines; i++) {
		span line = reader_line(n->r, i);
		size_t end = len;
		while (span_case_starts(line, span_of(word)) && end < line.n && is_alnum(line.p[end]))
			end++;
		if (end > len && is_digit(line.p[len]))
			return span_sub(line, len, end);
	}
	return (span){ 0 };
}

/* The forms in which a state's one code is called, where sections are counted in each title: the state before, the title between. */
static bool try_titled(const struct naming *n, size_t lines, struct code_name *out)
{
	static const char *const forms[][2] = { { " Code tit. ", ", \u00a7 " }, { " Rev. Stat. tit. ", ", \u00a7 " }, { " Stat. tit. ", ", \u00a7 " },
						{ " Laws tit. ", ", \u00a7 " }, { " R.S. ", ":" } };
	struct arena *a = n->r->a;
	span title = number_above(n, lines, "title "), chapter = number_above(n, lines, "chapter ");
	if (n->state && chapter.n &&
	    try_phrase(n->r, arena_printf(a, "%.*s Gen. Laws ch. %.*s, \u00a7 ", SPAN_ARG(n->state->abbr), SPAN_ARG(chapter)), n->number, out))
		return true;
	if (!n->state || !title.n)
		return false;
	if (try_phrase(n->r, arena_printf(a, "%.*s %.*s Cons. Stat. \u00a7 ", SPAN_ARG(title), SPAN_ARG(n->state->abbr)), n->number, out))
		return true;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		span phrase = arena_printf(a, "%.*s%s%.*s%s", SPAN_ARG(n->state->abbr), forms[i][0], SPAN_ARG(title), forms[i][1]);
		if (try_phrase(n->r, phrase, n->number, out))
			return true;
	}
	*out = (struct code_name){ 0 };
	return false;
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
static bool try_lines(struct naming *n, size_t head, struct code_name *out)
{
	struct reader *r = n->r;
	const struct state_row *state = NULL;
	size_t most = head < NAME_LINES ? head : NAME_LINES;
	/* In turn: a line that names the state, what the caller knows, the web address, the notes. */
	for (size_t i = 0; i < most && !state; i++) {
		span line = reader_line(r, i);
		state = line.n < 200 ? state_in(n->x, line) : NULL;
	}
	if (!state && r->given->jurisdiction.n)
		for (size_t k = 1; k < state_rows_n; k++)
			if (span_eq(state_rows[k].id, r->given->jurisdiction))
				state = &state_rows[k];
	if (!state)
		state = state_by_url(r->given->url);
	if (!state)
		state = state_by_notes(&n->head);
	n->state = state;
	/* First: the name of such a code is read without its title, too, and would then lose it. */
	if (try_titled(n, most, out))
		return true;
	for (size_t i = 0; i < most; i++) {
		span line = reader_line(r, i);
		if (line.n > 3 && line.n < 160 && (try_citing(n, line, out) || try_line(n, line, out) || try_title(r, line, n->number, out)))
			return true;
	}
	/* The state is kept even when its code is not found. */
	if (state)
		out->jurisdiction = state->id;
	return try_state(r, state, n->number, out);
}

/* In this order: breadcrumbs that repair took out, as they say it outright; the head of the text; last the hints of single words, which a text may
 * have from citations of another code. */
void name_code(struct reader *r, span number, size_t head, struct code_name *out)
{
	*out = (struct code_name){ 0 };
	struct phrases x;
	phrases_fill(&x);
	struct naming n = { .r = r, .x = &x, .number = number.n ? number : SPAN("1.010"),
			    .head = worded_of(&x, span_sub(r->text, 0, 20000)) };
	for (size_t i = 0; i < r->t->edits.n && i < 200; i++) {
		struct worded before = worded_of(&x, span_sub(r->t->edits.v[i].before, 0, 400));
		const struct state_row *state = span_find(before.s, SPAN(" > "), 0) < before.s.n ? state_in(&x, before.s) : NULL;
		if (try_hints(r, &before, n.number, out) || try_invented(&before, out) || try_state(r, state, n.number, out))
			return;
	}
	if (try_invented(&n.head, out) || try_lines(&n, head, out))
		return;
	span known = out->jurisdiction;
	if (!try_hints(r, &n.head, n.number, out))
		out->jurisdiction = known;
}

void name_code_by_phrase(struct reader *r, span phrase, span number, struct code_name *out)
{
	struct phrases x;
	phrases_fill(&x);
	struct worded w = worded_of(&x, phrase);
	if (!try_phrase(r, phrase, number, out) && !try_invented(&w, out))
		*out = (struct code_name){ 0 };
}

/* The address that citations of the section have, by the same reading; for a code without a phrase it is put together. */
span code_address(const struct code_name *c, span number, struct arena *a)
{
	struct cites found = { 0 };
	struct cite_context none = { 0 };
	if (!c->phrase.n)
		return c->code.n ? address_section(c->jurisdiction, c->code, number, a) : (span){ 0 };
	span text = arena_printf(a, "%.*s%.*s", SPAN_ARG(c->phrase), SPAN_ARG(number));
	return cite_parse(text, &none, a, &found) && found.n ? found.v[0].address : (span){ 0 };
}
