/* cite_name: the parties before a citation, and the signal before them.
 *
 * Read backwards from the volume: the nearest " v. " not beyond the last
 * citation, then the words on its left that a caption may hold. */
#include "law/cite_private.h"

/* Each before those that it ends in. */
#define S(text) { text, sizeof text - 1 }
static const struct signal {
	const char *p;
	size_t n;
} signals[] = {
	S("see also, e.g.,"), S("but see, e.g.,"), S("see, e.g.,"), S("see e.g.,"), S("see also, e. g.,"),
	S("but see, e. g.,"), S("see, e. g.,"), S("see generally"), S("but see also"), S("see also"),
	S("but see"), S("but cf."), S("see"), S("accord"), S("contra"), S("compare"), S("cf."), S("c.f."),
	S("e.g.,"), S("e.g."), S("e. g.,"), S("with"),
};
#undef S

/* The signal that ends at i: its place, or i. */
static size_t signal_back(span t, size_t i, size_t floor, span *signal)
{
	size_t end = blanks_back(t, i, floor);
	*signal = (span){ 0 };
	for (size_t k = 0; k < sizeof signals / sizeof *signals && end > floor; k++) {
		size_t n = signals[k].n, e = end;
		const char *word = signals[k].p;
		if (to_lower(t.p[e - 1]) != word[n - 1] && t.p[e - 1] != ',')
			continue;
		if (word[n - 1] != ',' && e > floor && at(t, e - 1) == ',')
			e--;
		if (e < floor + n || !span_case_eq(span_sub(t, e - n, e), (span){ word, n }))
			continue;
		if (e > n && is_alnum(t.p[e - n - 1]))
			continue;
		*signal = (span){ word, n - (word[n - 1] == ',') };
		return e - n;
	}
	return i;
}

/* "see also" before a citation without a name, or before the name: the words as in the table, in small letters. */
span signal_before(span t, size_t beg, size_t floor)
{
	span s;
	signal_back(t, beg, floor, &s);
	return s;
}

/* Where the word that ends at i begins. */
static size_t word_back(span t, size_t i, size_t floor)
{
	while (i > floor && !is_space(t.p[i - 1]) && !strchr("([;>\"", t.p[i - 1]) &&
	       !(i >= floor + 3 && at(t, i - 3) == 0xE2 && at(t, i - 2) == 0x80 && at(t, i - 1) >= 0x9C))
		i--;
	return i;
}

/* Whether the text holds a tag that ends a paragraph, or lines between paragraphs. */
static bool block_between(span t, size_t beg, size_t end)
{
	unsigned lines = 0;
	for (size_t k = beg; k < end; k++) {
		lines += t.p[k] == '\n';
		if (t.p[k] != '<')
			continue;
		size_t n = k + 1 + (at(t, k + 1) == '/');
		char a = to_lower((char)at(t, n)), b = to_lower((char)at(t, n + 1));
		if ((a == 'p' && !is_alpha(b)) || (a == 'd' && b == 'i') || (a == 'h' && is_digit(b)) || (a == 'b' && b == 'r') ||
		    (a == 'l' && b == 'i') || (a == 't' && (b == 'd' || b == 'r')))
			return true;
	}
	/* Two line ends are a blank line; one is only a wrapped caption. */
	return lines > 1;
}

/* Extends a caption to the left from `end`; its first byte. */
static size_t caption_back(span t, size_t end, size_t floor)
{
	size_t first = end;
	bool comma = false;
	/* Word by word: capitals and figures extend the name; small words ("of", "ex rel.") count only when a capital stands left of them. */
	for (size_t i = blanks_back(t, end, floor); i > floor;) {
		size_t w = word_back(t, i, floor);
		span word = span_sub(t, w, i);
		if (!word.n)
			break;
		char c = word.p[0];
		bool capital = is_upper(c) || is_digit(c) || (unsigned char)c >= 0xC3 || c == '&' || c == '#';
		comma = word.p[word.n - 1] == ',';
		/* A period ends the caption unless its word is an abbreviation: "Inc.", "Corp.". */
		if (first != end && word.p[word.n - 1] == '.' && !abbreviation(word))
			break;
		if (first != end && strchr(":;?!)]", word.p[word.n - 1]))
			break;
		if (first != end && comma && is_lower(c))
			break;
		if (!capital && !small_word(word) && !(comma && small_word(span_sub(word, 0, word.n - 1))))
			break;
		first = capital ? w : first;
		size_t next = blanks_back(t, w, floor);
		if (next == w && w > floor && strchr("([;\"", t.p[w - 1]))
			break;
		/* A blank line or a paragraph's tag ends a caption. */
		if (block_between(t, next, w))
			break;
		i = next;
	}
	return first;
}

