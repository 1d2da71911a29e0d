#include "law/sequence.h"

/* In tenths. A choice that costs 10 is one that a careful reader would call odd. */
enum cost {
	COST_BARE_CHILD = 5,   /* a list begins without a lead-in */
	COST_NO_CHILD = 10,    /* a lead-in, and no list */
	COST_LATE_CHILD = 42,  /* a list begins with other than its first label */
	COST_AFTER_SEMICOLON = 8, /* a list begins after a semicolon */
	COST_GAP = 9,          /* labels are missing */
	COST_SAME = 30,        /* the same label again */
	COST_BACK = 45,        /* a smaller label on the same level */
	COST_AGAIN = 8,        /* a list begins anew after a paragraph of its own */
	COST_CHAINED = 60,     /* "(2)(a)" read as two of one level */
	COST_OFF_SCHEME = 10,  /* a level that the code does not have there */
	COST_SKIP = 4,         /* a level of the code left out */
	COST_OPEN_CLASS = 12,  /* a level of the same class is open above */
	COST_REJECT = 45,      /* a label at the start of a paragraph is none */
	COST_REJECT_WEAK = 3,
	COST_REJECT_HEADED = 12,
	COST_WEAK = 16,        /* a label where the text before goes on */
	COST_INLINE = 4,
	COST_INDENT = 14,      /* its indentation is not that of its level */
	COST_CLOSE = 1,        /* per level closed */
	BEAM_MARGIN = 48       /* dearer than the best by this: dropped */
};
#define BEAM 8
#define MOVES 64

struct slot {
	struct reading r;
	uint8_t scheme_at; /* 1-based place in the scheme, 0: none */
	uint16_t indent;
	uint32_t hash;     /* of the open levels down to here */
};
struct state {
	uint32_t cost, node;
	uint8_t depth;
	struct slot stack[SEQUENCE_DEPTH];
};
/* One choice: what the state `from` becomes. */
struct move {
	uint32_t cost, hash;
	uint8_t from, depth, reading, step, scheme_at;
};
struct node {
	uint32_t parent;
	uint8_t depth, reading, cost;
};
struct nodes {
	struct node *v;
	size_t n, cap;
};
struct beam {
	struct state state[2][BEAM];
	size_t n, side;
	struct move move[BEAM];
	size_t moves;
	struct nodes nodes;
	const struct scheme *scheme;
	bool indents;
	struct candidates *list;
	size_t committed;
	struct arena *a;
};

/* Of the levels open down to here: two states that have the same ones open behave alike from now on. */
static uint32_t slot_hash(uint32_t above, struct reading r)
{
	return (above ^ r.class ^ (uint32_t)r.n << 8 ^ (uint32_t)r.suffix << 20) * 2654435761u + r.n;
}

/* Keeps the BEAM cheapest moves in order, the cheaper of two that open the same levels. */
static void offer(struct beam *b, struct move m)
{
	if (b->moves && m.cost > b->move[0].cost + BEAM_MARGIN)
		return;
	size_t at = b->moves;
	for (size_t i = 0; i < b->moves; i++)
		if (b->move[i].hash == m.hash && b->move[i].depth == m.depth) {
			if (b->move[i].cost <= m.cost)
				return;
			at = i;
			break;
		}
	if (at == b->moves && b->moves < BEAM)
		b->moves++;
	else if (at == b->moves) {
		at--;
		if (b->move[at].cost <= m.cost)
			return;
	}
	while (at && b->move[at - 1].cost > m.cost) {
		b->move[at] = b->move[at - 1];
		at--;
	}
	b->move[at] = m;
}

/* Where indentation is consistent: a sibling stands where its level does, a child further in. What stands in a line tells nothing of it. */
static uint32_t indent_cost(const struct beam *b, const struct candidate *c, const struct state *s, size_t depth, bool child)
{
	if (!b->indents || (c->flags & (LABEL_CHAINED | LABEL_INLINE | LABEL_HEADED)))
		return 0;
	if (child)
		return depth > 1 && c->indent <= s->stack[depth - 2].indent ? COST_INDENT : 0;
	return c->indent != s->stack[depth - 1].indent ? COST_INDENT : 0;
}

