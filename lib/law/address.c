/* address: paths, their ancestors, and their local form. */
#include "law/address.h"
#include "base/buf.h"
#include "law/cite_private.h"

/* Every address begins with "/", so there are as many segments as slashes. */
static size_t segments(span addr)
{
	size_t n = 0;
	for (size_t i = 0; i < addr.n; i++)
		n += addr.p[i] == '/';
	return n;
}

/* The top of each tree: /us-mo/rsmo, /us/usc, /case/us/410, /docket/moed. */
bool address_parent(span *addr)
{
	size_t i = addr->n;
	while (i && addr->p[i - 1] != '/' && addr->p[i - 1] != '#')
		i--;
	/* Two segments are the least that an address has: above "/us/usc" there is nothing. A "#" pin is a step of its own. */
	if (i < 2 || (addr->p[i - 1] == '/' && segments((span){ addr->p, i - 1 }) < 2)) {
		addr->n = 0;
		return false;
	}
	addr->n = i - 1;
	return true;
}

/* Only whole segments: "/us/usc/t42/s19" is not above ".../s1983". The empty prefix is above all. */
bool address_under(span addr, span prefix)
{
	return span_starts(addr, prefix) &&
	       (addr.n == prefix.n || addr.p[prefix.n] == '/' || addr.p[prefix.n] == '#' || !prefix.n);
}

/* Runs of digits compare as numbers, since "s9" stands before "s10": the longer run is the greater, as numbers in addresses have no
 * leading zeros; runs as long, and all else, compare byte by byte. */
int address_order(span x, span y)
{
	while (x.n && y.n) {
		size_t i = 0, k = 0;
		while (i < x.n && is_digit(x.p[i]))
			i++;
		while (k < y.n && is_digit(y.p[k]))
			k++;
		int c = i && k && i != k ? (i < k ? -1 : 1) : span_cmp(span_sub(x, 0, i ? i : 1), span_sub(y, 0, k ? k : 1));
		if (c)
			return c;
		x = span_sub(x, i ? i : 1, x.n);
		y = span_sub(y, k ? k : 1, y.n);
	}
	return x.n ? 1 : y.n ? -1 : 0;
}

/* What stands below the upper end is within: subdivisions of the last section of a range belong to it. */
bool address_between(span address, span lo, span hi)
{
	return address_order(lo, address) <= 0 && (address_order(address, hi) <= 0 || address_under(address, hi));
}

/* Segment k of an address, from 0. */
static span segment(span addr, size_t k)
{
	span part, rest = addr;
	for (size_t i = 0; span_cut(&rest, '/', &part); i++)
		if (i == k + 1)
			return part;
	return (span){ 0 };
}

/* Where the n-th slash stands, from 0, or the end. */
static size_t end_of_segments(span addr, size_t n)
{
	size_t i = 0;
	for (; i < addr.n; i++)
		if (addr.p[i] == '/' && n-- == 0)
			break;
	return i;
}

/* The document of "/us/usc/t42/s1983/b#n4" is "/us/usc/t42/s1983": a case ends with its page, a docket with its number, a law with its
 * section or rule, a constitution with the amendment; an address that has none of them is a document's itself. */
span address_document(span addr)
{
	size_t hash = span_find_byte(addr, '#', 0);
	addr.n = hash;
	span first = segment(addr, 0), code = segment(addr, 1);
	if (span_eq(first, SPAN("case")))
		return span_sub(addr, 0, end_of_segments(addr, 4));
	if (span_eq(first, SPAN("docket")))
		return span_sub(addr, 0, end_of_segments(addr, 3));
	for (size_t k = 2; segment(addr, k).n; k++) {
		span s = segment(addr, k);
		/* "s" or "r" and a figure or a capital: words that begin with these letters are no sections. */
		bool section = (s.p[0] == 's' || s.p[0] == 'r') && s.n > 1 && (is_digit(s.p[1]) || is_upper(s.p[1]));
		bool amendment = span_eq(code, SPAN("const")) && (span_starts(s, SPAN("amd")) || span_starts(s, SPAN("preamble")));
		if (section || amendment)
			return span_sub(addr, 0, end_of_segments(addr, k + 1));
	}
	return addr;
}

