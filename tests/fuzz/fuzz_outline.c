/* Any bytes, read as every kind: documents cover the text, outlines are trees
 * whose units are in order and within their parents, passages are in order.
 *
 *   clang -fsanitize=fuzzer,address,undefined -D_GNU_SOURCE -Iinclude -Ilib tests/fuzz/fuzz_outline.c BUILD/liblaw.a BUILD/libbase.a ...
 *
 * tests/unit/test_outline.c runs it on made-up texts. */
#include "base/err.h"
#include "law/document.h"
#include "law/outline.h"
#include "law/passage.h"

/* Own texts and leaves joined give the text back: each unit begins where what
 * is before it in its parent has ended, and ends within the parent. */
static void check_tree(const struct doc *d, const struct outline *o)
{
	ASSERT(o->n > 0 && o->v[0].at.beg == 0 && o->v[0].at.end == d->text.clean.n && o->v[0].after == o->n);
	for (size_t i = 1; i < o->n; i++) {
		const struct unit *u = &o->v[i], *p = &o->v[u->parent];
		ASSERT(u->parent < i && u->after > i && u->after <= p->after && u->level == p->level + 1);
		ASSERT(u->at.beg >= p->at.beg && u->at.beg <= u->at.end && u->at.end <= p->at.end && u->address.n > 0);
		ASSERT(u->after == p->after || o->v[u->after].parent != u->parent || o->v[u->after].at.beg >= u->at.end);
	}
}

static void check_document(const struct doc *d, struct arena *a)
{
	struct outline o = outline_of(d, a);
	check_tree(d, &o);
	struct passages p = passages_of(d, &o, a);
	for (size_t k = 0; k < p.n; k++) {
		ASSERT(p.v[k].at.end > p.v[k].at.beg && p.v[k].at.end <= d->text.clean.n && p.v[k].unit < o.n);
		ASSERT(k == 0 || p.v[k].at.beg >= p.v[k - 1].at.end);
	}
}

static void check_kind(span s, enum doc_kind kind)
{
	struct arena a = { 0 };
	struct meta given = { 0 };
	struct text t = text_plain(s, &a);
	if (kind != KIND_OTHER)
		given.kind = span_of(kind_name(kind));
	struct docs docs = documents(&t, &given, &a);
	uint32_t at = 0;
	for (size_t i = 0; i < docs.n; i++) {
		ASSERT(docs.v[i].at.beg == at && docs.v[i].address.n > 0);
		at = docs.v[i].at.end;
		check_document(&docs.v[i], &a);
	}
	ASSERT(docs.n > 0 && at == t.clean.n);
	arena_release(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	for (int kind = 0; kind < KIND_COUNT; kind++)
		check_kind((span){ (const char *)data, size }, (enum doc_kind)kind);
	return 0;
}
