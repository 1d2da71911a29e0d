/* Text whose spaces are gone, as bills come out of some PDF readers: what
 * white space is left stands at line starts, before line numbers that touch the
 * text ("2enactedinlieu"), and around page heads. First the lines are
 * understood, then letters are read as words and the rest is spaced by rule. */
#include "base/hash.h"
#include "law/repair_private.h"

/* A run of bytes without white space. */
struct piece {
	uint32_t beg, end;
	uint32_t number;  /* line number it begins with; 0: none */
	uint8_t digits;   /* of that number */
	bool head;        /* of a page: goes */
	bool sole;        /* the number is the whole piece */
};
struct pieces {
	struct piece *v;
	size_t n, cap;
};
struct bill {
	span s;
	struct pieces ps;
	struct edits out;
	struct cuts cuts;   /* of one run of letters */
	struct cuts spaces; /* of one piece, in order */
	struct arena *a;
};

static struct pieces pieces_of(span s, struct arena *a)
{
	struct pieces out = { 0 };
	for (uint32_t i = 0; i < s.n;) {
		while (i < s.n && is_space(s.p[i]))
			i++;
		uint32_t beg = i;
		while (i < s.n && !is_space(s.p[i]))
			i++;
		if (i > beg)
			*PUSH(a, &out) = (struct piece){ .beg = beg, .end = i };
	}
	return out;
}

static span piece_span(const struct bill *b, size_t i)
{
	return span_sub(b->s, b->ps.v[i].beg, b->ps.v[i].end);
}

/* --- page heads: the same piece again and again beside a number that goes up --- */

static bool is_number(span s, uint64_t *v)
{
	return s.n <= 4 && span_uint(s, 9999, v);
}

/* "HB562", "SCS12": the number of a bill, as heads of its pages have it. */
static bool bill_number(span s)
{
	size_t i = 0;
	while (i < s.n && is_upper(s.p[i]))
		i++;
	size_t letters = i;
	while (i < s.n && is_digit(s.p[i]))
		i++;
	return letters >= 2 && letters <= 6 && i == s.n && i > letters && i - letters <= 5;
}

static void mark_heads(struct bill *b)
{
	struct map seen = { .a = b->a };
	uint64_t page;
	for (size_t i = 0; i + 1 < b->ps.n; i++)
		if (b->ps.v[i].end - b->ps.v[i].beg <= 24 && is_number(piece_span(b, i + 1), &page))
			++*map_put(&seen, piece_span(b, i), NULL);
	for (size_t i = 0; i + 1 < b->ps.n; i++) {
		uint32_t *n = map_get(&seen, piece_span(b, i));
		span s = piece_span(b, i);
		bool usual = n && bill_number(s) && page <= 200 && i > 0 && piece_span(b, i - 1).n > 12;
		if (!n || (*n < 2 && !usual) || !is_number(piece_span(b, i + 1), &page) || is_number(s, &page) || !is_alnum(s.p[0]))
			continue;
		b->ps.v[i].head = b->ps.v[i + 1].head = true;
		span before = i ? piece_span(b, i - 1) : s;
		if (i && (unsigned char)before.p[0] >= 0xE2 && before.n == 3)
			b->ps.v[i - 1].head = true; /* a tick or bullet before the head */
	}
	span end = b->ps.n ? piece_span(b, b->ps.n - 1) : (span){ 0 };
	if (end.n == 3 && span_starts(end, SPAN("\xE2\x9C")))
		b->ps.v[b->ps.n - 1].head = true;
}

/* --- line numbers --- */

/* "37.717.1.The": a section's number, and perhaps a subsection's, open the piece. */
static size_t section_head(span s)
{
	size_t i = 0, dots = 0, second = 0;
	while (i < s.n && (is_digit(s.p[i]) || (s.p[i] == '.' && i && is_digit(s.p[i - 1])))) {
		dots += s.p[i] == '.';
		if (s.p[i] == '.' && dots == 2)
			second = i + 1;
		i++;
	}
	bool ends = dots >= 2 && i && s.p[i - 1] == '.';
	return ends && (i == s.n || is_upper(s.p[i]) || s.p[i] == '(' || s.p[i] == '[' || s.p[i] == '"') ? second : 0;
}

