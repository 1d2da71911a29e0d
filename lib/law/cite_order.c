/* cite_order: laws whose parts stand in another order: numbers before their
 * codes, titles before sections, volumes before authors. */
#include "law/cite_private.h"

/* [","] ["Cum." | "Supp." | "Repl." | "Reissue"] year: an edition after a code's name. */
size_t edition_after(span t, size_t i, uint16_t *year)
{
	static const char *const words[] = { "cum. supp.", "supp.", "repl.", "reissue", "noncum. supp.", "rev.", "comp.", "cum.supp.", 0 };
	size_t k = blanks(t, i), word, end;
	k = at(t, k) == '(' || at(t, k) == ',' ? blanks(t, k + 1) : k;
	word = any_word(t, k, words, 0);
	/* Only a year that stands free: not the first half of "2012-13" nor the number of a section. */
	k = word ? blanks(t, word) : k;
	end = digits(t, k);
	if (end != k + 4 || !year_of(span_sub(t, k, end)) || is_alnum((char)at(t, end)) || at(t, end) == '-')
		return i;
	*year = year_of(span_sub(t, k, end));
	return end;
}

/* 610.100.1(2), RSMo; 19.25.13.27 NMAC: the number, then at once the code, by its abbreviation. */
size_t number_first(struct scan *s, size_t beg)
{
	struct items items;
	struct home h;
	span t = s->t;
	size_t end = number_end(t, beg), name;
	/* Only a number with joints: a plain one may be anything. A dash after four figures, "2012-1234", is that of a docket. */
	if (!end || !number_parted(span_sub(t, beg, end)) || dash(t, beg + 4))
		return 0;
	end = sections_read(s, beg, false, &items);
	name = end ? blanks(t, end) : 0;
	name = name && at(t, name) == ',' ? blanks(t, name + 1) : name;
	/* An abbreviation in capitals, so that "610.100 The ..." costs no look into the trie. */
	if (!end || name == end || !is_upper((char)at(t, name)) || !is_upper((char)at(t, name + 1)))
		return 0;
	home_after(s, end, &h);
	/* A code by its initials, after a number such as it has. */
	bool colon = span_find_byte(items.v[0].number, ':', 0) < items.v[0].number.n;
	if (!h.row || !h.end || h.end > name + 12 || (colon && h.row->state == 0) || (h.row->kind != CODE_STATUTE && h.row->kind != CODE_REGULATION) || h.title.n)
		return 0;
	return emit_at_home(s, beg, &h, &items);
}

/* "Title 21 of the Code of Federal Regulations, part 312": the code between title and section. */
static size_t title_of_code(struct scan *s, size_t beg, size_t i, span title)
{
	struct hit hits[HITS_MAX];
	span t = s->t;
	size_t of = word_here(t, blanks(t, i), "of the"), k = of ? blanks(t, of) : 0, lead = blanks_back(t, beg, 0);
	if (lead > 2 && word_here(t, lead - 2, "of"))
		return 0; /* "section 96.53 of Title 22 of the ...": its section stands before */
	unsigned n = k && is_upper((char)at(t, k)) ? trie_hits(t, k, false, hits) : 0;
	for (unsigned j = 0; j < n; j++) {
		const struct code_row *row = &code_rows[ENTRY_ROW(hits[j].entry)];
		if (ENTRY_KIND(hits[j].entry) == ENTRY_CODE && row->form == FORM_TITLE)
			return statute_divided(s, beg, hits[j].end, row, title);
	}
	return 0;
}

/* "part 1026 of title 12, Code of Federal Regulations" */
size_t part_of_title(struct scan *s, size_t beg)
{
	span t = s->t;
	size_t word = word_here(t, beg, "part"), i = word ? blanks(t, word) : 0, end = i ? digits(t, i) : 0;
	size_t of = end > i ? word_here(t, blanks(t, end), "of title") : 0, title = of ? blanks(t, of) : 0, last = title ? digits(t, title) : 0;
	static const char *const codes[] = { "code of federal regulations", "of the code of federal regulations", 0 };
	size_t k = last > title ? blanks(t, last) : 0;
	k = k && at(t, k) == ',' ? blanks(t, k + 1) : k;
	size_t code = k ? any_word(t, k, codes, 0) : 0;
	if (!code)
		return 0;
	const struct code_row *row = code_by_id(0, SPAN("cfr"));
	struct cite *c = cite_add(s, CITE_REGULATION, beg, code);
	c->code = row->id;
	c->title = span_sub(t, title, last);
	c->section = span_sub(t, i, end);
	c->address = arena_printf(s->a, "/us/cfr/t%.*s/p%.*s", SPAN_ARG(c->title), SPAN_ARG(c->section));
	/* A number with a period as an example of its make: later sections that are made so are given to this code. */
	code_note(s, row, c->title, SPAN("1.1"));
	return code;
}