/* The label goes on a level that is open, from the innermost out; all below it are closed. What it costs is how well it follows the last one
 * there. */
static void offer_sibling(struct beam *b, const struct candidate *c, size_t from, size_t reading)
{
	const struct state *s = &b->state[b->side][from];
	struct reading r = c->label.reading[reading];
	uint32_t base = s->cost;
	/* A label that directly follows another is below it, hardly beside it. */
	if (c->flags & (LABEL_CHAINED | LABEL_HEADED))
		base += COST_CHAINED;
	if ((c->flags & (LABEL_LEAD_IN | LABEL_FRESH)) == LABEL_LEAD_IN)
		base += COST_NO_CHILD;
	for (size_t depth = s->depth; depth > 0; depth--) {
		const struct slot *last = &s->stack[depth - 1];
		if (last->r.class != r.class)
			continue;
		uint32_t cost = COST_CLOSE * (uint32_t)(s->depth - depth) + indent_cost(b, c, s, depth, false);
		/* The step to the label: one is right, more are a gap, none or back is wrong, unless a list begins anew. */
		uint32_t step = r.n > last->r.n ? (uint32_t)r.n - last->r.n : 0;
		if (r.n == 1 && !r.suffix && c->flags & LABEL_FRESH)
			cost += COST_AGAIN;
		else if (r.n < last->r.n || (r.n == last->r.n && r.suffix < last->r.suffix))
			cost += COST_BACK;
		else if (r.n == last->r.n && r.suffix == last->r.suffix)
			cost += COST_SAME;
		else if (step > 1)
			cost += c->flags & LABEL_GAP ? 2 : COST_GAP + (step < 20 ? step : 20);
		else if (step == 1 && r.suffix)
			cost += 3;
		uint32_t hash = slot_hash(depth > 1 ? s->stack[depth - 2].hash : 1, r);
		offer(b, (struct move){ base + cost, hash, (uint8_t)from, (uint8_t)depth, (uint8_t)reading,
					(uint8_t)(cost + base - s->cost > 255 ? 255 : cost + base - s->cost), last->scheme_at });
	}
}

/* Cost of opening a level of class below `above`, and its place in the scheme. */
static uint32_t scheme_cost(const struct scheme *scheme, uint8_t above, uint8_t class, uint8_t *at)
{
	*at = 0;
	for (uint8_t k = above; k < scheme->n; k++)
		if (scheme->class[k] == class) {
			*at = (uint8_t)(k + 1);
			return (uint32_t)COST_SKIP * (uint32_t)(k - above);
		}
	return COST_OFF_SCHEME;
}

/* The label opens a level below the innermost: cheap for a first label after a lead-in on a level that the code has there. */
static void offer_child(struct beam *b, const struct candidate *c, size_t from, size_t reading)
{
	const struct state *s = &b->state[b->side][from];
	struct reading r = c->label.reading[reading];
	if (s->depth == SEQUENCE_DEPTH)
		return;
	struct move m = { .hash = slot_hash(s->depth ? s->stack[s->depth - 1].hash : 1, r), .from = (uint8_t)from,
			  .depth = (uint8_t)(s->depth + 1), .reading = (uint8_t)reading };
	uint32_t cost = scheme_cost(b->scheme, s->depth ? s->stack[s->depth - 1].scheme_at : 0, r.class, &m.scheme_at);
	for (size_t k = 0; k < s->depth && !m.scheme_at; k++)
		if (s->stack[k].r.class == r.class)
			cost += COST_OPEN_CLASS;
	if (r.n != 1 || r.suffix)
		cost += COST_LATE_CHILD;
	if (s->depth && !(c->flags & (LABEL_LEAD_IN | LABEL_CHAINED | LABEL_HEADED)))
		cost += c->flags & LABEL_SEMICOLON ? COST_AFTER_SEMICOLON : COST_BARE_CHILD;
	cost += indent_cost(b, c, s, s->depth + 1u, true);
	m.cost = s->cost + cost;
	m.step = (uint8_t)(cost < 255 ? cost : 255);
	offer(b, m);
}

