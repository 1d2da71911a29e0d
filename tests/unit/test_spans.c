/* spans and plans against a trivially correct evaluator: random queries over
 * random small corpora, built into a real index and searched as the program
 * does. The evaluator here knows nothing of positions lists, candidates or
 * stems cached: it walks words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "indexer/emit.h"
#include "searcher/search.h"
#include "store/builder.h"

enum { DOCS = 40, WORDS = 60, VOCABULARY = 14, QUERIES = 1500 };

static uint64_t seed = 20260101;
static unsigned dice(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

/* Forms of few stems, so that stems, wildcards and exact forms differ. */
static const char *const vocabulary[VOCABULARY] = { "court", "courts", "judge", "judges", "judged", "appeal", "appeals", "claim",
						    "claims", "claimed", "the", "of", "policy", "policies" };
struct little_doc {
	unsigned word[WORDS];
	bool sentence[WORDS], paragraph[WORDS]; /* begins at that word */
	unsigned n;
	char text[WORDS * 12];
};
static struct little_doc docs[DOCS];

static void make_doc(struct little_doc *d)
{
	size_t at = 0;
	d->n = 1 + dice(WORDS);
	for (unsigned i = 0; i < d->n; i++) {
		d->word[i] = dice(VOCABULARY);
		d->paragraph[i] = i == 0 || dice(12) == 0;
		d->sentence[i] = d->paragraph[i] || dice(5) == 0;
		if (i && d->paragraph[i])
			at += (size_t)sprintf(d->text + at, ".\n\n");
		else if (i)
			at += (size_t)sprintf(d->text + at, d->sentence[i] ? ". " : " ");
		at += (size_t)sprintf(d->text + at, "%s", vocabulary[d->word[i]]);
		if (d->sentence[i])
			d->text[at - strlen(vocabulary[d->word[i]])] -= 32;
	}
}

/* --- a query as the trivial evaluator knows it --- */
enum kind { Q_WORD, Q_EXACT, Q_WILD, Q_PHRASE, Q_AND, Q_OR, Q_ANDNOT, Q_NEAR, Q_PRE, Q_AWAY, Q_SENTENCE, Q_PARAGRAPH, Q_ATLEAST };
struct q {
	enum kind kind;
	unsigned word[3], nwords, n;
	struct q *l, *r;
};
static struct arena a;

static struct q *random_leaf(void)
{
	struct q *q = NEW(&a, struct q);
	unsigned d = dice(10);
	q->kind = d < 5 ? Q_WORD : d < 7 ? Q_EXACT : d < 8 ? Q_WILD : Q_PHRASE;
	q->nwords = q->kind == Q_PHRASE ? 2 + dice(2) : 1;
	for (unsigned i = 0; i < q->nwords; i++)
		do
			q->word[i] = dice(VOCABULARY);
		while (q->kind == Q_WILD && strlen(vocabulary[q->word[i]]) < 3);
	return q;
}

static struct q *random_query(unsigned depth, bool spans)
{
	if (depth == 0 || dice(4) == 0)
		return random_leaf();
	struct q *q = NEW(&a, struct q);
	static const enum kind any[] = { Q_AND, Q_OR, Q_ANDNOT, Q_NEAR, Q_PRE, Q_AWAY, Q_SENTENCE, Q_PARAGRAPH, Q_ATLEAST };
	static const enum kind with_spans[] = { Q_OR, Q_NEAR, Q_PRE, Q_SENTENCE, Q_PARAGRAPH };
	q->kind = spans ? with_spans[dice(5)] : any[dice(9)];
	bool below = spans || q->kind >= Q_NEAR;
	q->n = 1 + dice(6);
	q->l = random_query(depth - 1, below);
	q->r = q->kind == Q_ATLEAST ? NULL : random_query(depth - 1, below);
	return q;
}

