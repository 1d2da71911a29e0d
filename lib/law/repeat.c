#include "law/repeat.h"

#include "base/hash.h"
#include "law/court.h"
#include "law/date.h"
#include "law/repeat_align.h"
#include "law/token.h"

/* Words a shingle; minima a sketch. */
enum { SHINGLE = 4, BINS = 24 };

/* Bins that no shingle fell into borrow from the next one that has a minimum. */
static void fill_bins(uint32_t m[BINS])
{
	uint32_t old[BINS];
	memcpy(old, m, sizeof old);
	for (unsigned i = 0; i < BINS; i++)
		for (unsigned k = 1; old[i] == UINT32_MAX && m[i] == UINT32_MAX && k < BINS; k++)
			if (old[(i + k) % BINS] != UINT32_MAX)
				m[i] = old[(i + k) % BINS] + k * 0x9E3779B1u;
}

/* A word of 64 bits from the 32 that its term has. */
static uint64_t spread(uint32_t hash)
{
	uint64_t h = hash * 0xD6E8FEB86659FD93u;
	return h ^ h >> 32;
}

/* The last words, of which a shingle is made. */
struct shingle {
	uint64_t v[SHINGLE];
	size_t n; /* words so far */
};

/* One hash gives the bin by its high half and the value by its low half: a single pass, where a hash function for each minimum would take 24. */
static void add_shingle(struct sketch *s, const struct shingle *last, size_t words)
{
	uint64_t h = last->v[(last->n - words) % SHINGLE];
	for (size_t k = 1; k < words; k++)
		h = (h ^ last->v[(last->n - words + k) % SHINGLE] >> 7) * 0xD6E8FEB86659FD93u;
	h ^= h >> 32;
	h *= 0xD6E8FEB86659FD93u;
	uint32_t bin = (uint32_t)((h >> 32) * BINS >> 32), v = (uint32_t)h;
	if (v < s->minhash[bin])
		s->minhash[bin] = v;
}

struct sketch sketch_of_tokens(const struct doc *d, const struct tokens *tokens)
{
	struct sketch s = { .words = 0 };
	struct shingle last = { .n = 0 };
	uint64_t all = 0;
	memset(s.minhash, 0xFF, sizeof s.minhash);
	for (size_t i = 0; i < tokens->n; i++) {
		const struct token *t = &tokens->v[i];
		/* Other forms of a word say nothing new, and where a reporter's pages turn is not part of the text. */
		if (t->flags & TOKEN_JOINED || star_page(d->text.clean, t->beg))
			continue;
		last.v[last.n++ % SHINGLE] = spread(tokens->hash[i]);
		all = (all ^ last.v[(last.n - 1) % SHINGLE]) * 0x9E3779B97F4A7C15u;
		all ^= all >> 29;
		if (last.n >= SHINGLE)
			add_shingle(&s, &last, SHINGLE);
	}
	/* The last words begin shingles of their own, shorter and shorter. */
	for (size_t words = last.n < SHINGLE ? last.n : SHINGLE - 1; words; words--)
		add_shingle(&s, &last, words);
	s.words = (uint32_t)last.n;
	s.exact = all;
	fill_bins(s.minhash);
	return s;
}

struct sketch sketch_of(const struct doc *d, struct arena *a)
{
	struct tokens tokens = tokens_of(d->text.clean, a);
	tokens_hash(&tokens, a);
	return sketch_of_tokens(d, &tokens);
}

/* The share of minima that agree estimates the share of shingles that two texts have in common. */
double sketch_similarity(const struct sketch *x, const struct sketch *y)
{
	unsigned same = 0;
	if (x->words == y->words && x->exact == y->exact)
		return 1;
	for (unsigned i = 0; i < BINS; i++)
		same += x->minhash[i] == y->minhash[i];
	return (double)same / BINS;
}

/* Both known and not the same, spaces and points apart. */
static bool differ(span x, span y)
{
	size_t i = 0, j = 0;
	if (!x.n || !y.n)
		return false;
	for (;;) {
		while (i < x.n && !is_alnum(x.p[i]))
			i++;
		while (j < y.n && !is_alnum(y.p[j]))
			j++;
		if (i == x.n || j == y.n)
			return i < x.n || j < y.n;
		if (to_lower(x.p[i++]) != to_lower(y.p[j++]))
			return true;
	}
}

static bool same(span x, span y)
{
	return x.n && y.n && !differ(x, y);
}

/* "09-1122" in "09-1122, 09-1123": one text's list was cut at a line's end. */
static bool among(span part, span all)
{
	size_t at = span_find(all, part, 0);
	bool begins = at < all.n && (at == 0 || !is_alnum(all.p[at - 1]));
	return begins && (at + part.n == all.n || !is_alnum(all.p[at + part.n]));
}

/* Two documents and their words. */
struct both {
	const struct doc *x, *y;
	struct words p, q;
	struct arena *a;
};

/* What a document's own text says of it is read from a few lines, which the layout may break and letters misread:
 * where both are long and one of them has the value in its words, the words decide, not what was read out of them.
 * A value that neither has was given with the document, and is sure. */
