/* quality --set=citations: the case sets of ../shared/data/citations, scored:
 * recall and precision by kind, each field, links, and with --list every miss. */
#include "bench/citations.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/args.h"
#include "base/file.h"
#include "bench/bench.h"

struct options {
	span data;
	bool list;
	span kind; /* of --list: only these */
	span reference;
};

static const struct opt opts[] = {
	{ "data", 0, OPT_TEXT, offsetof(struct options, data), "DIR", "where the case sets are", NULL, 0, 0 },
	{ "list", 'l', OPT_FLAG, offsetof(struct options, list), NULL, "print every miss", NULL, 0, 0 },
	{ "reference", 'r', OPT_TEXT, offsetof(struct options, reference), "DIR", "coverage of the public tables there instead", NULL, 0, 0 },
	{ "kind", 'k', OPT_TEXT, offsetof(struct options, kind), "KIND", "list misses of this kind only", NULL, 0, 0 },
};
static const struct command about = {
	"bench citations", "[FILE...]", "score citation finding on case sets",
	"FILE is a case set, JSON Lines; without any, all that are in --data (../shared/data/citations).\n\n"
	"  pincite-bench quality --set=citations\n  pincite-bench quality --set=citations --reference=DIR",
	opts, sizeof opts / sizeof *opts
};

#define KINDS_MAX 40
struct score {
	const struct options *o;
	const struct task *task;
	struct { const char *name; unsigned want, got; } kinds[KINDS_MAX];
	size_t nkinds;
	unsigned extra[CITE_KINDS], found[CITE_KINDS], misplaced;
	struct fields fields;
	unsigned links, linked, wrong_links, unlinked, tasks;
};

static void miss(const struct score *s, const char *what, const char *kind, span want, span got)
{
	span only = s->o->kind;
	if (s->o->list && (!only.n || span_eq(only, span_of(kind)) || span_eq(only, span_of(what))))
		printf("%s\t%s\t%s\t%.*s\t%.*s\n", what, kind, s->task->id, SPAN_ARG(want), SPAN_ARG(got));
}

static void wrong_field(void *ctx, const char *field, span want, span got)
{
	miss(ctx, field, "field", want, got);
}

static void kind_count(struct score *s, const char *name, bool got)
{
	size_t k = 0;
	while (k < s->nkinds && strcmp(s->kinds[k].name, name) != 0)
		k++;
	if (k == KINDS_MAX)
		return;
	s->nkinds += k == s->nkinds;
	s->kinds[k].name = name;
	s->kinds[k].want++;
	s->kinds[k].got += got;
}

/* Whether the numbers that an expectation without a place asserts are those of c. */
static bool numbers_fit(const struct want *w, const struct cite *c, struct arena *a)
{
	span v = member_text(w->e, "volume", a), p = member_text(w->e, "page", a), sec = member_text(w->e, "section", a);
	return (!v.n || letters_equal(v, c->volume)) && (!p.n || c->kind != CITE_CASE || letters_equal(p, c->page)) &&
	       (!sec.n || letters_equal(sec, c->section));
}

/* Our citation that answers an expectation: right kind, ranges that touch;
 * where the set gives no place, the same numbers. */
static uint32_t answer(const struct cites *list, const struct want *w, const bool *used, struct arena *a)
{
	for (uint32_t i = 0; i < list->n; i++) {
		const struct cite *c = &list->v[i];
		bool touch = w->at.end ? c->at.beg < w->at.end && w->at.beg < c->at.end : numbers_fit(w, c, a);
		/* One range answers its first and its last section. */
		if ((!used[i] || c->kind == CITE_ID || c->last.n) && (w->ours >> c->kind & 1) && touch)
			return i;
	}
	return CITE_NONE;
}

/* What a short form stands for in the end. */
static uint32_t root(const struct cites *list, uint32_t i)
{
	const unsigned follow = 1u << CITE_ID | 1u << CITE_SHORT_CASE | 1u << CITE_SUPRA;
	while (follow >> list->v[i].kind & 1) {
		if (list->v[i].antecedent == CITE_NONE)
			return CITE_NONE;
		i = list->v[i].antecedent;
	}
	return list->v[i].parallel != CITE_NONE ? list->v[i].parallel : i;
}

static bool same_authority(const struct cites *list, uint32_t a, uint32_t b)
{
	uint32_t x = a == CITE_NONE ? CITE_NONE : root(list, a), y = b == CITE_NONE ? CITE_NONE : root(list, b);
	return x == y || (x != CITE_NONE && y != CITE_NONE && list->v[x].address.n && span_eq(list->v[x].address, list->v[y].address));
}

static void link_count(struct score *s, const struct cites *list, uint32_t got, uint32_t target, bool asked_none)
{
	bool none = root(list, got) == CITE_NONE, right = asked_none ? none : !none && same_authority(list, got, target);
	s->links++;
	s->linked += right;
	s->unlinked += !right && none;
	s->wrong_links += !right && !none;
	if (!right)
		miss(s, none ? "unlinked" : "wrong link", cite_kind_name(list->v[got].kind),
		     span_range(s->task->text, list->v[got].at), none ? (span){ 0 } : list->v[root(list, got)].address);
}