static void print(struct buf *b, const struct q *q)
{
	static const char *const signs[] = { [Q_AND] = "AND", [Q_OR] = "OR", [Q_ANDNOT] = "AND NOT" };
	switch (q->kind) {
	case Q_WORD:
	case Q_EXACT:
		buf_printf(b, "%s%s", q->kind == Q_EXACT ? "#" : "", vocabulary[q->word[0]]);
		return;
	case Q_WILD:
		buf_printf(b, "%.4s*", vocabulary[q->word[0]]);
		return;
	case Q_PHRASE:
		for (unsigned i = 0; i < q->nwords; i++)
			buf_printf(b, "%s%s", i ? " " : "\"", vocabulary[q->word[i]]);
		buf_byte(b, '"');
		return;
	case Q_ATLEAST:
		buf_printf(b, "atleast%u(", q->n);
		print(b, q->l);
		buf_byte(b, ')');
		return;
	default:
		break;
	}
	buf_byte(b, '(');
	print(b, q->l);
	if (q->kind <= Q_ANDNOT)
		buf_printf(b, " %s ", signs[q->kind]);
	else if (q->kind == Q_NEAR || q->kind == Q_PRE || q->kind == Q_AWAY)
		buf_printf(b, " %s%u ", q->kind == Q_NEAR ? "/" : q->kind == Q_PRE ? "+" : "not w/", q->n);
	else
		buf_printf(b, " %s ", q->kind == Q_SENTENCE ? "/s" : "/p");
	print(b, q->r);
	buf_byte(b, ')');
}

/* Pairs (first, last) of words, as a matrix: slow and plain. */
struct marks {
	bool at[WORDS][WORDS];
};

static unsigned stem_class(unsigned w)
{
	static const unsigned of[VOCABULARY] = { 0, 0, 1, 1, 1, 2, 2, 3, 3, 3, 4, 5, 6, 6 };
	return of[w];
}

static bool leaf_at(const struct little_doc *d, const struct q *q, unsigned i)
{
	if (q->kind == Q_WORD)
		return stem_class(d->word[i]) == stem_class(q->word[0]);
	if (q->kind == Q_EXACT)
		return d->word[i] == q->word[0];
	if (q->kind == Q_WILD)
		return strncmp(vocabulary[d->word[i]], vocabulary[q->word[0]], 4) == 0;
	for (unsigned k = 0; k < q->nwords; k++)
		if (i + k >= d->n || d->word[i + k] != q->word[k])
			return false;
	return true;
}

static bool same_part(const bool *begins, unsigned x, unsigned y)
{
	for (unsigned i = x + 1; i <= y; i++)
		if (begins[i])
			return false;
	return true;
}

static bool fit(const struct little_doc *d, const struct q *q, const unsigned s[4])
{
	unsigned lo = s[0] < s[2] ? s[0] : s[2], hi = s[1] > s[3] ? s[1] : s[3];
	unsigned gap = s[2] > s[1] ? s[2] - s[1] : s[0] > s[3] ? s[0] - s[3] : 0;
	if (s[0] == s[2] && s[1] == s[3])
		return false;
	if (q->kind == Q_SENTENCE)
		return same_part(d->sentence, lo, hi);
	if (q->kind == Q_PARAGRAPH)
		return same_part(d->paragraph, lo, hi);
	return gap <= q->n && (q->kind != Q_PRE || s[1] < s[2]);
}

static bool holds(const struct little_doc *d, const struct q *q);

static struct marks *spans(const struct little_doc *d, const struct q *q)
{
	struct marks *m = NEW(&a, struct marks);
	if (q->kind <= Q_PHRASE) {
		for (unsigned i = 0; i < d->n; i++)
			if (leaf_at(d, q, i))
				m->at[i][i + (q->kind == Q_PHRASE ? q->nwords - 1 : 0)] = true;
		return m;
	}
	struct marks *l = spans(d, q->l), *r = q->r ? spans(d, q->r) : NULL;
	if (q->kind == Q_OR || q->kind == Q_ATLEAST) {
		for (unsigned i = 0; i < WORDS * WORDS; i++)
			(&m->at[0][0])[i] = (&l->at[0][0])[i] || (r && (&r->at[0][0])[i]);
		return m;
	}
	for (unsigned x = 0; x < d->n; x++)
		for (unsigned y = x; y < d->n; y++) {
			bool near = false;
			for (unsigned v = 0; l->at[x][y] && v < d->n; v++)
				for (unsigned w = v; w < d->n; w++) {
					if (!r->at[v][w] || !fit(d, q, (unsigned[]){ x, y, v, w }))
						continue;
					near = true;
					if (q->kind != Q_AWAY)
						m->at[x < v ? x : v][y > w ? y : w] = true;
				}
			if (q->kind == Q_AWAY && l->at[x][y] && !near)
				m->at[x][y] = true;
		}
	return m;
}

