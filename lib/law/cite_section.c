/* cite_section: section numbers, subdivisions, lists and ranges of them. */
#include "law/cite_private.h"

/* "[a]", "[2]" as New York's courts and some older codes print them. */
static size_t bracket(span t, size_t i, span *inner)
{
	/* One letter or up to three figures. */
	size_t k = i + 1, end = digits(t, k);
	if (at(t, i) != '[')
		return 0;
	end = end == k && is_alpha((char)at(t, k)) ? k + 1 : end;
	*inner = span_sub(t, k, end);
	return end > k && end < k + 4 && at(t, end) == ']' ? end + 1 : 0;
}

/* label = "(" 1 to 3 digits [letter] | letter | doubled letters | roman ")" */
static size_t label(span t, size_t i, span *inner)
{
	size_t k = i + 1, letters = 0, figures = 0, dashes = 0;
	if (at(t, i) != '(')
		return bracket(t, i, inner);
	/* Texas administrative law has "(-a-)". */
	k += at(t, k) == '-';
	for (; k < t.n && k < i + 9 && t.p[k] != ')'; k++) {
		char c = t.p[k];
		if (!is_alnum(c) && c != '-' && c != '.')
			return 0;
		letters += is_alpha(c);
		figures += is_digit(c);
		dashes += c == '-' || c == '.';
	}
	*inner = span_sub(t, i + 1, k);
	/* At most three figures, and letters after figures at most two: "(2019)" is a year, "(12bis)" no label. */
	if (at(t, k) != ')' || !inner->n || figures > 3 || (figures && letters > 2))
		return 0;
	/* Several letters: doubled, "(aa)", or roman, "(iii)"; anything else is a word in brackets. */
	if (letters > 1 && !figures && !dashes) {
		unsigned v;
		bool doubled = true;
		for (size_t j = 1; j < inner->n; j++)
			doubled &= inner->p[j] == inner->p[0];
		if (!doubled && roman(t, i + 1, &v) != k)
			return 0;
	}
	return k + 1;
}

/* subs = { label }, up to twelve; blanks of three bytes at most before one. */
size_t subdivisions_read(struct scan *s, size_t i, struct spans *subs)
{
	span t = s->t, inner;
	for (unsigned n = 0; n < 12; n++) {
		size_t k = i, end = label(t, k, &inner);
		if (!end && (k = blanks(t, i)) > i && k < i + 4)
			end = label(t, k, &inner);
		/* "(a)" that stands apart and is followed by a word begins a list of the text's own. */
		if (end && k > i && (n == 0 || inner.n > 2) && is_space((char)at(t, end)) && is_alpha((char)at(t, blanks(t, end))))
			end = 0;
		if (!end)
			return i;
		*PUSH(s->a, subs) = inner;
		i = end;
	}
	return i;
}

/* { [","] ("subd." | "paragraph" | ...) label }: "§ 1238, subd. (a)(8)", "§ 609.02, subd. 5(a)". Past them; i when there
 * are none, or when "of" follows: they are then another section's. */
size_t subdivisions_named(struct scan *s, size_t i, struct spans *subs)
{
	span t = s->t;
	size_t had = subs->n;
	for (unsigned n = 0; n < 3; n++) {
		size_t k = blanks(t, i), word, end;
		k = at(t, k) == ',' ? blanks(t, k + 1) : k;
		word = part_word(t, k);
		word = word ? word : n || at(t, k) == 'p' ? word_here(t, k, "par.") : 0;
		k = word ? blanks(t, word) : 0;
		if (!k)
			break;
		end = digits(t, k);
		if (end == k && is_alpha((char)at(t, k)) && !is_alnum((char)at(t, k + 1)))
			end = k + 1;
		if (end > k && end < k + 4 && (!is_alpha((char)at(t, end)) || !is_alnum((char)at(t, end + 1)))) {
			end += is_lower((char)at(t, end));
			*PUSH(s->a, subs) = span_sub(t, k, end);
			end = subdivisions_read(s, end, subs);
		} else {
			end = subdivisions_read(s, k, subs);
		}
		if (end <= k)
			break;
		/* "§ 5, paragraph (a) of subsection 1": what was read with this word is another section's. */
		if (word_here(t, blanks(t, end), "of")) {
			subs->n = had;
			return i;
		}
		i = end;
		had = subs->n;
	}
	return i;
}

