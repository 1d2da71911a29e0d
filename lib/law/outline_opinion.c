#include "law/caption.h"
#include "law/date.h"
#include "law/outline_opinion.h"

/* Blocks have no gaps: each goes to where the next begins. */
static uint32_t block_end(const struct opinion *o, size_t i)
{
	return i + 1 < o->b.n ? o->b.v[i + 1].beg : (uint32_t)o->t->text.n;
}

/* The commonest column of second lines: a paragraph's left edge; of all lines where each is a paragraph. */
static uint16_t margin_of(const struct blocks *b)
{
	uint32_t count[64] = { 0 };
	uint16_t best = 0;
	for (size_t i = 0; i < b->n; i++)
		if (b->wrapped ? b->v[i].lines > 1 && b->v[i].rest < 64 : b->v[i].indent < 64)
			count[b->wrapped ? b->v[i].rest : b->v[i].indent] += b->wrapped ? b->v[i].lines - 1 : 1;
	for (uint16_t c = 1; c < 64; c++)
		if (count[c] > count[best])
			best = c;
	return best;
}

/* Reads as a sentence: more than a few words, most of them in small letters. */
static bool prose(span s)
{
	size_t small = 0, words = words_in(span_sub(s, 0, 600));
	for (size_t i = 0; i < s.n && i < 600; i++)
		small += is_lower(s.p[i]) != 0;
	return words >= 18 && small > words * 2;
}

/* Who argued, and who sat by designation: prose of the head that is not the court's. */
static bool counsel(span s)
{
	return span_case_find(span_sub(s, 0, 900), SPAN("on brief")) < (s.n < 900 ? s.n : 900) || span_case_find(span_sub(s, 0, 300), SPAN(" for appell")) < (s.n < 300 ? s.n : 300) ||
	       span_case_find(span_sub(s, 0, 300), SPAN("sitting by designation")) < (s.n < 300 ? s.n : 300);
}

/* The block where the court's own words begin. In the first 90 blocks: a judge's name that opens a text, or a printed number; failing these
 * the first prose that does not name counsel. */
static size_t text_begins(const struct opinion *o)
{
	struct author a;
	uint32_t number;
	size_t most = o->b.n < 90 ? o->b.n : 90, found = o->b.n;
	for (size_t i = 0; i < most; i++) {
		span s = opinion_block(o, i);
		bool last = i + 1 == o->b.n && found == o->b.n; /* a name after the text is a signature */
		bool opens = author_of(s, &a) && (a.end + 20 < s.n || (all_capitals(a.name, 2) && (i < 3 || last || prose(opinion_block(o, i + 1)))));
		if (opens || printed_number(s, &number))
			return i;
		if (found == o->b.n && prose(s) && !counsel(s))
			found = i;
	}
	return found < o->b.n ? found : 0;
}

/* "So ordered.", "Affirmed.", "The judgment is reversed.": short, among the last. */
static bool disposes(const struct opinion *o, size_t i)
{
	static const char *const words[] = { "so ordered", "affirm", "revers", "remand", "vacate", "dismiss", "denied", "granted", "ordered", "enforced" };
	span s = opinion_block(o, i);
	if (words_in(s) > 60)
		return false;
	for (size_t k = 0; k < sizeof words / sizeof *words; k++)
		if (span_case_find(s, span_of(words[k])) < s.n)
			return true;
	return false;
}

/* A title alone between paragraphs, "Value of the Avocados". */
static bool stands_as_title(const struct opinion *o, size_t i)
{
	uint32_t number;
	/* One line, set apart, of two words or more, after a finished sentence, and text below it that is one. */
	const struct block *b = &o->b.v[i];
	if (b->lines > 1 || !b->gap || i + 1 >= o->b.n || !heading_titled(opinion_block(o, i)) || words_in(opinion_block(o, i)) < 2)
		return false;
	span next = opinion_block(o, i + 1), before = i ? opinion_block(o, i - 1) : (span){ 0 };
	bool ended = clause_end(before) == '.' || (i && o->part[i - 1] != PART_TEXT);
	return ended && ((words_in(next) > 7 && clause_end(next)) || printed_number(next, &number));
}

