/* Between folding and building: which shards of the served generation stay, and
 * which documents must be built.
 *
 * A document stays where it stands when all that went into its entry is as it was: the
 * state of its item. All others go into one new shard, their old entries are dead. So that
 * neither dead entries nor small shards pile up, shards are given up now and then, and
 * what lives in them is built, too: the newer ones when they are many, all when the
 * newer ones or the dead hold more than a quarter. */
#include "base/buf.h"
#include "base/hash.h"
#include "indexer/run.h"

enum { NEWER_MAX = 8, SHARE = 4 };

span item_address(const struct item *y, struct arena *a)
{
	return y->suffix ? arena_printf(a, "%.*s@%u", SPAN_ARG(y->name), y->suffix) : y->name;
}

/* Everything that an entry is made from, but for where in their files its lines begin. */
static uint64_t state_of(const struct session *r, uint32_t item, uint64_t program, struct arena *a)
{
	const struct spill *s = &r->spill;
	const struct item *y = &s->items.v[item];
	const struct version *v;
	struct buf b = { .a = a };
	/* Nearly all documents have no more than that, and all of them are asked. */
	const uint64_t own[] = { y->key, y->suffix, y->cited_by, y->own };
	/* Where a copy stands in its unit, not in its file: that one is a number of the generation. */
	for (uint32_t c = y->copies; c != NO_ITEM; c = s->items.v[c].next) {
		const struct item *k = &s->items.v[c];
		uint32_t similarity;
		memcpy(&similarity, &k->similarity, sizeof similarity);
		buf_printf(&b, "\n%llu %llu %u %u %s ", (unsigned long long)k->beg, (unsigned long long)k->end, k->within, similarity, k->why);
		buf_put(&b, s->paths.v[k->path]);
	}
	for (size_t n = fold_versions(&r->folded, item, &v); n--; v++) {
		buf_byte(&b, '\n');
		buf_put(&b, item_address(&s->items.v[s->items.v[v->b].keep], a));
	}
	return hash64_seed(buf_span(&b), hash64_seed((span){ (const char *)own, sizeof own }, program));
}

static size_t shard_of(const struct placing *p, const struct item *y)
{
	return (y->entry - 1) % p->nserved;
}

/* Marks the items that stay, and counts them by shard. */
static void find_staying(struct session *r, struct placing *p)
{
	struct arena a = { 0 };
	const uint64_t program = hash64_seed(SPAN(PINCITE_VERSION), INDEX_FORMAT);
	for (size_t i = 0; i < r->folded.n; i++) {
		struct item *y = &r->spill.items.v[r->folded.order[i]];
		uint64_t state = state_of(r, r->folded.order[i], program, &a);
		arena_reset(&a);
		y->stays = y->known && y->own && y->state == state;
		y->state = state;
		if (y->stays)
			p->served[shard_of(p, y)].stay++;
	}
	arena_release(&a);
}

/* What they hold is then built again. */
static void link_none(struct placing *p, size_t from)
{
	for (size_t i = from; i < p->nserved; i++)
		p->served[i].linked = false;
}

/* Newer shards are given up together, so that a document moves a few times in its life
 * and not at every run; an emptied shard goes at once. */
static void choose(struct session *r, struct placing *p)
{
	const struct manifest *m = generation_manifest(r->old);
	uint64_t entries = 0, stay = 0, old = 0;
	for (size_t i = 0; i < p->nserved; i++) {
		entries += m->shards[i].entries;
		stay += p->served[i].stay;
		old += i < r->input.base ? p->served[i].stay : 0;
		p->served[i].linked = p->served[i].stay > 0;
	}
	uint64_t newer = r->folded.n - old, dead = entries - stay;
	if (r->shards != r->input.shards || newer * SHARE > r->folded.n || dead * SHARE > entries || p->nserved >= SHARDS_MAX)
		link_none(p, 0);
	else if (p->nserved - r->input.base >= NEWER_MAX)
		link_none(p, r->input.base);
}

