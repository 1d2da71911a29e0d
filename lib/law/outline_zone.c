#include "law/outline_zone.h"

#include "law/date.h"

struct opener {
	const char *text; /* what a block begins with; letters in this case */
	enum unit_role role;
};
/* Forms in which publishers print where a section comes from, and notes to it. */
static const struct opener openers[] = {
	{ "(L. ", UNIT_HISTORY }, { "(RSMo ", UNIT_HISTORY }, { "(History:", UNIT_HISTORY }, { "History:", UNIT_HISTORY },
	{ "History.", UNIT_HISTORY }, { "HISTORY:", UNIT_HISTORY }, { "HISTORY.", UNIT_HISTORY }, { "(Added ", UNIT_HISTORY },
	{ "(Amended ", UNIT_HISTORY }, { "(Enacted ", UNIT_HISTORY }, { "(Repealed ", UNIT_HISTORY }, { "Source:", UNIT_HISTORY },
	{ "SOURCE:", UNIT_HISTORY }, { "(Source:", UNIT_HISTORY }, { "[Source:", UNIT_HISTORY }, { "Acts ", UNIT_HISTORY },
	{ "(Code ", UNIT_HISTORY }, { "Laws ", UNIT_HISTORY }, { "(Pub. L. ", UNIT_HISTORY }, { "(Aug. ", UNIT_HISTORY },
	{ "Prior revisions:", UNIT_HISTORY }, { "(Prior revisions:", UNIT_HISTORY }, { "Credits", UNIT_HISTORY },
	{ "Prior revision:", UNIT_HISTORY }, { "(A.L. ", UNIT_HISTORY }, { "(Const. ", UNIT_HISTORY },
	{ "Effective ", UNIT_NOTE }, { "EFFECTIVE ", UNIT_NOTE }, { "Expires ", UNIT_NOTE }, { "CROSS REFERENCE", UNIT_NOTE },
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

enum unit_role zone_of(span s)
{
	if (!s.n || !strchr("(HSALPCEXRNFT*[p", s.p[0]))
		return UNIT_DOCUMENT;
	for (size_t i = 0; i < sizeof openers / sizeof *openers; i++)
		if (s.p[0] == openers[i].text[0] && span_starts(s, span_of(openers[i].text)))
			return openers[i].role;
	if (annotation(s))
		return UNIT_ANNOTATION;
	return bracketed_source(s) || dated_source(s) ? UNIT_HISTORY : UNIT_DOCUMENT;
}

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
