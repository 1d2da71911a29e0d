#include "bench/quality_damage.h"

#include <stdio.h>
#include <string.h>

#include "bench/quality_variants.h"

uint32_t damage_roll(struct damaged *d, uint32_t n)
{
	d->random = d->random * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(d->random >> 33) % n;
}

void damage_put(struct damaged *d, span s, uint8_t truth)
{
	for (size_t i = 0; i < s.n; i++) {
		buf_byte(&d->text, s.p[i]);
		buf_byte(&d->truth, (char)(truth & TRUTH_JUNK ? truth | (i ? 0 : TRUTH_ITEM) : i ? 0 : truth));
	}
}

void damage_junk(struct damaged *d, const char *s)
{
	damage_put(d, span_of(s), TRUTH_JUNK);
}

/* The next line, words apart by one space; false at the end. */
bool wrap_next(struct wrap *w, span *line)
{
	w->rest = span_trim(w->rest);
	if (!w->rest.n)
		return false;
	size_t end = 0, columns = 0;
	while (end < w->rest.n) {
		size_t word = span_find_byte(w->rest, ' ', end ? end + 1 : 0);
		for (size_t i = end; i < word; i++)
			columns += ((unsigned char)w->rest.p[i] & 0xC0) != 0x80;
		if (columns > w->width && end)
			break;
		end = word;
	}
	*line = span_sub(w->rest, 0, end);
	w->rest = span_sub(w->rest, end, w->rest.n);
	return true;
}

/* --- line numbers --- */

struct numbering {
	const char *before, *after; /* printf formats of the number left and right; null: none */
	const char *end;            /* of a line */
	int last;                   /* number of the last line of a page */
	size_t width;
};

static void numbered_line(struct damaged *d, const struct numbering *k, int *n, span line)
{
	char text[64];
	if (k->before) {
		snprintf(text, sizeof text, k->before, *n);
		damage_junk(d, text);
	}
	damage_put(d, line, 0);
	if (k->after) {
		snprintf(text, sizeof text, k->after, *n);
		damage_put(d, SPAN("    "), 0);
		damage_junk(d, text);
	}
	damage_put(d, span_of(k->end), 0);
	*n = *n % k->last + 1;
}

static void number_lines(const struct spans *ps, struct damaged *d, const struct numbering *k)
{
	int n = 1;
	for (size_t i = 0; i < ps->n; i++) {
		struct wrap w = { ps->v[i], k->width };
		span line;
		while (wrap_next(&w, &line))
			numbered_line(d, k, &n, line);
		if (i % 3 == 2)
			numbered_line(d, k, &n, (span){ 0 });
	}
}

static void left_tab(const struct spans *ps, struct damaged *d)
{
	number_lines(ps, d, &(struct numbering){ .before = "%d\t", .end = "\t\t\n", .last = 28, .width = 85 });
}

static void left_double(const struct spans *ps, struct damaged *d)
{
	number_lines(ps, d, &(struct numbering){ .before = "%2d   ", .end = "\n\n", .last = 25, .width = 58 });
}

static void left_touching(const struct spans *ps, struct damaged *d)
{
	number_lines(ps, d, &(struct numbering){ .before = "%d", .end = "\n", .last = 32, .width = 72 });
}

static void right_side(const struct spans *ps, struct damaged *d)
{
	number_lines(ps, d, &(struct numbering){ .after = "%d", .end = "\n", .last = 25, .width = 64 });
}

static void detached(const struct spans *ps, struct damaged *d)
{
	size_t lines = 0;
	for (size_t i = 0; i < ps->n; i++) {
		struct wrap w = { ps->v[i], 62 };
		span line;
		for (; wrap_next(&w, &line); lines++) {
			char n[16];
			for (int k = 1; lines % 25 == 0 && k <= 25; k++) {
				snprintf(n, sizeof n, "%d", k);
				damage_junk(d, n);
				damage_put(d, SPAN("\n"), 0);
			}
			damage_put(d, line, 0);
			damage_put(d, SPAN("\n"), 0);
		}
	}
}

static void flowed(const struct spans *ps, struct damaged *d)
{
	int n = 1;
	for (size_t i = 0; i < ps->n; i++) {
		struct wrap w = { ps->v[i], 80 };
		span line;
		for (bool first = true; wrap_next(&w, &line); first = false, n = n % 28 + 1) {
			char text[16];
			snprintf(text, sizeof text, "%d", n);
			if (!first)
				damage_put(d, SPAN(" "), 0);
			damage_junk(d, text);
			damage_put(d, SPAN(" "), 0);
			damage_put(d, line, 0);
		}
		damage_put(d, SPAN("\n\n"), 0);
	}
}