static uint8_t prefix_of(span s, uint32_t n)
{
	char want[12];
	uint8_t len = 0;
	for (uint32_t v = n; v; v /= 10)
		len++;
	for (uint8_t k = len; k > 0; k--, n /= 10)
		want[k - 1] = (char)('0' + n % 10);
	return span_starts(s, (span){ want, len }) ? len : 0;
}

/* Whether piece i can be a line that begins with number n: not "2.The...". */
static bool numbered_line(const struct bill *b, size_t i, uint32_t n)
{
	span s = piece_span(b, i);
	size_t len = prefix_of(s, n);
	bool list = len && s.n > len + 1 && s.p[len] == '.' && !is_digit(s.p[len + 1]);
	return len && !list && !section_head(s);
}

/* The next piece within a few of i that begins with number n; SIZE_MAX: none.
 * A section's heading, or 2 and 3 in turn, begins a new count. */
static size_t next_numbered(const struct bill *b, size_t i, uint32_t n)
{
	for (size_t k = i + 1, seen = 0; k < b->ps.n && seen < 7; k++) {
		if (b->ps.v[k].head)
			continue;
		seen++;
		if (section_head(piece_span(b, k)))
			return SIZE_MAX;
		if (numbered_line(b, k, n))
			return k;
		bool again = n > 3 && numbered_line(b, k, 2) && k + 1 < b->ps.n && numbered_line(b, k + 1, 3);
		if (again)
			return SIZE_MAX;
	}
	return SIZE_MAX;
}

/* A run of line numbers begins at piece i when the two numbers after it follow. */
static uint32_t run_starts(const struct bill *b, size_t i)
{
	span s = piece_span(b, i);
	uint32_t v = 0;
	for (size_t k = 0; k < s.n && k < 3 && is_digit(s.p[k]); k++) {
		v = v * 10 + (uint32_t)(s.p[k] - '0');
		size_t one = v ? next_numbered(b, i, v + 1) : SIZE_MAX;
		size_t two = one != SIZE_MAX ? next_numbered(b, one, v + 2) : SIZE_MAX;
		if (two != SIZE_MAX && two - i <= 14)
			return v;
	}
	return 0;
}

static void set_number(struct bill *b, size_t i, uint32_t v)
{
	span s = piece_span(b, i);
	b->ps.v[i].number = v;
	b->ps.v[i].digits = prefix_of(s, v);
	b->ps.v[i].sole = b->ps.v[i].digits == s.n;
}

/* Short sections: the line after one that opens a section has number 2, though
 * no run of three shows it. */
static void mark_short(struct bill *b)
{
	for (size_t i = 0; i + 1 < b->ps.n; i++) {
		span s = piece_span(b, i), next = piece_span(b, i + 1);
		bool opens = section_head(s) || (span_starts(s, SPAN("Section")) && s.n > 20 && is_upper(s.p[7]) && s.p[8] == '.');
		bool two = next.n > 4 && next.p[0] == '2' && (is_lower(next.p[1]) || next.p[1] == '(');
		if (!opens || !two || b->ps.v[i + 1].number)
			continue;
		set_number(b, i + 1, 2);
		for (uint32_t v = 3; i + v - 1 < b->ps.n && numbered_line(b, i + v - 1, v) && !b->ps.v[i + v - 1].number; v++)
			set_number(b, i + v - 1, v);
	}
}

