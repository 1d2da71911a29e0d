/* Classes of questions, drawn from the documents of an index. */
#include "bench/latency.h"

#include "base/buf.h"
#include "law/token.h"

const struct question_class question_classes[] = {
	{ "common term", "common", 1, false, false },
	{ "rare term", "rare", 1, false, false },
	{ "AND of 2", "and", 2, false, false },
	{ "AND of 3", "and", 3, false, false },
	{ "OR of 5", "or", 5, false, false },
	{ "OR of 15", "or", 15, false, false },
	{ "question of 8", "question", 8, false, false },
	{ "phrase of 2", "phrase", 2, false, false },
	{ "phrase of 4", "phrase", 4, false, false },
	{ "within 10", "near", 2, false, false },
	{ "prefix of 5", "prefix", 1, false, false },
	{ "AND of 2, filtered", "and", 2, true, false },
	{ "AND of 2, facets", "and", 2, false, true },
};
const size_t question_classes_n = sizeof question_classes / sizeof *question_classes;

static size_t dice(struct questioner *q, size_t n)
{
	q->seed = q->seed * 6364136223846793005u + 1442695040888963407u;
	return n ? (size_t)(q->seed >> 33) % n : 0;
}

static bool letters(const struct token *t)
{
	bool all = t->term.n > 2 && !(t->flags & TOKEN_JOINED);
	for (size_t k = 0; k < t->term.n; k++)
		all &= is_lower(t->term.p[k]);
	return all;
}

/* n words of letters from one place of a random document: side by side when
 * `run`, else without stop words. */
static bool words(struct questioner *q, size_t n, bool run, span *out, struct err *err)
{
	for (int tries = 0; tries < 200; tries++) {
		struct record r;
		size_t got = 0;
		if (!index_record(q->x, q->documents.v[dice(q, q->documents.n)], q->a, &r, err))
			return false;
		struct tokens t = tokens_of(r.doc.text.clean, q->a);
		for (size_t i = dice(q, t.n); i < t.n && got < n; i++) {
			if (letters(&t.v[i]) && (run || !token_is_stop(t.v[i].term)))
				out[got++] = t.v[i].term;
			else if (run)
				got = 0;
		}
		if (got == n)
			return true;
	}
	return err_set(err, ERR_NOT_FOUND, "the documents have too few words");
}

/* A word in a tenth of the documents, or in fewer than twenty. */
static bool word_of_frequency(struct questioner *q, bool common, span *out, struct err *err)
{
	for (int tries = 0; tries < 2000; tries++) {
		struct poslist *list = words(q, 1, false, out, err) ? poslist_find(q->x->positions, *out, q->a, err) : NULL;
		uint32_t entries = list ? poslist_entries(list) : 0;
		if (!list)
			return false;
		if (common ? entries * 10 > q->documents.n : entries < 20)
			return true;
	}
	return true;
}

static span join(struct questioner *q, const char *open, const span *w, size_t n, const char *between, const char *close)
{
	struct buf b = { .a = q->a };
	buf_printf(&b, "%s", open);
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%s%.*s", i ? between : "", SPAN_ARG(w[i]));
	buf_printf(&b, "%s", close);
	return buf_span(&b);
}

/* The words as each engine writes them: pincite, FTS5, Lucene's program, quest. */
static const struct form {
	const char *shape, *open[4], *between[4], *close[4];
} forms[] = {
	{ "common", { "", "", "or ", "" }, { "", "", "", "" }, { "", "", "", "" } },
	{ "rare", { "", "", "or ", "" }, { "", "", "", "" }, { "", "", "", "" } },
	{ "and", { "", "", "and ", "" }, { " AND ", " AND ", " ", " AND " }, { "", "", "", "" } },
	{ "or", { "", "", "or ", "" }, { " OR ", " OR ", " ", " OR " }, { "", "", "", "" } },
	{ "question", { "", "", "or ", "" }, { " ", " OR ", " ", " OR " }, { "", "", "", "" } },
	{ "phrase", { "\"", "\"", "phrase ", "\"" }, { " ", " ", " ", " " }, { "\"", "\"", "", "\"" } },
	{ "near", { "", "NEAR(", "near ", "" }, { " /10 ", " ", " ", " NEAR/10 " }, { "", ", 10)", "", "" } },
	{ "prefix", { "", "", "prefix ", "" }, { "", "", "", "" }, { "*", "*", "", "*" } },
};

bool question_make(struct questioner *q, const struct question_class *c, struct asked *out, struct err *err)
{
	span w[16], *to[4] = { &out->pincite, &out->fts5, &out->lucene, &out->xapian };
	const struct form *f = forms;
	while (strcmp(f->shape, c->shape) != 0)
		f++;
	bool frequency = f == &forms[0] || f == &forms[1], run = strcmp(c->shape, "phrase") == 0;
	do {
		if (!(frequency ? word_of_frequency(q, f == forms, w, err) : words(q, c->words, run, w, err)))
			return false;
	} while (strcmp(c->shape, "prefix") == 0 && w[0].n < 6);
	if (strcmp(c->shape, "prefix") == 0)
		w[0].n = 5;
	for (size_t i = 0; i < 4; i++)
		*to[i] = join(q, f->open[i], w, c->words, f->between[i], f->close[i]);
	return true;
}
