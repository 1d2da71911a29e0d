/* What the classes of repair share: signs of damage, lines, small readers. */
#ifndef LAW_REPAIR_PRIVATE_H
#define LAW_REPAIR_PRIVATE_H

#include "law/repair.h"
#include "law/segment.h"

/* Signs that the shared scan finds (lib/law/repair_scan.c). */
enum {
	SIGN_NUMBERED = 1,   /* several lines begin or end with a small number */
	SIGN_MARKUP = 2,     /* a tag, an entity, a heading or bold mark */
	SIGN_PAGES = 4,      /* form feeds, filing stamps, lines that are page numbers */
	SIGN_CRUMBS = 8,     /* a short line with > or the like between words; site furniture */
	SIGN_UNSPACED = 16,  /* runs of letters far too long */
	SIGN_BROKEN = 32,    /* a tab between letters */
	SIGN_HYPHEN = 64,    /* a hyphen at a line end, a soft hyphen */
	SIGN_GLUED = 128,    /* words no table holds, or letters touching what should stand apart */
	SIGN_STRANGE = 256,  /* hardly any word is known */
	SIGN_DOUBLED = 512,  /* every other line is empty */
	SIGN_LONG = 1024,    /* long enough to hold a page twice */
	SIGN_FLOWED = 2048,  /* small bare numbers inside lines */
	SIGN_PIECES = 4096,  /* pieces of words standing alone */
	SIGN_DOUBT = 8192,   /* a word that looks like two, not beyond doubt */
	SIGN_MOJIBAKE = 16384, /* a letter that a byte of UTF-8 reads as, and another byte after it */
	SIGN_RAISED = 32768   /* small numbers that touch the words before them */
};
/* Whole lines of the text, and what was seen in them. */
struct scan_block {
	uint32_t n;             /* bytes */
	uint32_t signs;
	uint32_t letters, good; /* bytes of words, and of those that read as words */
	uint32_t joints;        /* words that look like two, not beyond doubt each */
	uint32_t lines, doubled, numbered; /* with text; after an empty one; with a number at an end */
	uint32_t flowed;        /* small numbers standing alone inside lines */
	uint32_t raised;        /* those that touch the word before them, or its punctuation */
	uint32_t long_bytes, pieces; /* of words far too long; words that are pieces of words */
	uint32_t halves;             /* unknown words beside a hyphen */
	uint32_t before, since; /* lines before the first, after the last that breaks off or goes on inside a sentence */
	bool tells, goes_on;    /* there is one; the first goes on */
	bool open, blank;       /* its first line of text is also its first; its last is empty */
	bool stale;             /* edited since */
};
struct scan_blocks {
	struct scan_block *v;
	size_t n, cap;
};
struct repair_scan {
	uint32_t signs;
	size_t letters, good;
	struct scan_blocks blocks;
};
struct repair_scan repair_scan(span clean, struct arena *a);
/* Tells the scan of edits that are made to the text; then repair_rescan, given the
 * text as it is now, looks at what they touched. SIGN_LONG stays what it was. */
void repair_scan_edited(struct repair_scan *r, const struct edits *edits);
void repair_rescan(struct repair_scan *r, span clean, struct arena *a);

/* What the scan asks the classes about one word or place (cheap). */
enum joint_kind { JOINT_NONE, JOINT_LIKELY, JOINT_SURE };
enum joint_kind joint_in_word(span w, uint32_t *at); /* two words run into one, the second from letter *at on */
/* Two words all in capitals, or more, stand before byte i: what follows in capitals is no name. */
static inline bool capitals_before(span s, uint32_t i)
{
	uint32_t n = 0, words = 0;
	for (; i > 0 && n < 40 && (is_upper(s.p[i - 1]) || s.p[i - 1] == ' ' || s.p[i - 1] == ','); i--, n++)
		words += s.p[i - 1] == ' ';
	return words >= 3 && n >= 12;
}
bool joint_at_mark(span s, uint32_t i);  /* letters from i on touch what stands before them, and should not */
bool is_site_furniture(span line);
enum { FILING_LINE_MOST = 130 };
bool is_filing_line(span line); /* "NYSCEF DOC. NO. 45", "FILED: KINGS COUNTY CLERK ..." */

struct line {
	uint32_t beg, end; /* without the line feed */
};
struct lines {
	struct line *v;
	size_t n, cap;
};
struct lines bare_lines(span s, struct arena *a);
/* Line without white space (form feeds too) at its ends. */
static inline struct line line_trim(span s, struct line l)
{
	while (l.beg < l.end && is_space(s.p[l.beg]))
		l.beg++;
	while (l.end > l.beg && is_space(s.p[l.end - 1]))
		l.end--;
	return l;
}
static inline span line_span(span s, struct line l) { return (span){ s.p + l.beg, l.end - l.beg }; }

/* The letters that end before byte i, or begin at it: 40 at most. */
span letters_before(span s, uint32_t i);
span letters_after(span s, uint32_t i);

/* An edit that takes the bytes out; `after` of what it gives puts others in their place. */
struct edit *edit_push(struct edits *out, struct arena *a, const char *rule, struct range at, float confidence);
/* In order of at.beg, overlapping ones dropped (the first stays). */
void edits_settle(struct edits *e);

struct edits repair_mojibake(const struct text *t, struct arena *a);
struct edits repair_shift(const struct text *t, struct arena *a);
struct edits repair_markup(const struct text *t, struct arena *a);
struct edits repair_repeats(const struct text *t, struct arena *a);
struct edits repair_numbers_left(const struct text *t, struct arena *a);
struct edits repair_numbers_right(const struct text *t, struct arena *a);
struct edits repair_numbers_flowed(const struct text *t, struct arena *a);
struct edits repair_crumbs(const struct text *t, struct arena *a);
/* Running heads with their page number, where no form feed parts the pages. */
bool repair_title_like(span w); /* mostly capitalised words, and no sentence */
/* The number of a line that is a page number, "- 12 -", "12", "Page 2 of 4"; 0: it is none. *decorated: more than the bare number. */
uint32_t repair_page_number(span l, bool *decorated);
/* Hash of a line at a page's edge that is the same where only its number differs. */
uint64_t repair_shape(span l);
bool repair_edge_words(span w); /* a title set as titles are, or words of a head: no sentence and no citation */
bool repair_head_words(span w); /* "No. 12-345", "SMITH v. JONES", "Opinion of the Court" */
uint32_t repair_head_number(span l); /* of "12    ROE v. DOE", three spaces apart; 0: none */
void repair_heads(span s, struct edits *out, struct arena *a);
/* Lines that come back page after page inside sentences. Linear. */
void repair_returns(span s, struct edits *out, struct arena *a);
struct edits repair_pages(const struct text *t, struct arena *a);
struct edits repair_unspaced(const struct text *t, struct arena *a);
struct edits repair_broken(const struct text *t, struct arena *a);
struct edits repair_hyphen(const struct text *t, struct arena *a);
struct edits repair_calls(const struct text *t, struct arena *a);
struct edits repair_glued(const struct text *t, struct arena *a);
struct edits repair_touching(const struct text *t, struct arena *a);
struct edits repair_readings(const struct text *t, struct arena *a);
struct edits repair_layout(const struct text *t, struct arena *a);

#endif
