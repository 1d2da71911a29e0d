/* finding: known items, sought by their heading, by a definition, and by the
 * words around a citation of them, beside SQLite FTS5 on the same text. */
#include "bench/bench.h"

#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include "law/address.h"
#include "searcher/command.h"
#include "searcher/output.h"
#include "searcher/plan.h"
#include "searcher/search.h"

enum { SETS = 3, TOP = 10, QUERY_WORDS = 40 };
static const char *const set_names[SETS] = { "heading", "definition", "citation" };

struct options {
	span index, weights, set;
	uint64_t n;
};
static const struct opt opts[] = {
	OPT_INDEX(struct options),
	{ "number", 'n', OPT_UINT, offsetof(struct options, n), "N", "queries of each set", NULL, 10, 100000 },
	{ "only", 0, OPT_TEXT, offsetof(struct options, set), "SET", "heading, definition or citation alone", NULL, 0, 0 },
	{ "weights", 0, OPT_TEXT, offsetof(struct options, weights), "K1,B,TITLE,TITLE_B,BREADCRUMB,REPEAT,ORDERED,NEAR,CITED,NOTES",
	  "instead of the defaults", NULL, 0, 0 },
};
static const struct command finding_command = {
	.name = "bench quality --set=finding", .operands = "", .summary = "known items, beside SQLite FTS5", .opts = opts,
	.nopts = sizeof opts / sizeof *opts,
};

struct sought {
	span query;
	uint32_t target, source; /* entries; source is left out of the hits */
};
struct set {
	struct sought *v;
	size_t n, cap;
};
struct figures {
	double mrr, ndcg, recall;
	size_t n;
};
struct bench {
	struct index x;
	struct arena a;
	struct u32s documents;
	struct set sets[SETS];
	size_t most;
	sqlite3 *db;
	sqlite3_stmt *find;
	struct rank_weights weights;
	span only;
	struct err err;
};

/* Letters and digits of a text as plain words, at most QUERY_WORDS of them. */
static span words_of(span text, struct arena *a)
{
	struct tokens t = tokens_of(text, a);
	struct buf b = { .a = a };
	size_t n = 0;
	for (size_t i = 0; i < t.n && n < QUERY_WORDS; i++) {
		if (t.v[i].flags & TOKEN_JOINED || token_is_stop(t.v[i].term))
			continue;
		buf_printf(&b, "%s%.*s", n++ ? " " : "", SPAN_ARG(t.v[i].term));
	}
	return n >= 3 ? buf_span(&b) : (span){ 0 };
}

static void add(struct bench *b, int set, span text, uint32_t target, uint32_t source)
{
	struct arena scratch = { 0 };
	span query = words_of(text, &scratch);
	if (query.n && b->sets[set].n < b->most)
		*PUSH(&b->a, &b->sets[set]) = (struct sought){ arena_dup(&b->a, query), target, source };
	arena_release(&scratch);
}

/* "X" means ...: its term and the first words of what it means. */
static void definition(struct bench *b, const struct record *r, uint32_t entry)
{
	span text = r->doc.text.clean;
	size_t at = span_find(text, SPAN(" means "), 0);
	if (at + 200 > text.n || at < 60)
		return;
	size_t from = at - 40;
	while (from < at && !is_space(text.p[from]))
		from++;
	add(b, 1, arena_printf(&b->a, "%.*s", SPAN_ARG(span_sub(text, from, at + 120))), entry, 0);
}

static struct range sentence_around(const struct record *r, uint32_t at)
{
	struct range s = { 0, (uint32_t)r->doc.text.clean.n };
	for (size_t i = 0; i < r->sentences.n; i++) {
		if (r->sentences.v[i] > at) {
			s.end = r->sentences.v[i];
			break;
		}
		s.beg = r->sentences.v[i];
	}
	return s;
}

