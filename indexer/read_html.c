/* HTML to text with an exact map.
 *
 * libxml2's parser gives no byte offsets that survive its repairs, so the
 * bytes are scanned here, in one pass without a tree and without recursion;
 * libxml2's tables say which elements and entities there are. */
#include <stdlib.h>
#include <libxml/HTMLparser.h>
#include "base/buf.h"
#include "base/utf8.h"
#include "indexer/read.h"
#include "indexer/read_list.h"

enum { NAME_MAX_BYTES = 24, BREAK_LINE = 1, BREAK_PARAGRAPH = 2 };

struct html {
	span s;
	struct buf out;
	struct runs map;
	struct arena *a;
	struct meta *meta;
	size_t from;        /* source bytes [from, ...) that are copied next */
	unsigned gap;       /* line breaks that are due before the next text */
	bool space;         /* a space is due */
	unsigned pre;       /* depth of <pre> */
	unsigned unclosed;  /* bits: furniture of this kind does not close, so it is read as text */
	size_t no_quote[2]; /* from here on no closing quote of that kind follows */
	bool latin;
	struct html_lists lists;
};
struct tag {
	char name[NAME_MAX_BYTES]; /* lower case; empty for a comment or declaration */
	bool close, self;
	span attributes;
	size_t end;                /* just past it */
};

/* Elements by what their tags do to the flow of text. */
static const char *const paragraphs = "|p|div|h1|h2|h3|h4|h5|h6|blockquote|section|article|main|header|table|ul|ol|dl|pre|hr|"
				      "center|address|aside|figure|figcaption|caption|body|fieldset|details|summary|";
static const char *const lines = "|br|li|tr|dt|dd|thead|tbody|tfoot|option|";
static const char *const cells = "|td|th|";
/* Raw text that is never read, and furniture; a bit of `unclosed` each. */
static const char *const dropped[] = { "script", "style", "noscript", "template", "svg", "nav", "footer", "form",
				       "button", "select", "iframe", "object", "textarea", "head" };
enum { DROPPED = sizeof dropped / sizeof *dropped, BY_CLASS = DROPPED };
static const char *const furniture = "|nav|navbar|navigation|menu|breadcrumb|breadcrumbs|sidebar|cookie|footer|site-header|"
				     "site-footer|skip-link|social|share|banner|contentinfo|toc|";

/* name stands in the list between two bars. The empty name, of comments, is in none. */
static bool listed(const char *list, const char *name)
{
	size_t n = strlen(name);
	for (const char *p = n ? strstr(list, name) : NULL; p; p = strstr(p + 1, name))
		if (p[-1] == '|' && p[n] == '|') /* lists begin with a bar */
			return true;
	return false;
}

/* End of a tag whose attributes begin at i: the first '>' outside quotes. A
 * quote that never closes counts as a byte. */
static size_t tag_end(struct html *h, size_t i)
{
	while (i < h->s.n && h->s.p[i] != '>') {
		char c = h->s.p[i++];
		if ((c != '"' && c != '\'') || h->s.p[i - 2] != '=' || i >= h->no_quote[c == '"'])
			continue;
		size_t end = span_find_byte(h->s, c, i);
		if (end < h->s.n)
			i = end + 1;
		else
			h->no_quote[c == '"'] = i;
	}
	return i < h->s.n ? i + 1 : h->s.n;
}

/* The tag, comment or declaration at '<'; false when the '<' is text. */
static bool read_tag(struct html *h, size_t i, struct tag *t)
{
	span rest = span_sub(h->s, i, h->s.n);
	size_t n = 0, at = i + 1;
	*t = (struct tag){ 0 };
	if (span_starts(rest, SPAN("<!--"))) {
		size_t end = span_find(h->s, SPAN("-->"), i + 4);
		t->end = end < h->s.n ? end + 3 : tag_end(h, i + 1);
		return true;
	}
	if (rest.n > 1 && (rest.p[1] == '!' || rest.p[1] == '?')) {
		t->end = tag_end(h, i + 2);
		return true;
	}
	t->close = rest.n > 1 && rest.p[1] == '/';
	at += t->close;
	if (at >= h->s.n || !is_alpha(h->s.p[at]))
		return false;
	for (; at < h->s.n && (is_alnum(h->s.p[at]) || h->s.p[at] == '-' || h->s.p[at] == ':'); at++)
		if (n < NAME_MAX_BYTES - 1)
			t->name[n++] = to_lower(h->s.p[at]);
	t->end = tag_end(h, at);
	t->attributes = span_sub(h->s, at, t->end - 1);
	t->self = span_ends(span_trim(t->attributes), SPAN("/"));
	return true;
}