/* A label as printed, "(a)", "1.", "Subd. 2.", without its brackets, periods and the word before it. */
span address_child(span addr, span label, struct arena *a)
{
	label = span_trim(label);
	while (label.n && (label.p[0] == '(' || label.p[0] == '['))
		label = span_sub(label, 1, label.n);
	while (label.n && strchr(").] ", label.p[label.n - 1]))
		label.n--;
	size_t word = label.n; /* "Subd. 2." */
	while (word && label.p[word - 1] != ' ')
		word--;
	label = span_sub(label, word, label.n);
	return arena_printf(a, "%.*s/%.*s", SPAN_ARG(addr), SPAN_ARG(label));
}

/* The path that citations of the section have, so that both meet: "/r26" for a rule of court, "/c131/s1" in Massachusetts. */
span address_section(span jurisdiction, span code, span number, struct arena *a)
{
	number = span_sub(number, 0, span_find_byte(number, 0, 0)); /* nothing after a NUL could be asked for */
	uint8_t state = state_by_id(jurisdiction);
	const struct code_row *row = state == STATE_NONE ? NULL : code_by_id(state, code);
	/* A code that every state may have by one name has its row under no state. */
	row = row || state == STATE_NONE ? row : code_by_id(STATE_ANY, code);
	size_t slash = span_find_byte(number, '/', 0);
	if (row && row->form == FORM_ILCS) /* chapter and act: "720/5/17-9" */
		slash = span_find_byte(number, '/', slash + 1);
	span title = slash < number.n ? span_sub(number, 0, slash) : (span){ 0 };
	struct item it = { .number = slash < number.n ? span_sub(number, slash + 1, number.n) : number };
	span address = row ? address_of_section(row, state, title, &it, a) : (span){ 0 };
	if (address.n)
		return address;
	/* A code that citations do not know still has addresses in the usual form. */
	return arena_printf(a, "/%.*s/%.*s%s%.*s/s%.*s", SPAN_ARG(jurisdiction), SPAN_ARG(code), title.n ? "/t" : "", SPAN_ARG(title),
			    SPAN_ARG(it.number));
}

/* The row of an address's code; null when it is none of ours. */
static const struct code_row *row_of(span addr)
{
	span id = segment(addr, 0), code = segment(addr, 1);
	uint8_t state = state_by_id(id);
	if (state == STATE_NONE)
		return 0;
	/* "t50a": the appendix of a title is a code of its own in the table. */
	if (span_eq(code, SPAN("usc")) && segment(addr, 2).n > 1 && segment(addr, 2).p[segment(addr, 2).n - 1] == 'a')
		return code_by_id(0, SPAN("uscapp"));
	const struct code_row *row = code_by_id(state, code);
	return row ? row : code_by_id(STATE_ANY, code);
}

/* subdivisions as their code prints them: ".1(2)" with a dot (Missouri), "(b)(1)", " note". */
static void put_subdivisions(struct buf *b, bool dot, span subs)
{
	span one;
	while (span_cut(&subs, '/', &one)) {
		if (!one.n)
			continue;
		if (dot)
			buf_printf(b, ".%.*s", SPAN_ARG(one));
		else if (span_eq(one, SPAN("note")))
			buf_put(b, SPAN(" note"));
		else
			buf_printf(b, "(%.*s)", SPAN_ARG(one));
		dot = false;
	}
}

