/* The one scan that every text passes: it looks at each byte once and tells
 * which classes of damage are worth a closer look. Letters are taken eight at a
 * time; a word costs one bit of a table of 64 KB; only what that table has not is looked at again. */
#include "law/repair_private.h"
#include "law/segment_private.h"

#define EACH 0x0101010101010101u /* a byte in each of eight */

/* Eight bytes from i on, the first lowest; past the end zeros. */
static inline uint64_t eight(span s, size_t i)
{
	uint64_t v = 0;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	if (i + 8 <= s.n) {
		memcpy(&v, s.p + i, 8);
		return v;
	}
#endif
	for (size_t k = 0; k < 8 && i + k < s.n; k++)
		v |= (uint64_t)(unsigned char)s.p[i + k] << 8 * k;
	return v;
}

/* How many of eight bytes, from the first on, are ASCII letters; *low gets them in small letters, zeros after. */
static inline unsigned letters_of(uint64_t v, uint64_t *low)
{
	uint64_t x = v | EACH * 0x20, t = x & EACH * 0x7F;
	uint64_t letter = (t + EACH * (0x80 - 'a')) & ~(t + EACH * (0x7F - 'z')) & ~v & EACH * 0x80;
	uint64_t other = ~letter & EACH * 0x80;
	unsigned n = other ? (unsigned)__builtin_ctzll(other) / 8 : 8;
	*low = n == 8 ? x : x & ((1ull << 8 * n) - 1);
	return n;
}

enum { LETTER = 1, LINE_END, MARK, DIGIT };

/* What each byte is to the scan. */
static const uint8_t class_of[256] = {
	['a' ... 'z'] = LETTER, ['A' ... 'Z'] = LETTER, ['\n'] = LINE_END, ['0' ... '9'] = DIGIT,
	['\f'] = MARK, ['\t'] = MARK, ['<'] = MARK, ['&'] = MARK, ['*'] = MARK, ['#'] = MARK, ['>'] = MARK, ['-'] = MARK,
	[0xC2] = MARK, [0xE2] = MARK, [1 ... 8] = MARK,
};

enum { BLOCK = 8, OPEN_LEAST = 30 };
enum { FIRST_LINES = 4, SAMPLES = FIRST_LINES + 6 };

struct scan {
	struct repair_scan out;
	uint64_t sample[SAMPLES]; /* how some lines begin, to be known again */
	size_t samples;
	bool comes_back;          /* one of them did */
	size_t numbered, heads, doubled, lines, long_bytes, pieces;
	size_t flowed; /* small numbers standing alone inside lines */
	size_t since;  /* lines since one that breaks off inside a sentence; BLOCK: none such */
	bool blank_before;
};

/* The first lines, and some further on: one that comes back may be of a page that does. A copy follows its original. */
static void scan_again(struct scan *c, span line, size_t at, size_t of)
{
	bool first = c->samples < FIRST_LINES;
	if (c->comes_back || line.n < 12)
		return;
	uint64_t h = 0;
	for (size_t i = 0; i < line.n && i < 40; i += 8)
		h = word_hash(h, eight(line, i));
	for (size_t i = 0; i < c->samples; i++)
		c->comes_back |= c->sample[i] == h;
	bool due = !first && line.n >= 40 && at > of / (SAMPLES - FIRST_LINES + 2) * (c->samples - FIRST_LINES + 1);
	if ((first || due) && c->samples < SAMPLES)
		c->sample[c->samples++] = h;
}

/* A sentence that goes on after lines that are none of it: a page may turn there. */
static void scan_turn(struct scan *c, span line)
{
	char last = line.p[line.n - 1];
	bool goes_on = is_lower(line.p[0]), open = line.n >= OPEN_LEAST && (is_lower(last) || last == ',' || last == '-');
	if (goes_on && c->since && c->since < BLOCK)
		c->out.signs |= SIGN_PAGES;
	c->since = open ? 0 : goes_on ? BLOCK : c->since + 1;
}

