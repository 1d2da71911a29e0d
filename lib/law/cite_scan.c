/* cite_scan: the one pass over the bytes, and what it dispatches to. */
#include "law/cite_private.h"

#include "base/sort.h"

/* The words of the interface, in the order of the enumeration. */
const char *cite_kind_name(enum cite_kind k)
{
	static const char *const names[] = { "case", "short_case", "id", "supra", "statute", "regulation", "constitution", "rule",
					     "session_law", "bill", "journal", "docket", "record", "reference" };
	return names[k];
}

const char *cite_status_name(enum cite_status st)
{
	static const char *const names[] = { "ok", "impossible", "ambiguous" };
	return names[st];
}

/* A new citation of [beg, end), with nothing linked. Parentheticals that are past are closed first: citations are added from left to right. */
struct cite *cite_add(struct scan *s, enum cite_kind kind, size_t beg, size_t end)
{
	while (s->nparens && s->parens[s->nparens - 1].end <= beg)
		s->nparens--;
	struct cite *c = PUSH(s->a, s->out);
	c->kind = kind;
	c->at = c->full = (struct range){ (uint32_t)beg, (uint32_t)end };
	/* Its parent is the owner of the innermost parenthetical that holds its first byte. */
	c->antecedent = c->parallel = CITE_NONE;
	unsigned in = s->nparens;
	while (in && s->parens[in - 1].beg > beg) /* one that follows: the citation stands in a bracket before it */
		in--;
	c->parent = in ? s->parens[in - 1].owner : CITE_NONE;
	return c;
}

/* Of names as long: the document's own jurisdiction's, then one of the state
 * named, then one that any state may have. */
static int code_rank(const struct scan *s, const struct hit *h)
{
	if (ENTRY_KIND(h->entry) != ENTRY_CODE)
		return 0;
	uint8_t state = code_rows[ENTRY_ROW(h->entry)].state;
	return state == s->state ? 3 : state != STATE_ANY && state == h->state ? 2 : state != STATE_ANY;
}

/* "Car", "Arm", "Tr." are words; C.A.R., ARM and T.R. are rules. */
static bool common_word(span t, size_t beg, size_t end)
{
	size_t k = beg + 1;
	while (k < end && is_lower(t.p[k]))
		k++;
	return k == end && end < beg + 5 && end > beg + 1 && (end == beg + 2 || at(t, end) != '.');
}

/* "In a" is no INA: an act's initials have no small letters. */
static bool spelt_small(span t, size_t beg, const struct hit *h)
{
	size_t letters = 0, small = 0;
	if (ENTRY_KIND(h->entry) != ENTRY_CODE || code_rows[ENTRY_ROW(h->entry)].form != FORM_ACT)
		return false;
	for (size_t k = beg; k < h->end; k++) {
		letters += is_alpha(t.p[k]);
		small += is_lower(t.p[k]);
	}
	return letters < 6 && small && is_upper(code_rows[ENTRY_ROW(h->entry)].display.p[1]);
}

/* The "A.S." of "T.I.A.S.", the "R.A.P." of "M.R.A.P.": a name does not begin within initials. */
static bool within_initials(span t, size_t beg)
{
	return beg > 1 && t.p[beg - 1] == '.' && is_upper(t.p[beg - 2]) && at(t, beg + 1) == '.' && (beg == 2 || !is_alnum(t.p[beg - 3]));
}

/* Names that begin with a letter: codes, laws, rules, papers, dockets. */
static size_t name_at(struct scan *s, size_t beg)
{
	struct hit hits[HITS_MAX];
	/* The hits are the longest first. Of those as long, the one of best rank changes places with the first. */
	unsigned n = within_initials(s->t, beg) ? 0 : trie_hits(s->t, beg, s->query, hits);
	for (unsigned k = 0; k < n; k++) {
		unsigned best = k;
		for (unsigned j = k; j < n && hits[j].end == hits[k].end; j++)
			if (code_rank(s, &hits[j]) > code_rank(s, &hits[best]))
				best = j;
		struct hit h = hits[best];
		hits[best] = hits[k];
		hits[k] = h;
		/* Who types a query spells as he likes; in a text small letters tell words from initials. */
		if (!s->query && (common_word(s->t, beg, h.end) || spelt_small(s->t, beg, &h)))
			continue;
		size_t end = ENTRY_KIND(h.entry) == ENTRY_CODE ? law_read(s, beg, &h)
			   : ENTRY_KIND(h.entry) == ENTRY_SERIES ? case_unnumbered(s, beg, &h) : 0;
		if (end)
			return end;
	}
	return 0;
}