/* Value of an attribute, without its quotes; empty when it is absent. */
static span attribute(span attrs, const char *name)
{
	span want = span_of(name);
	for (size_t i = 0; i < attrs.n;) {
		while (i < attrs.n && (is_space(attrs.p[i]) || attrs.p[i] == '/'))
			i++;
		size_t beg = i;
		while (i < attrs.n && attrs.p[i] != '=' && !is_space(attrs.p[i]))
			i++;
		span key = span_sub(attrs, beg, i);
		/* A name without a value; a byte that begins no name is passed over. */
		if (i >= attrs.n || attrs.p[i] != '=') {
			i += i == beg;
			continue;
		}
		char q = ++i < attrs.n ? attrs.p[i] : 0;
		bool quoted = q == '"' || q == '\'';
		beg = i += quoted;
		while (i < attrs.n && (quoted ? attrs.p[i] != q : !is_space(attrs.p[i])))
			i++;
		if (span_case_eq(key, want))
			return span_sub(attrs, beg, i);
		i += quoted;
	}
	return (span){ 0 };
}

/* Copies source bytes [h->from, upto). */
static void flush(struct html *h, size_t upto)
{
	size_t n = upto - h->from;
	if (upto <= h->from)
		return;
	*PUSH(h->a, &h->map) = (struct run){ (uint32_t)h->out.n, (uint32_t)h->from, (uint32_t)n };
	buf_put(&h->out, span_sub(h->s, h->from, upto));
	h->from = upto;
}

/* Breaks and spaces that are due; none at the beginning of the text. */
static void settle(struct html *h)
{
	if (h->out.n)
		for (unsigned i = 0; i < h->gap; i++)
			buf_byte(&h->out, '\n');
	if (h->out.n && h->space && !h->gap)
		buf_byte(&h->out, ' ');
	h->gap = 0;
	h->space = false;
}

/* Breaks do not add up: the widest counts, and swallows a space. */
static void due(struct html *h, unsigned gap)
{
	h->gap = gap > h->gap ? gap : h->gap;
	h->space = false;
}

/* White space collapses, the non-breaking space, too: it is a word's end to whoever searches. */
static void put_code(struct html *h, uint32_t c)
{
	char u[4];
	if (c == 0xA0 || c == ' ' || c == '\t' || c == '\n') {
		h->space = true;
		return;
	}
	settle(h);
	buf_put(&h->out, (span){ u, utf8_encode(c, u) });
}

/* The code point of an entity at '&', and its length; 0 when it is none. */
static uint32_t entity(span s, size_t *len)
{
	char name[NAME_MAX_BYTES];
	size_t n = 0, i = 1;
	bool number = s.n > 2 && s.p[1] == '#', hex = number && to_lower(s.p[2]) == 'x';
	for (i += number + hex; i < s.n && is_alnum(s.p[i]) && n < NAME_MAX_BYTES - 1; i++)
		name[n++] = s.p[i];
	name[n] = 0;
	*len = i + (i < s.n && s.p[i] == ';');
	if (!n)
		return 0;
	if (!number) {
		const htmlEntityDesc *e = htmlEntityLookup((const xmlChar *)name);
		return e ? e->value : 0;
	}
	char *end;
	unsigned long c = strtoul(name, &end, hex ? 16 : 10);
	if (*end || c == 0)
		return 0;
	if (c >= 0x80 && c < 0xA0)
		return windows_1252((unsigned char)c); /* as browsers do */
	return c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) ? UTF8_REPLACEMENT : (uint32_t)c;
}

