/* The one scan that every text passes: it looks at each byte once and tells
 * which classes of damage are worth a closer look. Letters are taken eight at a
 * time; a word costs one bit of a table of 64 KB; only what that table has not is looked at again.
 *
 * What is found is kept block by block (some 2 KB of whole lines). Nothing that the scan asks
 * of a byte looks farther than the line it stands in and three bytes on, so after edits only the
 * blocks that they touched are scanned anew, and the sums are those of a scan of the whole. */
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
enum { BLOCK_BYTES = 2048, LOOK = 16 /* bytes across the ends of a block that may count for it */ };

/* What each byte is to the scan. */
static const uint8_t class_of[256] = {
	['a' ... 'z'] = LETTER, ['A' ... 'Z'] = LETTER, ['\n'] = LINE_END, ['0' ... '9'] = DIGIT,
	['\f'] = MARK, ['\t'] = MARK, ['<'] = MARK, ['&'] = MARK, ['*'] = MARK, ['#'] = MARK, ['>'] = MARK, ['-'] = MARK,
	[0xC2] = MARK, [0xC3] = MARK, [0xE2] = MARK, [1 ... 8] = MARK,
};

enum { TURN = 8 /* lines at most between a sentence and its end */, OPEN_LEAST = 30, SHORTEST = 5 /* "xii" begins no line of text */ };
enum { FIRST_LINES = 4, SAMPLES = FIRST_LINES + 6 };

struct scan {
	struct scan_block *b;     /* the one that is scanned */
	uint64_t first[SAMPLES];  /* how some lines begin, to be known again: eight bytes, and a hash of more */
	uint64_t sample[SAMPLES];
	size_t samples;
	bool samples_wanted, comes_back; /* one of them did */
	bool blank_before;        /* in this block, as the next */
	uint32_t since;           /* lines since one that breaks off inside a sentence; TURN: none such */
};

/* The first lines, and some further on: one that comes back may be of a page that does. A copy follows its original. */
static void scan_again(struct scan *c, span line, size_t at, size_t of)
{
	if (!c->samples_wanted || c->comes_back || line.n < 12)
		return;
	uint64_t first = eight(line, 0), h = 0;
	bool known = false, opens = c->samples < FIRST_LINES;
	for (size_t i = 0; i < c->samples; i++)
		known |= c->first[i] == first;
	bool due = !opens && line.n >= 40 && at > of / (SAMPLES - FIRST_LINES + 2) * (c->samples - FIRST_LINES + 1);
	bool kept = (opens || due) && c->samples < SAMPLES;
	if (!known && !kept) /* most lines */
		return;
	for (size_t i = 0; i < line.n && i < 40; i += 8)
		h = word_hash(h, eight(line, i));
	for (size_t i = 0; i < c->samples; i++)
		c->comes_back |= c->sample[i] == h;
	if (kept) {
		c->first[c->samples] = first;
		c->sample[c->samples++] = h;
	}
}

/* A sentence that goes on after lines that are none of it: a page may turn there. */
static void scan_turn(struct scan *c, span line)
{
	char last = line.p[line.n - 1];
	bool goes_on = is_lower(line.p[0]) && line.n > SHORTEST, open = line.n >= OPEN_LEAST && (is_lower(last) || last == ',' || last == '-');
	if (goes_on && c->b->tells && c->since && c->since < TURN)
		c->b->signs |= SIGN_PAGES;
	if (!c->b->tells && (goes_on || open)) { /* what it says depends on the block before */
		c->b->tells = true;
		c->b->goes_on = goes_on;
		c->b->before = c->b->lines;
	}
	c->since = open ? 0 : goes_on ? TURN : c->since + 1;
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
	c->b->open |= !c->b->lines && !c->blank_before;
	c->b->lines++;
	c->b->doubled += c->blank_before;
	c->blank_before = false;
	size_t d = i;
	if (s.p[i] == '|' && i + 1 < end) /* a row of a table */
		d = i += s.p[i + 1] == ' ' ? 2 : 1;
	while (d < end && is_digit(s.p[d]))
		d++;
	bool left = d > i && d - i <= 3 && (d == end || (s.p[d] != '.' && s.p[d] != ',' && s.p[d] != ')'));
	bool right = end > beg + 2 && is_digit(s.p[end - 1]);
	c->b->numbered += left || right;
	if (left && right && end - i > 50 && !memcmp(s.p + i, "1 2 3 4 ", 8)) /* a page's numbers in one line */
		c->b->signs |= SIGN_NUMBERED;
	/* A number three spaces from the words: perhaps the head of a page. */
	bool head = (left && d + 3 < end && !memcmp(s.p + d, "   ", 3)) || (right && end > i + 5 && s.p[end - 3] == ' ' && (s.p[end - 4] == ' ' || s.p[end - 2] == ' '));
	c->b->signs |= head ? SIGN_PAGES : 0;
	if (end - i <= 60 && is_site_furniture(span_sub(s, i, end)))
		c->b->signs |= SIGN_CRUMBS;
	if (end - i <= FILING_LINE_MOST && is_filing_line(span_sub(s, i, end)))
		c->b->signs |= SIGN_PAGES;
}

