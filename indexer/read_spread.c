/* JSON that is spread over lines: one record pretty-printed, or a list of records. */
#include "indexer/read.h"

/* Where a scan of JSON stands: how deep, and in a string or not. */
struct place {
	unsigned depth;
	bool string, escaped;
};

/* Brackets within strings do not count; a backslash there makes the next character one of the string. */
static void step(struct place *p, char c)
{
	if (p->string) {
		p->string = p->escaped || c != '"';
		p->escaped = !p->escaped && c == '\\';
	} else if (c == '"') {
		p->string = true;
	} else if (c == '{' || c == '[') {
		p->depth++;
	} else if ((c == '}' || c == ']') && p->depth) {
		p->depth--;
	}
}

/* The first line that is not blank does not hold a whole value. */
static bool spread(span bytes)
{
	struct place p = { 0 };
	span rest = span_trim(bytes);
	if (span_starts(rest, SPAN("[")))
		return true;
	for (size_t i = 0; i < rest.n && (rest.p[i] != '\n' || p.string); i++)
		step(&p, rest.p[i]);
	return p.depth > 0;
}

/* What stands for byte c, read between the places before and after it: records
 * are parted by line ends, and nothing else is. */
static char parted(char c, const struct place *before, const struct place *after, bool list)
{
	if (c == '\n' || c == '\r')
		return !list && !before->depth ? '\n' : ' ';
	if (!list || before->string)
		return c;
	if ((c == '[' && !before->depth) || (c == ']' && !after->depth))
		return ' ';
	return c == ',' && before->depth == 1 ? '\n' : c;
}

/* Bytes are replaced one for one: a place in the record is a place in the
 * file. JSON that never closes is left as it was, to be refused line by line. */
span read_spread(span bytes, struct arena *a)
{
	span body = span_starts(bytes, SPAN("\xEF\xBB\xBF")) ? span_sub(bytes, 3, bytes.n) : bytes;
	bool list = span_starts(span_trim(body), SPAN("["));
	struct place p = { 0 };
	if (!spread(body))
		return bytes;
	char *out = arena_raw(a, bytes.n, 1);
	for (size_t i = 0; i < bytes.n; i++) {
		struct place before = p;
		step(&p, bytes.p[i]);
		out[i] = parted(bytes.p[i], &before, &p, list);
	}
	return p.depth || p.string ? bytes : (span){ out, bytes.n };
}
