#include "law/address.h"
#include "law/outline_private.h"
#include "law/outline_zone.h"

/* A section being read: each block gets a role, the labels of the law's blocks
 * are placed together, then the tree is built in one walk. */
struct section {
	struct tree *t;
	struct blocks b;
	enum unit_role *role; /* of each block; UNIT_SUBDIVISION: the law itself */
	uint32_t law;         /* where the law begins in its first block: after number and catch line */
	size_t first;         /* that block */
	struct range heading; /* the catch line in it; may be empty */
	struct candidates c;
	bool indents;
};

static uint32_t block_end(const struct section *s, size_t i)
{
	return i + 1 < s->b.n ? s->b.v[i + 1].beg : (uint32_t)s->t->text.n;
}

/* Bytes of "§ 240.10b-5. ", "Section 3. ", "610.100. " at the start of s when it is this section's number; 0: not. */
static size_t number_prefix(span s, span number)
{
	static const char *const words[] = { "\u00a7", "Section", "SECTION", "Sec.", "SEC.", "Rule", "RULE", "Article", "ARTICLE", "" };
	if (!number.n)
		return 0;
	size_t slash = span_find_byte(number, '/', 0); /* "42/1983": the title stands before */
	span bare = slash < number.n ? span_sub(number, slash + 1, number.n) : number;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t at = strlen(words[i]);
		if (!span_starts(s, span_of(words[i])))
			continue;
		while (at < s.n && is_space(s.p[at]))
			at++;
		if (!span_case_starts(span_sub(s, at, s.n), bare))
			continue;
		at += bare.n;
		if (at < s.n && is_alnum(s.p[at]))
			continue;
		while (at < s.n && (s.p[at] == '.' || s.p[at] == ':' || is_space(s.p[at])))
			at++;
		return at;
	}
	return 0;
}

/* The end of the catch line that s begins with, its closing dash included; 0
 * when the law begins at once. "Heading. —1. Text", "Heading.— Text". */
static size_t catch_line(span s)
{
	span head = span_sub(s, 0, 1200);
	for (size_t at = 0; (at = span_find(head, SPAN("\u2014"), at)) < head.n; at += 3) {
		size_t before = at;
		while (before && s.p[before - 1] == ' ')
			before--;
		if (before && s.p[before - 1] == '.')
			return at + 3;
		if (at + 4 < head.n && label_read(span_sub(s, at + 3, s.n)).n && before < 300)
			return at + 3;
	}
	return 0;
}

/* The whole of a short block after the number is a catch line when more follows. */
static bool whole_heading(const struct section *s, size_t i, span rest)
{
	if (!rest.n || rest.n > 250 || label_read(rest).n || i + 1 >= s->b.n || starts_lower(rest))
		return false;
	char end = clause_end(rest);
	return end != ':' && end != ';' && words_in(rest) <= 30;
}

