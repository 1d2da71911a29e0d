#include "law/token.h"

#include <endian.h>
#include "base/hash.h"
#include "base/utf8.h"
#include "law/token_private.h"

/* What a byte can be to a word. */
enum { SEPARATES, WORD, MARK /* ' . , - : may stand inside */, WIDE };
static const uint8_t class[256] = {
	['0'] = WORD, ['1'] = WORD, ['2'] = WORD, ['3'] = WORD, ['4'] = WORD, ['5'] = WORD, ['6'] = WORD,
	['7'] = WORD, ['8'] = WORD, ['9'] = WORD, ['A' ... 'Z'] = WORD, ['a' ... 'z'] = WORD,
	['\''] = MARK, ['.'] = MARK, [','] = MARK, ['-'] = MARK, [0x80 ... 0xFF] = WIDE,
};

#define EACH 0x0101010101010101u /* a byte in each of eight */

struct scan {
	span text;
	const char *low;   /* the text with ASCII letters in lower case */
	struct arena *a;
	struct tokens out;
	size_t chain;      /* index of the first token of the hyphenated word under way, SIZE_MAX: none */
};

/* Eight bytes from s[i] on, in the order of memory on a little-endian machine. */
static inline uint64_t eight(const char *p)
{
	uint64_t v;
	memcpy(&v, p, sizeof v);
	return le64toh(v);
}

enum { PAD = 8 }; /* zeros behind the lowered text: eight bytes may be read from any byte of it */

static char *lowered(span text, struct arena *a)
{
	char *low = arena_raw(a, text.n + PAD, 1);
	size_t i = 0;
	for (; i + 8 <= text.n; i += 8) {
		/* For each byte below 0x80: the high bit of t + (0x80 - 'A') says at least 'A', that of t + (0x7F - 'Z') beyond 'Z'.
		 * Shifted by two it is the bit 0x20 that small letters have. */
		uint64_t v = eight(text.p + i), t = v & EACH * 0x7F;
		uint64_t capital = (t + EACH * (0x80 - 'A')) & ~(t + EACH * (0x7F - 'Z')) & ~v & EACH * 0x80;
		v = htole64(v | capital >> 2);
		memcpy(low + i, &v, sizeof v);
	}
	for (; i < text.n; i++)
		low[i] = to_lower(text.p[i]);
	memset(low + i, 0, PAD);
	return low;
}

/* How many ASCII letters and digits stand at p, eight at a time: the lengths of words defeat a branch for each. */
static inline size_t word_length(const char *low)
{
	for (size_t n = 0;; n += 8) {
		uint64_t v = eight(low + n), t = v & EACH * 0x7F;
		uint64_t letter = (t + EACH * (0x80 - 'a')) & ~(t + EACH * (0x7F - 'z'));
		uint64_t digit = (t + EACH * (0x80 - '0')) & ~(t + EACH * (0x7F - '9'));
		uint64_t other = ~((letter | digit) & ~v) & EACH * 0x80;
		if (other)
			return n + (size_t)__builtin_ctzll(other) / 8;
	}
}

static uint8_t class_at(const struct scan *s, size_t i)
{
	return i < s->text.n ? class[(unsigned char)s->text.p[i]] : SEPARATES;
}

static char at(const struct scan *s, size_t i)
{
	return i < s->text.n ? s->text.p[i] : ' ';
}

/* A capital first; ALLCAPS when no small letter follows and the second is a letter: "IRS", not "A" or "F2". */
static uint8_t case_flags(span word)
{
	if (!is_upper(word.p[0]))
		return 0;
	size_t i = 1;
	while (i < word.n && !is_lower(word.p[i]))
		i++;
	return i == word.n && word.n > 1 && is_alpha(word.p[1]) ? TOKEN_CAPS | TOKEN_ALLCAPS : TOKEN_CAPS;
}

