#include "law/outline_opinion.h"

/* "*490", "[*490]", "*Page 490" at the star at `at`; *stars gets how many stars. */
static bool read_mark(span text, size_t at, struct page *p, size_t *stars)
{
	size_t i = at;
	uint32_t n = 0;
	while (i < text.n && text.p[i] == '*')
		i++;
	*stars = i - at;
	if (span_starts(span_sub(text, i, i + 5), SPAN("Page ")))
		i += 5;
	size_t from = i;
	while (i < text.n && i - from < 5 && is_digit(text.p[i]))
		n = n * 10 + (uint32_t)(text.p[i++] - '0');
	bool bracket = at && text.p[at - 1] == '[';
	bool free = at == 0 || is_space(text.p[at - 1]) || bracket;
	bool closed = i >= text.n || (bracket ? text.p[i] == ']' : is_space(text.p[i]));
	*p = (struct page){ { (uint32_t)(at - bracket), (uint32_t)(i + bracket) }, n };
	return i > from && free && closed && *stars <= 3 && i + bracket <= text.n;
}

/* Single stars only: two and three are the pages of other reporters. */
struct pages pages_of(span text, struct arena *a)
{
	struct pages all = { 0 }, list = { 0 };
	struct page p;
	for (size_t at = span_find_byte(text, '*', 0), stars; at < text.n; at = span_find_byte(text, '*', at + stars)) {
		stars = 1;
		if (read_mark(text, at, &p, &stars) && stars == 1)
			*PUSH(a, &all) = p;
	}
	for (size_t i = 0; i < all.n; i++) { /* "at *4" cites another's page: a mark has a neighbour that is one more or less */
		uint32_t n = all.v[i].number;
		bool before = list.n && list.v[list.n - 1].number + 1 == n;
		bool after = i + 1 < all.n && all.v[i + 1].number == n + 1;
		if (before || (after && !list.n))
			*PUSH(a, &list) = all.v[i];
	}
	return list;
}
