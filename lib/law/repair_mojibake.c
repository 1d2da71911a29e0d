/* UTF-8 that was read as Windows-1252 and encoded again, once or twice: a right quotation
 * mark stands as U+00E2 U+20AC U+2122, a section sign as U+00C2 U+00A7.
 *
 * Exact inversion: every code point goes back to the byte it was read from, and bytes count only when they are
 * one well-formed character. Only those that law is written in are believed (signs of U+2000 and on, Latin letters):
 * any two signs after a letter with an accent make some character of a far script. */
#include "base/utf8.h"
#include "law/repair_private.h"

enum { COMPANY = 2 /* letters that vouch for each other */ };

/* Windows-1252 from 0x80 to 0x9F; its five holes were read as the control of that number, as Latin-1 reads all of them. */
static const uint16_t upper_half[32] = {
	0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
	0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
};

/* The byte that was read as c; 0: none of the upper half. */
static unsigned char byte_of(uint32_t c)
{
	if (c >= 0x80 && c <= 0xFF)
		return (unsigned char)c;
	for (size_t i = 0; i < 32; i++)
		if (upper_half[i] == c)
			return (unsigned char)(0x80 + i);
	return 0;
}

/* A character at byte `i` of the text, after so many inversions; end 0: there is none. */
struct inverted {
	uint32_t c, end;
};

static struct inverted plain(span s, uint32_t i)
{
	unsigned len = 0;
	uint32_t c = i < s.n ? utf8_decode(span_sub(s, i, s.n), &len) : 0;
	return (struct inverted){ c, len ? i + len : 0 };
}

/* One character out of the bytes that characters of `read` stand for. */
static struct inverted invert(span s, uint32_t i, struct inverted (*read)(span s, uint32_t i))
{
	struct inverted none = { 0 }, x = read(s, i);
	char bytes[4];
	unsigned char lead = x.end ? byte_of(x.c) : 0;
	unsigned n = lead >= 0xC2 && lead <= 0xDF ? 2 : lead >= 0xE0 && lead <= 0xEF ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0, len;
	if (!n)
		return none;
	bytes[0] = (char)lead;
	for (unsigned k = 1; k < n; k++) {
		x = read(s, x.end);
		bytes[k] = (char)(x.end ? byte_of(x.c) : 0);
		if (!bytes[k])
			return none;
	}
	uint32_t c = utf8_decode((span){ bytes, n }, &len);
	return len == n ? (struct inverted){ c, x.end } : none;
}

static struct inverted once(span s, uint32_t i) { return invert(s, i, plain); }
static struct inverted twice(span s, uint32_t i) { return invert(s, i, once); }

/* What speaks for an inverted character: SURE, no good text has what stands there; LETTER, it needs company. */
enum trust { NO, LETTER, SURE };
static enum trust trust(span s, uint32_t i, struct inverted x)
{
	/* In good text a word in capitals that ends in such a letter may be followed by a quotation mark or a dash. */
	static const char *const after_word[] = { "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x98", "\xE2\x80\x99", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\xA6", "\xC2\xBB" };
	static const char signs[] = "\xA0\xA2\xA3\xA7\xA9\xAD\xAE\xB0\xB6\xB7\xBC\xBD\xBE"; /* of U+00A0 to U+00BF */
	if ((x.c >= 0x2010 && x.c <= 0x2044) || x.c == 0x20AC || (x.c >= 0x2100 && x.c <= 0x22FF) || (x.c >= 0x2500 && x.c <= 0x27BF) || (x.c >= 0x2000 && x.c <= 0x200F) ||
	    (x.c >= 0xFB00 && x.c <= 0xFB06) || x.c == 0xFEFF)
		return SURE;
	if (x.c < 0xA0 || x.c > 0x17F)
		return NO;
	if (x.c < 0xC0)
		return memchr(signs, (int)x.c, sizeof signs - 1) ? SURE : LETTER;
	bool capital = i > 0 && is_upper(s.p[i - 1]), goes_on = x.end < s.n && is_alpha(s.p[x.end]);
	for (size_t k = 0; capital && !goes_on && k < sizeof after_word / sizeof *after_word; k++)
		if (span_eq(span_sub(s, i + 2, x.end), span_of(after_word[k])))
			return NO;
	return LETTER;
}

/* A right quotation mark whose last byte, a hole of Windows-1252, is lost or U+FFFD: what is left of it ends where? 0: it is none. */
static uint32_t torn_quote(span s, uint32_t i)
{
	span rest = span_sub(s, i, s.n), torn = SPAN("\xC3\xA2\xE2\x82\xAC"), lost = SPAN("\xEF\xBF\xBD");
	if (!span_starts(rest, torn))
		return 0;
	uint32_t end = i + (uint32_t)torn.n;
	return end + (span_starts(span_sub(s, end, s.n), lost) ? (uint32_t)lost.n : 0);
}

struct mojibake {
	span s;
	bool sure, opened;  /* a sure character; an opening quotation mark, which the torn ones close */
	size_t letters;
	struct edits *out;  /* null: only look */
	struct arena *a;
};

static void put(struct mojibake *m, uint32_t beg, uint32_t end, uint32_t c)
{
	char after[4];
	unsigned n = utf8_encode(c, after);
	edit_push(m->out, m->a, "mojibake", (struct range){ beg, end }, .97f)->after = arena_dup(m->a, (span){ after, n });
}

/* What stands at i; returns where to go on. Of two readings the deeper is right: the other leaves mojibake. */
static uint32_t one(struct mojibake *m, uint32_t i)
{
	struct inverted x = twice(m->s, i);
	enum trust t = x.end && trust(m->s, i, x) ? SURE : NO;
	if (!t) {
		x = once(m->s, i);
		t = x.end ? trust(m->s, i, x) : NO;
	}
	uint32_t torn = t ? 0 : torn_quote(m->s, i);
	if (!m->out) {
		m->sure |= t == SURE;
		m->opened |= t == SURE && x.c == 0x201C;
		m->letters += t == LETTER;
	} else if (t) {
		put(m, i, x.end, x.c);
	} else if (torn && m->opened) {
		put(m, i, torn, 0x201D);
	}
	return t ? x.end : i + 1;
}

static void each(struct mojibake *m)
{
	/* All that is believed begins with a letter of U+00C2 to U+00FF. */
	for (uint32_t i = 0; (i = (uint32_t)span_find_byte(m->s, '\xC3', i)) < m->s.n;)
		i = one(m, i);
}

struct edits repair_mojibake(const struct text *t, struct arena *a)
{
	struct edits out = { 0 };
	struct mojibake m = { .s = t->clean, .a = a };
	each(&m);
	if (!m.sure && m.letters < COMPANY)
		return out;
	m.out = &out;
	each(&m);
	return out;
}