/* The first reader that takes something, in the order of the list. */
static size_t first_of(struct scan *s, size_t beg, size_t (*const *readers)(struct scan *, size_t))
{
	for (; *readers; readers++) {
		size_t end = (*readers)(s, beg);
		if (end)
			return end;
	}
	return 0;
}

/* By the first letter of a word, the rules that may begin there. */
static size_t word_at(struct scan *s, size_t beg)
{
	/* Each list ends with a null. A rule is in the list of each letter that its first word may have. */
	static size_t (*const on_i[])(struct scan *, size_t) = { id_read, 0 };
	static size_t (*const on_s[])(struct scan *, size_t) = { supra_read, section_bare, relative_read, subsection_number, session_chapters, amendment_read, docket_read, record_read, 0 };
	static size_t (*const on_a[])(struct scan *, size_t) = { party_short, article_read, act_read, session_chapters, record_read, docket_read, 0 };
	static size_t (*const on_p[])(struct scan *, size_t) = { part_of_title, relative_read, record_read, session_chapters, 0 };
	static size_t (*const on_l[])(struct scan *, size_t) = { id_read, session_chapters, 0 };
	static size_t (*const on_r[])(struct scan *, size_t) = { rule_bare, record_read, docket_read, 0 };
	static size_t (*const on_n[])(struct scan *, size_t) = { docket_read, amendment_read, record_read, 0 };
	static size_t (*const on_c[])(struct scan *, size_t) = { chapter_read, docket_read, record_read, relative_read, 0 };
	static size_t (*const on_d[])(struct scan *, size_t) = { record_read, docket_read, 0 };
	static size_t (*const on_f[])(struct scan *, size_t) = { amendment_read, record_read, 0 };
	static size_t (*const on_t[])(struct scan *, size_t) = { title_first, record_read, amendment_read, 0 };
	static size_t (*const on_e[])(struct scan *, size_t) = { record_read, amendment_read, 0 };
	static size_t (*const on_rest[])(struct scan *, size_t) = { record_read, 0 };
	unsigned char c = at(s->t, beg);
	size_t end = 0;
	switch (to_lower((char)c)) {
	case 'i': end = first_of(s, beg, on_i); break;
	case 'l': end = first_of(s, beg, on_l); break;
	case 's': end = first_of(s, beg, on_s); break;
	case 'a': end = first_of(s, beg, on_a); break;
	case 'p': end = first_of(s, beg, on_p); break;
	case 'r': end = first_of(s, beg, on_r); break;
	case 'n': end = first_of(s, beg, on_n); break;
	case 'c': end = first_of(s, beg, on_c); break;
	case 'd': end = first_of(s, beg, on_d); break;
	case 'f': end = first_of(s, beg, on_f); break;
	case 't': end = first_of(s, beg, on_t); break;
	case 'e': end = first_of(s, beg, on_e); break;
	/* Here only papers of the record begin, and those with a capital. */
	case 'h': case 'j': case 'm': case 'o': case 'b': end = is_upper((char)c) ? first_of(s, beg, on_rest) : 0; break;
	case 'g': case 'u': case 'v': end = is_upper((char)c) ? first_of(s, beg, on_rest) : 0; break;
	default: break;
	}
	return end;
}

#define L(c) (1u << ((c) - 'a'))
/* By the first letter of a word in small letters, which may be its second for some rule: id., ibid., supra, section,
 * at, art., amendment, paragraph, clause, chapter, rule, title. */
