#include "searcher/html.h"

#include "base/utf8.h"
#include "searcher/http.h"

/* The five of HTML: enough for text and for values in quotes of either kind, and there are no values without quotes
 * but literals. */
static const char *entity(char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	default: return NULL;
	}
}

/* Overrides and isolates that a text leaves open would turn what follows it on the page: "gnp.exe" for "exe.png" is an
 * old trick. */
static bool turns_direction(uint32_t c)
{
	return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* Printable ASCII, which most of the text is, is copied in runs. */
static bool plain(char c)
{
	return (unsigned char)c >= ' ' && (unsigned char)c < 0x7F && !entity(c);
}

/* C1 controls (U+0080 to U+009F) have no meaning in HTML; what is no UTF-8 comes as U+FFFD from the decoder. */
static void odd(struct buf *b, span s, unsigned *len)
{
	char u[4];
	uint32_t c = utf8_decode(s, len);
	const char *e = c < 0x80 ? entity((char)c) : NULL;
	if (e)
		buf_put(b, span_of(e));
	else if (c == '\n' || c == '\t' || (c >= 0xA0 && !turns_direction(c)))
		buf_put(b, (span){ u, utf8_encode(c, u) });
}

void html_text(struct buf *b, span s)
{
	while (s.n) {
		size_t i = 0;
		unsigned len;
		while (i < s.n && plain(s.p[i]))
			i++;
		buf_put(b, span_sub(s, 0, i));
		s = span_sub(s, i, s.n);
		if (!s.n)
			return;
		odd(b, s, &len);
		s = span_sub(s, len, s.n);
	}
}

/* Always in quotes: a value can hold spaces. */
void html_attr(struct buf *b, const char *name, span value)
{
	buf_printf(b, " %s=\"", name);
	html_text(b, value);
	buf_byte(b, '"');
}

/* http_encode leaves nothing that has a meaning in HTML or in an address, so the value can end neither. */
void html_link(struct buf *b, const char *path, span value)
{
	buf_printf(b, " href=\"%s", path);
	http_encode(b, value);
	buf_byte(b, '"');
}

/* Slashes and "#" are structure in an address of ours, and "@" begins a version. A scheme ("javascript:") cannot
 * arise: the prefix begins with "/". */
void html_path(struct buf *b, const char *prefix, span address)
{
	buf_printf(b, " href=\"%s", prefix);
	for (size_t i = 0; i < address.n; i++) {
		char c = address.p[i];
		if (c == '/' || c == '#' || c == ':' || c == '@')
			buf_byte(b, c);
		else
			http_encode(b, span_sub(address, i, i + 1));
	}
	buf_byte(b, '"');
}