static unsigned count(const struct marks *m)
{
	unsigned n = 0;
	for (unsigned i = 0; i < WORDS * WORDS; i++)
		n += (&m->at[0][0])[i];
	return n;
}

static bool holds(const struct little_doc *d, const struct q *q)
{
	if (q->kind == Q_AND)
		return holds(d, q->l) && holds(d, q->r);
	if (q->kind == Q_OR)
		return holds(d, q->l) || holds(d, q->r);
	if (q->kind == Q_ANDNOT)
		return holds(d, q->l) && !holds(d, q->r);
	return count(spans(d, q)) >= (q->kind == Q_ATLEAST ? q->n : 1);
}

/* --- the index --- */
static char dir[] = "/tmp/pincite-spans-XXXXXX";

/* Each paragraph a passage. */
static void add_passages(struct record *r)
{
	span text = r->doc.text.clean;
	*PUSH(&a, &r->outline) = (struct unit){ .at = { 0, (uint32_t)text.n }, .address = r->doc.address, .after = 1 };
	for (size_t i = 0; i < r->paragraphs.n; i++) {
		uint32_t end = i + 1 < r->paragraphs.n ? r->paragraphs.v[i + 1] : (uint32_t)text.n;
		*PUSH(&a, &r->passages) = (struct passage){ 0, { r->paragraphs.v[i], end }, r->doc.address };
	}
}

static void add(struct builder *b, unsigned i, struct emitter *m, struct err *e)
{
	struct record r = { 0 };
	struct compact c;
	r.doc.text = text_plain(span_of(docs[i].text), &a);
	r.doc.address = arena_printf(&a, "/doc/%u", i);
	struct tokens t = tokens_of(r.doc.text.clean, &a);
	assert_int_equal(t.words, docs[i].n);
	tokens_hash(&t, &a);
	record_starts(&r, &t, &a);
	add_passages(&r);
	assert_true(emit(&r, &t, m, &a, &c));
	c.data = record_deflate(record_pack(&r, &a), NULL, &a);
	if (!builder_add_compact(b, &c, e))
		fail_msg("%s", e->msg);
}

static void build(void)
{
	struct err e = { 0 };
	struct index_writer *w = index_lock(dir, &e);
	assert_non_null(w);
	const char *build_dir = index_build_dir(w);
	span positions = arena_printf(&a, "%s/shard-000.pos", build_dir);
	struct builder_options o = { .kind = BUILDER_BULK, .no_termlists = true, .positions = positions.p, .tmpdir = build_dir };
	span path = arena_printf(&a, "%s/shard-000.glass", build_dir);
	struct builder *b = builder_open(path.p, &o, &e);
	if (!b)
		fail_msg("%s", e.msg);
	struct emitter terms;
	emitter_open(&terms, 1 << 20);
	for (unsigned i = 0; i < DOCS; i++) {
		make_doc(&docs[i]);
		add(b, i, &terms, &e);
	}
	if (!builder_seal(b, &e))
		fail_msg("%s", e.msg);
	struct builder_totals t;
	builder_totals(b, &t);
	builder_close(b);
	emitter_close(&terms);
	struct shard_file shard = { .name = SPAN("shard-000.glass"), .entries = t.entries };
	memcpy(shard.entries_xxh128, t.entries_xxh128, sizeof t.entries_xxh128);
	struct manifest m = { .documents = DOCS, .shards = &shard, .nshards = 1 };
	if (!index_publish(w, &m, SPAN("{}"), &e))
		fail_msg("%s", e.msg);
	index_unlock(w);
}

static void found(struct index *x, span text, const struct q *q)
{
	struct search_request r = { .text = text, .limit = DOCS, .timeout_ms = 60000 };
	struct search_answer answer;
	struct err e = { 0 };
	bool got[DOCS] = { 0 };
	if (!search(x, &r, &a, &answer, &e))
		fail_msg("%.*s: %s", SPAN_ARG(text), e.msg);
	for (size_t i = 0; i < answer.hits.n; i++)
		got[atoi(answer.hits.v[i].address.p + 5)] = true;
	for (unsigned i = 0; i < DOCS; i++)
		if (got[i] != holds(&docs[i], q))
			fail_msg("%.*s\nas %.*s\n%s:\n%s", SPAN_ARG(text), SPAN_ARG(answer.parsed), got[i] ? "should not match" : "should match",
				 docs[i].text);
	assert_true(answer.exact && answer.total == answer.hits.n);
}

