/* The parts of a record that are lists of positions in its text. */
#include "law/record_private.h"

/* A unit; prev: index of the unit before it in the list, whose beginning is near. */
static void code_unit(struct codec *c, struct outline *o, size_t i)
{
	struct unit u = o->v[i];
	/* Parent and subtree as distances, which are small. */
	uint32_t role = (uint32_t)u.role, level = u.level, up = (uint32_t)i - u.parent, size = u.after - (uint32_t)i;
	code_u32(c, &role);
	code_u32(c, &level);
	code_u32(c, &up);
	code_u32(c, &size);
	/* Parents stand before their children, and only the first unit is its own parent: so no damage makes a loop of them. */
	code_check(c, role < UNIT_ROLES && level <= UINT8_MAX && up <= i && (i == 0 || up > 0) && size > 0 &&
			      size <= o->n - i);
	code_range(c, &u.at, i ? o->v[i - 1].at.beg : 0);
	if (c->in.bad)
		return;
	u.role = (enum unit_role)role;
	u.level = (uint8_t)level;
	u.parent = (uint32_t)i - up;
	u.after = (uint32_t)i + size;
	code_bytes(c, &u.label);
	/* A unit's address goes on from its parent's; its heading is mostly in its text. */
	code_front(c, &u.address, i ? o->v[u.parent].address : (span){ 0 });
	code_within(c, &u.heading, u.at);
	code_share(c, &u.confidence);
	if (!c->out)
		o->v[i] = u;
}

void code_outline(struct codec *c, struct outline *o)
{
	/* 11: bytes that a unit takes at least; so for the other lists. */
	CODE_LIST(c, o, 11);
	for (size_t i = 0; i < o->n && !c->in.bad; i++)
		code_unit(c, o, i);
}

/* The index of another citation of the list, or none. */
static void code_link(struct codec *c, uint32_t *link, size_t i, size_t n)
{
	/* Behind: an even number from 2 on; ahead: an odd one; 0 is none. */
	uint32_t distance = *link == CITE_NONE ? 0 : *link < i ? 2 * (uint32_t)(i - *link) : 2 * (uint32_t)(*link - i) + 1;
	code_u32(c, &distance);
	if (c->out)
		return;
	uint64_t to = distance & 1 ? i + distance / 2 : i - distance / 2;
	code_check(c, distance == 0 || to < n);
	*link = distance == 0 || c->in.bad ? CITE_NONE : (uint32_t)to;
}

/* The fields of a citation that are bytes. Most of them are copies of what
 * stands between the ends of `full`; a bit mask says which there are. */
static void code_cite_fields(struct codec *c, struct cite *t)
{
	span *fields[] = { &t->volume, &t->reporter, &t->page, &t->pin, &t->court, &t->plaintiff, &t->defendant,
			   &t->parenthetical, &t->signal, &t->history, &t->code, &t->title, &t->section, &t->last, &t->court_text };
	enum { N = sizeof fields / sizeof *fields };
	uint32_t there = 0;
	for (size_t i = 0; i < N && c->out; i++)
		there |= (uint32_t)(fields[i]->n > 0) << i;
	code_u32(c, &there);
	code_check(c, there >> N == 0);
	/* A field that is not there costs its bit of the mask and nothing else. */
	for (size_t i = 0; i < N; i++)
		if (there >> i & 1)
			code_within(c, fields[i], t->full);
	code_spans(c, &t->subdivisions);
}

/* The beginning near that of the citation before, `full` near `at`, the address by what it shares with the one before. */
static void code_cite(struct codec *c, struct cites *l, size_t i)
{
	struct cite t = l->v[i];
	const struct cite *prev = i ? &l->v[i - 1] : &(struct cite){ 0 };
	uint32_t kind = (uint32_t)t.kind, status = (uint32_t)t.status, year = t.year;
	code_u32(c, &kind);
	code_u32(c, &status);
	code_check(c, kind < CITE_KINDS && status <= CITE_AMBIGUOUS);
	code_range(c, &t.at, prev->at.beg);
	code_range(c, &t.full, t.at.beg);
	code_u32(c, &year);
	code_check(c, year <= UINT16_MAX);
	if (c->in.bad)
		return;
	t.kind = (enum cite_kind)kind;
	t.status = (enum cite_status)status;
	t.year = (uint16_t)year;
	code_front(c, &t.address, prev->address);
	code_cite_fields(c, &t);
	code_link(c, &t.antecedent, i, l->n);
	code_link(c, &t.parallel, i, l->n);
	code_link(c, &t.parent, i, l->n);
	if (!c->out)
		l->v[i] = t;
}

void code_cites(struct codec *c, struct cites *l)
{
	CODE_LIST(c, l, 14);
	for (size_t i = 0; i < l->n && !c->in.bad; i++)
		code_cite(c, l, i);
}

void code_passages(struct codec *c, struct passages *l, const struct outline *o)
{
	CODE_LIST(c, l, 5);
	for (size_t i = 0; i < l->n && !c->in.bad; i++) {
		struct passage p = l->v[i];
		code_near(c, &p.unit, i ? l->v[i - 1].unit : 0);
		code_range(c, &p.at, i ? l->v[i - 1].at.end : 0);
		code_check(c, p.unit < o->n);
		if (c->in.bad)
			return;
		/* The unit's own address or a beginning of it: then two lengths are all. */
		code_front(c, &p.address, p.unit < o->n ? o->v[p.unit].address : (span){ 0 });
		if (!c->out)
			l->v[i] = p;
	}
}

/* In rising order, as gaps: most take one byte. */
void code_starts(struct codec *c, struct starts *s)
{
	CODE_LIST(c, s, 1);
	uint32_t last = 0;
	for (size_t i = 0; i < s->n && !c->in.bad; i++) {
		uint32_t gap = s->v[i] - last;
		code_u32(c, &gap);
		code_check(c, gap <= c->clean.n - last);
		last = c->in.bad ? last : last + gap;
		if (!c->out)
			s->v[i] = last;
	}
}

void code_sources(struct codec *c, struct sources *l)
{
	CODE_LIST(c, l, 5);
	for (size_t i = 0; i < l->n && !c->in.bad; i++) {
		struct source s = l->v[i];
		code_bytes(c, &s.path);
		code_u64(c, &s.beg);
		code_u64(c, &s.end);
		code_bytes(c, &s.why);
		code_share(c, &s.similarity);
		if (!c->out)
			l->v[i] = s;
	}
}
