#include "law/outline_zone.h"

#include "law/date.h"
#include "law/label.h"
#include "law/lines.h"

struct opener {
	const char *text; /* what a block begins with; letters in this case */
	enum unit_role role;
};
/* Forms in which publishers print where a section comes from, and notes to it. */
static const struct opener openers[] = {
	{ "(L. ", UNIT_HISTORY }, { "(RSMo ", UNIT_HISTORY }, { "(History:", UNIT_HISTORY }, { "History:", UNIT_HISTORY },
	{ "History.", UNIT_HISTORY }, { "HISTORY:", UNIT_HISTORY }, { "HISTORY.", UNIT_HISTORY }, { "(Added ", UNIT_HISTORY }, { "Amended by", UNIT_HISTORY }, { "Added by", UNIT_HISTORY }, { "As added by", UNIT_HISTORY },
	{ "(Amended ", UNIT_HISTORY }, { "(Enacted ", UNIT_HISTORY }, { "(Repealed ", UNIT_HISTORY }, { "Source:", UNIT_HISTORY }, { "Source Note", UNIT_HISTORY },
	{ "SOURCE:", UNIT_HISTORY }, { "(Source:", UNIT_HISTORY }, { "[Source:", UNIT_HISTORY }, { "Acts ", UNIT_HISTORY },
	{ "(Code ", UNIT_HISTORY }, { "Laws ", UNIT_HISTORY }, { "(Pub. L. ", UNIT_HISTORY }, { "(Aug. ", UNIT_HISTORY },
	{ "Prior revisions:", UNIT_HISTORY }, { "(Prior revisions:", UNIT_HISTORY }, { "Credits", UNIT_HISTORY },
	{ "Prior revision:", UNIT_HISTORY }, { "(A.L. ", UNIT_HISTORY }, { "(Const. ", UNIT_HISTORY },
	{ "Effective ", UNIT_NOTE }, { "Effective:", UNIT_NOTE }, { "EFFECTIVE ", UNIT_NOTE }, { "Expires ", UNIT_NOTE }, { "CROSS REFERENCE", UNIT_NOTE },
	{ "Cross Reference", UNIT_NOTE }, { "Cross references", UNIT_NOTE }, { "CROSS-REFERENCE", UNIT_NOTE },
	{ "Revisor's note", UNIT_NOTE }, { "Revisor's Note", UNIT_NOTE }, { "REVISOR", UNIT_NOTE }, { "Editor's note", UNIT_NOTE },
	{ "Note:", UNIT_NOTE }, { "NOTE:", UNIT_NOTE }, { "Notes:", UNIT_NOTE }, { "Case Notes", UNIT_NOTE }, { "Annotations", UNIT_NOTE },
	{ "EXPLANATION", UNIT_NOTE }, { "Authority:", UNIT_HISTORY }, { "AUTHORITY:", UNIT_HISTORY },
	{ "CROSS REFS", UNIT_NOTE }, { "*Effective ", UNIT_NOTE }, { "*Revisor", UNIT_NOTE }, { "*Section ", UNIT_NOTE },
	{ "*Transferred", UNIT_NOTE }, { "*Contingent ", UNIT_NOTE }, { "(Contingent ", UNIT_NOTE }, { "*Contained ", UNIT_NOTE },
};

/* "(1986) Application of ...": a year alone in brackets, and text after it. */
static bool annotation(span s)
{
	if (s.n < 8 || s.p[0] != '(' || !is_digit(s.p[1]))
		return false;
	uint64_t year;
	return s.p[5] == ')' && span_uint(span_sub(s, 1, 5), 2200, &year) && year > 1600;
}

/* "[37 FR 23603, Nov. 4, 1972]", "[1971 c 3 § 2.]": from where an official text comes. */
static bool bracketed_source(span s)
{
	if (s.n < 8 || s.p[0] != '[' || !is_digit(s.p[1]))
		return false;
	span head = span_sub(s, 0, 60);
	return span_find(head, SPAN(" FR "), 0) < head.n || span_find(head, SPAN(" Fed. Reg. "), 0) < head.n ||
	       span_find(head, SPAN(" c "), 0) < head.n || span_find(head, SPAN(" c. "), 0) < head.n;
}

