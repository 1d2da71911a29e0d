/* pincite-bench quality --published: edits by rule, for each 10,000 words. */
#include "bench/quality_published.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "law/repair.h"

struct tally {
	const char *rule;
	size_t edits, gone; /* gone: letters and digits before, less those after */
};
struct published {
	struct tally v[32]; /* rules that edits name: fewer than that */
	size_t n, words, texts;
};

static struct tally *tally_of(struct published *p, const char *rule)
{
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->v[i].rule, rule) == 0)
			return &p->v[i];
	if (p->n == sizeof p->v / sizeof *p->v)
		return &p->v[p->n - 1];
	p->v[p->n].rule = rule;
	return &p->v[p->n++];
}

static size_t letters_in(span s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += is_alnum(s.p[i]);
	return n;
}

static void take(struct published *p, span text, struct arena *a)
{
	struct text t = text_plain(text, a), r = repair(&t, a);
	p->texts++;
	for (size_t i = 0; i < text.n; i++)
		p->words += !is_space(text.p[i]) && (i == 0 || is_space(text.p[i - 1]));
	for (size_t i = 0; i < r.edits.n; i++) {
		const struct edit *e = &r.edits.v[i];
		struct tally *k = tally_of(p, e->rule);
		size_t before = letters_in(e->before), after = letters_in(e->after);
		k->edits++;
		k->gone += before > after ? before - after : 0;
	}
}

static void take_lines(struct published *p, span file)
{
	for (span line; span_cut(&file, '\n', &line);) {
		struct arena a = { 0 };
		json_t *j = json_loadb(line.p, line.n, 0, NULL), *text = json_object_get(j, "text");
		if (json_is_string(text))
			take(p, (span){ json_string_value(text), json_string_length(text) }, &a);
		json_decref(j);
		arena_release(&a);
	}
}

static int by_edits(const void *x, const void *y)
{
	const struct tally *a = x, *b = y;
	if (a->edits != b->edits)
		return a->edits < b->edits ? 1 : -1;
	return strcmp(a->rule, b->rule);
}

static void print(struct published *p)
{
	qsort(p->v, p->n, sizeof *p->v, by_edits);
	printf("published text: %zu texts, %zu words\n", p->texts, p->words);
	for (size_t i = 0; i < p->n; i++)
		printf("%-16s %8zu edits %9.2f per 10,000 words %8zu letters and digits gone\n", p->v[i].rule, p->v[i].edits,
		       p->words ? 1e4 * (double)p->v[i].edits / (double)p->words : 0., p->v[i].gone);
}

bool quality_published(const struct spans *files, struct err *err)
{
	struct published p = { 0 };
	bool ok = true;
	for (size_t i = 0; ok && i < files->n; i++) {
		struct arena a = { 0 };
		span file;
		ok = file_read(arena_cstr(&a, files->v[i]), FILE_MAX_BYTES, &a, &file, err);
		if (ok && span_ends(files->v[i], SPAN(".jsonl")))
			take_lines(&p, file);
		else if (ok)
			take(&p, file, &a);
		arena_release(&a);
	}
	if (ok)
		print(&p);
	return ok;
}