/* What it costs to take a label at the start of a paragraph for none: much, unless its surroundings say so. */
static uint32_t reject_cost(uint8_t flags)
{
	if (flags & LABEL_INLINE)
		return 0;
	return flags & LABEL_WEAK ? COST_REJECT_WEAK : flags & LABEL_HEADED ? COST_REJECT_HEADED : COST_REJECT;
}

/* Every state with every reading: none, beside, below. What speaks against a label at all is added to the state for the while. */
static void offer_all(struct beam *b, const struct candidate *c)
{
	b->moves = 0;
	for (size_t i = 0; i < b->n; i++) {
		struct state *s = &b->state[b->side][i];
		uint32_t before = s->cost;
		uint32_t reject = reject_cost(c->flags);
		offer(b, (struct move){ .cost = before + reject, .hash = s->depth ? s->stack[s->depth - 1].hash : 1,
					.from = (uint8_t)i, .depth = s->depth, .reading = READINGS_MAX,
					.step = (uint8_t)reject });
		if (c->flags & LABEL_WEAK)
			s->cost += COST_WEAK;
		if (c->flags & LABEL_INLINE)
			s->cost += COST_INLINE;
		for (size_t r = 0; r < c->label.n; r++) {
			offer_sibling(b, c, i, r);
			offer_child(b, c, i, r);
		}
		s->cost = before;
	}
}

/* The moves become the states of the other side. */
static void take_moves(struct beam *b, const struct candidate *c)
{
	struct state *to = b->state[!b->side];
	for (size_t i = 0; i < b->moves; i++) {
		const struct move *m = &b->move[i];
		const struct state *from = &b->state[b->side][m->from];
		bool label = m->reading < READINGS_MAX;
		struct node node = { from->node, label ? m->depth : 0, m->reading, m->step };
		size_t keep = label ? m->depth - 1u : m->depth;
		memcpy(to[i].stack, from->stack, keep * sizeof *to[i].stack);
		to[i].depth = m->depth;
		to[i].cost = m->cost;
		to[i].node = (uint32_t)b->nodes.n;
		if (label)
			to[i].stack[keep] = (struct slot){ c->label.reading[m->reading], m->scheme_at, c->indent, m->hash };
		*PUSH(b->a, &b->nodes) = node;
	}
	b->n = b->moves;
	b->side = !b->side;
}

/* Writes the answers on the way back from state 0, down to the last commit. */
static void commit(struct beam *b, size_t done)
{
	struct state *s = &b->state[b->side][0];
	uint32_t node = s->node;
	for (size_t i = done; i > b->committed; i--) {
		const struct node *x = &b->nodes.v[node];
		struct candidate *c = &b->list->v[i - 1];
		c->depth = x->depth;
		c->reading = x->reading < READINGS_MAX ? x->reading : 0;
		c->cost = x->cost;
		node = x->parent;
	}
	b->committed = done;
	b->nodes.n = 0;
	s->node = 0;
	s->cost = 0;
	b->n = 1;
}

/* From left to right, with at most BEAM states. When all but one are gone what led to it is certain, and is written and forgotten: so time and
 * memory are linear. */
void sequence_solve(struct candidates *c, const struct scheme *scheme, bool indents, struct arena *a)
{
	struct beam *b = NEW(a, struct beam);
	b->n = 1;
	b->scheme = scheme;
	b->indents = indents;
	b->list = c;
	b->a = a;
	for (size_t i = 0; i < c->n; i++) {
		offer_all(b, &c->v[i]);
		take_moves(b, &c->v[i]);
		if (b->n == 1)
			commit(b, i + 1);
	}
	commit(b, c->n);
}