/* "(July 29, 1970, 84 Stat. 546, ...", "(Added Pub. L. ...". */
static bool dated_source(span s)
{
	size_t n = 0;
	if (s.n < 12 || s.p[0] != '(' || !is_upper(s.p[1]) || !date_parse(span_sub(s, 1, s.n < 40 ? s.n : 40), &n) || n < 8)
		return false;
	span head = span_sub(s, n, n + 80);
	return span_find(head, SPAN("Stat."), 0) < head.n || span_find(head, SPAN(" ch. "), 0) < head.n ||
	       span_find(head, SPAN("Law"), 0) < head.n;
}

/* A word of a session law's citation, "c.", "\u00a7", "Stat", or one that notes of history are made of. */
static bool source_word(span w)
{
#define W(text) { text, sizeof(text) - 1 }
	static const span words[] = {
		W("c"), W("ch"), W("chs"), W("chapter"), W("no"), W("nos"), W("act"), W("acts"), W("law"), W("laws"), W("stat"), W("stats"), W("l"), W("p.l"),
		W("pl"), W("p.a"), W("pub"), W("s"), W("ss"), W("sec"), W("secs"), W("section"), W("art"), W("art."), W("pt"), W("hb"), W("h.b"), W("sb"),
		W("s.b"), W("lb"), W("ord"), W("eff"), W("emerg"), W("effective"), W("am"), W("amd"), W("added"), W("amended"), W("adopted"), W("enacted"),
		W("approved"), W("ratified"), W("renumbered"), W("repealed"), W("redesignated"), W("register"), W("reg"), W("texreg"), W("fr"), W("sla"), W("p"),
		W("title"), W("code"), W("session"), W("formerly"), W("operative"), W("filed"), W("rule"), W("original"), W("reenacted") };
#undef W
	while (w.n && !is_alnum(w.p[w.n - 1]))
		w.n--;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (w.n == words[i].n && to_lower(w.p[0]) == words[i].p[0] && span_case_eq(w, words[i]))
			return true;
	return false;
}

/* Four digits of a year stand in w, no digit beside them: "L.1997,", "9-12-2011". */
static bool has_year(span w)
{
	for (size_t i = 0; i + 4 <= w.n; i++) {
		size_t end = i;
		while (end < w.n && is_digit(w.p[end]))
			end++;
		if (end - i == 4 && ((w.p[i] == '1' && w.p[i + 1] >= '7') || (w.p[i] == '2' && w.p[i + 1] == '0')))
			return true;
		i = end > i ? end - 1 : i;
	}
	return false;
}

#define SOURCE_BYTES 240 /* of a history that tell it from law */

/* "03-192", "90-5A": an act by its year and number. */
static bool is_act(span w)
{
	size_t i = 0;
	while (i < w.n && is_digit(w.p[i]))
		i++;
	return i > 1 && i < 5 && i + 1 < w.n && w.p[i] == '-' && is_digit(w.p[i + 1]);
}

/* A year or an act's number stands in s. */
static bool has_numbers(span s)
{
	for (size_t i = 0; i + 3 < s.n; i++) {
		if (!is_digit(s.p[i]))
			continue;
		span rest = span_sub(s, i, s.n);
		if (has_year(span_sub(rest, 0, 5)) || is_act(rest))
			return true;
		while (i < s.n && is_digit(s.p[i]))
			i++;
	}
	return false;
}

/* A subdivision, "(b) Repealed by Laws 1996, ch. 40": "L. 1989, ch. 118" only looks like one. */
static bool is_labelled(span s)
{
	struct label l = label_read(s);
	span rest = l.n ? span_trim(span_sub(s, l.end, s.n)) : (span){ 0 };
	return l.n && !(LABEL_STYLE(l.reading[0].class) == STYLE_PERIOD && rest.n && is_digit(rest.p[0]));
}

