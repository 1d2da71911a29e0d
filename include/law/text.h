/* text: source bytes, the clean text made of them, and the map between.
 *
 *     bytes -> text            a reader (indexer/read_*.c) or text_plain
 *     text  -> text            a repair (law/repair.h), through text_apply
 *     text  -> text            text_slice: the text of one document of a file
 *
 * The source is never changed. The clean text is UTF-8. The map lists, in
 * order of both sides, the pieces of the clean text that are copies of source
 * bytes; clean bytes in no run were put in (a space where words were glued,
 * U+FFFD, a decoded entity), source bytes in no run were taken out. Source and
 * map together give the source back byte for byte. */
#ifndef LAW_TEXT_H
#define LAW_TEXT_H

#include "base/arena.h"

/* clean[clean .. clean+n) is a copy of src[src .. src+n). */
struct run {
	uint32_t clean, src, n;
};
struct runs {
	struct run *v;
	size_t n, cap;
};

/* One repair. In a log, `at` is in source bytes and `before` are those bytes;
 * on its way into text_apply, `at` is in bytes of the text it is applied to. */
struct edit {
	const char *rule; /* name from the table of law/repair.h, static */
	struct range at;
	span before, after;
	float confidence; /* 0 to 1 */
};
/* The rule of an edit that changes nothing: its `after` is how the bytes of
 * `before` may be read as well. The words of it are found like those of the text (tokens_with). */
#define EDIT_READING "other-reading"
static inline bool edit_is_reading(const struct edit *e) { return strcmp(e->rule, EDIT_READING) == 0; }
struct edits {
	struct edit *v;
	size_t n, cap;
};

struct text {
	span src;           /* source bytes, borrowed */
	span clean;         /* borrowed from src or lives in an arena */
	struct runs map;
	struct edits edits; /* the log, in order of at.beg, in source bytes */
	float quality;      /* 0 to 1: share of the text that reads as words; 1 for clean text */
};

/* The text whose clean bytes are src itself, or src with ill-formed UTF-8
 * mended, a byte order mark dropped and CR LF and CR made LF (each of which
 * shows in the map, none in the log). */
struct text text_plain(span src, struct arena *a);
/* Applies edits, which are in order, do not overlap, and are given in clean
 * bytes of t. An edit with before equal to after only adds to the log; one that
 * changes nothing but white space keeps the map of all the rest, so that one
 * edit can space a whole line. */
struct text text_apply(const struct text *t, const struct edits *edits, struct arena *a);
/* The part [at.beg, at.end) of the clean text, with its own part of the source
 * (source offsets stay those of the whole), map and log. */
struct text text_slice(const struct text *t, struct range at, struct arena *a);
/* Source range that a clean range came from: from the source of its first
 * copied byte to that of its last; when none was copied, the empty range where
 * it was put in. */
struct range text_to_source(const struct text *t, struct range clean);
/* Clean offset for a source offset: that of the byte itself when it was
 * copied, else of the next copied byte, else the end. */
uint32_t text_to_clean(const struct text *t, uint32_t src);

#endif