/* The sentence around one citation of another document, citations cut out. */
static bool citation(struct bench *b, const struct record *r, uint32_t entry, size_t pick)
{
	const struct cite *c = &r->cites.v[pick % r->cites.n];
	struct u32s found = { 0 };
	struct buf q = { .a = &b->a };
	if (!c->address.n || c->last.n || address_under(c->address, r->doc.address))
		return true;
	if (!index_find(&b->x, c->address, &b->a, &found, &b->err))
		return false;
	if (found.n != 1 || found.v[0] == entry)
		return true;
	struct range s = sentence_around(r, c->at.beg);
	uint32_t at = s.beg;
	for (size_t i = 0; i < r->cites.n; i++) {
		struct range cut = r->cites.v[i].at;
		if (cut.end <= at || cut.beg >= s.end)
			continue;
		buf_put(&q, span_sub(r->doc.text.clean, at, cut.beg > at ? cut.beg : at));
		at = cut.end;
	}
	buf_put(&q, span_sub(r->doc.text.clean, at, s.end));
	if (q.n > 60)
		add(b, 2, buf_span(&q), found.v[0], entry);
	return true;
}

static bool list_documents(struct bench *b)
{
	struct xap_postings p = { 0 };
	struct xap_posting_range all = { .term = SPAN("XTdocument"), .max = UINT32_MAX };
	if (!xap_postings(b->x.xap, &all, &b->a, &p, &b->err))
		return false;
	for (size_t i = 0; i < p.n; i++)
		*PUSH(&b->a, &b->documents) = p.v[i].entry;
	return true;
}

static bool insert(struct bench *b, sqlite3_stmt *put, uint32_t entry, const struct record *r)
{
	sqlite3_bind_int64(put, 1, entry);
	sqlite3_bind_text(put, 2, r->doc.meta.title.p ? r->doc.meta.title.p : "", (int)r->doc.meta.title.n, SQLITE_TRANSIENT);
	sqlite3_bind_text(put, 3, r->doc.text.clean.p ? r->doc.text.clean.p : "", (int)r->doc.text.clean.n, SQLITE_TRANSIENT);
	bool ok = sqlite3_step(put) == SQLITE_DONE;
	sqlite3_reset(put);
	return ok || err_set(&b->err, ERR_IO, "sqlite: %s", sqlite3_errmsg(b->db));
}

/* Reads every document once: into FTS5, and into the sets those whose turn it is. */
static bool read_all(struct bench *b)
{
	struct arena scratch = { 0 };
	sqlite3_stmt *put = NULL;
	struct record r;
	bool ok = true;
	size_t step = b->documents.n / (b->most * 2) + 1;
	sqlite3_open(":memory:", &b->db);
	sqlite3_exec(b->db, "create virtual table t using fts5(title, text, tokenize='porter unicode61')", NULL, NULL, NULL);
	sqlite3_prepare_v2(b->db, "insert into t(rowid, title, text) values (?, ?, ?)", -1, &put, NULL);
	sqlite3_prepare_v2(b->db, "select rowid from t where t match ? order by rank limit 11", -1, &b->find, NULL);
	for (size_t i = 0; i < b->documents.n && ok; i++, arena_reset(&scratch)) {
		uint32_t entry = b->documents.v[i];
		ok = index_record(&b->x, entry, &scratch, &r, &b->err) && insert(b, put, entry, &r);
		if (!ok)
			break;
		if (r.cites.n && (b->documents.n < 3000 || i % step == 0))
			for (size_t k = 0; k < 3 && ok; k++)
				ok = citation(b, &r, entry, i * 7 + k * 31);
		if (i % step)
			continue;
		add(b, 0, arena_dup(&b->a, r.doc.meta.title), entry, 0);
		definition(b, &r, entry);
	}
	sqlite3_finalize(put);
	arena_release(&scratch);
	return ok;
}

static void note(struct figures *f, size_t rank)
{
	f->n++;
	if (rank > TOP)
		return;
	f->mrr += 1.0 / (double)rank;
	f->ndcg += 1.0 / log2((double)rank + 1);
	f->recall += 1;
}

static bool ours(struct bench *b, const struct sought *s, struct figures *f)
{
	struct arena a = { 0 };
	struct search_request r = { .text = s->query, .limit = TOP + 1, .any = true, .weights = &b->weights, .uncited = s->source ? s->target : 0, .timeout_ms = 60000,
				    .language = { .dialect = DIALECT_PLAIN } };
	struct search_answer answer;
	size_t rank = 0, found = TOP + 1;
	bool ok = search(&b->x, &r, &a, &answer, &b->err);
	for (size_t i = 0; ok && i < answer.hits.n; i++) {
		rank += answer.hits.v[i].entry != s->source;
		if (answer.hits.v[i].entry == s->target && rank <= TOP)
			found = rank;
	}
	note(f, found);
	arena_release(&a);
	return ok;
}