/* A byte above 0x7F at i: a sequence of UTF-8, or of the page's code page. Returns its length. */
static size_t wide(struct html *h, size_t i)
{
	unsigned len;
	uint32_t c = utf8_decode(span_sub(h->s, i, h->s.n), &len);
	if (c != UTF8_REPLACEMENT && !h->latin) {
		settle(h);
		h->from = i;
		flush(h, i + len);
		return len;
	}
	put_code(h, h->latin ? windows_1252((unsigned char)h->s.p[i]) : UTF8_REPLACEMENT);
	return h->latin ? 1 : len;
}

static bool ordinary(const struct html *h, char c)
{
	return (signed char)c >= 0 && c != '<' && c != '&' && (!is_space(c) || (h->pre && c == '\n'));
}

/* Text up to the next tag, entity or end; returns where it stopped. */
static size_t read_words(struct html *h, size_t i)
{
	while (i < h->s.n) {
		char c = h->s.p[i];
		if (is_space(c) && !(h->pre && c == '\n')) {
			/* a single space between words is copied, so that a run spans the line */
			if (c == ' ' && i + 1 < h->s.n && ordinary(h, h->s.p[i + 1]) && !h->gap && h->out.n && !h->space) {
				h->from = i;
				flush(h, i + 1);
			} else {
				h->space |= c != '\r';
			}
			i++;
		} else if (ordinary(h, c)) {
			size_t end = i;
			while (end < h->s.n && ordinary(h, h->s.p[end]))
				end++;
			settle(h);
			h->from = i;
			flush(h, end);
			i = end;
		} else if ((signed char)c < 0) {
			i += wide(h, i);
		} else {
			return i;
		}
	}
	return i;
}

/* Just past the end tag of t, whose own nested tags are counted; 0 when there is none. */
static size_t past_element(struct html *h, const struct tag *t)
{
	bool raw = listed("|script|style|textarea|", t->name);
	size_t depth = 1;
	for (size_t i = t->end; (i = span_find_byte(h->s, '<', i)) < h->s.n;) {
		struct tag u;
		/* In raw text no tag begins anything: only an end tag can be one. */
		if (!read_tag(h, i, &u) || (raw && !u.close)) {
			i++;
			continue;
		}
		i = u.end;
		if (strcmp(u.name, t->name) != 0 || u.self)
			continue;
		depth += u.close ? (size_t)-1 : raw ? 0 : 1;
		if (!depth)
			return i;
	}
	return 0;
}

/* The words of class, id and role, lower case, each for itself: "site-nav-wrapper" is none of them. */
static bool furniture_class(span attrs)
{
	static const char *const names[] = { "class", "id", "role" };
	for (size_t i = 0; i < 3; i++) {
		span rest = attribute(attrs, names[i]), word;
		char low[NAME_MAX_BYTES];
		while (span_cut(&rest, ' ', &word)) {
			if (word.n >= NAME_MAX_BYTES)
				continue;
			for (size_t k = 0; k < word.n; k++)
				low[k] = to_lower(word.p[k]);
			low[word.n] = 0;
			if (listed(furniture, low))
				return true;
		}
	}
	return false;
}

/* Which kind of dropped element a tag opens; -1 for none. */
static int dropped_kind(const struct tag *t)
{
	for (int i = 0; i < DROPPED; i++)
		if (strcmp(t->name, dropped[i]) == 0)
			return i;
	bool may = listed("|div|section|ul|ol|header|aside|table|p|span|", t->name);
	return may && furniture_class(t->attributes) ? BY_CLASS : -1;
}

