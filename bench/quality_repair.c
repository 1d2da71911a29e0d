/* Repair, measured in both directions: clean text is damaged in known ways,
 * repaired, and what was done to each byte compared with what should have been;
 * and clean text is repaired as it is, where every change is a false one. */
#include "bench/bench.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/hash.h"
#include "bench/quality_damage.h"
#include "bench/quality_pairs.h"
#include "bench/quality_published.h"
#include "bench/quality_repeats.h"
#include "law/cite.h"
#include "law/repair.h"

struct quality_options {
	uint64_t seed, limit, errors;
	span half, only, truth;
	bool repeats;
	bool trust;
	bool published;
};

/* Counts over documents. */
struct score {
	size_t hit, wrong, missed, bytes;
	size_t cites, again; /* citations of the clean text, and those found after repair */
	double seconds;
};
/* Edits by the confidence they were made with, and how many of them were right. */
enum { SHARES = 8 };
static const float shares[SHARES] = { .5f, .6f, .7f, .8f, .9f, .95f, .98f, 1.01f }; /* upper ends */
struct trust {
	const char *rule;
	size_t edits[SHARES], right[SHARES];
};
struct quality {
	struct trust trust[2];
	uint64_t id; /* of the document */
	const struct quality_options *o;
	struct score junk[64], gaps[64];
	size_t documents, clean_words, clean_bytes, false_changes;
	double clean_seconds;
	uint64_t shown;
	struct repeats_score repeats;
};

/* Seconds of CPU: the machine may be shared. */
static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* What was done: for each source byte, 1 when it is gone, 2 when white space was put in before it. */
static uint8_t *done_to(const struct text *t, struct arena *a)
{
	uint8_t *done = arena_alloc(a, t->src.n + 1, 1);
	uint32_t src = 0, clean = 0;
	for (size_t i = 0; i <= t->map.n; i++) {
		struct run r = i < t->map.n ? t->map.v[i] : (struct run){ (uint32_t)t->clean.n, (uint32_t)t->src.n, 0 };
		memset(done + src, 1, r.src - src);
		bool put_in = r.clean > clean && is_space(t->clean.p[clean]);
		if (put_in && r.src == src)
			done[r.src] |= 2;
		src = r.src + r.n;
		clean = r.clean + r.n;
	}
	return done;
}

static void show(struct quality *q, const struct damage *k, span text, size_t at, const char *what)
{
	if (q->shown >= q->o->errors)
		return;
	q->shown++;
	printf("%-12s %s: ", what, k ? k->name : "clean");
	for (size_t i = at > 40 ? at - 40 : 0; i < text.n && i < at + 40; i++)
		printf("%s%c", i == at ? "|" : "", is_space(text.p[i]) ? ' ' : text.p[i]);
	putchar('\n');
}

static void judge_gap(struct quality *q, const struct damage *k, struct score *s, const struct damaged *d, const uint8_t *done, size_t i)
{
	bool want = d->truth.p[i] & TRUTH_GAP, got = done[i] & 2;
	/* Beside junk or white space a new space changes nothing. */
	bool free = i == 0 || is_space(d->text.p[i]) || is_space(d->text.p[i - 1]) || d->truth.p[i] & TRUTH_JUNK || d->truth.p[i - 1] & TRUTH_JUNK;
	s->hit += want && got;
	s->missed += want && !got && !free;
	s->wrong += got && !want && !free;
	if (!free && want != got)
		show(q, k, buf_span(&d->text), i, want ? "missed gap" : "false gap");
}