/* Lines that begin or end with a number, and empty lines between lines. */
static void scan_line(struct scan *c, span s, size_t beg, size_t end)
{
	size_t i = beg;
	while (i < end && (s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\f'))
		i++;
	while (end > i && is_space(s.p[end - 1]))
		end--;
	if (i == end) {
		c->blank_before = true;
		return;
	}
	scan_again(c, span_sub(s, i, end), i, s.n);
	scan_turn(c, span_sub(s, i, end));
	c->lines++;
	c->doubled += c->blank_before;
	c->blank_before = false;
	size_t d = i;
	if (s.p[i] == '|' && i + 1 < end) /* a row of a table */
		d = i += s.p[i + 1] == ' ' ? 2 : 1;
	while (d < end && is_digit(s.p[d]))
		d++;
	bool left = d > i && d - i <= 3 && (d == end || (s.p[d] != '.' && s.p[d] != ',' && s.p[d] != ')'));
	bool right = end > beg + 2 && is_digit(s.p[end - 1]);
	c->numbered += left || right;
	if (left && right && end - i > 50 && !memcmp(s.p + i, "1 2 3 4 ", 8)) /* a page's numbers in one line */
		c->out.signs |= SIGN_NUMBERED;
	/* A number three spaces from the words: perhaps the head of a page. */
	bool head = (left && d + 3 < end && !memcmp(s.p + d, "   ", 3)) || (right && end > i + 5 && s.p[end - 3] == ' ' && (s.p[end - 4] == ' ' || s.p[end - 2] == ' '));
	c->heads += head;
	if (end - i <= 60 && is_site_furniture(span_sub(s, i, end)))
		c->out.signs |= SIGN_CRUMBS;
	if (end - i <= FILING_LINE_MOST && is_filing_line(span_sub(s, i, end)))
		c->out.signs |= SIGN_PAGES;
}

static void scan_unknown(struct scan *c, span s, size_t beg, size_t end)
{
	span w = span_sub(s, beg, end);
	if (w.n > 24)
		c->long_bytes += w.n;
	c->pieces += w.n <= 5 && is_lower(w.p[0]) && beg && s.p[beg - 1] == ' ';
	bool name = is_upper(w.p[0]) && w.n < 16 && !(is_upper(w.p[w.n - 1]) && capitals_before(s, (uint32_t)beg));
	if (w.n > 24)
		return;
	if (name || w.n <= 2 || word_plausible(w)) {
		c->out.good += w.n;
		return;
	}
	if (c->out.signs & SIGN_GLUED && c->out.signs & SIGN_DOUBT)
		return;
	uint32_t at;
	enum joint_kind kind = joint_in_word(w, &at);
	c->out.joints += kind == JOINT_LIKELY;
	c->out.signs |= kind == JOINT_LIKELY ? SIGN_DOUBT : 0;
	c->out.signs |= kind == JOINT_SURE ? SIGN_GLUED : 0;
}

static void scan_mark(struct scan *c, span s, size_t i)
{
	char next = i + 1 < s.n ? s.p[i + 1] : 0;
	uint32_t sign = 0;
	bool opens = i + 2 < s.n && (next == '\xA7' || (next == '\x80' && s.p[i + 2] == '\x9C')); /* a section sign, a quotation */
	if (opens && i > 1 && is_lower(s.p[i - 1]) && is_lower(s.p[i - 2]))
		c->out.signs |= SIGN_GLUED;
	switch (s.p[i]) {
	case '\f': sign = SIGN_PAGES; break;
	case '\t': sign = i && is_alpha(s.p[i - 1]) && is_alpha(next) ? SIGN_BROKEN : 0; break;
	case '<': case '&': sign = is_alpha(next) || next == '/' || next == '#' ? SIGN_MARKUP : 0; break;
	case '*': sign = next == '*' || (is_alpha(next) && (!i || !is_alnum(s.p[i - 1]))) ? SIGN_MARKUP : 0; break;
	case '#': sign = next == ' ' || next == '#' ? SIGN_MARKUP : 0; break;
	case '>': sign = SIGN_CRUMBS; break;
	case '-': sign = (next == '\n' || next == ' ') && i && is_alpha(s.p[i - 1]) ? SIGN_HYPHEN : 0; break;
	case '\xC2': sign = next == '\xAD' ? SIGN_HYPHEN : next == '\xBB' ? SIGN_CRUMBS : 0; break;
	case '\xE2': sign = i + 2 < s.n && (s.p[i + 2] == '\xBA' || s.p[i + 2] == '\x92') ? SIGN_CRUMBS : 0; break;
	default: sign = SIGN_STRANGE; break; /* control bytes */
	}
	c->out.signs |= sign;
}

/* A run of letters from i on; returns its end. */
static size_t scan_word(struct scan *c, span s, size_t i)
{
	size_t beg = i;
	uint64_t h = 0, low;
	for (unsigned n = 8; n == 8;) {
		n = letters_of(eight(s, i), &low);
		if (n || i == beg) /* a word of eight letters has no second eight */
			h = word_hash(h, low);
		i += n;
	}
	c->out.letters += i - beg;
	bool opens = (i - beg == 4 && (s.p[beg] == 'C' || s.p[beg] == 'U')) || (i - beg == 6 && s.p[beg] == 'A' && s.p[i] == ':');
	bool stamp = opens && i + 2 < s.n && (is_digit(s.p[i]) || is_digit(s.p[i + 1]) || is_digit(s.p[i + 2]));
	c->out.signs |= stamp ? SIGN_PAGES : 0; /* "Case 1:16-cv", "Case: 12-1573", "USCA4", "Appeal: 14-1341" */
	if (word_maybe(h))
		c->out.good += i - beg;
	else
		scan_unknown(c, s, beg, i);
	if (beg && !is_space(s.p[beg - 1]) && joint_at_mark(s, (uint32_t)beg))
		c->out.signs |= SIGN_GLUED;
	return i;
}

static size_t scan_number(struct scan *c, span s, size_t i)
{
	size_t beg = i;
	while (i < s.n && is_digit(s.p[i]))
		i++;
	bool small = i - beg <= 2 && beg && s.p[beg - 1] == ' ' && i + 1 < s.n && (s.p[i] == ' ' || is_alpha(s.p[i]));
	c->flowed += small;
	return i;
}

struct repair_scan repair_scan(span s)
{
	struct scan c = { .since = BLOCK };
	size_t line = 0, i = 0;
	while (i < s.n) {
		switch (class_of[(unsigned char)s.p[i]]) {
		case LETTER:
			i = scan_word(&c, s, i);
			continue;
		case LINE_END:
			scan_line(&c, s, line, i);
			line = i + 1;
			break;
		case MARK:
			scan_mark(&c, s, i);
			break;
		case DIGIT:
			i = scan_number(&c, s, i);
			continue;
		default:
			break;
		}
		i++;
	}
	if (line < s.n)
		scan_line(&c, s, line, s.n);
	c.out.signs |= c.heads ? SIGN_PAGES : 0;
	c.out.signs |= c.numbered >= 6 ? SIGN_NUMBERED | SIGN_PAGES : 0;
	c.out.signs |= c.long_bytes * 10 > s.n * 2 ? SIGN_UNSPACED : 0;
	c.out.signs |= c.out.joints >= 4 && c.out.joints * 1500 > s.n ? SIGN_GLUED : 0;
	c.out.signs |= s.n > 800 && c.comes_back ? SIGN_LONG | SIGN_PAGES : 0;
	c.out.signs |= c.lines >= 6 && c.doubled * 3 > c.lines * 2 ? SIGN_DOUBLED : 0;
	c.out.signs |= c.out.letters >= 24 && c.out.good * 2 < c.out.letters ? SIGN_STRANGE : 0;
	c.out.signs |= c.flowed >= 6 && c.flowed * 2000 > s.n ? SIGN_FLOWED : 0;
	c.out.signs |= c.pieces * 400 > s.n ? SIGN_BROKEN : 0;
	return c.out;
}