/* --- spaces --- */

static void glue_lines(const struct spans *ps, struct damaged *d, size_t width, uint32_t ragged)
{
	for (size_t i = 0; i < ps->n; i++) {
		struct wrap w = { ps->v[i], width };
		span line;
		for (bool first = true; w.width = width - (ragged ? damage_roll(d, ragged) : 0), wrap_next(&w, &line); first = false)
			damage_put(d, line, first ? 0 : TRUTH_GAP);
		damage_put(d, SPAN("\n\n"), 0);
	}
}

/* Every other line end, by the throw of a coin, kept its space. */
static void glued_some(const struct spans *ps, struct damaged *d)
{
	size_t width = 56 + damage_roll(d, 30);
	for (size_t i = 0; i < ps->n; i++) {
		struct wrap w = { ps->v[i], width };
		span line;
		for (bool first = true; wrap_next(&w, &line); first = false) {
			bool kept = !first && damage_roll(d, 2);
			damage_put(d, kept ? SPAN(" ") : (span){ 0 }, 0);
			damage_put(d, line, first || kept ? 0 : TRUTH_GAP);
		}
		damage_put(d, SPAN("\n\n"), 0);
	}
}

/* The paragraphs as another hand would have them; they live in the arena of d. */
static struct spans altered(const struct spans *ps, struct damaged *d, char (*letter)(struct damaged *d, char c))
{
	struct spans out = { 0 };
	for (size_t i = 0; i < ps->n; i++) {
		span s = arena_dup(d->text.a, ps->v[i]);
		for (size_t k = 0; k < s.n; k++)
			((char *)s.p)[k] = letter(d, s.p[k]);
		*PUSH(d->text.a, &out) = s;
	}
	return out;
}

static char capital(struct damaged *d, char c)
{
	(void)d;
	return to_upper(c);
}

/* One letter in 150 misread. */
static char misread(struct damaged *d, char c)
{
	static const char from[] = "lieocnhtrua", to[] = "1jcoemblvna";
	const char *at = is_lower(c) ? strchr(from, c) : NULL;
	return at && damage_roll(d, 100) == 0 ? to[at - from] : c;
}

static void glued_wide(const struct spans *ps, struct damaged *d)
{
	glue_lines(ps, d, 38 + damage_roll(d, 82), 0);
}

static void glued_capitals(const struct spans *ps, struct damaged *d)
{
	struct spans up = altered(ps, d, capital);
	glue_lines(&up, d, 60 + damage_roll(d, 20), 0);
}

static void glued_noise(const struct spans *ps, struct damaged *d)
{
	struct spans noisy = altered(ps, d, misread);
	glue_lines(&noisy, d, 60 + damage_roll(d, 20), 0);
}

/* No lines: the space is gone where something else parts the words. */
static void glued_marks(const struct spans *ps, struct damaged *d)
{
	for (size_t i = 0; i < ps->n; i++) {
		span rest = ps->v[i], word, last = { 0 };
		while (span_cut(&rest, ' ', &word)) {
			char p = last.n ? last.p[last.n - 1] : 0, c = word.n ? word.p[0] : 0;
			bool sentence = last.n > 3 && p == '.' && is_lower(last.p[last.n - 2]) && is_lower(last.p[last.n - 3]) && is_lower(last.p[last.n - 4]) && is_upper(c);
			bool number = is_digit(c) && (span_case_eq(last, SPAN("section")) || span_case_eq(last, SPAN("chapter")) || span_case_eq(last, SPAN("sections")));
			bool quote = c == '"' && is_lower(p);
			bool gone = (sentence || number || quote || ((p == ',' || p == ';') && is_lower(c))) && damage_roll(d, 6) == 0;
			damage_put(d, last.n && !gone ? SPAN(" ") : (span){ 0 }, 0);
			damage_put(d, word, gone ? TRUTH_GAP : 0);
			last = word;
		}
		damage_put(d, SPAN("\n\n"), 0);
	}
}

static void glued(const struct spans *ps, struct damaged *d)
{
	glue_lines(ps, d, 62 + damage_roll(d, 20), 0);
}

static void glued_ragged(const struct spans *ps, struct damaged *d)
{
	glue_lines(ps, d, 75, 14);
}

/* One line without its spaces. */
static void squeeze(struct damaged *d, span line)
{
	span word;
	for (bool first = true; span_cut(&line, ' ', &word); first = false)
		damage_put(d, word, first ? 0 : TRUTH_GAP);
}