/* Drops signals and lead-ins from a caption's left. */
static size_t caption_trim(span t, size_t beg, size_t end)
{
	static const char *const leads[] = { "see also, e.g.,", "see, e.g.,", "see e.g.,", "see also", "see generally", "see", "but see",
		"but cf.", "but", "cf.", "c.f.", "accord", "contra", "compare", "e.g.,", "e.g.", "in", "under", "as in", "and", "citing", "quoting",
		"with", "while", "since", "also", "the", "that", "following", "like", "for", "although", "both", "because", "thus,", "similarly,",
		"unlike", "to", "of", "on", "by", "at", "as", "or", "a", "when", "where", "then", "if", "court in", "relying on", "even", "moreover,",
		"rather,", "indeed,", "however,", "therefore,", "instead,", "likewise,", "accordingly,", "finally,", "first,", "second,", "third,",
		"further,", "furthermore,", "additionally,", "conversely,", "specifically,", "generally,", "nevertheless,", "recently,", "however",
		"therefore", "moreover", "indeed", "see, e. g.,", "see also, e. g.,", "e. g.,", "but see, e.g.,", 0 };
	/* Again from the start after each cut: "But see, e.g., In ..." needs three. */
	for (bool cut = true; cut;) {
		cut = false;
		beg = blanks(t, beg);
		while (beg < end && strchr("*_,;:\"'(", t.p[beg]))
			beg = blanks(t, beg + 1);
		/* The number of a line or a footnote. */
		size_t figures = digits(t, beg), next = blanks(t, figures);
		bool line = beg == 0 || t.p[beg - 1] == '\n';
		if (figures > beg && next > figures && next < end && (next > figures + 1 || at(t, figures) == '\n' || (line && figures < beg + 3))) {
			beg = next;
			cut = true;
		}
		for (int k = 0; leads[k] && !cut; k++) {
			size_t e = word_here(t, beg, leads[k]);
			if (!e || e >= end || word_here(t, beg, "in re") || (leads[k][0] == 't' && word_here(t, beg, "the ")))
				continue;
			e = blanks(t, e + (at(t, e) == ','));
			bool the = span_eq(span_of(leads[k]), SPAN("the"));
			if (e < end && (is_upper((char)at(t, e)) || is_lower((char)at(t, e)) || at(t, e) == '<') && !(the && beg)) {
				beg = e;
				cut = true;
			}
		}
	}
	return beg;
}

/* Before a closing quotation mark or the sign of a trade mark that ends at i; i when there is none. */
static size_t mark_back(span t, size_t i)
{
	unsigned char a = i > 2 ? at(t, i - 3) : 0, b = i > 1 ? at(t, i - 2) : 0, c = i ? at(t, i - 1) : 0;
	if (c == '"' || (b == 0xC2 && c == 0xAE))
		return i - (c == '"' ? 1 : 2);
	if (a == 0xE2 && ((b == 0x84 && (c == 0xA2 || c == 0xA0)) || (b == 0x80 && (c == 0x9D || c == 0x9C))))
		return i - 3;
	return i;
}

/* A star page "*528" before i is no part of a name. */
static size_t star_back(span t, size_t i, size_t floor)
{
	size_t k = i;
	while (k > floor && is_digit(t.p[k - 1]))
		k--;
	return k < i && k > floor && t.p[k - 1] == '*' ? blanks_back(t, k - 1, floor) : i;
}

/* The name without blanks, commas, emphasis marks and closing quotation marks at its ends. */
static span trimmed(span t, size_t beg, size_t end)
{
	beg = blanks(t, beg);
	end = blanks_back(t, end, beg);
	while (end > beg && (strchr(",*_;", t.p[end - 1]) || mark_back(t, end) < end))
		end = blanks_back(t, mark_back(t, end) < end ? mark_back(t, end) : end - 1, beg);
	return span_sub(t, beg, end);
}