/* Small words that stripped spaces leave glued to a number: "210.152and610.021". */
static size_t glued_word(span t, size_t i, size_t n)
{
	static const char *const words[] = { "and", "or", "to", "of", "note", "et", "as", "in", "is", "the", "for", "at", "shall", "through" };
	for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
		span w = span_of(words[k]);
		if (w.n <= n && span_eq(span_sub(t, i, i + w.n), w))
			return w.n;
	}
	return 0;
}

/* "st", "nd", "rd", "th": what precedes is an ordinal, no section. */
static bool ordinal_ending(span t, size_t i, size_t end)
{
	span w = span_sub(t, i, end);
	return span_eq(w, SPAN("st")) || span_eq(w, SPAN("nd")) || span_eq(w, SPAN("rd")) || span_eq(w, SPAN("th"));
}

/* number = [letters] digit { letter run | sep (digit | short letter run) } ; its end, 0 */
size_t number_end(span t, size_t i)
{
	size_t k = i;
	/* Joints that are dashes, counted: a number may be wrapped at its first only. */
	unsigned joints = 0;
	while (k < i + 2 && is_upper((char)at(t, k)))
		k++;
	k += k > i && at(t, k) == '-';
	if (!is_digit((char)at(t, k)))
		return 0;
	while (k < t.n && k < i + 40) {
		size_t run = k, sep;
		if (is_digit(t.p[k])) {
			k++;
			continue;
		}
		if (at(t, k) == 0xC2 && at(t, k + 1) >= 0xBC && at(t, k + 1) <= 0xBE) { /* 13B½ */
			k += 2;
			break;
		}
		while (is_alpha((char)at(t, run)) && run < k + 6)
			run++;
		if (run > k) {
			if (ordinal_ending(t, k, run))
				return 0;
			/* "5The": a word's capital and small letter after a number. */
			bool camel = run > k + 1 && is_upper(t.p[k]) && is_lower(t.p[k + 1]);
			if (run - k > 4 || camel || (run - k > 1 && is_lower(t.p[k]) && glued_word(t, k, run - k)))
				break;
			k = run;
			continue;
		}
		sep = t.p[k] == '.' || t.p[k] == ':' || t.p[k] == '/' ? k + 1 : dash(t, k);
		if (!sep && t.p[k] == ',' && joints == 1 && digits(t, k + 1) == k + 4 && is_digit(t.p[k - 1])) {
			k += 4; /* Nebraska's 60-6,197.03 */
			continue;
		}
		if (!sep)
			break;
		bool dotted = span_find_byte(span_sub(t, i, k), '.', 0) < k - i;
		if (dash(t, k) && joints && !dotted && at(t, sep) == '.' && is_digit((char)at(t, sep + 1)))
			sep++; /* rule 660-5-34-.02 */
		/* "29-" at a line's end goes on in the next. */
		if (at(t, sep) == '\n' && dash(t, k) && is_digit((char)at(t, blanks(t, sep))) && !joints++)
			sep = blanks(t, sep);
		joints += dash(t, k) != 0;
		run = sep;
		while (is_alpha((char)at(t, run)) && run < sep + 5)
			run++;
		/* After a joint a digit, or, after a period, a capital with a digit: "1.A5". */
		if (is_digit((char)at(t, sep)) || (t.p[k] == '.' && is_upper((char)at(t, sep)) && is_digit((char)at(t, sep + 1))))
			k = sep;
		else if (run > sep && run < sep + 4 && t.p[k] != '.' && t.p[k] != '/' && !glued_word(t, sep, run - sep) &&
			 !is_alpha((char)at(t, run)))
			k = run;
		else
			break;
	}
	return k;
}