static void unspaced_lines(const struct spans *ps, struct damaged *d, bool numbers)
{
	int n = 1, lines = 0, page = 1;
	char text[40];
	for (size_t i = 0; i < ps->n; i++) {
		struct wrap w = { ps->v[i], 84 };
		span line;
		while (wrap_next(&w, &line)) {
			snprintf(text, sizeof text, "HB562 %d ", ++page);
			if (numbers && ++lines % 45 == 0)
				damage_junk(d, text);
			else
				page--;
			snprintf(text, sizeof text, "%d", n);
			if (numbers && n > 1)
				damage_junk(d, text);
			n++;
			squeeze(d, line);
			damage_put(d, SPAN(" "), 0);
		}
	}
}

static void unspaced(const struct spans *ps, struct damaged *d)
{
	unspaced_lines(ps, d, true);
}

static void unspaced_plain(const struct spans *ps, struct damaged *d)
{
	unspaced_lines(ps, d, false);
}

static void unspaced_capitals(const struct spans *ps, struct damaged *d)
{
	struct spans up = altered(ps, d, capital);
	unspaced_lines(&up, d, false);
}

static void unspaced_noise(const struct spans *ps, struct damaged *d)
{
	struct spans noisy = altered(ps, d, misread);
	unspaced_lines(&noisy, d, false);
}

/* --- pages --- */

static void furniture(const struct spans *ps, struct damaged *d)
{
	int lines = 0, page = 1;
	char text[120];
	damage_junk(d, "Statutes > Missouri > T39 > C610 > 610_100");
	damage_put(d, SPAN("\n\n"), 0);
	for (size_t i = 0; i < ps->n; i++) {
		struct wrap w = { ps->v[i], 70 };
		span line;
		while (wrap_next(&w, &line)) {
			damage_put(d, line, 0);
			damage_put(d, SPAN("\n"), 0);
			if (++lines % 30)
				continue;
			snprintf(text, sizeof text, "- %d -", page++);
			damage_put(d, SPAN("\n            "), 0);
			damage_junk(d, text);
			damage_put(d, SPAN("\n\f"), 0);
			damage_junk(d, "SMITH v. COUNTY OF KERN");
			damage_put(d, SPAN("\n"), 0);
		}
		damage_put(d, SPAN("\n"), 0);
	}
}

static void stamped(const struct spans *ps, struct damaged *d)
{
	int lines = 0, page = 1;
	char text[120];
	for (size_t i = 0; i < ps->n; i++) {
		struct wrap w = { ps->v[i], 70 };
		span line;
		while (wrap_next(&w, &line)) {
			snprintf(text, sizeof text, "Case 2:12-cv-01%03d-ABC-D Document %d Filed 01/02/13 Page %d of 40", (int)(d->random % 900) + 100, 17, page);
			if (lines++ % 24 == 0) {
				damage_junk(d, text);
				damage_put(d, SPAN("\n"), 0);
				page++;
			}
			damage_put(d, line, 0);
			damage_put(d, SPAN("\n"), 0);
		}
		damage_put(d, SPAN("\n"), 0);
	}
}

static void repeated(const struct spans *ps, struct damaged *d)
{
	for (int copy = 0; copy < 3; copy++)
		for (size_t i = 0; i < ps->n; i++) {
			damage_put(d, ps->v[i], copy ? TRUTH_JUNK : 0);
			damage_put(d, SPAN("\n\n"), 0);
		}
}

/* --- words --- */

static bool letters(span w, size_t least)
{
	for (size_t i = 0; i < w.n; i++)
		if (!is_lower(w.p[i]))
			return false;
	return w.n >= least;
}

static void each_word(const struct spans *ps, struct damaged *d, void (*put_word)(struct damaged *d, span w))
{
	for (size_t i = 0; i < ps->n; i++) {
		span rest = ps->v[i], word;
		while (span_cut(&rest, ' ', &word)) {
			put_word(d, word);
			damage_put(d, rest.n ? SPAN(" ") : SPAN("\n\n"), 0);
		}
	}
}

static void divide(struct damaged *d, span w)
{
	size_t k = letters(w, 8) && damage_roll(d, 12) == 0 ? 3 + damage_roll(d, (uint32_t)w.n - 5) : 0;
	damage_put(d, span_sub(w, 0, k), 0);
	if (k) {
		damage_junk(d, "-");
		damage_put(d, SPAN("\n"), 0);
	}
	damage_put(d, span_sub(w, k, w.n), 0);
}

static void hyphens(const struct spans *ps, struct damaged *d)
{
	each_word(ps, d, divide);
}

