/* Damage as readers make it that the first kinds were not made after: found by looking for what repair did not know. */
#include <stdio.h>
#include <string.h>

#include "bench/quality_variants.h"

static void junk_of(struct damaged *d, const char *format, int n)
{
	char text[160];
	snprintf(text, sizeof text, format, n, n);
	damage_junk(d, text);
}

static void keep(struct damaged *d, span text, const char *end)
{
	damage_put(d, text, 0);
	damage_put(d, span_of(end), 0);
}

/* --- margins --- */

static void line_rule(struct damaged *d, int n, span text)
{
	junk_of(d, "%d |", n);
	keep(d, SPAN(" "), "");
	keep(d, text, "\n");
}

void reader_rule(const struct spans *ps, struct damaged *d)
{
	variant_lay_out(ps, d, &(struct variant_layout){ .width = 66, .lines = 28, .line = line_rule });
}

static void line_colon(struct damaged *d, int n, span text)
{
	junk_of(d, "%02d:", n);
	keep(d, SPAN(" "), "");
	keep(d, text, "\n");
}

void reader_colon(const struct spans *ps, struct damaged *d)
{
	variant_lay_out(ps, d, &(struct variant_layout){ .width = 60, .lines = 25, .line = line_colon });
}

static void line_both(struct damaged *d, int n, span text)
{
	junk_of(d, "%d", n);
	keep(d, SPAN("  "), "");
	keep(d, text, "      ");
	junk_of(d, "%d", n);
	keep(d, SPAN(""), "\n");
}

void reader_both_sides(const struct spans *ps, struct damaged *d)
{
	variant_lay_out(ps, d, &(struct variant_layout){ .width = 60, .lines = 25, .line = line_both });
}

void reader_flowed_touching(const struct spans *ps, struct damaged *d)
{
	int n = 1;
	for (size_t i = 0; i < ps->n; i++) {
		struct wrap w = { ps->v[i], 66 };
		span line;
		for (bool first = true; wrap_next(&w, &line); first = false, n = n % 28 + 1) {
			damage_put(d, first ? (span){ 0 } : SPAN(" "), 0);
			junk_of(d, first ? "%d " : "%d", n);
			damage_put(d, line, 0);
		}
		damage_put(d, SPAN("\n\n"), 0);
	}
}

/* --- pages --- */

static void line_plain(struct damaged *d, int n, span text)
{
	(void)n;
	keep(d, text, "\n");
}

static void pages(const struct spans *ps, struct damaged *d, void (*turn)(struct damaged *d, int page))
{
	variant_lay_out(ps, d, &(struct variant_layout){ .width = 70, .lines = 34, .line = line_plain, .turn = turn });
}

static void turn_page_of(struct damaged *d, int page)
{
	keep(d, SPAN("                              "), "");
	junk_of(d, "Page %d of 214", page);
	keep(d, SPAN("\n"), "");
}

void reader_page_of(const struct spans *ps, struct damaged *d)
{
	pages(ps, d, turn_page_of);
}

