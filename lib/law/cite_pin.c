/* cite_pin: pages, footnotes and paragraphs within what is cited. */
#include "law/cite_private.h"

/* number = digit { digit | "," 3 digits } [ letter ] */
static size_t number(span t, size_t i)
{
	size_t end = digits(t, i);
	/* A page has no more than seven figures. */
	if (end == i || end > i + 7)
		return 0;
	while (at(t, end) == ',' && digits(t, end + 1) == end + 4)
		end += 4;
	if (is_alpha((char)at(t, end)) && !is_alnum((char)at(t, end + 1)))
		end++;
	return is_alpha((char)at(t, end)) ? 0 : end;
}

/* note = ("n." | "nn." | "fn." | "note" | "notes") number { ("-" | "," | "&") number } */
static size_t note(span t, size_t i)
{
	static const char *const words[] = { "nn.", "n.", "nn", "n", "fn.", "fns.", "fn", "notes", "note", 0 };
	size_t k = 0, end = 0;
	for (char first = to_lower((char)at(t, i)); (first == 'n' || first == 'f') && words[k] && !end; k++) {
		size_t len = strlen(words[k]);
		/* "n.4" and "n4" are as good as "n. 4". */
		if (span_case_starts(span_sub(t, i, t.n), (span){ words[k], len }))
			end = number(t, blanks(t, i + len));
	}
	while (end) {
		size_t next = dash(t, end);
		next = next ? next : at(t, end) == '&' ? end + 1 : 0;
		next = next ? number(t, blanks(t, next)) : 0;
		if (!next)
			break;
		end = next;
	}
	return end;
}

/* page = ["*"] number [ dash ["*"] number ] [ ":" lines ] | ¶ number ... */
static size_t page(span t, size_t i)
{
	size_t mark = paragraph_sign(t, i);
	if (!mark && at(t, i) == 0xC2)
		return 0;
	/* Two signs at most: "**4" are star pages of a second series. */
	i = mark ? blanks(t, mark) : i;
	i += at(t, i) == '*';
	i = i + (at(t, i) == '*');
	size_t end = number(t, i), more;
	if (!end)
		return mark ? 0 : roman(t, i, &(unsigned){ 0 });
	if (at(t, end) == ':' && is_digit((char)at(t, end + 1)))
		end = digits(t, end + 1);
	/* The second half of a range, "153-54", with blanks around the dash where lines were joined. */
	more = dash(t, end);
	if (!more)
		more = dash(t, blanks(t, end));
	if (more) {
		more = blanks(t, more);
		more += at(t, more) == '*';
		more = number(t, more);
	}
	if (more && at(t, more) == ':' && is_digit((char)at(t, more + 1)))
		more = digits(t, more + 1);
	return more ? more : end;
}

/* pin = (note | page) [","] [note]: "n.4", "*4", "¶ 12", "153 n.4". The pin is as printed. */
size_t pin_read(span t, size_t i, span *pin)
{
	size_t beg = i, end = 0, one;
	*pin = (span){ 0 };
	if (!is_digit((char)at(t, i)) && at(t, i) != '*' && !paragraph_sign(t, i))
		end = note(t, i);
	else
		end = page(t, i);
	if (!end)
		return 0;
	one = note(t, blanks(t, end + (at(t, end) == ',')));
	if (one)
		end = one;
	*pin = span_sub(t, beg, end);
	return end;
}

/* number name (number | "_" | "at" | sign): whether a citation may begin here, so that a list of pins stops before the next one:
 * "410 U.S. 113, 93 S. Ct. 705". */
bool citation_at(const struct scan *s, size_t i)
{
	struct hit hits[HITS_MAX];
	size_t end = digits(s->t, i);
	if (end == i || end > i + 4)
		return false;
	if (at(s->t, end) == '-' && is_upper((char)at(s->t, end + 1)) && year_of(span_sub(s->t, i, end)))
		return true; /* 2017-Ohio-5699 */
	size_t name = blanks(s->t, end);
	unsigned n = trie_hits(s->t, name, s->query, hits);
	for (unsigned k = 0; k < n; k++) {
		if (hits[k].end < name + 2 && name == end)
			continue; /* 9A.32.030 */
		size_t page_at = blanks(s->t, hits[k].end);
		page_at += at(s->t, page_at) == '.' || at(s->t, page_at) == ',';
		page_at = blanks(s->t, page_at);
		if (is_digit((char)at(s->t, page_at)) || at(s->t, page_at) == '_' || word_here(s->t, page_at, "at") ||
		    at(s->t, page_at) == 0xC2)
			return true;
	}
	return false;
}

/* [","] ["at"] ["p." | "pp." | "page"] pin { "," pin } */
size_t pin_after(const struct scan *s, size_t i, span *pin)
{
	static const char *const pages[] = { "pp.", "p.", "pages", "page", "pgs.", "pg.", 0 };
	span t = s->t, one;
	size_t k = blanks(t, i), end = 0, beg = 0;
	*pin = (span){ 0 };
	for (;;) {
		bool comma = at(t, k) == ',';
		k = blanks(t, k + comma);
		size_t after_at = word_here(t, k, "at");
		k = after_at ? blanks(t, after_at) : k;
		size_t word = any_word(t, k, pages, 0);
		k = word ? blanks(t, word) : k;
		/* A pin needs something in front, or a sign of its own: a bare number after a citation is the next word of the sentence. */
		if (!comma && !after_at && !word && !paragraph_sign(t, k) && at(t, k) != '*' &&
		    !((at(t, k) == 'n' || at(t, k) == 'f') && note(t, k)))
			break;
		size_t next = pin_read(t, k, &one);
		if (!next || (is_digit((char)at(t, k)) && !after_at && citation_at(s, k)))
			break;
		beg = beg ? beg : k;
		end = next;
		k = blanks(t, end);
		if (at(t, k) != ',' && at(t, k) != '&' && !word_here(t, k, "and"))
			break;
		/* After "and" only one more, and no loop: what follows in a list may be anything. */
		size_t joined = word_here(t, k, "and");
		if (at(t, k) == '&' || joined) {
			k = blanks(t, joined ? joined : k + 1);
			next = is_digit((char)at(t, k)) && !citation_at(s, k) ? pin_read(t, k, &one) : note(t, k);
			end = next ? next : end;
			break;
		}
	}
	if (end)
		*pin = span_sub(t, beg, end);
	return end;
}
