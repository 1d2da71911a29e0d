#include "law/address.h"
#include "law/outline_private.h"
#include "law/outline_zone.h"
#include "law/section_head.h"

/* A section being read: each block gets a role, the labels of the law's blocks
 * are placed together, then the tree is built in one walk. */
struct section {
	struct tree *t;
	struct blocks b;
	char *clause;         /* of each block of the law: its clause_end */
	enum unit_role *role; /* of each block; UNIT_SUBDIVISION: the law itself */
	uint32_t law;         /* where the law begins in its first block: after number and catch line */
	size_t head;          /* the block with its number */
	size_t first;         /* the block where the law begins: that, or one below with the number again */
	struct range heading; /* the catch line in it; may be empty */
	struct candidates c;
	struct candidates quoted; /* labels of law that is quoted: a tree of its own */
	unsigned quote_level; /* of the open run of quoted blocks; 0: none is open */
	bool indents;         /* they tell levels apart */
	uint32_t end;         /* of the law in the block being opened: the history at its end aside */
	char ended;           /* what the block before it ended in, as of clause_end */
	unsigned listing;     /* depth + 1 of the subdivision whose list has no labels; 0: none is open */
	uint16_t indent[TREE_DEPTH + 2]; /* of the open subdivision of each level */
};

static uint32_t block_end(const struct section *s, size_t i)
{
	return i + 1 < s->b.n ? s->b.v[i + 1].beg : (uint32_t)s->t->text.n;
}

/* The whole of a short block after the number is a catch line when more follows. */
static bool whole_heading(const struct section *s, size_t i, span rest)
{
	if (!rest.n || rest.n > 250 || label_read(rest).n || i + 1 >= s->b.n || starts_lower(rest))
		return false;
	char end = clause_end(rest);
	bool sentence = end == '.' && words_in(rest) > 12 && !section_heading(rest);
	return end != ':' && end != ';' && words_in(rest) <= 30 && !sentence && span_find(rest, SPAN(". ("), 0) == rest.n;
}

/* The number again below it, "Sec. 1." below "IC 14-22-3-1 Mussels", with at most
 * a catch line between: the law begins after it. */
static void skip_second_number(struct section *s, size_t i)
{
	for (size_t k = i + 1; k < s->b.n && k <= i + 2; k++) {
		span text = block_span(s->t->text, &s->b.v[k]);
		size_t at = section_number_again(text, s->t->d->meta.number);
		if (at) {
			size_t end = section_catch_line(span_sub(text, at, text.n));
			s->first = k;
			s->law = s->b.v[k].text + (uint32_t)(at + end);
			s->heading = end ? (struct range){ s->b.v[k].text + (uint32_t)at, s->law } : s->heading;
			return;
		}
		if (!section_heading(text))
			return;
	}
}

/* Finds number and catch line in block i; false when the number is not there. */
static bool find_head(struct section *s, size_t i)
{
	span text = block_span(s->t->text, &s->b.v[i]);
	size_t at = section_number(text, s->t->d->meta.number);
	if (!at)
		return false;
	span rest = span_sub(text, at, text.n);
	size_t end = whole_heading(s, i, rest) ? rest.n : section_catch_line(rest);
	while (end < rest.n && is_space(rest.p[end]))
		end++;
	uint32_t base = s->b.v[i].text;
	s->head = s->first = i;
	s->heading = (struct range){ base + (uint32_t)at, base + (uint32_t)(at + end) };
	s->law = s->heading.end;
	skip_second_number(s, i);
	return true;
}

static bool same_words(span x, span y)
{
	return x.n && span_case_eq(span_trim(x), span_trim(y));
}

/* What stands before the number: breadcrumb, catch line of its own, headings of the file. */
static void mark_before(struct section *s)
{
	for (size_t i = 0; i < s->first; i++) {
		span text = block_span(s->t->text, &s->b.v[i]);
		bool own = same_words(text, s->t->d->meta.title) || section_number(text, s->t->d->meta.number) || i > s->head;
		s->role[i] = own ? UNIT_HEADING : UNIT_FURNITURE;
	}
}