/* What <title> and <meta> say, within a head. */
static void head_tag(struct html *h, const struct tag *t)
{
	if (strcmp(t->name, "title") == 0 && !t->close && !h->meta->title.n) {
		size_t end = span_find_byte(h->s, '<', t->end);
		span title = span_trim(span_sub(h->s, t->end, end < t->end + 1000 ? end : t->end));
		struct meta none = { 0 };
		struct text clean = title.n && end < h->s.n ? read_html(title, &none, h->a) : (struct text){ 0 };
		h->meta->title = span_trim(clean.clean);
	}
	if (strcmp(t->name, "meta") != 0)
		return;
	span name = attribute(t->attributes, "name"), value = span_trim(attribute(t->attributes, "content"));
	name = name.n ? name : attribute(t->attributes, "property");
	static const char *const dates[] = { "date", "dc.date", "dcterms.date", "dcterms.issued", "citation_date",
					     "citation_publication_date", "article:published_time", "decision_date" };
	/* The first date that the page gives counts; ten bytes are yyyy-mm-dd. */
	for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
		if (span_case_eq(name, span_of(dates[i])) && !h->meta->date.n && value.n >= 4)
			h->meta->date = span_sub(value, 0, 10);
}

/* A head is dropped as a whole; only what head_tag knows is taken from it. */
static void read_head(struct html *h, size_t beg, size_t end)
{
	for (size_t i = beg; (i = span_find_byte(h->s, '<', i)) < end;) {
		struct tag t;
		if (!read_tag(h, i, &t)) {
			i++;
			continue;
		}
		head_tag(h, &t);
		i = t.end;
	}
}

/* The digits of <sup>12</sup> or <sup><a href="#n12">[12]</a></sup>, *end just past it; empty when it is anything else. */
static span raised_number(const struct html *h, const struct tag *t, size_t *end)
{
	span rest = span_sub(h->s, t->end, t->end + 200), digits = { 0 };
	for (size_t i = 0; i < rest.n; i++) {
		if (rest.p[i] == '<' && span_case_starts(span_sub(rest, i, rest.n), SPAN("</sup"))) {
			*end = t->end + span_find_byte(rest, '>', i) + 1;
			return digits.n <= 3 ? digits : (span){ 0 };
		}
		if (rest.p[i] == '<')
			i = span_find_byte(rest, '>', i);
		else if (is_digit(rest.p[i]) && (!digits.n || digits.p + digits.n == rest.p + i))
			digits = (span){ digits.n ? digits.p : rest.p + i, digits.n + 1 };
		else if (!is_space(rest.p[i]) && rest.p[i] != '[' && rest.p[i] != ']')
			return (span){ 0 };
	}
	return (span){ 0 };
}

/* Whether a raised number after this text is a power: "10", "5 m", "200 ft". */
static bool takes_power(span before)
{
	static const char *const units[] = { "10", "m", "cm", "mm", "km", "ft", "in", "yd", "mi" };
	size_t at = before.n;
	while (at && is_alnum(before.p[at - 1]))
		at--;
	bool number = at && before.p[at - 1] == ' ' && at > 1 && is_digit(before.p[at - 2]);
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (span_eq(span_sub(before, at, before.n), span_of(units[i])))
			return i == 0 || number;
	return false;
}

/* A raised number would glue to its word. It becomes what repair makes of a scanned one, "[3]", at the
 * call and before the note, or "^2". Past it; else 0: "1<sup>st</sup>" is read as it stands. */
static size_t past_mark(struct html *h, const struct tag *t)
{
	size_t end = 0;
	if (strcmp(t->name, "sup") != 0 || t->close)
		return 0;
	span digits = raised_number(h, t, &end);
	if (!digits.n)
		return 0;
	bool line = !h->out.n || h->gap;
	bool power = !line && !h->space && takes_power(buf_span(&h->out));
	settle(h);
	buf_put(&h->out, power ? SPAN("^") : SPAN("["));
	buf_put(&h->out, digits);
	buf_put(&h->out, power ? SPAN("") : SPAN("]"));
	h->space |= line;
	return end;
}