/* " v. ", " vs. ", " v " before `end`, not before floor: its place and end. */
static size_t versus(span t, size_t end, size_t floor, size_t *after)
{
	/* Leftwards, so the nearest is found: the one before it is of an earlier caption. */
	for (size_t i = end; i > floor + 1; i--) {
		if (to_lower(t.p[i - 1]) != 'v' || (!is_space(t.p[i - 2]) && t.p[i - 2] != '>'))
			continue;
		size_t k = i + (at(t, i) == 's');
		k += at(t, k) == '.';
		if (is_space((char)at(t, k)) || at(t, k) == '<' || (at(t, k - 1) == '.' && is_upper((char)at(t, k)))) {
			*after = k;
			return i - 1;
		}
		if (word_here(t, i - 1, "versus")) {
			*after = i + 5;
			return i - 1;
		}
	}
	return 0;
}

/* "In re X", "Ex parte X", "Matter of X", "Estate of X" before `end`. */
static size_t procedural(span t, size_t end, size_t floor)
{
	static const char *const heads[] = { "in re", "ex parte", "matter of", "in the matter of", "estate of", "application of",
					     "in the interest of", "petition of", "guardianship of", "adoption of", "succession of", "conservatorship of", "marriage of",
		"custody of", "dependency of", "parentage of", "welfare of", 0 };
	size_t found = 0;
	/* Leftwards, not past the sentence. One caption may have a chain of heads, "In re Estate of Doe": the leftmost that no other
	 * capital word parts from the last is taken. */
	for (size_t i = end; i > floor; i--) {
		char c = t.p[i - 1];
		if (c == ';' || (c == '.' && i + 1 < end && is_space((char)at(t, i)) && !abbreviation(span_sub(t, word_back(t, i, floor), i))))
			break;
		if (!is_upper(c) || !starts_word(t, i - 1))
			continue;
		if (any_word(t, i - 1, heads, 0))
			found = i;
		else if (found)
			break;
	}
	return found;
}

/* A name begins neither before the last citation's end nor more than NAME_MAX_BYTES before its own. */
static uint32_t name_floor(const struct scan *s, uint32_t index)
{
	uint32_t beg = s->out->v[index].at.beg;
	uint32_t floor = beg > NAME_MAX_BYTES ? beg - NAME_MAX_BYTES : 0;
	return floor > s->floor ? floor : s->floor;
}

/* One key of the names. Two cases of one name make it say nothing, unless they are reports of one. */
static void key_note(struct scan *s, span key, uint32_t index)
{
	const struct cite *c = &s->out->v[index];
	uint32_t *seen = map_put(&s->parties, key, 0);
	if (*seen && c->parallel == CITE_NONE) {
		const struct cite *o = &s->out->v[(*seen & PARTY_INDEX) - 1];
		bool other = !span_eq(o->address, c->address) && o->parallel == CITE_NONE && !c->history.n;
		if (other && o->parent == c->parent) {
			*seen = (index + 1) | PARTY_TWICE;
			return;
		}
	}
	/* A case within a parenthesis never takes a name away from one in the text itself. */
	if (!*seen || s->out->v[(*seen & PARTY_INDEX) - 1].parent != CITE_NONE || c->parent == CITE_NONE)
		*seen = index + 1;
}

/* The names a case may be called by later: as printed, its first word, its first two when capital, its last word before
 * a comma ("Jane Roe": "Roe"). Names that many cases share are left out. */
static void party_note(struct scan *s, span name, uint32_t index)
{
	span first = { name.p, span_find_byte(name, ' ', 0) }, last = name;
	size_t comma = span_find_byte(name, ',', 0);
	if (!name.n || common_party(name))
		return;
	key_note(s, name, index);
	first.n = first.n && first.p[first.n - 1] == ',' ? first.n - 1 : first.n;
	if (first.n < name.n && !common_party(first))
		key_note(s, first, index);
	/* "Burger King Corp." is called "Burger King". */
	size_t second = first.n < name.n ? span_find_byte(name, ' ', first.n + 1) : name.n;
	if (second < comma && second < name.n && is_upper((char)at(name, first.n + 1)))
		key_note(s, span_sub(name, 0, second), index);
	last.n = comma;
	while (span_find_byte(last, ' ', 0) < last.n)
		last = span_sub(last, span_find_byte(last, ' ', 0) + 1, last.n);
	if (last.n < name.n && !common_party(last) && !span_eq(last, first))
		key_note(s, last, index);
}

