#include "base/hash.h"
#include "indexer/emit_private.h"
#include "law/address.h"
#include "law/cite.h"
#include "law/court.h"
#include "law/date.h"
#include "law/former.h"

/* The place of an address in the list of the one before, which most often is of the
 * same code: from there on up all is the same. */
static size_t known_ancestor(const struct emission *e, enum field f, span address)
{
	size_t i = 0;
	while (i < e->ancestors.n && (e->ancestors.f != f || !span_eq(e->ancestors.v[i].address, address)))
		i++;
	return i;
}

/* An address and all above it, so that who asks for a chapter finds what
 * cites its sections: one term each, rather than a prefix to be walked. */
static void with_ancestors(struct emission *e, enum field f, span address, uint32_t wdf, uint32_t pos)
{
	enum { MOST = sizeof e->ancestors.v / sizeof *e->ancestors.v };
	struct ancestor now[MOST];
	size_t n = 0;
	bool more = address.n > 0;
	while (more) {
		size_t k = known_ancestor(e, f, address);
		uint32_t term = k < e->ancestors.n ? e->ancestors.v[k].term : emit_field(e, f, address);
		emit_add(e, term, wdf, pos);
		if (n < MOST)
			now[n++] = (struct ancestor){ address, term };
		more = address_parent(&address);
	}
	memcpy(e->ancestors.v, now, n * sizeof *now);
	e->ancestors.n = n;
	e->ancestors.f = f;
}

/* A parallel citation of the document is an address of it, too. */
static void own_citation(struct emission *e, span cite)
{
	struct cites readings = { 0 };
	struct cite_context none = { 0 };
	struct former was;
	if (former_read(cite, &was))
		*PUSH(e->a, &e->others_of) = was.address;
	else if (!cite.n || !cite_parse(cite, &none, e->a, &readings))
		return;
	for (size_t i = 0; i < readings.n; i++)
		if (readings.v[i].address.n && !span_eq(readings.v[i].address, e->r->doc.address))
			*PUSH(e->a, &e->others_of) = readings.v[i].address;
}

/* A district's decisions are found by its circuit, too: a
 * term for the court and for each above it but the highest. */
static void courts_above(struct emission *e, span id)
{
	/* The table of courts has no cycle; the bound is for its mistakes. */
	for (int depth = 0; id.n && depth < 8; depth++) {
		emit_add(e, emit_field(e, F_COURT, id), 0, 0);
		id = court_group(court_by_id(id));
	}
}

static void jurisdictions_above(struct emission *e, span id)
{
	emit_add(e, emit_field(e, F_JURISDICTION, id), 0, 0);
}

/* A path may be longer than a term: its hash stands for it. */
static void add_sources(struct emission *e)
{
	for (size_t i = 0; i < e->r->sources.n; i++) {
		uint64_t h = hash64(e->r->sources.v[i].path);
		emit_add(e, emit_field(e, F_SOURCE, arena_printf(e->a, "%016llx", (unsigned long long)h)), 0, 0);
	}
}

/* Nothing here weighs or has a position: these are terms to filter by. Absent facts have no term. */
void emit_identity(struct emission *e)
{
	const struct doc *d = &e->r->doc;
	const struct meta *m = &d->meta;
	char date[11];
	emit_add(e, emit_field(e, F_ENTRY, SPAN("document")), 0, 0);
	emit_add(e, emit_field(e, F_OF, d->address), 0, 0);
	/* Its own address, then those of its other citations: whichever of them a citation gives leads here. */
	with_ancestors(e, F_ADDRESS, d->address, 0, 0);
	own_citation(e, m->cite);
	for (size_t i = 0; i < m->parallel.n; i++)
		own_citation(e, m->parallel.v[i]);
	for (size_t i = 0; i < e->others_of.n; i++)
		with_ancestors(e, F_ADDRESS, e->others_of.v[i], 0, 0);
	emit_add(e, emit_field(e, F_KIND, span_of(kind_name(d->kind))), 0, 0);
	jurisdictions_above(e, m->jurisdiction);
	emit_add(e, emit_field(e, F_CODE, m->code), 0, 0);
	emit_add(e, emit_field(e, F_NUMBER, m->number), 0, 0);
	courts_above(e, m->court);
	emit_add(e, emit_field(e, F_DOCKET, m->docket), 0, 0);
	emit_add(e, emit_field(e, F_ID, m->id), 0, 0);
	if (date_format(d->date, date) >= 4)
		emit_add(e, emit_field(e, F_YEAR, (span){ date, 4 }), 0, 0);
	add_sources(e);
}

/* Each citation weighs one and stands at its first word, so a search can tell
 * how often, and where, an address is cited. An impossible one names nothing. */
void emit_citations(struct emission *e)
{
	size_t token = 0;
	for (size_t i = 0; i < e->r->cites.n; i++) {
		const struct cite *c = &e->r->cites.v[i];
		if (!c->address.n || c->status == CITE_IMPOSSIBLE)
			continue;
		token = emit_token_at(e, c->at.beg, token);
		/* A citation behind the last word, of signs alone, stands at that word. */
		uint32_t pos = token < e->tokens->n ? e->tokens->v[token].pos : e->tokens->words;
		with_ancestors(e, F_CITES, c->address, 1, pos);
		/* A range: both ends as they are, and the range itself,
		 * from which the searcher tells what lies between. */
		if (!c->last.n)
			continue;
		with_ancestors(e, F_CITES, c->last, 1, pos);
		emit_add(e, emit_field(e, F_CITES_RANGE, arena_printf(e->a, "%.*s %.*s", SPAN_ARG(c->address), SPAN_ARG(c->last))), 1, pos);
	}
}
