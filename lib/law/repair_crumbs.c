/* Breadcrumbs and site furniture: short lines that belong to a web page, not
 * to the law on it. */
#include "law/repair_private.h"

#define LINE(s) { s, sizeof s - 1 }
static const span furniture[] = {
	LINE("state codes and statutes"), LINE("skip to main content"), LINE("skip to content"), LINE("skip to navigation"), LINE("back to top"), LINE("return to top"),
	LINE("print this page"), LINE("print"), LINE("printer friendly"), LINE("printer-friendly version"), LINE("next section"), LINE("previous section"), LINE("next"), LINE("previous"),
	LINE("next page"), LINE("previous page"), LINE("privacy policy"), LINE("terms of use"), LINE("terms of service"), LINE("site map"), LINE("sitemap"),
	LINE("contact us"), LINE("sign up"), LINE("sign in"), LINE("log in"), LINE("login"), LINE("subscribe"), LINE("advertisement"), LINE("all rights reserved"), LINE("close window"),
	LINE("disclaimer"), LINE("email this page"), LINE("share this page"), LINE("download pdf"), LINE("view pdf"), LINE("cite this page"), LINE("search this site"),
	LINE("share link"), LINE("bookmark this page"), LINE("accessibility"), LINE("next chapter"), LINE("previous chapter"), LINE("report an error on this page"),
	LINE("terms"), LINE("get free summaries of new opinions delivered to your inbox!"), LINE("back to search results"), LINE("add to favorites"),
	LINE("home"), LINE("menu"), LINE("toggle navigation"), LINE("go to previous versions of this section"), LINE("there is a newer version of this section"),
	LINE("view previous versions of this section"), LINE("this site is protected by recaptcha"), LINE("justia legal resources"), LINE("official - subject to final review"),
};

static bool is_copyright(span l)
{
	if (!l.n || (l.p[0] != 'C' && l.p[0] != 'c' && (unsigned char)l.p[0] != 0xC2))
		return false;
	return (span_case_starts(l, SPAN("copyright \xC2\xA9")) || span_case_starts(l, SPAN("\xC2\xA9 2")) || span_case_starts(l, SPAN("\xC2\xA9 1"))) && l.n < 120;
}

/* Every line of a text is asked: its length and first letter settle most. */
static bool is_link(span l)
{
	for (size_t i = 0; l.n && i < sizeof furniture / sizeof *furniture; i++)
		if (furniture[i].n == l.n && furniture[i].p[0] == to_lower(l.p[0]) && span_case_eq(l, furniture[i]))
			return true;
	return false;
}

/* "Previous | Next", "< Previous", "Privacy Policy | Terms of Use": links in one line, all known. */
static bool is_links(span l)
{
	span piece;
	size_t n = 0;
	while (span_cut(&l, '|', &piece)) {
		piece = span_trim(piece);
		while (piece.n > 2 && (piece.p[0] == '<' || piece.p[0] == '>'))
			piece = span_trim(span_sub(piece, 1, piece.n));
		while (piece.n > 2 && (piece.p[piece.n - 1] == '<' || piece.p[piece.n - 1] == '>'))
			piece = span_trim(span_sub(piece, 0, piece.n - 1));
		if (!is_link(piece))
			return false;
		n++;
	}
	return n > 0;
}

bool is_site_furniture(span l)
{
	bool several = l.n && (span_find_byte(l, '|', 0) < l.n || l.p[0] == '<' || l.p[l.n - 1] == '>');
	return is_link(l) || is_copyright(l) || (several && is_links(l));
}

/* " > ", " » ", " / " or " :: " between short pieces, none of them a sentence;
 * at least two separators, or one and a known opening. */
static size_t separators(span l, span sep)
{
	size_t n = 0, last = 0;
	for (size_t at = span_find(l, sep, 0); at < l.n; at = span_find(l, sep, at + sep.n)) {
		if (at - last < 1 || at - last > 60)
			return 0;
		n++;
		last = at + sep.n;
	}
	return l.n - last >= 1 && l.n - last <= 80 ? n : 0;
}

static bool is_crumbs(span l)
{
	static const char *const seps[] = { " > ", " \xC2\xBB ", " \xE2\x80\xBA ", " :: ", " \xE2\x86\x92 " };
	/* The second byte of each separator; few lines have any. */
	if (span_find_of(l, ">:\xC2\xE2", 0) == l.n)
		return false;
	if (l.n < 8 || l.n > 240 || l.p[l.n - 1] == '.' || l.p[l.n - 1] == ';')
		return false;
	if (span_find_byte(l, '"', 0) < l.n || span_find(l, SPAN(". "), 0) < l.n) /* a sentence */
		return false;
	for (size_t i = 0; i < sizeof seps / sizeof *seps; i++) {
		size_t n = separators(l, span_of(seps[i]));
		if (n >= 2 || (n == 1 && (span_case_starts(l, SPAN("home")) || span_case_starts(l, SPAN("statutes")))))
			return true;
	}
	return false;
}

struct edits repair_crumbs(const struct text *t, struct arena *a)
{
	struct edits out = { 0 };
	span s = t->clean;
	for (uint32_t at = 0; at < s.n;) {
		uint32_t end = (uint32_t)span_find_byte(s, '\n', at);
		struct line l = line_trim(s, (struct line){ at, end });
		span text = line_span(s, l);
		bool crumbs = is_crumbs(text), site = !crumbs && is_site_furniture(text);
		if (crumbs || site)
			edit_push(&out, a, crumbs ? "breadcrumb" : "site-furniture", (struct range){ at, end }, crumbs ? .98f : .9f);
		at = end + 1;
	}
	return out;
}
