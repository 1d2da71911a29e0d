#include "law/token_private.h"

#include <stdlib.h>
#include <utf8proc.h>
#include "base/utf8.h"

/* What a character beyond ASCII is to a word. */
enum role { ROLE_NONE, ROLE_LETTER, ROLE_DIGIT, ROLE_APOSTROPHE, ROLE_NOTHING };

/* By Unicode's general category: marks that combine belong to letters, letters used as numbers to digits. */
static enum role role_of(uint32_t c)
{
	if (c == 0x2019 || c == 0x2BC || c == 0x2018 || c == '\'')
		return ROLE_APOSTROPHE;
	if (c == 0xAD || c == 0x200B || c == 0x200C || c == 0x200D || c == 0xFEFF)
		return ROLE_NOTHING; /* soft hyphen and zero widths are not seen in print */
	switch (utf8proc_category((utf8proc_int32_t)c)) {
	case UTF8PROC_CATEGORY_LU: case UTF8PROC_CATEGORY_LL: case UTF8PROC_CATEGORY_LT: case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO: case UTF8PROC_CATEGORY_MN: case UTF8PROC_CATEGORY_MC:
		return ROLE_LETTER;
	case UTF8PROC_CATEGORY_ND: case UTF8PROC_CATEGORY_NL:
		return ROLE_DIGIT;
	default:
		return ROLE_NONE;
	}
}

/* Cut before the byte that would begin in the middle of a character. */
span token_cut(span term)
{
	if (term.n <= TOKEN_MAX_BYTES)
		return term;
	size_t n = TOKEN_MAX_BYTES;
	while (n > 0 && ((unsigned char)term.p[n] & 0xC0) == 0x80)
		n--;
	return span_sub(term, 0, n);
}

bool wide_letter(span text, size_t i)
{
	unsigned len;
	if (i >= text.n || (unsigned char)text.p[i] < 0x80)
		return false;
	enum role r = role_of(utf8_decode(span_sub(text, i, text.n), &len));
	return r == ROLE_LETTER || r == ROLE_DIGIT;
}

static bool word_starts(span text, size_t i)
{
	return i < text.n && (is_alnum(text.p[i]) || wide_letter(text, i));
}

/* The word without its apostrophes and unseen characters; room for its first
 * TOKEN_MAX_BYTES characters is enough. */
struct letters {
	char p[TOKEN_MAX_BYTES * 4 + 4];
	size_t n;
	bool wide;         /* has characters beyond ASCII */
	size_t apostrophe; /* letters before the last apostrophe, SIZE_MAX: none */
};

static void letter(struct letters *w, span c)
{
	/* Full: what follows is beyond the longest term in any case. */
	if (w->n + c.n > sizeof w->p)
		return;
	memcpy(w->p + w->n, c.p, c.n);
	w->n += c.n;
	w->wide |= c.n > 1;
}

static size_t gather(span text, size_t i, struct letters *w)
{
	while (i < text.n) {
		unsigned len;
		span c = span_sub(text, i, text.n);
		uint32_t code = utf8_decode(c, &len);
		enum role r = code < 0x80 && code != '\'' ? (is_alnum((char)code) ? ROLE_LETTER : ROLE_NONE) : role_of(code);
		/* An apostrophe belongs to a word only between two of its letters. */
		if (r == ROLE_NONE || (r == ROLE_APOSTROPHE && (w->n == 0 || !word_starts(text, i + len))))
			break;
		if (r == ROLE_APOSTROPHE)
			w->apostrophe = w->n;
		else if (r != ROLE_NOTHING)
			letter(w, span_sub(c, 0, len));
		i += len;
	}
	return i;
}

/* Compatibility forms (ligatures, full width) and case are folded, so that a word is one term however it is printed. */
static span folded(span s, utf8proc_option_t more, struct arena *a)
{
	utf8proc_uint8_t *out = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &out,
					  (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | more));
	span r = n > 0 ? arena_dup(a, token_cut((span){ (const char *)out, (size_t)n })) : (span){ 0 };
	free(out);
	return r;
}

static uint8_t wide_flags(span word)
{
	unsigned len;
	size_t capitals = 0, n = 0;
	bool first = utf8proc_category((utf8proc_int32_t)utf8_decode(word, &len)) == UTF8PROC_CATEGORY_LU;
	for (; word.n; word = span_sub(word, len, word.n), n++)
		capitals += utf8proc_category((utf8proc_int32_t)utf8_decode(word, &len)) == UTF8PROC_CATEGORY_LU;
	return (uint8_t)((first ? TOKEN_CAPS : 0) | (n > 1 && capitals == n ? TOKEN_ALLCAPS : 0));
}

struct wide wide_word(span text, size_t beg, struct arena *a)
{
	struct letters w = { .apostrophe = SIZE_MAX };
	struct wide out = { .end = gather(text, beg, &w) };
	if (out.end == beg) {
		unsigned len;
		utf8_decode(span_sub(text, beg, text.n), &len);
		out.end = beg + len;
	}
	/* "court's" is the word "court"; of "o'clock" only the apostrophe goes. */
	if (w.apostrophe != SIZE_MAX && w.n == w.apostrophe + 1 && to_lower(w.p[w.n - 1]) == 's')
		w.n--;
	if (!w.n)
		return out;
	out.flags = wide_flags((span){ w.p, w.n });
	/* Only an apostrophe made it wide: plain letters are lowered without the library. */
	if (!w.wide) {
		for (size_t i = 0; i < w.n; i++)
			w.p[i] = to_lower(w.p[i]);
		out.term = arena_dup(a, token_cut((span){ w.p, w.n }));
		return out;
	}
	out.term = folded((span){ w.p, w.n }, UTF8PROC_COMPOSE, a);
	/* A letter is stripped of its accents for those who type none; when that changes nothing there is one form. */
	out.plain = folded((span){ w.p, w.n }, (utf8proc_option_t)(UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK), a);
	if (span_eq(out.plain, out.term) || !out.term.n)
		out.plain = (span){ 0 };
	return out;
}
