#include "law/repeat.h"

#include "base/hash.h"
#include "law/segment.h"
#include "law/token.h"

/* Words a shingle; minima a sketch; differences beyond which two texts are not compared; words of the head, where a difference counts most. */
enum { SHINGLE = 4, BINS = 24, EDITS_MAX = 320, HEAD_WORDS = 150 };

/* A word as it is compared: letters and digits, case apart. */
struct word {
	uint64_t hash;
	uint32_t beg;
	bool number, capital;
};
struct words {
	struct word *v;
	size_t n, cap;
};

static bool in_word(char c)
{
	return is_alnum(c) || (unsigned char)c >= 0x80;
}

/* A star page, "*490": where a reporter's pages turn is not part of the text. */
static bool star_page(span s, size_t i)
{
	return i && s.p[i - 1] == '*' && is_digit(s.p[i]);
}

/* Every byte beyond ASCII counts as a letter, so texts need not be decoded to be compared. */
static struct words words_of(span s, struct arena *a)
{
	struct words out = { 0 };
	for (size_t i = 0; i < s.n;) {
		bool star = star_page(s, i);
		if (!in_word(s.p[i])) {
			i++;
			continue;
		}
		struct word w = { .beg = (uint32_t)i, .capital = is_upper(s.p[i]), .hash = 1469598103934665603u };
		for (; i < s.n && in_word(s.p[i]); i++) {
			w.number |= is_digit(s.p[i]);
			w.hash = (w.hash ^ (unsigned char)to_lower(s.p[i])) * 1099511628211u;
		}
		if (!star)
			*PUSH(a, &out) = w;
	}
	return out;
}

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

/* --- alignment: Myers' greedy difference, its frontiers kept for the way back --- */

struct diff {
	const struct words *x, *y;
	span xs, ys;     /* their texts */
	int32_t **front; /* front[d][k + d]: furthest place in x on diagonal k with d differences */
	int32_t d;       /* differences; -1: too many */
};

/* Along equal words, which cost nothing, on diagonal k (place in x less place in y). */
static int32_t slide(const struct diff *f, int32_t i, int32_t k)
{
	int32_t j = i - k;
	while ((size_t)i < f->x->n && (size_t)j < f->y->n && f->x->v[i].hash == f->y->v[j].hash) {
		i++;
		j++;
	}
	return i;
}

/* Furthest start on diagonal k with d differences, from the frontier of d - 1. */
static int32_t step(const int32_t *before, int32_t d, int32_t k)
{
	int32_t last = d - 1;
	int32_t down = k + 1 <= last ? before[k + 1 + last] : -1;      /* a word of y put in */
	int32_t right = k - 1 >= -last ? before[k - 1 + last] + 1 : -1; /* a word of x left out */
	return down > right ? down : right;
}

/* Shortest edit script, d differences after d - 1, until both ends are reached. Time and memory go with the differences squared, not with
 * the texts; beyond EDITS_MAX it gives up, as such texts are no copies. */
static void align(struct diff *f, struct arena *a)
{
	int32_t n = (int32_t)f->x->n, m = (int32_t)f->y->n;
	f->front = NEWN(a, int32_t *, EDITS_MAX + 1);
	for (f->d = 0; f->d <= EDITS_MAX; f->d++) {
		int32_t d = f->d, *now = f->front[d] = NEWN(a, int32_t, 2 * (size_t)d + 1);
		for (int32_t k = -d; k <= d; k++) {
			/* Diagonals change with every difference, so only every other one can be reached with d. */
			bool gap = (k & 1) != (d & 1);
			int32_t i = gap ? -1 : d == 0 ? 0 : step(f->front[d - 1], d, k);
			if (!gap && (i < 0 || i > n || i - k > m || i - k < 0))
				i = -1;
			now[k + d] = i < 0 ? -2 : slide(f, i, k);
			if (now[k + d] == n && n - k == m)
				return;
		}
	}
	f->d = -1;
}

/* What the differing words are. */
struct differences {
	unsigned numbers, head_numbers, names, words;
};

/* The differing word, and what it would mean if it is one: a number, or in the head a name. */
static void count(struct differences *out, const struct word *w, size_t at)
{
	out->words++;
	out->numbers += w->number;
	out->head_numbers += w->number && at < HEAD_WORDS;
	out->names += w->capital && !w->number && at < HEAD_WORDS;
}

/* What was counted for a pair of words that is only misread; the words stay counted. */
static void discount(struct differences *out, const struct word *w, size_t at)
{
	out->numbers -= w->number;
	out->head_numbers -= w->number && at < HEAD_WORDS;
	out->names -= w->capital && !w->number && at < HEAD_WORDS;
}

static span word_text(span s, const struct word *w)
{
	size_t end = w->beg;
	while (end < s.n && in_word(s.p[end]))
		end++;
	return span_sub(s, w->beg, end);
}

/* One word with a letter or two misread: "Consent", "Cousent". A name may differ from another
 * by as little ("Hansen", "Hanson"), so of two words one must be a word and the other none;
 * figures must all be the same. */
static bool misread(const struct diff *f, size_t i, size_t j)
{
	span x = word_text(f->xs, &f->x->v[i]), y = word_text(f->ys, &f->y->v[j]);
	size_t other = 0, digits = 0;
	if (x.n != y.n || x.n < 3)
		return false;
	for (size_t k = 0; k < x.n; k++) {
		bool differs = to_lower(x.p[k]) != to_lower(y.p[k]);
		other += differs;
		digits += differs && (is_digit(x.p[k]) || is_digit(y.p[k]));
	}
	if (digits || other > 2)
		return false;
	return f->x->v[i].number || (x.n >= 5 && word_plausible(x) != word_plausible(y));
}