static const uint32_t small_seconds[26] = {
	['i' - 'a'] = L('d') | L('b'), ['s' - 'a'] = L('u') | L('e') | L('s'), ['a' - 'a'] = L('t') | L('r') | L('m'), ['p' - 'a'] = L('a'),
	['c' - 'a'] = L('l') | L('h'), ['r' - 'a'] = L('u'), ['t' - 'a'] = L('i'), ['l' - 'a'] = L('d') | L('b'),
};
/* The same for words that begin with a capital: also papers of the record, dockets, amendments. */
static const uint32_t capital_seconds[26] = {
	['a' - 'a'] = L('c') | L('d') | L('f') | L('m') | L('n') | L('p') | L('r') | L('s') | L('t') | L('a') | L('o'), ['b' - 'a'] = L('r'),
	['c' - 'a'] = L('a') | L('b') | L('f') | L('h') | L('i') | L('l') | L('o') | L('r') | L('p') | L('t'), ['d' - 'a'] = L('e') | L('k') | L('o') | L('x') | L('u') | L('s'),
	['e' - 'a'] = L('c') | L('i') | L('l') | L('x') | L('r'), ['f' - 'a'] = L('i') | L('o'), ['h' - 'a'] = L('r'), ['i' - 'a'] = L('b') | L('d'),
	['j' - 'a'] = L('o') | L('a'), ['l' - 'a'] = L('a') | L('d') | L('b'), ['m' - 'a'] = L('e') | L('t'), ['n' - 'a'] = L('i') | L('o') | L('u'), ['o' - 'a'] = L('p'), ['p' - 'a'] = L('a') | L('e') | L('u') | L('x') | L('s'),
	['r' - 'a'] = L('e') | L('u') | L('p') | L('t') | L('r') | L('a') | L('b'), ['s' - 'a'] = L('b') | L('e') | L('i') | L('t') | L('u') | L('p') | L('o') | L('a'),
	['t' - 'a'] = L('e') | L('h') | L('i') | L('r') | L('w') | L('t'),
	['v' - 'a'] = L('r'),
	['g' - 'a'] = L('x'),
	['u' - 'a'] = L('f') | L('m'),
};
#undef L

/* Whether any rule may begin with these two bytes: two look-ups, and most words of a text are left at once. */
static bool may_start(unsigned char c, unsigned char d)
{
	unsigned first = (c | 32u) - 'a', second = (d | 32u) - 'a';
	if (second > 25)
		return is_upper((char)c);
	return (is_upper((char)c) ? capital_seconds : small_seconds)[first] >> second & 1;
}

/* All that may begin with a letter or a figure at i; where to go on, 0 for nothing. A number with a small letter after it is an
 * ordinal: "14th Amendment". */
static size_t read_at(struct scan *s, size_t i)
{
	unsigned char c = (unsigned char)s->t.p[i];
	size_t end = 0;
	if (is_digit((char)c)) {
		end = case_read(s, i);
		end = end ? end : number_first(s, i);
		return end ? end : is_lower((char)at(s->t, digits(s->t, i))) ? amendment_read(s, i) : 0;
	}
	/* "L. 1992, c. 5": a note on a session's law, before any name that begins with the same initials. */
	if ((c == 'L' || c == 'A') && at(s->t, i + 1) == '.')
		end = session_note(s, i);
	if (!end && (is_upper((char)c) || s->query))
		end = name_at(s, i);
	if (!end && (may_start(c, at(s->t, i + 1)) || s->query))
		end = word_at(s, i);
	return end;
}

/* 0: says nothing; 1: letters and digits; 2: may begin a section sign; 3: a blank for a volume. */
static const unsigned char byte_class[256] = { ['0' ... '9'] = 1, ['A' ... 'Z'] = 1, ['a' ... 'z'] = 1, [0xC2] = 2, ['&'] = 2,
							  ['_'] = 3, ['-'] = 3 };

/* Of eight bytes, the high bit of each that is no ASCII letter. */
static uint64_t no_letters(uint64_t w)
{
	const uint64_t ones = 0x0101010101010101u, high = 0x80 * ones;
	uint64_t low = (w | 0x20 * ones) & ~high;
	uint64_t from_a = low + (0x80 - 'a') * ones, past_z = low + (0x7F - 'z') * ones;
	return ~(from_a & ~past_z & ~w) & high;
}

/* Past the letters and digits of a word. Eight at a time: words end where no branch can foretell. */
static size_t step_over(span t, size_t i)
{
	/* Of a number only the digits: letters glued to it are asked by themselves. What is no word is passed byte by byte. */
	if (is_digit(t.p[i]))
		return digits(t, i);
	if (byte_class[(unsigned char)t.p[i]] != 1)
		return i + 1;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	for (; i + 8 <= t.n; i += 8) {
		uint64_t w, ends;
		memcpy(&w, t.p + i, 8);
		if ((ends = no_letters(w))) {
			i += (size_t)__builtin_ctzll(ends) / 8;
			break;
		}
	}
#endif
	while (i < t.n && byte_class[(unsigned char)t.p[i]] == 1)
		i++;
	return i;
}