static void turn_roman(struct damaged *d, int page)
{
	static const char *const tens[] = { "", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc" };
	static const char *const ones[] = { "", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix" };
	char text[40];
	snprintf(text, sizeof text, "%s%s", tens[page / 10 % 10], ones[page % 10]);
	keep(d, SPAN("\n                              "), "");
	damage_junk(d, *text ? text : "c");
	keep(d, SPAN("\n\n"), "");
}

void reader_roman(const struct spans *ps, struct damaged *d)
{
	pages(ps, d, turn_roman);
}

static void turn_bates(struct damaged *d, int page)
{
	keep(d, SPAN("                                        "), "");
	junk_of(d, "MERIDIAN-%07d", 41200 + page);
	keep(d, SPAN("\n"), "");
}

void reader_bates(const struct spans *ps, struct damaged *d)
{
	pages(ps, d, turn_bates);
}

static void turn_fax(struct damaged *d, int page)
{
	char text[120];
	snprintf(text, sizeof text, "03/14/2011 %02d:%02d  FAX 5735550142  HARTWELL LAW OFFICE  %03d/214", 9 + page / 60, page % 60, page);
	damage_junk(d, text);
	keep(d, SPAN("\n"), "");
}

void reader_fax(const struct spans *ps, struct damaged *d)
{
	pages(ps, d, turn_fax);
}

/* Left pages have the volume, right ones the case. */
static void turn_reporter(struct damaged *d, int page)
{
	char text[120];
	snprintf(text, sizeof text, page % 2 ? "[No. 3        HARTWELL v. CITY OF MERIDIAN        %d" : "%d        171 NORTH DAKOTA REPORTS        [Vol. 171", 840 + page);
	damage_junk(d, text);
	keep(d, SPAN("\n\n"), "");
}

void reader_reporter(const struct spans *ps, struct damaged *d)
{
	pages(ps, d, turn_reporter);
}

/* Fields in an order of the court's own, one court a document. */
static void turn_stamp(struct damaged *d, int page)
{
	static const char *const stamps[] = {
		"Case: 17-35105, 02/09/2017, ID: 10302890, DktEntry: 134, Page %d of 214", "USCA11 Case: 21-10199     Date Filed: 06/07/2021     Page: %d of 214",
		"USCA4 Appeal: 20-1160      Doc: 41         Filed: 01/07/2021      Pg: %d of 214", "Appellate Case: 18-2758     Page: %d      Date Filed: 07/08/2019 Entry ID: 4805411",
		"Case 2:17-cv-12244-BAF-DRG   ECF No. 91, PageID.22%02d   Filed 02/07/19   Page %d of 214", "Case 4:18-cv-02885   Document 61   Filed on 08/13/19 in TXSD   Page %d of 214",
		"Case 09-50026-reg    Doc 2968    Filed 07/05/09    Entered 07/05/09 23:20:54    Main Document\n        Pg %d of 214",
	};
	size_t kind = 0;
	for (size_t i = 0; i < d->text.n && i < 400; i++)
		kind += (unsigned char)d->text.p[i];
	junk_of(d, stamps[kind % (sizeof stamps / sizeof *stamps)], page);
	keep(d, SPAN("\n"), "");
}

void reader_stamps(const struct spans *ps, struct damaged *d)
{
	pages(ps, d, turn_stamp);
}

/* --- spaces --- */

static void lose(const struct spans *ps, struct damaged *d, uint32_t often)
{
	for (size_t i = 0; i < ps->n; i++) {
		span rest = ps->v[i], word;
		for (bool first = true; span_cut(&rest, ' ', &word); first = false) {
			bool gone = !first && damage_roll(d, often) == 0;
			damage_put(d, first || gone ? (span){ 0 } : SPAN(" "), 0);
			damage_put(d, word, gone ? TRUTH_GAP : 0);
		}
		damage_put(d, SPAN("\n\n"), 0);
	}
}

void reader_spaces_often(const struct spans *ps, struct damaged *d)
{
	lose(ps, d, 12);
}

void reader_spaces_seldom(const struct spans *ps, struct damaged *d)
{
	lose(ps, d, 60);
}

void reader_widths(const struct spans *ps, struct damaged *d)
{
	for (size_t i = 0; i < ps->n; i++) {
		struct wrap w = { ps->v[i], 50 + damage_roll(d, 50) };
		span line;
		for (bool first = true; wrap_next(&w, &line); first = false)
			damage_put(d, line, first ? 0 : TRUTH_GAP);
		damage_put(d, SPAN("\n\n"), 0);
	}
}

static bool small_letters(span w)
{
	for (size_t i = 0; i < w.n; i++)
		if (!is_lower(w.p[i]))
			return false;
	return true;
}

/* A word at a line's end: divided where the line has room for three letters of it and the hyphen, else the next line's first. */
static void end_line(struct damaged *d, span word, size_t room, size_t *col)
{
	bool divides = room >= 5 && word.n >= 8 && room - 2 + 3 <= word.n && small_letters(word);
	if (!divides) {
		damage_put(d, word, TRUTH_GAP);
		*col = word.n;
		return;
	}
	damage_put(d, SPAN(" "), 0);
	damage_put(d, span_sub(word, 0, room - 2), 0);
	damage_junk(d, "-");
	damage_put(d, span_sub(word, room - 2, word.n), 0);
	*col = word.n - (room - 2);
}

void reader_hyphens_kept(const struct spans *ps, struct damaged *d)
{
	size_t width = 50 + damage_roll(d, 36);
	for (size_t i = 0; i < ps->n; i++) {
		span rest = ps->v[i], word;
		size_t col = 0;
		for (bool first = true; span_cut(&rest, ' ', &word); first = false) {
			if (!first && col + 1 + word.n > width) {
				end_line(d, word, width > col ? width - col : 0, &col);
				continue;
			}
			damage_put(d, first ? (span){ 0 } : SPAN(" "), 0);
			damage_put(d, word, 0);
			col += word.n + !first;
		}
		damage_put(d, SPAN("\n\n"), 0);
	}
}
