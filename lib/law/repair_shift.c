/* The glyph shift: a font whose codes were read as letters, so that every letter is moved
 * by a constant, round the alphabet ("wkh frxuw") or among all bytes ("7KH\003&RXUW"). Hardly a word
 * of such lines is known; moved back nearly all are. */
#include "law/repair_private.h"

enum { SAMPLE = 1200 };

/* How a byte is moved back: 1 to 25 round the alphabet, or by 26 + k among printable bytes. */
static char moved(char c, int shift)
{
	if (shift < 26) {
		if (is_lower(c))
			return "abcdefghijklmnopqrstuvwxyz"[(c - 'a' + shift) % 26];
		return is_upper(c) ? "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(c - 'A' + shift) % 26] : c;
	}
	int to = (unsigned char)c + (shift - 26);
	return c == '\n' || c == ' ' || (unsigned char)c >= 0x80 || to > 126 ? c : (char)to;
}

/* The second byte of U+0080 to U+00BF: the section sign is moved with the rest. */
static char moved_high(char c, int shift)
{
	int to = (unsigned char)c + (shift - 26);
	return to > 0xBF ? c : (char)to;
}

/* Share of letters in known words of three letters or more, of all letters. */
static float known(span s, int shift, size_t *letters)
{
	size_t good = 0, all = 0, n = 0;
	char w[32];
	for (size_t i = 0; i <= s.n; i++) {
		char c = i < s.n ? moved(s.p[i], shift) : ' ';
		if (is_alpha(c) && n < sizeof w) {
			w[n++] = c;
			continue;
		}
		all += n;
		good += n >= 3 && word_known((span){ w, n }) ? n : 0;
		n = 0;
	}
	*letters = all;
	return all ? (float)good / (float)all : 0;
}

/* How often the commonest letters of English (half of any text) come out of these bytes under a shift. */
static uint32_t common_letters(const uint32_t counts[256], int shift)
{
	static const char common[] = "etaoinsETAOINS";
	uint32_t n = 0;
	for (int c = 1; c < 128; c++)
		n += counts[c] && strchr(common, moved((char)c, shift)) ? counts[c] : 0;
	return n;
}

/* The shift under which s reads as words; 0: none, or it does already. */
static int find_shift(span s)
{
	size_t letters;
	span sample = span_sub(s, 0, SAMPLE);
	if (sample.n < 24 || known(sample, 0, &letters) > .3f)
		return 0;
	uint32_t counts[256] = { 0 };
	for (size_t i = 0; i < sample.n; i++)
		counts[(unsigned char)sample.p[i]]++;
	counts[0] = 0;
	if (common_letters(counts, 0) * 10 > sample.n * 4)
		return 0; /* English as it stands, only without its spaces */
	/* Control bytes stand for spaces and points: then all bytes were moved. */
	bool control = counts[3] || counts[1];
	for (int k = 1; k < 26 + 48; k++) {
		int shift = control ? 26 + 48 - k : k;
		if (shift == 26 || common_letters(counts, shift) * 10 < sample.n * 3)
			continue; /* dear words are looked up only where the letters are as often as in English */
		if (known(sample, shift, &letters) > .7f && letters >= 16 && letters * 2 > sample.n)
			return shift;
	}
	return 0;
}

static void move_line(span s, struct line l, int shift, struct edits *out, struct arena *a)
{
	uint32_t beg = l.beg, end = l.end;
	char *p = arena_raw(a, end - beg + 1, 1);
	for (uint32_t i = beg; i < end; i++)
		p[i - beg] = i > beg && s.p[i - 1] == '\xC2' && shift > 26 ? moved_high(s.p[i], shift) : moved(s.p[i], shift);
	if (end > beg && memcmp(p, s.p + beg, end - beg) != 0)
		edit_push(out, a, "glyph-shift", (struct range){ beg, end }, .95f)->after = (span){ p, end - beg };
}

/* Blocks of lines, each with its own shift; a block whose first lines are clean may hold shifted ones, so
 * blocks are paragraphs. */
struct edits repair_shift(const struct text *t, struct arena *a)
{
	struct edits out = { 0 };
	span s = t->clean;
	int last = 0;
	for (uint32_t at = 0; at < s.n;) {
		uint32_t end = (uint32_t)span_find(s, SPAN("\n\n"), at);
		size_t letters;
		span block = span_sub(s, at, end);
		int shift = find_shift(block);
		if (!shift && last && block.n >= 8 && known(block, 0, &letters) < .2f && known(block, last, &letters) > .6f)
			shift = last; /* a short one among shifted ones */
		for (uint32_t i = at; shift && i < end;) {
			uint32_t eol = (uint32_t)span_find_byte(span_sub(s, 0, end), '\n', i);
			move_line(s, (struct line){ i, eol }, shift, &out, a);
			i = eol + 1;
		}
		last = shift ? shift : last;
		at = end + 2;
	}
	return out;
}