static void random_queries(void **state)
{
	struct index x;
	struct arena own = { 0 };
	struct err e = { 0 };
	(void)state;
	if (!index_open(&x, dir, &own, &e))
		fail_msg("%s", e.msg);
	for (int i = 0; i < QUERIES; i++) {
		struct q *q = random_query(dice(4), false);
		struct buf b = { .a = &a };
		if (q->kind == Q_WORD || (q->kind == Q_AND && q->l->kind == Q_WORD && q->r->kind == Q_WORD))
			continue;
		print(&b, q);
		found(&x, buf_span(&b), q);
		if (i % 50 == 0)
			arena_reset(&a);
	}
	index_close(&x);
	arena_release(&own);
}

/* Any five consecutive words of any document are found as a phrase. */
static void five_words(void **state)
{
	struct index x;
	struct arena own = { 0 };
	struct err e = { 0 };
	(void)state;
	assert_true(index_open(&x, dir, &own, &e));
	for (unsigned i = 0; i < DOCS; i++)
		for (unsigned at = 0; at + 5 <= docs[i].n; at += 3) {
			struct buf b = { .a = &a };
			for (unsigned k = 0; k < 5; k++)
				buf_printf(&b, "%s%s", k ? " " : "\"", vocabulary[docs[i].word[at + k]]);
			buf_byte(&b, '"');
			struct search_request r = { .text = buf_span(&b), .limit = DOCS };
			struct search_answer answer;
			assert_true(search(&x, &r, &a, &answer, &e));
			bool there = false;
			for (size_t k = 0; k < answer.hits.n; k++)
				there |= (unsigned)atoi(answer.hits.v[k].address.p + 5) == i;
			if (!there)
				fail_msg("%.*s not found in %s", SPAN_ARG(r.text), docs[i].text);
			arena_reset(&a);
		}
	index_close(&x);
	arena_release(&own);
}

/* Paragraphs of a document that hold a word of the stem of either. */
static unsigned holding(const struct little_doc *d, unsigned x, unsigned y)
{
	unsigned n = 0;
	for (unsigned i = 0; i < d->n;) {
		bool any = false;
		do
			any |= strncmp(vocabulary[d->word[i]], vocabulary[x], 4) == 0 || strncmp(vocabulary[d->word[i]], vocabulary[y], 4) == 0;
		while (++i < d->n && !d->paragraph[i]);
		n += any;
	}
	return n;
}

/* --by=passage: every paragraph that has a word of the query, of the documents that have all. */
static void passages(void **state)
{
	struct index x;
	struct arena own = { 0 };
	struct err e = { 0 };
	(void)state;
	assert_true(index_open(&x, dir, &own, &e));
	for (unsigned v = 0; v < 10; v++)
		for (unsigned w = 0; w < 10; w++) {
			struct q l = { .kind = Q_WORD, .word = { v } }, r = { .kind = v % 2 ? Q_EXACT : Q_WORD, .word = { w } };
			struct q both = { .kind = Q_AND, .l = &l, .r = &r };
			struct buf b = { .a = &a };
			struct search_answer answer;
			unsigned want = 0;
			print(&b, &both);
			for (unsigned i = 0; i < DOCS; i++)
				want += holds(&docs[i], &both) ? holding(&docs[i], v, w) : 0;
			struct search_request request = { .text = buf_span(&b), .limit = 100, .by = BY_PASSAGE };
			if (!search(&x, &request, &a, &answer, &e))
				fail_msg("%s", e.msg);
			if (answer.total != want || !answer.exact || answer.hits.n != (want < 100 ? want : 100))
				fail_msg("%.*s: %u passages where there are %u", SPAN_ARG(request.text), (unsigned)answer.total, want);
			for (size_t i = 0; i + 1 < answer.hits.n; i++)
				assert_true(answer.hits.v[i].score >= answer.hits.v[i + 1].score);
			arena_reset(&a);
		}
	index_close(&x);
	arena_release(&own);
}

static int setup(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(dir));
	build();
	return 0;
}

static int teardown(void **state)
{
	char command[100];
	(void)state;
	arena_release(&a);
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(random_queries), cmocka_unit_test(five_words), cmocka_unit_test(passages) };
	return cmocka_run_group_tests(tests, setup, teardown);
}
