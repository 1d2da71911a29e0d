#include "law/caption.h"
#include "law/date.h"

/* The first date in s that begins within `reach` bytes, a whole day; *printed gets its bytes. */
static bool day_within(span s, size_t reach, span *printed)
{
	for (size_t i = 0; i < s.n && i <= reach; i++) {
		size_t len = 0;
		if (i && is_alnum(s.p[i - 1]))
			continue;
		uint32_t day = is_alnum(s.p[i]) ? date_parse(span_sub(s, i, i + 60), &len) : 0;
		if (day && day % 100) {
			*printed = span_sub(s, i, i + len);
			return true;
		}
	}
	return false;
}

int caption_date(span s, span *date)
{
	static const char *const words[] = { "Decided", "Filed", "Dated", "Date:", "Date Filed", "Entered", "Opinion filed", "Issued", "Signed", "Delivered",
					     "Released", "Opinion issued", "Opinion delivered", "So ordered", "It is so ordered", "Done " };
	size_t decided = span_case_find(s, SPAN("Decided")); /* "(Argued: June 28, 2007    Decided: February 14, 2008)" */
	if (decided < s.n && s.n < 160)
		s = span_sub(s, decided, s.n);
	for (size_t k = 0; k < sizeof words / sizeof *words && s.n && is_upper(s.p[0]); k++) {
		span rest = span_sub(s, strlen(words[k]), s.n);
		if (!span_case_starts(s, span_of(words[k])))
			continue;
		if (day_within(rest, 5, date)) /* ": ", " on " */
			return 2;
		bool far = (words[k][0] == 'S' || words[k][0] == 'D' || words[k][0] == 'I') && s.n < 90; /* "Signed at Houston, Texas, on" */
		if (far && day_within(rest, 60, date) && date->p + date->n + 3 >= s.p + s.n)
			return 2;
	}
	if (span_case_starts(s, SPAN("the "))) /* "the 21st day of April, two thousand and ten." */
		s = span_sub(s, 4, s.n);
	return day_within(s, 0, date) && date->n + 3 >= s.n;
}
