/* The stamps that filing systems print on each page. Courts order them differently, so a stamp is read as fields
 * in any order: a case number first, then a document, a filing date, an entry, a page. The page is what no
 * sentence about a case has beside the others. */
#include "law/repair_private.h"
#include "law/repair_stamp.h"

enum { DOCKET = 1, DOCUMENT = 2, FILED = 4, PAGE = 8, ENTRY = 16 };
enum { FIELDS_MOST = 12, STAMP_MOST = 260, VALUE_MOST = 40 };

/* The words of a stamp are parted by blanks and commas. */
void stamp_skip(struct reader *r)
{
	while (r->i < r->s.n && (r->s.p[r->i] == ' ' || r->s.p[r->i] == '\t' || r->s.p[r->i] == ','))
		r->i++;
}

/* In any case of letters; a word that ends with a letter must end in the text as well. */
bool stamp_word(struct reader *r, const char *w)
{
	span want = span_of(w);
	stamp_skip(r);
	size_t end = r->i + want.n;
	bool whole = end >= r->s.n || !is_alpha(want.p[want.n - 1]) || !is_alpha(r->s.p[end]);
	if (!whole || !span_case_starts(span_sub(r->s, r->i, r->s.n), want))
		return false;
	r->i = end;
	return true;
}

/* Bytes that are not white space, at least one of them a digit. */
bool stamp_number(struct reader *r)
{
	stamp_skip(r);
	size_t beg = r->i;
	bool digit = false;
	while (r->i < r->s.n && !is_space(r->s.p[r->i]) && r->i < beg + VALUE_MOST)
		digit |= is_digit(r->s.p[r->i++]);
	return digit;
}

static bool any(struct reader *r, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (stamp_word(r, words[i]))
			return true;
	return false;
}

#define ANY(r, ...) any((r), (const char *const[]){ __VA_ARGS__ }, sizeof (const char *const[]){ __VA_ARGS__ } / sizeof(char *))

/* ":", "#", "No.", between a label and its value. */
static void label_ends(struct reader *r)
{
	while (stamp_word(r, ":") || stamp_word(r, "#") || stamp_word(r, ".") || stamp_word(r, "No."))
		;
}

/* "Page 2 of 4", "Page: 2", "2 of 4", "Page2 of 4". */
static bool page(struct reader *r)
{
	struct reader at = *r;
	stamp_skip(&at);
	span rest = span_sub(at.s, at.i, at.s.n);
	bool touching = span_case_starts(rest, SPAN("Page")) && rest.n > 4 && is_digit(rest.p[4]);
	at.i += touching ? 4 : 0;
	bool said = touching || ANY(&at, "Page", "Pg", "Pages");
	if (said)
		label_ends(&at);
	if (!stamp_number(&at))
		return false;
	struct reader more = at;
	bool of = stamp_word(&more, "of") && stamp_number(&more);
	if (said || of)
		*r = of ? more : at;
	return said || of;
}

/* A label and its value, or nothing is read. */
static bool labelled(struct reader *r, bool names)
{
	struct reader at = *r;
	if (!names)
		return false;
	label_ends(&at);
	if (!stamp_number(&at))
		return false;
	*r = at;
	return true;
}

/* A date, a time, initials of a judge or of a court, words of no weight. */
static bool filler(struct reader *r)
{
	if (ANY(r, "Main Document", "Document", "Desc Main", "Desc", "RESTRICTED", "on FLSD Docket", "AM", "PM", "EST", "EDT", "CST", "CDT", "MST", "PST", "PDT", "in", "on"))
		return true;
	struct reader at = *r;
	stamp_skip(&at);
	size_t beg = at.i;
	while (at.i < at.s.n && (is_upper(at.s.p[at.i]) || at.s.p[at.i] == '-' || at.s.p[at.i] == '(' || at.s.p[at.i] == ')'))
		at.i++;
	bool initials = at.i > beg + 1 && at.i - beg < 12 && (at.i == at.s.n || is_space(at.s.p[at.i]));
	if (!initials && !stamp_number(r))
		return false;
	r->i = initials ? at.i : r->i;
	return true;
}

/* The kind of field at r, which moves past it; 0: none. */
static unsigned field(struct reader *r)
{
	struct reader at = *r;
	if (page(r))
		return PAGE;
	/* Entries before documents: "DktEntry" begins as "Dkt" does. */
	if (labelled(&at, ANY(&at, "PageID", "Page ID", "Entry ID", "ID", "Transaction ID", "Entry Number")) || (at = *r, labelled(&at, ANY(&at, "DktEntry", "Dkt Entry", "Docket Entry")))) {
		*r = at;
		return ENTRY;
	}
	at = *r;
	if (labelled(&at, ANY(&at, "Document", "Doc", "ECF", "Dkt", "D.E."))) {
		*r = at;
		return DOCUMENT;
	}
	if (ANY(r, "Date Filed", "Filed", "Date Entered", "Entered", "Date Received", "Received")) {
		label_ends(r);
		return FILED;
	}
	at = *r;
	bool more = filler(&at);
	*r = more ? at : *r;
	return more ? DOCKET : 0;
}