/* Links what was just read; names of later cases do not reach before its end. */
static void accept(struct scan *s, size_t before)
{
	cites_link(s, before);
	/* "Roe v. Doe, No. 12-34, 2013 WL 5": the number stands between a name and its citation. */
	if (s->out->n == before + 1 && s->out->v[before].kind == CITE_DOCKET && !s->out->v[before].year)
		return;
	for (size_t k = before; k < s->out->n; k++)
		if (s->out->v[k].at.end > s->floor)
			s->floor = s->out->v[k].at.end;
	if (s->out->n > before && s->solid > s->floor)
		s->floor = s->solid;
}

/* From left to right: at each byte that may begin a citation the readers are asked once, and after success the scan goes on behind what was
 * read. What a reader added before it failed is taken back here, so that no reader need undo anything. */
static void scan_all(struct scan *s)
{
	span t = s->t;
	for (size_t i = 0; i < t.n;) {
		unsigned char c = (unsigned char)t.p[i];
		size_t before = s->out->n, end = 0;
		if (!byte_class[c]) {
			i++;
			continue;
		}
		if (byte_class[c] == 1)
			end = read_at(s, i);
		else if ((c == 0xC2 && at(t, i + 1) == 0xA7) || (c == '&' && (at(t, i + 1) == 's' || at(t, i + 1) == '#')))
			end = section_bare(s, i);
		else if (byte_class[c] == 3 && at(t, i + 1) == c)
			end = case_unpaged(s, i);
		if (end > i) {
			accept(s, before);
			i = end;
		} else {
			s->out->n = before;
			i = step_over(t, i);
		}
	}
}

static void scan_init(struct scan *s, span text, const struct cite_context *ctx, struct arena *a, struct cites *out)
{
	static const struct cite_context none = { 0 };
	*s = (struct scan){ .t = text, .ctx = ctx ? ctx : &none, .a = a, .out = out };
	s->state = s->ctx->jurisdiction.n ? state_by_id(s->ctx->jurisdiction) : STATE_NONE;
	s->rules_state = s->const_state = STATE_NONE;
	s->sections.a = s->parties.a = s->volumes.a = a;
}

struct cites cites_of(span text, const struct cite_context *ctx, struct arena *a)
{
	struct cites out = { 0 };
	struct scan s;
	/* Places are 32 bits wide. */
	if (text.n >= UINT32_MAX)
		text.n = UINT32_MAX - 1;
	scan_init(&s, text, ctx, a, &out);
	scan_all(&s);
	return out;
}

/* A query is a citation when it is read to its end, but for punctuation and
 * what a citation carries along. */
static bool reads_whole(span query, const struct cites *c)
{
	if (c->n == 0)
		return false;
	const struct cite *first = &c->v[0], *last = &c->v[c->n - 1];
	size_t end = last->full.end > last->at.end ? last->full.end : last->at.end;
	for (size_t i = end; i < query.n; i++)
		if (is_alnum(query.p[i]))
			return false;
	/* "Title 42, United States Code, Section 1983" */
	for (size_t i = word_here(query, 0, "title"); i < first->full.beg && i < first->at.beg; i++)
		if (is_alnum(query.p[i]))
			return false;
	return true;
}

/* A query as citations: the same rules, but any case of letters will do, and it must be read to its end. Readings without an address are not
 * given, as nothing can be looked up by them. */
bool cite_parse(span query, const struct cite_context *ctx, struct arena *a, struct cites *readings)
{
	struct scan s;
	*readings = (struct cites){ 0 };
	query = span_trim(query);
	/* No citation is as long: it is a query of words. */
	if (!query.n || query.n > 2000)
		return false;
	struct cites found = { 0 };
	scan_init(&s, query, ctx, a, &found);
	s.query = true;
	scan_all(&s);
	/* A section alone, in a document's context: "610.100.4". */
	if (!reads_whole(query, &found) && s.ctx->code.n) {
		struct items items;
		size_t end;
		const struct code_row *row = code_by_id(s.state, s.ctx->code);
		found.n = 0;
		end = row ? sections_read(&s, 0, false, &items) : 0;
		if (end == query.n)
			sections_emit(&s, 0, row, (span){ 0 }, &items);
	}
	if (!reads_whole(query, &found))
		return false;
	for (size_t i = 0; i < found.n; i++)
		if (found.v[i].address.n)
			*PUSH(a, readings) = found.v[i];
	return readings->n != 0;
}

/* The first citation that begins at or after i; they are in the order of their places. */
size_t cites_from(const struct cites *c, size_t i)
{
	return FIRST_FROM(c, at.beg, i);
}