/* Reads as a list of session laws: a year, words of their citations, hardly any prose. */
static bool dense_source(span s)
{
	size_t words = 0, prose = 0, years = 0, sources = 0;
	span rest = span_sub(s, 0, SOURCE_BYTES), w;
	if (!s.n || !(is_digit(s.p[0]) || is_upper(s.p[0]) || s.p[0] == '(' || s.p[0] == '[') || span_starts(s, SPAN("The ")) || is_labelled(s))
		return false;
	/* Cheap checks first. Then words are counted: of all, prose may be a sixth, and years and words of sources must be two fifths. */
	if (!has_numbers(rest)) /* most law ends here */
		return false;
	while (rest.n && prose < SOURCE_BYTES / 36) { /* six letters a word: more prose can no longer be a sixth */
		size_t end = 0;
		while (end < rest.n && !is_space(rest.p[end]))
			end++;
		w = span_sub(rest, 0, end);
		rest = span_sub(rest, end + 1, rest.n);
		while (w.n && strchr("([;,", w.p[0]))
			w = span_sub(w, 1, w.n);
		if (!w.n)
			continue;
		words++;
		years += has_year(w) || is_act(w);
		size_t letters = 0; /* "s.2", "P.L.155-2015", "\u00a71": the word before the number */
		while (letters < w.n && (is_alpha(w.p[letters]) || (w.p[letters] == '.' && letters)))
			letters++;
		bool source = (unsigned char)w.p[0] == 0xC2 || (letters && source_word(span_sub(w, 0, letters)));
		sources += source;
		prose += !source && is_lower(w.p[0]) && letters > 3;
	}
	return !rest.n && years && sources && words > 1 && prose * 6 <= words && (sources + years) * 5 >= words * 2;
}

/* A short line that heads what follows the law: "NOTES:", "SECTION HISTORY",
 * "Official Comment", "Notes of Advisory Committee on Rules\u20141937". */
static enum unit_role note_heading(span s)
{
#define W(text, role) { { text, sizeof(text) - 1 }, role }
	static const struct { span word; enum unit_role role; } words[] = {
		W("note", UNIT_NOTE), W("annotation", UNIT_NOTE), W("comment", UNIT_NOTE), W("commentary", UNIT_NOTE), W("reference", UNIT_NOTE),
		W("decision", UNIT_NOTE), W("amendment", UNIT_NOTE), W("history", UNIT_HISTORY), W("credit", UNIT_HISTORY), W("source", UNIT_HISTORY),
		W("authority", UNIT_HISTORY) };
#undef W
	size_t first = 0, last = s.n, words_n;
	if (!s.n || !is_upper(s.p[0]) || s.n > 80 || (words_n = words_in(s)) > 9)
		return UNIT_DOCUMENT;
	while (first < s.n && is_alpha(s.p[first]))
		first++;
	while (last && !is_alpha(s.p[last - 1]))
		last--;
	size_t from = last;
	while (from && is_alpha(s.p[from - 1]))
		from--;
	span head = span_sub(s, 0, first), end = span_sub(s, from, last), rest = span_sub(s, first, s.n);
	bool whole = words_n == 1 || span_starts(rest, SPAN(" of ")) || span_starts(rest, SPAN(" to "));
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		span w = words[i].word;
		bool ends = words_n <= 5 && end.n >= w.n && end.n <= w.n + 1 && span_case_starts(end, w);
		bool begins = whole && head.n >= w.n && head.n <= w.n + 1 && span_case_starts(head, w);
		if (ends || begins)
			return words[i].role;
	}
	return UNIT_DOCUMENT;
}

