#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "store/poslist_reader.h"

bool poslists_damaged(const char *what, struct err *err)
{
	return err_set(err, ERR_DAMAGED, "the positions of words are damaged: %s", what);
}

static bool read_exactly(int fd, byte *out, size_t n, uint64_t at, struct err *err)
{
	if (file_read_at(fd, out, n, at, err) == n)
		return true;
	return err->code ? err_context(err, "the positions of words") : poslists_damaged("the file is cut short", err);
}

/* --- pages --- */

/* The last page of what is summed may be short. Its sum stands in four bytes, least first. */
static bool page_load(struct poslists *p, struct page *page, struct err *err)
{
	const struct poslist_shard *s = &p->shards[page->shard];
	uint64_t at = page->number * PAGE_BYTES, left = s->f.sums - at;
	size_t n = left < PAGE_BYTES ? (size_t)left : PAGE_BYTES;
	const byte *sum = s->sums + 4 * page->number;
	if (!read_exactly(s->fd, page->bytes, n, at, err))
		return false;
	uint32_t want = (uint32_t)sum[0] | (uint32_t)sum[1] << 8 | (uint32_t)sum[2] << 16 | (uint32_t)sum[3] << 24;
	return page_sum((span){ (char *)page->bytes, n }, page->number) == want || poslists_damaged("a page has another sum", err);
}

/* The page's bytes, good until the next call; null: err is filled. */
static const byte *page_get(struct poslists *p, size_t shard, uint64_t number, struct err *err)
{
	struct page *page = &p->pages[(number + shard * 7) % PAGES_KEPT];
	if (page->number == number && page->shard == shard)
		return page->bytes;
	page->number = number;
	page->shard = shard;
	if (page_load(p, page, err))
		return page->bytes;
	page->number = UINT64_MAX;
	return NULL;
}

/* Everything of lists and dictionary comes through here, page
 * by page, so that no byte is used whose page was not summed. */
bool poslists_read(struct poslists *p, struct poslist_part part, byte *out, struct err *err)
{
	uint64_t all = p->shards[part.shard].f.sums;
	if (part.at > all || part.n > all - part.at)
		return poslists_damaged("a list beyond the end", err);
	while (part.n) {
		size_t from = part.at % PAGE_BYTES, now = PAGE_BYTES - from < part.n ? PAGE_BYTES - from : part.n;
		const byte *page = page_get(p, part.shard, part.at / PAGE_BYTES, err);
		if (!page)
			return false;
		memcpy(out, page + from, now);
		out += now;
		part.at += now;
		part.n -= now;
	}
	return true;
}

/* --- opening --- */

static bool no_memory(struct err *err)
{
	return err_errno(err, ENOMEM, "the positions of words");
}

/* A row of the index: first term, where its list begins, bytes of the block.
 * The blocks follow each other from f.dictionary to f.index without a gap. */
static bool index_take(struct poslist_shard *s, struct unpack u, struct err *err)
{
	uint64_t at = s->f.dictionary, most = (s->f.terms + DICTIONARY_TERMS - 1) / DICTIONARY_TERMS;
	if (most > u.rest.n) /* an entry takes some bytes: so no size can lie */
		return poslists_damaged("its index", err);
	s->index = calloc((size_t)most + 1, sizeof *s->index);
	if (!s->index)
		return no_memory(err);
	for (s->nindex = 0; s->nindex < most; s->nindex++) {
		struct index_block *b = &s->index[s->nindex];
		b->term = take_packed(&u);
		b->lists = take_varint(&u);
		b->bytes = take_varint(&u);
		b->at = at;
		if (u.bad || !b->term.n || b->term.n > KEY_MAX || b->lists > s->f.dictionary || b->bytes > s->f.index - at)
			return poslists_damaged("its index", err);
		at += b->bytes;
	}
	return (at == s->f.index && !u.rest.n) || poslists_damaged("its index", err);
}

/* Index and sums stay in memory as they lie in the file; the index borrows its terms from there. */
static bool tables_read(struct poslist_shard *s, const byte *tail, struct err *err)
{
	size_t n = (size_t)(s->f.end - s->f.index);
	s->tables = malloc(n + 1);
	span all = { (char *)s->tables, n };
	if (!s->tables)
		return no_memory(err);
	if (!read_exactly(s->fd, s->tables, n, s->f.index, err))
		return false;
	if (footer_hash(all, tail) != get_u64(tail + FOOTER_BYTES - 8))
		return poslists_damaged("the hash of its tables", err);
	s->sums = s->tables + (s->f.sums - s->f.index);
	return index_take(s, (struct unpack){ .rest = span_sub(all, 0, (size_t)(s->f.sums - s->f.index)) }, err);
}

