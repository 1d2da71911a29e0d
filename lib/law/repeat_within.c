/* Pages repeated within one file. Paragraphs are compared by the letters and
 * digits in them (copies differ in spaces and furniture); a stretch of them that stood in the
 * file before, of some length, is a copy. */
#include "base/hash.h"
#include "law/repair_private.h"
#include "law/repeat.h"

/* A copy counts when it repeats the file from its first paragraphs on, or is
 * too long for a quotation. In letters and digits. */
enum { COPY_MIN = 400, COPY_ANYWHERE = 4000, HEAD_PARAS = 4, SHORT = 60, CHAIN_MAX = 8 };

struct para {
	uint32_t beg, end; /* bytes, the line feed included */
	uint32_t letters;
	uint64_t hash;
	uint32_t before;   /* number + 1 of the last paragraph with the same letters; 0: none */
	uint32_t origin;   /* the paragraph this is a copy of, through all copies */
};
struct paras {
	struct para *v;
	size_t n, cap;
};

static struct para read_para(span s, uint32_t beg, uint32_t end)
{
	struct para p = { .beg = beg, .end = end };
	uint64_t h = 1469598103934665603u;
	for (uint32_t i = beg; i < end; i++)
		if (is_alnum(s.p[i])) {
			h = (h ^ (uint64_t)to_lower(s.p[i])) * 1099511628211u;
			p.letters++;
		}
	p.hash = h;
	return p;
}

/* Paragraphs with letters in them; white space between belongs to the one before. */
static struct paras paras_of(span s, struct arena *a)
{
	struct paras out = { 0 };
	for (uint32_t at = 0; at < s.n;) {
		size_t lf = span_find_byte(s, '\n', at);
		uint32_t end = lf < s.n ? (uint32_t)lf + 1 : (uint32_t)s.n;
		struct para p = read_para(s, at, end);
		if (p.letters)
			*PUSH(a, &out) = p;
		else if (out.n)
			out.v[out.n - 1].end = end;
		at = end;
	}
	return out;
}

static void link_equals(struct paras *ps, struct arena *a)
{
	struct map seen = { .a = a };
	for (size_t i = 0; i < ps->n; i++) {
		uint32_t *last = map_put(&seen, (span){ (const char *)&ps->v[i].hash, sizeof ps->v[i].hash }, NULL);
		ps->v[i].before = *last;
		ps->v[i].origin = (uint32_t)i;
		*last = (uint32_t)i + 1;
	}
}

/* Paragraphs from i on that repeat those from j on. Short ones between may
 * differ (furniture that only one copy has is stepped over at the ends only). */
static size_t common(const struct paras *ps, size_t j, size_t i, uint32_t *letters)
{
	size_t n = 0;
	*letters = 0;
	while (i + n < ps->n && j + n < i && ps->v[i + n].hash == ps->v[j + n].hash)
		*letters += ps->v[i + n++].letters;
	return n;
}

/* The longest copy that begins at paragraph i; *from gets where it was copied from. */
static size_t copy_at(const struct paras *ps, size_t i, size_t *from)
{
	size_t best = 0;
	uint32_t most = 0;
	uint32_t j = ps->v[i].before;
	for (int tries = 0; j && tries < CHAIN_MAX; tries++, j = ps->v[j - 1].before) {
		uint32_t letters;
		size_t n = common(ps, j - 1, i, &letters);
		if (letters > most) {
			most = letters;
			best = n;
			*from = j - 1;
		}
	}
	bool head = best && ps->v[*from].origin < HEAD_PARAS;
	uint32_t page = 0; /* letters from the original on to its first copy */
	for (size_t k = head ? *from : i; k < i && page <= most * 2; k++)
		page += ps->v[k].letters;
	bool whole = head && most >= COPY_MIN && most * 5 >= page * 4;
	return whole || most >= COPY_ANYWHERE ? best : 0;
}

/* What a colon or a dash leads up to: part of a list that law may well set out twice, as in the definitions of
 * two words that mean the same. No page begins so. */