/* pos counts words, from 1. Growing is left to the rare case, since this is called for every word. */
static inline struct token *push(struct scan *s, span term, size_t beg, size_t end)
{
	struct tokens *out = &s->out;
	if (out->n == out->cap)
		out->v = arena_grow(s->a, out->v, &out->cap, sizeof *out->v);
	struct token *t = &out->v[out->n++];
	*t = (struct token){ .term = term.n > TOKEN_MAX_BYTES ? token_cut(term) : term, .beg = (uint32_t)beg, .end = (uint32_t)end, .pos = ++out->words };
	return t;
}

/* "U.S.C." from i on: the end of the letters with a period each, or i. */
static size_t initials(const struct scan *s, size_t i)
{
	size_t k = i, letters = 0;
	for (; is_alpha(at(s, k)) && at(s, k + 1) == '.'; k += 2)
		letters++;
	if (is_alpha(at(s, k)) && class_at(s, k + 1) == SEPARATES && letters) {
		letters++;
		k++;
	}
	return letters >= 2 ? k : i;
}

/* "U.S.C." is the word "usc", so that it is found with periods and without. */
static void push_initials(struct scan *s, size_t beg, size_t end)
{
	char *p = arena_raw(s->a, TOKEN_MAX_BYTES, 1);
	size_t n = 0;
	for (size_t i = beg; i < end && n < TOKEN_MAX_BYTES; i++)
		if (s->text.p[i] != '.')
			p[n++] = s->low[i];
	push(s, (span){ p, n }, beg, end)->flags = case_flags(span_sub(s->text, beg, beg + 1));
}

static size_t digits(const struct scan *s, size_t i)
{
	size_t n = 0;
	while (is_digit(at(s, i + n)))
		n++;
	return n;
}

/* "610.100", "240.10b", "1,000,000.50": the end of the number that the digits
 * up to i begin. */
static size_t number(const struct scan *s, size_t i)
{
	while (at(s, i) == ',' && digits(s, i + 1) == 3)
		i += 4;
	/* After the commas, a period with a digit behind it, and then letters as well: numbers of sections have them. */
	if (at(s, i) != '.' || !is_digit(at(s, i + 1)))
		return i;
	i += 2;
	while (class_at(s, i) == WORD)
		i++;
	return i;
}

/* "1,000" is "1000". */
static void push_number(struct scan *s, size_t beg, size_t end)
{
	char *p = arena_raw(s->a, end - beg, 1);
	size_t n = 0;
	for (size_t i = beg; i < end; i++)
		if (s->text.p[i] != ',')
			p[n++] = s->low[i];
	push(s, (span){ p, n }, beg, end);
}

/* A word with apostrophes, accents or letters of another script. */
static size_t push_wide(struct scan *s, size_t i)
{
	struct wide w = wide_word(s->text, i, s->a);
	if (w.term.n == 0)
		return w.end;
	struct token *t = push(s, w.term, i, w.end);
	t->flags = w.flags;
	/* The form without accents stands at the same position: phrases find either. */
	if (w.plain.n) {
		push(s, w.plain, i, w.end)->flags = TOKEN_JOINED | w.flags;
		s->out.v[s->out.n - 1].pos = --s->out.words;
	}
	return w.end;
}

/* The word at i, which is not a separator; its end, > i. */
static size_t word(struct scan *s, size_t i)
{
	size_t j = i + word_length(s->low + i);
	char stop = at(s, j);
	/* At once to the slow way for what is not plain: accents, other scripts, apostrophes within. */
	if (j == i || (unsigned char)stop >= 0x80 || (stop == '\'' && class_at(s, j + 1) == WORD))
		return push_wide(s, i);
	if (stop == '.' && j == i + 1 && initials(s, i) > i) {
		size_t end = initials(s, i);
		push_initials(s, i, end);
		return end;
	}
	/* Only digits before the mark: "a1.5" is a word and a number. */
	if ((stop == '.' || stop == ',') && is_digit(s->text.p[j - 1]) && number(s, j) > j && digits(s, i) == j - i) {
		size_t end = number(s, j);
		push_number(s, i, end);
		return end;
	}
	push(s, (span){ s->low + i, j - i }, i, j)->flags = case_flags(span_sub(s->text, i, j));
	return j;
}