static void scan_unknown(struct scan *c, span s, size_t beg, size_t end)
{
	span w = span_sub(s, beg, end);
	if (w.n > 24)
		c->b->long_bytes += (uint32_t)w.n;
	c->b->halves += is_lower(w.p[0]) && ((beg && s.p[beg - 1] == '-') || (end < s.n && s.p[end] == '-'));
	c->b->pieces += w.n <= 5 && is_lower(w.p[0]) && beg && s.p[beg - 1] == ' ';
	bool name = is_upper(w.p[0]) && w.n < 16 && !(is_upper(w.p[w.n - 1]) && capitals_before(s, (uint32_t)beg));
	if (w.n > 24)
		return;
	if (name || w.n <= 2 || word_plausible(w)) {
		c->b->good += (uint32_t)w.n;
		return;
	}
	if (c->b->signs & SIGN_GLUED && c->b->signs & SIGN_DOUBT)
		return;
	uint32_t at;
	enum joint_kind kind = joint_in_word(w, &at);
	c->b->joints += kind == JOINT_LIKELY;
	c->b->signs |= kind == JOINT_LIKELY ? SIGN_DOUBT : 0;
	c->b->signs |= kind == JOINT_SURE ? SIGN_GLUED : 0;
}

static void scan_mark(struct scan *c, span s, size_t i)
{
	char next = i + 1 < s.n ? s.p[i + 1] : 0;
	uint32_t sign = 0;
	bool opens = i + 2 < s.n && (next == '\xA7' || (next == '\x80' && s.p[i + 2] == '\x9C')); /* a section sign, a quotation */
	if (opens && i > 1 && is_lower(s.p[i - 1]) && is_lower(s.p[i - 2]))
		c->b->signs |= SIGN_GLUED;
	switch (s.p[i]) {
	case '\f': sign = SIGN_PAGES; break;
	case '\t': sign = i && is_alpha(s.p[i - 1]) && is_alpha(next) ? SIGN_BROKEN : 0; break;
	case '<': case '&': sign = is_alpha(next) || next == '/' || next == '#' ? SIGN_MARKUP : 0; break;
	case '*': sign = next == '*' || (is_alpha(next) && (!i || !is_alnum(s.p[i - 1]))) ? SIGN_MARKUP : 0; break;
	case '#': sign = next == ' ' || next == '#' ? SIGN_MARKUP : 0; break;
	case '>': sign = SIGN_CRUMBS; break;
	case '-': sign = (next == '\n' || next == ' ') && i && is_alpha(s.p[i - 1]) ? SIGN_HYPHEN : 0; break;
	case '\xC2': sign = next == '\xAD' || (next == '\xAC' && i && is_lower(s.p[i - 1])) ? SIGN_HYPHEN : next == '\xBB' ? SIGN_CRUMBS : 0; break;
	case '\xE2': sign = i + 2 < s.n && (s.p[i + 2] == '\xBA' || s.p[i + 2] == '\x92') ? SIGN_CRUMBS : 0; break;
	/* A letter of U+00C2 and on, which a byte that begins a character reads as; no ASCII can follow. */
	case '\xC3': sign = (unsigned char)next >= 0x82 && i + 2 < s.n && (unsigned char)s.p[i + 2] >= 0xC2 ? SIGN_MOJIBAKE : 0; break;
	default: sign = SIGN_STRANGE; break; /* control bytes */
	}
	if (s.p[i] == '\xE2' && next == '\x80' && i && is_lower(s.p[i - 1]) && i + 2 < s.n && (s.p[i + 2] == '\x90' || s.p[i + 2] == '\x91'))
		sign = SIGN_HYPHEN;
	c->b->signs |= sign;
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
	c->b->letters += (uint32_t)(i - beg);
	bool opens = (i - beg == 4 && (s.p[beg] == 'C' || s.p[beg] == 'U')) || (i - beg == 6 && s.p[beg] == 'A' && s.p[i] == ':');
	bool stamp = opens && i + 2 < s.n && (is_digit(s.p[i]) || is_digit(s.p[i + 1]) || is_digit(s.p[i + 2]));
	c->b->signs |= stamp ? SIGN_PAGES : 0; /* "Case 1:16-cv", "Case: 12-1573", "USCA4", "Appeal: 14-1341" */
	if (word_maybe(h))
		c->b->good += (uint32_t)(i - beg);
	else
		scan_unknown(c, s, beg, i);
	if (beg && !is_space(s.p[beg - 1]) && joint_at_mark(s, (uint32_t)beg))
		c->b->signs |= SIGN_GLUED;
	return i;
}

