/* read: from a file's bytes to text.
 *
 * One reader a format (read_*.c). A reader gives the text with its map to the
 * bytes and what the format itself says of the document; it repairs nothing. */
#ifndef INDEXER_READ_H
#define INDEXER_READ_H

#include "base/args.h"
#include "base/err.h"
#include "law/document.h"

enum format { FORMAT_AUTO, FORMAT_TEXT, FORMAT_MARKDOWN, FORMAT_HTML, FORMAT_JSONL, FORMATS };
#define FORMAT_CHOICES "auto|text|markdown|html|jsonl"
enum { LINE_MAX_BYTES = 64 << 20 };

/* -1 for an unknown name. */
int format_of_name(span name);

/* All bytes of the open file: at most FILE_MAX_BYTES, gzip undone (whatever
 * the name), UTF-16 with a byte order mark made UTF-8. A file that changes
 * while it is read is read once more. */
bool read_bytes(int fd, struct arena *a, span *out, struct err *err);
/* Why bytes are no text: "empty", "binary: ..."; null when they are. */
const char *read_refuse(span bytes, struct arena *a);
/* What the bytes are, by what they begin with; the name decides only where they do not. */
enum format read_format(span path, span bytes);

/* The text of a file that is not JSON Lines. What the format says goes to
 * meta where meta does not say it already. */
struct text read_text(enum format f, span bytes, struct meta *meta, struct arena *a);
struct text read_html(span bytes, struct meta *meta, struct arena *a);
struct text read_markdown(span bytes, struct arena *a);
/* text_plain; bytes that are not UTF-8 but read as Windows-1252 are taken as that. */
struct text read_plain(span bytes, struct arena *a);
/* Bytes in Windows-1252 as UTF-8: the code point of byte c. */
uint32_t windows_1252(unsigned char c);

/* JSON with a record, or a list of records, over several lines as JSON Lines
 * of the same length: every byte keeps its place. Bytes that are JSON Lines
 * already, or never close, as they are; else the copy is in a. */
span read_spread(span bytes, struct arena *a);

/* JSON Lines. */
enum field_from { FROM_TEXT, FROM_TITLE, FROM_NUMBER, FROM_CITE, FROM_DATE, FROM_COURT, FROM_KIND, FROM_JURISDICTION,
		  FROM_CODE, FROM_ID, FROM_URL, FROM_DOCKET, FROM_JUDGE, FROM_VERSION, FROM_COUNT };
/* Where the fields of a record are, and values that all records have. */
struct crosswalk;
struct mapping {
	span path[FROM_COUNT];  /* ".casebody.opinions[0].text"; empty: not mapped */
	span value[FROM_COUNT]; /* --set */
	bool mapped;            /* --map was given: no guessing */
	const struct crosswalk *crosswalk; /* --crosswalk; may be null */
};
/* Parses "text=.text,title=.heading" into m->path, "code=rsmo" into m->value. */
bool mapping_paths(span spec, struct mapping *m, struct err *err);
bool mapping_values(span spec, struct mapping *m, struct err *err);
/* The values of --set as metadata. */
struct meta mapping_meta(const struct mapping *m);
/* One line: its text (empty when the record has none) and metadata, with
 * those of --set first. False with err: no object, too deep, damaged. */
struct line_record {
	struct meta meta;
	span text;
};
bool read_record(span line, const struct mapping *m, struct arena *a, struct line_record *out, struct err *err);
/* The text of a record, which may be HTML; what that says of itself goes to r->meta. A
 * record without text has that of its heading: it can be found by its number. False: it has neither. */
bool record_text(struct line_record *r, struct arena *a, struct text *out);

#endif