/* Links that the set says: by clusters, or by index of what is meant. */
static void score_links(struct score *s, const struct task *t, const struct cites *list, const uint32_t *got)
{
	for (size_t k = 0; k < t->wants.n; k++) {
		const struct want *w = &t->wants.v[k];
		const json_t *r = json_object_get(w->e, "resolution"), *to = json_object_get(r, "resolvedTo");
		if (got[k] == CITE_NONE || list->v[got[k]].kind == CITE_CASE)
			continue;
		if (r) {
			size_t j = (size_t)json_integer_value(to);
			if (!to || j < t->wants.n)
				link_count(s, list, got[k], to ? got[j] : CITE_NONE, !to);
			continue;
		}
		if (w->cluster == NOT_ASKED || !(1u << list->v[got[k]].kind & (1u << CITE_ID | 1u << CITE_SHORT_CASE | 1u << CITE_SUPRA)))
			continue;
		size_t first = 0;
		while (first < k && (t->wants.v[first].cluster != w->cluster || got[first] == CITE_NONE))
			first++;
		link_count(s, list, got[k], first < k ? got[first] : CITE_NONE, w->cluster == UNRESOLVED || first == k);
	}
}

static void score_extras(struct score *s, const struct task *t, const struct cites *list, const bool *used)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct cite *c = &list->v[i];
		bool touched = used[i];
		for (size_t k = 0; !touched && k < t->wants.n; k++)
			touched = c->at.beg < t->wants.v[k].at.end && t->wants.v[k].at.beg < c->at.end;
		s->found[c->kind]++;
		s->extra[c->kind] += !touched;
		if (!touched)
			miss(s, "extra", cite_kind_name(c->kind), span_range(t->text, c->at),
			     span_sub(t->text, c->at.beg > 40 ? c->at.beg - 40 : 0, c->at.end + 20));
	}
}

static void score_task(struct score *s, const struct task *t, struct arena *a)
{
	struct cites list = cites_of(t->text, &t->ctx, a);
	bool *used = NEWN(a, bool, list.n + 1);
	uint32_t *got = NEWN(a, uint32_t, t->wants.n + 1);
	s->task = t;
	s->tasks++;
	for (size_t k = 0; k < t->wants.n; k++) {
		const struct want *w = &t->wants.v[k];
		got[k] = answer(&list, w, used, a);
		kind_count(s, w->kind, got[k] != CITE_NONE);
		if (got[k] == CITE_NONE) {
			miss(s, "miss", w->kind, span_range(t->text, w->at),
			     span_sub(t->text, w->at.beg > 50 ? w->at.beg - 50 : 0, w->at.end + 30));
			continue;
		}
		used[got[k]] = true;
		fields_score(&s->fields, w, &list.v[got[k]], t->text, a, wrong_field, s);
	}
	score_links(s, t, &list, got);
	if (t->closed)
		score_extras(s, t, &list, used);
}

static void print_score(const char *set, const struct score *s)
{
	printf("\n%s, %u cases\n  %-22s %6s %6s %7s\n", set, s->tasks, "kind", "want", "got", "recall");
	for (size_t k = 0; k < s->nkinds; k++)
		printf("  %-22s %6u %6u %7.3f\n", s->kinds[k].name, s->kinds[k].want, s->kinds[k].got,
		       s->kinds[k].got / (double)s->kinds[k].want);
	for (int k = 0; k < CITE_KINDS; k++)
		if (s->found[k])
			printf("  found %-16s %6u extra %5u\n", cite_kind_name((enum cite_kind)k), s->found[k], s->extra[k]);
	for (size_t f = 0; f < s->fields.n; f++)
		printf("  field %-16s %6u right %5u %7.3f\n", s->fields.v[f].name, s->fields.v[f].asked, s->fields.v[f].right,
		       s->fields.v[f].right / (double)s->fields.v[f].asked);
	if (s->links)
		printf("  links %u right %u %.3f, wrong %u, left open %u\n", s->links, s->linked, s->linked / (double)s->links, s->wrong_links,
		       s->unlinked);
	printf("  wrong years %u\n", s->fields.wrong_years);
}

static bool score_file(const struct options *o, const char *path, struct err *err)
{
	struct arena a = { 0 }, work = { 0 };
	struct score s = { .o = o };
	span text, line;
	if (!file_read(path, FILE_MAX_BYTES, &a, &text, err))
		return false;
	while (span_cut(&text, '\n', &line)) {
		json_t *c = json_loadb(line.p, line.n, 0, NULL);
		struct task t = { 0 };
		if (c && task_load(c, &work, &t))
			score_task(&s, &t, &work);
		json_decref(c);
		arena_reset(&work);
	}
	print_score(path, &s);
	arena_release(&work);
	arena_release(&a);
	return true;
}

int bench_citations(char **argv)
{
	static const char *const sets[] = { "real_opinions_silver", "eyecite_cases", "eyecite_resolve", "reporter_examples", "citeurl_cases",
					    "us_citation_cases", "ts_corpus", "ts_recorded" };
	struct arena a = { 0 };
	struct options o = { .data = SPAN("../shared/data/citations") };
	struct spans rest = { 0 };
	struct err err = { 0 };
	if (bench_help(&about, argv))
		return 0;
	bool ok = args_parse(&(struct arguments){ &about, &o, &rest, &a }, argv, &err);
	if (ok && o.reference.n) {
		ok = reference_cover(o.reference, o.list, &err);
		goto done;
	}
	for (size_t i = 0; ok && i < (rest.n ? rest.n : sizeof sets / sizeof *sets); i++)
		ok = score_file(&o, arena_cstr(&a, rest.n ? rest.v[i] : arena_printf(&a, "%.*s/%s.jsonl", SPAN_ARG(o.data), sets[i])), &err);
done:
	if (!ok)
		fprintf(stderr, "pincite-bench: %s\n", err.msg);
	arena_release(&a);
	return ok ? 0 : (int)err.code;
}