static size_t scan_number(struct scan *c, span s, size_t i)
{
	size_t beg = i;
	while (i < s.n && is_digit(s.p[i]))
		i++;
	bool small = i - beg <= 2 && beg && s.p[beg - 1] == ' ' && i + 1 < s.n && (s.p[i] == ' ' || is_alpha(s.p[i]));
	c->b->flowed += small;
	char last = beg ? s.p[beg - 1] : ' ';
	bool mark = last == '.' || last == ',' || last == '"' || last == ';' || last == ')' || last == '?' || last == '!';
	c->b->raised += i - beg <= 3 && (is_lower(last) || (mark && beg > 1 && !is_digit(s.p[beg - 2])) || (last == '\x9D' || last == '\x99'));
	return i;
}

static void block_begin(struct scan *c, struct scan_blocks *out, struct arena *a)
{
	c->b = PUSH(a, out);
	c->blank_before = false;
	c->since = TURN;
}

/* The block goes up to byte end. */
static void block_end(struct scan *c, size_t beg, size_t end)
{
	c->b->n = (uint32_t)(end - beg);
	c->b->blank = c->blank_before;
	c->b->since = c->since;
}

/* Whole lines [at.beg, at.end) of s, as blocks. */
static void scan_lines(struct scan *c, span s, struct range at, struct scan_blocks *out, struct arena *a)
{
	size_t line = at.beg, i = at.beg, block = at.beg;
	block_begin(c, out, a);
	while (i < at.end) {
		switch (class_of[(unsigned char)s.p[i]]) {
		case LETTER:
			i = scan_word(c, s, i);
			continue;
		case LINE_END:
			scan_line(c, s, line, i);
			line = i + 1;
			if (line - block >= BLOCK_BYTES && line < at.end) {
				block_end(c, block, line);
				block_begin(c, out, a);
				block = line;
			}
			break;
		case MARK:
			scan_mark(c, s, i);
			break;
		case DIGIT:
			i = scan_number(c, s, i);
			continue;
		default:
			break;
		}
		i++;
	}
	if (line < at.end)
		scan_line(c, s, line, at.end);
	block_end(c, block, at.end);
}

