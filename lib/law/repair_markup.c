/* Residue of HTML and Markdown in text that is neither: tags, entities, bold
 * marks, headings. A footnote mark stays, as [1] at the word it hangs on. */
#include "law/repair_private.h"

static const char *const tags[] = {
	"sup", "sub", "u", "b", "i", "em", "strong", "br", "p", "span", "div", "font", "center", "small", "strike", "s", "a", "tt", "pre",
	"blockquote", "ul", "ol", "li", "h1", "h2", "h3", "h4", "hr", "table", "tr", "td", "th", "tbody", "mark", "ins", "del", "math", "img",
};
static const struct {
	const char *name, *text;
} entities[] = {
	{ "&lt;", "<" }, { "&gt;", ">" }, { "&amp;", "&" }, { "&quot;", "\"" }, { "&apos;", "'" }, { "&nbsp;", " " }, { "&sect;", "\xC2\xA7" },
	{ "&para;", "\xC2\xB6" }, { "&mdash;", "\xE2\x80\x94" }, { "&ndash;", "\xE2\x80\x93" }, { "&ldquo;", "\xE2\x80\x9C" },
	{ "&rdquo;", "\xE2\x80\x9D" }, { "&lsquo;", "\xE2\x80\x98" }, { "&rsquo;", "\xE2\x80\x99" }, { "&#167;", "\xC2\xA7" },
	{ "&#39;", "'" }, { "&#34;", "\"" }, { "&#160;", " " }, { "&#8217;", "\xE2\x80\x99" }, { "&#8220;", "\xE2\x80\x9C" },
	{ "&#8221;", "\xE2\x80\x9D" }, { "&#x27;", "'" }, { "&hellip;", "..." },
};

/* One tag at s[i]: "<sup>", "</u>", "<br/>", "<a href=...>", also written with
 * &lt; and &gt;. */
struct tag {
	span name;
	bool closing;
	uint32_t end; /* just past it; 0: none here */
};

/* "<", or "&lt;" where a text was escaped once too often. */
static bool open_bracket(span s, uint32_t i, uint32_t *past)
{
	span rest = span_sub(s, i, i + 4);
	*past = i + (span_starts(rest, SPAN("<")) ? 1 : 4);
	return span_starts(rest, SPAN("<")) || span_eq(rest, SPAN("&lt;"));
}

/* Within 200 bytes and one line: else the bracket opened no tag. */
static uint32_t close_bracket(span s, uint32_t i)
{
	for (uint32_t k = i; k < s.n && k < i + 200 && s.p[k] != '\n' && s.p[k] != '<'; k++) {
		if (s.p[k] == '>')
			return k + 1;
		if (span_eq(span_sub(s, k, k + 4), SPAN("&gt;")))
			return k + 4;
	}
	return 0;
}

/* Only known names with nothing behind them but a slash or attributes: "<p>" is a tag, "a < b" and "<Defendant>" are text. */
static struct tag tag_at(span s, uint32_t i)
{
	struct tag t = { 0 };
	uint32_t at;
	if (!open_bracket(s, i, &at))
		return t;
	if (at < s.n && s.p[at] == '/') {
		t.closing = true;
		at++;
	}
	uint32_t beg = at;
	while (at < s.n && is_alnum(s.p[at]) && at < beg + 12)
		at++;
	t.name = span_sub(s, beg, at);
	bool known = false;
	for (size_t k = 0; k < sizeof tags / sizeof *tags && !known; k++)
		known = span_case_eq(t.name, span_of(tags[k]));
	bool bare = at < s.n && (s.p[at] == '>' || s.p[at] == '/' || s.p[at] == '&' || (s.p[at] == ' ' && span_find_byte(span_sub(s, at, at + 60), '=', 0) < 60));
	if (known && bare)
		t.end = close_bracket(s, at);
	return t;
}

struct marks {
	span s;
	struct edits *out;
	struct arena *a;
};

static void drop(struct marks *m, uint32_t beg, uint32_t end, span after)
{
	edit_push(m->out, m->a, "markup", (struct range){ beg, end }, .98f)->after = after;
}

/* What stands between <sup> and </sup>, tags inside taken out; the range ends
 * past the closing tag. Empty when the tag is not closed soon. */