static void theirs(struct bench *b, const struct sought *s, struct figures *f)
{
	struct arena a = { 0 };
	struct buf q = { .a = &a };
	span rest = s->query, word;
	size_t rank = 0, found = TOP + 1;
	while (span_cut(&rest, ' ', &word))
		buf_printf(&q, "%s\"%.*s\"", q.n ? " OR " : "", SPAN_ARG(word));
	sqlite3_bind_text(b->find, 1, q.p, (int)q.n, SQLITE_TRANSIENT);
	while (sqlite3_step(b->find) == SQLITE_ROW) {
		uint32_t entry = (uint32_t)sqlite3_column_int64(b->find, 0);
		rank += entry != s->source;
		if (entry == s->target && rank <= TOP)
			found = rank;
	}
	sqlite3_reset(b->find);
	note(f, found);
	arena_release(&a);
}

static void line(struct buf *out, const char *set, const char *half, const struct figures *p, const struct figures *q)
{
	double n = p->n ? (double)p->n : 1;
	buf_printf(out, "%-11s %-7s %5zu  %.3f / %.3f / %.3f   %.3f / %.3f / %.3f   %+5.1f %% nDCG\n", set, half, p->n, p->ndcg / n,
		   p->mrr / n, p->recall / n, q->ndcg / n, q->mrr / n, q->recall / n,
		   q->ndcg > 0 ? (p->ndcg / q->ndcg - 1) * 100 : 0);
}

static bool measure(struct bench *b, struct buf *out)
{
	static const char *const halves[] = { "tuned", "held" };
	buf_put(out, SPAN("set         half    items  pincite nDCG@10/MRR/recall   FTS5\n"));
	for (int set = 0; set < SETS; set++) {
		struct figures p[2] = { { 0 } }, q[2] = { { 0 } };
		if (b->only.n && !span_eq(b->only, span_of(set_names[set])))
			continue;
		for (size_t i = 0; i < b->sets[set].n; i++) {
			if (!ours(b, &b->sets[set].v[i], &p[i % 2]))
				return false;
			theirs(b, &b->sets[set].v[i], &q[i % 2]);
		}
		for (int half = 0; half < 2; half++)
			line(out, set_names[set], halves[half], &p[half], &q[half]);
	}
	return true;
}

static bool read_weights(struct bench *b, span text)
{
	struct rank_weights *w = &b->weights;
	double *const fields_of[] = { &w->k1, &w->b, &w->title, &w->title_b, &w->breadcrumb, &w->repeat, &w->ordered, &w->near, &w->cited, &w->notes };
	span one;
	for (size_t i = 0; i < sizeof fields_of / sizeof *fields_of && span_cut(&text, ',', &one); i++)
		if (sscanf(arena_cstr(&b->a, one), "%lf", fields_of[i]) != 1)
			return err_set(&b->err, ERR_REQUEST, "--weights: numbers with commas");
	return true;
}

int bench_finding(char **argv)
{
	struct bench *b = &(struct bench){ .weights = rank_defaults };
	struct options o = { .n = 300 };
	struct spans rest = { 0 };
	struct buf out = { .a = &b->a };
	int status;
	if (!command_parse(&(struct arguments){ &finding_command, &o, &rest, &b->a }, argv, &status))
		return status;
	b->most = o.n;
	b->only = o.set;
	if (!index_open(&b->x, command_index_path(o.index, &b->a), &b->a, &b->err))
		return command_fail(&b->err);
	bool ok = read_weights(b, o.weights) && list_documents(b) && read_all(b) && measure(b, &out);
	status = ok ? output_end(buf_span(&out), 0) : command_fail(&b->err);
	sqlite3_finalize(b->find);
	sqlite3_close(b->db);
	index_close(&b->x);
	arena_release(&b->a);
	return status;
}
