#include "indexer/json_line.h"

#include "base/utf8.h"

struct parse {
	span s;
	size_t i;          /* of the byte that is next */
	const char *wrong; /* null: all is well so far */
	struct json_line *out;
	struct arena *a;
};

/* The byte that is next; 0 at the end, which no rule of the grammar accepts there. */
static char peek(const struct parse *p)
{
	return p->i < p->s.n ? p->s.p[p->i] : 0;
}

/* Always false, so that a rule ends with it. The place is p->i. */
static bool wrong(struct parse *p, const char *what)
{
	p->wrong = what;
	return false;
}

/* JSON's own four, not those of the language: a form feed is an error. */
static void skip_space(struct parse *p)
{
	while (p->i < p->s.n && (p->s.p[p->i] == ' ' || p->s.p[p->i] == '\t' || p->s.p[p->i] == '\n' || p->s.p[p->i] == '\r'))
		p->i++;
}

/* Some byte of x is the byte that all of `same` are: the classic test for a zero byte. */
static bool has_byte(uint64_t x, uint64_t same)
{
	x ^= same;
	return (x - 0x0101010101010101u) & ~x & 0x8080808080808080u;
}

/* From i on past what can only be text: eight bytes at a time, nearly always. */
static size_t plain(span s, size_t i)
{
	uint64_t w;
	while (s.n - i >= 8) {
		memcpy(&w, s.p + i, 8);
		bool control = (w - 0x2020202020202020u) & ~w & 0x8080808080808080u;
		if (control || has_byte(w, 0x2222222222222222u) || has_byte(w, 0x5C5C5C5C5C5C5C5Cu))
			break;
		i += 8;
	}
	while (i < s.n && s.p[i] != '"' && s.p[i] != '\\' && (unsigned char)s.p[i] >= 0x20)
		i++;
	return i;
}

/* Four hexadecimal digits; UINT32_MAX when they are none, which no four make. */
static unsigned hex4(span s, size_t i)
{
	unsigned v = 0;
	for (size_t k = i; k < i + 4; k++) {
		char c = k < s.n ? to_lower(s.p[k]) : 0;
		if (!is_digit(c) && !(c >= 'a' && c <= 'f'))
			return UINT32_MAX;
		v = v << 4 | (unsigned)(is_digit(c) ? c - '0' : c - 'a' + 10);
	}
	return v;
}

/* The string whose opening quotation mark is next. */
static bool string(struct parse *p, span *raw, bool *escaped)
{
	size_t beg = ++p->i;
	*escaped = false;
	for (;;) {
		p->i = plain(p->s, p->i);
		if (p->i >= p->s.n)
			return wrong(p, "a string that does not end");
		char c = p->s.p[p->i];
		if (c == '"')
			break;
		if (c != '\\')
			return wrong(p, "a control character in a string");
		*escaped = true;
		char e = p->i + 1 < p->s.n ? p->s.p[p->i + 1] : 0;
		if (e == 'u' ? hex4(p->s, p->i + 2) == UINT32_MAX : !e || !memchr("\"\\/bfnrt", e, 8))
			return wrong(p, "an unknown escape");
		p->i += e == 'u' ? 6 : 2;
	}
	/* Escapes are undone when somebody asks for the bytes (json_text): few values of a line are looked at. */
	*raw = span_sub(p->s, beg, p->i++);
	return true;
}

static size_t digits(struct parse *p)
{
	size_t n = 0;
	for (; is_digit(peek(p)); n++)
		p->i++;
	return n;
}

/* number := "-"? ("0" | [1-9] digits?) ("." digits)? ([eE] [+-]? digits)? */
static bool number(struct parse *p, struct json_value *v)
{
	size_t beg = p->i, n;
	p->i += peek(p) == '-';
	/* JSON has no leading zeros: "01" is an error, not 1. */
	bool zero = peek(p) == '0';
	n = digits(p);
	if (!n || (zero && n > 1))
		return wrong(p, "a malformed number");
	v->kind = LINE_INTEGER;
	if (peek(p) == '.') {
		p->i++;
		v->kind = LINE_REAL;
		if (!digits(p))
			return wrong(p, "a malformed number");
	}
	if (to_lower(peek(p)) == 'e') {
		p->i++;
		v->kind = LINE_REAL;
		p->i += peek(p) == '+' || peek(p) == '-';
		if (!digits(p))
			return wrong(p, "a malformed number");
	}
	v->raw = span_sub(p->s, beg, p->i);
	return true;
}

/* true, false, null: kept so that the list is complete; no field is made of them. */
static bool word(struct parse *p, struct json_value *v)
{
	static const char *const words[] = { "true", "false", "null" };
	for (size_t k = 0; k < 3; k++) {
		span w = span_of(words[k]);
		if (!span_starts(span_sub(p->s, p->i, p->s.n), w))
			continue;
		v->raw = w;
		v->kind = LINE_OTHER;
		p->i += w.n;
		return true;
	}
	return wrong(p, "no value where one is due");
}

static bool value(struct parse *p, struct json_value v, unsigned depth);