/* From the back: the footer, then what it says where to find.
 * Each page of what stands before the sums has four bytes of sum. */
static bool shard_open(struct poslist_shard *s, struct err *err)
{
	struct stat st;
	byte tail[FOOTER_BYTES];
	if (fstat(s->fd, &st) != 0)
		return err_errno(err, errno, "the positions of words");
	uint64_t size = (uint64_t)st.st_size;
	if (size < FOOTER_BYTES || size > INT64_MAX)
		return poslists_damaged("the file is cut short", err);
	if (!read_exactly(s->fd, tail, FOOTER_BYTES, size - FOOTER_BYTES, err))
		return false;
	if (!footer_unpack(tail, &s->f) || s->f.end != size - FOOTER_BYTES)
		return poslists_damaged("no such file, or cut short", err);
	if (s->f.end - s->f.sums != 4 * ((s->f.sums + PAGE_BYTES - 1) / PAGE_BYTES))
		return poslists_damaged("its sums", err);
	return tables_read(s, tail, err);
}

/* Shards have their descriptors, so that closing closes them. */
static bool start(struct poslists *p, const int *fds, size_t n)
{
	p->shards = calloc(n + 1, sizeof *p->shards);
	p->bytes = malloc(PAGES_KEPT * PAGE_BYTES);
	for (size_t i = 0; p->shards && i < n; i++)
		p->shards[p->n++].fd = fds[i];
	for (size_t i = 0; p->bytes && i < PAGES_KEPT; i++)
		p->pages[i] = (struct page){ .number = UINT64_MAX, .bytes = p->bytes + i * PAGE_BYTES };
	return p->shards && p->bytes;
}

/* Descriptors become the reader's at once, also when there is no memory to note them in. */
struct poslists *poslists_open(const int *fds, size_t n, struct err *err)
{
	struct poslists *p = calloc(1, sizeof *p);
	bool ok = (p && start(p, fds, n)) || no_memory(err);
	for (size_t i = 0; i < n && (!p || !p->shards); i++)
		close(fds[i]);
	for (size_t i = 0; i < n && ok; i++)
		ok = shard_open(&p->shards[i], err);
	if (ok)
		return p;
	poslists_close(p);
	return NULL;
}

void poslists_close(struct poslists *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->n; i++) {
		close(p->shards[i].fd);
		free(p->shards[i].tables);
		free(p->shards[i].index);
	}
	lives_close(p->lives);
	free(p->shards);
	free(p->bytes);
	free(p);
}

void poslists_bury(struct poslists *p, struct lives *l)
{
	p->lives = lives_any_dead(l) ? lives_hold(l) : NULL;
}

/* Of the footer; bytes are those of the whole file. */
void poslists_stats(const struct poslists *p, size_t shard, struct poslists_stats *out)
{
	const struct poslist_footer *f = &p->shards[shard].f;
	*out = (struct poslists_stats){ .terms = f->terms, .lists = f->lists, .positions = f->positions,
					.bytes = f->end + FOOTER_BYTES };
	memcpy(out->identity, f->identity, POSLIST_IDENTITY);
}

/* --- the dictionary --- */

/* The next block of the dictionary, whole. The term before its first is none: blocks are read by themselves. */
static bool block_read(struct poslists *p, size_t shard, struct dictionary_walk *w, struct err *err)
{
	const struct index_block *b = &p->shards[shard].index[w->block++];
	byte *bytes = arena_raw(w->a, (size_t)b->bytes + 1, 1);
	w->rest = (struct unpack){ .rest = { (char *)bytes, (size_t)b->bytes } };
	w->nterm = 0;
	w->lists = b->lists;
	return poslists_read(p, (struct poslist_part){ shard, b->at, (size_t)b->bytes }, bytes, err);
}

/* One row of the dictionary: bytes shared with the term before, the rest, entries and bytes
 * of the list. Where the list lies is not written: lists follow each other as their terms do. */