/* Roles by the markers of the printing office; false when there are none. */
static bool mark_by_markers(struct section *s)
{
	bool any = false;
	enum unit_role now = UNIT_FURNITURE;
	for (size_t i = 0; i < s->b.n; i++) {
		enum unit_role marker = zone_marker(block_span(s->t->text, &s->b.v[i]));
		if (marker != UNIT_DOCUMENT) {
			any = true;
			now = marker;
			s->role[i] = UNIT_FURNITURE;
		} else if (any) {
			s->role[i] = now;
		}
	}
	for (s->first = 0; any && s->first < s->b.n && s->role[s->first] != UNIT_SUBDIVISION;)
		s->first++;
	s->law = s->first < s->b.n ? s->b.v[s->first].text : (uint32_t)s->t->text.n;
	return any;
}

/* Law goes on after a history when a label comes: Maine has one after each
 * subsection. After a note it does so only while no label has been seen. */
static bool law_again(enum unit_role now, span text, bool labelled)
{
	if (now == UNIT_SUBDIVISION)
		return false;
	struct label l = label_read(text);
	return l.n && (now == UNIT_HISTORY || (!labelled && now == UNIT_NOTE && l.reading[0].n == 1));
}

/* What each block is from the first of the law on: a zone goes on until another begins. */
static void mark_zones(struct section *s)
{
	enum unit_role now = UNIT_SUBDIVISION;
	bool labelled = false;
	for (size_t i = s->first; i < s->b.n; i++) {
		span text = block_span(s->t->text, &s->b.v[i]);
		enum unit_role zone = i > s->first ? zone_of(text) : UNIT_DOCUMENT;
		if (zone != UNIT_DOCUMENT)
			now = zone;
		else if (law_again(now, text, labelled))
			now = UNIT_SUBDIVISION;
		else if (now == UNIT_HISTORY)
			now = UNIT_NOTE;
		labelled = labelled || (now == UNIT_SUBDIVISION && i > s->first && label_read(text).n);
		s->role[i] = zone_rule(text) ? UNIT_FURNITURE : now;
		if (s->t->d->kind == KIND_BILL && now == UNIT_NOTE && text.p[0] == 'E')
			now = UNIT_SUBDIVISION; /* the explanation at a page's foot: the law goes on */
	}
}

static void mark_by_words(struct section *s)
{
	s->law = s->b.n ? s->b.v[0].text : 0;
	size_t head = s->b.n;
	for (size_t i = 0; i < s->b.n && i < 40; i++) {
		span text = block_span(s->t->text, &s->b.v[i]);
		bool found = (i < 12 || head < s->b.n) && section_number(text, s->t->d->meta.number) && zone_of(text) != UNIT_HISTORY;
		if (found && (head == s->b.n || (!is_digit(text.p[0]) && is_digit(block_span(s->t->text, &s->b.v[head]).p[0]))))
			head = i; /* one after a section sign or word beats the bare number of a list of contents */
		if (head == s->b.n && i >= 12)
			break;
	}
	if (head < s->b.n)
		find_head(s, head);
	mark_before(s);
	mark_zones(s);
}

/* Says of the text before a label what it promises. */
static uint8_t flags_before(span before, char end)
{
	bool comma = before.n && before.p[before.n - 1] == ',';
	uint8_t flags = end == ':' ? LABEL_LEAD_IN : end == ';' || comma ? LABEL_SEMICOLON : end ? 0 : LABEL_WEAK;
	span tail = span_sub(before, before.n > 120 ? before.n - 120 : 0, before.n);
	if (span_find(tail, SPAN("epealed"), 0) < tail.n || span_find(tail, SPAN("eserved"), 0) < tail.n)
		flags |= LABEL_GAP;
	return flags;
}

/* Bytes of the dash after a heading at s[i], with the stop before it and the space around it; 0: none. */
static size_t heading_dash(span s, size_t i)
{
	static const char *const dashes[] = { " - ", ".-", "\u2014", " \u2014" };
	char next = i + 1 < s.n ? s.p[i + 1] : 0;
	bool may = s.p[i] == '\xE2' || (s.p[i] == '.' && next == '-') || (s.p[i] == ' ' && (next == '-' || next == '\xE2'));
	if (!may)
		return 0;
	for (size_t k = 0; k < sizeof dashes / sizeof *dashes; k++) {
		size_t n = strlen(dashes[k]);
		if (s.p[i] == dashes[k][0] && s.n - i >= n && memcmp(s.p + i, dashes[k], n) == 0)
			return n;
	}
	return 0;
}