/* Where a difference stands, as the way back goes through it. */
struct place {
	int32_t i, j;
	bool put_in, set;
};

/* Two differences at one place: a word instead of another. */
static bool instead(const struct place *later, const struct place *p)
{
	if (!later->set || later->put_in == p->put_in)
		return false;
	return p->put_in ? later->j == p->j + 1 && later->i == p->i : later->i == p->i + 1 && later->j == p->j;
}

/* Pairs that were taken for misread. The same pair again is no chance: a name was changed throughout. */
struct pairs {
	uint64_t v[32];
	size_t n;
};

static bool first_time(struct pairs *seen, const struct word *x, const struct word *y)
{
	uint64_t pair = x->hash * 31 ^ y->hash;
	for (size_t i = 0; i < seen->n; i++)
		if (seen->v[i] == pair)
			return false;
	if (seen->n == sizeof seen->v / sizeof *seen->v)
		return false;
	seen->v[seen->n++] = pair;
	return true;
}

/* Walks the frontiers back. */
static struct differences read_back(const struct diff *f)
{
	struct differences out = { 0 };
	struct place p = { (int32_t)f->x->n, (int32_t)f->y->n, false, false }, later = { 0 };
	struct pairs seen = { .n = 0 };
	for (int32_t d = f->d; d > 0; d--) {
		/* Back by the move that led furthest: down a word of y was put in, right a word of x left out. */
		int32_t k = p.i - p.j, last = d - 1, *before = f->front[last];
		int32_t down = k + 1 <= last ? before[k + 1 + last] : -2, right = k - 1 >= -last ? before[k - 1 + last] : -2;
		p.put_in = (down >= 0 && down > right) || right < 0;
		p.i = p.put_in ? down : right;
		p.j = p.put_in ? p.i - (k + 1) : p.i - (k - 1);
		if (p.i < 0 || p.j < 0)
			break;
		p.set = true;
		count(&out, p.put_in ? &f->y->v[p.j] : &f->x->v[p.i], (size_t)(p.put_in ? p.j : p.i));
		if (instead(&later, &p) && misread(f, (size_t)p.i, (size_t)p.j) && first_time(&seen, &f->x->v[p.i], &f->y->v[p.j])) {
			discount(&out, &f->x->v[p.i], (size_t)p.i);
			discount(&out, &f->y->v[p.j], (size_t)p.j);
			p.set = false;
		}
		later = p;
	}
	return out;
}

/* --- verdict --- */

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

/* What the metadata say: null when nothing keeps x and y apart. */
static const char *veto(const struct doc *x, const struct doc *y)
{
	const struct meta *p = &x->meta, *q = &y->meta;
	if (x->kind != y->kind && x->kind != KIND_OTHER && y->kind != KIND_OTHER)
		return "kinds differ";
	if (differ(p->jurisdiction, q->jurisdiction) || differ(p->code, q->code))
		return "codes differ";
	if (differ(p->number, q->number))
		return "section numbers differ";
	if (differ(p->docket, q->docket) && !among(p->docket, q->docket) && !among(q->docket, p->docket))
		return "docket numbers differ";
	if (differ(p->court, q->court))
		return "courts differ";
	return NULL;
}

static enum repeat_verdict say(const char **why, const char *text, enum repeat_verdict v)
{
	*why = text;
	return v;
}

/* What has the same number is a version of it when words or numbers differ. Else any number that differs keeps two texts
 * apart, and any name in the head: forms and orders are alike but for these. */
static enum repeat_verdict by_differences(const struct differences *d, double similarity, bool known, const char **why)
{
	if (known && (similarity < .97 || d->numbers))
		return say(why, "same number, other words", REPEAT_VERSION);
	if (d->head_numbers || d->numbers)
		return say(why, "numbers differ", REPEAT_DIFFERENT);
	if (d->names)
		return say(why, "names differ", REPEAT_DIFFERENT);
	if (similarity >= .95)
		return say(why, "nearly all words", REPEAT_SAME);
	return say(why, "words differ", REPEAT_DIFFERENT);
}

enum repeat_verdict repeat_verify(const struct doc *x, const struct doc *y, struct arena *a, double *similarity, const char **why)
{
	struct words p = words_of(x->text.clean, a), q = words_of(y->text.clean, a);
	struct diff f = { .x = &p, .y = &q, .xs = x->text.clean, .ys = y->text.clean };
	const char *apart = veto(x, y);
	/* Something names both as the same law or case. */
	bool known = same(x->meta.number, y->meta.number) || same(x->meta.docket, y->meta.docket) || same(x->meta.cite, y->meta.cite);
	*similarity = 0;
	if (apart)
		return say(why, apart, REPEAT_DIFFERENT);
	align(&f, a);
	/* More differences than are looked at. */
	if (f.d < 0)
		return say(why, known ? "same number, other words" : "words differ", known ? REPEAT_VERSION : REPEAT_DIFFERENT);
	*similarity = p.n + q.n ? 1 - (double)f.d / (double)(p.n + q.n) : 1;
	bool dated = x->date && y->date && x->date != y->date;
	if (dated && !known)
		return say(why, "dates differ", REPEAT_DIFFERENT);
	if (dated || differ(x->meta.version, y->meta.version))
		return say(why, dated ? "same number, another date" : "another version", REPEAT_VERSION);
	if (f.d == 0)
		return say(why, "same words", REPEAT_SAME);
	struct differences d = read_back(&f);
	return by_differences(&d, *similarity, known, why);
}