/* "Statutory/Other Authority: ORS 496.138": what it is stands before the colon. */
static bool names_source(span s)
{
	if (!s.n || !is_upper(s.p[0]))
		return false;
	span head = span_sub(s, 0, 48);
	size_t colon = span_find_byte(head, ':', 0);
	return colon < head.n && words_in(span_sub(s, 0, colon)) <= 4 && note_heading(span_sub(s, 0, colon)) == UNIT_HISTORY;
}

/* "Effective July 1, 2020, the court shall ...": an opener that law has as well. */
static bool commands(span s)
{
	s = span_sub(s, 0, 600);
	return span_find(s, SPAN(" shall "), 0) < s.n || span_find(s, SPAN(" may "), 0) < s.n || span_find(s, SPAN(" must "), 0) < s.n;
}

/* What a block after the law is, by how it begins; UNIT_DOCUMENT: law, or nothing known. Openers first, as they are sure. */
enum unit_role zone_of(span s)
{
	if (!s.n)
		return UNIT_DOCUMENT;
	size_t least = strchr("(HSALPCEXRNFT*[p", s.p[0]) ? 0 : sizeof openers / sizeof *openers;
	for (size_t i = least; i < sizeof openers / sizeof *openers; i++)
		if (s.p[0] == openers[i].text[0] && span_starts(s, span_of(openers[i].text)))
			return openers[i].role == UNIT_NOTE && s.p[0] == 'E' && commands(s) ? UNIT_DOCUMENT : openers[i].role;
	if (annotation(s))
		return UNIT_ANNOTATION;
	if (bracketed_source(s) || dated_source(s) || dense_source(s) || names_source(s))
		return UNIT_HISTORY;
	return note_heading(s);
}

/* Where the history begins that ends a paragraph of law, "... shall file. (L. 1973 S.B. 1)": the last bracket, after a finished sentence, when
 * it reads as a source. s.n when there is none. */
size_t zone_tail(span s)
{
	size_t end = s.n, depth = 0;
	while (end && s.p[end - 1] == '.')
		end--;
	char close = end ? s.p[end - 1] : 0, open = close == ')' ? '(' : '[';
	if (close != ')' && close != ']')
		return s.n;
	for (size_t i = end; i-- > 0 && end - i < 2000;) {
		depth += s.p[i] == close;
		if (s.p[i] != open || --depth)
			continue;
		bool free = i > 20 && is_space(s.p[i - 1]) && clause_end(span_trim(span_sub(s, 0, i))) == '.';
		return free && dense_source(span_sub(s, i, s.n)) ? i : s.n;
	}
	return s.n;
}

/* A line of dashes or stars between the law and its notes. */
bool zone_rule(span s)
{
	size_t marks = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (is_alnum(s.p[i]))
			return false;
		marks += !is_space(s.p[i]);
	}
	return marks >= 3;
}

struct marker {
	const char *name;
	enum unit_role role;
};
static const struct marker markers[] = {
	{ "CITE", UNIT_FURNITURE }, { "EXPCITE", UNIT_FURNITURE }, { "HEAD", UNIT_HEADING }, { "STATUTE", UNIT_SUBDIVISION },
	{ "SOURCE", UNIT_HISTORY }, { "FOOTNOTE", UNIT_FOOTNOTE }, { "End", UNIT_FURNITURE },
};

/* Marks of the printing office: "-SOURCE-". One that is not in the list heads notes of some kind. */
enum unit_role zone_marker(span s)
{
	if (s.n < 3 || s.p[0] != '-' || !is_upper(s.p[1]))
		return UNIT_DOCUMENT;
	size_t end = 1;
	while (end < s.n && is_alnum(s.p[end]))
		end++;
	if (end >= s.n || s.p[end] != '-' || end + 1 != s.n)
		return UNIT_DOCUMENT;
	span name = span_sub(s, 1, end);
	for (size_t i = 0; i < sizeof markers / sizeof *markers; i++)
		if (span_eq(name, span_of(markers[i].name)))
			return markers[i].role;
	return UNIT_NOTE;
}
