#include "bench/quality_variants.h"

#include <stdio.h>

/* Text in lines; `turn` writes what stands between two pages. */
static void pages(const struct spans *ps, struct damaged *d, int lines, void (*turn)(struct damaged *d, int page))
{
	int at = 0, page = 1;
	for (size_t i = 0; i < ps->n; i++) {
		struct wrap w = { ps->v[i], 70 };
		for (span line; wrap_next(&w, &line); at++) {
			if (at == lines)
				turn(d, ++page);
			at = at == lines ? 0 : at;
			damage_put(d, line, 0);
			damage_put(d, SPAN("\n"), 0);
		}
		damage_put(d, SPAN("\n"), 0);
	}
}

static void junk_line(struct damaged *d, const char *format, int n)
{
	char text[160];
	snprintf(text, sizeof text, format, n);
	damage_junk(d, text);
	damage_put(d, SPAN("\n"), 0);
}

static void turn_swap(struct damaged *d, int page)
{
	damage_put(d, SPAN("\n\f"), 0);
	if (page % 2)
		junk_line(d, "Roe v. Harbor County Board of Health                    %d", page);
	else
		junk_line(d, "%d                    Supreme Court of Harbor", page);
	damage_put(d, SPAN("\n"), 0);
}

void variant_heads_swap(const struct spans *ps, struct damaged *d)
{
	pages(ps, d, 32, turn_swap);
}

static void turn_slip(struct damaged *d, int page)
{
	damage_put(d, SPAN("\n"), 0);
	if (page % 2)
		junk_line(d, "                 Cite as: 561 U. S. ____ (2010)                 %d", page);
	else
		junk_line(d, "%d               ROE v. HARBOR COUNTY", page);
	damage_put(d, SPAN("\n"), 0);
	damage_put(d, SPAN("                        "), 0);
	junk_line(d, page % 2 ? "LARK, J., dissenting" : "Opinion of the Court", page);
	damage_put(d, SPAN("\n"), 0);
}

void variant_heads_slip(const struct spans *ps, struct damaged *d)
{
	pages(ps, d, 36, turn_slip);
}

static void turn_code(struct damaged *d, int page)
{
	junk_line(d, "HARBOR STATE CODE ANNOTATED", page);
	junk_line(d, "Page %d", page);
	damage_put(d, SPAN("\f"), 0);
	junk_line(d, "Title 12. Public Health and Safety", page);
}

void variant_heads_code(const struct spans *ps, struct damaged *d)
{
	pages(ps, d, 30, turn_code);
}

void variant_site(const struct spans *ps, struct damaged *d)
{
	static const char *const top[] = { "Skip to main content", "Home \xC2\xBB Laws \xC2\xBB Title 12 \xC2\xBB Chapter 3", "Print" };
	static const char *const foot[] = { "Previous Section", "Next Section", "Privacy Policy", "\xC2\xA9 2021 State of Harbor. All rights reserved." };
	for (size_t i = 0; i < sizeof top / sizeof *top; i++)
		junk_line(d, top[i], 0);
	damage_put(d, SPAN("\n"), 0);
	for (size_t i = 0; i < ps->n; i++) {
		damage_put(d, ps->v[i], 0);
		damage_put(d, SPAN("\n\n"), 0);
	}
	for (size_t i = 0; i < sizeof foot / sizeof *foot; i++)
		junk_line(d, foot[i], 0);
}

static void turn_stamps(struct damaged *d, int page)
{
	static const char *const stamps[] = {
		"Case: 15-1234     Document: 00711122233     Page: %d     Date Filed: 03/14/2016     Entry ID: 5987654",
		"Case 3:17-bk-05512   Doc 88   Filed 05/06/18   Entered 05/06/18 10:11:12   Desc Main Document   Page %d of 61",
		"USCA4 Appeal: 19-1122      Doc: 45            Filed: 07/08/2020      Pg: %d of 33",
		"Case 1:14-cv-00202-WHP   Document 301   Filed 11/12/15   Page %d of 54 PageID #: 4711",
		"Appellate Case: 18-6050     Document: 010110211431     Date Filed: 08/13/2019     Page: %d",
	};
	junk_line(d, stamps[d->random % 5], page);
	damage_put(d, SPAN("\f"), 0);
}

void variant_stamps(const struct spans *ps, struct damaged *d)
{
	pages(ps, d, 28, turn_stamps);
}