/* Junk is judged piece by piece, what is not junk byte by byte in runs. */
static size_t judge_junk(struct quality *q, const struct damage *k, struct score *s, const struct damaged *d, const uint8_t *done, size_t i)
{
	size_t end = i;
	if (d->truth.p[i] & TRUTH_ITEM) {
		bool gone = true;
		do
			gone &= (done[end++] & 1) || is_space(d->text.p[end - 1]) || d->text.n == 1;
		while (end < d->text.n && d->truth.p[end] & TRUTH_JUNK && !(d->truth.p[end] & TRUTH_ITEM));
		if (end == i + 1 && is_space(d->text.p[i]))
			gone = done[i] & 1;
		s->hit += gone;
		s->missed += !gone;
		if (!gone)
			show(q, k, buf_span(&d->text), i, "missed junk");
		return end;
	}
	while (end < d->text.n && done[end] & 1 && !(d->truth.p[end] & TRUTH_JUNK) && !is_space(d->text.p[end]))
		end++;
	if (end == i)
		return i + 1;
	s->wrong++;
	show(q, k, buf_span(&d->text), i, "false junk");
	return end;
}

/* What a citation says, without where it stands. */
static span cite_key(const struct cite *c, struct arena *a)
{
	span key = arena_printf(a, "%d %.*s %.*s %.*s %.*s", (int)c->kind, SPAN_ARG(c->volume), SPAN_ARG(c->reporter), SPAN_ARG(c->page), SPAN_ARG(c->section));
	for (size_t i = 0; i < key.n; i++) /* text in capitals cites the same */
		((char *)key.p)[i] = to_lower(key.p[i]);
	return key;
}

/* Citations with a page or a section number: how many of the clean text are in the repaired one. */
static void judge_cites(struct score *s, span clean, span repaired, struct arena *a)
{
	struct map seen = { .a = a };
	struct cites was = cites_of(clean, NULL, a), is = cites_of(repaired, NULL, a);
	for (size_t i = 0; i < is.n; i++)
		++*map_put(&seen, cite_key(&is.v[i], a), NULL);
	for (size_t i = 0; i < was.n; i++) {
		if (!was.v[i].page.n && !was.v[i].section.n)
			continue;
		uint32_t *n = map_get(&seen, cite_key(&was.v[i], a));
		s->cites++;
		s->again += n && *n;
		if (n && *n)
			--*n;
	}
}

/* Whether an edit put spaces where they had been, and left none out. */
static bool edit_right(const struct edit *e, const struct damaged *d, const uint8_t *done)
{
	size_t beg = e->at.end > e->at.beg ? e->at.beg + 1 : e->at.beg, end = e->at.end > e->at.beg ? e->at.end - 1 : e->at.end;
	for (size_t i = beg; i <= end && i < d->text.n; i++)
		if (!is_space(d->text.p[i]) && !is_space(d->text.p[i - 1]) && !(d->truth.p[i] & TRUTH_GAP) != !(done[i] & 2))
			return false;
	return true;
}

static void judge_trust(struct quality *q, const struct text *r, const struct damaged *d, const uint8_t *done)
{
	for (size_t i = 0; i < r->edits.n; i++)
		for (size_t k = 0; k < sizeof q->trust / sizeof *q->trust; k++) {
			const struct edit *e = &r->edits.v[i];
			if (strcmp(e->rule, q->trust[k].rule) != 0 || (!e->at.beg && !e->at.end))
				continue;
			size_t b = 0;
			while (e->confidence >= shares[b])
				b++;
			q->trust[k].edits[b]++;
			q->trust[k].right[b] += edit_right(e, d, done);
		}
}

static void measure_damage(struct quality *q, size_t kind, const struct spans *ps, span clean, struct arena *a)
{
	const struct damage *k = &damages[kind];
	uint64_t random = q->o->seed + q->id * 977 + kind;
	struct damaged d = { .text.a = a, .truth.a = a, .random = random };
	k->make(ps, &d);
	double t0 = now();
	struct text t = text_plain(buf_span(&d.text), a), r = repair(&t, a);
	q->junk[kind].seconds += now() - t0;
	q->junk[kind].bytes += d.text.n;
	uint8_t *done = done_to(&r, a);
	judge_trust(q, &r, &d, done);
	if (strstr(k->name, "space") || strstr(k->name, "glued"))
		judge_cites(&q->gaps[kind], clean, r.clean, a);
	for (size_t i = 0; i < d.text.n; i++)
		judge_gap(q, k, &q->gaps[kind], &d, done, i);
	for (size_t i = 0; i < d.text.n;)
		i = judge_junk(q, k, &q->junk[kind], &d, done, i);
}