/* What the blocks say together of a text of n bytes. */
static void sum_up(struct repair_scan *r, size_t n)
{
	size_t numbered = 0, doubled = 0, lines = 0, long_bytes = 0, pieces = 0, halves = 0, flowed = 0, raised = 0, joints = 0;
	bool blank = false;    /* before the block, as the next */
	size_t since = TURN;
	r->signs &= SIGN_LONG;
	r->letters = r->good = 0;
	for (size_t i = 0; i < r->blocks.n; i++) {
		const struct scan_block *b = &r->blocks.v[i];
		r->signs |= b->signs;
		r->letters += b->letters;
		r->good += b->good;
		joints += b->joints;
		numbered += b->numbered;
		doubled += b->doubled + (b->open && blank);
		lines += b->lines;
		long_bytes += b->long_bytes;
		pieces += b->pieces;
		halves += b->halves;
		flowed += b->flowed;
		raised += b->raised;
		blank = b->blank || (blank && !b->lines);
		bool turned = b->tells && b->goes_on && since + b->before > 0 && since + b->before < TURN;
		r->signs |= turned ? SIGN_PAGES : 0;
		since = b->tells ? b->since : since + b->lines;
	}
	r->signs |= r->signs & SIGN_LONG ? SIGN_PAGES : 0;
	r->signs |= numbered >= 6 ? SIGN_NUMBERED | SIGN_PAGES : 0;
	r->signs |= long_bytes * 10 > n * 2 ? SIGN_UNSPACED : 0;
	r->signs |= joints >= 4 && joints * 1500 > n ? SIGN_GLUED : 0;
	r->signs |= lines >= 6 && doubled * 3 > lines * 2 ? SIGN_DOUBLED : 0;
	r->signs |= r->letters >= 24 && r->good * 2 < r->letters ? SIGN_STRANGE : 0;
	r->signs |= flowed >= 6 && flowed * 2000 > n ? SIGN_FLOWED : 0;
	r->signs |= raised >= 2 ? SIGN_RAISED : 0;
	r->signs |= halves >= 4 && halves * 1500 > n ? SIGN_HYPHEN : 0;
	r->signs |= pieces * 400 > n ? SIGN_BROKEN : 0;
}

struct repair_scan repair_scan(span s, struct arena *a)
{
	struct repair_scan r = { 0 };
	struct scan c = { .samples_wanted = true };
	scan_lines(&c, s, (struct range){ 0, (uint32_t)s.n }, &r.blocks, a);
	r.signs = s.n > 800 && c.comes_back ? SIGN_LONG : 0;
	sum_up(&r, s.n);
	return r;
}

/* What an edit does to a block that stands at `at`; the bytes it puts in are counted with the block it begins in. */
static void touch(struct scan_block *b, struct range at, const struct edit *e, bool last)
{
	uint32_t beg = e->at.beg > at.beg ? e->at.beg : at.beg, end = e->at.end < at.end ? e->at.end : at.end;
	bool here = e->at.beg >= at.beg && (e->at.beg < at.end || last);
	b->stale = true;
	b->n -= end > beg ? end - beg : 0;
	b->n += here ? (uint32_t)e->after.n : 0;
}

void repair_scan_edited(struct repair_scan *r, const struct edits *edits)
{
	uint32_t beg = 0;
	size_t first = 0; /* edit that is not wholly before the block */
	for (size_t i = 0; i < r->blocks.n; i++) {
		struct range at = { beg, beg + r->blocks.v[i].n };
		while (first < edits->n && edits->v[first].at.end + LOOK < at.beg)
			first++;
		for (size_t k = first; k < edits->n && edits->v[k].at.beg <= at.end + LOOK; k++)
			if (!edit_is_reading(&edits->v[k]))
				touch(&r->blocks.v[i], at, &edits->v[k], i + 1 == r->blocks.n);
		beg = at.end;
	}
}

void repair_rescan(struct repair_scan *r, span s, struct arena *a)
{
	struct scan_blocks old = r->blocks;
	struct scan c = { 0 };
	uint32_t beg = 0;
	r->blocks = (struct scan_blocks){ 0 };
	for (size_t i = 0; i < old.n;) {
		uint32_t end = beg;
		for (; i < old.n && old.v[i].stale; i++)
			end += old.v[i].n;
		if (end > beg)
			scan_lines(&c, s, (struct range){ beg, end }, &r->blocks, a);
		beg = end;
		for (; i < old.n && !old.v[i].stale; i++) {
			*PUSH(a, &r->blocks) = old.v[i];
			beg += old.v[i].n;
		}
	}
	sum_up(r, s.n);
}