static bool led_up_to(span s, const struct paras *ps, size_t i)
{
	span lead = i ? span_trim(span_sub(s, ps->v[i - 1].beg, ps->v[i - 1].end)) : (span){ 0 };
	return span_ends(lead, SPAN(":")) || span_ends(lead, SPAN("\u2014")) || span_ends(lead, SPAN("--"));
}

/* A short line just before a copy that also stands just before the original
 * (a heading seen twice in the source) goes with it. */
static size_t widen(const struct paras *ps, size_t i, size_t floor)
{
	while (i > floor && ps->v[i - 1].letters < SHORT && ps->v[i - 1].before)
		i--;
	return i;
}

/* The first letters and digits of a paragraph, as one number; 0: it has none. */
static uint64_t opening(span s, uint32_t beg, uint32_t end)
{
	enum { LETTERS = 16 };
	uint64_t h = 0;
	uint32_t n = 0;
	for (uint32_t i = beg; i < end && n < LETTERS; i++)
		if (is_alnum(s.p[i])) {
			h = (h ^ (uint64_t)to_lower(s.p[i])) * 1099511628211u;
			n++;
		}
	return n ? h | 1 : 0;
}

/* Whether paragraphs that begin as earlier ones do stand together for as many bytes as the shortest copy
 * has letters: without that there is none. Most texts are done with here, by a few bytes of each paragraph. */
static bool may_repeat(span s, struct arena *a)
{
	uint32_t words = 64, run = 0; /* a bit a paragraph, in a table of some ten bits for each: none is forgotten */
	if (s.n < 2 * COPY_MIN)
		return false;
	while (words < s.n / 256)
		words *= 2;
	uint64_t *seen = NEWN(a, uint64_t, words);
	for (uint32_t at = 0, end; at < s.n && run < COPY_MIN; at = end) {
		size_t lf = span_find_byte(s, '\n', at);
		end = lf < s.n ? (uint32_t)lf + 1 : (uint32_t)s.n;
		uint64_t h = opening(s, at, end);
		if (!h)
			continue;
		uint64_t k = (h * 0x9E3779B97F4A7C15u) >> 30, bit = 1ull << (k & 63);
		uint64_t *word = &seen[k >> 6 & (words - 1)];
		run = *word & bit ? run + end - at : 0;
		*word |= bit;
	}
	return run >= COPY_MIN;
}

struct edits repeats_within(const struct text *t, struct arena *a, unsigned *copies)
{
	struct edits out = { 0 };
	struct arena_mark before = arena_here(a);
	*copies = 1;
	bool may = may_repeat(t->clean, a);
	arena_rewind(a, before);
	if (!may)
		return out;
	struct paras ps = paras_of(t->clean, a);
	link_equals(&ps, a);
	unsigned *times = NEWN(a, unsigned, ps.n + 1);
	size_t floor = 0;
	for (size_t i = 0; i < ps.n;) {
		size_t from = 0, n = copy_at(&ps, i, &from);
		if (!n) {
			i++;
			continue;
		}
		size_t first = widen(&ps, i, floor);
		if (led_up_to(t->clean, &ps, first)) { /* no part of it is a copy either */
			i = floor = i + n;
			continue;
		}
		struct range at = { ps.v[first].beg, ps.v[i + n - 1].end };
		edit_push(&out, a, "repeated-page", at, .99f);
		unsigned *seen = &times[ps.v[from].origin];
		if (++*seen + 1 > *copies)
			*copies = *seen + 1;
		for (size_t k = 0; k < n; k++)
			ps.v[i + k].origin = ps.v[from + k].origin;
		i = floor = i + n;
	}
	if (!out.n)
		arena_rewind(a, before); /* a large file has as many paragraphs as lines */
	return out;
}

struct edits repair_repeats(const struct text *t, struct arena *a)
{
	unsigned copies;
	return repeats_within(t, a, &copies);
}

unsigned repeat_copies(const struct text *t)
{
	unsigned copies = 1;
	for (size_t i = 0; i < t->edits.n; i++)
		copies += strcmp(t->edits.v[i].rule, "repeated-page") == 0;
	return copies;
}
