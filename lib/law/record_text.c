/* The text of a record: clean bytes, and of the source what they do not hold. */
#include "law/record_private.h"

/* The runs that are really copies, in order on both sides, so that whatever a
 * reader or a repair did, the source comes back byte for byte: what no such
 * run holds is kept as bytes. */
static struct runs true_runs(const struct text *t, struct arena *a)
{
	struct runs out = { 0 };
	uint64_t clean = 0, src = 0;
	for (size_t i = 0; i < t->map.n; i++) {
		struct run r = t->map.v[i];
		if (!r.n || r.clean < clean || r.src < src || (uint64_t)r.clean + r.n > t->clean.n ||
		    (uint64_t)r.src + r.n > t->src.n || memcmp(t->clean.p + r.clean, t->src.p + r.src, r.n) != 0)
			continue;
		*PUSH(a, &out) = r;
		clean = (uint64_t)r.clean + r.n;
		src = (uint64_t)r.src + r.n;
	}
	return out;
}

/* Runs as gaps on both sides and a length. Each is checked before it is added, so no sum can run over. */
static void code_runs(struct codec *c, struct runs *m, uint32_t src_n)
{
	uint64_t clean = 0, src = 0;
	CODE_LIST(c, m, 3);
	for (size_t i = 0; i < m->n && !c->in.bad; i++) {
		struct run r = m->v[i];
		uint64_t clean_gap = r.clean - clean, src_gap = r.src - src, n = r.n;
		code_u64(c, &clean_gap);
		code_u64(c, &src_gap);
		code_u64(c, &n);
		code_check(c, n > 0 && clean_gap <= c->clean.n - clean && src_gap <= src_n - src);
		if (c->in.bad)
			return;
		clean += clean_gap;
		src += src_gap;
		code_check(c, n <= c->clean.n - clean && n <= src_n - src);
		if (c->in.bad)
			return;
		if (!c->out)
			m->v[i] = (struct run){ (uint32_t)clean, (uint32_t)src, (uint32_t)n };
		clean += n;
		src += n;
	}
}

/* Bytes of the source in no run, joined. */
static span outside(const struct text *t, const struct runs *m, struct arena *a)
{
	struct buf b = { .a = a };
	size_t at = 0;
	for (size_t i = 0; i < m->n; i++) {
		buf_put(&b, span_sub(t->src, at, m->v[i].src));
		at = (size_t)m->v[i].src + m->v[i].n;
	}
	buf_put(&b, span_sub(t->src, at, t->src.n));
	return buf_span(&b);
}

/* The source again, from the runs and the bytes outside them. */
static span joined(struct codec *c, const struct text *t, uint32_t n, span rest)
{
	size_t copied = 0, at = 0;
	for (size_t i = 0; i < t->map.n; i++)
		copied += t->map.v[i].n;
	/* The lengths must give the source's length before room for it is taken. */
	code_check(c, copied + rest.n == n);
	if (c->in.bad)
		return (span){ 0 };
	/* Text that was never changed: clean text and source are the same bytes. */
	if (t->map.n == 1 && rest.n == 0 && copied == t->clean.n)
		return t->clean;
	char *p = arena_raw(c->a, (size_t)n + 1, 1);
	for (size_t i = 0; i < t->map.n; i++) {
		struct run r = t->map.v[i];
		size_t gap = r.src - at;
		memcpy(p + at, rest.p ? rest.p : "", gap);
		memcpy(p + r.src, t->clean.p + r.clean, r.n);
		rest = span_sub(rest, gap, rest.n);
		at = (size_t)r.src + r.n;
	}
	memcpy(p + at, rest.p ? rest.p : "", rest.n);
	p[n] = 0;
	return (span){ p, n };
}

enum { RULES_MAX = 64 };
struct rules {
	const char *v[RULES_MAX];
	uint32_t n;
};

/* The name of a rule: its number when it was named before. */
static void code_rule(struct codec *c, const char **rule, struct rules *seen)
{
	uint32_t i = 0;
	while (c->out && i < seen->n && seen->v[i] != *rule) /* nearly always one and the same literal */
		i++;
	for (i = i < seen->n ? i : 0; c->out && i < seen->n && strcmp(seen->v[i], *rule) != 0;)
		i++;
	code_u32(c, &i);
	code_check(c, i <= seen->n);
	if (c->in.bad)
		return;
	if (i < seen->n) {
		*rule = seen->v[i];
		return;
	}
	span name = c->out ? span_of(*rule) : (span){ 0 };
	code_bytes(c, &name);
	*rule = c->out ? *rule : arena_cstr(c->a, name);
	if (seen->n < RULES_MAX)
		seen->v[seen->n++] = *rule;
}

/* The log in order of the source. What stood there before is not kept: the source has it. */
static void code_edits(struct codec *c, struct edits *l, span src)
{
	struct rules seen = { 0 };
	uint32_t last = 0;
	CODE_LIST(c, l, 5);
	for (size_t i = 0; i < l->n && !c->in.bad; i++) {
		struct edit e = l->v[i];
		uint32_t n = e.at.end - e.at.beg;
		code_rule(c, &e.rule, &seen);
		code_near(c, &e.at.beg, last);
		code_u32(c, &n);
		code_check(c, e.at.beg <= src.n && n <= src.n - e.at.beg);
		if (c->in.bad)
			return;
		last = e.at.beg;
		e.at.end = e.at.beg + n;
		e.before = span_range(src, e.at);
		code_bytes(c, &e.after);
		code_share(c, &e.confidence);
		if (!c->out)
			l->v[i] = e;
	}
}

void code_text(struct codec *c, struct text *t)
{
	uint32_t n = (uint32_t)t->src.n;
	/* Clean text first: the runs point into it, and with the bytes outside they give the source, into which the edits point. */
	code_bytes(c, &t->clean);
	c->clean = t->clean;
	code_check(c, t->clean.n < UINT32_MAX);
	code_u32(c, &n);
	if (c->out)
		t->map = true_runs(t, c->a);
	code_runs(c, &t->map, n);
	span rest = c->out ? outside(t, &t->map, c->a) : (span){ 0 };
	code_bytes(c, &rest);
	if (!c->out)
		t->src = joined(c, t, n, rest);
	code_edits(c, &t->edits, t->src);
	code_share(c, &t->quality);
}
