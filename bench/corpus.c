#include "bench/corpus.h"

#include <dirent.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include "base/buf.h"
#include "base/file.h"

static void put_text(FILE *flat, span s, struct corpus *c)
{
	unsigned char head[4] = { (unsigned char)s.n, (unsigned char)(s.n >> 8), (unsigned char)(s.n >> 16),
				  (unsigned char)(s.n >> 24) };
	if (!s.n)
		return;
	fwrite(head, 1, 4, flat);
	fwrite(s.p, 1, s.n, flat);
	c->texts++;
	c->bytes += s.n;
}

bool corpus_next(FILE *flat, char **buffer, size_t *cap, span *text)
{
	unsigned char head[4];
	if (fread(head, 1, 4, flat) != 4)
		return false;
	size_t n = head[0] | (size_t)head[1] << 8 | (size_t)head[2] << 16 | (size_t)head[3] << 24;
	if (n > *cap) {
		*cap = n * 2;
		*buffer = realloc(*buffer, *cap);
		ASSERT(*buffer);
	}
	*text = (span){ *buffer, n };
	return fread(*buffer, 1, n, flat) == n;
}

static void read_lines(span bytes, FILE *flat, struct corpus *c)
{
	span line;
	while (span_cut(&bytes, '\n', &line)) {
		json_t *row = json_loadb(line.p, line.n, 0, NULL);
		json_t *text = json_object_get(row, "text");
		put_text(flat, (span){ json_string_value(text), json_string_length(text) }, c);
		json_decref(row);
	}
}

