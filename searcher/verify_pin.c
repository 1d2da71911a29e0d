/* The place in a document that a citation points at. */
#include "law/address.h"
#include "searcher/excerpt.h"
#include "searcher/verify.h"

/* The next number at or after *i, which moves past it; 0 where there is none. */
static uint32_t number_at(span s, size_t *i)
{
	uint32_t n = 0;
	while (*i < s.n && !is_digit(s.p[*i]))
		++*i;
	for (; *i < s.n && is_digit(s.p[*i]) && n < 10000000; ++*i)
		n = n * 10 + (uint32_t)(s.p[*i] - '0');
	return n;
}

/* 0: no star page. */
static uint32_t page_of(const struct unit *u)
{
	size_t i = 0;
	return u->role == UNIT_PAGE ? number_at(u->label, &i) : 0;
}

/* "335-36": 335 and 336. False when the pin is none of a page. */
static bool pages_of_pin(span pin, uint32_t *first, uint32_t *last)
{
	size_t i = 0;
	if (!pin.n || !is_digit(pin.p[0]))
		return false;
	*first = *last = number_at(pin, &i);
	bool dash = i < pin.n && (pin.p[i] == '-' || (unsigned char)pin.p[i] == 0xE2);
	size_t from = dash ? i + (pin.p[i] == '-' ? 1 : 3) : pin.n;
	if (from >= pin.n || !is_digit(pin.p[from]))
		return true;
	uint32_t scale = 1;
	i = from;
	uint32_t end = number_at(pin, &i);
	for (; from < i; from++)
		scale *= 10;
	*last = end < *first ? *first - *first % scale + end : end;
	return true;
}

/* From the mark of the first page to that of the one behind the last. The case's own first page
 * needs no mark: it begins with the text. */
static struct range pages(const struct record *r, uint32_t first, uint32_t last)
{
	struct range all = { 0, (uint32_t)r->doc.text.clean.n }, found = all;
	bool begun = false;
	uint32_t own = 0;
	size_t slash = r->doc.address.n;
	while (slash && r->doc.address.p[slash - 1] != '/')
		slash--;
	own = number_at(r->doc.address, &slash);
	begun = own && first == own;
	for (size_t i = 0; i < r->outline.n; i++) {
		uint32_t page = page_of(&r->outline.v[i]);
		if (page && page == first) {
			begun = true;
			found.beg = r->outline.v[i].at.beg;
		} else if (page > last && begun) {
			found.end = r->outline.v[i].at.end;
			return found;
		}
	}
	/* The last page of all runs to the end; without any mark nothing is known. */
	return begun && found.beg ? found : all;
}

/* Of a section its deepest subdivision that the text has, for the brief may cite deeper than it is
 * divided. */
struct range verify_pin(const struct cite *c, const struct record *r)
{
	struct range all = { 0, (uint32_t)r->doc.text.clean.n };
	uint32_t first, last;
	size_t best = 0;
	if (span_starts(r->doc.address, SPAN("/case/")) || span_starts(r->doc.address, SPAN("/docket/")))
		return pages_of_pin(c->pin, &first, &last) ? pages(r, first, last) : all;
	for (size_t i = 1; i < r->outline.n; i++) {
		const struct unit *u = &r->outline.v[i];
		if (u->role == UNIT_SUBDIVISION && address_under(c->address, u->address) && u->address.n > r->doc.address.n &&
		    (!best || u->address.n > r->outline.v[best].address.n))
			best = i;
	}
	return best ? r->outline.v[best].at : all;
}

/* A page as far as it is marked; a section's unit by its citation. */
span verify_place(const struct cite *c, const struct record *r, uint32_t at, struct arena *a)
{
	uint32_t page = 0;
	for (size_t i = 0; i < r->outline.n && r->outline.v[i].at.beg <= at; i++)
		page = page_of(&r->outline.v[i]) ? page_of(&r->outline.v[i]) : page;
	if (span_starts(c->address, SPAN("/case/")))
		return page ? arena_printf(a, "page %u", page) : SPAN("an earlier page");
	return address_display(excerpt_place(r, at), a);
}