/* What may follow a section: "note", "app.", "et seq.". */
static size_t item_tail(span t, size_t i, struct item *it)
{
	static const char *const seq[] = { "et seq.", "et seq", "et. seq.", "ff.", 0 };
	static const char *const notes[] = { "note", "notes", "nt.", 0 };
	size_t k = blanks(t, i), end;
	if (at(t, k) == ',')
		k = blanks(t, k + 1);
	if ((end = any_word(t, k, seq, 0)))
		return end;
	/* A comma before "note" begins something else, but not before "et seq.". */
	if (at(t, blanks(t, i)) == ',')
		return i;
	end = any_word(t, k, notes, 0);
	if (!end && at(t, k) == '(' && word_here(t, k + 1, "note") && at(t, word_here(t, k + 1, "note")) == ')')
		end = word_here(t, k + 1, "note") + 1;
	it->note = end != 0;
	return end ? end : i;
}

/* "610.100-.150": the second number without its chapter. */
static size_t range_short(struct scan *s, size_t to, span number, span *last)
{
	size_t dot = span_find_byte(number, '.', 0), end = at(s->t, to) == '.' ? digits(s->t, to + 1) : 0;
	if (end < to + 2 || dot == number.n || is_alnum((char)at(s->t, end)))
		return 0;
	*last = arena_printf(s->a, "%.*s%.*s", SPAN_ARG(span_sub(number, 0, dot)), SPAN_ARG(span_sub(s->t, to, end)));
	return end;
}

/* "16-114-201 to -213", "29-26-121, -122", "9.94A.525, .535": the last joint of the number before is replaced. */
static size_t tail_joint(struct scan *s, size_t i, span number, span *full)
{
	size_t len = dash(s->t, i), joint = number.n, end;
	char c = len ? '-' : at(s->t, i) == '.' ? '.' : 0;
	len = len ? len - i : 1;
	end = c && is_digit((char)at(s->t, i + len)) ? number_end(s->t, i + len) : 0;
	while (joint && number.p[joint - 1] != c)
		joint--;
	if (!end || joint < 2 || (i && is_alnum(s->t.p[i - 1])))
		return 0;
	*full = arena_printf(s->a, "%.*s%.*s", SPAN_ARG(span_sub(number, 0, joint)), SPAN_ARG(span_sub(s->t, i + len, end)));
	return end;
}

/* "491:8-a, III(b)": New Hampshire's paragraphs have Roman numbers. */
static size_t roman_paragraph(struct scan *s, size_t i, struct item *it)
{
	span t = s->t;
	size_t k = at(t, i) == ',' ? blanks(t, i + 1) : 0, end;
	unsigned value;
	end = k && is_upper((char)at(t, k)) && span_find_byte(it->number, ':', 0) < it->number.n ? roman(t, k, &value) : 0;
	if (!end || value > 40)
		return i;
	if (dash(t, end) && is_lower((char)at(t, dash(t, end))) && !is_alnum((char)at(t, dash(t, end) + 1)))
		end = dash(t, end) + 1; /* "IV-a" */
	*PUSH(s->a, &it->subs) = span_sub(t, k, end);
	return subdivisions_read(s, end, &it->subs);
}

