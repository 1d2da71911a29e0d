/* json_line: one line of JSON Lines as a flat list of its values.
 *
 * RFC 8259, strict, in one pass, without a tree of its own allocations: a
 * value is a slice of the line until somebody asks for its bytes. Of several
 * members with one name the last counts. */
#ifndef INDEXER_JSON_LINE_H
#define INDEXER_JSON_LINE_H

#include "base/arena.h"
#include "base/err.h"

enum { JSON_DEPTH_MAX = 64 };
enum line_kind { LINE_OBJECT, LINE_ARRAY, LINE_STRING, LINE_INTEGER, LINE_REAL, LINE_OTHER /* true, false, null */ };
struct json_value {
	span name;      /* of a member, as written; its quotes left out */
	span raw;       /* as written; a string without its quotes */
	uint32_t after; /* number of the first value that is no part of this one */
	uint8_t kind;
	bool name_escaped, escaped; /* a backslash stands in it */
};
/* In the order of the line, a whole before its parts: value 0 is all. */
struct json_line {
	struct json_value *v;
	size_t n, cap;
};
/* line must be UTF-8, below 4 GiB; the values borrow from it. Lives in a. False
 * with err: damaged, nested more than JSON_DEPTH_MAX deep, anything after the value. */
bool json_line(span line, struct arena *a, struct json_line *out, struct err *err);
/* Number of a member of value `of`, of an item of it; 0 when there is none, or
 * when it is no object (no array). */
size_t json_member(const struct json_line *l, size_t of, span name, struct arena *a);
size_t json_item(const struct json_line *l, size_t of, size_t nth);
/* The bytes of a string, escapes undone; a lone surrogate becomes U+FFFD. */
span json_text(const struct json_value *v, struct arena *a);

#endif
