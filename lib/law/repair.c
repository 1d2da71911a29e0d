#include "law/repair.h"

#include "law/repair_private.h"

const struct repair_rule repair_rules[] = {
	{ "mojibake", "UTF-8 that was read as Windows-1252 and encoded again", repair_mojibake, SIGN_MOJIBAKE },
	{ "glyph-shift", "every letter moved by a constant, as a font's own codes read as letters are", repair_shift, SIGN_STRANGE },
	{ "markup", "tags, entities, bold and heading marks left in plain text; footnote marks become [1]", repair_markup, SIGN_MARKUP },
	{ "repeated-page", "a page that stood in the file before", repair_repeats, SIGN_LONG },
	{ "line-number", "line numbers inside running text", repair_numbers_flowed, SIGN_FLOWED },
	{ "line-number", "line numbers of pleadings and transcripts, left of the lines", repair_numbers_left, SIGN_NUMBERED },
	{ "line-number", "line numbers right of the lines", repair_numbers_right, SIGN_NUMBERED },
	{ "breadcrumb", "the trail of a web page, \"Statutes > Missouri > ...\", and other site furniture", repair_crumbs, SIGN_CRUMBS },
	{ "page-furniture", "page numbers, running heads and feet, filing stamps", repair_pages, SIGN_PAGES },
	{ "unspaced", "text without spaces, with its line numbers and page heads", repair_unspaced, SIGN_UNSPACED },
	{ "broken-word", "a tab, space or doubled letter inside a word", repair_broken, SIGN_BROKEN },
	{ "line-hyphen", "words divided at line ends, soft hyphens", repair_hyphen, SIGN_HYPHEN },
	{ "footnote-call", "a footnote's number that lost its raising and touches its word: becomes [1]", repair_calls, SIGN_RAISED },
	{ "glued-words", "words that lost the line end between them", repair_glued, SIGN_GLUED },
	{ EDIT_READING, "a word that may be two: it stays, and both readings are found", repair_readings, SIGN_DOUBT },
	{ "layout", "empty lines between the lines of a paragraph", repair_layout, SIGN_DOUBLED | SIGN_PAGES },
};
const size_t repair_rules_n = sizeof repair_rules / sizeof *repair_rules;

/* After edits the signs are old: classes that cost little look again anyway,
 * before one that costs much the text is scanned anew where it changed. */
enum {
	COSTLY = SIGN_GLUED | SIGN_DOUBT | SIGN_BROKEN | SIGN_STRANGE,
	CHEAP = SIGN_NUMBERED | SIGN_PAGES | SIGN_HYPHEN | SIGN_CRUMBS | SIGN_DOUBLED | SIGN_RAISED
};

struct text repair_but(const struct text *t, const char *but, struct arena *a)
{
	struct text now = *t;
	struct repair_scan scan = repair_scan(now.clean, a);
	bool stale = false; /* edits were made since the scan */
	for (size_t i = 0; i < repair_rules_n; i++) {
		uint32_t when = repair_rules[i].when;
		if (stale && when & COSTLY) {
			repair_rescan(&scan, now.clean, a);
			stale = false;
		}
		if (!((scan.signs | (stale ? CHEAP : 0)) & when) || (but && strcmp(but, repair_rules[i].name) == 0))
			continue;
		struct arena_mark before = arena_here(a);
		struct edits found = repair_rules[i].find(&now, a);
		if (!found.n) {
			arena_rewind(a, before); /* lists of lines, words, candidates: large for large files */
			continue;
		}
		repair_scan_edited(&scan, &found);
		now = text_apply(&now, &found, a);
		stale |= repair_rules[i].find != repair_layout; /* that takes out empty lines: the words are what they were */
	}
	if (stale)
		repair_rescan(&scan, now.clean, a);
	now.quality = scan.letters ? (float)scan.good / (float)scan.letters : 1;
	return now;
}

struct text repair(const struct text *t, struct arena *a)
{
	return repair_but(t, NULL, a);
}