static bool term_take(struct poslists *p, size_t shard, struct dictionary_walk *w, struct err *err)
{
	uint64_t common = take_varint(&w->rest);
	span more = take_packed(&w->rest);
	uint64_t entries = take_varint(&w->rest), bytes = take_varint(&w->rest);
	if (w->rest.bad || common > w->nterm || common + more.n > KEY_MAX || common + more.n == 0)
		return poslists_damaged("its dictionary", err);
	memcpy(w->term + common, more.p, more.n);
	w->nterm = (size_t)common + more.n;
	/* Each entry takes a bit at least: so no count can lie by more than eight times. */
	if (!(entries >> 1) || entries >> 1 > UINT32_MAX || bytes > p->shards[shard].f.dictionary - w->lists ||
	    (entries >> 1) / 8 > bytes)
		return poslists_damaged("its dictionary", err);
	w->list = (struct list_at){ w->lists, bytes, (uint32_t)(entries >> 1), entries & 1 };
	w->lists += bytes;
	return true;
}

/* Blocks are read as the walk comes to them; the first term of each is whole, so a walk may begin at any. */
bool dictionary_next(struct poslists *p, size_t shard, struct dictionary_walk *w, bool *more, struct err *err)
{
	*more = w->rest.rest.n > 0;
	if (!*more && w->block < p->shards[shard].nindex) {
		*more = true;
		if (!block_read(p, shard, w, err))
			return false;
	}
	return !*more || term_take(p, shard, w, err);
}

