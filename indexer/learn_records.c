/* What the records of a file of JSON Lines share, host by host. */
#include <string.h>
#include "indexer/learn.h"

/* What was seen of a host's records. */
struct seen {
	span name;
	size_t texts;
	struct { uint64_t *v; size_t n, cap; } lines, whole; /* edges of all; hashes of whole texts */
};
struct census {
	struct arena *a;
	struct { struct seen *v; size_t n, cap; } hosts;
};

/* The authority's host of RFC 3986: after "//", its user and port left out. Empty
 * for an address that has none ("/opinion/12/"). */
static span host_of(span url)
{
	size_t at = span_find(url, SPAN("//"), 0);
	if (at == url.n)
		return (span){ 0 };
	size_t beg = at + 2, end = beg;
	while (end < url.n && !memchr("/?#", url.p[end], 3))
		end++;
	span host = span_sub(url, beg, end);
	size_t user = span_find_byte(host, '@', 0);
	host = user < host.n ? span_sub(host, user + 1, host.n) : host;
	return span_sub(host, 0, span_find_byte(host, ':', 0));
}

/* Few at most: LEARN_RECORDS records have no more hosts. */
static struct seen *seen_of(struct census *c, span url)
{
	span name = host_of(url);
	for (size_t i = 0; i < c->hosts.n; i++)
		if (span_case_eq(c->hosts.v[i].name, name))
			return &c->hosts.v[i];
	struct seen *s = PUSH(c->a, &c->hosts);
	*s = (struct seen){ .name = arena_dup(c->a, name) };
	return s;
}

/* What a record says of itself is no furniture, though all records say it: the
 * title of a book in chunks, the judge of a court that has one. */
static bool said_of_itself(const struct meta *m, uint64_t line)
{
	const span said[] = { m->title, m->code, m->court, m->judge, m->jurisdiction, m->number, m->cite };
	for (size_t i = 0; i < sizeof said / sizeof *said; i++)
		if (furniture_line(said[i]) == line)
			return true;
	return false;
}

/* A text that came before is no further witness: ten copies of one page share
 * all their lines, and none of it is furniture for that. */
static bool is_copy(struct seen *s, uint64_t text, struct arena *a)
{
	for (size_t i = 0; i < s->whole.n; i++)
		if (s->whole.v[i] == text)
			return true;
	*PUSH(a, &s->whole) = text;
	return false;
}

/* One line of the file; false when it is no record with text. */
static bool count_record(struct census *c, span line, const struct mapping *m, struct arena *scratch)
{
	struct line_record r;
	struct err e = { 0 };
	struct text t;
	uint64_t lines[FURNITURE_EDGES];
	if (!read_record(line, m, scratch, &r, &e) || !record_text(&r, scratch, &t))
		return false;
	struct seen *s = seen_of(c, r.meta.url);
	if (is_copy(s, hash64(t.clean), c->a))
		return true;
	s->texts++;
	for (size_t i = 0, n = furniture_edges(t.clean, (span){ 0 }, lines); i < n; i++)
		if (!said_of_itself(&r.meta, lines[i]))
			*PUSH(c->a, &s->lines) = lines[i];
	return true;
}

struct hosts learned_hosts(span bytes, const struct mapping *m, struct arena *a)
{
	struct arena kept = { 0 }, scratch = { 0 };
	struct census c = { .a = &kept };
	struct hosts out = { 0 };
	size_t records = 0;
	/* Lines that begin within the bounds, wherever batches are cut later. */
	for (size_t at = 0, end; at < bytes.n && at < LEARN_BYTES && records < LEARN_RECORDS; at = end + 1) {
		end = span_find_byte(bytes, '\n', at);
		span line = span_trim(span_sub(bytes, at, end));
		if (line.n && line.n <= LEARN_LINE)
			records += count_record(&c, line, m, &scratch);
		arena_reset(&scratch);
	}
	for (size_t i = 0; i < c.hosts.n; i++) {
		struct seen *s = &c.hosts.v[i];
		struct furniture shared = furniture_shared(s->lines.v, s->lines.n, s->texts, a);
		if (shared.n)
			*PUSH(a, &out) = (struct host){ arena_dup(a, s->name), shared };
	}
	arena_release(&scratch);
	arena_release(&kept);
	return out;
}

struct furniture hosts_shared(const struct hosts *h, span url)
{
	span name = h->n ? host_of(url) : (span){ 0 };
	for (size_t i = 0; i < h->n; i++)
		if (span_case_eq(h->v[i].name, name))
			return h->v[i].shared;
	return (struct furniture){ 0 };
}

uint64_t hosts_seed(const struct hosts *h, uint64_t seed)
{
	/* Of all hosts: a line's own is not known before it is parsed, which is what the hash saves. */
	for (size_t i = 0; i < h->n; i++) {
		seed = hash64_seed(h->v[i].name, seed);
		seed = hash64_seed((span){ (const char *)h->v[i].shared.v, h->v[i].shared.n * sizeof *h->v[i].shared.v }, seed);
	}
	return seed;
}
