/* The citations of one case in several reporters. */
#include "law/address.h"
#include "searcher/citator_private.h"

/* ARCHITECTURE.md, "Parallel citations". Bounds on what is read and kept, whatever the index holds:
 * rounds, addresses asked about, citations of a group, votes, groups of a document, documents of an
 * address. */
enum { ROUNDS = 2, ASKED_MAX = 32, GROUP_MAX = 17, VOTES_MAX = 256, GROUPS_READ = 32, SAYERS_MAX = 64 };

/* A citation that stands beside the one asked about, and in how many documents. */
struct vote {
	span address;
	uint32_t documents, last; /* last: the document counted last */
};
struct votes {
	span address; /* the one asked about */
	struct vote *v;
	size_t n, cap;
};
/* What is gathered, and who was asked already. */
struct gathering {
	struct index *x;
	struct arena *a;
	struct alsos *out;
	size_t sayers;
	struct { struct votes *v; size_t n, cap; } asked;
};

/* "/case/us" of /case/us/410/113. */
static span reporter_of(span address)
{
	size_t slash = span_find_byte(address, '/', 1);
	return span_sub(address, 0, span_find_byte(address, '/', slash + 1));
}

static bool same_reporter(span x, span y)
{
	return span_eq(reporter_of(x), reporter_of(y));
}

/* The case as a whole: no page or footnote of it. */
static bool is_case(span address)
{
	return span_starts(address, SPAN("/case/")) && span_eq(address, address_document(address));
}

/* A page of orders, "cert. denied, 410 U.S. 959", is that of many cases. */
static bool is_order(const struct record *r, const struct cite *c)
{
	static const char *const words[] = { "den", "dismiss", "grant", "cert" };
	span text = span_sub(r->doc.text.clean, c->at.beg > 40 ? c->at.beg - 40 : 0, c->at.beg);
	while (text.n && (is_space(text.p[text.n - 1]) || text.p[text.n - 1] == ','))
		text.n--;
	size_t word = text.n;
	while (word && !is_space(text.p[word - 1]))
		word--;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (span_case_starts(span_sub(text, word, text.n), span_of(words[i])) || span_case_starts(c->history, span_of(words[i])))
			return true;
	return span_find(c->history, SPAN("denied"), 0) < c->history.n;
}

/* The end of the citations that the text gives as one authority from head on;
 * head itself when it does not: orders, a semicolon, a reporter named twice. */
static size_t group_end(const struct record *r, size_t head)
{
	const struct cites *l = &r->cites;
	size_t end = head;
	for (size_t i = head; i < l->n && i < head + GROUP_MAX; i++) {
		const struct cite *c = &l->v[i];
		if (i > head && c->parallel != head)
			break;
		span gap = i > head ? span_range(r->doc.text.clean, (struct range){ l->v[i - 1].at.end, c->at.beg }) : (span){ 0 };
		if (c->kind != CITE_CASE || c->status != CITE_OK || is_order(r, c) || span_find_byte(gap, ';', 0) < gap.n)
			return head;
		for (size_t k = head; k < i; k++)
			if (same_reporter(l->v[k].address, c->address))
				return head;
		end = i + 1;
	}
	return end;
}

/* A document has one vote for each citation, however often it gives it. */
static void vote(struct votes *l, span address, uint32_t document, struct arena *a)
{
	size_t i = 0;
	address = address_document(address);
	if (!is_case(address) || span_eq(address, l->address))
		return;
	while (i < l->n && !span_eq(l->v[i].address, address))
		i++;
	if (i == VOTES_MAX)
		return;
	if (i == l->n)
		PUSH(a, l)->address = arena_dup(a, address);
	if (l->v[i].last == document)
		return;
	l->v[i].last = document;
	l->v[i].documents++;
}

/* From each citation of the case its whole group; one that stands alone says nothing. */
static void read_votes(const struct record *r, struct votes *l, uint32_t document, struct arena *a)
{
	size_t groups = 0; /* a document that says it a thousand times says no more than once */
	for (size_t i = 0; i < r->cites.n && groups < GROUPS_READ; i++) {
		const struct cite *c = &r->cites.v[i];
		if (c->kind != CITE_CASE || !span_eq(address_document(c->address), l->address))
			continue;
		groups++;
		size_t head = c->parallel < i ? c->parallel : i, end = group_end(r, head);
		for (size_t k = head; i < end && k < end; k++)
			vote(l, r->cites.v[k].address, document, a);
	}
}

/* At most `sayers` documents, the first in order of entries, so that the answer is the same each
 * time. */