/* item = number { "(" label ")" } [ "-(" label ")" ] [ ("to" | "through" | dash) number ] */
static size_t item_read(struct scan *s, size_t i, bool plural, struct item *it)
{
	span t = s->t;
	size_t end = number_end(t, i), next;
	*it = (struct item){ 0 };
	if (!end)
		return 0;
	it->number = span_sub(t, i, end);
	next = subdivisions_read(s, end, &it->subs);
	/* Treasury's own: § 1.411(a)(13)-1. */
	if (next > end && at(t, next) == '-' && is_digit((char)at(t, next + 1)) &&
	    span_find_byte(it->number, '.', 0) < it->number.n) {
		end = number_end(t, next + 1);
		end = end ? end : next;
		it->number = span_sub(t, i, end);
		it->subs = (struct spans){ 0 };
		next = subdivisions_read(s, end, &it->subs);
	}
	next = roman_paragraph(s, next, it);
	end = subdivisions_named(s, next, &it->subs);
	next = dash(t, end);
	/* "§ 5(a)-(c)": the second half of a range of labels is passed over. */
	struct spans ignored = { 0 };
	if (next && at(t, next) == '(' && subdivisions_read(s, next, &ignored) > next)
		end = subdivisions_read(s, next, &ignored);
	size_t to = word_here(t, blanks(t, end), "to");
	to = to ? to : word_here(t, blanks(t, end), "through");
	to = to ? to : word_here(t, blanks(t, end), "thru");
	to = to ? to : dash(t, blanks(t, end));
	size_t joint = to ? tail_joint(s, blanks(t, to), it->number, &it->to) : 0;
	if (joint && blanks(t, to) > to) {
		end = subdivisions_read(s, joint, &ignored);
	} else if (to && plural) {
		/* Only after a plural sign: "section 5 to 7 persons". */
		bool again;
		to = blanks(t, to);
		size_t mark = sign(t, to, &again), last;
		to = mark ? blanks(t, mark) : to;
		if ((last = number_end(t, to)) && !citation_at(s, to)) {
			it->to = span_sub(t, to, last);
			end = subdivisions_read(s, last, &ignored);
		} else if ((last = range_short(s, to, it->number, &it->to))) {
			end = last;
		}
	}
	end = item_tail(t, end, it);
	it->at = (struct range){ (uint32_t)i, (uint32_t)end };
	return end;
}

/* After an item: where the next begins, 0 when the list ends. */
static size_t list_next(const struct scan *s, size_t i, bool plural)
{
	span t = s->t;
	size_t k = blanks(t, i), word = 0, close;
	bool comma, amp, more;
	/* A remark in brackets between two of a list: "§§ 5 (repealed), 6". */
	if (plural && at(t, k) == '(' && (close = close_paren(t, k, 200)) &&
	    (at(t, close) == ',' || at(t, close) == ';' || word_here(t, blanks(t, close), "and")))
		k = blanks(t, close);
	comma = at(t, k) == ',' || at(t, k) == ';';
	k = blanks(t, k + comma);
	amp = at(t, k) == '&' && !span_starts(span_sub(t, k, t.n), SPAN("&sect"));
	word = word_here(t, k, "and");
	word = word ? word : word_here(t, k, "or");
	/* "210.152and610.021" */
	if (!word && span_starts(span_sub(t, k, t.n), SPAN("and")) && is_digit((char)at(t, k + 3)))
		word = k + 3;
	if (!comma && !amp && !word)
		return 0;
	/* A singular sign has one section, but for "§ 5 & 6". */
	if (!plural && !amp)
		return 0;
	k = blanks(t, amp ? k + 1 : word ? word : k);
	size_t mark = sign(t, k, &more);
	if (mark)
		k = blanks(t, mark);
	/* A number that a reporter follows is a volume: "§ 5, 410 U.S. 113". */
	if (!is_digit((char)at(t, k)) || (!mark && citation_at(s, k)))
		return 0;
	/* "and 12 other" is no section. */
	size_t end = digits(t, k), w = blanks(t, end);
	if (word && !mark && w > end && (word_here(t, w, "other") || word_here(t, w, "others") || word_here(t, w, "days")))
		return 0;
	return k;
}