static size_t words_in(span s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += !is_space(s.p[i]) && (i == 0 || is_space(s.p[i - 1]));
	return n;
}

/* Paragraphs of at least eight words, white space made one space. Those
 * with a quotation mark between letters are damaged already. */
static struct spans paragraphs_of(span text, struct arena *a)
{
	struct spans out = { 0 };
	for (size_t at = 0; at < text.n;) {
		size_t end = span_find(text, SPAN("\n\n"), at);
		struct buf b = { .a = a };
		bool bad = false;
		for (size_t i = at; i < end; i++) {
			char c = text.p[i];
			if (!is_space(c))
				buf_byte(&b, c);
			else if (b.n && b.p[b.n - 1] != ' ')
				buf_byte(&b, ' ');
			bad |= c == '"' && i > at && i + 1 < end && !is_space(text.p[i - 1]) && is_alpha(text.p[i + 1]) && text.p[i - 1] != '(';
			bad |= c == '\xAD' || c == '<';
		}
		span p = span_trim(buf_span(&b));
		if (!bad && words_in(p) >= 8)
			*PUSH(a, &out) = p;
		at = end + 2;
	}
	return out;
}

static void measure_clean(struct quality *q, span text, struct arena *a)
{
	double t0 = now();
	struct text t = text_plain(text, a), r = repair(&t, a);
	q->clean_seconds += now() - t0;
	q->clean_bytes += text.n;
	q->clean_words += words_in(text);
	q->false_changes += r.edits.n;
	for (size_t i = 0; i < r.edits.n; i++)
		show(q, NULL, text, r.edits.v[i].at.beg, r.edits.v[i].rule);
}

/* Text with an empty line after every line: no truth can be made of that before it is mended. */
static span single_spaced(span text, struct arena *a)
{
	struct text t = text_plain(text, a), r = repair(&t, a);
	size_t lines = 0;
	for (size_t i = 0; i < r.edits.n; i++)
		lines += strcmp(r.edits.v[i].rule, "layout") == 0;
	return lines > 4 ? r.clean : text;
}

static void measure_document(struct quality *q, span text, uint64_t id)
{
	struct arena a = { 0 };
	text = single_spaced(text, &a);
	bool odd = hash64_seed(text, 7) & 1;
	bool wanted = !q->o->half.n || span_eq(q->o->half, odd ? SPAN("report") : SPAN("tune"));
	struct spans ps = paragraphs_of(text, &a);
	size_t words = 0;
	struct buf joined = { .a = &a };
	for (size_t i = 0; i < ps.n; i++) {
		words += words_in(ps.v[i]);
		buf_put(&joined, ps.v[i]);
		buf_put(&joined, SPAN("\n\n"));
	}
	if (wanted && q->o->repeats) {
		repeats_take(&q->repeats, buf_span(&joined));
		q->clean_bytes += joined.n;
	} else if (wanted && words >= 120) {
		q->documents++;
		q->id = id;
		measure_clean(q, buf_span(&joined), &a);
		for (size_t k = 0; k < damages_n; k++)
			if (!q->o->only.n || span_find(span_of(damages[k].name), q->o->only, 0) < strlen(damages[k].name))
				measure_damage(q, k, &ps, buf_span(&joined), &a);
	}
	arena_release(&a);
}

static bool measure_jsonl(struct quality *q, span file)
{
	span line;
	uint64_t id = 0, step = file.n > 20000000 ? 13 : 1; /* from all over a large file */
	while (span_cut(&file, '\n', &line) && q->clean_bytes < q->o->limit) {
		if (id++ % step)
			continue;
		json_t *j = json_loadb(line.p, line.n, 0, NULL);
		json_t *text = json_object_get(j, "text");
		if (json_is_string(text))
			measure_document(q, (span){ json_string_value(text), json_string_length(text) }, id);
		json_decref(j);
	}
	return true;
}