static bool printed(const struct both *b, span value, bool in_order)
{
	return words_long(&b->p, &b->q) && (words_hold(&b->p, value, in_order, b->a) || words_hold(&b->q, value, in_order, b->a));
}

static bool dockets_differ(const struct both *b)
{
	span x = b->x->meta.docket, y = b->y->meta.docket;
	if (!differ(x, y) || among(x, y) || among(y, x))
		return false;
	return !printed(b, x, true) || !printed(b, y, true);
}

/* A court's name is printed in many ways, but of its words. */
static bool court_printed(const struct both *b, span id)
{
	const struct court *c = court_by_id(id);
	return c && printed(b, c->name, false);
}

static bool courts_differ(const struct both *b)
{
	span x = b->x->meta.court, y = b->y->meta.court;
	return differ(x, y) && !(court_printed(b, x) && court_printed(b, y));
}

static bool jurisdictions_differ(const struct both *b)
{
	bool by_court = differ(b->x->meta.court, b->y->meta.court);
	return differ(b->x->meta.jurisdiction, b->y->meta.jurisdiction) && (!by_court || courts_differ(b));
}

static bool holds_date(const struct words *w, uint32_t date)
{
	for (size_t i = 0; i < w->n; i++)
		if ((w->v[i].capital || w->v[i].number) && date_parse(span_sub(w->text, w->v[i].beg, w->text.n), NULL) == date)
			return true;
	return false;
}

/* A section has its date from its code; a decision prints its own among others. */
static bool dates_differ(const struct both *b)
{
	uint32_t x = b->x->date, y = b->y->date;
	if (!x || !y || x == y)
		return false;
	bool read = !b->x->meta.number.n && words_long(&b->p, &b->q) && (holds_date(&b->p, x) || holds_date(&b->q, x)) &&
		    (holds_date(&b->p, y) || holds_date(&b->q, y));
	return !read;
}

/* What the metadata say: null when nothing keeps x and y apart. */
static const char *veto(const struct both *b)
{
	const struct doc *x = b->x, *y = b->y;
	if (x->kind != y->kind && x->kind != KIND_OTHER && y->kind != KIND_OTHER)
		return "kinds differ";
	if (differ(x->meta.code, y->meta.code) || jurisdictions_differ(b))
		return "codes differ";
	if (differ(x->meta.number, y->meta.number))
		return "section numbers differ";
	if (dockets_differ(b))
		return "docket numbers differ";
	if (courts_differ(b))
		return "courts differ";
	return NULL;
}

static enum repeat_verdict say(const char **why, const char *text, enum repeat_verdict v)
{
	*why = text;
	return v;
}

/* The longer the text that is shared, the more doubtful names it may outweigh: one for so many words. */
enum { WORDS_A_DOUBT = 400 };

/* What has the same number is a version of it when words or numbers differ. Else any number that differs keeps two texts
 * apart, and any name in the head: forms and orders are alike but for these. */
static enum repeat_verdict by_differences(const struct differences *d, size_t words, bool known, const char **why)
{
	double similarity = 1 - (double)d->edits / (double)words;
	if (known && (similarity < .97 || d->numbers))
		return say(why, "same number, other words", REPEAT_VERSION);
	if (d->numbers)
		return say(why, "numbers differ", REPEAT_DIFFERENT);
	if (d->names || d->doubts > words / 2 / WORDS_A_DOUBT)
		return say(why, "names differ", REPEAT_DIFFERENT);
	if (similarity >= .95)
		return say(why, "nearly all words", REPEAT_SAME);
	return say(why, "words differ", REPEAT_DIFFERENT);
}

enum repeat_verdict repeat_verify(const struct doc *x, const struct doc *y, struct arena *a, double *similarity, const char **why)
{
	struct both b = { x, y, words_of(x->text.clean, a), words_of(y->text.clean, a), a };
	struct differences d;
	size_t words = b.p.n + b.q.n;
	const char *apart = veto(&b);
	/* Something names both as the same law or case. */
	bool known = same(x->meta.number, y->meta.number) || same(x->meta.docket, y->meta.docket) || same(x->meta.cite, y->meta.cite);
	*similarity = 0;
	if (apart)
		return say(why, apart, REPEAT_DIFFERENT);
	/* More differences than are looked at. */
	if (!words_compare(&b.p, &b.q, a, &d))
		return say(why, known ? "same number, other words" : "words differ", known ? REPEAT_VERSION : REPEAT_DIFFERENT);
	*similarity = words ? 1 - (double)d.edits / (double)words : 1;
	bool dated = dates_differ(&b);
	if (dated && !known)
		return say(why, "dates differ", REPEAT_DIFFERENT);
	if (dated || differ(x->meta.version, y->meta.version))
		return say(why, dated ? "same number, another date" : "another version", REPEAT_VERSION);
	if (d.edits == 0)
		return say(why, "same words", REPEAT_SAME);
	return by_differences(&d, words, known, why);
}
