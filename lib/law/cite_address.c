/* cite_address: the canonical path of what a citation names. */
#include "law/cite_private.h"

/* A section number in an address: hyphens of every kind made one. */
static span plain_number(span s, struct arena *a)
{
	bool plain = true;
	for (size_t i = 0; i < s.n; i++)
		plain &= (unsigned char)s.p[i] < 0x80 && s.p[i] != '/';
	if (plain)
		return s;
	char *p = arena_raw(a, s.n + 1, 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		size_t d = dash(s, i);
		p[n++] = d ? '-' : s.p[i] == '/' ? '_' : s.p[i];
		i = d ? d - 1 : i;
	}
	return (span){ p, n };
}

/* A path being written. Its room is reckoned beforehand by who makes it, so nothing here looks for the end of it. */
struct path {
	char *p;
	size_t n;
};

static void put(struct path *p, span s)
{
	if (s.n)
		memcpy(p->p + p->n, s.p, s.n);
	p->n += s.n;
}

/* One more step of the path: "/" prefix s. The prefix tells the level: "t42", "c566", "s1983", "r56". */
static void put_segment(struct path *p, const char *prefix, span s)
{
	put(p, SPAN("/"));
	put(p, span_of(prefix));
	put(p, s);
}

/* Codes that are a title of another: I.R.C. is 26 U.S.C. */
static const struct alias {
	const char *id, *code, *title;
} aliases[] = { { "irc", "usc", "26" }, { "bankruptcy", "usc", "11" }, { "treasreg", "cfr", "26" }, { "uscapp", "usc", 0 } };

/* title = "/t42" | "/c735/a5" (Illinois: chapter, then act) | "/2d" (the edition of a restatement) | "/c566" (codes by chapter).
 * An appendix to a title of the United States Code has an "a" after the title's number: "/t50a". */
static void put_title(struct path *p, const struct code_row *row, span title, bool app)
{
	if (!title.n)
		return;
	if (row->form == FORM_ILCS) {
		size_t slash = span_find_byte(title, '/', 0);
		put_segment(p, "c", span_sub(title, 0, slash));
		put_segment(p, "a", span_sub(title, slash + 1, title.n));
	} else if (row->form == FORM_RESTATEMENT) {
		put(p, SPAN("/"));
		put(p, title);
	} else {
		put_segment(p, row->form == FORM_CHAP ? "c" : "t", title);
		put(p, app ? SPAN("a") : (span){ 0 });
	}
}

/* address = "/" state "/" code ["/t" title] ["/" ("s" | "r") number] { "/" subdivision } ["/note"]: "/us/usc/t42/s1983", and
 * for restatements, which are of no state, "/restatement/torts/2d/s402A". Empty when the state is not known. */
span address_of_section(const struct code_row *row, uint8_t state, span title, const struct item *it, struct arena *a)
{
	span code = row->id, number = plain_number(it->number, a);
	bool app = span_eq(code, SPAN("uscapp"));
	if (row->form == FORM_RESTATEMENT)
		state = 0;
	if (state >= state_rows_n)
		return (span){ 0 };
	/* Both names of one law lead to one address, else a search for one would miss who cites the other. */
	for (size_t k = 0; row->state == 0 && k < sizeof aliases / sizeof *aliases; k++)
		if (span_eq(code, span_of(aliases[k].id))) {
			code = span_of(aliases[k].code);
			title = aliases[k].title ? span_of(aliases[k].title) : title;
		}
	/* An upper bound: the prefixes and fixed words are less than 40 bytes. */
	size_t room = 40 + state_rows[state].id.n + code.n + title.n + number.n;
	for (size_t k = 0; k < it->subs.n; k++)
		room += it->subs.v[k].n + 1;
	struct path p = { arena_raw(a, room, 1), 0 };
	/* 12: past "restatement-" in the id of the code. */
	if (row->form == FORM_RESTATEMENT) {
		put_segment(&p, "restatement/", span_sub(code, 12, code.n));
	} else {
		put_segment(&p, "", state_rows[state].id);
		put_segment(&p, "", code);
	}
	put_title(&p, row, title, app);
	if (number.n)
		put_segment(&p, row->form == FORM_RULE ? "r" : "s", number);
	for (size_t k = 0; k < it->subs.n; k++)
		put_segment(&p, "", it->subs.v[k]);
	if (it->note)
		put_segment(&p, "", SPAN("note"));
	return (span){ p.p, p.n };
}

/* address = "/case/" reporter "/" volume "/" page: "/case/us/410/113". A series without volumes has volume 0, so that every
 * path has as many steps; of a page only letters, digits and hyphens, in small letters, are kept: "1,234" is "1234". */
span address_of_case(const struct series *r, span volume, span page, struct arena *a)
{
	struct path p = { arena_raw(a, 24 + r->slug.n + volume.n + page.n, 1), 0 };
	put_segment(&p, "case/", r->slug);
	put_segment(&p, "", volume.n ? volume : SPAN("0"));
	put(&p, SPAN("/"));
	for (size_t i = 0; i < page.n; i++)
		if (is_alnum(page.p[i]) || page.p[i] == '-')
			p.p[p.n++] = to_lower(page.p[i]);
	return (span){ p.p, p.n };
}