/* A list's numbers are in its markup alone: they are put before its items. */
static void apply_list(struct html *h, const struct tag *t)
{
	char label[LIST_LABEL_BYTES];
	bool ordered = strcmp(t->name, "ol") == 0;
	if ((ordered || strcmp(t->name, "ul") == 0) && t->close) {
		list_close(&h->lists);
	} else if (ordered || strcmp(t->name, "ul") == 0) {
		list_open(&h->lists, ordered, attribute(t->attributes, "type"), attribute(t->attributes, "style"), attribute(t->attributes, "start"));
	} else if (!t->close && strcmp(t->name, "li") == 0) {
		size_t n = list_item(&h->lists, attribute(t->attributes, "value"), label);
		if (!n || list_numbers_itself(h->s, t->end))
			return;
		settle(h);
		buf_put(&h->out, (span){ label, n });
		h->space = true;
	}
}

/* What the tag does to the flow; returns where reading goes on. */
static size_t apply_tag(struct html *h, const struct tag *t)
{
	int kind = t->close || t->self || !t->name[0] ? -1 : dropped_kind(t);
	if (kind >= 0 && !(h->unclosed >> kind & 1)) {
		size_t end = past_element(h, t);
		if (strcmp(t->name, "head") == 0)
			read_head(h, t->end, end ? end : t->end);
		if (end) {
			due(h, kind >= 5 ? BREAK_PARAGRAPH : h->gap);
			return end;
		}
		/* From here on this kind is read as text: it is not looked
		 * for again, so that time stays linear in the page. */
		h->unclosed |= 1u << kind;
	}
	size_t mark = past_mark(h, t);
	if (mark)
		return mark;
	if (strcmp(t->name, "pre") == 0)
		h->pre = t->close ? 0 : 1;
	/* Beginning and end alike break the flow. */
	if (listed(paragraphs, t->name))
		due(h, BREAK_PARAGRAPH);
	else if (listed(lines, t->name))
		due(h, strcmp(t->name, "br") == 0 && h->gap ? BREAK_PARAGRAPH : BREAK_LINE);
	else if (listed(cells, t->name))
		h->space = true;
	else if (strcmp(t->name, "title") == 0 || strcmp(t->name, "meta") == 0)
		head_tag(h, t);
	if (t->name[0] == 'o' || t->name[0] == 'u' || t->name[0] == 'l')
		apply_list(h, t);
	return t->end;
}

/* What neither begins a tag nor an entity is text as it stands: "a < b", "AT&T". */
static size_t read_one(struct html *h, size_t i)
{
	struct tag t;
	size_t len = 1;
	if (h->s.p[i] == '<' && read_tag(h, i, &t))
		return apply_tag(h, &t);
	uint32_t c = h->s.p[i] == '&' ? entity(span_sub(h->s, i, h->s.n), &len) : 0;
	if (c) {
		put_code(h, c);
		return i + len;
	}
	settle(h);
	h->from = i;
	flush(h, i + 1);
	return i + 1;
}

/* Neighbouring runs that touch on both sides become one. */
static struct runs joined(const struct runs *m, struct arena *a)
{
	struct runs out = { 0 };
	for (size_t i = 0; i < m->n; i++) {
		struct run *last = out.n ? &out.v[out.n - 1] : NULL;
		if (last && last->clean + last->n == m->v[i].clean && last->src + last->n == m->v[i].src)
			last->n += m->v[i].n;
		else
			*PUSH(a, &out) = m->v[i];
	}
	return out;
}

/* A page with any bytes that are not UTF-8 is taken as
 * Windows-1252 throughout, as browsers take one without a charset. */
struct text read_html(span bytes, struct meta *meta, struct arena *a)
{
	struct html h = { .s = bytes, .out = { .a = a }, .a = a, .meta = meta, .no_quote = { SIZE_MAX, SIZE_MAX } };
	size_t i = span_starts(bytes, SPAN("\xEF\xBB\xBF")) ? 3 : 0;
	h.latin = utf8_valid_prefix(bytes) < bytes.n;
	buf_need(&h.out, bytes.n / 2 + 64);
	while (i < bytes.n) {
		i = read_words(&h, i);
		if (i < bytes.n)
			i = read_one(&h, i);
	}
	buf_byte(&h.out, '\n');
	return (struct text){ .src = bytes, .clean = buf_span(&h.out), .map = joined(&h.map, a), .quality = 1 };
}
