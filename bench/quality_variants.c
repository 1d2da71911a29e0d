#include "bench/quality_variants.h"

#include <stdio.h>

void variant_lay_out(const struct spans *ps, struct damaged *d, const struct variant_layout *k)
{
	int n = 0, page = 1, at = 0;
	if (k->first)
		k->first(d);
	for (size_t i = 0; i < ps->n; i++) {
		struct wrap w = { ps->v[i], k->width };
		for (span line; wrap_next(&w, &line); at++) {
			if (at == k->lines) {
				if (k->turn)
					k->turn(d, ++page);
				at = 0;
				n = k->run_on ? n : 0;
			}
			k->line(d, ++n, line);
		}
	}
}

static void junk_number(struct damaged *d, const char *format, int n)
{
	char text[64];
	snprintf(text, sizeof text, format, n);
	damage_junk(d, text);
}

static void keep(struct damaged *d, span text, const char *end)
{
	damage_put(d, text, 0);
	damage_put(d, span_of(end), 0);
}

static void line_right(struct damaged *d, int n, span text)
{
	keep(d, text, "   ");
	junk_number(d, "%d", n);
	keep(d, SPAN(""), "\n");
}

void variant_right_narrow(const struct spans *ps, struct damaged *d)
{
	variant_lay_out(ps, d, &(struct variant_layout){ .width = 68, .lines = 28, .line = line_right });
}

static void line_left(struct damaged *d, int n, span text)
{
	junk_number(d, "%4d  ", n);
	keep(d, text, "\n");
}

void variant_run_on(const struct spans *ps, struct damaged *d)
{
	variant_lay_out(ps, d, &(struct variant_layout){ .width = 66, .lines = 40, .line = line_left, .run_on = true });
}

void variant_long_pages(const struct spans *ps, struct damaged *d)
{
	variant_lay_out(ps, d, &(struct variant_layout){ .width = 80, .lines = 56, .line = line_left });
}

static void caption(struct damaged *d)
{
	keep(d, SPAN("IN THE DISTRICT COURT OF HARBOR COUNTY"), "\n");
	keep(d, SPAN("JANE ROE, Plaintiff,"), "\n");
	keep(d, SPAN("v. No. 12-0455"), "\n");
}

void variant_late(const struct spans *ps, struct damaged *d)
{
	int n = 5;
	caption(d);
	for (size_t i = 0; i < ps->n; i++) {
		struct wrap w = { ps->v[i], 70 };
		for (span text; wrap_next(&w, &text); n = n % 25 + 1) {
			junk_number(d, "%d ", n);
			keep(d, text, "\n");
		}
	}
}

/* One number in sixteen is lost, one in sixteen has letters for digits. */
static void line_broken(struct damaged *d, int n, span text)
{
	char digits[16];
	uint32_t chance = damage_roll(d, 16);
	snprintf(digits, sizeof digits, "%d", n);
	for (char *p = digits; *p && chance == 1; p++)
		*p = *p == '1' ? (damage_roll(d, 2) ? 'l' : 'I') : *p == '0' ? 'O' : *p == '5' ? 'S' : *p;
	if (chance)
		damage_junk(d, digits);
	keep(d, SPAN("   "), "");
	keep(d, text, "\n");
}

void variant_broken(const struct spans *ps, struct damaged *d)
{
	variant_lay_out(ps, d, &(struct variant_layout){ .width = 70, .lines = 28, .line = line_broken });
}

static void turn_transcript(struct damaged *d, int page)
{
	keep(d, SPAN("\n"), "                              ");
	damage_junk(d, "Harbor Reporting Company");
	keep(d, SPAN("\n"), "\n");
	keep(d, SPAN("                                                             "), "");
	junk_number(d, "%d", page + 11);
	keep(d, SPAN("\n"), "");
}

static void line_transcript(struct damaged *d, int n, span text)
{
	junk_number(d, "%2d      ", n);
	keep(d, text, "\n\n");
}

void variant_transcript(const struct spans *ps, struct damaged *d)
{
	variant_lay_out(ps, d, &(struct variant_layout){ .width = 56, .lines = 25, .line = line_transcript, .turn = turn_transcript });
}

static void line_plain(struct damaged *d, int n, span text)
{
	(void)n;
	keep(d, text, "\n");
}

static void turn_block(struct damaged *d, int page)
{
	(void)page;
	for (int n = 1; n <= 28; n++) {
		junk_number(d, "%d", n);
		keep(d, SPAN("\n"), n % 7 ? "" : "\n");
	}
	keep(d, SPAN("\f"), "");
}

void variant_block_after(const struct spans *ps, struct damaged *d)
{
	variant_lay_out(ps, d, &(struct variant_layout){ .width = 64, .lines = 28, .line = line_plain, .turn = turn_block });
}

static void turn_block_line(struct damaged *d, int page)
{
	(void)page;
	for (int n = 1; n <= 28; n++)
		junk_number(d, n == 28 ? "%d" : "%d ", n);
	keep(d, SPAN("\n"), "\n");
}

static void first_block_line(struct damaged *d)
{
	turn_block_line(d, 1);
}

void variant_block_line(const struct spans *ps, struct damaged *d)
{
	variant_lay_out(ps, d, &(struct variant_layout){ .width = 64, .lines = 28, .line = line_plain, .turn = turn_block_line, .first = first_block_line });
}

static void line_table(struct damaged *d, int n, span text)
{
	junk_number(d, "| %d | ", n);
	keep(d, text, "");
	damage_junk(d, " |");
	keep(d, SPAN("\n"), "");
}

void variant_table(const struct spans *ps, struct damaged *d)
{
	variant_lay_out(ps, d, &(struct variant_layout){ .width = 74, .lines = 28, .line = line_table });
}

static void line_flowed(struct damaged *d, int n, span text)
{
	junk_number(d, "%d", n);
	keep(d, SPAN(" "), "");
	keep(d, text, " ");
}

void variant_flowed_wide(const struct spans *ps, struct damaged *d)
{
	variant_lay_out(ps, d, &(struct variant_layout){ .width = 100, .lines = 25, .line = line_flowed });
}