/* A whole code in one file is cut between paragraphs into parts, so that both halves have some of it. */
static void measure_plain(struct quality *q, span file, uint64_t id, struct arena *a)
{
	enum { PART = 40000 };
	file = text_plain(file, a).clean; /* line ends alike */
	while (file.n && q->clean_bytes < q->o->limit) {
		size_t end = file.n > 3 * PART ? span_find(file, SPAN("\n\n"), PART) : file.n;
		measure_document(q, span_sub(file, 0, end), id++);
		file = span_sub(file, end, file.n);
	}
}

static double ratio(size_t part, size_t rest)
{
	return part + rest ? (double)part / (double)(part + rest) : 1;
}

static void print_row(const struct damage *k, const struct score *s, double mbps)
{
	double p = ratio(s->hit, s->wrong), r = ratio(s->hit, s->missed), f = p + r > 0 ? 2 * p * r / (p + r) : 0;
	printf("%-36s %-14s %8zu  P %.4f  R %.4f  F1 %.4f  %6.1f MB/s", k->name, k->measure, s->hit + s->missed, p, r, f, mbps);
	if (s->cites)
		printf("  citations %.4f of %zu", (double)s->again / (double)s->cites, s->cites);
	puts(k->tuned ? "" : "  (not tuned on)");
}

static void print_trust(const struct quality *q)
{
	for (size_t k = 0; k < sizeof q->trust / sizeof *q->trust; k++)
		for (size_t b = 0; b < SHARES; b++)
			if (q->trust[k].edits[b])
				printf("%-12s confidence below %.2f: %7zu edits, %.3f right\n", q->trust[k].rule, (double)(shares[b] > 1 ? 1 : shares[b]),
				       q->trust[k].edits[b], (double)q->trust[k].right[b] / (double)q->trust[k].edits[b]);
}

static void print_table(const struct quality *q)
{
	for (size_t k = 0; k < damages_n; k++) {
		double mbps = q->junk[k].seconds > 0 ? (double)q->junk[k].bytes / 1e6 / q->junk[k].seconds : 0;
		if (!q->junk[k].bytes)
			continue;
		if (q->gaps[k].hit + q->gaps[k].missed)
			print_row(&damages[k], &q->gaps[k], mbps);
		if (q->junk[k].hit + q->junk[k].missed)
			print_row(&damages[k], &q->junk[k], mbps);
	}
	printf("clean text: %zu documents, %zu words, %zu changes, %.2f per 10,000 words, %.0f MB/s\n", q->documents, q->clean_words,
	       q->false_changes, q->clean_words ? 1e4 * (double)q->false_changes / (double)q->clean_words : 0.,
	       q->clean_seconds > 0 ? (double)q->clean_bytes / 1e6 / q->clean_seconds : 0.);
}