/* A name of one to four capital words that a parenthesis gives: "(Romero)", "(hereinafter "Smith I")"; empty when it says anything else. */
static span short_name(span in)
{
	static const char *const leads[] = { "hereinafter", "hereafter", 0 };
	size_t lead = any_word(in, 0, leads, 0), words = 0;
	in = span_trim(span_sub(in, lead, in.n));
	while (in.n && (in.p[0] == '"' || in.p[0] == '\'' || (unsigned char)in.p[0] >= 0x80))
		in = span_sub(in, (unsigned char)in.p[0] >= 0x80 ? 3 : 1, in.n);
	while (in.n && (in.p[in.n - 1] == '"' || in.p[in.n - 1] == '\'' || (unsigned char)in.p[in.n - 1] >= 0x80))
		in.n -= (unsigned char)in.p[in.n - 1] >= 0x80 && in.n > 3 ? 3 : 1;
	if (in.n < 3 || in.n > 40)
		return (span){ 0 };
	for (size_t i = 0; i < in.n; i++) {
		bool first = i == 0 || is_space(in.p[i - 1]);
		words += first;
		if (is_digit(in.p[i]) || strchr(",;.:", in.p[i]) || (first && !is_upper(in.p[i]) && in.p[i] != '&'))
			return (span){ 0 };
	}
	return words < 5 && !common_party(in) && !no_name(in) ? in : (span){ 0 };
}

/* Remembers the parties, for "Roe, 410 U.S. at 155" and "Roe, supra". */
void parties_note(struct scan *s, uint32_t index)
{
	const struct cite *c = &s->out->v[index];
	/* Only full citations: one that points back ("Roe, supra, 410 U.S. 113") gives no new name, unless it is a later history. */
	if (c->kind != CITE_CASE || (c->antecedent != CITE_NONE && !c->history.n))
		return;
	party_note(s, c->defendant, index);
	party_note(s, c->plaintiff, index);
	/* "People v. Superior Court (Romero) (1996) 13 Cal.4th 497", "25 Cal.4th 826, 850 (Aguilar)" */
	span last = c->defendant.n ? c->defendant : c->plaintiff, t = s->t, nick = short_name(c->parenthetical);
	size_t open = last.n ? blanks(t, (size_t)(last.p - t.p) + last.n) : 0, close = open && at(t, open) == '(' ? close_paren(t, open, 44) : 0;
	if (nick.n)
		key_note(s, nick, index);
	nick = close && close <= c->at.beg ? short_name(span_sub(t, open + 1, close - 1)) : (span){ 0 };
	if (nick.n)
		key_note(s, nick, index);
	/* "In re Estate of Doe" is called "Estate of Doe". */
	span name = c->plaintiff;
	if (!c->defendant.n && span_case_starts(name, SPAN("in re ")))
		party_note(s, span_sub(name, 6, name.n), index);
}

/* The first " v. " of a caption read back: the place after it, 0. */
size_t caption_versus(span t, size_t beg, size_t end, size_t *v)
{
	size_t after = 0;
	*v = versus(t, end, beg, &after);
	return *v ? after : 0;
}

/* As in name_read, but with no citation found yet: the caption that ends at `end`, its last byte but commas in *tail. */
size_t caption_before(const struct scan *s, size_t end, size_t *tail)
{
	size_t floor = end > NAME_MAX_BYTES ? end - NAME_MAX_BYTES : 0;
	floor = floor > s->floor ? floor : s->floor < end ? s->floor : end;
	*tail = blanks_back(s->t, end, floor);
	while (*tail > floor && strchr(",*_[", s->t.p[*tail - 1]))
		*tail = blanks_back(s->t, *tail - 1, floor);
	return caption_trim(s->t, caption_back(s->t, *tail, floor), *tail);
}

/* Year in a parenthesis before the citation: "Roe v. Wade (1973) 410 U.S. 113". */
static size_t year_back(span t, size_t end, size_t floor, struct cite *c)
{
	size_t i = blanks_back(t, end, floor);
	if (i > floor && t.p[i - 1] == ',')
		i = blanks_back(t, i - 1, floor);
	if (i < floor + 6 || t.p[i - 1] != ')')
		return end;
	size_t open = i - 1;
	while (open > floor && t.p[open] != '(' && i - open < 40)
		open--;
	/* The year is the last four figures in the bracket, whatever the court before them. */
	uint16_t y = i >= 5 ? year_of(span_sub(t, i - 5, i - 1)) : 0;
	if (t.p[open] != '(' || !y)
		return end;
	/* A year that differs from the one after the pages is of another citation: it is passed over, and not taken. */
	if (!c->year || c->year == y) {
		if (open + 6 < i && !c->court_text.n)
			paren_dates(span_sub(t, open + 1, i - 1), c); /* "(9th Cir. 2014) 731 F.3d 968" */
		c->year = y;
	}
	return open;
}