static void tear(struct damaged *d, span w)
{
	size_t k = letters(w, 6) && damage_roll(d, 60) == 0 ? 2 + damage_roll(d, (uint32_t)w.n - 3) : 0;
	damage_put(d, span_sub(w, 0, k), 0);
	if (k)
		damage_junk(d, "\t");
	damage_put(d, span_sub(w, k, w.n), 0);
}

static void tabs(const struct spans *ps, struct damaged *d)
{
	each_word(ps, d, tear);
}

static void mark(struct damaged *d, span w)
{
	static const char *const open[] = { "<i>", "<u>", "<b>", "**" }, *const close[] = { "</i>", "</u>", "</b>", "**" };
	uint32_t k = damage_roll(d, 160);
	bool plain = k > 3 || !letters(w, 3);
	if (!plain)
		damage_junk(d, open[k]);
	damage_put(d, w, 0);
	if (!plain)
		damage_junk(d, close[k]);
}

static void markup(const struct spans *ps, struct damaged *d)
{
	each_word(ps, d, mark);
}

const struct damage damages[] = {
	{ "line numbers left, tabs", "items removed", true, left_tab },
	{ "line numbers left, double-spaced", "items removed", true, left_double },
	{ "line numbers touching the text", "items removed", false, left_touching },
	{ "line numbers right", "items removed", false, right_side },
	{ "line numbers in a block", "items removed", true, detached },
	{ "line numbers in flowed text", "items removed", true, flowed },
	{ "line numbers right, 28, narrow", "items removed", false, variant_right_narrow },
	{ "line numbers through a bill", "items removed", false, variant_run_on },
	{ "line numbers that begin late", "items removed", false, variant_late },
	{ "line numbers lost and misread", "items removed", false, variant_broken },
	{ "line numbers of a transcript", "items removed", false, variant_transcript },
	{ "line numbers in a block after", "items removed", false, variant_block_after },
	{ "line numbers in one line", "items removed", false, variant_block_line },
	{ "line numbers to 56", "items removed", false, variant_long_pages },
	{ "line numbers in a table's column", "items removed", false, variant_table },
	{ "line numbers in flowed text, wide", "items removed", false, variant_flowed_wide },
	{ "line numbers beside a rule", "items removed", false, reader_rule },
	{ "line numbers with noughts, colons", "items removed", false, reader_colon },
	{ "line numbers on both sides", "items removed", false, reader_both_sides },
	{ "line numbers touching flowed text", "items removed", false, reader_flowed_touching },
	{ "glued at deleted line ends", "boundaries", true, glued },
	{ "glued, ragged lines", "boundaries", false, glued_ragged },
	{ "glued, any width", "boundaries", false, glued_wide },
	{ "glued, some lines joined", "boundaries", false, glued_some },
	{ "glued, capitals", "boundaries", false, glued_capitals },
	{ "glued, letters misread", "boundaries", false, glued_noise },
	{ "glued, a width a paragraph", "boundaries", false, reader_widths },
	{ "glued, hyphens kept", "boundaries", false, reader_hyphens_kept },
	{ "spaces lost, one in twelve", "boundaries", false, reader_spaces_often },
	{ "spaces lost, one in sixty", "boundaries", false, reader_spaces_seldom },
	{ "glued at marks and numbers", "boundaries", false, glued_marks },
	{ "no spaces, line numbers, heads", "boundaries", true, unspaced },
	{ "no spaces at all", "boundaries", false, unspaced_plain },
	{ "no spaces, capitals", "boundaries", false, unspaced_capitals },
	{ "no spaces, letters misread", "boundaries", false, unspaced_noise },
	{ "running heads, page numbers, crumbs", "items removed", true, furniture },
	{ "filing stamps", "items removed", false, stamped },
	{ "heads that change sides", "items removed", false, variant_heads_swap },
	{ "heads of slip opinions", "items removed", false, variant_heads_slip },
	{ "heads and feet of a code", "items removed", false, variant_heads_code },
	{ "menu, trail and foot of a site", "items removed", false, variant_site },
	{ "stamps of other courts", "items removed", false, variant_stamps },
	{ "page 2 of 214, no form feeds", "items removed", false, reader_page_of },
	{ "roman page numbers", "items removed", false, reader_roman },
	{ "numbers of documents produced", "items removed", false, reader_bates },
	{ "heads of a fax", "items removed", false, reader_fax },
	{ "heads of a reporter's pages", "items removed", false, reader_reporter },
	{ "stamps in other orders", "items removed", false, reader_stamps },
	{ "pages repeated", "items removed", true, repeated },
	{ "hyphens at line ends", "items removed", true, hyphens },
	{ "tabs inside words", "items removed", false, tabs },
	{ "tags and bold marks", "items removed", true, markup },
};
const size_t damages_n = sizeof damages / sizeof *damages;
