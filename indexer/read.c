#include "indexer/read.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>
#include <libxml/HTMLparser.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "base/zip.h"

static const char *const names[FORMATS] = { "auto", "text", "markdown", "html", "jsonl" };

int format_of_name(span name)
{
	for (int i = 0; i < FORMATS; i++)
		if (span_eq(span_of(names[i]), name))
			return i;
	return -1;
}

/* UTF-16 without its mark as UTF-8; a lone surrogate or half a unit becomes U+FFFD. */
static span from_utf16(span s, bool big, struct arena *a)
{
	struct buf b = { .a = a };
	buf_need(&b, s.n * 3 / 2 + 4);
	/* Half a unit at the end is a turn of its own. */
	for (size_t i = 0; i + 1 < s.n + 1; i += 2) {
		const unsigned char *p = (const unsigned char *)s.p + i;
		uint32_t c = i + 1 == s.n ? UTF8_REPLACEMENT : big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
		if (c >= 0xD800 && c < 0xDC00 && i + 3 < s.n) {
			uint32_t low = big ? (uint32_t)p[2] << 8 | p[3] : (uint32_t)p[3] << 8 | p[2];
			bool pair = low >= 0xDC00 && low < 0xE000;
			c = pair ? 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00) : UTF8_REPLACEMENT;
			i += pair ? 2 : 0;
		} else if (c >= 0xD800 && c < 0xE000) {
			c = UTF8_REPLACEMENT;
		}
		char u[4];
		buf_put(&b, (span){ u, utf8_encode(c, u) });
	}
	return buf_span(&b);
}

/* Size and time of the last change, to the nanosecond: what a writer at work moves. */
static bool same_file(const struct stat *x, const struct stat *y)
{
	return x->st_size == y->st_size && x->st_mtim.tv_sec == y->st_mtim.tv_sec && x->st_mtim.tv_nsec == y->st_mtim.tv_nsec;
}

/* A file that is written while it is read would give a mixture
 * of both: read again once, then left to the next run. */
static bool read_whole(int fd, struct arena *a, span *out, struct err *err)
{
	for (int tries = 0; tries < 2; tries++) {
		struct stat before, after;
		if (lseek(fd, 0, SEEK_SET) < 0 || fstat(fd, &before) != 0)
			return err_errno(err, errno, "read");
		if (before.st_size > (off_t)FILE_MAX_BYTES)
			return err_set(err, ERR_REQUEST, "%lld bytes, more than the limit of %u; split it",
				       (long long)before.st_size, FILE_MAX_BYTES);
		if (!file_read_fd(fd, FILE_MAX_BYTES, a, out, err))
			return false;
		if (fstat(fd, &after) == 0 && same_file(&before, &after))
			return true;
	}
	return err_set(err, ERR_TRY_AGAIN, "changes while it is read");
}

/* gzip by its first bytes, not by the name; bounded after it is undone, too. Places
 * in a compressed file or in one of UTF-16 are those of the UTF-8 text made of it. */
bool read_bytes(int fd, struct arena *a, span *out, struct err *err)
{
	if (!read_whole(fd, a, out, err))
		return false;
	if (zip_is_gzip(*out) && !zip_gunzip(*out, FILE_MAX_BYTES, a, out, err))
		return false;
	if (span_starts(*out, SPAN("\xFF\xFE")))
		*out = from_utf16(span_sub(*out, 2, out->n), false, a);
	else if (span_starts(*out, SPAN("\xFE\xFF")))
		*out = from_utf16(span_sub(*out, 2, out->n), true, a);
	return true;
}

/* Escape is not counted: a text with codes for a printer or a terminal is a text. */
static bool odd_control(unsigned char c)
{
	return (c < 0x20 && !is_space((char)c) && c != 0x1B) || c == 0x7F;
}

/* Some byte of w may be below 0x20 or 0x7F; never false when one is. */
static bool maybe_control(uint64_t w)
{
	uint64_t del = w ^ 0x7F7F7F7F7F7F7F7Fu;
	return (((w - 0x2020202020202020u) & ~w) | ((del - 0x0101010101010101u) & ~del)) & 0x8080808080808080u;
}

/* Bytes that no text has, and bytes that are not UTF-8, which old text may have. */
static void count_bad(span s, size_t *control, size_t *ill)
{
	for (size_t i = 0; i < s.n; i++) {
		uint64_t w;
		/* Eight bytes at a time where none is below 0x20 or 0x7F: most of a text. */
		while (s.n - i >= 8 && (memcpy(&w, s.p + i, 8), !maybe_control(w)))
			i += 8;
		for (size_t end = i + 8; i < end && i < s.n; i++)
			*control += odd_control((unsigned char)s.p[i]);
		i--;
	}
	while (s.n) {
		size_t ok = utf8_valid_prefix(s);
		s = span_sub(s, ok, s.n);
		if (!s.n)
			break;
		unsigned len;
		utf8_decode(s, &len);
		*ill += len;
		s = span_sub(s, len, s.n);
	}
}