static bool read_citing(struct gathering *g, struct votes *l, struct err *err)
{
	struct u32s entries = { 0 };
	struct arena work = { 0 };
	char term[256];
	struct xap_posting_range list = { .max = g->sayers };
	list.term = (span){ term, field_term(F_CITES, l->address, term, sizeof term) };
	bool ok = index_entries(g->x, &list, g->a, &entries, err);
	for (size_t i = 0; ok && i < entries.n; i++) {
		struct record r;
		ok = index_record(g->x, entries.v[i], &work, &r, err);
		if (ok)
			read_votes(&r, l, entries.v[i], g->a);
		arena_reset(&work);
	}
	arena_release(&work);
	return ok;
}

/* What those who cite the address give beside it; each address is asked about once. */
static bool ask(struct gathering *g, span address, struct votes *out, struct err *err)
{
	*out = (struct votes){ .address = address };
	for (size_t i = 0; i < g->asked.n; i++)
		if (span_eq(g->asked.v[i].address, address)) {
			*out = g->asked.v[i];
			return true;
		}
	if (!read_citing(g, out, err))
		return false;
	*PUSH(g->a, &g->asked) = *out;
	return true;
}

/* What most documents give in the reporter of `like`; empty: as many say
 * otherwise. *any: some do give one. */
static span favourite(const struct votes *l, span like, bool *any)
{
	uint32_t all = 0;
	size_t best = l->n;
	for (size_t i = 0; i < l->n; i++) {
		if (!same_reporter(l->v[i].address, like))
			continue;
		all += l->v[i].documents;
		best = best == l->n || l->v[i].documents > l->v[best].documents ? i : best;
	}
	*any = all;
	/* More than half of the documents that name this reporter: a misprint loses, and a tie
	 * decides nothing. */
	return all && l->v[best].documents * 2 > all ? l->v[best].address : (span){ 0 };
}

/* The list has it, or another of its reporter: a case stands in a reporter once. */
static bool is_taken(const struct alsos *l, span address)
{
	for (size_t i = 0; i < l->n; i++)
		if (same_reporter(l->v[i].address, address))
			return true;
	return false;
}

/* At most ALSO_MAX, as the header says. */
static void add(struct gathering *g, span address, bool own)
{
	if (g->out->n < ALSO_MAX)
		*PUSH(g->a, g->out) = (struct also){ address, own };
}

/* Takes the citation, with those of the document that has it. Not taken: the
 * document is another, or gives another citation in a reporter that is taken. */
static bool take(struct gathering *g, span address, struct err *err)
{
	struct index_names names;
	if (!index_names(g->x, address, g->a, &names, err))
		return false;
	/* Two documents of the index are two cases, whatever those who cite them say. */
	if (names.entry && g->out->entry)
		return true;
	for (size_t i = 0; i < names.all.n; i++)
		if (is_case(names.all.v[i]) && is_taken(g->out, names.all.v[i]))
			return true;
	if (!names.entry)
		add(g, address, false);
	for (size_t i = 0; i < names.all.n; i++)
		add(g, names.all.v[i], true);
	g->out->entry = names.entry ? names.entry : g->out->entry;
	return true;
}

/* Takes what most give beside `from`, and what most give beside that is it. */
static bool take_beside(struct gathering *g, span from, struct err *err)
{
	struct votes l, back;
	bool any;
	if (!ask(g, from, &l, err))
		return false;
	for (size_t i = 0; i < l.n && g->asked.n < ASKED_MAX && g->out->n < ALSO_MAX; i++) {
		span to = l.v[i].address;
		if (is_taken(g->out, to) || !span_eq(favourite(&l, to, &any), to))
			continue;
		if (!ask(g, to, &back, err))
			return false;
		span again = favourite(&back, from, &any);
		/* Each must be the other's favourite. When nobody gives anything back, the way
		 * there is enough. */
		if ((!any || span_eq(again, from)) && !take(g, to, err))
			return false;
	}
	return true;
}

/* The address asked for is always the first. Each round asks about what the one before has added;
 * the second finds the reporters that are only cited beside those of the first. */
bool citator_same(struct index *x, const struct inquiry *of, struct arena *a, struct alsos *out, struct err *err)
{
	struct gathering g = { .x = x, .a = a, .out = out, .sayers = of->max < SAYERS_MAX ? of->max : SAYERS_MAX };
	span address = of->address;
	struct index_names names = { 0 };
	*out = (struct alsos){ 0 };
	add(&g, address, false);
	/* Only what courts decide stands in several reporters. */
	bool decided = span_starts(address, SPAN("/case/")) || span_starts(address, SPAN("/docket/"));
	if (!decided || of->alone || !index_names(x, address, a, &names, err))
		return !decided || of->alone;
	out->entry = names.entry;
	out->v[0].own = names.entry != 0;
	for (size_t i = 0; i < names.all.n; i++)
		if (!span_eq(names.all.v[i], address))
			add(&g, names.all.v[i], true);
	for (size_t round = 0, done = 0; round < ROUNDS; round++)
		for (size_t end = out->n; done < end; done++)
			if (is_case(out->v[done].address) && !take_beside(&g, out->v[done].address, err))
				return false;
	return true;
}