static void number(struct session *r, struct placing *p)
{
	for (size_t i = 0; i < p->nserved; i++) {
		if (!p->served[i].linked)
			continue;
		p->base += i < r->input.base;
		p->served[i].becomes = p->nlinked++;
	}
	p->build = NEWN(&r->a, uint32_t, r->folded.n + 1);
	for (size_t i = 0; i < r->folded.n; i++) {
		struct item *y = &r->spill.items.v[r->folded.order[i]];
		y->stays &= p->nserved && p->served[shard_of(p, y)].linked;
		if (!y->stays)
			p->build[p->nbuild++] = r->folded.order[i];
	}
	/* Without any shard there is no index: a full build has all of its own, though they be empty. */
	p->nnew = p->nlinked ? p->nbuild > 0 : r->shards;
	p->base = p->nlinked ? p->base : r->shards;
	/* Entry e of shard s of n has the number (e - 1) n + s + 1 (store/xap.h). */
	uint32_t n = (uint32_t)(p->nlinked + p->nnew);
	for (size_t i = 0; i < r->folded.n; i++) {
		struct item *y = &r->spill.items.v[r->folded.order[i]];
		if (y->stays)
			y->placed = (uint32_t)((y->entry - 1) / p->nserved) * n + (uint32_t)p->served[shard_of(p, y)].becomes + 1;
	}
}

void run_place(struct session *r, struct placing *p)
{
	*p = (struct placing){ .nserved = r->old ? generation_manifest(r->old)->nshards : 0 };
	p->served = NEWN(&r->a, struct served_shard, p->nserved + 1);
	find_staying(r, p);
	if (r->old)
		choose(r, p);
	number(r, p);
}

/* --- what a generation says of its shards --- */

/* Items by their entry in one shard; NO_ITEM: that entry is dead. */
static uint32_t *items_of(const struct session *r, const struct manifest *m, size_t shard, struct arena *a)
{
	uint32_t *out = arena_raw(a, (m->shards[shard].entries + 1u) * sizeof *out, 16);
	memset(out, 0xFF, (m->shards[shard].entries + 1u) * sizeof *out);
	for (size_t i = 0; i < r->folded.n; i++) {
		uint32_t placed = r->spill.items.v[r->folded.order[i]].placed;
		if (placed && (placed - 1) % m->nshards == shard)
			out[(placed - 1) / m->nshards] = r->folded.order[i];
	}
	return out;
}

struct u64_list {
	uint64_t *v;
	size_t n, cap;
};
/* Where the lines begin that its sources are in: none when all begin their files. */
static void add_begins(const struct spill *s, uint32_t item, struct u64_list *out, struct arena *a)
{
	size_t from = out->n, any = 0;
	for (uint32_t c = item; c != NO_ITEM; c = c == item ? s->items.v[c].copies : s->items.v[c].next) {
		uint64_t at = s->units.v[s->items.v[c].unit].at;
		*PUSH(a, out) = at;
		any += at > 0;
	}
	out->n = any ? out->n : from;
}

static struct live_facts live_of(const struct session *r, const struct manifest *m, size_t shard, struct arena *a)
{
	uint32_t n = m->shards[shard].entries, *item = items_of(r, m, shard, a), *dead = NEWN(a, uint32_t, n + 1), *first = NEWN(a, uint32_t, n + 1);
	struct u64_list numbers = { 0 };
	struct live_facts f = { .dead = dead, .entries = n };
	for (uint32_t e = 0; e < n; e++) {
		if (item[e] == NO_ITEM)
			dead[f.ndead++] = e + 1;
		else
			add_begins(&r->spill, item[e], &numbers, a);
		first[e + 1] = (uint32_t)numbers.n;
	}
	f.number = numbers.v;
	f.first = first;
	return f;
}

void run_live(struct session *r, struct manifest *m)
{
	struct live_facts *all = NEWN(&r->a, struct live_facts, m->nshards);
	for (size_t i = 0; i < m->nshards; i++)
		all[i] = live_of(r, m, i, &r->a);
	m->live = all;
}