/* Where a defendant's name ends: before the blanks, number or date of another citation that stands between it
 * and this one: ", 2020-K-0500 (La. ...)", ", --- U.S. ---", " (2022) _ U.S. _", ", 1858", ", No. 5". */
static size_t defendant_end(span t, size_t beg, size_t end, struct cite *c)
{
	for (size_t i = beg + 1; i < end; i++) {
		size_t k = i + 1;
		if (at(t, i) == '(' && is_space((char)at(t, i - 1))) {
			size_t close = close_paren(t, i, 60);
			uint16_t y = close && close > i + 5 ? year_of(span_sub(t, close - 5, close - 1)) : 0;
			c->year = c->year ? c->year : y;
			return i;
		}
		if (at(t, i) != ',')
			continue;
		k = blanks(t, k);
		size_t figures = digits(t, k);
		bool date = figures == k + 4 && figures == end;
		if (date && !c->year)
			c->year = year_of(span_sub(t, k, figures));
		if (k > i + 1 && k < end && (date || dash(t, k) || at(t, k) == '_' || at(t, k) == '*' || (figures > k && at(t, figures) == '-') ||
				(at(t, k) == 'N' && word_here(t, k, "no")) || (at(t, k) == 'N' && word_here(t, k, "nos"))))
			return i;
	}
	return end;
}

/* "States" whose "United" stands before a blank line: a name that a page's layout cut in two. */
static size_t united_back(span t, size_t beg, size_t floor)
{
	size_t k = beg;
	if (!word_here(t, beg, "states"))
		return beg;
	while (k > floor && is_space(t.p[k - 1]))
		k--;
	return k >= floor + 6 && word_here(t, k - 6, "united") && k != beg ? k - 6 : beg;
}

/* "Heath, 509 F.2d 1": a name alone, between the last sentence and a comma. */
static size_t name_alone(span t, size_t tail, size_t end, size_t floor)
{
	if (tail >= end || end <= floor || at(t, end - 1) != ',')
		return tail;
	size_t beg = caption_trim(t, caption_back(t, tail, floor), tail);
	return no_name(span_sub(t, beg, tail)) || !is_upper((char)at(t, beg)) ? tail : beg;
}

/* Four shapes, in this order: a short form's name ("Roe, 410 U.S. at 155"), parties around " v. ", a proceeding ("In re Doe"), a name alone
 * before a comma. The first that fits is taken, full.beg moves to its first byte, and the signal is read before that. */
void name_read(struct scan *s, uint32_t index)
{
	span t = s->t;
	struct cite *c = &s->out->v[index];
	size_t floor = name_floor(s, index), end = year_back(t, c->at.beg, floor, c), after = 0, beg;
	end = blanks_back(t, end, floor);
	end = star_back(t, end, floor);
	size_t tail = end;
	while (tail > floor && strchr(",*_", t.p[tail - 1]))
		tail = blanks_back(t, tail - 1, floor);
	size_t v = versus(t, tail, floor, &after), head;
	/* With a comma the whole caption left of it, without only the word beside it: "the holding of Roe 410 U.S. at 155". */
	if (c->kind == CITE_SHORT_CASE) {
		beg = end > floor && t.p[end - 1] == ',' ? caption_back(t, tail, floor) : word_back(t, tail, floor);
		beg = caption_trim(t, beg, tail);
		span name = trimmed(t, beg, tail);
		if (beg < tail && is_upper((char)at(t, beg)) && (t.p[end - 1] == ',' || (!common_party(name) && !no_name(name))))
			c->plaintiff = name;
		else
			beg = tail;
	/* A semicolon between " v. " and here means that the parties are of an earlier citation in the same string. */
	} else if (v && span_find_byte(span_sub(t, after, tail), ';', 0) == tail - after) {
		beg = united_back(t, caption_trim(t, caption_back(t, v, floor), v), floor);
		c->plaintiff = trimmed(t, beg, v);
		c->defendant = trimmed(t, after, defendant_end(t, blanks(t, after), tail, c));
	} else if ((head = procedural(t, tail, floor))) {
		beg = head - 1;
		c->plaintiff = trimmed(t, beg, defendant_end(t, beg, tail, c));
	} else {
		beg = c->kind == CITE_CASE ? name_alone(t, tail, end, floor) : tail;
		if (beg < tail)
			c->plaintiff = trimmed(t, beg, tail);
	}
	if (c->plaintiff.n || c->defendant.n)
		c->full.beg = (uint32_t)beg;
	c->signal = signal_before(t, c->plaintiff.n || c->defendant.n ? beg : end, floor);
}
