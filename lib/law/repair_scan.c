/* The one scan that every text passes: it looks at each byte once and tells
 * which classes of damage are worth a closer look. */
#include "law/repair_private.h"

struct scan {
	size_t numbered, lines, blank, unknown, words, long_bytes, wide_bytes;
	uint32_t signs;
};

static void scan_line_start(struct scan *c, span s, size_t i)
{
	c->lines++;
	while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\f'))
		i++;
	if (i >= s.n || s.p[i] == '\n') {
		c->blank++;
		return;
	}
	size_t d = i;
	while (d < s.n && is_digit(s.p[d]) && d - i < 3)
		d++;
	if (d > i && (d == s.n || (s.p[d] != '.' && s.p[d] != ',' && s.p[d] != ')')))
		c->numbered++;
}

static void scan_line(struct scan *c, span s, size_t beg, size_t end)
{
	scan_line_start(c, s, beg);
	while (end > beg && is_space(s.p[end - 1]))
		end--;
	if (end > beg + 2 && is_digit(s.p[end - 1]))
		c->numbered++;
}

static void scan_word(struct scan *c, span w)
{
	c->words++;
	if (w.n > 24)
		c->long_bytes += w.n;
	if (w.n >= 3 && !word_known(w))
		c->unknown++;
}

static void scan_mark(struct scan *c, span s, size_t i)
{
	char next = i + 1 < s.n ? s.p[i + 1] : 0;
	switch (s.p[i]) {
	case '\f': c->signs |= SIGN_PAGES; break;
	case '\t': c->signs |= i && is_alpha(s.p[i - 1]) && next != '\n' && next != '\t' ? SIGN_BROKEN : 0; break;
	case '<': case '&': c->signs |= is_alpha(next) || next == '/' || next == '#' ? SIGN_MARKUP : 0; break;
	case '*': c->signs |= next == '*' ? SIGN_MARKUP : 0; break;
	case '#': c->signs |= next == ' ' || next == '#' ? SIGN_MARKUP : 0; break;
	case '>': c->signs |= SIGN_CRUMBS; break;
	case '-': c->signs |= (next == '\n' || next == ' ') && i && is_alpha(s.p[i - 1]) ? SIGN_HYPHEN : 0; break;
	case '\xC2': c->signs |= next == '\xAD' ? SIGN_HYPHEN : next == '\xBB' ? SIGN_CRUMBS : 0; break;
	default: break;
	}
}

uint32_t repair_signs(span s)
{
	struct scan c = { 0 };
	size_t line = 0;
	for (size_t i = 0; i < s.n;) {
		size_t beg = i;
		while (i < s.n && is_alpha(s.p[i]))
			i++;
		if (i > beg) {
			scan_word(&c, span_sub(s, beg, i));
			continue;
		}
		if (s.p[i] == '\n') {
			scan_line(&c, s, line, i);
			line = i + 1;
		} else {
			scan_mark(&c, s, i);
		}
		i++;
	}
	if (line < s.n)
		scan_line(&c, s, line, s.n);
	if (c.numbered >= 6)
		c.signs |= SIGN_NUMBERED | SIGN_PAGES;
	if (c.long_bytes * 10 > s.n * 2)
		c.signs |= SIGN_UNSPACED;
	if (c.unknown)
		c.signs |= SIGN_GLUED;
	if (s.n > 800)
		c.signs |= SIGN_LONG;
	return c.signs | SIGN_CRUMBS | SIGN_PAGES;
}

float text_quality(span s)
{
	size_t good = 0, all = 0;
	for (size_t i = 0; i < s.n;) {
		size_t beg = i;
		while (i < s.n && (is_alnum(s.p[i]) || (unsigned char)s.p[i] >= 0x80))
			i++;
		if (i == beg) {
			i++;
			continue;
		}
		span w = span_sub(s, beg, i);
		all += w.n;
		good += is_digit(w.p[0]) || (is_upper(w.p[0]) && w.n < 16) || w.n <= 2 || word_plausible(w) ? w.n : 0;
	}
	return all ? (float)good / (float)all : 1;
}