static void mark_numbers(struct bill *b)
{
	size_t i = 0;
	while (i < b->ps.n) {
		span s = piece_span(b, i);
		uint32_t v = b->ps.v[i].head || !is_digit(s.p[0]) || section_head(s) ? 0 : run_starts(b, i);
		if (!v) {
			i++;
			continue;
		}
		for (size_t at = i; at != SIZE_MAX; at = next_numbered(b, at, ++v)) {
			set_number(b, at, v);
			i = at + 1;
		}
	}
}

/* --- what begins a line of its own --- */

static bool capitals(span s)
{
	size_t up = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (is_lower(s.p[i]))
			return false;
		up += is_upper(s.p[i]);
	}
	return up >= 4;
}

/* "(1)", "(a)", "1.Any", "A." */
static bool subdivision(span s)
{
	if (s.n > 2 && s.p[0] == '(') {
		size_t close = span_find_byte(s, ')', 0);
		bool goes_on = close + 1 < s.n && is_lower(s.p[close + 1]); /* "subdivision" | "(5)ofsection" */
		return close >= 2 && close <= 6 && is_alnum(s.p[1]) && is_alnum(s.p[close - 1]) && !goes_on;
	}
	size_t i = 0;
	while (i < s.n && i < 3 && is_digit(s.p[i]))
		i++;
	return i && i + 1 < s.n && s.p[i] == '.' && (is_upper(s.p[i + 1]) || s.p[i + 1] == '(' || s.p[i + 1] == '[');
}

static bool opens_line(const struct bill *b, size_t i)
{
	span s = piece_span(b, i);
	if (b->ps.v[i].digits)
		s = b->ps.v[i].sole && i + 1 < b->ps.n ? piece_span(b, i + 1) : span_sub(s, b->ps.v[i].digits, s.n);
	if (subdivision(s) || section_head(s) || capitals(s))
		return true;
	bool section = span_case_starts(s, SPAN("Section")) && s.n > 8 && s.p[8] == '.' && (is_upper(s.p[7]) || is_digit(s.p[7]));
	bool enacting = span_starts(s, SPAN("Beitenacted")) || span_starts(s, SPAN("EXPLANATION")) || (i && capitals(piece_span(b, i - 1)));
	return section || enacting;
}

static void put(struct bill *b, uint32_t beg, uint32_t end, span after, const char *rule, float confidence)
{
	if (!span_eq(span_sub(b->s, beg, end), after))
		edit_push(&b->out, b->a, rule, (struct range){ beg, end }, after, confidence);
}

/* White space before each piece, with the page heads and line numbers in it. */
static void lines(struct bill *b)
{
	uint32_t from = 0;
	for (size_t i = 0; i < b->ps.n; i++) {
		struct piece p = b->ps.v[i];
		if (p.head) {
			put(b, from, p.end, (span){ 0 }, "page-furniture", .98f);
			from = p.end;
			continue;
		}
		uint32_t text = p.beg + p.digits;
		while (p.sole && text < b->s.n && is_space(b->s.p[text]))
			text++;
		bool first = from == 0 && text == p.beg;
		bool source_line = span_find_byte(span_sub(b->s, from, p.beg), '\n', 0) < p.beg - from;
		bool hyphen = p.digits && from && b->s.p[from - 1] == '-' && text < b->s.n && is_lower(b->s.p[text]);
		span gap = opens_line(b, i) ? SPAN("\n") : hyphen ? (span){ 0 } : SPAN(" ");
		bool done = from == text && i && b->ps.v[i - 1].sole;
		if (!first && !done && (p.digits || (!source_line && !span_eq(gap, SPAN(" ")))))
			put(b, from, text, gap, p.digits ? "line-number" : "unspaced", .97f);
		from = p.sole ? text : p.end;
	}
}

/* --- spaces --- */

static bool is_word_byte(span s, uint32_t i)
{
	if (is_alpha(s.p[i]))
		return true;
	bool inner = i > 0 && i + 1 < s.n && is_alpha(s.p[i - 1]);
	if (s.p[i] == '\'')
		return inner && is_alpha(s.p[i + 1]);
	return inner && i + 3 < s.n && !memcmp(s.p + i, "\xE2\x80\x99", 3) && is_alpha(s.p[i + 3]);
}

