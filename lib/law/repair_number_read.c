/* A line's number: at its left or right, apart from the text or touching it,
 * with digits that were read as letters. */
#include "law/repair_number.h"

enum { DIGITS_MOST = 4 };

/* The letters an eye of a machine takes a digit for. */
static bool looks_like(char c, char digit)
{
	static const char *const like[10] = { "OoQD", "lI|!i", "Zz", "", "", "Ss", "b", "", "B", "gq" };
	for (const char *p = like[digit - '0']; *p; p++)
		if (*p == c)
			return true;
	return false;
}

struct digits {
	char v[12];
	uint32_t n;
};

static struct digits digits_of(int n)
{
	char back[12];
	struct digits d = { .n = 0 };
	uint32_t k = 0;
	for (; n > 0 && k < sizeof back; n /= 10)
		back[k++] = (char)('0' + n % 10);
	while (k)
		d.v[d.n++] = back[--k];
	return d;
}

/* Whether the digits of n stand at i; *odd: how many of them as letters. */
static bool digits_at(span s, uint32_t i, uint32_t end, struct digits d, uint32_t *odd)
{
	*odd = 0;
	if (i + d.n > end)
		return false;
	for (uint32_t k = 0; k < d.n; k++) {
		char c = s.p[i + k];
		if (c == d.v[k])
			continue;
		if (!looks_like(c, d.v[k]))
			return false;
		++*odd;
	}
	return true;
}

/* Text may begin with c right after a line's number. */
static bool may_touch(char c)
{
	return is_alpha(c) || c == '(' || c == '"' || c == '[' || c == '*' || c == '$' || (unsigned char)c >= 0xC2;
}

/* A row of a table of two columns, "| 12 | text |", as some readers write a pleading's
 * margin: without its bars at both ends. */
static struct line row_trim(span s, struct line l, bool *row)
{
	l = line_trim(s, l);
	*row = l.end - l.beg >= 4 && s.p[l.beg] == '|';
	if (!*row)
		return l;
	l.end -= s.p[l.end - 1] == '|';
	return line_trim(s, (struct line){ l.beg + 1, l.end });
}

/* Past what some readers leave between a number and its line: the rule of a pleading's margin, "3 | text", or a colon. */
static uint32_t past_rule(span s, uint32_t i, uint32_t end)
{
	uint32_t k = i;
	while (k < end && s.p[k] == ' ')
		k++;
	bool colon = i < end && s.p[i] == ':', bar = k < end && s.p[k] == '|' && span_find_byte(span_sub(s, k + 1, end), '|', 0) == end - k - 1;
	uint32_t past = bar ? k + 1 : colon ? i + 1 : i;
	return past == end || is_space(s.p[past]) ? past : i;
}

/* What follows a number that ends at i, in a line (or row) that ends at l.end. */
static struct reading after_number(span s, struct line l, uint32_t i, bool row)
{
	struct reading out = { .kind = READ_APART };
	i = row ? i : past_rule(s, i, l.end);
	if (row && i < l.end) {
		while (i < l.end && s.p[i] == ' ')
			i++;
		bool cell = i < l.end && s.p[i] == '|' && span_find_byte(span_sub(s, i + 1, l.end), '|', 0) == l.end - i - 1;
		if (!cell) /* text in the number's column, or more columns: a table */
			return (struct reading){ 0 };
		i++;
	} else if (i < l.end && !is_space(s.p[i])) {
		out.kind = may_touch(s.p[i]) ? READ_TOUCHING : READ_FORCED;
	}
	out.text = line_trim(s, (struct line){ i, l.end });
	return out;
}

/* Letters for digits are believed only in a column of their own. */
static struct reading as_broken(struct reading r, span s, uint32_t end, uint32_t odd, uint32_t n)
{
	bool column = r.text.beg == r.text.end || r.text.beg >= end + 2 || s.p[end] == '\t';
	if (r.kind != READ_APART || (odd == n && !column))
		return (struct reading){ 0 };
	r.kind = READ_BROKEN;
	return r;
}