/* Bytes of "In general. - ", "Definitions.\u2014", "Scope. " at the start of s: a
 * heading within the line, its delimiter included; 0: none. */
static size_t run_in_heading(span s)
{
	size_t most = s.n < 130 ? s.n : 130, words = 0;
	if (!s.n || !is_upper(s.p[0]))
		return 0;
	for (size_t i = 1; i < most && words <= 16; i++) {
		char c = s.p[i];
		if (is_alnum(c))
			continue;
		words += is_space(c) && !is_space(s.p[i - 1]);
		size_t dash = heading_dash(s, i);
		if (dash)
			return i + dash;
		bool stop = (c == '.' && words < 12) || c == '?';
		if (stop && i + 2 < s.n && s.p[i + 1] == ' ' && label_read(span_sub(s, i + 2 + (s.p[i + 2] == ' '), s.n)).n)
			return i + 2;
		if (c == ';' || c == ':')
			return 0;
	}
	return 0;
}

static void add_label(struct section *s, struct label l, uint32_t at, struct candidate like)
{
	struct candidate *c = PUSH(s->t->a, &s->c);
	*c = like;
	c->label = l;
	c->at = at;
	c->label.beg += at;
	c->label.end += at;
}

/* Past the label and the space after it. */
static uint32_t after_label(const struct section *s, uint32_t at, uint32_t stop)
{
	while (at < stop && (is_space(s->t->text.p[at]) || s->t->text.p[at] == ']'))
		at++;
	return at;
}

static bool may_be_first(const struct label *l)
{
	for (size_t r = 0; r < l->n; r++)
		if (l->reading[r].n == 1)
			return true;
	return false;
}

/* The labels that open the text at byte `at` of a block, one after another. */
static void add_chain(struct section *s, uint32_t at, uint32_t stop, uint8_t flags, uint16_t indent)
{
	span text = s->t->text;
	bool headed = false;
	for (int k = 0; k < 6 && at < stop; k++) {
		struct label l = label_read(span_sub(text, at, stop));
		if (l.n && !(headed && !may_be_first(&l))) {
			add_label(s, l, at, (struct candidate){ .indent = indent, .flags = flags });
			at = after_label(s, at + l.end, stop);
			flags = LABEL_CHAINED;
			headed = false;
			continue;
		}
		size_t heading = k && !headed ? run_in_heading(span_sub(text, at, stop)) : 0;
		if (!heading)
			return;
		at = after_label(s, at + (uint32_t)heading, stop);
		headed = true;
		flags = LABEL_HEADED;
	}
}

/* Whether labels of one class stand in one column and those of another in another. */
static bool indents_tell(const struct candidates *c)
{
	size_t same = 0, slip = 0, differ = 0, level = 0;
	for (size_t i = 1; i < c->n; i++) {
		const struct candidate *x = &c->v[i - 1], *y = &c->v[i];
		if ((x->flags | y->flags) & (LABEL_CHAINED | LABEL_INLINE))
			continue;
		if (x->label.reading[0].class == y->label.reading[0].class)
			*(x->indent == y->indent ? &same : &slip) += 1;
		else
			*(x->indent == y->indent ? &level : &differ) += 1;
	}
	return differ > 2 * level && same >= 3 * slip;
}

/* Bytes of the quotation mark that a paragraph of quoted law begins with, a label after it; 0: none. */
static size_t quote_mark(span s)
{
	static const char *const marks[] = { "\"", "\u201c", "``", "\u2018" };
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		size_t n = strlen(marks[i]);
		if (span_starts(s, span_of(marks[i])) && label_read(span_sub(s, n, s.n)).n)
			return n;
	}
	return 0;
}