static span raised(struct marks *m, uint32_t from, uint32_t *end)
{
	struct buf { char p[24]; size_t n; } b = { .n = 0 };
	for (uint32_t i = from; i < m->s.n && i < from + 80 && m->s.p[i] != '\n';) {
		struct tag t = tag_at(m->s, i);
		if (t.end && t.closing && span_case_eq(t.name, SPAN("sup"))) {
			*end = t.end;
			return arena_dup(m->a, (span){ b.p, b.n });
		}
		if (t.end) {
			i = t.end;
			continue;
		}
		if (b.n == sizeof b.p)
			break;
		b.p[b.n++] = m->s.p[i++];
	}
	return (span){ 0 };
}

/* mark = 1 to 3 digits or stars, or two numbers with a comma. */
static bool is_mark(span x)
{
	bool several = x.n >= 3 && x.n <= 5 && span_find_byte(x, ',', 0) < x.n && is_digit(x.p[0]) && is_digit(x.p[x.n - 1]); /* "5,6" */
	if (!x.n || (x.n > 3 && !several))
		return false;
	for (size_t i = 0; i < x.n; i++)
		if (!is_digit(x.p[i]) && x.p[i] != '*' && !(several && x.p[i] == ','))
			return false;
	return true;
}

static bool at_line_start(span s, uint32_t i)
{
	while (i > 0 && (s.p[i - 1] == ' ' || s.p[i - 1] == '\t' || is_digit(s.p[i - 1])))
		i--;
	return i == 0 || s.p[i - 1] == '\n';
}

/* <sup>1</sup>: "[1]" close to its word; at the start of a line "[1] " opens
 * the footnote itself; alone on a line it goes. Returns where to go on. */
static uint32_t superscript(struct marks *m, uint32_t i, uint32_t past)
{
	uint32_t end = 0, beg = i;
	span x = span_trim(raised(m, past, &end));
	/* Never closed: the tag alone goes. */
	if (!end) {
		drop(m, i, past, (span){ 0 });
		return past;
	}
	while (end < m->s.n && (m->s.p[end] == ' ' || m->s.p[end] == '\t'))
		end++;
	bool eol = end == m->s.n || m->s.p[end] == '\n', starts = at_line_start(m->s, i);
	char next = eol ? '\n' : m->s.p[end];
	bool touches = next == '.' || next == ',' || next == ';' || next == ':' || next == ')';
	if (!starts)
		while (beg > 0 && (m->s.p[beg - 1] == ' ' || m->s.p[beg - 1] == '\t'))
			beg--;
	const char *tail = eol || (touches && !starts) ? "" : " ";
	if (starts && eol && is_mark(x))
		drop(m, beg, end, (span){ 0 });
	else if (is_mark(x))
		drop(m, beg, end, arena_printf(m->a, "[%.*s]%s", SPAN_ARG(x), tail));
	/* Anything else that was raised, "2d" or "th", goes back beside its word. */
	else
		drop(m, x.n && !is_alnum(x.p[0]) ? beg : i, end, arena_printf(m->a, "%.*s%s", SPAN_ARG(x), tail));
	return end;
}

/* Tags that part words when taken out. */
static bool parts_words(span name)
{
	static const char *const block[] = { "br", "p", "div", "li", "td", "tr", "th", "hr", "h1", "h2", "h3", "h4", "ul", "ol", "table", "blockquote", "center" };
	for (size_t i = 0; i < sizeof block / sizeof *block; i++)
		if (span_case_eq(name, span_of(block[i])))
			return true;
	return false;
}

/* "<sup>&</sup>lt;sup>2</sup>": an escaped tag, raised by halves. */
static uint32_t torn_tag(span s, uint32_t i)
{
	span torn = SPAN("<sup>&</sup>lt;sup>");
	return span_starts(span_sub(s, i, s.n), torn) ? i + (uint32_t)torn.n : 0;
}

