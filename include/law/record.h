/* record: everything the index keeps of a document, packed.
 *
 * Format 1: a varint version, the clean text, then the rest, each part in
 * packed form (base/buf.h). The source is kept as the
 * difference to the clean text, so record_unpack gives it back byte for byte. */
#ifndef LAW_RECORD_H
#define LAW_RECORD_H

#include "base/err.h"
#include "base/zip.h"
#include "law/cite.h"
#include "law/outline.h"
#include "law/passage.h"

/* Where a text was read from. */
struct source {
	span path;          /* as given by the user, bytes */
	uint64_t beg, end;  /* bytes of the file after gunzip */
	span why;           /* why it was folded into this document; empty for the first */
	float similarity;   /* to the first; 1 for it */
};
struct sources {
	struct source *v;
	size_t n, cap;
};
/* Byte offsets in the clean text where sentences or paragraphs begin. */
struct starts {
	uint32_t *v;
	size_t n, cap;
};

struct record {
	struct doc doc;
	struct outline outline;
	struct cites cites;
	struct passages passages;
	struct starts sentences, paragraphs;
	struct sources sources; /* sources.n - 1 is the number of other copies */
	uint32_t copies;        /* repeated pages within the file included */
	struct spans versions;  /* addresses of other versions of this text */
};

/* Fills sentences and paragraphs from the tokens of r->doc.text.clean and the
 * outline: a unit begins a paragraph, the end of a heading a sentence, and inside a paragraph of an opinion, a
 * quotation or a footnote no other does. */
struct tokens;
void record_starts(struct record *r, const struct tokens *t, struct arena *a);
/* The whole sentences that hold `about`, no citation cut in two where a period
 * within it looked like the end of one. Needs text, citations and sentences. */
struct range record_sentence(const struct record *r, struct range about);
/* Whether the words of the title stand, in order, among the first of the text:
 * then they are not counted twice. True for an empty title. */
bool record_shows_title(const struct record *r, const struct tokens *t, struct arena *a);

/* Gives the document another address, and its units and passages theirs below it. */
void record_readdress(struct record *r, span address, struct arena *a);

/* r->doc.text.src are the source bytes of this document alone, and its map and
 * log count from their first byte; where those bytes stand in a file is said
 * by sources. Packing what was unpacked gives the same bytes. Lives in a. */
span record_pack(const struct record *r, struct arena *a);
/* Borrows from packed. A damaged one is ERR_DAMAGED, never undefined. */
bool record_unpack(span packed, struct arena *a, struct record *out, struct err *err);

/* What an entry keeps as its data: the size of the packed record as a varint,
 * then its zlib stream. A stream that is damaged, or a size above
 * RECORD_MAX_BYTES, is ERR_DAMAGED. Both live in a. d: a compressor opened with
 * RECORD_DEFLATE_LEVEL, or null for one of the call's own. */
#define RECORD_MAX_BYTES (1u << 30)
#define RECORD_DEFLATE_LEVEL 1
span record_deflate(span packed, struct deflater *d, struct arena *a);
bool record_inflate(span data, struct arena *a, span *packed, struct err *err);

#endif