/* The last block whose first term is not after it; the first one for a term before all. */
size_t poslists_block(const struct poslists *p, size_t shard, span term)
{
	const struct poslist_shard *s = &p->shards[shard];
	size_t lo = 0, hi = s->nindex;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (span_cmp(s->index[mid].term, term) <= 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo ? lo - 1 : 0;
}

struct wanted {
	span term;
	struct arena *a;
};

/* 64 terms at most are looked at, and the walk ends at the first that is after the one wanted. */
static bool find_in(struct poslists *p, size_t shard, const struct wanted *want, struct list_at *out, struct err *err)
{
	struct dictionary_walk w = { .block = poslists_block(p, shard, want->term), .a = want->a };
	bool more = w.block < p->shards[shard].nindex;
	*out = (struct list_at){ 0 };
	if (more && !block_read(p, shard, &w, err))
		return false;
	while (more && w.rest.rest.n) {
		if (!term_take(p, shard, &w, err))
			return false;
		int c = span_cmp((span){ (char *)w.term, w.nterm }, want->term);
		if (c == 0)
			*out = w.list;
		if (c >= 0)
			return true;
	}
	return true;
}

/* --- lists over all shards --- */

struct poslist {
	struct poslists *p;
	struct sublist **sub; /* one a shard; null where it has none */
	uint32_t entries;
};

/* A list costs memory where it is used: blocks are not looked at before
 * somebody asks for an entry, unless dead ones are to be counted. */
struct poslist *poslist_find(struct poslists *p, span term, struct arena *a, struct err *err)
{
	struct poslist *l = NEW(a, struct poslist);
	struct wanted want = { term, a };
	l->p = p;
	l->sub = NEWN(a, struct sublist *, p->n);
	for (size_t i = 0; i < p->n; i++) {
		struct list_at list;
		if (!find_in(p, i, &want, &list, err))
			return NULL;
		if (!list.entries)
			continue;
		l->sub[i] = NEW(a, struct sublist);
		*l->sub[i] = (struct sublist){ .p = p, .a = a, .shard = i, .list = list };
		uint32_t dead;
		if (!sublist_dead(l->sub[i], &dead, err))
			return NULL;
		l->entries += list.entries - dead;
	}
	return l;
}

uint32_t poslist_entries(const struct poslist *l)
{
	return l->entries;
}

/* The entry of a shard that `from` is, or the first after it. */
static uint64_t local_from(const struct poslists *p, size_t shard, uint32_t from)
{
	return from <= shard + 1 ? 1 : ((uint64_t)from - shard - 2) / p->n + 2;
}

/* The next that is not dead. */
static bool next_live(struct sublist *s, uint32_t from, uint32_t *entry, struct err *err)
{
	const struct dead *d = s->p->lives ? lives_dead(s->p->lives, s->shard) : NULL;
	uint32_t at;
	do {
		if (!sublist_seek(s, from, entry, &at, err))
			return false;
		from = *entry + 1;
	} while (d && *entry && dead_has(d, *entry) && from);
	return true;
}

/* The shards' entries interleave (poslist.h), so each is asked for its first, and the least
 * over all is the answer. A shard that stands there already answers from what it has decoded. */
bool poslist_next(struct poslist *l, uint32_t from, uint32_t *entry, struct err *err)
{
	uint64_t best = 0;
	for (size_t i = 0; i < l->p->n; i++) {
		uint64_t want = local_from(l->p, i, from);
		uint32_t local = 0;
		if (l->sub[i] && want <= UINT32_MAX && !next_live(l->sub[i], (uint32_t)want, &local, err))
			return false;
		uint64_t global = local ? ((uint64_t)local - 1) * l->p->n + i + 1 : 0;
		if (global && (!best || global < best))
			best = global;
	}
	if (best > UINT32_MAX)
		return poslists_damaged("an entry beyond all", err);
	*entry = (uint32_t)best;
	return true;
}

/* The sublist that stands at the entry now, and where in its block; null: the term is not in it. */
static bool stand_at(struct poslist *l, uint32_t entry, struct sublist **at, uint32_t *i, struct err *err)
{
	uint32_t shard = (uint32_t)((entry - 1) % l->p->n), local = (uint32_t)((entry - 1) / l->p->n) + 1, found = 0;
	*at = l->sub[shard];
	if (*at && l->p->lives && dead_has(lives_dead(l->p->lives, shard), local))
		*at = NULL;
	if (*at && !sublist_seek(*at, local, &found, i, err))
		return false;
	*at = found == local ? *at : NULL;
	return true;
}

/* Damage is an error; a term that is not in the entry, or whose entry is dead, has no positions. */
bool poslist_at(struct poslist *l, uint32_t entry, struct poslist_run *out, struct err *err)
{
	struct sublist *at;
	uint32_t i;
	*out = (struct poslist_run){ 0 };
	return stand_at(l, entry, &at, &i, err) && (!at || sublist_positions(at, i, out, err));
}

bool poslist_count(struct poslist *l, uint32_t entry, uint32_t *n, struct err *err)
{
	struct sublist *at;
	uint32_t i;
	if (!stand_at(l, entry, &at, &i, err))
		return false;
	*n = at ? at->count[i] + 1 : 0;
	return true;
}

/* --- everything --- */

struct counted {
	uint64_t terms, lists, positions;
	uint32_t most;
	bool more; /* terms */
};

/* Entries cannot but ascend here: each is sought from the one before.
 * An entry of the highest number there is ends the walk, too. */
static bool list_check(struct sublist *s, struct counted *c, struct err *err)
{
	uint32_t entry = 0, i;
	for (;;) {
		struct poslist_run run;
		if (entry == UINT32_MAX || !sublist_seek(s, entry + 1, &entry, &i, err))
			return entry == UINT32_MAX && err->code == ERR_NONE;
		if (!entry)
			return true;
		if (!sublist_positions(s, i, &run, err))
			return false;
		c->lists++;
		c->positions += run.n;
		c->most = entry > c->most ? entry : c->most;
	}
}

/* One term more; c->more is false after the last. */
static bool term_check(struct poslists *p, size_t shard, struct dictionary_walk *w, struct counted *c, struct err *err)
{
	struct arena a = { 0 };
	byte before[KEY_MAX];
	size_t n = w->nterm;
	memcpy(before, w->term, n);
	if (!dictionary_next(p, shard, w, &c->more, err))
		return false;
	if (!c->more)
		return true;
	/* The first of a block is not coded against the last of the one before. */
	if (c->terms && span_cmp((span){ (char *)w->term, w->nterm }, (span){ (char *)before, n }) <= 0)
		return poslists_damaged("terms out of order", err);
	struct sublist s = { .p = p, .a = &a, .shard = shard, .list = w->list };
	c->terms++;
	bool ok = list_check(&s, c, err);
	arena_release(&a);
	return ok;
}

/* Counts of the footer against what was met: a list that fell out of the dictionary shows there. */
static bool shard_check(struct poslists *p, size_t shard, struct err *err)
{
	const struct poslist_footer *f = &p->shards[shard].f;
	struct arena blocks = { 0 };
	struct dictionary_walk w = { .a = &blocks };
	struct counted c = { .more = true };
	bool ok = true;
	while (ok && c.more)
		ok = term_check(p, shard, &w, &c, err);
	arena_release(&blocks);
	return ok && ((c.terms == f->terms && c.lists == f->lists && c.positions == f->positions && c.most == f->entries_most &&
		       w.lists == f->dictionary) ||
		      poslists_damaged("its counts", err));
}

bool poslists_check(struct poslists *p, struct err *err)
{
	struct err local = { 0 };
	bool ok = true;
	err = err ? err : &local;
	for (size_t i = 0; i < p->n && ok; i++)
		ok = shard_check(p, i, err);
	return ok;
}
