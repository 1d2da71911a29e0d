/* json: a writer of JSON text. (Reading is jansson's.)
 *
 * Output is UTF-8 with the bytes of < > & U+2028 U+2029 escaped as \u, so that
 * it may stand inside HTML; ill-formed UTF-8 becomes U+FFFD; numbers never
 * depend on the locale. Commas are put by the writer. Example:
 *   struct json j = { .out = &buf };
 *   json_object(&j); json_key(&j, "n"); json_uint(&j, 1); json_end(&j, '}'); */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buf.h"

struct json {
	struct buf *out;
	bool comma; /* a value stands before: the next needs a comma */
};

/* Jansson has functions of four of these names and calls them itself: linked
 * under our own names, they do not get in its way. (A source file includes
 * only one of the two headers.) */
#define LINKED_AS(name) __asm__(name)
void json_object(struct json *j) LINKED_AS("json_put_object"); /* close with json_end(j, '}') */
void json_array(struct json *j) LINKED_AS("json_put_array");   /* close with json_end(j, ']') */
void json_end(struct json *j, char bracket);
void json_key(struct json *j, const char *key);
void json_str(struct json *j, span s);
void json_str_or_null(struct json *j, span s); /* null for the empty span */
void json_uint(struct json *j, uint64_t v);
void json_int(struct json *j, int64_t v);
/* Fixed point with `digits` decimals, 0 to 6, trailing zeros dropped; null when not finite. */
void json_real(struct json *j, double v, int digits) LINKED_AS("json_put_real");
void json_bool(struct json *j, bool v);
void json_null(struct json *j) LINKED_AS("json_put_null");
void json_raw(struct json *j, span s); /* s is JSON already */
/* A member of an object: the key and its value. */
void json_key_str(struct json *j, const char *key, span s);
void json_key_str_or_null(struct json *j, const char *key, span s);
void json_key_uint(struct json *j, const char *key, uint64_t v);
void json_key_bool(struct json *j, const char *key, bool v);

#endif