static void add_quoted(struct section *s, const struct block *b, size_t mark, uint8_t flags)
{
	uint32_t at = b->text + (uint32_t)mark;
	struct label l = label_read(span_sub(s->t->text, at, b->stop));
	struct candidate *c = PUSH(s->t->a, &s->quoted);
	*c = (struct candidate){ .label = l, .at = at, .flags = (uint8_t)(flags & ~LABEL_WEAK) };
	c->label.beg += at;
	c->label.end += at;
}

static void find_labels(struct section *s)
{
	span before = { 0 };
	char end = 0;
	bool labelled = true;
	for (size_t i = s->first; i < s->b.n; i++) {
		const struct block *b = &s->b.v[i];
		if (s->role[i] != UNIT_SUBDIVISION)
			continue;
		uint32_t at = i == s->first ? s->law : b->text;
		uint8_t flags = before.n ? flags_before(before, end) : 0;
		if (flags & LABEL_WEAK && (b->gap || !s->b.wrapped) && !label_refers(s->t->text, at))
			flags &= (uint8_t)~LABEL_WEAK; /* a paragraph of its own, whatever ends before it */
		size_t had = s->c.n, mark = quote_mark(block_span(s->t->text, b));
		if (mark && i != s->first) {
			add_quoted(s, b, mark, flags);
			s->clause[i] = clause_end(block_span(s->t->text, b));
			continue;
		}
		add_chain(s, at, b->stop, labelled ? flags : flags | LABEL_FRESH, b->indent);
		labelled = s->c.n > had;
		before = block_span(s->t->text, b);
		end = s->clause[i] = clause_end(before);
	}
}

static float confidence_of(unsigned cost)
{
	return cost < 5 ? 1.0f : 10.0f / (5.0f + (float)cost);
}

static void open_subdivision(struct section *s, const struct candidate *c, uint32_t at)
{
	struct unit *u = tree_open(s->t, UNIT_SUBDIVISION, c->depth, at);
	u->label = (span){ s->t->text.p + c->label.beg, c->label.end - c->label.beg };
	u->address = address_child(u->address, u->label, s->t->a);
	u->confidence = confidence_of(c->cost);
	s->indent[u->level] = c->indent;
	span rest = span_sub(s->t->text, c->label.end, s->t->text.n);
	rest = span_sub(rest, rest.n && rest.p[0] == ' ', 200);
	u->heading = span_trim(span_sub(rest, 0, run_in_heading(rest)));
}

/* Begins as a sentence goes on: the flush text after a list. */
static bool goes_on(span s)
{
	return starts_lower(s) || span_starts(s, SPAN("Provided")) || span_starts(s, SPAN("PROVIDED"));
}

/* The depth that a paragraph says it is of, "A violation of this section", "This subsection does not"; else depth. */
static unsigned depth_named(span s, unsigned depth)
{
	s = span_sub(s, 0, 160);
	if (says(s, "this subsection"))
		return 1;
	return says(s, "this section") ? 0 : depth;
}

/* The subdivision, by its depth, that a paragraph without a label belongs to. */
static unsigned owner_of(const struct section *s, size_t i, unsigned depth)
{
	span text = block_span(s->t->text, &s->b.v[i]);
	unsigned above = depth;
	if (s->indents) { /* a sentence that goes on may stand in the column of the label it goes on from */
		while (above && s->indent[above] >= s->b.v[i].indent + (unsigned)goes_on(text))
			above--;
		return above;
	}
	return depth && s->ended == '.' && s->clause[i] == '.' && !goes_on(text) ? depth_named(text, depth) : depth;
}

/* A paragraph of the law without a label: of the section, of the last
 * subdivision, or what follows its list. */