/* A tag or an entity at i; where to look on, at least one byte later. */
static uint32_t one_tag(struct marks *m, uint32_t i)
{
	if (torn_tag(m->s, i))
		return superscript(m, i, torn_tag(m->s, i));
	struct tag t = tag_at(m->s, i);
	if (!t.end) {
		for (size_t k = 0; m->s.p[i] == '&' && k < sizeof entities / sizeof *entities; k++)
			if (span_starts(span_sub(m->s, i, i + 8), span_of(entities[k].name))) {
				uint32_t end = i + (uint32_t)strlen(entities[k].name);
				drop(m, i, end, span_of(entities[k].text));
				return end;
			}
		return i + 1;
	}
	if (span_case_eq(t.name, SPAN("sup")) && !t.closing)
		return superscript(m, i, t.end);
	/* "one<br>two": something must keep the words apart. */
	bool between = i > 0 && t.end < m->s.n && !is_space(m->s.p[i - 1]) && !is_space(m->s.p[t.end]);
	uint32_t beg = i;
	/* "<i>In re X</i> , 125" */
	char next = t.end < m->s.n ? m->s.p[t.end] : 0, after = t.end + 1 < m->s.n ? m->s.p[t.end + 1] : 0;
	uint32_t end = t.closing && next == ' ' && (after == ',' || after == '.' || after == ';') ? t.end + 1 : t.end;
	drop(m, beg, end, between && parts_words(t.name) ? SPAN(" ") : (span){ 0 });
	return end;
}

/* **BOLD**, opened and closed in one line; star pages ([**756]) have no second pair. */
static uint32_t bold(struct marks *m, uint32_t i)
{
	uint32_t beg = i + 2;
	if (beg >= m->s.n || m->s.p[i + 1] != '*' || is_space(m->s.p[beg]) || m->s.p[beg] == '*' || is_digit(m->s.p[beg]))
		return i + 1;
	if (memchr(",.;:)", m->s.p[beg], 5)) /* "191.550**, the": the mark of a note */
		return beg;
	for (uint32_t k = beg; k + 1 < m->s.n && k < beg + 400 && m->s.p[k] != '\n'; k++) {
		if (m->s.p[k] != '*' || m->s.p[k + 1] != '*')
			continue;
		bool word = k + 2 < m->s.n && is_alpha(m->s.p[k + 2]); /* "**Court **held" */
		if (is_space(m->s.p[k - 1]) && !word)
			break;
		drop(m, i, beg, (span){ 0 });
		drop(m, k, k + 2, (span){ 0 });
		return k + 2;
	}
	return beg;
}

/* *Id.*, *Doe v. Roe*: a few words between single stars; "*The Honorable ..." is a note, "*490" a page. Within 80 bytes and one line; what
 * closes must touch the word before. */
static uint32_t italic(struct marks *m, uint32_t i)
{
	span s = m->s;
	bool opens = i == 0 || is_space(s.p[i - 1]) || s.p[i - 1] == '(' || s.p[i - 1] == '"';
	if (!opens || i + 1 >= s.n || !is_alpha(s.p[i + 1]))
		return i + 1;
	for (uint32_t k = i + 2; k < s.n && k < i + 80 && s.p[k] != '\n'; k++) {
		if (s.p[k] != '*')
			continue;
		bool closes = !is_space(s.p[k - 1]) && (k + 1 == s.n || (!is_alnum(s.p[k + 1]) && s.p[k + 1] != '*'));
		if (!closes)
			break;
		drop(m, i, i + 1, (span){ 0 });
		drop(m, k, k + 1, (span){ 0 });
		return k + 1;
	}
	return i + 1;
}

/* "## ", one to six signs at a line's start: only the signs go. */
static uint32_t heading(struct marks *m, uint32_t i)
{
	uint32_t k = i;
	while (k < m->s.n && m->s.p[k] == '#' && k < i + 6)
		k++;
	bool starts = i == 0 || m->s.p[i - 1] == '\n';
	if (!starts || k + 1 >= m->s.n || m->s.p[k] != ' ' || is_space(m->s.p[k + 1]))
		return k > i ? k : i + 1;
	drop(m, i, k + 1, (span){ 0 });
	return k + 1;
}

/* One walk over the four bytes that can begin a mark; each reader tells where to go on. */
struct edits repair_markup(const struct text *t, struct arena *a)
{
	struct edits out = { 0 };
	struct marks m = { t->clean, &out, a };
	for (uint32_t i = 0; (i = (uint32_t)span_find_of(m.s, "<&*#", i)) < m.s.n;) {
		switch (m.s.p[i]) {
		case '<': case '&': i = one_tag(&m, i); break;
		case '*': i = i + 1 < m.s.n && m.s.p[i + 1] == '*' ? bold(&m, i) : italic(&m, i); break;
		default: i = heading(&m, i); break;
		}
	}
	edits_settle(&out);
	return out;
}
