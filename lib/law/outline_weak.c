#include "law/address.h"

/* Stand-ins until law/address is there. */
__attribute__((weak)) span address_child(span addr, span label, struct arena *a)
{
	size_t b = 0, e = label.n;
	while (b < e && !is_alnum(label.p[b]))
		b++;
	while (e > b && !is_alnum(label.p[e - 1]))
		e--;
	label = span_sub(label, b, e);
	return arena_printf(a, "%.*s/%.*s", SPAN_ARG(addr), SPAN_ARG(label));
}
__attribute__((weak)) span address_section(span jurisdiction, span code, span number, struct arena *a)
{
	size_t slash = span_find_byte(number, '/', 0);
	if (slash < number.n)
		return arena_printf(a, "/%.*s/%.*s/t%.*s/s%.*s", SPAN_ARG(jurisdiction), SPAN_ARG(code),
				    SPAN_ARG(span_sub(number, 0, slash)), SPAN_ARG(span_sub(number, slash + 1, number.n)));
	return arena_printf(a, "/%.*s/%.*s/s%.*s", SPAN_ARG(jurisdiction), SPAN_ARG(code), SPAN_ARG(number));
}
__attribute__((weak)) span address_display(span addr, struct arena *a)
{
	(void)a;
	return addr;
}

#include "law/court.h"
__attribute__((weak)) const struct court *court_by_caption(span s)
{
	static const struct court ca1 = { .id = { "ca1", 3 }, .jurisdiction = { "us", 2 } }, caed = { .id = { "caed", 4 }, .jurisdiction = { "us", 2 } };
	if (span_case_starts(s, SPAN("united states court of appeals")) && span_find(s, SPAN("irst"), 0) + span_find(s, SPAN("IRST"), 0) < 2 * s.n)
		return &ca1;
	return span_find(s, SPAN("EASTERN DISTRICT OF CALIFORNIA"), 0) < s.n ? &caed : NULL;
}