static void open_unlabelled(struct section *s, size_t i, uint32_t at, size_t k)
{
	unsigned depth = s->t->depth - 1u;
	span text = block_span(s->t->text, &s->b.v[i]);
	while (depth && s->t->o.v[s->t->open[depth]].role != UNIT_SUBDIVISION)
		depth--;
	if (s->ended == ':') /* "the following words have these meanings:" */
		s->listing = depth + 1;
	unsigned above = s->listing && (!goes_on(text) || !s->ended) ? s->listing - 1 : owner_of(s, i, depth);
	if (above == depth && depth && !s->indents && goes_on(text) && !s->listing)
		above--;
	while (k < s->c.n && !s->c.v[k].depth)
		k++;
	if (k < s->c.n && above + 1 < s->c.v[k].depth) /* what the next label is below is not closed */
		above = s->c.v[k].depth - 1u < depth ? s->c.v[k].depth - 1u : depth;
	if (above < depth)
		tree_open(s->t, UNIT_CONTINUATION, above + 1, at);
	else
		tree_paragraphs(s->t, depth + 1, at, s->end);
}

/* The labels of block i, from candidate *k on; true when one opened a unit. */
static bool open_labelled(struct section *s, size_t i, size_t *k)
{
	uint32_t at = i == s->first && s->law > s->b.v[i].text ? s->law : s->b.v[i].beg;
	bool any = false;
	for (; *k < s->c.n && s->c.v[*k].at < s->end; ++*k) {
		const struct candidate *c = &s->c.v[*k];
		if (!c->depth)
			continue;
		open_subdivision(s, c, any ? c->at : at);
		any = true;
	}
	return any;
}

/* A paragraph of quoted law, placed in the tree of its run below the subdivision that quotes it. */
static bool open_quoted(struct section *s, size_t i, size_t *q)
{
	uint32_t end = block_end(s, i);
	if (*q >= s->quoted.n || s->quoted.v[*q].at >= end) {
		s->quote_level = 0;
		return false;
	}
	const struct candidate *c = &s->quoted.v[(*q)++];
	if (!s->quote_level)
		s->quote_level = s->t->depth;
	struct unit *u = tree_open(s->t, UNIT_QUOTATION, s->quote_level + (c->depth ? c->depth - 1u : 0), s->b.v[i].beg);
	u->label = span_sub(s->t->text, c->label.beg, c->label.end);
	u->confidence = confidence_of(c->cost);
	return true;
}

static void open_block(struct section *s, size_t i, size_t *k, size_t *q)
{
	uint32_t at = s->b.v[i].beg;
	enum unit_role role = s->role[i];
	if (role != UNIT_SUBDIVISION) {
		bool more = s->t->depth == 2 && s->t->o.v[s->t->open[1]].role == role && role != UNIT_ANNOTATION;
		if (!more || role == UNIT_HISTORY)
			tree_open(s->t, role, 1, at);
		return;
	}
	if (i == s->first && s->law > s->b.v[i].text) {
		struct unit *u = tree_open(s->t, UNIT_HEADING, 1, at);
		u->heading = span_trim(span_range(s->t->text, s->heading));
		if (s->law >= s->b.v[i].stop)
			return;
		at = s->law;
	}
	span text = block_span(s->t->text, &s->b.v[i]);
	uint32_t tail = s->b.v[i].text + (uint32_t)zone_tail(text);
	s->end = tail < s->b.v[i].stop && tail > at ? tail : block_end(s, i);
	if (open_quoted(s, i, q) || open_labelled(s, i, k))
		s->listing = 0;
	else
		open_unlabelled(s, i, at, *k);
	s->ended = s->clause[i];
	if (s->end < block_end(s, i))
		tree_open(s->t, UNIT_HISTORY, 1, s->end);
}

void outline_statute(struct tree *t)
{
	struct section s = { .t = t, .b = blocks_of(t->text, t->a) };
	s.role = NEWN(t->a, enum unit_role, s.b.n + 1);
	s.clause = NEWN(t->a, char, s.b.n + 1);
	if (!mark_by_markers(&s))
		mark_by_words(&s);
	find_labels(&s);
	s.indents = indents_tell(&s.c);
	sequence_solve(&s.c, scheme_of(t->d->meta.jurisdiction, t->d->meta.code), s.indents, t->a);
	if (s.quoted.n)
		sequence_solve(&s.quoted, scheme_of((span){ 0 }, (span){ 0 }), false, t->a);
	size_t k = 0, q = 0;
	for (size_t i = 0; i < s.b.n; i++)
		open_block(&s, i, &k, &q);
}
