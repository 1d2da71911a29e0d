/* Breadcrumbs and site furniture: short lines that belong to a web page, not
 * to the law on it. */
#include "law/repair_private.h"

static const char *const furniture[] = {
	"state codes and statutes", "skip to main content", "skip to content", "skip to navigation", "back to top", "return to top",
	"print this page", "print", "printer friendly", "printer-friendly version", "next section", "previous section", "next", "previous",
	"next page", "previous page", "table of contents", "privacy policy", "terms of use", "terms of service", "site map", "sitemap",
	"contact us", "sign up", "sign in", "log in", "login", "subscribe", "advertisement", "all rights reserved", "close window",
	"disclaimer", "email this page", "share this page", "download pdf", "view pdf", "cite this page", "search this site",
	"home", "menu", "toggle navigation", "go to previous versions of this section", "there is a newer version of this section",
	"view previous versions of this section", "this site is protected by recaptcha", "justia legal resources", "official - subject to final review",
};

static bool is_furniture(span l)
{
	for (size_t i = 0; i < sizeof furniture / sizeof *furniture; i++)
		if (span_case_eq(l, span_of(furniture[i])))
			return true;
	return (span_case_starts(l, SPAN("copyright \xC2\xA9")) || span_case_starts(l, SPAN("\xC2\xA9 2")) || span_case_starts(l, SPAN("\xC2\xA9 1"))) && l.n < 120;
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
	if (l.n < 8 || l.n > 240 || l.p[l.n - 1] == '.' || l.p[l.n - 1] == ';')
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
		bool crumbs = is_crumbs(text), site = !crumbs && is_furniture(text);
		if (crumbs || site)
			edit_push(&out, a, crumbs ? "breadcrumb" : "site-furniture", (struct range){ at, end }, (span){ 0 }, crumbs ? .98f : .9f);
		at = end + 1;
	}
	return out;
}