/* Finds number and catch line in block i; false when the number is not there. */
static bool find_head(struct section *s, size_t i)
{
	span text = block_span(s->t->text, &s->b.v[i]);
	size_t at = number_prefix(text, s->t->d->meta.number);
	if (!at)
		return false;
	span rest = span_sub(text, at, text.n);
	size_t end = whole_heading(s, i, rest) ? rest.n : catch_line(rest);
	while (end < rest.n && is_space(rest.p[end]))
		end++;
	uint32_t base = s->b.v[i].text;
	s->first = i;
	s->heading = (struct range){ base + (uint32_t)at, base + (uint32_t)(at + end) };
	s->law = s->heading.end;
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
		s->role[i] = same_words(text, s->t->d->meta.title) ? UNIT_HEADING : UNIT_FURNITURE;
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

static void mark_by_words(struct section *s)
{
	s->law = s->b.n ? s->b.v[0].text : 0;
	for (size_t i = 0; i < s->b.n && i < 12 && !find_head(s, i);)
		i++;
	mark_before(s);
	enum unit_role now = UNIT_SUBDIVISION;
	for (size_t i = s->first; i < s->b.n; i++) {
		span text = block_span(s->t->text, &s->b.v[i]);
		enum unit_role zone = i > s->first ? zone_of(text) : UNIT_DOCUMENT;
		if (zone != UNIT_DOCUMENT)
			now = zone;
		else if (now == UNIT_HISTORY)
			now = UNIT_NOTE;
		s->role[i] = zone_rule(text) ? UNIT_FURNITURE : now;
	}
}

/* Says of the text before a label what it promises. */
static uint8_t flags_before(span before)
{
	char end = clause_end(before);
	uint8_t flags = end == ':' ? LABEL_LEAD_IN : end == ';' ? LABEL_SEMICOLON : end ? 0 : LABEL_WEAK;
	span tail = span_sub(before, before.n > 120 ? before.n - 120 : 0, before.n);
	if (span_find(tail, SPAN("epealed"), 0) < tail.n || span_find(tail, SPAN("eserved"), 0) < tail.n)
		flags |= LABEL_GAP;
	return flags;
}

/* The labels that open the text at byte `at` of a block, one after another. */
static void add_chain(struct section *s, uint32_t at, uint32_t stop, uint8_t flags, uint16_t indent)
{
	for (int k = 0; k < 5 && at < stop; k++) {
		struct label l = label_read((span){ s->t->text.p + at, stop - at });
		if (!l.n)
			return;
		struct candidate *c = PUSH(s->t->a, &s->c);
		*c = (struct candidate){ .label = l, .at = at, .indent = indent,
					 .flags = k ? (uint8_t)LABEL_CHAINED : flags };
		c->label.beg += at;
		c->label.end += at;
		for (at = c->label.end; at < stop && (is_space(s->t->text.p[at]) || s->t->text.p[at] == ']');)
			at++;
	}
}

static void find_labels(struct section *s)
{
	span before = { 0 };
	for (size_t i = s->first; i < s->b.n; i++) {
		const struct block *b = &s->b.v[i];
		if (s->role[i] != UNIT_SUBDIVISION)
			continue;
		uint32_t at = i == s->first ? s->law : b->text;
		uint8_t flags = before.n ? flags_before(before) : 0;
		if (flags & LABEL_WEAK && b->gap)
			flags &= (uint8_t)~LABEL_WEAK; /* a paragraph of its own, whatever ends before it */
		add_chain(s, at, b->stop, flags, b->indent);
		before = block_span(s->t->text, b);
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
}

/* Begins as a sentence goes on: the flush text after a list. */
static bool goes_on(span s)
{
	return starts_lower(s) || span_starts(s, SPAN("Provided")) || span_starts(s, SPAN("PROVIDED"));
}

/* A paragraph of the law without a label: of the section, of the last
 * subdivision, or what follows its list. */
static void open_unlabelled(struct section *s, size_t i, uint32_t at)
{
	unsigned depth = s->t->depth - 1u;
	span text = block_span(s->t->text, &s->b.v[i]);
	while (depth && s->t->o.v[s->t->open[depth]].role != UNIT_SUBDIVISION)
		depth--;
	if (depth && goes_on(text))
		tree_open(s->t, UNIT_CONTINUATION, depth, at);
	else
		tree_paragraphs(s->t, depth + 1, at, block_end(s, i));
}

/* The labels of block i, from candidate *k on; true when one opened a unit. */
static bool open_labelled(struct section *s, size_t i, size_t *k)
{
	uint32_t end = block_end(s, i), at = i == s->first ? s->law : s->b.v[i].beg;
	bool any = false;
	for (; *k < s->c.n && s->c.v[*k].at < end; ++*k) {
		const struct candidate *c = &s->c.v[*k];
		if (!c->depth)
			continue;
		open_subdivision(s, c, any ? c->at : at);
		any = true;
	}
	return any;
}

static void open_block(struct section *s, size_t i, size_t *k)
{
	uint32_t at = s->b.v[i].beg;
	enum unit_role role = s->role[i];
	if (role != UNIT_SUBDIVISION) {
		bool more = s->t->depth == 2 && s->t->o.v[s->t->open[1]].role == role && role != UNIT_ANNOTATION;
		if (!more || role == UNIT_HISTORY)
			tree_open(s->t, role, 1, at);
		return;
	}
	if (i == s->first && s->law > at) {
		struct unit *u = tree_open(s->t, UNIT_HEADING, 1, at);
		u->heading = span_trim(span_range(s->t->text, s->heading));
		if (s->law >= s->b.v[i].stop)
			return;
		at = s->law;
	}
	if (!open_labelled(s, i, k))
		open_unlabelled(s, i, at);
}

void outline_statute(struct tree *t)
{
	struct section s = { .t = t, .b = blocks_of(t->text, t->a) };
	s.role = NEWN(t->a, enum unit_role, s.b.n + 1);
	if (!mark_by_markers(&s))
		mark_by_words(&s);
	find_labels(&s);
	sequence_solve(&s.c, scheme_of(t->d->meta.jurisdiction, t->d->meta.code), s.indents, t->a);
	size_t k = 0;
	for (size_t i = 0; i < s.b.n; i++)
		open_block(&s, i, &k);
}