static uint32_t letters_end(span s, uint32_t i, uint32_t end)
{
	while (i < end && is_word_byte(s, i))
		i += (unsigned char)s.p[i] == 0xE2 ? 3 : 1;
	return i;
}

/* "102ND", "4th", "3d": letters that belong to the digits before them. */
static uint32_t ordinal(span s, uint32_t i, uint32_t end)
{
	static const char *const endings[] = { "st", "nd", "rd", "th" };
	char d = s.p[i - 1];
	size_t want = d == '1' ? 0 : d == '2' ? 1 : d == '3' ? 2 : 3;
	bool teen = i > 1 && s.p[i - 2] == '1';
	span two = span_sub(s, i, i + 2);
	if (span_case_eq(two, span_of(endings[teen ? 3 : want])))
		return i + 2;
	uint32_t digits = i; /* "0907H.01I": a number of another kind */
	while (digits > 0 && is_digit(s.p[digits - 1]))
		digits--;
	bool point = i + 1 < end && s.p[i + 1] == '.' && s.p[digits] != '0';
	bool alone = (i + 1 >= end || !is_alpha(s.p[i + 1])) && !(point && (is_upper(s.p[i]) || s.p[i] == 'p'));
	return alone ? i + 1 : i;
}

/* Of two at the same place the first counts. */
static void space_at(struct bill *b, uint32_t at, float confidence)
{
	PUSH(b->a, &b->spaces);
	size_t i = b->spaces.n - 1;
	for (; i > 0 && b->spaces.v[i - 1].at > at; i--) /* they come nearly in order */
		b->spaces.v[i] = b->spaces.v[i - 1];
	b->spaces.v[i] = (struct cut){ at, confidence };
}

/* The piece [beg, stop) with its first n spaces, as one edit. */
static void put_spaced(struct bill *b, struct range at, const struct cut *c, size_t n)
{
	char *p = arena_raw(b->a, at.end - at.beg + n, 1);
	size_t len = 0;
	uint32_t from = at.beg;
	float confidence = 1;
	for (size_t i = 0; i < n; i++) {
		if (i && c[i].at == c[i - 1].at)
			continue;
		memcpy(p + len, b->s.p + from, c[i].at - from);
		len += c[i].at - from;
		p[len++] = ' ';
		from = c[i].at;
		confidence = c[i].confidence < confidence ? c[i].confidence : confidence;
	}
	memcpy(p + len, b->s.p + from, at.end - from);
	edit_push(&b->out, b->a, "unspaced", at, (span){ p, len + at.end - from }, confidence);
}

/* An edit for each line's length of a piece: one a space would fill the log. */
static void put_spaces(struct bill *b, uint32_t beg, uint32_t end)
{
	enum { EDIT_MAX = 100 };
	const struct cuts *c = &b->spaces;
	for (size_t i = 0, n; i < c->n; i += n) {
		for (n = 1; i + n < c->n && c->v[i + n].at - beg <= EDIT_MAX;)
			n++;
		bool last = i + n == c->n && end - beg <= EDIT_MAX;
		struct range at = { beg, last ? end : c->v[i + n - 1].at };
		put_spaced(b, at, c->v + i, n);
		beg = at.end;
	}
	b->spaces.n = 0;
}

/* "INTRODUCEDBYREPRESENTATIVESAULS.": one sponsor has a title in the singular, and a
 * name that stays whole; where the name begins; end: there is none such. */
