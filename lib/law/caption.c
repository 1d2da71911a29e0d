#include "law/caption.h"

/* Titles as they follow a judge's name. One may begin another, "Judge" and "Judge of the": the longest is taken. */
static const char *const titles[] = {
	"Circuit Judge", "District Judge", "Chief Judge", "Senior Judge", "Magistrate Judge", "Bankruptcy Judge", "Circuit Justice",
	"Associate Justice", "Chief Justice", "Senior Circuit Judge", "Senior District Judge", "Presiding Judge", "Presiding Justice",
	"United States District Judge", "United States Magistrate Judge", "U.S. District Judge", "U.S. Magistrate Judge", "Judge",
	"Justice", "Chief Circuit Judge", "Special Judge", "Chief District Judge", "Appellate Judge", "Vice Chancellor", "Chancellor",
	"J.", "C.J.", "P.J.", "C. J.", "S.J.", "JJ.", "Judge of the", "Acting P.J.", "A.C.J.",
};

/* Bytes of the title that s begins with, runs of spaces counting as one; 0: none. */
static size_t title_bytes(span s)
{
	size_t best = 0;
	for (size_t k = 0; k < sizeof titles / sizeof *titles; k++) {
		size_t i = 0, j = 0, n = strlen(titles[k]);
		while (i < s.n && j < n && to_lower(s.p[i]) == to_lower(titles[k][j])) {
			while (is_space(s.p[i]) && i + 1 < s.n && is_space(s.p[i + 1]))
				i++;
			i++, j++;
		}
		if (j == n && i > best && (i >= s.n || !is_alnum(s.p[i])))
			best = i;
	}
	return best;
}

/* Name in capitals, or capitalised, up to a comma; at most 60 bytes. 0: no name. */
static size_t name_bytes(span s)
{
	size_t i = 0, words = 1;
	if (!s.n || !is_upper(s.p[0]))
		return 0;
	for (; i < s.n && i < 60 && s.p[i] != ','; i++) {
		char c = s.p[i];
		if (!is_alpha(c) && !is_space(c) && c != '.' && c != '\'' && c != '-' && !((unsigned char)c & 0x80))
			return 0;
		bool begins = i && is_space(s.p[i - 1]) && !is_space(c);
		/* "de", "di", "van", "von" */
		if (begins && is_lower(c) && c != 'd' && c != 'v')
			return 0;
		words += begins;
	}
	/* A comma ends the name; five words at most. */
	return i < s.n && s.p[i] == ',' && words <= 5 ? i : 0;
}

/* "concurring", "dissenting" in the clause that follows a judge's name. */
static bool is_separate(span s)
{
	/* The clause ends with the first period from byte 20 on, past initials; 240 bytes in all. */
	span head = span_sub(s, 0, 240);
	size_t stop = span_find(head, SPAN(". "), 20);
	head = span_sub(head, 0, stop < head.n ? stop + 1 : head.n);
	/* "concurs" needs a word more: it is also said of those who only join. */
	return says(head, "dissent") || says(head, "concurring") || (says(head, "concurs") && (says(head, "specially") || says(head, "separate") || says(head, "opinion") || says(head, "concurs in"))) || says(head, "concurrence") ||
	       says(head, "respecting the denial") || says(head, "specially");
}

/* "Mr. Justice Holmes delivered", "JUSTICE SCALIA, with whom ... dissenting", "Judge Posner". */
static bool justice_first(span s, struct author *out)
{
	static const char *const before[] = { "mr. ", "statement of ", "opinion of " };
	size_t at = 0;
	for (size_t i = 0; i < sizeof before / sizeof *before; i++)
		at = span_case_starts(s, span_of(before[i])) ? strlen(before[i]) : at;
	span rest = span_sub(s, at, s.n);
	at += span_case_starts(rest, SPAN("chief justice ")) ? 14 : span_case_starts(rest, SPAN("justice ")) ? 8 : 0;
	rest = span_sub(s, at, s.n);
	/* "Justice", "opinion of" or "statement of" stood before: "mr. " alone has four bytes. */
	if (at < 8 || !rest.n || !is_upper(rest.p[0]))
		return false;
	size_t n = 0;
	while (n < rest.n && (is_alpha(rest.p[n]) || rest.p[n] == '\'' || rest.p[n] == '-'))
		n++;
	out->name = span_sub(rest, 0, n);
	out->end = at + n;
	out->separate = is_separate(span_sub(rest, n, rest.n));
	/* A justice named in passing is none who wrote: it takes "delivered", "announced" or a separate opinion right after. */
	span after = span_sub(rest, n, n + 120);
	return out->separate || says(after, "delivered") || says(after, "announced");
}

/* "PER CURIAM:", "Per Curiam." The marks after it belong to it. */
static bool per_curiam(span s, struct author *out)
{
	size_t at = span_case_starts(s, SPAN("per curiam")) ? 10 : span_case_starts(s, SPAN("per  curiam")) ? 11 : 0;
	if (!at || (at < s.n && is_alnum(s.p[at])))
		return false;
	while (at < s.n && (s.p[at] == '.' || s.p[at] == ':' || s.p[at] == '*'))
		at++;
	*out = (struct author){ SPAN("Per Curiam"), at, false };
	return true;
}

/* author = "Per Curiam" | ["Mr."] "Justice" name clause | name "," title ["." | ":"]. The last only when the line closes there, else a
 * sentence begins with a judge's name. */
bool author_of(span s, struct author *out)
{
	*out = (struct author){ 0 };
	if (per_curiam(s, out) || justice_first(s, out))
		return true;
	/* "Before SMITH, Circuit Judge" is the panel. */
	size_t name = span_case_starts(s, SPAN("before ")) ? 0 : name_bytes(s), at = name + 1;
	if (!name)
		return false;
	while (at < s.n && is_space(s.p[at]))
		at++;
	size_t title = title_bytes(span_sub(s, at, s.n));
	if (!title)
		return false;
	at += title;
	span after = span_sub(s, at, s.n);
	out->separate = is_separate(after);
	bool closed = !after.n || after.p[0] == '.' || after.p[0] == ':' || s.p[at - 1] == '.' || out->separate || after.p[0] == '*';
	while (at < s.n && (s.p[at] == '.' || s.p[at] == ':'))
		at++;
	out->name = span_sub(s, 0, name);
	out->end = at;
	return closed;
}

bool party_role(span s)
{
	/* Beginnings: "appell" is appellant and appellee, "real part" real party and parties in interest. */
	static const char *const roles[] = { "plaintiff", "defendant", "appell", "petitioner", "respondent", "debtor", "claimant",
					     "intervenor", "cross-", "third-party", "third party", "movant", "counter", "interested part",
					     "relator", "real part", "amic", "garnishee" };
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		if (span_case_starts(s, span_of(roles[i])))
			return true;
	return false;
}
