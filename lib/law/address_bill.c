/* Bills and dockets in local form. */
#include "law/address.h"

#include "base/buf.h"
#include "law/court.h"
#include "law/date.h"
#include "law/cite_private.h"

/* The next segment of *rest, which begins with '/'; ends before '#'. */
static span next(span *rest)
{
	if (!rest->n || rest->p[0] != '/')
		return (span){ 0 };
	span tail = span_sub(*rest, 1, rest->n);
	size_t end = span_find_byte(tail, '/', 0), hash = span_find_byte(tail, '#', 0);
	end = hash < end ? hash : end;
	*rest = span_sub(tail, end, tail.n);
	return span_sub(tail, 0, end);
}

/* "102" gives "102d", "1" "1st", "11" "11th": ordinals as citations write them. */
static void ordinal(struct buf *b, span n)
{
	char last = n.p[n.n - 1];
	bool teen = n.n > 1 && n.p[n.n - 2] == '1';
	const char *end = teen ? "th" : last == '1' ? "st" : last == '2' || last == '3' ? "d" : "th";
	buf_printf(b, "%.*s%s", SPAN_ARG(n), end);
}

/* What the legislature of a jurisdiction calls the body that its sessions are counted by. */
static const char *assembly_of(span jurisdiction)
{
	/* Two letters and a blank a state, so that a find at a multiple of three is a whole entry. */
	span general = SPAN("ar co ct de ga il in ia ky md mo nc oh pa ri sc tn vt va fk ");
	if (span_eq(jurisdiction, SPAN("us")))
		return "Cong.";
	span state = span_sub(jurisdiction, 3, jurisdiction.n);
	bool found = state.n == 2 && span_find(general, state, 0) % 3 == 0;
	return found ? "Gen. Assemb." : "Leg.";
}

/* "hb562" gives "H.B. 562", "hr9010" "H.R. 9010". */
static void bill_number(struct buf *b, span s)
{
	size_t i = 0;
	for (; i < s.n && is_alpha(s.p[i]); i++) {
		buf_byte(b, to_upper(s.p[i]));
		buf_byte(b, '.');
	}
	buf_printf(b, " %.*s", SPAN_ARG(span_sub(s, i, s.n)));
}

/* Whether the codes of a state write the first subdivision after a period: 610.100.1(2). */
static bool dotted(uint8_t state)
{
	for (size_t i = 0; i < code_rows_n; i++)
		if (code_rows[i].state == state && code_rows[i].dot)
			return true;
	return false;
}

/* rest = ["/s" number] { "/" subdivision }: "§ 37.717.1". */
static void bill_section(struct buf *b, span rest, bool dot)
{
	span s = next(&rest);
	if (s.n > 1 && s.p[0] == 's')
		buf_printf(b, " § %.*s", SPAN_ARG(span_sub(s, 1, s.n)));
	while ((s = next(&rest)).n) {
		buf_printf(b, dot ? ".%.*s" : "(%.*s)", SPAN_ARG(s));
		dot = false;
	}
}

/* /us-mo/bill/102/1/hb562/s37.717/1 */
span address_display_bill(span addr, struct arena *a)
{
	struct buf b = { .a = a };
	span rest = addr, jurisdiction = next(&rest), assembly = { 0 }, session = { 0 };
	next(&rest);
	span s = next(&rest);
	/* The first number is that of the congress or general assembly, the second that of the session. */
	if (s.n && is_digit(s.p[0])) {
		assembly = s;
		s = next(&rest);
	}
	if (s.n && is_digit(s.p[0])) {
		session = s;
		s = next(&rest);
	}
	uint8_t state = state_by_id(jurisdiction);
	if (!s.n || state >= state_rows_n)
		return addr;
	if (!span_eq(jurisdiction, SPAN("us")))
		buf_printf(&b, "%.*s ", SPAN_ARG(state_rows[state].abbr));
	bill_number(&b, s);
	if (assembly.n) {
		buf_put(&b, SPAN(", "));
		ordinal(&b, assembly);
		buf_printf(&b, " %s", assembly_of(jurisdiction));
	}
	if (session.n) {
		buf_put(&b, SPAN(", "));
		ordinal(&b, session);
		buf_put(&b, SPAN(" Reg. Sess."));
	}
	bill_section(&b, rest, dotted(state));
	return buf_span(&b);
}

/* /us-mo/laws/1973/sb1/s6 gives "Mo. Laws 1973, S.B. 1, § 6", .../p204 "p. 204". */
span address_display_session(span addr, struct arena *a)
{
	struct buf b = { .a = a };
	span rest = addr;
	uint8_t state = state_by_id(next(&rest));
	next(&rest);
	span year = next(&rest), paper = next(&rest), section = next(&rest);
	if (state >= state_rows_n || paper.n < 2 || !is_alpha(paper.p[0]))
		return addr;
	buf_printf(&b, "%.*s Laws %.*s, ", SPAN_ARG(state_rows[state].abbr), SPAN_ARG(year));
	if (paper.p[0] == 'p' && is_digit(paper.p[1]))
		buf_printf(&b, "p. %.*s", SPAN_ARG(span_sub(paper, 1, paper.n)));
	else
		bill_number(&b, paper);
	if (section.n > 1)
		buf_printf(&b, ", § %.*s", SPAN_ARG(span_sub(section, 1, section.n)));
	return buf_span(&b);
}

/* "2017-06-22" gives "June 22, 2017"; other text stays. */
static void put_date(struct buf *b, span s)
{
	static const char *const months[] = { "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec." };
	uint32_t date = date_parse(s, NULL), m = date / 100 % 100;
	if (date && m && date % 100)
		buf_printf(b, "%s %u, %u", months[m - 1], date % 100, date / 10000);
	else
		buf_put(b, s);
}

/* /docket/caed/1:16-cv-00376/2017-06-22#para6 */
span address_display_docket(span addr, struct arena *a)
{
	struct buf b = { .a = a };
	span rest = addr;
	next(&rest);
	const struct court *court = court_by_id(next(&rest));
	span number = next(&rest), date = next(&rest);
	if (!number.n)
		return addr;
	buf_put(&b, SPAN("No. "));
	for (size_t i = 0; i < number.n; i++) /* federal numbers begin with a digit: 1:16-cv-00376; others are in capitals */
		buf_byte(&b, is_digit(number.p[0]) ? number.p[i] : to_upper(number.p[i]));
	if (!date_parse(date, NULL))
		date = (span){ 0 };
	if (court || date.n) {
		buf_printf(&b, " (%.*s%s", SPAN_ARG(court ? court->cite : (span){ 0 }), court && date.n ? " " : "");
		put_date(&b, date);
		buf_byte(&b, ')');
	}
	/* Past the "#"; without a pin nothing is left. */
	span pin = span_sub(rest, 1, rest.n);
	if (span_starts(pin, SPAN("para")))
		buf_printf(&b, ", ¶ %.*s", SPAN_ARG(span_sub(pin, 4, pin.n)));
	else if (span_starts(pin, SPAN("p")))
		buf_printf(&b, ", at %.*s", SPAN_ARG(span_sub(pin, 1, pin.n)));
	else if (span_starts(pin, SPAN("n")))
		buf_printf(&b, ", n.%.*s", SPAN_ARG(span_sub(pin, 1, pin.n)));
	return buf_span(&b);
}