/* A heading: short, not a sentence, and set apart by number, capitals or place. */
static bool is_heading(const struct opinion *o, size_t i)
{
	const struct block *b = &o->b.v[i];
	span s = opinion_heading(o, i);
	/* Too long, unfinished, or beginning small. */
	if (s.n > 160 || b->lines > 3 || !s.n || s.p[s.n - 1] == ',' || s.p[s.n - 1] == ';' || starts_lower(s))
		return false;
	/* What the court orders is no heading, however short: "AFFIRMED." */
	if (span_case_find(s, SPAN("ordered")) < s.n || (words_in(s) < 4 && clause_end(s) == '.' && disposes(o, i)))
		return false;
	/* From the surest to the least: Markdown, well-known words, a label alone, capitals, a label with a title, then place. */
	if (s.p[0] == '#' || heading_words(s))
		return true;
	struct label l = heading_label(s);
	span rest = span_trim(span_sub(s, l.n ? l.end : 0, s.n));
	bool bare = l.n && !rest.n, roman = l.n && LABEL_STYLE(l.reading[0].class) == STYLE_PERIOD && !is_digit(s.p[0]);
	if (bare && LABEL_STYLE(l.reading[0].class) == STYLE_PERIOD)
		return true;
	bool sentence = clause_end(rest) == '.' && words_in(rest) > 9;
	/* Set in by more than eight columns, where lines are wrapped: centred. */
	bool centre = b->indent > o->margin + 8u && o->b.wrapped;
	if (all_capitals(rest, 4) && words_in(rest) < 16 && rest.n && is_upper(rest.p[0]))
		return true;
	if (roman && !sentence && words_in(rest) < 16 && rest.n && is_upper(rest.p[0]))
		return true;
	bool digit = l.n && is_digit(s.p[0]) && !sentence && words_in(rest) < 12 && clause_end(rest) != '.' && !clause_end(rest);
	return digit || (centre && heading_titled(rest) && b->gap) ||
	       (!l.n && stands_as_title(o, i));
}

/* The heading above the first paragraph is of the text, "I. Introduction"; the caption above that is not. */
static size_t heading_above(const struct opinion *o, size_t first)
{
	if (!first)
		return first;
	span s = opinion_block(o, first - 1);
	struct label l = heading_label(s);
	bool one = false; /* "I" is a letter first */
	for (size_t r = 0; r < l.n; r++)
		one |= l.reading[r].n == 1 && LABEL_STYLE(l.reading[r].class) == STYLE_PERIOD;
	bool begins = one && is_heading(o, first - 1);
	return begins || (heading_words(s) && !says(s, "opinion") && !says(s, "order") && !says(s, "memorandum")) ? first - 1 : first;
}

/* "12" of "12.", "*" of itself: the footnote's mark as its call has it. */
static span mark_core(span s, size_t end)
{
	while (end && !is_alnum(s.p[end - 1]) && s.p[end - 1] != '*')
		end--;
	return span_sub(s, 0, end);
}

/* Where notes begin with "[1]", a "1." is none though "[1]" calls; elsewhere the repairs wrote the brackets of the call. */
static bool notes_bracketed(const struct opinion *o)
{
	size_t end;
	bool bracketed = false;
	for (size_t i = 0; i < o->b.n && !bracketed; i++) /* set in, it may be a list that is quoted */
		bracketed = o->b.v[i].indent < o->margin + 8u && note_number(opinion_block(o, i), &end, &bracketed) && bracketed;
	return bracketed;
}

