/* Repair on real pairs: transcripts as they come out of a PDF, numbered down
 * the side of each page, and what was said as somebody else read it. The words of both are
 * aligned; what is left between them is judged. */
#include "bench/quality_pairs.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "law/repair.h"

struct words {
	span *v;
	size_t n, cap;
};

/* Words without their punctuation; dashes and other marks are none. */
static void add_words(span text, struct words *out, struct arena *a)
{
	for (size_t i = 0; i < text.n;) {
		size_t beg = i;
		while (i < text.n && (is_alnum(text.p[i]) || (i > beg && i + 1 < text.n && text.p[i] == '\'' && is_alnum(text.p[i + 1]))))
			i++;
		if (i > beg)
			*PUSH(a, out) = span_sub(text, beg, i);
		else
			i++;
	}
}

/* Speakers and what they said, from {"completeLines": [{"speaker", "speech"}]}. */
static bool truth_words(const char *path, struct words *out, struct arena *a, struct err *err)
{
	span file;
	if (!file_read(path, FILE_MAX_BYTES, a, &file, err))
		return false;
	json_t *j = json_loadb(file.p, file.n, 0, NULL), *lines = json_object_get(j, "completeLines"), *line;
	size_t i;
	json_array_foreach(lines, i, line)
	{
		const char *speaker = json_string_value(json_object_get(line, "speaker")), *speech = json_string_value(json_object_get(line, "speech"));
		add_words(arena_dup(a, span_of(speaker ? speaker : "")), out, a);
		span said = span_of(speech ? speech : "");
		size_t end = span_find(said, SPAN("is submitted"), 0);
		add_words(arena_dup(a, span_sub(said, 0, end)), out, a);
		if (end < said.n) /* what follows is the reporter's list of words */
			break;
	}
	json_decref(j);
	return out->n > 0 || err_set(err, ERR_NOT_FOUND, "%s: no speeches", path);
}

enum { REACH = 240 };

/* How far to go in both, together as little as can be, until two words agree. */
static bool resync(const struct words *x, size_t i, const struct words *y, size_t k, size_t *dx, size_t *dy)
{
	for (size_t t = 1; t < REACH; t++)
		for (size_t d = 0; d <= t; d++) {
			size_t p = i + d, q = k + t - d;
			if (p + 1 < x->n && q + 1 < y->n && span_eq(x->v[p], y->v[q]) && span_eq(x->v[p + 1], y->v[q + 1])) {
				*dx = d;
				*dy = t - d;
				return true;
			}
		}
	return false;
}

static bool small_number(span w)
{
	uint64_t v;
	return w.n <= 2 && span_uint(w, 28, &v) && v > 0;
}

static bool all_digits(span w)
{
	for (size_t i = 0; i < w.n; i++)
		if (!is_digit(w.p[i]))
			return false;
	return w.n > 0;
}

/* Words of the truth that are kept or lost, small numbers between them that are in the text only. */
static void align(const struct words *truth, const struct words *text, struct pair_score *s)
{
	size_t i = 0, k = 0, dx, dy;
	while (k + 5 < text->n && !(span_eq(truth->v[0], text->v[k]) && span_eq(truth->v[3], text->v[k + 3]) && span_eq(truth->v[4], text->v[k + 4])))
		k++;
	while (i < truth->n && k < text->n) {
		if (span_eq(truth->v[i], text->v[k])) {
			s->kept++;
			i++;
			k++;
			continue;
		}
		if (!resync(truth, i, text, k, &dx, &dy))
			dx = dy = 1;
		for (size_t d = 0; d < dx; d++)
			s->digits_lost += all_digits(truth->v[i + d]);
		s->lost += dx;
		for (size_t d = 0; d < dy && dy <= 12; d++)
			s->numbers_left += small_number(text->v[k + d]);
		i += dx;
		k += dy;
	}
	s->lost += truth->n - i;
}

static void count_edits(const struct text *t, struct pair_score *s)
{
	for (size_t i = 0; i < t->edits.n; i++) {
		span rule = span_of(t->edits.v[i].rule);
		s->numbers_gone += span_eq(rule, SPAN("line-number"));
		s->heads_gone += span_eq(rule, SPAN("page-furniture")) || span_eq(rule, SPAN("page-number"));
	}
}

bool quality_pair(span text_path, span truth_path, struct pair_score *s, struct err *err)
{
	struct arena a = { 0 };
	struct words truth = { 0 }, before = { 0 }, after = { 0 };
	struct pair_score untouched = { 0 };
	span file;
	bool ok = file_read(arena_cstr(&a, text_path), FILE_MAX_BYTES, &a, &file, err) && truth_words(arena_cstr(&a, truth_path), &truth, &a, err);
	if (ok) {
		struct text t = text_plain(file, &a), r = repair(&t, &a);
		add_words(r.clean, &after, &a);
		add_words(file, &before, &a);
		align(&truth, &after, s);
		align(&truth, &before, &untouched);
		s->numbers_there += untouched.numbers_left;
		s->lost_before += untouched.lost;
		s->files++;
		count_edits(&r, s);
	}
	arena_release(&a);
	return ok;
}

void quality_pairs_print(const struct pair_score *s)
{
	size_t truth = s->kept + s->lost;
	printf("%zu transcripts: %zu words said, %zu kept (%.4f; without repair %.4f), numbers among them lost %zu\n", s->files, truth, s->kept,
	       truth ? (double)s->kept / (double)truth : 1., truth ? (double)(truth - s->lost_before) / (double)truth : 1., s->digits_lost);
	printf("line numbers: %zu taken out, left between words %zu (without repair %zu); heads, feet, page numbers taken out %zu\n", s->numbers_gone,
	       s->numbers_left, s->numbers_there, s->heads_gone);
}
