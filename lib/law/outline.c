#include "law/outline_private.h"

#include "base/err.h"

static const char *const role_names[UNIT_ROLES] = {
	[UNIT_DOCUMENT] = "document", [UNIT_HEADING] = "heading", [UNIT_SUBDIVISION] = "subdivision",
	[UNIT_CONTINUATION] = "continuation", [UNIT_PARAGRAPH] = "paragraph", [UNIT_PART] = "part",
	[UNIT_OPINION] = "opinion", [UNIT_QUOTATION] = "quotation", [UNIT_FOOTNOTE] = "footnote",
	[UNIT_DISPOSITION] = "disposition", [UNIT_HISTORY] = "history", [UNIT_ANNOTATION] = "annotation",
	[UNIT_NOTE] = "note", [UNIT_FURNITURE] = "furniture", [UNIT_PAGE] = "page",
};

const char *unit_role_name(enum unit_role r)
{
	return r < UNIT_ROLES ? role_names[r] : "unknown";
}

/* The root is always open, at depth 0; it takes the document's own address and title. */
void tree_begin(struct tree *t, const struct doc *d, struct arena *a)
{
	*t = (struct tree){ .d = d, .text = d->text.clean, .a = a, .depth = 1 };
	struct unit *root = PUSH(a, &t->o);
	root->address = d->address;
	root->heading = d->meta.title;
	root->confidence = 1;
}

/* Closes all open units from `level` on: they end at byte `at`, and their subtrees with the units made so far. */
void tree_close(struct tree *t, unsigned level, uint32_t at)
{
	while (t->depth > 1 && t->depth > level) {
		struct unit *u = &t->o.v[t->open[--t->depth]];
		u->at.end = at;
		u->after = (uint32_t)t->o.n;
	}
}

/* Opens a unit below the one that is open at level - 1, so no level is ever skipped. The pointer holds until the next unit is made. */
struct unit *tree_open(struct tree *t, enum unit_role role, unsigned level, uint32_t at)
{
	if (level > TREE_DEPTH)
		level = TREE_DEPTH;
	if (level > t->depth)
		level = t->depth;
	tree_close(t, level, at);
	uint32_t parent = t->open[t->depth - 1];
	t->open[t->depth++] = (uint32_t)t->o.n;
	struct unit *u = PUSH(t->a, &t->o);
	*u = (struct unit){ .role = role, .level = (uint8_t)level, .parent = parent, .at = { at, at },
			    .address = t->o.v[parent].address, .confidence = 1 };
	return u;
}

/* The root covers all of the text, whatever was opened. */
struct outline tree_end(struct tree *t)
{
	uint32_t end = (uint32_t)t->text.n;
	tree_close(t, 1, end);
	t->o.v[0].at.end = end;
	t->o.v[0].after = (uint32_t)t->o.n;
	return t->o;
}

#define PARAGRAPH_WORDS 300 /* a paragraph of more is cut: passages begin at units */

/* The end of the piece of [beg, end) that begins at beg: after a sentence past
 * PARAGRAPH_WORDS, after any word past twice as many. */
static uint32_t piece_end(span text, uint32_t beg, uint32_t end)
{
	size_t words = 0;
	for (uint32_t i = beg; i + 1 < end; i++) {
		if (!is_space(text.p[i]) || is_space(text.p[i + 1]))
			continue;
		words++;
		bool sentence = i > beg && text.p[i - 1] == '.' && is_upper(text.p[i + 1]);
		if ((words >= PARAGRAPH_WORDS && sentence) || words >= 2 * PARAGRAPH_WORDS)
			return i + 1;
	}
	return end;
}

/* A piece ends where a passage may: a unit is never split by one. Under four bytes for each of PARAGRAPH_WORDS none is counted. */
void tree_paragraphs(struct tree *t, unsigned level, uint32_t beg, uint32_t end)
{
	while (beg < end) {
		tree_open(t, UNIT_PARAGRAPH, level, beg);
		beg = end - beg < 4 * PARAGRAPH_WORDS ? end : piece_end(t->text, beg, end);
	}
}

void tree_cut(struct tree *t, unsigned level, uint32_t beg, uint32_t end)
{
	if (end - beg < 16 * PARAGRAPH_WORDS) /* bytes: some eight to a word, so two passages' worth */
		return;
	while ((beg = piece_end(t->text, beg, end)) < end)
		tree_open(t, UNIT_CONTINUATION, level, beg);
}

/* Text of no known shape: its paragraphs, on one level. */
void outline_plain(struct tree *t)
{
	struct blocks b = blocks_of(t->text, t->a);
	for (size_t i = 0; i < b.n; i++)
		tree_paragraphs(t, 1, b.v[i].beg, i + 1 < b.n ? b.v[i + 1].beg : (uint32_t)t->text.n);
}

/* By the kind of document, not by its looks: recognise has looked already. */
struct outline outline_of(const struct doc *d, struct arena *a)
{
	struct tree t;
	tree_begin(&t, d, a);
	switch (d->kind) {
	case KIND_STATUTE:
	case KIND_BILL:
	case KIND_REGULATION:
	case KIND_RULE:
	case KIND_CONSTITUTION:
		outline_statute(&t);
		break;
	case KIND_OPINION:
	case KIND_ORDER:
	case KIND_TRANSCRIPT:
		outline_opinion(&t);
		break;
	default:
		outline_plain(&t);
	}
	return tree_end(&t);
}

/* Down the tree: the children of a unit follow it, and `after` leads past each that ends too early, so only one branch is walked. */
size_t outline_at(const struct outline *o, uint32_t at)
{
	size_t i = 0, child = 1;
	while (o->n && child < o->v[i].after) {
		const struct unit *u = &o->v[child];
		if (at >= u->at.beg && at < u->at.end)
			i = child++;
		else if (at < u->at.beg)
			break;
		else
			child = u->after;
	}
	return i;
}