/* A footnote by its number and its look: bracketed, set closer than the text, or called there. */
static bool is_note(struct opinion *o, size_t i)
{
	size_t end = 0;
	bool bracketed = false;
	const struct block *b = &o->b.v[i];
	span s = opinion_block(o, i);
	uint32_t n = note_number(s, &end, &bracketed);
	if (!n)
		return false;
	/* Footnotes count up, so one that does not follow the last is some other number; stars may come at any time. */
	bool next = n == o->note + 1 || n == NOTE_STAR;
	/* In a double-spaced text notes are set close. */
	bool close = o->b.spaced && (b->lines > 1 ? b->tight + 1 == b->lines : clause_end(s) == '.');
	span rest = span_trim(span_sub(s, end, s.n));
	/* The number in a line above its text. */
	bool stacked = o->b.wrapped && !bracketed && end < s.n && s.p[end] == '\n';
	bool known = bracketed || (close && rest.n > 12) || stacked;
	if (!next || rest.n <= 3 || !(known || (rest.n > 12 && note_called_before(o->t->text, b->text, mark_core(s, end), !o->bracketed))))
		return false;
	if (n != NOTE_STAR)
		o->note = n;
	return true;
}

/* A footnote's number alone in its line, right above its text. */
static bool stacked_note(struct opinion *o, size_t i)
{
	span s = opinion_block(o, i);
	uint64_t n;
	if (!span_uint(s, 999, &n) || i + 1 >= o->b.n || o->b.v[i + 1].gap || o->b.v[i].indent > o->margin + 12u)
		return false;
	if (n != o->note + 1u)
		return false;
	o->note = (uint32_t)n;
	return true;
}

/* Set in by four columns or more, as a block; and close, where the text is double-spaced. Without wrapped lines only after a colon. */
static bool is_quotation(const struct opinion *o, size_t i)
{
	const struct block *b = &o->b.v[i];
	if (b->stop > b->text && o->t->text.p[b->text] == '>') /* of Markdown */
		return true;
	if (!o->b.wrapped)
		return b->indent >= o->margin + 4u && i && clause_end(opinion_block(o, i - 1)) == ':';
	if (b->lines < 2 || b->rest < o->margin + 4u)
		return false;
	return !o->b.spaced || b->tight * 2 >= b->lines;
}

/* "DISSENTING OPINION", "CONCURRENCE" as a line of its own. */
static bool opinion_title(span s)
{
	return s.n < 40 && all_capitals(s, 7) && words_in(s) < 4 && (says(s, "DISSENT") || says(s, "CONCURR")) && span_find_byte(s, ',', 0) == s.n;
}

/* A title that says so, or the name of a judge who dissents or concurs, in capitals or in a block that is no prose: a judge named in a sentence
 * begins no opinion. */
static bool begins_opinion(span s)
{
	struct author a;
	return opinion_title(s) || (author_of(s, &a) && a.separate && (all_capitals(a.name, 2) || !prose(s)));
}

/* What a block is, by the first that fits: page number, head, what goes on from a note above, an opinion's beginning, note, heading,
 * quotation, and else text. */
static enum part part_of(struct opinion *o, size_t i)
{
	span s = opinion_block(o, i);
	bool number = page_number(s) && o->t->d->kind != KIND_TRANSCRIPT;
	if (number && i >= o->first && stacked_note(o, i))
		return PART_NOTE;
	if (number)
		return PART_FURNITURE;
	if (i < o->first)
		return PART_HEAD;
	if (i && o->part[i - 1] == PART_NOTE && page_number(opinion_block(o, i - 1)))
		return PART_MORE;
	if (begins_opinion(s)) {
		o->note = 0;
		bool titled = i && o->part[i - 1] == PART_AUTHOR && opinion_title(opinion_block(o, i - 1));
		return titled ? PART_TEXT : PART_AUTHOR; /* "DISSENTING OPINION" and the name below it */
	}
	if (i == o->first)
		return is_heading(o, i) && heading_above(o, i + 1) == i ? PART_HEADING : PART_TEXT;
	if (is_note(o, i))
		return PART_NOTE;
	bool after_note = i && (o->part[i - 1] == PART_NOTE || o->part[i - 1] == PART_MORE);
	const struct block *b = &o->b.v[i];
	if (after_note && o->b.spaced && b->lines > 1 && b->tight + 1 == b->lines)
		return PART_MORE;
	if (is_heading(o, i))
		return PART_HEADING;
	return is_quotation(o, i) ? PART_QUOTATION : PART_TEXT;
}

/* "#para12", "#p490", "#n3" below the document's address. */
static span numbered(struct opinion *o, const char *what, uint32_t n)
{
	return arena_printf(o->t->a, "%.*s#%s%u", SPAN_ARG(o->t->d->address), what, n);
}