/* Number n again at the right of r's line, which has it at its left. */
static void set_again(struct reading *r, span s, int n)
{
	uint32_t i = r->text.end, least = r->text.beg;
	int v = 0, scale = 1;
	for (; i > least && is_digit(s.p[i - 1]) && scale <= 1000; i--, scale *= 10)
		v += (s.p[i - 1] - '0') * scale;
	bool apart = i == least || (i >= least + 2 && is_space(s.p[i - 1]) && is_space(s.p[i - 2]));
	if (r->kind == READ_NONE || r->text.end == least || v != n || !apart)
		return;
	r->again = i;
	r->text = line_trim(s, (struct line){ least, i });
}

static struct reading reads_left(const struct sheet *p, size_t k, int n)
{
	bool row;
	struct line l = row_trim(p->s, p->ls.v[k], &row);
	struct digits d = digits_of(n);
	l.beg += d.n == 1 && l.beg < l.end && p->s.p[l.beg] == '0'; /* "07" */
	uint32_t odd, end = l.beg + d.n;
	if (!digits_at(p->s, l.beg, l.end, d, &odd))
		return (struct reading){ 0 };
	struct reading r = after_number(p->s, l, end, row);
	set_again(&r, p->s, n);
	return odd ? as_broken(r, p->s, end, odd, d.n) : r;
}

/* The number's place at the right, when it begins at i. */
static struct reading before_number(span s, struct line l, uint32_t i)
{
	if (i > l.beg && !is_space(s.p[i - 1]))
		return (struct reading){ 0 };
	bool apart = i == l.beg || s.p[i - 1] == '\t' || (i >= l.beg + 2 && is_space(s.p[i - 2]));
	return (struct reading){ .kind = apart ? READ_APART : READ_NARROW, .text = line_trim(s, (struct line){ l.beg, i }) };
}

static struct reading reads_right(const struct sheet *p, size_t k, int n)
{
	struct line l = line_trim(p->s, p->ls.v[k]);
	struct digits d = digits_of(n);
	uint32_t odd;
	if (l.end - l.beg < d.n || !digits_at(p->s, l.end - d.n, l.end, d, &odd))
		return (struct reading){ 0 };
	uint32_t beg = l.end - d.n;
	beg -= d.n == 1 && beg > l.beg && p->s.p[beg - 1] == '0';
	struct reading r = before_number(p->s, l, beg);
	if (odd && r.kind)
		r.kind = r.kind == READ_APART ? READ_BROKEN : READ_NONE;
	return r;
}

struct reading number_reads(const struct sheet *p, size_t k, int n)
{
	return p->right ? reads_right(p, k, n) : reads_left(p, k, n);
}

int number_read(const struct sheet *p, size_t k, struct reading *r)
{
	bool row = false;
	struct line l = p->right ? line_trim(p->s, p->ls.v[k]) : row_trim(p->s, p->ls.v[k], &row);
	uint32_t n = 0;
	int v = 0, scale = 1;
	for (; l.beg + n < l.end && n <= DIGITS_MOST; n++) {
		char c = p->right ? p->s.p[l.end - 1 - n] : p->s.p[l.beg + n];
		if (!is_digit(c))
			break;
		v = p->right ? v + (c - '0') * scale : v * 10 + (c - '0');
		scale *= 10;
	}
	bool zero = n && p->s.p[p->right ? l.end - n : l.beg] == '0';
	bool fits = n >= 1 && n <= DIGITS_MOST && v >= 1 && (!zero || n == 2);
	*r = !fits ? (struct reading){ 0 } : p->right ? before_number(p->s, l, l.end - n) : after_number(p->s, l, l.beg + n, row);
	if (!p->right)
		set_again(r, p->s, v);
	return r->kind == READ_NONE || r->kind == READ_FORCED ? 0 : v;
}