/* Past [","] ["and" | "or" | "&"] before another item; i when there is neither. */
static size_t joiner(span t, size_t i)
{
	size_t k = blanks(t, i), word;
	bool comma = at(t, k) == ',' || at(t, k) == ';';
	k = blanks(t, k + comma);
	word = word_here(t, k, "and");
	word = word ? word : word_here(t, k, "or");
	word = word ? word : at(t, k) == '&' && at(t, k + 1) == ' ' ? k + 1 : 0;
	return word ? blanks(t, word) : comma ? k : i;
}

/* "section 610.100, 610.105, or 610.120": after a singular sign only numbers of
 * the same make go on, with a period and the same chapter or three places. */
static size_t list_next_alike(const struct scan *s, size_t end, const struct item *before)
{
	span number = before->number;
	size_t next = list_next(s, end, true), dot = span_find_byte(number, '.', 0);
	/* "12(b)(6), 26(f)": a number and labels after a number and labels. */
	if (next && before->subs.n && dot == number.n && number.n < 5 && joiner(s->t, end) == next && at(s->t, blanks(s->t, end)) != ';' &&
	    at(s->t, number_end(s->t, next)) == '(')
		return next;
	if (!next || dot == number.n)
		return 0;
	span other = span_sub(s->t, next, number_end(s->t, next));
	size_t other_dot = span_find_byte(other, '.', 0);
	if (other_dot == other.n)
		return 0;
	bool chapter = span_eq(span_sub(number, 0, dot), span_sub(other, 0, other_dot));
	return chapter || (number.n - dot > 3 && other.n - other_dot > 3) ? next : 0;
}

/* 1: digits; 2: capitals; 3: small letters. */
static int label_class(span label)
{
	return is_digit((char)at(label, 0)) ? 1 : is_upper((char)at(label, 0)) ? 2 : 3;
}

/* "(a)(1)(D), (E) and (2)(A)": the same section again; the first label takes the place of the last of its make before. What
 * follows must end the item, or "(2) conspired to" of a list in the text would be taken for one. */
static size_t sub_item(struct scan *s, size_t end, const struct item *before, struct item *it)
{
	static const char *const ends[] = { "of", "and", "or", "to", "through", 0 };
	span t = s->t;
	size_t i = joiner(t, end), next, keep;
	*it = (struct item){ 0 };
	if (i == end || at(t, i) != '(' || !before->subs.n)
		return 0;
	next = subdivisions_read(s, i, &it->subs);
	size_t after = blanks(t, next);
	bool named = is_upper((char)at(t, after)) && at(t, after + 1) == '.'; /* "(h)(1) or (j)(2) F.R.Civ.P." */
	if (next == i || (!named && at(t, after) && !strchr(".,;:)]\"", (char)at(t, after)) && !any_word(t, after, ends, 0) && at(t, after) < 0x80))
		return 0;
	for (keep = before->subs.n; keep && label_class(before->subs.v[keep - 1]) != label_class(it->subs.v[0]);)
		keep--;
	if (!keep)
		return 0;
	struct spans all = { 0 };
	for (size_t k = 0; k + 1 < keep; k++)
		*PUSH(s->a, &all) = before->subs.v[k];
	for (size_t k = 0; k < it->subs.n; k++)
		*PUSH(s->a, &all) = it->subs.v[k];
	it->subs = all;
	it->number = before->number;
	it->at = (struct range){ (uint32_t)i, (uint32_t)next };
	return next;
}

/* ", -122(b)", ", .535(3)" after 29-26-121 and 9.94A.525. */
static size_t joint_item(struct scan *s, size_t end, const struct item *before, struct item *it)
{
	size_t i = joiner(s->t, end), next;
	*it = (struct item){ 0 };
	next = i > end ? tail_joint(s, i, before->number, &it->number) : 0;
	if (!next)
		return 0;
	next = subdivisions_read(s, next, &it->subs);
	it->at = (struct range){ (uint32_t)i, (uint32_t)next };
	return next;
}