/* Star pages up to byte `end`, as leaves of what is open. */
static void open_pages(struct opinion *o, uint32_t end)
{
	for (; o->page < o->pages->n && o->pages->v[o->page].at.beg < end; o->page++) {
		const struct page *p = &o->pages->v[o->page];
		unsigned level = o->t->depth;
		struct unit *u = tree_open(o->t, UNIT_PAGE, level, p->at.beg);
		u->label = span_range(o->t->text, p->at);
		u->address = numbered(o, "p", p->number);
		tree_close(o->t, level, p->at.end);
	}
}

/* No further paragraph but footnotes and furniture for the rest of this opinion. */
static bool near_end(const struct opinion *o, size_t i)
{
	size_t text = 0;
	for (size_t k = i + 1; k < o->b.n && k < i + 40 && o->part[k] != PART_AUTHOR; k++)
		text += o->part[k] == PART_TEXT;
	return text < 2;
}

/* A block of text begins a paragraph, or goes on with the one before: where the court numbers its own, when it has no number; else when it begins
 * small, or flush left after a sentence that did not end. */
static void open_text(struct opinion *o, size_t i)
{
	uint32_t at = o->b.v[i].beg;
	unsigned level = o->base + o->parts;
	span s = opinion_block(o, i);
	uint32_t number;
	size_t mark = o->printed ? printed_number(s, &number) : 0;
	bool inside = o->t->depth > level && o->paragraphs && o->t->o.v[o->t->open[level]].role == UNIT_PARAGRAPH;
	/* Only at an opinion's end. */
	bool disposition = disposes(o, i) && near_end(o, i);
	if (inside && o->printed && !mark && !disposition) {
		tree_open(o->t, UNIT_CONTINUATION, level + 1, at);
	} else if (inside && !mark && (starts_lower(s) || (o->goes_on && o->b.v[i].indent <= o->margin + 1u && o->b.wrapped))) {
		tree_open(o->t, UNIT_CONTINUATION, level + 1, at);
	} else {
		struct unit *u = tree_open(o->t, disposition ? UNIT_DISPOSITION : UNIT_PARAGRAPH, level, at);
		o->paragraphs = mark ? number : o->paragraphs + !o->printed;
		u->label = span_sub(s, 0, mark);
		if (mark || !o->printed)
			u->address = numbered(o, "para", o->paragraphs);
	}
	tree_cut(o->t, level + 1, at, block_end(o, i));
	o->goes_on = !clause_end(s);
}

/* A part of the text; its level was placed by the search over all headings (opinion_place_headings). */
static void open_heading(struct opinion *o, size_t i)
{
	bool pair = i && o->part[i - 1] == PART_HEADING && o->t->depth > 1 && o->t->o.v[o->t->open[o->t->depth - 1]].role == UNIT_PART &&
		    !heading_label(opinion_heading(o, i)).n && heading_label(opinion_heading(o, i - 1)).end == opinion_heading(o, i - 1).n;
	span s = opinion_heading(o, i);
	if (opinion_heading_repeated(o, i))
		return;
	if (pair) { /* "I." and its title on the next line */
		struct unit *u = &o->t->o.v[o->t->open[o->t->depth - 1]];
		if (!u->heading.n)
			u->heading = squeeze(s, o->t->a);
		return;
	}
	o->parts = o->depth[i] ? o->depth[i] : 1;
	if (o->base + o->parts > o->t->depth + 0u) /* no level is skipped */
		o->parts = o->t->depth + 1u > o->base ? o->t->depth + 1u - o->base : 1;
	while (o->parts > 1 && o->t->o.v[o->t->open[o->base + o->parts - 2]].role != UNIT_PART)
		o->parts--;
	struct unit *u = tree_open(o->t, UNIT_PART, o->base + o->parts - 1, o->b.v[i].beg);
	struct label l = heading_label(s);
	u->label = l.n ? span_sub(s, l.beg, l.end) : (span){ 0 };
	u->heading = squeeze(span_sub(s, l.n ? l.end : 0, s.n), o->t->a);
	o->goes_on = false;
}

