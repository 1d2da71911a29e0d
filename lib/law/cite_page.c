/* cite_page: what follows a reporter's name: a page, a paragraph, a blank, "at" and a pin. */
#include "law/cite_private.h"

/* The sign of a paragraph, or the "P" that stands for one: "P 50,213"; i when there is none. */
size_t paragraph_mark(span t, size_t i)
{
	size_t mark = paragraph_sign(t, i);
	if (mark)
		return blanks(t, mark);
	mark = at(t, i) == 'P' ? blanks(t, i + 1) : i;
	return is_digit((char)at(t, mark)) ? mark : i;
}

/* page = number [ letter | "-U" | "(U)" | "[U]" ] | roman | "___" */
size_t page_read(span t, size_t i, struct place *p, bool neutral)
{
	size_t end = digits(t, i);
	p->page = (span){ 0 };
	if (at(t, i) == '[' && (at(t, i + 1) == '_' || dash(t, i + 1))) { /* "2024 WL [____]" */
		end = close_paren(t, i, 12);
		p->blank = end != 0;
		return end;
	}
	size_t one = dash(t, i);
	/* A lone long dash is a blank when the date or the end follows. */
	if (one == i + 3 && (at(t, blanks(t, one)) == '(' || at(t, one) == '.' || at(t, one) == ',')) {
		p->blank = true;
		return one;
	}
	if (at(t, i) == '_' || (one && dash(t, one))) {
		while (at(t, end) == '_' || dash(t, end))
			end = at(t, end) == '_' ? end + 1 : dash(t, end);
		p->blank = true;
		return end;
	}
	if (end == i) {
		unsigned v;
		/* Roman pages: only small ones in lower case, as in front matter. */
		return is_lower((char)at(t, i)) && roman(t, i, &v) > i && v < 200 && v && !p->is_short
			? (end = roman(t, i, &v), p->page = span_sub(t, i, end), end) : 0;
	}
	/* "12,345": only figures in threes belong to the page. */
	while (at(t, end) == ',' && digits(t, end + 1) == end + 4 && !is_alnum((char)at(t, end + 4)))
		end += 4;
	/* "177 Ill. 2d": the number of a series that is not the page. */
	if (end == i + 1 && (at(t, end) == 'd' || at(t, end) == 'n' || at(t, end) == 'r') && (at(t, i) == '2' || at(t, i) == '3'))
		return 0;
	/* One letter after the page, "100a", but not a word glued to it. */
	if (is_alpha((char)at(t, end)) && !is_alpha((char)at(t, end + 1)) && !is_digit((char)at(t, end + 1)))
		end++;
	else if (neutral && at(t, end) == '-' && is_upper((char)at(t, end + 1)) && !is_alnum((char)at(t, end + 2)))
		end += 2;
	/* New York's "50123(U)" and "1101(A)". */
	else if ((at(t, end) == '(' || at(t, end) == '[') && (at(t, end + 1) == 'U' || at(t, end + 1) == 'A') &&
		 (at(t, end + 2) == ')' || at(t, end + 2) == ']'))
		end += 3;
	else if (neutral && at(t, end) == 'W' && at(t, end + 1) == 'C')
		end += 2;
	/* A page with letters after it is none: "5th", "12th". */
	else if (is_alpha((char)at(t, end)) && !neutral)
		return 0;
	p->page = span_sub(t, i, end);
	return end;
}

/* "(1 Cranch)", "(Pick.)", "(n.s.)" between a reporter and its page. */
static size_t nominative(span t, size_t i, struct place *p)
{
	struct hit hits[HITS_MAX];
	if (at(t, i) != '(')
		return i;
	size_t close = close_paren(t, i, 40), k = digits(t, i + 1);
	if (!close)
		return i;
	/* A year printed between name and page dates the citation. */
	if (k == i + 5 && (at(t, k) == ')' || at(t, k) == ',') && (p->year = year_of(span_sub(t, i + 1, k))))
		return blanks(t, close);
	/* The name of an early reporter is dropped: "5 U.S. (1 Cranch) 137" has the address of 5 U.S. */
	unsigned n = trie_hits(t, blanks(t, k), false, hits);
	for (unsigned h = 0; h < n; h++)
		if (ENTRY_KIND(hits[h].entry) == ENTRY_SERIES && close - hits[h].end < 4)
			return blanks(t, close);
	bool name = is_upper((char)at(t, i + 1)) || (k > i + 1 && at(t, blanks(t, k)) == '&');
	return name && span_find_byte(span_sub(t, i, close), '.', 0) < close - i ? blanks(t, close) : i;
}

/* after = [","] ["at"] page */
bool place_read(const struct scan *s, size_t end, const struct series *r, struct place *p)
{
	span t = s->t;
	*p = (struct place){ 0 };
	size_t i = blanks(t, end);
	/* The name in the trie has no closing period, and some print an apostrophe: "F. Supp'. 2d". */
	while (at(t, i) == '.' || at(t, i) == '\'')
		i = blanks(t, i + 1);
	i = nominative(t, i, p);
	size_t comma = at(t, i) == ',' ? blanks(t, i + 1) : i;
	size_t at_word = word_here(t, comma, "at");
	/* "at155": the blank was lost. */
	if (!at_word && at(t, comma) == 'a' && at(t, comma + 1) == 't' && is_digit((char)at(t, comma + 2)))
		at_word = comma + 2;
	/* short = "at" ["p." | "pp."] pin { "," pin }. Its first number stands as the page too. */
	if (at_word) {
		static const char *const pages[] = { "pp.", "p.", "pages", "page", 0 };
		size_t k = blanks(t, at_word), word = any_word(t, k, pages, 0);
		k = word ? blanks(t, word) : k;
		p->end = pin_read(t, k, &p->pin);
		p->is_short = true;
		span more;
		size_t next = p->end && at(t, p->end) == ',' ? pin_after(s, p->end, &more) : 0;
		if (next) {
			p->pin = span_sub(t, k, next);
			p->end = next;
		}
		p->page = span_sub(t, k + (at(t, k) == '*'), digits(t, k + (at(t, k) == '*')));
		return p->end != 0;
	}
	/* Services and looseleafs count by paragraph, with or without its sign. */
	if (r->form == FORM_VOLPARA || r->form == FORM_CCH || r->form == FORM_PARA) {
		p->end = page_read(t, paragraph_mark(t, comma), p, false);
		return p->end && !p->blank;
	}
	/* "477 U.S., p. 317", "12 Wall., 45", "20 Fla. L. Weekly D2629" */
	size_t page_word = word_here(t, comma, "p.");
	page_word = page_word ? page_word : word_here(t, comma, "page");
	if (is_upper((char)at(t, comma)) && span_find(r->abbr, SPAN("Weekly"), 0) < r->abbr.n && digits(t, comma + 1) > comma + 2) {
		p->end = digits(t, comma + 1);
		p->page = span_sub(t, comma, p->end);
		return true;
	}
	/* After a comma only a page in figures: anything else begins the next words of the sentence. */
	if (!page_word && comma > i && !is_digit((char)at(t, comma)))
		return false;
	p->end = page_read(t, page_word ? blanks(t, page_word) : comma, p, r->form == FORM_YEAR || r->form == FORM_DASH);
	return p->end != 0;
}