/* "Case 1:16-cv-00376", "Appellate Case: 18-2758", "USCA4 Appeal: 20-1160". */
static bool case_number(struct reader *r)
{
	if (stamp_word(r, "USCA"))
		while (r->i < r->s.n && is_digit(r->s.p[r->i]))
			r->i++;
	if (!ANY(r, "Case", "Appellate Case", "Appeal"))
		return false;
	label_ends(r);
	return stamp_number(r);
}

/* Fields up to the line's end; a stamp too long for its line has its page on the next. */
static unsigned fields(struct reader *r)
{
	unsigned seen = DOCKET, kind;
	for (int i = 0; i < FIELDS_MOST; i++) {
		struct reader at = *r;
		stamp_skip(&at);
		bool wraps = at.i < at.s.n && at.s.p[at.i] == '\n' && seen & FILED && !(seen & PAGE);
		at.i += wraps;
		kind = field(&at);
		if (!kind || (wraps && !(kind & PAGE) && !(kind & DOCKET && !is_digit(at.s.p[at.i - 1]))))
			break;
		seen |= kind;
		*r = at;
	}
	return seen;
}

/* A stamp has a page and something besides. A document's number is enough anywhere; a filing date or an entry only where the stamp fills its
 * lines, as a sentence may have these too. */
size_t stamp_length(span s, bool whole)
{
	struct reader r = { span_sub(s, 0, STAMP_MOST), 0 };
	if (!case_number(&r))
		return 0;
	unsigned seen = fields(&r);
	bool ends = r.i >= s.n || (span_trim(span_sub(s, r.i, span_find_byte(s, '\n', r.i))).n == 0);
	bool enough = whole && ends ? seen & (DOCUMENT | FILED | ENTRY) : seen & DOCUMENT;
	return seen & PAGE && enough ? r.i : 0;
}

/* Stamps that begin with a word, or with a known one before it. */
static void stamps_from(span s, span first, struct edits *out, struct arena *a)
{
	for (size_t at = span_find(s, first, 0); at < s.n; at = span_find(s, first, at + 4)) {
		size_t beg = at >= 5 && span_eq(span_sub(s, at - 5, at), SPAN("USCA ")) ? at - 5 : at;
		beg = at >= 10 && span_eq(span_sub(s, at - 10, at), SPAN("Appellate ")) ? at - 10 : beg;
		size_t line = beg;
		while (line > 0 && (s.p[line - 1] == ' ' || s.p[line - 1] == '\t' || s.p[line - 1] == '\f'))
			line--;
		size_t n = stamp_length(span_sub(s, beg, beg + STAMP_MOST), line == 0 || s.p[line - 1] == '\n');
		if (!n)
			continue;
		size_t end = beg + n;
		while (end < s.n && s.p[end] == ' ')
			end++;
		edit_push(out, a, "filing-stamp", (struct range){ (uint32_t)beg, (uint32_t)end }, .99f);
		at = end > at + 4 ? end - 4 : at;
	}
}

/* Lines that systems of state courts print on pages. A known beginning and a digit somewhere behind it. */
bool is_filing_line(span l)
{
	static const char *const opens[] = { "NYSCEF DOC. NO. ", "RECEIVED NYSCEF: ", "Filing # ", "Electronically F", "E-FILED ", "EFILED ", "EFiled: ", "FILED DATE: " };
	if (!l.n || !(l.p[0] == 'N' || l.p[0] == 'R' || l.p[0] == 'F' || l.p[0] == 'E'))
		return false;
	bool opened = span_starts(l, SPAN("FILED: ")) && span_find(l, SPAN(" CLERK "), 0) < l.n;
	for (size_t i = 0; !opened && i < sizeof opens / sizeof *opens; i++)
		opened = span_starts(l, span_of(opens[i]));
	for (size_t i = 0; opened && i < l.n; i++)
		if (is_digit(l.p[i]))
			return true;
	return false;
}

/* Three words begin the stamps of federal courts; lines of state courts are looked at one by one. */
void repair_stamps(span s, struct edits *out, struct arena *a)
{
	stamps_from(s, SPAN("Case"), out, a);
	stamps_from(s, SPAN("USCA"), out, a);
	stamps_from(s, SPAN("Appeal:"), out, a);
	for (size_t at = 0; at < s.n;) {
		size_t end = span_find_byte(s, '\n', at);
		struct line l = line_trim(s, (struct line){ (uint32_t)at, (uint32_t)end });
		if (l.end - l.beg <= FILING_LINE_MOST && is_filing_line(line_span(s, l)))
			edit_push(out, a, "filing-stamp", (struct range){ l.beg, l.end }, .97f);
		at = end + 1;
	}
}