/* A note within a paragraph is its child, so no text need be moved; numbers that cannot be read count on from the note before. */
static void open_note(struct opinion *o, size_t i)
{
	unsigned level = o->base + o->parts;
	size_t end = 0;
	bool bracketed, inside = o->t->depth > level && o->t->o.v[o->t->open[level]].role != UNIT_FOOTNOTE;
	span s = opinion_block(o, i);
	uint64_t alone = 0;
	uint32_t n = span_uint(s, 999, &alone) ? (uint32_t)alone : note_number(s, &end, &bracketed);
	end = alone ? s.n : end;
	struct unit *u = tree_open(o->t, UNIT_FOOTNOTE, inside ? level + 1 : level, o->b.v[i].beg);
	u->label = span_sub(s, 0, end);
	if (n != NOTE_STAR)
		u->address = numbered(o, "n", n ? n : o->note + 1);
	o->note = n && n != NOTE_STAR ? n : o->note + !n;
}

/* A separate opinion is a unit of its own, with numbers of notes that begin anew; the name and what it says of itself are its heading. */
static void open_author(struct opinion *o, size_t i)
{
	struct author a;
	span s = opinion_block(o, i);
	o->base = 2;
	o->parts = 0;
	struct unit *u = tree_open(o->t, UNIT_OPINION, 1, o->b.v[i].beg);
	author_of(s, &a);
	size_t stop = span_find(s, SPAN("."), a.end + 8);
	u->heading = squeeze(span_sub(s, 0, stop < 200 ? stop : a.end), o->t->a);
	o->note = 0;
	if (words_in(s) > 12)
		open_text(o, i);
}

/* Each block in turn; what is open decides the level of what may stand within a paragraph. */
static void open_block(struct opinion *o, size_t i)
{
	uint32_t at = o->b.v[i].beg;
	unsigned level = o->base + o->parts;
	switch ((enum part)o->part[i]) {
	case PART_HEAD:
		if (o->t->depth < 2 || o->t->o.v[o->t->open[1]].role != UNIT_HEADING)
			tree_open(o->t, UNIT_HEADING, 1, at);
		break;
	case PART_FURNITURE:
		tree_open(o->t, UNIT_FURNITURE, o->t->depth > level ? level + 1 : level, at);
		break;
	case PART_HEADING:
		open_heading(o, i);
		break;
	case PART_NOTE:
		open_note(o, i);
		break;
	case PART_MORE:
		break;
	case PART_QUOTATION:
		tree_open(o->t, UNIT_QUOTATION, o->t->depth > level ? level + 1 : level, at);
		break;
	case PART_AUTHOR:
		open_author(o, i);
		break;
	default:
		open_text(o, i);
	}
}

/* Two paragraphs that the court numbered, one after the other. */
static bool paragraphs_printed(const struct opinion *o)
{
	uint32_t last = 0, n = 0;
	for (size_t i = o->first; i < o->b.n; i++) {
		if (!printed_number(opinion_block(o, i), &n))
			continue;
		if (last && n == last + 1)
			return true;
		last = n;
	}
	return false;
}

/* What each block is must be known before the headings can be placed, and their places before anything is opened: three passes. */
void outline_opinion(struct tree *t)
{
	struct opinion o = { .t = t, .b = blocks_of(t->text, t->a), .base = 1 };
	struct pages pages = pages_of(t->text, t->a);
	o.pages = &pages;
	o.part = NEWN(t->a, uint8_t, o.b.n + 1);
	o.depth = NEWN(t->a, uint8_t, o.b.n + 1);
	o.margin = margin_of(&o.b);
	o.first = text_begins(&o);
	o.first = heading_above(&o, o.first);
	o.printed = paragraphs_printed(&o);
	o.bracketed = notes_bracketed(&o);
	for (size_t i = 0; i < o.b.n; i++)
		o.part[i] = (uint8_t)part_of(&o, i);
	opinion_place_headings(&o);
	o.note = 0;
	for (size_t i = 0; i < o.b.n; i++) {
		open_block(&o, i);
		open_pages(&o, block_end(&o, i));
	}
}