/* The members or items up to `close`; the bracket that opens them was read. */
static bool parts(struct parse *p, char close, unsigned depth)
{
	skip_space(p);
	for (bool first = true; peek(p) != close; first = false) {
		struct json_value v = { 0 };
		if (!first && peek(p) != ',')
			return wrong(p, "no comma where one is due");
		p->i += !first;
		skip_space(p);
		/* member := string ":" value; an item is the value alone. */
		if (close == '}') {
			if (peek(p) != '"')
				return wrong(p, "a member without a name");
			if (!string(p, &v.name, &v.name_escaped))
				return false;
			skip_space(p);
			if (peek(p) != ':')
				return wrong(p, "no colon where one is due");
			p->i++;
		}
		if (!value(p, v, depth))
			return false;
		skip_space(p);
	}
	p->i++;
	return true;
}

/* depth: of what holds it; bounded, so the recursion is. */
static bool value(struct parse *p, struct json_value v, unsigned depth)
{
	skip_space(p);
	size_t me = p->out->n, beg = p->i;
	char c = peek(p);
	bool holder = c == '{' || c == '[', ok = true;
	*PUSH(p->a, p->out) = v;
	if (holder) {
		v.kind = c == '{' ? LINE_OBJECT : LINE_ARRAY;
		p->i++;
		ok = depth < JSON_DEPTH_MAX ? parts(p, c == '{' ? '}' : ']', depth + 1) : wrong(p, "deep");
		v.raw = span_sub(p->s, beg, p->i);
	} else if (c == '"') {
		v.kind = LINE_STRING;
		ok = string(p, &v.raw, &v.escaped);
	} else {
		ok = c == '-' || is_digit(c) ? number(p, &v) : word(p, &v);
	}
	/* By number: the list may have moved while the parts were read, so v is a copy until now. */
	v.after = (uint32_t)p->out->n;
	p->out->v[me] = v;
	return ok;
}

/* The value has to be all of the line: what follows it is an error, not another record. */
bool json_line(span line, struct arena *a, struct json_line *out, struct err *err)
{
	struct parse p = { .s = line, .out = out, .a = a };
	*out = (struct json_line){ 0 };
	bool ok = value(&p, (struct json_value){ 0 }, 0);
	skip_space(&p);
	if (ok && p.i < line.n)
		ok = wrong(&p, "something after the value");
	if (ok)
		return true;
	if (strcmp(p.wrong, "deep") == 0)
		return err_set(err, ERR_REQUEST, "JSON nested more than %d deep", JSON_DEPTH_MAX);
	return err_set(err, ERR_REQUEST, "not JSON at byte %zu: %s", p.i, p.wrong);
}

static span unescaped(span s, struct arena *a);

/* Of two members with one name the last counts, as most readers have it. `after` leaps over what a value holds. */
size_t json_member(const struct json_line *l, size_t of, span name, struct arena *a)
{
	size_t found = 0;
	if (l->v[of].kind != LINE_OBJECT)
		return 0;
	for (size_t i = of + 1; i < l->v[of].after; i = l->v[i].after)
		if (span_eq(l->v[i].name_escaped ? unescaped(l->v[i].name, a) : l->v[i].name, name))
			found = i;
	return found;
}

/* By counting, since a flat list has no index; paths ask for the first, mostly. */
size_t json_item(const struct json_line *l, size_t of, size_t nth)
{
	if (l->v[of].kind != LINE_ARRAY)
		return 0;
	for (size_t i = of + 1; i < l->v[of].after; i = l->v[i].after)
		if (nth-- == 0)
			return i;
	return 0;
}

/* The code point of the escape "\uXXXX" at i; two of them may make one. */
static uint32_t code_point(span s, size_t *i)
{
	uint32_t c = hex4(s, *i + 2);
	*i += 6;
	if (c < 0xD800 || c > 0xDFFF)
		return c;
	uint32_t low = c < 0xDC00 && span_starts(span_sub(s, *i, s.n), SPAN("\\u")) ? hex4(s, *i + 2) : 0;
	if (low < 0xDC00 || low > 0xDFFF)
		return UTF8_REPLACEMENT;
	*i += 6;
	return 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
}

/* An escape takes more bytes than what it stands for. */
static span unescaped(span s, struct arena *a)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	char *out = arena_raw(a, s.n + 1, 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n;) {
		/* What stands between two escapes is copied at once. */
		size_t stop = span_find_byte(s, '\\', i);
		memcpy(out + n, s.p + i, stop - i);
		n += stop - i;
		i = stop;
		if (i + 1 >= s.n)
			break;
		if (s.p[i + 1] == 'u') {
			n += utf8_encode(code_point(s, &i), out + n);
			continue;
		}
		out[n++] = to[(const char *)memchr(from, s.p[i + 1], 8) - from];
		i += 2;
	}
	out[n] = 0;
	return (span){ out, n };
}

span json_text(const struct json_value *v, struct arena *a)
{
	return v->escaped ? unescaped(v->raw, a) : arena_dup(a, v->raw);
}