/* A row's pattern with its section, title and volume put in. */
static span display_section(span addr, const struct code_row *row, struct arena *a)
{
	struct buf b = { .a = a };
	span title = { 0 }, number = { 0 }, s;
	for (size_t k = 2; (s = segment(addr, k)).n; k++) {
		if ((s.p[0] == 's' || s.p[0] == 'r') && s.n > 1 && (is_digit(s.p[1]) || is_upper(s.p[1]))) {
			number = span_sub(s, 1, s.n);
			break;
		}
		/* A title or chapter; in Illinois the act too, which is printed just before the section: "720 ILCS 5/9-1". */
		if (s.p[0] == 't' || s.p[0] == 'c')
			title = span_sub(s, 1, s.n);
		else if (s.p[0] == 'a' && row->form == FORM_ILCS)
			buf_printf(&b, "%.*s/", SPAN_ARG(span_sub(s, 1, s.n)));
	}
	span act = arena_dup(a, buf_span(&b));
	b.n = 0;
	/* The "a" of an appendix is in the row's own words. */
	if (title.n && title.p[title.n - 1] == 'a' && row->state == 0 && row->form == FORM_TITLE)
		title.n--;
	if (!number.n)
		return addr;
	/* %s is the section, %t the title, {S} the state's abbreviation; any other byte stands for itself. */
	for (size_t i = 0; i < row->display.n; i++) {
		span rest = span_sub(row->display, i, row->display.n);
		span put = span_starts(rest, SPAN("%s")) ? number : span_starts(rest, SPAN("%t")) ? title
			 : span_starts(rest, SPAN("{S}")) ? state_rows[state_by_id(segment(addr, 0))].abbr : span_sub(rest, 0, 1);
		if (span_starts(rest, SPAN("%s")))
			buf_put(&b, act);
		buf_put(&b, put);
		i += rest.p[0] == '%' ? 1 : rest.p[0] == '{' ? 2 : 0;
	}
	span doc = address_document(addr);
	put_subdivisions(&b, row->dot, span_sub(addr, doc.n, addr.n));
	return buf_span(&b);
}

/* "410 U.S. 113, 153" */
static span display_case(span addr, struct arena *a)
{
	span slug = segment(addr, 1), volume = segment(addr, 2), page = segment(addr, 3);
	size_t hash = span_find_byte(addr, '#', 0);
	struct buf b = { .a = a };
	const struct series *r = 0;
	/* One after the other: it is done for what is printed only. */
	for (size_t i = 0; i < series_rows_n && !r; i++)
		if (span_eq(series_rows[i].slug, slug))
			r = &series_rows[i];
	if (!r || !page.n)
		return addr;
	page.n = span_find_byte(page, '#', 0);
	/* 2017-Ohio-5699; T.C. Memo. 2019-12; 410 U.S. 113. */
	if (r->form == FORM_DASH)
		buf_printf(&b, "%.*s-%.*s-%.*s", SPAN_ARG(volume), SPAN_ARG(r->abbr), SPAN_ARG(page));
	else if (r->form == FORM_YEARPAGE)
		buf_printf(&b, "%.*s %.*s-%.*s", SPAN_ARG(r->abbr), SPAN_ARG(volume), SPAN_ARG(page));
	else
		buf_printf(&b, "%.*s %.*s %.*s", SPAN_ARG(volume), SPAN_ARG(r->abbr), SPAN_ARG(page));
	span pin = span_sub(addr, hash + 1, addr.n);
	/* para and p are told apart by the longer first. */
	if (span_starts(pin, SPAN("para")))
		buf_printf(&b, ", ¶ %.*s", SPAN_ARG(span_sub(pin, 4, pin.n)));
	else if (span_starts(pin, SPAN("p")))
		buf_printf(&b, ", %.*s", SPAN_ARG(span_sub(pin, 1, pin.n)));
	else if (span_starts(pin, SPAN("n")))
		buf_printf(&b, " n.%.*s", SPAN_ARG(span_sub(pin, 1, pin.n)));
	return buf_span(&b);
}