static bool read_file(const char *path, FILE *flat, struct corpus *c, struct err *err)
{
	struct arena a = { 0 };
	span bytes;
	bool ok = file_read(path, FILE_MAX_BYTES, &a, &bytes, err);
	if (ok && span_ends(span_of(path), SPAN(".jsonl")))
		read_lines(bytes, flat, c);
	else if (ok)
		put_text(flat, bytes, c);
	arena_release(&a);
	return ok;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static bool read_path(const char *path, FILE *flat, struct corpus *c, struct err *err)
{
	struct dirent **names;
	struct arena a = { 0 };
	int n = scandir(path, &names, NULL, by_name);
	if (n < 0)
		return read_file(path, flat, c, err);
	bool ok = true;
	for (int i = 0; i < n; i++) {
		if (names[i]->d_name[0] != '.' && names[i]->d_type == DT_REG)
			ok = ok && read_file(arena_printf(&a, "%s/%s", path, names[i]->d_name).p, flat, c, err);
		free(names[i]);
	}
	free(names);
	arena_release(&a);
	return ok;
}

bool corpus_read(const struct spans *paths, const char *flat, struct arena *a, struct corpus *out, struct err *err)
{
	FILE *f = fopen(flat, "w");
	if (!f)
		return err_set(err, ERR_IO, "cannot write %s", flat);
	bool ok = true;
	*out = (struct corpus){ .paths = *paths };
	for (size_t i = 0; ok && i < paths->n; i++)
		ok = read_path(arena_cstr(a, paths->v[i]), f, out, err);
	if (fclose(f) != 0 && ok)
		ok = err_set(err, ERR_IO, "cannot write %s", flat);
	return ok;
}

/* --- an invented code --- */

struct words {
	span *v;
	double *up_to; /* sums of the words' probabilities */
	size_t n;
};
struct maker {
	struct words words;
	uint64_t rng;
	struct buf text;
};

static uint64_t draw(struct maker *m)
{
	uint64_t z = m->rng += 0x9E3779B97F4A7C15u;
	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

static unsigned below(struct maker *m, unsigned n)
{
	return (unsigned)(draw(m) % n);
}

/* 2^-(cost / 8), by halving: no more than a few dozen steps. */
static double probability(uint64_t cost)
{
	static const double eighths[] = { 1, .917004, .840896, .771105, .707107, .648420, .594604, .545254 };
	double p = eighths[cost % 8];
	for (uint64_t i = 0; i < cost / 8; i++)
		p /= 2;
	return p;
}

static bool load_words(struct words *w, const char *path, struct arena *a, struct err *err)
{
	span bytes, line, word;
	uint64_t cost;
	if (!file_read(path, FILE_MAX_BYTES, a, &bytes, err))
		return false;
	size_t lines = 1;
	for (size_t i = 0; i < bytes.n; i++)
		lines += bytes.p[i] == '\n';
	w->v = NEWN(a, span, lines);
	w->up_to = NEWN(a, double, lines);
	for (double sum = 0; span_cut(&bytes, '\n', &line);) {
		if (!span_cut(&line, '\t', &word) || !span_uint(line, 1000, &cost))
			continue;
		w->v[w->n] = word;
		w->up_to[w->n++] = sum += probability(cost);
	}
	return w->n > 0 || err_set(err, ERR_REQUEST, "%s: no words", path);
}

static void put_word(struct maker *m, bool capital)
{
	struct words *w = &m->words;
	double at = (double)(draw(m) >> 11) * 0x1p-53 * w->up_to[w->n - 1];
	size_t lo = 0, hi = w->n - 1;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (w->up_to[mid] < at)
			lo = mid + 1;
		else
			hi = mid;
	}
	size_t from = m->text.n;
	buf_put(&m->text, w->v[lo]);
	if (capital)
		m->text.p[from] = to_upper(m->text.p[from]);
}

/* A name that no table holds: the vocabulary grows with the corpus, as it does in life. */
static void put_name(struct maker *m)
{
	static const char onset[] = "bdfghklmnprstvw", vowel[] = "aeiou";
	unsigned n = 2 + below(m, 3);
	for (unsigned i = 0; i < n; i++) {
		char c = onset[below(m, sizeof onset - 1)];
		buf_byte(&m->text, i ? c : to_upper(c));
		buf_byte(&m->text, vowel[below(m, sizeof vowel - 1)]);
	}
	buf_byte(&m->text, "nrstl"[below(m, 5)]);
}

static void put_cite(struct maker *m)
{
	switch (below(m, 4)) {
	case 0:
		buf_printf(&m->text, "%u U.S.C. \302\247 %u(%c)", 1 + below(m, 50), 1 + below(m, 9000), 'a' + (int)below(m, 8));
		return;
	case 1:
		put_name(m);
		buf_put(&m->text, SPAN(" v. "));
		put_name(m);
		buf_printf(&m->text, ", %u F.3d %u, %u (8th Cir. %u)", 1 + below(m, 900), 1 + below(m, 1400), 1 + below(m, 1400),
			   1994 + below(m, 26));
		return;
	case 2:
		buf_printf(&m->text, "%u U.S. %u (%u)", 100 + below(m, 450), 1 + below(m, 900), 1900 + below(m, 110));
		return;
	default:
		buf_printf(&m->text, "section %u.%03u", 1 + below(m, 700), 10 * below(m, 99));
	}
}

static void put_sentence(struct maker *m)
{
	unsigned n = 8 + below(m, 30);
	for (unsigned i = 0; i < n; i++) {
		unsigned kind = below(m, 100);
		if (i)
			buf_byte(&m->text, ' ');
		if (kind == 0)
			put_name(m);
		else if (kind == 1)
			put_cite(m);
		else
			put_word(m, i == 0);
		if (i + 1 < n && below(m, 12) == 0)
			buf_byte(&m->text, ',');
	}
	buf_byte(&m->text, '.');
}

/* Numbered subsections, lettered subdivisions below some, a history at the end. */
static void put_section(struct maker *m, uint64_t n)
{
	m->text.n = 0;
	unsigned subsections = 1 + below(m, 6);
	for (unsigned i = 1; i <= subsections; i++) {
		buf_printf(&m->text, "%u. ", i);
		put_sentence(m);
		for (unsigned k = 0, parts = below(m, 3) ? 0 : 2 + below(m, 5); k < parts; k++) {
			buf_printf(&m->text, "\n\n(%u) ", k + 1);
			put_sentence(m);
		}
		for (unsigned k = below(m, 3); k; k--) {
			buf_byte(&m->text, ' ');
			put_sentence(m);
		}
		buf_put(&m->text, SPAN("\n\n"));
	}
	buf_printf(&m->text, "(L. %u H.B. %u \302\247 %llu)", 1939 + below(m, 80), 1 + below(m, 2000), (unsigned long long)n);
}

static void put_row(FILE *jsonl, struct maker *m, uint64_t n)
{
	char number[40];
	snprintf(number, sizeof number, "%llu.%03llu", (unsigned long long)(1 + n / 99), (unsigned long long)(n % 99 * 10 + 10));
	json_t *row = json_pack("{s:s,s:s,s:s%}", "code", "Invented Code", "number", number, "text", m->text.p, m->text.n);
	ASSERT(row);
	json_dumpf(row, jsonl, JSON_COMPACT);
	fputc('\n', jsonl);
	json_decref(row);
}

bool corpus_make(uint64_t mb, uint64_t seed, const char *words, const char *jsonl, const char *flat, struct arena *a,
		 struct corpus *out, struct err *err)
{
	struct maker m = { .rng = seed, .text.a = a };
	*out = (struct corpus){ 0 };
	if (!load_words(&m.words, words, a, err))
		return false;
	FILE *j = fopen(jsonl, "w"), *f = fopen(flat, "w");
	for (uint64_t n = 0; j && f && out->bytes < mb * 1000000; n++) {
		put_section(&m, n);
		put_row(j, &m, n);
		put_text(f, buf_span(&m.text), out);
	}
	*PUSH(a, &out->paths) = span_of(jsonl);
	bool ok = j && f && !ferror(j) && !ferror(f);
	ok = (!j || fclose(j) == 0) && ok;
	ok = (!f || fclose(f) == 0) && ok;
	return ok || err_set(err, ERR_IO, "cannot write the corpus");
}
