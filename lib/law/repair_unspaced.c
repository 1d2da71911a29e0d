/* Text whose spaces are gone, as bills come out of some PDF readers: what
 * white space is left stands at line starts, before line numbers that touch the
 * text ("2enactedinlieu"), and around page heads. First the lines are
 * understood, then letters are read as words and the rest is spaced by rule. */
#include "base/hash.h"
#include "law/repair_unspaced.h"

/* White space is what is left to go by: the text between two stretches of it is a piece. */
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

/* A piece of up to 24 bytes with a number behind it is a head when it comes so more than once, or when it is a bill's number. */
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

/* "610.100.2.": a section's number and then that of a subsection, with a period after each: where the subsection's number begins; 0: no such. */
size_t unspaced_section_head(span s)
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

/* Bytes of number n at the start of s. */
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
	return len && !list && !unspaced_section_head(s);
}

/* The next piece within a few of i that begins with number n; SIZE_MAX: none.
 * A section's heading, or 2 and 3 in turn, begins a new count. */
static size_t next_numbered(const struct bill *b, size_t i, uint32_t n)
{
	for (size_t k = i + 1, seen = 0; k < b->ps.n && seen < 7; k++) {
		if (b->ps.v[k].head)
			continue;
		seen++;
		if (unspaced_section_head(piece_span(b, k)))
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
		bool opens = unspaced_section_head(s) || (span_starts(s, SPAN("Section")) && s.n > 20 && is_upper(s.p[7]) && s.p[8] == '.');
		bool two = next.n > 4 && next.p[0] == '2' && (is_lower(next.p[1]) || next.p[1] == '(');
		if (!opens || !two || b->ps.v[i + 1].number)
			continue;
		set_number(b, i + 1, 2);
		for (uint32_t v = 3; i + v - 1 < b->ps.n && numbered_line(b, i + v - 1, v) && !b->ps.v[i + v - 1].number; v++)
			set_number(b, i + v - 1, v);
	}
}

/* From each run's first number on, as far as the next is found near; what a run has taken is not looked at again. */
static void mark_numbers(struct bill *b)
{
	size_t i = 0;
	while (i < b->ps.n) {
		span s = piece_span(b, i);
		uint32_t v = b->ps.v[i].head || !is_digit(s.p[0]) || unspaced_section_head(s) ? 0 : run_starts(b, i);
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
	if (subdivision(s) || unspaced_section_head(s) || capitals(s))
		return true;
	bool section = span_case_starts(s, SPAN("Section")) && s.n > 8 && s.p[8] == '.' && (is_upper(s.p[7]) || is_digit(s.p[7]));
	bool enacting = span_starts(s, SPAN("Beitenacted")) || span_starts(s, SPAN("EXPLANATION")) || (i && capitals(piece_span(b, i - 1)));
	return section || enacting;
}

static void put(struct bill *b, struct range at, span after, const char *rule, float confidence)
{
	if (!span_eq(span_sub(b->s, at.beg, at.end), after))
		edit_push(&b->out, b->a, rule, at, confidence)->after = after;
}

/* White space before each piece, with the page heads and line numbers in it. */
static void lines(struct bill *b)
{
	uint32_t from = 0;
	for (size_t i = 0; i < b->ps.n; i++) {
		struct piece p = b->ps.v[i];
		if (p.head) {
			put(b, (struct range){ from, p.end }, (span){ 0 }, "page-furniture", .98f);
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
			put(b, (struct range){ from, text }, gap, p.digits ? "line-number" : "unspaced", .97f);
		from = p.sole ? text : p.end;
	}
}

/* A dash after a full stop has a space there, and then has one everywhere: "when. â The". */
static bool dashes_apart(span s)
{
	size_t at = span_find(s, SPAN(".\xE2\x80\x94"), 0);
	return at + 4 < s.n && is_alnum(s.p[at + 4]);
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
	b.dashes_apart = dashes_apart(b.s);
	for (size_t i = 0; i < b.ps.n; i++) {
		b.quoted = b.quoted && !opens_line(&b, i);
		if (!b.ps.v[i].head && !b.ps.v[i].sole)
			unspaced_words(&b, b.ps.v[i].beg + b.ps.v[i].digits, b.ps.v[i].end);
	}
	edits_settle(&b.out);
	return b.out;
}