static uint32_t sponsor(span s, uint32_t beg, uint32_t end)
{
	static const char *const titles[] = { "BYREPRESENTATIVE", "BYSENATOR", "BYDELEGATE", "BYASSEMBLYMEMBER" };
	span w = span_sub(s, beg, end);
	if (!is_upper(s.p[end - 1]))
		return end;
	bool several = end < s.n && (s.p[end] == ',' || s.p[end] == '(' || s.p[end] == ';');
	for (size_t i = 0; !several && i < sizeof titles / sizeof *titles; i++) {
		span t = span_of(titles[i]);
		size_t at = span_find(w, t, 0), name = at + t.n;
		if (at < w.n && name + 3 < w.n && w.n - name <= 14 && span_find(w, SPAN("AND"), name) >= w.n)
			return beg + (uint32_t)name;
	}
	return end;
}

static void words(struct bill *b, uint32_t beg, uint32_t end)
{
	uint32_t name = sponsor(b->s, beg, end);
	if (name < end) {
		space_at(b, name, .9f);
		end = name;
	}
	bool versus = end - beg >= 3 && b->s.p[end - 1] == 'v' && end + 1 < b->s.n && b->s.p[end] == '.' && is_upper(b->s.p[end + 1]);
	if (versus) /* "Connorv.Monkem" */
		space_at(b, --end, .95f);
	b->cuts.n = 0;
	segment(span_sub(b->s, beg, end), beg, &b->cuts, b->a);
	for (size_t i = 0; i < b->cuts.n; i++)
		space_at(b, b->cuts.v[i].at, b->cuts.v[i].confidence);
}

/* "2d", "3d", "4th" after a point: a series of reports, which stays ("S.W.2d"). */
static bool reporter_series(span s, uint32_t i)
{
	span after = span_sub(s, i + 1, i + 3);
	return span_starts(after, SPAN("d")) || span_eq(after, SPAN("th")) || span_eq(after, SPAN("nd")) || span_eq(after, SPAN("rd"));
}

/* Whether a space belongs between a point and what follows it. */
static bool after_point(span s, uint32_t i, uint32_t beg)
{
	char prev = i > beg + 1 ? s.p[i - 2] : 0, next = s.p[i];
	uint32_t run = 0;
	while (i >= beg + 2 + run && is_alpha(s.p[i - 2 - run]))
		run++;
	if (is_digit(prev))
		return !is_digit(next);
	if (is_digit(next))
		return run > 1 || (run == 1 && !reporter_series(s, i) && !(is_upper(prev) && i >= beg + 3 && is_digit(s.p[i - 3])));
	bool initials = run == 1 && i + 1 < s.n && s.p[i + 1] == '.';
	return !initials && (is_upper(next) || run >= 3);
}

static bool thousands(span s, uint32_t i)
{
	bool three = i + 2 < s.n && is_digit(s.p[i]) && is_digit(s.p[i + 1]) && is_digit(s.p[i + 2]);
	uint32_t k = i - 1; /* the comma */
	while (k > 0 && is_digit(s.p[k - 1]))
		k--;
	bool short_before = k < i - 1 && i - 1 - k <= 3 && (k == 0 || s.p[k - 1] != '.');
	return three && short_before && (i + 3 >= s.n || !is_digit(s.p[i + 3]));
}

static bool plural_bracket(span s, uint32_t i)
{
	return span_starts(span_sub(s, i, s.n), SPAN("(s)")) || span_starts(span_sub(s, i, s.n), SPAN("(es)"));
}

/* Whether a space belongs before byte i of a piece that begins at beg; not
 * between letters, which are read as words. */
static bool apart(span s, uint32_t i, uint32_t beg)
{
	char p = s.p[i - 1], c = s.p[i];
	bool opens = c == '(' || c == '[';
	if (is_alpha(p) && (is_digit(c) || c == '$'))
		return true;
	if (is_alpha(p) && opens)
		return !plural_bracket(s, i);
	if (p == ',')
		return is_alpha(c) || opens || c == '$' || (is_digit(c) && !thousands(s, i));
	if (p == ';')
		return is_alnum(c) || opens || c == '$';
	if (p == ':')
		return is_alpha(c) || opens || (is_digit(c) && !is_digit(s.p[i - 2 < beg ? beg : i - 2]));
	if (p == '.')
		return (is_alnum(c) && after_point(s, i, beg)) || (opens && i > beg + 1 && is_alnum(s.p[i - 2]));
	if (p == ')' || p == ']')
		return is_alnum(c) || c == '$';
	return false;
}

