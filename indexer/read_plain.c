/* Plain text in UTF-8 or Windows-1252, and Markdown as OCR programs write it. */
#include "base/buf.h"
#include "base/utf8.h"
#include "indexer/read.h"

/* Code points of bytes 0x80 to 0x9F (Unicode's mapping table of CP1252). */
static const uint16_t high[32] = {
	0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
	0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
};

uint32_t windows_1252(unsigned char c)
{
	return c >= 0x80 && c < 0xA0 ? high[c - 0x80] : c;
}

/* Bytes above 0x7F of which none begins a well-formed sequence: an old code page. */
static bool is_code_page(span s)
{
	size_t alone = 0;
	for (size_t i = 0; i < s.n;) {
		unsigned len;
		if ((signed char)s.p[i] >= 0) {
			i++;
			continue;
		}
		uint32_t c = utf8_decode(span_sub(s, i, s.n), &len);
		if (c != UTF8_REPLACEMENT)
			return false;
		alone++;
		i += len;
	}
	return alone > 0;
}

/* Bytes of ASCII are copied, so the runs of the map stand between what
 * was replaced; carriage returns become line ends, or go before one. */
static struct text from_code_page(span s, struct arena *a)
{
	struct text t = { .src = s, .quality = 1 };
	struct buf b = { .a = a };
	buf_need(&b, s.n + s.n / 4 + 1);
	for (size_t i = 0, from = 0; i <= s.n; i++) {
		if (i < s.n && (signed char)s.p[i] >= 0 && s.p[i] != '\r')
			continue;
		if (i > from)
			*PUSH(a, &t.map) = (struct run){ (uint32_t)b.n, (uint32_t)from, (uint32_t)(i - from) };
		buf_put(&b, span_sub(s, from, i));
		from = i + 1;
		if (i == s.n)
			break;
		char u[4];
		bool cr = s.p[i] == '\r', crlf = cr && i + 1 < s.n && s.p[i + 1] == '\n';
		if (!crlf)
			buf_put(&b, (span){ u, utf8_encode(cr ? '\n' : windows_1252((unsigned char)s.p[i]), u) });
	}
	t.clean = buf_span(&b);
	return t;
}

/* UTF-8 with a few bad bytes stays UTF-8: a code page is only believed where no sequence at all is well-formed. */
struct text read_plain(span bytes, struct arena *a)
{
	return is_code_page(bytes) ? from_code_page(bytes, a) : text_plain(bytes, a);
}

/* Length of the mark at s[i] that is layout and not text; first: i begins a line. */
static size_t mark(span s, size_t i, bool first)
{
	span rest = span_sub(s, i, s.n);
	size_t n = 0;
	if (first && s.p[i] == '#') {
		while (n < rest.n && n < 6 && rest.p[n] == '#')
			n++;
		return n < rest.n && rest.p[n] == ' ' ? n + 1 : 0;
	}
	/* A picture: the whole line, and no look beyond 4,096 bytes for its end. */
	if (first && span_starts(rest, SPAN("![")))
		return span_find_byte(span_sub(rest, 0, 4096), '\n', 0);
	if (span_starts(rest, SPAN("**")) && !span_starts(rest, SPAN("***")))
		return 2;
	if (s.p[i] == '\\' && i + 1 < s.n && strchr("*_#[]()~`.-!", s.p[i + 1]) && s.p[i + 1])
		return 1;
	return 0;
}

/* Marks are taken out as edits are, so the map stays exact; what stands between
 * them is text. Behind a backslash the next character is text, whatever it is. */
struct text read_markdown(span bytes, struct arena *a)
{
	struct text t = read_plain(bytes, a);
	struct edits e = { 0 };
	for (size_t i = 0; i < t.clean.n;) {
		bool first = i == 0 || t.clean.p[i - 1] == '\n';
		size_t n = strchr("#!*\\", t.clean.p[i]) && t.clean.p[i] ? mark(t.clean, i, first) : 0;
		if (n)
			*PUSH(a, &e) = (struct edit){ .rule = "markdown", .at = { (uint32_t)i, (uint32_t)(i + n) }, .confidence = 1 };
		i += n ? n + (t.clean.p[i] == '\\') : 1;
	}
	t = text_apply(&t, &e, a);
	t.edits = (struct edits){ 0 }; /* layout, not damage: the map tells, as for HTML */
	return t;
}