/* items = item { (labels | joint | item) }: labels alone are of the section before, a joint alone is the end of its number, else another number.
 * Each list is bounded by LIST_MAX. */
size_t sections_read(struct scan *s, size_t i, bool plural, struct items *out)
{
	size_t end = item_read(s, i, plural, &out->v[0]), next;
	for (out->n = end != 0; out->n && out->n < LIST_MAX; out->n++, end = next) {
		struct item *it = &out->v[out->n];
		if ((next = sub_item(s, end, it - 1, it)) || (next = joint_item(s, end, it - 1, it)))
			continue;
		i = list_next(s, end, plural);
		if (!i && !plural)
			i = list_next_alike(s, end, it - 1);
		if (!i || !(next = item_read(s, i, plural, it)))
			break;
	}
	return end;
}

/* A row for any state is the present state's. */
static uint8_t row_state(const struct scan *s, const struct code_row *row)
{
	return row->state == STATE_ANY ? s->state : row->state;
}

/* Of parts: with a joint of any kind, or a byte beyond ASCII, as long dashes are. */
bool number_parted(span number)
{
	for (size_t k = 0; k < number.n; k++)
		if (number.p[k] == '.' || number.p[k] == '-' || number.p[k] == ':' || (unsigned char)number.p[k] >= 0x80)
			return true;
	return false;
}

/* Remembers the code for sections that come bare: rules apart from laws, and of laws statutes and regulations apart, as their numbers differ. */
void code_note(struct scan *s, const struct code_row *row, span title, span number)
{
	if (row->kind == CODE_RULE && !span_eq(row->id, SPAN("ussg"))) {
		s->rules = row;
		s->rules_state = row_state(s, row);
	}
	if (row->kind != CODE_STATUTE && row->kind != CODE_REGULATION && row->kind != CODE_JOURNAL)
		return;
	unsigned k = row->kind == CODE_REGULATION;
	s->last[k].row = row;
	s->last[k].title = title;
	s->last[k].state = row_state(s, row);
	s->last[k].parted = number_parted(number);
}

/* One citation an item. The first begins with the words before the number (beg), the others at their numbers; each may have brackets behind it. A
 * number is remembered with its code (s->sections), and the code itself at the end. */
size_t sections_emit(struct scan *s, size_t beg, const struct code_row *row, span title, struct items *items)
{
	static const enum cite_kind kinds[] = { CITE_STATUTE, CITE_REGULATION, CITE_CONSTITUTION, CITE_RULE, CITE_SESSION_LAW,
						CITE_BILL, CITE_JOURNAL, CITE_REFERENCE };
	for (size_t k = 0; k < items->n; k++) {
		struct item *it = &items->v[k];
		item_split(s, row, it);
		struct cite *c = cite_add(s, row ? kinds[row->kind] : CITE_STATUTE, k ? it->at.beg : beg, it->at.end);
		uint32_t index = (uint32_t)(s->out->n - 1);
		c->section = it->number;
		c->subdivisions = it->subs;
		c->title = title;
		c->year = s->edition;
		if (row) {
			c->code = row->id;
			c->address = address_of_section(row, row_state(s, row), title, it, s->a);
			if (it->to.n) {
				struct item last = { .number = it->to };
				c->last = address_of_section(row, row_state(s, row), title, &last, s->a);
			}
			*map_put(&s->sections, it->number, 0) = index + 1;
		}
		if (k == 0)
			c->signal = signal_before(s->t, beg, s->floor < beg ? s->floor : beg);
		tail_read(s, index);
		if (row && row->kind == CODE_JOURNAL && row->form == FORM_ACT && k == 0)
			treatise_volume(s, index);
	}
	const struct item *last = items->n ? &items->v[items->n - 1] : NULL;
	if (row && last)
		code_note(s, row, title, last->number);
	return last ? last->at.end : 0;
}