/* title 18, section 2255 of the United States Code; Title 26, Section 214, Code of Alabama 1940 */
size_t title_first(struct scan *s, size_t beg)
{
	struct items items;
	struct home h;
	span t = s->t;
	bool plural;
	size_t i = word_here(t, beg, "title"), end, mark;
	i = i ? blanks(t, i) : 0;
	end = i ? digits(t, i) : 0;
	if (end <= i || end > i + 3)
		return 0;
	span title = span_sub(t, i, end);
	size_t named = title_of_code(s, beg, end, title);
	if (named)
		return named;
	i = blanks(t, end);
	i = at(t, i) == ',' ? blanks(t, i + 1) : i;
	mark = sign(t, i, &plural);
	end = mark ? sections_read(s, blanks(t, mark), plural, &items) : 0;
	if (!end)
		return 0;
	home_after(s, end, &h);
	size_t of = word_here(t, blanks(t, end), "of");
	if (of && (!h.row || !h.end)) { /* "of the United States Code" */
		struct hit hits[HITS_MAX];
		size_t the = word_here(t, blanks(t, of), "the"), k = blanks(t, the ? the : of);
		unsigned count = trie_hits(t, k, false, hits);
		for (unsigned j = 0; j < count && !h.row; j++) {
			const struct code_row *r = &code_rows[ENTRY_ROW(hits[j].entry)];
			if (ENTRY_KIND(hits[j].entry) == ENTRY_CODE && r->form == FORM_TITLE)
				h = (struct home){ r, title, r->state, hits[j].end, false };
		}
	}
	if (!h.row || !h.end)
		return 0;
	h.title = title;
	return emit_at_home(s, beg, &h, &items);
}

/* Subsections 63G-2-201(3)(b) and 63G-2-305(10): a whole section number after the word for its part. */
size_t subsection_number(struct scan *s, size_t beg)
{
	struct items items;
	struct home h;
	span t = s->t;
	size_t word = part_word(t, beg), i = word ? blanks(t, word) : 0, end;
	/* Only whole numbers with joints: "subsection 5" is one of the section at hand and is read by relative_read. */
	size_t stop = i && is_digit((char)at(t, i)) ? number_end(t, i) : 0;
	if (!stop || !number_parted(span_sub(t, i, stop)))
		return 0;
	end = sections_read(s, i, to_lower((char)at(t, word - 1)) == 's', &items);
	if (!end)
		return 0;
	home_after(s, end, &h);
	/* No code printed after it: the one cited before or the document's, by the make of the number. */
	if (!h.row && !h.other)
		home_before(s, items.v[0].number, false, &h);
	/* Two joints are a section's number wherever it stands. */
	return h.row || (!h.other && dash(t, digits(t, i) + 1)) ? emit_at_home(s, beg, &h, &items) : 0;
}

/* "5A Charles Alan Wright & Arthur R. Miller, " before a treatise's name: the volume is the number before the authors. */
size_t treatise_volume(struct scan *s, uint32_t index)
{
	span t = s->t;
	struct cite *c = &s->out->v[index];
	size_t beg = c->at.beg, floor = beg > 90 ? beg - 90 : 0, k = beg;
	floor = floor > s->floor ? floor : s->floor;
	/* Leftwards over names: letters, blanks, commas, "&" and periods of initials. A period after a small letter ends a sentence. */
	while (k > floor && (is_alpha(t.p[k - 1]) || strchr(" .,&'\n", t.p[k - 1])) && !(t.p[k - 1] == '.' && k > 2 && is_lower(t.p[k - 2]) &&
								       is_space((char)at(t, k)) && k < beg - 1 && !is_upper((char)at(t, k - 3))))
		k--;
	size_t end = k;
	while (k > floor && is_digit(t.p[k - 1]))
		k--;
	/* Up to three figures that stand free are the volume: not "12.5", not "1-5". */
	if (k == end || end > k + 3 || (k && (is_alnum(t.p[k - 1]) || t.p[k - 1] == '.' || t.p[k - 1] == '-')))
		return 0;
	end += is_upper((char)at(t, end));
	if (!is_space((char)at(t, end)) || !is_upper((char)at(t, blanks(t, end))))
		return 0;
	c->volume = span_sub(t, k, end);
	c->at.beg = (uint32_t)k;
	/* The place now begins with the volume, so that marks and links show all of the citation. */
	if (c->full.beg > k)
		c->full.beg = (uint32_t)k;
	return k;
}