#define O(field) offsetof(struct quality_options, field)
static const struct opt options[] = {
	{ "seed", 0, OPT_UINT, O(seed), "N", "of the generator that places the damage", NULL, 0, 0 },
	{ "limit", 0, OPT_UINT, O(limit), "BYTES", "of clean text, then stop (default 3,000,000)", NULL, 0, 0 },
	{ "errors", 0, OPT_UINT, O(errors), "N", "print the first N errors in their context", NULL, 0, 0 },
	{ "half", 0, OPT_TEXT, O(half), "HALF", "only half of the documents, by hash: tune on one, report on the other", "tune|report", 0, 0 },
	{ "truth", 0, OPT_TEXT, O(truth), "DIR", "FILEs are transcripts, DIR has for each NAME.txt a NAME.json of what was said", NULL, 0, 0 },
	{ "repeats", 0, OPT_FLAG, O(repeats), NULL, "copies that must fold and look-alikes that must not, made of each text", NULL, 0, 0 },
	{ "trust", 0, OPT_FLAG, O(trust), NULL, "print how often edits of each confidence are right", NULL, 0, 0 },
	{ "published", 0, OPT_FLAG, O(published), NULL, "edits by rule for each 10,000 words of FILEs as they are", NULL, 0, 0 },
	{ "only", 0, OPT_TEXT, O(only), "TEXT", "only damages with TEXT in their name", NULL, 0, 0 },
};
static const struct command command = {
	"bench quality", "FILE...", "damage clean text in known ways, repair it, and compare",
	"FILE is plain text, one document, or .jsonl with the text in \"text\".\n\n"
	"  pincite-bench quality --half=report sections.jsonl\n"
	"  pincite-bench quality --seed=7 --half=report --limit=500000 FILE    reading damaged text: words\n"
	"  pincite-bench quality --repeats --half=report FILE                  copies and look-alikes\n"
	"  pincite-bench quality --set=citations                               citations (see bench citations)\n"
	"  pincite-bench quality --set=finding -d INDEX                        known items (see bench finding)", options, sizeof options / sizeof *options
};

static bool measure_file(struct quality *q, span path, uint64_t id, struct err *err)
{
	struct arena a = { 0 };
	span file;
	bool ok = file_read(arena_cstr(&a, path), FILE_MAX_BYTES, &a, &file, err);
	if (ok && span_ends(path, SPAN(".jsonl")))
		measure_jsonl(q, file);
	else if (ok)
		measure_plain(q, file, id * 1000, &a);
	arena_release(&a);
	return ok;
}

/* DIR/NAME.json for .../NAME.txt. */
static span truth_path(span dir, span text, struct arena *a)
{
	size_t beg = text.n, end = span_ends(text, SPAN(".txt")) ? text.n - 4 : text.n;
	while (beg > 0 && text.p[beg - 1] != '/')
		beg--;
	return arena_printf(a, "%.*s/%.*s.json", SPAN_ARG(dir), SPAN_ARG(span_sub(text, beg, end)));
}

static bool measure_pairs(const struct quality_options *o, const struct spans *files, struct arena *a, struct err *err)
{
	struct pair_score s = { 0 };
	for (size_t i = 0; i < files->n; i++)
		if (!quality_pair(files->v[i], truth_path(o->truth, files->v[i], a), &s, err))
			return false;
	quality_pairs_print(&s);
	return true;
}

int bench_quality(char **argv)
{
	struct arena a = { 0 };
	struct err err = { 0 };
	struct quality_options o = { .seed = 1, .limit = 3000000 };
	struct spans files = { 0 };
	bool help = argv[1] && strcmp(argv[1], "--help") == 0;
	struct quality q = { .o = &o, .trust = { { .rule = "glued-words" }, { .rule = "unspaced" } } };
	bool ok = help || args_parse(&(struct arguments){ &command, &o, &files, &a }, argv, &err);
	if (help)
		printf("%.*s", SPAN_ARG(args_help(&command, &a)));
	if (ok && !help && !files.n)
		ok = err_set(&err, ERR_REQUEST, "no file given; see --help");
	if (ok && o.truth.n)
		ok = measure_pairs(&o, &files, &a, &err);
	if (ok && o.published)
		ok = quality_published(&files, &err);
	for (size_t i = 0; ok && !o.truth.n && !o.published && i < files.n && q.clean_bytes < o.limit; i++)
		ok = measure_file(&q, files.v[i], i, &err);
	q.repeats.errors = o.errors;
	if (ok && o.repeats)
		repeats_print(&q.repeats);
	else if (ok && !help && !o.truth.n && !o.published)
		print_table(&q);
	if (ok && o.trust)
		print_trust(&q);
	if (!ok)
		fprintf(stderr, "pincite-bench: %s\n", err.msg);
	arena_release(&a);
	return ok ? 0 : (int)err.code;
}
