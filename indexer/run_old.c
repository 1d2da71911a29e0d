/* The second phase: what the served generation holds and this run does not replace. */
#include "base/hash.h"
#include "base/sort.h"
#include "indexer/run.h"

struct keeper {
	struct session *run;
	struct spans roots;   /* of --prune */
};

/* By whole names: "a/bc" is not below "a/b". Below "." is every relative path that does not lead out. */
static bool below(span path, span root)
{
	if (span_eq(root, SPAN(".")))
		return path.n && path.p[0] != '/' && !span_starts(path, SPAN("../"));
	return span_starts(path, root) && (path.n == root.n || path.p[root.n] == '/' || span_ends(root, SPAN("/")));
}

/* Whether what was read from a path was read anew by this run, or found gone. */
static bool replaced(const struct keeper *k, span path)
{
	uint64_t h = hash64(path);
	if (has_hash(k->run->read.v, k->run->read.n, h))
		return true;
	if (!k->run->options->prune)
		return false;
	if (has_hash(k->run->refused.v, k->run->refused.n, h))
		return true;
	/* What cannot be read is not gone: nothing below it is dropped. */
	const struct spans *unreadable = walk_unreadable(k->run->walk);
	for (size_t i = 0; i < unreadable->n; i++)
		if (below(path, unreadable->v[i]))
			return false;
	for (size_t i = 0; i < k->roots.n; i++)
		if (below(path, k->roots.v[i]))
			return true;
	return false;
}

/* Units of paths that this run did not look at are as they were. */
static void tell_others(struct keeper *k)
{
	struct input *in = &k->run->input;
	bool *kept = NEWN(&in->a, bool, in->paths.n + 1);
	/* Asked once a path, not once a unit: a file of JSON Lines is many. */
	for (size_t i = 0; i < in->paths.n; i++)
		kept[i] = !replaced(k, in->paths.v[i]);
	for (size_t i = 0; i < in->units.n; i++)
		in->units.v[i].told |= kept[in->units.v[i].path];
}

/* Copies are left out: they are counted where they are folded. */
static void count(struct session *r)
{
	const struct input *in = &r->input;
	for (size_t i = 0; i < in->rows.n; i++)
		if (in->rows.v[i].copy_of == NO_ITEM)
			++*(in->units.v[in->rows.v[i].unit].told ? &r->report.kept_before : &r->report.dropped);
}

/* Sorted now that all takes are done, so that each path of the old generation is one search. */
void run_old(struct session *r)
{
	struct keeper k = { .run = r };
	double begun = report_clock();
	if (!r->old)
		return;
	sort_hashes(r->read.v, r->read.n);
	sort_hashes(r->refused.v, r->refused.n);
	for (size_t i = 0; i < r->options->paths.n; i++)
		*PUSH(&r->a, &k.roots) = walk_normal(r->options->paths.v[i], &r->a);
	tell_others(&k);
	input_carry(&r->input, &r->spill);
	count(r);
	r->report.seconds[STAGE_OLD] = report_clock() - begun;
}