/* Bytes of a hyphen at i that ties the word before to one after; 0: none. */
static size_t hyphen(const struct scan *s, size_t i)
{
	static const char wide[2][4] = { "\xE2\x80\x90", "\xE2\x80\x91" };
	if (at(s, i) != '-' && (unsigned char)at(s, i) != 0xE2)
		return 0;
	size_t n = at(s, i) == '-' ? 1 : 0;
	for (size_t k = 0; k < 2 && !n; k++)
		n = span_starts(span_sub(s->text, i, s->text.n), (span){ wide[k], 3 }) ? 3 : 0;
	return n && (class_at(s, i + n) == WORD || wide_letter(s->text, i + n)) ? n : 0;
}

/* Puts the joined form of the tokens from `first` on behind the first of them,
 * unless it would be only digits, as in page ranges. */
static void join(struct scan *s, size_t first)
{
	struct token *v = &s->out.v[first];
	size_t n = s->out.n - first, bytes = 0;
	bool letters = false;
	char *p = arena_raw(s->a, TOKEN_MAX_BYTES, 1);
	for (size_t k = 0; k < n; k++) {
		if (v[k].flags & TOKEN_JOINED)
			continue;
		for (size_t i = 0; i < v[k].term.n && bytes < TOKEN_MAX_BYTES; i++) {
			p[bytes++] = v[k].term.p[i];
			letters |= !is_digit(v[k].term.p[i]);
		}
	}
	if (!letters)
		return;
	struct token whole = { .term = token_cut((span){ p, bytes }), .beg = v[0].beg, .end = v[n - 1].end,
			       .pos = v[0].pos, .flags = TOKEN_JOINED | (v[0].flags & TOKEN_CAPS) };
	(void)PUSH(s->a, &s->out);
	v = &s->out.v[first];
	/* The first word may have its form without accents behind it; the joined form goes behind that. */
	size_t to = n > 1 && v[1].flags & TOKEN_JOINED ? 2 : 1;
	memmove(&v[to + 1], &v[to], (n - to) * sizeof *v);
	v[to] = whole;
}

/* After a word that ends at i: carries on, begins or ends a hyphenated one. */
static size_t after_word(struct scan *s, size_t i, size_t first)
{
	/* "non-profit" gives "non", "profit" and, at the place of "non", "nonprofit". At most eight tokens are joined. */
	size_t tie = hyphen(s, i);
	if (tie && s->chain == SIZE_MAX)
		s->chain = first;
	if (tie && s->out.n - s->chain < 8)
		return i + tie;
	if (s->chain != SIZE_MAX)
		join(s, s->chain);
	s->chain = SIZE_MAX;
	return i;
}

struct tokens tokens_of(span text, struct arena *a)
{
	struct scan s = { .text = text, .low = lowered(text, a), .a = a, .chain = SIZE_MAX };
	/* Legal prose has a word every six bytes: room for most at once. */
	s.out.cap = text.n / 6 + 16;
	s.out.v = arena_raw(a, s.out.cap * sizeof *s.out.v, 16);
	for (size_t i = 0; i < text.n;) {
		uint8_t c = class[(unsigned char)text.p[i]];
		if (c != WORD && c != WIDE) {
			i++;
			continue;
		}
		size_t first = s.out.n, end = word(&s, i);
		/* Inside a chain also what is no word is asked, so that the chain ends. */
		i = s.out.n > first || s.chain != SIZE_MAX ? after_word(&s, end, first) : end;
	}
	mark_sentences(text, &s.out);
	return s.out;
}

void tokens_hash(struct tokens *t, struct arena *a)
{
	t->hash = arena_raw(a, (t->n + 1) * sizeof *t->hash, 16);
	for (size_t i = 0; i < t->n; i++)
		t->hash[i] = hash_word(t->v[i].term);
}