static bool apart_wide(span s, uint32_t i)
{
	if (!(((unsigned char)s.p[i] | (unsigned char)s.p[i - 1]) & 0x80))
		return false;
	span c = span_sub(s, i, i + 3), p = i >= 3 ? span_sub(s, i - 3, i) : (span){ 0 };
	char before = s.p[i - 1];
	if (span_eq(c, SPAN("\xE2\x80\x9C")))
		return is_alnum(before) || before == ',' || before == ';' || before == ':' || before == '.' || before == ')';
	if (span_eq(p, SPAN("\xE2\x80\x9D")))
		return is_alnum(s.p[i]) || s.p[i] == '(';
	if (span_starts(c, SPAN("\xC2\xA7")))
		return is_alnum(before) || before == '.' || before == ',';
	return i >= 2 && span_eq(span_sub(s, i - 2, i), SPAN("\xC2\xA7")) && is_alnum(s.p[i]);
}

/* Straight quotes open and close in turn within a piece. */
static bool quote_apart(span s, uint32_t i, bool open)
{
	if (s.p[i] == '"')
		return !open && (is_alnum(s.p[i - 1]) || s.p[i - 1] == ',' || s.p[i - 1] == ':' || s.p[i - 1] == ')');
	return s.p[i - 1] == '"' && !open && (is_alnum(s.p[i]) || s.p[i] == '(');
}

static void space_piece(struct bill *b, uint32_t beg, uint32_t end, bool open_quote)
{
	span s = span_sub(b->s, 0, end);
	uint32_t skip = (uint32_t)section_head(span_sub(s, beg, end));
	if (skip && beg + skip < end && is_digit(s.p[beg + skip]))
		space_at(b, beg + skip, .98f); /* "37.717." "1." */
	for (uint32_t i = beg; i < end;) {
		bool letter = is_alpha(s.p[i]);
		uint32_t from = letter && i > beg && is_digit(s.p[i - 1]) ? ordinal(s, i, end) : i;
		if (i > beg && letter && from == i && is_digit(s.p[i - 1]))
			space_at(b, i, .95f);
		else if (i > beg && (apart(s, i, beg) || apart_wide(s, i) || quote_apart(s, i, open_quote)))
			space_at(b, i, .97f);
		if (from > i && from < end && is_alpha(s.p[from]))
			space_at(b, from, .95f);
		if (!letter) {
			open_quote ^= s.p[i] == '"';
			i++;
			continue;
		}
		i = letters_end(s, from, end);
		if (i > from)
			words(b, from, i);
	}
	put_spaces(b, beg, end);
}

struct edits repair_unspaced(const struct text *t, struct arena *a)
{
	struct bill b = { .s = t->clean, .a = a };
	b.ps = pieces_of(b.s, a);
	size_t bytes = 0;
	for (size_t i = 0; i < b.ps.n; i++)
		bytes += b.ps.v[i].end - b.ps.v[i].beg >= 30 ? b.ps.v[i].end - b.ps.v[i].beg : 0;
	if (bytes * 10 < b.s.n * 4)
		return b.out;
	mark_heads(&b);
	mark_numbers(&b);
	for (size_t i = 0; i < b.ps.n; i++)
		if (b.ps.v[i].number) {
			mark_short(&b);
			break;
		}
	lines(&b);
	for (size_t i = 0; i < b.ps.n; i++)
		if (!b.ps.v[i].head && !b.ps.v[i].sole)
			space_piece(&b, b.ps.v[i].beg + b.ps.v[i].digits, b.ps.v[i].end, false);
	edits_settle(&b.out);
	return b.out;
}