/* A tenth may be bad: old code pages and damaged files stay below that, binaries do not. */
const char *read_refuse(span bytes, struct arena *a)
{
	size_t control = 0, ill = 0;
	if (!bytes.n)
		return "empty";
	if (!span_trim(bytes).n)
		return "nothing but white space";
	count_bad(bytes, &control, &ill);
	if ((control + ill) * 10 <= bytes.n)
		return NULL;
	return arena_printf(a, "binary: %zu of %zu bytes are neither text nor UTF-8", control + ill, bytes.n).p;
}

/* ".gz" is passed over: the bytes are what stood in it. */
static bool name_ends(span path, const char *end)
{
	span e = span_of(end);
	if (span_ends(path, SPAN(".gz")))
		path = span_sub(path, 0, path.n - 3);
	return path.n >= e.n && span_case_eq(span_sub(path, path.n - e.n, path.n), e);
}

/* An object on the first line, whole or cut only by the line's end. */
static bool looks_json(span s, span path)
{
	s = span_trim(s);
	span line = span_sub(s, 0, span_find_byte(s, '\n', 0));
	line = span_trim(line);
	if (span_starts(s, SPAN("[")) && name_ends(path, ".json")) /* a list of records */
		return span_starts(span_trim(span_sub(s, 1, s.n)), SPAN("{"));
	if (!span_starts(line, SPAN("{")))
		return false;
	/* By its name, or by an object that is whole on the line and begins with the name of a member. */
	return name_ends(path, ".jsonl") || name_ends(path, ".ndjson") || name_ends(path, ".json") ||
	       (line.n > 2 && span_find_byte(line, '"', 0) < 4 && line.p[line.n - 1] == '}');
}

/* Number of tags at the beginning that HTML knows. */
static bool looks_html(span s)
{
	char name[16];
	unsigned known = 0;
	/* The beginning is enough: a page has its tags there, too. */
	s = span_sub(span_trim(s), 0, 8192);
	if (span_case_starts(s, SPAN("<!doctype html")) || span_case_starts(s, SPAN("<html")))
		return true;
	if (!s.n || s.p[0] != '<')
		return false;
	for (size_t i = 0; (i = span_find_byte(s, '<', i)) < s.n; i++) {
		size_t n = 0, at = i + 1 + (i + 1 < s.n && s.p[i + 1] == '/');
		while (n < sizeof name - 1 && at < s.n && is_alnum(s.p[at]))
			name[n++] = to_lower(s.p[at++]);
		name[n] = 0;
		known += n && htmlTagLookup((const xmlChar *)name);
	}
	return known >= 2;
}

/* Two marks at least in the first 64 KiB: one "# " may be anything. */
static bool looks_markdown(span s)
{
	s = span_sub(s, 0, 64 << 10);
	unsigned marks = 0;
	for (size_t i = 0; i < s.n; i++) {
		bool first = i == 0 || s.p[i - 1] == '\n';
		span rest = span_sub(s, i, s.n);
		marks += first && (span_starts(rest, SPAN("# ")) || span_starts(rest, SPAN("## ")) || span_starts(rest, SPAN("### ")) ||
				   span_starts(rest, SPAN("![")) || span_starts(rest, SPAN("**")));
	}
	return marks >= 2;
}

/* What the bytes say comes before the name. JSON is asked first, since its strings may hold any markup. */
enum format read_format(span path, span bytes)
{
	if (span_starts(bytes, SPAN("\xEF\xBB\xBF")))
		bytes = span_sub(bytes, 3, bytes.n);
	if (looks_json(bytes, path))
		return FORMAT_JSONL;
	if (looks_html(bytes))
		return FORMAT_HTML;
	if (name_ends(path, ".html") || name_ends(path, ".htm") || name_ends(path, ".xhtml"))
		return FORMAT_HTML;
	return name_ends(path, ".md") || looks_markdown(bytes) ? FORMAT_MARKDOWN : FORMAT_TEXT;
}

struct text read_text(enum format f, span bytes, struct meta *meta, struct arena *a)
{
	if (f == FORMAT_HTML)
		return read_html(bytes, meta, a);
	return f == FORMAT_MARKDOWN ? read_markdown(bytes, a) : read_plain(bytes, a);
}