/* Amendments and articles are printed in roman numbers up to 89; what is no number stays as it is. */
static span upper_roman(span digits_, struct arena *a)
{
	static const struct { unsigned v; const char *s; } steps[] = { { 50, "L" }, { 40, "XL" }, { 10, "X" }, { 9, "IX" }, { 5, "V" },
								       { 4, "IV" }, { 1, "I" } };
	uint64_t v;
	struct buf b = { .a = a };
	if (!span_uint(digits_, 89, &v))
		return digits_;
	for (size_t k = 0; k < sizeof steps / sizeof *steps; k++)
		for (; v >= steps[k].v; v -= steps[k].v)
			buf_put(&b, span_of(steps[k].s));
	return buf_span(&b);
}

/* "U.S. Const. amend. XIV, § 1", "Mo. Const. art. VI, § 5" */
static span display_constitution(span addr, struct arena *a)
{
	struct buf b = { .a = a };
	uint8_t state = state_by_id(segment(addr, 0));
	buf_printf(&b, "%.*s Const.", SPAN_ARG(state_rows[state].abbr));
	for (size_t k = 2;; k++) {
		span s = segment(addr, k);
		if (!s.n)
			break;
		if (span_starts(s, SPAN("amd")))
			buf_printf(&b, " amend. %.*s", SPAN_ARG(upper_roman(span_sub(s, 3, s.n), a)));
		else if (span_starts(s, SPAN("art")))
			buf_printf(&b, " art. %.*s", SPAN_ARG(upper_roman(span_sub(s, 3, s.n), a)));
		else if (span_starts(s, SPAN("cl")))
			buf_printf(&b, ", cl. %.*s", SPAN_ARG(span_sub(s, 2, s.n)));
		else if (s.p[0] == 's' && s.n > 1)
			buf_printf(&b, ", § %.*s", SPAN_ARG(span_sub(s, 1, s.n)));
		else
			buf_printf(&b, "(%.*s)", SPAN_ARG(s));
	}
	return buf_span(&b);
}

/* Without "@2", by which an index tells texts of one address apart: no reader
 * would cite it. */
static span without_suffix(span addr, struct arena *a)
{
	size_t at = span_find_byte(addr, '@', 0), end = at + 1;
	while (end < addr.n && is_digit(addr.p[end]))
		end++;
	if (at >= addr.n || end == at + 1 || (end < addr.n && addr.p[end] != '/' && addr.p[end] != '#'))
		return addr;
	return arena_printf(a, "%.*s%.*s", (int)at, addr.p, SPAN_ARG(span_sub(addr, end, addr.n)));
}

/* By the tree an address is in, then by the form of its code's row. An address that we cannot read is shown as it stands, never guessed at. */
span address_display(span addr, struct arena *a)
{
	addr = without_suffix(addr, a);
	if (span_starts(addr, SPAN("/case/")))
		return display_case(addr, a);
	if (span_starts(addr, SPAN("/docket/")))
		return address_display_docket(addr, a);
	if (span_eq(segment(addr, 1), SPAN("bill")))
		return address_display_bill(addr, a);
	if (span_eq(segment(addr, 1), SPAN("laws")) && is_alpha((char)(segment(addr, 3).n ? segment(addr, 3).p[0] : 0)))
		return address_display_session(addr, a);
	const struct code_row *row = row_of(addr);
	if (!row)
		return addr;
	if (row->form == FORM_CONST)
		return display_constitution(addr, a);
	if (row->form == FORM_PAGE || row->form == FORM_SESSION)
		return arena_printf(a, "%.*s %.*s %.*s", SPAN_ARG(segment(addr, 2)),
				    SPAN_ARG(span_eq(row->id, SPAN("fr")) ? SPAN("Fed. Reg.") : span_eq(row->id, SPAN("stat")) ? SPAN("Stat.")
					     : SPAN("Laws")), SPAN_ARG(segment(addr, 3)));
	if (row->form == FORM_PUBL)
		return arena_printf(a, "Pub. L. No. %.*s", SPAN_ARG(segment(addr, 2)));
	return display_section(addr, row, a);
}

span address_code_id(size_t i)
{
	return i < code_rows_n ? code_rows[i].id : (span){ 0 };
}
